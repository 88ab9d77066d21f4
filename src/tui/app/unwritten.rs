//! The life of what is typed: kept when a form is left or pauses, put back when it opens again, dropped when it is
//! saved or thrown away. Every way a form can end leads through here.

use super::super::overlays::Overlay;
use super::super::overlays::preview::Preview;
use super::App;
use crate::ops::sheet::Texts;
use crate::plain;
use crate::tui::app::action::Action;
use crate::tui::app::drafts;
use crate::tui::app::effect::{Tried, Write};
use crate::tui::view::layout::PaneId;

impl App {
    /// Closes what is on top without saving; what was typed into it is kept.
    pub(super) fn close(&mut self) {
        let Some(overlay) = self.overlays.pop() else { return };
        self.leave_page(&overlay);
        let key = self.keymap.hint(Action::DropDraft).unwrap_or("drop-draft").to_owned();
        match (self.keep(&overlay), overlay.has_secret()) {
            (true, false) => {
                self.say(&format!("what you typed is kept until you come back to it  ·  {key} throws it away"));
            }
            (true, true) => self.say(&format!(
                "what you typed is kept until you come back to it, but not the address  ·  {key} throws it away"
            )),
            (false, true) => self.say("the address that you typed is kept nowhere, since it is a secret"),
            (false, false) => {}
        }
    }

    /// Opens something, with what was typed into it when it was left.
    pub(super) fn open(&mut self, overlay: impl Into<Overlay>) {
        let mut overlay = overlay.into();
        let kept = overlay.identity().and_then(|about| self.drafts.of(&about));
        // One that opens with something typed already, as after a refusal, knows better than the draft.
        if let Some(typed) = kept.filter(|_| overlay.typed().is_none()) {
            overlay.retype(typed);
            let key = self.keymap.hint(Action::DropDraft).unwrap_or("drop-draft");
            self.say(&format!("here is what you had typed  ·  {key} throws it away"));
        }
        self.overlays.push(overlay);
        self.opened += 1;
    }

    /// Hands the form on top over to be saved. Until it is written its words are a draft like any other: a crash
    /// while another program keeps the write waiting loses nothing.
    pub(super) fn send(&mut self) {
        let form = self.overlays.pop().filter(|overlay| overlay.identity().is_some());
        if let Some(form) = &form {
            self.keep(form);
        }
        self.sent = form;
    }

    /// Brings back the form that was sent while others wrote what it would write, and says what they did.
    pub(super) fn overtaken(&mut self, now: &Texts) {
        let Some(mut sent) = self.sent.take() else { return };
        let told = if let Overlay::Form(form) = &mut sent { form.overtaken(now) } else { Vec::new() };
        self.overlays.push(sent);
        // What others wrote may have braces of its own.
        let key = self.keymap.hints().say("{save} writes over it");
        self.say_failure(&format!("changed elsewhere meanwhile: {}; {key}", told.join(", ")));
    }

    /// Keeps what is typed into open forms, to be remembered.
    pub fn stash(&mut self) {
        let overlays = std::mem::take(&mut self.overlays);
        for overlay in &overlays {
            self.keep(overlay);
        }
        self.overlays = overlays;
    }

    /// Keeps what is typed into a form; one that holds nothing new any more has no draft. True if there was something.
    fn keep(&mut self, overlay: &Overlay) -> bool {
        match (overlay.identity(), overlay.typed()) {
            (Some(about), Some(typed)) => {
                self.drafts.keep(about, typed);
                true
            }
            (Some(about), None) => {
                self.drafts.forget(&about);
                false
            }
            _ => false,
        }
    }

    /// What was sent is written: its draft ends.
    pub(super) fn written(&mut self) {
        if let Some(about) = self.sent.take().and_then(|overlay| overlay.identity()) {
            self.drafts.forget(&about);
        }
    }

    /// True if a change reaches more than its list shows at once.
    pub fn is_more_than_seen(&self, write: &Write) -> bool {
        let seen = match self.focus {
            PaneId::Meetings => self.meetings.rows_seen(),
            pane => pane.board().map_or_else(|| self.intake.rows_seen(), |at| self.boards[at].rows_seen()),
        };
        write.keys().len() > seen
    }

    /// Shows what a change reaches before it is made; what it was typed into comes back if it isn't.
    pub fn preview(&mut self, write: Write, tried: Tried) {
        let behind = match self.sent.take() {
            // One that something else would come of now is shown anew in its own place.
            Some(Overlay::Preview(preview)) => preview.into_behind(),
            sent => sent,
        };
        self.overlays.push(Preview::new(write, tried, behind).into());
    }

    /// The previews that stand open, which others may have made untrue.
    pub fn previews(&mut self) -> impl Iterator<Item = &mut Preview> {
        self.overlays.iter_mut().filter_map(|overlay| match overlay {
            Overlay::Preview(preview) => Some(&mut **preview),
            _ => None,
        })
    }

    /// The form whose changes are being written, to wait with them.
    pub const fn stash_draft(&mut self) -> Option<Overlay> {
        self.sent.take()
    }

    /// Takes it up again.
    pub fn restore_draft(&mut self, form: Option<Overlay>) {
        self.sent = form;
    }

    /// Throws away what is typed into the form on top, or else the draft that was kept last.
    pub(super) fn throw_away(&mut self) {
        let open = self.overlays.last().and_then(|overlay| Some((overlay.identity()?, overlay.typed())));
        let gone = match open {
            Some((about, typed)) => {
                self.overlays.pop();
                // What was typed since the last pause is in no draft yet.
                self.drafts.forget(&about).or(typed)
            }
            None => self.drafts.forget_newest(),
        };
        let Some(typed) = gone else {
            self.say("nothing that was typed is kept");
            return;
        };
        let text = plain::cut(drafts::beginning(&typed).unwrap_or("what was typed"), 40);
        let more = if self.drafts.is_empty() { "" } else { "; another draft is still kept" };
        self.say(&format!("thrown away: “{text}”{more}"));
    }
}
