//! A board that shows a saved view: the records of its list that fit, whatever has become of them, with the columns and
//! under the headings of the view.

use ratatui::text::{Line, Span};

use super::outcomes::empty;
use super::{BoardColumn, BoardStyle};
use crate::domain::kinds;
use crate::domain::record::Record;
use crate::domain::view::{self, Column, ListKind, View};
use crate::domain::words::filter::columns::{CellFormat, columns};
use crate::domain::words::filter::schema;
use crate::plain;
use crate::tui::overlays::record::{Link, Shown};
use crate::tui::panes::filter::subject;
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::marks;

/// So many of its fields a list shows whose view names no columns.
const COLUMNS: usize = 4;

/// What a row tells of a record.
#[derive(Debug, Clone, Copy)]
enum ViewedColumn {
    Key,
    Title,
    Of(Column),
}

/// The records of a view.
pub fn column(look: BoardStyle<'_>, view: &View) -> BoardColumn {
    let (books, report) = (&look.snapshot.books, &look.snapshot.report);
    // As their board has them where the view has no order of its own, and what is closed behind them.
    let (lines, count) = match view.list {
        ListKind::Outcomes => {
            let followed = report.outcomes.iter().map(|it| &it.outcome);
            let is_closed = |it: &&_| !report.outcomes.iter().any(|own| own.outcome == **it);
            lines(followed.chain(books.outcomes.iter().filter(is_closed)).collect(), look, view)
        }
        ListKind::Gains => lines(report.gains.iter().map(|it| &it.gain).collect(), look, view),
        ListKind::Frictions => lines(report.frictions.iter().map(|it| &it.friction).collect(), look, view),
        ListKind::Stakeholders => {
            lines(report.stakeholders.iter().map(|it| &it.stakeholder).collect(), look, view)
        }
        ListKind::Redirects => lines(books.redirects.iter().collect(), look, view),
        ListKind::Risks => lines(books.risks.iter().collect(), look, view),
        ListKind::Decisions => lines(books.decisions.iter().collect(), look, view),
        _ => lines(books.promises.iter().collect(), look, view),
    };
    BoardColumn { title: title(view.list), more: look.filter.told(count, view.list), lines, rests_on: &[] }
}

const fn title(list: ListKind) -> &'static str {
    match list {
        ListKind::Outcomes => "Outcomes",
        ListKind::Gains => "Gains",
        ListKind::Redirects => "Redirects",
        ListKind::Frictions => "Friction",
        ListKind::Risks => "Risks",
        ListKind::Stakeholders => "Stakeholders",
        ListKind::Decisions => "Decisions",
        _ => "Promises",
    }
}

/// The lines of the records that fit, and how many they are.
fn lines<R: Record>(records: Vec<&R>, look: BoardStyle<'_>, view: &View) -> (Vec<Shown>, usize) {
    let (snapshot, theme) = (look.snapshot, look.theme);
    let fits = |record: &&R| look.filter.fits_record(&record.key(), snapshot);
    let shown = look.ordered(records.into_iter().filter(fits), |record| record);
    if shown.is_empty() {
        return (empty("Nothing fits the view. {back} shows everything again.", look).collect(), 0);
    }
    let format =
        |column: Column| CellFormat::new(column, view.list, snapshot.today(), &snapshot.reading.calendar);
    let cell = |record: &R, column: ViewedColumn| -> CellText {
        match column {
            ViewedColumn::Key => (record.key().to_string(), theme.dim()).into(),
            ViewedColumn::Title => {
                let is_private = snapshot.private.has(&record.key());
                (marks::titled(&record.title(), is_private, theme), theme.strong()).into()
            }
            ViewedColumn::Of(column) => {
                let text = format(column).cell(&subject(record, snapshot));
                (plain::harmless(&text).into_owned(), theme.text()).into()
            }
        }
    };
    let layout = ListLayout::fitted(
        1,
        &layout_columns::<R>(view),
        look.width.saturating_sub(1),
        (shown.len(), &|at, column, _| cell(shown[at], column)),
    );
    let row = |record: &R| {
        let link = Link::Record(record.key());
        Shown::new(layout.row(|column, _| cell(record, column)), Some(link))
    };
    let mut lines: Vec<Shown> = vec![layout.head(theme.dim()).into()];
    let count = shown.len();
    match view.group {
        None => lines.extend(shown.into_iter().map(row)),
        Some(group) => {
            for (name, own) in view::grouped(shown, |record| format(group).cell(&subject(*record, snapshot)))
            {
                let heading = view::heading(group, &name, own.len());
                let heading = Span::styled(format!("  {}", plain::harmless(&heading)), theme.accent());
                lines.push(Line::from(heading).into());
                lines.extend(own.into_iter().map(row));
            }
        }
    }
    (lines, count)
}

/// Key and title, then what the view names; without any, what its form asks for first.
fn layout_columns<R: Record>(view: &View) -> Vec<ListColumn<ViewedColumn>> {
    let title = R::FIELDS.first().map_or("", |field| field.name);
    let is_more = |column: &Column| column.name != "key" && column.name != title;
    let in_form = |column: &Column| kinds::form_fields(R::KIND).any(|field| field.name == column.name);
    let asked: Vec<Column> = if view.columns.is_empty() {
        columns(view.list).into_iter().filter(|it| is_more(it) && in_form(it)).take(COLUMNS).collect()
    } else {
        view.columns.iter().copied().filter(is_more).collect()
    };
    let mut all = vec![
        ListColumn::of(ViewedColumn::Key, "key", 4),
        // `text` is the name of a field and would say nothing over a column.
        ListColumn::growing(ViewedColumn::Title, if title == "text" { "what" } else { title }, 20, 9),
    ];
    // People are known by their names, and nobody types the keys of stakeholders.
    if view.list == ListKind::Stakeholders {
        all.remove(0);
    }
    let words = schema::of_list(view.list);
    all.extend(asked.into_iter().zip(1..).map(|(column, leaves)| {
        let own = ListColumn::growing(ViewedColumn::Of(column), column.head(), 6, 5).best(24).leaves(leaves);
        let is_figure = words.find(column.name).is_some_and(|word| word.takes.is_figure());
        if is_figure { own.right().gap(2) } else { own.gap(2) }
    }));
    all
}
