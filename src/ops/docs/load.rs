//! The load of some days as a document to hand on: who is over and by which requests, and everybody's
//! hours beside what is planned of them.

use std::collections::HashSet;
use std::fmt::Write;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::document::{Audience, Block, Document, Figure, HeatCell, HeatRow, HeatTable, Line};
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
            let named: Vec<_> =
                rows.iter().map(|row| (row.person.name.clone(), row.row.cells.clone())).collect();
            let by_person = Block { heat: heat_table(&named), ..Block::new("By person", everybody) };
            // Hours beside a name read as a judgement of that person; which rooms may have them is for the lead to
            // say.
            blocks.push(Block { audience: Audience::NamedHours, ..by_person });
            // By day, but of all in one row: a row for a discipline of one person would name that person's hours.
            let all = grid.by(|_| "Studio".to_owned());
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

/// What all do, for those who may not read what each of them does.
fn together(rows: &[ShareLine<'_>]) -> Line {
    let sum = |of: fn(&Cell) -> Minutes| rows.iter().map(|row| row.sum(of)).sum::<Minutes>();
    let (confirmed, planning) = (sum(|cell| cell.confirmed), sum(|cell| cell.planning));
    Line::new(format!("All together: {confirmed} confirmed of {planning} planned."))
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
        let (tentative, unknown) = (self.sum(|cell| cell.tentative), self.sum(|cell| cell.unknown));
        // A role has no time of its own that its hours could be compared with.
        let mut text = if self.person.is_role {
            format!("{}: {confirmed} that nobody holds yet", self.person.name)
        } else {
            format!("{}: {confirmed} of {planning} planned", self.person.name)
        };
        for (minutes, name) in [(tentative, "tentative"), (unknown, "not estimated")] {
            if minutes.is_positive() {
                let _ = write!(text, ", {minutes} {name}");
            }
        }
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
mod tests {
    use super::*;
    use crate::domain::allocation::NewShare;
    use crate::domain::document::Reader;
    use crate::export::{Layout, render};
    use crate::ops::kit::{away, day, go, request, studio};

    fn block(desk: &Desk, title: &str) -> Vec<String> {
        let blocks = desk.load_document(desk.today(), 5).unwrap().blocks;
        let found = blocks.into_iter().find(|block| block.title == title);
        found.map_or_else(Vec::new, |block| block.lines.into_iter().map(|line| line.text).collect())
    }

    #[test]
    fn what_was_planned_for_days_that_are_over_and_not_done_is_not_there_twice() {
        let mut desk = studio();
        request(&mut desk, "Film t3 ~40h due:fri @ana");
        go(&mut desk, "2026-11-26");
        let blocks = desk.load_document(day("2026-11-23"), 5).unwrap().blocks;
        assert_eq!(blocks[0].lines[1].text, "All together: 40h confirmed of 80h planned.");
        let people = blocks.iter().find(|block| block.title == "By person").unwrap();
        assert_eq!(people.lines[0].text, "Ana: 40h of 40h planned.");
        assert_eq!(people.heat.as_ref().unwrap().rows[0].sum, "40h of 40h");
    }

    #[test]
    fn it_begins_with_whether_everything_fits() {
        let mut desk = studio();
        request(&mut desk, "Film t3 ~40h due:fri @ana");
        assert_eq!(
            block(&desk, "Bottom line")[0],
            "Everything that is confirmed fits between its first and last day."
        );
        assert_eq!(block(&desk, "Over"), [] as [&str; 0]);
        let id = request(&mut desk, "Poster t3 ~44h");
        let over = NewShare { to: Some(day("2026-11-20")), ..NewShare::whole("bo") };
        desk.assign(id, &over).unwrap();
        assert!(
            block(&desk, "Bottom line")[0].starts_with("Nobody is over, and 44h of confirmed work is late")
        );
        away(&mut desk, "ana", "2026-11-27", "2026-11-27");
        crate::ops::kit::add(&mut desk, &[("name", "Editor"), ("role", "yes")]);
        request(&mut desk, "Cut t3 ~6h due:fri @editor");
        let line = "1 of 2 has more confirmed work than fits in its days: Ana.";
        assert_eq!(block(&desk, "Bottom line")[0], line);
        assert_eq!(block(&desk, "Over"), ["Ana is 8h over Mon 23–Fri 27 Nov."]);
    }

    #[test]
    fn late_work_is_told_with_what_is_left_of_it_and_since_when() {
        let mut desk = studio();
        request(&mut desk, "Film t3 ~16h due:2026-11-24 @ana");
        request(&mut desk, "Poster t3 due:2026-11-24 @bo");
        go(&mut desk, "2026-11-26");
        let lines = block(&desk, "Late");
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("Bo is late with hours that nobody has said since Tue 24 Nov")),
            "{lines:?}"
        );
        assert!(
            lines.contains(&"Ana is late with 16h since Tue 24 Nov.".to_owned()),
            "nobody began it: {lines:?}"
        );
    }

    #[test]
    fn everybody_is_told_with_their_hours_and_a_role_with_what_nobody_holds() {
        let mut desk = studio();
        crate::ops::kit::add(&mut desk, &[("name", "Editor"), ("role", "yes")]);
        request(&mut desk, "Film t3 ~10h due:fri @ana");
        request(&mut desk, "Poster t3 due:fri @bo");
        request(&mut desk, "Cut t3 ~6h due:fri @editor");
        assert_eq!(
            block(&desk, "By person"),
            [
                "Ana: 10h of 40h planned.",
                "Bo: 0h of 40h planned, 4h not estimated.",
                "Editor: 6h that nobody holds yet.",
            ]
        );
    }

    #[test]
    fn its_table_shows_the_days_as_the_grid_does_and_to_a_room_only_their_sums() {
        let mut desk = studio();
        let film = request(&mut desk, "Film t3 ~44h due:fri");
        let week = NewShare { to: Some(day("2026-11-27")), ..NewShare::whole("ana") };
        desk.assign(film, &week).unwrap();
        request(&mut desk, "Poster t3 due:fri @bo");
        away(&mut desk, "bo", "2026-11-24", "2026-11-24");
        let document = desk.load_document(day("2026-11-23"), 14).unwrap();
        let tables: Vec<(&str, &HeatTable)> = document
            .blocks
            .iter()
            .filter_map(|block| Some((block.title.as_str(), block.heat.as_ref()?)))
            .collect();
        let [("By person", people), ("By day", all)] = tables.as_slice() else { panic!("{tables:?}") };
        let texts = |row: &HeatRow| {
            row.cells.iter().map(|cell| format!("{}{}", cell.hours, cell.mark)).collect::<Vec<_>>()
        };
        assert_eq!((people.days.len(), people.days[5]), (10, day("2026-11-30")), "weekends are left out");
        assert_eq!(texts(&people.rows[0])[..6], ["9!", "9!", "9!", "9!", "9!", "·"]);
        assert_eq!((texts(&people.rows[1])[1].as_str(), people.rows[0].sum.as_str()), ("~", "44h of 80h"));
        assert!(people.rows[0].cells[0].level == Some(4) && people.rows[0].cells[5].level.is_none());
        let words: Vec<&str> = people.legend.iter().map(|(_, word)| word.as_str()).collect();
        assert_eq!(words, ["over", "not estimated", "away", "free"]);
        assert_eq!((all.rows.len(), all.rows[0].sum.as_str()), (1, "44h of 152h"));
        let told = render(&document, Reader::Room { names_with_hours: false }, Layout::Html, 72);
        assert!(told.contains("more than fits Mon 23–Fri 27 Nov: “Film”") && !told.contains("R-1"), "{told}");
        assert!(told.contains("Studio") && !told.contains("Ana") && !told.contains(">Bo<"), "{told}");
    }

    #[test]
    fn a_placeholder_brings_no_weekends_into_its_table() {
        let mut desk = studio();
        crate::ops::kit::add(&mut desk, &[("name", "Editor"), ("role", "yes")]);
        let film = request(&mut desk, "Film t3 ~10h due:fri @editor");
        request(&mut desk, "Poster t3 ~10h due:fri @ana");
        for table in
            desk.load_document(day("2026-11-23"), 14).unwrap().blocks.iter().filter_map(|it| it.heat.as_ref())
        {
            assert_eq!((table.days.len(), table.days[5]), (10, day("2026-11-30")), "{film}");
        }
    }

    #[test]
    fn what_it_counts_is_told_with_the_days() {
        let mut desk = studio();
        request(&mut desk, "Film t3 ~10h due:fri @ana");
        let document = desk.load_document(day("2026-11-23"), 5).unwrap();
        assert_eq!(document.subtitle, "Mon 23–Fri 27 Nov, as of Mon 23 Nov");
        let people = document.blocks.iter().find(|block| block.title == "By person");
        let figure = &people.unwrap().lines[0].figures[0];
        assert_eq!((figure.value, figure.n, figure.to), (10.0, 5, Some(day("2026-11-27"))));
    }
}
