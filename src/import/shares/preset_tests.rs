//! Presets of the user for plans: what the columns are called, and what else the file is known to be.

use super::*;
use crate::import::dates::DateOrder;
use crate::import::requests::{RequestOptions, read_requests};

const OURS: &str = "name = \"our-plan\"\ntitle = \"Our plan\"\nsource = \"planner\"\ndate_order = \"day-first\"\n\
    [shares]\nperson = [\"Gebucht\"]\nproject = [\"Woran\"]\nhours-per-day = [\"Std\", \"Stunden\"]\n\
    start = [\"Ab\"]\nend = [\"Bis\"]\n";
const PLAN: &str = "Gebucht,Woran,Stunden,Ab,Bis,Hours\nana,Film,3,03/04/2026,05/04/2026,99\n";

fn ours(text: &str) -> Presets {
    Presets::new(&[("our-plan.toml".to_owned(), text.to_owned())]).unwrap()
}

fn by(name: &str, list: ListOptions) -> ShareOptions {
    ShareOptions { list, preset: Some(name.to_owned()) }
}

#[test]
fn a_preset_says_what_the_columns_of_a_plan_are() {
    let presets = ours(OURS);
    let found = read_shares(PLAN.as_bytes(), &presets, &by("our-plan", ListOptions::default())).unwrap();
    let share = &found.listing.drafts[0].value;
    assert_eq!((share.person.as_str(), share.project.as_str()), ("ana", "Film"));
    assert_eq!((share.from, share.to), ("2026-04-03".parse().ok(), "2026-04-05".parse().ok()));
    assert_eq!(found.source, "planner");
    // What is said of a column goes before what the preset knows of it.
    let maps = vec![("Stunden".to_owned(), "hours".to_owned())];
    let said =
        by("our-plan", ListOptions { maps, order: Some(DateOrder::MonthFirst), ..ListOptions::default() });
    let share = read_shares(PLAN.as_bytes(), &presets, &said).unwrap().listing.drafts.remove(0).value;
    assert_eq!(share.from, "2026-03-04".parse().ok());
    assert_eq!(share.amount, Amount::Whole(Minutes::hours(3)));
}

#[test]
fn a_preset_is_known_by_the_header_of_its_plan() {
    let read =
        |text: &str, presets: &Presets| read_shares(text.as_bytes(), presets, &ShareOptions::default());
    let found = read(PLAN, &ours(OURS)).unwrap();
    let share = &found.listing.drafts[0].value;
    assert_eq!((share.person.as_str(), share.from), ("ana", "2026-04-03".parse().ok()));
    assert_eq!(found.source, "planner");
    assert!(found.listing.notes.iter().any(|note| note.contains("that of the preset our-plan")), "{found:?}");
    // One of its columns is missing, and it says by no signature that the others are enough.
    let short = "Gebucht,Woran,Stunden,Ab\nana,Film,3,2026-04-03\n";
    assert!(read(short, &ours(OURS)).is_err());
    let signed = ours(&OURS.replace("[shares]", "signature = [\"Gebucht\", \"Ab\"]\n[shares]"));
    assert_eq!(read(short, &signed).unwrap().source, "planner");
    assert!(read("Gebucht,Woran,Stunden\nana,Film,3\n", &signed).is_err(), "without its signature");
    let usual = "Person,Project,From,To,Hours\nana,Film,2026-11-23,2026-11-27,8\n";
    assert_eq!(read(usual, &ours(OURS)).unwrap().source, "shares", "another plan");
    let two = Presets::new(&[
        (
            "a.toml".to_owned(),
            "name = \"a\"\ntitle = \"A\"\nsource = \"a\"\n[shares]\nperson = [\"Gebucht\"]\n".to_owned(),
        ),
        ("our-plan.toml".to_owned(), OURS.to_owned()),
    ]);
    assert_eq!(read(PLAN, &two.unwrap()).unwrap().source, "planner", "the one that knows most of it");
}

#[test]
fn a_sheet_that_a_preset_remembers_and_the_file_lacks_is_told() {
    let presets = ours(&OURS.replace("[shares]", "sheet = \"Plan\"\n[shares]"));
    let found = read_shares(PLAN.as_bytes(), &presets, &by("our-plan", ListOptions::default())).unwrap();
    assert!(
        found.listing.notes[0].contains("reads sheet `Plan`, but this file has none"),
        "{:?}",
        found.listing.notes
    );
}

#[test]
fn a_preset_that_says_nothing_of_shares_and_a_wrong_field_are_refused() {
    let refused = |presets: &Presets, name: &str| {
        read_shares(PLAN.as_bytes(), presets, &by(name, ListOptions::default())).unwrap_err().to_string()
    };
    assert!(refused(&ours(OURS), "jira-cloud").contains("it says nothing of shares"));
    assert!(refused(&ours(OURS), "our-plam").contains("did you mean `our-plan`"));
    let wrong = OURS.replace("hours-per-day", "hours-a-day");
    let error = Presets::new(&[("our-plan.toml".to_owned(), wrong)]).unwrap_err().to_string();
    assert!(
        error.contains("line 8")
            && error.contains("`hours-a-day` is not a field of shares; fields are person"),
        "{error}"
    );
}

#[test]
fn a_preset_of_shares_alone_recognises_no_requests() {
    let now = chrono::DateTime::UNIX_EPOCH;
    let options = RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now };
    let found = read_requests(b"Title,Due\nFilm,2026-12-04\n", &ours(OURS), &options, &chrono::Utc).unwrap();
    assert_eq!(found.preset, "generic");
}
