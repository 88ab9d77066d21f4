//! Paths as people type, paste and drag them.

use std::path::{Path, PathBuf};

use super::bytes::{path_of, written, written_byte};

/// A path without what a terminal, a shell or a file manager puts around it: quotes, `file://`, blanks behind strokes.
pub fn bare(text: &str) -> String {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("file://") {
        // Between the strokes may stand the machine, which is this one.
        let path = rest.find('/').map_or(rest, |at| &rest[at..]);
        return percent_decoded(path);
    }
    for quote in ['\'', '"'] {
        // Within quotes a backslash stands for itself.
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return written(inner.as_bytes());
        }
    }
    let mut bare = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(byte) = written_byte(rest) {
            bare.push(byte);
            rest = &rest[4..];
            continue;
        }
        let mut letters = rest[first.len_utf8()..].chars();
        // At the end there is nothing that it could shield, so it is a letter of the name.
        let letter = if first == '\\' { letters.next().unwrap_or(first) } else { first };
        bare.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        rest = letters.as_str();
    }
    written(&bare)
}

/// True for a text that is a whole path, and no piece of one.
pub fn is_whole(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['\'', '"']);
    text.starts_with('/') || text.starts_with("~/") || text.starts_with("file://")
}

/// The beginning of a whole path that was typed behind the folder which stood there: whoever types `/` or `~/` behind a
/// stroke does not mean the folder any more.
pub fn begun_anew(text: &str) -> Option<&'static str> {
    if text.ends_with("/~/") {
        Some("~/")
    } else {
        // Two at the beginning stand behind no folder, and those of `file://` belong to it.
        (text.ends_with("//") && text != "//" && !text.starts_with("file:")).then_some("/")
    }
}

/// `%20` as the blank that it is, whatever bytes they are.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).filter(|_| *first == b'%').and_then(|code| {
            let code = std::str::from_utf8(code).ok()?;
            u8::from_str_radix(code, 16).ok()
        });
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    written(&bytes)
}

/// The path that a text means, `~` being the home folder.
pub fn meant(text: &str, home: Option<&Path>) -> PathBuf {
    let text = text.trim();
    match (text.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(path_of(rest.trim_start_matches('/'))),
        _ => path_of(text),
    }
}

/// What stands before the last stroke with it, and what stands behind.
pub fn halves(text: &str) -> (&str, &str) {
    let at = text.rfind('/').map_or(0, |at| at + 1);
    text.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_understood_however_it_comes() {
        for (text, path) in [
            ("/home/ana/a b.csv", "/home/ana/a b.csv"),
            ("'/home/ana/a b.csv' ", "/home/ana/a b.csv"),
            ("\"/home/ana/a b.csv\"", "/home/ana/a b.csv"),
            ("/home/ana/a\\ b\\ (1).csv\n", "/home/ana/a b (1).csv"),
            ("file:///home/ana/a%20b%C3%A9.csv", "/home/ana/a bé.csv"),
            ("file://localhost/home/ana/a.csv", "/home/ana/a.csv"),
            ("file:///home/ana/100%.csv", "/home/ana/100%.csv"),
            ("file:///home/%ff.csv", "/home/\\xFF.csv"),
            ("/home/caf\\xE9.csv", "/home/caf\\xE9.csv"),
            ("/home/a\\\\xE9.csv", "/home/a\\x5CxE9.csv"),
            ("'/home/a\\xE9.csv'", "/home/a\\x5CxE9.csv"),
            ("/home/a\\", "/home/a\\x5C"),
            ("it's.csv", "it's.csv"),
            ("", ""),
        ] {
            assert_eq!(bare(text), path, "{text}");
        }
        assert!(
            is_whole(" '/a")
                && is_whole("file:///a")
                && is_whole("~/a")
                && !is_whole("a/b")
                && !is_whole("~ana")
        );
    }

    #[test]
    fn a_whole_path_can_be_typed_behind_a_folder() {
        for (text, anew) in [
            ("a/b//", Some("/")),
            ("/a//", Some("/")),
            ("~/a/~/", Some("~/")),
            ("a/b/", None),
            ("/", None),
            ("//", None),
            ("~/", None),
            ("file://", None),
        ] {
            assert_eq!(begun_anew(text), anew, "{text}");
        }
    }

    #[test]
    fn the_home_folder_is_only_meant_at_the_beginning() {
        let home = Path::new("/home/ana");
        for (text, path) in
            [("~", "/home/ana"), ("~/x", "/home/ana/x"), ("~bo/x", "~bo/x"), ("a/~/x", "a/~/x"), ("/x", "/x")]
        {
            assert_eq!(meant(text, Some(home)), Path::new(path), "{text}");
        }
        assert_eq!(meant("~/x", None), Path::new("~/x"));
        let bytes = |path: PathBuf| path.into_os_string().into_encoded_bytes();
        assert_eq!(bytes(meant("~/caf\\xE9.csv", Some(home))), b"/home/ana/caf\xE9.csv");
        assert_eq!((halves("~/a/b"), halves("b")), (("~/a/", "b"), ("", "b")));
    }
}
