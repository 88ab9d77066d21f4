//! The hours of a week with the days that they are worked on.

use crate::domain::minutes::Minutes;

use super::WeekPattern;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `8h Mon–Fri`, `8h Mon–Wed, 4h Thu`: what is worked, and on which days.
pub fn week_words(week: &WeekPattern) -> String {
    let mut runs: Vec<(Minutes, usize, usize)> = Vec::new();
    for (day, minutes) in week.iter().enumerate().filter(|(_, minutes)| minutes.is_positive()) {
        match runs.last_mut() {
            // Days off were passed over above, so equal hours that follow each other here need not lie side by side.
            Some((same, _, last)) if same == minutes && *last + 1 == day => *last = day,
            _ => runs.push((*minutes, day, day)),
        }
    }
    let said = runs.iter().map(|(minutes, from, to)| {
        let last = if from == to { String::new() } else { format!("–{}", DAYS[*to]) };
        format!("{minutes} {}{last}", DAYS[*from])
    });
    if runs.is_empty() { "none".to_owned() } else { said.collect::<Vec<_>>().join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_stand_with_their_days() {
        let said = |hours: [i64; 7]| week_words(&hours.map(Minutes::hours));
        assert_eq!(said([8, 8, 8, 8, 8, 0, 0]), "8h Mon–Fri");
        assert_eq!(said([8, 8, 8, 4, 0, 0, 0]), "8h Mon–Wed, 4h Thu");
        assert_eq!(said([8, 0, 8, 8, 0, 0, 2]), "8h Mon, 8h Wed–Thu, 2h Sun");
        assert_eq!(said([0; 7]), "none");
    }
}
