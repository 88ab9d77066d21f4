//! Which request a row of another list means: by our key, by the id under which a source brought it, or by its title.

use std::collections::HashMap;

use crate::domain::bounds;
use crate::domain::ids::RequestId;
use crate::domain::words::fold;
use crate::import::shares::ShareDraft;
use crate::plain;
use crate::store::SourceEntry;

/// So many keys are named where a row could mean several requests.
const NAMED: usize = 4;

/// Every request by what rows may call it.
pub(super) struct NamedRequests {
    all: Vec<SourceEntry>,
    by_id: HashMap<RequestId, usize>,
    by_external: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
}

impl NamedRequests {
    pub(super) fn of(all: Vec<SourceEntry>) -> Self {
        let mut named = Self {
            all: Vec::new(),
            by_id: HashMap::new(),
            by_external: HashMap::new(),
            by_title: HashMap::new(),
        };
        for (place, entry) in all.iter().enumerate() {
            named.by_id.insert(entry.id, place);
            if has_own_id(entry) {
                named.by_external.entry(folded(&entry.external_id)).or_default().push(place);
            }
            named.by_title.entry(folded(&entry.title)).or_default().push(place);
        }
        named.all = all;
        named
    }

    pub(super) fn get(&self, id: RequestId) -> Option<&SourceEntry> {
        self.by_id.get(&id).map(|place| &self.all[*place])
    }

    /// The request that a row means.
    ///
    /// # Errors
    /// A sentence that says why it could not be told, and what helps.
    pub(super) fn find(&self, draft: &ShareDraft) -> Result<&SourceEntry, String> {
        let titles = [&draft.title, &draft.project];
        // A key is somebody's own statement of which it is; a title may be one of several.
        let keyed = self.by_key(&draft.key);
        if let [one] = keyed.as_slice() {
            return Ok(&self.all[*one]);
        }
        if !keyed.is_empty() {
            // Two sources may number alike; the title then says which of them is meant.
            let is_titled =
                |place: &&usize| titles.iter().any(|title| folded(&self.all[**place].title) == folded(title));
            let narrowed: Vec<usize> = keyed.iter().filter(is_titled).copied().collect();
            return match narrowed.as_slice() {
                [one] => Ok(&self.all[*one]),
                _ => Err(self.could_be(&draft.key, &keyed)),
            };
        }
        for title in titles.into_iter().filter(|title| !title.is_empty()) {
            let found = self.titled(title);
            match found.as_slice() {
                [] => {}
                [one] => return unless_other_id(draft, &self.all[*one]),
                _ => return Err(self.could_be(title, &found)),
            }
        }
        let called: Vec<String> = [&draft.key, &draft.title, &draft.project]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| format!("`{}`", plain::cut(text, 60)))
            .collect();
        Err(format!(
            "no request is called {}; bring it in first, or write its key (as R-12) or its whole title there",
            called.join(" or ")
        ))
    }

    fn could_be(&self, text: &str, places: &[usize]) -> String {
        let keys: Vec<String> =
            places.iter().take(NAMED).map(|place| self.all[*place].id.to_string()).collect();
        let more = if places.len() > NAMED { " or another one" } else { "" };
        format!(
            "`{}` could be {}{more}; the key (as {}) in the row says which",
            plain::cut(text, 60),
            keys.join(" or "),
            keys.first().map_or("R-1", String::as_str)
        )
    }

    /// Those that have a key or number; of a longer text its first word, as in `R-12 Film`.
    fn by_key(&self, text: &str) -> Vec<usize> {
        let key = |text: &str| -> Vec<usize> {
            match own_key(text).and_then(|id| self.by_id.get(&id)) {
                Some(place) => vec![*place],
                None => self.by_external.get(&folded(text)).cloned().unwrap_or_default(),
            }
        };
        let whole = key(text.trim());
        let first =
            text.split_whitespace().next().unwrap_or_default().trim_matches([':', '[', ']', '(', ')']);
        // A bare first word is as likely the beginning of a title.
        let is_key = first.contains('-') && first.chars().any(|c| c.is_ascii_digit());
        if whole.is_empty() && is_key { key(first) } else { whole }
    }

    /// Those of a title, the open ones if there are any: the same title comes back every year.
    fn titled(&self, title: &str) -> Vec<usize> {
        let named = self.by_title.get(&folded(title)).cloned().unwrap_or_default();
        let open: Vec<usize> = named.iter().filter(|place| self.all[**place].is_open).copied().collect();
        match (open.is_empty(), named.is_empty()) {
            (false, _) => open,
            (true, false) => named,
            (true, true) => self.by_key(title),
        }
    }
}

/// A title that fits counts for nothing where the row has another number than the request.
fn unless_other_id<'a>(draft: &ShareDraft, found: &'a SourceEntry) -> Result<&'a SourceEntry, String> {
    let known_as = match (own_key(&draft.key), has_own_id(found)) {
        _ if draft.key.is_empty() => return Ok(found),
        (None, false) => return Ok(found),
        (Some(_), _) => found.id.to_string(),
        (None, true) => bounds::named(&found.external_id),
    };
    Err(format!(
        "no request is known as `{}`; {} is called so and is known as `{known_as}`; where that column is none of \
         its numbers, say --map \"COLUMN=ignore\"",
        bounds::named(&draft.key),
        found.id,
    ))
}

/// A key of ours; a bare number is one of another tool.
fn own_key(text: &str) -> Option<RequestId> {
    if text.trim().starts_with(['R', 'r']) { text.trim().parse().ok() } else { None }
}

fn folded(text: &str) -> String {
    fold(text.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
}

/// True for a request that has a number in another tool, and not one that was made here of its words.
fn has_own_id(entry: &SourceEntry) -> bool {
    !entry.external_id.is_empty()
        && !crate::domain::request::is_made_of_words(&entry.external_id)
        // The id of a form's answer is made of its time and its sender, with this sign between them; nobody types
        // that.
        && !entry.external_id.contains('|')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::shares::Amount;

    fn requests() -> NamedRequests {
        let entry = |id: i64, external: &str, title: &str, is_open: bool| SourceEntry {
            id: RequestId(id),
            external_id: external.to_owned(),
            title: title.to_owned(),
            requester: String::new(),
            brand: String::new(),
            is_open,
        };
        NamedRequests::of(vec![
            entry(1, "JIRA-12", "Spring film", true),
            entry(2, "", "Window poster", true),
            entry(3, "7", "Menu", true),
            entry(4, "7", "Card", true),
            entry(5, "content-00ff", "Card", true),
            entry(6, "JIRA-2", "Window poster", false),
            entry(7, "", "Old film", false),
        ])
    }

    fn found(key: &str, title: &str, project: &str) -> String {
        let draft = ShareDraft {
            person: "ana".to_owned(),
            key: key.to_owned(),
            title: title.to_owned(),
            project: project.to_owned(),
            amount: Amount::Open,
            from: None,
            to: None,
            is_tentative: false,
            fault: None,
            raw: String::new(),
        };
        requests().find(&draft).map_or_else(|why| why, |entry| entry.id.to_string())
    }

    #[test]
    fn a_row_says_which_request_it_means_by_key_number_or_title() {
        for (key, title, project, wanted) in [
            ("R-2", "", "", "R-2"),
            ("r-2", "whatever", "", "R-2"),
            ("jira-12", "", "", "R-1"),
            ("JIRA-12 Spring film", "", "", "R-1"),
            ("", "spring  FILM", "", "R-1"),
            ("", "R-2: Window", "", "R-2"),
            ("", "JIRA-12", "", "R-1"),
            ("", "Editing", "Spring film", "R-1"),
            ("7", "Menu", "", "R-3"),
            ("", "Window poster", "", "R-2"),
            ("", "Old film", "", "R-7"),
            ("99", "Window poster", "", "R-2"),
        ] {
            assert_eq!(found(key, title, project), wanted, "{key} {title} {project}");
        }
    }

    #[test]
    fn what_it_could_not_be_told_by_is_said_with_what_helps() {
        for (key, title, project, wanted) in [
            ("7", "", "", "`7` could be R-3 or R-4"),
            ("", "Card", "", "`Card` could be R-4 or R-5; the key (as R-4)"),
            ("2", "", "", "no request is called `2`"),
            ("", "Editing", "Autumn", "no request is called `Editing` or `Autumn`"),
            ("R-99", "Window poster", "", "no request is known as `R-99`; R-2 is called so"),
            (
                "JIRA-99",
                "Spring film",
                "",
                "no request is known as `JIRA-99`; R-1 is called so and is known as `JIRA-12`",
            ),
        ] {
            let told = found(key, title, project);
            assert!(told.contains(wanted), "{told}");
        }
    }
}
