//! Taking the terminal and giving it back: the one place. It is given back on return, on error, on a
//! panic, on every signal that ends or stops the program, and by its guard after every other end. The folder also holds
//! what else is said to the terminal and heard from it: keys, the time, the clipboard, the user's editor.

pub mod clipboard;
pub mod guard;
pub mod hand_off;
pub mod minute_timer;
pub mod modes;
pub mod notify;
pub mod parser;
pub mod provoked;
pub mod wait;

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::tui::terminal::wait::Waiter;
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::{TerminalOptions, Viewport};
use rustix::termios::{
    LocalModes, OptionalActions, OutputModes, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

/// True while the screen is ours, so that giving it back twice does nothing.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// How the terminal was set when it was found.
// Not a field of `Taken`: a panic gives the terminal back as well, and has no `Taken` at hand.
static FOUND: Mutex<Option<Termios>> = Mutex::new(None);

/// True while wheel and clicks come to us.
static IS_MOUSE_OURS: AtomicBool = AtomicBool::new(false);

/// What a frame writes, until it is whole: the terminal then gets it in one piece.
#[derive(Clone, Default)]
struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    // The library flushes at the end of its own draw, when the bytes that end the frame are still to come.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl FrameBytes {
    fn send(&self) -> io::Result<()> {
        let bytes = std::mem::take(&mut *self.0.borrow_mut());
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()
    }
}

/// The real screen.
type TerminalScreen = ratatui::Terminal<CrosstermBackend<FrameBytes>>;

/// The terminal while it is ours; dropping it gives it back.
pub struct Taken {
    screen: TerminalScreen,
    sheet: FrameBytes,
    /// What is waited for, signals among it: they are heard before the terminal is ours, or one that ends the program
    /// in between would leave it taken.
    pub waiter: Waiter,
}

/// True if both ends are a terminal that a full screen can be drawn on.
pub fn is_there() -> bool {
    io::stdin().is_terminal()
        && io::stdout().is_terminal()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Writes a question that the terminal answers among its keys.
///
/// # Errors
/// When it cannot be written to.
pub fn ask(question: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(question.as_bytes())?;
    out.flush()
}

/// True if a terminal is set as only a full-screen program sets it: no shell reads its line without the keys of
/// signals, or does without the end of lines.
fn is_raw(settings: &Termios) -> bool {
    let line_by_line = LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
    !settings.local_modes.intersects(line_by_line) && !settings.output_modes.contains(OutputModes::OPOST)
}

/// Remembers how the terminal is set now. Not where it is still set by us, as after a stop that could not be heard,
/// or by an editor that crashed.
fn remember(found: &mut Option<Termios>, now: Termios) {
    if found.is_none() || !is_raw(&now) {
        *found = Some(now);
    }
}

/// Takes the terminal.
///
/// # Errors
/// When it refuses raw mode or cannot be written to.
pub fn take(waiter: Waiter) -> io::Result<Taken> {
    install_panic_hook();
    enter()?;
    // The loop says which size is drawn. Left to itself, the library would follow the window between two
    // frames, and what was laid out for one size would be drawn into another.
    let (width, height) = crossterm::terminal::size()?;
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
    let sheet = FrameBytes::default();
    let backend = CrosstermBackend::new(sheet.clone());
    let screen = ratatui::Terminal::with_options(backend, options).inspect_err(|_| give_back())?;
    Ok(Taken { screen, sheet, waiter })
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn enter() -> io::Result<()> {
    // Before anything is set: the guard sets back what it remembers.
    guard::arm();
    let terminal = io::stdin();
    let mut raw = {
        let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
        let now = tcgetattr(&terminal)?;
        remember(&mut found, now.clone());
        now
    };
    raw.make_raw();
    // A read gives what is there and never waits: whatever else reads from this terminal may have been quicker.
    raw.special_codes[SpecialCodeIndex::VMIN] = 0;
    raw.special_codes[SpecialCodeIndex::VTIME] = 0;
    tcsetattr(&terminal, OptionalActions::Now, &raw)?;
    // Told before it is done. If the program dies in between, the guard switches off modes that were never on,
    // which does no harm; the other way round they would stay on.
    guard::tell_taken();
    IS_TAKEN.store(true, Ordering::SeqCst);
    write(&modes::take())?;
    // Coming back from a stop or an editor, the mouse is where the user had left it.
    mouse(IS_MOUSE_OURS.load(Ordering::SeqCst))
}

/// Gives the terminal back as it was found; harmless to call again.
pub fn give_back() {
    if IS_TAKEN.swap(false, Ordering::SeqCst) {
        let _ = write(&modes::give_back());
        if let Some(found) = FOUND.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, found);
        }
        // Told last: an end in the midst of giving back is still for the guard to mend.
        guard::tell_given();
    }
}

/// Takes the wheel and the clicks, or leaves them to the terminal for selecting text.
///
/// # Errors
/// When the terminal cannot be written to.
pub fn mouse(is_ours: bool) -> io::Result<()> {
    // Where it was not ours and is not to be, nothing was switched on and nothing is written.
    if IS_MOUSE_OURS.swap(is_ours, Ordering::SeqCst) || is_ours {
        write(&modes::mouse(is_ours))
    } else {
        Ok(())
    }
}

impl Taken {
    /// Draws one frame, all of it at once where the terminal knows how. The painter says where the cursor of the terminal
    /// is to stand, which is seen only if it is asked to be.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn show(
        &mut self,
        is_cursor_seen: bool,
        paint: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        self.sheet.write_all(modes::frame(true).as_bytes())?;
        let mut spot = None;
        self.screen.draw(|frame| spot = paint(frame.buffer_mut()))?;
        if let Some(Position { x, y }) = spot {
            // Not as the library has it, which shows the cursor wherever it puts it.
            queue!(self.sheet, crossterm::cursor::MoveTo(x, y))?;
            if is_cursor_seen {
                self.sheet.write_all(modes::show_cursor().as_bytes())?;
            }
        }
        self.sheet.write_all(modes::frame(false).as_bytes())?;
        self.sheet.send()
    }

    /// Gives the terminal to somebody else for a while, then takes it again and forgets what was on it. What came
    /// of that stands even if the terminal cannot be taken again.
    pub fn lend<T>(&mut self, borrower: impl FnOnce(&mut Waiter) -> T) -> (T, io::Result<()>) {
        give_back();
        let output = borrower(&mut self.waiter);
        (output, self.take_again())
    }

    /// Takes the terminal from somebody who may have done anything with it.
    ///
    /// # Errors
    /// When it cannot be taken.
    pub fn take_again(&mut self) -> io::Result<()> {
        enter()?;
        self.forget()
    }

    /// Makes the next draw paint every cell. Not `Terminal::clear`, which asks the terminal where its
    /// cursor is and waits for an answer.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn forget(&mut self) -> io::Result<()> {
        execute!(io::stdout(), crossterm::terminal::Clear(crossterm::terminal::ClearType::All))?;
        let area = self.screen.get_frame().area();
        self.screen.resize(area)
    }

    /// Draws another size from now on.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn resize(&mut self, (width, height): (u16, u16)) -> io::Result<()> {
        self.screen.resize(Rect::new(0, 0, width, height))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}

fn install_panic_hook() {
    static IS_INSTALLED: AtomicBool = AtomicBool::new(false);
    if IS_INSTALLED.swap(true, Ordering::SeqCst) {
        return;
    }
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // The cockpit goes on without what panicked beside it, and says so itself.
        if std::thread::current().name() == Some(crate::tui::run_loop::background::THREAD) {
            return;
        }
        give_back();
        // The hook before this one prints the message; on the alternate screen it would vanish with that.
        previous(info);
    }));
}
