//! Mails, chats and other texts as requests, from the command line.

use serde_json::Value;

use super::cli::Studio;

const MAIL: &str = "From: Nora Berg <nora@client.example>\nTo: us\nSubject: FW: Autumn booth\nDate: Mon, 23 Nov 2026 08:00:00 +0000\n\n\
    Four panels by Friday 11 December.\n  Kim could do it, 12 hours.\n\n> t1 #old @kim due:fri\n";

fn studio() -> Studio {
    let studio = Studio::new();
    studio.run(&["person", "add", "Kim Aalto", "--discipline", "design"]);
    studio
}

fn requests(studio: &Studio) -> usize {
    let listed = studio.run(&["list", "stage:any", "--json"]);
    serde_json::from_str::<Value>(&listed.out).unwrap().as_array().unwrap().len()
}

#[test]
fn what_is_piped_in_is_added_and_what_was_found_in_it_is_told_and_not_set() {
    let studio = studio();
    let done = studio.with_input(&["add", "-"], MAIL);
    assert_eq!(done.code, 0, "{}", done.err);
    for told in [
        "R-1",
        "Autumn booth",
        "found, not set: due Fri 11 Dec, 14 working days (“Friday 11 December”): tablesetter edit R-1 'due:2026-12-11'",
        "(“12 hours”): tablesetter edit R-1 '~12h'",
        "(“Kim”): tablesetter edit R-1 '@kim'",
        "(“#old”, in a quoted part): tablesetter edit R-1 '#old'",
    ] {
        assert!(done.out.contains(told), "{told}\n{}", done.out);
    }
    let shown = studio.json("show R-1");
    assert_eq!(shown["requester"], "Nora Berg");
    assert!(shown["ask"].as_str().unwrap().contains("\n  Kim could do it, 12 hours.\n\n> t1 #old"));
    for field in ["due", "estimate_minutes", "tier"] {
        assert_eq!(shown[field], Value::Null, "{field}");
    }
    assert_eq!((shown["tags"].as_array().unwrap().len(), shown["people"].as_array().unwrap().len()), (0, 0));
    studio.ok("undo");
    assert_eq!(requests(&studio), 0, "one undo takes it back");
}

#[test]
fn a_file_is_read_and_what_is_said_beside_it_wins() {
    let studio = studio();
    let mail = MAIL.replace('\n', "\r\n").replace("To: us", "To: us\r\nMIME-Version: 1.0");
    let file = studio.file("mail.eml", &mail);
    let done = studio.run(&["add", "--file", &file, "Booth panels", "due:2026-12-11", "t3", "--json"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let added: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(
        (&added["title"], &added["due"], &added["tier"]),
        (&"Booth panels".into(), &"2026-12-11".into(), &3.into())
    );
    let message = &added["message"];
    assert_eq!(message["requester"]["address"], "nora@client.example");
    let offered: Vec<&str> =
        message["offered"].as_array().unwrap().iter().map(|offer| offer["sets"].as_str().unwrap()).collect();
    assert_eq!(offered, ["~12h", "@kim", "#old"], "what was said is not offered again");
    let plain = studio.run(&["add", "--file", &file, "--plain"]);
    assert_eq!(plain.out.lines().count(), 1, "{}", plain.out);
    let words = studio.run(&["add", "Film", "-", "final"]);
    assert!(words.out.contains("Film - final"), "a dash among the words is one of them: {}", words.out);
}

#[test]
fn what_only_outlook_reads_and_what_is_no_text_is_refused_with_what_to_do() {
    let studio = studio();
    let named = studio.file("mail.MSG", MAIL);
    let disguised = studio.file("mail.eml", "");
    std::fs::write(&disguised, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0").unwrap();
    for file in [&named, &disguised] {
        let done = studio.run(&["add", "--file", file]);
        assert!(done.code == 5 && done.err.contains(".eml") && done.err.contains("paste"), "{}", done.err);
    }
    let picture = studio.file("mail.png", "");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    assert_eq!(studio.run(&["add", "--file", &picture]).code, 5);
    assert_eq!(studio.run(&["add", "--file", "/nowhere/mail.eml"]).code, 1);
    let empty = studio.with_input(&["add", "-"], " \n");
    assert!(empty.code == 5 && empty.err.contains("neither a subject nor a text"), "{}", empty.err);
    let unknown = studio.with_input(&["add", "-", "due:soon"], MAIL);
    assert!(unknown.code == 5 && unknown.err.contains("due:soon"), "{}", unknown.err);
    assert_eq!(requests(&studio), 0);
}

#[test]
fn a_mail_of_twenty_megabytes_is_read_and_its_files_are_left_out() {
    let studio = studio();
    let lines =
        "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n".repeat(260_000);
    let mail = format!(
        "From: Nora <nora@client.example>\nSubject: Large\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee the film\n--b\n\
         Content-Type: video/mp4; name=\"film.mp4\"\nContent-Disposition: attachment; filename=\"film.mp4\"\nContent-Transfer-Encoding: base64\n\n{lines}\n--b--\n"
    );
    assert!(mail.len() > 20_000_000);
    let file = studio.file("large.eml", &mail);
    let done = studio.run(&["add", "--file", &file]);
    assert!(
        done.code == 0 && done.out.contains("not kept, named in its notes: film.mp4"),
        "{} {}",
        done.out,
        done.err
    );
    let shown = studio.json("show R-1");
    assert_eq!((shown["ask"].as_str(), shown["title"].as_str()), (Some("see the film"), Some("Large")));
}

#[test]
fn nothing_in_a_mail_acts_on_a_terminal() {
    let studio = studio();
    let done = studio.with_input(
        &["add", "-"],
        "From: \u{1b}]0;x\u{7} <a@x.example>\nSubject: a\u{1b}[2Jb\n\n#ta\u{1b}[31mg by Fri\u{202e}day\n",
    );
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!done.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", done.out);
}
