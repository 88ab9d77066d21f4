//! The worked examples of LOAD.md, 7, played through with a moving clock, to the minute. Ana has 8 h from Monday to
//! Friday and a planning factor of 1; all work is tier 3 unless said.

mod cells;
mod flow;

use chrono::{DateTime, NaiveDate};

use crate::config::Config;
use crate::domain::allocation::NewShare;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::load::{ForcedOver, Verdict};
use crate::domain::minutes::Minutes;
use crate::domain::record::Kind;
use crate::domain::stage::Stage;
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::ops::kit;
use crate::ops::sample::SampleSize;
use crate::store::{Origin, Store};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A studio of Ana alone, on a day.
struct Studio(Desk);

impl Studio {
    fn on(today: &str, factor: u8) -> Self {
        let store = Store::in_memory().unwrap();
        let mut desk = Desk::new(store, Config::defaults(), at(today), Origin::CommandLine);
        let factor = format!("{factor} %");
        crate::ops::kit::add(&mut desk, &[("name", "Ana"), ("discipline", "design"), ("factor", &factor)]);
        Self(desk)
    }

    /// The same studio on another day.
    fn go(&mut self, today: &str) -> &mut Self {
        self.0.set_clock(at(today));
        self
    }

    /// Adds a request by quick add and gives it to Ana within a window; the hours are the estimate's.
    fn give(&mut self, line: &str, window: (&str, &str)) -> RequestId {
        let id = self.0.add(&format!("{line} t3 outcome:\"more sign-ups\"")).unwrap().output.id;
        let share = NewShare { from: Some(day(window.0)), to: Some(day(window.1)), ..NewShare::whole("ana") };
        self.0.assign(id, &share).unwrap();
        id
    }

    fn stage(&mut self, id: RequestId, stages: &[Stage]) {
        for stage in stages {
            self.0.move_to(&[id], *stage, "").unwrap();
        }
    }

    fn begin(&mut self, id: RequestId) {
        self.stage(id, &[Stage::Ready, Stage::InProgress]);
    }

    fn edit(&mut self, id: RequestId, words: &str) {
        self.0.edit(&[id], words).unwrap();
    }

    /// Hours of Ana by day from today on: all that is confirmed, as `Mon 4h`.
    fn days(&self) -> Vec<String> {
        let (grid, _) = self.0.load(self.0.today(), 14).unwrap();
        let shown = grid.rows[0].cells.iter().filter(|cell| cell.confirmed.is_positive());
        shown.map(|cell| format!("{} {}", cell.date.format("%a %-d"), cell.confirmed)).collect()
    }

    fn away(&mut self, from: &str, to: &str) {
        let words =
            [("who", "ana"), ("from", from), ("to", to)].map(|(field, text)| (field, text.to_owned()));
        self.0.add_entry(Kind::Absence, &words).unwrap();
    }

    fn verdict(&self) -> Verdict {
        self.0.load_model(self.0.today(), self.0.today()).unwrap().verdict(PersonId(1))
    }

    fn over(&self) -> i64 {
        self.verdict().over().0
    }

    fn left(&self, id: RequestId) -> String {
        self.0.row(id).unwrap().left.map_or_else(|| "?".to_owned(), |left| left.to_string())
    }
}

fn at(today: &str) -> Clock {
    Clock::fixed(DateTime::parse_from_rfc3339(&format!("{today}T09:00:00+00:00")).unwrap())
}

const ACCEPTED: [Stage; 2] = [Stage::Ready, Stage::Scheduled];

#[test]
fn example_1_late_work_first_and_what_it_displaces() {
    let mut studio = Studio::on("2026-11-06", 100);
    let first = studio.give("One ~40h due:2026-11-27", ("2026-11-09", "2026-11-27"));
    let second = studio.give("Two ~20h due:2026-11-20", ("2026-11-16", "2026-11-20"));
    studio.stage(first, &ACCEPTED);
    studio.stage(second, &ACCEPTED);
    studio.go("2026-11-25").stage(second, &[Stage::InProgress]);
    studio.go("2026-11-26");
    let verdict = studio.verdict();
    assert_eq!(verdict.late_minutes(), Minutes::hours(20));
    let [ForcedOver { from, to, over, culprits, displaced, late }] = verdict.forced.as_slice() else {
        panic!("{verdict:?}")
    };
    assert_eq!((*from, *to, *over), (day("2026-11-26"), day("2026-11-27"), Minutes::hours(40)));
    assert_eq!((culprits.as_slice(), late.as_slice()), ([first].as_slice(), [second].as_slice()));
    assert_eq!(*displaced, Minutes::hours(16));
    let (one, two) = (studio.0.row(first).unwrap(), studio.0.row(second).unwrap());
    assert!(two.late.is_some_and(|late| late.days == 4) && two.reasons.is_empty());
    assert!(one.late.is_none() && !one.reasons.is_empty(), "at risk, and not late");
    let third = studio.0.add("Three ~8h due:2026-11-27 t3").unwrap().output.id;
    let share = NewShare { to: Some(day("2026-11-27")), ..NewShare::whole("ana") };
    let cost = studio.0.weigh(third, &share).unwrap().cost;
    assert_eq!(cost.after - cost.before, Minutes::hours(8));
}

#[test]
fn example_3_a_day_that_is_nearly_over_shows_what_was_never_begun() {
    let mut studio = Studio::on("2026-11-16", 100);
    let a = studio.give("A ~40h due:2026-11-25", ("2026-11-16", "2026-11-25"));
    studio.stage(a, &[Stage::Clarifying]);
    studio.go("2026-11-25");
    let b = studio.give("B ~8h due:2026-11-25", ("2026-11-25", "2026-11-25"));
    assert_eq!(studio.over(), 40 * 60);
    assert_eq!(studio.verdict().forced[0].culprits, [a, b]);
    studio.edit(a, "left:3h");
    assert_eq!(studio.over(), 3 * 60);
}

#[test]
fn example_4_a_share_without_typed_hours_follows_the_estimate() {
    let mut studio = Studio::on("2026-11-23", 100);
    let film = studio.0.add("Film ~8h due:2026-11-27 t3").unwrap().output.id;
    studio.0.assign(film, &NewShare::whole("ana")).unwrap();
    studio.edit(film, "~60h");
    assert_eq!(studio.days(), ["Mon 23 12h", "Tue 24 12h", "Wed 25 12h", "Thu 26 12h", "Fri 27 12h"]);
    assert_eq!((studio.over(), studio.verdict().forced[0].culprits.clone()), (20 * 60, vec![film]));
    studio.edit(film, "~8h");
    assert_eq!((studio.over(), studio.left(film)), (0, "8h".to_owned()));
    let told = studio.0.weigh(film, &NewShare::whole("ana")).unwrap_err().to_string();
    assert!(told.contains("nothing of R-1 is left to give: ana holds 8h"), "{told}");
}

#[test]
fn example_5_the_honest_date_leaves_the_own_shares_out() {
    let mut studio = Studio::on("2026-11-23", 80);
    let id = studio.0.add("Poster ~16h t3").unwrap().output.id;
    let finish = |studio: &Studio| {
        let options = studio.0.options(&crate::ops::plan::Plan::whole(id)).unwrap();
        options.candidates[0].forecast.finish.unwrap()
    };
    assert_eq!(finish(&studio), day("2026-11-26"));
    studio.0.assign(id, &NewShare { to: Some(day("2026-11-27")), ..NewShare::whole("ana") }).unwrap();
    assert_eq!(finish(&studio), day("2026-11-26"));
}

#[test]
fn example_6_holidays_are_no_working_days() {
    let mut studio = Studio::on("2026-12-24", 100);
    kit::holiday(&mut studio.0, "Christmas", "2026-12-25", "2026-12-25");
    kit::holiday(&mut studio.0, "Boxing Day, moved", "2026-12-28", "2026-12-28");
    assert_eq!(studio.0.calendar().unwrap().between(day("2026-12-24"), day("2026-12-29")), 1);
    let id = studio.0.add("Card ~9h t3 due:2026-12-29").unwrap().output.id;
    let options = studio.0.options(&crate::ops::plan::Plan::whole(id)).unwrap();
    let forecast = &options.candidates[0].forecast;
    assert_eq!((forecast.worked, forecast.finish), (Some(day("2026-12-29")), Some(day("2026-12-30"))));
}

#[test]
fn example_8_hours_come_off_day_by_day_and_what_was_said_holds_from_its_morning() {
    let mut studio = Studio::on("2026-11-16", 100);
    let id = studio.give("Film ~40h due:2026-11-27", ("2026-11-16", "2026-11-27"));
    studio.begin(id);
    studio.go("2026-11-23");
    assert_eq!(studio.left(id), "20h");
    assert_eq!(studio.days(), ["Mon 23 4h", "Tue 24 4h", "Wed 25 4h", "Thu 26 4h", "Fri 27 4h"]);
    studio.edit(id, "left:30h");
    assert_eq!(studio.days()[0], "Mon 23 6h");
    studio.go("2026-11-25");
    assert_eq!(studio.left(id), "18h", "two days of six hours came off since it was said");
    studio.edit(id, "left:none");
    assert_eq!(studio.left(id), "8h", "40h less 20h of last week, less the 12h of Monday and Tuesday");
}

#[test]
fn example_9_a_day_only_takes_off_what_there_was_time_for() {
    let mut studio = Studio::on("2026-11-23", 100);
    for line in ["A", "B", "C"] {
        let id = studio.give(&format!("{line} ~40h due:2026-11-27"), ("2026-11-23", "2026-11-27"));
        studio.begin(id);
    }
    for today in ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"] {
        studio.go(today);
        assert_eq!(studio.over(), 80 * 60, "{today}");
        // Also when somebody writes in between, and when nobody looked for a day.
        if today == "2026-11-25" {
            studio.0.add("Something else").unwrap();
        }
    }
    studio.go("2026-11-30");
    assert_eq!((studio.over(), studio.verdict().late_minutes()), (0, Minutes::hours(80)));
}

#[test]
fn example_10_another_plan_only_lays_what_is_left_anew() {
    let fresh = || {
        let mut studio = Studio::on("2026-11-16", 100);
        let id = studio.give("Film ~40h due:2026-11-27", ("2026-11-16", "2026-11-27"));
        studio.begin(id);
        studio.go("2026-11-23");
        (studio, id)
    };
    for words in ["due:2026-12-11", "due:2026-11-25"] {
        let (mut studio, id) = fresh();
        studio.edit(id, words);
        assert_eq!(studio.left(id), "20h", "{words}");
    }
    let (mut studio, id) = fresh();
    studio.away("2026-11-26", "2026-11-27");
    assert_eq!(studio.left(id), "20h");
    studio.edit(id, "~60h");
    assert_eq!(studio.left(id), "40h");
}

#[test]
fn example_12_a_share_that_slipped_is_to_be_done_by_the_due_day() {
    let mut studio = Studio::on("2026-11-13", 100);
    let id = studio.give("Film ~10h due:2026-12-04", ("2026-11-16", "2026-11-20"));
    studio.stage(id, &ACCEPTED);
    studio.go("2026-11-23");
    assert!(studio.0.row(id).unwrap().late.is_none());
    assert_eq!(studio.verdict().late, []);
    let model = studio.0.load_model(studio.0.today(), studio.0.today()).unwrap();
    assert_eq!(model.items_of(PersonId(1))[0].deadline, day("2026-12-04"));
    assert_eq!(studio.days().len(), 10, "an hour a day, to be done by 4 December");
}

#[test]
fn review_ends_what_was_said_and_back_in_progress_it_is_unknown_until_it_is_said() {
    let mut studio = Studio::on("2026-11-23", 100);
    let id = studio.give("Film ~40h due:2026-12-04", ("2026-11-23", "2026-12-04"));
    studio.begin(id);
    studio.edit(id, "left:10h");
    studio.stage(id, &[Stage::InReview]);
    assert_eq!((studio.left(id), studio.days()), ("0h".to_owned(), Vec::new()));
    studio.stage(id, &[Stage::InProgress]);
    let row = studio.0.row(id).unwrap();
    assert_eq!((row.left, row.left_on), (None, None));
    let model = studio.0.load_model(studio.0.today(), studio.0.today()).unwrap();
    let item = &model.items_of(PersonId(1))[0];
    assert_eq!((item.left, item.is_unknown), (Minutes::hours(4), true), "a tenth of it");
    studio.edit(id, "left:6h");
    assert_eq!(studio.left(id), "6h");
}

#[test]
fn an_honest_date_and_whoever_takes_over_go_by_what_is_left() {
    let mut studio = Studio::on("2026-11-16", 100);
    crate::ops::kit::add(&mut studio.0, &[("name", "Bo")]);
    let id = studio.give("Film ~40h due:2026-11-27", ("2026-11-16", "2026-11-27"));
    studio.begin(id);
    studio.go("2026-11-25").edit(id, "left:4h");
    let options = studio.0.options(&crate::ops::plan::Plan::whole(id)).unwrap();
    let ana = options.candidates.iter().find(|candidate| candidate.handle == "ana").unwrap();
    assert_eq!(
        (ana.forecast.worked, ana.forecast.finish),
        (Some(day("2026-11-25")), Some(day("2026-11-26")))
    );
    // Taken from Ana it has four hours left, whoever gets it.
    studio.0.unassign(&[id]).unwrap();
    assert_eq!(studio.left(id), "4h");
    studio.0.assign(id, &NewShare::whole("bo")).unwrap();
    assert_eq!(studio.left(id), "4h");
    studio.0.undo(None).unwrap();
    studio.0.undo(None).unwrap();
    assert_eq!(studio.left(id), "4h", "also after both are undone");
}

#[test]
fn hours_that_are_said_before_anybody_holds_it_stay_said() {
    let mut studio = Studio::on("2026-11-23", 100);
    let id = studio.0.add("Film ~20h left:8h due:2026-11-27 t3").unwrap().output.id;
    assert_eq!(studio.left(id), "8h");
    studio.0.assign(id, &NewShare::whole("ana")).unwrap();
    assert_eq!(studio.left(id), "8h");
    let rough = studio.0.add("Sketch left:10h t3 @ana").unwrap().output.id;
    assert_eq!(studio.left(rough), "10h", "hours said make unestimated work known");
    studio.edit(rough, "~20h");
    assert_eq!(studio.left(rough), "10h", "there was no estimate to differ from");
}

#[test]
fn a_cost_names_the_days_that_it_adds_to_and_leaves_alone_what_is_nobodys() {
    let mut studio = Studio::on("2026-11-23", 100);
    studio.give("One ~12h", ("2026-11-23", "2026-11-23"));
    let id = studio.0.add("Two ~12h t3").unwrap().output.id;
    let wednesday = day("2026-11-25");
    let share = NewShare { from: Some(wednesday), to: Some(wednesday), ..NewShare::whole("ana") };
    let cost = studio.0.weigh(id, &share).unwrap().cost;
    let named: Vec<_> = cost.forced.iter().map(|forced| (forced.from, forced.over)).collect();
    assert_eq!(named, [(wednesday, Minutes::hours(4))]);
    let told = crate::ops::kit::edit(&mut studio.0, "ana", &[("to", &wednesday.to_string())]);
    assert!(!told.contains("holds"), "nothing lies after her last day yet: {told}");
    let later =
        NewShare { from: Some(day("2026-11-30")), to: Some(day("2026-12-04")), ..NewShare::whole("ana") };
    let weighed = studio.0.weigh(id, &later).unwrap();
    assert_eq!(
        (weighed.cost.after - weighed.cost.before, weighed.cost.left_behind),
        (Minutes::ZERO, Minutes::hours(12))
    );
}

#[test]
fn held_work_is_not_late_and_has_what_it_had_when_it_goes_on() {
    let mut studio = Studio::on("2026-11-16", 100);
    let id = studio.give("Film ~40h due:2026-11-20", ("2026-11-16", "2026-11-27"));
    studio.begin(id);
    studio.go("2026-11-18").stage(id, &[Stage::OnHold]);
    studio.go("2026-11-23");
    assert!(studio.0.row(id).unwrap().late.is_none());
    assert_eq!((studio.left(id), studio.over()), ("0h".to_owned(), 0));
    studio.stage(id, &[Stage::InProgress]);
    assert_eq!(studio.left(id), "32h", "Monday and Tuesday took off four hours each");
    assert_eq!(studio.0.row(id).unwrap().late.unwrap().planned_until, Some(day("2026-11-27")));
}

#[test]
fn days_are_kept_once_and_a_gap_is_marked() {
    let mut studio = Studio::on("2026-11-23", 100);
    let id = studio.give("Film ~40h due:2026-12-04", ("2026-11-23", "2026-12-04"));
    studio.begin(id);
    studio.go("2026-11-24").0.add("Tuesday").unwrap();
    studio.go("2026-11-27");
    let read = studio.0.kept_days(day("2026-11-23"), day("2026-11-27")).unwrap();
    studio.0.add("Friday").unwrap();
    let kept = studio.0.kept_days(day("2026-11-23"), day("2026-11-27")).unwrap();
    assert_eq!(kept.shares, read.shares, "who only looks sees what will be kept");
    assert_eq!(kept.first, Some(day("2026-11-23")));
    assert_eq!(kept.reconstructed, [day("2026-11-25"), day("2026-11-26")], "nobody was there on those");
    let done: Vec<String> =
        kept.shares.iter().map(|kept| format!("{} {}", kept.day.format("%a"), kept.done)).collect();
    assert_eq!(done, ["Mon 4h", "Tue 4h", "Wed 4h", "Thu 4h"]);
    // Nobody did it: history and undo pass over it, unless they are asked for.
    let told = studio.0.store.history_with_kept_days(None).unwrap();
    assert!(told.iter().any(|operation| operation.label == "Recorded Tue 24–Thu 26 Nov"), "{told:?}");
    assert!(studio.0.history(None).unwrap().iter().all(|operation| !operation.label.starts_with("Recorded")));
    studio.0.undo(None).unwrap();
    studio.0.undo(None).unwrap();
    assert_eq!(studio.0.kept_days(day("2026-11-23"), day("2026-11-27")).unwrap().shares, kept.shares);
    // A receipt that leads to a request which was taken back says so.
    let gone = studio.0.row(RequestId(3)).unwrap_err().to_string();
    assert_eq!(gone, "there is no request R-3 any more: “Added R-3 Friday” was taken back");
}

#[test]
fn a_number_is_never_given_twice() {
    let mut studio = Studio::on("2026-11-23", 100);
    assert_eq!(studio.0.add("One").unwrap().output.id, RequestId(1));
    studio.0.add("Two").unwrap();
    studio.0.undo(None).unwrap();
    assert_eq!(studio.0.add("Three").unwrap().output.id, RequestId(3));
}

/// Three weeks of two requests, counted by hand: an absence, a block, a missed due day, hours that are said, a
/// weekend, two weeks away and a holiday in them.
#[test]
fn three_weeks_come_out_as_counted_by_hand() {
    let mut studio = Studio::on("2026-11-23", 100);
    let (poster, film) = until_a_day_is_missed(&mut studio);
    hours_are_said(&mut studio, poster, film);
    studio.stage(poster, &[Stage::InReview, Stage::Delivered]);
    // Two weeks away; the film had three days of six hours before its due day.
    studio.go("2026-12-14");
    let row = studio.0.row(film).unwrap();
    assert_eq!((row.left, row.late.map(|late| late.days)), (None, Some(7)), "4 December was no working day");
    what_was_kept(&mut studio, poster, film);
}

fn until_a_day_is_missed(studio: &mut Studio) -> (RequestId, RequestId) {
    kit::holiday(&mut studio.0, "Bridge", "2026-12-04", "2026-12-04");
    let poster = studio.give("Poster ~16h due:2026-11-26", ("2026-11-23", "2026-11-26"));
    let film = studio.give("Film ~32h due:2026-12-02", ("2026-11-23", "2026-12-02"));
    studio.edit(film, "tier:1");
    studio.begin(poster);
    studio.begin(film);
    // Four hours a day each, and nothing to spare until Thursday.
    assert_eq!((studio.days()[0].as_str(), studio.over()), ("Mon 23 8h", 0));
    studio.go("2026-11-24");
    assert_eq!((studio.left(poster), studio.left(film)), ("12h".to_owned(), "28h".to_owned()));
    studio.away("2026-11-25", "2026-11-25");
    // 12h on Tuesday and Thursday, 28h on six days: Tuesday looks over by an even spread, and fits.
    assert_eq!((studio.days()[0].as_str(), studio.over()), ("Tue 24 10h40m", 0));
    studio.go("2026-11-25");
    // Ten hours forty are cut to the eight that there were: three quarters of each.
    assert_eq!((studio.left(poster), studio.left(film)), ("7h30m".to_owned(), "24h30m".to_owned()));
    studio.go("2026-11-26").0.block(&[poster], Some("copy")).unwrap();
    assert_eq!(
        (studio.left(poster), studio.left(film)),
        ("7h30m".to_owned(), "24h30m".to_owned()),
        "she was away"
    );
    studio.go("2026-11-27");
    // Blocked work takes nothing off: its day was missed. The film went on: a fifth of 24h30m.
    assert_eq!((studio.left(poster), studio.left(film)), ("7h30m".to_owned(), "19h36m".to_owned()));
    assert_eq!((studio.verdict().late_minutes(), studio.over()), (Minutes(450), 0));
    assert_eq!(studio.0.row(poster).unwrap().late.map(|late| late.days), Some(1));
    (poster, film)
}

fn hours_are_said(studio: &mut Studio, poster: RequestId, film: RequestId) {
    studio.0.block(&[poster], None).unwrap();
    studio.edit(poster, "left:6h");
    // Six late hours come first; the film gets its part of the two that are free.
    assert_eq!(studio.days()[0], "Fri 27 7h30m");
    studio.go("2026-11-30");
    let row = studio.0.row(poster).unwrap();
    assert_eq!(
        (row.left, row.late.map(|late| late.days)),
        (None, Some(2)),
        "by plan nothing is left: hours?"
    );
    let asked = studio.0.standup(None).unwrap().by_section.blocks;
    let asked: Vec<_> = asked.iter().filter(|block| block.title == "Hours left?").collect();
    assert_eq!(asked[0].lines[0].text, "R-1 Poster: ana: its planned hours are used up; how many are left?");
    assert_eq!(studio.left(film), "18h06m");
}

fn what_was_kept(studio: &mut Studio, poster: RequestId, film: RequestId) {
    studio.0.add("Back").unwrap();
    let kept = studio.0.kept_days(day("2026-11-23"), day("2026-12-13")).unwrap();
    let done = |request: RequestId, from: &str, to: &str| -> i64 {
        let own = kept.shares.iter().filter(|kept| kept.request == request);
        own.filter(|kept| (day(from)..=day(to)).contains(&kept.day)).map(|kept| kept.done.0).sum()
    };
    assert_eq!(done(poster, "2026-11-23", "2026-12-13"), 240 + 270 + 360);
    assert_eq!(done(film, "2026-11-23", "2026-11-29"), 240 + 210 + 294 + 90);
    assert_eq!(done(film, "2026-11-30", "2026-12-13"), 3 * 362, "32 hours in all");
    // On Wednesday and from 1 December on nobody wrote; the day after a last write is known by its end.
    assert_eq!(kept.reconstructed[..2], [day("2026-11-25"), day("2026-12-01")]);
}

/// Random studios of thirty people, each day of three weeks looked at: what the truth test says of everybody is what
/// an independent maximum flow cannot carry. `TABLESETTER_STORES=2000` runs as many as are asked for.
#[test]
fn random_studios_agree_with_maximum_flow_for_everybody() {
    let count = std::env::var("TABLESETTER_STORES").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let (mut people, mut over) = (0, 0);
    for seed in 0..count {
        let store = Store::in_memory().unwrap();
        let start = if seed % 2 == 0 { "2026-11-23" } else { "2026-12-21" };
        let mut desk = Desk::new(store, Config::defaults(), at(start), Origin::Sample);
        desk.fill_sample(SampleSize { requests: 400, people: 30, meetings: 2, seed }).unwrap();
        kit::holiday(&mut desk, "Christmas", "2026-12-25", "2026-12-28");
        for later in [0, 1, 5, 14] {
            desk.set_clock(at(&crate::domain::day::plus(day(start), later).to_string()));
            let model = desk.load_model(desk.today(), desk.today()).unwrap();
            for days in model.capacity.people().iter().filter(|days| !days.is_role) {
                let said = model.verdict(days.person).over();
                assert_eq!(
                    said.0,
                    flow::cannot_be_carried(&model, days),
                    "seed {seed}, day {later}, {:?}",
                    days.person
                );
                people += 1;
                over += usize::from(said.is_positive());
            }
        }
    }
    assert!(people > 0 && over > 0, "{people} people, {over} of them over");
}
