//! Every kind of document that the demo studio gives, as the lead reads it and as it goes out.

use super::super::kit::{desk_at, go};
use crate::domain::briefing::Brief;
use crate::domain::document::{Audience, Document, Reader, RoomWords, keys_in};
use crate::domain::meeting::predictions;
use crate::export::{Layout, MAIL_WIDTH, render};
use crate::ops::Desk;

const HIDING: Reader = Reader::Room { names_with_hours: false };

fn demo() -> Desk {
    let mut desk = desk_at("2026-11-23T09:12:00+00:00");
    desk.fill_demo().unwrap();
    desk
}

/// All of them, each with its name: a kind that is missing here goes out unseen.
fn documents(desk: &mut Desk) -> Vec<(&'static str, Document)> {
    let pack = desk.standup(None).unwrap();
    let today = desk.today();
    let mut all = vec![
        ("standup", pack.by_section),
        ("standup by person", pack.by_person),
        ("brief", desk.brief(None).unwrap().document),
        ("week", desk.week_review(today).unwrap()),
        ("week before", desk.week_review("2026-11-18".parse().unwrap()).unwrap()),
        ("quarter", desk.quarter_review(today).unwrap()),
        ("quarter before", desk.quarter_review("2026-08-18".parse().unwrap()).unwrap()),
        ("load", desk.load_document(today, 14).unwrap()),
    ];
    desk.freeze_brief(None).unwrap();
    all.push(("frozen brief", desk.brief(None).unwrap().document));
    go(desk, "2026-11-24");
    all.push(("brief after a frozen one", desk.brief(None).unwrap().document));
    all
}

/// The beginnings of what is noted for the lead's eyes: some documents cut what is long.
fn private_words(desk: &Desk) -> Vec<String> {
    let books = desk.books().unwrap();
    let mut words: Vec<String> =
        ["trust ", "Last time:", "If-then", "Presence", "Stance, 1"].map(String::from).into();
    words.extend(books.promises.iter().map(|promise| promise.text.clone()));
    for entry in desk.entries().unwrap() {
        words.extend([entry.reflection.moment, entry.reflection.if_then]);
    }
    let meetings = desk.meetings(desk.today(), "2026-12-31".parse().unwrap()).unwrap();
    for meeting in meetings {
        words.push(meeting.if_then);
        words.extend(predictions(&meeting.predicted).into_iter().map(|it| it.question));
    }
    let begin = |word: String| word.chars().take(24).collect::<String>();
    let mut words: Vec<String> = words.into_iter().map(begin).filter(|word| !word.is_empty()).collect();
    words.sort();
    words.dedup();
    words
}

/// Lines, labels and titles as they are read, each with the title of its block before it.
fn sentences(document: &Document) -> Vec<String> {
    let mut all = vec![document.title.clone(), document.subtitle.clone()];
    for block in &document.blocks {
        all.extend(block.lines.iter().map(|line| format!("{}: {}", block.title, line.text)));
        let points = block.plot.iter().flat_map(|plot| plot.points.iter().map(|point| (&plot.unit, point)));
        all.extend(
            points.map(|(unit, point)| format!("{}: {} {}{unit}", block.title, point.label, point.value)),
        );
        let figures = block.lines.iter().flat_map(|line| &line.figures);
        all.extend(figures.map(|figure| format!("{}: {}", block.title, figure.receipt(document.told_on))));
    }
    all
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '.').map(|word| word.trim_matches('.'))
}

/// `8h`, `2.5h`, `45m`, `1h20m`.
fn tells_hours(text: &str) -> bool {
    let is_length = |word: &str| word.ends_with(['h', 'm']) && word.starts_with(|c: char| c.is_ascii_digit());
    words(text).any(is_length)
}

#[test]
fn nothing_private_stands_in_what_goes_out() {
    let mut desk = demo();
    let all = documents(&mut desk);
    let private = private_words(&desk);
    let read: String =
        all.iter().map(|(_, document)| render(document, Reader::Lead, Layout::Text, 10_000)).collect();
    let told = private.iter().filter(|word| read.contains(*word)).count();
    assert!(told >= 10, "the lead reads hardly any of it, so this proves nothing: {told} of {private:?}");
    for (kind, document) in &all {
        for layout in Layout::ALL {
            // As wide as a line gets, so that no break hides a word; a page parts what it escapes.
            let text = render(document, HIDING, *layout, 10_000).replace("&#39;", "'").replace('\\', "");
            for word in &private {
                assert!(!text.contains(word), "{kind} as {layout} tells “{word}”: {text}");
            }
        }
    }
}

#[test]
fn hours_go_out_by_name_only_where_the_configuration_says_so() {
    let mut desk = demo();
    let all = documents(&mut desk);
    let people = desk.store.people().unwrap();
    let names: Vec<String> = people.into_iter().flat_map(|person| [person.handle, person.name]).collect();
    let tells = |sentence: &String| {
        let is_named = |name: &String| {
            words(sentence).any(|word| word == name) || sentence.contains(&format!("{name}: "))
        };
        tells_hours(sentence) && names.iter().any(is_named)
    };
    let telling = |reader: Reader| -> Vec<(&str, String)> {
        let of = |(kind, document): &(&'static str, Document)| {
            let found = sentences(&document.for_reader(reader)).into_iter().filter(tells);
            found.map(|sentence| (*kind, sentence)).collect::<Vec<_>>()
        };
        all.iter().flat_map(of).collect()
    };
    assert_eq!(telling(HIDING), []);
    let open = telling(Reader::Room { names_with_hours: true });
    assert!(open.iter().any(|(kind, _)| *kind == "load"), "{open:?}");
    assert_eq!(desk.room(), HIDING, "without a word in the configuration they are hidden");
    desk.config = crate::config::parse("[room]\nnames_with_hours = true").config;
    assert_eq!(desk.room(), Reader::Room { names_with_hours: true });
}

#[test]
fn a_brief_for_the_room_has_five_blocks_and_no_key_of_ours() {
    let mut desk = demo();
    for (kind, document) in documents(&mut desk) {
        if kind.starts_with("standup") || kind == "load" {
            continue;
        }
        let given = document.for_reader(HIDING);
        for sentence in sentences(&given) {
            assert_eq!(keys_in(&sentence).next(), None, "{kind}: {sentence}");
        }
        if kind.contains("brief") {
            let titles: Vec<&str> = given.blocks.iter().map(|block| block.title.as_str()).collect();
            assert_eq!(titles, ["Bottom line", "Three numbers", "The ask", "Risk", "Redirected"], "{kind}");
            assert!(given.blocks.iter().flat_map(|block| &block.lines).any(|line| !line.figures.is_empty()));
        }
    }
}

#[test]
fn nothing_is_lost_for_the_lead() {
    let mut desk = demo();
    for (kind, document) in documents(&mut desk) {
        let read = document.for_reader(Reader::Lead);
        assert_eq!((&read.title, &read.subtitle), (&document.title, &document.subtitle), "{kind}");
        assert_eq!(read.blocks.len(), document.blocks.len(), "{kind}");
        for (own, block) in read.blocks.iter().zip(&document.blocks) {
            assert_eq!((&own.title, &own.plot, own.is_lead), (&block.title, &block.plot, block.is_lead));
            assert_eq!(own.lines.len(), block.lines.len(), "{kind}, {}", block.title);
            for (read, line) in own.lines.iter().zip(&block.lines) {
                let same = (line.with_hint(), &line.keys, &line.figures, line.tone);
                assert_eq!((read.text.clone(), &read.keys, &read.figures, read.tone), same, "{kind}");
            }
        }
        let text = render(&document, Reader::Lead, Layout::Text, MAIL_WIDTH);
        assert!(text.contains(&document.blocks[0].title), "{kind}");
    }
}

#[test]
fn a_brief_that_was_frozen_before_there_were_two_readers_keeps_what_is_private() {
    let mut desk = demo();
    desk.freeze_brief(None).unwrap();
    let mut brief = desk.store.records::<Brief>().unwrap().pop().unwrap();
    let mut old: Document = serde_json::from_str(&brief.document).unwrap();
    old.room = RoomWords::default();
    for block in &mut old.blocks {
        block.audience = Audience::Everyone;
        for line in &mut block.lines {
            (line.audience, line.instead) = (Audience::Everyone, String::new());
        }
    }
    brief.document = serde_json::to_string(&old).unwrap();
    let stamp = desk.stamp();
    desk.store.change(stamp, |tx| tx.put_record(&brief).map(|()| ((), "as it was".to_owned()))).unwrap();
    let document = desk.brief(None).unwrap().document;
    let text = render(&document, HIDING, Layout::Text, 10_000);
    for word in private_words(&desk) {
        assert!(!text.contains(&word), "{word}: {text}");
    }
    assert!(!text.contains("by gra") && text.contains("Nothing: 14 days"), "{text}");
    assert!(render(&document, Reader::Lead, Layout::Text, 10_000).contains("by gra"));
}

#[test]
fn a_standup_gives_a_room_nobodys_hours_by_joining_its_lines() {
    let mut desk = crate::ops::kit::studio();
    let film = crate::ops::kit::request(&mut desk, "Film t3 ~40h due:2026-11-27 @ana");
    desk.edit(&[film], "~47h").unwrap();
    desk.block(&[film], Some("prices")).unwrap();
    let pack = desk.standup(None).unwrap().by_section;
    let told = |reader: Reader| crate::export::render(&pack, reader, crate::export::Layout::Text, 72);
    let (own, room) = (told(Reader::Lead), told(Reader::Room { names_with_hours: false }));
    assert!(own.contains("ana is over 7h") && own.contains("· ana"), "{own}");
    assert!(room.contains("R-1 cannot all be done Mon 23–Fri 27 Nov") && room.contains("· ana"), "{room}");
    assert!(!room.contains("7h"), "whoever reads who holds it must not read the hours: {room}");
    assert!(own.contains("no standup was ended yet") && !room.contains("was ended"), "{room}");
}
