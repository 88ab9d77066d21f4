//! `person absence holiday`.

pub mod lists;

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::books::shape::fields;
use super::fields::{FieldsToAdd, FieldsToChange};
use super::out::{Format, Medium, Out, numbered_row};
use super::views::ListWords;
use super::{CliError, Done};
use crate::domain::day;
use crate::domain::ids::{AbsenceId, HolidayId};
use crate::domain::person::{Absence, Contract, Holiday, Person, PersonForm};
use crate::domain::record::{Kind, Record, RecordKey};
use crate::ops::Desk;
use crate::ops::team::handle;
use crate::plain;

/// `person …`
#[derive(Debug, Clone, Subcommand)]
pub enum PersonCommand {
    /// Add a person or role
    Add(FieldsToAdd<PersonForm>),
    /// List everybody; words filter: over:forced discipline:design holds:none
    List(ListWords),
    /// Show one
    Show {
        /// Who, by handle or name
        who: String,
    },
    /// Change one; new hours hold from --from, or from today; --from alone is the first day
    Edit {
        /// Who, by handle or name
        who: String,
        #[command(flatten)]
        changes: FieldsToChange<PersonForm>,
    },
    /// Make one of two who are the same; the one who came first stays, with both names
    Merge {
        /// One of them, by handle or name
        #[arg(value_name = "WHO")]
        one: String,
        /// The other one
        #[arg(value_name = "WHO")]
        other: String,
    },
}

/// `absence …`
#[derive(Debug, Clone, Subcommand)]
pub enum AbsenceCommand {
    /// Somebody is away
    Add(FieldsToAdd<Absence>),
    /// List absences; words filter: who:ana from:<2w tentative:yes
    List(ListWords),
    /// Take one away, by its number in the list
    Remove {
        /// Its number, as `list` shows it
        id: String,
    },
}

/// `holiday …`
#[derive(Debug, Clone, Subcommand)]
pub enum HolidayCommand {
    /// A day off for everybody
    Add(FieldsToAdd<Holiday>),
    /// List holidays; words filter: from:>today christmas
    List(ListWords),
    /// Take one away, by its number in the list
    Remove {
        /// Its number, as `list` shows it
        id: String,
    },
}

pub fn person(desk: &mut Desk, command: PersonCommand, out: &mut Out) -> Done {
    match command {
        PersonCommand::Add(new) => {
            let has_handle = new.words.iter().any(|(name, text)| *name == "handle" && !text.is_empty());
            let person = desk.add_person(&new.words)?.output;
            // Commands name people by it, so one that was made up is said.
            if !has_handle {
                out.say(&format!("handle: @{}", person.handle));
            }
            for (handle, name) in desk.people_like(&person)? {
                let (own, merge) = (&person.handle, "tablesetter person merge");
                out.say(&format!(
                    "@{own} is much like @{handle} {name}; if they are the same: `{merge} {own} {handle}`"
                ));
            }
            show(desk, &person, out)
        }
        PersonCommand::Merge { one, other } => {
            let committed = desk.merge_people(&one, &other)?;
            out.say(&committed.label);
            show(desk, &committed.output, out)
        }
        PersonCommand::List(words) => lists::people(desk, &words, out),
        PersonCommand::Show { who } => {
            let person = desk.person(&who)?;
            show(desk, &person, out)
        }
        PersonCommand::Edit { who, changes } => {
            let committed = desk.edit_person(&who, &changes.words)?;
            let is_written = committed.operation.is_some();
            out.say(if is_written { &committed.label } else { "nothing to change: it is so already" });
            show(desk, &committed.output, out)
        }
    }
}

pub fn shape(person: &Person) -> Value {
    // What sources said is the program's own.
    let told = fields(person).filter(|(field, _)| field.is_in_form() || field.is_option());
    let mut shape: Map<String, Value> = told.map(|(field, value)| (field.json_name(), value)).collect();
    // Never null: what was printed as a text stays one.
    shape.insert("discipline".to_owned(), json!(person.discipline));
    let contract =
        |it: &Contract| json!({ "from": it.from, "week_minutes": it.week.map(|minutes| minutes.0) });
    shape.insert("contracts".to_owned(), person.contracts.iter().map(contract).collect());
    Value::Object(shape)
}

fn line(person: &Person, today: NaiveDate, out: &mut Out) -> Done {
    if out.format == Format::Plain {
        let role = if person.is_role { "role" } else { "person" };
        return out.record(&[
            &person.handle,
            &person.name,
            &person.discipline,
            role,
            &person.factor.0.to_string(),
        ]);
    }
    let line = human_line(person, today, out);
    out.line(&line)
}

fn human_line(person: &Person, today: NaiveDate, out: &Out) -> String {
    let hours = person.week_told(today);
    let hours = if out.medium == Medium::Voice { format!("hours from Monday on {hours}") } else { hours };
    let role = if person.is_role { "  role" } else { "" };
    format!(
        "{} {} {} {hours}  planned at {} %{role}",
        out.fit(&person.handle, 12),
        out.fit(&person.name, 26),
        out.fit(&person.discipline, 16),
        person.factor.0
    )
}

pub fn show(desk: &Desk, person: &Person, out: &mut Out) -> Done {
    if out.format == Format::Json {
        return out.json(&shape(person));
    }
    line(person, desk.today(), out)?;
    if out.format == Format::Human {
        for absence in desk
            .store
            .absences()?
            .iter()
            .filter(|absence| absence.person == person.id && absence.to >= desk.today())
        {
            out.line(&format!(
                "{}away {} {}",
                if out.medium == Medium::Voice { String::new() } else { " ".repeat(13) },
                day::day_range_near(absence.from, absence.to, desk.today()),
                plain::harmless(&absence.note)
            ))?;
        }
    }
    Ok(())
}

pub fn absence(desk: &mut Desk, command: AbsenceCommand, out: &mut Out) -> Done {
    match command {
        AbsenceCommand::Add(new) => {
            let committed = desk.add_entry(Kind::Absence, &new.words)?;
            let absence = stored(desk, &committed.output)?;
            one_absence(desk, absence, out)
        }
        AbsenceCommand::List(words) => lists::absences(desk, &words, out),
        AbsenceCommand::Remove { id } => {
            let id: AbsenceId = id.parse().map_err(|error| CliError::Nothing(format!("{error}")))?;
            let absence: Absence = removed(desk, id.0, out)?;
            match out.format {
                Format::Human => Ok(()),
                _ => one_absence(desk, absence, out),
            }
        }
    }
}

fn stored<R: Record>(desk: &Desk, key: &RecordKey) -> Result<R, CliError> {
    Ok(desk.store.record(key.number_of(R::KIND).unwrap_or_default())?)
}

/// Takes a record away and gives it as it was.
fn removed<R: Record>(desk: &mut Desk, number: i64, out: &mut Out) -> Result<R, CliError> {
    // Read before it goes: scripts are told what was taken away.
    let record: R = desk.store.record(number)?;
    let committed = desk.remove_entry(&record.key())?;
    out.say(&committed.label);
    Ok(record)
}

fn one_absence(desk: &Desk, absence: Absence, out: &mut Out) -> Done {
    if out.format == Format::Json {
        let handle = handle(&desk.store.people()?, absence.person);
        return out.json(&absence_shape(&absence, &handle));
    }
    absences(desk, &[absence], out)
}

pub fn absence_shape(absence: &Absence, handle: &str) -> Value {
    let mut shape = numbered(absence);
    // The store numbers people; programs and people know them by their handles.
    shape.insert("person".to_owned(), json!(handle));
    // Twice under two names: shapes of the contract may grow, and no name that was ever printed goes.
    let per_day = json!(absence.per_day.map(|minutes| minutes.0));
    shape.shift_insert(4, "minutes_per_day".to_owned(), per_day);
    Value::Object(shape)
}

/// A record by its number, with every field that people can set.
fn numbered<R: Record>(record: &R) -> Map<String, Value> {
    let shown = fields(record).filter(|(field, _)| field.is_in_form());
    let shown = shown.map(|(field, value)| (field.json_name(), value));
    std::iter::once(("id".to_owned(), json!(record.number()))).chain(shown).collect()
}

fn absences(desk: &Desk, all: &[Absence], out: &mut Out) -> Done {
    let people = desk.store.people()?;
    let name = |absence: &Absence| handle(&people, absence.person);
    if out.format == Format::Json {
        let shape = |absence: &Absence| absence_shape(absence, &name(absence));
        return out.json(&all.iter().map(shape).collect::<Vec<_>>());
    }
    for absence in all {
        if out.format == Format::Plain {
            out.record(&[
                &absence.id.0.to_string(),
                &name(absence),
                &absence.from.to_string(),
                &absence.to.to_string(),
                &part_of_day(absence),
                if absence.is_tentative { "tentative" } else { "" },
                &absence.note,
            ])?;
        } else {
            let line = absence_line(absence, (&name(absence), desk.today()), out);
            out.line(&line)?;
        }
    }
    Ok(())
}

fn part_of_day(absence: &Absence) -> String {
    absence.per_day.map_or_else(|| "whole days".to_owned(), |minutes| format!("{minutes} a day"))
}

fn absence_line(absence: &Absence, (name, today): (&str, NaiveDate), out: &Out) -> String {
    let line = format!(
        "{}  {} {} {}  {} {}",
        numbered_row("absence", absence.id.0, out),
        out.fit(name, 12),
        out.fit(&day::day_range_near(absence.from, absence.to, today), 26),
        part_of_day(absence),
        plain::harmless(&absence.note),
        if absence.is_tentative { "tentative" } else { "" }
    );
    line.trim_end().to_owned()
}

pub fn holiday(desk: &mut Desk, command: HolidayCommand, out: &mut Out) -> Done {
    match command {
        HolidayCommand::Add(new) => {
            let committed = desk.add_entry(Kind::Holiday, &new.words)?;
            let holiday = stored(desk, &committed.output)?;
            if out.format == Format::Json {
                out.json(&holiday_shape(&holiday))
            } else {
                holidays(&[holiday], desk.today(), out)
            }
        }
        HolidayCommand::List(words) => lists::holidays(desk, &words, out),
        HolidayCommand::Remove { id } => {
            let id: HolidayId = id.parse().map_err(|error| CliError::Nothing(format!("{error}")))?;
            let holiday: Holiday = removed(desk, id.0, out)?;
            match out.format {
                Format::Human => Ok(()),
                Format::Plain => holidays(&[holiday], desk.today(), out),
                Format::Json => out.json(&holiday_shape(&holiday)),
            }
        }
    }
}

pub fn holiday_shape(holiday: &Holiday) -> Value {
    let mut shape = numbered(holiday);
    // Never null: what was printed as a text stays one.
    shape.insert("name".to_owned(), json!(holiday.name));
    Value::Object(shape)
}

fn holidays(all: &[Holiday], today: NaiveDate, out: &mut Out) -> Done {
    if out.format == Format::Json {
        return out.json(&all.iter().map(holiday_shape).collect::<Vec<_>>());
    }
    for holiday in all {
        if out.format == Format::Plain {
            out.record(&[
                &holiday.id.0.to_string(),
                &holiday.name,
                &holiday.from.to_string(),
                &holiday.to.to_string(),
            ])?;
        } else {
            let line = holiday_line(holiday, today, out);
            out.line(&line)?;
        }
    }
    Ok(())
}

fn holiday_line(holiday: &Holiday, today: NaiveDate, out: &Out) -> String {
    format!(
        "{}  {} {}",
        numbered_row("holiday", holiday.id.0, out),
        out.fit(&day::day_range_near(holiday.from, holiday.to, today), 26),
        plain::harmless(&holiday.name)
    )
}
