//! What joins, brackets and leaves out nothing is told, and keys are asked in ranges.

use super::*;

#[test]
fn what_says_nothing_is_told_at_its_place() {
    for (text, at, end, says) in [
        ("or", 0, 2, "nothing stands before"),
        ("or cafe", 0, 2, "nothing stands before"),
        ("cafe or", 5, 7, "nothing stands behind"),
        ("cafe or or bistro", 8, 10, "nothing stands before"),
        ("(cafe or) bistro", 6, 8, "nothing stands behind"),
        ("and", 0, 3, "nothing stands before"),
        ("cafe and", 5, 8, "nothing stands behind"),
        ("cafe and or bistro", 5, 8, "nothing stands behind"),
        ("()", 0, 2, "with nothing in them"),
        ("cafe -()", 5, 8, "with nothing in them"),
        ("-", 0, 1, "leaves nothing out"),
        ("cafe - bistro", 5, 6, "leaves nothing out"),
        ("--", 0, 2, "leaves nothing out"),
        ("\"\"", 0, 2, "phrase without words"),
        ("cafe \"poster or", 5, 15, "a quote that is not closed"),
        ("due:\"next we", 4, 12, "a quote that is not closed"),
        ("(cafe „poster", 6, 13, "a quote that is not closed"),
        ("(cafe", 0, 5, "a bracket that is not closed"),
        ("cafe -(a or b ", 5, 13, "a bracket that is not closed"),
        ("key:R-5..R-1", 0, 12, "ends before it begins"),
        ("key:R-1..O-5", 0, 12, "keys of two kinds"),
        ("key:..", 0, 6, "without ends"),
        ("key:>5", 0, 6, "is not a range of keys"),
    ] {
        let error = Filter::parse(text, &reading()).map(|filter| filter.to_string()).unwrap_err();
        assert_eq!((error.at, error.end), (at, end), "{text}: {error}");
        assert!(error.to_string().contains(says), "{text}: {error}");
    }
    // In quotes they are texts; and what is still typed goes on narrowing by what stands there.
    for (text, printed) in [
        ("\"or\"", "\"or\""),
        ("\"-\" cafe", "\"-\" cafe"),
        ("cafe and bistro", "cafe bistro"),
        ("12\" print", "\"12\"\"\" print"),
    ] {
        assert_eq!(Filter::parse(text, &reading()).unwrap().to_string(), printed, "{text}");
    }
    for (text, printed) in [
        ("cafe or ", "cafe"),
        ("cafe -", "cafe"),
        ("\"post", "post"),
        ("cafe (", "cafe"),
        ("cafe -(", "cafe"),
        ("(post", "post"),
        ("cafe (post or ", "cafe post"),
        ("cafe -(post or (film", "cafe -(post or film)"),
        ("(cafe \"post", "cafe post"),
    ] {
        let typed = Filter::parse_typed(text, schema::requests(), &reading());
        assert_eq!(typed.map(|filter| filter.to_string()), Ok(printed.to_owned()), "{text}");
    }
}

#[test]
fn keys_are_asked_in_ranges_by_their_number() {
    let request = Request {
        id: crate::domain::ids::RequestId(9),
        ..Request::new("Poster", chrono::DateTime::UNIX_EPOCH)
    };
    for (text, fits) in [
        ("key:R-1..R-10", true),
        ("key:r-9..r-9", true),
        ("key:R-10..R-20", false),
        ("key:..R-9", true),
        ("key:R-10..", false),
        ("key:<R-10", true),
        ("key:>R-9", false),
        ("key:>=R-9", true),
        ("key:R-1|R-5..R-12", true),
        ("key:O-1..O-10", false),
        ("key:R-9", true),
    ] {
        let filter = Filter::parse(text, &reading()).unwrap();
        assert_eq!(filter.matches(&subject_of(&request)), fits, "{text}");
        assert_eq!(Filter::parse(&filter.to_string(), &reading()), Ok(filter), "{text}");
    }
}
