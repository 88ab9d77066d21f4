//! The week and the quarter by keys, and their documents word for word.

use super::Stage;
use super::screens::{expect_at_all_sizes, expect_text};
use crate::domain::document::Reader;
use crate::export::{Layout, MAIL_WIDTH, render};

#[test]
fn the_week() {
    expect_at_all_sizes("review", "W [");
}

#[test]
fn the_quarter() {
    expect_at_all_sizes("review-quarter", "W w");
}

#[test]
fn its_documents_for_the_demo_studio() {
    let stage = Stage::demo((120, 36));
    let desk = &stage.0.0.desk;
    let week = desk.week_review("2026-11-18".parse().unwrap()).unwrap();
    let quarter = desk.quarter_review("2026-11-18".parse().unwrap()).unwrap();
    for (name, document) in [("review-room", &week), ("review-quarter-room", &quarter)] {
        expect_text(&format!("{name}.text"), &render(document, desk.room(), Layout::Text, MAIL_WIDTH));
    }
    for (name, layout) in [("text", Layout::Text), ("markdown", Layout::Markdown), ("html", Layout::Html)] {
        expect_text(&format!("review.{name}"), &render(&week, Reader::Lead, layout, MAIL_WIDTH));
        expect_text(&format!("review-quarter.{name}"), &render(&quarter, Reader::Lead, layout, MAIL_WIDTH));
    }
}

#[test]
fn the_figures_of_the_header_open_the_rows_that_they_were_counted_from() {
    let mut stage = Stage::demo((120, 36));
    assert!(stage.screen().contains("strategy 15 % this week"), "{}", stage.screen());
    stage.keys("%");
    let screen = stage.screen();
    for said in [
        "The figures of the header",
        "Strategy this week: 15 % of",
        "confirmed hours on tiers 0 and 1",
        "Headroom redirected, a week: 7h of 9h (n 2)",
        "G-1 Templates",
    ] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    stage.keys("j enter");
    assert!(stage.screen().contains("R-"), "{}", stage.screen());
}

#[test]
fn an_empty_store_says_how_to_begin() {
    let mut stage = Stage::empty((120, 36));
    stage.keys("W");
    let screen = stage.screen();
    assert!(screen.contains("r after a meeting takes a minute"), "{screen}");
    assert!(screen.contains("No outcome is followed yet"), "{screen}");
    stage.keys("w");
    assert!(stage.screen().contains("begins with one"), "{}", stage.screen());
}

#[test]
fn presenting_hides_reflections_from_the_page_and_from_its_copy() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("f5 W [");
    let screen = stage.screen();
    assert!(screen.contains("Reflections are hidden while you present"), "{screen}");
    assert!(!screen.contains("What tipped it"), "{screen}");
    assert!(!screen.contains("By person"), "{screen}");
}
