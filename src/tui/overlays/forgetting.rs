//! The question before words are forgotten for good. Leaving things as they are is what Enter does.

use super::Overlay;
use super::menu::{Choice, Menu, Pick};
use crate::ops::forget::{Copies, Subject, fields_of};
use crate::tui::app::effect::{Effect, Write};

/// Asks whether every word of something goes, or the words of one field.
pub fn ask(subject: &Subject) -> Overlay {
    let title = format!("This can never be undone: forget every word of {subject}? Numbers and days stay");
    let mut choices = answers(subject, None);
    let fields: Vec<Choice> = fields_of(subject)
        .into_iter()
        // A request has more fields than the alphabet has small letters.
        .zip(('a'..='z').chain('A'..='Z'))
        .map(|(field, key)| Choice {
            key,
            label: field.to_owned(),
            pick: Pick::Open(ask_field(subject, field)),
        })
        .collect();
    let which = Menu::new(format!("Forget the words of which field of {subject}?"), fields);
    let pick = Pick::Open(which.into());
    choices.push(Choice { key: 'f', label: "only one field …".to_owned(), pick });
    Menu::new(title, choices).into()
}

fn ask_field(subject: &Subject, field: &'static str) -> Overlay {
    let title = format!("This can never be undone: forget what stands in {field} of {subject}?");
    Menu::new(title, answers(subject, Some(field))).into()
}

fn answers(subject: &Subject, field: Option<&'static str>) -> Vec<Choice> {
    let forget = |copies| Pick::Do(Effect::Write(Write::Forget(subject.clone(), field, copies)));
    vec![
        // First, so that an Enter too many keeps everything.
        Choice { key: 'n', label: "no, keep it".to_owned(), pick: Pick::Leave },
        Choice { key: 'y', label: "yes, for good".to_owned(), pick: forget(Copies::Named) },
        Choice {
            key: 'c',
            label: "yes, and out of the copies too".to_owned(),
            pick: forget(Copies::Cleaned),
        },
    ]
}
