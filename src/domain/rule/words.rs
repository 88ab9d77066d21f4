//! A rule as people say it: `every week on weekdays until 31 Mar 2027`. What would take a paragraph stays as it is written.

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::{EXCEPT, Frequency, Rule, Until};
use crate::domain::day::short_day;

/// The rules of an event, a line each, in words; as they are written where one of them has none. `local` gives the day that
/// an instant of UTC has for whoever reads them: a series of evenings ends a day later there.
pub fn in_words(rules: &str, local: &dyn Fn(NaiveDateTime) -> NaiveDate) -> String {
    let mut words = String::new();
    for line in rules.lines() {
        let except = line.strip_prefix(EXCEPT);
        let Some(said) = except.unwrap_or(line).parse::<Rule>().ok().and_then(|rule| said(&rule, local))
        else {
            return rules.to_owned();
        };
        let joint = if except.is_some() { "but not " } else { "and " };
        words = if words.is_empty() { said } else { format!("{words}, {joint}{said}") };
    }
    words
}

fn said(rule: &Rule, local: &dyn Fn(NaiveDateTime) -> NaiveDate) -> Option<String> {
    let is_plain = rule.seconds.is_empty()
        && rule.minutes.is_empty()
        && rule.hours.is_empty()
        && rule.year_days.is_empty()
        && rule.weeks.is_empty()
        && rule.positions.is_empty();
    let unit = match rule.frequency {
        Frequency::Yearly => "year",
        Frequency::Monthly => "month",
        Frequency::Weekly => "week",
        Frequency::Daily => "day",
        Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => return None,
    };
    // Which weekday and which day of the month together need both to fit, which no short sentence says.
    if !is_plain || (!rule.weekdays.is_empty() && !rule.month_days.is_empty()) {
        return None;
    }
    let every = if rule.interval == 1 { unit.to_owned() } else { format!("{} {unit}s", rule.interval) };
    let days: Vec<String> = rule.month_days.iter().map(|day| month_day(*day)).collect();
    let months: Option<Vec<String>> = rule.months.iter().map(|month| month_name(*month)).collect();
    let weekdays = if rule.weekdays.is_empty() { String::new() } else { weekdays(&rule.weekdays) };
    let parts = [(" on ", weekdays), (" on ", listed(&days)), (" in ", listed(&months?))];
    let parts = parts.into_iter().filter(|(_, said)| !said.is_empty());
    let parts: String = parts.flat_map(|(joint, said)| [joint.to_owned(), said]).collect();
    let end = match (&rule.until, rule.count) {
        (Some(until), _) => format!(" until {}", last_day(until, local)),
        (None, Some(1)) => ", once".to_owned(),
        (None, Some(count)) => format!(", {count} times"),
        (None, None) => String::new(),
    };
    Some(format!("every {every}{parts}{end}"))
}

fn weekdays(days: &[(i32, Weekday)]) -> String {
    const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    if days.len() == WEEK.len() && WEEK.iter().all(|day| days.contains(&(0, *day))) {
        return "weekdays".to_owned();
    }
    let day = |(which, day): &(i32, Weekday)| match which {
        0 => day.to_string(),
        which => format!("the {} {day}", place(*which)),
    };
    listed(&days.iter().map(day).collect::<Vec<_>>())
}

fn month_day(day: i32) -> String {
    if day == -1 { "the last day".to_owned() } else { format!("the {}", place(day)) }
}

/// `2nd`, `last`, `3rd from the end`.
fn place(number: i32) -> String {
    let counted = number.unsigned_abs();
    let ending = match (counted % 10, counted % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    match number {
        -1 => "last".to_owned(),
        ..-1 => format!("{counted}{ending} from the end"),
        _ => format!("{counted}{ending}"),
    }
}

fn month_name(month: u32) -> Option<String> {
    let month = u8::try_from(month).ok().and_then(|month| chrono::Month::try_from(month).ok())?;
    Some(month.name()[..3].to_owned())
}

/// With its year, since a series may go on for many.
fn last_day(until: &Until, local: &dyn Fn(NaiveDateTime) -> NaiveDate) -> String {
    let day = match until {
        Until::Day(day) => *day,
        Until::Local(at) => at.date(),
        Until::Utc(at) => local(*at),
    };
    format!("{} {}", short_day(day), day.format("%Y"))
}

/// `Mon, Tue and Wed`.
fn listed(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_rules_are_said_and_unusual_ones_stay_as_they_are() {
        for (rule, words) in [
            ("FREQ=DAILY", "every day"),
            ("FREQ=DAILY;INTERVAL=2;COUNT=10", "every 2 days, 10 times"),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week on weekdays"),
            ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331T235959Z", "every week on Tue until Wed 31 Mar 2027"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "every 2 weeks on Mon, Wed and Fri"),
            ("FREQ=MONTHLY;BYDAY=2TH", "every month on the 2nd Thu"),
            ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Fri"),
            ("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on the 1st and the 15th"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
            ("FREQ=YEARLY;BYMONTH=3,11;BYDAY=1SU", "every year on the 1st Sun in Mar and Nov"),
            ("FREQ=YEARLY;COUNT=1", "every year, once"),
            ("FREQ=HOURLY", "FREQ=HOURLY"),
            ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1"),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
            ("nonsense", "nonsense"),
            ("", ""),
        ] {
            assert_eq!(in_words(rule, &|at| at.date()), words);
        }
        // Shortly before midnight in New York it is the next day in UTC.
        let new_york = |at: NaiveDateTime| (at - chrono::TimeDelta::hours(4)).date();
        let evening = "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270401T035959Z";
        assert_eq!(in_words(evening, &new_york), "every week on Wed until Wed 31 Mar 2027");
        assert_eq!(
            in_words("FREQ=DAILY;COUNT=2\nFREQ=YEARLY", &|at| at.date()),
            "every day, 2 times, and every year"
        );
        assert_eq!(
            in_words("FREQ=DAILY\nEXRULE:FREQ=WEEKLY;BYDAY=TU", &|at| at.date()),
            "every day, but not every week on Tue"
        );
    }
}
