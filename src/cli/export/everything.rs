//! Everything that is kept, as one document.

use std::collections::{BTreeMap, HashMap};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::super::books::{self, shape};
use super::super::json::{MeetingJson, RequestJson, instant};
use super::super::{CliError, calendar, load, team};
use super::{ExportArguments, meetings, requests};
use crate::domain::allocation::Allocation;
use crate::domain::ids::RequestId;
use crate::domain::kinds;
use crate::domain::record::Kind;
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::ops::queue::QueueRow;
use crate::store::StoreDump;

/// What `export all` prints: lists to read, and the store to take in.
#[derive(Serialize)]
pub struct Everything {
    requests: RequestShapes,
    /// For people and other programs: what is older, or in no list, is left out of them.
    #[serde(flatten)]
    lists: BTreeMap<&'static str, Value>,
    /// What `import all` reads.
    store: StoreDump,
}

/// Requests whose shapes are made one by one while they are written: there may be many, and a shape is larger than its
/// row.
pub struct RequestShapes {
    rows: Vec<QueueRow>,
    clock: Clock,
}

impl Serialize for RequestShapes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(|row| RequestJson::new(row, &self.clock)))
    }
}

/// Reads both from the store, as of one moment: what is written meanwhile would be in one of them alone.
pub fn gather(desk: &Desk, arguments: &ExportArguments) -> Result<Everything, CliError> {
    desk.store.reading(|store| {
        let requests = RequestShapes { rows: requests(desk)?, clock: desk.clock.clone() };
        let lists = lists(desk, arguments, &requests.rows)?;
        // Both: the lists are for reading and lose what is in none of them, the dump is what brings a store back.
        Ok(Everything { requests, lists, store: store.dump()? })
    })
}

/// In the shapes of the lists.
fn lists(
    desk: &Desk,
    arguments: &ExportArguments,
    rows: &[QueueRow],
) -> Result<BTreeMap<&'static str, Value>, CliError> {
    let people = desk.store.people()?;
    let handle = |id| crate::ops::team::handle(&people, id);
    let (_, work) = desk.work()?;
    let mut shares: HashMap<RequestId, Vec<Allocation>> = HashMap::new();
    // All in one reading: there may be a hundred thousand requests, and each would be a question to the store.
    for share in desk.store.allocations()? {
        shares.entry(share.request).or_default().push(share);
    }
    let mut allocations = Vec::new();
    for row in rows {
        let estimate = row.request.estimate;
        for share in shares.remove(&row.request.id).unwrap_or_default() {
            let left = work.left.get(&row.request.id);
            let hours = left.map_or_else(|| share.hours(estimate), |left| left.hours_of(&share, estimate));
            allocations.push(load::allocation(&share, (&handle(share.person), hours), false));
        }
    }
    let absences = desk.store.absences()?;
    let mut all = BTreeMap::from([
        ("made", json!(instant(&desk.clock, desk.now().to_utc()))),
        ("allocations", json!(allocations)),
        // Its usual days, whatever is asked for: the days of an export of all are those of meetings, which may
        // be years, and the load refuses so many.
        ("load", json!(super::load(desk, &ExportArguments { from: None, to: None, ..arguments.clone() })?)),
        ("meetings", json!(MeetingJson::list(&meetings(desk, arguments)?, None))),
        ("reflections", json!(calendar::reflections(desk, &desk.entries()?))),
        ("people", json!(people.iter().map(team::shape).collect::<Vec<_>>())),
        (
            "absences",
            json!(absences.iter().map(|it| team::absence_shape(it, &handle(it.person))).collect::<Vec<_>>()),
        ),
        ("holidays", json!(desk.store.holidays()?.iter().map(team::holiday_shape).collect::<Vec<_>>())),
    ]);
    add_books(desk, &mut all)?;
    all.insert("left_out", json!(desk.left_out()));
    Ok(all)
}

/// The records of every kind that has a list.
fn add_books(desk: &Desk, all: &mut BTreeMap<&'static str, Value>) -> Result<(), CliError> {
    let (books, _, report) = desk.books_standing()?;
    for kind in Kind::ALL.iter().filter(|kind| !kinds::list_name(**kind).is_empty()) {
        let keys = books::keys(desk, *kind, &books, &report)?;
        let shapes = keys.iter().map(|key| shape::by_key(desk, key, &report));
        all.insert(kinds::list_name(*kind), json!(shapes.collect::<Result<Vec<_>, _>>()?));
    }
    Ok(())
}
