//! What plain words are offered as, and what stays words.

use proptest::prelude::*;

use super::*;
use crate::domain::kinds;
use crate::domain::record::Kind;
use crate::domain::words::days::Language;
use crate::domain::words::filter::{Filter, schema};

fn offered(text: &str) -> Vec<(String, String)> {
    offered_to(text, &OfferTargets::requests(None), &ParseContext::monday())
}

fn offered_to(text: &str, targets: &OfferTargets, context: &ParseContext) -> Vec<(String, String)> {
    let team: Vec<String> = ["Ana Ruiz", "Bo Ek", "Max Lang"].map(str::to_owned).to_vec();
    let stakeholders: Vec<String> = ["Owen Price", "Max Frisch", "Zoë Lang"].map(str::to_owned).to_vec();
    let handles: Vec<String> = ["ana", "bo", "max"].map(str::to_owned).to_vec();
    let names = LineNames {
        team: &NameIndex::of(&team),
        handles: &handles,
        stakeholders: &NameIndex::of(&stakeholders),
        stakeholder_names: &stakeholders,
    };
    let found = offers(text, targets, context, &names);
    found.into_iter().map(|offer| (offer.words.clone(), offer.taken(text))).collect()
}

fn one(text: &str) -> String {
    only(&offered(text))
}

fn only(offered: &[(String, String)]) -> String {
    match offered {
        [(_, taken)] => taken.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn what_can_mean_only_one_thing_is_offered() {
    assert_eq!(one("Poster by friday"), "Poster due:friday");
    assert_eq!(one("Poster by 4 dec t2"), "Poster due:\"4 dec\" t2");
    assert_eq!(one("Poster by 4th December"), "Poster due:\"4th December\"");
    assert_eq!(one("Poster bis Freitag"), "Poster due:Freitag");
    assert_eq!(one("Poster for Owen"), "Poster requester:\"Owen Price\"");
    assert_eq!(one("Poster for Zoë Lang"), "Poster requester:\"Zoë Lang\"");
    assert_eq!(one("Poster für Bo"), "Poster @bo");
    // Monday 23 November to Friday 4 December are ten working days.
    assert_eq!(one("Care 4h a week due:4dec"), "Care ~8h due:4dec");
    assert_eq!(one("Care 4 hours a week due:4dec"), "Care ~8h due:4dec");
    let both = offered("Care 4h a week by 4 dec");
    assert_eq!(both[0].1, "Care ~8h by 4 dec");
    assert_eq!(both[1].1, "Care 4h a week due:\"4 dec\"");
}

#[test]
fn a_day_of_several_words_behind_its_name_is_offered_in_quotes() {
    assert_eq!(one("Poster due:next week"), "Poster due:\"next week\"");
    assert_eq!(one("Poster due:the 4th t2"), "Poster due:\"the 4th\" t2");
    assert_eq!(one("Poster due:mid december"), "Poster due:\"mid december\"");
    assert_eq!(one("Poster by the 4th"), "Poster due:\"the 4th\"");
    for text in [
        "Poster due:fri next",
        "Poster 4th floor",
        "Poster due:\"next week\"",
        "Poster due:soon please",
        "due:",
    ] {
        assert_eq!(offered(text), [], "{text}");
    }
}

#[test]
fn hours_a_week_count_until_the_day_that_the_request_has() {
    let due = "2026-12-04".parse().ok();
    let one = |text| only(&offered_to(text, &OfferTargets::requests(due), &ParseContext::monday()));
    assert_eq!(one("4h a week"), "~8h");
    assert_eq!(one("4h a week due:fri"), "~4h due:fri");
    let saturday = ParseContext { today: "2026-11-28".parse().unwrap(), ..ParseContext::monday() };
    let found = offered_to("4h a week", &OfferTargets::requests(due), &saturday);
    assert_eq!(only(&found), "~4h", "today is no working day");
}

#[test]
fn a_line_of_each_kind_offers_what_its_fields_take() {
    for (kind, text, taken) in [
        (Kind::Promise, "numbers for Owen", "numbers @\"Owen Price\""),
        (Kind::Promise, "numbers by friday", "numbers due:friday"),
        (Kind::Promise, "numbers until 4 Dec", "numbers due:\"4 Dec\""),
        (Kind::Promise, "numbers avant vendredi", "numbers due:vendredi"),
        (Kind::Risk, "slot lost by friday", "slot lost raise-by:friday"),
        (Kind::Decision, "templates? by friday", "templates? check:friday"),
        (Kind::Decision, "templates? for Owen", "templates? @\"Owen Price\""),
        (Kind::Outcome, "sooner by april", "sooner due:april"),
        (Kind::Friction, "chasing approvals 4h a week", "chasing approvals ~4h"),
        (Kind::Friction, "chasing approvals 90 minutes per week", "chasing approvals ~1h30m"),
        // Nothing of them takes a name, or a day.
        (Kind::Risk, "slot for Owen", "[]"),
        (Kind::Friction, "chasing by friday", "[]"),
        (Kind::Promise, "numbers 4h a week", "[]"),
        (Kind::Promise, "numbers by friday due:mon", "[]"),
    ] {
        let targets = OfferTargets::record(kinds::fields(kind));
        assert_eq!(only(&offered_to(text, &targets, &ParseContext::monday())), taken, "{text}");
    }
}

#[test]
fn what_is_taken_in_a_filter_is_read_by_it() {
    let of = |vocabularies: &[schema::Vocabulary], text: &str| {
        let taken = only(&offered_to(text, &OfferTargets::filter(vocabularies), &ParseContext::monday()));
        let is_read = |words| Filter::parse_with(&taken, words, &ParseContext::monday()).is_ok();
        assert!(taken == "[]" || vocabularies.iter().any(is_read), "{text}: {taken}");
        taken
    };
    let requests = [schema::requests().clone()];
    assert_eq!(of(&requests, "film by friday"), "film due:<=friday");
    assert_eq!(of(&requests, "for Owen"), "for:\"Owen Price\"");
    assert_eq!(of(&requests, "for Bo"), "@bo");
    let boards = [Kind::Promise, Kind::Risk].map(schema::of_kind);
    assert_eq!(of(&boards, "by friday"), "due:<=friday");
    assert_eq!(of(&boards, "for Owen"), "for:\"Owen Price\"");
    assert_eq!(of(&[schema::meetings()], "by friday"), "due:<=friday");
    assert_eq!(of(&[schema::meetings()], "for Owen"), "[]");
}

#[test]
fn a_day_at_odds_is_offered_as_each_of_its_days() {
    let mut french = ParseContext::monday();
    french.days.language = Language::French;
    let requests = OfferTargets::requests(None);
    let filter = OfferTargets::filter(&[schema::requests().clone()]);
    for (targets, text, first, second) in [
        (&requests, "Poster due:mar t1", "Poster due:march t1", "Poster due:tuesday t1"),
        (&requests, "Poster by mar", "Poster due:march", "Poster due:tuesday"),
        (&filter, "due:<mar", "due:<march", "due:<tuesday"),
        (&filter, "due:mon..mar", "due:mon..march", "due:mon..tuesday"),
        (&filter, "due:none|mar", "due:none|march", "due:none|tuesday"),
        (&filter, "by mar", "due:<=march", "due:<=tuesday"),
    ] {
        let lines: Vec<String> =
            offered_to(text, targets, &french).into_iter().map(|(_, taken)| taken).collect();
        assert_eq!(lines, [first, second], "{text}");
        for line in lines {
            assert_eq!(offered_to(&line, targets, &french), [], "{line}");
        }
        assert!(!offered_to(text, targets, &ParseContext::monday()).iter().any(|(_, taken)| taken == second));
    }
    let said: Vec<String> = day_offers("mar", &french).into_iter().map(|offer| offer.sets).collect();
    assert_eq!(said, ["march", "tuesday"]);
}

#[test]
fn what_could_be_words_of_a_title_is_not() {
    for text in [
        "Poster by hand",
        "Poster by 4 designers",
        "Film for teams",
        "Film for Max",
        "Film for Lang",
        "Poster for owen",
        "\"by friday\"",
        "Care 4h a week",
        "Poster by friday due:mon",
        "stand by",
        "for",
    ] {
        assert_eq!(offered(text), [], "{text}");
    }
}

proptest! {
    #[test]
    fn any_line_is_read_and_what_is_taken_stands_in_its_place(text in "(by|for|Owen|friday|4h|a|week|due:fri|ä|\"|,| ){0,12}") {
        for (words, taken) in offered(&text) {
            prop_assert!(text.contains(&words));
            prop_assert!(taken != text);
        }
    }
}

#[test]
fn words_behind_a_field_of_sentences_are_offered_as_its_own() {
    assert_eq!(one("Film note:this is what"), "Film note:\"this is what\"");
    assert_eq!(one("Film outcome:more sales in May t2 @ana"), "Film outcome:\"more sales in May\" t2 @ana");
    let both = offered("Film notes:call them by friday");
    assert_eq!(both[0].1, "Film notes:\"call them\" by friday");
    assert_eq!(both[1].1, "Film notes:call them due:friday");
    for whole in [
        "Film note:this",
        "Film note:\"this is\" what",
        "Film brand:Nord spring",
        "Film note: this",
        "Film t1 note:x due:fri",
    ] {
        assert!(offered(whole).is_empty(), "{whole}: {:?}", offered(whole));
    }
}
