//! Hours that change: from a day on, and never those of the days before.

use chrono::NaiveDate;

use super::{Contract, Person, WeekPattern};
use crate::domain::minutes::Minutes;

/// Without any contract: Monday to Friday at eight hours.
pub const STANDARD_WEEK: WeekPattern = {
    let (work, free) = (Minutes::hours(8), Minutes::ZERO);
    [work, work, work, work, work, free, free]
};

impl Person {
    /// Gives somebody other hours from a day on.
    pub fn change_hours(&mut self, from: NaiveDate, week: WeekPattern) {
        let is_new = self.id.0 == 0;
        let begun = self.first_day.unwrap_or_default();
        if self.contracts.is_empty() && !self.is_role && !is_new && begun < from {
            // Until now they were counted with the usual hours. The first contract also holds before its day, so without
            // one for these hours the past would change with it. Who is still to come has no past here.
            self.contracts.push(Contract { from: begun, week: STANDARD_WEEK });
        }
        // Two sets of hours from one day on would contradict each other.
        self.contracts.retain(|contract| contract.from != from);
        self.contracts.push(Contract { from, week });
        self.contracts.sort_by_key(|contract| contract.from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The hours of the Monday before and after 30 November, from which day on somebody has four.
    fn mondays(person: Person) -> (i64, i64) {
        let mut person = person;
        person.change_hours(day("2026-11-30"), [Minutes::hours(4); 7]);
        let on = |text: &str| person.contract_on(day(text)).unwrap().week[0].0 / 60;
        assert_eq!(on("2027-06-07"), 4, "and no others later");
        (on("2026-11-23"), on("2026-11-30"))
    }

    #[test]
    fn hours_of_the_days_before_stay() {
        let stored = Person::called(1, "ana", "Ana");
        assert_eq!(mondays(stored.clone()), (8, 4), "the usual ones, where none were said");
        let six = vec![Contract { from: day("2026-01-01"), week: [Minutes::hours(6); 7] }];
        assert_eq!(mondays(Person { contracts: six, ..stored.clone() }), (6, 4));
        for first in ["2026-11-30", "2027-01-04"] {
            let to_come = Person { first_day: Some(day(first)), ..stored.clone() };
            assert_eq!(mondays(to_come), (4, 4), "{first}");
        }
        assert_eq!(mondays(Person::called(0, "bo", "Bo")), (4, 4), "who is added with hours has no others");
    }
}
