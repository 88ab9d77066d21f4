//! Receipts as numbered notes: the same figure is noted once, in the order of reading.

use chrono::NaiveDate;

use crate::domain::document::{Block, Document, Figure, Line};

/// A document whose figures have numbers.
pub struct Noted<'a> {
    /// Every figure once; the first has number 1.
    pub figures: Vec<&'a Figure>,
    told_on: Option<NaiveDate>,
}

impl<'a> Noted<'a> {
    /// Numbers the figures of a document.
    pub fn new(document: &'a Document) -> Self {
        let mut figures: Vec<&Figure> = Vec::new();
        for figure in lines(document).flat_map(|line| &line.figures) {
            // The same figure stands in several lines, and one note is enough for a reader to check.
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
        Self { figures, told_on: document.told_on }
    }

    /// The receipts with their numbers.
    pub fn receipts(&self) -> impl Iterator<Item = (usize, String)> {
        (1..).zip(self.figures.iter().map(|figure| figure.receipt(self.told_on)))
    }

    /// Numbers of the notes of a line.
    pub fn of(&self, line: &Line) -> Vec<usize> {
        let number = |figure| self.figures.iter().position(|known| *known == figure).map(|at| at + 1);
        line.figures.iter().filter_map(number).collect()
    }

    /// ` [1] [2]`, or nothing.
    pub fn marks(&self, line: &Line) -> String {
        self.of(line).iter().map(|number| format!(" [{number}]")).collect::<Vec<_>>().concat()
    }
}

fn lines(document: &Document) -> impl Iterator<Item = &Line> {
    document.blocks.iter().flat_map(|block: &Block| &block.lines)
}

/// A title of the receipts, the same in every layout.
pub const TITLE: &str = "Where the figures come from";
