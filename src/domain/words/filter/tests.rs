//! What filters say, and what they refuse.

use proptest::prelude::*;

use super::*;

fn reading() -> ParseContext {
    ParseContext::monday()
}

fn fits(filter: &str) -> bool {
    let request = Request {
        tier: Tier::new(1),
        stage: Stage::InReview,
        due: "2026-11-27".parse().ok(),
        brand: "Nord & Co".into(),
        tags: vec!["Retail".into()],
        estimate: Some(Minutes::hours(40)),
        ..Request::new("Café menu, spring", chrono::DateTime::UNIX_EPOCH)
    };
    let people = ["maria".to_owned(), "María Lopez".to_owned()];
    let subject = FilterSubject {
        request: &request,
        people: &people,
        is_late: false,
        left: Some(Minutes::hours(10)),
        is_at_risk: true,
        is_output_worded: false,
        readiness: 60,
        score: 4.5,
        age_days: 12,
        created: "2026-11-05".parse().unwrap(),
        tier_guess: Tier::ALL[3],
    };
    Filter::parse(filter, &reading()).unwrap().matches(&subject)
}

#[test]
fn filters_say_what_they_say() {
    for filter in [
        "",
        "cafe",
        "CAFÉ menu",
        "tier:1 stage:review",
        "due:<2w",
        "due:fri",
        "due:<=fri",
        "person:maria",
        "@mar",
        "outcome:none",
        "at:risk",
        "age:>10d",
        "age:>=2w",
        "#retail",
        "-tier:2",
        "tier:2 or tier:1",
        "(tier:2 or tier:1) cafe",
        "-(tier:2 or tier:3) cafe",
        "estimate:>8h",
        "readiness:<61",
        "score:>4",
        "stage:any",
        "brand:nord",
        "lever:none",
        "-is:blocked",
    ] {
        assert!(fits(filter), "{filter}");
    }
    for filter in [
        "tier:2",
        "bistro",
        "due:>fri",
        "due:none",
        "-cafe",
        "tier:2 or bistro",
        "(tier:2 or tier:3) cafe",
        "-(tier:2 or tier:1) cafe",
        "is:overdue",
        "@leo",
        "stage:closed",
        "estimate:none",
        "age:<10d",
    ] {
        assert!(!fits(filter), "{filter}");
    }
}

#[test]
fn wrong_words_are_named_with_place_and_neighbour() {
    let cases = [
        ("cafe teir:1", 5, Some("tier:1")),
        ("stage:redy", 0, Some("ready")),
        ("at:rsk", 0, Some("risk")),
        ("due:soon", 0, None),
        ("(tier:1", 0, None),
        ("tier:1)", 6, None),
    ];
    for (text, at, near) in cases {
        let error = Filter::parse(text, &reading()).unwrap_err();
        assert_eq!((error.at, error.nearest.as_deref()), (at, near), "{text}: {error}");
    }
}

#[test]
fn closed_requests_are_asked_only_on_demand() {
    for (filter, wants) in [
        ("", false),
        ("stage:any", true),
        ("stage:delivered", true),
        ("stage:closed", true),
        ("stage:ready", false),
    ] {
        assert_eq!(Filter::parse(filter, &reading()).unwrap().wants_closed(), wants, "{filter}");
    }
}

#[test]
fn brackets_and_length_are_bounded_and_the_place_is_named() {
    let nested = |depth: usize| format!("{}cafe{}", "(".repeat(depth), ")".repeat(depth));
    assert!(fits(&nested(bounds::DEPTH)));
    for text in [nested(bounds::DEPTH + 1), nested(15_000), "( ".repeat(15_000), "(".repeat(60_000)] {
        let error = Filter::parse(&text, &reading()).unwrap_err();
        let step = if text.starts_with("( ") { 2 } else { 1 };
        assert_eq!(error.at, bounds::DEPTH * step);
        assert!(error.to_string().contains("more than 64 brackets"), "{error}");
    }
    // Brackets beside each other are no depth.
    assert!(fits(&"(cafe) ".repeat(200)));
    assert!(fits(&format!("cafe{}", " ".repeat(bounds::LINE - 4))));
    let error = Filter::parse(&format!("{}x", "é ".repeat(30_000)), &reading()).unwrap_err();
    assert_eq!(error.at, bounds::LINE * 2 / 3);
    assert!(error.to_string().len() < 300 && error.to_string().contains("at most 64 KiB"), "{error}");
}

proptest! {
    #[test]
    fn no_filter_is_too_strange(text in "[()a-z:<>@# \\-\"]{0,40}") {
        let _ = Filter::parse(&text, &reading());
    }
}

#[test]
fn what_is_offered_instead_of_a_word_does_not_repeat_a_whole_paste() {
    let error = Filter::parse(&format!("stagee:{}", "review".repeat(1_000)), &reading()).unwrap_err();
    assert!(
        error.to_string().contains("did you mean `stage:review") && error.to_string().len() < 200,
        "{error}"
    );
}

#[test]
fn views_that_name_views_are_bounded() {
    let view = |name: String, filter: String| crate::domain::view::View {
        name,
        filter,
        order: None,
        columns: Vec::new(),
        group: None,
        letter: None,
    };
    let twice = |index: usize| format!("view:v{} view:v{}", index + 1, index + 1);
    let mut views: Vec<_> = (0..40).map(|index| view(format!("v{index}"), twice(index))).collect();
    views.push(view("v40".into(), "cafe".into()));
    let reading = ParseContext { views: std::sync::Arc::new(views), ..reading() };
    let error = Filter::parse("view:v0", &reading).unwrap_err().to_string();
    assert!(error.contains("at most 64"), "{error}");
    assert!(Filter::parse("view:v36", &reading).is_ok());
    let error = Filter::parse("x view:v99", &reading).unwrap_err();
    assert!(error.at == 2 && error.to_string().contains("no view is called v99"), "{error}");
}
