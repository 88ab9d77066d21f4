//! Taking the terminal and giving it back: the one place. It is given back on return, on error, on a
//! panic and on every signal that ends the program.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::watchman;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{TerminalOptions, Viewport};

/// True while the screen is ours, so that giving it back twice does nothing.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// True while wheel and clicks come to us.
static IS_MOUSE_OURS: AtomicBool = AtomicBool::new(false);

/// What a frame writes, until it is whole: the terminal then gets it in one piece.
#[derive(Clone, Default)]
struct Sheet(Rc<RefCell<Vec<u8>>>);

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sheet {
    fn send(&self) -> io::Result<()> {
        let bytes = std::mem::take(&mut *self.0.borrow_mut());
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()
    }
}

/// The real screen.
type Screen = ratatui::Terminal<CrosstermBackend<Sheet>>;

/// The terminal while it is ours; dropping it gives it back.
pub struct Taken {
    screen: Screen,
    sheet: Sheet,
}

/// True if both ends are a terminal that a full screen can be drawn on.
#[must_use]
pub fn is_there() -> bool {
    io::stdin().is_terminal()
        && io::stdout().is_terminal()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Takes the terminal.
///
/// # Errors
/// When it refuses raw mode or cannot be written to.
pub fn take() -> io::Result<Taken> {
    install_panic_hook();
    enter()?;
    // The loop says which size is drawn. Left to itself, the library would follow the window between two
    // frames, and what was laid out for one size would be drawn into another.
    let (width, height) = crossterm::terminal::size()?;
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
    let sheet = Sheet::default();
    let backend = CrosstermBackend::new(sheet.clone());
    let screen = ratatui::Terminal::with_options(backend, options).inspect_err(|_| give_back())?;
    Ok(Taken { screen, sheet })
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    IS_TAKEN.store(true, Ordering::SeqCst);
    watchman::tell("taken");
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    mouse(IS_MOUSE_OURS.load(Ordering::SeqCst))
}

/// Gives the terminal back as it was found; harmless to call again.
pub fn give_back() {
    if IS_TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
        let _ = disable_raw_mode();
        let _ = out.flush();
        watchman::tell("given");
    }
}

/// Takes the wheel and the clicks, or leaves them to the terminal for selecting text.
///
/// # Errors
/// When the terminal cannot be written to.
pub fn mouse(is_ours: bool) -> io::Result<()> {
    IS_MOUSE_OURS.store(is_ours, Ordering::SeqCst);
    if is_ours {
        execute!(io::stdout(), EnableMouseCapture)
    } else {
        execute!(io::stdout(), DisableMouseCapture)
    }
}

impl Taken {
    /// Draws one frame, all of it at once where the terminal knows how.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn show(&mut self, paint: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        queue!(self.sheet, BeginSynchronizedUpdate)?;
        self.screen.draw(|frame| paint(frame.buffer_mut()))?;
        queue!(self.sheet, EndSynchronizedUpdate)?;
        self.sheet.send()
    }

    /// Gives the terminal to somebody else for a while, then takes it again and forgets what was on it.
    ///
    /// # Errors
    /// When it cannot be taken again.
    pub fn lend<T>(&mut self, borrower: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let output = borrower();
        enter()?;
        self.forget()?;
        Ok(output)
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
        give_back();
        previous(info);
    }));
}
