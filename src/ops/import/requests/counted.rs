//! Due days that a source says in words: a day later the same words would mean another day, which is no change.

use super::Writer;
use crate::domain::request::Request;
use crate::import::field::Field;
use crate::import::requests::Draft;
use crate::store::StoreError;

/// Under this name stand the words of which a due day was made.
pub(super) const COUNTED: &str = "counted";

/// The words of a row's due day, as they are kept with what its source said.
pub(super) fn said(draft: &Draft) -> Option<(String, String)> {
    draft.counted.clone().map(|words| (COUNTED.to_owned(), words))
}

impl Writer<'_> {
    /// A row that says its due day in the same words as before, with the day that they meant then; `None` for every other.
    pub(super) fn still_counted(
        &self,
        draft: &Draft,
        found: Option<&Request>,
    ) -> Result<Option<Draft>, StoreError> {
        let (Some(words), Some(known)) = (&draft.counted, found) else { return Ok(None) };
        let before = self.tx.seen(known.id)?;
        if before.get(COUNTED) != Some(words) {
            return Ok(None);
        }
        let due = before.get(&Field::Due.name()).and_then(|day| day.parse().ok());
        let mut counted = draft.clone();
        counted.request.due = due.or(draft.request.due);
        // What was told of it when it came in need not be told every morning.
        counted.problems.retain(|problem| problem.value != *words);
        Ok(Some(counted))
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use crate::domain::ids::RequestId;
    use crate::ops::Desk;
    use crate::ops::import::file::LineDecisions;
    use crate::ops::import::file::tests::file;
    use crate::ops::kit::{day, go, studio};

    fn take(desk: &mut Desk, text: &str) -> Option<i64> {
        let import = file(desk, "form.csv", text);
        let goes_on = &mut |_, _| ControlFlow::Continue(());
        desk.take_file(&import, &LineDecisions::default(), goes_on).unwrap().operation
    }

    #[test]
    fn the_same_words_mean_the_same_day_on_every_morning() {
        let mut desk = studio();
        let head = "Timestamp,Email Address,What do you need?,Deadline\n";
        let form = |due: &str| {
            format!(
                "{head}11/20/2026 9:21:00,a@x.example,Poster,{due}\n10/30/2026 9:21:00,a@x.example,Film,end of next week\n"
            )
        };
        assert!(take(&mut desk, &form("end of next week")).is_some());
        let due = |desk: &Desk, id| desk.store.request(RequestId(id)).unwrap().due;
        // As whoever reads the answers of last Friday on Monday; an old row counts from its own day.
        assert_eq!((due(&desk, 1), due(&desk, 2)), (Some(day("2026-12-04")), Some(day("2026-11-06"))));
        assert_eq!(desk.store.request(RequestId(1)).unwrap().due_reason, "end of next week");
        for now in ["2026-11-24", "2026-11-30", "2027-01-12"] {
            go(&mut desk, now);
            assert_eq!(
                (take(&mut desk, &form("end of next week")), due(&desk, 1)),
                (None, Some(day("2026-12-04")))
            );
        }
        go(&mut desk, "2026-11-24");
        assert!(take(&mut desk, &form("next friday")).is_some());
        assert_ne!(due(&desk, 1), Some(day("2026-12-04")));
    }
}
