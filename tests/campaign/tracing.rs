//! Runs recorded by `strace`, and calls made to fail by it.

use std::path::Path;
use std::process::Output;

/// A call that changes files, or a word to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Call {
    /// A file of this name is there from now on, if it was not.
    Open(String),
    Write(String, usize, Vec<u8>),
    Size(String, usize),
    Sync(String),
    SyncFolder,
    Rename(String, String),
    Remove(String),
    /// What the commands said.
    Told(String),
}

/// True if programs can be traced here; says so otherwise.
pub(super) fn is_possible(what: &str) -> bool {
    let tried = crate::command("strace").args(["-f", "-e", "trace=none", "true"]).output();
    let is_possible = tried.is_ok_and(|output| output.status.success());
    if !is_possible {
        println!("skipped: {what} needs `strace`, and the right to trace programs");
    }
    is_possible
}

/// Runs a script of the shell, and gives what it did to the files directly in a folder.
pub(super) fn record(folder: &Path, script: &str) -> Option<Vec<Call>> {
    if !is_possible("a simulated power cut") {
        return None;
    }
    let trace = tempfile::NamedTempFile::new().unwrap();
    let calls = "trace=openat,creat,write,pwrite64,pwritev,writev,fsync,fdatasync,ftruncate,rename,renameat,renameat2,\
                 unlink,unlinkat,link,linkat";
    let status = crate::command("strace")
        .args(["-f", "-y", "-xx", "-s", "1000000", "-e", calls, "-e", "signal=none", "-o"])
        .arg(trace.path())
        .args(["sh", "-c", script])
        .env("TABLESETTER_NOW", crate::terminal::NOW)
        .status()
        .unwrap();
    assert!(status.success(), "the script failed");
    let text = std::fs::read_to_string(trace.path()).unwrap();
    Some(text.lines().filter_map(|line| call(line, folder)).collect())
}

/// `\x2f\x74` as bytes; whatever is not written so stays as it is.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4);
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = rest.strip_prefix(b"\\x").and_then(|rest| rest.split_at_checked(2));
        let byte = hex.and_then(|(hex, after)| {
            Some((u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?, after))
        });
        let (byte, after) = byte.unwrap_or((*first, after));
        bytes.push(byte);
        rest = after;
    }
    bytes
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every `"…"` of a line.
fn strings(line: &str) -> Vec<Vec<u8>> {
    line.split('"').skip(1).step_by(2).map(decoded).collect()
}

/// The path that the first descriptor of a line leads to.
fn descriptor(line: &str) -> Option<String> {
    let path = line.split_once('<')?.1.split_once('>')?.0;
    Some(text(&decoded(path)))
}

/// The name of a path directly in a folder; what lies deeper is of no store.
fn name(path: &str, folder: &Path) -> Option<String> {
    let path = Path::new(path);
    (path.parent() == Some(folder)).then(|| path.file_name().unwrap().to_string_lossy().into_owned())
}

/// The last numbers of the arguments.
fn number(arguments: &str, from_end: usize) -> Option<usize> {
    arguments.trim_end().trim_end_matches(')').rsplit(", ").nth(from_end)?.trim().parse().ok()
}

fn call(line: &str, folder: &Path) -> Option<Call> {
    let line = line.split_once(' ')?.1.trim_start();
    let is_of_folder = descriptor(line).is_some_and(|path| path.starts_with(&*folder.to_string_lossy()));
    assert!(!(line.contains("<unfinished") && is_of_folder), "two programs wrote at once: {line:.80}");
    let (head, result) = line.rsplit_once(" = ")?;
    if result.starts_with('-') || result.starts_with('?') {
        return None;
    }
    let (kind, arguments) = head.split_once('(')?;
    let arguments = arguments.trim_end();
    let own = || descriptor(head).and_then(|path| name(&path, folder));
    match kind {
        "openat" | "creat" => {
            let opened = descriptor(result).and_then(|path| name(&path, folder))?;
            arguments.contains("O_CREAT").then_some(Call::Open(opened))
        }
        "write" if own().as_deref() == Some("told") => Some(Call::Told(text(&strings(head)[0]))),
        "pwrite64" => Some(Call::Write(own()?, number(arguments, 0)?, strings(head).swap_remove(0))),
        "write" | "writev" | "pwritev" => {
            let file = own()?;
            panic!("{file} was written by {kind}, which the model does not know");
        }
        "ftruncate" => Some(Call::Size(own()?, number(arguments, 0)?)),
        "fsync" | "fdatasync" => {
            let path = descriptor(head)?;
            if Path::new(&path) == folder {
                Some(Call::SyncFolder)
            } else {
                Some(Call::Sync(name(&path, folder)?))
            }
        }
        "rename" | "renameat" | "renameat2" => {
            let paths = strings(head);
            Some(Call::Rename(name(&text(&paths[0]), folder)?, name(&text(&paths[1]), folder)?))
        }
        "unlink" | "unlinkat" => Some(Call::Remove(name(&text(&strings(head)[0]), folder)?)),
        "link" | "linkat" => panic!("a hard link, which the model does not know: {head:.120}"),
        _ => None,
    }
}

/// Runs a command of which a call fails; gives what it said, and how often the call was made to fail.
pub(super) fn failing(arguments: &[&str], inject: &str) -> (Output, usize) {
    let trace = tempfile::NamedTempFile::new().unwrap();
    let call = inject.split(':').next().unwrap();
    let output = crate::command("strace")
        .args([
            "-f",
            "-e",
            &format!("trace={call}"),
            "-e",
            &format!("inject={inject}"),
            "-e",
            "signal=none",
            "-o",
        ])
        .arg(trace.path())
        .arg(crate::terminal::program())
        .args(arguments)
        .env("TABLESETTER_NOW", crate::terminal::NOW)
        .output()
        .unwrap();
    let trace = std::fs::read(trace.path()).unwrap();
    let trace = String::from_utf8_lossy(&trace);
    (output, trace.matches("(INJECTED)").count())
}
