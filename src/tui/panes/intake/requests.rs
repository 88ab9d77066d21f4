//! What actions do to requests, wherever they are: in the queue or opened.

use crate::domain::field::{self, Field};
use crate::domain::ids::RequestId;
use crate::domain::lever::Lever;
use crate::domain::record::Kind;
use crate::domain::stage::Stage;
use crate::domain::tier::{Tier, TierRules};
use crate::ops::plan::Plan;
use crate::ops::queue::QueueRow;
use crate::ops::sheet::FormTarget;
use crate::plain;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::ladder::Ladder;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::overlays::picker::{LinkTargets, Picker};
use crate::tui::overlays::prompt::{Ask, Prompt};
use crate::tui::panes::Update;

/// Keys of the stages in their menu, in the order of [`Stage::ALL`].
const STAGE_KEYS: [char; 10] = ['n', 'c', 'r', 's', 'p', 'v', 'd', 'h', 'x', 'w'];

/// Runs an action on requests.
pub fn act_on(action: Action, ids: &[RequestId], snapshot: &Snapshot) -> Update {
    let rows: Vec<&QueueRow> = ids.iter().filter_map(|id| snapshot.row(*id)).collect();
    act_on_rows(action, ids, &rows, snapshot)
}

/// Runs an action on one request, as it stands in the lists or as its open page has it. What is in neither is only opened:
/// a question about it would begin empty, and Enter would take away what is there.
pub fn act_on_one(action: Action, id: RequestId, open: Option<&QueueRow>, snapshot: &Snapshot) -> Update {
    match snapshot.row(id).or(open) {
        Some(row) => act_on_rows(action, &[id], &[row], snapshot),
        None => match action {
            Action::SetTier
            | Action::SetOutcome
            | Action::SetLever
            | Action::SetEstimate
            | Action::SetLeft
            | Action::SetDue
            | Action::SetStage
            | Action::Advance
            | Action::Block
            | Action::Modify => Update::effect(Effect::Read(Read::OpenRequest(id))),
            _ => act_on_rows(action, &[id], &[], snapshot),
        },
    }
}

fn act_on_rows(action: Action, ids: &[RequestId], rows: &[&QueueRow], snapshot: &Snapshot) -> Update {
    let Some(first) = ids.first().copied() else {
        return Update::notice(snapshot.hints.say("no request is chosen: {add} adds one"));
    };
    let ids = ids.to_vec();
    match action {
        Action::OpenRequest => Update::effect(Effect::Read(Read::OpenRequest(first))),
        Action::SetTier => tiers(&ids, rows, &snapshot.tiers),
        // An ask for things is led to what will be different, one question at a time.
        Action::SetOutcome if matches!(rows, [row] if row.is_output_worded) => {
            Update::open(Ladder::new(&rows[0].request, &snapshot.phrases))
        }
        Action::SetOutcome => ask(ids, rows, Field::Outcome, "What will be different if this works?"),
        Action::Aim => {
            let picker = Picker::of(LinkTargets::of(first.into(), Some(Kind::Outcome), snapshot));
            Update::open(picker)
        }
        Action::SetLever => levers(&ids, rows),
        Action::SetEstimate => ask(ids, rows, Field::Estimate, "How many hours?"),
        Action::SetLeft => ask(ids, rows, Field::Left, "How many hours are left?"),
        Action::SetDue => ask(ids, rows, Field::Due, "Due when?"),
        // Whom it fits best is weighed for one; several go to somebody who is named.
        Action::Assign if ids.len() > 1 => {
            let title = format!("Assign {} to whom?", name(rows));
            Update::open(Prompt::begun(Ask::Modify(ids), title, "@"))
        }
        Action::Assign => Update::effect(Effect::Read(Read::Weigh(Box::new(Plan::whole(first))))),
        Action::Unassign => Update::effect(Effect::Write(Write::Unassign(ids))),
        Action::Advance => advance(ids, rows, snapshot),
        Action::SetStage => stages(&ids, rows),
        Action::Clarify => Update::effect(Effect::Write(Write::Clarify(ids))),
        Action::Decline => reason(ids, rows, Stage::Declined),
        Action::Block => block(ids, rows),
        Action::Edit => Update::effect(Effect::Read(Read::OpenForm(FormTarget::Request(first)))),
        Action::Modify => {
            let title = format!("Change {}", name(rows));
            Update::open(Prompt::new(Ask::Modify(ids), title, ""))
        }
        Action::Explain => Update::effect(Effect::Read(Read::Explain(first))),
        _ => Update::default(),
    }
}

/// What a title calls some requests.
fn name(rows: &[&QueueRow]) -> String {
    match rows {
        [row] => format!("{} {}", row.request.id, plain::cut(&row.request.title, 50)),
        many => format!("{} requests", many.len()),
    }
}

fn ask(ids: Vec<RequestId>, rows: &[&QueueRow], field: Field, question: &str) -> Update {
    let text = match rows {
        // What was said once has come down since: what is left today stands there.
        [row] if field == Field::Left => row.left.map_or_else(String::new, |left| left.to_string()),
        [row] => field::get(&row.request, field),
        _ => String::new(),
    };
    let title = format!("{question}  {}", name(rows));
    Update::open(Prompt::new(Ask::Field(ids, field), title, &text))
}

fn set(ids: &[RequestId], field: Field, value: &str) -> Pick {
    Pick::Do(Effect::Write(Write::SetFields(ids.to_vec(), vec![(field, value.to_owned())])))
}

fn tiers(ids: &[RequestId], rows: &[&QueueRow], rules: &TierRules) -> Update {
    let choices = Tier::ALL.into_iter().map(|tier| Choice {
        key: char::from(b'0' + tier.number()),
        label: rules.of(tier).name.clone(),
        pick: set(ids, Field::Tier, &tier.number().to_string()),
    });
    let guess = match rows {
        [row] if row.request.tier.is_none() => format!("; its words say {}", row.tier_guess.number()),
        _ => String::new(),
    };
    // What it has, or what its words say; of several the first.
    let now = rows.first().map_or(0, |row| row.request.tier.unwrap_or(row.tier_guess).number());
    let menu = Menu::new(format!("Tier of {}{guess}", name(rows)), choices.collect());
    Update::open(menu.at(usize::from(now)))
}

fn levers(ids: &[RequestId], rows: &[&QueueRow]) -> Update {
    let choice = |lever: &Lever| Choice {
        key: lever.name().chars().next().unwrap_or('?'),
        label: lever.title().to_owned(),
        pick: set(ids, Field::Lever, lever.name()),
    };
    let mut choices: Vec<Choice> = Lever::ALL.iter().map(choice).collect();
    choices.push(Choice { key: '-', label: "none".to_owned(), pick: set(ids, Field::Lever, "none") });
    Update::open(Menu::new(format!("Lever of {}", name(rows)), choices))
}

/// The stages that all of them may go to.
fn reachable(rows: &[&QueueRow]) -> Vec<Stage> {
    Stage::ALL
        .iter()
        .copied()
        .filter(|to| !rows.is_empty() && rows.iter().all(|row| row.request.stage.next().contains(to)))
        .collect()
}

fn stages(ids: &[RequestId], rows: &[&QueueRow]) -> Update {
    // An opened request may be in no list here; the verb refuses what its stage does not allow.
    let reachable = if rows.is_empty() {
        vec![Stage::New, Stage::Clarifying, Stage::Ready, Stage::InProgress]
    } else {
        reachable(rows)
    };
    if reachable.is_empty() {
        return Update::notice("no stage can follow for all that are marked");
    }
    let choices = Stage::ALL.iter().zip(STAGE_KEYS).filter(|(stage, _)| reachable.contains(stage)).map(
        |(stage, key)| {
            let pick = if matches!(stage, Stage::Declined | Stage::OnHold | Stage::Withdrawn) {
                Pick::Open(reason_prompt(ids.to_vec(), rows, *stage))
            } else {
                Pick::Do(Effect::Write(Write::Move(ids.to_vec(), *stage, String::new())))
            };
            Choice { key, label: stage.title().to_owned(), pick }
        },
    );
    let choices = choices.collect();
    Update::open(Menu::new(format!("Move {} to", name(rows)), choices))
}

fn advance(ids: Vec<RequestId>, rows: &[&QueueRow], snapshot: &Snapshot) -> Update {
    let next = |stage: Stage| match stage {
        Stage::New | Stage::Clarifying => Some(Stage::Ready),
        Stage::Ready => Some(Stage::Scheduled),
        Stage::Scheduled | Stage::OnHold => Some(Stage::InProgress),
        Stage::InProgress => Some(Stage::InReview),
        Stage::InReview => Some(Stage::Delivered),
        _ => None,
    };
    let mut targets: Vec<Option<Stage>> = rows.iter().map(|row| next(row.request.stage)).collect();
    // Not sorted: whatever is left besides one target means that they do not go to the same stage.
    targets.dedup();
    match targets.as_slice() {
        [Some(stage)] => Update::effect(Effect::Write(Write::Move(ids, *stage, String::new()))),
        [None] | [] => Update::notice(
            snapshot.hints.say("nothing follows this stage: {set-stage} shows where it can go"),
        ),
        _ => Update::notice(
            snapshot.hints.say("the marked ones stand at different stages: {set-stage} moves them to one"),
        ),
    }
}

fn reason_prompt(ids: Vec<RequestId>, rows: &[&QueueRow], stage: Stage) -> Overlay {
    let question = match stage {
        Stage::Declined => "Decline",
        Stage::OnHold => "Put on hold",
        _ => "Withdraw",
    };
    Prompt::new(Ask::Reason(ids, stage), format!("{question} {}: why?", name(rows)), "").into()
}

fn reason(ids: Vec<RequestId>, rows: &[&QueueRow], stage: Stage) -> Update {
    if !reachable(rows).contains(&stage) {
        return Update::notice("what is closed cannot be declined");
    }
    Update::open(reason_prompt(ids, rows, stage))
}

fn block(ids: Vec<RequestId>, rows: &[&QueueRow]) -> Update {
    // Of several, one that is not blocked yet is the reason for the key: then all are.
    if rows.iter().all(|row| row.request.blocked.is_some()) {
        return Update::effect(Effect::Write(Write::Block(ids, None)));
    }
    Update::open(Prompt::new(Ask::Block(ids), format!("Block {}: what does it wait for?", name(rows)), ""))
}
