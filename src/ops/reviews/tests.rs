//! Waits for reviews over a clock that moves on.

use crate::domain::ids::RequestId;
use crate::domain::stage::Stage;
use crate::import::requests::RequestOptions;
use crate::ops::Desk;
use crate::ops::kit::{begin, go, request, stages, studio};

/// What a review of tier 3 is reckoned to take, and of how many that was measured.
fn wait(desk: &mut Desk) -> (u32, Option<usize>) {
    let film = request(desk, "Film t3");
    let found = desk.review_wait(&desk.store.request(film).unwrap()).unwrap();
    (found.days, found.measured)
}

/// Ten go through some stages, each on its day.
fn ten(desk: &mut Desk, way: &[(&str, Stage)]) -> Vec<RequestId> {
    let ids: Vec<_> = (0..10).map(|_| request(desk, "Poster t3")).collect();
    for id in &ids {
        begin(desk, *id);
    }
    for (day, stage) in way {
        go(desk, day);
        for id in &ids {
            stages(desk, *id, &[*stage]);
        }
    }
    ids
}

#[test]
fn days_between_a_review_and_the_delivery_are_no_wait_for_a_review() {
    let mut desk = studio();
    // One day in review, and thirteen at work again.
    let way = [
        ("2026-11-23", Stage::InReview),
        ("2026-11-24", Stage::InProgress),
        ("2026-12-11", Stage::Delivered),
    ];
    ten(&mut desk, &way);
    assert_eq!(wait(&mut desk), (1, Some(10)));
}

#[test]
fn all_reviews_of_a_request_count_and_nothing_else_does() {
    let mut desk = studio();
    let way = [
        ("2026-11-23", Stage::InReview),
        ("2026-11-30", Stage::InProgress),
        ("2026-12-03", Stage::InReview),
        ("2026-12-04", Stage::OnHold),
        ("2026-12-08", Stage::InReview),
        ("2026-12-10", Stage::Delivered),
    ];
    ten(&mut desk, &way);
    assert_eq!(wait(&mut desk), (5 + 1 + 2, Some(10)));
    // Delivered without any review, they say nothing of how long one takes.
    ten(&mut desk, &[("2026-12-11", Stage::Delivered)]);
    assert_eq!(wait(&mut desk), (8, Some(10)));
}

#[test]
fn what_came_in_as_in_review_says_nothing_of_how_long_a_review_takes() {
    let mut desk = studio();
    let row = |at: usize| format!("J-{at},Job {at},2026-09-01,In Review\n");
    let list = format!("Issue key,Summary,Created,Status\n{}", (0..10).map(row).collect::<String>());
    let now = desk.now().to_utc();
    let options = RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now };
    desk.import_requests(list.as_bytes(), &options, (false, &mut |_, _| ())).unwrap();
    let ids: Vec<RequestId> = desk.store.all_requests().unwrap().iter().map(|it| it.id).collect();
    desk.edit(&ids, "t3").unwrap();
    go(&mut desk, "2026-11-25");
    desk.move_to(&ids, Stage::Delivered, "").unwrap();
    assert_eq!(wait(&mut desk), (1, None), "two days at least, and who knows how many");
}

#[test]
fn what_came_back_after_a_delivery_was_not_right_the_first_time() {
    let mut desk = studio();
    let (film, poster) = (request(&mut desk, "Film t3 @ana"), request(&mut desk, "Poster t3 @bo"));
    begin(&mut desk, film);
    begin(&mut desk, poster);
    stages(&mut desk, film, &[Stage::Delivered]);
    go(&mut desk, "2026-11-26");
    // Delivered by a slip of the hand and taken up again at once, it never was.
    stages(&mut desk, poster, &[Stage::Delivered, Stage::InProgress, Stage::Delivered]);
    stages(&mut desk, film, &[Stage::InProgress]);
    go(&mut desk, "2026-11-27");
    stages(&mut desk, film, &[Stage::Delivered]);
    let said = |desk: &Desk| {
        let levers = desk.quarter_review(desk.today()).unwrap().blocks;
        let found = levers.into_iter().flat_map(|it| it.lines);
        found.map(|line| line.text).find(|text| text.contains("right first time")).unwrap()
    };
    assert!(said(&desk).contains("1 of 2"), "{}", said(&desk));
    let pack = serde_json::to_string(&desk.standup(None).unwrap().by_section).unwrap();
    assert!(pack.contains("Film, delivered again · ana"), "{pack}");
    assert!(pack.contains("bo: R-2 Poster, right first time"), "{pack}");
    // However long ago it came back.
    go(&mut desk, "2027-02-15");
    assert!(desk.came_back(&[film, poster]).unwrap().contains(&film));
    stages(&mut desk, film, &[Stage::InProgress]);
    go(&mut desk, "2027-06-15");
    stages(&mut desk, film, &[Stage::Delivered]);
    assert!(said(&desk).contains("0 of 1"), "{}", said(&desk));
}
