//! How the word that is being typed could go on: names of fields, and behind a colon or a mark what can stand there, from
//! the choices of the field and from what the store holds. Only ever at the end of a line: in the middle of one a
//! completion would push what follows aside.

use super::filter::schema::{Takes, Vocabulary, Whose};
use super::{fold, token};
use crate::domain::field::Field;
use crate::domain::lever::Lever;
use crate::domain::stage::Stage;
use crate::domain::view::ListKind;

/// So many are offered; whoever sees more types another letter instead.
const OFFERED: usize = 8;

/// What the store holds that a line can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// Handles of the team.
    Handle,
    /// Names of stakeholders, and of whoever asked before.
    Stakeholder,
    Tag,
    Brand,
    Channel,
    /// Keys of outcomes that are open.
    Outcome,
    /// Names of saved views of a list, or of all of them.
    View(Option<ListKind>),
    /// What the rows of a list say in the field of a word.
    Said(ListKind, &'static str),
}

/// Gives the names of a kind, in the order in which they are offered. Asked only for what is being typed: tags and brands
/// are gathered from all open requests.
pub type KnownNames<'a> = &'a dyn Fn(NameKind) -> Vec<String>;

/// Which words a line may have.
#[derive(Debug, Clone, Copy)]
pub enum LineGrammar<'a> {
    /// Quick add and modify.
    Change,
    Filter(&'a Vocabulary),
}

/// Days as people begin them.
const DAYS: [&str; 12] = [
    "today",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "eow",
    "eom",
    "none",
];

/// The whole line with its last word gone on, the likeliest first; nothing if the last word is whole or begins none.
pub fn completions(line: &str, grammar: LineGrammar<'_>, known: KnownNames<'_>) -> Vec<String> {
    let begin = last_word(line);
    let typed = &line[begin..];
    if typed.is_empty() {
        return Vec::new();
    }
    let (minus, bare) = match typed.strip_prefix('-') {
        // In a filter it negates what follows; in a line it takes a tag away, which is a word of its own.
        Some(rest) if matches!(grammar, LineGrammar::Filter(_)) => ("-", rest),
        _ => ("", typed),
    };
    let mut found = of_word(bare, grammar, known);
    // What is typed already is no completion.
    found.retain(|word| word != bare);
    found.truncate(OFFERED);
    found.into_iter().map(|word| format!("{}{minus}{word}", &line[..begin])).collect()
}

/// Where the last word begins, quotes holding words together.
pub fn last_word(line: &str) -> usize {
    let (mut begin, mut is_quoted, mut before) = (0, false, ' ');
    for (at, c) in line.char_indices() {
        match c {
            // One behind a letter or digit opens nothing: `12" print`.
            '"' if is_quoted || !before.is_alphanumeric() => is_quoted = !is_quoted,
            ' ' | '(' if !is_quoted => begin = at + 1,
            _ => {}
        }
        before = c;
    }
    begin
}

fn of_word(word: &str, grammar: LineGrammar<'_>, known: KnownNames<'_>) -> Vec<String> {
    let behind = |mark: char| word.strip_prefix(mark);
    for (mark, kind) in [('@', NameKind::Handle), ('#', NameKind::Tag), ('+', NameKind::Tag)] {
        let Some(value) = behind(mark) else { continue };
        let (before, begun) = value.split_at(last_value(value, grammar, "tags"));
        // A list may repeat the mark of its first name: `@ana|@bo`.
        let (again, begun) = match begun.strip_prefix(mark).filter(|_| !before.is_empty()) {
            Some(begun) => (mark.to_string(), begun),
            None => (String::new(), begun),
        };
        let whole = |name| format!("{mark}{before}{again}{name}");
        return beginning(begun, &known(kind)).map(whole).collect();
    }
    let Some((name, value)) = word.split_once(':') else { return of_name(word, grammar) };
    // What stands before the value that is typed: signs of comparison, and values before it.
    // Only the last value is completed: those before it are finished.
    let name_typed = name.to_lowercase();
    let (before, begun) = value.split_at(last_value(value, grammar, &name_typed));
    values(&name_typed, begun, grammar, known)
        .into_iter()
        .map(|value| format!("{name}:{before}{}", in_quotes(&value)))
        .collect()
}

/// Where the last of the values of a word begins. Within quotes a sign belongs to the value, and only a filter and tags
/// have several.
fn last_value(value: &str, grammar: LineGrammar<'_>, name: &str) -> usize {
    let is_filter = matches!(grammar, LineGrammar::Filter(_));
    let has_list = is_filter || matches!(name, "tag" | "tags");
    let (mut begin, mut is_quoted, mut before) = (0, false, ' ');
    for (at, c) in value.char_indices() {
        let parts = match c {
            '"' => {
                is_quoted = !is_quoted;
                false
            }
            ',' => has_list,
            '|' | '<' | '>' | '=' => is_filter,
            '.' => is_filter && before == '.',
            _ => false,
        };
        if parts && !is_quoted {
            begin = at + c.len_utf8();
        }
        before = c;
    }
    begin
}

/// Names of fields need two letters: one begins too many words of a title.
fn of_name(word: &str, grammar: LineGrammar<'_>) -> Vec<String> {
    if word.chars().count() < 2 {
        return Vec::new();
    }
    let names: Vec<&str> = match grammar {
        LineGrammar::Change => Field::NAMES.iter().copied().chain(["stage"]).collect(),
        LineGrammar::Filter(vocabulary) => vocabulary.names(),
    };
    beginning(word, &names).map(|name| format!("{name}:")).collect()
}

fn values(name: &str, begun: &str, grammar: LineGrammar<'_>, known: KnownNames<'_>) -> Vec<String> {
    let own = match grammar {
        LineGrammar::Change => None,
        LineGrammar::Filter(vocabulary) => said_kind(name, vocabulary),
    };
    if let Some(kind) = own.or_else(|| kind_of(name, grammar)) {
        return beginning(begun, &known(kind)).map(str::to_owned).collect();
    }
    let of = |names: &[&str]| beginning(begun, names).map(str::to_owned).collect();
    match grammar {
        LineGrammar::Change => match name {
            "stage" => of(Stage::NAMES),
            "lever" => of(Lever::NAMES),
            "due" | "ready" | "by" => of(&DAYS),
            "tier" => of(&["0", "1", "2", "3", "4"]),
            "hard" => of(&["yes", "no"]),
            _ => Vec::new(),
        },
        LineGrammar::Filter(vocabulary) => match vocabulary.find(name).map(|word| word.takes) {
            Some(Takes::Choice(names) | Takes::Mark(names)) => of(names),
            Some(Takes::Stage) => of(&[&["open", "closed", "any"], Stage::NAMES].concat()),
            Some(Takes::Day(_)) => of(&DAYS),
            Some(Takes::YesNo) => of(&["yes", "no"]),
            Some(Takes::Tier) => of(&["0", "1", "2", "3", "4"]),
            _ => Vec::new(),
        },
    }
}

/// What a filter finds in a field of its own list: before what a word of that name is in a request.
fn said_kind(name: &str, vocabulary: &Vocabulary) -> Option<NameKind> {
    let (list, word) = (vocabulary.list?, vocabulary.find(name)?);
    match word.takes {
        Takes::Name(Whose::Anybody) if list != ListKind::Requests => Some(NameKind::Stakeholder),
        // Of somebody's own row their name, of any other the handle by which they are known.
        Takes::Name(Whose::Team) if word.name != "name" => Some(NameKind::Handle),
        Takes::Name(Whose::Team) => Some(NameKind::Said(list, word.name)),
        // Tags, brands and channels of requests are counted where they are known. In other lists a word of the same name
        // may mean something else: people hold requests, and requests are held by people.
        Takes::Text | Takes::Exact | Takes::Key
            if list != ListKind::Requests || kind_of(name, LineGrammar::Filter(vocabulary)).is_none() =>
        {
            Some(NameKind::Said(list, word.name))
        }
        _ => None,
    }
}

fn kind_of(name: &str, grammar: LineGrammar<'_>) -> Option<NameKind> {
    Some(match name {
        "person" | "who" | "holds" | "held" | "handle" => NameKind::Handle,
        "requester" | "decider" | "owner" | "with" | "stakeholder" => NameKind::Stakeholder,
        "tag" | "tags" => NameKind::Tag,
        "brand" => NameKind::Brand,
        "channel" => NameKind::Channel,
        "outcome-key" => NameKind::Outcome,
        "view" => match grammar {
            LineGrammar::Change => NameKind::View(None),
            LineGrammar::Filter(vocabulary) => NameKind::View(vocabulary.list),
        },
        _ => return None,
    })
}

/// Those that begin so, however they are accented, in their order; all while nothing is typed.
fn beginning<'a, T: AsRef<str>>(begun: &str, all: &'a [T]) -> impl Iterator<Item = &'a str> {
    let begun = fold(begun.trim_start_matches('"'));
    all.iter().map(AsRef::as_ref).filter(move |one| fold(one).starts_with(&begun))
}

fn in_quotes(value: &str) -> String {
    if value.contains(char::is_whitespace) { token::quoted(value) } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::words::filter::Filter;
    use crate::domain::words::filter::schema;
    use crate::domain::words::{ParseContext, line};

    fn known(kind: NameKind) -> Vec<String> {
        let names: &[&str] = match kind {
            NameKind::Handle => &["ana", "anders", "bo"],
            NameKind::Stakeholder => &["Owen Price", "Zoë Lang"],
            NameKind::Tag => &["retail", "relaunch"],
            NameKind::View(_) => &["late", "waiting for requester"],
            NameKind::Said(ListKind::People, "discipline") => &["copy", "motion design"],
            NameKind::Said(ListKind::Promises, "text") => &["the film"],
            NameKind::Said(ListKind::People, "holds") => &["R-3", "R-31"],
            NameKind::Said(..) | NameKind::Brand | NameKind::Channel | NameKind::Outcome => &[],
        };
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn changes(line: &str) -> Vec<String> {
        completions(line, LineGrammar::Change, &known)
    }

    fn filters(line: &str) -> Vec<String> {
        completions(line, LineGrammar::Filter(schema::requests()), &known)
    }

    #[test]
    fn a_line_of_changes_goes_on_with_names_values_and_people() {
        assert_eq!(changes("Film @an"), ["Film @ana", "Film @anders"]);
        assert_eq!(changes("Film #re"), ["Film #retail", "Film #relaunch"]);
        assert_eq!(changes("Film requester:ow"), ["Film requester:\"Owen Price\""]);
        assert_eq!(changes("requester:zoe"), ["requester:\"Zoë Lang\""]);
        assert_eq!(changes("due:tom"), ["due:tomorrow"]);
        assert_eq!(changes("stage:in-r"), ["stage:in-review"]);
        assert_eq!(changes("Film requ"), ["Film requester:"]);
        assert_eq!(changes("tags:retail,rel"), ["tags:retail,relaunch"]);
        // A line sets one day and names one person a word.
        assert_eq!(changes("due:mon,tom"), [""; 0]);
        assert_eq!(changes("@bo|@an"), [""; 0]);
    }

    #[test]
    fn a_filter_goes_on_with_its_own_words() {
        assert_eq!(filters("is:ri"), ["is:risk"]);
        assert_eq!(filters("-is:la"), ["-is:late"]);
        assert_eq!(filters("view:wai"), ["view:\"waiting for requester\""]);
        assert_eq!(filters("stage:new|in-p"), ["stage:new|in-progress"]);
        assert_eq!(filters("due:<tom"), ["due:<tomorrow"]);
        assert_eq!(filters("tier:1 (wait"), ["tier:1 (waiting:"]);
        assert_eq!(filters("stage:new,in-p"), ["stage:new,in-progress"]);
        assert_eq!(filters("due:>=tom"), ["due:>=tomorrow"]);
        assert_eq!(filters("due:today..tom"), ["due:today..tomorrow"]);
        assert_eq!(filters("requester:zoe|ow"), ["requester:zoe|\"Owen Price\""]);
        // A comma in quotes is one of the name.
        assert_eq!(filters("requester:\"Lang, ow"), [""; 0]);
        assert_eq!(filters("@ana|@b"), ["@ana|@bo"]);
        assert_eq!(filters("-@ana,an"), ["-@ana,ana", "-@ana,anders"]);
        assert_eq!(filters("#retail|rel"), ["#retail|relaunch"]);
    }

    #[test]
    fn whole_words_and_words_of_a_title_go_on_with_nothing() {
        for text in ["", "Film ", "@ana", "due:friday", "A", "Poster xq", "\"due:fr"] {
            assert_eq!(changes(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn fields_of_any_list_go_on_with_what_its_rows_say() {
        for (list, line, gone_on) in [
            (ListKind::People, "discipline:mo", &["discipline:\"motion design\""][..]),
            (ListKind::People, "disc", &["discipline:"]),
            (ListKind::People, "@an", &["@ana", "@anders"]),
            // Whoever holds a request is a person, and what a person holds a request.
            (ListKind::People, "hol", &["holds:"]),
            (ListKind::People, "holds:", &["holds:R-3", "holds:R-31"]),
            (ListKind::People, "holds:r-31", &["holds:R-31"]),
            (ListKind::People, "request:r-31", &["request:R-31"]),
            (ListKind::People, "holds:R-31", &[]),
            (ListKind::People, "holds:an", &[]),
            // Whom a promise was made to is nobody of the team.
            (ListKind::Promises, "who:o", &["who:\"Owen Price\""]),
            (ListKind::Promises, "text:t", &["text:\"the film\""]),
            (ListKind::Promises, "way:f", &["way:from"]),
            (ListKind::Meetings, "with:z", &["with:\"Zoë Lang\""]),
        ] {
            let vocabulary = schema::of_list(list);
            assert_eq!(completions(line, LineGrammar::Filter(&vocabulary), &known), gone_on, "{line}");
        }
    }

    proptest! {
        #[test]
        fn what_is_completed_begins_with_what_was_typed_and_can_be_read(text in "[a-z@#:<|\" -]{0,24}") {
            let context = ParseContext::monday();
            for whole in changes(&text) {
                prop_assert!(whole.starts_with(&text[..last_word(&text)]));
                let _ = line::parse(&whole, &context);
            }
            for whole in filters(&text) {
                let _ = Filter::parse(&whole, &context);
            }
        }
    }
}
