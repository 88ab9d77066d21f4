//! A discipline as a page: who is in it, what their weeks hold and leave, what is over or late, and what they hold.

use chrono::NaiveDate;

use super::Link;
use super::page::{Page, Shown};
use crate::domain::day;
use crate::domain::ids::PersonId;
use crate::domain::load::{Cell, LoadRow};
use crate::domain::minutes::Minutes;
use crate::ops::queue::QueueRow;
use crate::tui::overlays::ViewContext;
use crate::tui::view::columns::{ListColumn, ListTable};

/// The hours of some days: what is to do of those there are, and what is not sure or not estimated.
#[derive(Debug, Clone, Copy, Default)]
struct HoursOfWeek {
    to_do: Minutes,
    there: Minutes,
    maybe: Minutes,
    unknown: Minutes,
}

impl HoursOfWeek {
    /// Of the days of a week that are not over; of a week that is over, what was done of the hours there were.
    fn of(cells: &[Cell], monday: NaiveDate, today: NaiveDate) -> Self {
        let of_week = cells.iter().filter(|cell| day::monday(cell.date) == monday);
        if is_over(monday, today) {
            let none = (Minutes::ZERO, Minutes::ZERO);
            return of_week.fold(Self::default(), |sum, cell| sum.with(cell.done, cell.planning, none));
        }
        let left = of_week.filter(|cell| cell.date >= today);
        left.fold(Self::default(), |sum, cell| {
            sum.with(cell.confirmed, cell.planning, (cell.tentative, cell.unknown))
        })
    }

    fn with(self, to_do: Minutes, there: Minutes, (maybe, unknown): (Minutes, Minutes)) -> Self {
        Self {
            to_do: self.to_do + to_do,
            there: self.there + there,
            maybe: self.maybe + maybe,
            unknown: self.unknown + unknown,
        }
    }

    /// `8h of 26h`, `away`, or of whoever is not found yet what they would have to do.
    fn told(self, is_role: bool) -> String {
        let hours = |minutes: Minutes| format!("{}h", minutes.rounded_hours());
        // A role that has nothing to do is not away: nobody has been found for it yet.
        match (self.to_do.is_zero(), self.there.is_zero()) {
            (true, true) if is_role => "·".to_owned(),
            (true, true) => "away".to_owned(),
            (false, true) => hours(self.to_do),
            _ => format!("{} of {}", hours(self.to_do), hours(self.there)),
        }
    }
}

/// True for a week of which no day is left.
fn is_over(monday: NaiveDate, today: NaiveDate) -> bool {
    day::plus(monday, 6) < today
}

/// The page of a discipline, of the two weeks with which the load begins.
pub fn page(people: &[PersonId], width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let mut page = Page::new(width, sight.theme);
    let rows: Vec<&LoadRow> =
        sight.snapshot.grid.rows.iter().filter(|row| people.contains(&row.person)).collect();
    weeks(&mut page, &rows, sight);
    worries(&mut page, &rows, sight);
    held_work(&mut page, people, sight);
    page.lines
}

/// Both weeks with which the load begins.
struct TwoWeeks {
    mondays: [NaiveDate; 2],
    today: NaiveDate,
}

impl TwoWeeks {
    fn of(&self, row: &LoadRow) -> [HoursOfWeek; 2] {
        self.mondays.map(|monday| HoursOfWeek::of(&row.cells, monday, self.today))
    }

    /// What the weeks are called: of one that is over stands what was done.
    fn names(&self) -> [&'static str; 2] {
        let named = |monday: NaiveDate, [over, other]: [&'static str; 2]| match (monday
            - day::monday(self.today))
        .num_days()
        {
            ..0 => over,
            0 => "rest of week",
            7 => "next week",
            _ => other,
        };
        [named(self.mondays[0], ["1st, done", "1st week"]), named(self.mondays[1], ["2nd, done", "2nd week"])]
    }
}

/// Everybody with the hours of both weeks, and below them the sums.
fn weeks(page: &mut Page, rows: &[&LoadRow], sight: ViewContext<'_>) {
    let (theme, today) = (sight.theme, sight.snapshot.today());
    let first = day::monday(sight.snapshot.grid.from);
    let weeks = TwoWeeks { mondays: [first, day::plus(first, 7)], today };
    let [this, next] = weeks.names();
    let mut table = ListTable::new([
        ListColumn::growing((), "who", 7, 3).best(12),
        ListColumn::growing((), "name", 8, 5).best(24).leaves(1),
        ListColumn::growing((), this, 12, 9).best(12).right().gap(2),
        ListColumn::growing((), next, 10, 9).best(12).right().gap(0),
    ]);
    for row in rows {
        let name = sight.snapshot.team.person(row.person).map_or("", |person| person.name.as_str());
        let [one, two] = weeks.of(row).map(|hours| hours.told(row.is_role));
        table.push([
            (sight.snapshot.handle(row.person).to_owned(), theme.strong()),
            (name.to_owned(), theme.text()),
            (one, theme.text()),
            (two, theme.text()),
        ]);
    }
    page.table(&table, rows.iter().map(|row| Link::Person(row.person)).collect());
    if !is_over(weeks.mondays[1], today) {
        sums(page, rows, &weeks);
    }
}

/// What all of them have to do and what is free, of the weeks that are not over.
fn sums(page: &mut Page, rows: &[&LoadRow], weeks: &TwoWeeks) {
    let [this, next] = weeks.names();
    let sums = |of_week: &dyn Fn(&LoadRow, usize) -> Minutes| -> [Minutes; 2] {
        [0, 1].map(|week| rows.iter().map(|row| of_week(row, week)).sum())
    };
    let of = |row: &LoadRow, week: usize| weeks.of(row)[week];
    // What one has too much of is no time that another one has less.
    let free = sums(&|row, week| (of(row, week).there - of(row, week).to_do).at_least_zero());
    let of_role = |row: &LoadRow, hours: Minutes| if row.is_role { hours } else { Minutes::ZERO };
    let told = [
        ("Assigned", sums(&|row, week| of(row, week).to_do - of_role(row, of(row, week).to_do))),
        ("To find", sums(&|row, week| of_role(row, of(row, week).to_do))),
        ("Free", free),
        ("Maybe", sums(&|row, week| of(row, week).maybe)),
        ("Not estimated", sums(&|row, week| of(row, week).unknown)),
    ];
    page.gap();
    for (label, sums) in told {
        // That nothing is free is news; that nothing is unsure is none.
        let is_said = label == "Free" || sums.iter().any(|sum| !sum.is_zero());
        let hours = |week: usize, when: &str| format!("{}h {when}", sums[week].rounded_hours());
        let both = || format!("{}, {}", hours(0, this), hours(1, next));
        let text = if is_over(weeks.mondays[0], weeks.today) { hours(1, next) } else { both() };
        page.text(label, if is_said { &text } else { "" });
    }
}

/// Who is over and with what, and what is late.
fn worries(page: &mut Page, rows: &[&LoadRow], sight: ViewContext<'_>) {
    let is_worrying = |row: &&&LoadRow| !row.verdict.forced.is_empty() || !row.verdict.late.is_empty();
    if rows.iter().any(|row| is_worrying(&row)) {
        page.head("Over and late");
    }
    for row in rows {
        let who = sight.snapshot.handle(row.person);
        for forced in &row.verdict.forced {
            let keys: Vec<String> = forced.culprits.iter().map(ToString::to_string).collect();
            let text = format!(
                "over {} {}: {}{}",
                forced.over,
                day::day_range_near(forced.from, forced.to, sight.snapshot.today()),
                keys.join(" "),
                forced.because().unwrap_or_default()
            );
            page.say(who, &text, sight.theme.critical());
        }
        for late in &row.verdict.late {
            let title = sight.snapshot.row(late.request).map_or("", |row| row.request.title.as_str());
            let text = if late.is_unknown {
                format!("late: {} {title}; how many hours are left?", late.request)
            } else {
                format!("late {}: {} {title}", late.left, late.request)
            };
            page.link(who, &text, Link::Request(late.request));
        }
    }
}

/// What they hold, by due day.
fn held_work(page: &mut Page, people: &[PersonId], sight: ViewContext<'_>) {
    let theme = sight.theme;
    let handles: Vec<&str> = people.iter().map(|person| sight.snapshot.handle(*person)).collect();
    let is_theirs = |row: &&QueueRow| row.people.iter().any(|who| handles.contains(&who.as_str()));
    let mut rows: Vec<&QueueRow> = sight.snapshot.rows.iter().filter(is_theirs).collect();
    // What has no day goes last; by itself `None` would come before every day.
    rows.sort_by_key(|row| (row.request.due.is_none(), row.request.due, row.request.id));
    page.head("Holds");
    if rows.is_empty() {
        page.text("", "nothing");
    }
    let mut table = ListTable::new([
        ListColumn::of((), "key", 6),
        ListColumn::growing((), "request", 16, 9).best(60),
        ListColumn::growing((), "who", 5, 4).best(16),
        ListColumn::of((), "due", 9).right().gap(0),
    ]);
    for row in &rows {
        let due = row.due_in_column(sight.snapshot.today(), &sight.snapshot.reading.calendar);
        let due = due.unwrap_or_else(|| "no date".to_owned());
        let theirs = row.people.iter().filter(|who| handles.contains(&who.as_str()));
        table.push([
            (row.request.id.to_string(), theme.dim()),
            (row.request.title.clone(), theme.text()),
            (theirs.cloned().collect::<Vec<_>>().join(" "), theme.text()),
            (due, if row.late.is_some() { theme.critical() } else { theme.text() }),
        ]);
    }
    page.table(&table, rows.iter().map(|row| Link::Request(row.request.id)).collect());
}
