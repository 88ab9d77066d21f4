//! A watch on the folders of the store and of the configuration, so that what happens to either wakes an idle cockpit
//! and nothing else in those folders does. The system tells of a folder's files by their names: a watch on the file
//! itself would follow the old one where an editor or another program puts a new file in its place.

#[cfg(target_os = "linux")]
use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::path::Path;

/// What happened since it was asked last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touched {
    /// The store or what belongs to it was written, or went.
    pub store: bool,
    /// The configuration was written as a whole, or went.
    pub configuration: bool,
}

impl Touched {
    /// True if anything did.
    pub const fn is_any(self) -> bool {
        self.store || self.configuration
    }
}

/// Events that are read at once.
#[cfg(target_os = "linux")]
const MOST: usize = 256;

/// A name in a folder that is watched.
#[cfg(target_os = "linux")]
struct Watched {
    folder: i32,
    name: OsString,
    is_store: bool,
}

/// Folders that are watched.
pub struct FolderWatch {
    /// Readable when something happened in them.
    pub fd: OwnedFd,
    #[cfg(target_os = "linux")]
    watched: Vec<Watched>,
}

#[cfg(target_os = "linux")]
impl FolderWatch {
    /// Watches what there is to watch; `None` if nothing can be.
    pub fn new(store: Option<&Path>, configuration: Option<&Path>) -> Option<Self> {
        use rustix::fs::inotify::{CreateFlags, init};
        let fd = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok()?;
        let mut watch = Self { fd, watched: Vec::new() };
        // The real file is what is written; a link to it is what may be exchanged.
        for (path, is_store) in [(store, true), (configuration, false)] {
            let Some(path) = path else { continue };
            watch.add(path, is_store);
            if let Some(real) = std::fs::canonicalize(path).ok().filter(|real| real != path) {
                watch.add(&real, is_store);
            }
        }
        (!watch.watched.is_empty()).then_some(watch)
    }

    fn add(&mut self, path: &Path, is_store: bool) {
        use rustix::fs::inotify::{WatchFlags, add_watch};
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let flags = WatchFlags::MODIFY
            | WatchFlags::CLOSE_WRITE
            | WatchFlags::MOVED_TO
            | WatchFlags::MOVED_FROM
            | WatchFlags::DELETE
            | WatchFlags::MOVE_SELF
            | WatchFlags::DELETE_SELF;
        if let (Ok(folder), Some(name)) = (add_watch(&self.fd, folder, flags), path.file_name()) {
            self.watched.push(Watched { folder, name: name.to_owned(), is_store });
        }
    }

    /// Reads what happened, and no more at once than keys can wait for.
    pub fn read(&self) -> Touched {
        use rustix::fs::inotify::{ReadFlags, Reader};
        let mut buffer = [std::mem::MaybeUninit::uninit(); 4096];
        let mut events = Reader::new(&self.fd, &mut buffer);
        let mut touched = Touched::default();
        for _ in 0..MOST {
            let Ok(event) = events.next() else { break };
            if event.events().contains(ReadFlags::QUEUE_OVERFLOW) {
                // Events were lost, and nobody knows which.
                return Touched { store: true, configuration: true };
            }
            let name = event.file_name().map(std::ffi::CStr::to_bytes);
            // Written bit by bit, a configuration is wrong until it is whole; and who only looks at a store closes its log
            // as one who could have written.
            let is_part = event.events().contains(ReadFlags::MODIFY);
            let is_close = event.events().contains(ReadFlags::CLOSE_WRITE);
            for watched in self.watched.iter().filter(|watched| watched.folder == event.wd()) {
                let own = watched.name.as_encoded_bytes();
                // The log, the index and the mark begin with the name of the store. Without a name it is the folder.
                touched.store |=
                    watched.is_store && !is_close && name.is_none_or(|name| name.starts_with(own));
                touched.configuration |= !watched.is_store && !is_part && name.is_none_or(|name| name == own);
            }
        }
        touched
    }
}

#[cfg(not(target_os = "linux"))]
impl FolderWatch {
    /// Watches nothing: the loop looks once a second.
    pub fn new(_: Option<&Path>, _: Option<&Path>) -> Option<Self> {
        None
    }

    /// Nothing.
    pub fn read(&self) -> Touched {
        Touched::default()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_happens_to_store_or_configuration_is_told_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("s.db"), "").unwrap();
        let watch = FolderWatch::new(Some(&path("s.db")), Some(&path("config.toml"))).unwrap();
        let (store, configuration) =
            (Touched { store: true, configuration: false }, Touched { store: false, configuration: true });
        assert_eq!(watch.read(), Touched::default());
        fs::write(path("notes.txt"), "of somebody else").unwrap();
        assert!(!watch.read().is_any());
        fs::write(path("s.db-wal"), "written").unwrap();
        assert_eq!(watch.read(), store);
        fs::write(path("config.toml"), "a = 1").unwrap();
        assert_eq!(watch.read(), configuration);
        fs::write(path("new.toml"), "a = 2").unwrap();
        fs::rename(path("new.toml"), path("config.toml")).unwrap();
        assert_eq!(watch.read(), configuration);
        fs::rename(path("s.db"), path("elsewhere.db")).unwrap();
        assert_eq!(watch.read(), store);
        fs::write(path("s.db"), "another").unwrap();
        let _ = watch.read();
        fs::remove_file(path("s.db")).unwrap();
        assert_eq!(watch.read(), store);
    }
}
