//! What the help says around the commands, and how a command that was typed wrongly is told.

use std::io::Write;

use super::out::Format;
use crate::domain::source::address::masked_in;
use crate::plain;

pub const EXAMPLES: &str = "Examples:
  tablesetter                                       open the cockpit
  tablesetter demo                                  look around in a made-up studio
  tablesetter import requests export.csv --dry-run  see what an import would do
  tablesetter add \"Spring launch hero film\" @ana t1 ~40h due:fri lever:impact
  tablesetter list at:risk due:<2w                  what needs a decision
  tablesetter assign R-17 ana --dry-run             what a yes would cost
  tablesetter load --days 10 --json                 the load, for a script";

pub const EXITS: &str = "Exit codes: 0 ok, 1 failed, 2 usage, 3 nothing matched, 4 conflict or locked, 5 input rejected, 130 interrupted.
Environment:
  TABLESETTER_STORE   the store, unless --store names it
  TABLESETTER_CONFIG  the configuration, unless --config names it
  TABLESETTER_NOW     fixes the clock, like 2026-11-23T09:00:00+00:00
  TZ                  the time zone; it counts beside a fixed clock too
  NO_COLOR            when set, nothing is coloured
  VISUAL, EDITOR      what opens long texts in the cockpit
  PAGER               what shows a text that is longer than the terminal";

/// Prints what is wrong with the arguments, or the help and version that were asked for; gives the exit code.
pub fn tell(error: &clap::Error, format: Format) -> u8 {
    // It repeats what was typed, and an address that was is a secret.
    let text = masked_in(&error.render().to_string());
    if error.use_stderr() && format == Format::Json {
        let (message, hint) = parts(&text);
        let told = serde_json::json!({ "error": { "message": message, "hint": hint } }).to_string();
        let _ = writeln!(std::io::stderr().lock(), "{}", plain::harmless_json(&told));
    } else if error.use_stderr() {
        let _ = write!(std::io::stderr().lock(), "{}", plain::harmless_lines(&text));
    } else if let Err(fault) = error.print().and_then(|()| std::io::stdout().flush()) {
        // Help and version are answers, and went to standard output as they are.
        // Whoever closes the pipe has read enough.
        if fault.kind() != std::io::ErrorKind::BrokenPipe {
            let _ = writeln!(std::io::stderr().lock(), "error: cannot write the help: {fault}");
            return 1;
        }
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// What is wrong and what to do, out of the paragraphs that clap prints for people.
fn parts(rendered: &str) -> (String, Option<String>) {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Its parts are not to be had otherwise in the words that people read; paragraphs are the only border.
    let mut paragraphs = rendered.split("\n\n").map(one_line).filter(|text| !text.is_empty());
    let first = paragraphs.next().unwrap_or_default();
    let rest: Vec<String> = paragraphs.collect();
    let Some(message) = first.strip_prefix("error: ") else {
        // A command without its subcommand prints its whole help.
        let hint = "`--help` after the command lists what may follow it.";
        return ("a command is missing after this one".to_owned(), Some(hint.to_owned()));
    };
    let hint = rest.iter().find_map(|text| text.strip_prefix("tip: "));
    let hint = hint.or_else(|| rest.iter().find(|text| text.starts_with("Usage: ")).map(String::as_str));
    (message.to_owned(), hint.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paragraphs_of_an_error_become_what_is_wrong_and_what_to_do() {
        let told = |text: &str| {
            let (message, hint) = parts(text);
            (message, hint.unwrap_or_default())
        };
        assert_eq!(
            told(
                "error: unexpected argument '--lmit' found\n\n  tip: a similar argument exists: '--limit'\n\n\
                 Usage: tablesetter list\n\nFor more information, try '--help'.\n"
            ),
            (
                "unexpected argument '--lmit' found".to_owned(),
                "a similar argument exists: '--limit'".to_owned()
            )
        );
        assert_eq!(
            told(
                "error: the following required arguments were not provided:\n  <KEY>\n\n\
                 Usage: tablesetter show <KEY>\n\nFor more information, try '--help'.\n"
            ),
            (
                "the following required arguments were not provided: <KEY>".to_owned(),
                "Usage: tablesetter show <KEY>".to_owned()
            )
        );
        assert_eq!(told("Meetings\n\nUsage: x").0, "a command is missing after this one");
    }
}
