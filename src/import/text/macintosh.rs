//! Bytes of the code page that Excel on a Mac saves a plain CSV in. Guessed as the Western one of Windows, `Café` would come
//! in as `CafŽ`.

/// Letters of the Mac that are none within a word on Windows: capitals behind small letters, signs, and nothing at all.
const ODD: [u8; 13] = [0x81, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x98, 0x9D, 0x9F];
/// Marks of the Mac that are letters on Windows: quotes, dashes and the blank that does not break.
const MARKS: [u8; 9] = [0xC7, 0xC8, 0xCA, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5];

/// True if words make sense with the letters of the Mac alone.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    let mut is_mac = false;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        let behind = bytes.get(at + 1).copied().unwrap_or(b' ');
        // Beside a small letter: in a word of capitals those of Windows are in their place.
        let is_within =
            before.is_ascii_lowercase() || before.is_ascii_alphabetic() && behind.is_ascii_lowercase();
        if is_within && ODD.contains(byte) {
            is_mac = true;
        } else if (before.is_ascii_alphabetic() || behind.is_ascii_lowercase())
            && *byte >= 0xC0
            && !MARKS.contains(byte)
        {
            // A letter of Windows, which is a sign on the Mac.
            return false;
        }
    }
    is_mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_mac_are_told_from_those_of_windows() {
        for (bytes, is) in [
            (&b"Title\nCaf\x8E\n"[..], true),
            (b"Title\nF\x9Fr alle\n", true),
            (b"Title\nFran\x8Dais, don\xD5t\n", true),
            (b"Title\nCaf\xE9\n", false),
            (b"Title\n\x8Akoda, don\x92t\n", false),
            (b"Title\nCaf\xE9 \x8Eena\n", false),
            (b"Title\nplain\n", false),
        ] {
            assert_eq!(is_likely(bytes), is, "{bytes:?}");
        }
    }
}
