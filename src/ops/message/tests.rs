//! Drafts of mails, from what was pasted to what is stored.

use super::*;
use crate::domain::minutes::Minutes;
use crate::domain::record::Kind;
use crate::ops::kit::{day, desk_at, entry, join, refusal, told};

const MAIL: &str = "From: \"Berg, Nora\" <nora@client.example>\nTo: us\nDate: Fri, 20 Nov 2026 10:00:00 +0000\nSubject: FW: Re: #booth t1 panels ~4h\n\n\
    Four panels by Friday 11 December, please.\nKim Aalto knows the size, about 12 hours.\n\nNora\n> t2 @leo #old\n";

fn desk() -> Desk {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    for name in ["Kim Aalto", "Leo Sand"] {
        join(&mut desk, name, "design");
    }
    desk
}

#[test]
fn a_mail_is_added_as_it_is_and_nothing_in_it_is_set() {
    let mut desk = desk();
    let draft = desk.draft_of_message(MAIL).unwrap();
    let request = desk.add_message(&draft, "").unwrap().output;
    assert_eq!((request.title.as_str(), request.requester.as_str()), ("#booth t1 panels ~4h", "Berg, Nora"));
    assert_eq!((request.due, request.estimate, request.tier, request.tags.len()), (None, None, None, 0));
    assert!(desk.store.allocations_of(request.id).unwrap().is_empty());
    assert!(request.ask.starts_with("Four panels by") && request.ask.ends_with("\n> t2 @leo #old"));
    assert_eq!(request.notes, "From Berg, Nora <nora@client.example>, Fri 20 Nov 2026");
    assert_eq!(told(&desk), "Added R-1 #booth t1 panels ~4h");
}

#[test]
fn every_offer_is_words_of_quick_add_that_say_what_they_set() {
    let mut desk = desk();
    let draft = desk.draft_of_message(MAIL).unwrap();
    let offered: Vec<_> = draft
        .offered
        .iter()
        .map(|offer| (offer.words.as_str(), offer.sets.as_str(), offer.is_quoted))
        .collect();
    let expected = [
        ("Friday 11 December", "due:2026-12-11", false),
        ("~4h", "~4h", false),
        ("12 hours", "~12h", false),
        ("Kim Aalto", "@kim", false),
        ("@leo", "@leo", true),
        ("#booth", "#booth", false),
        ("#old", "#old", true),
    ];
    assert_eq!(offered, expected);
    assert_eq!(draft.offered[0].says, "due Fri 11 Dec, 14 working days");
    let taken: Vec<&str> = [0, 2, 3, 5].into_iter().map(|at| draft.offered[at].sets.as_str()).collect();
    let request = desk.add_message(&draft, &taken.join(" ")).unwrap().output;
    assert_eq!((request.due, request.estimate), (Some(day("2026-12-11")), Some(Minutes::hours(12))));
    assert_eq!(
        (request.tags.join(" "), desk.store.allocations_of(request.id).unwrap().len()),
        ("booth".to_owned(), 1)
    );
}

#[test]
fn what_is_typed_beside_a_mail_wins() {
    let mut desk = desk();
    let draft = desk.draft_of_message(MAIL).unwrap();
    let request = desk.add_message(&draft, "Booth panels for:\"Somebody Else\" note:mine t3").unwrap().output;
    let found = (request.title.as_str(), request.requester.as_str(), request.notes.as_str());
    assert_eq!(found, ("Booth panels", "Somebody Else", "mine"));
    assert!(request.ask.starts_with("Four panels"), "their words stay theirs");
}

#[test]
fn the_sender_is_the_stakeholder_who_is_meant_and_nobody_who_only_comes_near() {
    let mut desk = desk();
    entry(&mut desk, Kind::Stakeholder, &[("name", "Nora Berg"), ("email", "n.berg@client.example")]);
    let sender = |desk: &Desk, from: &str| {
        let draft = desk.draft_of_message(&format!("From: {from}\nSubject: x\n\ny")).unwrap();
        let sender = draft.requester.unwrap();
        (sender.name, sender.stakeholder.map(|(key, _)| key.to_string()))
    };
    let one = || NameMatch::One("S-1".to_owned());
    assert_eq!(sender(&desk, "Berg, Nora <n.berg@client.example>"), ("Nora Berg".to_owned(), one()));
    assert_eq!(sender(&desk, "Berg, Nora"), ("Nora Berg".to_owned(), one()));
    let near = NameMatch::Near(vec!["S-1".to_owned()]);
    assert_eq!(sender(&desk, "Nora Burg <other@client.example>"), ("Nora Burg".to_owned(), near));
    assert_eq!(sender(&desk, "Kim Aalto").0, "Kim Aalto");
    assert_eq!(sender(&desk, "Nora"), ("Nora Berg".to_owned(), one()), "a chat says no more than that");
    entry(&mut desk, Kind::Stakeholder, &[("name", "Nora Klein"), ("email", "nora@agency.example")]);
    let two = NameMatch::Ambiguous(vec!["S-1".to_owned(), "S-2".to_owned()]);
    assert_eq!(sender(&desk, "Nora"), ("Nora".to_owned(), two));
    assert_eq!(sender(&desk, "Nora <nora@agency.example>").1, NameMatch::One("S-2".to_owned()));
}

#[test]
fn who_forwarded_it_and_what_came_with_it_stand_in_the_notes() {
    let mut desk = desk();
    let text = "From: Kim Aalto <kim@x.example>\nSubject: FW: Panels\nTo: us\n\nFYI\n\nFrom: Nora Berg <nora@client.example>\nSent: Friday, 20 November 2026 10:00\nSubject: Panels\n\nFour please";
    let mut draft = desk.draft_of_message(text).unwrap();
    draft.attachments = vec!["plan.pdf".to_owned()];
    let request = desk.add_message(&draft, "").unwrap().output;
    assert_eq!(request.requester, "Nora Berg");
    let notes = "From Nora Berg <nora@client.example>, Fri 20 Nov 2026\nForwarded by Kim Aalto <kim@x.example>\nCame with plan.pdf";
    assert_eq!(request.notes, notes);
    assert!(draft.offered.is_empty(), "whoever forwards it is not offered for the work: {:?}", draft.offered);
}

#[test]
fn what_says_nothing_needs_a_title_beside_it() {
    let mut desk = desk();
    let draft = desk.draft_of_message("From: Nora <nora@client.example>\nTo: us\n\n").unwrap();
    assert_eq!(refusal(desk.add_message(&draft, "t3")), "there is neither a subject nor a text in it");
    assert_eq!(refusal(desk.add_message(&draft, "Film due:soon")).split(' ').next(), Some("column"));
    assert!(
        desk.history(None).unwrap().iter().all(|operation| !operation.label.contains("R-1")),
        "nothing was added"
    );
    let request = desk.add_message(&draft, "Panels").unwrap().output;
    assert_eq!((request.title.as_str(), request.ask.as_str()), ("Panels", "Panels"));
}
