//! The house: layers that keep apart, and budgets that fail the check instead of the mood.

mod budgets;
mod circles;
mod declared;
mod dependencies;
mod source;
mod words;

use std::fs;
use std::path::PathBuf;

use source::sources;

const FILE_LIMIT: usize = 600;
const FILE_P95: usize = 400;
const FILE_MEDIAN: usize = 170;

/// What a layer may name besides itself.
const LAYERS: [(&str, &[&str]); 11] = [
    ("domain", &["domain"]),
    ("plain", &[]),
    ("config", &["domain"]),
    ("store", &["domain"]),
    ("import", &["domain"]),
    ("export", &["domain", "plain"]),
    ("ops", &["domain", "store", "import", "export", "config", "plain"]),
    ("foreign", &["domain", "ops"]),
    ("cli", &["domain", "store", "import", "export", "config", "plain", "ops", "foreign", "tui"]),
    ("tui", &["domain", "store", "export", "config", "plain", "ops", "foreign"]),
    ("main", &[]),
];

/// Crates that only one layer may name.
const OWNED: [(&str, &[&str]); 7] = [
    ("rusqlite", &["store"]),
    ("ratatui", &["tui", "testkit"]),
    ("crossterm", &["tui"]),
    ("clap", &["cli"]),
    ("calcard", &["import"]),
    ("mail_parser", &["import"]),
    ("tui_input", &["tui"]),
];

#[test]
fn layers_name_only_what_lies_below_them() {
    for source in sources() {
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == source.layer) else { continue };
        for (at, _) in source.shipped().match_indices("crate::") {
            let text = source.shipped();
            let named: String =
                text[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let is_layer = LAYERS.iter().any(|(layer, _)| *layer == named);
            let is_fine = named == source.layer || allowed.contains(&named.as_str()) || !is_layer;
            assert!(is_fine, "{}: {} may not name crate::{named}", source.path.display(), source.layer);
        }
    }
}

#[test]
fn some_crates_are_named_in_one_layer_only() {
    for source in sources() {
        let text = source.shipped();
        for (name, owners) in OWNED {
            let is_named = text.contains(&format!("{name}::")) || text.contains(&format!("use {name}"));
            assert!(
                !is_named || owners.contains(&source.layer.as_str()),
                "{} names {name}",
                source.path.display()
            );
        }
    }
}

#[test]
fn the_domain_has_no_clock_no_files_and_no_environment() {
    for source in sources().iter().filter(|source| source.layer == "domain") {
        let text = source.shipped();
        for word in [
            "Utc::now",
            "Local::",
            "SystemTime",
            "Instant::now",
            "std::fs",
            "std::env",
            "std::io",
            "println!",
        ] {
            assert!(!text.contains(word), "{} names {word}", source.path.display());
        }
    }
}

#[test]
fn panes_and_overlays_never_see_the_store_and_drawing_never_mutates() {
    for source in sources().iter().filter(|source| source.layer == "tui") {
        let text = source.shipped();
        let path = source.path.to_string_lossy().into_owned();
        let is_part = path.contains("panes") || path.contains("overlays") || path.contains("view");
        assert!(!is_part || !text.contains("Store::") && !text.contains("Desk"), "{path} sees the store");
        let draws = text.match_indices("fn draw(").map(|(at, _)| &text[at..text.len().min(at + 40)]);
        for draw in draws {
            assert!(!draw.contains("&mut self"), "{path} draws with &mut self");
        }
        let may = path.contains("view/theme");
        let names_colour = text.contains("Color::") && !may;
        assert!(!names_colour, "{path} names a colour; the theme does");
    }
}

/// A receipt that is put together by hand can differ from its figure. What the load finds by its truth test is not
/// counted from facts of a span, and says so itself.
#[test]
fn figures_and_their_receipts_come_from_one_value() {
    const BY_THEMSELVES: [&str; 4] =
        ["domain/document.rs", "domain/measures/measured.rs", "ops/docs/load.rs", "ops/docs/brief/ask.rs"];
    for source in
        sources().iter().filter(|source| ["domain", "ops", "cli", "tui"].contains(&source.layer.as_str()))
    {
        let path = source.path.to_string_lossy().into_owned();
        let text = source.shipped();
        let makes_one = text.match_indices("Figure {").any(|(at, _)| {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let line = text[..at].rsplit('\n').next().unwrap_or("");
            !before.is_alphanumeric()
                && !["struct ", "enum ", "impl ", "-> "].iter().any(|word| line.ends_with(word))
        });
        assert!(!makes_one || BY_THEMSELVES.contains(&path.as_str()), "{path} puts a receipt together");
        // Cases are picked and counted where figures have their home.
        for counted in ["RiskEnd::Happened", "is_shaped(", "tier.number() <= 1"] {
            let has_home = path.starts_with("domain/measures")
                || path == "domain/friction.rs"
                || path == "domain/influence.rs";
            assert!(has_home || !text.contains(counted), "{path} counts {counted}");
        }
    }
}

#[test]
fn files_keep_their_budget() {
    let mut lengths: Vec<(usize, PathBuf)> =
        sources().into_iter().map(|source| (source.text.lines().count(), source.path)).collect();
    lengths.sort();
    let (longest, path) = lengths.last().unwrap();
    assert!(*longest <= FILE_LIMIT, "{} has {longest} lines", path.display());
    let at = |percent: usize| lengths[(lengths.len() - 1) * percent / 100].0;
    assert!(at(95) <= FILE_P95, "95 % of the files should stay within {FILE_P95} lines; it is {}", at(95));
    assert!(
        at(50) <= FILE_MEDIAN,
        "half of the files should stay within {FILE_MEDIAN} lines; it is {}",
        at(50)
    );
}

/// A mode that is switched on elsewhere is one that the guard does not switch off.
#[test]
fn private_modes_of_the_terminal_stand_in_one_table() {
    const ELSEWHERE: [&str; 9] = [
        "[?",
        "EnterAlternateScreen",
        "EnableMouseCapture",
        "EnableBracketedPaste",
        "EnableFocusChange",
        "PushKeyboardEnhancementFlags",
        "BeginSynchronizedUpdate",
        "cursor::Hide",
        "SetCursorStyle",
    ];
    for source in sources().iter().filter(|source| !source.path.ends_with("tui/terminal/modes.rs")) {
        let text = source.shipped();
        for word in ELSEWHERE.into_iter().chain(["SetTitle"]) {
            assert!(!text.contains(word), "{} has {word}", source.path.display());
        }
    }
}

#[test]
fn nothing_is_allowed_postponed_or_taken_for_granted() {
    for source in sources() {
        let text = source.shipped();
        for word in [
            "#[allow",
            "#![allow",
            "#[expect",
            "todo!",
            "unimplemented!",
            "TODO",
            "FIXME",
            ".unwrap()",
            "dbg!",
        ] {
            assert!(!text.contains(word), "{} has {word}", source.path.display());
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "{} does not say what it is for", source.path.display());
    }
}

/// Names in braces in what is said with keys; `format!` knows no names with hyphens.
fn named_in_hints(text: &str) -> Vec<String> {
    const SAID: [&str; 5] = [".say(", ".hinting(", "Line::todo(", "empty(", "let hint = "];
    let braces = |text: &str| -> Vec<String> {
        let parts = text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned()));
        let is_name =
            |name: &String| !name.is_empty() && name.chars().all(|c| c == '-' || c.is_ascii_lowercase());
        parts.filter(is_name).collect()
    };
    let hyphened = braces(text).into_iter().filter(|name| name.contains('-'));
    let said = SAID.iter().flat_map(|call| text.split(call).skip(1)).flat_map(|after| {
        let literal = after.trim_start().strip_prefix('"').and_then(|text| text.split('"').next());
        braces(literal.unwrap_or_default())
    });
    hyphened.chain(said).collect()
}

/// Keys mean actions, through the keymap; a raw key is seen only where something is typed.
#[test]
fn panes_and_overlays_see_keys_only_where_something_is_typed() {
    const TYPED: [(&str, &str); 4] = [
        ("tui/overlays.rs", "what a letter is"),
        ("tui/overlays/menu.rs", "the letters that stand beside choices"),
        ("tui/overlays/reflect.rs", "answers by digit and letter"),
        ("tui/overlays/form/editor.rs", "a whole letter is deleted"),
    ];
    for source in sources() {
        let path = source.path.to_string_lossy().into_owned();
        let text = source.shipped();
        let is_part = path.starts_with("tui/overlays") || path.starts_with("tui/panes");
        let is_typed = TYPED.iter().any(|(known, _)| *known == path);
        assert!(
            !is_part || is_typed == text.contains("KeyCode::"),
            "{path} matches on keys, or no longer does"
        );
        // The keymap tells how keys are written.
        let may = source.layer != "tui" || path == "tui/app/keymap.rs";
        let spelled = text.lines().filter(|line| !line.trim_start().starts_with("//")).find(|line| {
            let said = line.split('"').skip(1).step_by(2);
            let is_key = |word: &str| ["Enter", "Esc", "Tab"].contains(&word) || word.starts_with("Ctrl+");
            said.flat_map(|said| said.split(' ')).any(is_key)
        });
        assert!(may || spelled.is_none(), "{path} spells a key: {}", spelled.unwrap_or_default());
    }
}

#[test]
fn hints_name_actions_that_there_are() {
    let example = fs::read_to_string("config.example.toml").unwrap();
    let keys = example.split_once("[keys]").unwrap().1;
    let actions: Vec<&str> = keys.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    let mut named = 0;
    for source in sources().iter().filter(|source| ["ops", "tui"].contains(&source.layer.as_str())) {
        for name in named_in_hints(&source.shipped()) {
            assert!(actions.contains(&name.as_str()), "{} hints at {name}", source.path.display());
            named += 1;
        }
    }
    assert!(named > 40, "only {named} hints were found");
}

#[test]
fn every_column_of_a_list_has_a_name() {
    let mut columns = 0;
    for source in sources() {
        for line in source.text.lines().filter(|line| line.contains("ListColumn::") && line.contains('"')) {
            columns += 1;
            // Marks stand in one or two letters, which are spelled out in the last line of the pane.
            let is_marks = line.contains("\"\", 1)") || line.contains("\"\", 2)");
            assert!(is_marks || !line.contains("\"\""), "{}: {line}", source.path.display());
        }
    }
    assert!(columns > 40, "{columns} columns were found");
}
