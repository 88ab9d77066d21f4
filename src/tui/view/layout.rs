//! From the terminal's size to areas; pure, so that panes know their viewport before they are drawn.

use ratatui::layout::Rect;

/// The panes of the cockpit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaneId {
    /// The queue of requests.
    Intake,
    /// People and days.
    Load,
    /// Meetings and the question.
    Meetings,
    /// Outcomes and the headroom ledger; has the screen for itself.
    Outcomes,
    /// Friction, gains, risks; has the screen for itself.
    Change,
    /// Stakeholders, decisions, promises; has the screen for itself.
    Influence,
}

impl PaneId {
    /// Everything that can have the keyboard.
    pub const ALL: [Self; 6] =
        [Self::Intake, Self::Load, Self::Meetings, Self::Outcomes, Self::Change, Self::Influence];
    /// The panes of the cockpit, in the order of Tab.
    pub const COCKPIT: [Self; 3] = [Self::Intake, Self::Load, Self::Meetings];
    /// The boards.
    pub const BOARDS: [Self; 3] = [Self::Outcomes, Self::Change, Self::Influence];

    /// The one after, round and round; a board is alone.
    pub const fn next(self) -> Self {
        match self {
            Self::Intake => Self::Load,
            Self::Load => Self::Meetings,
            Self::Meetings => Self::Intake,
            board => board,
        }
    }

    /// Its place among the boards, if it is one.
    pub const fn board(self) -> Option<usize> {
        match self {
            Self::Outcomes => Some(0),
            Self::Change => Some(1),
            Self::Influence => Some(2),
            Self::Intake | Self::Load | Self::Meetings => None,
        }
    }
}

/// Fewer columns or rows than this cannot show anything useful.
pub const SMALLEST: (u16, u16) = (60, 16);
/// From this size on, three panes stand side by side.
const THREE_PANES: (u16, u16) = (110, 30);
/// From this size on, they stand below each other and show more.
const LARGE: (u16, u16) = (170, 48);

/// Where things are drawn. A pane's area is its rule line and what is below it.
///
/// ```text
/// header (2)            header (2)
/// ─ intake ─┬─ load ─   ─ focused pane ─
///           │           …
/// ─ meetings ────────   load: one line
/// …                     meetings: one line
/// footer (2)            footer (2)
/// ```
/// Large screens have the three below each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// Two lines at the top.
    pub header: Rect,
    /// The panes that are drawn whole.
    pub panes: [Option<Rect>; 6],
    /// The panes that are drawn as one line.
    pub lines: [Option<Rect>; 6],
    /// Everything between header and footer: where overlays lie.
    pub body: Rect,
    /// A rule and the keys.
    pub footer: Rect,
}

impl Areas {
    /// The whole area of a pane, if it is drawn whole.
    pub const fn pane(&self, pane: PaneId) -> Option<Rect> {
        self.panes[pane as usize]
    }

    /// Rows of a pane below its rule.
    pub fn rows(&self, pane: PaneId) -> usize {
        self.pane(pane).map_or(0, |area| usize::from(area.height.saturating_sub(1)))
    }
}

/// Lays the cockpit out; `None` if the terminal is too small.
pub fn areas(width: u16, height: u16, focus: PaneId, is_zoomed: bool) -> Option<Areas> {
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return None;
    }
    let header = Rect::new(0, 0, width, 2);
    let footer = Rect::new(0, height - 2, width, 2);
    let body = Rect::new(0, 2, width, height - 4);
    let (panes, lines) = if is_zoomed || focus.board().is_some() {
        (alone(focus, body), [None; 6])
    } else if width >= LARGE.0 && height >= LARGE.1 {
        (below_each_other(body), [None; 6])
    } else if width >= THREE_PANES.0 && height >= THREE_PANES.1 {
        (three(body), [None; 6])
    } else {
        stacked(body, focus)
    };
    Some(Areas { header, panes, lines, body, footer })
}

fn alone(focus: PaneId, body: Rect) -> [Option<Rect>; 6] {
    let mut panes = [None; 6];
    panes[focus as usize] = Some(body);
    panes
}

fn three(body: Rect) -> [Option<Rect>; 6] {
    let bottom = (body.height / 3).clamp(8, 14);
    let top = body.height - bottom;
    let right = load_width(body.width);
    let left = body.width - right;
    // One column between the two is the line that parts them.
    let mut panes = [None; 6];
    panes[PaneId::Intake as usize] = Some(Rect::new(0, body.y, left - 1, top));
    panes[PaneId::Load as usize] = Some(Rect::new(left, body.y, right, top));
    panes[PaneId::Meetings as usize] = Some(Rect::new(0, body.y + top, body.width, bottom));
    panes
}

/// Two weeks of days at 120 columns: 55, beside a queue of 64.
const fn load_width(width: u16) -> u16 {
    width * 46 / 100
}

/// On a large screen one below the other: eight weeks of load, and an outcome beside every request.
fn below_each_other(body: Rect) -> [Option<Rect>; 6] {
    let meetings = body.height / 4;
    let load = body.height / 3;
    let intake = body.height - meetings - load;
    let mut panes = [None; 6];
    panes[PaneId::Intake as usize] = Some(Rect { height: intake, ..body });
    panes[PaneId::Load as usize] = Some(Rect { y: body.y + intake, height: load, ..body });
    panes[PaneId::Meetings as usize] = Some(Rect { y: body.y + intake + load, height: meetings, ..body });
    panes
}

fn stacked(body: Rect, focus: PaneId) -> ([Option<Rect>; 6], [Option<Rect>; 6]) {
    let mut lines = [None; 6];
    let others = PaneId::COCKPIT.into_iter().filter(|pane| *pane != focus);
    for (pane, row) in others.zip([body.height - 2, body.height - 1]) {
        lines[pane as usize] = Some(Rect::new(0, body.y + row, body.width, 1));
    }
    (alone(focus, Rect { height: body.height - 2, ..body }), lines)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_terminals_get_one_pane_and_large_ones_three() {
        let small = areas(80, 24, PaneId::Load, false).unwrap();
        assert!(small.pane(PaneId::Load).is_some() && small.pane(PaneId::Intake).is_none());
        assert!(small.lines[PaneId::Intake as usize].is_some());
        let large = areas(120, 36, PaneId::Load, false).unwrap();
        assert!(PaneId::COCKPIT.iter().all(|pane| large.pane(*pane).is_some()));
        assert_eq!(areas(59, 40, PaneId::Load, false), None);
    }

    proptest! {
        #[test]
        fn areas_never_overlap_or_leave_the_screen(width in 60u16..400, height in 16u16..200, zoomed: bool, focus in 0usize..6) {
            let laid = areas(width, height, PaneId::ALL[focus], zoomed).unwrap();
            let screen = Rect::new(0, 0, width, height);
            let all: Vec<Rect> = [laid.header, laid.footer].into_iter().chain(laid.panes.into_iter().flatten()).chain(laid.lines.into_iter().flatten()).collect();
            for (index, area) in all.iter().enumerate() {
                prop_assert_eq!(area.intersection(screen), *area);
                for other in &all[index + 1..] {
                    prop_assert!(area.intersection(*other).is_empty(), "{:?} {:?}", area, other);
                }
            }
        }
    }
}
