//! `forget`: words taken out for good, after a plain question.

use std::io::{self, BufRead, IsTerminal};

use clap::Args;

use super::out::{Format, Out};
use super::{CliError, Done};
use crate::ops::forget::question;
use crate::ops::{Desk, OpsError};
use crate::store::{Copies, Forgotten};

/// Options of `forget`.
#[derive(Debug, Clone, Args)]
pub struct ForgetArguments {
    /// A record (R-17, S-2, M-4@2026-11-24), an absence, a holiday or a person
    pub key: String,
    /// Only the words of this field
    #[arg(long, value_name = "F")]
    pub field: Option<String>,
    /// Take them out of the copies of the store too
    #[arg(long)]
    pub copies: bool,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

pub fn forget(desk: &mut Desk, arguments: &ForgetArguments, out: &mut Out) -> Done {
    let subject = desk.subject(&arguments.key)?;
    let question = question(&subject, arguments.field.as_deref())?;
    if !arguments.yes && !is_answered_with_yes(&question, out)? {
        return Err(CliError::Nothing("nothing was forgotten".to_owned()));
    }
    let copies = if arguments.copies { Copies::Cleaned } else { Copies::Named };
    let forgotten = desk.forget(&subject, arguments.field.as_deref(), copies)?;
    // A copy that still has the words is worth a sentence, even where the store has none of them.
    if forgotten.removed.is_empty() && forgotten.places.is_empty() && forgotten.still.is_empty() {
        return Err(CliError::Nothing(format!("{subject} holds no such words, and no copy does")));
    }
    tell(&forgotten, out)
}

/// Asks on a terminal; without one nobody can answer, so the option is named.
fn is_answered_with_yes(question: &str, out: &mut Out) -> Result<bool, CliError> {
    // A pipe that ends would read as an empty answer, and a script would never learn that it has to say
    // `--yes`.
    if !io::stdin().is_terminal() {
        return Err(OpsError::rejected(question, "Without a terminal to ask on, say it with --yes.").into());
    }
    out.ask(&format!("{question} Type yes:"));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|error| CliError::Io(error.to_string()))?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}

fn tell(forgotten: &Forgotten, out: &mut Out) -> Done {
    let Forgotten { removed, places, still, .. } = forgotten;
    let told = forgotten.told().into_iter();
    match out.format {
        Format::Human => {
            let mut lines = std::iter::once(forgotten.label.clone()).chain(told);
            lines.try_for_each(|line| out.line(&crate::plain::harmless(&line)))
        }
        Format::Json => {
            // The first sentence tells the places, which stand in the JSON itself.
            told.skip(1).for_each(|line| out.say(&line));
            let places: Vec<&String> = places.iter().map(|(place, _)| place).collect();
            out.json(
                &serde_json::json!({ "removed": removed, "places": places, "copies_still_holding": still }),
            )
        }
        Format::Plain => {
            told.skip(1).for_each(|line| out.say(&line));
            let rows = removed.iter().map(|field| ("removed", field.clone()));
            let rows = rows.chain(places.iter().map(|(place, count)| ("place", format!("{place} {count}"))));
            let copies = still.iter().map(|path| ("copy", path.display().to_string()));
            rows.chain(copies).try_for_each(|(what, value)| out.record(&[what, &value]))
        }
    }
}
