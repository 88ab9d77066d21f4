//! What can be named in a line that is typed, gathered from what is drawn.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::matching::NameIndex;
use crate::domain::minutes::Minutes;
use crate::domain::record::RecordKey;
use crate::domain::view::{ListKind, View};
use crate::domain::words::complete::NameKind;
use crate::domain::words::filter::names::names_of_request;
use crate::domain::words::filter::person::PersonSubject;
use crate::domain::words::filter::{FoundValue, Searchable};
use crate::domain::words::offer::{LineNames, LineOffer, OfferTargets, offers};
use crate::ops::queue::QueueRow;
use crate::ops::strangers::attendees;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::filter::subject;
use crate::tui::panes::meetings::subject_of;

/// Longer texts are looked for by a word of them.
fn is_short(text: &str) -> bool {
    !text.is_empty() && !text.contains('\n') && plain::width(text) <= 40
}

/// What was counted, the most frequent first.
fn most_first(counted: BTreeMap<String, usize>) -> Vec<String> {
    let mut found: Vec<(String, usize)> = counted.into_iter().collect();
    found.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    found.into_iter().map(|(text, _)| text).collect()
}

impl Snapshot {
    /// The names of a kind: people and views in their order, texts of requests with the most frequent first.
    pub fn names(&self, kind: NameKind) -> Vec<String> {
        match kind {
            NameKind::Handle => self.team.people.iter().map(|person| person.handle.clone()).collect(),
            NameKind::Stakeholder => {
                let known = self.books.stakeholders.iter().map(|stakeholder| stakeholder.name.clone());
                let mut names: Vec<String> = known.collect();
                // Whoever asked once without being a stakeholder may well ask again.
                let others = self.frequent(|row| vec![row.request.requester.as_str()]);
                names.extend(
                    others
                        .into_iter()
                        .filter(|other| !self.books.stakeholders.iter().any(|known| known.name == *other)),
                );
                names
            }
            NameKind::Tag => self.frequent(|row| row.request.tags.iter().map(String::as_str).collect()),
            NameKind::Brand => self.frequent(|row| vec![row.request.brand.as_str()]),
            NameKind::Channel => self.frequent(|row| vec![row.request.channel.as_str()]),
            NameKind::Outcome => {
                let open = self.books.outcomes.iter().filter(|outcome| outcome.closed.is_none());
                open.map(|outcome| outcome.id.to_string()).collect()
            }
            NameKind::View(list) => {
                let of_list = |view: &&View| list.is_none_or(|list| view.list == list);
                self.reading.views.iter().filter(of_list).map(|view| view.name.clone()).collect()
            }
            NameKind::Said(list, word) => self.said(list, word),
        }
    }

    /// What the rows of a list say in a field, as short as it can be typed, what most of them say first.
    fn said(&self, list: ListKind, word: &str) -> Vec<String> {
        let mut counted = BTreeMap::new();
        let mut count = |row: &dyn Searchable| {
            let texts = match row.value(word) {
                FoundValue::Text(text) => vec![text.into_owned()],
                FoundValue::Texts(texts) => texts.into_iter().map(Cow::into_owned).collect(),
                FoundValue::Keyed(key, _) => vec![key],
                FoundValue::Missing | FoundValue::Day(_) | FoundValue::Number(_) => Vec::new(),
            };
            for text in texts.iter().map(|text| text.trim()).filter(|text| is_short(text)) {
                *counted.entry(text.to_owned()).or_default() += 1;
            }
        };
        let books = &self.books;
        match list {
            ListKind::Requests => self.rows.iter().for_each(|row| count(&row.subject())),
            ListKind::Meetings => self.meetings.iter().for_each(|one| count(&subject_of(one, self))),
            ListKind::People => self.team.people.iter().for_each(|person| {
                // By their keys, which are typed; asked only for the word that needs them.
                let holdings: &dyn Fn() -> Vec<String> = &|| {
                    let holds = |row: &&QueueRow| row.people.contains(&person.handle);
                    self.rows.iter().filter(holds).map(|row| row.request.id.to_string()).collect()
                };
                count(&PersonSubject { person, today: self.today(), holdings, over: Minutes::ZERO });
            }),
            ListKind::Outcomes => books.outcomes.iter().for_each(|one| count(&subject(one, self))),
            ListKind::Gains => books.gains.iter().for_each(|one| count(&subject(one, self))),
            ListKind::Redirects => books.redirects.iter().for_each(|one| count(&subject(one, self))),
            ListKind::Frictions => books.frictions.iter().for_each(|one| count(&subject(one, self))),
            ListKind::Risks => books.risks.iter().for_each(|one| count(&subject(one, self))),
            ListKind::Stakeholders => books.stakeholders.iter().for_each(|one| count(&subject(one, self))),
            ListKind::Decisions => books.decisions.iter().for_each(|one| count(&subject(one, self))),
            ListKind::Promises => books.promises.iter().for_each(|one| count(&subject(one, self))),
            // No pane shows them.
            ListKind::Absences | ListKind::Holidays => {}
        }
        most_first(counted)
    }

    /// The values that stand in the field of a word, of all that was read.
    pub fn values(&self, word: &str) -> Vec<String> {
        let of = |text: &dyn Fn(&QueueRow) -> String| self.filterable().map(text).collect();
        match word {
            "discipline" => self.team.people.iter().map(|person| person.discipline.clone()).collect(),
            "tag" => self.filterable().flat_map(|row| row.request.tags.iter().cloned()).collect(),
            "brand" => of(&|row| row.request.brand.clone()),
            "channel" => of(&|row| row.request.channel.clone()),
            _ => Vec::new(),
        }
    }

    /// Every name that stands in a field for one, of all that was read.
    pub fn names_said(&self) -> Vec<String> {
        let asked = self.filterable().flat_map(|row| names_of_request(&row.request));
        let met = attendees(self.known_meetings());
        asked.chain(met).chain(self.books.names_said()).collect()
    }

    fn frequent<'a>(&'a self, texts: impl Fn(&'a QueueRow) -> Vec<&'a str>) -> Vec<String> {
        // Counted anew for each key that asks: some ten milliseconds for a hundred thousand requests, and nothing to keep in step.
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for text in self.rows.iter().flat_map(texts).filter(|text| !text.is_empty()) {
            *counted.entry(text).or_default() += 1;
        }
        most_first(counted.into_iter().map(|(text, count)| (text.to_owned(), count)).collect())
    }

    /// What plain words of a line say without a doubt, by what its grammar can set.
    pub fn line_offers(&self, text: &str, targets: &OfferTargets) -> Vec<LineOffer> {
        let handles: Vec<String> = self.team.people.iter().map(|person| person.handle.clone()).collect();
        let names: Vec<String> = self.books.stakeholders.iter().map(|one| one.name.clone()).collect();
        let known = LineNames {
            team: &NameIndex::of(&self.team.people),
            handles: &handles,
            stakeholders: &NameIndex::of(&self.books.stakeholders),
            stakeholder_names: &names,
        };
        offers(text, targets, &self.reading, &known)
    }

    /// What some records are called together.
    pub fn called(&self, keys: &[RecordKey]) -> String {
        if let [key] = keys {
            return format!("{key} {}", plain::cut(&self.title_of(key), 50));
        }
        let is_request = |key: &RecordKey| key.request().is_some();
        let is_meeting = |key: &RecordKey| matches!(key, RecordKey::Meeting(_));
        let what = if keys.iter().all(is_request) {
            "requests"
        } else if keys.iter().all(is_meeting) {
            "meetings"
        } else {
            "records"
        };
        format!("{} {what}", keys.len())
    }
}
