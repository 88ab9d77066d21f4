//! What actions do in a document: the standup, the brief, the review.

use super::super::overlays::Overlay;
use super::super::overlays::document::{DocView, Role};
use super::super::overlays::menu::{Choice, Menu, Pick};
use super::super::overlays::prompt::{Ask, Prompt};
use super::super::panes::{Update, intake};
use super::App;
use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::lint::gap;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::Kind;
use crate::ops::docs::brief::{BriefPage, Offer};
use crate::ops::docs::quarter::quarter_of;
use crate::ops::docs::standup::RemarkPlace;
use crate::ops::sheet::FormTarget;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::app::snapshot::Snapshot;

impl App {
    /// Runs an action on the document that is open.
    pub(super) fn on_document(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        let Some(Overlay::Document(view)) = self.overlays.last_mut() else { return Update::default() };
        match action {
            Action::StandupCopy | Action::BriefCopy | Action::ReviewCopy => {
                Update::open(view.copy_menu(snapshot.room))
            }
            Action::StandupSaid => {
                view.toggle_said();
                Update::default()
            }
            Action::StandupBy => {
                view.turn();
                Update::default()
            }
            Action::StandupRemark => suggestion(view),
            Action::StandupUnblock => on_request(Action::Block, view, snapshot),
            Action::StandupAssign => on_request(Action::Assign, view, snapshot),
            Action::StandupDue => on_request(Action::SetDue, view, snapshot),
            Action::StandupEnd => {
                // What was said is said: the next standup starts from now, so this one is no draft to come back
                // to.
                self.overlays.pop();
                Update::effect(Effect::Write(Write::EndStandup))
            }
            Action::BriefEdit
            | Action::BriefNumbers
            | Action::BriefTake
            | Action::BriefWave
            | Action::BriefFreeze => on_brief(action, view, snapshot),
            Action::ReviewEarlier => turn_review(view, -1),
            Action::ReviewLater => turn_review(view, 1),
            Action::ReviewQuarter => other_review(view),
            _ => Update::default(),
        }
    }
}

/// The request that the chosen line is about.
fn request(view: &DocView) -> Option<RequestId> {
    view.chosen()?.keys.iter().find_map(|key| key.parse::<crate::domain::record::RecordKey>().ok()?.request())
}

fn on_request(action: Action, view: &DocView, snapshot: &Snapshot) -> Update {
    match request(view) {
        Some(id) => intake::act_on_one(action, id, None, snapshot),
        None => Update::notice("this line is about no request"),
    }
}

fn suggestion(view: &DocView) -> Update {
    let about = view.chosen().and_then(|line| line.keys.first().cloned()).unwrap_or_default();
    let block = view.document.blocks.get(view.block()).map_or("", |block| block.title.as_str());
    let place = RemarkPlace::of(&about, block, view.chosen().map_or("", |line| &line.text));
    let title =
        if about.is_empty() { "A remark for the standup".to_owned() } else { format!("A remark on {about}") };
    Update::open(Prompt::new(Ask::Remark(place), title, ""))
}

/// What is done to a brief; a frozen one stays as it was shown.
fn on_brief(action: Action, view: &DocView, snapshot: &Snapshot) -> Update {
    let Some(page) = view.brief() else { return Update::default() };
    let Some(meeting) = &page.meeting else {
        return Update::notice("there is no meeting yet that it could be for");
    };
    if let Some(on) = page.frozen {
        let hint = snapshot.hints.say("{undo} undoes that");
        return Update::notice(format!("it is kept as it was shown on {}; {hint}", day::short_day(on)));
    }
    let key = meeting.key.clone();
    match (action, view.suggestion()) {
        (Action::BriefEdit, _) => Update::effect(Effect::Read(Read::OpenForm(match &page.record {
            Some(record) => FormTarget::Entry(record.clone()),
            None => FormTarget::NewEntry(Kind::Brief, page.known.clone()),
        }))),
        (Action::BriefNumbers, _) => numbers(view, page, &key),
        (Action::BriefTake, Some(remark)) => {
            // Taken as it stands, a suggestion with a gap would put `<…>` into the brief, so its words are
            // asked for.
            match gap(&remark.finding.suggestion).filter(|_| remark.can_be_reworded()) {
                Some(gap) => Update::open(Prompt::filling(key, remark.clone(), gap)),
                None => Update::effect(Effect::Write(Write::TakeRemark(key, Box::new(remark.clone())))),
            }
        }
        (Action::BriefWave, Some(remark)) => {
            Update::effect(Effect::Write(Write::WaveOff(Box::new(remark.clone()))))
        }
        (Action::BriefFreeze, _) => Update::effect(Effect::Write(Write::FreezeBrief(key))),
        _ if page.lint.is_empty() => Update::notice("nothing here could be said better"),
        _ => Update::notice("choose a suggestion: others come up as these are taken or waved off"),
    }
}

/// Offers the numbers that are not shown, for the place of the chosen one.
fn numbers(view: &DocView, page: &BriefPage, key: &OccurrenceKey) -> Update {
    let at = view.number().min(page.shown.len().saturating_sub(1));
    let others = page.offers.iter().filter(|offer| !page.shown.contains(&offer.name));
    let choice = |(key_of, offer): (char, &Offer)| {
        let mut names = page.shown.clone();
        match names.get_mut(at) {
            Some(name) => name.clone_from(&offer.name),
            None => names.push(offer.name.clone()),
        }
        let texts = vec![("numbers", names.join(" "))];
        let label = offer.text.clone();
        Choice { key: key_of, label, pick: Pick::Do(Effect::Write(Write::SaveBrief(key.clone(), texts))) }
    };
    // A menu has one sign for each choice, so what comes behind the last letter is left out.
    let choices: Vec<Choice> = ('1'..='9').chain('a'..='z').zip(others).map(choice).collect();
    if choices.is_empty() {
        return Update::notice("no other number can be counted yet");
    }
    let shown = page.shown.get(at).and_then(|name| page.offers.iter().find(|offer| offer.name == *name));
    let place = |offer: &Offer| format!(" in the place of “{}”", offer.text);
    let place = shown.map_or_else(String::new, place);
    Update::open(Menu::new(format!("Which number{place}?"), choices))
}

/// The week or quarter before or after.
fn turn_review(view: &DocView, way: i64) -> Update {
    let Role::Review(read) = &view.role else { return Update::default() };
    Update::effect(Effect::Read(match read {
        Read::Quarter(on) => Read::Quarter(next_quarter(*on, way)),
        Read::Week(on) => Read::Week(day::plus(*on, way * 7)),
        other => other.clone(),
    }))
}

/// The first day of the quarter before or after. By months, since no number of days is a quarter: 91 after 1 July the
/// same one still lasts.
fn next_quarter(on: NaiveDate, way: i64) -> NaiveDate {
    let first = quarter_of(on).from;
    let months = chrono::Months::new(3);
    let next = if way < 0 { first.checked_sub_months(months) } else { first.checked_add_months(months) };
    next.unwrap_or(on)
}

fn other_review(view: &DocView) -> Update {
    let Role::Review(read) = &view.role else { return Update::default() };
    Update::effect(Effect::Read(match read {
        Read::Quarter(on) => Read::Week(*on),
        Read::Week(on) => Read::Quarter(*on),
        other => other.clone(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_turned_from_any_of_its_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (on, later, earlier) in [
            ("2026-07-01", "2026-10-01", "2026-04-01"),
            ("2026-10-01", "2027-01-01", "2026-07-01"),
            ("2026-12-31", "2027-01-01", "2026-07-01"),
            ("2027-01-01", "2027-04-01", "2026-10-01"),
        ] {
            assert_eq!(next_quarter(day(on), 1), day(later), "{on}");
            assert_eq!(next_quarter(day(on), -1), day(earlier), "{on}");
        }
    }
}
