//! The priority score: absolute, so that no other request moves it, with arithmetic that can be printed:
//! `score = (V + T + R) × confidence ÷ size`.

use chrono::NaiveDate;

use super::minutes::Minutes;
use super::request::Request;
use crate::domain::workdays::WorkCalendar;

/// The values that V, T and R may take.
// Steps that grow: between large values nobody can tell one apart from the next.
pub const SCALE: [u8; 7] = [1, 2, 3, 5, 8, 13, 20];

/// What stands in for V and R while nobody has set them.
pub const DEFAULT_VALUE: u8 = 3;
pub const DEFAULT_RISK: u8 = 1;

/// The terms of one score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    pub value: u8,
    pub time: u8,
    /// What is at stake, as a risk or as an opportunity.
    pub risk: u8,
    /// 0.5 to 1.0, from readiness.
    pub confidence: f64,
    /// Job size, 1 to 20.
    pub size: u8,
    /// Added for waiting longer than its tier's p85: 0.10 a week.
    pub waiting: f64,
}

impl Score {
    /// Cost of delay: the size-free part, so that large strategic work is not hidden by small jobs.
    pub fn cost_of_delay(&self) -> u32 {
        u32::from(self.value) + u32::from(self.time) + u32::from(self.risk)
    }

    /// Cost of delay times confidence by size, and what waiting adds.
    pub fn total(&self) -> f64 {
        f64::from(self.cost_of_delay()) * self.confidence / f64::from(self.size) + self.waiting
    }

    /// The arithmetic with its terms by name: `value 13 + time 8 + risk 5 = 26, × confidence 0.85 ÷ size 3 = 7.37`.
    pub fn sentence(&self) -> String {
        let sum = format!("value {} + time {} + risk {}", self.value, self.time, self.risk);
        self.arithmetic(&sum, [", × confidence", "÷ size"])
    }

    /// The same in short, as scripts know it: `13+8+5 = 26 × 0.85 ÷ 3 = 7.37`.
    pub fn terms(&self) -> String {
        self.arithmetic(&format!("{}+{}+{}", self.value, self.time, self.risk), [" ×", "÷"])
    }

    /// A sum, then what it is multiplied with and divided by under these names.
    fn arithmetic(&self, sum: &str, [by, through]: [&str; 2]) -> String {
        let waiting =
            if self.waiting > 0.0 { format!(" + {:.1} for waiting", self.waiting) } else { String::new() };
        let (whole, total) = (self.cost_of_delay(), self.total());
        format!("{sum} = {whole}{by} {:.2} {through} {}{waiting} = {total:.2}", self.confidence, self.size)
    }
}

/// What the score needs besides the request.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    pub today: NaiveDate,
    /// Which days are working days.
    pub calendar: &'a WorkCalendar,
    /// Readiness, 0 to 100.
    pub readiness: u8,
    /// The estimate, or what the tier usually takes.
    pub size: Minutes,
    /// Business days of age beyond the tier's p85, zero if younger.
    pub days_past_usual: i64,
}

pub fn score(request: &Request, basis: Basis<'_>) -> Score {
    Score {
        value: request.value.unwrap_or(DEFAULT_VALUE),
        time: request.time_criticality.unwrap_or_else(|| time_criticality(request, basis)),
        risk: request.risk.unwrap_or(DEFAULT_RISK),
        confidence: confidence(basis.readiness),
        size: size(basis.size),
        // Only whole weeks of five business days add something. Without this a low score would never be reached
        // while new work keeps coming in.
        waiting: 0.1 * f64::from(i32::try_from(basis.days_past_usual / 5).unwrap_or(0).max(0)),
    }
}

/// Half of it is always there, the other half is readiness. In whole hundredths, because that is what is printed and
/// what is printed is what is multiplied.
fn confidence(readiness: u8) -> f64 {
    // Never below a half: an unclear request needs clarifying soon, not burying.
    f64::from(50 + readiness.min(100).div_ceil(2)) / 100.0
}

/// T follows from the business days to a hard date; a soft date is 2, none is 1.
fn time_criticality(request: &Request, basis: Basis<'_>) -> u8 {
    match request.due {
        None => 1,
        // A wished day says little about what waiting costs: nearly every request has one.
        Some(_) if !request.is_due_hard => 2,
        Some(due) => match basis.calendar.between(basis.today, due) {
            // What is past its day presses as much as what is due within the week.
            ..=5 => 20,
            6..=10 => 13,
            11..=20 => 8,
            21..=40 => 5,
            _ => 3,
        },
    }
}

/// Hours mapped to a job size.
fn size(minutes: Minutes) -> u8 {
    match minutes.0 {
        ..=120 => 1,
        121..=480 => 2,
        481..=1_200 => 3,
        1_201..=2_400 => 5,
        2_401..=4_800 => 8,
        4_801..=9_600 => 13,
        _ => 20,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    static NO_HOLIDAYS: std::sync::LazyLock<WorkCalendar> = std::sync::LazyLock::new(WorkCalendar::default);

    fn basis(hours: i64, readiness: u8) -> Basis<'static> {
        Basis {
            today: "2026-11-23".parse().unwrap(),
            calendar: &NO_HOLIDAYS,
            readiness,
            size: Minutes::hours(hours),
            days_past_usual: 0,
        }
    }

    #[test]
    fn the_arithmetic_can_be_read_aloud() {
        let request = Request {
            value: Some(13),
            time_criticality: Some(8),
            risk: Some(5),
            ..Request::new("x", DateTime::UNIX_EPOCH)
        };
        let score = score(&request, basis(20, 70));
        assert_eq!(score.terms(), "13+8+5 = 26 × 0.85 ÷ 3 = 7.37");
        let named = "value 13 + time 8 + risk 5 = 26, × confidence 0.85 ÷ size 3 = 7.37";
        assert_eq!(score.sentence(), named);
        assert_eq!(score.cost_of_delay(), 26);
    }

    #[test]
    fn what_is_printed_is_what_was_multiplied() {
        for readiness in 0..=100u8 {
            let request = Request {
                value: Some(13),
                time_criticality: Some(13),
                risk: Some(8),
                ..Request::new("x", DateTime::UNIX_EPOCH)
            };
            let score = score(&request, basis(1, readiness));
            let terms = score.terms();
            let printed = |from: &str| -> f64 {
                terms.split(from).nth(1).unwrap().trim().split(' ').next().unwrap().parse().unwrap()
            };
            let (factor, total) = (printed("×"), terms.rsplit(' ').next().unwrap().parse::<f64>().unwrap());
            assert!((34.0 * factor - total).abs() < 0.005, "{terms}");
        }
    }

    #[test]
    fn time_follows_from_a_hard_date() {
        let cases = [
            ("2026-11-27", true, 20),
            ("2026-12-04", true, 13),
            ("2026-12-18", true, 8),
            ("2027-01-11", true, 5),
            ("2027-06-01", true, 3),
            ("2026-11-24", false, 2),
        ];
        for (due, is_due_hard, time) in cases {
            let request =
                Request { due: due.parse().ok(), is_due_hard, ..Request::new("x", DateTime::UNIX_EPOCH) };
            assert_eq!(score(&request, basis(8, 0)).time, time, "{due}");
        }
        assert_eq!(score(&Request::new("x", DateTime::UNIX_EPOCH), basis(8, 0)).time, 1);
    }

    #[test]
    fn sizes_step_at_the_published_hours() {
        for (hours, expected) in
            [(1, 1), (2, 1), (3, 2), (8, 2), (20, 3), (40, 5), (80, 8), (160, 13), (161, 20)]
        {
            assert_eq!(size(Minutes::hours(hours)), expected, "{hours}h");
        }
    }

    #[test]
    fn waiting_past_the_usual_time_adds_a_tenth_a_week() {
        let request = Request::new("x", DateTime::UNIX_EPOCH);
        let waited = score(&request, Basis { days_past_usual: 12, ..basis(8, 0) });
        assert!((waited.waiting - 0.2).abs() < 1e-9);
        assert!(waited.terms().contains("+ 0.2 for waiting"));
    }
}
