//! The load of some days as a document to hand on: who is over and by which requests, and everybody's
//! hours beside what is planned of them.

use std::collections::HashSet;
use std::fmt::Write;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::document::{Audience, Block, Document, Figure, HeatCell, HeatRow, HeatTable, Line};
use crate::domain::ids::PersonId;
use crate::domain::load::{Cell, CellMark, LateWork, LoadRow, heat_level};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::domain::source::SourceWhat;
use crate::ops::{Desk, OpsError};

impl Desk {
    /// Gathers it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn load_document(&self, from: NaiveDate, days: usize) -> Result<Document, OpsError> {
        self.store.reading(|_| {
            let (grid, people) = self.load(from, days)?;
            let last = day::plus(from, i64::try_from(days).unwrap_or(1) - 1);
            let person = |row: &LoadRow| people.iter().find(|person| person.id == row.person);
            let today = self.today();
            let rows: Vec<ShareLine<'_>> = grid
                .rows
                .iter()
                .filter_map(|row| {
                    person(row).map(|person| ShareLine { person, row, window: (from, last), today })
                })
                .collect();
            let over: Vec<Line> = rows.iter().flat_map(ShareLine::over).collect();
            // How full people are never stands without how long work waits for them: full days alone would read as
            // success.
            let mut bottom = vec![lead(&rows), together(&rows)];
            bottom.extend(unheld(&rows, grid.nobody.as_ref()));
            let age = self.work_age()?;
            if age.is_known() {
                let text = format!("Open work has been ready for {}.", age.alone());
                bottom.push(Line::new(text).with(age.figure()));
            }
            let mut blocks = vec![Block { is_lead: true, ..Block::new("Bottom line", bottom) }];
            let late: Vec<Line> = rows.iter().flat_map(ShareLine::late).collect();
            for (title, lines) in [("Late", late), ("Over", over)] {
                if !lines.is_empty() {
                    blocks.push(Block::new(title, lines));
                }
            }
            let everybody = rows.iter().map(ShareLine::line).collect();
            let nobody = grid.nobody.iter().map(|row| ("Nobody yet".to_owned(), row.cells.clone()));
            let named = rows.iter().map(|row| (row.person.name.clone(), row.row.cells.clone()));
            let named: Vec<_> = named.chain(nobody.clone()).collect();
            let by_person = Block { heat: heat_table(&named), ..Block::new("By person", everybody) };
            // Hours beside a name read as a judgement of that person; which rooms may have them is for the lead to
            // say.
            blocks.push(Block { audience: Audience::NamedHours, ..by_person });
            // By day, but of all in one row: a row for a discipline of one person would name that person's hours.
            let roles: HashSet<PersonId> =
                people.iter().filter(|person| person.is_role).map(|person| person.id).collect();
            let mut all = grid.by(|id| if roles.contains(&id) { "Roles" } else { "Studio" }.to_owned());
            // Those who have the time stand first.
            all.reverse();
            all.extend(nobody);
            blocks.push(Block { heat: heat_table(&all), ..Block::new("By day", Vec::new()) });
            let made = format!(
                "{}, as of {}",
                day::day_range_near(from, last, self.today()),
                day::short_day(self.today())
            );
            let title = "Load of the studio".to_owned();
            let stale = self.stale_data(SourceWhat::ALL)?;
            let document = Document { title, subtitle: made, blocks, stale, ..Document::default() };
            Ok(self.named(document, &self.books()?)?)
        })
    }
}

/// The sum of some days: what was done of those that are over, and what is still to be done.
fn total(cells: &[Cell], of: fn(&Cell) -> Minutes) -> Minutes {
    cells.iter().map(|cell| of(&cell.in_sum())).sum()
}

/// Rows of cells as a table, without the days on which nobody has time or work; nothing where no day is left.
fn heat_table(rows: &[(String, Vec<Cell>)]) -> Option<HeatTable> {
    // A placeholder has no days off: it has none of its own.
    let is_worked = |cell: &Cell| {
        !matches!(cell.mark(), (Minutes::ZERO, CellMark::None | CellMark::Free))
            || cell.effective.is_positive()
    };
    let days = rows.first().map_or(0, |(_, cells)| cells.len());
    let kept: Vec<usize> =
        (0..days).filter(|day| rows.iter().any(|(_, cells)| is_worked(&cells[*day]))).collect();
    let marks: HashSet<CellMark> =
        rows.iter().flat_map(|(_, cells)| kept.iter().map(|day| cells[*day].mark().1)).collect();
    let legend = MARKS.iter().filter(|(mark, ..)| marks.contains(mark));
    let row = |(name, cells): &(String, Vec<Cell>)| {
        let sum = |of: fn(&Cell) -> Minutes| total(cells, of);
        HeatRow {
            name: name.clone(),
            cells: kept.iter().map(|day| heat_cell(&cells[*day])).collect(),
            // A role has no time that its hours would be of.
            sum: match sum(|cell| cell.planning) {
                Minutes::ZERO => sum(|cell| cell.confirmed).to_string(),
                planning => format!("{} of {planning}", sum(|cell| cell.confirmed)),
            },
        }
    };
    let table = HeatTable {
        days: rows.first().map(|(_, cells)| kept.iter().map(|day| cells[*day].date).collect())?,
        rows: rows.iter().map(row).collect(),
        legend: legend.map(|(_, glyph, word)| ((*glyph).to_owned(), (*word).to_owned())).collect(),
    };
    (!table.is_empty()).then_some(table)
}

/// The marks of cells in a document, as they stand in the cockpit, with what they mean.
const MARKS: [(CellMark, &str, &str); 9] = [
    (CellMark::Late, "‹", "late"),
    (CellMark::Over, "!", "over"),
    (CellMark::Tight, "|", "tight"),
    (CellMark::Reshape, "^", "fits if re-shaped"),
    (CellMark::Maybe, "▒", "maybe"),
    (CellMark::Unknown, "?", "not estimated"),
    (CellMark::Away, "~", "away"),
    (CellMark::Holiday, "=", "holiday"),
    (CellMark::Free, "·", "free"),
];

fn heat_cell(cell: &Cell) -> HeatCell {
    let (hours, mark) = cell.mark();
    let level = heat_level(cell.fullness());
    let mark = if mark == CellMark::PartAway { CellMark::Away } else { mark };
    let glyph = MARKS.iter().find(|(known, ..)| *known == mark).map_or("", |(_, glyph, _)| *glyph);
    match hours.0 {
        // What is not worked is said in the place of the hours.
        0 => HeatCell { hours: glyph.to_owned(), mark: String::new(), level },
        1..30 => HeatCell { hours: "½".to_owned(), mark: glyph.to_owned(), level },
        _ => HeatCell { hours: hours.rounded_hours().to_string(), mark: glyph.to_owned(), level },
    }
}

fn lead(rows: &[ShareLine<'_>]) -> Line {
    let over: Vec<&str> = rows
        .iter()
        .filter(|row| !row.row.verdict.forced.is_empty())
        .map(|row| row.person.name.as_str())
        .collect();
    let late: Minutes = rows.iter().map(|row| row.row.verdict.late_minutes()).sum();
    match over.as_slice() {
        [] if late.is_positive() => {
            Line::warn(format!("Nobody is over, and {late} of confirmed work is late; it is done first."))
        }
        [] => Line::good("Everything that is confirmed fits between its first and last day."),
        names => {
            let have = if names.len() == 1 { "has" } else { "have" };
            // A role is nobody who could be over.
            let people = rows.iter().filter(|row| !row.person.is_role).count();
            let of = format!("{} of {people} {have}", names.len());
            let told = format!("{of} more confirmed work than fits in its days");
            Line::warn(format!("{told}: {}.", names.join(", "))).naming_hours(format!("{told}."))
        }
    }
}

/// What all do, for those who may not read what each of them does. A role has no time, so its work is not theirs.
fn together(rows: &[ShareLine<'_>]) -> Line {
    let people = || rows.iter().filter(|row| !row.person.is_role);
    let sum = |of: fn(&Cell) -> Minutes| people().map(|row| row.sum(of)).sum::<Minutes>();
    let (confirmed, planning) = (sum(|cell| cell.confirmed), sum(|cell| cell.planning));
    Line::new(format!("All together: {confirmed} confirmed of {planning} that can be planned."))
}

/// Work that is given to nobody, or to a role only.
fn unheld(rows: &[ShareLine<'_>], nobody: Option<&LoadRow>) -> Option<Line> {
    let roles: Vec<&ShareLine<'_>> = rows.iter().filter(|row| row.person.is_role).collect();
    let sum = |of: fn(&Cell) -> Minutes| {
        let cells = roles.iter().map(|row| row.row).chain(nobody).map(|row| total(&row.cells, of));
        cells.sum::<Minutes>()
    };
    let mut text = format!("Nobody holds yet: {}", sum(|cell| cell.confirmed));
    let mut told = text.clone();
    let of_role = |row: &&ShareLine<'_>| row.sum(|cell| cell.confirmed).is_positive();
    for row in roles.iter().copied().filter(of_role) {
        let _ = write!(text, ", {} of it for {}", row.sum(|cell| cell.confirmed), row.person.name);
    }
    for text in [&mut text, &mut told] {
        also(text, &sum);
    }
    let is_any = sum(|cell| cell.confirmed + cell.tentative + cell.unknown).is_positive();
    is_any.then(|| Line::new(format!("{text}.")).naming_hours(format!("{told}.")))
}

/// `, 4h tentative, 2h not estimated`: what stands beside confirmed hours.
fn also(text: &mut String, sum: &dyn Fn(fn(&Cell) -> Minutes) -> Minutes) {
    let (tentative, unknown) = (sum(|cell| cell.tentative), sum(|cell| cell.unknown));
    for (minutes, name) in [(tentative, "tentative"), (unknown, "not estimated")] {
        if minutes.is_positive() {
            let _ = write!(text, ", {minutes} {name}");
        }
    }
}

struct ShareLine<'a> {
    person: &'a Person,
    row: &'a LoadRow,
    window: (NaiveDate, NaiveDate),
    today: NaiveDate,
}

impl ShareLine<'_> {
    fn sum(&self, of: fn(&Cell) -> Minutes) -> Minutes {
        total(&self.row.cells, of)
    }

    /// Work whose day has passed.
    fn late(&self) -> Vec<Line> {
        let line = |late: &LateWork| {
            let hours =
                if late.is_unknown { "hours that nobody has said".to_owned() } else { late.left.to_string() };
            let figure = Figure {
                value: late.left.as_hours(),
                unit: "h".to_owned(),
                n: 1,
                from: Some(late.since),
                to: Some(late.since),
                definition: "what is left of work whose last day has passed".to_owned(),
                keys: vec![late.request.to_string()],
            };
            let since = day::day_near(late.since, self.today);
            Line::warn(format!("{} is late with {hours} since {since}.", self.person.name))
                .naming_hours(format!("{} is late since {since}: {hours}.", late.request))
                .about([late.request])
                .with(figure)
        };
        self.row.verdict.late.iter().map(line).collect()
    }

    /// What cannot be done, with the requests that make it so.
    fn over(&self) -> Vec<Line> {
        let line = |forced: &crate::domain::load::ForcedOver| {
            let keys: Vec<String> = forced.culprits.iter().map(ToString::to_string).collect();
            let figure = Figure {
                value: forced.over.as_hours(),
                unit: "h".to_owned(),
                n: u32::try_from(keys.len()).unwrap_or(u32::MAX),
                from: Some(forced.from),
                to: Some(forced.to),
                definition: "work whose own days lie in these days, less the time there is".to_owned(),
                keys: keys.clone(),
            };
            let days = day::day_range_near(forced.from, forced.to, self.today);
            Line::warn(format!("{} is {} over {days}.", self.person.name, forced.over))
                .naming_hours(format!("{} more than fits {days}: {}.", forced.over, keys.join(", ")))
                .about(keys)
                .with(figure)
        };
        self.row.verdict.forced.iter().map(line).collect()
    }

    fn line(&self) -> Line {
        let (confirmed, planning) = (self.sum(|cell| cell.confirmed), self.sum(|cell| cell.planning));
        // A role has no time of its own that its hours could be compared with.
        let mut text = if self.person.is_role {
            format!("{}: {confirmed} that nobody holds yet", self.person.name)
        } else {
            format!("{}: {confirmed} of {planning} that can be planned", self.person.name)
        };
        also(&mut text, &|of| self.sum(of));
        let days = self.row.cells.iter().filter(|cell| cell.effective.is_positive()).count();
        Line::new(format!("{text}.")).with(Figure {
            value: confirmed.as_hours(),
            unit: "h".to_owned(),
            n: u32::try_from(days).unwrap_or(u32::MAX),
            from: Some(self.window.0),
            to: Some(self.window.1),
            definition: format!("confirmed hours of {} over working days", self.person.handle),
            keys: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests;
