//! The filter of a list that is no queue of requests: the same language, with the words of whatever its rows are.

use crate::domain::record::{Kind, Record, RecordKey};
use crate::domain::words::ParseContext;
use crate::domain::words::filter::names::{Roster, Stranger, strangers};
use crate::domain::words::filter::record::RecordSubject;
use crate::domain::words::filter::schema::{self, Vocabulary};
use crate::domain::words::filter::{Filter, FilterError, Searchable, unknown_words};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::layout::PaneId;

/// What the rows of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowSubject {
    Person,
    Meeting,
    Record(Kind),
}

/// The records that stand on boards.
const ON_BOARDS: [Kind; 8] = [
    Kind::Outcome,
    Kind::Stakeholder,
    Kind::Decision,
    Kind::Promise,
    Kind::Risk,
    Kind::Friction,
    Kind::Gain,
    Kind::Redirect,
];

impl RowSubject {
    fn of(pane: PaneId) -> Vec<Self> {
        match pane {
            PaneId::Load => vec![Self::Person],
            PaneId::Meetings => vec![Self::Meeting],
            _ => ON_BOARDS.into_iter().map(Self::Record).collect(),
        }
    }

    fn vocabulary(self) -> Vocabulary {
        match self {
            Self::Person => schema::people(),
            Self::Meeting => schema::meetings(),
            Self::Record(kind) => schema::of_kind(kind),
        }
    }
}

/// What is typed as a filter of a list.
#[derive(Debug, Clone, Default)]
pub struct PaneFilter {
    text: String,
    /// As each kind of row reads it. A kind that has not all of the words is left out: none of its rows fits.
    read: Vec<(RowSubject, Filter)>,
}

impl PaneFilter {
    /// Filters the rows of a pane by another text. One that no kind of row can read lets everything through.
    pub fn set(&mut self, text: &str, pane: PaneId, context: &ParseContext) {
        text.clone_into(&mut self.text);
        let subjects = if text.trim().is_empty() { Vec::new() } else { RowSubject::of(pane) };
        let read = subjects.into_iter().filter_map(|subject| {
            Some((subject, Filter::parse_with(text, &subject.vocabulary(), context).ok()?))
        });
        self.read = read.collect();
    }

    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True if every row fits.
    pub const fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// True if what is put away may fit, too.
    pub fn wants_closed(&self) -> bool {
        self.read.iter().any(|(_, filter)| filter.wants_closed())
    }

    fn of(&self, subject: RowSubject) -> Option<&Filter> {
        self.read.iter().find(|(known, _)| *known == subject).map(|(_, filter)| filter)
    }

    /// True if a row fits.
    pub fn fits(&self, subject: RowSubject, row: &dyn Searchable) -> bool {
        self.is_empty() || self.of(subject).is_some_and(|filter| filter.matches(row))
    }

    /// True if a row fits that has words and no fields: a group, work that nobody holds.
    pub fn fits_texts(&self, subject: RowSubject, texts: &[&str]) -> bool {
        self.is_empty()
            || self.of(subject).is_some_and(|filter| filter.matches_texts(texts.iter().copied(), &|_| None))
    }

    /// True if the record of a line fits; what is not in the books stands there only for what belongs to it.
    pub fn fits_record(&self, key: &RecordKey, snapshot: &Snapshot) -> bool {
        let RecordKey::Numbered(kind, number) = key else { return false };
        let (books, number) = (&snapshot.books, *number);
        match kind {
            Kind::Outcome => self.holds(&books.outcomes, number, snapshot),
            Kind::Stakeholder => self.holds(&books.stakeholders, number, snapshot),
            Kind::Decision => self.holds(&books.decisions, number, snapshot),
            Kind::Promise => self.holds(&books.promises, number, snapshot),
            Kind::Risk => self.holds(&books.risks, number, snapshot),
            Kind::Friction => self.holds(&books.frictions, number, snapshot),
            Kind::Gain => self.holds(&books.gains, number, snapshot),
            Kind::Redirect => self.holds(&books.redirects, number, snapshot),
            _ => false,
        }
    }

    fn holds<R: Record>(&self, records: &[R], number: i64, snapshot: &Snapshot) -> bool {
        let (today, hides_private) = (snapshot.today(), snapshot.is_presenting);
        let record = records.iter().find(|record| record.number() == number);
        record.is_some_and(|record| {
            let is_private = snapshot.private.has(&record.key());
            let worked_out = snapshot.report.worked_out(&record.key());
            let subject = RecordSubject { record, today, hides_private, is_private, worked_out };
            self.fits(RowSubject::Record(R::KIND), &subject)
        })
    }

    /// What the rule over the list says of it: `/price  2 fit`.
    pub fn told(&self, count: usize) -> String {
        if self.is_empty() { String::new() } else { format!("/{}  {count} fit", self.text.trim()) }
    }
}

/// The words that the filter of a pane can have, of each kind of its rows.
pub fn vocabularies(pane: PaneId) -> Vec<Vocabulary> {
    match pane {
        PaneId::Intake => vec![schema::requests().clone()],
        _ => RowSubject::of(pane).into_iter().map(RowSubject::vocabulary).collect(),
    }
}

/// The first name in a filter of a pane that nobody has.
pub fn stranger(text: &str, pane: PaneId, snapshot: &Snapshot) -> Option<Stranger> {
    let reading = &snapshot.reading;
    let said = || snapshot.names_said();
    let people = &snapshot.team.people;
    let roster = Roster { people, stakeholders: &snapshot.books.stakeholders, said: &said };
    // By the kinds that can read it: of a kind without such a word nothing is asked.
    let is_read = |vocabulary: &Vocabulary| Filter::parse_with(text, vocabulary, reading).is_ok();
    let read = vocabularies(pane).into_iter().find(is_read)?;
    strangers(text, &read, reading, &roster).into_iter().next()
}

/// What is wrong with a text as a filter of a pane: what no kind of its rows can read.
pub fn fault(text: &str, pane: PaneId, context: &ParseContext) -> Option<FilterError> {
    let mut first: Option<FilterError> = None;
    for subject in RowSubject::of(pane) {
        let vocabulary = subject.vocabulary();
        match Filter::parse_with(text, &vocabulary, context) {
            // One kind that can read it is enough: rows of the others just do not fit.
            Ok(_) => return None,
            Err(error) => {
                let unknown = unknown_words(text, &vocabulary, context).into_iter().next();
                let fault = unknown.unwrap_or(error);
                match &mut first {
                    // A word may be one of any kind that stands there.
                    Some(first) => {
                        let more = fault.known.iter().filter(|word| !first.known.contains(word));
                        let more: Vec<_> = more.copied().collect();
                        first.known.extend(more);
                        if first.nearest.is_none() && fault.nearest.is_some() {
                            (first.message, first.nearest) = (fault.message, fault.nearest);
                        }
                    }
                    None => first = Some(fault),
                }
            }
        }
    }
    first
}
