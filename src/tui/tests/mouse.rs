//! A click chooses what is drawn where it hits, and once more follows it, on panes and on what lies over them.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::Stage;

fn mouse(stage: &mut Stage, kind: MouseEventKind, row: u16) {
    let event = MouseEvent { kind, column: 5, row, modifiers: KeyModifiers::NONE };
    let effects = stage.0.0.app.mouse(event, &stage.0.0.snapshot);
    for effect in effects {
        stage.0.0.perform(effect);
    }
}

/// Clicks on the first row that says something.
fn click(stage: &mut Stage, text: &str) {
    let screen = stage.screen();
    let row = screen.lines().position(|line| line.contains(text));
    assert!(row.is_some(), "no {text} in {screen}");
    let row = row.and_then(|row| u16::try_from(row).ok()).unwrap();
    mouse(stage, MouseEventKind::Down(MouseButton::Left), row);
}

#[test]
fn a_click_chooses_and_the_next_one_follows_wherever_a_list_is() {
    for (open, text, then) in [
        ("", "R-12 ", "Poster A2 + A3 for stores"),
        ("5", "O-3 ", "One launch look in 5 markets"),
        ("g p", "chidi ", "Chidi Okafor"),
        ("s", "R-35", "R-35"),
        ("?", "Set the due day", "Due when?  R-3"),
        ("T", "O-2    ", "R-3"),
    ] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(open);
        click(&mut stage, text);
        let overlays = stage.0.0.app.overlays.len();
        let chosen = stage.screen();
        click(&mut stage, text);
        let now = stage.screen();
        assert!(now != chosen && now.contains(then), "{open}: {now}");
        assert!(open == "T" || stage.0.0.app.overlays.len() >= overlays, "{open}: {now}");
    }
}

#[test]
fn a_click_beside_a_list_changes_nothing() {
    for open in ["g p", "s", "?", "H", "j @", "a \"Film\"", "e"] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(open);
        let before = stage.screen();
        for row in [0, 1, 2, 34, 35] {
            mouse(&mut stage, MouseEventKind::Down(MouseButton::Left), row);
        }
        assert_eq!(stage.screen(), before, "{open}");
    }
}

#[test]
fn the_wheel_moves_what_lies_on_top_and_never_what_lies_below() {
    for open in ["a \"Film\"", "?", "H", "enter", "t"] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(open);
        for _ in 0..4 {
            mouse(&mut stage, MouseEventKind::ScrollDown, 5);
        }
        let below = stage.0.0.app.intake.selected();
        let untouched = Stage::demo((120, 36)).0.0.app.intake.selected();
        assert_eq!(below, untouched, "{open}");
    }
}
