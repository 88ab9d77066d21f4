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
        let said = "no view is called lat: late? (views: late, new this week, at risk, waiting for requester";
        assert!(done.err.contains(said), "{}", done.err);
    }
    std::fs::write(studio.0.path().join("c.toml"), "[views.x]\nfilter = \"(late\"\n").unwrap();
    let checked = studio.run(&["config", "check"]);
    assert!(checked.code == 5 && checked.out.contains("line 2, column 1: views.x.filter"), "{}", checked.out);
}
