//! What is told in the footer.

use super::import::import;
use super::*;

#[test]
fn a_notice_longer_than_its_rule_is_told_whole_until_the_next_key() {
    let mut stage = Stage::empty((80, 24));
    let path = format!("tests/{}/planer.csv", "data".repeat(20));
    import(&mut stage, &path);
    let told: String = stage.screen().chars().filter(|letter| !letter.is_whitespace()).collect();
    assert!(told.contains(&format!("{path}:Nosuchfile")), "{}", stage.screen());
    assert!(!stage.screen().contains("Esc leave"), "its rows are those of the keys");
    stage.keys("left");
    assert!(stage.screen().contains("Esc leave"), "{}", stage.screen());
}
