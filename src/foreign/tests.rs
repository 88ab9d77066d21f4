//! Children that do not behave, played by other programs.

use super::*;
use crate::ops::import::foreign::ForeignKind;

fn asked() -> Asked {
    Asked::new(ForeignKind::Calendar(Vec::new()), &crate::ops::clock::Clock::system())
}

fn script(folder: &Path, text: &str) -> Foreign {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("reader");
    // Written by another process: one that forks here meanwhile would hold the file open for writing.
    let made =
        Command::new("sh").args(["-c", "printf '%s' \"$1\" > \"$2\"", "-", text]).arg(&program).status();
    assert!(made.unwrap().success());
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    Foreign { program, deadline: Duration::from_millis(600), most: 1 << 16, attendant: None }
}

#[test]
fn whatever_a_child_does_there_is_a_sentence_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ics");
    std::fs::write(&file, "x").unwrap();
    let name = file.to_str().unwrap();
    for (text, expected) in [
        ("kill -ABRT $$", "more than 512 MiB of memory"),
        ("kill -XCPU $$", "more than 30 seconds of work"),
        ("kill -SEGV $$", "its reader broke off"),
        ("exit 101", "its reader broke off"),
        ("exit 0", "its reader broke off"),
        ("cat > /dev/null; exec sleep 100", "took longer than 0.6 seconds"),
        ("exec sleep 100", "took longer than 0.6 seconds"),
        ("exec 1>&-; exec sleep 100", "no answer that can be read"),
        ("cat > /dev/null; echo '{\"Ok\":'; exec sleep 100", "took longer than 0.6 seconds"),
        ("cat > /dev/null; echo 'no JSON'; exec sleep 100", "no answer that can be read"),
        ("cat > /dev/null; printf '{\"Err\":\"'; yes | tr -d '\\n'", "more than one import can take"),
        ("cat > /dev/null; echo '{\"Err\":\"no calendar\"}'", "no calendar"),
    ] {
        let begun = std::time::Instant::now();
        let reader = script(folder.path(), &format!("#!/bin/sh\n{text}\n"));
        let error = reader.one(&asked(), Path::new(name)).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{text}");
    }
}

#[test]
fn one_file_that_breaks_its_reader_costs_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<PathBuf> = (0..5)
        .map(|n| {
            let file = folder.path().join(format!("{n}.ics"));
            std::fs::write(&file, if n == 2 { "bad" } else { "good" }).unwrap();
            file
        })
        .collect();
    // Whoever gets the bad file among others answers once and breaks off.
    let text = "#!/bin/sh\nif grep -q bad; then test \"$(ls \"$0.once\" 2>/dev/null)\" || { touch \"$0.once\"; echo '{\"Err\":\"fine\"}'; }; kill -ABRT $$; fi\nfor n in 1 2 3; do echo '{\"Err\":\"fine\"}'; done\n";
    let answers = script(folder.path(), text).all(&asked(), &names).unwrap();
    let told: Vec<String> = answers.into_iter().map(|answer| answer.unwrap_err()).collect();
    assert_eq!(told.len(), 5);
    assert!(told[2].contains("512 MiB of memory") || told[1].contains("512 MiB of memory"), "{told:?}");
    assert!(told[4] == "fine" && told[0] == "fine", "{told:?}");
}

#[test]
fn whoever_attends_a_child_can_end_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ics");
    std::fs::write(&file, "x").unwrap();
    let reader =
        Foreign { deadline: Duration::from_mins(1), ..script(folder.path(), "#!/bin/sh\nexec sleep 100\n") };
    let reader = reader.attended_by(Arc::new(|since| since < Duration::from_millis(300)));
    let begun = std::time::Instant::now();
    let error = reader.one(&asked(), &file).unwrap_err().to_string();
    assert!(error.contains("it was stopped") && begun.elapsed() < Duration::from_secs(20), "{error}");
}

#[test]
fn a_program_that_is_not_there_and_a_file_that_is_not_are_told() {
    let nobody = Foreign {
        program: PathBuf::from("/no/such/program"),
        deadline: DEADLINE,
        most: ANSWER,
        attendant: None,
    };
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = nobody.one(&asked(), file.path()).unwrap_err().to_string();
    assert!(error.contains("could not start reading it"), "{error}");
    for (name, expected) in [("/no/such/file.ics", "cannot read /no/such/file.ics"), ("/", "cannot read /")] {
        assert!(nobody.one(&asked(), Path::new(name)).unwrap_err().to_string().contains(expected));
    }
}
