//! The cells of one row by field, collecting what could not be read.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::super::dates::{self, CellDate, DateHints, DateReading};
use super::super::field::Field;
use super::super::table::SourceRow;
use super::super::{numbers, spaced, squeeze};
use super::{CellClock, FileContext, Problem};
use crate::domain::day;
use crate::domain::words::days::parse_day;
use crate::domain::workdays::WorkCalendar;

/// So many tags or channels are kept of one row.
const LIST: usize = 200;

/// One row, read by field.
pub(super) struct Cells<'a> {
    pub(super) context: &'a FileContext<'a>,
    row: &'a SourceRow,
    pub(super) problems: Vec<Problem>,
    unread: Vec<Field>,
    /// What maps nowhere, as `Question: answer`.
    kept: Vec<String>,
    /// The day that one without a year lies near to.
    pub(super) near: Option<NaiveDate>,
    /// The day on which the row came in, if the file has it: `end of week` is meant from there.
    pub(super) written: Option<NaiveDate>,
    /// The words of which its due day was made.
    pub(super) by_words: Option<String>,
    /// The due day as it is written, where it has no year.
    pub(super) without_year: Option<String>,
    /// The day on which it came in has no year of its own, and tells none.
    is_created_near: bool,
    /// Fields without a column that another one fills too.
    pub(super) also_given: Vec<Field>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(context: &'a FileContext<'a>, row: &'a SourceRow) -> Self {
        Self {
            context,
            row,
            problems: Vec::new(),
            unread: Vec::new(),
            kept: Vec::new(),
            near: context.dates.near,
            written: None,
            by_words: None,
            without_year: None,
            is_created_near: false,
            also_given: Vec::new(),
        }
    }

    /// Position and text of every cell of a field that says something.
    pub(super) fn all(&self, field: Field) -> impl Iterator<Item = (usize, &'a str)> {
        let row = self.row;
        let places = self.context.places.get(&field).map_or(&[][..], Vec::as_slice);
        let found = places
            .iter()
            .filter_map(move |index| row.cells.get(*index).map(|cell| (*index, numbers::meaning(cell))));
        found.filter(|(_, text)| !text.is_empty())
    }

    pub(super) fn text(&self, field: Field) -> &'a str {
        self.all(field).next().map_or("", |(_, text)| text)
    }

    /// Texts of all columns of a field, cut at any letter of `separators`; each once, and so many and no more.
    pub(super) fn list(&mut self, field: Field, separators: &str) -> Vec<&'a str> {
        let mut known: HashSet<&str> = HashSet::new();
        let parts = self.all(field).flat_map(|(index, text)| {
            let said = ticked_row(self.context.headers.get(index).map_or("", String::as_str), text);
            let parts = bare_list(said).split(|c| separators.contains(c) || c == '\n');
            parts.map(|part| part.trim().trim_matches('"').trim()).filter(|part| !part.is_empty())
        });
        // One more than is kept shows that there are more; the set stops there too, since a cell can hold a
        // million of them.
        let mut found: Vec<&str> =
            parts.filter(|part| known.len() <= LIST && known.insert(part)).take(LIST + 1).collect();
        if found.len() > LIST {
            found.truncate(LIST);
            self.mark(field, &format!("more than {LIST}; the first {LIST} were kept"), false);
        }
        found
    }

    /// Keeps what a cell says under the name of its column, for the notes.
    pub(super) fn keep(&mut self, field: Field) {
        let cells: Vec<(usize, &str)> = self.all(field).collect();
        for (index, text) in cells {
            self.keep_as_answer(index, text);
        }
    }

    pub(super) fn keep_as_answer(&mut self, index: usize, text: &str) {
        let column = self.context.headers.get(index).map_or("", String::as_str);
        let question = match column.split_whitespace().collect::<Vec<_>>().join(" ") {
            nameless if nameless.is_empty() => format!("Column {}", index + 1),
            named => named,
        };
        let mark = if question.ends_with(['?', ':']) { "" } else { ":" };
        let said = counted_day(&question, text, self.context.clock).unwrap_or_else(|| text.to_owned());
        self.kept.push(format!("{question}{mark} {said}"));
    }

    /// Keeps what further columns of a field say that is filled by one alone: nothing of a file goes without a word.
    pub(super) fn keep_others(&mut self) {
        let is_filled = |field: &&Field| {
            !(field.is_list() || matches!(field, Field::ExternalId | Field::InternalId | Field::Parent))
        };
        let context = self.context;
        for field in context.places.keys().filter(is_filled) {
            let mut cells = self.all(*field);
            let Some((_, first)) = cells.next() else { continue };
            // A column that only repeats another one adds nothing.
            let others: Vec<_> = cells.filter(|(_, text)| *text != first).collect();
            for (index, text) in others {
                self.keep_as_answer(index, text);
            }
        }
    }

    /// Tells cells in which a spreadsheet says that it could not reckon.
    pub(super) fn tell_errors(&mut self) {
        let context = self.context;
        for (field, places) in context.places {
            for index in places {
                let Some(value) = self.row.cells.get(*index).map(|cell| cell.trim()) else { continue };
                if numbers::is_error(value) {
                    let column = context.headers.get(*index).cloned().unwrap_or_default();
                    let message = "an error of the spreadsheet; left open".to_owned();
                    self.problems.push(Problem { column, value: value.to_owned(), message });
                    // What could not be reckoned there empties nothing here.
                    self.unread.push(*field);
                }
            }
        }
    }

    /// The name of the column that a field is read from.
    pub(super) fn header(&self, field: Field) -> &'a str {
        let first = self.all(field).next();
        first.and_then(|(index, _)| self.context.headers.get(index)).map_or("", String::as_str)
    }

    /// True if the column of a field has a name that may as well mean something else.
    pub(super) fn is_by_weak_name(&self, field: Field) -> bool {
        let name = squeeze(self.header(field));
        let alone = self.context.common.alone.get(&field);
        !name.is_empty() && alone.is_some_and(|names| names.contains(&name))
    }

    /// What a column says that fills no field; empty where there is none.
    pub(super) fn at(&self, place: Option<usize>) -> &'a str {
        place.and_then(|index| self.row.cells.get(index)).map_or("", |cell| numbers::meaning(cell))
    }

    /// What was kept, a line or more each.
    pub(super) fn kept(&self) -> String {
        self.kept.join("\n")
    }

    /// Marks the cell of a field; the field counts as not read if `is_unread`.
    pub(super) fn mark(&mut self, field: Field, message: &str, is_unread: bool) {
        let first = self.all(field).next();
        let (column, value) = first.map_or((String::new(), String::new()), |(index, text)| {
            (self.context.headers.get(index).cloned().unwrap_or_default(), text.to_owned())
        });
        self.problems.push(Problem { column, value, message: message.to_owned() });
        // Importing again touches only fields that were read, so a cell that nobody understands empties nothing
        // here.
        if is_unread {
            self.unread.push(field);
        }
    }

    /// From then on days without a year are near the one on which the row came in: an export that is read again a year
    /// later still means the day that it meant. One that has no year itself tells none.
    pub(super) fn count_from(&mut self, created: Option<DateTime<Utc>>) {
        let created = created.filter(|_| !self.is_created_near);
        self.written = created.map(|instant| self.context.clock.to_local(instant).date());
        self.near = self.written.or(self.near);
    }

    pub(super) fn when(&mut self, field: Field) -> Option<CellDate> {
        let (column, text) = self.all(field).next().map_or((None, ""), |(index, text)| (Some(index), text));
        let hints = DateHints { order: self.context.orders.of(column), near: self.near };
        match dates::read(text, hints) {
            DateReading::When(when) => {
                // Without a year it is the one near the day on which it is read, which is another one half a year later.
                let lacks_year =
                    || !matches!(dates::read(text, DateHints { near: None, ..hints }), DateReading::When(_));
                if field == Field::Due && self.written.is_none() && lacks_year() {
                    self.without_year = Some(text.to_owned());
                }
                self.is_created_near |= field == Field::Created && lacks_year();
                Some(when)
            }
            // "asap" answers why, not when: it is kept where the reason for the day stands.
            DateReading::Vague if field == Field::Due => {
                self.mark(field, "no day; kept as the reason for the day", false);
                None
            }
            DateReading::Empty | DateReading::Vague => None,
            DateReading::Unreadable if field == Field::Due && self.counted(text).is_some() => {
                let (day, told) = self.counted(text)?;
                self.mark(field, &told, false);
                self.by_words = Some(text.to_owned());
                Some(CellDate { local: day.and_time(chrono::NaiveTime::MIN), has_time: false, offset: None })
            }
            DateReading::TwoDays => {
                self.mark(field, "could be two days; --day-first or --month-first says which", true);
                None
            }
            DateReading::Unreadable if field == Field::Due => {
                let message = self.counted_from(text).unwrap_or_else(|| {
                    "not a day that can be read; kept as the reason for the day".to_owned()
                });
                self.mark(field, &message, true);
                None
            }
            DateReading::Unreadable if field == Field::Delivered => {
                self.mark(field, "not a day that can be read; the day of delivery stays open", true);
                None
            }
            DateReading::Unreadable => {
                self.mark(field, "not a day that can be read; left open", true);
                None
            }
        }
    }

    /// What is said of words that are a day only as counted from when they were written: `end of next week`.
    fn counted_from(&self, text: &str) -> Option<String> {
        let (calendar, today) =
            (WorkCalendar::default(), self.context.clock.to_local(self.context.now).date());
        let now = parse_day(text, today, &calendar).ok()?;
        let then = self.near.and_then(|near| Some((near, parse_day(text, near, &calendar).ok()?)));
        let told = match then {
            Some((near, then)) if then != now => format!(
                "{} as of {}, {} as of today",
                day::day_near(then, today),
                day::day_near(near, today),
                day::day_near(now, today)
            ),
            _ => format!("{} as of today", day::day_near(now, today)),
        };
        Some(format!("counts from the day on which it was written ({told}); kept as the reason for the day"))
    }

    pub(super) fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let when = self.when(field)?;
        Some(match when.offset {
            None => when.local.date(),
            Some(_) if field == Field::Due && self.context.has_days_at_midnight => when.local.date(),
            // With an offset it is an instant, and its day is the one that it has here, not the one that is
            // written.
            Some(_) => self.context.clock.to_local(self.instant_of(when)).date(),
        })
    }

    pub(super) fn instant(&mut self, field: Field) -> Option<DateTime<Utc>> {
        self.when(field).map(|when| self.instant_of(when))
    }

    fn instant_of(&self, when: CellDate) -> DateTime<Utc> {
        match when.offset.and_then(|offset| when.local.and_local_timezone(offset).single()) {
            Some(instant) => instant.with_timezone(&Utc),
            None => self.context.clock.to_utc(when.local),
        }
    }

    /// Fields that this row has and that were read.
    pub(super) fn given(&self) -> Vec<Field> {
        // A row that ends before a column says nothing about it, not even that it is empty.
        let first = |places: &[usize]| places.first().copied().filter(|index| *index < self.row.cells.len());
        let there = self.context.places.iter().filter_map(|(field, places)| Some((first(places)?, *field)));
        let mut given: Vec<(usize, Field)> = there
            .filter(|(_, field)| !self.unread.contains(field))
            // Answers are kept in the notes, so it is these that a file has.
            .map(|(index, field)| (index, if field == Field::Answer { Field::NOTES } else { field }))
            .collect();
        given.sort_unstable();
        let mut fields: Vec<Field> = Vec::with_capacity(given.len());
        for (_, field) in given {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        let notes = (!self.kept.is_empty()).then_some(Field::NOTES);
        for field in self.also_given.iter().copied().chain(notes) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }
}

/// What stands in square brackets, as some tools write a list, without them.
pub(super) fn bare_list(text: &str) -> &str {
    text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text)
}

/// What a cell says below `Where will it be seen? [Print]`, as forms write a grid of ticks: the row that it is, if it is
/// ticked, and nothing if it is not.
fn ticked_row<'t>(header: &'t str, text: &'t str) -> &'t str {
    let row = header.trim_end().strip_suffix(']').and_then(|header| header.rsplit_once('['));
    match row.map(|(_, row)| row.trim()).filter(|row| !row.is_empty()) {
        Some(row) if numbers::is_ticked(text) => row,
        Some(_) if numbers::is_crossed(text) => "",
        _ => text,
    }
}

/// The day that a tool counts in milliseconds, below a column of days that fills nothing: nobody reads such a number.
fn counted_day(question: &str, text: &str, clock: &dyn CellClock) -> Option<String> {
    let is_of_days = spaced(question).contains(" date ");
    let is_number = (12..=13).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let at = DateTime::from_timestamp_millis(text.parse().ok().filter(|_| is_of_days && is_number)?)?;
    Some(clock.to_local(at).date().to_string())
}
