//! The first rows of a list of people, absences or shares as they will be.

use super::ForeignContent;
use super::recognised::ReadFile;
use crate::domain::day;
use crate::domain::minutes::Minutes;
use crate::import::people::{AbsenceDraft, Absentee, PersonDraft};
use crate::import::shares::ShareDraft;

/// A row of a list as it will be, in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPreview {
    pub who: String,
    pub what: String,
    /// Its days, from the first to the last.
    pub days: String,
    pub hours: String,
    /// Cells that could not be read.
    pub problems: usize,
}

impl ReadFile {
    /// The first rows of a list as they will be; none of requests.
    pub fn first_listed(&self, count: usize) -> Vec<ListedPreview> {
        match self.content.as_deref() {
            Ok(ForeignContent::People(people)) => {
                people.drafts.iter().take(count).map(|row| person(&row.value, row.problems.len())).collect()
            }
            Ok(ForeignContent::Absences(absences)) => absences
                .drafts
                .iter()
                .take(count)
                .map(|row| absence(&row.value, row.problems.len()))
                .collect(),
            Ok(ForeignContent::Shares(shares)) => {
                let rows = shares.listing.drafts.iter().take(count);
                rows.map(|row| share(&row.value, row.problems.len())).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn person(draft: &PersonDraft, problems: usize) -> ListedPreview {
    let week = draft.contracts.first().map_or([Minutes::ZERO; 7], |contract| contract.week);
    let hours: Minutes = week.into_iter().sum();
    ListedPreview {
        who: draft.name.clone(),
        what: draft.discipline.clone(),
        days: String::new(),
        hours: hours.to_string(),
        problems,
    }
}

fn absence(draft: &AbsenceDraft, problems: usize) -> ListedPreview {
    let who = match &draft.who {
        Absentee::Everybody => "everybody".to_owned(),
        Absentee::Person(name) => name.clone(),
    };
    ListedPreview {
        who,
        what: draft.note.clone(),
        days: format!("{} to {}", day::short_day(draft.from), day::short_day(draft.to)),
        hours: draft.per_day.map(|hours| hours.to_string()).unwrap_or_default(),
        problems,
    }
}

fn share(draft: &ShareDraft, problems: usize) -> ListedPreview {
    let what = [&draft.key, &draft.title, &draft.project].into_iter().filter(|text| !text.is_empty());
    let days = [draft.from, draft.to].into_iter().flatten().map(day::short_day);
    ListedPreview {
        who: draft.person.clone(),
        what: what.cloned().collect::<Vec<_>>().join(" "),
        days: days.collect::<Vec<_>>().join(" to "),
        hours: String::new(),
        // A share with a fault will not be taken, which is more to look at than any of its cells.
        problems: problems + usize::from(draft.fault.is_some()),
    }
}
