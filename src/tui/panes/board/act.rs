//! What actions do to a record of the books, on a board or opened.

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::friction::FrictionStage;
use crate::domain::influence::RiskEnd;
use crate::domain::kinds;
use crate::domain::ledger;
use crate::domain::record::{DAY_FORMAT, Kind, RecordKey};
use crate::ops::books::capture;
use crate::ops::rows;
use crate::ops::sheet::FormTarget;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::overlays::prompt::{Ask, Prompt};
use crate::tui::panes::Update;
use crate::tui::view::layout::PaneId;

/// Runs an action on a record.
pub fn act_on(action: Action, key: Option<&RecordKey>, snapshot: &Snapshot) -> Update {
    let Some(key) = key else {
        return Update::notice(snapshot.hints.say("no record is chosen: {add} adds one"));
    };
    match action {
        Action::OpenEntry => Update::effect(Effect::open(key)),
        Action::EditEntry => Update::effect(Effect::Read(Read::OpenForm(
            // Boards lead to requests as well, which have a form of their own.
            key.request().map_or_else(|| FormTarget::Entry(key.clone()), FormTarget::Request),
        ))),
        Action::StepEntry => step(key, snapshot),
        Action::EndEntry => end(key, snapshot),
        Action::SetEntryDue => ask_due(vec![key.clone()], snapshot),
        _ => Update::default(),
    }
}

/// Asks by when records are due.
pub fn ask_due(keys: Vec<RecordKey>, snapshot: &Snapshot) -> Update {
    if keys.is_empty() {
        return Update::notice(snapshot.hints.say("nothing is here yet: {add} adds something"));
    }
    let Some(fields) = keys.iter().map(rows::due_field).collect::<Option<Vec<_>>>() else {
        return Update::notice(
            snapshot.hints.say("no day is set by which this is due: {edit-record} shows its days"),
        );
    };
    let text = match (keys.as_slice(), fields.first()) {
        ([key], Some(field)) => snapshot.books.text(key, field.name),
        _ => String::new(),
    };
    let question = fields.first().map_or("Due", |field| field.title);
    let title = format!("{question} when?  {}", snapshot.called(&keys));
    Update::open(Prompt::new(Ask::DayOf(keys), title, &text))
}

/// Runs an action on several records at once, as one change: what can be done to each without a question.
pub fn act_on_many(action: Action, keys: &[RecordKey], snapshot: &Snapshot) -> Update {
    if action == Action::EndEntry && keys.iter().all(|key| key.kind() == Some(Kind::Risk)) {
        return Update::open(ends_of_risks(keys));
    }
    let word =
        |key: &RecordKey| if action == Action::EndEntry { end_word(key) } else { step_word(key, snapshot) };
    let words: Option<Vec<(&RecordKey, (&'static str, &'static str))>> =
        keys.iter().map(|key| Some((key, word(key)?))).collect();
    // One that has its day already keeps all of them as they are: a key changes all that is marked, or none.
    let has_day = keys.iter().find_map(|key| had_its_day(key, word(key)?, snapshot));
    match words {
        Some(_) if has_day.is_some() => has_day.unwrap_or_default(),
        Some(words) => Update::effect(set_all(words)),
        None if action == Action::EndEntry => Update::notice(
            "not all that is marked ends like this: risks end by a word of their own, some do not end",
        ),
        None => Update::notice("not all that is marked can take its next step at once: some ask for more"),
    }
}

/// The field and the text that end a record, where one word does.
fn end_word(key: &RecordKey) -> Option<(&'static str, &'static str)> {
    Some(match key.kind()? {
        Kind::Friction => ("stage", "dropped"),
        Kind::Promise => ("broken", "today"),
        Kind::Outcome => ("closed", "today"),
        Kind::Gain | Kind::Redirect => ("to", "today"),
        _ => return None,
    })
}

/// The field and the text that are the next step of a record, where one word is.
fn step_word(key: &RecordKey, snapshot: &Snapshot) -> Option<(&'static str, &'static str)> {
    let RecordKey::Numbered(kind, number) = key else { return None };
    let books = &snapshot.books;
    match kind {
        Kind::Promise => Some(("kept", "today")),
        Kind::Risk => {
            let risk = books.risks.iter().find(|it| it.id.0 == *number)?;
            risk.raised.is_none().then_some(("raised", "today"))
        }
        Kind::Friction => match books.frictions.iter().find(|it| it.id.0 == *number)?.stage {
            FrictionStage::Seen | FrictionStage::Dropped => Some(("stage", "changing")),
            FrictionStage::Changing | FrictionStage::Unlocked => None,
        },
        _ => None,
    }
}

/// Why a key does not give a day to what has had its own: when a promise was kept is not to be told anew by a key that is
/// pressed twice. A day that is still to come may be set earlier.
pub fn had_its_day(
    key: &RecordKey,
    (field, text): (&'static str, &'static str),
    snapshot: &Snapshot,
) -> Option<Update> {
    let day = NaiveDate::parse_from_str(&snapshot.books.text(key, field), DAY_FORMAT).ok()?;
    let is_past = text == "today" && day <= snapshot.today();
    let title = kinds::fields(key.kind()?).iter().find(|it| it.name == field)?.title.to_lowercase();
    let told = format!(
        "{key} has its day, {title} {}: {{edit-record}} changes it",
        day::day_near(day, snapshot.today())
    );
    is_past.then(|| Update::notice(snapshot.hints.say(&told)))
}

/// Sets the one word of a step or an end.
fn set_word(key: &RecordKey, word: (&'static str, &'static str), snapshot: &Snapshot) -> Update {
    had_its_day(key, word, snapshot).unwrap_or_else(|| Update::effect(set_all(vec![(key, word)])))
}

fn ends_of_risks(keys: &[RecordKey]) -> Overlay {
    let ends = RiskEnd::ALL.iter().map(|end| {
        let all = set_all(keys.iter().map(|key| (key, ("end", end.name()))).collect());
        choice(end.name().chars().next().unwrap_or('?'), end.title(), all)
    });
    let title = match keys {
        [key] => format!("How did {key} end?"),
        _ => format!("How did these {} end?", keys.len()),
    };
    Menu::new(title, ends.collect()).into()
}

fn set_all(words: Vec<(&RecordKey, (&'static str, &'static str))>) -> Effect {
    let entry = |(key, (field, text)): (&RecordKey, (&'static str, &str))| {
        (key.clone(), vec![(field, text.to_owned())])
    };
    Effect::Write(Write::SetEntries(words.into_iter().map(entry).collect()))
}

fn set(key: &RecordKey, field: &'static str, text: &'static str) -> Effect {
    set_all(vec![(key, (field, text))])
}

fn form(kind: Kind, known: Vec<(&'static str, String)>) -> Effect {
    Effect::Read(Read::OpenForm(FormTarget::NewEntry(kind, known)))
}

/// The natural next thing: a reading, the next stage, kept, raised, redirected.
fn step(key: &RecordKey, snapshot: &Snapshot) -> Update {
    let books = &snapshot.books;
    let RecordKey::Numbered(kind, number) = key else { return Update::default() };
    match kind {
        Kind::Outcome => Update::effect(form(Kind::Reading, vec![("outcome", key.to_string())])),
        Kind::Friction => match books.frictions.iter().find(|it| it.id.0 == *number) {
            Some(friction) => friction_step(friction, key),
            None => Update::default(),
        },
        Kind::Gain => {
            let gain = books.gains.iter().find(|it| it.id.0 == *number);
            // Where all of it is spoken for there is nothing to propose.
            let left = gain.map(|gain| ledger::balance(gain, &books.redirects, snapshot.today()).unspoken());
            let hours =
                left.filter(|left| left.is_positive()).map_or_else(String::new, |left| left.to_string());
            Update::effect(form(Kind::Redirect, vec![("gain", key.to_string()), ("hours", hours)]))
        }
        Kind::Promise => set_word(key, ("kept", "today"), snapshot),
        Kind::Risk => match books.risks.iter().find(|it| it.id.0 == *number) {
            // What was raised already has only its end left.
            Some(risk) if risk.raised.is_none() => Update::effect(set(key, "raised", "today")),
            _ => end(key, snapshot),
        },
        Kind::Stakeholder => Update::open(about(key, snapshot)),
        _ => Update::effect(Effect::Read(Read::OpenForm(FormTarget::Entry(key.clone())))),
    }
}

/// Seen, then changing, then unlocked; unlocking proposes the gain.
fn friction_step(friction: &crate::domain::friction::Friction, key: &RecordKey) -> Update {
    let hours = if friction.hours.is_positive() { friction.hours.to_string() } else { String::new() };
    let gain = form(
        Kind::Gain,
        vec![
            ("text", format!("No more {}", friction.text)),
            ("friction", key.to_string()),
            ("hours", hours.clone()),
            ("baseline", hours),
        ],
    );
    match friction.stage {
        // What was dropped can be taken up again.
        FrictionStage::Seen | FrictionStage::Dropped => Update::effect(set(key, "stage", "changing")),
        FrictionStage::Changing => {
            // The gain is only offered: its friction is unlocked whether the form is filled in or left.
            Update { effects: vec![set(key, "stage", "unlocked"), gain], ..Update::default() }
        }
        FrictionStage::Unlocked => Update::effect(gain),
    }
}

fn choice(key: char, label: &str, effect: Effect) -> Choice {
    Choice { key, label: label.to_owned(), pick: Pick::Do(effect) }
}

/// What can be noted about somebody.
fn about(key: &RecordKey, snapshot: &Snapshot) -> Overlay {
    let name = snapshot.title_of(key);
    let text = key.to_string();
    let choices = vec![
        choice('t', "how far they trust us", form(Kind::Trust, vec![("stakeholder", text.clone())])),
        choice('s', "where they stand on a decision", form(Kind::Stance, vec![("stakeholder", text)])),
        choice('p', "a promise", form(Kind::Promise, vec![("who", name.clone())])),
        choice('d', "a decision of theirs", form(Kind::Decision, vec![("approver", name.clone())])),
    ];
    Menu::new(format!("Note about {name}"), choices).into()
}

/// How it ends otherwise.
fn end(key: &RecordKey, snapshot: &Snapshot) -> Update {
    let RecordKey::Numbered(kind, _) = key else { return Update::default() };
    match (kind, end_word(key)) {
        (_, Some(word)) => set_word(key, word, snapshot),
        (Kind::Risk, None) => Update::open(ends_of_risks(std::slice::from_ref(key))),
        _ => Update::notice("it does not end, it is changed: open its form"),
    }
}

/// Forms of what a board holds.
pub fn new_menu(pane: PaneId) -> Overlay {
    let entry = |key, label: &str, kind| choice(key, label, form(kind, Vec::new()));
    let choices = match pane {
        PaneId::Change => vec![
            entry('f', "a friction", Kind::Friction),
            entry('g', "a gain", Kind::Gain),
            entry('x', "a redirect", Kind::Redirect),
            entry('k', "a risk", Kind::Risk),
        ],
        PaneId::Influence => vec![
            entry('s', "a stakeholder", Kind::Stakeholder),
            entry('d', "a decision", Kind::Decision),
            entry('p', "a promise", Kind::Promise),
            entry('t', "a reading of trust", Kind::Trust),
            entry('n', "where somebody stands", Kind::Stance),
        ],
        _ => vec![
            entry('o', "an outcome", Kind::Outcome),
            entry('r', "a reading of one", Kind::Reading),
            entry('g', "a gain", Kind::Gain),
            entry('x', "a redirect", Kind::Redirect),
        ],
    };
    Menu::new("Add".to_owned(), choices).into()
}

/// What can be filed in one line from anywhere.
pub fn captures() -> Overlay {
    let line = |(kind, key): (Kind, char)| {
        let article = if kind == Kind::Outcome { "an" } else { "a" };
        let prompt = Prompt::new(Ask::Capture(kind), format!("File {article} {}", kind.title()), "");
        let label = kind.title().to_owned();
        Choice { key, label, pick: Pick::Open(prompt.into()) }
    };
    // In the order of the kinds; a risk goes by the letter of its key.
    let choices = capture::KINDS.into_iter().zip(['f', 'k', 'p', 'd', 'o', 's']).map(line);
    Menu::new("File in one line".to_owned(), choices.collect()).into()
}
