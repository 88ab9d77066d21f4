//! What is typed behind `:`: the key of something to open, or a verb with what it is about. A verb alone is no command:
//! the palette finds its action by it.

mod rooms;

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::ids::PersonId;
use crate::domain::matching::{NameMatch, match_person};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::view::{self, ListKind, Order, View};
use crate::domain::words::complete::{self, LineGrammar, NameKind};
use crate::domain::words::days::{Direction, read_range};
use crate::domain::words::filter::columns;
use crate::domain::words::filter::schema::{self, Vocabulary};
use crate::domain::words::{did_you_mean, fold};
use crate::tui::app::App;
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::filter::{self as pane_filter, home};
use crate::tui::view::layout::PaneId;

/// So many lines are remembered, of this sitting and the ones before.
pub const REMEMBERED: usize = 50;

/// Something to do, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedCommand {
    Open(RecordKey),
    Person(PersonId),
    /// The load, with somebody chosen.
    Load(PersonId),
    /// The list that has the keyboard, by other words.
    Filter(String),
    /// The pane of a saved view, which shows it.
    View(PaneId, String),
    /// The list that has the keyboard, by a column.
    Order(ListKind, Order),
    Brief(OccurrenceKey),
    Meeting(OccurrenceKey),
    Reflect(OccurrenceKey),
    Week(NaiveDate),
    Quarter(NaiveDate),
    Add(String),
    /// Changes what is chosen or marked.
    Modify(String),
}

impl TypedCommand {
    /// True if it changes the store.
    pub const fn is_write(&self) -> bool {
        matches!(self, Self::Add(_) | Self::Modify(_))
    }
}

/// A command as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    pub command: TypedCommand,
    /// What it will do, in a few words.
    pub says: String,
}

impl CommandLine {
    /// The line that shows a saved view, if it is one of a list that stands in a pane.
    pub fn of_view(view: &View) -> Option<Self> {
        let says = match view.list {
            ListKind::Requests => format!("Show the view {}", view.name),
            list => format!("Show the view {} of {list}", view.name),
        };
        Some(said(TypedCommand::View(home(view.list)?, view.name.clone()), says))
    }

    /// As it would be typed.
    pub fn typed(&self) -> String {
        match &self.command {
            TypedCommand::View(_, name) => format!("view {name}"),
            _ => String::new(),
        }
    }
}

/// The verbs, with what stands behind each.
const VERBS: [(&str, &str); 13] = [
    ("open", "a key: open R-17"),
    ("person", "somebody of the team: person @ana"),
    ("load", "somebody of the team: load @ana"),
    ("filter", "words: filter is:late tier:1"),
    ("view", "a saved view: view late"),
    ("order", "a column of this list: order due, order -due"),
    ("brief", "a day or words of the meeting: brief tue"),
    ("meeting", "a day or words of the meeting: meeting tue"),
    ("reflect", "a day or words of the meeting: reflect mon"),
    ("week", "a day of it: week 16 nov"),
    ("quarter", "a day of it: quarter 1 aug"),
    ("add", "a request in one line: add Poster due:fri"),
    ("modify", "what changes: modify t1 due:fri"),
];

/// Reads a line, which may be about the list that has the keyboard: `None` if it is no command, otherwise what it does or
/// why it cannot.
pub fn read(line: &str, list: ListKind, snapshot: &Snapshot) -> Option<Result<CommandLine, String>> {
    let line = line.trim().trim_start_matches(':').trim_start();
    // As typed in editors and mail programs, where a slash looks for something.
    if let Some(filter) = line.strip_prefix('/').filter(|rest| !rest.trim().is_empty()) {
        return Some(Ok(filtered(filter)));
    }
    // Words that begin with M could be a key of a meeting; the key of a record has a digit.
    let key =
        |text: &str| text.parse::<RecordKey>().ok().filter(|_| text.contains(|c: char| c.is_ascii_digit()));
    if let Some(key) = key(line) {
        return Some(opened(key, snapshot));
    }
    if line.starts_with('@') {
        return Some(
            person(line, snapshot).map(|(id, name)| said(TypedCommand::Person(id), format!("Open {name}"))),
        );
    }
    // A verb alone, or anything else, is left to the palette, which finds actions by words.
    let (verb, about) = line.split_once(char::is_whitespace)?;
    let (verb, about) = (verb.to_lowercase(), about.trim());
    if about.is_empty() {
        return None;
    }
    Some(match verb.as_str() {
        "open" => match key(about) {
            Some(key) => opened(key, snapshot),
            None => Err(format!("`{about}` is no key; keys are written R-17, O-3, S-5")),
        },
        "person" => {
            person(about, snapshot).map(|(id, name)| said(TypedCommand::Person(id), format!("Open {name}")))
        }
        "load" => person(about, snapshot)
            .map(|(id, name)| said(TypedCommand::Load(id), format!("Show the load of {name}"))),
        "filter" => Ok(filtered(about)),
        "view" => view(about, snapshot),
        "order" => order(about, list),
        "brief" => rooms::meeting(about, snapshot, TypedCommand::Brief, "Prepare the brief for"),
        "meeting" => rooms::meeting(about, snapshot, TypedCommand::Meeting, "Open"),
        "reflect" => rooms::begun(about, snapshot),
        "week" => day(about, snapshot, TypedCommand::Week, "the week of"),
        "quarter" => day(about, snapshot, TypedCommand::Quarter, "the quarter of"),
        "add" => Ok(said(TypedCommand::Add(about.to_owned()), format!("Add the request “{about}”"))),
        "modify" => {
            Ok(said(TypedCommand::Modify(about.to_owned()), format!("Change what is chosen by “{about}”")))
        }
        _ => return None,
    })
}

const fn said(command: TypedCommand, says: String) -> CommandLine {
    CommandLine { command, says }
}

fn filtered(words: &str) -> CommandLine {
    let words = words.trim();
    said(TypedCommand::Filter(words.to_owned()), format!("Show only what fits {words}"))
}

fn opened(key: RecordKey, snapshot: &Snapshot) -> Result<CommandLine, String> {
    let title = snapshot.title_of(&key);
    // A closed request, a cancelled meeting and one of other weeks are in no list here, but can be opened.
    let is_listed = key.request().is_none() && !matches!(key, RecordKey::Meeting(_));
    if title.is_empty() && is_listed {
        return Err(format!("there is no {key} here"));
    }
    let says = if title.is_empty() { format!("Open {key}") } else { format!("Open {key} {title}") };
    Ok(said(TypedCommand::Open(key), says))
}

fn person(who: &str, snapshot: &Snapshot) -> Result<(PersonId, String), String> {
    let team = &snapshot.team.people;
    let handles = |all: &[&crate::domain::person::Person]| {
        all.iter().map(|person| format!("@{}", person.handle)).collect::<Vec<_>>()
    };
    match match_person(team, who) {
        NameMatch::One(person) => Ok((person.id, person.name.clone())),
        NameMatch::Ambiguous(all) => Err(format!("`{who}` could be {}", handles(&all).join(" or "))),
        NameMatch::Near(all) => Err(format!("nobody is called `{who}`{}", did_you_mean(handles(&all)))),
        NameMatch::Nobody => Err(format!("nobody is called `{who}`")),
    }
}

fn view(name: &str, snapshot: &Snapshot) -> Result<CommandLine, String> {
    let views = &snapshot.reading.views;
    let found = view::find(name.trim_matches('"'), views);
    let found = found.ok_or_else(|| view::unknown(name.trim_matches('"'), views.iter()))?;
    CommandLine::of_view(found).ok_or_else(|| {
        let kind = found.list.kind().map_or("", Kind::name);
        format!("{} is a view of {}: `tablesetter {kind} list --view` shows it", found.name, found.list)
    })
}

fn order(text: &str, list: ListKind) -> Result<CommandLine, String> {
    let text = text.strip_prefix("by ").unwrap_or(text);
    let order = columns::order(text, list)?;
    let what = if list == ListKind::Requests { "the queue" } else { list.title() };
    Ok(said(TypedCommand::Order(list, order), format!("Order {what} {}", order.told())))
}

fn day(
    text: &str,
    snapshot: &Snapshot,
    command: fn(NaiveDate) -> TypedCommand,
    what: &str,
) -> Result<CommandLine, String> {
    // Weeks and quarters are looked back on: of two days that it can be, the one that has been.
    let (day, _) = read_range(text, &snapshot.reading, Direction::Past).map_err(|error| error.to_string())?;
    Ok(said(command(day), format!("Show {what} {}", crate::domain::day::short_day(day))))
}

/// How a line can go on, as whole lines.
pub fn completions(line: &str, list: ListKind, snapshot: &Snapshot) -> Vec<String> {
    // A completion stands in the place of the whole line, so what was typed before the verb has to be in it.
    let begin = line.len() - line.trim_start_matches([':', ' ']).len();
    let (mark, line) = line.split_at(begin);
    let whole = |text: String| format!("{mark}{text}");
    let Some((verb, about)) = line.split_once(' ') else {
        let fits = |verb: &&(&str, &str)| !line.is_empty() && verb.0.starts_with(&line.to_lowercase());
        return VERBS.iter().filter(fits).map(|(verb, _)| whole(format!("{verb} "))).collect();
    };
    let known = |kind| snapshot.names(kind);
    let typed = fold(about.trim_start_matches(['@', '"']));
    let of = |names: Vec<String>| -> Vec<String> {
        let fits = |name: &String| fold(name).starts_with(&typed) && fold(name) != typed;
        names.into_iter().filter(fits).map(|name| whole(format!("{verb} {name}"))).collect()
    };
    let of_line = |grammar: LineGrammar<'_>| -> Vec<String> {
        let found = complete::completions(about, grammar, &known);
        found.into_iter().map(|about| whole(format!("{verb} {about}"))).collect()
    };
    match verb {
        "person" | "load" => {
            let fits = |handle: &String| handle.starts_with(&typed) && *handle != typed;
            let handles = known(NameKind::Handle).into_iter().filter(fits);
            handles.map(|handle| whole(format!("{verb} @{handle}"))).collect()
        }
        "view" => of(known(NameKind::View(None))),
        "order" => of(columns::columns(list).iter().map(|column| column.name.to_owned()).collect()),
        // One letter begins too many days to know whether a title is meant.
        "brief" | "meeting" | "reflect" if about.len() > 1 => {
            let mut titles: Vec<String> =
                snapshot.known_meetings().into_iter().map(|meeting| meeting.title.clone()).collect();
            titles.sort();
            titles.dedup();
            of(titles)
        }
        // All lists of a board are filtered together, the one under the cursor first.
        "filter" => {
            let beside = view::BOARDS.iter().find(|board| board.contains(&list)).copied().unwrap_or_default();
            let vocabularies: Vec<Vocabulary> =
                std::iter::once(&list).chain(beside).copied().map(schema::of_list).collect();
            let mut seen = HashSet::new();
            let all = vocabularies.iter().flat_map(|words| of_line(LineGrammar::Filter(words)));
            all.filter(|line: &String| seen.insert(line.clone())).collect()
        }
        "add" | "modify" => of_line(LineGrammar::Change),
        _ => Vec::new(),
    }
}

/// What stands behind a verb that was typed alone.
pub fn expects(line: &str) -> Option<&'static str> {
    let verb = line.trim().trim_start_matches(':').trim().to_lowercase();
    VERBS.iter().find(|(name, _)| *name == verb).map(|(_, about)| *about)
}

impl App {
    /// Does what a line says, and remembers the line.
    pub(super) fn run_command(
        &mut self,
        command: TypedCommand,
        typed: &str,
        snapshot: &Snapshot,
    ) -> Vec<Effect> {
        // Typed again, it is the newest; twice in the list it would only be in the way.
        self.commands.retain(|known| known != typed);
        self.commands.push(typed.to_owned());
        let more = self.commands.len().saturating_sub(REMEMBERED);
        self.commands.drain(..more);
        match command {
            TypedCommand::Open(key) => return vec![Effect::open(&key)],
            TypedCommand::Person(id) => return vec![Effect::Read(Read::OpenPerson(id))],
            TypedCommand::Load(id) => {
                let effects = self.show(PaneId::Load, self.is_zoomed, snapshot);
                if !self.load.go_to(id, snapshot) {
                    self.say(
                        &snapshot.hints.say(
                            "this person is not in the load that is shown; {back} takes the filter away",
                        ),
                    );
                }
                return effects;
            }
            TypedCommand::Filter(text) => self.filter_by_command(&text, snapshot),
            TypedCommand::View(pane, name) => {
                let effects = self.show(pane, self.is_zoomed, snapshot);
                if let Some(view) = view::find(&name, &snapshot.reading.views) {
                    self.filter(&columns::filter_of(view), snapshot);
                }
                return effects;
            }
            TypedCommand::Order(list, order) => {
                // Shown once more, the pane loses what lies over it, so that the new order is seen.
                let effects = self.show(self.focus, self.is_zoomed, snapshot);
                self.order(list, Some(order), snapshot);
                return effects;
            }
            TypedCommand::Brief(key) => return vec![Effect::Read(Read::Brief(Some(key)))],
            TypedCommand::Meeting(key) => return vec![Effect::Read(Read::OpenMeeting(key))],
            TypedCommand::Reflect(key) => return vec![Effect::Read(Read::StartReflection(key))],
            TypedCommand::Week(day) => return vec![Effect::Read(Read::Week(day))],
            TypedCommand::Quarter(day) => return vec![Effect::Read(Read::Quarter(day))],
            TypedCommand::Add(line) => return vec![Effect::Write(Write::Add(line))],
            TypedCommand::Modify(line) => {
                return self.modify_by_command(line, snapshot);
            }
        }
        Vec::new()
    }

    fn modify_by_command(&mut self, line: String, snapshot: &Snapshot) -> Vec<Effect> {
        let targets = self.targets(snapshot);
        if targets.is_empty() {
            let text = "nothing is chosen that could be changed: {intake} goes to the queue";
            self.say(&snapshot.hints.say(text));
            return Vec::new();
        }
        let write = match RecordKey::requests(&targets) {
            Some(requests) => Write::Modify(requests, line),
            None => Write::ModifyRows(targets, line),
        };
        vec![Effect::Write(write)]
    }

    fn filter_by_command(&mut self, text: &str, snapshot: &Snapshot) {
        // The words are for the list below; read over an open page they would filter what nobody sees.
        while !self.overlays.is_empty() {
            self.close();
        }
        if let Some(fault) = pane_filter::fault(text, self.focus, &snapshot.reading) {
            // What was meant for requests is most often typed while another pane has the keyboard.
            let is_of_queue = pane_filter::fault(text, PaneId::Intake, &snapshot.reading).is_none();
            let way = if is_of_queue { "; the queue knows it: {intake} goes there" } else { "" };
            self.say_failure(&(fault.told() + &snapshot.hints.say(way)));
            return;
        }
        self.leave_here();
        self.filter(text, snapshot);
    }
}
