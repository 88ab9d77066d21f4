//! Rows without an id that are called alike. Their ids are made of the same words and numbered in the order of the file,
//! which a sheet that was sorted anew changes: so each takes the id of the known request that it is most like by all its
//! columns.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::seen;
use crate::domain::ids::RequestId;
use crate::import::requests::{Draft, ParentRef};
use crate::store::{StoreError, Tx};

/// So many pairs of rows and requests that are called alike are compared; with more of them their order counts.
const PAIRS: usize = 40_000;

/// Requests that are called alike, by their ids.
type KnownTwins = BTreeMap<String, RequestId>;

/// The drafts with the ids under which they are known here.
pub(super) fn told_apart<'d>(
    tx: &Tx<'_>,
    source: &str,
    drafts: &'d [Draft],
) -> Result<Cow<'d, [Draft]>, StoreError> {
    let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        if let Some(words) = words_of(&draft.request.external_id) {
            rows.entry(words).or_default().push(place);
        }
    }
    let mut known: HashMap<&str, KnownTwins> = HashMap::new();
    // A list with ids of its own has no such rows, and nothing is read for it.
    let entries = if rows.is_empty() { Vec::new() } else { tx.entries_from(source)? };
    for entry in &entries {
        if let Some(words) = words_of(&entry.external_id).filter(|words| rows.contains_key(words)) {
            known.entry(words).or_default().insert(entry.external_id.clone(), entry.id);
        }
    }
    let mut renamed: HashMap<String, String> = HashMap::new();
    for (words, twins) in known {
        let places = rows.get(words).map_or(&[][..], Vec::as_slice);
        let rows: Vec<&Draft> = places.iter().map(|place| &drafts[*place]).collect();
        // One of a name on both sides is the same one, however much of it changed.
        let is_alone =
            rows.len() == 1 && twins.len() == 1 && twins.contains_key(&rows[0].request.external_id);
        if !is_alone && rows.len() * twins.len() <= PAIRS {
            renamed.extend(ids_of(tx, words, &rows, &twins)?);
        }
    }
    if renamed.is_empty() {
        return Ok(Cow::Borrowed(drafts));
    }
    let mut drafts = drafts.to_vec();
    for draft in &mut drafts {
        // A row that is a part of such a row names it by the same made id.
        let parent = if let ParentRef::External(parent) = &mut draft.parent { Some(parent) } else { None };
        for id in [Some(&mut draft.request.external_id), parent].into_iter().flatten() {
            if let Some(own) = renamed.get(id) {
                id.clone_from(own);
            }
        }
    }
    Ok(Cow::Owned(drafts))
}

/// The words of an id that was made of them, without the number behind it; `None` for an id of the file's own.
fn words_of(id: &str) -> Option<&str> {
    if !crate::domain::request::is_made_of_words(id) {
        return None;
    }
    Some(id.split_once('#').map_or(id, |(words, _)| words))
}

/// Ids of rows that are known under another one, and of new rows whose id somebody else has.
fn ids_of(
    tx: &Tx<'_>,
    words: &str,
    rows: &[&Draft],
    twins: &KnownTwins,
) -> Result<Vec<(String, String)>, StoreError> {
    let said: Vec<(&String, BTreeMap<String, String>)> =
        twins.iter().map(|(id, request)| Ok((id, tx.seen(*request)?))).collect::<Result<_, StoreError>>()?;
    let mut pairs = Vec::new();
    for (row, draft) in rows.iter().enumerate() {
        let now = seen(draft);
        for (twin, (id, said)) in said.iter().enumerate() {
            let alike = now.iter().filter(|(name, value)| said.get(*name) == Some(value)).count();
            let is_same_id = draft.request.external_id == **id;
            pairs.push((Reverse(alike), Reverse(is_same_id), row, twin));
        }
    }
    // The most alike first; of equals those that have the same place in the file as before.
    pairs.sort_unstable();
    let (mut own, mut taken) = (vec![None; rows.len()], HashSet::new());
    for (_, _, row, twin) in pairs {
        if own[row].is_none() && taken.insert(twin) {
            own[row] = Some(said[twin].0.clone());
        }
    }
    // A new row may stand where a known one stood, whose id is not free.
    let mut free =
        (1..).map(|number| if number == 1 { words.to_owned() } else { format!("{words}#{number}") });
    let mut used: BTreeSet<String> = twins.keys().cloned().collect();
    let mut renamed = Vec::new();
    for (draft, own) in rows.iter().zip(own) {
        let id = match own.or_else(|| free.find(|id| used.insert(id.clone()))) {
            Some(id) if id != draft.request.external_id => id,
            _ => continue,
        };
        renamed.push((draft.request.external_id.clone(), id));
    }
    Ok(renamed)
}
