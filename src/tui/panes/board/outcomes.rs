//! The outcomes board: what work is for and how far it has come, the four levers, the tier mix; beside it the headroom
//! ledger, freed against redirected.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::table::{BoardTable, under};
use super::{BoardColumn, BoardStyle, tier_mix};
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::lever::Lever;
use crate::domain::minutes::Minutes;
use crate::domain::outcome::OutcomeForecast;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::source::SourceWhat;
use crate::ops::books::report::{GainStanding, OutcomeStanding, requests};
use crate::plain;
use crate::tui::overlays::record::{Link, Receipt, Shown};
use crate::tui::view::columns::ListColumn;
use crate::tui::view::pictures::{self, Tick};

/// A heading inside a column.
pub fn heading(text: &str, look: BoardStyle<'_>) -> Shown {
    Line::styled(format!(" {text}"), look.theme.strong()).into()
}

/// What an empty section says: the next key.
pub fn empty(hint: &str, look: BoardStyle<'_>) -> impl Iterator<Item = Shown> {
    let lines = plain::wrap(&look.snapshot.hints.say(hint), look.width.saturating_sub(4));
    let style = look.theme.dim();
    lines.into_iter().map(move |line| Line::styled(format!("   {line}"), style).into())
}

/// The short word of a lever, for narrow columns.
pub const fn lever_word(lever: Lever) -> &'static str {
    match lever {
        Lever::SpeedToMarket => "speed",
        Lever::BrandConsistency => "brand",
        Lever::RiskReduction => "risk",
        Lever::MeasurableImpact => "impact",
    }
}

/// The outcomes, the levers, the tier mix.
pub fn list(look: BoardStyle<'_>) -> BoardColumn {
    let report = &look.snapshot.report;
    let mut table = BoardTable::new(
        look,
        [
            ListColumn::of((), "key", 4),
            ListColumn::growing((), "outcome", 20, 9),
            ListColumn::of((), "progress", bar_cells(look)),
            ListColumn::of((), "done", 5).right(),
            // `reached late` is the longest.
            ListColumn::growing((), "pace", 7, 10).best(12).gap(0),
        ],
    );
    for it in look.ordered(&report.outcomes, |it| &it.outcome) {
        push_outcome(&mut table, it, look);
    }
    let mut lines = table.lines("outcome");
    if report.outcomes.iter().any(|it| it.progress.percent.is_some() && it.progress.time.is_some()) {
        let tick = Tick::Time.glyph(look.theme.is_ascii);
        let text = format!("   {tick} how much of the time until its day is gone");
        lines.push(Line::styled(text, look.theme.dim()).into());
    }
    if report.outcomes.is_empty() {
        lines.extend(empty("No outcome yet. {add} adds one: what changes for the business, with a baseline and a target. {link} on a request says which outcome it is for. {import} brings requests, people and meetings in from files.", look));
    }
    lines.push(Line::default().into());
    lines.push(heading("The four levers", look));
    for figure in &report.levers {
        let receipt = Receipt::of(figure.lever.title(), &figure.text, &figure.measured);
        // The first row leads to the receipt; what has no room on it goes on below.
        let (mut label, mut link) = (figure.lever.title(), Some(Link::Receipt(Box::new(receipt))));
        for part in plain::wrap(&figure.text, look.width.saturating_sub(23)) {
            let label = plain::fit(std::mem::take(&mut label), 19);
            let drawn = Line::from(vec![
                Span::styled(format!("   {label}"), look.theme.dim()),
                Span::styled(part, look.theme.text()),
            ]);
            lines.push(Shown::new(drawn, link.take()));
        }
    }
    lines.extend(tier_mix::lines(look));
    let unaimed = look
        .snapshot
        .rows
        .iter()
        .filter(|row| row.request.outcome_id.is_none() && row.request.outcome.trim().is_empty())
        .count();
    let more = format!(
        "{} followed · {} serve{} none",
        report.outcomes.len(),
        requests(unaimed),
        if unaimed == 1 { "s" } else { "" }
    );
    BoardColumn { title: "Outcomes", more, lines, rests_on: &[SourceWhat::Requests] }
}

/// How wide the bars of progress are: where a name would be cut for them they say as much in less.
const fn bar_cells(look: BoardStyle<'_>) -> usize {
    if look.width >= 74 { 14 } else { 8 }
}

fn push_outcome(table: &mut BoardTable<'_, 5>, it: &OutcomeStanding, look: BoardStyle<'_>) {
    let theme = look.theme;
    let progress = &it.progress;
    let pace = progress.pace().unwrap_or("");
    let pace_style = match pace {
        "behind" | "missed" => theme.warn(),
        "reached" | "reached late" | "ahead" => theme.good(),
        _ => theme.text(),
    };
    let figure = progress.percent.map_or_else(String::new, |percent| format!("{percent} %"));
    let cells = bar_cells(look);
    let way = progress.percent.map_or_else(String::new, |percent| {
        pictures::progress(percent, (progress.time.as_slice(), Tick::Time), cells, theme.is_ascii)
    });
    let cells = [
        (it.outcome.id.to_string(), theme.dim()),
        (it.outcome.name.clone(), theme.strong()),
        (way, theme.accent()),
        (figure, theme.text()),
        (pace.to_owned(), pace_style),
    ];
    let key = RecordKey::Numbered(Kind::Outcome, it.outcome.id.0);
    table.push(key, cells, under(&second_line(it, look), theme.dim(), look));
}

/// Below the name: where it stands, what is under way, how much of the month goes into it.
fn second_line(it: &OutcomeStanding, look: BoardStyle<'_>) -> String {
    let today = look.snapshot.today();
    let mut parts = vec![it.outcome.lever.map_or("no lever", lever_word).to_owned()];
    match (it.progress.latest, it.outcome.baseline, it.outcome.target) {
        (Some(latest), Some(baseline), Some(target)) => {
            parts.push(format!(
                "{}, from {} towards {}",
                it.outcome.figure(latest),
                it.outcome.figure(baseline),
                it.outcome.figure(target)
            ));
        }
        (_, None, _) => parts.push("no baseline yet".to_owned()),
        _ => parts.push("no target yet".to_owned()),
    }
    match it.progress.forecast {
        OutcomeForecast::On(on) => parts.push(format!("target about {}", day::day_near(on, today))),
        OutcomeForecast::Away => parts.push("not moving towards it".to_owned()),
        OutcomeForecast::TooFew(0) => parts.push("no reading yet".to_owned()),
        OutcomeForecast::TooFew(count) => parts.push(counted(count, "reading", "readings")),
        OutcomeForecast::Unread(_) => parts.push("should be reached, read it".to_owned()),
        OutcomeForecast::Reached => {}
    }
    parts.extend(it.outcome.due.map(|due| format!("due {}", day::day_near(due, today))));
    parts.push(requests(it.requests.len()));
    if it.capacity.minutes().is_positive() {
        parts.push(format!("{} this month{}", it.capacity.minutes(), it.capacity.known()));
    }
    if it.redirected.is_positive() {
        parts.push(format!("+{} a week redirected", it.redirected));
    }
    parts.join(" · ")
}

pub fn ledger(look: BoardStyle<'_>) -> BoardColumn {
    let report = &look.snapshot.report;
    let now = look.snapshot.headroom();
    let more = format!(
        "{} freed · {} redirected · {} unspoken for, a week",
        now.freed,
        now.redirected,
        now.unspoken()
    );
    let mut lines = weeks(look);
    lines.extend(gain_lines(look));
    if report.gains.is_empty() {
        lines.extend(empty("Nothing freed yet. When a change saves hours, {add} notes the gain; {step-record} on it says where the hours go. Hours without a destination evaporate.", look));
    }
    BoardColumn { title: "Headroom", more, lines, rests_on: &[] }
}

/// Freed against redirected, week by week.
fn weeks(look: BoardStyle<'_>) -> Vec<Shown> {
    let weeks = &look.snapshot.report.weeks;
    let most = weeks.iter().map(|week| week.balance.freed).max().unwrap_or(Minutes::ZERO);
    if !most.is_positive() {
        return Vec::new();
    }
    let theme = look.theme;
    let values = |of: &dyn Fn(&crate::domain::ledger::Week) -> Minutes| -> Vec<u8> {
        weeks.iter().map(|week| level(of(week), most)).collect()
    };
    let freed = pictures::bars(&values(&|week| week.balance.freed), 9, theme.is_ascii);
    let spent = pictures::bars(&values(&|week| week.balance.redirected), 9, theme.is_ascii);
    let line = |name: &str, bars: String, now: Minutes, style: Style| -> Shown {
        Line::from(vec![
            Span::styled(format!("   {}", plain::fit(name, 12)), theme.dim()),
            Span::styled(bars, style),
            Span::styled(format!("  {now} a week now"), theme.text()),
        ])
        .into()
    };
    let now = look.snapshot.headroom();
    vec![
        Line::styled(format!("   the last {} weeks", weeks.len()), theme.dim()).into(),
        line("freed", freed, now.freed, theme.accent()),
        line("redirected", spent, now.redirected, theme.good()),
        Line::default().into(),
    ]
}

/// One of nine heights; 1 is nothing.
fn level(minutes: Minutes, most: Minutes) -> u8 {
    // The little bars begin at 1, which is their lowest.
    u8::try_from(minutes.0 * 8 / most.0.max(1)).unwrap_or(8) + 1
}

/// Columns beside the text of a gain: its key, its hours and how it stands.
const BESIDE: usize = 34;

/// Gains, each with where its hours went; nothing where there are none.
pub fn gain_lines(look: BoardStyle<'_>) -> Vec<Shown> {
    let title = "Gains and redirects";
    let mut table = BoardTable::new(
        look,
        [
            ListColumn::of((), "key", 4),
            ListColumn::growing((), title, 16, 9).whole(),
            ListColumn::growing((), "hours", 7, 8).best(8).right(),
            ListColumn::growing((), "state", 16, 2).best(24).gap(0),
        ],
    );
    for it in look.ordered(&look.snapshot.report.gains, |it| &it.gain) {
        push_gain(&mut table, it, look);
    }
    table.lines(title)
}

fn push_gain(table: &mut BoardTable<'_, 4>, it: &GainStanding, look: BoardStyle<'_>) {
    let (theme, today) = (look.theme, look.snapshot.today());
    let state = match it.unspoken_since {
        Some(since) => (
            format!("{} free, {}", it.balance.unspoken(), day::days((today - since).num_days())),
            theme.warn(),
        ),
        None if it.balance.freed.is_positive() => ("all redirected".to_owned(), theme.good()),
        None if it.gain.from_day > today => {
            (format!("from {}", day::day_near(it.gain.from_day, today)), theme.dim())
        }
        None => ("ended".to_owned(), theme.dim()),
    };
    let cells = [
        (it.gain.id.to_string(), theme.dim()),
        (it.gain.text.clone(), theme.strong()),
        (format!("{}/wk", it.gain.hours), theme.text()),
        state,
    ];
    table.push(RecordKey::Numbered(Kind::Gain, it.gain.id.0), cells, Vec::new());
    for redirect in look.ordered(&it.redirects, |redirect| redirect) {
        let to = look.snapshot.title_of(&redirect.target);
        // What came of it says more than the title of what it went to.
        let (came, state) = if redirect.result.is_empty() {
            (format!("→ {} {to}", redirect.target), ("no result yet".to_owned(), theme.warn()))
        } else {
            let came = format!("→ {}: {}", redirect.target, redirect.result);
            (came, ("result noted".to_owned(), theme.good()))
        };
        // What its row has no room for stands below it while it is chosen.
        let is_cut = plain::width(&came) + BESIDE > look.width;
        let whole = if is_cut { under(&came, theme.dim(), look) } else { Vec::new() };
        let cells = [
            (redirect.id.to_string(), theme.dim()),
            (came, theme.text()),
            (format!("{}/wk", redirect.hours), theme.text()),
            state,
        ];
        table.push(RecordKey::Numbered(Kind::Redirect, redirect.id.0), cells, whole);
    }
}
