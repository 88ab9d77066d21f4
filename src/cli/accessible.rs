//! The day's work line by line, for a screen reader or a braille line: no screen that is redrawn, no borders, numbered
//! choices, one line for each change. Everything is done by the commands, so that it is said in the same words; what has
//! no number here is typed as a command.

mod lines;
mod of_meeting;
mod of_request;
mod undo;

use std::io::BufRead;

use super::arguments::Arguments;
use super::out::{Medium, Out};
use super::{CliError, Context, Done, spoken, with_care};
use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::reframe;
use crate::domain::words::filter::Filter;
use crate::domain::words::token;
use crate::ops::queue::QueueRow;
use crate::plain;
use lines::LineRead;
pub use lines::{AtTerminal, More, Scripted};

/// So many requests or meetings are read out at once.
const OFFERED: usize = 9;

const JOBS: [&str; 7] = [
    "Triage: what is new, one by one",
    "Assign a request",
    "Standup",
    "Brief for the next leadership meeting",
    "Reflect on a meeting",
    "The week",
    "What needs a decision: late, at risk",
];

/// What somebody chose of a numbered list.
enum Chosen {
    /// One of the choices, counted from 1.
    Number(usize),
    /// Something else was typed.
    Words(String),
    /// An empty line, or no choice that there is.
    Nothing,
    /// The way out, or the end of the input.
    Leave,
}

/// Who is talked to: what is typed, and where it is answered.
struct Talk<'a> {
    context: &'a mut Context,
    out: &'a mut Out,
    input: &'a mut dyn BufRead,
    more: &'a mut dyn More,
}

/// Asks what is to be done until nothing more is.
pub fn run(context: &mut Context, out: &mut Out, input: &mut dyn BufRead, more: &mut dyn More) -> Done {
    out.medium = Medium::Voice;
    let mut talk = Talk { context, out, input, more };
    let today = day::short_day(talk.context.desk.today());
    talk.out.line(&format!(
        "Tablesetter, {today}. Type a number, a command such as `list at:risk`, ? for all of them, u to undo, or q to \
         leave."
    ))?;
    loop {
        match talk.choose("What now?", &JOBS.map(str::to_owned))? {
            Chosen::Number(1) => talk.triage()?,
            Chosen::Number(2) => talk.assign_one()?,
            Chosen::Number(3) => talk.command(&["standup"])?,
            Chosen::Number(4) => talk.command(&["brief"])?,
            Chosen::Number(5) => talk.reflect()?,
            Chosen::Number(6) => talk.command(&["review"])?,
            Chosen::Number(7) => talk.command(&["list", "is:late", "or", "at:risk"])?,
            Chosen::Number(_) | Chosen::Nothing => {}
            Chosen::Words(words) if is_undo(&words) => talk.undo()?,
            Chosen::Words(words) if words == "?" => talk.command(&["-h"])?,
            Chosen::Words(words) => {
                let words = shell_words(&words);
                talk.command(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
            }
            Chosen::Leave => return talk.out.flush(),
        }
    }
}

impl Talk<'_> {
    /// A line as it was typed; `None` at the end of the input. A paste answers nothing: the question is asked again.
    fn read(&mut self, question: &str) -> Result<Option<String>, CliError> {
        loop {
            match self.typed(question)? {
                LineRead::Line(line) => return Ok(Some(line)),
                LineRead::End => return Ok(None),
                LineRead::Pasted(text) => self.offer(text)?,
            }
        }
    }

    fn typed(&mut self, question: &str) -> Result<LineRead, CliError> {
        self.out.line(question)?;
        // Output is gathered, and a question that still lies in the buffer would be waited on unheard.
        self.out.flush()?;
        lines::read(self.input, self.more).map_err(|error| CliError::Io(format!("cannot read: {error}")))
    }

    /// Offers a pasted text as a request; what was recognised in it is told, not set.
    fn offer(&mut self, mut text: String) -> Done {
        loop {
            let count = text.lines().count();
            self.out.line(&format!("{count} lines came at once, so they are taken for no answer."))?;
            self.out.line("1 add them as a request, in their words")?;
            self.out.line("2 throw them away")?;
            match self.typed("What becomes of them?")? {
                LineRead::Line(line) if line == "1" => {
                    let desk = &mut self.context.desk;
                    let added = desk.draft_of_message(&text).and_then(|draft| desk.add_message(&draft, ""));
                    let said = added.map_or_else(|error| error.to_string(), |added| added.label);
                    return self.out.line(&plain::harmless(&format!("{said}.")));
                }
                LineRead::Line(line) if line == "2" => return self.out.line("Nothing was changed."),
                LineRead::End => return Ok(()),
                // The end of its last line was still to come.
                LineRead::Line(line) | LineRead::Pasted(line) => text = format!("{text}\n{line}"),
            }
        }
    }

    /// Reads out choices with their numbers, and which one is wanted.
    fn choose(&mut self, question: &str, choices: &[String]) -> Result<Chosen, CliError> {
        // The choices come before the question: a reader is interrupted by typing, and what was heard last is answered.
        for (number, choice) in choices.iter().enumerate() {
            self.out.line(&format!("{} {choice}", number + 1))?;
        }
        loop {
            let Some(typed) = self.read(question)? else { return Ok(Chosen::Leave) };
            match typed.parse::<usize>() {
                Ok(number) if (1..=choices.len()).contains(&number) => return Ok(Chosen::Number(number)),
                // A slip is no answer: taken for an empty line, it would go on to the next one.
                Ok(number) => {
                    let last = choices.len();
                    self.out.line(&format!("There is no {number}; they are 1 to {last}."))?;
                }
                Err(_) if is_way_out(&typed) => return Ok(Chosen::Leave),
                Err(_) if typed.is_empty() => return Ok(Chosen::Nothing),
                Err(_) => return Ok(Chosen::Words(typed)),
            }
        }
    }

    /// The number of one of the choices; `None` on an empty line and on the way out. Words are asked about again.
    fn pick(&mut self, question: &str, choices: &[String]) -> Result<Option<usize>, CliError> {
        loop {
            match self.choose(question, choices)? {
                Chosen::Number(number) => return Ok(Some(number)),
                Chosen::Nothing | Chosen::Leave => return Ok(None),
                Chosen::Words(_) => self.out.line("Type one of the numbers, or q to leave it.")?,
            }
        }
    }

    /// Words of the lead's own; `None` on the way out, which is no text.
    fn words(&mut self, question: &str) -> Result<Option<String>, CliError> {
        Ok(self.read(question)?.map(|text| text.trim().to_owned()).filter(|text| !is_way_out(text)))
    }

    /// Runs a command as if it had been typed after the program's name; what it refuses is said and ends nothing.
    fn command(&mut self, words: &[&str]) -> Done {
        let given = std::iter::once("tablesetter").chain(words.iter().copied()).map(Into::into);
        let command = match Arguments::read(given) {
            Ok(Arguments { options, command }) => {
                // How it prints and what it opens was settled at the start: a command that was meant for another store, or
                // for other eyes, is not done here.
                if let Some(option) = options.given() {
                    let said = format!(
                        "Nothing was done: {option} is said when Tablesetter is started, and counts for all of it."
                    );
                    return self.out.line(&said);
                }
                let Some(command) = command else { return Ok(()) };
                command
            }
            // Clap says it in several lines, with blank ones between that a reader would announce.
            Err(error) => {
                let said = error.render().to_string();
                // How the program is started is no help to whoever is in it already.
                let is_of_the_shell =
                    |line: &str| line.starts_with("Usage: tablesetter [") || line.starts_with("For more");
                return said
                    .lines()
                    .filter(|line| !line.trim().is_empty() && !is_of_the_shell(line))
                    .try_for_each(|line| self.out.line(&plain::harmless(line)));
            }
        };
        // A refusal ends a command and not the conversation.
        match with_care(command, self.context, self.out) {
            Err(CliError::Closed) => Err(CliError::Closed),
            Err(error) => self.refuse(&error),
            Ok(()) => Ok(()),
        }
    }

    /// Says why something was not done, and what would be right; that ends nothing.
    fn refuse(&mut self, error: &CliError) -> Done {
        let hint = match error {
            CliError::Ops(error) => error.hint(),
            _ => None,
        };
        let error = error.to_string();
        // One that ends by asking what was meant is a whole sentence.
        let end = if error.ends_with('?') { "" } else { "." };
        let said = hint.map_or_else(|| format!("{error}{end}"), |hint| format!("{error}{end} {hint}"));
        self.out.line(&plain::harmless(&said))
    }

    fn rows(&self, words: &str) -> Result<Vec<QueueRow>, CliError> {
        let context = self.context.desk.reading()?;
        let filter = Filter::parse(words, &context).map_err(|error| CliError::Usage(error.to_string()))?;
        Ok(self.context.desk.queue(&filter, None)?)
    }

    fn triage(&mut self) -> Done {
        let new = self.rows("is:new")?;
        if new.is_empty() {
            return self.out.line("Nothing is new.");
        }
        for (place, row) in new.iter().enumerate() {
            let told = spoken::request(row, self.context.desk.today());
            self.out.line(&format!("New, {} of {}: {told}", place + 1, new.len()))?;
            if self.triage_one(row.request.id)? {
                return Ok(());
            }
        }
        self.out.line("That was the last one.")
    }

    /// Asks what becomes of one; true if that was enough.
    fn triage_one(&mut self, id: RequestId) -> Result<bool, CliError> {
        const CHOICES: [&str; 10] = [
            "tier",
            "what will be different if it works",
            "assign",
            "back for what is missing",
            "decline",
            "read all of it",
            "next",
            "the day it is due",
            "how many hours it takes",
            "hold it for now",
        ];
        let key = id.to_string();
        loop {
            match self.choose(
                &format!("{key}: what becomes of it? q ends the triage."),
                &CHOICES.map(str::to_owned),
            )? {
                Chosen::Number(number @ (1 | 2 | 6 | 8..=10)) => {
                    if self.say_of(&key, number)? {
                        return Ok(false);
                    }
                }
                Chosen::Number(3) => {
                    self.assign(id)?;
                    return Ok(false);
                }
                // The questions themselves are not copied: without a screen there is nowhere to paste them from.
                Chosen::Number(4) => {
                    self.command(&["move", &key, "clarifying"])?;
                    return Ok(false);
                }
                Chosen::Number(5) => {
                    let why = self.words("Why not, or where else? A few words for the requester.")?;
                    if let Some(why) = why.filter(|why| !why.is_empty()) {
                        self.command(&["move", &key, "declined", "--reason", &why])?;
                        return Ok(false);
                    }
                    self.out.line("Nothing was changed.")?;
                }
                Chosen::Words(words) if is_undo(&words) => self.undo()?,
                Chosen::Words(_) => self.out.line("Type one of the numbers.")?,
                Chosen::Leave => return Ok(true),
                Chosen::Number(_) | Chosen::Nothing => return Ok(false),
            }
        }
    }

    /// Asks what will be different; what says no change yet is told so, and kept only if that is said.
    fn ask_for_outcome(&mut self, key: &str) -> Done {
        let outcome = self.words("What will be different, with a figure or a day?")?.unwrap_or_default();
        if outcome.is_empty() {
            return self.out.line("Nothing was changed.");
        }
        if let Err(not_yet) = reframe::is_good_answer(&outcome, &self.context.desk.config.phrases) {
            self.out.line(&format!("Not yet: {}", not_yet.reason()))?;
            let choices = ["keep it all the same".to_owned(), "leave it".to_owned()];
            if self.pick("Keep it?", &choices)? != Some(1) {
                return self.out.line("Nothing was changed.");
            }
        }
        self.command(&["edit", key, &format!("outcome:{}", token::quoted(&outcome))])
    }

    fn assign_one(&mut self) -> Done {
        let rows: Vec<QueueRow> = self.rows("-is:held")?.into_iter().take(OFFERED).collect();
        let choices: Vec<String> = {
            let today = self.context.desk.today();
            rows.iter().map(|row| spoken::request(row, today)).collect()
        };
        match self.choose("Which request? Its number here, or its key.", &choices)? {
            Chosen::Number(number) => self.assign(rows[number - 1].request.id),
            Chosen::Words(key) => match key.parse::<RequestId>() {
                Ok(id) => self.assign(id),
                Err(error) => self.out.line(&plain::harmless(&error.to_string())),
            },
            Chosen::Nothing | Chosen::Leave => Ok(()),
        }
    }

    /// Asks for somebody, says what it costs, and asks whether it is to be done.
    fn assign(&mut self, id: RequestId) -> Done {
        let people = self.context.desk.store.people()?;
        let choices: Vec<String> =
            people.iter().map(|person| format!("{}, {}", person.name, person.discipline)).collect();
        let who = match self.choose("To whom?", &choices)? {
            Chosen::Number(number) => people[number - 1].handle.clone(),
            Chosen::Words(who) => who,
            Chosen::Nothing | Chosen::Leave => return Ok(()),
        };
        let holders = self.holders(id);
        // With nothing left to give, an assignment could only be refused.
        if !holders.is_empty() {
            return self.reassign(id, &who, &holders);
        }
        let key = id.to_string();
        // Said before it is asked for: whoever is read to cannot glance at a sheet beside the question.
        self.command(&["assign", &key, &who, "--dry-run"])?;
        let choices = ["assign it".to_owned(), "leave it".to_owned()];
        match self.pick("Do it?", &choices)? {
            Some(1) => self.command(&["assign", &key, &who]),
            _ => self.out.line("Nothing was changed."),
        }
    }
}

/// Whether somebody wants the last change back; without a number the command means one's own in here.
fn is_undo(text: &str) -> bool {
    ["u", "undo"].contains(&text)
}

/// Whether somebody wants to leave a question.
fn is_way_out(text: &str) -> bool {
    ["q", "quit", "exit"].contains(&text)
}

/// Words as a shell parts them: quotes hold words together.
fn shell_words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut current, mut is_begun, mut quote) = (String::new(), false, None);
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => current.push(c),
            // A quote begins a word even when nothing is in it, so that an empty text can be typed.
            None if c == '"' || c == '\'' => (quote, is_begun) = (Some(c), true),
            None if c.is_whitespace() => {
                if is_begun {
                    words.push(std::mem::take(&mut current));
                }
                is_begun = false;
            }
            None => {
                current.push(c);
                is_begun = true;
            }
        }
    }
    if is_begun {
        words.push(current);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        let words = |line: &str| shell_words(line).join("|");
        assert_eq!(words("list  at:risk"), "list|at:risk");
        assert_eq!(
            words("edit R-1 outcome:\"Lift sign-ups by 8 %\""),
            "edit|R-1|outcome:Lift sign-ups by 8 %"
        );
        assert_eq!(words("add 'it''s' \"\""), "add|its|");
        assert_eq!(words("   "), "");
    }
}
