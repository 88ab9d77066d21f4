//! The palette: found by other people's words, nothing found that does not fit, nothing run that cannot be.

use super::Stage;
use super::screens::{expect_at_all_sizes, expect_text};
use crate::tui::app::App;
use crate::tui::app::action::{Action, TABLE};
use crate::tui::app::keymap::Keymap;
use crate::tui::overlays::palette::reach::{ActionReach, home};
use crate::tui::view::list::Step;

/// What is found, line by line, below the names of the columns.
fn lines(stage: &Stage) -> Vec<String> {
    let screen = stage.screen();
    let body = screen.split("--- styles").next().unwrap_or_default().trim_end().lines();
    let lines: Vec<String> = body.map(|line| line.trim().to_owned()).collect();
    // Where nothing was found, no columns are named below the line that is typed.
    let below = |mark: &str| lines.iter().position(|line| line.starts_with(mark));
    let head = below("key, mark").or_else(|| below("›")).unwrap_or_default();
    lines[head + 1..lines.len() - 2].iter().filter(|line| !line.is_empty()).cloned().collect()
}

/// Lines as one text, without the place at the end of each first one.
fn running(lines: &[String]) -> String {
    let text = |line: &String| {
        let mut cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        if cells.len() > 1 {
            cells.pop();
        }
        cells.join(" ")
    };
    lines.iter().map(text).collect::<Vec<String>>().join(" ")
}

/// What the palette of a fresh cockpit finds by some words.
fn find(stage: &mut Stage, way: &str, words: &str) -> Vec<String> {
    restart(stage, way);
    stage.keys("?");
    let cockpit = &mut stage.0.0;
    cockpit.app.paste(words, &cockpit.snapshot);
    lines(stage)
}

fn restart(stage: &mut Stage, way: &str) {
    let cockpit = &mut stage.0.0;
    let keymap = Keymap::new(&cockpit.desk.config).0;
    cockpit.app = App::new(keymap, cockpit.app.theme, cockpit.desk.today());
    cockpit.app.resize((200, 60), &cockpit.snapshot);
    stage.keys(way);
}

/// Words as a person tries them who comes from other tools, and what has to be among the first lines.
const WORDS: &[(&str, &str)] = &[
    ("search", "Show only what fits some words"),
    ("find", "Show only what fits some words"),
    ("delete", "Decline it with a reason"),
    ("delete", "Forget its words for good"),
    ("delete task", "Decline it with a reason"),
    ("remove", "Decline it with a reason"),
    ("split", "hours are shared among people by @"),
    ("split", "Assign it to somebody"),
    ("merge", "Requests are not merged"),
    ("import", "Import requests"),
    ("csv", "Import requests"),
    ("legend", "Late: its day has passed"),
    ("marks", "Late: its day has passed"),
    ("symbols", "Late: its day has passed"),
    ("colours", "Colours follow the terminal"),
    ("colors", "Red cannot work as it stands"),
    ("n 1", "Counted from so many cases"),
    ("n 15", "Counted from so many cases"),
    ("1 day taken from the plan", "Nobody opened this program"),
    ("◆", "how much of the time until its day"),
    ("35/42", "of fewer than five requests"),
    ("sort", "Order this list by a column"),
    ("order", "Order this list by a column"),
    ("drag", "Rows are not moved by hand"),
    ("mine to decide", "Show the view mine to decide"),
    ("view at risk", "Show the view at risk"),
    ("dark mode", "`theme`"),
    ("priority", "Set the tier"),
    ("done", "Move it to the next stage"),
    ("finish", "Move it to a stage"),
    ("close", "Move it to a stage"),
    ("mark as done", "Move it to the next stage"),
    ("comment", "Edit its fields in a form"),
    ("note", "Edit its fields in a form"),
    ("deadline", "Set the due day"),
    ("date", "Set the due day"),
    ("rename", "Edit its fields in a form"),
    ("assign", "Assign it to somebody"),
    ("owner", "Assign it to somebody"),
    ("unassign", "Take it from everybody"),
    ("vacation", "Say that somebody is away"),
    ("holiday", "Add a day off for everybody"),
    ("sick", "Say that somebody is away"),
    ("undo", "Undo the last change"),
    ("revert", "Undo the last change"),
    ("oops", "Undo the last change"),
    ("redo", "Do again what was undone"),
    ("copy", "Copy it as one line"),
    ("share", "Copy it as one line"),
    ("export", "Everything: `tablesetter export`"),
    ("print", "for a page to print"),
    ("quit", "quit from the cockpit"),
    ("exit", "quit from the cockpit"),
    ("save", "Nothing has to be saved"),
    ("settings", "tablesetter config init"),
    ("configuration", "tablesetter config init"),
    ("theme", "Colours follow the terminal"),
    ("dark", "Colours follow the terminal"),
    ("reminder", "Meetings remind by themselves"),
    ("archive", "stage:closed"),
    ("snooze", "Set the due day"),
    ("approve", "Move it to the next stage"),
    ("reject", "Decline it with a reason"),
    ("new", "Add what this list holds"),
    ("create", "Add what this list holds"),
    ("task", "Add what this list holds"),
    ("ticket", "Add what this list holds"),
    ("bug", "Add what this list holds"),
    ("template", "There are no templates"),
    ("report", "Prepare the standup by exception"),
    ("metrics", "figures of the header"),
    ("capacity", "Show the load alone"),
    ("workload", "Show the load alone"),
    ("calendar", "Show the meetings alone"),
    ("meeting", "Show the meetings alone"),
    ("1:1", "Show the meetings alone"),
    ("tag", "Change the marked ones by one line of words"),
    ("label", "Change the marked ones by one line of words"),
    ("filter", "Show only what fits some words"),
    ("view", "Show only what fits some words"),
    ("group", "Change between people and disciplines"),
    ("zoom", "Give this pane the whole screen"),
    ("fullscreen", "Give this pane the whole screen"),
    ("full screen", "Give this pane the whole screen"),
    ("refresh", "Draw everything anew"),
    ("reload", "Draw everything anew"),
    ("help", "Show every action here"),
    ("shortcuts", "Show every action here"),
    ("estimate", "Estimate it in hours"),
    ("story points", "Estimate it in hours"),
    ("status", "Move it to a stage"),
    ("blocked", "Block it with a reason"),
    ("goal", "Say what will be different"),
    ("select all", "Mark all that are shown"),
    ("bulk edit", "Change the marked ones"),
    ("time tracking", "Time is not clocked"),
    ("gdpr", "Forget its words for good"),
    ("audit log", "Show what happened"),
    ("log", "Show what happened"),
    ("daily", "Prepare the standup"),
    ("weekly", "Review the week"),
    ("stakeholders", "Show stakeholders, decisions and promises"),
    ("risk register", "Show friction, gains, risks"),
    ("okr", "Show the outcomes"),
    ("backlog", "Show the intake queue"),
    ("notifications", "what changed while you were away"),
    ("duplicate", "Link it to another record"),
    ("dependency", "Link it to another record"),
    ("subtask", "Requests are not split"),
    ("freelancer", "Add a role"),
    ("screen share", "for a shared screen"),
    ("levelling", "Spread the work anew"),
    ("working hours", "Edit the person"),
    ("jira sync", "works alone"),
    ("invoice", "Money is not kept"),
    ("attachment", "Files are not kept here"),
    // In the languages in which days are written.
    ("löschen", "Decline it with a reason"),
    ("supprimer", "Decline it with a reason"),
    ("borrar", "Decline it with a reason"),
    ("suche", "Show only what fits some words"),
    ("rechercher", "Show only what fits some words"),
    ("buscar", "Show only what fits some words"),
    ("Frist", "Set the due day"),
    ("échéance", "Set the due day"),
    ("sortieren", "Order this list by a column"),
    ("rückgängig", "Undo the last change"),
    ("priorité", "Set the tier"),
    // What stands on the screen.
    ("‹", "Late: its day has passed"),
    ("■", "Blocked: it waits"),
    ("!", "At risk"),
    ("¶", "Asks for things"),
    ("T1", "Tier: 0 shape"),
    ("t2", "Tier: 0 shape"),
    ("3?", "No tier yet"),
    ("rdy", "Readiness, 0 to 100"),
    ("^", "Looks too full by an even spread"),
    ("8^", "Looks too full by an even spread"),
    ("18!", "Over: no schedule"),
    ("|", "Tight: it fits"),
    ("▒", "Tentative: given"),
    ("~", "Away, the whole day"),
    ("=", "A holiday for everybody"),
    ("headroom", "Hours a week that changes have freed"),
    ("strategy", "The part of all confirmed hours"),
    ("stance", "How you answered in a meeting"),
    ("K-", "Keys: R request"),
    ("what does rdy mean", "Readiness, 0 to 100"),
    // One slip of the fingers.
    ("asign", "Assign it to somebody"),               // typos:ignore
    ("delte", "Decline it with a reason"),            // typos:ignore
    ("fullscren", "Give this pane the whole screen"), // typos:ignore
    ("deadlnie", "Set the due day"),                  // typos:ignore
];

/// So near the top it has to be found: without moving down for long.
const NEAR_TOP: usize = 14;

#[test]
fn other_peoples_words_lead_to_what_they_mean() {
    let mut stage = Stage::demo((200, 60));
    let mut missed = Vec::new();
    for (words, expected) in WORDS {
        let found = find(&mut stage, "", words);
        if !running(&found[..found.len().min(NEAR_TOP)]).contains(expected) {
            missed.push(format!("{words} → {expected}, but:\n  {}", found.join("\n  ")));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_does_not_fit_is_not_shown() {
    let mut stage = Stage::demo((200, 60));
    for words in ["xyzzy", "qqq", "asdo", "zoom tier", "delete xyzzy", "zoo tie xy"] {
        let found = find(&mut stage, "", words);
        assert!(found.iter().all(|line| line.starts_with("Nothing is called so")), "{words}: {found:?}");
    }
    // Letters that only stand in that order somewhere are no match.
    assert!(!find(&mut stage, "", "ans").iter().any(|line| line.contains("Take it from everybody")));
}

/// Where the palette is opened from, in turn.
const WAYS: [&str; 8] = ["", "3", "4", "5", "enter", "5 enter", "s", "g p"];

#[test]
fn every_action_has_a_key_a_row_a_title_and_a_place_or_a_reason() {
    let mut table = String::new();
    for way in WAYS {
        let mut stage = Stage::demo((200, 60));
        restart(&mut stage, way);
        let (app, snapshot) = (&stage.0.0.app, &stage.0.0.snapshot);
        for (entry, reach) in TABLE.iter().zip(app.reaches(snapshot)) {
            let keys = app.keymap.keys(entry.action).join(" ");
            let place = match reach {
                ActionReach::Here => "here".to_owned(),
                ActionReach::NotNow(why) => snapshot.hints.say(why),
                ActionReach::Elsewhere => {
                    let home = home(entry.scope);
                    assert!(home.place.chars().count() <= 14 && !home.place.is_empty(), "{}", entry.name);
                    format!("{}: {}", home.place, snapshot.hints.say(home.says))
                }
            };
            let cells = [way, entry.name, &keys, entry.title, &place];
            assert!(cells[1..].iter().all(|cell| !cell.is_empty()), "{cells:?}");
            assert!(!place.contains(['{', '}']), "{place}");
            table.push_str(&cells.join(" | "));
            table.push('\n');
        }
    }
    println!("{table}");
}

#[test]
fn every_action_is_found_by_its_title_and_by_its_name() {
    let mut stage = Stage::demo((200, 60));
    for entry in TABLE {
        for words in [entry.title, entry.name] {
            let found = find(&mut stage, "", words);
            let begin: String = entry.title.chars().take(60).collect();
            assert!(found.iter().any(|line| line.contains(&begin)), "{words}: {found:?}");
        }
    }
}

/// They move, or go to what may be there already.
const MOVES: [Action; 12] = {
    use Action::{
        Cockpit, Left, NextPane, PreviousPane, Right, ShowChange, ShowInfluence, ShowIntake, ShowLoad,
        ShowMeetings, ShowOutcomes, Team,
    };
    [
        Cockpit,
        Left,
        NextPane,
        PreviousPane,
        Right,
        ShowChange,
        ShowInfluence,
        ShowIntake,
        ShowLoad,
        ShowMeetings,
        ShowOutcomes,
        Team,
    ]
};

/// What the palette offers as to be done here does something, or says why not; moves at the end of a list aside.
#[test]
fn nothing_that_is_offered_does_nothing() {
    let mut idle = Vec::new();
    for way in WAYS {
        let mut stage = Stage::demo((200, 60));
        restart(&mut stage, way);
        let reaches = stage.0.0.app.reaches(&stage.0.0.snapshot);
        for (entry, reach) in TABLE.iter().zip(reaches) {
            let is_move = Step::of(entry.action).is_some() || MOVES.contains(&entry.action);
            if reach != ActionReach::Here || is_move {
                continue;
            }
            restart(&mut stage, way);
            stage.0.0.app.toast = None;
            let before = stage.frame();
            let cockpit = &mut stage.0.0;
            let effects = cockpit.app.act(entry.action, &cockpit.snapshot);
            if effects.is_empty() && stage.frame() == before {
                idle.push(format!("{} after {way:?}", entry.name));
            }
        }
    }
    assert!(idle.is_empty(), "{idle:#?}");
}

#[test]
fn enter_runs_goes_there_or_says_why() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("? \"priority\" enter");
    assert!(stage.screen().contains("Tier of R-3"), "{}", stage.screen());
    // An action of another pane.
    let mut stage = Stage::demo((120, 36));
    stage.keys("? \"by-discipline\" enter");
    let screen = stage.screen();
    assert!(screen.contains("D here: change between people and disciplines"), "{screen}");
    assert!(screen.contains("── Load") && !screen.contains("── Intake"), "{screen}");
    // One that cannot be run now stays, and says why.
    let mut stage = Stage::demo((120, 36));
    stage.keys("? \"next-match\" enter");
    let screen = stage.screen();
    assert!(screen.contains("nothing is filtered here: / finds by words"), "{screen}");
    assert!(screen.contains("What you can do"), "{screen}");
    // One that works in an overlay says where.
    stage.keys("ctrl-u \"complete-field\" enter");
    assert!(stage.screen().contains("works in a form: A or e opens one"), "{}", stage.screen());
    // What is only read is left by Esc, and Enter does nothing with it.
    stage.keys("ctrl-u \"headroom\" enter esc");
    assert!(!stage.screen().contains("What you can do"), "{}", stage.screen());
}

#[test]
fn own_keys_are_shown_and_found() {
    let theme = crate::tui::view::theme::Theme::new(crate::tui::view::theme::Depth::Many, true);
    let text = "[keys]\nset-tier = [\"F8\"]\n";
    let mut stage = Stage::configured((120, 36), theme, text, |desk| desk.fill_demo().unwrap());
    stage.keys("? \"F8\"");
    assert!(lines(&stage)[0].starts_with("F8"), "{}", stage.screen());
    stage.keys("ctrl-u \"T1\"");
    assert!(stage.screen().contains("F8 sets it."), "{}", stage.screen());
    // Where only letters are drawn, the legend shows the marks that are.
    stage.keys("ctrl-u \"late\"");
    assert!(lines(&stage).iter().any(|line| line.starts_with("< ")), "{}", stage.screen());
}

#[test]
fn the_legend() {
    expect_at_all_sizes("legend", "? \"legend\"");
}

#[test]
fn words_that_name_nothing_there_is() {
    expect_at_all_sizes("palette-split", "? \"split\"");
}

#[test]
fn nothing_fits() {
    let mut stage = Stage::demo((80, 24));
    stage.keys("? \"xyzzy\"");
    expect_text("palette-nothing-80x24", &stage.screen());
}
