//! Taking back the newest change of one's own; where others have written since, both are read out.

use super::{CliError, Done, Talk};
use crate::domain::count::counted;
use crate::domain::document::PrivateNames;
use crate::domain::ids::OperationId;
use crate::ops::undo::{OwnUndo, UndoQuestion};
use crate::plain;

impl Talk<'_> {
    /// Takes the newest own change back, or asks which one is meant.
    pub(super) fn undo(&mut self) -> Done {
        let hidden = self.context.desk.hidden_names()?;
        match self.context.desk.undo_own() {
            Ok(OwnUndo::Done(committed)) => self.told(committed.label, &hidden),
            Ok(OwnUndo::Asks(question)) => self.whose_undo(*question),
            Err(error) => self.refuse(&CliError::from(error)),
        }
    }

    /// Says what was taken back, as whoever listens may hear it.
    fn told(&mut self, label: String, hidden: &PrivateNames) -> Done {
        let label = self.context.desk.shown_outcome(label, hidden)?;
        self.out.line(&plain::harmless(&format!("{label}.")))
    }

    fn whose_undo(&mut self, UndoQuestion { own, newest, count }: UndoQuestion) -> Done {
        let by = newest.origin.title();
        // Of a conversation that has changed nothing, all that there is was made elsewhere, and its number says nothing.
        let asks = if own.is_some() {
            format!(
                "{} made elsewhere since yours, the newest by the {by}.",
                counted(count, "change was", "changes were")
            )
        } else {
            format!("Nothing stands that was changed in here; the newest change is by the {by}.")
        };
        self.out.line(&asks)?;
        let told = |whose: &str, label: &str| format!("take back {whose}: {}", plain::harmless(label));
        let mut known: Vec<(OperationId, String)> = Vec::new();
        known.extend(own.map(|own| (own.id, told("yours", &own.label))));
        known.push((newest.id, told("the newest", &newest.label)));
        let mut choices: Vec<String> = known.iter().map(|(_, choice)| choice.clone()).collect();
        choices.push("leave it".to_owned());
        let chosen = self.pick("Which of them?", &choices)?;
        // The choice behind the changes is to leave them.
        let Some((id, _)) = chosen.and_then(|number| known.get(number - 1)) else {
            return self.out.line("Nothing was changed.");
        };
        let hidden = self.context.desk.hidden_names()?;
        match self.context.desk.undo(Some(*id)) {
            Ok(committed) => self.told(committed.label, &hidden),
            Err(error) => self.refuse(&CliError::from(error)),
        }
    }
}
