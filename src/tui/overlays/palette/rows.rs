//! What the palette can find, and how well it fits what was typed.

use super::reach::{ActionReach, home};
use super::wordlists::{Legend, LegendEntry, LegendGroup, Synonyms};
use crate::domain::hint::Hints;
use crate::domain::view::{ListKind, View};
use crate::domain::words::fold;
use crate::tui::app::action::{Action, ActionEntry, Scope, TABLE};
use crate::tui::app::command::CommandLine;
use crate::tui::app::keymap::Keymap;
use crate::tui::panes::filter::{self as pane_filter, figure};
use crate::tui::view::find::{Fit, Query, fit_of};

/// What can be made of a row.
#[derive(Debug, Clone)]
pub enum Purpose {
    /// An action, and how it can be reached.
    Run(&'static ActionEntry, ActionReach),
    /// A saved view, shown by the line that would be typed for it.
    Show(CommandLine),
    /// There is no such thing; what comes nearest is told.
    Absent,
    /// What a mark or word means.
    LegendEntry,
}

/// Something to find.
#[derive(Debug, Clone)]
pub struct PaletteRow {
    pub purpose: Purpose,
    /// The keys of an action, the first one first, or a mark or word.
    pub signs: Vec<String>,
    pub text: String,
    /// Where it works or stands, in a word or two.
    pub place: String,
    /// What it stands under while nothing is typed.
    pub heading: String,
    /// Its own words: name, short name and title, or marks; folded.
    own: Vec<String>,
    /// Other people's words, and those of its group; folded.
    others: Vec<String>,
    /// Words that may stand beside those that find it, as `task` in `delete task`.
    company: &'static [&'static str],
}

const HERE: &str = "Here";
const EVERYWHERE: &str = "Everywhere";
const ELSEWHERE: &str = "Elsewhere: choosing one goes there, or says where it is";
const VIEWS: &str = "Saved views";
const ABSENT: &str = "Not in this program";

/// What the things of a scope are called.
const fn company(scope: Scope) -> &'static [&'static str] {
    match scope {
        Scope::Requests | Scope::Marks | Scope::Chosen | Scope::Candidates => &[
            "request", "requests", "task", "tasks", "ticket", "tickets", "issue", "issues", "job", "bug",
            "item", "items", "work", "story", "card",
        ],
        Scope::Load | Scope::People => {
            &["person", "people", "member", "user", "colleague", "employee", "work"]
        }
        Scope::Meetings => &["meeting", "meetings", "event", "appointment", "room", "call"],
        Scope::Records => {
            &["record", "outcome", "risk", "decision", "promise", "friction", "stakeholder", "goal"]
        }
        Scope::Everywhere => &[
            "task",
            "ticket",
            "request",
            "record",
            "meeting",
            "person",
            "word",
            "change",
            "all",
            "everything",
        ],
        _ => &[],
    }
}

/// Everything that there is to find: actions in the order here, everywhere, elsewhere, then what is explained.
/// Views are told with the list that has the keyboard.
pub fn all(
    reaches: &[ActionReach],
    keymap: &Keymap,
    (views, list): (&[View], ListKind),
    is_ascii: bool,
) -> Vec<PaletteRow> {
    let (hints, synonyms) = (keymap.hints(), Synonyms::shipped());
    let actions = TABLE.iter().zip(reaches);
    let mut rows: Vec<_> =
        actions.map(|(entry, reach)| of_action(entry, reach, (keymap, &hints), &synonyms)).collect();
    // A stable sort: within each section the order of the table stays.
    rows.sort_by_key(|row| [HERE, EVERYWHERE, ELSEWHERE].iter().position(|heading| *heading == row.heading));
    // Whoever looks for a view by its name has no word of the action that lists them.
    let way = keymap.keys(Action::Views).into_iter().next().unwrap_or_default();
    rows.extend(views.iter().filter_map(|view| of_view(view, list, &way)));
    rows.extend(synonyms.absent.into_iter().map(|absent| PaletteRow {
        purpose: Purpose::Absent,
        signs: Vec::new(),
        text: hints.say(&absent.says),
        place: "no such thing".to_owned(),
        heading: ABSENT.to_owned(),
        own: Vec::new(),
        others: absent.words,
        company: company(Scope::Everywhere),
    }));
    for group in Legend::shipped().groups {
        rows.extend(group.rows.iter().map(|meaning| of_meaning(meaning, &group, &hints, is_ascii)));
    }
    rows
}

fn of_action(
    entry: &'static ActionEntry,
    reach: &ActionReach,
    (keymap, hints): (&Keymap, &Hints),
    synonyms: &Synonyms,
) -> PaletteRow {
    // Whoever asks for what there is not finds the nearest action by the same words.
    let is_near = |near: &[String]| near.iter().any(|name| name == entry.name);
    let nearest = synonyms.absent.iter().filter(|absent| is_near(&absent.near));
    let words = synonyms.actions.get(entry.name).into_iter().flatten();
    let heading = match (reach, entry.scope) {
        (ActionReach::Elsewhere, _) => ELSEWHERE,
        (_, Scope::Everywhere) => EVERYWHERE,
        _ => HERE,
    };
    let (text, place) = match reach {
        ActionReach::Here if entry.scope == Scope::Everywhere => (entry.title.to_owned(), "everywhere"),
        ActionReach::Here => (entry.title.to_owned(), "here"),
        ActionReach::NotNow(why) => (format!("{} ({})", entry.title, hints.say(why)), "not now"),
        ActionReach::Elsewhere => (entry.title.to_owned(), home(entry.scope).place),
    };
    PaletteRow {
        purpose: Purpose::Run(entry, reach.clone()),
        signs: keymap.keys(entry.action),
        text,
        place: place.to_owned(),
        heading: heading.to_owned(),
        own: [entry.name, entry.short, entry.title].map(fold).to_vec(),
        others: words.chain(nearest.flat_map(|absent| &absent.words)).cloned().collect(),
        company: company(entry.scope),
    }
}

/// A view; `None` for one of a list that stands in no pane.
fn of_view(view: &View, list: ListKind, way: &str) -> Option<PaletteRow> {
    // Without a key for the list of views no letter leads to one.
    let letter = view.letter.filter(|_| !way.is_empty());
    let command = CommandLine::of_view(view)?;
    // From another pane its menu lies behind a figure.
    let pane = pane_filter::home(view.list)?;
    let is_here = pane_filter::home(list) == Some(pane);
    let figure = if is_here { String::new() } else { format!("{} ", figure(pane)) };
    let keys = |letter| format!("{way} {figure}{letter}");
    Some(PaletteRow {
        text: format!("{}: {}", command.says, view.filter),
        purpose: Purpose::Show(command),
        signs: letter.map(keys).into_iter().collect(),
        place: "saved view".to_owned(),
        heading: VIEWS.to_owned(),
        own: vec![fold(&view.name)],
        others: Vec::new(),
        company: &["view", "views", "show", "list", "filter", "saved"],
    })
}

fn of_meaning(meaning: &LegendEntry, group: &LegendGroup, hints: &Hints, is_ascii: bool) -> PaletteRow {
    let drawn = meaning.ascii.as_ref().filter(|_| is_ascii).unwrap_or(&meaning.mark);
    let marks = [&meaning.mark].into_iter().chain(&meaning.ascii).chain(&meaning.also);
    PaletteRow {
        purpose: Purpose::LegendEntry,
        signs: vec![drawn.clone()],
        text: hints.say(&meaning.says),
        place: group.place.clone(),
        heading: group.title.clone(),
        own: marks.map(|mark| fold(mark)).collect(),
        others: group.words.clone(),
        company: &["mean", "means", "meaning", "mark", "symbol", "sign", "word"],
    }
}

impl PaletteRow {
    /// How it fits; `None` if it does not.
    fn fit(&self, typed: &str, query: &Query, has_slips: bool) -> Option<Fit> {
        if self.has_sign(typed) || self.own.iter().any(|words| query.is(words)) {
            return Some(Fit::Whole);
        }
        if self.others.iter().any(|words| query.is(words)) {
            // The words of a group find all of it: what is called so itself comes first.
            let is_group = matches!(self.purpose, Purpose::LegendEntry);
            return Some(if is_group { Fit::Word } else { Fit::Whole });
        }
        if self.others.iter().any(|words| query.begins(words)) {
            return Some(Fit::Start);
        }
        let words = query.words();
        let is_company = |word: &&String| self.company.contains(&word.as_str());
        let fits: Option<Vec<Fit>> = words
            .iter()
            .filter_map(|word| match self.fit_of(word, has_slips) {
                None if is_company(&word) => None,
                fit => Some(fit),
            })
            .collect();
        // All words have to fit, so the one that fits worst decides.
        fits?.into_iter().max()
    }

    /// How one word fits its own words, or one of other people's.
    fn fit_of(&self, word: &str, has_slips: bool) -> Option<Fit> {
        let own = self.own.iter().filter_map(|own| fit_of(word, own, has_slips));
        // In the middle of other people's words there is too much.
        let other = |words: &String| fit_of(word, words, has_slips).filter(|fit| *fit != Fit::Within);
        // Any of its names will do, so the one that fits best decides.
        own.chain(self.others.iter().filter_map(other)).min()
    }

    /// True if a key or mark was typed; a figure before a mark is no part of it.
    fn has_sign(&self, typed: &str) -> bool {
        let typed = typed.trim();
        let is_one = typed.chars().count() == 1;
        // A single letter is a key as it stands: `g` and `G` do different things.
        let is = |sign: &String| if is_one { sign == typed } else { fold(sign) == fold(typed) };
        let bare = typed.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let is_mark = matches!(self.purpose, Purpose::LegendEntry) && !bare.is_empty() && bare != typed;
        !typed.is_empty()
            && (self.signs.iter().any(is) || is_mark && self.own.iter().any(|mark| mark == bare))
    }

    /// What comes first among those that fit alike: what answers plainly, then what runs, here before elsewhere.
    const fn rank(&self) -> u8 {
        match &self.purpose {
            Purpose::Absent => 0,
            Purpose::Run(entry, ActionReach::Here) if matches!(entry.scope, Scope::Everywhere) => 2,
            Purpose::Run(_, ActionReach::Here) | Purpose::Show(_) => 1,
            Purpose::Run(_, ActionReach::NotNow(_)) => 3,
            Purpose::Run(_, ActionReach::Elsewhere) => 4,
            Purpose::LegendEntry => 5,
        }
    }
}

/// What fits the words that were typed.
pub struct FoundRows {
    /// Places of rows, the best first.
    pub places: Vec<usize>,
    /// Nothing fits; these only come near.
    pub are_near: bool,
    /// They stand in their sections.
    pub have_headings: bool,
}

/// Finds what fits; everything in its order while nothing is typed, near misses where nothing else fits.
pub fn found(rows: &[PaletteRow], typed: &str) -> FoundRows {
    let query = Query::new(typed);
    if query.is_empty() {
        // What there is not is only told to whoever asks for it.
        let is_shown = |place: &usize| !matches!(rows[*place].purpose, Purpose::Absent);
        let places = (0..rows.len()).filter(is_shown).collect();
        return FoundRows { places, are_near: false, have_headings: true };
    }
    let fitting = |has_slips: bool| {
        let fit = |(place, row): (usize, &PaletteRow)| {
            Some((row.fit(typed, &query, has_slips)?, row.rank(), place))
        };
        let mut fits: Vec<_> = rows.iter().enumerate().filter_map(fit).collect();
        // The place is the last part of what is compared, so alike rows keep the order of the table.
        fits.sort_unstable();
        fits.into_iter().map(|(.., place)| place).collect::<Vec<usize>>()
    };
    let exact = fitting(false);
    let are_near = exact.is_empty();
    let places = if are_near { fitting(true) } else { exact };
    let have_headings = places.iter().all(|place| matches!(rows[*place].purpose, Purpose::LegendEntry));
    FoundRows { places, are_near, have_headings }
}
