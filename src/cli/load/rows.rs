//! Rows of the load in the shapes of the contract.

use super::super::json::{CellJson, DisplacedJson, ForcedJson, LateJson, LoadRowJson};
use crate::domain::allocation::Allocation;
use crate::domain::load::{Cell, ForcedOver, LateWork, LoadRow};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::ops::assign::Assigned;

pub fn cell(cell: &Cell) -> CellJson {
    CellJson {
        date: cell.date,
        effective_minutes: cell.effective.0,
        planning_minutes: cell.planning.0,
        confirmed_minutes: cell.confirmed.0,
        late_minutes: cell.late.0,
        tentative_minutes: cell.tentative.0,
        unknown_minutes: cell.unknown.0,
        done_minutes: cell.is_over.then_some(cell.done.0),
        state: cell.state,
    }
}

pub fn person_row(row: &LoadRow, person: &Person) -> LoadRowJson {
    LoadRowJson {
        handle: Some(person.handle.clone()),
        name: person.name.clone(),
        discipline: person.discipline.clone(),
        planning_factor: Some(f64::from(person.factor.0) / 100.0),
        cells: row.cells.iter().map(cell).collect(),
        forced_over: row.verdict.forced.iter().map(forced).collect(),
        late: row.verdict.late.iter().map(late).collect(),
        displaced: row.verdict.forced.iter().filter_map(displaced).collect(),
    }
}

pub fn displaced(forced: &ForcedOver) -> Option<DisplacedJson> {
    forced.displaced.is_positive().then(|| DisplacedJson {
        from: forced.from,
        to: forced.to,
        minutes: forced.displaced.0,
        keys: forced.late.clone(),
    })
}

/// Work that nobody holds; never over.
pub fn nobody_row(row: &LoadRow) -> LoadRowJson {
    LoadRowJson {
        // The contract of the command line calls the row of nobody so.
        handle: Some("-".to_owned()),
        name: "Nobody yet".to_owned(),
        discipline: String::new(),
        planning_factor: None,
        cells: row.cells.iter().map(cell).collect(),
        forced_over: Vec::new(),
        late: row.verdict.late.iter().map(late).collect(),
        displaced: Vec::new(),
    }
}

pub fn forced(forced: &ForcedOver) -> ForcedJson {
    ForcedJson {
        from: forced.from,
        to: forced.to,
        over_minutes: forced.over.0,
        keys: forced.culprits.clone(),
    }
}

pub fn late(late: &LateWork) -> LateJson {
    LateJson {
        key: late.request,
        minutes: (!late.is_unknown).then_some(late.left.0),
        since: late.since,
        tentative: late.is_tentative,
    }
}

pub fn discipline_row(name: &str, cells: &[Cell], people: &[&LoadRow]) -> LoadRowJson {
    let all_forced = || people.iter().flat_map(|row| &row.verdict.forced);
    LoadRowJson {
        handle: None,
        name: name.to_owned(),
        discipline: name.to_owned(),
        planning_factor: None,
        cells: cells.iter().map(cell).collect(),
        forced_over: all_forced().map(forced).collect(),
        late: people.iter().flat_map(|row| &row.verdict.late).map(late).collect(),
        displaced: all_forced().filter_map(displaced).collect(),
    }
}

pub fn allocation(
    allocation: &Allocation,
    (handle, hours): (&str, Option<Minutes>),
    is_rehearsal: bool,
) -> serde_json::Value {
    serde_json::json!({
        // What is only tried has no number yet.
        "id": (!is_rehearsal).then_some(allocation.id.0),
        "request": allocation.request,
        "person": handle,
        "minutes": allocation.minutes.map(|minutes| minutes.0),
        "allocated_minutes": hours.map(|minutes| minutes.0),
        "from": allocation.from,
        "to": allocation.to,
        "tentative": allocation.is_tentative,
        "shape": allocation.shape.to_string(),
    })
}

pub fn cost(assigned: &Assigned, handle: &str, people: &[Person]) -> serde_json::Value {
    let cost = &assigned.cost;
    let name = |id| crate::ops::team::handle(people, id);
    serde_json::json!({
        "sentence": assigned.sentence,
        "people": [{ "handle": handle, "forced_over_before_minutes": cost.before.0, "forced_over_after_minutes": cost.after.0 }],
        "delayed": cost.delayed.iter().map(|(key, days)| serde_json::json!({ "key": key, "days": days })).collect::<Vec<_>>(),
        "fix": cost.fix.as_ref().map(|fix| fix.words(name)),
    })
}

/// The hours of a row added up.
pub fn sums(row: &LoadRowJson) -> String {
    // From today on: what was planned for a day that is over and not done lies on a later one once more.
    let is_over = row.cells.iter().all(|cell| cell.done_minutes.is_some());
    let counts = |cell: &&CellJson| is_over || cell.done_minutes.is_none();
    let sum = |of: fn(&CellJson) -> i64| Minutes(row.cells.iter().filter(counts).map(of).sum());
    let (confirmed, planning) = (sum(|cell| cell.confirmed_minutes), sum(|cell| cell.planning_minutes));
    let unless_over = |minutes: Minutes| if is_over { Minutes::ZERO } else { minutes };
    let (tentative, unknown) =
        (unless_over(sum(|cell| cell.tentative_minutes)), unless_over(sum(|cell| cell.unknown_minutes)));
    let done = Minutes(row.cells.iter().filter_map(|cell| cell.done_minutes).sum());
    // A placeholder has no time of its own.
    let mut parts = match sum(|cell| cell.effective_minutes) {
        Minutes::ZERO if is_over => vec![format!("{done} done")],
        there_was if is_over => {
            vec![format!("{done} done; {planning} could be planned of {there_was} there were")]
        }
        Minutes::ZERO => vec![format!("{confirmed} to do")],
        there_is => vec![format!("{confirmed} to do; {planning} can be planned of {there_is} there are")],
    };
    if tentative.is_positive() {
        parts.push(format!("tentative {tentative}"));
    }
    if unknown.is_positive() {
        parts.push(format!("unknown {unknown}"));
    }
    parts.join(", ")
}

/// What presses most on a day, as its mark and in words.
pub fn pressing(cell: &CellJson) -> (&'static str, &'static str) {
    match cell.state.name() {
        // Late work first: it presses harder than any state, and a day has room for one mark.
        _ if cell.late_minutes > 0 => ("‹", " with late work"),
        "forced-over" => ("!", " over"),
        "tight" => ("|", " tight"),
        "spread-over" => ("^", " looks over and fits"),
        "unknown" => ("?", " in part a guess"),
        _ => ("", ""),
    }
}

/// The days of a row on which something lies, with their states in words.
pub fn days_in_words(row: &LoadRowJson, name: &str) -> String {
    let is_held = |cell: &&CellJson| cell.confirmed_minutes + cell.unknown_minutes > 0;
    let said = |cell: &CellJson| {
        let hours = Minutes(cell.confirmed_minutes + cell.unknown_minutes);
        format!("{} {hours}{}", cell.date.format("%a %-d %b"), pressing(cell).1)
    };
    let days: Vec<String> = row.cells.iter().filter(is_held).map(said).collect();
    let days = if days.is_empty() { "nothing".to_owned() } else { days.join(", ") };
    format!("{name}  by day: {days}")
}
