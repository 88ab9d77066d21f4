//! Answers of the terminal and pastes without brackets: nothing acts that was not pressed.

use std::time::{Duration, Instant};

use fastrand::Rng;

use super::Stage;
use crate::testkit::fuzz;

#[test]
fn lines_pasted_into_quick_add_are_drafted_and_set_nothing() {
    let chat = "Owen Price  09:12\ncan we have t1 film by friday? @bo ~16h\nOwen Price  09:14\ndrop #retail";
    let mut stage = Stage::demo((120, 36));
    stage.keys("a");
    stage.paste(chat);
    let screen = stage.screen();
    assert!(
        screen.contains("Add the pasted text as a request?") && screen.contains("Owen Price"),
        "{screen}"
    );
    stage.keys("enter");
    let added = stage.0.0.desk.store.request(crate::domain::ids::RequestId(61)).unwrap();
    assert_eq!(
        (added.tier, added.estimate, added.tags.as_slice()),
        (None, None, &[][..]),
        "nothing was taken"
    );
    assert!(added.ask.contains("drop #retail") && added.ask.contains("09:12"), "{}", added.ask);
    // Left, opened again and pasted once more it stands there once.
    stage.paste("one line\nand two");
    stage.keys("esc a");
    stage.paste("one line\nand two");
    assert!(stage.screen().contains("2 lines kept"), "{}", stage.screen());
    stage.keys("ctrl-x");
    // What was typed before is the first line; a second paste goes on with the text and not with the title.
    stage.keys("a \"Autumn film\"");
    stage.paste("first line\nsecond line");
    stage.paste("third line\nfourth @bo ~16h");
    let screen = stage.screen();
    assert!(screen.contains("Autumn film") && !screen.contains("✓"), "{screen}");
    stage.keys("enter");
    let added = stage.0.0.desk.store.request(crate::domain::ids::RequestId(62)).unwrap();
    assert_eq!((added.title.as_str(), added.estimate), ("Autumn film", None));
    assert!(added.ask.contains("second line") && added.ask.contains("fourth @bo"), "{}", added.ask);
}

#[test]
fn an_empty_reason_is_told_when_it_is_refused_or_kept() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("x enter");
    assert!(stage.screen().contains("not taken: a few words for the requester"), "{}", stage.screen());
    stage.keys("esc !");
    assert!(stage.screen().contains("left empty, nobody can see why"), "{}", stage.screen());
}

#[test]
fn half_a_word_is_told_once_enter_did_nothing_though_it_could_go_on() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("m \"due:\"");
    assert!(!stage.screen().contains("has no value"), "still being typed: {}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("not taken: `due:` has no value"), "{}", stage.screen());
}

#[test]
fn an_answer_of_the_terminal_does_nothing_in_a_pane_and_types_nothing_in_a_line() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.screen();
    for answer in
        ["\x1b]11;rgb:3030/3434/4646\x07", "\x1b]10;rgb:ffff/ffff/ffff\x1b\\", "\x1bP>|tmux 3.5a\x1b\\"]
    {
        assert_eq!(stage.read(answer).screen(), before);
    }
    stage.keys("a \"Window\"");
    let typing = stage.screen();
    assert_eq!(stage.read("\x1b]11;rgb:3030/3434/4646\x07").screen(), typing);
}

#[test]
fn a_chat_pasted_without_brackets_is_offered_and_nothing_is_renamed() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.contents();
    stage.read("> we need the deck, can we move it to t3?\r& drop the film\r");
    assert_eq!(stage.contents(), before);
    let screen = stage.screen();
    assert!(screen.contains("Add the pasted text") && screen.contains("we need the deck"), "{screen}");
    stage.keys("esc");
    assert_eq!(stage.contents(), before);
}

#[test]
fn in_a_line_a_break_and_more_behind_it_are_text() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.contents();
    stage.keys("a");
    stage.read("Window vinyl\rxqd\r");
    assert_eq!(stage.contents(), before, "Enter within the text does not add it");
    assert!(stage.screen().contains("Window vinyl"), "{}", stage.screen());
    // A line that is typed ahead of a slow terminal is a line.
    let mut stage = Stage::demo((120, 36));
    stage.keys("a");
    stage.read("Shelf talkers\r");
    assert_ne!(stage.contents(), before);
}

#[test]
fn enter_confirms_nothing_that_the_same_read_opened() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.contents();
    stage.read("aok\r");
    assert_eq!(stage.contents(), before);
    assert!(stage.screen().contains("press it once more"), "{}", stage.screen());
    stage.keys("enter");
    assert_ne!(stage.contents(), before);
}

#[test]
fn a_held_key_and_moves_over_a_slow_line_stay_keys() {
    let (mut at_once, mut one_by_one) = (Stage::demo((120, 36)), Stage::demo((120, 36)));
    at_once.read("jjjjjjjj").read("jkjkj").read("\x1b[B\x1b[B\x1b[B\x1b[B");
    one_by_one.keys("j j j j j j j j j k j k j down down down down");
    assert_eq!(at_once.screen(), one_by_one.screen());
}

/// Streams of answers and pastes alone leave the store as it was: each begins where the one before ended.
#[test]
fn answers_and_pastes_alone_cause_no_operation() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.contents();
    let mut rng = Rng::with_seed(14);
    for _ in 0..fuzz::rounds(60) {
        let stream = match rng.u8(..4) {
            0 => format!("\x1b]{};{}\x07", rng.u8(..120), text(&mut rng)),
            1 => format!("\x1bP{}\x1b\\", text(&mut rng)),
            2 => format!("\x1b[200~{}\r{}\x1b[201~", text(&mut rng), text(&mut rng)),
            _ => format!("lorem {}\r{}\r", text(&mut rng), text(&mut rng)),
        };
        stage.read(&stream);
        assert_eq!(stage.contents(), before, "{stream:?}");
        if rng.bool() {
            stage.keys("esc");
        }
    }
}

/// Keys with answers of a terminal between them leave the store that the keys alone leave.
#[test]
fn keys_with_answers_between_them_leave_the_same_store() {
    const KEYS: [&str; 50] = [
        "j", "k", "g", "G", "t", "2", "d", "m", "o", "~", "@", "x", "!", "/", " ", "V", "v", "u", "U", ".",
        "a", "b", "e", "i", "I", "C", "f", "p", "R", "l", "n", "3", "4", "5", "7", "c", "L", "s", "w", "\r",
        "\r", "\r", "\x1b", "\x1b", "\t", "\x7f", "\x13", "\x15", "\x1b[A", "\x1b[B",
    ];
    const ANSWERS: [&str; 6] = [
        "\x1b]11;rgb:3030/3434/4646\x07",
        "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        "\x1bP>|tmux 3.5a\x1b\\",
        "\x1b[?62;22c",
        "\x1b[24;80R",
        "\x1b_Gi=1;OK\x1b\\",
    ];
    let (mut rng, mut now) = (Rng::with_seed(41), Instant::now());
    let (mut plain, mut answered) = (Stage::demo((120, 36)), Stage::demo((120, 36)));
    for round in 0..fuzz::rounds(20) {
        for _ in 0..rng.usize(1..12) {
            let (key, answer) = (KEYS[rng.usize(..KEYS.len())], ANSWERS[rng.usize(..ANSWERS.len())]);
            // By a clock of its own: how fast this machine is would make a digit a count, or none.
            now += Duration::from_secs(1);
            plain.read_at(key, now);
            match rng.u8(..3) {
                0 => answered.read_at(&format!("{answer}{key}"), now),
                // A lone Esc with more behind it in one read begins a sequence.
                1 if key != "\x1b" => answered.read_at(&format!("{key}{answer}"), now),
                _ => answered.read_at(key, now).read_at(answer, now),
            };
        }
        let labels = |stage: &Stage| {
            let history = stage.0.0.desk.history(Some(30)).unwrap();
            history.into_iter().map(|one| one.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(&plain), labels(&answered), "round {round}");
        if round % 50 == 0 {
            assert_eq!(plain.contents(), answered.contents(), "round {round}");
        }
    }
    assert_eq!(plain.contents(), answered.contents());
    assert_eq!(plain.screen(), answered.screen());
}

#[test]
fn lines_that_are_pasted_into_any_field_are_offered_and_run_nothing() {
    let pasted = "first line\nsecond t1\nthird line\nfourth @bo ~4h\nfifth";
    for keys in [
        "2 a", "2 m", "2 d", "2 o", "2 ~", "2 -", "2 x", "2 !", "2 /", "3 /", "7 /", ":", "?", "C f", "C p",
        "C d", "2 e", "2 A", "4 i", "4 I", "4 e", "7 m", "g i", "2 T", "g v", "s j m",
    ] {
        let (mut bracketed, mut burst) = (Stage::demo((120, 36)), Stage::demo((120, 36)));
        let before = (bracketed.contents(), bracketed.0.0.desk.history(None).unwrap().len());
        bracketed.keys(keys);
        bracketed.paste(pasted);
        // As a terminal without brackets sends it, its last Enter included.
        burst.keys(keys);
        burst.read(&(pasted.replace('\n', "\r") + "\r"));
        for stage in [&bracketed, &burst] {
            let after = (stage.contents(), stage.0.0.desk.history(None).unwrap().len());
            assert_eq!(before, after, "{keys}: {}", stage.screen());
            assert!(!stage.0.0.app.overlays.is_empty(), "{keys}: {}", stage.screen());
        }
        assert_eq!(bracketed.screen(), burst.screen(), "{keys}");
    }
}

fn text(rng: &mut Rng) -> String {
    (0..rng.usize(1..30)).map(|_| rng.char('!'..'~')).collect()
}
