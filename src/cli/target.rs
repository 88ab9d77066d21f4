//! For whom a whole document or export is, and where it goes: standard output, or a file that is written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::out::Out;
use super::{CliError, Done};
use crate::domain::document::Reader;
use crate::domain::words::redact::redact;
use crate::export::Layout;
use crate::ops::OpsError;
use crate::store::cause;

/// Options of every command that hands something out.
#[derive(Debug, Clone, Args)]
pub struct OutputTarget {
    /// Write to a new file instead of standard output
    #[arg(long, short, value_name = "F")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there already
    #[arg(long, requires = "output")]
    pub force: bool,
}

/// For whom a document is laid out.
#[derive(Debug, Clone, Copy, Args)]
pub struct ReaderOption {
    /// For whom: me, with what is private, or room; without it, what is printed as text or JSON is yours, and files,
    /// Markdown, Slack and pages are for the room
    #[arg(long = "for", value_name = "me|room")]
    pub whom: Option<Whom>,
}

/// Whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Whom {
    /// The lead.
    Me,
    /// Everybody else.
    Room,
}

impl ReaderOption {
    /// Who reads a document that goes out in a layout, and where to. JSON says in itself whose it is, and scripts that
    /// keep it in a file have always got all of it.
    pub fn reader(
        self,
        layout: Option<Layout>,
        target: &OutputTarget,
        is_json: bool,
        room: Reader,
    ) -> Reader {
        let stays = matches!(layout, None | Some(Layout::Text)) && !target.is_file();
        match self.whom {
            Some(Whom::Me) => Reader::Lead,
            None if is_json || stays => Reader::Lead,
            None | Some(Whom::Room) => room,
        }
    }
}

impl OutputTarget {
    /// The file that is named; a dash is standard output by another name.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }

    /// What the name of the file says of its layout: a page that is called a page is one.
    pub fn layout(&self) -> Option<Layout> {
        let end = self.file()?.extension()?.to_str()?.to_lowercase();
        match end.as_str() {
            "html" | "htm" => Some(Layout::Html),
            "md" | "markdown" => Some(Layout::Markdown),
            "txt" => Some(Layout::Text),
            _ => None,
        }
    }

    /// True if it goes to a file, which others may be given.
    pub fn is_file(&self) -> bool {
        self.file().is_some()
    }

    /// Hands a table out. Into a file it begins with a byte order mark, by which Excel knows that its letters are
    /// UTF-8; other programs that read standard output would take it for a part of the first name.
    pub fn deliver_table(&self, text: &str, out: &mut Out) -> Done {
        let mark = if self.is_file() { "\u{feff}" } else { "" };
        self.deliver(&format!("{mark}{text}"), out)
    }

    /// Hands a whole text out.
    pub fn deliver(&self, text: &str, out: &mut Out) -> Done {
        let text = &redact(text, &out.covered);
        let Some(path) = self.file() else {
            return out.whole(text);
        };
        let said = |why: &str| CliError::Io(format!("cannot write {}: {why}", path.display()));
        // Written beside it and then put in its place, so that nobody ever sees half of it.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(".".as_ref());
        let failed = |error: &std::io::Error| match error.kind() {
            // It is the folder that nothing can be made in.
            std::io::ErrorKind::PermissionDenied => {
                said(&format!("in {}: {}", folder.display(), cause::of(error, folder)))
            }
            _ => said(&cause::of(error, folder)),
        };
        // In the same folder, since only within one file system is a rename done whole or not at all.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.as_file().sync_all())
            .map_err(|error| failed(&error))?;
        if self.force {
            if path.is_dir() {
                return Err(said("it is a folder"));
            }
            file.persist(path).map_err(|error| failed(&error.error))?;
        } else {
            // Not a look before it and then a rename: whatever comes to be there in between would be lost.
            file.persist_noclobber(path).map_err(|error| match error.error.kind() {
                std::io::ErrorKind::AlreadyExists => there_already(path),
                _ => failed(&error.error),
            })?;
        }
        out.say(&format!("{} is written.", path.display()));
        Ok(())
    }
}

fn there_already(path: &std::path::Path) -> CliError {
    let message = format!("{} is there already", path.display());
    OpsError::rejected(message, "Name a new file, or write over it with --force.").into()
}
