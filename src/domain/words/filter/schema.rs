//! The words of filters: what each is called, what stands behind it, and which there are for a kind of record.

use std::sync::LazyLock;

use crate::domain::kinds;
use crate::domain::lever::Lever;
use crate::domain::meeting::{MeetingKind, MeetingStatus};
use crate::domain::person::Person;
use crate::domain::private::can_be_private;
use crate::domain::record::{FieldKind, FieldSpec, Fields, Kind, RecordKey};
use crate::domain::view::ListKind;
use crate::domain::words::days::Direction;

/// Whose name stands behind a word, and so who is compared with it where nobody is called so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Somebody's of the team.
    Team,
    /// A stakeholder's, or that of whoever else was ever named there.
    Anybody,
    /// No name: one of the few texts that stand in the field of this word.
    Value(&'static str),
}

/// Words of which each list has few values, again and again: another one is more likely a slip of the hand.
const OF_A_SET: [&str; 4] = ["discipline", "brand", "channel", "tag"];

/// What can stand behind a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Words that the text has somewhere in it.
    Text,
    /// The same of somebody's name, where `me` is the lead.
    Name(Whose),
    /// A whole word: a tag, a handle.
    Exact,
    /// A key such as `O-3`, or words of what it names.
    Key,
    /// One of a closed set.
    Choice(&'static [&'static str]),
    /// The stage of a request, or `open`, `closed` and `any`.
    Stage,
    /// A tier, 0 to 4.
    Tier,
    /// A day or a span of days, looked for before or after today.
    Day(Direction),
    /// Working time, kept in minutes.
    Length,
    /// Working days that have passed.
    Age,
    /// A number with or without a fraction.
    Number,
    /// A count.
    Whole,
    /// `yes` or `no`.
    YesNo,
    /// A mark that is worked out: `is:late`.
    Mark(&'static [&'static str]),
}

impl Takes {
    /// True of what stands right in a column, as figures do.
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Length | Self::Age | Self::Number | Self::Whole)
    }
}

/// A word of the filter language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterWord {
    pub name: &'static str,
    /// Other names of it.
    pub aliases: &'static [&'static str],
    pub takes: Takes,
    /// Stands before its value in place of its name: `@ana`, `#retail`.
    pub mark: Option<char>,
}

/// The words of one kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    pub words: Vec<FilterWord>,
    /// The list whose saved views can be named: a view is read with the words of its own list.
    pub list: Option<ListKind>,
}

impl FilterWord {
    /// Whose name, or which value, has to be there for something to fit; `None` where any text may be asked for.
    pub fn asks_for(&self) -> Option<Whose> {
        match self.takes {
            Takes::Name(whose) => Some(whose),
            Takes::Text | Takes::Exact if OF_A_SET.contains(&self.name) => Some(Whose::Value(self.name)),
            _ => None,
        }
    }
}

impl Vocabulary {
    /// The word of a name, in small letters.
    pub fn find(&self, name: &str) -> Option<&FilterWord> {
        let exact = self.words.iter().find(|word| word.name == name);
        exact.or_else(|| self.words.iter().find(|word| word.aliases.contains(&name)))
    }

    /// Every name that can stand before a colon, for completion and for what is told of a wrong one.
    pub fn names(&self) -> Vec<&'static str> {
        let views = self.list.map(|_| "view");
        self.words.iter().map(|word| word.name).chain(views).collect()
    }

    /// The same with the other names, among which a slip of the hand is looked for.
    pub fn all_names(&self) -> Vec<&'static str> {
        let aliases = self.words.iter().flat_map(|word| word.aliases.iter().copied());
        self.names().into_iter().chain(aliases).collect()
    }
}

const fn word(name: &'static str, takes: Takes) -> FilterWord {
    also(name, &[], takes)
}

const fn also(name: &'static str, aliases: &'static [&'static str], takes: Takes) -> FilterWord {
    FilterWord { name, aliases, takes, mark: None }
}

const fn marked(mark: char, word: FilterWord) -> FilterWord {
    FilterWord { mark: Some(mark), ..word }
}

const COMING: Takes = Takes::Day(Direction::Coming);
const PAST: Takes = Takes::Day(Direction::Past);
const TEAM: Takes = Takes::Name(Whose::Team);
const ANYBODY: Takes = Takes::Name(Whose::Anybody);

/// What is worked out of a request.
pub const REQUEST_MARKS: &[&str] = &[
    "late", "risk", "blocked", "new", "open", "closed", "output", "hard", "held", "overdue", "at-risk",
    "forced", "private",
];

static REQUESTS: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary {
    list: Some(ListKind::Requests),
    words: vec![
        word("title", Takes::Text),
        word("tier", Takes::Tier),
        word("stage", Takes::Stage),
        marked('@', also("person", &["who", "holds", "held"], TEAM)),
        // A tag is a whole word: `#film` must not find `#filmed`.
        marked('#', also("tag", &["tags"], Takes::Exact)),
        word("outcome", Takes::Key),
        word("lever", Takes::Choice(Lever::NAMES)),
        word("measure", Takes::Text),
        word("audience", Takes::Text),
        word("message", Takes::Text),
        word("deliverables", Takes::Text),
        also("assets", &["count"], Takes::Whole),
        also("requester", &["for", "from"], ANYBODY),
        word("brand", Takes::Text),
        word("channel", Takes::Text),
        also("decider", &["owner"], ANYBODY),
        word("inputs", Takes::Text),
        word("ask", Takes::Text),
        also("notes", &["note"], Takes::Text),
        word("result", Takes::Text),
        also("because", &["why"], Takes::Text),
        word("source", Takes::Text),
        also("blocked", &["block"], Takes::Text),
        // A bare weekday is looked for ahead where days are set for later, and behind where they tell what has
        // been.
        also("due", &["by"], COMING),
        also("created", &["came", "in", "added"], PAST),
        word("ready", PAST),
        word("started", PAST),
        word("delivered", PAST),
        also("since", &["moved"], PAST),
        word("age", Takes::Age),
        also("estimate", &["hours", "est"], Takes::Length),
        word("left", Takes::Length),
        word("readiness", Takes::Number),
        word("score", Takes::Number),
        word("value", Takes::Whole),
        word("criticality", Takes::Whole),
        also("risk", &["opportunity"], Takes::Whole),
        word("rounds", Takes::Whole),
        word("moves", Takes::Whole),
        word("key", Takes::Key),
        also("is", &["at"], Takes::Mark(REQUEST_MARKS)),
        word("over", Takes::Mark(&["forced"])),
        word("waiting", Takes::Mark(&["requester", "review", "somebody"])),
    ],
});

/// The words of requests.
pub fn requests() -> &'static Vocabulary {
    &REQUESTS
}

/// The words of people: what their form has, and what follows from the load.
pub fn people() -> Vocabulary {
    let mut words = vec![
        word("name", TEAM),
        marked('@', word("handle", TEAM)),
        word("discipline", Takes::Text),
        also("email", &["mail"], Takes::Text),
        also("hours", &["week"], Takes::Length),
        word("factor", Takes::Number),
        also("first", &["from"], PAST),
        also("last", &["to", "until"], COMING),
        also("holds", &["request"], Takes::Text),
        word("is", Takes::Mark(&["role", "person"])),
        // Whether somebody is still to be found, as their form asks it.
        also("role", &["placeholder"], Takes::YesNo),
        word("over", Takes::Mark(&["forced"])),
    ];
    let is_more = |field: &&FieldSpec| field.kind == FieldKind::Text && field.is_in_form();
    for field in Person::FIELDS.iter().filter(is_more) {
        if words.iter().all(|word| word.name != field.name) {
            words.push(of_field(field));
        }
    }
    Vocabulary { words, list: Some(ListKind::People) }
}

/// The words of meetings.
pub fn meetings() -> Vocabulary {
    let words = vec![
        word("title", Takes::Text),
        word("series", Takes::Text),
        word("kind", Takes::Choice(MeetingKind::NAMES)),
        word("status", Takes::Choice(MeetingStatus::NAMES)),
        marked('@', also("with", &["attendees", "who", "person"], ANYBODY)),
        also("on", &["day", "start", "due"], COMING),
        also("length", &["minutes", "takes"], Takes::Length),
        word("is", Takes::Mark(&["reflected", "over", "cancelled", "today", "private"])),
    ];
    Vocabulary { words, list: Some(ListKind::Meetings) }
}

/// The words of a list.
pub fn of_list(list: ListKind) -> Vocabulary {
    match list {
        ListKind::Requests => requests().clone(),
        ListKind::Meetings => meetings(),
        ListKind::People => people(),
        other => other.kind().map_or_else(|| requests().clone(), of_kind),
    }
}

/// Days that lie behind us whenever they are there.
const BEHIND: &[&str] =
    &["made", "seen", "opened", "kept", "broken", "decided", "raised", "ended", "moved", "on", "closed"];

/// The words of a kind of record, by the fields that it declares.
pub fn of_kind(kind: Kind) -> Vocabulary {
    if kind == Kind::Request {
        return requests().clone();
    }
    let mut words: Vec<FilterWord> = kinds::fields(kind).iter().map(of_field).collect();
    match kind {
        Kind::Outcome => words.push(word("done", Takes::Whole)),
        Kind::Risk => words.push(word("weight", Takes::Whole)),
        _ => {}
    }
    // A field of a record goes before the words that every kind has.
    if words.iter().all(|word| word.name != "is") {
        let marks: &[&str] = if kind == Kind::Stakeholder {
            // Those that the board shows are asked for by the words that it shows.
            words.push(word("trust", Takes::Whole));
            words.push(word("met", PAST));
            &["open", "closed", "late", "private", "owed", "cold", "opposed"]
        } else if can_be_private(&RecordKey::Numbered(kind, 0)) {
            &["open", "closed", "late", "private"]
        } else {
            &["open", "closed", "late"]
        };
        words.push(word("is", Takes::Mark(marks)));
    }
    if words.iter().all(|word| word.name != "key") {
        words.push(word("key", Takes::Key));
    }
    Vocabulary { words, list: ListKind::of(kind) }
}

fn of_field(field: &FieldSpec) -> FilterWord {
    let takes = match field.kind {
        FieldKind::Text
        | FieldKind::Long
        | FieldKind::Time
        | FieldKind::Week
        | FieldKind::Shape
        | FieldKind::Secret
        | FieldKind::Place
        | FieldKind::Request => Takes::Text,
        FieldKind::Person => TEAM,
        FieldKind::Name => ANYBODY,
        FieldKind::Day if BEHIND.contains(&field.name) => PAST,
        FieldKind::Day => COMING,
        FieldKind::Length => Takes::Length,
        FieldKind::Choice(names) => Takes::Choice(names),
        FieldKind::YesNo => Takes::YesNo,
        FieldKind::Key => Takes::Key,
        FieldKind::Minutes
        | FieldKind::Factor
        | FieldKind::Number
        | FieldKind::Percent
        | FieldKind::Third => Takes::Number,
    };
    FilterWord { mark: field.mark.filter(|mark| *mark == '@'), ..also(field.name, field.aliases, takes) }
}
