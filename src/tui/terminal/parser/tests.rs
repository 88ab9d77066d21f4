//! Bytes of terminals whole, in pieces and late, and what they say.

use crossterm::event::{MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::*;

const NONE: KeyModifiers = KeyModifiers::NONE;

fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Event {
    key(code, modifiers)
}

fn ms(number: u64) -> Duration {
    Duration::from_millis(number)
}

/// What pieces say that come a number of milliseconds after one another, and a second of quiet behind them.
fn said(pieces: &[(u64, &[u8])]) -> Vec<Event> {
    let (mut parser, mut now) = (KeyParser::default(), Instant::now());
    let mut events = Vec::new();
    for (after, bytes) in pieces.iter().chain([&(1_000, &b""[..])]) {
        let until = now + ms(*after);
        while let Some(deadline) = parser.deadline().filter(|deadline| *deadline <= until) {
            events.extend(parser.expire(deadline));
        }
        now = until;
        events.extend(parser.feed(bytes, now));
    }
    events
}

fn letters(text: &str) -> Vec<Event> {
    text.chars().map(typed).collect()
}

#[test]
fn keys_of_every_terminal_are_known() {
    let shift = KeyModifiers::SHIFT;
    let (control, alt) = (KeyModifiers::CONTROL, KeyModifiers::ALT);
    for (bytes, code, modifiers) in [
        ("\x1b[A", KeyCode::Up, NONE),
        ("\x1bOB", KeyCode::Down, NONE),
        ("\x1b[1;3D", KeyCode::Left, alt),
        ("\x1b[1;5C", KeyCode::Right, control),
        ("\x1b[H", KeyCode::Home, NONE),
        ("\x1b[4~", KeyCode::End, NONE),
        ("\x1b[3;5~", KeyCode::Delete, control),
        ("\x1b[6~", KeyCode::PageDown, NONE),
        ("\x1b[Z", KeyCode::BackTab, shift),
        ("\x1bOS", KeyCode::F(4), NONE),
        ("\x1b[[D", KeyCode::F(4), NONE),
        ("\x1b[24~", KeyCode::F(12), NONE),
        ("\x1b[27u", KeyCode::Esc, NONE),
        ("\x1b[97;5u", KeyCode::Char('a'), control),
        ("\x1b[27;5;105~", KeyCode::Char('i'), control),
        ("\x1bf", KeyCode::Char('f'), alt),
        ("\x1b\x7f", KeyCode::Backspace, alt),
        ("\x01", KeyCode::Char('a'), control),
        ("\0", KeyCode::Char(' '), control),
        ("\r", KeyCode::Enter, NONE),
        ("G", KeyCode::Char('G'), shift),
        ("é", KeyCode::Char('é'), NONE),
        ("🦀", KeyCode::Char('🦀'), NONE),
    ] {
        let expected = vec![pressed(code, modifiers)];
        assert_eq!(said(&[(0, bytes.as_bytes())]), expected, "{bytes:?} whole");
        let apart: Vec<(u64, &[u8])> = bytes.as_bytes().chunks(1).map(|byte| (5, byte)).collect();
        assert_eq!(said(&apart), expected, "{bytes:?} byte by byte");
    }
}

#[test]
fn answers_say_nothing_whole_split_or_late() {
    for answer in [
        "\x1b]11;rgb:3030/3434/4646\x07",
        "\x1b]10;rgb:cdcd/d6d6/f4f4\x1b\\",
        "\x1b]4;0;rgb:00/00/00\x1b\\",
        "\x1bP>|tmux 3.5a\x1b\\",
        "\x1bP1+r5463=323536\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b^a message of its own\x1b\\",
        "\x1bXwhat it is\x1b\\",
        "\x1b[?62;4;22c",
        "\x1b[>41;354;0c",
        "\x1b[24;80R",
        "\x1b[?2026;2$y",
        "\x1b[8;24;80t",
        "\x1b[?997;1n",
        "\x1b[?1u",
    ] {
        let bytes = answer.as_bytes();
        assert_eq!(said(&[(0, bytes)]), [], "{answer:?}");
        for at in 1..bytes.len() {
            assert_eq!(said(&[(0, &bytes[..at]), (40, &bytes[at..])]), [], "{answer:?} split at {at}");
        }
        // Split behind its ESC by more than anybody waits: the key is said, the rest is not typed.
        let late = said(&[(0, &bytes[..1]), (300, &bytes[1..]), (10, b"j")]);
        assert_eq!(late, [pressed(KeyCode::Esc, NONE), typed('j')], "{answer:?}");
    }
    let late = said(&[(0, b"\x1b]11;rgb:30"), (700, b"30/3434/4646\x07"), (10, b"j")]);
    assert_eq!(late, letters("j"), "a string whose end is later than half a second");
}

/// An answer as a terminal that has been told to use controls of eight bits says it, and the same in UTF-8.
fn in_eight_bits(answer: &[u8]) -> [Vec<u8>; 2] {
    let (mut bytes, mut letters) = (Vec::new(), Vec::new());
    let mut rest = answer;
    while let [first, more @ ..] = rest {
        rest = more;
        if let ([letter, behind @ ..], &ESC) = (more, first) {
            rest = behind;
            bytes.push(letter + 0x40);
            letters.extend([0xc2, letter + 0x40]);
        } else {
            bytes.push(*first);
            letters.push(*first);
        }
    }
    [bytes, letters]
}

#[test]
fn answers_in_controls_of_eight_bits_say_nothing_and_letters_with_such_bytes_stay() {
    for answer in [
        "\x1b]11;rgb:3030/3434/4646\x07",
        "\x1b]10;rgb:cdcd/d6d6/f4f4\x1b\\",
        "\x1bP>|tmux 3.5a\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b^a message, Übung œ\x1b\\",
        "\x1bXwhat it is\x1b\\",
        "\x1b[?62;4;22c",
        "\x1b[24;80R",
        "\x1b[8;24;80t",
        "\x1b\\",
    ] {
        for bytes in in_eight_bits(answer.as_bytes()) {
            let whole = [&bytes, b"j".as_slice()].concat();
            assert_eq!(said(&[(0, &whole)]), letters("j"), "{bytes:?}");
            for at in 1..bytes.len() {
                let split = said(&[(0, &bytes[..at]), (40, &bytes[at..]), (10, b"j")]);
                assert_eq!(split, letters("j"), "{bytes:?} split at {at}");
            }
        }
    }
    let late = said(&[(0, b"\x9d11;rgb:30"), (700, b"30/3434/4646\x9c"), (10, b"j")]);
    assert_eq!(late, letters("j"), "a string whose end is later than half a second");
    assert_eq!(said(&[(0, "\u{9d}0;Ü".as_bytes()), (20, b"ber\x9cj")]), letters("j"));
    assert_eq!(said(&[(0, b"\x9bA")]), [pressed(KeyCode::Up, NONE)], "a key is said so too");
    assert_eq!(said(&[(0, "ÜÐß🦀›\u{85}".as_bytes())]), letters("ÜÐß🦀›"), "letters that hold such bytes");
    // Broken letters hold no control: what is typed behind them is not lost in a string without an end.
    assert_eq!(said(&[(0, b"\xf0\x9fq\xe2\x98q")]), letters("qq"));
    assert_eq!(said(&[(0, b"\xf0"), (600, b"\x9f\xa6\x80q")]), letters("q"));
}

#[test]
fn a_string_without_an_end_ends_and_the_way_out_works_again() {
    assert_eq!(said(&[(0, b"\x1b]52;c;abc"), (600, b"q")]), letters("q"));
    assert_eq!(said(&[(0, b"\x1b]52;c;abc\x18q")]), letters("q"), "CAN");
    assert_eq!(said(&[(0, b"\x1bPabc\x03")]), [pressed(KeyCode::Char('c'), KeyModifiers::CONTROL)]);
    for begun in [&b"\x1b]"[..], b"\x1b^", b"\x1bX", b"\x98", b"\x9d", b"\x9e", "\u{9f}".as_bytes()] {
        let and = |rest: &[u8]| [begun, rest].concat();
        let long = [begun, &[b'x'; LONGEST_STRING], b"q"].concat();
        assert_eq!(said(&[(0, &long)]), letters("q"), "4 KiB behind {begun:?}");
        assert_eq!(said(&[(0, &and(b"abc\x18q"))]), letters("q"), "CAN behind {begun:?}");
        assert_eq!(said(&[(0, &and(b"abc")), (600, b"q")]), letters("q"), "quiet behind {begun:?}");
        assert_eq!(said(&[(0, &and(b"abc\x07q"))]), letters("q"), "BEL behind {begun:?}");
    }
    let after_escape = said(&[(0, b"\x1b]11;x"), (600, b"\x1b"), (100, b"q")]);
    assert_eq!(after_escape, [pressed(KeyCode::Esc, NONE), typed('q')]);
}

#[test]
fn whatever_a_terminal_says_behind_an_escape_that_was_a_key_is_no_key() {
    for said_late in [
        &b"[I"[..],
        b"^a word\x1b\\",
        b"Xa word\x1b\\",
        b"[O",
        b"[<35;70;20M",
        b"[<0;1;1m",
        b"[M !!",
        b"[?62c",
        b"[12;40R",
    ] {
        let events = said(&[(0, b"\x1b"), (100, said_late), (200, b"x")]);
        let escape = pressed(KeyCode::Esc, KeyModifiers::NONE);
        assert_eq!(events, [escape, typed('x')], "{}", String::from_utf8_lossy(said_late));
    }
}

#[test]
fn a_string_of_kilobytes_may_trickle_and_one_without_an_end_gives_the_keys_back() {
    let long = format!("\x1b]52;c;{}\x07", "QUJD".repeat(600));
    let mut pieces: Vec<(u64, &[u8])> = long.as_bytes().chunks(1).map(|byte| (20, byte)).collect();
    pieces.push((20, b"x"));
    assert_eq!(said(&pieces), letters("x"));
    let mut open: Vec<(u64, &[u8])> = vec![(0, b"\x1b]52;c;QUJD")];
    open.extend([(700, &b"a"[..]), (120, b"b")]);
    assert_eq!(said(&open), letters("ab"), "fingers are slower than a line");
}

#[test]
fn the_beginning_of_a_sequence_alone_is_a_key_with_alt() {
    let alt = KeyModifiers::ALT;
    assert_eq!(said(&[(0, b"\x1b]")]), [pressed(KeyCode::Char(']'), alt)]);
    assert_eq!(said(&[(0, b"\x1b[")]), [pressed(KeyCode::Char('['), alt)]);
    assert_eq!(said(&[(0, b"\x1bP")]), [pressed(KeyCode::Char('P'), alt | KeyModifiers::SHIFT)]);
    assert_eq!(said(&[(0, b"\x1b^")]), [pressed(KeyCode::Char('^'), alt)]);
    assert_eq!(said(&[(0, b"\x1bX")]), [pressed(KeyCode::Char('X'), alt | KeyModifiers::SHIFT)]);
    assert_eq!(said(&[(0, b"\x1b")]), [pressed(KeyCode::Esc, NONE)]);
    assert_eq!(said(&[(0, b"\x1b\x1b")]), [pressed(KeyCode::Esc, NONE), pressed(KeyCode::Esc, NONE)]);
}

#[test]
fn an_arrow_behind_an_escape_is_one_with_alt_where_both_come_at_once() {
    let alt = KeyModifiers::ALT;
    assert_eq!(said(&[(0, b"\x1b\x1b[D")]), [pressed(KeyCode::Left, alt)]);
    assert_eq!(said(&[(0, b"\x1b\x1bOC")]), [pressed(KeyCode::Right, alt)]);
    assert_eq!(
        said(&[(0, b"\x1b"), (120, b"\x1b[D")]),
        [pressed(KeyCode::Esc, NONE), pressed(KeyCode::Left, NONE)]
    );
    // An answer of the terminal behind it stays no key.
    assert_eq!(said(&[(0, b"\x1b\x1b[?62;4c")]), [pressed(KeyCode::Esc, NONE)]);
}

#[test]
fn a_paste_is_one_text_however_it_comes() {
    let paste = b"\x1b[200~line one\nqxd\x1b[A\xc3\xa9\x1b[201~j";
    let expected = [Event::Paste("line one\nqxd\x1b[Aé".into()), typed('j')];
    for at in 1..paste.len() {
        assert_eq!(said(&[(0, &paste[..at]), (40, &paste[at..])]), expected, "split at {at}");
    }
    // Its end never comes, or much later: what came is the paste, and keys are keys again.
    let open = said(&[(0, b"\x1b[200~half"), (3_000, b"q")]);
    assert_eq!(open, [Event::Paste("half".into()), typed('q')]);
    let late = said(&[(0, b"\x1b[200~half"), (3_000, b" rest\x1b[201~q")]);
    assert_eq!(late, [Event::Paste("half".into()), Event::Paste(" rest".into()), typed('q')]);
}

#[test]
fn clicks_and_the_wheel_are_told_and_moves_are_not() {
    let mouse = |bytes: &[u8]| match said(&[(0, bytes)]).as_slice() {
        [Event::Mouse(event)] => Some((event.kind, event.column, event.row)),
        _ => None,
    };
    let left = MouseEventKind::Down(MouseButton::Left);
    assert_eq!(mouse(b"\x1b[<0;12;7M"), Some((left, 11, 6)));
    assert_eq!(mouse(b"\x1b[32;12;7M"), Some((left, 11, 6)), "as rxvt says it");
    assert_eq!(mouse(b"\x1b[M ,'"), Some((left, 11, 6)), "as xterm said it first");
    assert_eq!(mouse(b"\x1b[<65;1;1M"), Some((MouseEventKind::ScrollDown, 0, 0)));
    assert_eq!(mouse(b"\x1b[<35;9;9M"), None, "a move");
}

/// Bytes that a terminal answers, or says of itself, in each of the three ways in which it can say them.
fn answer() -> impl Strategy<Value = Vec<u8>> {
    (answer_of_seven_bits(), 0usize..4).prop_map(|(answer, way)| {
        let [bytes, letters] = in_eight_bits(&answer);
        match way {
            0 => bytes,
            1 => letters,
            _ => answer,
        }
    })
}

fn answer_of_seven_bits() -> impl Strategy<Value = Vec<u8>> {
    let text = "[0-9a-zA-Z:;/>|=+ .]{0,40}";
    prop_oneof![
        ("[0-9]{1,3}", text, prop::bool::ANY).prop_map(|(number, text, is_bell)| {
            let end = if is_bell { "\x07" } else { "\x1b\\" };
            format!("\x1b]{number};{text}{end}").into_bytes()
        }),
        text.prop_map(|text| format!("\x1bP>|{text}\x1b\\").into_bytes()),
        text.prop_map(|text| format!("\x1b_G{text}\x1b\\").into_bytes()),
        (prop::bool::ANY, text).prop_map(|(is_message, text)| {
            let begins = if is_message { '^' } else { 'X' };
            format!("\x1b{begins}{text}\x1b\\").into_bytes()
        }),
        "[?>=][0-9;]{0,12}[cnuyt]".prop_map(|text| format!("\x1b[{text}").into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::testkit::fuzz::rounds(256), failure_persistence: None, ..ProptestConfig::default() })]

    /// Keys with answers between them are the same keys, in whatever pieces all of it comes.
    #[test]
    fn answers_between_keys_change_nothing(
        parts in prop::collection::vec((prop::option::of(answer()), "[a-z0-9 é\r\x01]"), 0..12),
        cuts in prop::collection::vec(1usize..9, 0..60),
    ) {
        let keys: String = parts.iter().map(|(_, key)| key.as_str()).collect();
        let both: Vec<u8> = parts
            .iter()
            .flat_map(|(answer, key)| answer.iter().flatten().copied().chain(key.bytes()))
            .collect();
        let (mut pieces, mut rest) = (Vec::new(), both.as_slice());
        for cut in cuts {
            let (piece, more) = rest.split_at(cut.min(rest.len()));
            pieces.push((3, piece));
            rest = more;
        }
        pieces.push((3, rest));
        prop_assert_eq!(said(&pieces), said(&[(0, keys.as_bytes())]));
    }

    /// Over a slow line a long answer takes longer than a string may rest.
    #[test]
    fn an_answer_that_trickles_in_is_no_key(answer in answer(), gap in 1u64..45) {
        let mut pieces: Vec<(u64, &[u8])> = answer.chunks(1).map(|byte| (gap, byte)).collect();
        pieces.push((gap, b"x"));
        prop_assert_eq!(said(&pieces), letters("x"));
    }

    /// Whatever comes, nothing panics, and after a pause `q` is `q`.
    #[test]
    fn no_bytes_keep_the_keyboard(pieces in prop::collection::vec((0u64..900, prop::collection::vec(any::<u8>(), 0..40)), 0..8)) {
        let mut pieces: Vec<(u64, &[u8])> = pieces.iter().map(|(after, bytes)| (*after, bytes.as_slice())).collect();
        pieces.extend([(4_500, &b""[..]), (10, b"q")]);
        let events = said(&pieces);
        prop_assert_eq!(events.last(), Some(&typed('q')));
    }
}

#[test]
fn the_ground_is_read_in_eight_bits_too_and_is_no_key() {
    for answer in [
        &b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"[..],
        b"\x9d11;rgb:ffff/ffff/ffff\x9c",
        b"\x9d11;rgb:ffff/ffff/ffff\x07",
        "\u{9d}11;rgb:ffff/ffff/ffff\u{9c}".as_bytes(),
    ] {
        for cut in 1..answer.len() {
            let (mut parser, now) = (KeyParser::default(), Instant::now());
            let mut events = parser.feed(&answer[..cut], now);
            events.extend(parser.feed(&answer[cut..], now + ms(10)));
            assert_eq!(parser.take_ground(), Some(Ground::Light), "{answer:?} cut at {cut}");
            assert!(events.is_empty(), "{answer:?} cut at {cut}: {events:?}");
        }
    }
}
