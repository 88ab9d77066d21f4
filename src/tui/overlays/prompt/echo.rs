//! What a line that is typed means so far, said back below it while it is typed.

use std::ops::Range;

use super::{Ask, Prompt, due_line};
use crate::domain::day;
use crate::domain::field::{self, Field};
use crate::domain::lint::gap;
use crate::domain::meeting::form::meeting_time;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::reframe;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::words::filter::{self, Filter};
use crate::domain::words::{ParseContext, did_you_mean, line};
use crate::ops::OpsError;
use crate::ops::books::{capture, told_near};
use crate::ops::rows;
use crate::ops::sheet::FormContext;
use crate::ops::team::find_person;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::filter as pane_filter;
use crate::tui::view::layout::PaneId;

/// What a line means so far.
pub enum Echo {
    Understood(String),
    Wrong(String),
    /// Some letters of it are wrong, which are marked.
    WrongAt(Range<usize>, String),
    /// Some letters of it are likely to be wrong, and are marked; it is taken all the same.
    Doubtful(Range<usize>, String),
}

impl Echo {
    /// What is said of it.
    pub fn text(&self) -> &str {
        match self {
            Self::Understood(text) | Self::Wrong(text) | Self::WrongAt(_, text) | Self::Doubtful(_, text) => {
                text
            }
        }
    }
}

impl Prompt {
    /// What the line means so far.
    pub(super) fn echo(&self, snapshot: &Snapshot) -> Echo {
        let (text, reading) = (self.input.text(), &snapshot.reading);
        match &self.ask {
            Ask::Add => echo_line(text, snapshot, true),
            Ask::Modify(_) => echo_line(text, snapshot, false),
            Ask::ModifyRows(keys) => echo_rows(text, keys, snapshot),
            Ask::DayOf(keys) => echo_rows(&due_line(text.trim()), keys, snapshot),
            Ask::Filter(pane, _) => echo_filter(text, *pane, snapshot),
            Ask::Field(_, Field::Outcome) if !text.trim().is_empty() => {
                let judged = reframe::is_good_answer(text, &snapshot.phrases);
                let told = judged.map_or_else(reframe::NotYet::reason, |()| "says what will be different");
                Echo::Understood(told.to_owned())
            }
            Ask::Field(_, field) => echo_field(*field, text, reading),
            Ask::Reason(_, Stage::Declined) if text.trim().is_empty() => {
                Echo::Wrong("a few words for the requester: why not, or where else".to_owned())
            }
            Ask::Reason(..) | Ask::Block(_) if text.trim().is_empty() => {
                Echo::Understood("left empty, nobody can see why; a few words are enough".to_owned())
            }
            Ask::Reason(..) => Echo::Understood("kept with the request".to_owned()),
            Ask::Block(_) => Echo::Understood("what it waits for; kept with the request".to_owned()),
            Ask::IfThen(_) => {
                Echo::Understood("shown when you reflect, and in the header before the meeting".to_owned())
            }
            Ask::Capture(kind) => echo_capture(*kind, text, snapshot),
            Ask::Remark(_) if text.trim().is_empty() => {
                Echo::Wrong("a few words to say in the standup".to_owned())
            }
            Ask::Remark(_) => Echo::Understood("stands in the next standup".to_owned()),
            Ask::Reword(_, remark) if !self.is_changed() || gap(text).is_some() => {
                Echo::Wrong(format!("still to say: {}", remark.finding.suggestion))
            }
            Ask::Reword(..) => {
                Echo::Understood("takes the place of those words where they are written".to_owned())
            }
            Ask::MoveMeeting(_) => match meeting_time(text, reading) {
                Ok(at) => Echo::Understood(format!("{} {}", day::short_day(at.date()), at.format("%H:%M"))),
                Err(why) => Echo::Wrong(why),
            },
            Ask::PresetName(_) if text.trim().is_empty() => {
                Echo::Wrong("a name, as studio-planner".to_owned())
            }
            Ask::PresetName(_) => Echo::Understood(
                "kept in the folder of your presets; files with these columns are recognised by it"
                    .to_owned(),
            ),
            Ask::OwnNames(_, who) => who.echo(text).map_or_else(Echo::Wrong, Echo::Understood),
            Ask::Intent(_) => Echo::Understood("what should be different when you leave the room".to_owned()),
        }
    }
}

/// What a filter of a pane means so far; a word that nothing there has is told with the nearest that there is.
fn echo_filter(text: &str, pane: PaneId, snapshot: &Snapshot) -> Echo {
    let reading = &snapshot.reading;
    let fault = if pane == PaneId::Intake {
        let unknown = filter::unknown_words(text, filter::schema::requests(), reading).into_iter().next();
        unknown.or_else(|| Filter::parse(text, reading).err())
    } else {
        pane_filter::fault(text, pane, reading)
    };
    let example = match pane {
        PaneId::Intake => {
            "words match titles, people, brands; tier:1 stage:review due:<2w @ana at:risk view:late; a - before one leaves it out, `or` joins two"
        }
        PaneId::Load => {
            "words match names and disciplines; is:role over:forced holds:R-3 hours:<30h; a - before one leaves it out, `or` joins two"
        }
        PaneId::Meetings => {
            "words match titles and who comes; kind:leadership with:owen on:<2w is:reflected; a - before one leaves it out, `or` joins two"
        }
        _ => {
            "words match what is written; is:open is:late due:<2w; a - before one leaves it out, `or` joins two"
        }
    };
    if let Some(fault) = fault {
        return Echo::WrongAt(fault.at..fault.end, fault.told());
    }
    pane_filter::stranger(text, pane, snapshot).map_or_else(
        || Echo::Understood(example.to_owned()),
        |stranger| Echo::Doubtful(stranger.at..stranger.end, stranger.to_string()),
    )
}

/// What a line of quick add means so far.
pub fn echo_line(text: &str, snapshot: &Snapshot, needs_title: bool) -> Echo {
    let read = if needs_title { line::parse_new } else { line::parse };
    let line = read(text, &snapshot.reading);
    if let Some(problem) = line.problems.first() {
        let near = did_you_mean(&problem.nearest);
        let letters = problem.at..problem.at + problem.word.chars().count();
        return Echo::WrongAt(letters, format!("`{}` {}{near}", problem.word, problem.message));
    }
    let team = &snapshot.team.people;
    let stranger = line.people.iter().find_map(|who| Some((who, find_person(team, who).err()?)));
    if let Some((who, error)) = stranger {
        // Several could be meant: they are told, and offered beside the line.
        if let OpsError::Rejected { message, .. } = error {
            return Echo::Wrong(message);
        }
        let known: Vec<_> = team.iter().map(|person| person.handle.as_str()).collect();
        let who_there_is = if known.is_empty() {
            snapshot.hints.say("nobody is in the team yet; {add-person} adds a person")
        } else {
            known.join(", ")
        };
        return Echo::Wrong(format!("nobody is called `{who}`: {who_there_is}"));
    }
    let understood = line::echo(&line, &snapshot.reading);
    if text.trim().is_empty() {
        let example = if needs_title {
            "Spring launch hero film @ana #retail t1 ~40h due:fri lever:impact"
        } else {
            "t2 ~8h due:fri @ana +tag stage:ready outcome:\"…\""
        };
        return Echo::Understood(format!("for example  {example}"));
    }
    if needs_title && line.title.trim().is_empty() {
        return Echo::Wrong("a title is missing: a few plain words".to_owned());
    }
    let title = if line.title.is_empty() { String::new() } else { format!("“{}”  ", line.title) };
    // Before what was understood, which is cut where it is narrow.
    let near = line.names().find_map(|name| told_near(&snapshot.books.stakeholders, name));
    let near = near.map_or_else(String::new, |near| format!("{near}  "));
    Echo::Understood(format!("{near}{title}{understood}"))
}

/// What a line would change of records; of kinds with other fields the first that can't take it is told.
fn echo_rows(text: &str, keys: &[RecordKey], snapshot: &Snapshot) -> Echo {
    if text.trim().is_empty() {
        // The first field is what a record is called by, which a line says without its name.
        let names = keys.first().into_iter().flat_map(rows::fields_of).filter(|field| field.is_in_form());
        let names: Vec<String> = names.skip(1).map(|field| format!("{}:", field.name)).collect();
        return Echo::Understood(names.join(" "));
    }
    let (reading, people) = (&snapshot.reading, &snapshot.team.people);
    let around = FormContext { reading, people, sources: &[] };
    let mut said = String::new();
    for key in keys {
        match rows::echo(text, rows::fields_of(key), around) {
            Ok(understood) => said = understood,
            Err(wrong) => return Echo::Wrong(wrong),
        }
    }
    Echo::Understood(said)
}

fn echo_capture(kind: Kind, text: &str, snapshot: &Snapshot) -> Echo {
    if text.trim().is_empty() {
        return Echo::Understood(format!("for example  {}", crate::domain::kinds::example(kind)));
    }
    let names: Vec<String> = snapshot.books.stakeholders.iter().map(|it| it.name.clone()).collect();
    let captured = capture::read(kind, text, &names);
    let who = || capture::strangers(kind, &captured, &snapshot.books.stakeholders);
    match capture::echo(kind, &captured, &snapshot.reading).and_then(|said| Ok((said, who()?))) {
        Ok((understood, who)) if who.is_empty() => Echo::Understood(understood),
        // Before what was understood, which is cut where it is narrow.
        Ok((understood, who)) => Echo::Understood(format!("{who}  {understood}")),
        Err(wrong) => Echo::Wrong(wrong),
    }
}

fn echo_field(field: Field, text: &str, reading: &ParseContext) -> Echo {
    // What a value means is asked of a request of which nothing else is known.
    let mut blank = Request::new("x", chrono::DateTime::UNIX_EPOCH);
    match field::set(&mut blank, field, text, reading) {
        Err(error) => Echo::Wrong(error.message),
        Ok(()) => Echo::Understood(
            field::echo(&blank, field, reading).unwrap_or_else(|| hint(field, text).to_owned()),
        ),
    }
}

const fn hint(field: Field, text: &str) -> &'static str {
    match (field, text.is_empty()) {
        (Field::Outcome, _) => {
            "what will be different if this works, with a figure or a day: Lift trial sign-ups by 8 % by June"
        }
        (Field::Due, _) => "fri, +3d, 12 dec, eom; empty takes the day away",
        (Field::Estimate, _) => "6h, 2d, 90m; empty takes the estimate away",
        (Field::Left, _) => "6h, 2d, 90m from this morning on; empty counts from its plan again",
        (_, true) => "empty takes it away",
        _ => "",
    }
}
