//! A request in one line without columns, for whoever hears it: each mark that the screen draws is said in its words.

use chrono::NaiveDate;

use crate::domain::day;
use crate::ops::queue::QueueRow;
use crate::plain;

/// What the marks of a row mean; all that hold, since there is no column that has room for only one.
pub fn marks(row: &QueueRow) -> Vec<String> {
    let mut said = Vec::new();
    if row.late.is_some() {
        said.push("late".to_owned());
    }
    said.extend(row.request.blocked.as_ref().map(|blocked| match blocked.reason.trim() {
        "" => "blocked".to_owned(),
        reason => format!("blocked: {reason}"),
    }));
    said.extend(row.reasons.first().map(|reason| format!("at risk: {reason}")));
    if row.is_output_worded {
        said.push("asks for things and names no change".to_owned());
    }
    if row.is_private {
        said.push("private".to_owned());
    }
    said
}

/// What it is, when it is due, and what is marked on it.
pub fn request(row: &QueueRow, today: NaiveDate) -> String {
    plain::harmless(&parts(row, today).join(", ")).into_owned()
}

/// The same as a row of a list, with where it stands and who holds it.
pub fn listed(row: &QueueRow, today: NaiveDate) -> String {
    let mut parts = parts(row, today);
    parts.push(format!("readiness {}", row.readiness.points));
    parts.push(row.request.stage.title().to_lowercase());
    if !row.people.is_empty() {
        parts.push(format!("held by {}", row.people.join(" and ")));
    }
    plain::harmless(&parts.join(", ")).into_owned()
}

/// What it is and what is marked on it, before the columns of a view.
pub fn head(row: &QueueRow) -> String {
    let mut parts = vec![format!("{} {}", row.request.id, row.request.title)];
    parts.extend(marks(row));
    plain::harmless(&parts.join(", ")).into_owned()
}

fn parts(row: &QueueRow, today: NaiveDate) -> Vec<String> {
    let request = &row.request;
    let mut parts = vec![format!("{} {}", request.id, request.title)];
    let hard = if request.is_due_hard { ", a hard day" } else { "" };
    parts.extend(request.due.map(|due| format!("due {}{hard}", day::day_near(due, today))));
    parts.push(match request.tier {
        Some(tier) => format!("tier {}", tier.number()),
        // A guess must not be heard as if somebody had set it.
        None => format!("tier perhaps {}", row.tier_guess.number()),
    });
    parts.extend(marks(row));
    if !request.requester.is_empty() {
        parts.push(format!("from {}", request.requester));
    }
    parts
}
