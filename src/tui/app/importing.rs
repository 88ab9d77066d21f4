//! A file on its way in: its path is asked for, it is read beside the keys, and what it would change is shown.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::App;
use super::in_keys::set_in_keys;
use crate::ops::import::MayBeLead;
use crate::ops::import::file::{DateOrder, TakenFile};
use crate::plain;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, FileRequest, FolderListing, FoundFile, Job, Read};
use crate::tui::app::receive::{BroughtChanges, RefreshedSource};
use crate::tui::overlays::Overlay;
use crate::tui::overlays::change_set::ChangePage;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::overlays::path::PathPrompt;
use crate::tui::overlays::path::bytes::written;
use crate::tui::overlays::path::names::home;
use crate::tui::overlays::prompt::{Ask, Prompt};
use crate::tui::overlays::table_columns::ColumnsPage;
use crate::tui::overlays::working::Working;

/// A folder as it is typed: from home on where it lies there, with a stroke at its end.
fn as_typed(folder: &Path) -> String {
    let text = match home().and_then(|home| folder.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => format!("~/{}", written(rest.as_os_str().as_bytes())),
        None => written(folder.as_os_str().as_bytes()),
    };
    if text.is_empty() || text.ends_with('/') { text } else { format!("{text}/") }
}

impl App {
    /// Asks for the path of a file, beginning in the folder of the last one.
    pub(super) fn ask_for_import(&mut self) -> Vec<Effect> {
        let folder = self.import_folder.clone();
        self.ask_for_path(&folder)
    }

    fn ask_for_path(&mut self, text: &str) -> Vec<Effect> {
        let (prompt, listing) = PathPrompt::new(text, home());
        self.open(prompt);
        vec![listing]
    }

    /// Shows that a job is under way.
    pub fn begin_work(&mut self, id: u64, job: &Job) {
        let title = match job {
            Job::ReadFile(request) => format!("Reading {}", name(&request.path)),
            Job::TakeFile(import, _) => format!("Importing {}", name(Path::new(&import.name))),
            Job::ShowOffer(source, None) => format!("Fetching {}", source.name),
            Job::ShowOffer(source, Some(_)) => format!("Comparing {}", source.name),
            Job::TakeOffer(source, ..) => format!("Taking in {}", source.name),
            Job::SavePreset(_) | Job::ListFolder(_) | Job::Refresh(_) => "Working".to_owned(),
        };
        self.overlays.push(Working::new(id, title).into());
    }

    /// Shows how far a job has come.
    pub fn tell_progress(&mut self, id: u64, text: String) {
        for overlay in &mut self.overlays {
            if let Overlay::Working(working) = overlay
                && working.id == id
            {
                working.progress = text;
                return;
            }
        }
    }

    /// Takes the overlay of a job that is done away.
    pub fn end_work(&mut self, id: u64) {
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::Working(working) if working.id == id));
    }

    pub(super) fn listed(&mut self, folder: PathBuf, listing: FolderListing) {
        match self.overlays.last_mut() {
            Some(Overlay::Path(prompt)) => prompt.list(folder, listing),
            Some(Overlay::Form(form)) => form.list(folder, listing),
            _ => {}
        }
    }

    /// Shows what a file would change; its columns, where those are asked for first; or asks how its days are written.
    pub(super) fn found(&mut self, found: FoundFile) {
        // Where a source lies is said in its form; only a path that was typed is where somebody looks for
        // files.
        if let Some(folder) = found.request.path.parent().filter(|_| found.request.brought_by.is_none()) {
            self.import_folder = as_typed(folder);
        }
        if let Some(set) = found.set.clone() {
            let before = self.page_of(&found.request.path);
            self.overlays.retain(|overlay| !matches!(overlay, Overlay::ChangeSet(_) | Overlay::Columns(_)));
            self.arrive();
            let whose = set.may_be_lead.as_ref().map(|who| ask_whose(&found.request, who));
            let path = found.request.path.clone();
            let set = set_in_keys(&set, &self.keymap.hints());
            let mut page = ChangePage::new(found, set);
            let dropped = before.map_or(0, |before| page.carry(&before));
            self.overlays.push(page.into());
            if dropped > 0 {
                let were =
                    if dropped == 1 { "decision was about a line" } else { "decisions were about lines" };
                self.say(&format!("{dropped} {were} that this reading does not have"));
            }
            // Above the page, so that whoever leaves it has lost nothing of the import.
            if let Some(prompt) = whose.filter(|_| self.asked_whose_at.is_none()) {
                self.asked_whose_at = Some(path);
                self.open(prompt);
            }
            return;
        }
        if found.import.file.is_order_open && !found.request.wants_columns {
            self.open(ask_for_order(&found.request));
            return;
        }
        // Whoever asked for it as something is told why it is none of that; of what nobody knows the page says it.
        if let (Err(why), Some(_), false) =
            (&found.import.file.content, found.request.kind, found.request.wants_columns)
        {
            self.say_failure(why);
        }
        for overlay in &mut self.overlays {
            if let Overlay::Columns(open) = overlay
                && open.is_same(&found)
            {
                open.renew(found);
                return;
            }
        }
        // The page of the same file stays below, as it is left again by one step back.
        let path = found.request.path.clone();
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::ChangeSet(page) if !page.is_of(&path)));
        self.arrive();
        self.overlays.push(ColumnsPage::new(found).into());
    }

    /// The page of a file that is read once more.
    fn page_of(&self, path: &Path) -> Option<ChangePage> {
        self.overlays.iter().find_map(|overlay| match overlay {
            Overlay::ChangeSet(page) if page.is_of(path) => Some(ChangePage::clone(page)),
            _ => None,
        })
    }

    /// Says why nothing was read; whoever had just typed the path finds it again.
    pub(super) fn unread(&mut self, request: &FileRequest, why: &str) -> Vec<Read> {
        let is_open = |overlay: &Overlay| matches!(overlay, Overlay::ChangeSet(_) | Overlay::Columns(_));
        self.sent = None;
        if !self.overlays.iter().any(is_open) {
            let folder = as_typed(request.path.parent().unwrap_or(Path::new("")));
            let file = request.path.file_name().map(|file| written(file.as_bytes())).unwrap_or_default();
            let (prompt, _) = PathPrompt::new(&format!("{folder}{file}"), home());
            self.open(prompt);
        }
        self.say_failure(why);
        Vec::new()
    }

    /// Says what a source brought, where a key asked for it or it took it in by itself; what failed while nobody asked
    /// stands in its row and is no news.
    pub(super) fn refreshed(&mut self, refreshed: &RefreshedSource) -> Vec<Read> {
        let name = &refreshed.refresh.source.name;
        match &refreshed.outcome {
            Ok(BroughtChanges { label: Some(label), .. }) => {
                let key = self.keymap.hint(Action::Undo).unwrap_or_default();
                self.say(&format!("{name}: {label}  ·  {key} takes it back"));
                return self.overlays.iter().filter_map(|overlay| overlay.refresh()).collect();
            }
            Ok(_) if refreshed.refresh.is_by_key => self.say(&format!("{name} was fetched")),
            Err(why) if refreshed.refresh.is_by_key => self.say_failure(why),
            Ok(_) | Err(_) => {}
        }
        Vec::new()
    }

    /// Says what was taken in, with the key that takes it back.
    pub(super) fn taken_in(&mut self, taken: &TakenFile) -> Vec<Read> {
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::ChangeSet(_) | Overlay::Columns(_)));
        if taken.operation.is_none() {
            self.say("nothing to change: it is so already");
            return Vec::new();
        }
        self.committed(&taken.label, Action::Undo, "undoes it")
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    plain::harmless(&name).into_owned()
}

/// Nobody said yet which of those invited to the meetings of a calendar the lead is.
fn ask_whose(request: &FileRequest, who: &MayBeLead) -> Prompt {
    let ask = Ask::OwnNames(Box::new(request.clone()), Box::new(who.clone()));
    Prompt::new(ask, "Which of those invited are you? Address; name".to_owned(), &who.proposed.join("; "))
}

/// Nothing in a file says whether its days begin with the day or the month.
fn ask_for_order(request: &FileRequest) -> Menu {
    let order = |order| {
        let request = FileRequest { order: Some(order), ..request.clone() };
        Pick::Do(Effect::Job(Job::ReadFile(Box::new(request))))
    };
    let choices = vec![
        Choice {
            key: 'd',
            label: "day first: 03/04 is the third of April".to_owned(),
            pick: order(DateOrder::DayFirst),
        },
        Choice {
            key: 'm',
            label: "month first: 03/04 is the fourth of March".to_owned(),
            pick: order(DateOrder::MonthFirst),
        },
        Choice { key: 'x', label: "leave it".to_owned(), pick: Pick::Leave },
    ];
    Menu::new(format!("How does {} write its days? Nothing in it says so", name(&request.path)), choices)
}
