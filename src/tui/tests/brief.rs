//! The brief by keys: read, followed to its rows, written into, its numbers swapped, its words taken or waved off,
//! frozen and looked back on.

use super::Stage;
use super::screens::{expect_at_all_sizes, expect_text};
use crate::export::{Layout, MAIL_WIDTH, render};
use crate::ops::clock::Clock;

#[test]
fn the_brief_at_all_sizes() {
    expect_at_all_sizes("brief", "b");
}

#[test]
fn its_documents_for_the_demo_studio() {
    let stage = Stage::demo((120, 36));
    let page = stage.0.0.desk.brief(None).unwrap();
    for layout in Layout::ALL {
        expect_text(&format!("brief.{}", layout.name()), &render(&page.document, *layout, MAIL_WIDTH));
    }
    assert!(page.document.blocks.iter().all(|block| block.lines.len() <= 5));
}
