//! A watch over a child: it is ended when it is silent for too long, but not while it waits for somebody to write.

use std::io::{self, Read};
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use super::Attendant;

/// How long a child that has closed its output may take to be gone.
const FAREWELL: Duration = Duration::from_secs(2);

/// Shared by those who feed the child, listen to it and wait for its end.
#[derive(Clone)]
pub struct Watch(Arc<Guarded>);

struct Guarded {
    child: Mutex<Child>,
    begun: Instant,
    /// When something was last heard of it, or given to it, in milliseconds since it began.
    heard: AtomicU64,
    /// It cannot do anything: whoever writes the file takes their time.
    waits: AtomicBool,
    is_late: AtomicBool,
    is_stopped: AtomicBool,
    attendant: Option<Attendant>,
    deadline: Duration,
    /// Closed when nobody needs to look any more.
    open: Mutex<Option<mpsc::Sender<()>>>,
}

impl Watch {
    /// Begins to look after a child.
    pub fn over(child: Child, deadline: Duration, attendant: Option<Attendant>) -> Self {
        let (open, closed) = mpsc::channel();
        let watch = Self(Arc::new(Guarded {
            child: Mutex::new(child),
            begun: Instant::now(),
            heard: AtomicU64::new(0),
            waits: AtomicBool::new(false),
            is_late: AtomicBool::new(false),
            is_stopped: AtomicBool::new(false),
            attendant,
            deadline,
            open: Mutex::new(Some(open)),
        }));
        let watcher = watch.clone();
        let pause = (deadline / 20).clamp(Duration::from_millis(5), Duration::from_millis(150));
        std::thread::spawn(move || {
            while closed.recv_timeout(pause) == Err(mpsc::RecvTimeoutError::Timeout) {
                watcher.look();
            }
        });
        watch
    }

    /// The child took or gave something.
    pub fn seen(&self) {
        let now = u64::try_from(self.0.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.heard.store(now, Ordering::Relaxed);
    }

    /// Whether there is anything that the child could do.
    pub fn wait_for_source(&self, waits: bool) {
        self.seen();
        self.0.waits.store(waits, Ordering::Relaxed);
    }

    /// True if it was ended for being silent.
    pub fn was_late(&self) -> bool {
        self.0.is_late.load(Ordering::Relaxed)
    }

    /// True if whoever attends it wanted no more of it.
    pub fn was_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Relaxed)
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.0.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self) {
        let heard = Duration::from_millis(self.0.heard.load(Ordering::Relaxed));
        let silent = self.0.begun.elapsed().saturating_sub(heard);
        // Somebody who types the file by hand, or a slow download in a pipe, is no fault of the child.
        if silent > self.0.deadline && !self.0.waits.load(Ordering::Relaxed) {
            self.0.is_late.store(true, Ordering::Relaxed);
            let _ = self.child().kill();
        }
        if self.0.attendant.as_ref().is_some_and(|goes_on| !goes_on(self.0.begun.elapsed())) {
            self.0.is_stopped.store(true, Ordering::Relaxed);
            let _ = self.child().kill();
        }
    }

    /// Waits for the end of the child, which has closed its output or is of no use any more; gives how it ended by
    /// itself.
    pub fn end(&self, is_of_no_use: bool) -> Option<ExitStatus> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner).take();
        let begun = Instant::now();
        let mut child = self.child();
        // After its last answer it only has to end; killed at once it would look as if it had broken off.
        while !is_of_no_use && begun.elapsed() < FAREWELL && !self.was_late() {
            if let Ok(Some(status)) = child.try_wait() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = child.kill();
        let _ = child.wait();
        None
    }
}

/// The output of a child: each piece shows that it is alive.
pub struct WatchedOutput<R> {
    inner: R,
    watch: Watch,
}

impl<R> WatchedOutput<R> {
    pub fn new(inner: R, watch: &Watch) -> Self {
        Self { inner, watch: watch.clone() }
    }

    pub const fn inner(&self) -> &R {
        &self.inner
    }
}

impl<R: Read> Read for WatchedOutput<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.watch.seen();
        Ok(read)
    }
}
