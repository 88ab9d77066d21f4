//! The filter language and saved views from outside.

use serde_json::Value;

use crate::cli::Studio;

fn keys(listed: &Value) -> Vec<&str> {
    listed.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect()
}

/// What a list says, by the words of its command.
fn listed(studio: &Studio, words: &[&str]) -> Value {
    let done = studio.run(&[&["list", "--json"], words].concat());
    assert_eq!(done.code, 0, "{words:?}: {}", done.err);
    serde_json::from_str(&done.out).unwrap()
}

#[test]
fn a_view_lists_what_it_names_and_more_words_narrow_it() {
    let studio = Studio::new();
    for words in ["Film due:2026-11-20 brand:Nord", "Poster due:2026-11-18 brand:Acme", "Zine due:2026-12-11"]
    {
        studio.ok(&format!("add {words}"));
    }
    assert_eq!(keys(&listed(&studio, &["--view", "late"])), ["R-2", "R-1"], "in the order of the view");
    assert_eq!(keys(&listed(&studio, &["--view", "Late", "--sort", "-due"])), ["R-1", "R-2"]);
    assert_eq!(keys(&listed(&studio, &["--view", "late", "brand:nord", "or", "zine"])), ["R-1"]);
    assert_eq!(keys(&listed(&studio, &["view:late", "-brand:acme"])), ["R-1"]);
    studio.ok("move R-3 declined");
    assert_eq!(keys(&listed(&studio, &["--view", "closed"])), ["R-3"]);
    std::fs::write(studio.0.path().join("c.toml"), "[views.\"print jobs\"]\nfilter = \"poster or zine\"\n")
        .unwrap();
    assert_eq!(keys(&listed(&studio, &["--view", "print-jobs"])), ["R-2"]);
}

#[test]
fn a_view_that_is_not_there_is_told_with_the_nearest_and_all() {
    let studio = Studio::new();
    studio.ok("add Film");
    for words in [&["list", "--view", "lat"][..], &["list", "view:lat"]] {
        let done = studio.run(words);
        assert!(done.out.is_empty() && done.code != 0, "{words:?}: {}", done.out);
        let said = "no view is called lat; did you mean `late`? (views: late, new this week, at risk, waiting for requester";
        assert!(done.err.contains(said), "{}", done.err);
    }
    std::fs::write(studio.0.path().join("c.toml"), "[views.x]\nfilter = \"(late\"\n").unwrap();
    let checked = studio.run(&["config", "check"]);
    assert!(checked.code == 5 && checked.out.contains("line 2, column 1: views.x.filter"), "{}", checked.out);
}

#[test]
fn every_list_takes_the_words_of_its_fields_and_tells_those_that_it_does_not_know() {
    let studio = Studio::new();
    for words in [
        "person add Ana --handle ana --discipline design",
        "person add Leo --handle leo --discipline copy",
        "outcome add Sign-ups --lever measurable-impact --due 2026-12-20",
        "outcome add Trust --lever brand-consistency",
        "risk add Late --likelihood 3 --raise-by 2026-11-20",
        "risk add Rain --likelihood 1",
        "meeting add Council --start 2026-11-24T10:00 --kind leadership --with Priya",
        "meeting add Standup --start 2026-11-24T09:00 --kind team",
        "add Film",
    ] {
        studio.ok(words);
    }
    for (words, expected) in [
        ("person list discipline:design", "Ana"),
        ("person list -ana hours:>=40h", "Leo"),
        ("outcome list lever:impact", "Sign-ups"),
        ("outcome list due:none", "Trust"),
        ("outcome list due:december", "Sign-ups"),
        ("risk list is:late", "Late"),
        ("risk list likelihood:1..2", "Rain"),
        ("meeting list kind:leadership with:priya", "Council"),
        ("meeting list -priya on:tue", "Standup"),
    ] {
        let told = studio.ok(&format!("{words} --plain"));
        assert!(told.lines().count() == 1 && told.contains(expected), "{words}: {told}");
    }
    for words in [
        "risk list likelihood:2",
        "person list holds:any",
        "meeting list kind:one-to-one",
        "list waiting:requester",
    ] {
        assert_eq!(studio.run(&words.split(' ').collect::<Vec<_>>()).code, 3, "{words}");
    }
    for (words, expected) in [
        ("list tire:1", "column 1: no word is called tire; did you mean `tier`? (words: title, tier, stage"),
        ("outcome list levr:impact", "no word is called levr; did you mean `lever`? (words: name, lever"),
        ("person list diskipline:x", "no word is called diskipline; did you mean `discipline`?"),
        ("meeting list knd:team", "no word is called knd; did you mean `kind`?"),
    ] {
        let done = studio.run(&words.split(' ').collect::<Vec<_>>());
        assert!(
            done.code == 5 && done.out.is_empty() && done.err.contains(expected),
            "{words}: {}",
            done.err
        );
    }
    let two = studio.run(&["list", "tire:1", "brnd:x"]).err;
    assert!(two.contains("`tier`?") && two.contains("`brand`?"), "{two}");
    assert!(studio.ok("filter").contains("filter   = all {"));
}

#[test]
fn a_name_that_nobody_has_is_told_with_the_nearest() {
    let studio = Studio::new();
    studio.ok("person add Ana --discipline design");
    studio.ok("add Poster @ana");
    for (words, expected) in [
        ("list @anna", "nothing fits `@anna`; nobody is called `anna`; did you mean `ana`?"),
        ("list person:anna", "nobody is called `anna`; did you mean `ana`?"),
        ("list @xerxes", "nobody is called `xerxes`"),
    ] {
        let (code, said) = studio.refused(words);
        assert!(code == 3 && said.contains(expected), "{words}: {code} {said}");
    }
    // Wherever a field names somebody, of whatever kind the list is.
    studio.ok("stakeholder add Owen");
    studio.ok("edit R-1 requester:Maya decider:Owen");
    studio.ok("outcome add Faster --lever speed-to-market --metric days --owner Owen");
    studio.ok("promise add Proofs --to Owen");
    studio.ok("meeting add Sync --start 2026-11-25T10:00 --with Owen");
    studio.ok("absence add ana --from 2026-12-01 --to 2026-12-02");
    for (words, name, near) in [
        ("list requester:mayya", "mayya", "Maya"),
        ("list decider:owne", "owne", "Owen"),
        ("person list @annna", "annna", ""),
        ("person list @anna", "anna", "ana"),
        ("absence list who:anna", "anna", "ana"),
        ("meeting list --from 2026-11-24 with:owenn", "owenn", "Owen"),
        ("outcome list @owenn", "owenn", "Owen"),
        ("promise list to:owenn", "owenn", "Owen"),
        ("stakeholder list name:owenn", "owenn", "Owen"),
        ("decision list approver:owenn", "owenn", "Owen"),
    ] {
        let (code, said) = studio.refused(words);
        let near = if near.is_empty() { String::new() } else { format!("; did you mean `{near}`?") };
        assert!(code == 3 && said.contains(&format!("is called `{name}`{near}")), "{words}: {code} {said}");
    }
    for words in ["list requester:ana", "list requester:owen", "meeting list --from 2026-11-24 with:maya"] {
        assert!(!studio.refused(words).1.contains("is called"), "{words}");
    }
    // Where something fits, or the name is somebody's, there is nothing to tell.
    assert!(studio.ok("list -@anna").contains("Poster"));
    studio.ok("person add Bo --discipline design");
    assert!(!studio.refused("list @bo").1.contains("nobody is called"));
}

#[test]
fn absences_and_holidays_are_filtered_by_their_fields_and_whose_they_are() {
    let studio = Studio::new();
    for (name, handle) in [("Ana Ruiz", "ana"), ("Bo Ek", "bo")] {
        studio.run(&["person", "add", name, "--handle", handle]);
    }
    studio.ok("absence add ana --from 2026-12-01 --to 2026-12-02 --note training");
    studio.ok("absence add bo --from 2027-01-04 --tentative");
    studio.run(&["holiday", "add", "Christmas", "--on", "2026-12-25"]);
    studio.run(&["holiday", "add", "New Year", "--on", "2027-01-01"]);
    let count = |words: &str| studio.json(words).as_array().unwrap().len();
    assert_eq!(count("absence list"), 2);
    for (filter, whose) in [
        ("who:ana", "ana"),
        ("ruiz", "ana"),
        ("training", "ana"),
        ("from:>2026-12-31", "bo"),
        ("tentative:yes", "bo"),
    ] {
        let found = studio.json(&format!("absence list {filter}"));
        assert_eq!(
            (found.as_array().unwrap().len(), &found[0]["person"]),
            (1, &whose.into()),
            "{filter}: {found}"
        );
    }
    assert_eq!((count("holiday list christmas"), count("holiday list from:<=2026-12-31")), (1, 1));
    let (code, said) = studio.refused("absence list who:zed");
    assert!(code == 3 && said.contains("who:zed"), "{said}");
    assert_eq!(studio.refused("holiday list form:2026").0, 5);
}
