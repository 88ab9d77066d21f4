//! Where nothing of a request is left to give: whose share somebody takes over is asked.

use super::super::menu::{Choice, Menu, Pick};
use super::super::{Response, ViewContext};
use crate::ops::plan::{Candidate, PlanOptions};
use crate::plain;
use crate::tui::app::effect::{Effect, Write};

/// Asks whose share the chosen one takes over; each answer is one change.
pub fn reassign(candidate: &Candidate, options: &PlanOptions, sight: ViewContext<'_>) -> Response {
    let who = &candidate.handle;
    let others = options.holders.iter().filter(|holder| holder.handle != *who);
    let mut choices: Vec<Choice> = others
        // Behind `9` the characters are no figures any more, and nobody would look for them.
        .take(9)
        .zip('1'..)
        .map(|(holder, key)| {
            let mut plan = holder.plan.clone();
            plan.share.who.clone_from(who);
            let label = format!("{who} takes over the {} of {}", holder.left, holder.handle);
            Choice { key, label, pick: Pick::Do(Effect::Write(Write::Commit(Box::new(plan)))) }
        })
        .collect();
    let holders: Vec<&str> = options.holders.iter().map(|holder| holder.handle.as_str()).collect();
    let (request, holders) = (options.request.id, holders.join(" and "));
    if choices.is_empty() {
        let hint = sight.snapshot.hints.say("{assign-hours} gives a share of other hours beside it");
        return Response::Say(format!("{who} holds all of {request} already; {hint}"));
    }
    choices.push(Choice { key: 'n', label: format!("{holders} keeps it"), pick: Pick::Leave });
    let title = format!("Nothing of {request} is left to give, {holders} holds it. Who does it?");
    Response::Become(Menu::new(plain::cut(&title, 100), choices).into())
}
