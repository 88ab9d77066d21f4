//! The brief by keys: read, followed to its rows, written into, its numbers swapped, its words taken or waved off,
//! frozen and looked back on.

use super::Stage;
use super::screens::{expect_at_all_sizes, expect_text};
use crate::domain::briefing::Brief;
use crate::domain::document::Reader;
use crate::domain::record::{Kind, RecordKey};
use crate::export::{Layout, MAIL_WIDTH, render};
use crate::ops::clock::Clock;

fn at(stage: &mut Stage, instant: &str) {
    stage.0.0.desk.set_clock(Clock::fixed(instant.parse().unwrap()));
    stage.reread().unwrap();
}

fn brief(stage: &Stage) -> Brief {
    stage.0.0.desk.store.records().unwrap().pop().unwrap()
}

/// Goes down until the chosen line holds some words.
fn to(stage: &mut Stage, words: &str) {
    for _ in 0..60 {
        if stage.screen().lines().any(|line| line.contains('›') && line.contains(words)) {
            return;
        }
        stage.keys("j");
    }
    panic!("no line with {words}: {}", stage.screen());
}

#[test]
fn the_brief_at_all_sizes() {
    expect_at_all_sizes("brief", "b");
}

#[test]
fn the_first_page_of_an_empty_store() {
    let mut small = Stage::empty((80, 24));
    small.keys("b");
    expect_text("brief-empty-80x24", &small.screen());
    let mut stage = Stage::empty((120, 36));
    stage.keys("b");
    let screen = stage.screen();
    assert!(
        screen.contains("kind leadership: g . m adds one") && screen.contains("nothing: C d."),
        "{screen}"
    );
    stage.keys("F");
    assert!(stage.screen().contains("no meeting yet"), "{}", stage.screen());
    stage.keys("g . m \"Leadership sync\" down ctrl-u \"tomorrow\" down \"10\" ctrl-s");
    let screen = stage.screen();
    assert!(
        screen.contains("Brief: Leadership sync") && screen.contains("Nothing is measured yet"),
        "{screen}"
    );
}

#[test]
fn its_documents_for_the_demo_studio() {
    let stage = Stage::demo((120, 36));
    let page = stage.0.0.desk.brief(None).unwrap();
    for layout in Layout::ALL {
        expect_text(
            &format!("brief.{}", layout.name()),
            &render(&page.document, Reader::Lead, *layout, MAIL_WIDTH),
        );
    }
    let room = render(&page.document, stage.0.0.desk.room(), Layout::Text, MAIL_WIDTH);
    expect_text("brief-room.text", &room);
    let titles: Vec<&str> = page.document.blocks.iter().map(|block| block.title.as_str()).collect();
    let expected =
        ["Who", "Bottom line", "Three numbers", "The ask", "Risk", "Redirected", "They will ask", "If-then"];
    assert_eq!(titles, expected);
    assert!(page.document.blocks.iter().all(|block| (1..=5).contains(&block.lines.len())));
}

#[test]
fn a_copy_is_for_the_room_and_with_a_capital_for_the_lead() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("b y");
    assert!(stage.screen().contains("m Markdown for the room"), "{}", stage.screen());
    stage.keys("m");
    assert!(stage.screen().contains("as Markdown for the room: "), "{}", stage.screen());
    let given = stage.0.0.app.copied.clone();
    assert!(given.contains("## The ask") && !given.contains("trust") && !given.contains("R-19"), "{given}");
    stage.keys("y M");
    assert!(stage.screen().contains("as Markdown for you: "), "{}", stage.screen());
    let own = &stage.0.0.app.copied;
    assert!(own.contains("trust 4") && own.contains("## If-then") && own.contains("R-19"), "{own}");
}

#[test]
fn whose_it_is_stands_above_its_keys_and_gives_way_to_what_is_told() {
    let mut stage = Stage::demo((80, 24));
    let row = |stage: &Stage, at: usize| stage.screen().lines().nth(at).unwrap().to_owned();
    let rule = |stage: &Stage| row(stage, 22);
    for keys in ["b", "s", "W", "w"] {
        stage.keys(keys);
        let said = " for you · y copies it for the room ──";
        assert!(rule(&stage).ends_with(said), "{keys}: {}", stage.screen());
        // Among the keys it would be read as a key without a name.
        assert!(!row(&stage, 23).contains("for you"), "{}", stage.screen());
        if keys != "W" {
            stage.keys("y m");
            let told = rule(&stage);
            assert!(told.contains("as Markdown for the room: ") && !told.contains("for you"), "{told}");
            stage.keys("esc");
        }
    }
    stage.keys("esc f5 b");
    assert!(rule(&stage).contains(" as others see it · y copies it"), "{}", stage.screen());
}

#[test]
fn all_of_it_is_on_one_screen_and_on_two_small_ones() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("b");
    assert!(!stage.screen().contains("more  in 18 min"), "{}", stage.screen());
    let mut small = Stage::demo((80, 24));
    small.keys("b");
    assert!(
        small.screen().contains(" Who       ›!")
            && small.screen().contains("Your if-then: If asked how many"),
        "{}",
        small.screen()
    );
    let first = small.screen();
    small.keys("pgdn");
    let both = first + &small.screen();
    for (from, to) in [
        ("Marcus Hall: margin", "Last time:"),
        ("The ask", "even if it starts"),
        ("“How many", "→ G-1: name where they go"),
    ] {
        assert!(both.contains(from) && both.contains(to), "{from} {to}: {both}");
    }
    // What comes below it is the if-then, which is at the foot of both, and what could be said better.
    assert!(both.contains("↓ 6 more"), "{both}");
}

#[test]
fn a_number_opens_the_rows_that_it_was_counted_from_in_one_key() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("b");
    to(&mut stage, "(3 readings, 90 days)");
    stage.keys("enter");
    let screen = stage.screen();
    for said in ["the newest reading of O-1", "3 cases", "O-1 Spring", "Beside it", "its frozen baseline"] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    stage.keys("j enter");
    assert!(stage.screen().contains("Readings"), "{}", stage.screen());
    stage.keys("esc esc");
    assert!(stage.screen().contains("Brief: Marketing"), "{}", stage.screen());
    to(&mut stage, "A now");
    stage.keys("enter");
    assert!(stage.screen().contains("the load tried out with R-19 added"), "{}", stage.screen());
}

#[test]
fn numbers_are_swapped_in_their_place_and_it_can_be_undone() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("b");
    to(&mut stage, "417 trial");
    stage.keys("#");
    let screen = stage.screen();
    assert!(
        screen.contains("in the place of “417 trial sign-ups a week")
            && screen.contains("2 of 3 caught before release"),
        "{screen}"
    );
    let key = screen.lines().find_map(|line| {
        let before = line.split("2 of 3 caught").next().filter(|before| before.len() < line.len())?;
        before.split_whitespace().next_back().map(str::to_owned)
    });
    stage.keys(&key.unwrap());
    let screen = stage.screen();
    assert!(screen.contains("2 of 3 caught before release") && !screen.contains("417 trial"), "{screen}");
    assert_eq!(brief(&stage).numbers, "outcome:O-1 caught first-pass");
    stage.keys("u");
    assert!(stage.screen().contains("417 trial"), "{}", stage.screen());
}

#[test]
fn the_bottom_line_is_written_by_a_form_that_begins_with_the_proposal() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("b e");
    assert!(stage.screen().contains("What the brief says"), "{}", stage.screen());
    stage.keys("ctrl-u \"We handle tickets in a new workflow.\" down ctrl-u \"D-9\" ctrl-s");
    assert!(stage.screen().contains("D-9"), "what is not there is refused: {}", stage.screen());
    stage.keys("ctrl-u \"D-3\" ctrl-s");
    let screen = stage.screen();
    assert!(
        screen.contains("We handle tickets in a new workflow") && screen.contains("D-3 Is there"),
        "{screen}"
    );
    // Its suggestion is taken where it is written, once what it leaves open is said, and undone with one key.
    stage.keys("t enter");
    assert!(stage.screen().contains("still to say: <how many> launches"), "{}", stage.screen());
    stage.keys("\"Eleven\" enter");
    assert_eq!(brief(&stage).line, "Eleven launches went out on their date.", "{}", stage.screen());
    stage.keys("u");
    assert_eq!(brief(&stage).line, "We handle tickets in a new workflow.");
    stage.keys("e ctrl-u \"Spring is on shelf sooner.\" ctrl-s");
    assert!(stage.screen().contains("Spring is on shelf sooner."), "{}", stage.screen());
}

#[test]
fn suggestions_are_taken_in_the_record_or_waved_off_for_good() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("b");
    to(&mut stage, "“19h of rework”");
    stage.keys("t \"3\" enter");
    let decision = stage.0.0.desk.entry_texts(&RecordKey::Numbered(Kind::Decision, 1)).unwrap();
    let options = decision.iter().find(|(field, _)| *field == "options").unwrap();
    assert!(options.1.contains("19 hours, about 3 campaigns"), "{options:?}");
    to(&mut stage, "“Nothing: 14 days”");
    stage.keys("x");
    assert!(stage.screen().contains("Waved off for good"), "{}", stage.screen());
    assert!(!stage.screen().contains("“Nothing: 14 days”"), "{}", stage.screen());
    stage.keys("u");
    assert!(stage.screen().contains("“Nothing: 14 days”"), "{}", stage.screen());
}

#[test]
fn a_suggestion_that_is_not_shown_is_not_taken() {
    let mut stage = Stage::demo((120, 60));
    let words = "We handle tickets in a new workflow. We process the backlog. We triage the queue. Utilisation is up.";
    stage.keys(&format!("b e ctrl-u \"{words}\" ctrl-s"));
    stage.keys("G");
    assert!(stage.screen().lines().any(|line| line.contains("›and 3 more")), "{}", stage.screen());
    for key in ["t", "x"] {
        stage.keys(key);
        assert!(stage.screen().contains("choose a suggestion"), "{}", stage.screen());
    }
    assert_eq!(brief(&stage).line, words);
}

#[test]
fn a_frozen_brief_stays_as_it_was_shown_and_the_next_one_looks_back() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("b F");
    let screen = stage.screen();
    assert!(screen.contains("as it was shown on Mon 23 Nov") && screen.contains("with 3 claims"), "{screen}");
    stage.keys("e");
    assert!(stage.screen().contains("it is kept as it was shown"), "{}", stage.screen());
    // What comes later does not change it.
    stage.0.0.desk.add_entry(Kind::Reading, &[("outcome", "O-1".into()), ("value", "11".into())]).unwrap();
    stage.keys("esc b");
    assert!(stage.screen().contains("9.5 days from brief to shelf, was 14"), "{}", stage.screen());
    at(&mut stage, "2026-11-30T09:12:00+00:00");
    stage
        .0
        .0
        .desk
        .edit_entry(&RecordKey::Numbered(Kind::Promise, 1), &[("kept", "2026-11-25".into())])
        .unwrap();
    stage
        .0
        .0
        .desk
        .edit_entry(&RecordKey::Numbered(Kind::Decision, 1), &[("result", "Yes, templates".into())])
        .unwrap();
    stage.keys("esc b");
    let screen = stage.screen();
    for said in [
        "Since Mon 23 Nov",
        "9.5 days from brief to shelf (n 3), now 11 (n 4): did not hold",
        "Held: 417 trial sign-ups a week (n 2) · 67 % right first time (n 12)",
        "Decided: D-1",
        "Kept P-1",
    ] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    expect_text("brief-since-120x36", &screen);
}

#[test]
fn it_is_offered_five_minutes_before_and_counts_down_with_the_if_then_in_sight() {
    let mut stage = Stage::demo((80, 24));
    assert!(!stage.screen().contains("b brief"), "{}", stage.screen());
    at(&mut stage, "2026-11-23T09:26:00+00:00");
    // At 09:30 the standup begins, too; the leadership meeting is the one that a brief is for.
    assert!(stage.screen().contains("standup in 4 min  s  ·  b brief"), "{}", stage.screen());
    stage.keys("b");
    assert!(stage.screen().contains("in 04 min"), "{}", stage.screen());
    for _ in 0..30 {
        stage.keys("j");
        assert!(stage.screen().contains("If asked how many, then name the outcome."), "{}", stage.screen());
    }
    at(&mut stage, "2026-11-23T09:31:00+00:00");
    assert!(stage.screen().contains("now ─"), "{}", stage.screen());
}

#[test]
fn the_header_offers_it_when_the_room_is_next() {
    let mut stage = Stage::with((80, 24), |desk| {
        let start = "2026-11-23T09:30:00".parse().unwrap();
        let new = crate::ops::meetings::NewMeeting {
            title: "Leadership sync".into(),
            start,
            minutes: 30,
            kind: None,
            series: String::new(),
            attendees: vec!["Marcus Hall".into()],
            notes: crate::store::MeetingNote::default(),
        };
        desk.add_meeting(&new).unwrap();
    });
    assert!(!stage.screen().contains("b brief"), "{}", stage.screen());
    at(&mut stage, "2026-11-23T09:25:00+00:00");
    assert!(stage.screen().contains("Leadership sync in 5 min  ·  b brief"), "{}", stage.screen());
    at(&mut stage, "2026-11-23T09:59:00+00:00");
    assert!(stage.screen().contains("Leadership sync now  ·  b brief"), "{}", stage.screen());
    at(&mut stage, "2026-11-23T10:00:00+00:00");
    assert!(!stage.screen().contains("b brief"), "{}", stage.screen());
}

#[test]
fn presenting_leaves_out_what_is_the_leads_own() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("b F esc");
    stage.keys("f5");
    stage.keys("b");
    let screen = stage.screen();
    assert!(!screen.contains("for you"), "what stands here is for the room: {screen}");
    for hidden in ["trust 4", "Last time", "If asked how many", "They will ask"] {
        assert!(!screen.contains(hidden), "{hidden}: {screen}");
    }
    assert!(screen.contains("Bottom line"), "{screen}");
    let desk = &mut stage.0.0.desk;
    desk.undo(None).unwrap();
    let page = desk.brief(None).unwrap();
    let text = render(&page.document, Reader::Lead, Layout::Text, MAIL_WIDTH);
    assert!(!text.contains("trust") && !text.contains("Last time") && !text.contains("If-then"), "{text}");
    // What is kept is the whole of it, whoever looks on.
    desk.freeze_brief(None).unwrap();
    desk.is_presenting = false;
    let kept = desk.brief(None).unwrap();
    assert!(render(&kept.document, Reader::Lead, Layout::Text, MAIL_WIDTH).contains("If asked how many"));
}

#[test]
fn a_page_is_turned_to_what_was_not_in_sight_and_back() {
    let mut stage = Stage::demo((80, 24));
    stage.keys("b");
    let first = stage.screen();
    stage.keys("pgdn");
    let second = stage.screen();
    assert!(!first.contains("They will") && second.contains("They will"), "{second}");
    stage.keys("pgup");
    // The lines in sight are the same; which of them is chosen depends on how many rows they take.
    let lines = |screen: &str| screen.split("--- styles").next().unwrap().replace('›', " ");
    assert_eq!(lines(&stage.screen()), lines(&first));
}

#[test]
fn an_empty_cockpit_says_what_to_do_in_keys() {
    let mut stage = Stage::empty((120, 36));
    for keys in ["s", "b"] {
        stage.keys(keys);
        let screen = stage.screen();
        assert!(screen.contains("g i brings in"), "{screen}");
        assert!(!screen.contains("tablesetter import") && !screen.contains("or `"), "{screen}");
        stage.keys("esc");
    }
    stage.keys("a \"Poster @ana\"");
    assert!(stage.screen().contains("nobody is in the team yet; g n adds a person"), "{}", stage.screen());
}
