//! A brief on the screen: its suggestions as a last block, the countdown, and the if-then that stays in sight.

use super::{DocView, Role};
use crate::domain::document::{Block, Line as Said};
use crate::ops::docs::brief::{BriefPage, Remark};
use crate::plain;
use crate::tui::overlays::ViewContext;

/// The block of the altitude lint.
const LINT: &str = "Better said";
/// The block of the numbers.
const NUMBERS: &str = "Three numbers";
/// So many suggestions are shown; the next ones come up as these are taken or waved off.
const SUGGESTIONS: usize = 4;

impl DocView {
    /// A brief, with what could be said better as its last block.
    pub fn of_brief(page: BriefPage) -> Self {
        // A copy, since suggestions are the lead's and what is handed on is the page's own document.
        let mut document = page.document.clone();
        let mut lines: Vec<Said> = page.lint.iter().take(SUGGESTIONS).map(suggestion).collect();
        if page.lint.len() > SUGGESTIONS {
            lines.push(Said::new(format!("and {} more", page.lint.len() - SUGGESTIONS)));
        }
        if !lines.is_empty() {
            document.blocks.push(Block::new(LINT, lines));
        }
        let role = Role::Brief(page.meeting.as_ref().map(|meeting| meeting.key.clone()));
        Self { brief: Some(Box::new(page)), ..Self::new(document, role) }
    }

    /// What can be done about the brief.
    pub fn brief(&self) -> Option<&BriefPage> {
        self.brief.as_deref()
    }

    /// The suggestion that is chosen, otherwise the first; none on the line that only counts those that are not shown.
    pub fn suggestion(&self) -> Option<&Remark> {
        let page = self.brief.as_ref()?;
        page.lint.iter().take(SUGGESTIONS).nth(if self.is_in(LINT) { self.at.1 } else { 0 })
    }

    /// Which of the numbers is chosen, otherwise the first.
    pub fn number(&self) -> usize {
        if self.is_in(NUMBERS) { self.at.1 } else { 0 }
    }

    fn is_in(&self, title: &str) -> bool {
        self.document.blocks.get(self.block()).is_some_and(|block| block.title == title)
    }

    /// The if-then for this room, which stays in sight while the brief is open.
    pub(super) fn plan(&self, sight: ViewContext<'_>) -> Option<&str> {
        let plan = self.brief.as_ref()?.if_then.trim();
        (!plan.is_empty() && !sight.snapshot.is_presenting).then_some(plan)
    }

    /// Rows that the if-then takes at the bottom: none where all of the brief is in sight anyway.
    pub(super) fn foot_rows(&self, sight: ViewContext<'_>) -> usize {
        usize::from(self.plan(sight).is_some() && self.rows(sight).len() + 1 > sight.height)
    }

    /// `in 04 min`, `now`, or nothing while there is time.
    pub(super) fn countdown(&self, sight: ViewContext<'_>) -> Option<String> {
        let meeting = self.brief.as_ref()?.meeting.as_ref()?;
        match (meeting.start - sight.snapshot.now).num_minutes() {
            minutes @ 1..120 => Some(format!("in {minutes:02} min")),
            _ if meeting.start <= sight.snapshot.now && sight.snapshot.now < meeting.end => {
                Some("now".to_owned())
            }
            // Less than a minute before; `in 00 min` would say nothing.
            0 => Some("now".to_owned()),
            _ => None,
        }
    }
}

/// `“19 h rework” → 19 hours … went into doing things twice`; advice is told with what it is about.
fn suggestion(remark: &Remark) -> Said {
    let finding = &remark.finding;
    let text = plain::cut(&finding.text, 44);
    let about = if finding.is_rewrite { String::new() } else { format!("{}: ", finding.rule.title()) };
    Said::new(format!("{about}“{text}” → {}", finding.suggestion))
}
