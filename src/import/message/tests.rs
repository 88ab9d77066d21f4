//! Mails and chats in the ways in which they are pasted and saved.

use super::recognise::{Nameables, recognise};
use super::*;
use crate::domain::matching::NameIndex;
use crate::domain::person::Person;
use crate::domain::words::ParseContext;

fn called(contact: &Contact) -> String {
    contact.written()
}

fn read(text: &str) -> ReceivedMessage {
    read_message(text.as_bytes()).unwrap()
}

/// Title, who asks, who handed it on.
fn told(text: &str) -> (String, String, String) {
    let message = read(text);
    (message.title.clone(), called(&message.requester), called(&message.forwarder))
}

fn expect(text: &str, title: &str, requester: &str, forwarder: &str) {
    assert_eq!(told(text), (title.to_owned(), requester.to_owned(), forwarder.to_owned()), "{text}");
}

fn offers(text: &str) -> Vec<String> {
    let person = |handle: &str, name: &str| Person::called(0, handle, name);
    let people = [person("kim", "Kim Aalto"), person("leo", "Leo Sand"), person("lea", "Lea Sand")];
    let names = NameIndex::of(&people);
    let handles: Vec<String> = people.iter().map(|person| person.handle.clone()).collect();
    let known = ["Sofia Reis".to_owned()];
    let all = Nameables {
        names: &names,
        handles: &handles,
        writers: &[],
        stakeholders: &NameIndex::of(&known),
        stakeholder_names: &known,
    };
    let offers = recognise(&read_text(text), &ParseContext::monday(), &all);
    let mark = |is_quoted: bool| if is_quoted { " (quoted)" } else { "" };
    offers.iter().map(|offer| format!("{} = {}{}", offer.words, offer.sets, mark(offer.is_quoted))).collect()
}

const PASTED: &str = "From: Nora Berg <nora.berg@client.example>\nTo: Studio <studio@x.example>\nSubject: FW: Autumn booth - plan by Thu 10 Dec\n\
    Date: Mon, 16 Nov 2026 10:12:00 +0100\n\nHello all,\n\nwe need four panels for the booth.\n  - two large\n  - two small\n\nBest,\nNora\n\n\
    > On Fri, Leo wrote:\n> ~12h for Kim? #booth\n";

#[test]
fn a_pasted_mail_is_asked_by_its_sender_and_keeps_its_lines() {
    expect(PASTED, "Autumn booth - plan by Thu 10 Dec", "Nora Berg <nora.berg@client.example>", "");
    let message = read(PASTED);
    assert!(message.words.starts_with("Hello all,\n\nwe need"), "{}", message.words);
    assert!(
        message.words.contains("\n  - two large\n  - two small\n")
            && message.words.ends_with("> ~12h for Kim? #booth")
    );
    assert_eq!(message.sent, NaiveDate::from_ymd_opt(2026, 11, 16));
}

#[test]
fn what_stands_in_it_is_offered_with_its_words_and_what_is_quoted_comes_last() {
    let expected = [
        "Thu 10 Dec = due:2026-12-10",
        "~12h = ~12h (quoted)",
        "Kim = @kim (quoted)",
        "#booth = #booth (quoted)",
    ];
    assert_eq!(offers(PASTED), expected);
}

#[test]
fn heads_of_forwarded_mails_are_known_in_the_ways_of_programs_and_languages() {
    let outlook = "From: Kim Aalto <kim@x.example>\nSent: Monday, 23 November 2026 08:41\nTo: Studio\nSubject: FW: Posters\n\nFYI, can we?\n\n\
        From: Berg, Nora [mailto:nora@client.example]\nSent: Friday, 20 November 2026 17:02\nTo: Aalto, Kim <kim@x.example>;\n  Leo Sand\nSubject: Posters\n\nThree posters please.\n";
    expect(outlook, "Posters", "Berg, Nora <nora@client.example>", "Kim Aalto <kim@x.example>");
    assert_eq!(read(outlook).sent, NaiveDate::from_ymd_opt(2026, 11, 20));
    let german = "Von: Kim Aalto <kim@x.example>\nGesendet: Montag, 23. November 2026 08:41\nAn: Studio\nBetreff: WG: AW: Plakate\n\nSiehe unten.\n\n\
        *Von:* Nora Berg <nora@client.example>\n*Gesendet:* Freitag, 20. November 2026 17:02\n*An:* Kim Aalto\n*Betreff:* AW: Plakate\n\nDrei Plakate bis Freitag, 4. Dezember.\n";
    expect(german, "Plakate", "Nora Berg <nora@client.example>", "Kim Aalto <kim@x.example>");
    assert_eq!(offers(german)[0], "Freitag, 4. Dezember = due:2026-12-04");
    let gmail = "See below.\n\n---------- Forwarded message ---------\nFrom: Nora Berg <nora@client.example>\nDate: Fri, Nov 20, 2026 at 5:02 PM\n\
        Subject: Posters\nTo: Kim <kim@x.example>\n\n\nThree posters please.\n";
    expect(gmail, "Posters", "Nora Berg <nora@client.example>", "");
    let apple = "From: Kim <kim@x.example>\nSubject: Fwd: Posters\nDate: 23 November 2026 at 08:41:00 GMT\n\nBegin forwarded message:\n\n\
        > From: Nora Berg <nora@client.example>\n> Subject: Posters\n> Date: 20 November 2026 at 17:02:00 GMT\n> To: Kim <kim@x.example>\n> \n> Posters by 4 December?\n";
    expect(apple, "Posters", "Nora Berg <nora@client.example>", "Kim <kim@x.example>");
    assert_eq!(offers(apple), ["4 December = due:2026-12-04"], "the forwarded mail is no quotation");
    let french = "De : Nora Berg <nora@client.example>\nEnvoyé : vendredi 20 novembre 2026 17:02\nÀ : Kim\nObjet : TR: Vitrine\n\nBonjour,\npour le 4 décembre\n";
    expect(french, "Vitrine", "Nora Berg <nora@client.example>", "");
    assert_eq!(offers(french), ["4 décembre = due:2026-12-04"]);
}

#[test]
fn a_mail_through_several_hands_is_asked_by_whoever_wrote_it_first() {
    let text = "From: A <a@x.example>\nSubject: FW: FW: Film\nTo: us\n\nhere\n\nFrom: B <b@x.example>\nSent: Friday, 20 November 2026\nSubject: FW: Film\n\nfor you\n\n\
        From: C <c@x.example>\nSent: Thursday, 19 November 2026\nSubject: Film\n\nplease\n\nFrom: D <d@x.example>\nSent: Wednesday\nSubject: RE: Film\n\nolder\n";
    expect(text, "Film", "C <c@x.example>", "A <a@x.example>");
    assert!(read(text).said.iter().any(|line| line.text == "older" && line.is_quoted));
}

#[test]
fn below_an_answer_stands_history_and_not_who_asks() {
    let text = "From: Nora <nora@client.example>\nSubject: RE: Posters\nTo: us\n\nMake it five, by 11 December.\n\n-----Original Message-----\n\
        From: Kim <kim@x.example>\nSent: Friday, 20 November 2026\nTo: Nora\nSubject: Posters\n\nThree by 4 December?\n";
    expect(text, "Posters", "Nora <nora@client.example>", "");
    assert_eq!(offers(text), ["11 December = due:2026-12-11", "4 December = due:2026-12-04 (quoted)"]);
}

#[test]
fn a_chat_says_who_in_a_line_of_its_own() {
    expect(
        "Nora Berg  09:12\nhey, can we get 3 posters by Friday?\nKim Aalto  09:14\nsure",
        "hey, can we get 3 posters by Friday?",
        "Nora Berg",
        "",
    );
    expect("[09:12] Nora Berg\n    two banners\n", "two banners", "Nora Berg", "");
    expect(
        "[23/11/2026, 09:12] Nora: Two banners please\n[23/11/2026, 09:13] Nora: soon",
        "Two banners please",
        "Nora",
        "",
    );
    let text = "Nora Berg  09:12\ntwo banners";
    assert_eq!(read(text).words, text, "who said it when stays in the words");
}

#[test]
fn a_plain_text_is_called_by_its_first_line() {
    expect("\n\n- Two banners\nfor the fair", "Two banners", "", "");
    expect("Hi Kim,\n\nTwo banners for the fair", "Two banners for the fair", "", "");
    expect("Hi Kim,", "Hi Kim,", "", "");
    expect("> quoted\nTwo banners", "Two banners", "", "");
    expect("Subject: Re:\n\nTwo banners", "Two banners", "", "");
    expect("Note: this\nis no head", "Note: this", "", "");
    expect("", "", "", "");
    expect("---\n\n...", "", "", "");
}

#[test]
fn a_mail_as_it_travels_is_decoded() {
    let mail = "From: =?UTF-8?B?WsO2ZSBCZXJn?= <zoe@client.example>\r\nSubject: =?utf-8?Q?WG=3A_F=C3=BCnf?=\r\n =?utf-8?Q?_Plakate?=\r\n\
        Date: Fri, 20 Nov 2026 17:02:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
        Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        RsO8bmYgUGxha2F0ZQpiaXMgbW9yZ2Vu\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--a--\r\n--b\r\n\
        Content-Type: application/pdf; name=\"brief.pdf\"\r\nContent-Disposition: attachment; filename=\"brief.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n";
    expect(mail, "Fünf Plakate", "Zöe Berg <zoe@client.example>", "");
    let message = read(mail);
    assert_eq!(
        (message.words.as_str(), message.attachments.as_slice()),
        ("Fünf Plakate\nbis morgen", &["brief.pdf".to_owned()][..])
    );
    assert_eq!(message.sent, NaiveDate::from_ymd_opt(2026, 11, 20));
}

#[test]
fn letters_are_read_however_they_are_written() {
    let head = "From: a@x.example\nSubject: x\nMIME-Version: 1.0\n";
    for (kind, body) in [
        (
            "Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n",
            &b"caf\xe9 \x80 5"[..],
        ),
        ("Content-Type: text/plain\n", &b"caf\xe9 \x80 5"[..]),
        ("Content-Type: text/plain; charset=utf-8\n", &b"caf\xe9 \x80 5"[..]),
        (
            "Content-Type: text/plain; charset=iso-8859-15\nContent-Transfer-Encoding: quoted-printable\n",
            &b"caf=E9 =A4=\n 5"[..],
        ),
        ("Content-Type: text/html; charset=utf-8\n", "<div>café&nbsp;€ 5</div>".as_bytes()),
    ] {
        let bytes = [head.as_bytes(), kind.as_bytes(), b"\n", body].concat();
        assert_eq!(read_message(&bytes).unwrap().words, "café € 5", "{kind}");
    }
    let bytes = [&b"From: Zo\xeb <z@x.example>\nMessage-ID: <1@x>\nSubject: Caf\xe9\n\nbody"[..]].concat();
    let message = read_message(&bytes).unwrap();
    assert_eq!((message.title.as_str(), message.requester.name.as_str()), ("Café", "Zoë"));
    let japanese =
        [head.as_bytes(), b"Content-Type: text/plain; charset=shift_jis\n\n\x83|\x83X\x83^\x81["].concat();
    assert_eq!(read_message(&japanese).unwrap().words, "ポスター");
}

#[test]
fn a_mail_that_hangs_on_another_one_was_handed_on() {
    let mail = "From: Kim <kim@x.example>\nSubject: please do\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee attached\n--b\n\
        Content-Type: message/rfc822\n\nFrom: Nora <nora@client.example>\nSubject: Posters\n\nThree posters\n--b--\n";
    expect(mail, "please do", "Nora <nora@client.example>", "Kim <kim@x.example>");
    assert!(read(mail).words.ends_with("Subject: Posters\n\nThree posters"));
}

#[test]
fn what_has_no_subject_or_no_text_is_called_by_what_it_has() {
    let head = "From: Nora <nora@client.example>\nMIME-Version: 1.0\nMessage-ID: <1@x>\n";
    expect(&format!("{head}\nTwo banners\n"), "Two banners", "Nora <nora@client.example>", "");
    expect(&format!("{head}Subject: Two banners\n\n"), "Two banners", "Nora <nora@client.example>", "");
    expect(&format!("{head}\n"), "", "Nora <nora@client.example>", "");
    let attached = format!(
        "{head}Content-Type: application/pdf; name=\"Brief booth.pdf\"\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    );
    expect(&attached, "Brief booth.pdf", "Nora <nora@client.example>", "");
}

#[test]
fn days_and_lengths_are_offered_only_where_they_can_hardly_be_anything_else() {
    for (text, found) in [
        ("by Friday 4 December", "Friday 4 December = due:2026-12-04"),
        ("by Fri", "Fri = due:2026-11-27"),
        ("on 4th of December, 2026", "4th of December, 2026 = due:2026-12-04"),
        ("December 4, 2026!", "December 4, 2026 = due:2026-12-04"),
        ("needed next Tuesday", "next Tuesday = due:2026-11-24"),
        ("live 2026-12-04.", "2026-12-04 = due:2026-12-04"),
        ("bis 4.12.2026", "4.12.2026 = due:2026-12-04"),
        ("end of the month", "end of the month = due:2026-11-30"),
        ("in 2 weeks", "in 2 weeks = due:2026-12-07"),
        ("el 4 de diciembre", "4 de diciembre = due:2026-12-04"),
        ("about 16 hours", "16 hours = ~16h"),
        ("~2d of Lea", "~2d = ~16h"),
        ("1.5h", "1.5h = ~1h30m"),
        ("three days: 3 days of work", "3 days = ~24h"),
        ("half a day", "half a day = ~4h"),
        ("ask @leo", "@leo = @leo"),
        ("Kim's idea", "Kim's = @kim"),
        ("Sofia signs it off", "Sofia = decider:\"Sofia Reis\""),
        ("Approval: Sofia Reis", "Sofia Reis = decider:\"Sofia Reis\""),
        ("#spring-launch", "#spring-launch = #spring-launch"),
    ] {
        assert!(offers(text).contains(&found.to_owned()), "{text}: {:?}", offers(text));
    }
    for text in [
        "the sun and the sat nav, mon ami",
        "version 2.5, price 3.20, ratio 16:9",
        "at 16h, within 48 hours, in 3 days' time",
        "as said on 12 Oct",
        "as said by 20 nov",
        "may we march on, second of all",
        "30 February and 03/04/2026",
        "#1 of #fff000 and # heading",
        "kim and sand",
        "as Sofia said",
        "-- \nKim\n+49 30 1234",
    ] {
        assert!(offers(text).iter().all(|offer| offer.contains("in 3 days")), "{text}: {:?}", offers(text));
    }
    assert_eq!(
        offers("@Lea Sand, Sand"),
        ["Lea Sand = @lea", "Sand = @leo"].map(|it| it.replace("Lea Sand =", "@Lea Sand ="))
    );
}

#[test]
fn tomorrow_counts_from_the_day_of_the_mail() {
    let text = "From: n@x.example\nTo: us\nDate: Fri, 20 Nov 2026 10:00:00 +0000\nSubject: x\n\ntomorrow, or by Monday";
    assert_eq!(offers(text), ["tomorrow = due:2026-11-21", "Monday = due:2026-11-23"]);
}

#[test]
fn what_is_no_text_is_refused_with_what_to_do() {
    let refused = |bytes: &[u8]| read_message(bytes).unwrap_err().to_string();
    let outlook = refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest");
    assert!(outlook.contains(".msg") && outlook.contains(".eml") && outlook.contains("paste"), "{outlook}");
    for bytes in [&b"PK\x03\x04 a zip"[..], b"%PDF-1.7", b"\x89PNG\r\n", b"\x00\x01\x02"] {
        assert_eq!(read_message(bytes).unwrap_err(), MessageError::NoText);
    }
}

#[test]
fn a_mail_that_is_nested_without_end_is_read_as_text() {
    let inner = "Content-Type: message/rfc822\n\n";
    let deep = format!("From: a@x.example\nSubject: Deep\nMIME-Version: 1.0\n{}", inner.repeat(200_000));
    let message = read(&deep);
    assert_eq!(message.title, "Deep");
    let boundary = "Content-Type: multipart/mixed; boundary=b\n\n--c\n";
    let boundaries = boundary.repeat(2_000);
    assert!(!read(&format!("From: a@x.example\nMIME-Version: 1.0\n{boundaries}")).words.is_empty());
}

#[test]
fn more_than_a_field_holds_is_cut_and_told() {
    let message = read(&format!("Subject: Long\n\n{}", "word ".repeat(100_000)));
    assert!(
        message.words.len() <= bounds::TEXT && message.notes[0].contains("256 KiB"),
        "{:?}",
        message.notes
    );
}
