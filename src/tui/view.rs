//! What panes and overlays are drawn with. Nothing here knows a record or a store.

pub mod columns;
pub mod list;
