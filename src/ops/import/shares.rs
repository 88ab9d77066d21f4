//! Shares from a planning tool or a sheet into the store: who does how much of which request, from one day to another.
//!
//! A share of a source is its request and its person; where it has several of that pair, the first day tells them apart.
//! What the source said of each stands beside the request, so that only what changes there is taken over.
//!
//! A share that is there before the source first tells of it is taken for the same one, since a second share of the same
//! work would count its hours twice. What differs then is told as a conflict and stays: it was said by hand. Only a share
//! that an import of requests gave, because somebody is named there, says nothing of its hours and days yet, and takes
//! them over.

mod kept;
mod pairs;
mod put;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, NaiveDate, Weekday};

use super::lines::LineChoice;
use super::named_requests::NamedRequests;
use super::near_misses::{learn, learned};
use super::people::KnownTeam;
use super::{ImportMark, Report, RowAction, RowReport, Understood, skipped_rows};
use crate::domain::allocation::Allocation;
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::difference::Difference;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::matching::NameMatch;
use crate::domain::request::Request;
use crate::import::listing::{LEFT_OUT, ListedRow};
use crate::import::shares::{Amount, ShareDraft, ShareImport};
use crate::ops::rules::Rules;
use crate::ops::team::handle;
use crate::ops::{Desk, OpsError};
use crate::store::Tx;
use kept::{SourceShare, Terms};

impl Desk {
    /// Takes shares in, or only rehearses it.
    ///
    /// # Errors
    /// When the store refuses them; nothing is stored then.
    pub fn take_shares(
        &mut self,
        import: ShareImport,
        is_rehearsal: bool,
        lines: &LineChoice,
    ) -> Result<Report, OpsError> {
        let (rules, stamp) = (self.rules()?, self.stamp());
        let ShareImport { source, listing } = import;
        let label = |count: usize| format!("Imported {} from {source}", counted(count, "share", "shares"));
        let understood = Understood::of_listing("shares", &listing);
        let mut report = Report { is_rehearsal, understood, notes: listing.notes, ..Report::default() };
        let drafts = listing.drafts;
        let mut work = |tx: &Tx<'_>| -> Result<String, OpsError> {
            let learned = learned(&learn(tx, &lines.names)?);
            let mut taker = ShareTaker::new(tx, &rules, &source, lines)?;
            report.rows.extend(taker.take(&drafts)?);
            report.vanished = if listing.is_part { Vec::new() } else { taker.vanished()? };
            taker.keep()?;
            report.ask(std::mem::take(&mut taker.team.near));
            Ok(format!("{}{}{learned}", label(report.used()), report.brought()))
        };
        let committed = if is_rehearsal {
            self.store.rehearse(stamp, work)?;
            None
        } else {
            Some(self.store.change(stamp, |tx| work(tx).map(|label| ((), label)))?)
        };
        report.rows.extend(skipped_rows(listing.skipped));
        Ok(report.finish(committed.as_ref()))
    }
}

/// Whose share of what a row is.
type Pair = (RequestId, PersonId);

struct ShareTaker<'a> {
    tx: &'a Tx<'a>,
    rules: &'a Rules,
    lines: &'a LineChoice,
    team: KnownTeam,
    requests: NamedRequests,
    kept: kept::SourceShares,
    /// The file has something in common with what its source said before.
    is_same_file: bool,
}

impl<'a> ShareTaker<'a> {
    fn new(tx: &'a Tx<'a>, rules: &'a Rules, source: &str, lines: &'a LineChoice) -> Result<Self, OpsError> {
        let team = KnownTeam::read(tx, rules.today)?;
        let kept = kept::SourceShares::read(tx, source, &team.people)?;
        let requests = NamedRequests::of(tx.entries()?);
        Ok(Self { tx, rules, lines, team, requests, kept, is_same_file: false })
    }

    fn take(&mut self, drafts: &[ListedRow<ShareDraft>]) -> Result<Vec<RowReport>, OpsError> {
        let mut reports = Vec::new();
        // All rows of a pair are looked at together: one alone does not say which of several shares it is.
        let mut pairs: BTreeMap<Pair, Vec<&ListedRow<ShareDraft>>> = BTreeMap::new();
        for draft in drafts {
            match self.pair(draft) {
                Ok(pair) => pairs.entry(pair).or_default().push(draft),
                // What is wrong with the row itself goes first: nothing would be taken of it even if its names were
                // known.
                Err(why) => reports.push(not_taken(draft, &draft.value.fault.clone().unwrap_or(why))),
            }
        }
        let first_week = drafts.iter().filter_map(|row| grid_week(&row.value)).min();
        for (pair, rows) in pairs {
            let known = self.kept.of_pair(pair);
            let rows: Vec<_> = rows.iter().map(|row| self.rolled_on(row, &known, first_week)).collect();
            let days: Vec<_> = rows.iter().map(|row| row.value.from).collect();
            let span = |place: &usize| (self.kept.all[*place].said.from, self.kept.all[*place].put.to);
            let told: Vec<_> = known.iter().map(span).collect();
            let same = pairs::same(&days, &told, self.rules.today);
            for (row, same) in rows.iter().zip(same) {
                let place = same.map(|index| known[index]);
                self.is_same_file |= place.is_some();
                if let Some(place) = place {
                    self.kept.all[place].is_told = true;
                }
                reports.push(self.put(pair, row, place, rows.len() == 1)?);
            }
        }
        Ok(reports)
    }

    /// A row that goes on with what began before the first week of its grid, from the day on which that began: a grid that
    /// rolls on leaves out the weeks that are over, and changes nothing by that.
    fn rolled_on<'r>(
        &self,
        row: &'r ListedRow<ShareDraft>,
        known: &[usize],
        first_week: Option<NaiveDate>,
    ) -> Cow<'r, ListedRow<ShareDraft>> {
        let Some(week) = first_week.filter(|week| grid_week(&row.value) == Some(*week)) else {
            return Cow::Borrowed(row);
        };
        let goes_on = |kept: &&SourceShare| {
            let began = kept.said.from.is_some_and(|from| from < week && from < self.rules.today);
            began && kept.put.to >= week && kept.said.is_as_much_as(&row.value)
        };
        let Some(kept) = known.iter().map(|place| &self.kept.all[*place]).find(goes_on) else {
            return Cow::Borrowed(row);
        };
        let mut row = row.clone();
        row.value.from = kept.said.from;
        Cow::Owned(row)
    }

    /// Whom and which request a row means.
    fn pair(&mut self, draft: &ListedRow<ShareDraft>) -> Result<Pair, String> {
        let share = &draft.value;
        let request = self.requests.find(share).map(|entry| entry.id);
        self.team.row = draft.row;
        // Also where the request is not known, so that a name which comes near somebody's is asked about now.
        let person = match self.several(&share.person) {
            0 | 1 => self.team.find(&share.person).map_err(|error| error.to_string()),
            count => Err(format!("{count} people in one row; give each a row, with their own hours")),
        };
        Ok((request?, person?))
    }

    /// How many of the team a cell names.
    fn several(&self, cell: &str) -> usize {
        // A name that is written last name first has a comma in it, and would be parted into two.
        if matches!(self.team.names.surely(cell), NameMatch::One(_)) {
            return 1;
        }
        let known = self.team.names.several(cell).into_iter().filter_map(|(_, found)| found.one());
        known.collect::<HashSet<_>>().len()
    }

    fn put(
        &mut self,
        pair: Pair,
        row: &ListedRow<ShareDraft>,
        place: Option<usize>,
        is_only: bool,
    ) -> Result<RowReport, OpsError> {
        let draft = &row.value;
        if self.lines.without.holds(row.row) {
            let mark = Some(ImportMark::LeftOut);
            return Ok(RowReport { mark, ..not_taken(row, LEFT_OUT) });
        }
        if let Some(fault) = &draft.fault {
            return Ok(not_taken(row, fault));
        }
        let request = self.tx.request(pair.0)?;
        let mut report = self.begun(&request, pair.1, row);
        if !request.stage.is_open() {
            // What was said of it before it ended is no news, and what is said now asks for nobody's time.
            return Ok(match place {
                Some(_) => report,
                None => not_taken(row, &format!("{} is {}; nobody holds it", pair.0, request.stage.title())),
            });
        }
        match place {
            Some(place) => self.update(&request, draft, place, &mut report)?,
            None => match self.same_by_hand(pair, draft, is_only)? {
                Some(share) => self.adopt(&request, draft, &share, &mut report)?,
                None => match self.create(&request, pair.1, draft, &mut report) {
                    // A window that turns round, or no hours at all, costs its row and not the file.
                    Err(OpsError::Rejected { message, .. }) => return Ok(not_taken(row, &message)),
                    done => done?,
                },
            },
        }
        Ok(report)
    }

    /// Open shares of the source that the file does not have: key and what they are. Nothing is done to them.
    fn vanished(&self) -> Result<Vec<(String, String)>, OpsError> {
        let mut vanished = Vec::new();
        if !self.is_same_file {
            // A file that has nothing in common with the one before is another file of the same kind.
            return Ok(vanished);
        }
        for kept in self.kept.all.iter().filter(|kept| !kept.is_told) {
            let Some(entry) = self.requests.get(kept.request).filter(|entry| entry.is_open) else { continue };
            let here = self.tx.allocations_of(kept.request)?.into_iter().find(|share| share.id == kept.share);
            if let Some(share) = here {
                let title = format!("{}: {}", entry.title, self.told_of(&share));
                vanished.push((kept.request.to_string(), title));
            }
        }
        Ok(vanished)
    }

    fn keep(&self) -> Result<(), OpsError> {
        Ok(self.kept.write(self.tx)?)
    }

    /// A row that was there as it is, until something else is found out about it.
    fn begun(&self, request: &Request, person: PersonId, row: &ListedRow<ShareDraft>) -> RowReport {
        RowReport {
            row: row.row,
            action: RowAction::Unchanged,
            key: Some(request.id.to_string()),
            title: format!("{} (@{})", request.title, handle(&self.team.people, person)),
            problems: row.problems.clone(),
            changes: Vec::new(),
            conflicts: Vec::new(),
            raw: String::new(),
            brings: String::new(),
            mark: None,
        }
    }

    fn told_of(&self, share: &Allocation) -> String {
        Terms::of(share).told(&handle(&self.team.people, share.person))
    }
}

/// The first week of a share as a grid of weeks has them: so much of each, from a Monday to a Sunday.
fn grid_week(draft: &ShareDraft) -> Option<NaiveDate> {
    let is_weekly = matches!(draft.amount, Amount::PerWeek(_) | Amount::Percent(_));
    let is_to_sunday = draft.to.is_some_and(|to| to.weekday() == Weekday::Sun);
    draft.from.filter(|from| is_weekly && is_to_sunday && from.weekday() == Weekday::Mon)
}

fn differences(old: &Allocation, new: &Allocation) -> Vec<Difference> {
    Terms::of(old).differences(&Terms::of(new))
}

fn not_taken(row: &ListedRow<ShareDraft>, why: &str) -> RowReport {
    let draft = &row.value;
    let named = [&draft.title, &draft.project, &draft.key].into_iter().find(|text| !text.is_empty());
    let title = match named {
        Some(named) if !draft.person.is_empty() => format!("{named} ({})", draft.person),
        Some(named) => named.clone(),
        None => draft.person.clone(),
    };
    RowReport { raw: draft.raw.clone(), ..RowReport::left_out(row.row, &title, why) }
}

impl Terms {
    /// `20h, Mon 23 Nov – Fri 27 Nov`
    fn said(&self) -> String {
        let tentative = if self.is_tentative { ", not yet sure" } else { "" };
        format!("{}, {}{tentative}", self.amount(), day::day_range(self.from, self.to))
    }

    /// The same with who it is: `@ana 20h, Mon 23 Nov – Fri 27 Nov`.
    fn told(&self, handle: &str) -> String {
        format!("@{handle} {}", self.said())
    }
}

#[cfg(test)]
mod tests;
