//! Files of other programs are read by a child of this program: what a file can break is then a process that holds
//! neither store nor terminal. The child limits itself before it reads the first byte; whoever asks has a deadline and
//! a bound to the answer. What comes back is data, never half of it, or a sentence.
//!
//! To the child go a line of JSON that says what is asked, and the files in pieces, each piece after its length, a
//! length of nothing after the last; back comes a line of JSON for each file.

mod child;
mod watch;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use crate::domain::bounds;
use crate::ops::cause;
use crate::ops::import::foreign::{Asked, ForeignContent};

pub use child::run;
use watch::{Watch, WatchedOutput};

/// The word by which this program knows that it is to read for another of its kind.
pub const WORD: &str = "read-foreign-files";

/// So many files and so many bytes are read by one child; a larger file has one for itself.
const FILES: usize = 64;
const BYTES: u64 = 4 << 20;
/// How long the child may be silent while it has all that it needs. Its own limit of processor time ends it sooner.
const DEADLINE: Duration = Duration::from_mins(1);
/// How much the child may answer in all, in bytes.
const ANSWER: u64 = 512 << 20;

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    /// The file, or the child that should read it, cannot be used.
    #[error("{0}")]
    Io(String),
    /// The file holds nothing that can be taken.
    #[error("{0}")]
    Refused(String),
}

/// What one file holds, or a sentence that says why that cannot be had.
pub type ForeignAnswer = Result<ForeignContent, String>;

/// Told a few times a second for how long a child has been at it; whoever says false ends it.
pub type Attendant = Arc<dyn Fn(Duration) -> bool + Send + Sync>;

/// Who reads foreign files.
pub struct Foreign {
    program: PathBuf,
    deadline: Duration,
    most: u64,
    attendant: Option<Attendant>,
}

/// A file that was opened, and where it lies.
struct OpenedFile {
    path: PathBuf,
    from: Box<dyn Read + Send>,
    /// Its length; `None` if it is no plain file.
    length: Option<u64>,
}

impl Foreign {
    /// The running program itself, which must be this one: nothing that only links its library.
    ///
    /// # Errors
    /// When it does not know where it is.
    pub fn own() -> Result<Self, ForeignError> {
        // On Linux this is the file that runs, even where an upgrade has put another one in its place.
        let running = Path::new("/proc/self/exe");
        let program = if cfg!(target_os = "linux") && running.exists() {
            Ok(running.to_owned())
        } else {
            std::env::current_exe()
        };
        let program =
            program.map_err(|error| ForeignError::Io(format!("the program cannot find itself: {error}")))?;
        Ok(Self { program, deadline: DEADLINE, most: ANSWER, attendant: None })
    }

    /// The same, with somebody who is told how it goes on and may end it.
    pub fn attended_by(self, attendant: Attendant) -> Self {
        Self { attendant: Some(attendant), ..self }
    }

    /// Reads one file, or standard input for `-`.
    ///
    /// # Errors
    /// When it cannot be opened or read, or holds nothing that can be used.
    pub fn one(&self, asked: &Asked, file: &Path) -> Result<ForeignContent, ForeignError> {
        let answer = self.all(asked, &[file.to_owned()])?.pop();
        answer.unwrap_or_else(|| Err("nothing was read".to_owned())).map_err(ForeignError::Refused)
    }

    /// Reads files, in their order.
    ///
    /// # Errors
    /// When one cannot be opened or read.
    pub fn all(&self, asked: &Asked, files: &[PathBuf]) -> Result<Vec<ForeignAnswer>, ForeignError> {
        let mut answers = Vec::with_capacity(files.len());
        let mut alone = false;
        while answers.len() < files.len() {
            let rest = &files[answers.len()..];
            let sources = if alone { vec![open(&rest[0])?] } else { batch(rest)? };
            let (count, mut found) = (sources.len(), self.ask(asked, sources)?);
            // Where a child that had several files broke off, the next one is tried by itself: it may only have been
            // the last drop.
            alone = found.len() < count && count > 1;
            if found.len() < count && count == 1 {
                found.push(Err("nothing came back from its reader; nothing was imported".to_owned()));
            }
            answers.extend(found);
        }
        Ok(answers)
    }

    /// Asks one child about some files. The answers end where it broke off; if it had only one file, with the reason.
    fn ask(&self, asked: &Asked, sources: Vec<OpenedFile>) -> Result<Vec<ForeignAnswer>, ForeignError> {
        let count = sources.len();
        let mut command = Command::new(&self.program);
        command.arg(WORD).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let failed = |error: &dyn std::fmt::Display| {
            ForeignError::Io(format!("the program could not start reading it: {error}"))
        };
        let mut child = command.spawn().map_err(|error| failed(&error))?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(input), Some(output)) = (input, output) else {
            return Err(failed(&"nothing could be handed to it"));
        };
        let header = serde_json::to_string(asked).map_err(|error| failed(&error))?;
        let watch = Watch::over(child, self.deadline, self.attendant.clone());
        // Both ends at once: a child that answers while it reads would fill its pipe, and wait for us who wait
        // for it.
        let feeding = {
            let watch = watch.clone();
            std::thread::spawn(move || feed(input, &header, sources, &watch))
        };
        let mut output = WatchedOutput::new(output.take(self.most), &watch);
        let (mut answers, mut is_garbled) = (Vec::new(), false);
        let lines =
            serde_json::Deserializer::from_reader(BufReader::new(&mut output)).into_iter::<ForeignAnswer>();
        // Never more answers than files, whatever a broken child writes.
        for answer in lines.take(count) {
            match answer {
                Ok(answer) => answers.push(answer),
                // An answer that ends too soon is no garbled one: the child broke off, and how it ended says why.
                Err(error) => is_garbled = !error.is_eof() && !error.is_io(),
            }
        }
        let is_full = output.inner().limit() == 0;
        let status = watch.end(answers.len() == count || is_full || is_garbled);
        let why = if watch.was_stopped() {
            "it was stopped".to_owned()
        } else if is_full {
            "what was found in it is more than one import can take".to_owned()
        } else if watch.was_late() {
            format!("reading it took longer than {} seconds", self.deadline.as_secs_f64())
        } else {
            child::told(status)
        };
        let fed = feeding.join().map_err(|_| failed(&"it could not be handed over"))?;
        if let Err((file, error)) = fed {
            let what = if is_input(&file) { "standard input".into() } else { file.to_string_lossy() };
            return Err(ForeignError::Io(format!("cannot read {what}: {}", cause::of(&error, &file))));
        }
        if answers.len() < count && count == 1 {
            answers.push(Err(format!("{why}; nothing was imported from it")));
        }
        Ok(answers)
    }
}

/// Opens a file, or standard input for `-`.
fn open(path: &Path) -> Result<OpenedFile, ForeignError> {
    if is_input(path) {
        return Ok(OpenedFile { path: path.to_owned(), from: Box::new(io::stdin()), length: None });
    }
    let failed = |error: io::Error| {
        let why = cause::of(&error, path);
        ForeignError::Io(format!("cannot read {}: {why}", path.display()))
    };
    let file = File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let length = about.is_file().then_some(about.len());
    Ok(OpenedFile { path: path.to_owned(), from: Box::new(file), length })
}

/// Standard input is written as a dash.
fn is_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The next files that one child can read together. What is no plain file may keep it waiting, so that is read alone.
fn batch(files: &[PathBuf]) -> Result<Vec<OpenedFile>, ForeignError> {
    let (mut sources, mut bytes) = (Vec::new(), 0);
    for file in files.iter().take(FILES) {
        if !sources.is_empty() && is_input(file) {
            break;
        }
        let source = open(file)?;
        bytes += source.length.unwrap_or(BYTES + 1);
        if !sources.is_empty() && bytes > BYTES {
            break;
        }
        sources.push(source);
        if bytes > BYTES {
            break;
        }
    }
    Ok(sources)
}

/// Hands the question and the files over; no more of each file than is read, and one byte, which says that there is
/// more. A child that does not take them any more has its reasons.
fn feed(
    mut to: ChildStdin,
    header: &str,
    sources: Vec<OpenedFile>,
    watch: &Watch,
) -> Result<(), (PathBuf, io::Error)> {
    // The child has ended; why, its status says better than a broken pipe.
    if writeln!(to, "{header}").is_err() {
        return Ok(());
    }
    let mut piece = vec![0; 64 << 10];
    for mut source in sources {
        // One byte more than is read tells the reader that there was more.
        let mut left = bounds::FILE + 1;
        while left > 0 {
            let most = left.min(piece.len());
            watch.wait_for_source(true);
            let read = source.from.read(&mut piece[..most]);
            watch.wait_for_source(false);
            let length = match read {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err((source.path, error)),
            };
            left -= length;
            let head = u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
            if to.write_all(&head).and_then(|()| to.write_all(&piece[..length])).is_err() {
                return Ok(());
            }
            watch.seen();
        }
        if to.write_all(&0_u32.to_be_bytes()).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// True if the program was started to read for another of its kind.
pub fn is_asked_for(word: Option<&OsStr>) -> bool {
    word.is_some_and(|word| word == WORD)
}

#[cfg(test)]
mod tests;
