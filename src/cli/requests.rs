//! `add list show edit move`.

use chrono::NaiveDate;
use clap::Args;

use super::filter::{joined, nothing_fits};
use super::json::RequestJson;
use super::out::{Format, Medium, Out, label};
use super::views::{ListWords, ViewColumns, WantedRows};
use super::ways_on::NONE_OPEN;
use super::{CliError, Done, calendar, edit, journal, key, spoken, team};
use crate::domain::allocation::Allocation;
use crate::domain::bounds;
use crate::domain::day;
use crate::domain::field::{self, Field};
use crate::domain::ids::RequestId;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::{Record, RecordKey};
use crate::domain::reframe::{self, Ladder};
use crate::domain::stage::Stage;
use crate::domain::view::{ListKind, View};
use crate::domain::words::filter::schema;
use crate::domain::words::line::{self, Change, Line, Strayed};
use crate::domain::words::offer::takes_sentences;
use crate::domain::workdays::WorkCalendar;
use crate::ops::detail::RequestDetail;
use crate::ops::left_words::left_words;
use crate::ops::queue::{QueueRow, RowMark};
use crate::ops::{Desk, OpsError};
use crate::plain;

/// Options of `list`.
#[derive(Debug, Clone, Args)]
pub struct ListArguments {
    #[command(flatten)]
    pub words: ListWords,
    /// At most so many; 0 means all
    #[arg(long, default_value_t = 0)]
    pub limit: usize,
    /// As lines to edit, which `modify --from` takes back
    #[arg(long)]
    pub as_text: bool,
}

/// Options of `modify`.
#[derive(Debug, Clone, Args)]
pub struct ModifyArguments {
    /// The edited lines of `list --as-text`; - is standard input
    #[arg(long, value_name = "FILE|-")]
    pub from: std::path::PathBuf,
}

/// `modify --from`: all changed lines as one change, or none of them.
pub fn modify(desk: &mut Desk, arguments: &ModifyArguments, out: &mut Out) -> Done {
    let bytes = super::out::read(&arguments.from)?;
    // Cut, its last lines would be taken for lines that somebody took out.
    if let Some(message) = bounds::too_long(bytes.len(), bounds::SETTINGS - 1, "a text of lines") {
        return Err(OpsError::Rejected { message, hint: None }.into());
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        OpsError::rejected(
            format!("{} is not UTF-8 text", arguments.from.display()),
            "Nothing was changed; save the lines as UTF-8 and try again.",
        )
    })?;
    // Editors of Windows put a byte order mark in front, which would make a line of the head.
    let (committed, read) = desk.apply_text(text.strip_prefix('\u{feff}').unwrap_or(&text))?;
    if read.left_out > 0 {
        let verb = if read.left_out == 1 {
            "line was taken out: it stays"
        } else {
            "lines were taken out: they stay"
        };
        out.say(&format!("{} {verb} as it was", read.left_out));
    }
    out.say(if committed.operation.is_some() {
        &committed.label
    } else {
        "nothing to change: it is so already"
    });
    let rows = committed.output.iter().map(|request| desk.row(request.id)).collect::<Result<Vec<_>, _>>()?;
    changed_rows(&rows, desk, out)
}

/// Requests as they stand after a change.
fn changed_rows(rows: &[QueueRow], desk: &Desk, out: &mut Out) -> Done {
    match out.format {
        Format::Json => {
            out.json(&rows.iter().map(|row| RequestJson::new(row, &desk.clock)).collect::<Vec<_>>())
        }
        Format::Plain => rows.iter().try_for_each(|row| plain_row(row, out)),
        Format::Human => {
            let format = RowFormat::new(desk.today(), desk.calendar()?, out);
            rows.iter().try_for_each(|row| {
                let line = human_row(row, &format, out);
                out.line(&line)
            })
        }
    }
}

/// Options of `move`.
#[derive(Debug, Clone, Args)]
pub struct MoveArguments {
    /// Keys, then the stage
    #[arg(required = true, num_args = 2.., value_name = "KEY… STAGE")]
    pub words: Vec<String>,
    /// Why
    #[arg(long, default_value = "")]
    pub reason: String,
}

pub fn add(desk: &mut Desk, words: &[String], out: &mut Out) -> Done {
    let words = joined(words);
    // Only to be said back: `add` reads the words once more, within its own checks.
    let line = desk.read_new(&words)?;
    let understood = line::echo(&line, &desk.reading()?);
    let request = desk.add(&words)?.output;
    if !understood.is_empty() {
        out.say(&format!("understood: {understood}"));
    }
    say_near(desk, &line, out)?;
    let takes =
        |strayed: &&Strayed| strayed.field.split_once(':').is_some_and(|(name, _)| takes_sentences(name));
    if let Some(strayed) = line.strayed.as_ref().filter(takes) {
        let (words, quoted) = (strayed.words.join(" "), strayed.quoted());
        out.say(&format!(
            "`{words}` went into the title; a field takes several words as `{quoted}`, in a shell '{quoted}'"
        ));
    }
    one(desk, request.id, out)
}

pub fn edit(desk: &mut Desk, text: &str, words: &[String], out: &mut Out) -> Done {
    let words = joined(words);
    let Ok(id) = key(text) else { return edit::other(desk, text, &words, out) };
    let mut line = desk.read_line(&words)?;
    let committed = desk.edit(&[id], &words)?;
    if committed.operation.is_none() {
        out.say("nothing to change: it is so already");
    } else {
        let title = (!line.title.is_empty()).then(|| format!("title {}", line.title));
        // What is typed over hidden words is only added to them.
        let is_said = |change: &Change| !matches!(change, Change::Set(field, _) if field.spec().is_private);
        line.changes.retain(|change| !desk.is_presenting || is_said(change));
        let said = [title.unwrap_or_default(), line::echo(&line, &desk.reading()?)];
        let said: Vec<&str> = said.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        out.say(&format!("understood: {}", said.join(" · ")));
        say_near(desk, &line, out)?;
    }
    one(desk, id, out)
}

fn say_near(desk: &Desk, line: &Line, out: &mut Out) -> Done {
    for told in desk.told_near(line)? {
        out.say(&told);
    }
    Ok(())
}

pub(super) fn one(desk: &Desk, id: RequestId, out: &mut Out) -> Done {
    let row = desk.row(id)?;
    match out.format {
        Format::Json => out.json(&RequestJson::new(&row, &desk.clock)),
        Format::Plain => plain_row(&row, out),
        Format::Human => {
            let format = RowFormat::new(desk.today(), desk.calendar()?, out);
            out.line(&human_row(&row, &format, out))
        }
    }
}

fn plain_row(row: &QueueRow, out: &mut Out) -> Done {
    let r = &row.request;
    let tier = r.tier.map_or_else(String::new, |tier| tier.number().to_string());
    let due = field_day(r.due);
    // Scripts count these fields, so a new one goes behind the last.
    let fields = [
        r.id.to_string(),
        r.title.clone(),
        r.stage.to_string(),
        tier,
        due,
        row.people.join(","),
        format!("{:.2}", row.score.total()),
        row.readiness.points.to_string(),
    ];
    out.record(&fields.each_ref().map(String::as_str))
}

fn field_day(day: Option<chrono::NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// A row up to its title.
fn human_title(row: &QueueRow, format: &RowFormat, out: &Out) -> String {
    let r = &row.request;
    let mark = match row.mark() {
        RowMark::Late => out.drawn("‹", "<"),
        RowMark::Blocked => out.drawn("■", "#"),
        RowMark::AtRisk => "!",
        RowMark::OutputWorded => out.drawn("¶", "&"),
        RowMark::None => " ",
    };
    let title = if row.is_private { out.private(&r.title) } else { r.title.clone() };
    format!(
        "{} {} {}",
        if mark == " " { mark.to_owned() } else { out.warm(mark) },
        plain::fit(&r.id.to_string(), 7),
        plain::fit(&title, format.title)
    )
}

/// What all rows of a list are written by, asked for once: each row would ask the store for the days off, and the
/// terminal for its width.
struct RowFormat {
    today: NaiveDate,
    calendar: WorkCalendar,
    /// Columns of a title and of the people of a row.
    title: usize,
    people: usize,
}

impl RowFormat {
    /// With the widest columns that there is room for in a line of the terminal.
    fn new(today: NaiveDate, calendar: WorkCalendar, out: &Out) -> Self {
        /// All that stands in a row beside the two.
        const OTHERS: usize = 47;
        const WIDE: (usize, usize) = (48, 30);
        let room = out.terminal_columns().map(|columns| columns.saturating_sub(OTHERS));
        let (title, people) = room.map_or(WIDE, |room| {
            let people = (room / 3).clamp(8, WIDE.1);
            (room.saturating_sub(people).clamp(16, WIDE.0), people)
        });
        Self { today, calendar, title, people }
    }
}

fn human_row(row: &QueueRow, format: &RowFormat, out: &Out) -> String {
    if out.medium == Medium::Voice {
        return spoken::listed(row, format.today);
    }
    let r = &row.request;
    let tier = r.tier.map_or_else(|| format!("({})", row.tier_guess.number()), |tier| tier.to_string());
    let due = r.due.map_or_else(
        || "no date".to_owned(),
        |due| match row.late {
            None if due < format.today => day::day_near(due, format.today),
            _ => day::due_text(due, format.today, &format.calendar),
        },
    );
    format!(
        "{}  {} {:>3}  {} {} {}",
        human_title(row, format, out),
        plain::fit(&tier, 3),
        row.readiness.points,
        // As wide as a day of another year: `Wed 20 Jan 27`.
        plain::fit_right(&due, 13),
        plain::fit(r.stage.title(), 11),
        plain::cut(&row.people.join(" "), format.people)
    )
    .trim_end()
    .to_owned()
}

pub fn list(desk: &Desk, arguments: &ListArguments, out: &mut Out) -> Done {
    let words = &arguments.words;
    let WantedRows { filter, order, view } = words.wanted(ListKind::Requests, desk)?;
    let limit = if arguments.limit > 0 { arguments.limit } else { usize::MAX };
    // Headings are for people: what a program reads, and lines to edit, stand in their order.
    let has_headings =
        view.is_some_and(|view| view.group.is_some()) && out.format == Format::Human && !arguments.as_text;
    // Order and groups need all rows before they can say which come first, so the limit only then comes after them.
    let is_limited_first = order.is_none() && !has_headings;
    let mut rows = desk.queue(&filter, is_limited_first.then_some(limit))?;
    if let Some(order) = order {
        rows.sort_by_cached_key(|row| order.key(&row.subject()));
        rows.truncate(if has_headings { usize::MAX } else { limit });
    }
    if arguments.as_text && !rows.is_empty() {
        let ids: Vec<RequestId> = rows.iter().map(|row| row.request.id).collect();
        return out.whole(&desk.as_text(&ids)?);
    }
    match out.format {
        Format::Json => {
            let rows: Vec<_> = rows.iter().map(|row| RequestJson::new(row, &desk.clock)).collect();
            out.json(&rows)?;
        }
        Format::Plain => rows.iter().try_for_each(|row| plain_row(row, out))?,
        Format::Human => human_list(&rows, (view, limit), desk, out)?,
    }
    if rows.is_empty() {
        let what =
            if words.narrows() { format!("nothing fits {}", words.told()) } else { NONE_OPEN.to_owned() };
        return Err(nothing_fits(&what, &words.filter, (schema::requests(), &[]), desk)?);
    }
    Ok(())
}

/// Rows as people read them, with the columns and under the headings of their view.
fn human_list(rows: &[QueueRow], (view, limit): (Option<&View>, usize), desk: &Desk, out: &mut Out) -> Done {
    let look = RowFormat::new(desk.today(), desk.calendar()?, out);
    let columns = ViewColumns::new(view, &["key", "title"], desk, &look.calendar);
    let listed = rows.iter().map(|row| {
        let head = if out.medium == Medium::Voice { spoken::head(row) } else { human_title(row, &look, out) };
        columns.row(&|format| row.cell(format), head, human_row(row, &look, out))
    });
    columns.print(listed.collect(), limit, out)
}

/// Any record: a request, a meeting, or a person.
/// `show`
pub fn show(desk: &Desk, text: &str, out: &mut Out) -> Done {
    if let Ok(id) = text.parse::<RequestId>() {
        let detail = desk.request_detail(id)?;
        return match out.format {
            Format::Json => out.json(&shown(&detail, desk)),
            Format::Plain => plain_row(&detail.row, out),
            Format::Human => describe(&detail, desk, out),
        };
    }
    if let Ok(key) = text.parse::<OccurrenceKey>() {
        return calendar::show(desk, &key, out);
    }
    if let Ok(key) = text.parse::<RecordKey>() {
        return super::books::show(desk, &key, out);
    }
    // People and stakeholders go by their names.
    match desk.person(text) {
        Ok(person) => team::show(desk, &person, out),
        // Who could be several of the team is asked about, whoever else is called so.
        Err(asked @ OpsError::Rejected { .. }) => Err(asked.into()),
        Err(unknown) => match desk.books()?.stakeholder(text) {
            Ok(stakeholder) => super::books::show(desk, &stakeholder.key(), out),
            // Several are meant, or some come near: that is worth more than that there is nobody in the team.
            Err(asked) if desk.is_near_stakeholder(text)? => Err(asked.into()),
            Err(_) => Err(unknown.into()),
        },
    }
}

/// A request with what touches it.
#[derive(serde::Serialize)]
struct ShownRequest {
    #[serde(flatten)]
    request: RequestJson,
    allocations: Vec<serde_json::Value>,
    parts: Vec<RequestId>,
    /// Records that name it or are linked with it.
    touches: serde_json::Value,
    history: Vec<serde_json::Value>,
}

fn shown(detail: &RequestDetail, desk: &Desk) -> ShownRequest {
    let share = |(handle, share): &(String, _)| {
        let hours = detail.left.hours_of(share, detail.row.request.estimate);
        super::load::allocation(share, (handle, hours), false)
    };
    ShownRequest {
        request: RequestJson::new(&detail.row, &desk.clock),
        allocations: detail.allocations.iter().map(share).collect(),
        parts: detail.parts.iter().map(|part| part.id).collect(),
        touches: super::books::shape::touches(&detail.links),
        history: detail.history.iter().map(|operation| journal::shape(desk, operation)).collect(),
    }
}

fn describe(detail: &RequestDetail, desk: &Desk, out: &mut Out) -> Done {
    let (row, r) = (&detail.row, &detail.row.request);
    out.line(&format!("{} {}", r.id, plain::harmless(&r.title)))?;
    label(out, "private", if row.is_private { "no document for others has it" } else { "" })?;
    let since = desk.clock.day_of(r.stage_since);
    label(out, "stage", &format!("{} since {}", r.stage.title(), day::day_near(since, desk.today())))?;
    if let Some(late) = row.late {
        label(out, "late", &late.sentence(desk.today()))?;
    }
    for reason in &row.reasons {
        label(out, "at risk", reason)?;
    }
    for field in Field::ALL
        .iter()
        // The title stands above already, and most requests ask in just those words.
        .filter(|field| **field != Field::Title && (**field != Field::Ask || r.ask != r.title))
    {
        // What was said once has come down since: what is left today is told.
        let text = match *field {
            Field::Left => detail.row.left.map_or_else(String::new, |left| left.to_string()),
            Field::Blocked => r.blocked.as_ref().map_or_else(String::new, |blocked| {
                format!("{}, since {}", blocked.word(), day::day_near(blocked.since, desk.today()))
            }),
            field => field::get(r, field),
        };
        label(out, &field.title().to_lowercase(), &text)?;
    }
    if r.tier.is_none() {
        label(out, "tier", &format!("not set; its words say {}", row.tier_guess.number()))?;
    }
    reframe(row, desk, out)?;
    label(out, "readiness", &row.readiness_text(detail.ready_at))?;
    label(out, "score", &row.score.sentence())?;
    for (handle, allocation) in &detail.allocations {
        label(out, "held by", &held_by(detail, (handle, allocation), desk))?;
    }
    if let Some(parent) = &detail.parent {
        label(out, "part of", &format!("{} {}", parent.id, parent.title))?;
    }
    for part in &detail.parts {
        label(out, "has part", &format!("{} {}, {}", part.id, part.title, part.stage.title()))?;
    }
    super::books::facts(&detail.links, out)?;
    // An id that the import made up of a row's texts is nothing that anybody could look for.
    let id = r.foreign_id().unwrap_or_default();
    label(out, "from", format!("{} {id}", r.source).trim())?;
    for missing in &row.readiness.missing {
        label(out, &format!("ask +{}", missing.points), missing.question)?;
    }
    for operation in &detail.history {
        let day = desk.clock.day_of(operation.at);
        label(out, &day.to_string(), &operation.label)?;
    }
    Ok(())
}

/// `eli 4h left: 4h given Wed 18 Nov to Fri 20 Nov`, as the page of the request has it.
fn held_by(detail: &RequestDetail, (handle, share): (&str, &Allocation), desk: &Desk) -> String {
    let today = desk.today();
    let left = detail.left.shares.iter().find(|(held, _)| held.allocation.id == share.id);
    let hours = left.map_or_else(
        || share.hours_told(share.hours(detail.row.request.estimate)),
        |(held, left)| left_words(held, *left, today),
    );
    let kind = if share.is_tentative { ", tentative" } else { "" };
    format!(
        "{handle} {} to {}{kind}: {hours}",
        day::day_near(share.from, today),
        day::day_near(share.to, today)
    )
}

/// Where an ask is put as things, or its outcome is none yet: the next question of the ladder, and why.
fn reframe(row: &QueueRow, desk: &Desk, out: &mut Out) -> Done {
    let outcome = row.request.outcome.trim();
    if outcome.is_empty() && !row.is_output_worded {
        return Ok(());
    }
    let answers = if outcome.is_empty() { vec![] } else { vec![outcome] };
    let Ladder::Ask { rung, after } = reframe::climb(&answers, &desk.config.phrases) else { return Ok(()) };
    if let Some(reason) = after {
        label(out, "not yet", reason.reason())?;
    }
    label(out, "reframe", &reframe::questions(row.request.due)[rung])
}

pub fn move_to(desk: &mut Desk, arguments: &MoveArguments, out: &mut Out) -> Done {
    let Some((stage, keys)) = arguments.words.split_last() else {
        return Err(CliError::Usage("name keys and a stage".to_owned()));
    };
    let stage: Stage =
        stage.parse().map_err(|error: crate::domain::named::NameError| OpsError::Rejected {
            message: error.to_string(),
            hint: Some("The stage comes last: `tablesetter move R-1 R-2 ready`.".to_owned()),
        })?;
    let ids = keys.iter().map(|text| key(text)).collect::<Result<Vec<_>, _>>()?;
    let committed = desk.move_to(&ids, stage, &arguments.reason)?;
    out.say(&committed.label);
    // After the move, since rows say the stage, and score and risk follow from it.
    let rows = ids.iter().map(|id| desk.row(*id)).collect::<Result<Vec<_>, _>>()?;
    changed_rows(&rows, desk, out)
}
