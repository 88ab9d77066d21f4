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
/// From this size on, there are four quarters, the fourth of them the page of what is chosen.
const QUARTERS: (u16, u16) = (160, 45);
/// From this width on, a pane that stands alone has the page of what is chosen beside it.
pub const WITH_PAGE: u16 = 110;

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
/// Large screens have the page of what is chosen beside the meetings, and a pane alone has it beside itself where there is
/// room for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// Two lines at the top.
    pub header: Rect,
    /// The panes that are drawn whole.
    pub panes: [Option<Rect>; 6],
    /// The panes that are drawn as one line.
    pub lines: [Option<Rect>; 6],
    /// The page of what is chosen, with its rule; a line to its left parts it from the list.
    pub page: Option<Rect>,
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

/// Lays the cockpit out, with the page of what is chosen where it is wanted and has room; `None` if the terminal is too
/// small.
pub fn areas(width: u16, height: u16, focus: PaneId, is_zoomed: bool, has_page: bool) -> Option<Areas> {
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return None;
    }
    let header = Rect::new(0, 0, width, 2);
    let footer = Rect::new(0, height - 2, width, 2);
    let body = Rect::new(0, 2, width, height - 4);
    let mut page = None;
    let (panes, lines) = if is_zoomed || focus.board().is_some() {
        let (list, beside) = if has_page && width >= WITH_PAGE { list_and_page(body) } else { (body, None) };
        page = beside;
        (alone(focus, list), [None; 6])
    } else if has_page && width >= QUARTERS.0 && height >= QUARTERS.1 {
        let (panes, quarter) = quarters(body);
        page = Some(quarter);
        (panes, [None; 6])
    } else if width >= THREE_PANES.0 && height >= THREE_PANES.1 {
        (three(body), [None; 6])
    } else {
        stacked(body, focus)
    };
    Some(Areas { header, panes, lines, page, body, footer })
}

fn alone(focus: PaneId, body: Rect) -> [Option<Rect>; 6] {
    let mut panes = [None; 6];
    panes[focus as usize] = Some(body);
    panes
}

/// A list and its page: 60 and 49 of 110, 66 and 53 of 120.
fn list_and_page(body: Rect) -> (Rect, Option<Rect>) {
    let list = body.width * 55 / 100;
    let page = Rect { x: list + 1, width: body.width - list - 1, ..body };
    (Rect { width: list, ..body }, Some(page))
}

/// Queue and load above, meetings and the page of what is chosen below.
fn quarters(body: Rect) -> ([Option<Rect>; 6], Rect) {
    let bottom = body.height * 45 / 100;
    let top = body.height - bottom;
    let right = load_width(body.width);
    let left = body.width - right;
    let mut panes = [None; 6];
    panes[PaneId::Intake as usize] = Some(Rect::new(0, body.y, left - 1, top));
    panes[PaneId::Load as usize] = Some(Rect::new(left, body.y, right, top));
    // As in the upper half, the column that is left out is that of the dividing line.
    panes[PaneId::Meetings as usize] = Some(Rect::new(0, body.y + top, left - 1, bottom));
    (panes, Rect::new(left, body.y + top, right, bottom))
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

/// The columns of a sheet that lies beside the load it is about; all of them where the two do not fit beside each other.
pub const fn sheet_width(body: Rect) -> u16 {
    if is_beside_load(body) { body.width - load_width(body.width) - 1 } else { body.width }
}

/// True if a sheet and the load have room beside each other.
pub const fn is_beside_load(body: Rect) -> bool {
    // Header and footer, two rows each, are not part of the body.
    body.width >= THREE_PANES.0 && body.height + 4 >= THREE_PANES.1
}

/// Two weeks of days at 120 columns: 55, beside a queue of 64.
const fn load_width(width: u16) -> u16 {
    width * 46 / 100
}

fn stacked(body: Rect, focus: PaneId) -> ([Option<Rect>; 6], [Option<Rect>; 6]) {
    let mut lines = [None; 6];
    let others = PaneId::COCKPIT.into_iter().filter(|pane| *pane != focus);
    // One line each for the two that have no room: what they need of the lead stays in sight.
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
        let small = areas(80, 24, PaneId::Load, false, true).unwrap();
        assert!(small.pane(PaneId::Load).is_some() && small.pane(PaneId::Intake).is_none());
        assert!(small.lines[PaneId::Intake as usize].is_some());
        let large = areas(120, 36, PaneId::Load, false, true).unwrap();
        assert!(PaneId::COCKPIT.iter().all(|pane| large.pane(*pane).is_some()));
        assert_eq!(areas(59, 40, PaneId::Load, false, true), None);
    }

    #[test]
    fn a_pane_alone_has_a_page_beside_it_where_both_have_room() {
        let widths = |width| {
            let laid = areas(width, 36, PaneId::Intake, true, true).unwrap();
            (laid.pane(PaneId::Intake).unwrap().width, laid.page.map(|page| page.width))
        };
        assert_eq!([widths(109), widths(110), widths(120)], [(109, None), (60, Some(49)), (66, Some(53))]);
        assert!(areas(120, 36, PaneId::Outcomes, false, false).unwrap().page.is_none());
        assert!(areas(159, 45, PaneId::Intake, false, true).unwrap().page.is_none());
        assert!(areas(160, 45, PaneId::Intake, false, true).unwrap().page.is_some());
    }

    proptest! {
        #[test]
        fn areas_never_overlap_or_leave_the_screen(width in 60u16..400, height in 16u16..200, zoomed: bool, has_page: bool, focus in 0usize..6) {
            let laid = areas(width, height, PaneId::ALL[focus], zoomed, has_page).unwrap();
            let screen = Rect::new(0, 0, width, height);
            let all: Vec<Rect> = [laid.header, laid.footer].into_iter().chain(laid.panes.into_iter().flatten()).chain(laid.lines.into_iter().flatten()).chain(laid.page).collect();
            for (index, area) in all.iter().enumerate() {
                prop_assert_eq!(area.intersection(screen), *area);
                for other in &all[index + 1..] {
                    prop_assert!(area.intersection(*other).is_empty(), "{:?} {:?}", area, other);
                }
            }
        }
    }
}
