//! Tables that are none of people, known by their headers.

use super::super::ImportError;
use super::super::listing::File;
use super::week;

/// Columns that only a table of work has, not one of people.
const WORK: [&str; 20] = [
    "due",
    "duedate",
    "deadline",
    "dueon",
    "taskid",
    "issuekey",
    "issueid",
    "cardid",
    "assignee",
    "assignees",
    "assignedto",
    "sectioncolumn",
    "parenttask",
    "parentid",
    "priority",
    "requester",
    "estimate",
    "faelligkeitsdatum",
    "falligkeitsdatum",
    "fallig",
];
/// Columns of time off.
const AWAY: [&str; 16] = [
    "kind",
    "absence",
    "absencetype",
    "leave",
    "leavetype",
    "timeofftype",
    "hoursaday",
    "hoursperday",
    "reason",
    "abwesenheit",
    "abwesenheitsart",
    "grund",
    "motif",
    "motivo",
    "reden",
    "halfday",
];
/// What the last day is called there.
const ENDS: [&str; 14] = [
    "to",
    "until",
    "end",
    "enddate",
    "lastday",
    "bis",
    "ende",
    "enddatum",
    "au",
    "datedefin",
    "hasta",
    "fechadefin",
    "tot",
    "einddatum",
];

/// Tables of work, of time off and of plans have a column of names as well, and each name there would be a person.
pub(super) fn refuse(file: &File) -> Result<(), ImportError> {
    // What a table of people alone has.
    let own = (1..=3).chain(week::MONDAY..=week::DAYS).any(|known| file.header(known).is_some());
    if own {
        return Ok(());
    }
    // One such column may be somebody's own: a sheet of people with the day on which each is due back.
    let what = if WORK.iter().filter(|name| file.has_column(&[**name])).count() > 1 {
        "requests"
    } else if file.header(4).is_some() && file.has_column(&ENDS) && file.has_column(&AWAY) {
        "absences"
    } else {
        return Ok(());
    };
    Err(ImportError::OtherTable { what, verb: what })
}
