//! Where output goes: results to standard output, everything else to standard error; a closed pipe ends
//! the program silently.

mod pager;

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use super::heard::heard;
use super::ways_on::way_on;
use super::{CliError, Done};
use crate::domain::bounds;
use crate::domain::document::{PrivateNames, for_onlookers};
use crate::ops::cause;
use crate::plain;

/// Over the options that every command has, which would else stand between its own.
pub const EVERYWHERE: &str = "Everywhere";

/// The shapes of output besides text for people.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct OutputShape {
    /// Print JSON of a stable shape
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub json: bool,
    /// Print one record a line, tab-separated
    #[arg(long = "plain", id = "plain", global = true, help_heading = EVERYWHERE, conflicts_with = "json")]
    pub is_plain: bool,
}

impl OutputShape {
    /// How results are told.
    pub const fn format(self) -> Format {
        match (self.json, self.is_plain) {
            (true, _) => Format::Json,
            (false, true) => Format::Plain,
            (false, false) => Format::Human,
        }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What a terminal can draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    Unicode,
    Ascii,
}

/// What lines for people reach them by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Screen,
    /// They are read out: marks are said in words, and nothing stands in columns.
    Voice,
}

/// How results are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines for people.
    Human,
    /// One record a line, tab-separated.
    Plain,
    /// JSON.
    Json,
}

/// Text on its way to a pager.
struct Paged {
    pager: String,
    text: Vec<u8>,
}

/// More columns than any text has.
const UNBROKEN: usize = 1 << 20;

pub struct Out {
    /// Written when much has come together, when something is said about it, and at the end.
    stdout: BufWriter<io::Stdout>,
    /// Text for a pager, which is started at the end, when it is known how long the text is.
    paged: Option<Paged>,
    /// How results are told.
    pub format: Format,
    is_quiet: bool,
    is_coloured: bool,
    /// Somebody reads it, through a terminal on which a text could act.
    is_terminal: bool,
    /// With what marks are drawn: as configured, or as the locale has it.
    pub glyphs: Glyphs,
    /// Whether it is seen or heard.
    pub medium: Medium,
    /// Names to cover in everything that is said.
    pub covered: Vec<String>,
    /// What is named to nobody who looks on.
    pub hidden: PrivateNames,
}

impl Out {
    /// As the arguments say.
    pub fn new(shape: OutputShape, color: ColorWhen, is_quiet: bool) -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        // Such a terminal would print the codes of colours as letters.
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let is_coloured = match color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb,
        };
        // A list of thousands of lines would otherwise be a write for each, since standard output of Rust is
        // flushed at every line end.
        let stdout = BufWriter::new(io::stdout());
        let is_terminal = io::stdout().is_terminal();
        let format = shape.format();
        let paged = pager::wanted(format).map(|pager| Paged { pager, text: Vec::new() });
        Self {
            stdout,
            paged,
            format,
            is_quiet,
            is_coloured,
            is_terminal,
            glyphs: Glyphs::Unicode,
            medium: Medium::Screen,
            covered: Vec::new(),
            hidden: PrivateNames::new(),
        }
    }

    /// A mark as it is drawn here.
    pub const fn drawn(&self, glyph: &'static str, ascii: &'static str) -> &'static str {
        match self.glyphs {
            Glyphs::Unicode => glyph,
            Glyphs::Ascii => ascii,
        }
    }

    /// A title behind the mark of what is private.
    pub fn private(&self, title: &str) -> String {
        format!("{} {title}", self.drawn("¤", "%"))
    }

    /// Results go to the terminal as they come: somebody answers them.
    pub fn never_page(&mut self) {
        self.paged = None;
    }

    /// One line of a result.
    pub fn line(&mut self, text: &str) -> Done {
        let text = self.for_onlookers(text);
        let text = match self.medium {
            Medium::Screen => Some(text),
            Medium::Voice => heard(&text),
        };
        text.map_or(Ok(()), |text| self.write(format!("{text}\n").as_bytes()))
    }

    /// A cell of a column so wide; read out it is whole, and no blanks stand behind it.
    pub fn fit(&self, text: &str, width: usize) -> String {
        match self.medium {
            Medium::Screen => plain::fit(text, width),
            // Two of them, which part cells where they are heard.
            Medium::Voice => format!("{}  ", plain::harmless(text)),
        }
    }

    /// Columns of the terminal that it is shown on; `None` where a file or another program reads it.
    pub fn terminal_columns(&self) -> Option<usize> {
        if !self.is_terminal {
            return None;
        }
        let size = rustix::termios::tcgetwinsize(io::stdout()).ok();
        size.map(|size| usize::from(size.ws_col)).filter(|columns| *columns > 0)
    }

    /// Columns that a text may take; read out, a line that is broken sounds like two.
    pub const fn width(&self, columns: usize) -> usize {
        match self.medium {
            Medium::Screen => columns,
            Medium::Voice => UNBROKEN,
        }
    }

    /// A whole text with its own line breaks, as a document or an export has: to another program letter for letter,
    /// to a terminal with nothing in it that acts.
    pub fn whole(&mut self, text: &str) -> Done {
        let text = self.for_onlookers(text);
        // In a file the bytes have to be what was asked for; on a terminal they must not act.
        let shown = if self.is_terminal { plain::harmless_lines(&text) } else { text.as_str().into() };
        self.write(shown.as_bytes())
    }

    /// Without what is private, which a command may have had before it was asked to present.
    fn for_onlookers(&self, text: &str) -> String {
        for_onlookers(text, &self.hidden, &self.covered)
    }

    fn write(&mut self, bytes: &[u8]) -> Done {
        match &mut self.paged {
            Some(paged) => {
                paged.text.extend_from_slice(bytes);
                Ok(())
            }
            None => self.stdout.write_all(bytes).map_err(|error| told(&error)),
        }
    }

    /// Hands on all that was written: the command is done.
    pub fn finish(&mut self) -> Done {
        if let Some(paged) = self.paged.take() {
            pager::show(&paged.text, &paged.pager).map_err(|error| told(&error))?;
        }
        self.flush()
    }

    /// Hands on what was written so far.
    pub fn flush(&mut self) -> Done {
        self.stdout.flush().map_err(|error| told(&error))
    }

    /// A record as tab-separated fields, each harmless.
    pub fn record(&mut self, fields: &[&str]) -> Done {
        let fields: Vec<_> = fields.iter().map(|field| plain::harmless(field)).collect();
        self.line(&fields.join("\t"))
    }

    /// A result as JSON.
    pub fn json(&mut self, value: &impl Serialize) -> Done {
        self.line(&json(value)?)
    }

    /// Something said about the work, on standard error, unless it is to be quiet.
    pub fn say(&mut self, text: &str) {
        if !self.is_quiet {
            // Results and remarks go to two streams that may end on one screen: what came first has to stand
            // first.
            let _ = self.flush();
            let text = self.for_onlookers(text);
            let _ = writeln!(io::stderr().lock(), "{}", plain::harmless(&text));
        }
    }

    /// A question on standard error, also when it is to be quiet: somebody must answer it.
    pub fn ask(&mut self, question: &str) {
        let _ = self.flush();
        let question = self.for_onlookers(question);
        let _ = write!(io::stderr().lock(), "{} ", plain::harmless(&question));
    }

    /// True if standard error may tell how far a long job has come.
    pub const fn tells_progress(&self) -> bool {
        !self.is_quiet
    }

    /// Words that need a decision.
    pub fn warm(&self, text: &str) -> String {
        if self.is_coloured { format!("\x1b[33m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A failure: what is wrong and what to do.
    pub fn error(&mut self, error: &CliError) {
        // What was told before the error belongs before it, also where both go to one terminal.
        let _ = self.finish();
        if matches!(error, CliError::Closed | CliError::Told(_)) {
            return;
        }
        let message = self.for_onlookers(&error.to_string());
        let hint = way_on(error).map(|hint| self.for_onlookers(&hint));
        let mut stream = io::stderr().lock();
        if self.format == Format::Json {
            let error = serde_json::json!({ "error": { "message": message, "hint": hint } }).to_string();
            let _ = writeln!(stream, "{}", plain::harmless_json(&error));
            return;
        }
        let _ = writeln!(stream, "error: {}", plain::harmless(&message));
        if let Some(hint) = hint {
            let _ = writeln!(stream, "hint: {}", plain::harmless(&hint));
        }
    }
}

/// A result as JSON, with nothing in it that acts on a terminal.
///
/// # Errors
/// When it cannot be said in JSON.
pub fn json(value: &impl Serialize) -> Result<String, CliError> {
    let text = serde_json::to_string_pretty(value).map_err(|error| CliError::Io(error.to_string()))?;
    Ok(plain::harmless_json(&text).into_owned())
}

fn told(error: &io::Error) -> CliError {
    match error.kind() {
        // `list | head` is no failure.
        io::ErrorKind::BrokenPipe => CliError::Closed,
        _ => CliError::Io(format!("cannot write the result: {error}")),
    }
}

/// Reads a text, from standard input for `-`; no more of it than shows that it is too long.
///
/// # Errors
/// When it cannot be read.
pub fn read(file: &Path) -> Result<Vec<u8>, CliError> {
    let is_input = file.as_os_str() == "-";
    let what = if is_input { "standard input".into() } else { file.to_string_lossy() };
    let failed = |error: io::Error| CliError::Io(format!("cannot read {what}: {}", cause::of(&error, file)));
    let from: Box<dyn Read> =
        if is_input { Box::new(io::stdin()) } else { Box::new(std::fs::File::open(file).map_err(failed)?) };
    let mut bytes = Vec::new();
    let most = u64::try_from(bounds::SETTINGS).unwrap_or(u64::MAX);
    from.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// The number of a row, which alone would be heard as any number.
pub fn numbered_row(what: &str, number: i64, out: &Out) -> String {
    if out.medium == Medium::Voice { format!("{what} {number}") } else { format!("{number:>4}") }
}

/// A labelled line, wrapped under itself; nothing if there is no text.
pub fn label(out: &mut Out, name: &str, text: &str) -> Done {
    if text.trim().is_empty() {
        return Ok(());
    }
    for (row, line) in plain::wrap(text, out.width(90)).iter().enumerate() {
        let name = if row == 0 { format!("{name}:") } else { String::new() };
        out.line(&format!("{}{line}", plain::fit(&name, 16)))?;
    }
    Ok(())
}
