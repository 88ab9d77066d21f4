//! What was told outside the cockpits of a store: one line beside it, renewed under a lock. Neither another start nor a
//! second cockpit tells it once more.

use super::{Store, sidecar};

/// How the file ends.
pub(super) const TOLD: &str = ".told";

/// So many are remembered: more than a day has meetings.
// By number and not by day: what is told before midnight of a meeting behind it is not news at its first minute.
const MOST: usize = 200;

/// The line with one more; `None` if it stands there already.
fn with(line: Option<&str>, key: &str) -> Option<String> {
    let mut told: Vec<&str> = line.unwrap_or_default().split('\t').filter(|told| !told.is_empty()).collect();
    if told.contains(&key) {
        return None;
    }
    told.push(key);
    // Keys hold no tab, since they are made of keys of records and times.
    Some(told[told.len().saturating_sub(MOST)..].join("\t"))
}

impl Store {
    /// Notes that something is told now, by a key without anybody's words; false if it was told before, here or by
    /// another cockpit. Where nothing can be written beside the store each start tells it anew, since twice is better
    /// than never.
    pub fn tells_first(&self, key: &str) -> bool {
        let Some(store) = &self.path else {
            let line = self.memo(TOLD).ok().flatten();
            return with(line.as_deref(), key).is_some_and(|line| {
                let _ = self.remember(TOLD, &line);
                true
            });
        };
        // Where no line can be written nothing renews it, and it is told: twice is better than never.
        let mut is_first = true;
        let _ = sidecar::update(store, TOLD, |line| {
            let renewed = with(line.as_deref(), key);
            is_first = renewed.is_some();
            renewed
        });
        is_first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_told_by_one_of_two_and_not_again_after_both_are_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let open = || Store::open(&path).unwrap().0;
        let (one, other) = (open(), open());
        assert!(one.tells_first("before M-4 1"));
        assert!(!other.tells_first("before M-4 1"));
        assert!(other.tells_first("after M-4 1"));
        drop((one, other));
        assert!(!open().tells_first("after M-4 1"));
        let memory = Store::in_memory().unwrap();
        assert!(memory.tells_first("x") && !memory.tells_first("x"));
    }

    #[test]
    fn the_newest_are_remembered() {
        let mut line = None;
        for number in 0..MOST + 5 {
            line = with(line.as_deref(), &format!("k{number}"));
        }
        assert!(with(line.as_deref(), "k4").is_some() && with(line.as_deref(), "k5").is_none());
    }
}
