//! A hand-made brief in every layout, and texts that would like to be markup.

use super::*;
use crate::domain::document::{Block, Figure, Line, Plot, PlotKind, Point, Reader};

fn figure(value: f64, unit: &str, n: u32, definition: &str) -> Figure {
    Figure {
        value,
        unit: unit.into(),
        n,
        from: "2026-09-01".parse().ok(),
        to: "2026-11-25".parse().ok(),
        definition: definition.into(),
        keys: ["R-142", "R-151", "R-160"].map(str::to_owned).to_vec(),
    }
}

fn series(kind: PlotKind, title: &str, unit: &str, points: &[(&str, f64)]) -> Plot {
    let point = |(label, value): &(&str, f64)| Point::new(*label, *value);
    let points = points.iter().map(point).collect();
    Plot { title: title.into(), kind, unit: unit.into(), points, ..Plot::default() }
}

fn block(title: &str, lines: Vec<Line>) -> Block {
    Block::new(title, lines)
}

/// The brief of the sketches, with everything that a document can hold.
fn brief() -> Document {
    let days = figure(9.5, "d", 12, "median from agreed brief to shelf, business days");
    let first_pass = figure(6.0, "", 8, "delivered with no round after review");
    let freed = figure(4.0, "h/wk", 1, "hours of freed time with a named destination");
    let mut weeks = series(
        PlotKind::Line,
        "From brief to shelf, median business days by month",
        "d",
        &[("Jun", 14.0), ("Jul", 14.5), ("Aug", 13.0), ("Sep", 12.0), ("Oct", 10.0), ("Nov", 9.5)],
    );
    weeks.target = Some(Point::new("agreed", 9.0));
    let where_to = series(
        PlotKind::Bars,
        "Hours a week freed, by where they went",
        "h",
        &[("Spring launch", 4.0), ("Store templates", 1.5), ("Unspoken for", 2.0)],
    );
    let lead = Line::new("Spring reaches shelves eleven days sooner if legal signs templates, not jobs.");
    Document {
        title: "Marketing leadership sync".into(),
        subtitle: "Thursday 26 November 2026, 15:00, with Marcus Hall and Priya Nair".into(),
        blocks: vec![
            Block { is_lead: true, ..block("Bottom line", vec![lead]) },
            block(
                "Who",
                vec![
                    Line::new("Marcus Hall cares about margin per campaign."),
                    Line::warn("We owe Priya Nair the launch dates since Thursday.").about(["P-9"]),
                ],
            ),
            Block {
                plot: Some(weeks),
                ..block(
                    "Three numbers",
                    vec![
                        Line::good("9.5 days from brief to shelf, was 14 (n 12): a campaign is in market two weeks sooner.")
                            .with(days.clone()),
                        Line::good("6 of 8 right first time, was 4 of 8: nineteen hours of rework did not happen.")
                            .with(first_pass),
                        Line::new("4 of 6 hours a week redirected to Spring.").with(freed).with(days),
                    ],
                )
            },
            block(
                "The ask",
                vec![
                    Line::new("Approve template sign-off."),
                    Line::new("A, now: three days sooner, no cost. B, in January: 19 hours of rework. Nothing: 14 days stay."),
                    Line::new("We recommend A."),
                ],
            ),
            block("Risk", vec![Line::warn("Trade fair booth: the print slot is lost after 2 December; raise it today.").about(["K-2", "R-7"])]),
            Block {
                plot: Some(where_to),
                ..block("Redirected", vec![Line::new("Chasing approvals cost 6 hours a week; 4 of them now go to the Spring launch, whose reading is 9.5 days.")])
            },
            block("They will ask", vec![Line::new("“How many assets is that?” “One idea, nine formats, two weeks sooner.”")]),
            block("If, then", vec![Line::new("If Marcus counts, then I ask what changes for the store.")]),
        ],
        ..Document::default()
    }
}

#[test]
fn a_brief_in_every_layout() {
    let check = |name: &str, layout, width| {
        insta::with_settings!({
            snapshot_path => "../../tests/snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(format!("document-{name}"), render(&brief(), Reader::Lead, layout, width)) });
    };
    check("text", Layout::Text, MAIL_WIDTH);
    check("text-narrow", Layout::Text, 0);
    check("markdown", Layout::Markdown, 0);
    check("slack", Layout::Slack, 0);
    check("html", Layout::Html, 0);
}

#[test]
fn an_empty_document_is_still_one() {
    for layout in Layout::ALL {
        let text = render(&Document::default(), Reader::Lead, *layout, MAIL_WIDTH);
        assert!(text.ends_with('\n'), "{layout}");
    }
}

const HOSTILE: [&str; 16] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "</style><style>*{display:none}</style>",
    "javascript:alert(1)",
    "<!--",
    "]]><![CDATA[",
    "&lt;script&gt;",
    "<a href=https://example.org>here</a>",
    "${alert(1)} {{7*7}} `x`",
    "\u{202e}gnp.exe\u{200b}",
    "\u{1b}]52;c;eA==\u{7}",
    "<meta http-equiv=refresh content=0>",
    "</ul></main><form action=//x><input autofocus>",
    "<<<>>>&&&\"\"\"'''",
];

/// A brief with the same text in every place that takes one.
fn filled(text: &str) -> Document {
    let point = Point::new(text, 3.0);
    let plot = |kind| Plot {
        title: text.into(),
        kind,
        unit: text.into(),
        points: vec![point.clone(), point.clone()],
        target: Some(point.clone()),
        scale: None,
    };
    let figure =
        Figure { unit: text.into(), definition: text.into(), keys: vec![text.into()], ..Figure::default() };
    let line = Line {
        text: format!("said {text}"),
        keys: vec![format!("k{text}")],
        figures: vec![figure],
        ..Line::warn("")
    };
    let block =
        |kind| Block { plot: Some(plot(kind)), is_lead: true, ..Block::new(text, vec![line.clone()]) };
    Document {
        title: text.into(),
        subtitle: text.into(),
        blocks: vec![block(PlotKind::Bars), block(PlotKind::Line)],
        stale: text.into(),
        ..Document::default()
    }
}

/// Every element with the names of its attributes, as a real parser sees them; neighbours of one kind once, since a long
/// name of a bar takes two lines.
fn skeleton(page: &str) -> Vec<String> {
    let parsed = scraper::Html::parse_document(page);
    assert_eq!(parsed.errors.len(), 0, "{:?}", parsed.errors);
    let elements = parsed.root_element().descendants().filter_map(scraper::ElementRef::wrap);
    let mut elements: Vec<String> = elements
        .map(|element| {
            let mut names: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
            names.sort_unstable();
            format!("{} {}", element.value().name(), names.join(" "))
        })
        .collect();
    elements.dedup();
    elements
}

#[test]
fn no_text_becomes_an_element_an_attribute_or_a_style_of_a_page() {
    let tame = render(&filled("tame"), Reader::Lead, Layout::Html, 0);
    for hostile in HOSTILE {
        let page = render(&filled(hostile), Reader::Lead, Layout::Html, 0);
        assert_eq!(skeleton(&page), skeleton(&tame), "{hostile}");
        let style =
            |page: &str| page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap().to_owned();
        assert_eq!(style(&page), style(&tame), "{hostile}");
        let shown = scraper::Html::parse_document(&page);
        let title = shown.select(&scraper::Selector::parse("h1").unwrap()).next().unwrap();
        assert_eq!(
            title.text().collect::<String>(),
            crate::plain::harmless(hostile),
            "what was said is shown"
        );
    }
}

#[test]
fn a_page_loads_and_runs_nothing() {
    let page = render(&brief(), Reader::Lead, Layout::Html, 0);
    for word in ["<script", "http://", "https://", "url(", "@import", " style=", " on", "<iframe", "<link"] {
        let page = page.replace(" on ", " ").replace(" once", " ");
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("default-src 'none'"), "everything is shut out but its own style");
}

#[test]
fn no_text_marks_up_markdown_or_slack() {
    for hostile in HOSTILE.into_iter().chain([
        "*b* _i_ ~s~ `c`",
        "# title",
        "- item",
        "1. one",
        "<!here> @channel <@U1>",
        "a|b",
    ]) {
        let document = filled(hostile);
        for layout in [Layout::Markdown, Layout::Slack, Layout::Text] {
            let text = render(&document, Reader::Lead, layout, MAIL_WIDTH);
            let is_harmless = |c: char| !c.is_control() || c == '\n';
            assert!(text.chars().all(is_harmless), "{layout}: {hostile:?}");
            let tame = render(&filled("x"), Reader::Lead, layout, 10_000).lines().count();
            let wide = render(&document, Reader::Lead, layout, 10_000).lines().count();
            assert_eq!(wide, tame, "{layout}: {hostile:?} adds no line");
        }
        let slack: String =
            render(&document, Reader::Lead, Layout::Slack, 0).split("```").step_by(2).collect();
        assert!(!slack.contains(['<', '>']), "{slack}");
        assert!(!slack.contains("@channel") && !slack.contains("*b*") && !slack.contains("_i_"), "{slack}");
        let markdown = render(&document, Reader::Lead, Layout::Markdown, 0);
        let loose = markdown
            .split("```")
            .step_by(2)
            .flat_map(|part| part.match_indices('<').map(|(at, _)| &part[..at]).collect::<Vec<_>>());
        for before in loose {
            assert!(before.ends_with('\\'), "{before}");
        }
    }
}

#[test]
fn a_long_name_of_a_bar_takes_two_lines_before_it_is_cut() {
    let page = |name: &str| {
        let plot = series(PlotKind::Bars, "Done", "%", &[(name, 40.0), ("Short", 20.0)]);
        let block = Block { plot: Some(plot), ..block("Outcomes", Vec::new()) };
        render(&Document { blocks: vec![block], ..Document::default() }, Reader::Lead, Layout::Html, 0)
    };
    let long = page("Spring range on shelf eleven days sooner");
    assert!(long.contains(">Spring range on shelf eleven<") && long.contains(">days sooner<"), "{long}");
    assert!(long.contains("viewBox=\"0 0 560 69\""), "the next bar stands below both lines");
    assert!(page("Short too").contains("viewBox=\"0 0 560 52\""));
    let longest = page(&"Spring range on shelf ".repeat(5));
    assert_eq!(longest.matches("class=\"end\"").count(), 3, "two lines and the other bar's one");
    assert!(longest.contains('…'));
}

#[test]
fn a_page_reads_without_its_style() {
    let plot = |kind| series(kind, "Done", "%", &[("Spring range", 40.0), ("Short", 20.0)]);
    for kind in [PlotKind::Bars, PlotKind::Line] {
        let block = Block { plot: Some(plot(kind)), ..block("Outcomes", Vec::new()) };
        let page =
            render(&Document { blocks: vec![block], ..Document::default() }, Reader::Lead, Layout::Html, 0);
        let drawn = page.split_once("<svg").and_then(|(_, rest)| rest.split_once("</svg>")).unwrap().0;
        for mark in drawn.lines().filter(|line| line.contains("class=\"end\"")) {
            assert!(mark.contains("text-anchor=\"end\""), "a name ends before its bar: {mark}");
        }
        for mark in drawn.lines().filter(|line| line.starts_with("<line")) {
            assert!(mark.contains("stroke=\""), "it would not be seen: {mark}");
        }
    }
    // What a reader of plain text, or whoever copies it, has of a line.
    let page = render(&brief(), Reader::Lead, Layout::Html, 0);
    let text: String =
        page.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    assert!(text.contains(" [1]") && !text.contains("✓Went"), "{text}");
}
