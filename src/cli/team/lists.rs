//! `person list`, `absence list` and `holiday list`: those that fit words or a view, by a column if one is named.

use chrono::NaiveDate;

use super::{absence_line, holiday_line, human_line, line, shape};

use crate::cli::filter::nothing_fits;
use crate::cli::out::{Format, Medium, Out};
use crate::cli::views::{ListWords, PrintedRow, ViewColumns, told_if_none};
use crate::cli::{CliError, Done};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Holiday, Person};
use crate::domain::record::Record;
use crate::domain::view::{ListKind, View};
use crate::domain::words::filter::columns::CellFormat;
use crate::domain::words::filter::person::{AbsenceSubject, PersonSubject};
use crate::domain::words::filter::record::{RecordSubject, Standing};
use crate::domain::words::filter::{Searchable, schema};
use crate::ops::Desk;
use crate::ops::queue::{QueueAndLoad, held_by};
use crate::ops::team::handle;

/// That there is no team yet, and how it begins.
pub const NOBODY_YET: &str =
    "nobody is in the team yet; `tablesetter person add NAME --handle H --discipline D`";

/// People as words, a view and a column ask for them, each with what a view says of it.
pub struct WantedPeople<'a> {
    pub people: Vec<Person>,
    pub view: Option<&'a View>,
    queue_and_load: Option<QueueAndLoad>,
    today: NaiveDate,
}

impl<'a> WantedPeople<'a> {
    /// Those that are asked for, in the order that is.
    pub fn of(words: &ListWords, desk: &'a Desk) -> Result<Self, CliError> {
        let wanted = words.wanted(ListKind::People, desk)?;
        let mut people = desk.store.people()?;
        // Before the filter: that there is nobody at all is another answer than that nobody fits.
        if people.is_empty() {
            return Err(CliError::Nothing(NOBODY_YET.to_owned()));
        }
        let today = desk.today();
        // The bare list needs no queue and no load, which take the longest to read.
        let is_asked = words.narrows() || wanted.order.is_some();
        // No days of the grid are needed: whether somebody is over is a verdict on all of their work.
        let queue_and_load = if is_asked { Some(desk.queue_and_load(today..today)?) } else { None };
        let found = Self { people: Vec::new(), view: wanted.view, queue_and_load, today };
        if words.narrows() {
            people.retain(|person| found.asked(person, |row| wanted.filter.matches(row)));
        }
        if let Some(order) = wanted.order {
            people.sort_by_cached_key(|person| found.asked(person, |row| order.key(row)));
        }
        Ok(Self { people, ..found })
    }

    fn asked<T>(&self, person: &Person, ask: impl FnOnce(&dyn Searchable) -> T) -> T {
        let rows = self.queue_and_load.as_ref().map_or(&[][..], |found| &found.rows);
        let holdings = || held_by(&person.handle, rows);
        let verdict = self.queue_and_load.as_ref().map(|found| found.model.verdict(person.id));
        let over = verdict.map_or(Minutes::ZERO, |verdict| verdict.over());
        ask(&PersonSubject { person, today: self.today, holdings: &holdings, over })
    }

    /// Somebody with what the columns of the view say.
    pub fn row(&self, person: &Person, columns: &ViewColumns<'_>, head: String, whole: String) -> PrintedRow {
        columns.row(&|format: &CellFormat<'_>| self.asked(person, |row| format.cell(row)), head, whole)
    }

    /// That nobody fits what was asked for.
    pub fn nobody(words: &ListWords, desk: &Desk) -> Result<CliError, CliError> {
        let what = format!("nobody fits {}", words.told());
        nothing_fits(&what, &words.filter, (&schema::people(), &[]), desk)
    }
}

pub fn people(desk: &Desk, words: &ListWords, out: &mut Out) -> Done {
    // A list is a list in this shape, also of nobody.
    if out.format == Format::Json && desk.store.people()?.is_empty() {
        out.json(&Vec::<()>::new())?;
    }
    let wanted = WantedPeople::of(words, desk)?;
    let (people, today) = (&wanted.people, desk.today());
    match out.format {
        Format::Json => out.json(&people.iter().map(shape).collect::<Vec<_>>())?,
        Format::Human if wanted.view.is_some() => {
            let calendar = desk.calendar()?;
            let columns = ViewColumns::new(wanted.view, &["handle", "name"], desk, &calendar);
            let rows = people.iter().map(|person| {
                wanted.row(person, &columns, head(person, out), human_line(person, today, out))
            });
            columns.print(rows.collect(), usize::MAX, out)?;
        }
        _ => people.iter().try_for_each(|person| line(person, today, out))?,
    }
    if people.is_empty() { Err(WantedPeople::nobody(words, desk)?) } else { Ok(()) }
}

/// Who somebody is, before the columns of a view.
fn head(person: &Person, out: &Out) -> String {
    match out.medium {
        Medium::Voice => format!("{} {}", person.handle, person.name),
        Medium::Screen => format!("{} {}", out.fit(&person.handle, 12), out.fit(&person.name, 26)),
    }
}

fn of_record<'a, R: Record>(record: &'a R, desk: &Desk) -> RecordSubject<'a, R> {
    let (today, hides_private) = (desk.today(), desk.is_presenting);
    RecordSubject { record, today, hides_private, is_private: false, worked_out: Standing::default() }
}

fn of_absence<'a>(absence: &'a Absence, people: &'a [Person], desk: &Desk) -> Option<AbsenceSubject<'a>> {
    let who = people.iter().find(|person| person.id == absence.person)?;
    Some(AbsenceSubject { record: of_record(absence, desk), who })
}

pub fn absences(desk: &Desk, words: &ListWords, out: &mut Out) -> Done {
    let wanted = words.wanted(ListKind::Absences, desk)?;
    let people = desk.store.people()?;
    let mut all = desk.store.absences()?;
    all.retain(|absence| of_absence(absence, &people, desk).is_some_and(|row| wanted.filter.matches(&row)));
    if let Some(order) = wanted.order {
        all.sort_by_cached_key(|absence| of_absence(absence, &people, desk).map(|row| order.key(&row)));
    }
    if out.format == Format::Human && wanted.view.is_some() {
        let calendar = desk.calendar()?;
        let columns = ViewColumns::new(wanted.view, &["who"], desk, &calendar);
        let rows = all.iter().map(|absence| {
            let name = handle(&people, absence.person);
            let cell = |format: &CellFormat<'_>| {
                of_absence(absence, &people, desk).map_or_else(String::new, |row| format.cell(&row))
            };
            columns.row(&cell, out.fit(&name, 12), absence_line(absence, (&name, desk.today()), out))
        });
        columns.print(rows.collect(), usize::MAX, out)?;
    } else {
        super::absences(desk, &all, out)?;
    }
    told_if_none(&all, words, ("nobody is away", ListKind::Absences), desk)
}

pub fn holidays(desk: &Desk, words: &ListWords, out: &mut Out) -> Done {
    let wanted = words.wanted(ListKind::Holidays, desk)?;
    let mut all: Vec<Holiday> = desk.store.holidays()?;
    all.retain(|holiday| wanted.filter.matches(&of_record(holiday, desk)));
    if let Some(order) = wanted.order {
        all.sort_by_cached_key(|holiday| order.key(&of_record(holiday, desk)));
    }
    if out.format == Format::Human && wanted.view.is_some() {
        let calendar = desk.calendar()?;
        let columns = ViewColumns::new(wanted.view, &["name"], desk, &calendar);
        let rows = all.iter().map(|holiday| {
            let cell = |format: &CellFormat<'_>| format.cell(&of_record(holiday, desk));
            columns.row(&cell, out.fit(&holiday.name, 26), holiday_line(holiday, desk.today(), out))
        });
        columns.print(rows.collect(), usize::MAX, out)?;
    } else {
        super::holidays(&all, desk.today(), out)?;
    }
    told_if_none(&all, words, ("no holidays", ListKind::Holidays), desk)
}
