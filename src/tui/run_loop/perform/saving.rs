//! What a form or a line of capture writes, and what is asked once it is written.

use super::performed::Performed;
use crate::domain::record::{self, Record as _};
use crate::ops::sheet::{FormTarget, Texts};
use crate::ops::sources::Machine;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::tui::app::Message;
use crate::tui::app::effect::{Effect, Write};
use crate::tui::overlays::menu::{Choice, Menu, Pick};

/// Writes what was typed into a form.
pub fn saved(
    target: &FormTarget,
    (texts, before): (&Texts, &Texts),
    desk: &mut Desk,
    machine: Option<&Machine>,
) -> Result<Performed, OpsError> {
    // What runs something is let run by whoever adds it on this machine.
    if target.is_source() {
        return Ok(Performed::committed(&desk.save_source(machine, target, texts)?));
    }
    // A form may stand open for an hour, while the command line or another cockpit writes the same field.
    let overtaken = desk.overtaken(target, texts, before)?;
    if !overtaken.is_empty() {
        return Ok(Performed::message(Message::Overtaken(overtaken)));
    }
    let performed = Performed::committed(&desk.save_sheet(target, texts)?);
    let is_new = matches!(target, FormTarget::NewEntry(record::Kind::Stakeholder, _));
    Ok(if is_new { asking_who(performed, desk) } else { performed })
}

/// Files a record from a line.
pub fn captured(kind: record::Kind, text: &str, desk: &mut Desk) -> Result<Performed, OpsError> {
    let performed = Performed::committed(&desk.capture(kind, text)?);
    Ok(if kind == record::Kind::Stakeholder { asking_who(performed, desk) } else { performed })
}

/// Asks whether a stakeholder who was just added is one who is there already under much the same name.
fn asking_who(mut performed: Performed, desk: &Desk) -> Performed {
    // Numbers only grow, so the highest is the one just added.
    let added = desk.books().ok().and_then(|books| books.stakeholders.into_iter().max_by_key(|one| one.id.0));
    let Some(added) = added else { return performed };
    let key = added.key();
    let like = desk.stakeholders_like(&key).unwrap_or_default();
    let Some((other, name)) = like.into_iter().next() else { return performed };
    let merge = Effect::Write(Write::MergeStakeholders(other.clone(), key.clone()));
    let choices = vec![
        Choice { key: 'y', label: format!("yes: make them one, {other}"), pick: Pick::Do(merge) },
        Choice { key: 'n', label: "no: two people".to_owned(), pick: Pick::Leave },
    ];
    let title = format!("{key} {} is much like {other} {name}: same?", plain::cut(&added.name, 40));
    performed.messages.push(Message::Asked(Menu::new(title, choices)));
    performed
}
