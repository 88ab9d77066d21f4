//! Records as lines: labels on the left, what they say on the right, empty things left out.

use ratatui::text::Line;

use super::Link;
use super::page::{Page, Shown, past};
use crate::domain::day;
use crate::domain::field::{self, Field};
use crate::domain::hint::Hints;
use crate::domain::ids::RequestId;
use crate::domain::meeting::{Meeting, MeetingStatus};
use crate::domain::record::{Record, RecordKey};
use crate::domain::reflection::trend::Trend;
use crate::domain::request::Request;
use crate::domain::source::SourceWhat;
use crate::ops::detail::{MeetingDetail, RequestDetail};
use crate::ops::left_words::left_words;
use crate::ops::queue::Rank;
use crate::ops::reflect::stance_of_five;
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::view::columns::{ListColumn, ListTable};
use crate::tui::view::marks;

/// A request with all that touches it.
pub fn request(detail: &RequestDetail, width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let (theme, request) = (sight.theme, &detail.row.request);
    let mut page = Page::new(width, theme);
    private(&mut page, &request.id.into(), sight);
    if let Some(late) = detail.row.late {
        page.say("Late", &late.sentence(sight.snapshot.today()), theme.critical());
    }
    for reason in &detail.row.reasons {
        page.say("At risk", reason, theme.warn());
    }
    if let Some(blocked) = &request.blocked {
        let since = day::day_near(blocked.since, sight.snapshot.today());
        let told = match blocked.reason.trim() {
            "" => format!("since {since}, no reason given"),
            reason => format!("{reason} since {since}"),
        };
        page.say("Blocked", &told, theme.warn());
    }
    page.text("Stage", &stage(request, sight));
    row_figures(&mut page, detail, sight);
    why(&mut page, detail, sight);
    when(&mut page, detail, sight);
    who(&mut page, detail, sight);
    if !detail.links.is_empty() {
        page.head("Touches");
        super::facts::add(&mut page, &detail.links, sight);
    }
    past(&mut page, &detail.history, sight);
    page.lines
}

/// Says of what is kept from others that it is.
pub fn private(page: &mut Page, key: &RecordKey, sight: ViewContext<'_>) {
    if sight.snapshot.private.has(key) {
        let mark = marks::PRIVATE.drawn(sight.theme);
        let text = sight.snapshot.hints.say("kept from others: {private} shows it");
        page.say("Private", &format!("{mark} {text}"), sight.theme.warn());
    }
}

/// How often, as it is said.
fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

fn stage(request: &Request, sight: ViewContext<'_>) -> String {
    let since = sight.snapshot.local(request.stage_since).date_naive();
    let reason =
        if request.stage_reason.is_empty() { String::new() } else { format!(": {}", request.stage_reason) };
    let rounds = match request.rounds {
        0 => String::new(),
        rounds => format!(" · came back from review {}", times(rounds)),
    };
    format!(
        "{} since {}{reason}{rounds}",
        request.stage.title(),
        day::day_near(since, sight.snapshot.today())
    )
}

fn why(page: &mut Page, detail: &RequestDetail, sight: ViewContext<'_>) {
    let (request, hints) = (&detail.row.request, &sight.snapshot.hints);
    page.head("Why");
    // Most requests were asked for in one line, which became their title.
    if request.ask.trim() != request.title.trim() {
        page.text("They asked", &request.ask);
    }
    if detail.row.is_output_worded {
        let text = "asks for things and names no change: what will be different if this works?";
        page.say("", text, sight.theme.warn());
    }
    let none = hints.say("none yet: {set-outcome} says it");
    page.text("Outcome", if request.outcome.is_empty() { &none } else { &request.outcome });
    fields(
        page,
        &[Field::Lever, Field::Measure, Field::Audience, Field::Message, Field::Result],
        request,
        sight,
    );
}

/// Texts that have a place of their own on the page.
// Whatever is not in here is told under `who`: a field that is shown elsewhere and missing here would be told
// twice, and one that is in here and shown nowhere would be lost.
const TOLD: [Field; 20] = [
    Field::Title,
    Field::Ask,
    Field::Outcome,
    Field::Measure,
    Field::Audience,
    Field::Message,
    Field::Because,
    Field::Result,
    Field::Estimate,
    Field::Deliverables,
    Field::Assets,
    Field::Inputs,
    Field::Decider,
    Field::Requester,
    Field::Brand,
    Field::Channel,
    Field::Tags,
    Field::Notes,
    Field::Url,
    Field::Lever,
];

/// Fields with their names, private ones not while others look on.
fn fields(page: &mut Page, fields: &[Field], request: &Request, sight: ViewContext<'_>) {
    for field in fields {
        if !(field.spec().is_private && sight.snapshot.is_presenting) {
            page.text(field.title(), &field::get(request, *field));
        }
    }
}

fn when(page: &mut Page, detail: &RequestDetail, sight: ViewContext<'_>) {
    let (request, today) = (&detail.row.request, sight.snapshot.today());
    page.head("When and how much");
    if let Some(due) = request.due {
        let left = sight.snapshot.reading.calendar.between(today, due);
        let hard = if request.is_due_hard { ", hard" } else { "" };
        let days = match (request.stage.is_closed(), detail.row.late.is_some()) {
            (false, true) => format!(", {} late", day::working_days(-left)),
            (false, false) if due >= today => format!(", {} left", day::working_days(left)),
            // Of what is closed or on hold nothing becomes later with every day.
            _ => String::new(),
        };
        page.text("Due", &format!("{}{hard}{days}", day::day_near(due, today)));
    }
    page.text("Why that day", &request.due_reason);
    // A day that never moved is the due day itself, and stands above.
    if let Some(first) = request.first_agreed_due.filter(|_| request.due_moves > 0) {
        let times = times(request.due_moves);
        page.say(
            "Agreed",
            &format!("{} at first, moved {times} since", day::day_near(first, today)),
            sight.theme.warn(),
        );
    }
    let tier = request.tier.map_or_else(
        || format!("not set; guessed from its words: {}", detail.row.tier_guess.number()),
        |tier| format!("{}, {}", tier.number(), sight.snapshot.tiers.of(tier).name),
    );
    page.text("Tier", &tier);
    fields(page, &[Field::Estimate], request, sight);
    shares(page, detail, sight);
    fields(page, &[Field::Deliverables, Field::Assets, Field::Inputs], request, sight);
}

fn who(page: &mut Page, detail: &RequestDetail, sight: ViewContext<'_>) {
    let request = &detail.row.request;
    page.head("Who");
    let named = [
        Field::Requester,
        Field::Decider,
        Field::Brand,
        Field::Channel,
        Field::Tags,
        Field::Notes,
        Field::Url,
    ];
    fields(page, &named, request, sight);
    // A text that is added to requests later stands here until it gets a place of its own.
    let others: Vec<Field> = field::texts().filter(|field| !TOLD.contains(field)).collect();
    fields(page, &others, request, sight);
    let named =
        request.foreign_id().map_or_else(|| request.source.clone(), |id| format!("{} {id}", request.source));
    from(page, (SourceWhat::Requests, &request.source), named.trim(), sight);
    if let Some(parent) = &detail.parent {
        page.link("Part of", &format!("{} {}", parent.id, parent.title), Link::Request(parent.id));
    }
    for part in &detail.parts {
        let text = format!("{} {}, {}", part.id, part.title, part.stage.title());
        page.link("Has part", &text, Link::Request(part.id));
    }
}

/// Where it came from, and how old that is if it comes from there again and again.
fn from(page: &mut Page, (what, source): (SourceWhat, &str), named: &str, sight: ViewContext<'_>) {
    match sight.snapshot.freshness.age_of(what, source) {
        Some((age, is_stale)) => {
            let style = if is_stale { sight.theme.warn() } else { sight.theme.text() };
            page.say("From", &format!("{named}, {age}"), style);
        }
        None => page.text("From", named),
    }
}

fn shares(page: &mut Page, detail: &RequestDetail, sight: ViewContext<'_>) {
    let today = sight.snapshot.today();
    if detail.allocations.is_empty() {
        page.text("Held by", &sight.snapshot.hints.say("nobody: {assign} shows who could, and at what cost"));
    }
    for (handle, allocation) in &detail.allocations {
        // Work that is closed has no hours left; there the share is told as it was given.
        let left = detail.left.shares.iter().find(|(share, _)| share.allocation.id == allocation.id);
        let hours = left.map_or_else(
            || allocation.hours_told(allocation.hours(detail.row.request.estimate)),
            |(share, left)| left_words(share, *left, today),
        );
        let tentative = if allocation.is_tentative { ", tentative" } else { "" };
        let window = day::day_range_near(allocation.from, allocation.to, today);
        let text = format!("{handle}  {hours}  {window}{tentative}");
        page.link("Held by", &text, Link::Share(allocation.id, allocation.request, allocation.person));
    }
}

/// What its row in the queue says in figures: how ready it is and what is missing for it, and why it stands where it
/// does.
fn row_figures(page: &mut Page, detail: &RequestDetail, sight: ViewContext<'_>) {
    let row = &detail.row;
    page.text("Readiness", &row.readiness_text(detail.ready_at));
    missing(page, detail, &sight.snapshot.hints);
    let place = match row.rank() {
        Rank::ByHand => "where it was put by hand, before those that stand by score",
        Rank::LateHardDay => "before those that stand by score, as its hard day has passed",
        // Its score says that.
        Rank::Score => "",
    };
    page.text("Place", place);
    page.text("Score", &row.score.sentence());
}

/// What is empty and matters, in one line; what it would be asked for is copied by the key.
fn missing(page: &mut Page, detail: &RequestDetail, hints: &Hints) {
    // What says something, and not yet enough, stands above: to call it unsaid would be wrong.
    let is_said = |name: &str| {
        let field = field::texts().find(|field| field.name() == name);
        field.is_some_and(|field| !field::get(&detail.row.request, field).trim().is_empty())
    };
    let names = detail.row.readiness.missing.iter().map(|missing| missing.name);
    let (short, unsaid): (Vec<&str>, Vec<&str>) = names.partition(|name| is_said(name));
    let asks = hints.say("{clarify} asks");
    for (title, names) in [("Not said yet", unsaid), ("Too little yet", short)] {
        if !names.is_empty() {
            page.text(title, &format!("{}  {asks}", names.join(", ")));
        }
    }
}

/// A meeting, what was written for it, and what its series shows.
pub fn meeting(detail: &MeetingDetail, width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let (meeting, entries) = (&detail.meeting, &detail.entries);
    let (theme, hints) = (sight.theme, &sight.snapshot.hints);
    let mut page = Page::new(width, theme);
    let today = sight.snapshot.today();
    let day_text = day::day_near(meeting.start.date_naive(), today);
    let time = if meeting.is_all_day { day_text } else { format!("{day_text} {}", meeting.clock_times()) };
    private(&mut page, &meeting.key.clone().into(), sight);
    page.text("When", &time);
    if meeting.status == MeetingStatus::Cancelled {
        page.say("Cancelled", &hints.say("{reinstate-meeting} brings it back"), theme.warn());
    }
    if let Some(left_out) = &detail.left_out {
        page.say("Not shown", left_out, theme.warn());
    }
    page.text("Who", &meeting.attendees.join(", "));
    page.text("Where", &meeting.location);
    page.text("Kind", &format!("{}  {}", meeting.kind_title(), hints.say("({set-kind} sets it)")));
    page.gap();
    plan(&mut page, meeting, sight);
    let state = match (meeting.is_reflected, meeting.start <= sight.snapshot.now) {
        (true, _) => "written; {reflect} opens it again",
        (false, true) => "none yet: {reflect} writes it within a minute",
        (false, false) => "after the meeting, with {reflect}",
    };
    page.text("Reflection", &hints.say(state));
    for source in &detail.sources {
        from(&mut page, (SourceWhat::Calendar, source), source, sight);
    }
    room(&mut page, detail, sight);
    if !entries.is_empty() && !sight.snapshot.is_presenting {
        page.head("This series");
        let trend = Trend::of(&entries.iter().collect::<Vec<_>>());
        page.text("Shaped", &trend.shape.to_string());
        page.text("Questions", &format!("{} opened something (what if, could we)", trend.expansion));
        // The latest room first: what happened there is what the next one begins with.
        for entry in entries.iter().rev() {
            let reflection = &entry.reflection;
            let when = day::day_near(sight.snapshot.local(entry.start).date_naive(), today);
            page.link(
                &when,
                &stance_of_five(reflection.stance),
                Link::Meeting(entry.reflection.meeting.clone()),
            );
            page.say("", &reflection.moment, theme.dim());
            page.say("", &reflection.if_then, theme.dim());
        }
    }
    page.lines
}

/// What the lead means to do in a meeting.
fn plan(page: &mut Page, meeting: &Meeting, sight: ViewContext<'_>) {
    for (name, text, action) in
        [("Intent", &meeting.intent, "{set-intent}"), ("If-then", &meeting.if_then, "{prepare}")]
    {
        // What could still be meant for a room is asked for; of one that is over it is too late.
        let is_asked = meeting.start > sight.snapshot.now && !sight.snapshot.is_presenting;
        if text.is_empty() && is_asked {
            page.text(name, &sight.snapshot.hints.say(&format!("none yet: {action} writes it")));
        } else {
            page.text(name, text);
        }
    }
    page.text("They may ask", &meeting.predicted);
}

/// Who is in the room, what they care about and what is owed to them; what was decided and promised there.
fn room(page: &mut Page, detail: &MeetingDetail, sight: ViewContext<'_>) {
    let books = &sight.snapshot.books;
    for name in &detail.meeting.attendees {
        // Those whom nobody noted are named under `Who` already.
        let Some(who) = books.known(name) else { continue };
        let mut parts = vec![who.name.clone()];
        if !who.cares.is_empty() {
            parts.push(format!("cares about {}", who.cares));
        }
        parts
            .extend(books.owed_to(&who.name).map(|promise| format!("owed {}: {}", promise.id, promise.text)));
        page.link("In the room", &parts.join(" · "), Link::Record(who.key()));
    }
    super::facts::add(page, &detail.links, sight);
}

/// Requests, one a line.
pub fn list(ids: &[RequestId], width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let (theme, text) = (sight.theme, sight.theme.text());
    let mut page = Page::new(width, theme);
    let mut table = ListTable::new([
        ListColumn::of((), "key", 6),
        ListColumn::growing((), "request", 24, 9).best(80).whole(),
        ListColumn::of((), "due", 9).right(),
        ListColumn::of((), "hours", 13).right().gap(2).leaves(1),
        ListColumn::growing((), "stage", 12, 2).best(13).gap(0),
    ]);
    let mut links = Vec::new();
    for row in ids.iter().filter_map(|id| sight.snapshot.row(*id)) {
        let request = &row.request;
        let due = row.due_in_column(sight.snapshot.today(), &sight.snapshot.reading.calendar);
        let due = due.unwrap_or_else(|| "no date".to_owned());
        let hours =
            request.estimate.map_or_else(|| "not estimated".to_owned(), |minutes| minutes.to_string());
        table.push([
            (request.id.to_string(), theme.dim()),
            (request.title.clone(), text),
            (due, text),
            (hours, text),
            (request.stage.title().to_owned(), text),
        ]);
        links.push(Link::Request(request.id));
    }
    if links.is_empty() {
        page.text("", "Nothing any more.");
    }
    page.table(&table, links);
    page.lines
}

pub fn notice(sentences: &[String], width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let lines = sentences.iter().flat_map(|sentence| plain::wrap(sentence, width));
    lines.map(|line| Line::styled(format!("   {line}"), sight.theme.text()).into()).collect()
}
