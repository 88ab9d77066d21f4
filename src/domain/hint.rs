//! Hints name keys as the lead has them: `{add} adds a request` is said as `a adds a request`, or with whatever
//! key that action has in their configuration.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

/// The first key of each action, by the action's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    keys: BTreeMap<String, String>,
    /// There are no keys where it is read: on the command line.
    is_without_keys: bool,
}

/// Nothing is reckoned from how keys are named: what was kept under a configuration holds with any hints.
impl Hash for Hints {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Hints {
    /// From actions and their keys.
    pub fn new(keys: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { keys: keys.into_iter().collect(), is_without_keys: false }
    }

    /// For the command line, where a key does nothing.
    pub fn without_keys() -> Self {
        Self { is_without_keys: true, ..Self::default() }
    }

    /// A hint with the keys for the names of actions in braces. An action without a key goes by its name, which
    /// the palette finds; other words in braces stay.
    pub fn say(&self, hint: &str) -> String {
        if self.is_without_keys {
            return keyless(hint);
        }
        let typed = without_command(hint);
        let mut said = String::with_capacity(typed.len());
        let mut rest = typed.as_str();
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, from)| Some((before, from.split_once('}')?)))
        {
            said.push_str(before);
            match self.keys.get(name) {
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

/// A hint without the command that is named beside a key: nobody types one in the cockpit.
fn without_command(hint: &str) -> String {
    match hint.split_once(", or `") {
        Some((keys, command)) if keys.contains('{') => {
            format!("{keys}{}", command.split_once('`').map_or("", |(_, behind)| behind))
        }
        _ => hint.to_owned(),
    }
}

/// A hint without what a key does: the statement before it, and the command that is named beside it.
fn keyless(hint: &str) -> String {
    let Some((before, _)) = hint.split_once('{') else { return hint.to_owned() };
    // Behind the last of these a key is named with what it does, which nobody can press where this is read.
    let end = before.rfind([':', '?', '.']);
    let statement = end.map_or("", |end| before[..=end].trim_end_matches(':'));
    match hint.split_once(", or `") {
        Some((_, command)) => format!("{statement}: `{command}"),
        None => statement.to_owned(),
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
            ("A decision: {add} d, or `tablesetter decision add`.", "A decision: a d."),
            ("none, or `tablesetter add` says one", "none, or `tablesetter add` says one"),
            ("{unknown} and {add", "{unknown} and {add"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(hints.say(hint), said);
        }
    }

    #[test]
    fn on_the_command_line_a_hint_says_what_is_so_and_what_to_type() {
        for (hint, said) in [
            ("No risk is noted: {capture} files one, with its day.", "No risk is noted"),
            (
                "A decision: {capture} d, or `tablesetter decision add`.",
                "A decision: `tablesetter decision add`.",
            ),
            ("did it come so? {edit} sets it: yes or no", "did it come so?"),
            ("{edit} on them says what they care about", ""),
            ("when a change saves hours, {add} notes the gain", ""),
            ("none yet", "none yet"),
        ] {
            assert_eq!(Hints::without_keys().say(hint), said);
        }
    }
}
