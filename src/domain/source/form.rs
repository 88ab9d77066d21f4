//! What a form asks of a source.

use crate::domain::bounds;
use chrono::NaiveDate;

use super::address::{self, SecretAddress};
use super::{ColumnMaps, DataSource, SourceWay, SourceWhat};
use crate::domain::named::named_enum;
use crate::domain::record::{Datum, FieldKind, form, word_datum};
use crate::domain::words::ParseContext;

named_enum! {
    /// How the days of a table are written.
    pub enum DayOrder {
        AsShown = "as-the-file-shows", "as the file shows",
        DayFirst = "day-first", "day first",
        MonthFirst = "month-first", "month first",
    }
}

impl DayOrder {
    /// What is said of a file whose days can be read both ways.
    pub const fn of(day_first: Option<bool>) -> Self {
        match day_first {
            None => Self::AsShown,
            Some(true) => Self::DayFirst,
            Some(false) => Self::MonthFirst,
        }
    }

    /// True if the day stands first; nothing where the file tells.
    pub const fn day_first(self) -> Option<bool> {
        match self {
            Self::AsShown => None,
            Self::DayFirst => Some(true),
            Self::MonthFirst => Some(false),
        }
    }
}

word_datum!(SourceWhat);
word_datum!(SourceWay);
word_datum!(DayOrder);

/// An address as it was typed. What is stored is never shown as one, so it is empty before somebody types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAddress(pub Option<SecretAddress>);

impl Datum for TypedAddress {
    const KIND: FieldKind = FieldKind::Secret;

    fn first(_: NaiveDate) -> Self {
        Self(None)
    }

    fn shown(&self) -> String {
        String::new()
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        SecretAddress::parse(text).map(|address| Self(Some(address))).map_err(str::to_owned)
    }
}

/// A file, pattern, folder, command or variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePlace(pub String);

/// Why an address cannot stand where it was typed.
pub const COVERED_ELSEWHERE: &str = "an address is a secret: take the way url, and type it into Address";

impl Datum for SourcePlace {
    const KIND: FieldKind = FieldKind::Place;

    fn first(_: NaiveDate) -> Self {
        Self(String::new())
    }

    fn shown(&self) -> String {
        address::masked_in(&self.0)
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        if address::is_one(text) {
            return Err(COVERED_ELSEWHERE.to_owned());
        }
        // What is shown of an address ends so, and would be taken for the whole of it.
        if text.contains("/…") && text.contains("://") {
            return Err("an address is not shown whole here: write all of it anew".to_owned());
        }
        Ok(Self(text.to_owned()))
    }
}

/// A count that may be missing; what it counts and how far is the rule of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionalCount(pub Option<u32>);

impl Datum for OptionalCount {
    const KIND: FieldKind = FieldKind::Number;

    fn first(_: NaiveDate) -> Self {
        Self(None)
    }

    fn shown(&self) -> String {
        self.0.map_or_else(String::new, |count| count.to_string())
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        // The words by which every field that may be empty is emptied.
        if matches!(text, "" | "-" | "none") {
            return Ok(Self(None));
        }
        text.parse()
            .map(|count| Self(Some(count)))
            .map_err(|_| format!("`{}` is not a whole number", bounds::named(text)))
    }
}

form! {
    /// What a form asks of a source; of the one address that it may take nothing is ever shown.
    SourceForm {
        /// What it is called, and by which what it brings is known again.
        name: String = "name" => field("Name").needed().hint("a word or two, as Jira; what it brings is known by it"),
        /// Requests, people, absences, shares or a calendar.
        what: SourceWhat = "what" => field("Brings").needed(),
        /// By which way it is had.
        way: SourceWay = "way" => field("Way").needed().hint("a file, the newest of a pattern, a folder of calendars or tables, a command, an address"),
        /// The file, pattern, folder, command or variable.
        place: SourcePlace = "place" => field("From").hint("by its way: a file, ~/Downloads/jira-*.csv, a folder, a command, a variable; none for url"),
        /// An address to keep on this machine.
        address: TypedAddress = "address" => field("Address").hint("for the way url alone: covered, kept on this machine and nowhere else"),
        /// The preset of a table of requests.
        preset: String = "preset" => field("Preset").hint("which tool wrote the table; empty recognises it"),
        /// The sheet of a workbook, by name or number.
        sheet: String = "sheet" => field("Sheet").hint("of a workbook, by name or number; empty takes the one that fits best"),
        /// What columns of a table stand for, where their names do not say it.
        maps: ColumnMaps = "map" => field("Columns").hint("as Need by=due; Hours=ignore; empty knows them by their names"),
        /// How the days of a table are written.
        days: DayOrder = "days" => field("Days").needed(),
        /// What earlier imports by hand called it.
        known_as: String = "known-as" => field("Known as").hint("what earlier imports by hand called it; empty is its name"),
        /// It is read when the cockpit starts.
        at_start: bool = "at-start" => field("At start").hint("yes reads it when the cockpit starts"),
        /// It is read again after so many minutes.
        every: OptionalCount = "every" => field("Every … minutes").hint("reads it again while the cockpit is open; empty reads it by key alone"),
        /// What is new is taken in at once.
        applies: bool = "apply" => field("Take in at once").hint("yes takes in what is new without a question; otherwise it is offered"),
        /// How long it may take.
        limit: OptionalCount = "limit" => field("Limit, seconds").needed().hint("how long it may take"),
    }
}

impl SourceForm {
    /// A source that is there, without the address that belongs to it.
    pub fn of(source: &DataSource) -> Self {
        // What is kept of an address is its host, which is no place that could be typed.
        let place = if source.way == SourceWay::Url { String::new() } else { source.place.clone() };
        Self {
            name: source.name.clone(),
            what: source.what,
            way: source.way,
            place: SourcePlace(place),
            address: TypedAddress(None),
            preset: source.preset.clone(),
            sheet: source.sheet.clone(),
            maps: source.maps.clone(),
            days: DayOrder::of(source.day_first),
            known_as: source.known_as.clone(),
            at_start: source.at_start,
            every: OptionalCount(source.every),
            applies: source.applies,
            limit: OptionalCount(Some(source.limit_seconds)),
        }
    }

    /// A source to be added: a file of requests, until something else is said.
    pub fn new() -> Self {
        Self::of(&DataSource::new("", SourceWhat::Requests, SourceWay::File, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Fields;

    #[test]
    fn an_address_is_in_no_text_of_a_form() {
        let secret = "https://calendar.example/private-abc/basic.ics";
        let kept =
            DataSource::new("Work", SourceWhat::Calendar, SourceWay::Url, "https://calendar.example/…");
        let command = format!("curl -s {secret}");
        let printed = DataSource::new("Work", SourceWhat::Calendar, SourceWay::Command, &command);
        for source in [kept, printed] {
            let mut form = SourceForm::of(&source);
            form.set("address", secret, &ParseContext::monday()).unwrap();
            let texts = SourceForm::FIELDS.iter().map(|field| form.get(field.name));
            assert!(texts.clone().all(|text| !text.contains("private")), "{:?}", texts.collect::<Vec<_>>());
            let wrong = form.set("place", secret, &ParseContext::monday()).unwrap_err();
            assert_eq!(wrong, COVERED_ELSEWHERE);
            let cut = form.set("place", &address::masked_in(&command), &ParseContext::monday());
            assert!(cut.unwrap_err().contains("write all of it anew"));
        }
    }

    #[test]
    fn the_order_of_days_is_said_or_left_to_the_file() {
        for order in DayOrder::ALL {
            assert_eq!(DayOrder::of(order.day_first()), *order);
        }
    }
}
