//! What can be done with one request beside its tier and outcome: somebody takes it over, its day and hours are said, it
//! is put on hold.

use super::{CliError, Done, Talk};
use crate::domain::ids::RequestId;
use crate::ops::plan::{Holder, Plan};
use crate::plain;

impl Talk<'_> {
    /// Whose share could be taken over; nobody's where something is left to give.
    pub(super) fn holders(&self, id: RequestId) -> Vec<Holder> {
        // Why it cannot be weighed is said by the assignment that is tried next.
        self.context.desk.options(&Plan::whole(id)).map_or_else(|_| Vec::new(), |options| options.holders)
    }

    /// Asks whose share is taken over, and does it.
    pub(super) fn reassign(&mut self, id: RequestId, who: &str, holders: &[Holder]) -> Done {
        let who = match self.context.desk.person(who) {
            Ok(person) => person.handle,
            Err(error) => return self.out.line(&plain::harmless(&error.to_string())),
        };
        let others: Vec<&Holder> = holders.iter().filter(|holder| holder.handle != who).collect();
        if others.is_empty() {
            return self.out.line(&format!("{who} holds all of {id} already."));
        }
        let took = |holder: &&Holder| format!("{who} takes over the {} of {}", holder.left, holder.handle);
        let mut choices: Vec<String> = others.iter().map(took).collect();
        choices.push("leave it".to_owned());
        let chosen = self.pick(&format!("Nothing of {id} is left to give. Who does it?"), &choices)?;
        let Some(number) = chosen else { return self.out.line("Nothing was changed.") };
        // The choice behind the holders is to leave it.
        let Some(holder) = others.get(number - 1) else { return self.out.line("Nothing was changed.") };
        let mut plan = holder.plan.clone();
        plan.share.who = who;
        match self.context.desk.commit(&plan) {
            Ok((committed, sentence)) => {
                self.out.line(&plain::harmless(&format!("{}: {sentence}.", committed.label)))
            }
            Err(error) => self.out.line(&plain::harmless(&error.to_string())),
        }
    }

    /// What is said of a request by the number of a choice; true if nothing more is to be said of it.
    pub(super) fn say_of(&mut self, key: &str, number: usize) -> Result<bool, CliError> {
        match number {
            1 => {
                self.say_field(key, "tier", "Which tier, 0 to 4?")?;
            }
            2 => self.ask_for_outcome(key)?,
            8 => self.say_field(key, "due", "By which day?")?,
            9 => self.say_field(key, "estimate", "How many hours, like 6h?")?,
            10 => return self.hold(key),
            _ => self.command(&["show", key])?,
        }
        Ok(false)
    }

    /// Asks for what a field is to hold; an empty line leaves it.
    fn say_field(&mut self, key: &str, field: &str, question: &str) -> Done {
        // It is put between quotes below, which a quote of its own would end.
        let said = self.words(question)?.unwrap_or_default().replace('"', "'");
        if said.is_empty() {
            return self.out.line("Nothing was changed.");
        }
        self.command(&["edit", key, &format!("{field}:\"{said}\"")])
    }

    /// Asks why it is put on hold; true if it was.
    fn hold(&mut self, key: &str) -> Result<bool, CliError> {
        let why = self.words("Until when, or until what?")?.unwrap_or_default();
        if why.is_empty() {
            self.out.line("Nothing was changed.")?;
            return Ok(false);
        }
        self.command(&["move", key, "on-hold", "--reason", &why])?;
        Ok(true)
    }
}
