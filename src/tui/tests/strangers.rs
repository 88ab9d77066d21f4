//! Names in a filter that nobody has: told below it while it is typed, and taken all the same.

use super::Stage;

#[test]
fn a_name_that_nobody_has_is_told_under_its_word_and_does_not_hold_the_filter_up() {
    let mut stage = Stage::demo((120, 36));
    let known = stage.0.0.desk.store.people().unwrap();
    let handle = known.iter().map(|person| person.handle.as_str()).find(|handle| handle.len() == 3).unwrap();
    stage.keys(&format!("2 / \"@{handle}\""));
    assert!(!stage.screen().contains("nobody is called"), "{}", stage.screen());
    let wrong = format!("{handle}x");
    stage.keys("x");
    let told = format!("nobody is called `{wrong}`; did you mean `{handle}");
    assert!(stage.screen().contains(&told), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.0.0.app.overlays.is_empty(), "it is taken: {}", stage.screen());
    assert!(stage.screen().contains(&format!("fit: @{wrong}")), "{}", stage.screen());
}

#[test]
fn every_pane_and_board_tells_a_name_that_nobody_has() {
    let mut stage = Stage::demo((120, 36));
    for (keys, told) in [
        ("2 / \"requester:marcsu\"", "nobody here is called `marcsu`; did you mean `Marcus"),
        ("3 / \"@annna\"", "nobody is called `annna`"),
        ("4 / \"with:owne\"", "nobody here is called `owne`; did you mean `Owen"),
        ("5 / \"@marcsu\"", "nobody here is called `marcsu`; did you mean `Marcus"),
        ("7 / \"who:marcsu\"", "nobody here is called `marcsu`; did you mean `Marcus"),
    ] {
        stage.keys(keys);
        assert!(stage.screen().contains(told), "{keys}: {}", stage.screen());
        stage.keys("esc");
    }
}

#[test]
fn a_requester_that_nobody_is_called_is_told_with_who_comes_near_and_taken_all_the_same() {
    for keys in ["2 a", "2 m"] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(keys);
        stage.paste("Poster from:\"Owen Pryce\"");
        let told = "no stakeholder is called `Owen Pryce`; did you mean S-3 Owen Price?";
        assert!(stage.screen().contains(told), "{keys}: {}", stage.screen());
        stage.keys("enter");
        assert!(stage.0.0.snapshot.rows.iter().any(|row| row.request.requester == "Owen Pryce"), "{keys}");
        stage.keys(keys);
        stage.paste("Poster from:\"Owen Price\"");
        assert!(!stage.screen().contains("no stakeholder"), "{keys}: {}", stage.screen());
    }
}

#[test]
fn a_name_of_two_asks_which_of_them_is_meant() {
    let mut stage = Stage::demo((120, 36));
    for name in ["Robert Kral", "Robert Sol"] {
        stage.keys(&format!("g n \"{name}\" ctrl-s"));
    }
    let before = stage.contents();
    for keys in ["2 a \"Film @rob\"", "enter"] {
        stage.keys(keys);
        let screen = stage.screen();
        assert!(
            screen.contains("`rob` could be @robert (Robert Kral) or @robertsol (Robert Sol)"),
            "{screen}"
        );
    }
    assert_eq!(stage.contents(), before);
}
