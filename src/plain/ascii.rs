//! Signs for terminals and fonts that have no others: under a locale that is not UTF-8 all else comes out as noise, and
//! takes other columns than were counted.

use unicode_normalization::UnicodeNormalization;

/// A sign of ASCII that takes the place of a letter, in one column: the nearest that looks like it, `?` where none does.
pub fn ascii_for(symbol: &str) -> char {
    let Some(first) = symbol.chars().next() else { return ' ' };
    if first.is_ascii() {
        return first;
    }
    match first {
        '─' | '━' | '═' | '–' | '—' | '−' | '‐' | '‑' => '-',
        '│' | '┃' | '║' | '▎' | '▏' | '▌' => '|',
        '\u{250c}'..='\u{257f}' | '✓' => '+',
        '\u{2580}'..='\u{259f}' | '◆' | '■' => '#',
        '·' | '˙' => '.',
        '•' | '●' | '○' | '◦' | '¤' => '*',
        '→' | '›' | '▸' | '▶' => '>',
        '←' | '‹' | '◂' => '<',
        '↑' | '▲' => '^',
        '↓' | '▼' => 'v',
        '…' => '~',
        '‘' | '’' | '‚' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '×' | '✗' | '✕' => 'x',
        '¶' => 'P',
        '€' => 'E',
        'ø' | 'œ' => 'o',
        'Ø' | 'Œ' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' | 'ð' => 'd',
        'Đ' | 'Ð' => 'D',
        'ı' => 'i',
        'ß' => 's',
        'æ' => 'a',
        'Æ' => 'A',
        other => other.nfkd().next().filter(char::is_ascii).unwrap_or('?'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_has_one_that_every_terminal_can_draw() {
        let said = |text: &str| text.chars().map(|c| ascii_for(&c.to_string())).collect::<String>();
        assert_eq!(said("── Load ·┬│ Zoë Müller → O-1 …"), "-- Load .+| Zoe Muller > O-1 ~");
        assert_eq!(said("−2d “Łódź” 4×½ 日本 plain"), "-2d \"Lodz\" 4x1 ?? plain");
    }
}
