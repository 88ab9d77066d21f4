//! `person list`, `absence list` and `holiday list`: those that fit words or a view, by a column if one is named.

use super::{absence_line, holiday_line, human_line, line, shape};
use crate::cli::filter::nothing_fits;
use crate::cli::out::{Format, Medium, Out};
use crate::cli::views::{ListWords, ViewColumns, told_if_none};
use crate::cli::{CliError, Done};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Holiday, Person};
use crate::domain::record::Record;
use crate::domain::view::ListKind;
use crate::domain::words::filter::columns::CellFormat;
use crate::domain::words::filter::person::{AbsenceSubject, PersonSubject};
use crate::domain::words::filter::record::{RecordSubject, Standing};
use crate::domain::words::filter::{Searchable, schema};
use crate::ops::Desk;
use crate::ops::queue::held_by;
use crate::ops::team::handle;

pub fn people(desk: &Desk, words: &ListWords, out: &mut Out) -> Done {
    let wanted = words.wanted(ListKind::People, desk)?;
    let mut people = desk.store.people()?;
    if people.is_empty() {
        return Err(CliError::Nothing(
            "nobody is in the team yet; `tablesetter person add NAME --handle H --discipline D`".to_owned(),
        ));
    }
    let today = desk.today();
    let is_asked = words.narrows() || wanted.order.is_some();
    // No days of the grid are needed: whether somebody is over is a verdict on all of their work.
    let standing = if is_asked { Some(desk.queue_and_load(today..today)?) } else { None };
    let asked = |person: &Person, ask: &mut dyn FnMut(&dyn Searchable)| {
        let rows = standing.as_ref().map_or(&[][..], |standing| &standing.rows);
        let holdings = || held_by(&person.handle, rows);
        let verdict = standing.as_ref().map(|standing| standing.model.verdict(person.id));
        let over = verdict.map_or(Minutes::ZERO, |verdict| verdict.over());
        ask(&PersonSubject { person, today, holdings: &holdings, over });
    };
    if words.narrows() {
        people.retain(|person| {
            let mut fits = false;
            asked(person, &mut |row| fits = wanted.filter.matches(row));
            fits
        });
    }
    if let Some(order) = wanted.order {
        people.sort_by_cached_key(|person| {
            let mut key = None;
            asked(person, &mut |row| key = Some(order.key(row)));
            key
        });
    }
    match out.format {
        Format::Json => out.json(&people.iter().map(shape).collect::<Vec<_>>())?,
        Format::Human if wanted.view.is_some() => {
            let calendar = desk.calendar()?;
            let columns = ViewColumns::new(wanted.view, &["handle", "name"], desk, &calendar);
            let rows = people.iter().map(|person| {
                let cell = |format: &CellFormat<'_>| {
                    let mut cell = String::new();
                    asked(person, &mut |row| cell = format.cell(row));
                    cell
                };
                columns.row(&cell, head(person, out), human_line(person, today, out))
            });
            columns.print(rows.collect(), usize::MAX, out)?;
        }
        _ => people.iter().try_for_each(|person| line(person, today, out))?,
    }
    if people.is_empty() {
        let what = format!("nobody fits {}", words.told());
        return Err(nothing_fits(&what, &words.filter, (&schema::people(), &[]), desk)?);
    }
    Ok(())
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
            columns.row(&cell, out.fit(&name, 12), absence_line(absence, &name, out))
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
            columns.row(&cell, out.fit(&holiday.name, 26), holiday_line(holiday, out))
        });
        columns.print(rows.collect(), usize::MAX, out)?;
    } else {
        super::holidays(&all, out)?;
    }
    told_if_none(&all, words, ("no holidays", ListKind::Holidays), desk)
}
