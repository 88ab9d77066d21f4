//! `meeting` and `reflect`.

mod list;
mod shown;
mod trend;

use clap::{Args, Subcommand};

use chrono::NaiveDateTime;

use super::fields::{FieldsToAdd, FieldsToChange, GivenWords};
use super::json::MeetingJson;
use super::out::{Format, Out};
use super::views::ListWords;
use super::{CliError, Done};
use crate::domain::meeting::form::{MeetingForm, meeting_time};
use crate::domain::meeting::{OccurrenceKey, predictions};
use crate::domain::named::NameError;
use crate::domain::reflection::ReflectionEntry;
use crate::domain::reflection::{Presence, Reflection};
use crate::ops::reflect::stance_words;
use crate::ops::sheet::FormTarget;
use crate::ops::{Desk, OpsError};
use crate::plain;

pub use shown::show;

/// `meeting …`
#[derive(Debug, Clone, Subcommand)]
pub enum MeetingCommand {
    /// Add a meeting by hand
    Add {
        /// When it begins, on your clock: 2026-11-24T10:00 or "fri 10:00"
        #[arg(long)]
        start: String,
        #[command(flatten)]
        fields: FieldsToAdd<MeetingForm>,
    },
    /// List meetings of some days; words filter: kind:leadership with:priya -is:reflected
    List {
        #[command(flatten)]
        words: ListWords,
        /// First day; without it, today, of a view two weeks back
        #[arg(long)]
        from: Option<String>,
        /// Last day; without it, two weeks on
        #[arg(long)]
        to: Option<String>,
        /// Only those that were cancelled or removed, which no other list shows
        #[arg(long)]
        cancelled: bool,
    },
    /// Show one meeting
    Show {
        /// Its key, as M-4, or of one day of a series, as M-4@2026-11-24
        key: String,
    },
    /// Cancel a meeting, whatever its calendar says of it; `meeting reinstate` brings it back
    Cancel {
        /// Its key, as M-4, or of one day of a series, as M-4@2026-11-24
        key: String,
    },
    /// Bring back a cancelled meeting or a removed series, whatever its calendar says of it
    Reinstate {
        /// Its key, as M-4, or of one day of a series, as M-4@2026-11-24
        key: String,
    },
    /// Move a meeting to another time, whatever its calendar says of it
    Move {
        /// Its key, as M-4, or of one day of a series, as M-4@2026-11-24
        key: String,
        /// When it begins from now on, on your clock: 2026-11-24T10:00 or "fri 10:00"
        start: String,
        /// How long it takes then, in minutes
        #[arg(long)]
        minutes: Option<i64>,
    },
    /// Remove a meeting with all of its series; importing its calendar again does not bring it back
    Remove {
        /// Its key, as M-4, or of one day of a series, as M-4@2026-11-24
        key: String,
    },
    /// Change a meeting
    Edit {
        /// Its key, as M-4, or of one day of a series, as M-4@2026-11-24
        key: String,
        /// When it begins, on your clock: 2026-11-24T10:00 or "fri 10:00"
        #[arg(long)]
        start: Option<String>,
        #[command(flatten)]
        changes: FieldsToChange<MeetingForm>,
    },
}

/// A stance as it is typed; what it is not is told with what there is.
fn stance(text: &str) -> Result<u8, String> {
    let known = text.parse().ok().filter(|step| (1..=5).contains(step));
    let all = || (1..=5).map(|step| format!("{step} {}", stance_words(step))).collect::<Vec<_>>().join(", ");
    known.ok_or_else(|| format!("a stance is {}", all()))
}

/// Options of `reflect`.
#[derive(Debug, Clone, Args)]
pub struct ReflectArguments {
    /// The meeting
    #[arg(required_unless_present = "trend")]
    pub meeting: Option<String>,
    /// 1 reported status … 5 changed what was decided
    #[arg(long, required_unless_present_any = ["trend", "wave_off"], value_parser = stance)]
    pub stance: Option<u8>,
    /// Ask for no reflection on this meeting any more
    #[arg(long, conflicts_with_all = ["stance", "trend"])]
    pub wave_off: bool,
    /// Two digits: tense 1 to calm 5, withdrawn 1 to engaged 5
    #[arg(long, value_name = "XY")]
    pub presence: Option<String>,
    /// What I said first: outcome, risk, ask, status, process
    #[arg(long)]
    pub first: Option<String>,
    /// How many "what if we", "could we"
    #[arg(long)]
    pub expansion: Option<u32>,
    /// How many "how many", "check again"
    #[arg(long)]
    pub contraction: Option<u32>,
    /// none, informed, framed, changed, stopped
    #[arg(long)]
    pub touched: Option<String>,
    /// One specific moment
    #[arg(long)]
    pub moment: Option<String>,
    /// If … then … for the next time
    #[arg(long)]
    pub if_then: Option<String>,
    /// A predicted question that came up, by its place from 1; may be repeated
    #[arg(long, value_name = "N")]
    pub came_up: Vec<usize>,
    /// The if-then that was noted for this meeting: yes if it was done
    #[arg(long, value_name = "yes|no")]
    pub kept: Option<String>,
    /// Show the trends instead
    #[arg(long, conflicts_with = "stance")]
    pub trend: bool,
    /// Of one series only
    #[arg(long, requires = "trend")]
    pub series: Option<String>,
}

fn rejected(message: String, hint: &str) -> CliError {
    OpsError::rejected(message, hint).into()
}

fn word<T: std::str::FromStr<Err = NameError>>(text: Option<&String>) -> Result<Option<T>, CliError> {
    text.map(|text| {
        text.parse()
            .map_err(|error: NameError| rejected(error.to_string(), "The beginning of a name is enough."))
    })
    .transpose()
}

fn occurrence(text: &str) -> Result<OccurrenceKey, CliError> {
    text.parse().map_err(|_| {
        OpsError::NotFound {
            message: format!("`{text}` is not a meeting's key like M-4 or M-4@2026-11-24"),
            hint: Some("`tablesetter meeting list` shows the keys.".to_owned()),
        }
        .into()
    })
}

/// When a meeting begins, as it is typed or as JSON has it.
fn start(desk: &Desk, text: &str) -> Result<NaiveDateTime, CliError> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"];
    if let Some(found) = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()) {
        return Ok(found);
    }
    meeting_time(text, &desk.reading()?).map_err(|_| {
        rejected(format!("`{text}` is not a local time"), "Write it like 2026-11-24T10:00, or \"fri 10:00\".")
    })
}

/// The fields of a meeting's form with when it begins, which the form asks for as a day and a time.
fn with_start(words: &GivenWords, start: NaiveDateTime) -> GivenWords {
    // As the form reads them: a time alone would keep the day of today and not the one that was typed.
    let (day, time) = (start.date().to_string(), start.format("%H:%M").to_string());
    words.iter().cloned().chain([("day", day), ("time", time)]).collect()
}

pub fn meeting(desk: &mut Desk, command: &MeetingCommand, out: &mut Out) -> Done {
    match command {
        MeetingCommand::Add { start: at, fields } => {
            let words = with_start(&fields.words, start(desk, at)?);
            let key = desk.new_meeting(&words)?.output;
            one(desk, &key, out)
        }
        MeetingCommand::List { words, from, to, cancelled } => {
            list::list(desk, words, (from.as_ref(), to.as_ref(), *cancelled), out)
        }
        MeetingCommand::Show { key } => shown::show(desk, &occurrence(key)?, out),
        MeetingCommand::Cancel { key } => {
            let committed = desk.cancel_meeting(&occurrence(key)?)?;
            ended(key, &committed.label, "cancelled", out)
        }
        MeetingCommand::Reinstate { key } => {
            let committed = desk.reinstate_meeting(&occurrence(key)?)?;
            ended(key, &committed.label, "reinstated", out)
        }
        MeetingCommand::Move { key, start: to, minutes } => {
            desk.move_meeting(&occurrence(key)?, start(desk, to)?, *minutes)?;
            one(desk, &occurrence(key)?, out)
        }
        MeetingCommand::Remove { key } => {
            let committed = desk.remove_meeting(&occurrence(key)?)?;
            ended(key, &committed.label, "removed", out)
        }
        MeetingCommand::Edit { key, start: at, changes } => {
            let words = match at {
                Some(at) => with_start(&changes.words, start(desk, at)?),
                None => changes.words.clone(),
            };
            let committed = desk.save_sheet(&FormTarget::Meeting(occurrence(key)?), &words)?;
            if committed.operation.is_none() {
                out.say("nothing to change: it is so already");
            } else if desk.comes_again(&occurrence(key)?)? {
                // Which of its days have changed.
                out.say(&committed.label);
            }
            one(desk, &occurrence(key)?, out)
        }
    }
}

/// What became of a meeting that is shown no more, or again.
fn ended(key: &str, label: &str, what: &str, out: &mut Out) -> Done {
    match out.format {
        Format::Json => out.json(&serde_json::json!({ "key": key, "action": what })),
        Format::Plain => out.record(&[key, what]),
        Format::Human => out.line(&plain::harmless(label)),
    }
}

pub(super) fn one(desk: &Desk, key: &OccurrenceKey, out: &mut Out) -> Done {
    let meeting = desk.meeting(key)?;
    match out.format {
        Format::Json => out.json(&MeetingJson::from(&meeting)),
        Format::Plain => list::row(desk, &meeting, out),
        // The row of the list has no room for its end, which may be what was just said.
        Format::Human => list::row(desk, &meeting, out).and_then(|()| shown::end(&meeting, out)),
    }
}

pub fn reflect(desk: &mut Desk, arguments: &ReflectArguments, out: &mut Out) -> Done {
    if let (Some(meeting), true) = (&arguments.meeting, arguments.wave_off) {
        // The bare key of a series means one of its days, and which one it was is told.
        let key = desk.meeting(&occurrence(meeting)?)?.key;
        let committed = desk.wave_reflection(&key)?;
        return match out.format {
            Format::Json => out.json(&serde_json::json!({ "meeting": key.to_string(), "waved_off": true })),
            _ => out.line(&plain::harmless(&committed.label)),
        };
    }
    let (Some(meeting), Some(stance), false) = (&arguments.meeting, arguments.stance, arguments.trend) else {
        // A meeting stands for its series.
        let named = arguments.meeting.as_ref().filter(|_| arguments.series.is_none());
        let named = named
            .map(|meeting| Ok::<_, CliError>(desk.meeting(&occurrence(meeting)?)?.series))
            .transpose()?;
        return trend::trend(desk, arguments.series.as_deref().or(named.as_deref()), out);
    };
    let key = occurrence(meeting)?;
    // What was said of it before stays where nothing else is said. While others look on that is hidden, and it is refused.
    let said = desk.evidence(&key)?.1.existing;
    let known = said.as_ref();
    let came_up = came_up(desk, &key, &arguments.came_up)?;
    let entry = Reflection {
        meeting: key,
        stance,
        presence: arguments
            .presence
            .as_deref()
            .map(presence)
            .transpose()?
            .or(known.and_then(|it| it.presence)),
        first: word(arguments.first.as_ref())?.or(known.and_then(|it| it.first)),
        expansion: arguments.expansion.or(known.and_then(|it| it.expansion)),
        contraction: arguments.contraction.or(known.and_then(|it| it.contraction)),
        touched: word(arguments.touched.as_ref())?.or(known.and_then(|it| it.touched)),
        moment: text_or(arguments.moment.as_ref(), known.map(|it| &it.moment)),
        if_then: text_or(arguments.if_then.as_ref(), known.map(|it| &it.if_then)),
        came_up: if came_up.is_empty() {
            known.map(|it| it.came_up.clone()).unwrap_or_default()
        } else {
            came_up
        },
        kept: arguments.kept.as_deref().map(kept).transpose()?.or(known.and_then(|it| it.kept)),
        forced_over: None,
        written: desk.stamp().at,
    };
    let committed = desk.reflect(&entry)?;
    // Read back, because only the entry knows the series and the kind of its meeting.
    let stored = desk.entries()?.into_iter().find(|entry| entry.reflection.meeting == committed.output);
    match (out.format, stored) {
        (Format::Json, Some(entry)) => out.json(&shape(desk, &entry)),
        (Format::Plain, Some(entry)) => {
            let reflection = &entry.reflection;
            out.record(&[&reflection.meeting.to_string(), &reflection.stance.to_string(), &committed.label])
        }
        _ => out.line(&plain::harmless(&committed.label)),
    }
}

fn text_or(given: Option<&String>, known: Option<&String>) -> String {
    given.or(known).cloned().unwrap_or_default()
}

fn kept(text: &str) -> Result<bool, CliError> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" => Ok(true),
        "no" | "n" | "false" => Ok(false),
        _ => {
            Err(rejected(format!("`{text}` is neither yes nor no"), "`--kept yes` if the if-then was done."))
        }
    }
}

/// The predicted questions at some places.
fn came_up(desk: &Desk, key: &OccurrenceKey, places: &[usize]) -> Result<Vec<String>, CliError> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let predicted = predictions(&desk.meeting(key)?.predicted);
    let question = |place: &usize| {
        place.checked_sub(1).and_then(|index| predicted.get(index)).map(|it| it.question.clone()).ok_or_else(|| {
            rejected(
                format!("there is no predicted question {place}; {} are noted", predicted.len()),
                "`tablesetter meeting edit M-4 --predicted \"How many? → One idea\"` notes them, one a line.",
            )
        })
    };
    places.iter().map(question).collect()
}

fn presence(text: &str) -> Result<Presence, CliError> {
    let digits: Vec<u8> =
        text.chars().filter_map(|c| c.to_digit(10)).filter_map(|digit| u8::try_from(digit).ok()).collect();
    match digits.as_slice() {
        // Other letters were dropped above, and must not pass between the digits.
        [calm @ 1..=5, engaged @ 1..=5] if text.chars().count() == 2 => {
            Ok(Presence { calm: *calm, engaged: *engaged })
        }
        _ => Err(rejected(
            format!("`{text}` is not two digits from 1 to 5"),
            "First tense 1 to calm 5, then withdrawn 1 to engaged 5: `45`.",
        )),
    }
}

fn shape(desk: &Desk, entry: &ReflectionEntry) -> serde_json::Value {
    let r = &entry.reflection;
    serde_json::json!({
        "meeting": r.meeting.to_string(), "series": entry.series, "kind": entry.kind,
        "start": super::json::instant(&desk.clock, entry.start), "stance": r.stance,
        "presence": r.presence.map(|presence| serde_json::json!({ "calm": presence.calm, "engaged": presence.engaged })),
        "first": r.first, "expansion": r.expansion, "contraction": r.contraction, "touched": r.touched,
        "moment": super::json::text(&r.moment), "if_then": super::json::text(&r.if_then),
        "came_up": r.came_up, "kept": r.kept,
        "forced_over_minutes": r.forced_over.map(|over| over.0),
        "written": super::json::instant(&desk.clock, r.written),
    })
}

/// Every reflection, oldest first.
pub fn reflections(desk: &Desk, entries: &[ReflectionEntry]) -> Vec<serde_json::Value> {
    entries.iter().map(|entry| shape(desk, entry)).collect()
}
