//! What a typed line is understood as, and what stays its title.

use proptest::prelude::*;

use super::*;

fn reading() -> ParseContext {
    ParseContext::monday()
}

#[test]
fn a_dash_takes_a_tag_away_and_belongs_to_the_title_of_what_is_new() {
    let text = "A4 poster -final & rm -rf #print";
    let new = parse_new(text, &reading());
    assert_eq!((new.title.as_str(), new.changes.len()), ("A4 poster -final & rm -rf", 1));
    let gone = [Change::RemoveTag("final".to_owned()), Change::RemoveTag("rf".to_owned())];
    assert_eq!(parse(text, &reading()).changes[..2], gone);
}

#[test]
fn the_line_of_the_manual_is_understood() {
    let line = parse("Spring launch hero film @maria #retail t1 ~40h due:fri lever:impact", &reading());
    assert_eq!(line.title, "Spring launch hero film");
    assert_eq!(line.people, ["maria"]);
    assert_eq!(line.problems, []);
    assert_eq!(
        echo(&line, &reading()),
        "#retail · tier 1 · estimate 40h · due Fri 27 Nov, 4 working days · lever measurable impact · for maria"
    );
}

#[test]
fn half_a_word_renames_nothing() {
    for (text, word) in [
        ("due:", "due:"),
        ("t2 tier:", "tier:"),
        ("Poster due: fri", "due:"),
        ("who: x", "who:"),
        ("foo:", "foo:"),
        ("@", "@"),
        ("# -", "#"),
        ("-@ana", "-@ana"),
        ("R-2 due:mon", "R-2"),
        ("R-2 O-1", "R-2"),
    ] {
        let problems = parse(text, &reading()).problems;
        assert_eq!(problems.first().map(|problem| problem.word.as_str()), Some(word), "{text}");
    }
    for title in ["A2 + A3 - urgent", "Booth: as in R-2", "\"R-2\"", "\"due:\"", "Re: the booth"] {
        assert_eq!(parse(title, &reading()).problems, [], "{title}");
    }
}

#[test]
fn a_value_behind_a_space_is_told_of_what_is_new() {
    let problem = &parse_new("Poster due: fri", &reading()).problems[0];
    assert_eq!((problem.at, problem.nearest.as_deref()), (7, Some("due:fri")));
    assert_eq!(parse_new("Poster tier: 2", &reading()).problems.len(), 1);
    for title in ["Notes: for Ana", "Risk: prices may rise", "Tier: gold badge", "Brand: Nord launch", "due:"]
    {
        let line = parse_new(title, &reading());
        assert_eq!((line.title.as_str(), line.problems.len()), (title, 0));
    }
}

#[test]
fn quotation_marks_of_a_title_stay_in_it() {
    for title in ["Bo's 12\" print 5' x 7'", "Make the \"Big\" poster", "„Neu“ und “Big”", "5\" x 7\""]
    {
        assert_eq!(parse_new(title, &reading()).title, title);
    }
    for (typed, title) in [
        ("\"Spring launch\"", "Spring launch"),
        ("\"Spring launch\" due:fri", "Spring launch"),
        ("\"due:fri\" poster", "due:fri poster"),
        ("poster \"t1\"", "poster t1"),
    ] {
        assert_eq!(parse_new(typed, &reading()).title, title);
    }
}

#[test]
fn titles_keep_colons_links_and_times() {
    for text in [
        "Re: the booth",
        "Talk at 12:30",
        "See https://x.example/a:b",
        "Ratio 16:9 poster",
        "A2 + A3 - urgent",
        "\"due:fri\" is a title",
    ] {
        let line = parse(text, &reading());
        assert_eq!(line.title, text.replace('"', ""), "{text}");
        assert!(line.problems.is_empty() && line.changes.is_empty(), "{line:?}");
    }
}

#[test]
fn a_wrong_word_names_its_place_and_the_nearest_right_one() {
    let line = parse("Film dew:fri due:soon stage:reddy tier:9", &reading());
    let found: Vec<_> =
        line.problems.iter().map(|problem| (problem.at, problem.nearest.as_deref())).collect();
    assert_eq!(found, [(5, Some("due:fri")), (13, None), (22, Some("ready")), (34, None)]);
}

#[test]
fn what_only_a_filter_can_say_is_told_as_such() {
    for (text, told) in [
        ("due:<2w", "several days, as only a filter"),
        ("due:2026-12-04..2026-12-11", "several days, as only a filter"),
        ("due:mon|tue", "several days, as only a filter"),
        ("due:mon,tue", "several days, as only a filter"),
        ("due:mno", "is not a day"),
        ("estimate:2h..1d", "several lengths, as only a filter"),
        ("estimate:1,5h|2h", "several lengths, as only a filter"),
        ("estimate:1,5x", "is not a length"),
        ("created:>mon", "is asked for by filters"),
        ("is:late", "is asked for by filters"),
        ("view:late", "is asked for by filters"),
        ("tirex:mon", "is not a field"),
    ] {
        for line in [parse(text, &reading()), parse_new(&format!("Poster {text}"), &reading())] {
            let problem = line.problems.first().map(|problem| problem.message.as_str());
            assert!(problem.is_some_and(|message| message.contains(told)), "{text}: {problem:?}");
        }
    }
}

#[test]
fn a_line_that_is_too_long_is_not_read_and_says_where_it_ends() {
    assert_eq!(parse(&"a".repeat(bounds::LINE), &reading()).problems, []);
    let line = parse(&format!("{} tail of it", "a".repeat(bounds::LINE)), &reading());
    let problem = &line.problems[0];
    assert_eq!((problem.at, problem.word.as_str()), (bounds::LINE, " tail of it"));
    assert!(problem.message.contains("a line holds at most 64 KiB"), "{}", problem.message);
    assert_eq!(line.title, "");
}

#[test]
fn words_behind_a_field_are_told_with_the_way_to_write_them() {
    let strayed = |text: &str| parse(text, &reading()).strayed.map(|strayed| strayed.quoted());
    let whole = Some("outcome:\"Lift trial sign-ups\"".to_owned());
    assert_eq!(strayed("outcome:Lift trial sign-ups"), whole);
    assert_eq!(strayed("outcome:Lift trial sign-ups due:fri"), whole);
    assert_eq!(strayed("t1 outcome:Lift trial sign-ups brand:Nord"), whole);
    for fine in ["outcome:\"Lift trial sign-ups\" due:fri", "New title due:fri", "due:fri @ana t1", "t1 New"]
    {
        assert_eq!(strayed(fine), None, "{fine}");
    }
}

#[test]
fn edits_change_tags_and_clear_fields() {
    let mut request = Request::new("Film", chrono::DateTime::UNIX_EPOCH);
    apply(&mut request, &parse("+retail #q1 -retail due:fri brand:\"Nord & Co\"", &reading()), &reading())
        .unwrap();
    assert_eq!(
        (request.tags.join(","), request.brand.as_str(), request.due.is_some()),
        ("q1".into(), "Nord & Co", true)
    );
    apply(&mut request, &parse("due:none brand:-", &reading()), &reading()).unwrap();
    assert_eq!((request.brand.as_str(), request.due), ("", None));
}

#[test]
fn a_field_whose_name_has_a_dash_is_set_and_other_words_with_one_stay_words() {
    let line = parse("Hero film outcome-key:O-1 follow-up:call", &reading());
    assert_eq!(line.title, "Hero film follow-up:call");
    assert_eq!(line.changes, [Change::Set(Field::OutcomeKey, "O-1".to_owned())]);
    assert!(line.problems.is_empty(), "{:?}", line.problems);
}

proptest! {
    #[test]
    fn no_line_is_too_strange(text in "\\PC{0,60}") {
        let line = parse(&text, &reading());
        let mut request = Request::new("x", chrono::DateTime::UNIX_EPOCH);
        prop_assert!(apply(&mut request, &line, &reading()).is_ok());
        let _ = echo(&line, &reading());
    }
}

#[test]
fn a_tag_is_the_same_however_it_is_written() {
    let tagged = |words: &str| {
        let mut request =
            Request { tags: vec!["Café".into()], ..Request::new("x", chrono::DateTime::UNIX_EPOCH) };
        apply(&mut request, &parse(words, &reading()), &reading()).unwrap();
        request.tags
    };
    assert_eq!(tagged("-cafe"), [""; 0]);
    assert_eq!(tagged("#CAFÉ +bar"), ["Café", "bar"]);
}
