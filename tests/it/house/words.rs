//! What the program says to people, and the words that only those who made it know. Every text of the sources that
//! ships is read, with what `--help` prints and the texts that lie beside the sources.

use std::fs;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::source::{Source, sources};

/// Words that are never said, in lower case, and what is said instead.
const NEVER_SAID: [(&str, &str); 49] = [
    ("truth test", "what fits in its days"),
    ("forced over", "over; no room for it"),
    ("ghost", "what it would add"),
    ("p85", "enough for 85 % of the last ones"),
    ("percentile", "enough for so many of the last ones"),
    ("brier", "0 is perfect, 0.25 a guess"),
    ("calibration", "foresight"),
    ("altitude lint", "wording that is suggested"),
    ("occurrence", "one meeting of its series"),
    ("occurrences", "meetings of a series"),
    ("series key", "series"),
    ("uid", "recognised"),
    ("uids", "recognised"),
    ("rrule", "how it repeats"),
    ("exrule", "days that a rule leaves out"),
    ("bysetpos", "how it repeats"),
    ("vtimezone", "zone"),
    ("observance", "times of a zone"),
    ("dtstart", "start"),
    ("snapshot", "what is shown"),
    ("journal", "history"),
    ("transaction", "change"),
    ("operation", "change"),
    ("tx", "change"),
    ("sidecar", "a file beside the store"),
    ("allocation", "share"),
    ("allocations", "shares"),
    ("kept day", "recorded day"),
    ("kept days", "recorded days"),
    ("not kept before", "not recorded before"),
    ("kept since", "recorded since"),
    ("resolver", "who or what is meant"),
    ("mutex", "another program is writing"),
    ("inodes", "no more files can be made"),
    ("stdin", "standard input"),
    ("stdout", "standard output"),
    ("boolean", "yes or no"),
    ("regex", "pattern"),
    ("timestamp", "day and time"),
    ("business day", "working day"),
    ("business days", "working days"),
    ("work days", "working days"),
    ("workdays", "working days"),
    ("man days", "working days"),
    ("hrs", "6h, or hours"),
    ("util", "so many of so many hours"),
    ("utilization", "so many of so many hours"),
    ("can't", "cannot"),
    ("(s)", "one and many, each in its own form"),
];

/// Texts that hold such a word all the same, and why.
const MAY: [(&str, &str, &str); 7] = [
    ("domain/phrases/shipped.rs", "can't", "a word that is understood, not said"),
    ("domain/rule.rs", "bysetpos", "the part of the rule as it stands in the calendar file"),
    ("domain/words/days/languages.rs", "workdays", "a word that is understood, not said"),
    ("import/numbers.rs", "man days", "a word that is understood, not said"),
    ("import/shares/columns.rs", "allocation", "a word that is understood, not said"),
    ("import/shares/columns.rs", "utilization", "a word that is understood, not said"),
    ("store/forget/drafts.rs", "occurrence", "how a draft names what it is about; nobody reads it"),
];

/// One text with its place.
struct Said {
    /// Below `src`, or the path of a file beside the sources.
    file: String,
    line: usize,
    text: String,
}

#[test]
fn no_text_says_a_word_that_only_its_makers_know() {
    let sources = sources();
    let shipped: Vec<&Source> = sources.iter().filter(|source| !source.is_test).collect();
    let mut all: Vec<Said> = shipped.iter().flat_map(|source| literals(source)).collect();
    all.extend(shipped.iter().filter(|source| source.layer == "cli").flat_map(|source| help(source)));
    all.extend(beside_the_sources());
    assert!(all.len() > 2_500, "only {} texts were found", all.len());
    let mut met = Vec::new();
    let mut faults = Vec::new();
    for said in &all {
        for (word, instead) in NEVER_SAID.iter().filter(|(word, _)| says(&said.text, word)) {
            match MAY.iter().position(|(file, may, _)| *file == said.file && may == word) {
                Some(at) => met.push(at),
                None => faults
                    .push(format!("{}:{}: “{word}” in “{}”: {instead}", said.file, said.line, said.text)),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (at, (file, word, _)) in MAY.iter().enumerate() {
        assert!(met.contains(&at), "{file} no longer says {word}");
    }
}

#[test]
fn a_word_is_met_as_a_whole_and_only_in_what_is_said() {
    for (text, word, expected) in [
        ("the Journal keeps its order", "journal", true),
        ("lies in the journal.", "journal", true),
        ("1 request(s)", "(s)", true),
        ("Am I representing operations?", "operation", false),
        ("`--url-stdin` takes it", "stdin", false),
        ("it was at operation {} now", "operation", true),
        ("{operation} is gone", "operation", false),
        ("utility", "util", false),
    ] {
        assert_eq!(says(text, word), expected, "{text}: {word}");
    }
    assert!(is_prose("there is no {0}") && is_prose("Journal"));
    assert!(!is_prose("operation"), "a name by itself is none");
    assert!(!is_prose("SELECT uid FROM meeting"));
    assert!(!is_prose("id, uid, is_typed"));
}

/// True if a text holds a word as a whole, outside of what is put in between braces.
fn says(text: &str, word: &str) -> bool {
    let text = without_braces(text).to_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let begins_a_word = word.starts_with(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().filter(|_| begins_a_word);
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(|c| is_part(c) || c == '.') && !after.is_some_and(is_part)
    })
}

/// A text without its `{names}`: what stands there comes from elsewhere.
fn without_braces(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// True if a text may be words for a person: several, or one with a capital as titles have it; and neither SQL nor
/// names of columns.
fn is_prose(text: &str) -> bool {
    const SQL: [&str; 12] = [
        "SELECT ", "WHERE ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "PRAGMA", "ORDER BY", " || ", "?1",
        " AND ", "FROM ",
    ];
    let bare = without_braces(text);
    let letters: Vec<char> = bare.chars().collect();
    let is_name = letters
        .windows(3)
        .any(|three| three[1] == '_' && three[0].is_ascii_lowercase() && three[2].is_ascii_lowercase());
    let is_title = letters.iter().all(|c| c.is_alphabetic())
        && matches!(letters[..], [first, second, ..] if first.is_uppercase() && second.is_lowercase());
    (text.contains(' ') || is_title) && !is_name && !SQL.iter().any(|word| text.contains(word))
}

/// The texts of a source that ship, those of macros too.
fn literals(source: &Source) -> Vec<Said> {
    let tokens: TokenStream =
        source.text.parse().unwrap_or_else(|error| panic!("{}: {error}", source.path.display()));
    let mut found = Vec::new();
    walk(tokens, source, &mut found);
    found
}

fn walk(tokens: TokenStream, source: &Source, found: &mut Vec<Said>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) if !is_comment(group) && !is_for_us(&trees[..at]) => {
                walk(group.stream(), source, found);
            }
            TokenTree::Literal(literal) => {
                let line = literal.span().start().line;
                let text = syn::parse_str::<syn::LitStr>(&literal.to_string()).map(|text| text.value());
                let text = text.ok().filter(|text| source.ships(line) && is_prose(text));
                found.extend(text.map(|text| Said { file: path(source), line, text }));
            }
            _ => {}
        }
    }
}

/// A doc comment, which is an attribute to the compiler; those that are printed are read by [`help`].
fn is_comment(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket && matches!(first, Some(TokenTree::Ident(word)) if word == "doc")
}

/// True if what stands before a group makes its text an invariant, which is told to whoever broke it.
fn is_for_us(before: &[TokenTree]) -> bool {
    const CALLS: [&str; 9] = [
        "expect",
        "panic",
        "unreachable",
        "assert",
        "assert_eq",
        "assert_ne",
        "debug_assert",
        "debug_assert_eq",
        "debug_assert_ne",
    ];
    let name = match before {
        [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '!' => name,
        [.., TokenTree::Ident(name)] => name,
        _ => return false,
    };
    CALLS.iter().any(|call| name == call)
}

fn path(source: &Source) -> String {
    source.path.to_string_lossy().into_owned()
}

/// What `--help` prints: comments on what a command can be given.
fn help(source: &Source) -> Vec<Said> {
    let mut reader = HelpReader { file: path(source), found: Vec::new() };
    reader.visit_file(&source.file);
    reader.found.retain(|said| source.ships(said.line));
    reader.found
}

struct HelpReader {
    file: String,
    found: Vec<Said>,
}

impl HelpReader {
    fn comments(&mut self, attributes: &[syn::Attribute]) {
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
            if let syn::Meta::NameValue(pair) = &attribute.meta
                && let syn::Expr::Lit(literal) = &pair.value
                && let syn::Lit::Str(said) = &literal.lit
            {
                let line = attribute.span().start().line;
                self.found.push(Said { file: self.file.clone(), line, text: said.value() });
            }
        }
    }
}

/// True if `clap` makes options or commands of a type.
fn is_given(attributes: &[syn::Attribute]) -> bool {
    const DERIVED: [&str; 4] = ["Args", "Parser", "Subcommand", "ValueEnum"];
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        list.tokens.clone().into_iter().any(
            |tree| matches!(tree, TokenTree::Ident(name) if DERIVED.iter().any(|derived| name == derived)),
        )
    })
}

impl<'a> Visit<'a> for HelpReader {
    fn visit_item_struct(&mut self, item: &'a syn::ItemStruct) {
        if is_given(&item.attrs) {
            visit::visit_item_struct(self, item);
        }
    }

    fn visit_item_enum(&mut self, item: &'a syn::ItemEnum) {
        if is_given(&item.attrs) {
            visit::visit_item_enum(self, item);
        }
    }

    fn visit_variant(&mut self, item: &'a syn::Variant) {
        self.comments(&item.attrs);
        visit::visit_variant(self, item);
    }

    fn visit_field(&mut self, item: &'a syn::Field) {
        self.comments(&item.attrs);
    }
}

/// What is printed of the files beside the sources: the words of filters, what marks mean, what is said of what there
/// is not, and the comments of the configuration.
fn beside_the_sources() -> Vec<Said> {
    let mut found = Vec::new();
    let parts: [(&str, &[&str]); 4] = [
        ("assets/filter.txt", &[""]),
        ("assets/legend.toml", &["title = ", "    { mark = "]),
        ("assets/synonyms.toml", &["says = "]),
        ("config.example.toml", &["# "]),
    ];
    for (file, beginnings) in parts {
        let text = fs::read_to_string(file).unwrap();
        let lines = text.lines().enumerate();
        let said = lines.filter(|(_, line)| beginnings.iter().any(|begins| line.starts_with(begins)));
        found.extend(said.map(|(index, line)| Said {
            file: file.to_owned(),
            line: index + 1,
            text: shown(line).to_owned(),
        }));
    }
    found
}

/// A line of the legend from its sentence on: what it is found by besides is not shown.
fn shown(line: &str) -> &str {
    line.split_once(" says = ").map_or(line, |(_, said)| said)
}
