//! Who is meant by names of the file, and whether those who ask in it become stakeholders.

use ratatui::text::Line;

use super::super::{Response, ViewContext};
use super::ChangePage;
use crate::ops::import::change_set::LineName;
use crate::plain;

/// Rows that those who ask may take: what follows of them is told once they are stakeholders.
const REQUESTER_ROWS: usize = 2;

/// Open, the same person, somebody else, and open again.
pub const fn next_answer(answer: Option<bool>) -> Option<bool> {
    match answer {
        None => Some(true),
        Some(true) => Some(false),
        Some(false) => None,
    }
}

impl ChangePage {
    /// What was answered about a name that comes near somebody's.
    pub(super) fn is_same(&self, line: usize) -> Option<bool> {
        let Some(LineName::Name(pair)) = &self.set.lines[line].name else { return None };
        let names = &self.decisions.names;
        if names.same.contains(pair) {
            return Some(true);
        }
        names.not_same.contains(pair).then_some(false)
    }

    pub(super) fn answer(&mut self, line: usize, answer: Option<bool>) {
        let Some(LineName::Name(pair)) = self.set.lines[line].name.clone() else { return };
        let names = &mut self.decisions.names;
        names.not_same.remove(&pair);
        match answer {
            // A name means one person: whoever was said to be it before is not.
            Some(true) => names.same.retain(|other| other.name != pair.name),
            _ => drop(names.same.remove(&pair)),
        }
        match answer {
            Some(true) => drop(names.same.insert(pair)),
            Some(false) => drop(names.not_same.insert(pair)),
            None => {}
        }
    }

    pub(super) fn take_requesters(&mut self) -> Response {
        if self.set.requesters.names.is_empty() {
            return Response::Say("everybody who asks in it is a stakeholder already".to_owned());
        }
        self.decisions.stakeholders = !self.decisions.stakeholders;
        Response::Stay
    }

    /// Who asks and is no stakeholder, with the key that makes them stakeholders.
    pub(super) fn requesters(&self, sight: ViewContext<'_>) -> Vec<Line<'static>> {
        let new = &self.set.requesters;
        if new.names.is_empty() {
            return Vec::new();
        }
        let doubts = new.doubts().map_or_else(String::new, |doubts| format!("; {doubts}"));
        let (said, style) = if self.decisions.stakeholders {
            (format!("Stakeholders from now on: {}{doubts}", new.told()), sight.theme.good())
        } else {
            let key = sight.snapshot.hints.say("{take-requesters} adds them");
            (format!("{} ({key}): {}{doubts}", new.counted(), new.told()), sight.theme.text())
        };
        let said = plain::wrap(&plain::harmless(&said), sight.width.saturating_sub(4));
        said.into_iter().take(REQUESTER_ROWS).map(|line| Line::styled(format!("   {line}"), style)).collect()
    }
}
