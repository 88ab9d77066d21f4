//! What goes out: documents, lint and data, from outside; and that it comes back in.

use crate::cli::{Studio, has_all};

/// A studio with one person who cannot do what is confirmed.
fn overloaded() -> Studio {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8"]);
    studio.ok("add Hero film ~60h due:fri");
    studio.ok("assign R-1 ana");
    studio
}

#[test]
fn the_load_goes_out_as_a_document_and_no_file_is_written_over() {
    let studio = overloaded();
    let text = studio.ok("load --format text");
    assert!(text.contains("! Ana Ruiz is 20h over Mon 23–Fri 27 Nov. (R-1) [1]"), "{text}");
    assert!(studio.ok("load --format markdown").starts_with("# Load of the studio"));
    assert!(studio.ok("load --format slack").starts_with("*Load of the studio*"));
    let file = studio.0.path().join("load.html");
    let words = format!("load --format html --output {}", file.display());
    studio.ok(&words);
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Ana Ruiz"), "{page}");
    let (code, said) = studio.refused(&words);
    assert!(code == 5 && said.contains("--force"), "{said}");
    studio.ok(&format!("{words} --force"));
    assert_eq!(studio.refused("load --output x.html").0, 2, "a table is not written to a file so");
    let (code, said) = studio.refused("load --format text --output no/such/folder.txt");
    assert!(code == 1 && said.contains("cannot write"), "{said}");
}

#[test]
fn process_talk_is_pointed_out_and_other_words_can_be_taken() {
    let studio = Studio::new();
    let text = "We had 140 briefs done.\nSpring is on shelf sooner.\nThere is a risk of delays.\n";
    let file = studio.file("brief.md", text);
    let told = studio.ok(&format!("lint {file}"));
    assert!(told.contains("  1 1:1      process without a result"), "{told}");
    assert!(told.contains("  → <how many> launches went out on their date"), "{told}");
    let found = studio.json(&format!("lint {file}"));
    assert_eq!(found.as_array().unwrap().len(), 2, "findings are no failure");
    has_all(&found[1], "line column rule text suggestion");
    assert_eq!((&found[1]["line"], &found[1]["rule"]), (&3.into(), &"passive-risk".into()));
    assert_eq!(studio.ok(&format!("lint {file} --plain")).lines().count(), 2);
    let taken = studio.ok(&format!("lint {file} --take 1"));
    assert_eq!(taken, text.replace("We had 140 briefs done", "<how many> launches went out on their date"));
    assert_eq!(studio.refused(&format!("lint {file} --take 9")).0, 3);
    let clean = studio.with_input(&["lint", "-", "--json"], "Spring is on shelf sooner.");
    assert_eq!((clean.code, clean.out.trim()), (0, "[]"));
    studio.file("c.toml", "[lint]\nwaved_off = [\"passive-risk: There is a risk of delays\"]\n");
    assert_eq!(studio.json(&format!("lint {file}")).as_array().unwrap().len(), 1);
    assert!(!studio.0.path().join("s.db").exists(), "no store is needed");
    std::fs::write(studio.0.path().join("latin.txt"), b"caf\xe9").unwrap();
    let (code, said) = studio.refused(&format!("lint {}", studio.0.path().join("latin.txt").display()));
    assert!(code == 5 && said.contains("UTF-8"), "{said}");
    assert_eq!(studio.refused("lint no-such-file").0, 1);
}
