//! The filter and the order of a list that is no queue of requests: the same language, with the words of whatever its
//! rows are.

use crate::domain::record::{Kind, Record, RecordKey};
use crate::domain::view::{self, ListKind, Order, View};
use crate::domain::words::ParseContext;
use crate::domain::words::filter::columns;
use crate::domain::words::filter::names::{Roster, Stranger, strangers};
use crate::domain::words::filter::order::RowOrder;
use crate::domain::words::filter::record::RecordSubject;
use crate::domain::words::filter::schema::{self, Vocabulary};
use crate::domain::words::filter::{Filter, FilterError, Searchable, unknown_words};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::layout::PaneId;

/// The lists that stand in a pane, the one that it is named after first.
pub const fn lists(pane: PaneId) -> &'static [ListKind] {
    match pane {
        PaneId::Intake => &[ListKind::Requests],
        PaneId::Load => &[ListKind::People],
        PaneId::Meetings => &[ListKind::Meetings],
        PaneId::Outcomes => view::BOARDS[0],
        PaneId::Change => view::BOARDS[1],
        PaneId::Influence => view::BOARDS[2],
    }
}

/// The figure that goes to a pane, in menus as it is among the keys.
pub const fn figure(pane: PaneId) -> char {
    match pane {
        PaneId::Intake => '2',
        PaneId::Load => '3',
        PaneId::Meetings => '4',
        PaneId::Outcomes => '5',
        PaneId::Change => '6',
        PaneId::Influence => '7',
    }
}

/// The pane in which a list stands; absences and holidays have none.
pub fn home(list: ListKind) -> Option<PaneId> {
    PaneId::ALL.into_iter().find(|pane| lists(*pane).contains(&list))
}

/// A record of a list as filters and columns see it.
pub fn subject<'a, R: Record>(record: &'a R, snapshot: &Snapshot) -> RecordSubject<'a, R> {
    let key = record.key();
    let (today, hides_private) = (snapshot.today(), snapshot.is_presenting);
    let (is_private, worked_out) = (snapshot.private.has(&key), snapshot.report.worked_out(&key));
    RecordSubject { record, today, hides_private, is_private, worked_out }
}

/// What is typed as a filter of a list.
#[derive(Debug, Clone, Default)]
pub struct PaneFilter {
    text: String,
    /// As each list of the pane reads it. A list that has not all of the words is left out: none of its rows fits.
    read: Vec<(ListKind, Filter)>,
    /// A list reads all of it; otherwise a word of it is only begun, or wrong, and narrows nothing.
    is_whole: bool,
    /// The saved view that it begins with.
    view: Option<View>,
    /// By what lists are ordered that somebody ordered; the others as their view or the pane has them.
    orders: Vec<(ListKind, Order)>,
}

impl PaneFilter {
    /// Filters the rows of a pane by another text. One that no kind of row can read lets everything through.
    pub fn set(&mut self, text: &str, pane: PaneId, context: &ParseContext) {
        text.clone_into(&mut self.text);
        let lists = if text.trim().is_empty() { &[] } else { lists(pane) };
        let read = lists.iter().filter_map(|list| {
            Some((*list, Filter::parse_typed(text, &schema::of_list(*list), context).ok()?))
        });
        self.read = read.collect();
        let is_whole = |list: &ListKind| Filter::parse_with(text, &schema::of_list(*list), context).is_ok();
        self.is_whole = lists.iter().any(is_whole);
        let view = columns::view_of(text, &context.views);
        self.view = view.filter(|view| self.of(view.list).is_some()).cloned();
    }

    /// The saved view that is shown.
    pub const fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }

    /// The saved view that is shown, if it is one of a list.
    pub fn view_of(&self, list: ListKind) -> Option<&View> {
        self.view().filter(|view| view.list == list)
    }

    /// By what a list is ordered, if not as its pane has it.
    pub fn order(&self, list: ListKind) -> Option<Order> {
        let own = self.orders.iter().find(|(known, _)| *known == list).map(|(_, order)| *order);
        own.or_else(|| self.view_of(list)?.order)
    }

    /// The same, ready to be asked of rows.
    pub fn row_order(&self, list: ListKind) -> Option<RowOrder> {
        self.order(list).map(|order| RowOrder::new(order, list))
    }

    /// Orders a list; without an order it stands as its view or its pane has it.
    pub fn set_order(&mut self, list: ListKind, order: Option<Order>) {
        self.orders.retain(|(known, _)| *known != list);
        self.orders.extend(order.map(|order| (list, order)));
    }

    /// Records of a list in its order, or as they come.
    pub fn ordered<'a, T, R: Record + 'a>(
        &self,
        rows: impl IntoIterator<Item = &'a T>,
        record: impl Fn(&'a T) -> &'a R,
        snapshot: &Snapshot,
    ) -> Vec<&'a T> {
        let mut rows: Vec<&T> = rows.into_iter().collect();
        if let Some(order) = ListKind::of(R::KIND).and_then(|list| self.row_order(list)) {
            rows.sort_by_cached_key(|row| order.key(&subject(record(row), snapshot)));
        }
        rows
    }

    /// The orders as they are remembered: `promises:-due`.
    pub fn kept_orders(&self) -> Option<String> {
        let kept: Vec<String> = self.orders.iter().map(|(list, order)| format!("{list}:{order}")).collect();
        (!kept.is_empty()).then(|| kept.join(" "))
    }

    /// Takes back what was remembered; a list or column that is no more leaves the pane as it is.
    pub fn take_orders(&mut self, kept: Option<&str>) {
        let read = |text: &str| {
            let (list, order) = text.split_once(':')?;
            let list: ListKind = list.parse().ok()?;
            Some((list, columns::order(order, list).ok()?))
        };
        self.orders = kept.unwrap_or_default().split(' ').filter_map(read).collect();
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

    fn of(&self, list: ListKind) -> Option<&Filter> {
        self.read.iter().find(|(known, _)| *known == list).map(|(_, filter)| filter)
    }

    /// True if a row fits.
    pub fn fits(&self, list: ListKind, row: &dyn Searchable) -> bool {
        self.is_empty() || self.of(list).is_some_and(|filter| filter.matches(row))
    }

    /// True if a row fits that has words and no fields: a group, work that nobody holds.
    pub fn fits_texts(&self, list: ListKind, texts: &[&str]) -> bool {
        self.is_empty()
            || self.of(list).is_some_and(|filter| filter.matches_texts(texts.iter().copied(), &|_| None))
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
        let record = records.iter().find(|record| record.number() == number);
        record
            .zip(ListKind::of(R::KIND))
            .is_some_and(|(record, list)| self.fits(list, &subject(record, snapshot)))
    }

    /// What the rule over the list says of it: `/price  2 fit · by title`.
    pub fn told(&self, count: usize, list: ListKind) -> String {
        let order = self.order(list).map(Order::told);
        let fit = Some(self.told_fit(count)).filter(|fit| !fit.is_empty());
        fit.into_iter().chain(order).collect::<Vec<_>>().join(" · ")
    }

    /// The same without an order.
    pub fn told_fit(&self, count: usize) -> String {
        // Of a word that is wrong or half typed nothing is known to fit.
        let so = if self.is_whole { "fit" } else { "so far" };
        if self.is_empty() { String::new() } else { format!("/{}  {count} {so}", self.text.trim()) }
    }
}

/// The words that the filter of a pane can have, of each of its lists.
pub fn vocabularies(pane: PaneId) -> Vec<Vocabulary> {
    lists(pane).iter().copied().map(schema::of_list).collect()
}

/// The first name in a filter of a pane that nobody has.
pub fn stranger(text: &str, pane: PaneId, snapshot: &Snapshot) -> Option<Stranger> {
    let reading = &snapshot.reading;
    let said = || snapshot.names_said();
    let people = &snapshot.team.people;
    let values = |word: &str| snapshot.values(word);
    let roster = Roster { people, stakeholders: &snapshot.books.stakeholders, said: &said, values: &values };
    // By the kinds that can read it: of a kind without such a word nothing is asked.
    let is_read = |vocabulary: &Vocabulary| Filter::parse_with(text, vocabulary, reading).is_ok();
    let read = vocabularies(pane).into_iter().find(is_read)?;
    strangers(text, &read, reading, &roster).into_iter().next()
}

/// What is wrong with a text as a filter of a pane: what no kind of its rows can read.
pub fn fault(text: &str, pane: PaneId, context: &ParseContext) -> Option<FilterError> {
    let mut first: Option<FilterError> = None;
    let mut of_value: Option<FilterError> = None;
    for vocabulary in vocabularies(pane) {
        match Filter::parse_with(text, &vocabulary, context) {
            // One kind that can read it is enough: rows of the others just do not fit.
            Ok(_) => return None,
            Err(error) => {
                let unknown = unknown_words(text, &vocabulary, context).into_iter().next();
                let fault = unknown.unwrap_or(error);
                // The kind that has the word knows what is wrong behind it.
                if fault.known.is_empty() {
                    of_value.get_or_insert(fault);
                    continue;
                }
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
    of_value.or(first)
}
