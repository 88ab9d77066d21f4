//! What a spreadsheet would run: texts that begin like a formula are guarded by an apostrophe on their way
//! out, and lose it on their way in, so that a text comes back as it was.

use std::borrow::Cow;

/// True for a text that a spreadsheet may take for a formula, or for what hides one.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '−'])
}

/// True for a guarded text, or one that only looks like it.
fn is_guarded(text: &str) -> bool {
    text.starts_with('\'') && is_formula(text.trim_start_matches('\''))
}

/// The text as no spreadsheet runs it.
pub fn guard(text: &str) -> Cow<'_, str> {
    if is_formula(text) || is_guarded(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it was before [`guard`].
pub fn unguard(text: &str) -> &str {
    if is_guarded(text) { &text[1..] } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_goes_out_begins_a_formula() {
        for text in ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1"]
        {
            assert!(guard(text).starts_with('\''), "{text:?}");
        }
        for text in ["", "a=1", "12", "'tis", "' =1"] {
            assert_eq!(guard(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_comes_back(text in "'{0,3}[=+@a\t\n＝-]{0,3}\\PC{0,9}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), &text);
            prop_assert!(!is_formula(&guarded));
        }
    }
}
