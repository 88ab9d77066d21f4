//! `meeting list`: the meetings of some days, or those of a view.

use chrono::NaiveDate;

use crate::cli::Done;
use crate::cli::filter::nothing_fits;
use crate::cli::json::MeetingJson;
use crate::cli::load::{optional_day, typed_day};
use crate::cli::out::{Format, Medium, Out};
use crate::cli::views::{ListWords, ViewColumns, WantedRows};
use crate::domain::day;
use crate::domain::meeting::Meeting;
use crate::domain::private::PrivateKeys;
use crate::domain::view::ListKind;
use crate::domain::words::filter::meeting::MeetingSubject;
use crate::domain::words::filter::{Filter, schema};
use crate::ops::{Desk, OpsError};
use crate::plain;

/// Whoever asks for a view looks back as well: most of them ask what became of meetings.
const DAYS_BACK: i64 = 14;

pub fn list(
    desk: &Desk,
    words: &ListWords,
    (from, to, is_cancelled): (Option<&String>, Option<&String>, bool),
    out: &mut Out,
) -> Done {
    let wanted = words.wanted(ListKind::Meetings, desk)?;
    let typed = optional_day(desk, from)?;
    let to = match to {
        Some(to) => typed_day(desk, to)?,
        None => day::plus(typed.unwrap_or_else(|| desk.today()), 14),
    };
    let first = if wanted.view.is_some() { day::plus(desk.today(), -DAYS_BACK) } else { desk.today() };
    let days = (typed.unwrap_or(first), to);
    // A filter leaves cancelled meetings out unless one of its words asks for them, and here the option does.
    let filter = if is_cancelled { wanted.filter.clone().with_closed() } else { wanted.filter.clone() };
    let all = read(desk, &filter, days, is_cancelled)?;
    let private = desk.private_keys()?;
    let mut meetings: Vec<&Meeting> =
        all.iter().filter(|meeting| filter.matches(&subject(meeting, desk, &private))).collect();
    if let Some(order) = wanted.order {
        meetings.sort_by_cached_key(|meeting| order.key(&subject(meeting, desk, &private)));
    }
    match out.format {
        Format::Json => {
            let meetings: Vec<Meeting> = meetings.iter().map(|meeting| (*meeting).clone()).collect();
            out.json(&MeetingJson::list(&meetings, desk.left_out().as_deref()))?;
        }
        Format::Human if wanted.view.is_some() => in_view(desk, &wanted, &meetings, &private, out)?,
        _ => meetings.iter().try_for_each(|meeting| row(desk, meeting, out))?,
    }
    if meetings.is_empty() {
        let which = if is_cancelled { "cancelled meetings" } else { "meetings" };
        let fitting = if words.narrows() { format!(" fit {}", words.told()) } else { String::new() };
        let what = format!("no {which}{fitting} {}", day::day_range(days.0, days.1));
        return Err(nothing_fits(&what, &words.filter, (&schema::meetings(), &all), desk)?);
    }
    Ok(())
}

/// The meetings of some days that a filter may let through.
fn read(
    desk: &Desk,
    filter: &Filter,
    (from, to): (NaiveDate, NaiveDate),
    is_cancelled: bool,
) -> Result<Vec<Meeting>, OpsError> {
    if is_cancelled {
        return Ok(desk.cancelled_meetings(from, to)?);
    }
    let mut meetings = desk.meetings(from, to)?;
    // Whoever asks for those that do not take place by a word of the filter need not know the option as well.
    if filter.wants_closed() {
        meetings.extend(desk.cancelled_meetings(from, to)?);
        meetings.sort_by(|one, other| (one.start, &one.key).cmp(&(other.start, &other.key)));
    }
    Ok(meetings)
}

fn subject<'a>(meeting: &'a Meeting, desk: &Desk, private: &PrivateKeys) -> MeetingSubject<'a> {
    let is_private = private.has(&meeting.key.clone().into());
    MeetingSubject { meeting, now: desk.now(), hides_private: desk.is_presenting, is_private }
}

/// Meetings as people read them, with the columns and under the headings of a view.
fn in_view(
    desk: &Desk,
    wanted: &WantedRows<'_>,
    meetings: &[&Meeting],
    private: &PrivateKeys,
    out: &mut Out,
) -> Done {
    let (calendar, today) = (desk.calendar()?, desk.today());
    let columns = ViewColumns::new(wanted.view, &["on", "title"], desk, &calendar);
    let rows = meetings.iter().map(|meeting| {
        let subject = subject(meeting, desk, private);
        columns.row(&|format| format.cell(&subject), head(meeting, today, out), line(meeting, today, out))
    });
    columns.print(rows.collect(), usize::MAX, out)
}

pub fn row(desk: &Desk, meeting: &Meeting, out: &mut Out) -> Done {
    if out.format == Format::Plain {
        let reflected = if meeting.is_reflected { "reflected" } else { "" };
        return out.record(&[
            &meeting.key.to_string(),
            &meeting.start.to_rfc3339(),
            &meeting.title,
            meeting.kind_name(),
            &meeting.attendees.join(", "),
            reflected,
        ]);
    }
    let line = line(meeting, desk.today(), out);
    out.line(&line)
}

/// When it is, its key and what it is called.
fn head(meeting: &Meeting, today: NaiveDate, out: &Out) -> String {
    let time =
        if meeting.is_all_day { "all day".to_owned() } else { meeting.start.format("%H:%M").to_string() };
    let mark = match (meeting.is_reflected, out.medium) {
        (false, _) => " ",
        (true, Medium::Screen) => "✓",
        (true, Medium::Voice) => " reflected, ",
    };
    format!(
        "{:<10} {time:<7} {mark} {} {}",
        day::day_near(meeting.start.date_naive(), today),
        out.fit(&meeting.key.to_string(), 16),
        out.fit(&meeting.title, 36)
    )
}

fn line(meeting: &Meeting, today: NaiveDate, out: &Out) -> String {
    let who = meeting.attendees.join(", ");
    let who = meeting.room().map_or(meeting.kind_title(), |_| who.as_str());
    format!("{} {}", head(meeting, today, out), plain::cut(who, out.width(50))).trim_end().to_owned()
}
