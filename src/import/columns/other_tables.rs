//! Tables that are none of requests, known by their headers.

use crate::import::table::{HEAD, SourceRow};
use crate::import::{ImportError, fold, squeeze};

/// Tables of people, of their absences and of their shares have names that would pass for titles. Looked at are so many of
/// the first rows.
pub(super) fn refuse_other_tables(rows: &[SourceRow], first: usize) -> Result<(), ImportError> {
    for (line, row) in rows.iter().take(HEAD.min(first)).enumerate() {
        let headers: Vec<String> = row.cells.iter().map(|cell| fold(cell)).collect();
        let has = |names: &[&str]| headers.iter().any(|header| names.contains(&header.as_str()));
        let count = |names: &[&str]| headers.iter().filter(|header| names.contains(&header.as_str())).count();
        if names_shares(&row.cells) {
            return Err(ImportError::OtherTable { what: "shares", verb: "shares" });
        }
        // Whatever has a day of its own or stands somewhere is work.
        if has(&["due", "due date", "deadline", "stage", "issue key", "task id", "title"]) {
            continue;
        }
        let is_named = has(&["name", "person", "full name", "employee", "who", "handle"]);
        let days =
            ["mon", "tue", "wed", "thu", "fri", "monday", "tuesday", "wednesday", "thursday", "friday"];
        if is_named
            && !has(&["status"])
            // Three weekdays as columns are hours by weekday; one or two could be anything.
            && (count(&days) >= 3
                || has(&["handle"]) && has(&["discipline", "role", "department"])
                || has(&["job title", "discipline", "department"])
                    && has(&["weekly hours", "daily hours", "hours per week", "work hours", "contractor"]))
        {
            return Err(ImportError::OtherTable { what: "people", verb: "people" });
        }
        let begins = ["from", "start", "start date", "first day", "von", "beginn", "startdatum"];
        let ends = ["to", "until", "end", "end date", "last day", "bis", "ende", "enddatum"];
        let is_away = ["kind", "absence", "leave", "leave type", "hours a day", "reason", "approved"];
        let is_somebody = is_named || has(&["mitarbeiter", "team member"]);
        // Work may be approved as well, but somebody holds it or asks for it.
        let work =
            ["owner", "assignee", "assigned to", "requester", "project", "brief", "description", "priority"];
        let is_granted = || !has(&work) && is_approval(&rows[line + 1..], &headers);
        let is_away = || has(&is_away) || is_granted();
        if is_somebody && has(&begins) && has(&ends) && is_away() {
            return Err(ImportError::OtherTable { what: "absences", verb: "absences" });
        }
    }
    Ok(())
}

/// True if the status of every row is a word by which time off is asked for and granted: no work is approved and nothing else.
fn is_approval(rows: &[SourceRow], headers: &[String]) -> bool {
    const GRANTED: [&str; 7] =
        ["approved", "rejected", "declined", "requested", "genehmigt", "beantragt", "abgelehnt"];
    const OTHER: [&str; 5] = ["pending", "tentative", "cancelled", "canceled", "storniert"];
    let column = headers.iter().position(|header| header == "status" || header == "approval");
    let Some(column) = column else { return false };
    let said = rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| fold(cell));
    let said: Vec<String> = said.filter(|word| !word.is_empty()).collect();
    let is_one = |word: &String| GRANTED.contains(&word.as_str());
    said.iter().any(is_one) && said.iter().all(|word| is_one(word) || OTHER.contains(&word.as_str()))
}

/// True for a header of who does what from one day to another. A list of work has an assignee, a first and a last day too:
/// hours of a day or a week are what only a plan of hours has, or a request beside people.
fn names_shares(cells: &[String]) -> bool {
    let headers: Vec<String> = cells.iter().map(|cell| squeeze(cell)).collect();
    let has = |names: &[&str]| headers.iter().any(|header| names.contains(&header.as_str()));
    if has(&["stage", "priority", "due", "duedate", "deadline", "%complete", "predecessors", "duration"]) {
        return false;
    }
    let is_peopled = has(&[
        "person",
        "people",
        "personname",
        "resource",
        "resourcename",
        "teammember",
        "employee",
        "mitarbeiter",
        "ressource",
        "who",
        "wer",
    ]);
    let is_held = is_peopled || has(&["assignedto", "assignee", "handle", "zugewiesenan", "name"]);
    let begins = has(&["startdate", "start", "from", "firstday", "startdatum", "beginn", "von"]);
    let ends = has(&["enddate", "end", "to", "until", "lastday", "finish", "enddatum", "ende", "bis"]);
    let is_request = has(&["request", "requestkey", "auftrag", "anfrage"]);
    let is_work =
        is_request || has(&["project", "projectname", "task", "taskname", "projekt", "aufgabe", "vorgang"]);
    let is_rate = has(&[
        "hoursday",
        "hoursperday",
        "hoursaday",
        "hrsday",
        "hday",
        "minutesperday",
        "hoursweek",
        "hoursperweek",
        "stundentag",
        "stundenprotag",
        "stdtag",
        "htag",
        "stundenwoche",
        "stundenprowoche",
    ]);
    let is_hours = is_rate || has(&["hours", "totalhours", "stunden", "gesamtstunden"]);
    begins && ends && (is_held && is_work && is_rate || is_peopled && is_request && is_hours)
}
