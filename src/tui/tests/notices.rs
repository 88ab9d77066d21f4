//! What is told in the footer.

use super::import::import;
use super::*;

#[test]
fn a_notice_longer_than_its_rule_is_told_whole_until_the_next_key() {
    let mut stage = Stage::empty((80, 24));
    let path = format!("tests/{}/planer.csv", "data".repeat(20));
    import(&mut stage, &path);
    let told: String = stage.screen().chars().filter(|letter| !letter.is_whitespace()).collect();
    assert!(told.contains(&format!("{path}:itisnotthere")), "{}", stage.screen());
    assert!(!stage.screen().contains("Esc leave"), "its rows are those of the keys");
    stage.keys("left");
    assert!(stage.screen().contains("Esc leave"), "{}", stage.screen());
}

#[test]
fn a_covered_name_is_covered_where_a_notice_parts_it_as_well() {
    let text = "[presenter]\nhide = [\"Marcus Hall\"]\n";
    let mut stage = Stage::configured((80, 24), Theme::new(Depth::Many, false), text, |_| {});
    stage.keys("f5");
    for length in 40..66 {
        import(&mut stage, &format!("{}/Marcus Hall.csv", "x".repeat(length)));
        let told = stage.screen();
        let told = &told[told.find("cannot read").unwrap()..told.find("--- styles").unwrap_or(told.len())];
        assert!(!told.contains("Marcus") && !told.contains("Hall"), "{length}: {told}");
        stage.keys("esc");
    }
}

#[test]
fn what_is_coming_is_told_and_found_whichever_days_the_meetings_show() {
    let mut stage = Stage::demo((120, 36));
    let header = |stage: &Stage| stage.screen().lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    let before = header(&stage);
    assert!(before[1].contains("leadership 09:30"), "{before:?}");
    stage.keys("4 ] ] ] ]");
    assert!(!stage.screen().contains("Brand council"), "another week: {}", stage.screen());
    assert_eq!(header(&stage), before);
    for (line, words) in [
        (": \"brief marketing\"", "Prepare the brief for Marketing leadership sync, Mon 23 Nov"),
        (": \"reflect brand\"", "Reflect on Brand council, Fri 20 Nov"),
    ] {
        stage.keys(line);
        assert!(stage.screen().contains(words), "{line}: {}", stage.screen());
        stage.keys("esc");
    }
}
