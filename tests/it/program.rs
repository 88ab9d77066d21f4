//! The real program: in a pseudo-terminal, under signals.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::terminal::{COLUMNS, NOW, PATIENCE, ROWS, Terminal, clean, demo, program};

#[test]
fn the_cockpit_opens_takes_keys_and_gives_the_terminal_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.wait_for("Load");
    terminal.type_in("aA brand new request due:fri\r");
    terminal.wait_for("undoes it");
    terminal.type_in("u");
    terminal.wait_for("Undid");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.is_given_back());
}

#[test]
fn pasted_text_is_offered_and_never_run_as_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.type_in("\x1b[200~x q u q\x1b]0;owned\x07\r\nsecond\x1b[201~");
    terminal.wait_for("Add the pasted text as a request?");
    terminal.type_in("\x1b");
    terminal.wait_for("what you typed is kept");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_paste_without_brackets_is_offered_however_long_the_program_was_at_rest() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    // Nothing was typed for a while, and then the text is there at the moment at which something else wakes it.
    terminal.signal(Signal::STOP);
    terminal.type_in_if_open(b"> can we move it to t3?\r& drop the film\r");
    std::thread::sleep(Duration::from_millis(2_500));
    terminal.signal(Signal::CONT);
    terminal.wait_for("Add the pasted text as a request?");
    terminal.type_in("\x1b");
    terminal.wait_for("what you typed is kept");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_ground_that_a_terminal_tells_is_drawn_without_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    // Nothing else wakes it any more, but the next minute.
    std::thread::sleep(Duration::from_secs(4));
    let before = terminal.written();
    terminal.type_in_if_open(b"\x1b]11;rgb:ffff/ffff/f0f0\x07");
    terminal.wait_for_more(before, 500);
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_signal_ends_it_with_the_terminal_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end(), 143);
    assert!(terminal.is_given_back());
}

#[test]
fn every_signal_that_ends_a_program_ends_it_from_within_a_form_and_keeps_what_was_typed() {
    for (signal, code) in [(Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143)] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::open(folder.path(), false);
        terminal.wait_for("Intake");
        terminal.type_in("aHalf a thought");
        terminal.wait_for("Half a thought");
        terminal.signal(signal);
        assert_eq!(terminal.end(), code);
        assert!(terminal.is_given_back(), "{signal:?}");
        let mut again = Terminal::on(&folder.path().join("demo.db"), folder.path(), false);
        again.wait_for("kept from last time: “Half a thought”");
        again.type_in("a");
        again.wait_for("here is what you had typed");
        again.type_in("\x03q");
        assert_eq!(again.end(), 0);
    }
}

#[test]
fn what_was_typed_survives_being_killed_two_seconds_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.type_in("aHalf a thought");
    terminal.wait_for("Half a thought");
    std::thread::sleep(Duration::from_secs(2));
    terminal.signal(Signal::KILL);
    terminal.end();
    let mut again = Terminal::on(&folder.path().join("demo.db"), folder.path(), false);
    again.wait_for("kept from last time: “Half a thought”");
    again.type_in("q");
    assert_eq!(again.end(), 0);
}

#[test]
fn a_store_that_another_program_holds_is_refused_with_a_sentence_and_nothing_typed_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    let other = rusqlite::Connection::open(folder.path().join("demo.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    terminal.type_in("aA new request while it is held\r");
    terminal.wait_for("another program has been writing");
    terminal.wait_for("A new request while it is held");
    other.execute_batch("ROLLBACK").unwrap();
    terminal.type_in("\r");
    terminal.wait_for("undoes it");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn while_another_program_holds_the_store_every_key_still_works() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    let other = rusqlite::Connection::open(folder.path().join("demo.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    terminal.type_in("aHeld words\r");
    terminal.wait_for("another program");
    // Whether it still waits or is refused by now: the form may be back, and Esc keeps what was typed.
    terminal.type_in("\x1b[B\x1b[B4");
    // It may come back between the two keys, and take the second one.
    let start = Instant::now();
    let is_alone = |text: &str| text.contains("── Intake") && !text.contains("── Meetings");
    while !is_alone(&terminal.text()) {
        assert!(start.elapsed() < PATIENCE, "the queue does not come: {}", terminal.text());
        terminal.type_in("\x1b2");
        std::thread::sleep(Duration::from_millis(200));
    }
    other.execute_batch("ROLLBACK").unwrap();
    terminal.type_in("aHeld words once more\r");
    terminal.wait_for("undoes it");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    let other = rusqlite::Connection::open(folder.path().join("demo.db")).unwrap();
    let count: i64 = other
        .query_row("SELECT count(*) FROM request WHERE title LIKE 'Held words%'", [], |row| row.get(0))
        .unwrap();
    assert!((1..=2).contains(&count), "written or refused, never twice: {count}");
}

#[test]
fn a_file_is_read_beside_the_keys_and_comes_in_as_one_change() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new work.csv");
    std::fs::write(&file, "Title,Due\nAutumn window posters,2026-12-04\nLoyalty card mailer,2026-12-08\n")
        .unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.type_in("gi");
    terminal.wait_for("Import a file");
    // As a terminal pastes what is dragged into it.
    terminal.type_in(&format!("\x1b[200~'{}'\x1b[201~\r", file.display()));
    terminal.wait_for("2 of 2 taken");
    terminal.type_in(" \r");
    // The line that was left out is none of them.
    terminal.wait_for("Imported 1 request");
    terminal.type_in("u");
    terminal.wait_for("Undid: Imported 1 request");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_large_file_can_be_stopped_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.csv");
    let row = |row| format!("K-{row},Poster number {row} for the windows,2027-03-0{}\n", row % 9 + 1);
    let rows: Vec<String> = (0..60_000).map(row).collect();
    std::fs::write(&file, format!("ID,Title,Due\n{}", rows.concat())).unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.type_in("gi");
    terminal.wait_for("Import a file");
    terminal.type_in(&format!("\x1b[200~{}\x1b[201~\r", file.display()));
    terminal.wait_for("Reading large.csv");
    terminal.type_in("\x1b");
    terminal.wait_for("stopped; nothing was changed");
    // The keys are free at once, and so is the store.
    terminal.type_in("aA brand new request\r");
    terminal.wait_for("undoes it");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    let other = rusqlite::Connection::open(folder.path().join("demo.db")).unwrap();
    let count: i64 = other
        .query_row("SELECT count(*) FROM request WHERE title LIKE 'Poster number%'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 0);
}

#[test]
fn the_mouse_chooses_and_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.type_in("\x1b[<0;80;6M\x1b[<0;80;6m");
    terminal.wait_for("w weeks");
    terminal.type_in("\x1b[<0;80;6M\x1b[<0;80;6m");
    terminal.wait_for("Time there is");
    terminal.type_in("\x03q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn stopped_and_continued_it_draws_at_the_new_size() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.signal(Signal::STOP);
    terminal.resize(90, 30);
    terminal.signal(Signal::CONT);
    terminal.wait_for("Load      ");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_storm_of_sizes_in_every_view_ends_with_the_right_picture() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    let mut random = 12345_u32;
    let mut next = |most: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u16::try_from((random >> 8) % most + 1).unwrap()
    };
    for view in
        ["2", "3", "w", "4", "D", "1", "\r", "\x1b", "@", "\x1b", "e", "\x1b", "P", "\x1b", "?", "\x1b"]
    {
        terminal.type_in(view);
        for _ in 0..60 {
            terminal.resize(next(500), next(200));
        }
        terminal.resize(1, 1);
    }
    terminal.resize(COLUMNS.get(), ROWS.get());
    terminal.wait_for(" Enter open");
    terminal.wait_for(" tablesetter  Mon 23 Nov 09:12");
    terminal.resize(50, 12);
    terminal.wait_for("60");
    // Whatever is still open closes first; at the root the second one quits.
    terminal.type_in(&"\x03".repeat(24));
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_megabyte_of_noise_in_a_paste_is_only_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    let mut random = 1_u32;
    let noise: String = (0..200_000)
        .map(|_| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(u8::try_from(random >> 24).unwrap() & 0x7f)
        })
        .filter(|c| *c != '\u{1b}')
        .collect();
    terminal.type_in(&format!("\x1b[200~{noise}\x1b[201~"));
    terminal.wait_for("Add the pasted text as a request?");
    terminal.type_in("\x03");
    terminal.wait_for("kept");
    terminal.type_in("H");
    terminal.wait_for("undo this one");
    assert!(
        !terminal.text().contains("Undid") && !terminal.text().contains("Declined"),
        "{}",
        terminal.text()
    );
    terminal.type_in("\x03q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_text_goes_to_the_users_own_editor_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.type_in("e\x1b[B\x1bOS");
    terminal.wait_for("your own editor");
    terminal.type_in("\x1bOS");
    terminal.wait_for("from my editor");
    terminal.type_in("\x1b");
    terminal.wait_for("Ctrl+s");
    terminal.type_in("\x13");
    terminal.wait_for("undoes it");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn it_never_outlives_its_terminal() {
    for ignores_hang_up in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::open(folder.path(), ignores_hang_up);
        terminal.wait_for("Intake");
        terminal.writer = None;
        terminal.master = None;
        // The reader holds a copy of the terminal until the program is gone; a hang-up is what closing means.
        terminal.signal(Signal::HUP);
        terminal.end();
    }
}

#[test]
fn the_next_start_removes_what_is_left_of_a_broken_copy() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let left = folder.path().join("demo-backups/.tablesetter-copy-dead");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("copy.db"), "half of it").unwrap();
    let mut terminal = Terminal::on(&store, folder.path(), false);
    terminal.wait_for("Intake");
    let start = Instant::now();
    while left.exists() {
        assert!(start.elapsed() < PATIENCE, "it is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

/// After a loss of power a whole copy whose checksum had not reached the disk was taken for a damaged one.
#[test]
fn the_checksum_of_a_copy_is_on_the_disk_before_the_copy_has_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let trace = folder.path().join("trace");
    let traced = crate::command("strace")
        .args(["-f", "-y", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2", "-o"])
        .arg(&trace)
        .args([program(), "backup", "--quiet", "--store"])
        .arg(&store)
        .env("TABLESETTER_CONFIG", folder.path().join("config.toml"))
        .env("TABLESETTER_NOW", NOW)
        .stdout(std::process::Stdio::null())
        .status();
    let trace = std::fs::read_to_string(&trace).unwrap_or_default();
    if traced.is_err() || !trace.contains("rename") {
        eprintln!("skipped: system calls cannot be traced here");
        return;
    }
    let calls: Vec<&str> = trace.lines().filter(|line| line.contains("backups")).collect();
    let place = |what: &dyn Fn(&str) -> bool| {
        calls.iter().position(|line| what(line)).unwrap_or_else(|| panic!("not done:\n{trace}"))
    };
    let order = [
        place(&|line| line.contains("sync(") && line.contains("copy.sha256")),
        place(&|line| line.contains("rename") && line.contains("copy.sha256")),
        place(&|line| line.contains("rename") && line.contains("copy.db\"")),
    ];
    assert!(order.is_sorted(), "{order:?}\n{trace}");
    let between = &calls[order[1]..order[2]];
    assert!(between.iter().any(|line| line.contains("sync(") && line.contains("-backups>")), "{trace}");
}

#[test]
fn an_export_to_a_terminal_does_not_act_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let run = |words: &[&str]| {
        let mut command = clean(program());
        command.args(words);
        let mut terminal = Terminal::run(command, &store, folder.path());
        terminal.end();
        // The reader of the terminal may be behind the end of the program.
        std::thread::sleep(Duration::from_millis(100));
        String::from_utf8(terminal.raw.lock().unwrap().clone()).unwrap()
    };
    run(&["add", "owned \u{1b}]0;title\u{7} \u{9b}31m \u{202e}gpj"]);
    for words in [&["export", "requests"][..], &["export", "requests", "--json"], &["lint", "--bad\u{1b}[2J"]]
    {
        let raw = run(words);
        let acts = |c: char| c.is_control() && !"\r\n\t".contains(c) || c == '\u{202e}';
        assert!(raw.contains("owned") || raw.contains("--bad"), "{raw:?}");
        assert!(!raw.contains(acts), "{words:?}: {raw:?}");
    }
}

#[test]
fn without_a_terminal_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = crate::tablesetter()
        .env("TABLESETTER_STORE", folder.path().join("s.db"))
        .env("TABLESETTER_CONFIG", folder.path().join("config.toml"))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("terminal"));
}

#[test]
fn another_programs_change_appears_without_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    let store = folder.path().join("demo.db");
    let status = crate::tablesetter()
        .args([
            "add",
            "Seen",
            "from",
            "elsewhere",
            "hard:yes",
            "due:2026-11-20",
            "order:-1",
            "--quiet",
            "--store",
        ])
        .arg(&store)
        .env("TABLESETTER_NOW", NOW)
        .env("TABLESETTER_CONFIG", folder.path().join("config.toml"))
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    terminal.wait_for("Seen from elsewhere");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn only_text_that_is_longer_than_the_terminal_goes_through_the_pager() {
    let folder = tempfile::tempdir().unwrap();
    let (store, paged) = (folder.path().join("s.db"), folder.path().join("paged"));
    let add = |number: usize| {
        let status = crate::tablesetter()
            .args(["add", "Film", &number.to_string(), "--quiet", "--store"])
            .arg(&store)
            .env("TABLESETTER_NOW", NOW)
            .env("TABLESETTER_CONFIG", folder.path().join("config.toml"))
            .stdout(std::process::Stdio::null())
            .status();
        assert!(status.unwrap().success());
    };
    let list = |pager: &str, option: &str| {
        let mut command = clean(program());
        command.args(["list", "--limit", "0", option]);
        command.env("PAGER", pager);
        let mut terminal = Terminal::run(command, &store, folder.path());
        assert_eq!(terminal.end(), 0);
        std::thread::sleep(Duration::from_millis(100));
        terminal.text()
    };
    let keep = format!("cat > '{}'", paged.display());
    (0..3).for_each(add);
    assert!(list(&keep, "--quiet").contains("Film 2") && !paged.exists(), "a short list is only printed");
    (3..usize::from(ROWS.get()) + 3).for_each(add);
    list(&keep, "--quiet");
    let text = std::fs::read_to_string(&paged).unwrap();
    assert_eq!(text.lines().count(), usize::from(ROWS.get()) + 3, "{text}");
    std::fs::remove_file(&paged).unwrap();
    assert!(list(&keep, "--plain").contains("R-1\t") || !paged.exists(), "records are never paged");
    assert!(list("no-such-pager", "--quiet").contains("Film"), "without the pager the text is still shown");
}

#[test]
fn what_another_cockpit_wrote_is_not_taken_back_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let mut one = Terminal::on(&store, folder.path(), false);
    let mut two = Terminal::on(&store, folder.path(), false);
    one.wait_for("Intake");
    two.wait_for("Intake");
    one.type_in("aMine of the first\r");
    one.wait_for("undoes it");
    two.type_in("aMine of the second\r");
    two.wait_for("undoes it");
    one.type_in("u");
    one.wait_for("Not from this cockpit");
    one.type_in("u");
    one.wait_for("Undid: Added R-61 Mine of the first");
    for mut terminal in [one, two] {
        terminal.type_in("q");
        assert_eq!(terminal.end(), 0);
    }
}
