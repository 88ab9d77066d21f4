//! What was worked out from the whole store, kept in it so that nobody waits for it twice. Never journalled, and
//! believed only while everything that it follows from is the same: the newest operation of the journal, the
//! lead's day and zone, the configuration and this very program. On any doubt it is worked out anew.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Desk;
use crate::domain::ids::OperationId;
use crate::store::{Store, StoreError};

/// Something to keep under a name.
pub trait Kept: Serialize + DeserializeOwned {
    /// The name.
    const NAME: &'static str;
}

/// What everything follows from that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    operation: OperationId,
    /// Day, zone, configuration and program.
    around: String,
}

impl Grounds {
    /// As they are now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read(store: &Store, desk: &Desk) -> Result<Self, StoreError> {
        let around = format!(
            "{} {} {:016x} {} {}",
            desk.today(),
            desk.clock.zone_mark(),
            hash(&desk.config),
            Store::version(),
            program()
        );
        Ok(Self { operation: store.newest_operation()?, around })
    }

    /// As one line.
    fn line(&self) -> String {
        format!("{} {}", self.operation.0, self.around)
    }
}

/// Its version, and where and when it was built: two builds may reckon in two ways.
fn program() -> String {
    let file = std::env::current_exe().and_then(|path| Ok((path.metadata()?.modified()?, path)));
    format!("{} {:016x}", env!("CARGO_PKG_VERSION"), hash(&file.ok()))
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What is kept, if it still holds.
///
/// # Errors
/// When the store cannot be read.
pub fn read<T: Kept>(store: &Store, grounds: &Grounds) -> Result<Option<T>, StoreError> {
    let Some(text) = store.memo(T::NAME)? else { return Ok(None) };
    let found = text.split_once('\n').filter(|(line, _)| *line == grounds.line());
    Ok(found.and_then(|(_, value)| serde_json::from_str(value).ok()))
}

/// What is kept from an operation that may be older, if all else still holds; and which operation it was.
///
/// # Errors
/// When the store cannot be read.
pub fn read_older<T: Kept>(store: &Store, grounds: &Grounds) -> Result<Option<(OperationId, T)>, StoreError> {
    let Some(text) = store.memo(T::NAME)? else { return Ok(None) };
    Ok(older(&text, grounds))
}

fn older<T: Kept>(text: &str, grounds: &Grounds) -> Option<(OperationId, T)> {
    let (line, value) = text.split_once('\n')?;
    let (operation, around) = line.split_once(' ')?;
    let operation = operation.parse().ok().map(OperationId)?;
    let holds = around == grounds.around && operation <= grounds.operation;
    holds.then(|| serde_json::from_str(value).ok())?.map(|value| (operation, value))
}

/// A name and a text for [`Store::keep`].
#[must_use]
pub fn text<T: Kept>(grounds: &Grounds, value: &T) -> Option<(&'static str, String)> {
    let value = serde_json::to_string(value).ok()?;
    Some((T::NAME, format!("{}\n{value}", grounds.line())))
}
