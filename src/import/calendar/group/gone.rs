//! Changes of days that their series has no more: they are not shown, so it is said which.

use super::super::problems::{CalendarProblem, LONG};
use super::super::times::wall;
use crate::domain::bounds::{self, Steps};
use crate::domain::meeting::{CalendarEvent, Moment};
use crate::domain::occurrence::left_over;

/// So many of them are named.
const NAMED: usize = 5;

/// Says which changes of an event are not shown; `lines` are those on which its changes begin.
pub(super) fn told(event: &CalendarEvent, lines: &[usize], steps: &mut Steps) -> Option<CalendarProblem> {
    let changes = &event.recurrence.overrides;
    let mut gone: Vec<(usize, &Moment)> = left_over(event, steps)
        .into_iter()
        // Added starts with a length of their own stand behind the changes and have no line. The series has their
        // starts.
        .filter_map(|place| Some((*lines.get(place)?, &changes.get(place)?.0)))
        .collect();
    gone.sort_by_key(|(line, _)| *line);
    let (first, _) = *gone.first()?;
    let named: Vec<String> = gone.iter().take(NAMED).map(|(line, moment)| named(*line, moment)).collect();
    let more = match gone.len().saturating_sub(NAMED) {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    let what = match gone.len() {
        1 => "a change of a day that it does not have is".to_owned(),
        count => format!("{count} changes of days that it does not have are"),
    };
    let title = bounds::named(&event.spec.title);
    let message = format!("“{title}”: {what} not shown: {}{more}", named.join(", "));
    let uid = bounds::within(&event.uid, LONG).to_owned();
    Some(CalendarProblem::on(uid, first, message))
}

fn named(line: usize, moment: &Moment) -> String {
    let form = if matches!(moment, Moment::Day(_)) { "%-d %b %Y" } else { "%-d %b %Y %H:%M" };
    // By the clock of the calendar, on which it is found there.
    format!("{} (line {line})", wall(moment).format(form))
}

#[cfg(test)]
mod tests {
    use crate::import::calendar::{OwnNames, read_calendar};

    #[test]
    fn a_change_of_a_day_that_is_gone_is_named_with_its_line() {
        let change = |day: u32, title: &str| {
            format!(
                "BEGIN:VEVENT\nUID:r\nSUMMARY:{title}\nRECURRENCE-ID:202611{day}T100000Z\nDTSTART:202611{day}T150000Z\nEND:VEVENT\n"
            )
        };
        let series = "BEGIN:VEVENT\nUID:r\nSUMMARY:Weekly\nDTSTART:20261103T100000Z\nRRULE:FREQ=WEEKLY\nEXDATE:20261117T100000Z\nEND:VEVENT\n";
        let told = |changes: &[String]| {
            let text = format!("BEGIN:VCALENDAR\n{}{series}END:VCALENDAR\n", changes.concat());
            let read = read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap();
            read.problems.iter().map(|it| format!("{} {}", it.line, it.message)).collect::<Vec<_>>()
        };
        assert_eq!(told(&[change(10, "Moved")]), Vec::<String>::new());
        let one =
            "8 “Weekly”: a change of a day that it does not have is not shown: 11 Nov 2026 10:00 (line 8)";
        assert_eq!(told(&[change(10, "Moved"), change(11, "Odd")]), [one]);
        let two = "2 “Weekly”: 2 changes of days that it does not have are not shown: 11 Nov 2026 10:00 (line 2), 17 Nov 2026 10:00 (line 8)";
        assert_eq!(told(&[change(11, "Odd"), change(17, "Left out")]), [two]);
    }
}
