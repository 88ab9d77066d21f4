//! The stage of a row, and the day on which it was delivered: a day that is still to come is a plan.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::super::field::Field;
use super::super::preset::{Habit, StageValue};
use super::super::{numbers, squeeze};
use super::cells::Cells;
use super::said::{column_of_status, is_no, status};
use super::{Draft, NO_DAY};
use crate::domain::day;
use crate::domain::request::{Blocked, Request};
use crate::domain::stage::Stage;

/// What is said of a status that is not known, of a request that is new here.
pub const UNKNOWN_STATUS: &str = "a status that is not known here; taken as new";

/// The day of delivery that a row has, and what it says but for that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryCell {
    at: DateTime<Utc>,
    /// It was still to come when the row was read, so it is no word of a delivery.
    is_plan: bool,
    stage: Stage,
    stage_since: DateTime<Utc>,
    first_agreed_due: Option<NaiveDate>,
    blocked: Option<Blocked>,
}

impl Draft {
    /// The day on which its source means to deliver it.
    pub fn planned(&self) -> Option<DateTime<Utc>> {
        self.delivery.as_ref().filter(|delivery| delivery.is_plan).map(|delivery| delivery.at)
    }

    /// The row if its day of delivery, which is over, is the plan that it was: that the day came says nothing.
    /// `None` if it is another day.
    pub fn as_planned(&self, plan: &str) -> Option<Self> {
        let delivery = self.delivery.as_ref().filter(|delivery| !delivery.is_plan)?;
        if delivery.at.to_rfc3339() != plan {
            return None;
        }
        let mut planned = self.clone();
        let request = &mut planned.request;
        request.delivered = None;
        request.stage = delivery.stage;
        request.stage_since = delivery.stage_since;
        request.started = delivery.stage.is_in_work().then_some(delivery.stage_since);
        request.first_agreed_due = delivery.first_agreed_due;
        request.blocked.clone_from(&delivery.blocked);
        planned.given.retain(|field| *field != Field::Delivered);
        planned.delivery = Some(DeliveryCell { is_plan: true, ..delivery.clone() });
        Some(planned)
    }
}

pub(super) fn fill_stage(request: &mut Request, cells: &mut Cells<'_>) -> Option<DeliveryCell> {
    let now = cells.context.now;
    let value = stage_value(cells);
    if status(cells).is_some() {
        // A status says as well whether the work is blocked, in the same stage as before or in another one.
        cells.also_given.push(Field::Blocked);
    }
    // A change still to come, from a wrong clock or a wrong order of day and month, would make ages negative.
    let updated = cells.instant(Field::Updated).filter(|instant| *instant <= now);
    // Without a word of it new work is new since it came in; into any other stage it came later, on a day of which only
    // this one is known to be late enough.
    let unsaid = |stage: Stage| if stage == Stage::New { request.created.min(now) } else { now };
    // A card often stays in its column when its day of completion is set, so the day is believed before the
    // column. What was declined or withdrawn is not delivered by a day.
    if !is_all_done(cells.text(Field::Done)) && !is_no(cells.text(Field::Done)) {
        cells.keep(Field::Done);
    }
    let is_done = is_all_done(cells.text(Field::Done)) || numbers::is_ticked(cells.text(Field::Delivered));
    let is_said = value.stage == Stage::Delivered || is_done && value.stage.is_open();
    let day = delivered_at(cells, is_said);
    let delivered = day.filter(|day| day.is_over).map(|day| day.at);
    let is_delivered = is_said || delivered.is_some() && value.stage.is_open();
    if is_delivered && delivered.is_none() && !is_day(cells.text(Field::Delivered)) {
        // The day of the import is none, nor is that of a comment: figures would count the work in a week in which
        // nothing was done.
        let field = if value.stage == Stage::Delivered && !cells.text(Field::Stage).is_empty() {
            Field::Stage
        } else if is_done {
            Field::Done
        } else {
            Field::Delivered
        };
        cells.mark(field, NO_DAY, false);
    }
    request.stage = if is_said { Stage::Delivered } else { value.stage };
    let since = updated.unwrap_or_else(|| unsaid(request.stage));
    // A block has no day of its own in a file, and is no older than its work was seen with it.
    let blocked_since = updated.unwrap_or(now);
    stand(request, cells, (value, since, blocked_since));
    let day = day.filter(|day| !day.is_over || is_delivered)?;
    let delivery = DeliveryCell {
        at: day.at,
        is_plan: !day.is_over,
        stage: request.stage,
        stage_since: request.stage_since,
        first_agreed_due: request.first_agreed_due,
        blocked: request.blocked.clone(),
    };
    if let Some(at) = delivered {
        request.stage = Stage::Delivered;
        request.delivered = Some(at);
        stand(request, cells, (value, at.min(now), blocked_since));
    }
    Some(delivery)
}

/// What follows from the stage that a request has, and since when.
fn stand(
    request: &mut Request,
    cells: &Cells<'_>,
    (value, since, blocked_since): (StageValue, DateTime<Utc>, DateTime<Utc>),
) {
    request.stage_since = since;
    // Somebody agreed to this day elsewhere; without it "on time" could not be told of work that came in under way.
    request.first_agreed_due = request.due.filter(|_| request.stage.is_committed());
    // It began before; how long it takes is never counted from here.
    request.started = request.stage.is_in_work().then_some(since);
    let day = cells.context.clock.to_local(blocked_since).date();
    request.blocked = if request.stage.is_open() { blocked(cells, value, day) } else { None };
}

/// What the tool's status, or failing that its resolution, means here.
fn stage_value(cells: &mut Cells<'_>) -> StageValue {
    let said = cells.text(Field::Stage);
    tell_other_status(cells);
    let resolution = cells.context.preset.resolutions.get(&squeeze(cells.text(Field::Resolution))).copied();
    match (status(cells), resolution) {
        // Jira often keeps the resolution of an issue that was reopened: it says how something ended, never
        // that it did.
        (Some(value), Some(ending)) if value.stage == Stage::Delivered => ending,
        (Some(value), _) => value,
        (None, Some(ending)) => ending,
        (None, None) => {
            if cells.is_by_weak_name(Field::Stage) {
                cells.keep(Field::Stage);
            } else if !said.is_empty() {
                cells.mark(Field::Stage, UNKNOWN_STATUS, true);
            }
            StageValue { stage: Stage::New, is_blocked: false }
        }
    }
}

/// Says it where another column of stages counts, since the word of the better one is not known here.
fn tell_other_status(cells: &mut Cells<'_>) {
    let first = cells.all(Field::Stage).next();
    let (Some((better, said)), Some((index, _))) = (first, column_of_status(cells)) else { return };
    if index == better {
        return;
    }
    if !cells.is_by_weak_name(Field::Stage) {
        let other = cells.context.headers.get(index).map_or("", String::as_str);
        cells.mark(Field::Stage, &format!("a status that is not known here; `{other}` counts"), false);
    }
    cells.keep_as_answer(better, said);
}

/// True for a tick, or for all of it in per cent.
fn is_all_done(said: &str) -> bool {
    numbers::is_ticked(said) || said.strip_suffix('%').is_some_and(|part| part.trim() == "100")
}

/// True for what is neither a tick nor its absence.
fn is_day(text: &str) -> bool {
    !text.is_empty() && !numbers::is_ticked(text) && !is_no(text)
}

/// A day of delivery as it stands to today.
#[derive(Clone, Copy)]
struct DeliveryDay {
    at: DateTime<Utc>,
    is_over: bool,
}

/// When it was delivered; a day still to come is a plan and not taken. What is said to be done, or was stamped by the
/// tool, has its day from a clock, and tomorrow on that clock can be today on the lead's.
fn delivered_at(cells: &mut Cells<'_>, is_said: bool) -> Option<DeliveryDay> {
    if !is_day(cells.text(Field::Delivered)) {
        return None;
    }
    let at = cells.instant(Field::Delivered)?;
    let clock = cells.context.clock;
    let (on, today) = (clock.to_local(at).date(), clock.to_local(cells.context.now).date());
    let is_stamped = is_said || cells.context.preset.has(Habit::StampsDelivery);
    let is_over = on <= if is_stamped { day::plus(today, 1) } else { today };
    if !is_over {
        cells.mark(Field::Delivered, "a day still to come; not taken as delivered then", true);
    }
    Some(DeliveryDay { at, is_over })
}

fn blocked(cells: &Cells<'_>, value: StageValue, since: NaiveDate) -> Option<Blocked> {
    let said = cells.text(Field::Blocked);
    // The column holds a tick in some tools and a reason in others. A tick is no reason: it would read "waits
    // for yes".
    let is_no = is_no(said);
    if is_no && !value.is_blocked {
        return None;
    }
    let reason = if is_no || numbers::is_ticked(said) { String::new() } else { said.to_owned() };
    Some(Blocked { reason, since })
}
