//! Every list alike: filtered, added to, marked by passing, and the last change done again.

use super::Stage;
use crate::tui::view::theme::{Depth, Theme};

#[test]
fn a_filter_finds_in_the_pane_that_has_the_keyboard() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.0.0.desk.history(None).unwrap().len();
    for (pane, word, found, lost) in [
        ("4", "steering", "Quarterly steering", "Design critique"),
        ("3", "BO", "bo     desi", "chidi"),
        ("5", "shelf", "O-1", "O-3 "),
        ("7", "owen", "Owen Price", "Yuki"),
    ] {
        stage.keys(pane).keys(&format!("/ \"{word}\" enter"));
        let screen = stage.screen();
        assert!(
            screen.contains(found) && !screen.contains(lost) && screen.contains(&format!("/{word}")),
            "{screen}"
        );
        stage.keys("n esc");
        assert!(stage.screen().contains(lost), "{pane}: {}", stage.screen());
    }
    assert_eq!(stage.0.0.desk.history(None).unwrap().len(), before, "nothing is written by it");
}

#[test]
fn the_next_match_goes_round_and_says_where_nothing_is_filtered() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("n");
    assert!(stage.screen().contains("nothing is filtered here: / finds by words"), "{}", stage.screen());
    stage.keys("/ \"film\" enter");
    let first = stage.0.0.app.intake.selected();
    stage.keys("n");
    assert_ne!(stage.0.0.app.intake.selected(), first);
    stage.keys("N");
    assert_eq!(stage.0.0.app.intake.selected(), first);
    stage.keys("N n");
    assert_eq!(stage.0.0.app.intake.selected(), first, "round at both ends");
}

#[test]
fn a_adds_what_the_list_holds_and_g_shows_what_can_follow() {
    let mut stage = Stage::demo((120, 36));
    for (keys, said) in [
        ("a", "Add a request"),
        ("esc 3 a", "Add to the team"),
        ("esc 4 a", "A new meeting"),
        ("esc 7 a", "a stakeholder"),
        ("esc 1 g", "Say that somebody is away"),
    ] {
        stage.keys(keys);
        assert!(stage.screen().contains(said), "{keys}: {}", stage.screen());
    }
    stage.keys("esc");
    assert!(stage.0.0.app.overlays.is_empty() && stage.0.0.app.pending.is_empty());
}

#[test]
fn what_is_passed_is_marked_and_the_last_change_is_done_again_to_it() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 g g t 3 g g v j j v");
    assert!(stage.screen().contains("3 marked"), "{}", stage.screen());
    stage.keys(".");
    let changed = stage.0.0.desk.history(None).unwrap();
    assert!(changed[0].label.contains('3'), "{}", changed[0].label);
    stage.keys("u");
    assert!(stage.screen().contains("Undid"), "{}", stage.screen());
    assert!(stage.screen().contains("U does it again"), "{}", stage.screen());
}

#[test]
fn what_was_copied_can_be_seen() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("g y");
    assert!(stage.screen().contains("nothing was copied yet"));
    stage.keys("y");
    assert!(stage.screen().contains("copied, by hand  ·  g y shows it"), "{}", stage.screen());
    stage.keys("g y");
    let screen = stage.screen();
    assert!(screen.contains("What was copied last") && screen.contains("R-34 Winter campaign"), "{screen}");
}

#[test]
fn closed_work_is_a_view_away_and_can_be_opened_and_reopened() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("R");
    let screen = stage.screen();
    for view in ["late", "new this week", "at risk", "waiting for requester", "mine to decide", "closed"] {
        assert!(screen.contains(view), "{view}: {screen}");
    }
    stage.keys("c");
    let screen = stage.screen();
    assert!(screen.contains("fit: view:closed · by delivered") && screen.contains("R-60"), "{screen}");
    let chosen = stage.0.0.app.intake.selected().unwrap();
    assert!(!stage.0.0.desk.store.request(chosen).unwrap().stage.is_open());
    stage.keys("enter");
    assert!(stage.screen().contains(&chosen.to_string()), "{}", stage.screen());
    stage.keys("esc R 0");
    assert!(!stage.screen().contains("view:closed"), "{}", stage.screen());
}

#[test]
fn the_queue_is_ordered_by_a_column_and_says_so() {
    let mut stage = Stage::demo((120, 36));
    assert!(stage.screen().contains(" · by score"), "{}", stage.screen());
    stage.keys("g o down down enter");
    let screen = stage.screen();
    assert!(screen.contains(" · by ") && !screen.contains(" · by score"), "{screen}");
    stage.keys("g o 0");
    assert!(stage.screen().contains(" · by score"), "{}", stage.screen());
}

#[test]
fn a_pasted_mail_is_a_draft_with_what_it_says_offered() {
    let mail = "From: Owen Price <owen@example.com>\nSubject: Re: FW: Harbour window posters\n\nHello,\n\ncould we have two posters by Fri 4 Dec?\n#retail would be the tag.\n\nOwen\n";
    let mut stage = Stage::demo((120, 36));
    let before = stage.contents();
    stage.paste(mail);
    let screen = stage.screen();
    assert!(screen.contains("Harbour window posters") && screen.contains("from Owen Price"), "{screen}");
    assert!(screen.contains("offered: ") && screen.contains("Fri 4 Dec"), "{screen}");
    assert_eq!(stage.contents(), before, "nothing is written by it");
    stage.keys("esc a tab enter");
    let added = stage.0.0.desk.store.all_requests().unwrap().into_iter().max_by_key(|it| it.id.0).unwrap();
    assert_eq!(added.title, "Harbour window posters");
    assert_eq!(added.requester, "Owen Price");
    assert_eq!(added.due.map(|due| due.to_string()).as_deref(), Some("2026-12-04"));
    assert!(added.ask.contains("could we have two posters by Fri 4 Dec?\n#retail"), "{}", added.ask);
    stage.keys("a");
    assert!(stage.screen().contains("Add a request"), "its draft ended with it: {}", stage.screen());
}

#[test]
fn a_mail_pasted_into_a_line_of_capture_is_called_by_its_subject() {
    let body = "Hello,\n\nthe proofs come late again, could we meet by Fri 4 Dec?\n\nOwen\n";
    let called = |head: &str| {
        let mut stage = Stage::demo((120, 36));
        stage.keys("C f");
        stage.paste(&format!("{head}{body}"));
        stage.keys("enter");
        stage.0.0.snapshot.books.frictions.iter().max_by_key(|it| it.id.0).unwrap().text.clone()
    };
    let words = "Hello, the proofs come late again, could we meet by Fri 4 Dec? Owen";
    for head in [
        "From: Owen Price <owen@example.com>\nSubject: Re: FW: Late proofs\n\n",
        "Von: Owen Price\nGesendet: Montag, 23. November 2026 08:41\nBetreff: AW: Late proofs\n\n",
        "Return-Path: <o@x.example>\nMessage-ID: <1@x.example>\nDate: Mon, 23 Nov 2026 08:41:00 +0000\nFrom: Owen Price <o@x.example>\nSubject: Late proofs\nMIME-Version: 1.0\n\n",
    ] {
        assert_eq!(called(head), format!("Late proofs: {words}"), "{head}");
    }
    assert_eq!(called(""), words);
}

#[test]
fn two_who_are_much_alike_are_asked_about_and_one_undo_parts_them() {
    let mut stage = Stage::demo((120, 36));
    let count = |stage: &Stage| stage.0.0.desk.books().unwrap().stakeholders.len();
    let before = count(&stage);
    stage.keys("7 a s \"Owen Prise\" ctrl-s");
    let screen = stage.screen();
    assert!(screen.contains("is much like") && screen.contains("Owen Price: same?"), "{screen}");
    stage.keys("y");
    assert_eq!(count(&stage), before);
    stage.keys("u");
    assert_eq!(count(&stage), before + 1);
}

#[test]
fn every_list_reads_the_words_of_its_rows() {
    let mut stage = Stage::demo((120, 36));
    for (pane, filter, found, lost) in [
        ("4", "kind:leadership -price", "Quarterly steering", "Design critique"),
        ("3", "is:role", "motion", "chidi"),
        ("3", "holds:R-35", "gra ", "chidi"),
        ("7", "is:open due:<4w", "P-2", "Owen Price"),
    ] {
        stage.keys(pane).keys(&format!("/ \"{filter}\" enter"));
        let screen = stage.screen();
        assert!(screen.contains(found) && !screen.contains(lost), "{pane} {filter}: {screen}");
        stage.keys("esc");
    }
    stage.keys("4 / \"kine:team\"");
    let screen = stage.screen();
    assert!(screen.contains("did you mean `kind`?") && screen.contains("Design critique"), "{screen}");
}

#[test]
fn a_range_over_nothing_marks_nothing() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("/ \"nothing is called so\" enter v j k G");
    assert!(!stage.screen().contains("marked"), "{}", stage.screen());
    let mut stage = Stage::empty((120, 36));
    stage.keys("v j G v");
}

#[test]
fn only_what_was_written_is_done_again() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 g g t 3 j");
    // Refused: nothing closed can be declined without a reason, so the tier is still the last change.
    stage.keys("x enter esc .");
    let label = stage.0.0.desk.history(None).unwrap()[0].label.clone();
    assert!(label.contains("tier"), "{label}");
}

#[test]
fn the_order_turns_round_when_it_is_asked_for_again_and_stays_until_the_next_start() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("g o down down down enter");
    assert!(stage.screen().contains(" · by score"), "{}", stage.screen());
    stage.keys("g o down down down enter");
    assert!(stage.screen().contains("by score, backwards"), "{}", stage.screen());
    let stage = Stage(stage.0.reopened().unwrap());
    assert!(stage.screen().contains("by score, backwards"), "{}", stage.screen());
}

#[test]
fn what_was_taken_of_a_paste_comes_back_with_it() {
    let mut stage = Stage::demo((120, 36));
    stage.paste("Shelf talkers\nby Fri 4 Dec please, #retail\n");
    stage.keys("tab esc a");
    let screen = stage.screen();
    assert!(screen.contains("due:2026-12-04") && screen.contains("throws it away"), "{screen}");
}

#[test]
fn others_do_not_read_what_was_copied() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("y f5 g y");
    let screen = stage.screen();
    assert!(
        screen.contains("hidden while others look on") && !screen.contains("What was copied"),
        "{screen}"
    );
}

#[test]
fn words_in_a_quoted_title_are_not_taken_and_what_is_taken_can_be_let_go() {
    let mut stage = Stage::demo((120, 36));
    stage.paste("Three posters, #retail ~16h\n");
    assert!(!stage.screen().contains('✓'), "{}", stage.screen());
    stage.keys("tab");
    assert!(stage.screen().contains("#retail ~16h\" ~16h"), "{}", stage.screen());
    stage.keys("up tab");
    assert!(!stage.screen().contains('✓') && stage.screen().contains("#retail ~16h\""), "{}", stage.screen());
}

#[test]
fn the_command_line_opens_filters_goes_and_is_remembered() {
    let mut stage = Stage::demo((120, 36));
    for (typed, seen) in [
        ("R-2", "R-2"),
        ("load @ana", "Load"),
        ("brief tue", "Brief"),
        ("@ana", "Ana"),
        ("week 16 nov", "Week of Mon 16 Nov"),
        ("view late", "fit: view:late"),
        ("order -due", "by due"),
    ] {
        stage.keys(&format!(": \"{typed}\" enter"));
        assert!(stage.screen().contains(seen), "{typed}: {}", stage.screen());
        stage.keys("1");
    }
    stage.keys(":");
    stage.keys("up");
    assert!(stage.screen().contains("order -due"), "{}", stage.screen());
    stage.keys("up");
    assert!(stage.screen().contains("view late"), "{}", stage.screen());
    stage.keys("down down");
    assert!(stage.screen().contains("↑ what was typed before"), "{}", stage.screen());
}

#[test]
fn the_command_line_says_what_it_cannot_and_completes_what_is_begun() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.contents();
    for (typed, said) in [
        ("load @nobody", "nobody is called"),
        ("view nosuch", "no view is called nosuch"),
        ("order colour", "`colour` is not a column"),
        ("O-99", "there is no O-99"),
        ("brief", "a day or words of the meeting"),
        ("open film", "is no key"),
    ] {
        stage.keys(&format!(": \"{typed}\""));
        assert!(stage.screen().contains(said), "{typed}: {}", stage.screen());
        stage.keys("enter esc esc");
    }
    stage.keys(": \"lo\" tab \"an\" tab");
    assert!(stage.screen().contains("load @ana"), "{}", stage.screen());
    stage.keys("esc");
    stage.keys(": \"add person\" enter");
    assert_eq!(stage.contents(), before, "the action that adds a person comes before a request of that name");
    stage.keys("esc");
    stage.keys(": \"add Qzx poster t1\" enter");
    assert!(stage.screen().contains("Qzx poster"), "{}", stage.screen());
}

#[test]
fn a_line_is_completed_and_what_its_words_say_is_offered_first() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 a \"Qzx poster @an\" tab");
    assert!(stage.screen().contains("Qzx poster @ana"), "{}", stage.screen());
    stage.keys("\"by friday\"");
    let screen = stage.screen();
    assert!(screen.contains("by friday → due:friday") && !screen.contains("due Fri"), "{screen}");
    stage.keys("tab");
    assert!(stage.screen().contains("due Fri 27 Nov"), "{}", stage.screen());
    stage.keys("esc / \"stage:nw\"");
    assert!(stage.screen().contains("is not a stage"), "{}", stage.screen());
    stage.keys("ctrl-u \"is:la\" tab enter");
    assert!(stage.screen().contains("fit: is:late"), "{}", stage.screen());
}

#[test]
fn marks_are_turned_round_among_what_is_shown() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 space *");
    assert!(stage.screen().contains("46 marked"), "{}", stage.screen());
    stage.keys("*");
    assert!(stage.screen().contains("1 marked"), "{}", stage.screen());
    // Of what a filter shows: what is marked beyond it stays.
    stage.keys("/ \"tier:1\" enter *");
    let shown = stage.screen();
    stage.keys("/ ctrl-u enter");
    assert!(!stage.screen().contains("47 marked") && stage.screen().contains("marked"), "{shown}");
}

#[test]
fn a_change_of_more_than_a_screen_shows_what_it_reaches_first_and_is_one_change() {
    let mut stage = Stage::demo((80, 24));
    let tag = |stage: &Stage| {
        let requests = stage.0.0.desk.store.all_requests().unwrap();
        requests.iter().filter(|request| request.tags.contains(&"shared".to_owned())).count()
    };
    stage.keys("2 V m \"+shared\" enter");
    let screen = stage.screen();
    assert!(screen.contains("Change by: +shared") && screen.contains("47 requests"), "{screen}");
    assert_eq!(tag(&stage), 0);
    // Left, the line is there again with what was typed, and the marks are.
    stage.keys("down down esc");
    assert!(stage.screen().contains("+shared"), "{}", stage.screen());
    stage.keys("enter enter");
    assert_eq!(tag(&stage), 47, "{}", stage.screen());
    stage.keys("u");
    assert_eq!(tag(&stage), 0);
    // What can be seen at once is changed at once.
    stage.keys("space space m ctrl-u \"+shared\" enter");
    assert_eq!(tag(&stage), 2, "{}", stage.screen());
    stage.keys("V ! \"waits for prices\" enter");
    assert!(stage.screen().contains("Block: waits for prices"), "{}", stage.screen());
    stage.keys("esc esc esc");
    assert!(!stage.screen().contains("Block:"), "{}", stage.screen());
}

#[test]
fn words_behind_a_view_narrow_it_and_leave_its_order() {
    let mut stage = Stage::demo((120, 36));
    let order = |stage: &Stage| stage.screen().lines().nth(2).unwrap_or_default().to_owned();
    stage.keys("2 / \"view:closed\" enter");
    assert!(order(&stage).contains("by delivered"), "{}", stage.screen());
    stage.keys("/ ctrl-u \"view:closed tier:1\" enter");
    assert!(order(&stage).contains("by delivered"), "{}", stage.screen());
}

#[test]
fn a_record_that_was_added_on_a_board_is_gone_to_and_lit() {
    let mut stage = Stage::demo((120, 36));
    for (board, keys, text) in [
        ("6", "C f \"the plotter jams again ~1h\" enter", "the plotter jams again"),
        ("7", "C p \"a word about prices @Lena\" enter", "a word about prices"),
    ] {
        stage.keys(board);
        stage.keys(keys);
        assert!(stage.0.0.app.lit.is_some(), "{}", stage.screen());
        stage.keys("enter");
        let screen = stage.screen();
        assert!(screen.lines().nth(2).unwrap_or_default().contains(text), "{screen}");
        stage.keys("esc");
        assert!(stage.0.0.app.lit.is_none());
    }
}

#[test]
fn a_view_puts_its_rows_under_headings_and_shows_its_columns() {
    let text = "[views.asked]\nfilter = \"stage:new\"\ngroup = \"requester\"\norder = \"title\"\ncolumns = [\"brand\", \"due\"]\n";
    let theme = Theme::new(Depth::Many, false);
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::configured(size, theme, text, |desk| {
            for words in [
                "Poster requester:Kim brand:Nord due:2026-11-27",
                "Film requester:Ana",
                "Banner requester:Kim",
                "Stray",
            ] {
                desk.add(words).unwrap();
            }
        });
        stage.keys("2 z / \"view:asked\" enter");
        let screen = stage.screen();
        let place = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text} is missing: {screen}"));
        let order = ["Kim  2", "Banner", "Poster", "Ana  1", "Film", "no requester  1", "Stray"].map(place);
        assert!(order.is_sorted(), "{screen}");
        assert!(screen.contains("brand") && screen.contains("Nord") && !screen.contains("rdy"), "{screen}");
        assert!(screen.contains("of 4"), "{screen}");
        // A heading is passed over, both ways, and to the ends.
        let chosen = |stage: &mut Stage, keys: &str| {
            stage.keys(keys);
            let id = stage.0.0.app.intake.selected().unwrap();
            stage.0.0.snapshot.row(id).unwrap().request.title.clone()
        };
        let told = ["g g", "j", "j", "j", "j", "k", "k"].map(|keys| chosen(&mut stage, keys));
        assert_eq!(told, ["Banner", "Poster", "Film", "Stray", "Stray", "Film", "Poster"]);
        // All that is passed is marked, and no heading.
        stage.keys("g g v G");
        assert_eq!(stage.0.0.app.intake.targets().len(), 4, "{}", stage.screen());
    }
}

#[test]
fn a_filter_with_a_word_that_nobody_knows_is_not_taken() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 / \"teir:1\" enter");
    let screen = stage.screen();
    assert!(screen.contains("no word is called teir") && !stage.0.0.app.overlays.is_empty(), "{screen}");
    stage.keys("ctrl-u \"tier:1\" enter");
    assert!(stage.0.0.app.overlays.is_empty() && stage.screen().contains("tier:1"), "{}", stage.screen());
    stage.keys("/ ctrl-u \"teir:1\" enter esc");
    assert!(stage.screen().contains("fit: tier:1"), "as it was before: {}", stage.screen());
}

#[test]
fn what_stands_before_its_score_says_why() {
    let mut stage = Stage::demo((200, 60));
    let rule = |stage: &Stage| stage.screen().lines().nth(2).unwrap().to_owned();
    assert!(rule(&stage).contains("late hard days, then by score"), "{}", rule(&stage));
    stage.keys("j j j").keys("m \"order:1\" enter");
    assert!(rule(&stage).contains("moved by hand, late hard days, then by score"), "{}", rule(&stage));
    stage.keys("g g");
    assert!(stage.screen().contains("moved here by hand"), "{}", stage.screen());
    stage.keys("j");
    assert!(
        stage.screen().contains("late hard days come first; 46 of 100 ready · ‹late"),
        "{}",
        stage.screen()
    );
}

#[test]
fn a_wrong_word_of_a_filter_is_told_as_its_kind_knows_it_and_nothing_fits_it_yet() {
    let mut stage = Stage::demo((120, 36));
    for (pane, text, told, so) in [
        ("5", "lever:impct", "`lever:impct` is not one of speed-to-market", "/lever:impct  5 so far"),
        ("6", "hours:>x", "`hours:>x` is not a length of work to compare with", "5 so far"),
        ("7", "is:cld", "`is:cld` is not a mark; marks are open", "so far"),
        ("4", "kind:leadershop", "did you mean `kind:leadership`?", "so far"),
        ("3", "is:foo", "`is:foo` is not a mark", "so far"),
        ("2", "tire:1", "no word is called tire; did you mean `tier`?", "of 47 so far: tire:1"),
        ("2", "stage:redy", "did you mean `stage:ready`?", "of 47 so far: stage:redy"),
    ] {
        stage.keys(&format!("{pane} / \"{text}\""));
        let screen = stage.screen();
        let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(told), "{text}: {screen}");
        assert!(screen.contains(so), "{text}: {screen}");
        assert!(!screen.contains(" fit: ") && !screen.contains(" fit ──"), "{text}: {screen}");
        assert!(!screen.contains("column "), "the word is marked itself: {screen}");
        stage.keys("esc");
    }
    stage.keys("2 / \"tier:1\"");
    assert!(stage.screen().contains("fit: tier:1"), "{}", stage.screen());
}

#[test]
fn a_filter_of_requests_that_is_typed_in_another_pane_is_told_where_it_is_known() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 : \"filter is:late\" enter");
    let screen = stage.screen();
    assert!(
        screen.contains("`is:late` is not a mark; marks are role, person; the queue knows it: 2 goes"),
        "{screen}"
    );
    stage.keys(": \"filter is:foo\" enter");
    assert!(!stage.screen().contains("the queue knows it"), "{}", stage.screen());
}
