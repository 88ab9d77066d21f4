//! Paths in a form: pasted whole, and completed from their folder.

use std::path::PathBuf;

use super::{Editor, Form};
use crate::domain::record::FieldKind;
use crate::domain::source::SourceWay;
use crate::tui::app::effect::{FolderEntry, FolderListing};
use crate::tui::overlays::Response;
use crate::tui::overlays::path::bytes::text_of;
use crate::tui::overlays::path::names;

/// What a path can go on with. A source keeps its place as text, so names that are none are not offered.
fn offers(typed: &str, names: &[&FolderEntry]) -> Vec<String> {
    names.iter().filter_map(|entry| text_of(&names::completed(typed, entry))).collect()
}

impl Form {
    pub(super) fn take_paste(&mut self, text: &str) {
        match &mut self.editor {
            Some(editor) => editor.paste(text),
            // A row is one line; into a short field the lines are joined.
            None if text.trim().contains(['\n', '\r']) && self.rows[self.at].spec.is_long => {
                let mut editor = Editor::new(self.rows[self.at].spec.title, self.rows[self.at].text());
                editor.paste(text);
                self.editor = Some(editor);
            }
            None => match names::pasted(text)
                .and_then(|path| text_of(&path))
                .filter(|_| self.rows[self.at].spec.kind == FieldKind::Place)
            {
                Some(path) => self.rows[self.at].set(&path),
                None => self.rows[self.at].paste(text),
            },
        }
    }

    /// Takes over what a folder holds.
    pub fn list(&mut self, folder: PathBuf, listing: FolderListing) {
        let row = &mut self.rows[self.at];
        if row.spec.kind == FieldKind::Place && self.folders.list(row.text(), folder, listing) {
            let paths = self.folders.names(row.text());
            row.offer(offers(row.text(), &paths));
        }
    }

    /// Offers how the path at hand can go on; asks for its folder where that is not at hand.
    pub(super) fn offer_paths(&mut self) -> Response {
        let way = self.rows.iter().find(|row| row.spec.name == "way").and_then(|row| row.text().parse().ok());
        let is_path = matches!(way, Some(SourceWay::File | SourceWay::Newest | SourceWay::Folder));
        let row = &mut self.rows[self.at];
        if row.spec.kind != FieldKind::Place {
            return Response::Stay;
        }
        // What is covered in its row must not be read from a list below it.
        let is_begun = row.text().contains('/') && !row.is_covered();
        if !is_path || !is_begun {
            row.offer(Vec::new());
        } else if self.folders.is_listed(row.text()) {
            let paths = self.folders.names(row.text());
            row.offer(offers(row.text(), &paths));
        } else {
            return Response::Do(vec![self.folders.listing(row.text())]);
        }
        Response::Stay
    }
}
