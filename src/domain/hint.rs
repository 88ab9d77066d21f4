//! Hints name keys as the lead has them: `{add} adds a request` is said as `a adds a request`, or with whatever
//! key that action has in their configuration.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

/// The first key of each action, by the action's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints(BTreeMap<String, String>);

/// Nothing is reckoned from how keys are named: what was kept under a configuration holds with any hints.
impl Hash for Hints {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Hints {
    /// From actions and their keys.
    pub fn new(keys: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// A hint with the keys for the names of actions in braces. An action without a key goes by its name, which
    /// the palette finds; other words in braces stay.
    pub fn say(&self, hint: &str) -> String {
        let mut said = String::with_capacity(hint.len());
        let mut rest = hint;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, from)| Some((before, from.split_once('}')?)))
        {
            said.push_str(before);
            match self.0.get(name) {
                Some(key) if key.is_empty() => said.push_str(name),
                Some(key) => said.push_str(key),
                None => said.extend(["{", name, "}"]),
            }
            rest = after;
        }
        said.push_str(rest);
        said
    }
}

#[cfg(test)]
mod tests {
    use super::Hints;

    #[test]
    fn actions_in_braces_are_said_as_keys() {
        let hints = Hints::new(
            [("add", "a"), ("top", "g g"), ("mute", "")].map(|(name, key)| (name.into(), key.into())),
        );
        for (hint, said) in [
            ("Nothing waits: {add} adds a request.", "Nothing waits: a adds a request."),
            ("{top} or {mute}", "g g or mute"),
            ("{add}{add}", "aa"),
            ("{unknown} and {add", "{unknown} and {add"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(hints.say(hint), said);
        }
    }
}
