//! A text handed to the user's own editor and taken back.

use std::io::{self, Write};
use std::process::Command;

use crate::tui::terminal::wait::Waiter;

/// Lets `$VISUAL` or `$EDITOR` (otherwise `vi`) edit a text; the file is readable by its owner alone and gone
/// afterwards. The terminal must be lent while this runs.
///
/// # Errors
/// A sentence; the text is then as it was.
pub fn edit(text: &str, waiter: &mut Waiter) -> Result<String, String> {
    let named = |name: &str| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    let editor = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let failed = |error: io::Error| format!("the text could not be handed to `{editor}`: {error}");
    let mut file =
        tempfile::Builder::new().prefix("tablesetter-").suffix(".txt").tempfile().map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    // As every program does that honours these variables: the shell takes the words apart.
    let mut child = Command::new("sh")
        // The path is an argument, so that no letter of it is read by the shell.
        .args(["-c", &format!("{editor} \"$1\""), "sh"])
        .arg(file.path())
        .spawn()
        .map_err(failed)?;
    let status = waiter.end_of(&mut child).map_err(failed)?;
    if !status.success() {
        return Err(format!("`{editor}` ended with an error; the text is as it was"));
    }
    // By its name: many editors write beside and rename, and the handle would still show the old text.
    let bytes = std::fs::read(file.path()).map_err(failed)?;
    String::from_utf8(bytes)
        .map_err(|_| format!("`{editor}` left something that is not text; it is as it was"))
}
