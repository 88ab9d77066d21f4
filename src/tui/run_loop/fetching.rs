//! A source that is fetched beside the keys: got, read by the child that reads foreign files, and offered or taken in.
//! What went wrong on the way is noted with the source, so that its row says it; what was there stands.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::source::DataSource;
use crate::ops::import::file::FileImport;
use crate::ops::import::foreign::{Asked, ForeignContent};
use crate::ops::import::lines::LineChoice;
use crate::ops::import::presets;
use crate::ops::sources::{self, Machine, SourceChoice};
use crate::ops::{Desk, OpsError};
use crate::tui::app::effect::{FileRequest, FoundFile, SourceRefresh};
use crate::tui::app::{BroughtChanges, Message, RefreshedSource};

/// How files are read: each with what it holds, or why nothing could be made of it.
type ReadFiles<'a> = dyn Fn(&Asked, &[PathBuf]) -> Result<Vec<Result<ForeignContent, String>>, String> + 'a;

/// What fetching needs besides a desk.
pub struct FetchContext<'a> {
    /// What this machine lets run; nothing in a made-up studio.
    pub machine: Option<&'a Machine>,
    /// The folder of the user's own presets.
    pub presets: Option<&'a Path>,
    pub read: Box<ReadFiles<'a>>,
    /// Told how far it has come; false ends it.
    pub goes_on: &'a (dyn Fn(&str) -> bool + Sync),
}

/// Fetches a source while nobody waits for it.
pub fn refresh(refresh: SourceRefresh, desk: &mut Desk, context: &FetchContext<'_>) -> Message {
    let outcome = fetch(&refresh.source, refresh.applies, desk, context);
    let outcome = outcome.map_err(|error| told(&error));
    Message::Refreshed(Box::new(RefreshedSource { refresh, outcome }))
}

/// What a source offers as a page of changes; it is fetched first where it is not at hand.
pub fn show(
    source: &DataSource,
    import: Option<Box<FileImport>>,
    desk: &mut Desk,
    context: &FetchContext<'_>,
) -> Message {
    let failed = |error: &OpsError| Message::Failed(error.to_string(), error.hint());
    let import = match import {
        Some(import) => *import,
        None => match fetch(source, false, desk, context) {
            Ok(brought) => brought.import,
            Err(error) => return failed(&error),
        },
    };
    let mut progress = |done: usize, all: usize| {
        let goes_on = (context.goes_on)(&format!("comparing: {done} of {all} rows"));
        if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    match desk.rehearse_file(&import, &mut progress) {
        Ok(set) => {
            let request = FileRequest {
                path: PathBuf::from(&source.name),
                kind: Some(import.file.kind),
                brought_by: Some(Box::new(source.clone())),
                ..FileRequest::default()
            };
            let set = Some(Arc::new(set));
            Message::Found(Box::new(FoundFile { request, import, set, faults: Vec::new() }))
        }
        Err(error) => failed(&error),
    }
}

fn fetch(
    source: &DataSource,
    applies: bool,
    desk: &mut Desk,
    context: &FetchContext<'_>,
) -> Result<BroughtChanges, OpsError> {
    let brought = fetch_and_take(source, applies, desk, context);
    if let Err(error) = &brought
        // A fetch that somebody stopped is no failure of its source.
        && (context.goes_on)("")
    {
        // A store that cannot be written now says so where it matters; this is only tried again.
        let _ = desk.note_source_failure(source, error);
    }
    brought
}

fn fetch_and_take(
    source: &DataSource,
    applies: bool,
    desk: &mut Desk,
    context: &FetchContext<'_>,
) -> Result<BroughtChanges, OpsError> {
    let unread = |message: String| OpsError::NotFetched {
        message: format!("{}: {message}", source.name),
        hint: Some("What came from it before stands.".to_owned()),
    };
    let fetched = desk.fetch_job(context.machine, &source.name)?.fetch()?;
    // Whoever left while it was fetched wants nothing of it any more.
    if !(context.goes_on)("reading what was fetched") {
        return Err(OpsError::stopped());
    }
    let wanted = Some(source.preset.as_str()).filter(|preset| !preset.is_empty());
    let presets = match context.presets {
        Some(folder) => presets::usable(presets::own(folder).map_err(unread)?, wanted).0,
        None => Vec::new(),
    };
    let asked = desk.source_question(source, presets);
    let answers = (context.read)(&asked, &fetched.files).map_err(unread)?;
    let brought = sources::source_content(source, &fetched, answers)?;
    let lines = LineChoice::default();
    let choice = SourceChoice { applies, lines: &lines, progress: &mut |_, _| {} };
    let taken = desk.take_content(source, &fetched, brought.clone(), choice)?;
    let label = match taken.operation {
        Some(operation) => {
            // Others may have written since, so it need not be the newest one.
            let newest = desk.history(Some(20))?;
            newest.into_iter().find(|known| known.id.0 == operation).map(|known| known.label)
        }
        None => None,
    };
    Ok(BroughtChanges { import: sources::offered_file(source, brought), label })
}

fn told(error: &OpsError) -> String {
    error.hint().map_or_else(|| error.to_string(), |hint| format!("{error}. {hint}"))
}
