//! The configuration: defaults, faults with their places, limits.

use super::*;

#[test]
fn the_embedded_files_are_whole() {
    let loaded = parse("");
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.config.tiers.0[1].ready_at, 80);
    let mut example = parse(EXAMPLE);
    example.config.spots = Spots::default();
    for view in Arc::make_mut(&mut example.config.views) {
        view.is_own = false;
    }
    assert_eq!(example, loaded, "the example says what holds anyway");
}

#[test]
fn depth_and_length_are_bounded_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    for (text, line, expected) in [
        (format!("\nx = {}", "[".repeat(100_000)), 2, "is nested too deeply"),
        (format!("\n\na{} = 1", ".a".repeat(300_000)), 3, "is nested too deeply"),
        (format!("#{}", "x".repeat(bounds::SETTINGS)), 0, "a configuration holds at most 1 MiB"),
    ] {
        std::fs::write(&path, text).unwrap();
        let faults = load(&path).faults;
        assert!(faults.len() == 1 && faults[0].line == line, "{faults:?}");
        assert!(faults[0].message.contains(expected), "{faults:?}");
    }
}

#[test]
fn every_fault_is_named_with_its_line_and_the_nearest_name() {
    let text = "[team]\nday_hour = 7\nplanning_factor = \"much\"\n\n[tiers.1]\nmedian_hours = 70\n[keyz]\nquit = [\"q\"]\n";
    let loaded = parse(text);
    let lines: Vec<_> = loaded.faults.iter().map(|fault| (fault.line, fault.message.as_str())).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].0 == 2 && lines[0].1.contains("day_hours"), "{lines:?}");
    assert!(lines[1].0 == 3 && lines[1].1.contains("a whole number"), "{lines:?}");
    assert!(lines[2].0 == 7 && lines[2].1.contains("keys"), "{lines:?}");
    assert_eq!(loaded.config.tiers.0[1].median_hours, 70, "what is right still counts");
    assert_eq!(loaded.config.planning_factor, 80);
}

#[test]
fn a_file_that_is_not_toml_says_where() {
    let loaded = parse("[team\nday_hours = 7\n");
    assert_eq!(loaded.faults[0].line, 1);
    assert_eq!(loaded.config, Config::defaults());
}

#[test]
fn values_out_of_range_keep_their_default() {
    let loaded = parse("[team]\nplanning_factor = 0\n[meetings]\nreflect_on = [\"leadership\", \"lunch\"]\n");
    let lines: Vec<_> = loaded.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 4], "{:?}", loaded.faults);
    assert_eq!(loaded.config.planning_factor, 80);
    assert_eq!(loaded.config.meetings.reflect_on, [MeetingKind::Leadership]);
}

#[test]
fn views_come_in_order_and_can_be_changed_and_added() {
    let names = |text: &str| {
        let loaded = parse(text);
        assert_eq!(loaded.faults, [], "{text}");
        loaded.config.views.iter().map(|view| view.name.clone()).collect::<Vec<_>>()
    };
    let shipped = [
        "late",
        "new this week",
        "at risk",
        "waiting for requester",
        "mine to decide",
        "closed",
        "not reflected",
        "cancelled meetings",
        "forced over",
        "no target yet",
        "owed by us",
        "gone cold",
    ];
    assert_eq!(names(""), shipped);
    let text = "[views.zines]\nfilter = \"zine\"\n[views.late]\nletter = \"z\"\n[views.\"a brand\"]\nfilter = \"brand:nord view:zines\"\norder = \"-due\"\ncolumns = [\"due\", \"person\"]\ngroup = \"brand\"\n";
    assert_eq!(names(text), [&shipped[..], &["zines", "a brand"]].concat());
    let views = parse(text).config.views;
    assert_eq!((views[0].filter.as_str(), views[0].letter), ("is:late", Some('z')), "the rest of it stays");
    let closed = &views[5];
    let ordered = closed.order.map(|order| order.column);
    assert!(ordered.is_some_and(|column| closed.columns.contains(&column)), "by what it is ordered is seen");
    let brand = &views[13];
    assert_eq!(brand.order.map(|order| order.to_string()), Some("-due".to_owned()));
    assert_eq!((brand.columns.len(), brand.group.map(|group| group.name)), (2, Some("brand")));
}

#[test]
fn a_letter_of_ones_own_goes_before_a_shipped_one() {
    let views = parse("[views.lagging]\nfilter = \"age:>20\"\nletter = \"l\"\n").config.views;
    let letters: Vec<_> =
        views.iter().filter(|view| view.letter == Some('l')).map(|view| &view.name).collect();
    assert_eq!(letters, ["lagging"]);
}

#[test]
fn every_fault_of_a_view_is_named_with_its_line_and_column() {
    for (text, line, column, expected) in [
        ("[views]\nlate = 1\n", 2, 1, "is a table"),
        ("[views.x]\nfilter = \"tire:1\"\n", 2, 1, "tier"),
        ("[views.x]\n  filtre = \"tier:1\"\n", 2, 3, "filter"),
        ("[views.x]\norder = \"dew\"\n", 2, 1, "did you mean `due`"),
        ("[views.x]\ngroup = \"brnd\"\n", 2, 1, "did you mean `brand`"),
        ("[views.x]\ncolumns = [\"due\", \"brnd\"]\n", 2, 1, "did you mean `brand`"),
        ("[views.x]\nletter = \"xy\"\n", 2, 1, "not one letter"),
        ("[views.a]\nletter = \"q\"\n[views.b]\nletter = \"q\"\n", 4, 1, "opens `a` already"),
        ("[views.x]\nfilter = \"view:lat\"\n", 2, 1, "did you mean `late`?"),
        ("[views.x]\nfilter = \"view:x\"\n", 2, 1, "names itself"),
        ("[views.New_This_Week]\nfilter = \"\"\n", 1, 8, "the same name"),
    ] {
        let faults = parse(text).faults;
        assert!(faults.len() == 1 && faults[0].message.contains(expected), "{text}: {faults:?}");
        assert_eq!((faults[0].line, faults[0].column), (line, column), "{text}");
    }
    // Left out are the view that cannot be read and what names it, and nothing else.
    let text = "[views.a]\nfilter = \"view:b\"\n[views.b]\nfilter = \"(\"\n[views.c]\nfilter = \"c\"\n";
    let loaded = parse(text);
    assert_eq!(loaded.faults.len(), 2, "{:?}", loaded.faults);
    assert_eq!(loaded.config.views.len(), 13);
}

#[test]
fn a_view_is_read_with_the_words_and_columns_of_its_list() {
    let text = "[views.mine]\nlist = \"promise\"\nfilter = \"way:to who:owen\"\norder = \"-due\"\ncolumns = [\"who\"]\ngroup = \"way\"\nletter = \"l\"\n";
    let loaded = parse(text);
    assert_eq!(loaded.faults, [], "a letter of another list is free here");
    let mine = loaded.config.views.last().unwrap();
    let columns: Vec<_> = mine.columns.iter().chain(&mine.group).map(|column| column.name).collect();
    assert_eq!((mine.list, columns), (crate::domain::view::ListKind::Promises, vec!["who", "way"]));
    for (text, line, expected) in [
        ("[views.x]\nlist = \"vows\"\n", 2, "`vows` is not one of requests, meetings"),
        ("[views.x]\nlist = \"promises\"\nfilter = \"tier:1\"\n", 3, "no word is called tier"),
        ("[views.x]\nlist = \"meetings\"\norder = \"due\"\n", 3, "not a column of meetings; columns are on"),
        ("[views.x]\nlist = \"people\"\ncolumns = [\"tier\"]\n", 3, "not a column of people"),
        (
            "[views.x]\nlist = \"risks\"\nfilter = \"view:late\"\n",
            3,
            "late is a view of requests, not of risks",
        ),
    ] {
        let faults = parse(text).faults;
        assert!(
            faults.iter().any(|fault| fault.message.contains(expected) && fault.line == line),
            "{text}: {faults:?}"
        );
    }
}

#[test]
fn a_number_out_of_its_limits_costs_that_setting_alone() {
    let text = "[team]\nday_hours = 300\n[lead]\nnames = [\"Ana\"]\n[tiers.1]\nready_at = 101\nrounds = 4\n\
        [review]\nwait_days = [2, 5, 4000000000, 1, 0]\n[remind]\nteam = 1441\n[meetings]\nowed_days = 99999999999\n";
    let loaded = parse(text);
    let told: Vec<_> = loaded.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 2, column 1: team.day_hours: 300 is not between 1 and 24; 8 holds",
            "line 6, column 1: tiers.1.ready_at: 101 is not between 0 and 100; 80 holds",
            "line 9, column 1: review.wait_days: 4000000000 is not between 0 and 1000; [2, 5, 3, 1, 0] holds",
            "line 11, column 1: remind.team: 1441 is not between 0 and 1440; 0 holds",
            "line 13, column 1: meetings.owed_days: 99999999999 is not between 0 and 1000; 5 holds",
        ]
    );
    let config = loaded.config;
    assert_eq!(config.own_names, ["Ana"]);
    assert_eq!((config.tiers.0[1].rounds, config.tiers.0[1].ready_at), (4, 80));
    assert_eq!((config.day, config.review_days), (Config::defaults().day, [2, 5, 3, 1, 0]));
    // What is printed as holding is what holds.
    let effective = effective_of(text).to_string();
    assert!(effective.contains("day_hours = 8\n") && effective.contains("ready_at = 80\n"), "{effective}");
}
