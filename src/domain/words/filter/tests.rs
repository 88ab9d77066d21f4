//! What filters say, and what they refuse.

mod told;

use proptest::prelude::*;

use super::*;
use crate::domain::minutes::Minutes;
use crate::domain::record::Kind;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;

fn reading() -> ParseContext {
    ParseContext::monday()
}

/// A request of which nothing is known but what stands in it.
fn subject_of(request: &Request) -> FilterSubject<'_> {
    FilterSubject {
        request,
        people: &[],
        is_held: false,
        danger: Danger::default(),
        left: None,
        is_output_worded: false,
        is_private: false,
        readiness: 0,
        score: 0.0,
        age_days: 0,
        days: RequestDays { created: "2026-11-05".parse().unwrap(), ..RequestDays::default() },
        tier_guess: Tier::ALL[3],
    }
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
        people: &people,
        is_held: true,
        danger: Danger { is_at_risk: true, ..Danger::default() },
        left: Some(Minutes::hours(10)),
        readiness: 60,
        score: 4.5,
        age_days: 12,
        ..subject_of(&request)
    };
    Filter::parse(filter, &reading()).unwrap().matches(&subject)
}

#[test]
fn somebody_is_found_by_their_handle_or_the_beginning_of_a_name() {
    let request = Request::new("Poster", chrono::DateTime::UNIX_EPOCH);
    let held_by = |filter: &str, handle: &str, name: &str| {
        let people = [handle.to_owned(), name.to_owned()];
        let handles = ["ana", "anar", "dana"].map(str::to_owned).to_vec();
        let reading = ParseContext { handles: std::sync::Arc::new(handles), ..reading() };
        let filter = Filter::parse(filter, &reading).unwrap();
        filter.matches(&FilterSubject {
            request: &request,
            people: &people,
            is_held: !people.is_empty(),
            ..subject_of(&request)
        })
    };
    for filter in ["@ana", "person:ana", "@ANA", "@\"ana\"", "@bo|@ana", "-@dana"] {
        assert!(held_by(filter, "ana", "Ana Lopez"), "{filter}");
        assert!(filter == "-@dana" || !held_by(filter, "anar", "Anar Aliyev"), "{filter}");
        assert!(!held_by(filter, "dana", "Dana Lind"), "{filter}");
    }
    // While it is typed it finds whoever begins so.
    assert!(held_by("@an", "anar", "Anar Aliyev") && held_by("@lop", "ana", "Ana Lopez"));
    assert!(!held_by("@an", "dana", "Dana Lind"));
}

const FITTING: &[&str] = &[
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
    "tier:1|2",
    "tier:1,2",
    "tier:>=1",
    "tier:0..2",
    "brand:acme|nord",
    "brand:acme,nord",
    "brand:\"Nord & Co\"",
    "due:mon..fri",
    "due:..fri",
    "due:27.11..28.11.",
    "due:27/11",
    "due:11/27",
    "due:\"this week\"",
    "due:w48",
    "due:q4",
    "due:november",
    "due:freitag",
    "due:vendredi",
    "due:<=viernes",
    "due:<\"nächste woche\"",
    "due:any",
    "hours:40",
    "hours:39,5..41h",
    "estimate:>=5d",
    "left:>1h30",
    "left:10:00",
    "created:<3w",
    "created:>2w",
    "created:5.11.",
    "created:>=\"3 weeks ago\"",
    "created:<=20.11.",
    "rounds:0",
    "score:4,5",
    "holds:any",
    "waiting:review",
    "-over:forced",
    "is:open",
    "notes:none",
    "-notes:any",
    "\"café menu\"",
    "is:late|risk",
    "lever:none|measurable-impact",
];

const OTHERS: &[&str] = &[
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
    "due:q1",
    "due:\"next week\"",
    "due:w49",
    "created:<2w",
    "created:>=mon",
    "holds:none",
    "waiting:requester",
    "over:forced",
    "is:closed",
    "tier:0|2..4",
    "decider:me",
];

#[test]
fn filters_say_what_they_say() {
    for filter in FITTING {
        assert!(fits(filter), "{filter}");
    }
    for filter in OTHERS {
        assert!(!fits(filter), "{filter}");
    }
}

#[test]
fn wrong_words_are_named_with_place_and_neighbour() {
    let cases = [
        ("cafe teir:1", 5, Some("tier:1")),
        ("stage:redy", 0, Some("stage:ready")),
        ("at:rsk", 0, Some("is:risk")),
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
        ("-stage:delivered", false),
        ("stage:any -stage:delivered", true),
        ("-delivered:none", true),
        ("-is:open", true),
        ("-stage:open", true),
        ("-(is:open or tier:1)", true),
        ("-(-is:closed)", true),
        ("-(is:closed)", false),
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
        error.to_string().contains("no word is called stagee; did you mean `stage`?")
            && error.to_string().len() < 600,
        "{error}"
    );
}

#[test]
fn views_that_name_views_are_bounded() {
    use crate::domain::view::{ListKind, View};
    let view = |name: String, filter: String| View { filter, ..View::new(&name, ListKind::Requests) };
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

#[test]
fn a_word_that_is_not_known_is_told_with_the_nearest_and_all_and_lets_the_rest_be_read() {
    let unknown = unknown_words("cafe tire:1 -brnd:x due:soon", schema::requests(), &reading());
    let places: Vec<_> =
        unknown.iter().map(|fault| (fault.at, fault.end, fault.nearest.as_deref())).collect();
    assert_eq!(places, [(5, 11, Some("tier:1")), (13, 19, Some("brand:x"))]);
    let told = unknown[0].to_string();
    assert!(
        told.starts_with("column 6: no word is called tire; did you mean `tier`? (words: title, tier, stage"),
        "{told}"
    );
    let (filter, faults) = Filter::parse_leniently("tire:1 tier:1", schema::requests(), &reading());
    assert_eq!((filter.to_string().as_str(), faults.len()), ("tier:1", 1));
}

#[test]
fn texts_of_every_kind_are_asked_in_one_way() {
    let fields = |word: &str| match word {
        "kind" => Some(FoundValue::Text("leadership".into())),
        "with" => Some(FoundValue::Texts(vec!["Priya Nair".into()])),
        "on" => "2026-11-24".parse().ok().map(FoundValue::Day),
        "is:reflected" => Some(FoundValue::Text("yes".into())),
        _ => None,
    };
    for (text, fits) in [
        ("council", true),
        ("board", false),
        ("kind:leadership with:priya on:tue", true),
        ("on:wed..fri or is:reflected", true),
        ("-is:reflected", false),
        ("series:none", true),
    ] {
        let filter = Filter::parse_with(text, &schema::meetings(), &reading()).unwrap();
        assert_eq!(filter.matches_texts(["Brand council"].into_iter(), &fields), fits, "{text}");
    }
}

#[test]
fn records_are_asked_by_their_fields() {
    use crate::domain::influence::Promise;
    use crate::domain::record::{Fields, TableRow};
    let mut promise = Promise::blank(reading().today);
    for (field, text) in [("text", "two costed ways"), ("who", "Priya"), ("due", "2026-11-20")] {
        promise.set(field, text, &reading()).unwrap();
    }
    let subject = record::RecordSubject {
        record: &promise,
        today: reading().today,
        hides_private: false,
        is_private: false,
        worked_out: record::Standing::default(),
    };
    for (text, fits) in [
        ("costed", true),
        ("costed|free", true),
        ("free|late", false),
        ("-free|costed", false),
        ("is:late", true),
        ("to:priya due:<mon", true),
        ("@priya", true),
        ("way:from", false),
        ("kept:none is:open", true),
        ("made:>=mon", true),
        ("made:>mon", false),
        ("is:closed", false),
    ] {
        let filter = Filter::parse_with(text, &schema::of_kind(Kind::Promise), &reading()).unwrap();
        assert_eq!(filter.matches(&subject), fits, "{text}");
    }
    let error = Filter::parse_with("tier:1", &schema::of_kind(Kind::Promise), &reading()).unwrap_err();
    assert!(error.known.contains(&"due") && !error.known.contains(&"tier"), "{error}");
    for kind in Kind::ALL {
        assert!(Filter::parse_with("is:open", &schema::of_kind(*kind), &reading()).is_ok(), "{kind}");
    }
}

#[test]
fn every_example_of_the_grammar_is_read() {
    let mut reading = reading();
    reading.views = crate::config::Config::defaults().views;
    let (_, examples) = GRAMMAR.split_once("Examples\n").unwrap();
    assert!(examples.lines().count() > 8);
    for example in examples.lines() {
        let filter = Filter::parse(example, &reading);
        assert!(filter.is_ok(), "{example}: {filter:?}");
    }
}

#[test]
fn brackets_open_right_behind_one_another() {
    let read = |text: &str| Filter::parse(text, &reading());
    assert!(read("-(-(film))").is_ok() && read("(-((film) or -(t1)))").is_ok());
    assert_eq!(read("-(-(film or poster))").unwrap().to_string(), "-(-(film or poster))");
}

#[test]
fn signs_that_part_nothing_are_read_as_one_value() {
    let printed = |text: &str| Filter::parse(text, &reading()).map(|filter| filter.to_string());
    for text in ["#|", "tag:|", "brand:|", "tag:,"] {
        let once = printed(text).unwrap();
        assert_eq!(Filter::parse(text, &reading()), Filter::parse(&once, &reading()), "{text}");
    }
    assert!(printed("due:|").is_err() && printed("tier:,").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::testkit::fuzz::rounds(256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_as_the_same(parts in proptest::collection::vec(0usize..24, 0..9), strange in "[-()a-z:<>@#|,.\"“” ]{0,16}") {
        const PARTS: [&str; 24] = [
            "tier:1|2", "-is:late", "(", ")", "or", "due:<2w", "\"or\"", "cafe", "-(", "hours:1,5h..2d",
            "brand:\"a b\"|none", "created:<2w", "-\"-x\"", "--x", "decider:me", "score:>=4.25", "due:q1", "@ana",
            "#Retail", "stage:closed", "stage:any", "view:late", "()", "key:>R-3|R-1..R-2",
        ];
        let mut reading = reading();
        reading.views = crate::config::Config::defaults().views;
        let words: Vec<&str> = parts.iter().map(|part| PARTS[*part]).chain([strange.as_str()]).collect();
        let (filter, _) = Filter::parse_leniently(&words.join(" "), schema::requests(), &reading);
        let printed = filter.to_string();
        let again = Filter::parse(&printed, &reading);
        prop_assert_eq!(Ok(filter), again, "{}", printed);
    }
}

#[test]
fn a_list_has_its_values_with_or_without_the_mark_and_of_plain_words_too() {
    let printed = |text: &str| Filter::parse(text, &reading()).unwrap().to_string();
    for (text, same) in [
        ("@ana|@bo", "@ana|bo"),
        ("-@ana,@bo", "-person:ana|bo"),
        ("#retail|#q1", "tag:retail|q1"),
        ("poster|sticker", "poster or sticker"),
        ("poster|#retail t", "(poster or #retail) t"),
        ("-poster|sticker", "-(poster or sticker)"),
        ("\"a|b\"", "\"a|b\""),
        ("a|", "\"a|\""),
    ] {
        assert_eq!(printed(text), printed(same), "{text}");
    }
    for empty in ["tier:", "-due:", "view:", "poster tier:|"] {
        let error = Filter::parse(empty, &reading()).unwrap_err().to_string();
        assert!(error.contains("without a value") || error.contains("is not a tier"), "{empty}: {error}");
    }
    // What is no word of the language ends in a colon like any other text.
    assert_eq!(printed("re:"), "\"re:\"");
}
