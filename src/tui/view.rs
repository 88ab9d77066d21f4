//! How the screen is divided and drawn: areas, colours, lines, lists, and the frame around panes and overlays. Nothing
//! here knows the store; only `draw`, `header` and `caret` know the cockpit.

pub mod caret;
pub mod columns;
pub mod draw;
pub mod find;
pub mod footer;
pub mod ghost;
pub mod header;
pub mod input;
pub mod layout;
pub mod list;
pub mod marks;
pub mod paint;
pub mod pictures;
pub mod redact;
pub mod theme;
