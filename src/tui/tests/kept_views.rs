//! Saved views that are made from the cockpit: from what is set, by keys, into the configuration, and there at once.

use tempfile::TempDir;

use super::Stage;
use crate::config;
use crate::domain::view::{ListKind, View};
use crate::tui::run_loop::surroundings::Configuration;
use crate::tui::view::theme::{Depth, Theme};

const MINE: &str =
    "# mine\n[views.x] # why\nfilter = \"tier:4\"\nletter = \"x\"\n\n[team] # short days\nday_hours = 7\n";

/// A cockpit whose configuration lies in a file, which is not there yet without a text.
fn stage(folder: &TempDir, text: Option<&str>) -> Stage {
    let path = folder.path().join("kept").join("config.toml");
    if let Some(text) = text {
        std::fs::create_dir_all(folder.path().join("kept")).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let theme = Theme::new(Depth::Many, false);
    let mut stage =
        Stage::configured((120, 36), theme, text.unwrap_or_default(), |desk| desk.fill_demo().unwrap());
    stage.0.0.configuration = Configuration::at(Some(path));
    stage
}

fn written(folder: &TempDir) -> String {
    std::fs::read_to_string(folder.path().join("kept").join("config.toml")).unwrap()
}

fn kept(folder: &TempDir, name: &str) -> View {
    let loaded = config::load(&folder.path().join("kept").join("config.toml"));
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    loaded.config.views.iter().find(|view| view.name == name).unwrap_or_else(|| panic!("{name}")).clone()
}

#[test]
fn what_is_set_is_saved_as_a_view_behind_the_rest_and_works_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(&folder, Some(MINE));
    stage.keys("2 / \"is:late tier:1|2\" enter : \"order -due\" enter");
    let shown = stage.0.0.app.intake.marked_or_shown(&stage.0.0.snapshot);
    stage.keys("R +");
    assert!(stage.screen().contains("Save what is set here as a view of requests"), "{}", stage.screen());
    // Names and letters that are taken are refused on their fields, with what was typed still there.
    stage.keys("\"Late\" ctrl-s");
    assert!(stage.screen().contains("there is a view late already, of requests"), "{}", stage.screen());
    stage.keys("ctrl-u \"big fires\" down \"l\" ctrl-s");
    assert!(stage.screen().contains("`l` opens late already"), "{}", stage.screen());
    stage.keys("ctrl-u \"b\" ctrl-s");
    assert!(
        stage.screen().contains("saved the view big fires of requests  ·  R b shows it"),
        "{}",
        stage.screen()
    );
    assert_eq!(
        written(&folder),
        format!(
            "{MINE}\n[views.\"big fires\"]\nfilter = \"is:late tier:1|2\"\norder = \"-due\"\nletter = \"b\"\n"
        )
    );
    stage.keys("esc g o 0");
    assert!(!stage.screen().contains("fit"), "{}", stage.screen());
    for keys in ["R b", ": \"view big fires\" enter"] {
        stage.keys("esc").keys(keys);
        assert!(stage.screen().contains("view:\"big fires\""), "{}", stage.screen());
        assert!(stage.screen().contains("by due, backwards"), "{}", stage.screen());
        assert_eq!(stage.0.0.app.intake.marked_or_shown(&stage.0.0.snapshot), shown);
    }
    stage.keys("esc ? \"big fires\"");
    assert!(stage.screen().contains("Show the view big fires: is:late tier:1|2"), "{}", stage.screen());
}

#[test]
fn every_list_has_its_views_saved_and_the_configuration_is_begun_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(&folder, None);
    for (name, list, keys, filter) in [
        ("a", ListKind::People, "3 / \"over:forced\" enter : \"order over\" enter", "over:forced"),
        ("b", ListKind::Meetings, "4 / \"kind:team\" enter : \"order title\" enter", "kind:team"),
        ("c", ListKind::Outcomes, "5 / \"target:none\" enter : \"order due\" enter", "target:none"),
        ("d", ListKind::Risks, "6 / \"weight:>0\" enter", "weight:>0"),
        // Narrowed by words behind a view: what that shows is written out, with its columns.
        (
            "e",
            ListKind::Promises,
            "7 : \"view owed by us\" enter / ctrl-e \" due:<4w\" enter",
            "is:open way:to due:<4w",
        ),
    ] {
        stage.keys(keys).keys(&format!("g v \"{name}\" ctrl-s"));
        let view = kept(&folder, name);
        assert_eq!((view.list, view.filter.as_str()), (list, filter), "{}", stage.screen());
        assert_eq!(view.order.is_some(), name != "d", "{view:?}");
        assert_eq!(view.columns.is_empty(), name != "e", "{view:?}");
        stage.keys(&format!("esc : \"view {name}\" enter"));
        assert!(stage.screen().contains(&format!("view:{name}")), "{}", stage.screen());
        stage.keys("esc");
    }
    assert!(written(&folder).starts_with("[views.a]\nlist = \"people\"\n"), "{}", written(&folder));
}

#[test]
fn a_view_of_ones_own_is_changed_and_removed_and_a_shipped_one_is_not_offered() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(&folder, Some(MINE));
    stage.keys("2 R =");
    assert!(!stage.screen().contains("closed"), "{}", stage.screen());
    stage.keys("x");
    assert!(stage.screen().contains("Change the view x of requests"), "{}", stage.screen());
    stage.keys("ctrl-u \"small\" down down ctrl-u \"tier:3|4\" ctrl-s");
    let changed =
        MINE.replace("[views.x] # why\nfilter = \"tier:4\"", "[views.small]\nfilter = \"tier:3|4\"");
    assert_eq!(written(&folder), changed);
    stage.keys("R x");
    assert!(stage.screen().contains("view:small"), "{}", stage.screen());
    stage.keys("R - x");
    assert_eq!(written(&folder), "# mine\n\n[team] # short days\nday_hours = 7\n");
    assert!(stage.screen().contains("removed the view small  ·  u puts it back"), "{}", stage.screen());
    assert!(stage.screen().contains("fit: tier:3|4"), "what it showed is still shown: {}", stage.screen());
    stage.keys("R");
    assert!(!stage.screen().contains("remove one"), "{}", stage.screen());
}

#[test]
fn where_the_configuration_cannot_be_written_the_form_comes_back_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("kept"), "a file where a folder has to be").unwrap();
    let mut stage = stage(&folder, None);
    stage.keys("2 / \"is:late\" enter g v \"fires\" ctrl-s");
    let screen = stage.screen();
    assert!(screen.contains("cannot be written") && screen.contains("fires"), "{screen}");
    assert!(screen.contains("Save what is set here"), "{screen}");
    assert!(stage.0.0.desk.config.views.iter().all(|view| view.name != "fires"));
    // In a studio without a configuration it holds as long as the cockpit.
    stage.0.0.configuration = Configuration::default();
    stage.keys("ctrl-s");
    assert!(stage.screen().contains("kept until this cockpit is left"), "{}", stage.screen());
    stage.keys("esc : \"view fires\" enter");
    assert!(stage.screen().contains("view:fires"), "{}", stage.screen());
}

#[test]
fn a_view_that_is_shown_goes_on_being_shown_by_its_new_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(&folder, Some(MINE));
    stage.keys("2 R x R = x");
    stage.keys("ctrl-u \"small\" ctrl-s");
    assert!(stage.screen().contains("view:small"), "{}", stage.screen());
    stage.keys("R - x");
    assert!(stage.screen().contains("fit: tier:4"), "{}", stage.screen());
}

#[test]
fn a_file_that_is_locked_or_faulty_is_left_alone_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let faulty = format!("{MINE}[look\n");
    let mut stage = stage(&folder, Some(MINE));
    let path = folder.path().join("kept").join("config.toml");
    std::fs::write(&path, &faulty).unwrap();
    stage.keys("2 / \"is:late\" enter g v \"mine\" ctrl-s");
    assert!(stage.screen().contains("it has a fault in line"), "{}", stage.screen());
    assert_eq!(written(&folder), faulty);
    std::fs::write(&path, MINE).unwrap();
    let mut mode = path.metadata().unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&path, mode).unwrap();
    stage.keys("ctrl-s");
    assert!(stage.screen().contains("it is locked against writing"), "{}", stage.screen());
    assert_eq!(written(&folder), MINE);
}

#[test]
fn what_was_done_to_views_is_undone_in_its_turn_and_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(&folder, Some(MINE));
    stage.keys("2 R - x");
    assert!(stage.screen().contains("removed the view x  ·  u puts it back"), "{}", stage.screen());
    // What was written since is undone first.
    stage.keys("2 t 3");
    let before = stage.contents();
    stage.keys("u");
    assert_ne!(stage.contents(), before);
    assert!(!written(&folder).contains("views.x"));
    stage.keys("u");
    assert!(stage.screen().contains("Undid: removed the view x  ·  U does it again"), "{}", stage.screen());
    assert_eq!(written(&folder), MINE, "with the notes in it");
    stage.keys("R x");
    assert!(stage.screen().contains("view:x"), "{}", stage.screen());
    stage.keys("U");
    assert!(!written(&folder).contains("views.x"), "{}", stage.screen());
    stage.keys("U");
    assert_eq!(stage.contents(), before, "{}", stage.screen());
    // A file that was edited meanwhile keeps that, and gets the view back all the same.
    stage.keys("u");
    let path = folder.path().join("kept").join("config.toml");
    std::fs::write(&path, written(&folder) + "# edited\n").unwrap();
    stage.keys("u");
    assert!(written(&folder).contains("# edited") && kept(&folder, "x").filter == "tier:4");
    // Saving and changing are undone alike.
    stage.keys("esc / \"is:late\" enter g v \"fires\" ctrl-s u");
    assert!(stage.screen().contains("Undid: saved the view fires"), "{}", stage.screen());
    assert!(!written(&folder).contains("fires"));
    stage.keys("U");
    assert_eq!(kept(&folder, "fires").filter, "is:late");
    // What was written after an undo is what the next undo is about, and its redo as well.
    stage.keys("u t 2");
    let changed = stage.contents();
    stage.keys("u U");
    assert_eq!(stage.contents(), changed, "{}", stage.screen());
    assert!(!written(&folder).contains("fires"));
}

#[test]
fn nothing_that_is_set_is_not_saved_as_a_view() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(&folder, Some(MINE));
    stage.keys("2 R + \"all\" ctrl-s");
    assert!(stage.screen().contains("it would show everything"), "{}", stage.screen());
    assert_eq!(written(&folder), MINE);
    stage.keys("\"is:late\" ctrl-s");
    assert_eq!(kept(&folder, "all").filter, "is:late", "{}", stage.screen());
}
