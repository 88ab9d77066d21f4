//! `lint`: what of a text could be said in business words.

use std::path::PathBuf;

use clap::Args;

use super::out::{Format, Out, read};
use super::{CliError, Done};
use crate::config::Config;
use crate::domain::bounds;
use crate::domain::lint::{Finding, lint, take};
use crate::ops::OpsError;
use crate::plain;

/// Options of `lint`.
#[derive(Debug, Clone, Args)]
pub struct LintArguments {
    /// The file, or - for standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// Print the text with the suggestion of this number taken
    #[arg(long, value_name = "NUMBER")]
    pub take: Option<usize>,
}

/// Lints a file or standard input; or prints it with one suggestion taken.
pub fn run(arguments: &LintArguments, config: &Config, out: &mut Out) -> Done {
    let bytes = read(&arguments.file)?;
    // Before its letters: what is longer was cut while it was read, maybe within one of them.
    if let Some(message) = bounds::too_long(bytes.len(), bounds::TEXT, "a text") {
        return Err(OpsError::rejected(
            format!("{}: {message}", arguments.file.display()),
            "Look at it in parts.",
        )
        .into());
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        OpsError::rejected(
            format!("{} is not UTF-8 text", arguments.file.display()),
            "Save it as plain text, or paste it: `tablesetter lint -`.",
        )
    })?;
    // Windows editors put a byte order mark in front, which would count as a column of the first line.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let found = lint(text, &config.lint());
    if let Some(number) = arguments.take {
        return taken(text, &found, number, out);
    }
    match out.format {
        Format::Json => out.json(&found)?,
        Format::Plain => found.iter().try_for_each(|finding| record(finding, out))?,
        Format::Human => {
            found.iter().enumerate().try_for_each(|(at, finding)| lines(at + 1, finding, out))?;
        }
    }
    if found.is_empty() {
        out.say("nothing to say in other words");
    }
    Ok(())
}

fn record(finding: &Finding, out: &mut Out) -> Done {
    let (line, column) = (finding.line.to_string(), finding.column.to_string());
    out.record(&[&line, &column, finding.rule.name(), &finding.text, &finding.suggestion])
}

fn lines(number: usize, finding: &Finding, out: &mut Out) -> Done {
    let place = format!("{}:{}", finding.line, finding.column);
    out.line(&format!(
        "{} {} {}",
        plain::fit_right(&number.to_string(), 3),
        plain::fit(&place, 8),
        out.warm(finding.rule.title())
    ))?;
    for (mark, text) in [("", &finding.text), ("→ ", &finding.suggestion)] {
        for (row, line) in plain::wrap(&plain::harmless(text), 84).iter().enumerate() {
            let mark = if row == 0 { plain::fit_right(mark, 4) } else { " ".repeat(4) };
            out.line(&format!("{mark}{line}"))?;
        }
    }
    Ok(())
}

fn taken(text: &str, found: &[Finding], number: usize, out: &mut Out) -> Done {
    let Some(finding) = number.checked_sub(1).and_then(|at| found.get(at)) else {
        return Err(CliError::Nothing(format!("findings: {}, so none has the number {number}", found.len())));
    };
    let Some(text) = take(text, finding) else {
        return Err(OpsError::rejected(
            format!("finding {number} is advice, not other words: {}", finding.suggestion),
            "Change the text yourself.",
        )
        .into());
    };
    out.whole(&text)
}
