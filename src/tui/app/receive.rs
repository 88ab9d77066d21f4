//! What came back from outside, and what the cockpit makes of it.

use std::path::PathBuf;

use super::super::overlays::Layer;
use super::super::overlays::Overlay;
use super::super::overlays::ViewContext;
use super::super::overlays::assign::AssignView;
use super::super::overlays::document::DocView;
use super::super::overlays::form::Form;
use super::super::overlays::history::HistoryView;
use super::super::overlays::menu::Menu;
use super::super::overlays::pasted::{self, Pasted};
use super::super::overlays::record::Record;
use super::super::overlays::reflect::ReflectForm;
use super::App;
use crate::ops::import::file::{FileImport, TakenFile};
use crate::ops::message::MessageDraft;
use crate::ops::plan::PlanOptions;
use crate::ops::sheet::Texts;
use crate::plain;
use crate::store::Operation;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{FileRequest, FolderListing, FoundFile, Read, SourceRefresh};
use crate::tui::app::snapshot::Snapshot;

/// What came back from outside.
#[derive(Debug)]
pub enum Message {
    /// Something was written; the sentence of the journal.
    Committed(String),
    /// Something was taken back; the sentence of the journal.
    Undone(String),
    /// It has to be chosen first.
    Asked(Menu),
    /// Something went as asked without a write.
    Said(String),
    /// It was refused: why, and what to do.
    Failed(String, Option<String>),
    /// Others wrote into fields of the form that was sent, which was not written: their names, and what stands there now.
    Overtaken(Texts),
    /// A request as a pasted text asks for it, and that text.
    Drafted(Box<MessageDraft>, String),
    /// Something to read.
    Opened(Record),
    /// The candidates for a request.
    Weighed(Box<PlanOptions>),
    /// A document that was built.
    Built(Box<DocView>),
    /// The form of a record.
    Filling(Box<Form>),
    /// A text from the user's own editor.
    Edited(String),
    /// What another value would mean.
    Considered(String),
    Reflecting(Box<ReflectForm>),
    /// The journal.
    History(Vec<Operation>),
    /// What a folder holds, or why it cannot be listed.
    Listed(PathBuf, FolderListing),
    /// A file as it was read.
    Found(Box<FoundFile>),
    /// A file of which nothing could be made, and why.
    Unread(Box<FileRequest>, String),
    /// A file was taken in.
    TakenIn(TakenFile),
    /// A source was fetched while nobody waited for it.
    Refreshed(Box<RefreshedSource>),
}

/// A source that was fetched, and what came of it.
#[derive(Debug)]
pub struct RefreshedSource {
    pub refresh: SourceRefresh,
    /// What it brought, or a sentence why nothing.
    pub outcome: Result<BroughtChanges, String>,
}

/// What a source brought.
#[derive(Debug)]
pub struct BroughtChanges {
    pub import: FileImport,
    /// The sentence of the journal, if something was taken in.
    pub label: Option<String>,
}

impl App {
    /// Takes over what came back from outside; gives what has to be read again for it.
    pub fn receive(&mut self, message: Message) -> Vec<Read> {
        match message {
            Message::Committed(label) => return self.committed(&label, Action::Undo, "undoes it"),
            Message::Undone(label) => return self.committed(&label, Action::Redo, "does it again"),
            Message::Asked(menu) => self.open(menu),
            Message::Said(text) => {
                self.written();
                self.say(&text);
            }
            Message::Failed(text, hint) => {
                let text = hint.map_or_else(|| text.clone(), |hint| format!("{text}. {hint}"));
                self.say_failure(&text);
                // The form comes back with all that was typed, since nothing of it is written.
                self.overlays.extend(self.sent.take());
            }
            Message::Overtaken(now) => self.overtaken(&now),
            Message::Drafted(draft, text) => self.drafted(draft, text),
            Message::Opened(record) => self.opened(record),
            Message::Weighed(options) => self.weighed(*options),
            Message::Built(view) => self.built(*view),
            Message::Filling(form) => self.open(*form),
            Message::Edited(text) => {
                if let Some(Overlay::Form(form)) = self.overlays.last_mut() {
                    form.edited(&text);
                }
            }
            Message::Considered(text) => {
                if let Some(Overlay::Prompt(prompt)) = self.overlays.last_mut() {
                    prompt.consequence = text;
                }
            }
            Message::Reflecting(form) => self.open(*form),
            Message::History(operations) => {
                for overlay in &mut self.overlays {
                    if let Overlay::History(history) = overlay {
                        history.renew(operations);
                        return Vec::new();
                    }
                }
                self.open(HistoryView::new(operations));
            }
            Message::Listed(folder, entries) => self.listed(folder, entries),
            Message::Found(found) => self.found(*found),
            Message::Unread(request, why) => return self.unread(&request, &why),
            Message::TakenIn(taken) => return self.taken_in(&taken),
            Message::Refreshed(refreshed) => return self.refreshed(&refreshed),
        }
        Vec::new()
    }

    /// Says what was written and the key that takes it back; gives what has to be read again.
    pub(super) fn committed(&mut self, label: &str, back: Action, does: &str) -> Vec<Read> {
        self.written();
        // Marks are for one change: left on, the next key would change them all once more.
        self.intake.unmark();
        self.meetings.marks.clear();
        for board in &mut self.boards {
            board.marks.clear();
        }
        let key = self.keymap.hint(back).unwrap_or_default();
        // The key that takes it back is never what is cut.
        let back = format!("  ·  {key} {does}");
        let room = usize::from(self.size.0).saturating_sub(plain::width(&back) + 6);
        self.say(&format!("{}{back}", plain::cut(label, room)));
        // Those below as well: one step back must not show what was true before the write.
        self.overlays.iter().filter_map(|overlay| overlay.refresh()).collect()
    }

    fn drafted(&mut self, draft: Box<MessageDraft>, text: String) {
        // The line that it was typed into became this draft: no later refusal brings it back.
        self.sent = None;
        // More of the same paste: the draft begins anew with all of it.
        self.overlays.pop_if(|overlay| matches!(overlay, Overlay::Pasted(_)));
        let mut pasted = Pasted::new(draft, text);
        // Left before it was added: with what was typed and taken then.
        if let Some(typed) = self.drafts.of(pasted::IDENTITY)
            && pasted.is_of(typed)
        {
            pasted.retype(typed);
            let key = self.keymap.hint(Action::DropDraft).unwrap_or("drop-draft");
            self.say(&format!("here is the text that you had pasted  ·  {key} throws it away"));
        }
        self.open(pasted);
    }

    fn weighed(&mut self, options: PlanOptions) {
        for overlay in &mut self.overlays {
            if let Overlay::Assign(open) = overlay
                && open.is_same(&options)
            {
                open.renew(options);
                return;
            }
        }
        self.open(AssignView::new(options));
    }

    /// What the open pages read is about to be read again.
    pub fn note_chosen(&mut self, snapshot: &Snapshot) {
        self.on_pages(snapshot, Record::note_chosen);
    }

    /// Chooses in the open pages what was chosen before they were read again.
    pub fn find_chosen(&mut self, snapshot: &Snapshot) {
        self.on_pages(snapshot, Record::find_chosen);
    }

    fn on_pages(&mut self, snapshot: &Snapshot, work: fn(&mut Record, ViewContext<'_>)) {
        let sight = super::sight(&self.keymap, self.theme, self.size, snapshot);
        for overlay in &mut self.overlays {
            if let Overlay::Record(page) = overlay {
                work(page, sight);
            }
        }
    }

    fn opened(&mut self, record: Record) {
        // The answer to a page that is read again is the same as that to a page that is opened.
        for overlay in &mut self.overlays {
            if let Overlay::Record(open) = overlay
                && open.is_same(&record)
            {
                open.renew(record);
                return;
            }
        }
        self.arrive();
        self.overlays.push(record.into());
    }

    /// Takes over a document that was built: into the view that shows it, or a new one.
    pub(super) fn built(&mut self, view: DocView) {
        for overlay in &mut self.overlays {
            if let Overlay::Document(open) = overlay
                && open.is_same(&view)
            {
                open.renew(view);
                return;
            }
        }
        self.arrive();
        self.overlays.push(view.into());
    }
}
