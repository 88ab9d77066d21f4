//! What boards of the cockpit show, as commands: reviewers' load, what the data proposes, the tier mix.

use crate::cli::{Studio, has_all};

#[test]
fn whose_decision_work_waits_for_is_told_by_who_has_most() {
    let studio = Studio::new();
    assert_eq!(studio.refused("load --reviews").0, 3, "nothing waits");
    for words in ["Film decider:Priya", "Banner decider:Priya", "Poster decider:Kim", "Print"] {
        studio.ok(&format!("add {words}"));
    }
    for key in ["R-1", "R-2", "R-3", "R-4"] {
        for stage in ["ready", "in-progress", "in-review"] {
            studio.ok(&format!("move {key} {stage}"));
        }
    }
    let text = studio.ok("load --reviews");
    assert!(text.starts_with("2 wait for Priya, oldest 0 days: R-1 R-2\n"), "{text}");
    assert!(text.contains("1 waits, no decider named"), "{text}");
    let shape = studio.json("load --reviews");
    has_all(&shape[0], "decider count oldest_days keys");
    assert_eq!(shape[0]["keys"][1], "R-2");
    assert!(shape.as_array().unwrap().iter().any(|it| it["decider"].is_null()), "{shape}");
    assert!(studio.ok("load --reviews --plain").starts_with("Priya\t2\t0\tR-1,R-2\n"));
    assert_eq!(studio.refused("load --reviews --days 3").0, 2);
}

#[test]
fn what_the_data_proposes_is_a_list_until_it_is_added() {
    let studio = Studio::new();
    assert_eq!(studio.refused("friction proposals").0, 3);
    let demo = Studio::new();
    let file = demo.0.path().join("s.db");
    demo.run(&["demo", "--keep", file.to_str().unwrap()]);
    let proposals = demo.json("friction proposals");
    has_all(&proposals[0], "origin text evidence minutes_per_week harms keys");
    let text = demo.ok("friction proposals");
    assert!(text.starts_with(proposals[0]["text"].as_str().unwrap()), "{text}");
    let count = proposals.as_array().unwrap().len();
    assert_eq!(demo.ok("friction proposals --plain").lines().count(), count);
    // Taken over by where it comes from, with other words where some are given: it is proposed no more.
    let first = &proposals[0];
    let origin = first["origin"].as_str().unwrap();
    assert!(text.contains(&format!("--proposal \"{origin}\"")), "{text}");
    let added = demo.run(&["friction", "add", "In my words", "--proposal", origin, "--json"]);
    let added: serde_json::Value = serde_json::from_str(&added.out).unwrap();
    assert_eq!(
        (added["text"].as_str(), added["evidence"].as_str()),
        (Some("In my words"), first["evidence"].as_str())
    );
    let left = demo.ok("friction proposals");
    assert!(!left.contains(origin), "{left}");
    assert_eq!(demo.run(&["friction", "add", "--proposal", origin]).code, 3);
}

#[test]
fn hours_by_tier_are_told_week_by_week_and_what_was_not_kept_is_no_nought() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana", "--hours", "8,8,8,8,8"]);
    studio.ok("add Strategy t0 ~10h due:2026-11-27 @ana");
    studio.ok("add Poster t3 ~6h due:2026-11-27 @ana");
    let weeks = studio.json("review --tiers");
    assert_eq!(weeks.as_array().unwrap().len(), 8);
    has_all(&weeks[2], "week tier_minutes strategy_minutes n planned_minutes available_minutes");
    assert_eq!(weeks[2]["week"], "2026-11-23");
    assert_eq!((&weeks[2]["tier_minutes"]["0"], &weeks[2]["tier_minutes"]["3"]), (&600.into(), &360.into()));
    assert_eq!((&weeks[2]["strategy_minutes"], &weeks[2]["planned_minutes"]), (&600.into(), &960.into()));
    assert!(weeks[0]["tier_minutes"]["0"].is_null(), "{}", weeks[0]);
    let text = studio.ok("review --tiers");
    let this = text.lines().find(|line| line.ends_with("this week")).unwrap();
    assert!(
        this.starts_with("23 Nov") && this.contains(" 10 ") && this.contains(" 10h          16h"),
        "{text}"
    );
    assert!(studio.ok("review --tiers --plain").contains("2026-11-23\t600\t0\t0\t360\t0\t600\t960\t"));
    assert_eq!(studio.refused("review --tiers --week 2026-11-23").0, 2);
}

#[test]
fn a_view_has_its_columns_and_its_headings() {
    let studio = Studio::new();
    studio.file("c.toml", "[views.asked]\nfilter = \"stage:new\"\ngroup = \"requester\"\norder = \"title\"\ncolumns = [\"brand\", \"due\"]\n");
    for words in [
        "Poster requester:Kim brand:Nord due:2026-11-27",
        "Film requester:Ana",
        "Banner requester:Kim",
        "Stray",
    ] {
        studio.ok(&format!("add {words}"));
    }
    let text = studio.ok("list --view asked");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines[0], lines[3], lines[5]), ("Kim  2", "Ana  1", "no requester  1"), "{text}");
    assert!(lines[1].contains("Banner") && lines[2].contains("Poster"), "{text}");
    assert!(lines[2].contains("  Nord  ") && !text.contains("new"), "{text}");
    assert_eq!(studio.json("list --view asked")[1]["key"], "R-2", "in the order of the view");
    // A limit takes the first rows as they stand there: those under the first heading come before those of others.
    let first = studio.ok("list --view asked --limit 2");
    assert!(first.contains("Banner") && first.contains("Poster") && !first.contains("Ana"), "{first}");
    assert_eq!(studio.ok("list --view asked --limit 3").lines().count(), 5);
    assert_eq!(
        studio.json("list --view asked --limit 2")[1]["key"],
        "R-2",
        "without headings in their order"
    );
}
