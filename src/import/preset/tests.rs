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
    let presets = Presets::new(&[("Asana.toml".to_owned(), text.to_owned())]).unwrap();
    assert_eq!(presets.get("asana").unwrap().title, "Ours");
    assert_eq!(
        naming(presets.get("asana").unwrap()).unwrap(),
        "it takes the place of the program's own `asana`"
    );
}

#[test]
fn a_preset_of_the_user_is_called_as_its_file_is() {
    let copy = Presets::built_in_text("asana").unwrap();
    let presets = Presets::new(&[("mine.toml".to_owned(), copy.to_owned())]).unwrap();
    assert_eq!(presets.get("mine").unwrap().title, presets.get("asana").unwrap().title);
    assert_eq!(presets.get("asana").unwrap().name, "asana", "the program's own stays");
    let told = "the name in it is `asana`; it is used as `mine`, as its file is called";
    assert_eq!(naming(presets.get("mine").unwrap()).unwrap(), told);
    // By the name within it is found as well, as long as no other is called so.
    let named = copy.replace("name = \"asana\"", "name = \"studio\"");
    let presets = Presets::new(&[("mine.toml".to_owned(), named)]).unwrap();
    assert_eq!(presets.get("Studio").unwrap().name, "mine");
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
    let error = Preset::read("x.toml", "x = [").unwrap_err().to_string();
    assert!(error.starts_with("preset x.toml: line 1, column ") && !error.contains(['\n', '^']), "{error}");
}

#[test]
fn an_unknown_preset_names_the_nearest() {
    let error = Presets::new(&[]).unwrap().get("jira").unwrap_err();
    assert!(error.to_string().contains("jira-cloud"), "{error}");
}

#[test]
fn a_preset_is_found_however_its_file_is_written() {
    let text = "name = 'Jira-Cloud'\ntitle = 'Ours'\nsource = 'ours'\n";
    let presets = Presets::new(&[("Jira-Cloud.toml".to_owned(), text.to_owned())]).unwrap();
    for name in ["jira-cloud", "Jira-Cloud", " JIRA-CLOUD "] {
        assert_eq!(
            presets.get(name).map(|preset| preset.title.as_str()).unwrap_or_default(),
            "Ours",
            "{name}"
        );
    }
    assert_eq!(presets.get("jira-cloud").unwrap().said_name, "");
}
