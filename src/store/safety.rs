//! What keeps a store safe beside its writes: its files are compared before each, the mark names each, and the log is
//! taken into the file soon after the last.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;

use super::error::StoreError;
use super::files::Files;
use super::second_look::SecondLook;
use super::seen;
use super::{Backup, Store, arrival, connection, examine, obstacle, opening, sidecar};

/// A copy of what was read, from a store whose files were exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// Where it lies; `.db` where it is whole, `.txt` where only words were saved.
    pub path: PathBuf,
    /// It is the whole store, as it was; otherwise it is text.
    pub is_whole: bool,
}

/// Where the drafts of a store are kept that cannot be written into it.
const DRAFTS: &str = ".drafts";

impl Store {
    /// Saves what can still be read of a store whose files were exchanged: a copy of it, compared with what was known
    /// of it, or else the words that were read before.
    ///
    /// # Errors
    /// When no file can be written anywhere.
    pub fn rescue(&self, words: &str) -> Result<Rescued, StoreError> {
        let store = self.path.as_deref().unwrap_or(Path::new("store.db"));
        // Beside the store, where it is looked for; otherwise wherever something can be written.
        let own = store.parent().map(Path::to_owned);
        let home = std::env::var_os("HOME").map(PathBuf::from);
        let mut failed = None;
        for folder in
            own.into_iter().chain(home).chain([std::env::temp_dir()]).filter(|folder| folder.is_dir())
        {
            match self.rescue_into(&folder, store, words) {
                Ok(saved) => return Ok(saved),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        Err(failed.unwrap_or_else(|| StoreError::Missing("folder to write in".to_owned())))
    }

    fn rescue_into(&self, folder: &Path, store: &Path, words: &str) -> Result<Rescued, StoreError> {
        let stem = store.file_stem().unwrap_or_default().to_string_lossy();
        let date = Utc::now().format("%Y%m%dT%H%M%SZ");
        let path = sidecar::free(|number| {
            let more = if number > 1 { format!("-{number}") } else { String::new() };
            folder.join(format!("{stem}-saved-{date}{more}.db"))
        });
        if self.back_up_to(&path).is_ok() {
            let copy = connection::alone(&path);
            let is_whole = copy.zip(self.files.as_ref()).map(|(copy, files)| files.is_whole(&copy));
            if matches!(is_whole, Some(Ok(true))) {
                return Ok(Rescued { path, is_whole: true });
            }
            Backup::remove(&path);
        }
        // Never over something: of two cockpits that lose their store at once each saves its own words.
        let path = path.with_extension("txt");
        let written = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        written
            .and_then(|mut file| file.write_all(words.as_bytes()).and_then(|()| file.sync_all()))
            .map_err(connection::io("cannot write", &path))?;
        Ok(Rescued { path, is_whole: false })
    }

    /// What has run out where a store lies, so that nothing can be written.
    pub fn is_full(store: &Path) -> Option<String> {
        obstacle::full(store).map(|full| full.sentence(store))
    }

    /// Why no copy can be put into the usual folder, and what can be done about it.
    pub fn cannot_be_copied(store: &Path) -> Option<obstacle::OfCopies> {
        obstacle::of_copies(&sidecar::copies(store))
    }

    /// Bytes that can still be written beside a store.
    pub fn room_beside(store: &Path) -> Option<u64> {
        obstacle::room(store)
    }

    /// Why a store cannot be written, and what can be done about it, other than making room.
    pub fn cannot_be_written(store: &Path) -> Option<(String, String)> {
        let found = obstacle::of(store).filter(|found| !matches!(found, obstacle::Obstacle::Full { .. }))?;
        Some((found.sentence(store), found.remedy(store)))
    }

    /// A second look at a store that was said to be damaged; nothing of this process may have it open.
    pub fn look_again(error: StoreError, store: &Path) -> StoreError {
        if !matches!(error, StoreError::Damaged(_)) {
            return error;
        }
        SecondLook::at(&sidecar::followed(store)).judge(error)
    }

    /// The same while this process has it open.
    pub fn look_again_beside(error: StoreError, files: Option<&Arc<Files>>) -> StoreError {
        let is_damage = matches!(error, StoreError::Damaged(_));
        let found = files.filter(|_| is_damage).and_then(|files| examine::look_again(files.path()));
        match found {
            Some(found) => found.judge(error),
            None => error,
        }
    }

    /// When the newest operation happened.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(seen::newest(&self.connection)?.at())
    }

    /// Keeps drafts beside a store that cannot take them; false if that is impossible as well.
    pub fn keep_drafts_beside(&self, text: &str) -> bool {
        self.path.as_deref().is_some_and(|path| sidecar::write(path, DRAFTS, text).is_ok())
    }

    /// What was kept there.
    pub fn drafts_beside(&self) -> Option<String> {
        sidecar::read(self.path.as_deref()?, DRAFTS)
    }

    /// They are in the store by now.
    pub fn drop_drafts_beside(&self) {
        if let Some(path) = &self.path {
            let _ = std::fs::remove_file(sidecar::file(path, DRAFTS));
        }
    }

    /// The files that were opened, for work beside the screen; `None` in memory, and where nothing can be written.
    pub fn files(&self) -> Option<Arc<Files>> {
        self.files.clone()
    }

    /// Compares the files with those that were opened; by `stat` alone as long as nothing unknown was written.
    ///
    /// # Errors
    /// [`StoreError::Replaced`]
    pub fn check_files(&self) -> Result<(), StoreError> {
        self.files.as_ref().map_or(Ok(()), |files| files.check())
    }

    /// How many rows were written on this connection: another number, another write.
    pub fn writes(&self) -> u64 {
        self.connection.total_changes()
    }

    /// The same failure with its cause.
    pub(super) fn named(&self, error: StoreError) -> StoreError {
        match &self.path {
            Some(path) => obstacle::named(error, path),
            None => error,
        }
    }

    /// Remembers the newest operation, and the files as they are, beside the store.
    pub(super) fn leave_mark(&self) {
        if let Some(files) = &self.files {
            files.written(&self.connection, None);
        }
    }

    /// After changes: the copy that is due.
    ///
    /// # Errors
    /// When the copy cannot be made.
    pub fn keep_safe(&self, now: DateTime<Utc>) -> Result<Option<Backup>, StoreError> {
        if self.writes() == 0 {
            return Ok(None);
        }
        if self.is_backup_due(now)? { self.back_up(now, "daily").map(Some) } else { Ok(None) }
    }

    /// Takes the log into the file and empties it, on this connection; false if another program keeps it.
    pub fn checkpoint(&self) -> bool {
        // Read before: what another program writes meanwhile may stay in the log.
        let newest = seen::newest(&self.connection).ok();
        let is_done = self.connection.query_row(TRUNCATE, [], |row| row.get::<_, i64>(0)) == Ok(0);
        if let Some(files) = &self.files {
            files.written(&self.connection, newest.filter(|_| is_done));
        }
        is_done
    }

    /// Takes the log of an open store into its file, on a connection that waits for nobody; false if somebody was
    /// writing, or reading what the log alone holds.
    ///
    /// # Errors
    /// When the store cannot be opened once more, or was exchanged.
    pub fn take_in_log(files: &Arc<Files>) -> Result<bool, StoreError> {
        let connection = opening::again(files)?;
        // This runs beside the screen and comes again soon; it must not keep a writer waiting.
        connection.busy_timeout(Duration::ZERO)?;
        // Another program may write meanwhile: what was there before is what the file holds afterwards.
        let newest = seen::newest(&connection)?;
        let is_done = match connection.query_row(TRUNCATE, [], |row| row.get::<_, i64>(0)) {
            Ok(is_busy) => is_busy == 0,
            Err(error) => match StoreError::from(error) {
                StoreError::Busy => false,
                other => return Err(obstacle::named(other, files.path())),
            },
        };
        files.written(&connection, is_done.then_some(newest));
        if let Some(salts) = (!is_done).then(|| files.salts()).flatten() {
            seen::note_salts(files.path(), salts);
        }
        Ok(is_done)
    }

    /// True if a log lies beside the file that the file does not hold yet.
    pub fn has_log(&self) -> bool {
        self.files.is_some() && self.path.as_deref().is_some_and(connection::has_log)
    }

    /// What was seen here before and is missing, until it is put by.
    pub fn missing(&self) -> Option<String> {
        self.missing.clone().or_else(|| seen::known_missing(self.path.as_deref()?))
    }

    /// Takes the store as it is from now on.
    ///
    /// # Errors
    /// When nothing can be written beside it.
    pub fn put_missing_by(&self) -> Result<(), StoreError> {
        self.leave_mark();
        let Some(path) = &self.path else { return Ok(()) };
        seen::put_by(path).map_err(connection::io("cannot write beside", path))
    }

    /// Logs that were moved aside, and what was saved of stores that were exchanged.
    pub(super) fn set_aside_or_saved(store: &Path) -> Vec<PathBuf> {
        let store = sidecar::followed(store);
        let stem = store.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_saved = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with(&format!("{stem}-saved-"))
        };
        let folder =
            store.parent().map(std::fs::read_dir).and_then(Result::ok).into_iter().flatten().flatten();
        let saved = folder.map(|entry| entry.path()).filter(is_saved);
        arrival::logs_set_aside(&store).into_iter().chain(saved).collect()
    }

    /// Logs that were moved aside because they did not fit, and that nothing was made of yet.
    pub fn logs_set_aside(store: &Path) -> Vec<PathBuf> {
        arrival::logs_set_aside(&sidecar::followed(store))
    }

    /// Makes a file that such a log is read with; nothing of this process may have the store open.
    ///
    /// # Errors
    /// When it fits no file that lies there.
    pub fn make_log_readable(store: &Path, log: &Path) -> Result<PathBuf, StoreError> {
        arrival::make_readable(&sidecar::followed(store), log)
    }

    /// Leaves the log to the next start: closing would take it in, however long that takes.
    pub fn leave_log(&self) {
        let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }
}

const TRUNCATE: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

impl Drop for Store {
    fn drop(&mut self) {
        let Some(files) = &self.files else { return };
        // Whatever lies there now: SQLite would remove a log by its name.
        if files.check().is_err() {
            self.leave_log();
        } else if self.writes() > 0 || (self.had_log && self.missing.is_none()) {
            self.after_closing.path = Some(files.path().to_owned());
        }
    }
}
