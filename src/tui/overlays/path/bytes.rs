//! Names of files that are no text, as they stand in a line that is: a byte that is none is written `\xE9`, and read as
//! that byte again.

use std::ffi::OsString;
use std::fmt::Write;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

/// A name as it is shown and typed.
pub fn written(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        // The stroke itself too: in a line it says that the letter behind it is meant as it stands.
        text.push_str(&chunk.valid().replace('\\', "\\x5C"));
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// The byte that a text begins with, where it is written as one.
pub fn written_byte(text: &str) -> Option<u8> {
    let code = text.strip_prefix("\\x")?.get(..2)?;
    let byte = u8::from_str_radix(code, 16).ok()?;
    // Only what is no letter by itself, and the stroke.
    (byte >= 0x80 || byte == b'\\').then_some(byte)
}

/// The path that a text is.
pub fn path_of(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        let byte = written_byte(rest);
        bytes.push(byte.unwrap_or(b'\\'));
        rest = &rest[if byte.is_some() { 4 } else { 1 }..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    PathBuf::from(OsString::from_vec(bytes))
}

/// The same where it is kept as text; nothing of a name that is none.
pub fn text_of(written: &str) -> Option<String> {
    path_of(written).into_os_string().into_string().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_bytes_comes_back_as_it_was() {
        let names: [(&[u8], &str); 6] = [
            (b"plan.csv", "plan.csv"),
            (b"caf\xE9 \xFF.csv", "caf\\xE9 \\xFF.csv"),
            ("café.csv".as_bytes(), "café.csv"),
            (b"a\\xE9.csv", "a\\x5CxE9.csv"),
            (b"a\\b\\", "a\\x5Cb\\x5C"),
            (b"\xC3", "\\xC3"),
        ];
        for (name, text) in names {
            assert_eq!(written(name), text);
            assert_eq!(path_of(text).into_os_string().into_vec(), name, "{text}");
            assert_eq!(text_of(text), String::from_utf8(name.to_vec()).ok());
        }
    }
}
