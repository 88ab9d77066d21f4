//! What may take longer than a key: reading a file apart, working out what it would do, taking it in. Each job runs beside
//! the keys on a connection of its own, says how far it has come, and ends without a trace when nobody waits for it any
//! more. A rehearsal without files does the same at once, on the desk that it has.

mod folders;

use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::os::unix::net::UnixStream;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::background::{Background, THREAD};
use super::fetching::{self, FetchContext};
use super::{Cockpit, Message};
use crate::domain::ids::OperationId;
use crate::foreign::{Attendant, Foreign};
use crate::ops::import::file::{FileImport, FileQuestion, ReadFile, RequestOptions};
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::import::presets;
use crate::ops::sources::{Machine, tables};
use crate::ops::{Desk, OpsError, cause};
use crate::store::{Store, Tables};
use crate::tui::app::effect::{FileRequest, FoundFile, Job};
use crate::tui::overlays::Overlay;
use folders::{Answers, OTHER_ANSWER};

/// How often a job says how far it has come.
const PACE: Duration = Duration::from_millis(120);

/// The way to the bytes of a file.
#[derive(Clone, Copy)]
pub struct FileAccess {
    read: fn(&Asked, &[PathBuf], Attendant) -> Result<Answers, String>,
    /// Jobs run beside the keys.
    pub is_apart: bool,
}

impl FileAccess {
    /// By a child of the program, beside the keys.
    pub const APART: Self = Self { read: apart, is_apart: true };
    /// In this process and at once: for rehearsals, whose program is not this one.
    pub const HERE: Self = Self { read: here, is_apart: false };
}

fn apart(asked: &Asked, files: &[PathBuf], attendant: Attendant) -> Result<Answers, String> {
    let reader = Foreign::own().map_err(|error| error.to_string())?.attended_by(attendant);
    reader.all(asked, files).map_err(|error| error.to_string())
}

fn here(asked: &Asked, files: &[PathBuf], _: Attendant) -> Result<Answers, String> {
    let read = |file: &PathBuf| {
        let bytes = fs::read(file)
            .map_err(|error| format!("cannot read {}: {}", file.display(), cause::of(&error, file)))?;
        Ok(asked.read(&bytes))
    };
    files.iter().map(read).collect()
}

/// What comes from a job, with its number.
enum Told {
    /// How far it has come.
    Progress(u64, String),
    Done(u64, Message),
}

/// The jobs of a cockpit. One at a time reads or writes; folders are listed whenever somebody types.
pub struct Jobs {
    pub access: FileAccess,
    /// The user's own presets.
    pub presets: Option<PathBuf>,
    told: Receiver<Told>,
    sender: Sender<Told>,
    rope: UnixStream,
    pub newest: u64,
    /// The one that is waited for, and how it is stopped.
    current: Option<(u64, Arc<AtomicBool>)>,
}

impl Jobs {
    /// Jobs that ring a bell when they have something to say.
    ///
    /// # Errors
    /// When the system has no descriptor left.
    pub fn new(background: &Background) -> io::Result<Self> {
        let (sender, told) = mpsc::channel();
        let rope = background.rope()?;
        Ok(Self { access: FileAccess::APART, presets: None, told, sender, rope, newest: 0, current: None })
    }
}

/// What a job needs besides a desk.
struct JobContext<'a> {
    access: FileAccess,
    presets: Option<PathBuf>,
    machine: Option<Machine>,
    /// Told how far it has come; false ends it.
    goes_on: &'a (dyn Fn(&str) -> bool + Sync),
    attendant: Attendant,
}

impl Cockpit {
    /// Begins a job; without files to open again it is done at once.
    pub(super) fn start(&mut self, job: Job) {
        let Some(job) = self.ready(job) else { return };
        self.jobs.newest += 1;
        let id = self.jobs.newest;
        let files = self.desk.store.files().filter(|_| self.jobs.access.is_apart);
        let (access, presets, machine) =
            (self.jobs.access, self.jobs.presets.clone(), self.sources.machine.clone());
        let Some(files) = files else {
            let attendant: Attendant = Arc::new(|_| true);
            let context = JobContext { access, presets, machine, goes_on: &|_| true, attendant };
            let message = run(job, &mut self.desk, &context);
            self.finished(message);
            return;
        };
        let stop = Arc::new(AtomicBool::new(false));
        // Nobody waits for these two, so they have no page whose closing would stop them.
        if !matches!(job, Job::ListFolder(_) | Job::Refresh(_)) {
            self.jobs.current = Some((id, Arc::clone(&stop)));
            self.app.begin_work(id, &job);
        }
        let (config, clock, origin) = (self.desk.config.clone(), self.desk.clock.clone(), self.desk.origin);
        let what = match &job {
            Job::Refresh(refresh) => format!("fetching {}", refresh.source.name),
            _ => "the import".to_owned(),
        };
        let voice = self.jobs.sender.clone();
        let Ok(rope) = self.jobs.rope.try_clone() else { return self.lose_job(id) };
        let work = move || {
            let tell = |told: Told| {
                let _ = voice.send(told);
                let _ = (&rope).write_all(b"!");
            };
            let paced = Paced::new();
            let goes_on = |text: &str| {
                if paced.is_due() {
                    tell(Told::Progress(id, text.to_owned()));
                }
                !stop.load(Ordering::Relaxed)
            };
            let attendant = attendant(id, &job, &stop, (&voice, &rope));
            let context = JobContext { access, presets, machine, goes_on: &goes_on, attendant };
            let done = panic::catch_unwind(AssertUnwindSafe(|| {
                let store = Store::again(&files)?;
                Ok::<_, OpsError>(run(job, &mut Desk::new(store, config, clock, origin), &context))
            }));
            let message = match done {
                Ok(Ok(message)) => message,
                Ok(Err(error)) => Message::Failed(error.to_string(), error.hint()),
                Err(_) => Message::Failed(format!("a fault of this program stopped {what}"), None),
            };
            tell(Told::Done(id, message));
        };
        if thread::Builder::new().name(THREAD.into()).spawn(work).is_err() {
            self.lose_job(id);
        }
    }

    /// A job that could not be begun has failed: its page would say for ever that it is under way, and what
    /// waits for it would go on waiting.
    fn lose_job(&mut self, id: u64) {
        let told = "the system has no room for one more task".to_owned();
        let message = Message::Failed(told, Some("Close other programs and do it again.".to_owned()));
        let _ = self.jobs.sender.send(Told::Done(id, message));
        self.hear_jobs();
    }

    /// Takes over what jobs have to say; true if the picture may have changed.
    pub(super) fn hear_jobs(&mut self) -> bool {
        let told: Vec<Told> = self.jobs.told.try_iter().collect();
        let is_news = !told.is_empty();
        for told in told {
            match told {
                Told::Progress(id, text) => self.app.tell_progress(id, text),
                Told::Done(id, message) => {
                    let is_current = self.jobs.current.as_ref().is_some_and(|(current, _)| *current == id);
                    if is_current {
                        self.jobs.current = None;
                        self.app.end_work(id);
                    }
                    // What was taken in before it could be stopped is taken in.
                    // A source has no page on which it would be missed.
                    let is_wanted = is_current
                        || matches!(message, Message::Failed(..)) && self.is_of_source(id)
                        || matches!(
                            message,
                            Message::Listed(..) | Message::TakenIn(_) | Message::Refreshed(_)
                        );
                    if is_wanted {
                        self.finished(message);
                    }
                    self.refresh_ended(id);
                }
            }
        }
        is_news
    }

    /// Stops the job whose overlay was closed: whoever leaves it does not want it any more.
    pub(super) fn stop_what_was_left(&mut self) {
        let Some((id, stop)) = &self.jobs.current else { return };
        let is_open = |overlay: &Overlay| matches!(overlay, Overlay::Working(working) if working.id == *id);
        if !self.app.overlays.iter().any(is_open) {
            stop.store(true, Ordering::Relaxed);
            self.jobs.current = None;
            self.app.say("stopped; nothing was changed");
        }
    }

    fn finished(&mut self, message: Message) {
        if let Message::TakenIn(taken) = &message
            && let Some(operation) = taken.operation
        {
            // It was written on a connection of its own, and undo would take it for another program's.
            self.desk.store.own(OperationId(operation));
            self.reload(Tables::ALL);
            self.note_log();
        }
        self.hear_of_source(&message);
        for read in self.app.receive(message) {
            self.refresh(read);
        }
    }
}

/// Says once in a while that it is time to say something.
struct Paced {
    last: std::sync::Mutex<Instant>,
}

impl Paced {
    fn new() -> Self {
        Self { last: std::sync::Mutex::new(Instant::now()) }
    }

    fn is_due(&self) -> bool {
        // Whoever holds it is asking the same.
        let Ok(mut last) = self.last.try_lock() else { return false };
        let is_due = last.elapsed() >= PACE;
        if is_due {
            *last = Instant::now();
        }
        is_due
    }
}

/// Tells for how long a file has been read.
fn attendant(
    id: u64,
    job: &Job,
    stop: &Arc<AtomicBool>,
    (voice, rope): (&Sender<Told>, &UnixStream),
) -> Attendant {
    let (stop, voice) = (Arc::clone(stop), std::sync::Mutex::new(voice.clone()));
    let size = match job {
        Job::ReadFile(request) => fs::metadata(&request.path).map_or(0, |about| about.len()),
        _ => 0,
    };
    let Ok(rope) = rope.try_clone() else { return Arc::new(|_| true) };
    Arc::new(move |since: Duration| {
        let told = format!(
            "reading {}, {} s",
            crate::domain::bounds::size(usize::try_from(size).unwrap_or(0)),
            since.as_secs()
        );
        if let Ok(voice) = voice.lock() {
            let _ = voice.send(Told::Progress(id, told));
            let _ = (&rope).write_all(b"!");
        }
        !stop.load(Ordering::Relaxed)
    })
}

/// Does a job; what came of it, whether it went well or not, is a message.
fn run(job: Job, desk: &mut Desk, context: &JobContext<'_>) -> Message {
    match job {
        Job::ListFolder(folder) => {
            let listing = folders::entries(&folder);
            Message::Listed(folder, listing)
        }
        Job::ReadFile(request) => match read(&request, desk, context) {
            Ok(found) => found,
            Err(why) => Message::Unread(request, why),
        },
        Job::TakeFile(import, decisions) => {
            let mut progress = |done: usize, all: usize| counted("taking in", done, all, context);
            match desk.take_file(&import, &decisions, &mut progress) {
                Ok(taken) => Message::TakenIn(taken),
                Err(error) => Message::Failed(error.to_string(), error.hint()),
            }
        }
        Job::ShowOffer(source, import) => fetching::show(&source, import, desk, &fetch_context(context)),
        Job::TakeOffer(source, import, decisions) => {
            let mut progress = |done: usize, all: usize| counted("taking in", done, all, context);
            match desk.take_offer(&source, &import, &decisions, &mut progress) {
                Ok(taken) => Message::TakenIn(taken),
                Err(error) => Message::Failed(error.to_string(), error.hint()),
            }
        }
        Job::Refresh(refresh) => fetching::refresh(*refresh, desk, &fetch_context(context)),
        Job::SavePreset(draft) => {
            let Some(folder) = &context.presets else {
                let why = "there is no folder for presets here: the demo keeps nothing";
                return Message::Failed(why.to_owned(), None);
            };
            match presets::save(folder, &draft) {
                Ok(path) => Message::Said(format!(
                    "saved as {}: files with these columns are read so from now on",
                    path.display()
                )),
                Err(error) => Message::Failed(error.to_string(), error.hint()),
            }
        }
    }
}

fn fetch_context<'a>(context: &'a JobContext<'_>) -> FetchContext<'a> {
    FetchContext {
        machine: context.machine.as_ref(),
        presets: context.presets.as_deref(),
        read: Box::new(|asked, files| (context.access.read)(asked, files, Arc::clone(&context.attendant))),
        goes_on: context.goes_on,
    }
}

fn counted(what: &str, done: usize, all: usize, context: &JobContext<'_>) -> ControlFlow<()> {
    // The last rows are followed by what joins them, which takes a while as well.
    if (context.goes_on)(&format!("{what}: {done} of {all} rows")) {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    }
}

fn read(request: &FileRequest, desk: &mut Desk, context: &JobContext<'_>) -> Result<Message, String> {
    let is_folder = request.path.is_dir();
    if is_folder && folders::is_of_calendars(request) {
        let asked = Asked::new(ForeignKind::Calendar(desk.config.own_names.clone()), &desk.clock);
        let read = |files: &[PathBuf]| (context.access.read)(&asked, files, Arc::clone(&context.attendant));
        let file = folders::read_calendars(&request.path, &read)?;
        let import = FileImport::new(request.path.to_string_lossy().into_owned(), file, None);
        let faults = folders::passed_over(&request.path).into_iter().collect();
        let found = FoundFile { request: request.clone(), import, set: None, faults };
        return compared(found, desk, context);
    }
    let (own, faults) = match &context.presets {
        Some(folder) => presets::usable(presets::own(folder)?, request.preset.as_deref()),
        None => (Vec::new(), Vec::new()),
    };
    let options = RequestOptions {
        preset: request.preset.clone(),
        maps: request.maps.clone(),
        sheet: request.sheet.clone(),
        order: request.order,
        now: desk.stamp().at,
    };
    let own_names = desk.config.own_names.clone();
    let mut question = FileQuestion { kind: request.kind, presets: own, options, own_names };
    if is_folder {
        return read_tables(&question, request, desk, (context, faults));
    }
    let mut file = read_apart(&question, request, desk, context)?;
    let FoundWay { wants_columns, fault } = FoundWay::of(request, &file);
    if wants_columns && file.content.is_err() && request.maps.is_empty() {
        // Once more with what is proposed, so that its first rows can be seen.
        question.options.maps = file.maps();
        file = read_apart(&question, request, desk, context)?;
    }
    let import =
        FileImport::new(request.path.to_string_lossy().into_owned(), file, request.source.as_deref());
    let found = FoundFile { request: request.clone(), import, set: None, faults };
    if wants_columns {
        return Ok(Message::Found(Box::new(found)));
    }
    if let Some(fault) = fault {
        return if found.import.file.is_order_open {
            Ok(Message::Found(Box::new(found)))
        } else {
            Err(fault)
        };
    }
    compared(found, desk, context)
}

/// All tables of a folder.
fn read_tables(
    question: &FileQuestion,
    request: &FileRequest,
    desk: &mut Desk,
    (context, faults): (&JobContext<'_>, Vec<String>),
) -> Result<Message, String> {
    let found = tables(&request.path).map_err(|fault| OpsError::from(fault).to_string())?;
    let files: Vec<PathBuf> = found.into_iter().map(|look| look.path).collect();
    let asked = Asked::new(ForeignKind::File(Box::new(question.clone())), &desk.clock);
    let file = |answer: Result<ForeignContent, String>| match answer? {
        ForeignContent::File(file) => Ok(file),
        _ => Err(OTHER_ANSWER.to_owned()),
    };
    let answers = (context.access.read)(&asked, &files, Arc::clone(&context.attendant))?;
    let file = folders::joined_files(&files, answers.into_iter().map(file).collect())?;
    let is_order_open = file.is_order_open && request.order.is_none();
    let name = request.path.to_string_lossy().into_owned();
    let import = FileImport::new(name, file, request.source.as_deref());
    let found = FoundFile { request: request.clone(), import, set: None, faults };
    if is_order_open { Ok(Message::Found(Box::new(found))) } else { compared(found, desk, context) }
}

/// A file that was read, with what it would do.
fn compared(mut found: FoundFile, desk: &mut Desk, context: &JobContext<'_>) -> Result<Message, String> {
    let mut progress = |done: usize, all: usize| counted("comparing", done, all, context);
    let set = desk.rehearse_file(&found.import, &mut progress).map_err(|error| error.to_string())?;
    found.set = Some(Arc::new(set));
    Ok(Message::Found(Box::new(found)))
}

fn read_apart(
    question: &FileQuestion,
    request: &FileRequest,
    desk: &Desk,
    context: &JobContext<'_>,
) -> Result<ReadFile, String> {
    let asked = Asked::new(ForeignKind::File(Box::new(question.clone())), &desk.clock);
    let files = [request.path.clone()];
    let answer = (context.access.read)(&asked, &files, Arc::clone(&context.attendant))?.pop();
    match answer.unwrap_or_else(|| Err("nothing was read".to_owned()))? {
        ForeignContent::File(file) => Ok(file),
        _ => Err(OTHER_ANSWER.to_owned()),
    }
}

/// Where a file that was read leads.
struct FoundWay {
    /// To its columns: as asked, or since nothing is known of them.
    wants_columns: bool,
    fault: Option<String>,
}

impl FoundWay {
    fn of(request: &FileRequest, file: &ReadFile) -> Self {
        let fault = file.content.as_ref().err().cloned();
        let is_unknown = fault.is_some() && !file.is_order_open;
        let wants_columns = (request.wants_columns || is_unknown) && !file.columns().is_empty();
        Self { wants_columns, fault }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::import::file::{ColumnChoice, FileKind, TableChoices};

    fn unread(is_order_open: bool, columns: usize) -> ReadFile {
        let column = ColumnChoice { name: "Was".to_owned(), samples: Vec::new(), field: None };
        ReadFile {
            kind: FileKind::Requests,
            content: Err("nothing is known of it".to_owned()),
            table: TableChoices { columns: vec![column; columns], ..TableChoices::default() },
            is_order_open,
        }
    }

    #[test]
    fn a_table_that_nothing_is_known_of_leads_to_its_columns() {
        let asked = FileRequest::default();
        assert!(FoundWay::of(&asked, &unread(false, 2)).wants_columns);
        assert!(!FoundWay::of(&asked, &unread(true, 2)).wants_columns, "its days are asked about first");
        assert!(!FoundWay::of(&asked, &unread(false, 0)).wants_columns, "it is no table");
        let said = FileRequest { kind: Some(FileKind::Requests), ..FileRequest::default() };
        assert!(FoundWay::of(&said, &unread(false, 2)).wants_columns, "there it can be said what they are");
        let wanted = FileRequest { wants_columns: true, ..said };
        assert!(FoundWay::of(&wanted, &unread(false, 2)).wants_columns);
    }

    #[test]
    fn how_far_a_job_has_come_is_not_said_with_every_row() {
        let paced = Paced::new();
        assert!(!paced.is_due());
        thread::sleep(PACE);
        assert!(paced.is_due() && !paced.is_due());
    }
}
