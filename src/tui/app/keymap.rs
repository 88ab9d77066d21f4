//! From keys to actions. Keys come from the configuration; scopes are asked from the innermost outwards.
//! Faults (unknown actions, unreadable keys, clashes) are all named, and the default keys stay.

use std::collections::BTreeMap;

use keybinds::{KeyInput, KeySeq};

use crate::config::{Config, Fault, Spots};
use crate::domain::hint::Hints;
use crate::domain::words::{did_you_mean, nearest};
use crate::tui::app::action::{Action, OLD_NAMES, Scope, TABLE};

/// One way to mean an action.
#[derive(Debug, Clone)]
struct Binding {
    scope: Scope,
    keys: Vec<KeyInput>,
    text: String,
    action: Action,
}

/// What a row of keys means so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    Action(Action),
    /// More must follow; these can: the rest of the keys, and what they mean.
    Pending(Vec<(String, Action)>),
    /// Nothing.
    Unbound,
}

/// Keys that are drawn otherwise than the configuration names them.
const DRAWN: [(&str, &str); 5] = [("Up", "↑"), ("Down", "↓"), ("Left", "←"), ("Right", "→"), ("Plus", "+")];

/// In which scopes keys are looked for where a pane has the keyboard, the innermost first.
pub const IN_QUEUE: &[Scope] = &[Scope::Requests, Scope::Marks, Scope::Chosen, Scope::Everywhere];
pub const IN_LOAD: &[Scope] = &[Scope::Load, Scope::People, Scope::Everywhere];
pub const IN_MEETINGS: &[Scope] = &[Scope::Meetings, Scope::Marks, Scope::Chosen, Scope::Everywhere];
pub const ON_BOARDS: &[Scope] = &[Scope::Records, Scope::Marks, Scope::Chosen, Scope::Everywhere];
const IN_PANES: [&[Scope]; 4] = [IN_QUEUE, IN_LOAD, IN_MEETINGS, ON_BOARDS];

/// All bindings.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
    /// Default keys that lost to keys of the user's own. The configuration works as it is written; what it takes away has
    /// to be known once, as after an update that brought new defaults.
    pub displaced: Vec<Fault>,
}

impl Keymap {
    /// Reads the keys of the configuration; an action whose own keys are all faulty keeps its defaults.
    pub fn new(config: &Config) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        for name in config.keys.keys().filter(|name| Action::named(name).is_none()) {
            let names: Vec<&str> = TABLE.iter().map(|entry| entry.name).collect();
            let message = format!("there is no such action{}", did_you_mean(nearest(name, &names)));
            faults.push(config.spots.fault(&format!("keys.{name}"), &message));
        }
        let mut bindings = Vec::new();
        for entry in TABLE {
            // An empty list is no fault: it takes the keys from an action on purpose.
            let own = read(entry.name, config, &mut faults);
            let keys = if own.is_empty() && config.keys.get(entry.name).is_some_and(|keys| !keys.is_empty()) {
                // A test sees to it that the shipped keys have no faults, so none of these has to be told.
                read(entry.name, &Config::defaults(), &mut Vec::new())
            } else {
                own
            };
            bindings.extend(keys.into_iter().map(|(text, keys)| Binding {
                scope: entry.scope,
                keys,
                text,
                action: entry.action,
            }));
        }
        let mut keymap = Self { bindings, displaced: Vec::new() };
        keymap.drop_clashes(Config::default_keys(), &config.spots, &mut faults);
        faults.sort_by_key(|fault| (fault.line, fault.column));
        (keymap, faults)
    }

    /// Names every clash; the user's own key wins over a default, otherwise the first in the table.
    fn drop_clashes(
        &mut self,
        defaults: &BTreeMap<String, Vec<String>>,
        spots: &Spots,
        faults: &mut Vec<Fault>,
    ) {
        let is_default = |binding: &Binding| {
            defaults.get(binding.action.entry().name).is_some_and(|keys| keys.contains(&binding.text))
        };
        // The user's own bindings first, so that they win.
        self.bindings.sort_by_key(|binding| is_default(binding));
        let mut kept: Vec<Binding> = Vec::new();
        for binding in std::mem::take(&mut self.bindings) {
            match kept.iter().find(|other| clash(other, &binding)) {
                None => kept.push(binding),
                Some(other) => {
                    let fault = clash_fault(spots, other, &binding);
                    if is_default(&binding) && !is_default(other) {
                        self.displaced.push(fault);
                    } else {
                        faults.push(fault);
                    }
                }
            }
        }
        let is_own = |binding: &&Binding| !is_default(binding);
        let covered = kept.iter().filter(is_own).filter_map(|own| covering(spots, own, &kept));
        self.displaced.extend(covered.collect::<Vec<_>>());
        self.bindings = kept;
    }

    /// What `keys` mean where `scopes` apply, innermost first.
    pub fn resolve(&self, scopes: &[Scope], keys: &[KeyInput]) -> Resolved {
        let applying = || {
            scopes
                .iter()
                .flat_map(|scope| self.bindings.iter().filter(move |binding| binding.scope == *scope))
        };
        // What means something by itself acts at once, even where a longer row of another scope begins with it.
        if let Some(binding) = applying().find(|binding| binding.keys == keys) {
            return Resolved::Action(binding.action);
        }
        // Rows of all scopes, as each of them may still be meant by the keys to come.
        let following: Vec<_> = applying()
            .filter(|binding| binding.keys.len() > keys.len() && binding.keys.starts_with(keys))
            .map(|binding| {
                (binding.text.split(' ').skip(keys.len()).collect::<Vec<_>>().join(" "), binding.action)
            })
            .collect();
        if following.is_empty() { Resolved::Unbound } else { Resolved::Pending(following) }
    }

    /// The keys of an action as people write them, the first one first.
    pub fn keys(&self, action: Action) -> Vec<String> {
        let mut keys: Vec<_> = self
            .bindings
            .iter()
            .filter(|binding| binding.action == action)
            .map(|binding| binding.text.clone())
            .collect();
        if let Some(list) = Config::default_keys().get(action.entry().name) {
            // Clashes were looked for with the user's own keys first; here they are in the order of the
            // configuration again.
            keys.sort_by_key(|key| list.iter().position(|listed| listed == key).unwrap_or(0));
        }
        keys
    }

    /// The keys as hints name them: those that hold, whatever the configuration asked for.
    pub fn hints(&self) -> Hints {
        let key = |action: Action| self.keys(action).into_iter().next().unwrap_or_default();
        Hints::new(TABLE.iter().map(|entry| (entry.name.to_owned(), key(entry.action))))
    }

    /// The first key of an action in the short form of the footer, or nothing if it has none.
    pub fn hint(&self, action: Action) -> Option<&str> {
        self.bindings.iter().find(|binding| binding.action == action).map(|binding| {
            let drawn = DRAWN.iter().find(|(name, _)| *name == binding.text);
            drawn.map_or(binding.text.as_str(), |(_, drawn)| *drawn)
        })
    }
}

/// Two bindings clash where one key would mean both, or one would never be reached.
fn clash(one: &Binding, other: &Binding) -> bool {
    one.scope == other.scope && (one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys))
}

/// A clash is told at the user's own key, which is the one that was kept.
fn clash_fault(spots: &Spots, kept: &Binding, lost: &Binding) -> Fault {
    let (own, other) = (kept.action.entry().name, lost.action.entry().name);
    let message =
        format!("`{}` is also {other} (`{}`), which lost it; give {other} another key", kept.text, lost.text);
    spots.fault(&format!("keys.{own}"), &message)
}

/// A key of the user's own that lies over another action, or under one, in a pane where both would be meant.
fn covering(spots: &Spots, own: &Binding, all: &[Binding]) -> Option<Fault> {
    let meets = |other: &&Binding| {
        let keys = own.keys.starts_with(&other.keys) || other.keys.starts_with(&own.keys);
        keys && other.action != own.action && other.scope != own.scope
    };
    let place = |stack: &[Scope], scope: Scope| stack.iter().position(|it| *it == scope);
    let together = |other: &Binding| {
        let mut places = IN_PANES.iter().map(|stack| (place(stack, own.scope), place(stack, other.scope)));
        places.find_map(|(own, other)| Some(own? < other?))
    };
    let (other, is_over) = all.iter().filter(meets).find_map(|other| Some((other, together(other)?)))?;
    let (own_name, name) = (own.action.entry().name, other.action.entry().name);
    let (wins, loses) = if is_over { (own_name, name) } else { (name, own_name) };
    let message = format!(
        "`{}` means {wins} where both {wins} and {loses} could be meant; give {loses} another key",
        own.text
    );
    Some(spots.fault(&format!("keys.{own_name}"), &message))
}

type Keys = Vec<(String, Vec<KeyInput>)>;

fn read(name: &str, config: &Config, faults: &mut Vec<Fault>) -> Keys {
    let mut found = Vec::new();
    // A configuration that was written for an earlier version goes on to work.
    let old = OLD_NAMES.iter().filter(|(_, now)| *now == name).map(|(old, _)| *old);
    let names = std::iter::once(name).chain(old);
    for text in names.filter_map(|name| config.keys.get(name)).flatten() {
        match text.parse::<KeySeq>() {
            Ok(sequence) if !sequence.as_slice().is_empty() => {
                found.push((text.clone(), sequence.as_slice().to_vec()));
            }
            _ => faults.push(config.spots.fault(
                &format!("keys.{name}"),
                &format!("`{text}` is not a key; keys are written `j`, `G`, `?`, `Ctrl+r`, `Enter`, `PageDown`, `g g`"),
            )),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_keys(text: &str) -> (Keymap, Vec<Fault>) {
        Keymap::new(&crate::config::parse(text).config)
    }

    fn press(text: &str) -> Vec<KeyInput> {
        text.parse::<KeySeq>().unwrap().as_slice().to_vec()
    }

    #[test]
    fn every_action_has_a_key_and_none_clash() {
        let (keymap, faults) = with_keys("");
        assert_eq!(faults, []);
        for entry in TABLE {
            assert!(!keymap.keys(entry.action).is_empty(), "{} has no key", entry.name);
            assert!(!entry.title.is_empty() && !entry.short.is_empty(), "{}", entry.name);
            assert_eq!(Action::named(entry.name), Some(entry.action));
        }
        let named: Vec<_> = Config::defaults().keys.into_keys().collect();
        assert_eq!(named.len(), TABLE.len(), "the example names every action once");
    }

    #[test]
    fn the_innermost_scope_wins_and_prefixes_wait() {
        let (keymap, _) = with_keys("");
        let scopes = [Scope::Requests, Scope::Everywhere];
        assert_eq!(keymap.resolve(&scopes, &press("t")), Resolved::Action(Action::SetTier));
        let in_load = keymap.resolve(&[Scope::Load, Scope::Everywhere], &press("Enter"));
        assert_eq!(in_load, Resolved::Action(Action::OpenCell));
        assert!(matches!(keymap.resolve(&scopes, &press("g")), Resolved::Pending(_)));
        assert_eq!(keymap.resolve(&scopes, &press("g g")), Resolved::Action(Action::Top));
        assert_eq!(keymap.resolve(&scopes, &press("Ctrl+y")), Resolved::Unbound);
    }

    #[test]
    fn what_can_follow_a_prefix_is_told_whole() {
        let (keymap, _) = with_keys("");
        // Half of 120 columns, less the key.
        let room = 53;
        for entry in
            TABLE.iter().filter(|entry| keymap.hint(entry.action).is_some_and(|key| key.contains(' ')))
        {
            assert!(entry.title.chars().count() <= room, "{}: {}", entry.name, entry.title);
        }
    }

    /// Letters that stand for more than one action, and the one thing that they mean.
    const SHARED: [(&str, &str); 14] = [
        ("d", "days: the due day of what is chosen, how those of a file are read"),
        ("D", "groups what is shown otherwise"),
        ("e", "changes what is chosen"),
        ("f", "lays hours in other days"),
        ("j", "goes on: to the next row, or the next record of the list"),
        ("k", "goes back: to the row before, or the record before"),
        ("K", "says of what kind it is"),
        ("m", "changes by words, or adds a few"),
        ("q", "quits"),
        ("t", "takes: a tier, a suggestion, a line as new"),
        ("V", "all of them, or none"),
        ("w", "changes the span of time"),
        ("x", "ends it, reversibly: declined, waved off, dropped"),
        ("y", "copies"),
    ];

    #[test]
    fn a_letter_means_one_thing() {
        let (keymap, _) = with_keys("");
        let letters = ('a'..='z').chain('A'..='Z').map(String::from);
        for letter in letters {
            let meant: Vec<&str> = TABLE
                .iter()
                .filter(|entry| keymap.keys(entry.action).contains(&letter))
                .map(|entry| entry.title)
                .collect();
            let is_shared = SHARED.iter().any(|(shared, _)| *shared == letter);
            assert!(meant.len() < 2 || is_shared, "{letter} means {meant:?}");
        }
    }

    #[test]
    fn old_names_of_actions_go_on() {
        let (keymap, faults) = with_keys("[keys]\nadd-record = [\"F8\"]\nload-today = [\"F9\"]\n");
        assert_eq!(faults, []);
        assert_eq!(keymap.resolve(&[Scope::Everywhere], &press("F8")), Resolved::Action(Action::Add));
        assert_eq!(keymap.resolve(&[Scope::Everywhere], &press("F9")), Resolved::Action(Action::Today));
        assert_eq!(keymap.resolve(&[Scope::Everywhere], &press("a")), Resolved::Action(Action::Add));
    }

    #[test]
    fn own_keys_win_and_clashes_are_named() {
        let (keymap, faults) = with_keys("[keys]\nundo = [\"z\"]\n");
        assert_eq!(keymap.resolve(&[Scope::Everywhere], &press("z")), Resolved::Action(Action::Undo));
        assert_eq!(faults, [], "it works as it is written");
        let [lost] = keymap.displaced.as_slice() else { panic!("{:?}", keymap.displaced) };
        assert!(lost.line == 2 && lost.message.contains("zoom") && lost.message.contains("undo"), "{lost:?}");
        let (keymap, faults) = with_keys("[keys]\nundo = [\"F8\"]\nredo = [\"F8\"]\n");
        assert_eq!((faults.len(), keymap.displaced.len()), (1, 0), "two of the user's own: one is lost");
        // Of another scope, both stay bound, and one of them is reached no more.
        let told = |text: &str| {
            let displaced = with_keys(text).0.displaced;
            displaced.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>().join("; ")
        };
        let over = told("[keys]\nset-lever = [\"v\"]\n");
        assert!(
            over.contains("`v` means set-lever") && over.contains("give mark-range another key"),
            "{over}"
        );
        let under = told("[keys]\nstandup = [\"t\"]\n");
        assert!(
            under.contains("`t` means set-tier") && under.contains("give standup another key"),
            "{under}"
        );
        assert_eq!(told("[keys]\nset-lever = [\"F8\"]\n"), "");
    }

    #[test]
    fn faults_of_keys_are_all_named_and_the_defaults_stay() {
        let (keymap, faults) = with_keys("[keys]\nundoo = [\"z\"]\nredo = [\"Hyper+q+q\"]\n");
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].message.contains("did you mean `undo`"), "{faults:?}");
        assert_eq!(keymap.resolve(&[Scope::Everywhere], &press("U")), Resolved::Action(Action::Redo));
    }
}
