//! What a line of a list says of a record of the books, column by column.

use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::influence::{Decision, Promise, Risk, Way};
use crate::domain::outcome::OutcomeForecast;
use crate::domain::record::{Kind, Record, RecordKey, of_kind};
use crate::domain::workdays::WorkCalendar;
use crate::ops::Desk;
use crate::ops::books::Books;
use crate::ops::books::report::{
    BooksReport, FrictionStanding, GainStanding, OutcomeStanding, StakeholderStanding,
};
use crate::store::StoreError;

/// How days stand in a line: near ones by their weekday for people, all as ISO days for programs.
#[derive(Clone, Copy)]
pub struct DayFormat<'a> {
    pub today: chrono::NaiveDate,
    pub is_iso: bool,
    /// Late days are said in words, since a sign before a number is passed over by a voice.
    pub is_heard: bool,
    pub calendar: &'a WorkCalendar,
}

impl DayFormat<'_> {
    fn near(self, on: chrono::NaiveDate) -> String {
        if self.is_iso { on.to_string() } else { day::day_near(on, self.today) }
    }

    fn due(self, on: chrono::NaiveDate) -> String {
        if self.is_heard && on < self.today {
            return format!("and {}", day::due_words(on, self.today, self.calendar));
        }
        if self.is_iso { on.to_string() } else { day::due_text(on, self.today, self.calendar) }
    }
}

/// What a line of a list says of a record: its title first.
///
/// # Errors
/// When the store cannot be read.
pub fn columns(
    desk: &Desk,
    key: &RecordKey,
    days: DayFormat<'_>,
    books: &Books,
    report: &BooksReport,
) -> Result<Vec<String>, StoreError> {
    let RecordKey::Numbered(kind, number) = key else { return Ok(Vec::new()) };
    let found = match kind {
        Kind::Outcome => {
            let mut all = report.outcomes.iter().chain(&report.closed);
            all.find(|it| it.outcome.id.0 == *number).map(|it| outcome_columns(it, days))
        }
        Kind::Stakeholder => report
            .stakeholders
            .iter()
            .find(|it| it.stakeholder.id.0 == *number)
            .map(|it| stakeholder_columns(it, days)),
        Kind::Friction => {
            report.frictions.iter().find(|it| it.friction.id.0 == *number).map(friction_columns)
        }
        Kind::Gain => report.gains.iter().find(|it| it.gain.id.0 == *number).map(|it| gain_columns(it, days)),
        Kind::Decision => {
            books.decisions.iter().find(|it| it.id.0 == *number).map(|it| decision_columns(it, days))
        }
        Kind::Promise => {
            books.promises.iter().find(|it| it.id.0 == *number).map(|it| promise_columns(it, days))
        }
        Kind::Risk => books.risks.iter().find(|it| it.id.0 == *number).map(|it| risk_columns(it, days)),
        Kind::Redirect => books.redirects.iter().find(|it| it.id.0 == *number).map(|it| {
            let window = it.window_words(desk.today());
            vec![
                format!("{} a week of {} onto {}{window}", it.hours, it.gain_id, it.target),
                it.result.clone(),
            ]
        }),
        _ => None,
    };
    match (found, books.title(key)) {
        (Some(columns), _) => Ok(columns),
        (None, Some(title)) => Ok(vec![title]),
        (None, None) => of_kind!(*kind, R => stored::<R>(desk, *number), Ok(Vec::new())),
    }
}

/// What a column is called where it is read out, if it does not say so itself.
pub const fn name_of(kind: Kind, column: usize) -> &'static str {
    match (kind, column) {
        (Kind::Risk, 1) => "weight ",
        (Kind::Stakeholder, 1) => "role ",
        (Kind::Stakeholder, 2) => "cares about ",
        (Kind::Friction, 3) => "cost ",
        _ => "",
    }
}

/// A record of a kind that has no line of its own: its title, then what its form asks for in a few words.
fn stored<R: Record>(desk: &Desk, number: i64) -> Result<Vec<String>, StoreError> {
    let record: R = desk.store.record(number)?;
    let short =
        R::FIELDS.iter().skip(1).filter(|field| field.is_in_form() && !field.is_long && !field.is_private);
    Ok(std::iter::once(record.title()).chain(short.map(|field| record.get(field.name))).collect())
}

fn outcome_columns(it: &OutcomeStanding, days: DayFormat<'_>) -> Vec<String> {
    let progress = &it.progress;
    // It may have readings, and still no baseline or target by which they could be told as a way.
    let unknown = || if progress.count > 0 { "no way known yet" } else { "not measured yet" }.to_owned();
    let way = progress.percent.map_or_else(unknown, |percent| format!("{percent} % of the way"));
    let latest =
        progress.latest.map_or_else(String::new, |latest| format!("at {}", it.outcome.figure(latest)));
    let forecast = match progress.forecast {
        OutcomeForecast::On(on) => format!("target about {}", days.near(on)),
        OutcomeForecast::TooFew(count) => counted(count, "reading", "readings"),
        OutcomeForecast::Reached => {
            progress.reached.map_or_else(String::new, |(since, _)| format!("since {}", days.near(since)))
        }
        OutcomeForecast::Away => "not moving towards it".to_owned(),
        // Of what is over its pace says all.
        OutcomeForecast::Unread(_) if progress.is_over => String::new(),
        OutcomeForecast::Unread(_) => "should be reached, not read since".to_owned(),
    };
    // Nothing is forecast any more of what was closed.
    let forecast = match it.outcome.closed {
        Some(on) => format!("closed {}", days.near(on)),
        None => forecast,
    };
    let lever = it.outcome.lever.map_or("no lever", crate::domain::lever::Lever::title);
    vec![
        it.outcome.name.clone(),
        lever.to_owned(),
        way,
        latest,
        progress.pace().unwrap_or_default().to_owned(),
        forecast,
        crate::ops::books::report::requests(it.requests.len()),
    ]
}

fn stakeholder_columns(it: &StakeholderStanding, days: DayFormat<'_>) -> Vec<String> {
    let mut said =
        vec![it.stakeholder.name.clone(), it.stakeholder.role.clone(), it.stakeholder.cares.clone()];
    said.push(crate::ops::books::report::flags_text(&it.flags));
    said.push(it.last_touch.map_or_else(|| "never met".to_owned(), |on| format!("last {}", days.near(on))));
    said
}

fn friction_columns(it: &FrictionStanding) -> Vec<String> {
    let area = it.friction.area.map_or("", crate::domain::friction::Area::title);
    vec![it.friction.text.clone(), area.to_owned(), it.friction.stage.title().to_owned(), it.cost.terms()]
}

fn gain_columns(it: &GainStanding, days: DayFormat<'_>) -> Vec<String> {
    let unspoken = match it.unspoken_since {
        Some(since) => {
            format!("{} unspoken for since {}", it.balance.unspoken(), days.near(since))
        }
        None => String::new(),
    };
    vec![
        it.gain.text.clone(),
        format!("{} a week freed", it.balance.freed),
        format!("{} redirected", it.balance.redirected),
        unspoken,
    ]
}

fn decision_columns(it: &Decision, days: DayFormat<'_>) -> Vec<String> {
    let state = match it.decided {
        Some(on) => format!("decided {}", days.near(on)),
        None => "open".to_owned(),
    };
    let who = if it.approver.is_empty() { String::new() } else { format!("{} decides", it.approver) };
    vec![it.question.clone(), who, state, it.result.clone()]
}

fn risk_columns(it: &Risk, days: DayFormat<'_>) -> Vec<String> {
    let near = |on| days.near(on);
    let raise = match (it.raised, it.raise_by) {
        (Some(on), _) => match it.was_raised_in_time() {
            Some(true) => format!("raised {} in time", near(on)),
            Some(false) => format!("raised {}, late", near(on)),
            None => format!("raised {}", near(on)),
        },
        (None, Some(by)) => format!("raise by {}", near(by)),
        _ => String::new(),
    };
    let on = it.subject.as_ref().map_or_else(String::new, |key| format!("on {key}"));
    let end = it.end.map_or_else(String::new, |end| end.title().to_owned());
    vec![it.text.clone(), format!("{} of 9", it.weight()), raise, on, end]
}

fn promise_columns(it: &Promise, days: DayFormat<'_>) -> Vec<String> {
    let near = |on| days.near(on);
    let state = match (it.kept, it.broken, it.due) {
        (Some(on), ..) => format!("kept {}", near(on)),
        (_, Some(on), _) => format!("broken {}", near(on)),
        (_, _, Some(due)) => format!("due {}", days.due(due)),
        _ => "no date".to_owned(),
    };
    let way = if it.way == Way::To { "to" } else { "from" };
    vec![it.text.clone(), format!("{way} {}", it.whom), state]
}
