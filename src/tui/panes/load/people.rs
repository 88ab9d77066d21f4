//! What actions on people do, wherever a person is chosen: load pane, team, an open person or cell.

use crate::domain::day;
use crate::domain::ids::PersonId;
use crate::domain::load::grid::weeks;
use crate::domain::record::Kind;
use crate::ops::sheet::FormTarget;
use crate::ops::team::handle;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read, Screen, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::panes::Update;

/// Runs an action on somebody, or on the share, absence or holiday that a line is about.
pub fn act_on(
    action: Action,
    line: Option<FormTarget>,
    person: Option<PersonId>,
    snapshot: &Snapshot,
) -> Update {
    match (action, line) {
        (Action::EditPerson, Some(line)) => return Update::effect(Effect::Read(Read::OpenForm(line))),
        (Action::TakeAway, Some(line)) => return Update::effect(Effect::Write(Write::Remove(line))),
        // A person is never taken away by a key that lies beside others: work and reflections belong to them.
        (Action::TakeAway, None) => return Update::notice(snapshot.hints.say(NO_LINE)),
        _ => {}
    }
    let Some(person) = person else {
        return Update::notice(snapshot.hints.say("nobody is chosen; {add-person} adds a person"));
    };
    Update::effect(match action {
        Action::EditPerson => Effect::Read(Read::OpenForm(FormTarget::Person(person))),
        Action::CopyPerson => Effect::Screen(copied(person, snapshot)),
        Action::Reshape => Effect::Write(Write::Reshape(person)),
        _ => Effect::Read(Read::OpenPerson(person)),
    })
}

/// Why nothing can be taken away.
pub const NO_LINE: &str = "no absence, holiday or share is chosen: {open-person} shows those of the chosen person, {team} of everybody";

/// Somebody with the weeks that the load shows, in one line for others to read.
fn copied(person: PersonId, snapshot: &Snapshot) -> Screen {
    let who = snapshot.team.person(person);
    let name =
        who.map_or_else(String::new, |who| format!("{} (@{}, {})", who.name, who.handle, who.discipline));
    let row = snapshot.grid.rows.iter().find(|row| row.person == person);
    // By weeks: nobody reads ten days in one line.
    let weeks = row.map_or_else(Vec::new, |row| weeks(&row.cells)).into_iter().map(|week| {
        format!("week of {} {} of {}", day::short_day(week.date), week.confirmed, week.effective)
    });
    let weeks = weeks.collect::<Vec<_>>().join(", ");
    let text = if weeks.is_empty() { name.clone() } else { format!("{name}: {weeks}") };
    Screen::Copy(text, name)
}

/// What an action adds to the team; of an absence it is known who is chosen.
pub fn new_of(action: Action, person: Option<PersonId>, snapshot: &Snapshot) -> FormTarget {
    match action {
        Action::AddPerson => FormTarget::NewPerson,
        Action::AddRole => FormTarget::NewRole,
        Action::AddHoliday => new(Kind::Holiday),
        _ => {
            let who = person.map(|person| ("who", handle(&snapshot.team.people, person)));
            FormTarget::NewEntry(Kind::Absence, who.into_iter().collect())
        }
    }
}

const fn new(kind: Kind) -> FormTarget {
    FormTarget::NewEntry(kind, Vec::new())
}

fn choice(key: char, label: &str, target: FormTarget) -> Choice {
    Choice { key, label: label.to_owned(), pick: Pick::Do(Effect::Read(Read::OpenForm(target))) }
}

/// What the load is made of.
pub fn team_menu(person: Option<PersonId>, snapshot: &Snapshot) -> Overlay {
    let choices = vec![
        choice('p', "person", FormTarget::NewPerson),
        choice('r', "role", FormTarget::NewRole),
        choice('a', "absence", new_of(Action::AddAbsence, person, snapshot)),
        choice('h', "holiday", new(Kind::Holiday)),
    ];
    Menu::new("Add to the team".to_owned(), choices).into()
}

/// Everything that can be added by a form.
pub fn add_menu() -> Overlay {
    let choices = vec![
        choice('r', "request", FormTarget::NewRequest),
        choice('p', "person", FormTarget::NewPerson),
        choice('o', "role", FormTarget::NewRole),
        choice('a', "absence", new(Kind::Absence)),
        choice('h', "holiday", new(Kind::Holiday)),
        choice('m', "meeting", FormTarget::NewMeeting),
    ];
    Menu::new("Add by a form".to_owned(), choices).into()
}
