//! A meeting that is reflected on, question by question.

use super::{Chosen, Done, OFFERED, Talk};
use crate::domain::day;
use crate::domain::meeting::Meeting;
use crate::domain::reflection::Touched;
use crate::ops::reflect::stance_words;
use crate::plain;

/// How far back meetings are looked for that are owed a reflection.
const DAYS_BACK: i64 = 30;

impl Talk<'_> {
    /// Asks on which meeting, and what it was like; a reflection that is left in the middle is none.
    pub(super) fn reflect(&mut self) -> Done {
        let today = self.context.desk.today();
        let meetings = self.context.desk.meetings(day::plus(today, -DAYS_BACK), today)?;
        // Of a long list nobody remembers the first by the time the last is read.
        let owed: Vec<Meeting> = self.context.desk.owed_among(&meetings)?.into_iter().take(OFFERED).collect();
        if owed.is_empty() {
            return self.out.line("No meeting is owed a reflection.");
        }
        let name = |meeting: &Meeting| {
            let when = day::day_near(meeting.start.date_naive(), today);
            plain::harmless(&format!("{}, {when} {}", meeting.title, meeting.start.format("%H:%M")))
                .into_owned()
        };
        let choices: Vec<String> = owed.iter().map(name).collect();
        let Some(number) = self.pick("On which meeting?", &choices)? else { return Ok(()) };
        let stances: Vec<String> = (1..=5).map(|stance| stance_words(stance).to_owned()).collect();
        let unchanged = "Nothing was changed.";
        let Some(stance) = self.pick("What did you do in the room?", &stances)? else {
            return self.out.line(unchanged);
        };
        let touched: Vec<String> = Touched::ALL.iter().map(|touched| touched.title().to_owned()).collect();
        let touched = match self.choose("Was a decision touched? An empty line leaves it out.", &touched)? {
            Chosen::Number(number) => Touched::ALL[number - 1].name(),
            Chosen::Leave => return self.out.line(unchanged),
            Chosen::Words(_) | Chosen::Nothing => "",
        };
        let Some(moment) = self.words("One moment that shows it, or an empty line.")? else {
            return self.out.line(unchanged);
        };
        let Some(if_then) = self.words("If … then … for the next time, or an empty line.")? else {
            return self.out.line(unchanged);
        };
        let (key, stance) = (owed[number - 1].key.to_string(), stance.to_string());
        let mut words = vec!["reflect", &key, "--stance", &stance];
        for (option, text) in [("--touched", touched), ("--moment", &moment), ("--if-then", &if_then)] {
            if !text.is_empty() {
                words.extend([option, text]);
            }
        }
        self.command(&words)
    }
}
