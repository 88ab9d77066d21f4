//! Requests as lines of text: printed, edited anywhere, taken back as one change.

use crate::cli::Studio;

#[test]
fn lines_go_out_and_come_back_as_one_change() {
    let studio = Studio::new();
    studio.ok("add Hero film t1 ~40h #retail");
    studio.ok("add Poster t3");
    let text = studio.ok("list --as-text");
    assert!(text.contains("R-1 Hero film stage:new tier:1 estimate:40h #retail"), "{text}");
    let file = studio.0.path().join("lines.txt");
    let path = file.to_str().unwrap();
    let modify = |text: &str| {
        std::fs::write(&file, text).unwrap();
        studio.run(&["modify", "--from", path])
    };
    modify(&text.replace("Hero", "Short").replace("tier:3", "tier:2"));
    assert_eq!(studio.json("show R-1")["title"], "Short film");
    assert_eq!(studio.json("show R-2")["tier"], 2);
    studio.ok("undo");
    assert_eq!(studio.json("show R-1")["title"], "Hero film");
    assert_eq!(studio.json("show R-2")["tier"], 3, "both are one change");
    // As an editor of Windows writes it, and as somebody writes it who never printed it.
    let printed = studio.ok("list --as-text").replace("Poster", "Flyer").replace('\n', "\r\n");
    assert_eq!(modify(&format!("\u{feff}{printed}")).code, 0);
    assert_eq!(studio.json("show R-2")["title"], "Flyer");
    assert_eq!(modify("R-1 due:2027-03-01\n").code, 0);
    let changed = studio.json("show R-1");
    assert_eq!(
        (&changed["due"], &changed["tier"]),
        (&"2027-03-01".into(), &1.into()),
        "what is not said stays"
    );
}
