//! Many requests changed as a text: printed a line each, edited anywhere, read back, and applied as one change.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::hash::Hash;
use std::str::FromStr;

use super::rejected;
use crate::domain::difference::{self, Difference};
use crate::domain::field;
use crate::domain::ids::{OperationId, RequestId};
use crate::domain::request::Request;
use crate::domain::words::rows::{self, LineChange, MissingWords};
use crate::ops::{Desk, OpsError};
use crate::store::{Committed, StoreError, Table};

/// Before the number of the newest change that the lines know of.
const AS_OF: &str = "# as of op-";
/// Before the keys of the lines.
const KEYS: &str = "# of ";

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFault {
    /// The first line is 1.
    pub line: usize,
    /// The letter that it begins at, if it is no fault of the whole line; the first is 1.
    pub column: Option<usize>,
    pub message: String,
}

impl TextFault {
    /// `line 4, column 12: …`
    pub fn told(&self) -> String {
        let column = self.column.map_or_else(String::new, |column| format!(", column {column}"));
        format!("line {}{column}: {}", self.line, self.message)
    }
}

/// Why a line has no change: it cannot be read, or the store cannot.
enum RowError {
    Fault(Option<usize>, String),
    Failed(OpsError),
}

impl<E: Into<OpsError>> From<E> for RowError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What an edited text says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditedText {
    pub changes: Vec<(RequestId, LineChange)>,
    pub faults: Vec<TextFault>,
    /// Requests whose lines were taken out, which changes nothing.
    pub left_out: usize,
}

/// What the head of a text says of its lines; nothing where somebody wrote it without one.
pub(in crate::ops) struct Head<K> {
    pub as_of: Option<i64>,
    pub keys: HashSet<K>,
}

impl<K: Display + FromStr + Eq + Hash> Head<K> {
    /// A word that a line does not have is cleared: it was printed, and taken out.
    pub const fn clears(&self) -> bool {
        self.as_of.is_some()
    }

    /// The head of some lines, printed while an operation was the newest.
    pub fn print(keys: &[K], newest: OperationId) -> String {
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        format!(
            "# Change words, or take one out to clear its field. A line that is taken out changes nothing.\n\
             {AS_OF}{}\n{KEYS}{}\n",
            newest.0,
            keys.join(" ")
        )
    }

    pub fn of(text: &str) -> Self {
        let mut head = Self { as_of: None, keys: HashSet::new() };
        for line in text.lines() {
            if let Some(number) = line.strip_prefix(AS_OF) {
                head.as_of = number.trim().parse().ok();
            } else if let Some(keys) = line.strip_prefix(KEYS) {
                head.keys.extend(keys.split_whitespace().filter_map(|key| key.parse::<K>().ok()));
            }
        }
        head
    }
}

impl Desk {
    /// Requests as lines to edit, under a head that says how.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn as_text(&self, ids: &[RequestId]) -> Result<String, OpsError> {
        let context = self.reading()?;
        let requests = ids.iter().map(|id| self.store.request(*id)).collect::<Result<Vec<_>, _>>()?;
        let mut text = Head::print(ids, self.store.newest_operation()?);
        text.extend(
            requests.iter().map(|request| format!("{} {}\n", request.id, rows::print(request, &context))),
        );
        Ok(text)
    }

    /// Reads an edited text against what is stored now.
    ///
    /// # Errors
    /// When the store cannot be read; what is wrong with the text stands in what is given back.
    pub fn read_text(&self, text: &str) -> Result<EditedText, OpsError> {
        let head = Head::of(text);
        let mut found = EditedText::default();
        let mut seen = HashSet::new();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match self.read_row(line, &head, &mut seen) {
                Ok((id, change)) if !change.is_empty() => found.changes.push((id, change)),
                Ok(_) => {}
                Err(RowError::Fault(column, message)) => {
                    found.faults.push(TextFault { line: index + 1, column, message });
                }
                Err(RowError::Failed(error)) => return Err(error),
            }
        }
        found.left_out = head.keys.difference(&seen).count();
        Ok(found)
    }

    fn read_row(
        &self,
        line: &str,
        head: &Head<RequestId>,
        seen: &mut HashSet<RequestId>,
    ) -> Result<(RequestId, LineChange), RowError> {
        let whole = |message: String| RowError::Fault(None, message);
        let (key, words) = line.trim_end().split_once(char::is_whitespace).unwrap_or((line.trim_end(), ""));
        // A text without a head was typed by somebody, who may name any request.
        let known = key.parse::<RequestId>().ok().filter(|id| head.keys.is_empty() || head.keys.contains(id));
        let Some(id) = known else {
            return Err(whole(format!("`{key}` is no key of these lines; keys stay as they are")));
        };
        if !seen.insert(id) {
            return Err(whole(format!("{id} stands there twice")));
        }
        let before = match self.store.request(id) {
            Err(StoreError::Missing(_)) => return Err(whole(format!("{id} is not there any more"))),
            found => found?,
        };
        let missing = if head.clears() { MissingWords::Clear } else { MissingWords::Stay };
        let mut change = rows::read(&before, words, missing, &self.reading()?)
            // The words begin behind the key and one space, and the first column is 1.
            .map_err(|fault| RowError::Fault(Some(key.chars().count() + 2 + fault.at), fault.message))?;
        for (field, text) in &mut change.fields {
            match self.name_whole(*field, text) {
                Err(OpsError::Rejected { message, .. }) => return Err(whole(message)),
                named => named?,
            }
        }
        // A line that says what stands there already takes nothing from anybody, however old it is.
        if let Some(later) = self.changed_since(id, head)?.filter(|_| !change.is_empty()) {
            return Err(whole(outdated(&id, later)));
        }
        Ok((id, change))
    }

    /// The newest change of a request that a text does not know of.
    fn changed_since(
        &self,
        id: RequestId,
        head: &Head<RequestId>,
    ) -> Result<Option<OperationId>, StoreError> {
        // Without a head nobody knows how old a line is; whoever types one means the request as it is now.
        let Some(as_of) = head.as_of else { return Ok(None) };
        let newest = self.store.operations_on(Table::Request, id.0, 1)?;
        Ok(newest.first().map(|operation| operation.id).filter(|id| id.0 > as_of))
    }

    /// Makes all the changes of a text as one, or none of them if one is wrong.
    ///
    /// # Errors
    /// With every fault of the text; when a stage cannot be reached or a value is refused.
    pub fn apply_text(&mut self, text: &str) -> Result<(Committed<Vec<Request>>, EditedText), OpsError> {
        let read = self.read_text(text)?;
        refused(&read.faults)?;
        let (context, now) = (self.reading()?, self.stamp().at);
        let phrases = self.config.phrases.clone();
        let rows: HashMap<RequestId, &LineChange> = read.changes.iter().map(|(id, it)| (*id, it)).collect();
        let ids: Vec<RequestId> = read.changes.iter().map(|(id, _)| *id).collect();
        let label = |differences: &[Difference]| match differences {
            [] => "Edited % as text".to_owned(),
            some => format!("Edited %: {}", difference::told(some, super::ROOM)),
        };
        let committed = self.each(&ids, &label, &|request| {
            let Some(change) = rows.get(&request.id) else { return Ok(()) };
            if let Some(title) = &change.title {
                title.clone_into(&mut request.title);
            }
            // Set on the row that the operation reads: what another program wrote into other fields since the text
            // was compared stays.
            for (field, text) in &change.fields {
                field::set(request, *field, text, &context).map_err(|error| rejected(&error))?;
            }
            // Last, since a stage may ask for the outcome or the tier that the same line sets.
            let Some(stage) = change.stage else { return Ok(()) };
            let (key, guess) = (request.id, phrases.guess_tier(&request.title));
            request.move_to(stage, ("", guess), now).map_err(|source| OpsError::Move { key, source })
        })?;
        Ok((committed, read))
    }
}

/// True if the lines of a text are those of requests: by its head, or else by the first of them.
pub fn is_of_requests(text: &str) -> bool {
    let is_line = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let head = text.lines().find_map(|line| line.strip_prefix(KEYS));
    let keys = head.or_else(|| text.lines().find(is_line)).unwrap_or_default();
    // A text without any line changes nothing, whichever of the two readers gets it.
    keys.split_whitespace().next().is_none_or(|key| key.parse::<RequestId>().is_ok())
}

/// That a line is older than what stands there.
pub(in crate::ops) fn outdated(key: &impl Display, later: OperationId) -> String {
    format!(
        "{key} was changed meanwhile (change {}); its line is older: take it out, or print it again",
        later.0
    )
}

/// Refuses a text of which something is wrong, with all of it.
pub(in crate::ops) fn refused(faults: &[TextFault]) -> Result<(), OpsError> {
    if faults.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = faults.iter().map(TextFault::told).collect();
    Err(OpsError::rejected(told.join("\n"), "Nothing was changed; mend the lines and try again."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stage::Stage;
    use crate::domain::tier::Tier;
    use crate::ops::kit::{change, go, refusal, request, studio, told};

    fn three() -> (Desk, Vec<RequestId>) {
        let mut desk = studio();
        let lines = ["Hero film t1 ~40h due:2026-12-04 #retail", "Poster t3", "Banner t3"];
        let ids = lines.iter().map(|line| request(&mut desk, line)).collect();
        (desk, ids)
    }

    #[test]
    fn a_text_that_nobody_changed_changes_nothing() {
        let (mut desk, ids) = three();
        let text = desk.as_text(&ids).unwrap();
        let (committed, read) = desk.apply_text(&text).unwrap();
        assert!(committed.operation.is_none() && read == EditedText::default());
    }

    #[test]
    fn all_lines_are_one_change_and_a_line_taken_out_is_told() {
        let (mut desk, ids) = three();
        let text = desk.as_text(&ids).unwrap();
        let text = text.replace("Hero film", "Short film").replace("due:2026-12-04", "due:2026-12-11");
        let text = text.replace("R-2 Poster stage:new", "R-2 Poster stage:ready");
        let text = text.lines().filter(|line| !line.starts_with("R-3 ")).collect::<Vec<_>>().join("\n");
        let (_, read) = desk.apply_text(&text).unwrap();
        assert_eq!((read.changes.len(), read.left_out), (2, 1));
        assert_eq!(told(&desk), "Edited 2 requests as text");
        let stored = |desk: &Desk, at: usize| desk.store.request(ids[at]).unwrap();
        assert_eq!(stored(&desk, 0).title, "Short film");
        assert_eq!(stored(&desk, 1).stage, Stage::Ready);
        desk.undo(None).unwrap();
        assert_eq!((stored(&desk, 0).title.as_str(), stored(&desk, 1).stage), ("Hero film", Stage::New));
    }

    #[test]
    fn one_fault_keeps_all_from_being_changed_and_every_fault_is_told() {
        let (mut desk, ids) = three();
        let text = desk.as_text(&ids[..2]).unwrap();
        let wrong = text.replace("Hero film", "Short film dew:fri").replace("R-2 ", "R-3 ");
        let message = refusal(desk.apply_text(&wrong));
        assert!(
            message.contains("line 4, column 16: `dew:fri` is not a field; did you mean `due:fri`?"),
            "{message}"
        );
        assert!(message.contains("line 5: `R-3` is no key of these lines"), "{message}");
        assert_eq!(desk.store.request(ids[0]).unwrap().title, "Hero film");
        let twice = format!("{text}R-1 Another\n");
        assert!(refusal(desk.apply_text(&twice)).contains("line 6: R-1 stands there twice"));
    }

    #[test]
    fn lines_that_nobody_printed_take_nothing_away() {
        let (mut desk, ids) = three();
        desk.apply_text("R-1 due:2026-12-18\nR-2 Flyer\n").unwrap();
        let film = desk.store.request(ids[0]).unwrap();
        assert_eq!(
            (film.title.as_str(), film.due.unwrap().to_string().as_str()),
            ("Hero film", "2026-12-18")
        );
        assert!(film.estimate.is_some() && film.tier.is_some() && film.tags == ["retail"]);
        let flyer = desk.store.request(ids[1]).unwrap();
        assert_eq!((flyer.title.as_str(), flyer.tier), ("Flyer", Tier::new(3)));
    }

    #[test]
    fn what_others_changed_meanwhile_is_not_written_over() {
        let (mut desk, ids) = three();
        let text = desk.as_text(&ids).unwrap();
        go(&mut desk, "2026-11-24");
        change(&mut desk, ids[0], "brand:Nord");
        let (_, read) =
            desk.apply_text(&text.replace("Banner", "Flag")).map(|(c, r)| (c.label, r)).unwrap_or_default();
        assert_eq!(read.changes.len(), 0, "its line would take the brand away again");
        assert!(
            refusal(desk.apply_text(&text.replace("Banner", "Flag"))).contains("R-1 was changed meanwhile")
        );
        let own = text.lines().filter(|line| !line.starts_with("R-1 ")).collect::<Vec<_>>().join("\n");
        desk.apply_text(&own.replace("Banner", "Flag")).unwrap();
        assert_eq!(desk.store.request(ids[2]).unwrap().title, "Flag");
    }
}
