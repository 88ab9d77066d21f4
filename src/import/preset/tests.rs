//! Presets as data: what is read of them, and how mistakes are told.

use super::*;

#[test]
fn our_own_presets_are_sound() {
    let presets = Presets::new(&[]).unwrap();
    assert_eq!(presets.iter().count(), BUILT_IN.len());
    assert!(presets.common().unwrap().columns.contains_key(&Field::TITLE));
    for preset in presets.iter() {
        assert!(Presets::built_in_text(&preset.name).is_some(), "{}", preset.name);
        assert!(preset.name == COMMON || !preset.signature.is_empty(), "{} knows every file", preset.name);
    }
}

#[test]
fn a_preset_of_the_user_comes_first() {
    let text = "name = 'asana'\ntitle = 'Ours'\nsource = 'asana'\n[columns]\ntitle = ['Job']\n";
    let presets = Presets::new(&[("mine.toml".to_owned(), text.to_owned())]).unwrap();
    assert_eq!(presets.get("asana").unwrap().title, "Ours");
}

#[test]
fn depth_and_length_are_bounded_and_named() {
    for (text, expected) in [
        (format!("name = 'x'\nstages{} = 1\n", ".a".repeat(400_000)), "line 2: nested too deeply"),
        (format!("\n\nx = {}", "[".repeat(400_000)), "line 3: nested too deeply"),
        (format!("#{}", "x".repeat(bounds::SETTINGS)), "a preset holds at most 1 MiB"),
    ] {
        let message = Preset::read("own.toml", &text).unwrap_err().to_string();
        assert!(message.contains(expected) && message.len() < 200, "{message}");
    }
    // The reader of TOML shows the line that it found wrong, however long that is.
    let text = format!("\"\"\"{}\n", "1979-05-27".repeat(400));
    let message = Preset::read("own.toml", &text).unwrap_err().to_string();
    assert!(message.len() < 2 * READABLE, "{} bytes", message.len());
}

#[test]
fn mistakes_name_line_and_key() {
    let head = "name = 'x'\ntitle = 'x'\nsource = 'x'\n";
    for (rest, expected) in [
        ("colums = 1\n", "colums"),
        ("[columns]\ntitel = ['Job']\n", "titel"),
        ("[columns]\ntier = ['T']\n", "`tier` is not a field"),
        ("[stages]\ndone = 'finished'\n", "finished"),
        ("date_order = 'us'\n", "month-first"),
    ] {
        let error = Preset::read("x.toml", &format!("{head}{rest}")).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains("line"), "{error}");
    }
}

#[test]
fn an_unknown_preset_names_the_nearest() {
    let error = Presets::new(&[]).unwrap().get("jira").unwrap_err();
    assert!(error.to_string().contains("jira-cloud"), "{error}");
}
