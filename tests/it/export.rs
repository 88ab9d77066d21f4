//! What goes out: documents, lint and data, from outside; and that it comes back in.

use crate::cli::Studio;

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
