//! Days away as their source said them, and which row of a file means which of those that are here.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::minutes::Minutes;
use crate::domain::person::Absence;
use crate::import::people::AbsenceDraft;

/// First and last day.
pub(super) type Days = (NaiveDate, NaiveDate);

/// What is said of days away: when, for how long of each, and whether that is sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AwayTerms {
    pub days: Days,
    pub per_day: Option<Minutes>,
    pub is_tentative: bool,
}

impl AwayTerms {
    pub fn of(absence: &Absence) -> Self {
        Self {
            days: (absence.from, absence.to),
            per_day: absence.per_day,
            is_tentative: absence.is_tentative,
        }
    }

    pub fn drafted(draft: &AbsenceDraft) -> Self {
        Self { days: (draft.from, draft.to), per_day: draft.per_day, is_tentative: draft.is_tentative }
    }

    /// As it is kept beside what it brought: `2026-11-24 2026-11-26 - sure#71 Float`.
    pub fn kept(self, source: &str, id: &str) -> String {
        let (from, to) = self.days;
        let hours = self.per_day.map_or_else(|| "-".to_owned(), |minutes| minutes.0.to_string());
        let is_sure = if self.is_tentative { "maybe" } else { "sure" };
        // Parts are told apart by their spaces, so an id has none of its own.
        let id = id.replace('%', "%25").replace(' ', "%20");
        let id = if id.is_empty() { id } else { format!("#{id}") };
        format!("{from} {to} {hours} {is_sure}{id} {source}")
    }

    /// What a source said when it was read last, and which one; `None` where none brought it.
    pub fn read(kept: &str) -> Option<(Self, &str)> {
        // The name of the source comes last since it may have spaces of its own.
        let mut parts = kept.splitn(5, ' ');
        let days = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let per_day = parts.next()?.parse().ok().map(Minutes);
        let is_tentative = parts.next()?.starts_with("maybe");
        Some((Self { days, per_day, is_tentative }, parts.next()?))
    }

    /// What is to stand here after the source said `new`: what it changed is taken over, and what was changed here stays.
    /// Beside it both values of what was changed on both sides.
    pub fn merged(self, said: Self, new: Self) -> (Self, Vec<Difference>) {
        let mut refused = self;
        let mut merged = self;
        macro_rules! take {
            ($($field:tt).+) => {
                if new.$($field).+ != said.$($field).+ {
                    if self.$($field).+ == said.$($field).+ {
                        merged.$($field).+ = new.$($field).+;
                    } else {
                        refused.$($field).+ = new.$($field).+;
                    }
                }
            };
        }
        take!(days.0);
        take!(days.1);
        take!(per_day);
        take!(is_tentative);
        // A first day of there and a last one of here may turn round.
        if merged.days.1 < merged.days.0 {
            (merged.days, refused.days) = (self.days, new.days);
        }
        (merged, self.differences(refused))
    }

    pub fn differences(self, new: Self) -> Vec<Difference> {
        let hours = |it: Self| it.per_day.map_or(FieldValue::told("whole days"), FieldValue::Length);
        difference::of_fields([
            ("from", FieldValue::Day(self.days.0), FieldValue::Day(new.days.0)),
            ("to", FieldValue::Day(self.days.1), FieldValue::Day(new.days.1)),
            ("hours", hours(self), hours(new)),
            ("tentative", FieldValue::Truth(self.is_tentative), FieldValue::Truth(new.is_tentative)),
        ])
    }
}

/// What is kept of days off for everybody, with a mark of the name that their source gave them. By it a name that the source
/// changed is told from one that was changed here; the name itself is nowhere but in its place.
pub(super) fn with_name(kept: &str, name: &str) -> String {
    let Some(at) = place_of_mark(kept) else { return kept.to_owned() };
    format!("{}~{}{}", &kept[..at], mark_of(name), &kept[at..])
}

/// The mark of the name that a source gave; `None` where it was kept before there were marks.
pub(super) fn name_mark(kept: &str) -> Option<&str> {
    let mark = kept[place_of_mark(kept)?..].strip_prefix('~')?;
    Some(&mark[..mark.find(['#', ' '])?])
}

/// Some letters that another name would hardly have.
pub(super) fn mark_of(name: &str) -> String {
    let sum = Sha256::digest(name.as_bytes());
    sum.iter().take(4).fold(String::new(), |mark, byte| format!("{mark}{byte:02x}"))
}

/// Behind the word of the fourth part, before the id.
fn place_of_mark(kept: &str) -> Option<usize> {
    let part = kept.match_indices(' ').nth(2)?.0 + 1;
    Some(part + kept[part..].find(|c: char| !c.is_ascii_lowercase())?)
}

/// What a source calls what it brought; empty where it has no name for it.
pub(super) fn id_in(kept: &str) -> String {
    let id = kept.split(' ').nth(3).and_then(|part| part.split_once('#')).map_or("", |(_, id)| id);
    id.replace("%20", " ").replace("%25", "%")
}

/// Days away that are here: their number, when they are, and when their source said so, by which name.
#[derive(Debug, Clone)]
pub(super) struct KnownDays {
    pub id: i64,
    pub days: Days,
    pub said: Option<Days>,
    pub name: String,
    /// Another source brought them.
    pub is_of_other: bool,
}

/// The days of a row of a file, and what it calls them.
#[derive(Debug, Clone)]
pub(super) struct RowDays {
    pub row: usize,
    pub days: Days,
    pub name: String,
}

/// Which row means which of those that are here, for one person: first by the name that the source has for them, then by
/// what it said last, then by their days, then, of what this source brought, by days that they have in common.
pub(super) fn pairs(rows: &[RowDays], known: &[KnownDays], today: NaiveDate) -> HashMap<usize, i64> {
    let mut found: HashMap<usize, i64> = HashMap::new();
    let mut taken: HashSet<i64> = HashSet::new();
    let mut pass = |fits: &dyn Fn(&RowDays, &KnownDays) -> bool| {
        for row in rows {
            if found.contains_key(&row.row) {
                continue;
            }
            if let Some(one) = known.iter().find(|one| !taken.contains(&one.id) && fits(row, one)) {
                taken.insert(one.id);
                found.insert(row.row, one.id);
            }
        }
    };
    let is_named = |row: &RowDays, one: &KnownDays| !row.name.is_empty() && row.name == one.name;
    let meet = |row: &RowDays, one: &KnownDays| {
        let days = one.said.or(Some(one.days).filter(|_| one.is_of_other));
        days.is_some_and(|days| days.0 <= row.days.1 && row.days.0 <= days.1)
    };
    pass(&|row, one| is_named(row, one) && one.said == Some(row.days));
    // What is over stays where it was: an id that comes again with other days may be that of the person.
    pass(&|row, one| is_named(row, one) && one.said.is_some_and(|said| said.1 >= today || meet(row, one)));
    pass(&|row, one| one.said == Some(row.days));
    pass(&|row, one| one.days == row.days);
    // Two names are two of them, however near they lie.
    pass(&|row, one| meet(row, one) && (row.name.is_empty() || one.name.is_empty()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, number).unwrap()
    }

    fn terms(from: u32, to: u32) -> AwayTerms {
        AwayTerms { days: (day(from), day(to)), per_day: None, is_tentative: false }
    }

    #[test]
    fn what_is_kept_is_read_again_with_whose_it_is() {
        for own in [terms(1, 2), AwayTerms { per_day: Some(Minutes(90)), is_tentative: true, ..terms(3, 3) }]
        {
            for id in ["", "71", "A #7 100%20"] {
                let kept = own.kept("Float EU 2", id);
                assert_eq!(AwayTerms::read(&kept), Some((own, "Float EU 2")), "{kept}");
                assert_eq!(id_in(&kept), id);
            }
        }
        assert_eq!(AwayTerms::read(""), None);
    }

    #[test]
    fn what_changed_there_is_taken_and_what_changed_here_stays() {
        let told = |own: AwayTerms, said, new| {
            let (merged, refused) = own.merged(said, new);
            (merged, refused.len())
        };
        assert_eq!(told(terms(1, 2), terms(1, 2), terms(2, 3)), (terms(2, 3), 0));
        assert_eq!(told(terms(1, 5), terms(1, 2), terms(1, 2)), (terms(1, 5), 0), "nothing new there");
        assert_eq!(told(terms(1, 5), terms(1, 2), terms(2, 2)), (terms(2, 5), 0), "another day of it");
        assert_eq!(told(terms(1, 5), terms(1, 2), terms(1, 3)), (terms(1, 5), 1), "both");
        assert_eq!(told(terms(1, 5), terms(1, 2), terms(8, 9)).0, terms(1, 5), "never turned round");
    }

    fn known(id: i64, from: u32, to: u32, said: Option<(u32, u32)>) -> KnownDays {
        let said = said.map(|(from, to)| (day(from), day(to)));
        KnownDays { id, days: (day(from), day(to)), said, name: String::new(), is_of_other: false }
    }

    fn rows(all: &[(usize, u32, u32, &str)]) -> Vec<RowDays> {
        let row = |(row, from, to, name): &(usize, u32, u32, &str)| RowDays {
            row: *row,
            days: (day(*from), day(*to)),
            name: (*name).to_owned(),
        };
        all.iter().map(row).collect()
    }

    #[test]
    fn a_row_means_what_its_source_said_then_the_same_days_then_some_of_them() {
        let here = [known(1, 1, 2, Some((1, 2))), known(2, 8, 9, None), known(3, 20, 22, Some((15, 16)))];
        let found =
            pairs(&rows(&[(4, 2, 3, ""), (5, 8, 9, ""), (6, 15, 16, ""), (7, 28, 28, "")]), &here, day(1));
        assert_eq!([4, 5, 6, 7].map(|row| found.get(&row).copied()), [Some(1), Some(2), Some(3), None]);
        let of_other = [KnownDays { is_of_other: true, ..known(2, 8, 9, None) }];
        assert_eq!(pairs(&rows(&[(4, 9, 10, "71")]), &of_other, day(1)).get(&4), Some(&2), "told by both");
        let by_hand = [known(2, 8, 9, None)];
        assert!(
            pairs(&rows(&[(4, 9, 10, "")]), &by_hand, day(1)).is_empty(),
            "what was typed is another one"
        );
    }

    #[test]
    fn a_name_goes_before_days_but_moves_nothing_that_is_over() {
        let named = |id, from, to, name: &str| KnownDays {
            name: name.to_owned(),
            ..known(id, from, to, Some((from, to)))
        };
        let here = [named(1, 1, 2, "a"), named(2, 8, 9, "b"), named(3, 20, 22, "c")];
        let meant = |all: &[(usize, u32, u32, &str)], today| {
            let found = pairs(&rows(all), &here, day(today));
            all.iter().map(|(row, ..)| found.get(row).copied()).collect::<Vec<_>>()
        };
        assert_eq!(meant(&[(4, 8, 9, "a"), (5, 28, 29, "b")], 1), [Some(1), Some(2)], "moved to other days");
        assert_eq!(meant(&[(4, 21, 23, "d"), (5, 20, 22, "e")], 1), [None, Some(3)], "two names are two");
        assert_eq!(meant(&[(4, 14, 15, "a"), (5, 2, 3, "a")], 5), [None, Some(1)], "it is over");
    }
}
