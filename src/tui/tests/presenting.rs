//! Others look on: who is private is named nowhere, whatever is opened.

use super::Stage;
use crate::ops::Desk;
use crate::ops::kit::{change, request, rewrite};

/// The demo studio, in which much names one stakeholder, by each of her names.
fn fill(desk: &mut Desk) {
    desk.fill_demo().unwrap();
    let edits = [
        ("S-1", [("name", "Zoë Halloran"), ("also", "Marcus Hall; Zo"), ("email", "z.hall@brand.example")]),
        (
            "D-1",
            [
                ("question", "Does Zoe Halloran sign?"),
                ("approver", "Zoë Halloran"),
                ("changed", "ZOË's idea"),
            ],
        ),
    ];
    for (of, words) in edits {
        let told = rewrite(desk, &of.parse().unwrap(), &words);
        assert!(told.contains(of), "{told}");
    }
    let id = request(desk, "Film for ZOË’s day #Zoe2026 due:today requester:\"Zoë Halloran\"");
    change(desk, id, "notes:\"ask z.hall@brand.example\"");
}

/// Every list and page, with what lies over them.
const WAYS: [&str; 20] = [
    "1",
    "2",
    "2 j enter",
    "2 j e",
    "3",
    "4",
    "4 j enter",
    "5",
    "5 enter",
    "6",
    "7",
    "7 j enter",
    "7 enter",
    "H",
    "S",
    "b",
    "W",
    "? \"zo\"",
    ": \"zo\"",
    "2 / \"who:z\"",
];

fn names(screen: &str) -> Vec<String> {
    let said = screen.to_lowercase();
    let all = ["zoë", "zoe", "halloran", "marcus", "z.hall"];
    let found = all.iter().filter(|name| said.contains(**name));
    found.map(|name| (*name).to_owned()).collect()
}

fn shown(stage: &mut Stage, keys: &str) -> String {
    stage.keys(keys);
    let screen = stage.screen();
    stage.keys("esc esc esc esc");
    screen
}

#[test]
fn somebody_private_is_named_on_no_presented_screen() {
    for size in [(60, 20), (80, 24), (120, 36), (160, 45)] {
        let mut stage = Stage::with(size, fill);
        let mut before = 0;
        for keys in WAYS {
            before += usize::from(!names(&shown(&mut stage, keys)).is_empty());
        }
        assert!(before > 5, "only {before} screens name her at all, so this would prove little");
        stage.0.0.desk.set_private(&["S-1".parse().unwrap()], Some(true)).unwrap();
        stage.0.0.reload(crate::store::Tables::ALL);
        stage.keys("f5");
        for keys in WAYS {
            let screen = shown(&mut stage, keys);
            assert!(names(&screen).is_empty(), "{size:?} {keys}: {:?}\n{screen}", names(&screen));
        }
        // What is told above the keys, and what is copied.
        stage.0.0.app.say("Zoë Halloran is asked, and ZOE");
        let screen = stage.screen();
        assert!(names(&screen).is_empty() && screen.contains("(private) is asked"), "{screen}");
        stage.keys("b y m");
        assert!(names(&stage.0.0.app.copied).is_empty(), "{}", stage.0.0.app.copied);
        stage.keys("esc esc 2 j y");
        assert!(names(&stage.0.0.app.copied).is_empty(), "{}", stage.0.0.app.copied);
    }
}

#[test]
fn a_last_name_that_is_a_word_dots_no_title() {
    let mut stage = Stage::with((120, 36), |desk| {
        desk.fill_demo().unwrap();
        request(desk, "What Price needs for spring due:today");
    });
    stage.0.0.desk.set_private(&["S-3".parse().unwrap()], Some(true)).unwrap();
    stage.0.0.reload(crate::store::Tables::ALL);
    stage.keys("f5 1");
    let screen = stage.screen();
    assert!(screen.contains("Price list PDF, 5 markets"), "{screen}");
    assert!(!screen.contains("Owen"), "{screen}");
    stage.keys("2 / \"needs for\" enter");
    assert!(stage.screen().contains("What ····· needs"), "{}", stage.screen());
}

/// The list, page and form of the meeting that has an if-then.
const WAYS_TO_IT: [&str; 3] = ["4 g g j", "4 g g j enter", "4 g g j e"];

#[test]
fn what_is_meant_for_a_room_is_on_no_presented_screen_and_is_not_written_over() {
    for size in [(80, 24), (120, 36), (160, 45)] {
        let mut stage = Stage::demo(size);
        let mut said = 0;
        for keys in WAYS_TO_IT {
            said += usize::from(shown(&mut stage, keys).contains("If asked how many"));
        }
        assert!(said > 2, "only {said} screens say it at all, so this would prove little");
        stage.keys("f5");
        for keys in WAYS_TO_IT {
            let screen = shown(&mut stage, keys);
            let told = screen.contains("If asked how many") || screen.contains("How many assets is that");
            assert!(!told, "{size:?} {keys}: {screen}");
        }
        let before = stage.0.0.desk.history(None).unwrap().len();
        for keys in ["4 g g j i", "4 g g j j r", "4 g g j j enter r"] {
            stage.keys(keys);
            assert!(stage.screen().contains("hidden while you present"), "{keys}: {}", stage.screen());
            stage.keys("enter esc esc");
        }
        assert_eq!(stage.0.0.desk.history(None).unwrap().len(), before);
        stage.keys("f5");
        assert!(shown(&mut stage, "4 g g j enter").contains("If asked how many"));
    }
}

#[test]
fn whoever_comes_in_while_something_is_typed_sees_nothing_of_it() {
    let mut stage = Stage::demo((120, 36));
    for (keys, words) in [("4 g g j j r 3", "Brand council"), ("2 e \"Winter boots\"", "Winter boots")] {
        stage.keys(keys);
        assert!(stage.screen().contains(words), "{keys}: {}", stage.screen());
        stage.keys("f5");
        let screen = stage.screen();
        assert!(stage.0.0.app.overlays.is_empty() && screen.contains("PRESENTING"), "{screen}");
        assert!(screen.contains("what you typed is kept"), "{screen}");
        stage.keys("f5");
    }
    stage.keys("2 e");
    assert!(stage.screen().contains("Winter boots"), "{}", stage.screen());
}
