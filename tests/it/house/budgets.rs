//! What the house costs to read, as figures that only go down until they are where we want them. Whoever brings one
//! down lowers its budget to what was reached, so that nobody climbs back.
//!
//! `cargo test --test it house::budgets -- --nocapture` prints them all.

use std::path::Path;

use super::circles::circles;
use super::declared::{Declarations, Kind};
use super::source::{Source, files, sources};

/// Type names that are declared twice or more. At most 8 are wanted.
const TYPES_OF_ONE_NAME: usize = 7;
/// Documentation of three words or fewer, in percent of all. At most 5 is wanted.
const SHORT_DOCS: usize = 3;
/// Lines of tests for a hundred lines that ship: at least. 45 are wanted, 35 in `ops`.
const TESTS: usize = 46;
const TESTS_OF_OPS: usize = 53;
/// Comments that are no documentation, in lines for a thousand that ship: at least. 30 are wanted.
const COMMENTS: usize = 33;
/// Declared names that only we understand, with what they are called in the field. None is wanted.
const OUR_OWN_WORDS: usize = 5;
/// Lines of the longest function: no more are wanted.
const FUNCTION: usize = 60;

/// Names that a stranger would have to be told about.
const WORDS: [&str; 30] = [
    "beside",
    "held",
    "aside",
    "settle",
    "standing",
    "alarm",
    "watchman",
    "pen",
    "Sheet",
    "Target",
    "Value",
    "Outcome",
    "remark",
    "mask",
    "cover",
    "plain",
    "Sight",
    "Look",
    "Around",
    "Frame",
    "Reading",
    "Row",
    "Part",
    "Entry",
    "Gathered",
    "lay_by",
    "take_up",
    "catch_up",
    "absorb",
    "take_over",
];

fn at_most(what: &str, found: usize, budget: usize, where_: &dyn Fn() -> String) {
    println!("{what}: {found}, at most {budget}");
    assert!(found <= budget, "{what}: {found}, the budget is {budget}\n{}", where_());
}

fn at_least(what: &str, found: usize, budget: usize) {
    println!("{what}: {found}, at least {budget}");
    assert!(found >= budget, "{what}: {found}, at least {budget} were there");
}

#[test]
fn no_files_lie_in_a_circle() {
    let found = circles(&sources());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn names_and_documentation_only_become_clearer() {
    let sources = sources();
    let declared = Declarations::of(&sources);
    let twice = declared.types_of_one_name();
    at_most("type names used twice", twice.len(), TYPES_OF_ONE_NAME, &|| format!("{twice:#?}"));
    let short = declared.short_docs(3) * 100 / declared.docs.len();
    at_most("documentation of three words or fewer, in percent", short, SHORT_DOCS, &String::new);
    let own: Vec<String> = declared
        .all
        .iter()
        .filter(|declared| {
            let is_name = WORDS.contains(&declared.name.as_str());
            // `settle` and the like are verbs of ours; a field that holds a row is called what it holds.
            is_name
                && (declared.kind != Kind::Field
                    || declared.name.chars().next().is_some_and(char::is_lowercase))
        })
        .map(|declared| format!("{} {}", declared.place, declared.name))
        .collect();
    at_most("words of our own in declared names", own.len(), OUR_OWN_WORDS, &|| own.join("\n"));
    let (longest, place) = declared.functions.iter().max().unwrap();
    at_most("lines of the longest function", *longest, FUNCTION, &|| place.clone());
}

#[test]
fn tests_and_reasons_only_become_more() {
    let sources = sources();
    let lines = |sources: &[&Source], of_tests: bool| -> usize {
        sources.iter().map(|source| source.code_lines(of_tests)).sum()
    };
    let all: Vec<&Source> = sources.iter().collect();
    let outside: usize = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"))
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .map(|text| {
            text.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with("//")).count()
        })
        .sum();
    let shipped = lines(&all, false);
    println!("lines that ship: {shipped}");
    at_least("lines of tests for a hundred", (lines(&all, true) + outside) * 100 / shipped, TESTS);
    let ops: Vec<&Source> = sources.iter().filter(|source| source.layer == "ops").collect();
    at_least(
        "lines of tests for a hundred in ops",
        lines(&ops, true) * 100 / lines(&ops, false),
        TESTS_OF_OPS,
    );
    let is_reason = |line: &str| {
        let line = line.trim_start();
        line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!")
    };
    let reasons: usize = sources
        .iter()
        .map(|source| {
            let lines = source.text.lines().enumerate();
            lines.filter(|(index, line)| source.ships(index + 1) && is_reason(line)).count()
        })
        .sum();
    println!("comments: {reasons}");
    at_least("comments for a thousand lines", reasons * 1000 / shipped, COMMENTS);
}
