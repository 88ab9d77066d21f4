//! What an import would do, line by line and in groups: what the command line tells and what the cockpit lets its user
//! choose from. Each line is in one group, the one that asks most for a look.

use serde::Serialize;

use super::calendar::{CalendarReport, EventChange};
use super::near_misses::{NamePair, NearMiss};
use super::people::problem_text;
use super::requesters::NewRequesters;
use super::{ImportMark, MayBeLead, Report, RowAction, RowReport, Understood};
use crate::domain::difference::Difference;
use crate::import::calendar::CalendarProblem;

/// What becomes of a line, in the order in which groups are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeGroup {
    /// A name that is nobody's here and comes near somebody's.
    Near,
    /// Its own field was set here since, and the source says something else now.
    Conflict,
    /// New, beside one that vanished and is much like it.
    Renamed,
    New,
    Changed,
    /// Its calendar cancelled it.
    Cancelled,
    /// A calendar has it no more: it is cancelled here.
    Gone,
    /// Open here, and the file has it no more; nothing is done about it.
    Vanished,
    /// Put away at the source; taken only where it is switched on.
    SwitchedOff,
    /// Nothing could be made of it.
    Unreadable,
    /// Said of the file, about no line that could be chosen.
    Remark,
    /// Not taken, as asked.
    LeftOut,
    Unchanged,
}

impl ChangeGroup {
    pub const ALL: [Self; 13] = [
        Self::Near,
        Self::Conflict,
        Self::Renamed,
        Self::New,
        Self::Changed,
        Self::Cancelled,
        Self::Gone,
        Self::Vanished,
        Self::SwitchedOff,
        Self::Unreadable,
        Self::Remark,
        Self::LeftOut,
        Self::Unchanged,
    ];

    /// The stable name, as scripts read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Near => "near",
            Self::Conflict => "conflict",
            Self::Renamed => "renamed",
            Self::New => "new",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
            Self::Gone => "gone",
            Self::Vanished => "vanished",
            Self::SwitchedOff => "switched-off",
            Self::Unreadable => "unreadable",
            Self::Remark => "remark",
            Self::LeftOut => "left-out",
            Self::Unchanged => "unchanged",
        }
    }

    /// As people read it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Near => "Whom do these mean?",
            Self::Conflict => "In conflict with what was set here",
            Self::Renamed => "Renamed?",
            Self::New => "New",
            Self::Changed => "Changed",
            Self::Cancelled => "Cancelled",
            Self::Gone => "Gone from the calendar",
            Self::Vanished => "Vanished",
            Self::SwitchedOff => "Switched off",
            Self::Unreadable => "Unreadable",
            Self::Remark => "To look at",
            Self::LeftOut => "Left out",
            Self::Unchanged => "Unchanged",
        }
    }

    /// The same within a sentence: `3 new, 2 in conflict`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Near => "much like somebody here",
            Self::Conflict => "in conflict",
            Self::Gone => "gone",
            Self::SwitchedOff => "switched off",
            Self::Remark => "to look at",
            Self::LeftOut => "left out",
            named => named.name(),
        }
    }

    /// What is done about it, or why nothing is.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Near => "asked once; unanswered, it is somebody else",
            Self::Conflict => "what was set here stands",
            Self::Renamed => "one that vanished is much like it",
            Self::Gone => "cancelled here",
            Self::Vanished => "nothing is closed: a filtered export does not have everything",
            Self::SwitchedOff => "put away at the source; taken only if switched on",
            Self::Unreadable => "nothing is taken of it",
            Self::New | Self::Changed | Self::Cancelled | Self::Remark | Self::LeftOut | Self::Unchanged => {
                ""
            }
        }
    }

    /// True if a line of it can be left out or taken.
    pub const fn is_choice(self) -> bool {
        !matches!(
            self,
            Self::Near | Self::Vanished | Self::Unreadable | Self::Remark | Self::LeftOut | Self::Unchanged
        )
    }
}

/// By what a line is left out or taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineName {
    /// The line of a table.
    Row(usize),
    /// Whether a name means somebody.
    Name(NamePair),
    /// An event, by its calendar's own name for it.
    Event(String),
}

/// One line of a change set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    pub group: ChangeGroup,
    /// The line of the file; 0 where it has none.
    pub row: usize,
    /// What it is left out by, if it can be.
    pub name: Option<LineName>,
    pub key: String,
    pub title: String,
    /// What it was called, of one that was renamed; of a name what the one is called whom it comes near.
    pub was: String,
    pub changes: Vec<Difference>,
    /// What was set here, and what the source says now.
    pub conflicts: Vec<Difference>,
    pub remarks: Vec<String>,
    /// What a new line brings.
    pub brings: String,
    /// What the row holds, where nothing could be made of it.
    pub raw: String,
}

/// How somebody who is missing comes in, by commands: the cockpit names its keys instead.
pub const ADD_PEOPLE: &str = "`tablesetter import people FILE` or `person add`";

/// All that an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeSet {
    /// How the file was understood; a calendar has no more to say than what it is.
    pub understood: Option<Understood>,
    /// Sentences about the whole file: the order of its days with the evidence, what was left out.
    pub notes: Vec<String>,
    /// Who asks and is no stakeholder yet.
    pub requesters: NewRequesters,
    /// In the order of the groups, and in each in that of the file.
    pub lines: Vec<ChangeLine>,
    /// Lines that are as they were, which are only counted.
    pub unchanged: usize,
    /// Events that are older than what is known of them.
    pub older: usize,
    /// The lead may be one of those invited, and did not say which yet: what proposes itself.
    pub may_be_lead: Option<MayBeLead>,
}

impl ChangeSet {
    /// What a table would do.
    pub fn of_table(report: &Report) -> Self {
        let vanished = report.vanished.iter().map(|(key, title)| ChangeLine {
            key: key.clone(),
            title: title.clone(),
            ..ChangeLine::blank(ChangeGroup::Vanished)
        });
        let told = report.rows.iter().filter(|row| row.group() != ChangeGroup::Unchanged);
        let near = report.near.iter().map(ChangeLine::of_name);
        let lines = near.chain(told.map(ChangeLine::of_row)).chain(vanished).collect();
        let unchanged = report.rows.iter().filter(|row| row.group() == ChangeGroup::Unchanged).count();
        let set = Self {
            understood: Some(report.understood.clone()),
            notes: report.notes.clone(),
            requesters: report.requesters.clone(),
            lines,
            unchanged,
            older: 0,
            may_be_lead: None,
        };
        set.in_order()
    }

    /// What a calendar would do.
    pub fn of_calendar(report: &CalendarReport) -> Self {
        let events = report.new.iter().map(|event| ChangeLine::of_event(event, ChangeGroup::New));
        let changed = report.changed.iter().map(|event| {
            let group = match (event.is_cancelled, event.has_vanished) {
                _ if !event.conflicts.is_empty() => ChangeGroup::Conflict,
                (_, true) => ChangeGroup::Gone,
                (true, false) => ChangeGroup::Cancelled,
                (false, false) => ChangeGroup::Changed,
            };
            ChangeLine::of_event(event, group)
        });
        let problems = report.problems.iter().map(|(_, problem)| ChangeLine::of_problem(problem));
        let lines = events.chain(changed).chain(problems).collect();
        let set = Self {
            lines,
            unchanged: report.unchanged,
            older: report.skipped,
            may_be_lead: report.may_be_lead.clone(),
            ..Self::default()
        };
        set.in_order()
    }

    fn in_order(mut self) -> Self {
        // Stable: what stands on no line, as an event of several files, keeps the order in which it was met.
        self.lines.sort_by_key(|line| (line.group, line.row));
        self
    }

    /// How many of each group there are, in one line: `1 in conflict, 12 new`.
    pub fn told(&self) -> String {
        counted(&ChangeGroup::ALL.map(|group| (group, self.count(group))))
    }

    /// How many lines are in a group.
    pub fn count(&self, group: ChangeGroup) -> usize {
        match group {
            ChangeGroup::Unchanged => self.unchanged + self.older,
            group => self.lines.iter().filter(|line| line.group == group).count(),
        }
    }
}

impl ChangeLine {
    fn blank(group: ChangeGroup) -> Self {
        Self {
            group,
            row: 0,
            name: None,
            key: String::new(),
            title: String::new(),
            was: String::new(),
            changes: Vec::new(),
            conflicts: Vec::new(),
            remarks: Vec::new(),
            brings: String::new(),
            raw: String::new(),
        }
    }

    fn of_row(row: &RowReport) -> Self {
        let group = row.group();
        // A row that is known again by its title, though its id changed, was called the same before.
        let renamed = |was: &&String| **was != row.title;
        let mark = if let Some(ImportMark::Renamed(was)) = &row.mark { Some(was) } else { None };
        let was = mark.filter(renamed).cloned().unwrap_or_default();
        // What the mark says in words stands in the group already.
        let is_said = |message: &str| match &row.mark {
            Some(ImportMark::Renamed(_)) => message.starts_with("renamed: "),
            Some(ImportMark::Archived | ImportMark::LeftOut) => true,
            None => false,
        };
        let problems = row.problems.iter().filter(|problem| !is_said(&problem.message));
        Self {
            row: row.row,
            name: group.is_choice().then_some(LineName::Row(row.row)),
            key: row.key.clone().unwrap_or_default(),
            title: row.title.clone(),
            // What it was called is told already.
            changes: row
                .changes
                .iter()
                .filter(|change| was.is_empty() || change.field != "title")
                .cloned()
                .collect(),
            conflicts: row.conflicts.clone(),
            was,
            remarks: problems.map(problem_text).collect(),
            brings: row.brings.clone(),
            raw: row.raw.clone(),
            ..Self::blank(group)
        }
    }

    fn of_name(miss: &NearMiss) -> Self {
        Self {
            row: miss.row,
            name: Some(LineName::Name(miss.pair.clone())),
            key: miss.who(),
            title: miss.pair.name.clone(),
            was: miss.called.clone(),
            ..Self::blank(ChangeGroup::Near)
        }
    }

    fn of_event(event: &EventChange, group: ChangeGroup) -> Self {
        Self {
            name: Some(LineName::Event(event.uid.clone())),
            key: event.key.clone(),
            title: event.title.clone(),
            changes: event.changes.clone(),
            conflicts: event.conflicts.clone(),
            ..Self::blank(group)
        }
    }

    fn of_problem(problem: &CalendarProblem) -> Self {
        let group = if problem.is_left_out { ChangeGroup::Unreadable } else { ChangeGroup::Remark };
        Self {
            row: problem.line,
            title: problem.message.clone(),
            raw: problem.uid.clone(),
            ..Self::blank(group)
        }
    }
}

fn counted(counts: &[(ChangeGroup, usize)]) -> String {
    let some = counts.iter().filter(|(_, count)| *count > 0);
    some.map(|(group, count)| format!("{count} {}", group.word())).collect::<Vec<_>>().join(", ")
}

impl Report {
    /// How many rows of each group it has, without those that have none.
    pub fn groups(&self) -> Vec<(ChangeGroup, usize)> {
        let mut counts = ChangeGroup::ALL.map(|group| (group, 0));
        for row in &self.rows {
            // `ALL` lists the groups in the order in which they are declared.
            counts[row.group() as usize].1 += 1;
        }
        counts[ChangeGroup::Near as usize].1 = self.near.len();
        counts[ChangeGroup::Vanished as usize].1 = self.vanished.len();
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    /// The same in one line.
    pub fn told_groups(&self) -> String {
        counted(&self.groups())
    }
}

impl RowReport {
    /// The group that it is told in.
    pub fn group(&self) -> ChangeGroup {
        match (self.action, &self.mark) {
            // By their action these rows were skipped like those that cannot be read; the mark has to be asked first.
            (_, Some(ImportMark::Archived)) => ChangeGroup::SwitchedOff,
            (_, Some(ImportMark::LeftOut)) => ChangeGroup::LeftOut,
            (RowAction::Skipped, _) => ChangeGroup::Unreadable,
            (_, Some(ImportMark::Renamed(_))) => ChangeGroup::Renamed,
            _ if !self.conflicts.is_empty() => ChangeGroup::Conflict,
            (RowAction::Created, None) => ChangeGroup::New,
            (RowAction::Updated, None) => ChangeGroup::Changed,
            (RowAction::Unchanged, None) => ChangeGroup::Unchanged,
        }
    }
}
