//! What must happen outside the state: plain data that carries the keys of the rows that were seen when
//! the key was pressed, never "the selected one".

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::difference::Difference;
use crate::domain::field::Field;
use crate::domain::ids::{OperationId, PersonId, RequestId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::reflection::Reflection;
use crate::domain::source::DataSource;
use crate::domain::stage::Stage;
use crate::domain::view::View;
use crate::ops::books::Receipt;
use crate::ops::docs::brief::Remark;
use crate::ops::docs::standup::RemarkPlace;
use crate::ops::forget::{Copies, Subject};
use crate::ops::import::change_set::ChangeSet;
use crate::ops::import::file::{DateOrder, FileImport, FileKind, LineDecisions};
use crate::ops::import::presets::PresetText;
use crate::ops::meetings::MeetingChange;
use crate::ops::message::MessageDraft;
use crate::ops::plan::Plan;
use crate::ops::sheet::{FormTarget, Texts};

/// One thing to do outside, by who does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The store is written.
    Write(Write),
    /// The store is written, whose rows were looked through before: as long as that is what would come of it.
    Previewed(Write, Tried),
    /// The store is read.
    Read(Read),
    /// Neither.
    Screen(Screen),
    /// What may take longer than a key: it is done beside the keys.
    Job(Job),
}

/// What a change would make of its records, in their order, or why it would be refused.
pub type Tried = Result<Vec<Vec<Difference>>, String>;

/// What is done beside the keys, and says how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// List a folder, for the completion of a path.
    ListFolder(PathBuf),
    /// Read a file and work out what it would do.
    ReadFile(Box<FileRequest>),
    /// Take a file in, as far as it was decided.
    TakeFile(Box<FileImport>, Box<LineDecisions>),
    /// Save what columns fill as a preset.
    SavePreset(Box<PresetText>),
    /// Show what a source offers; it is fetched first, unless what it brought last is at hand.
    ShowOffer(Box<DataSource>, Option<Box<FileImport>>),
    /// Take in what a source offers, as far as it was decided.
    TakeOffer(Box<DataSource>, Box<FileImport>, Box<LineDecisions>),
    /// Fetch a source while nobody waits for it, and offer what is new, or take it in.
    Refresh(Box<SourceRefresh>),
}

/// A source to fetch beside the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRefresh {
    pub source: DataSource,
    /// What is new is taken in at once.
    pub applies: bool,
    /// A key asked for it, which is told what came of it.
    pub is_by_key: bool,
}

/// A file to read and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileRequest {
    pub path: PathBuf,
    /// What it is; without it, it is recognised.
    pub kind: Option<FileKind>,
    /// A preset by name.
    pub preset: Option<String>,
    /// Columns and what they fill.
    pub maps: Vec<(String, String)>,
    /// The sheet of a workbook; without it, the one that fits best.
    pub sheet: Option<String>,
    /// Day or month first.
    pub order: Option<DateOrder>,
    /// Under which name its requests are kept.
    pub source: Option<String>,
    /// Its columns are to be shown, not what it would do.
    pub wants_columns: bool,
    /// The source that brought it, which says by itself how it is read.
    pub brought_by: Option<Box<DataSource>>,
}

impl FileRequest {
    /// The same file as another kind of list; what was said of its columns is not meant for that one.
    pub fn as_kind(&self, kind: FileKind) -> Self {
        Self { kind: Some(kind), maps: Vec::new(), preset: None, ..self.clone() }
    }
}

/// What stands in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderEntry {
    pub name: String,
    pub is_folder: bool,
    /// A folder that calendar files lie in, which are read together.
    pub holds_calendars: bool,
}

/// All that stands in a folder, or why that cannot be said.
pub type FolderListing = Result<Vec<FolderEntry>, String>;

/// A file that was read as it was asked, and what it would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    pub request: FileRequest,
    pub import: FileImport,
    /// Nothing where its columns have to be said first, or which way its days are written.
    pub set: Option<Arc<ChangeSet>>,
    /// What is wrong with presets of the user's own.
    pub faults: Vec<String>,
}

/// What is written. Each is one change that can be undone, all but [`Write::Forget`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Add a request from a line.
    Add(String),
    /// Add the request that a mail or chat asks for, with a line of quick add over it.
    AddMessage(Box<MessageDraft>, String),
    /// Change requests by a line.
    Modify(Vec<RequestId>, String),
    /// Changes records of any kind by one line.
    ModifyRows(Vec<RecordKey>, String),
    /// Change rows of a list by edited lines.
    ApplyText(String),
    /// Set fields of requests.
    SetFields(Vec<RequestId>, Vec<(Field, String)>),
    /// Set fields to what the lead insists on, whatever the ladder says of it.
    KeepAsSaid(RequestId, Vec<(Field, String)>),
    /// Move requests to a stage, with a reason.
    Move(Vec<RequestId>, Stage, String),
    /// Block requests for a reason, or unblock them.
    Block(Vec<RequestId>, Option<String>),
    /// Copy the questions about what is missing and move to clarifying.
    Clarify(Vec<RequestId>),
    /// Do what was planned.
    Commit(Box<Plan>),
    /// Do what was planned, and move another request by some working days for it.
    Swap(Box<Plan>, RequestId, u32),
    /// Lay what somebody holds anew, so that no day looks over.
    Reshape(PersonId),
    /// Take requests from everybody who holds them.
    Unassign(Vec<RequestId>),
    /// Write the changed fields of a record; and what stood in them when its form was opened.
    Save(FormTarget, Texts, Texts),
    /// Take a record away.
    Remove(FormTarget),
    /// Take the words of something, or of one of its fields, out of everything that is kept.
    Forget(Subject, Option<&'static str>, Copies),
    /// File a record of a kind from one line.
    Capture(Kind, String),
    /// Make one of two stakeholders.
    MergeStakeholders(RecordKey, RecordKey),
    /// Set fields of records of the books, each of its own.
    SetEntries(Vec<(RecordKey, Texts)>),
    /// Link two records, or take their link away.
    Tie(RecordKey, RecordKey),
    /// Keep records from others, or show them to others again.
    Keep(Vec<RecordKey>, bool),
    /// Note that the standup has ended.
    EndStandup,
    /// Note a remark for the standup about something.
    Remark(RemarkPlace, String),
    /// Write fields of the brief for a meeting.
    SaveBrief(OccurrenceKey, Texts),
    /// Keep the brief for a meeting as it is shown.
    FreezeBrief(OccurrenceKey),
    /// Take the suggestion of the altitude lint.
    TakeRemark(OccurrenceKey, Box<Remark>),
    /// Wave a suggestion of the altitude lint off for good.
    WaveOff(Box<Remark>),
    /// Store a reflection.
    Reflect(Box<Reflection>),
    /// Ask for no reflection on meetings any more; cancel those that are to come.
    WaveReflection(Vec<OccurrenceKey>),
    /// Move a meeting to a day and time as they were typed.
    MoveMeeting(OccurrenceKey, String),
    /// Remove meetings with all of their series.
    RemoveMeeting(Vec<OccurrenceKey>),
    /// Bring a cancelled meeting or a removed series back.
    ReinstateMeeting(OccurrenceKey),
    /// Say the same of meetings: of what kind they are, what should be different afterwards, if … then ….
    ChangeMeetings(Vec<OccurrenceKey>, Box<MeetingChange>),
    /// Remove a source; what came from it stays.
    RemoveSource(Box<DataSource>),
    /// Undo the newest operation of this cockpit, or the one named.
    Undo(Option<OperationId>),
    /// Do again.
    Redo,
}

impl Write {
    /// True if it can move hours of the load, and does nothing but write: it may be tried out on a copy.
    pub const fn moves_load(&self) -> bool {
        matches!(self, Self::Add(_) | Self::Modify(..) | Self::SetFields(..) | Self::Move(..))
    }
}

/// What is read, to be opened or shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// Work out who could do what is planned, and at what cost.
    Weigh(Box<Plan>),
    /// Read a request with all that touches it.
    OpenRequest(RequestId),
    /// Work out what another value of a field would mean.
    Consider(RequestId, Field, String),
    /// Make a draft of a request of a pasted text.
    DraftMessage(String),
    /// Show the arithmetic of a request.
    Explain(RequestId),
    /// Read a person with all that touches them.
    OpenPerson(PersonId),
    /// Read a meeting with the reflections of its series.
    OpenMeeting(OccurrenceKey),
    /// Ask which of the cancelled meetings of some days is to come back.
    CancelledMeetings(NaiveDate, NaiveDate),
    /// Read what lies in a cell of the load.
    OpenCell {
        /// Whose.
        handle: String,
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// Show a discipline with its people.
    OpenDiscipline(String, Vec<PersonId>),
    /// Show requests under a title.
    OpenList(String, Vec<RequestId>),
    /// Open the form of a record.
    OpenForm(FormTarget),
    /// Read a record of the books with all that touches it.
    OpenEntry(RecordKey),
    /// Read the rows behind a figure.
    OpenReceipt(Box<Receipt>),
    /// Opens what the figures of the header were counted from.
    OpenFigures,
    /// Build the standup.
    Standup,
    /// Build the brief for a meeting, or for the next one of kind leadership.
    Brief(Option<OccurrenceKey>),
    /// Build the review of the week of a day.
    Week(NaiveDate),
    /// Build the evidence of the quarter of a day.
    Quarter(NaiveDate),
    /// Open the reflection form.
    StartReflection(OccurrenceKey),
    /// Read the journal.
    History,
}

/// What happens to the screen, the terminal or the loop itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// Edit rows of a list as lines in the user's own editor: printed anew, or as they were left with what was wrong.
    EditRows(Vec<RecordKey>, Option<String>),
    /// Put records on the clipboard, a line each; the text says what they are.
    CopyRows(Vec<RecordKey>, String),
    /// Edit a text in the user's own editor.
    EditText(String),
    /// Put text on the clipboard; the second text says what it is.
    Copy(String, String),
    /// Save what was copied last beside the store, and show it.
    ShowCopied,
    /// What changed meanwhile was read.
    Looked,
    /// Remember where the cockpit stands, before anything could go wrong.
    RememberPlace,
    /// Read everything again, for other days.
    Reload,
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Fetch sources again by their names, beside the keys.
    RefreshSources(Vec<String>),
    /// Keep which names are the lead's own, as they were typed, and read the file again that asked for them.
    KeepOwnNames(String, Box<FileRequest>),
    /// Let a source run on this machine.
    ConfirmSource(String),
    /// Keep a saved view in the configuration, in the place of the one of a name.
    KeepView(String, Box<View>),
    /// Take a saved view out of the configuration.
    DropView(String),
    /// Paint everything anew.
    Redraw,
    /// Save a copy of a store whose files were exchanged.
    SaveCopy,
    /// Open what lies there now instead.
    OpenAnew,
    /// Go to the shell.
    Suspend,
    /// End.
    Quit,
}

impl Effect {
    /// How a record of any kind is opened.
    pub fn open(key: &RecordKey) -> Self {
        match key {
            RecordKey::Meeting(meeting) => Self::Read(Read::OpenMeeting(meeting.clone())),
            RecordKey::Numbered(Kind::Request, number) => Self::Read(Read::OpenRequest(RequestId(*number))),
            RecordKey::Numbered(..) => Self::Read(Read::OpenEntry(key.clone())),
        }
    }
}

impl Write {
    /// True if it may be done a little later, should another program be writing. Undo and redo may not: a moment later
    /// the newest operation is another one. Forgetting waits for nobody: it was asked for with a question.
    pub const fn can_wait(&self) -> bool {
        !matches!(self, Self::Undo(_) | Self::Redo | Self::Forget(..))
    }
}
