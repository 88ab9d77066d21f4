//! One page that stands alone: prints on A4, reads in the dark and by ear, loads nothing and runs
//! nothing. Every text is escaped; the policy in its head lets in its own style only.

mod chart;
mod escape;
mod heat;

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::notes::{self, Noted};
use crate::domain::document::{Block, Document, Line, Tone};
use escape::escape;

const STYLE: &str = include_str!("../../assets/page.css");

/// Lays a document out.
pub fn render(document: &Document) -> String {
    let noted = Noted::new(document);
    let mut out = head(&document.title);
    // Writing into a text never fails.
    let _ = write!(out, "<body>\n<main>\n<header>\n<h1>{}</h1>\n", escape(&document.title));
    if !document.subtitle.trim().is_empty() {
        let _ = writeln!(out, "<p>{}</p>", escape(&document.subtitle));
    }
    if let Some(stale) = document.staleness() {
        let _ = writeln!(out, "<p><em>{}</em></p>", escape(&stale));
    }
    out.push_str("</header>\n");
    for (index, block) in document.blocks.iter().enumerate() {
        add_block(index + 1, block, &noted, &mut out);
    }
    add_receipts(&noted, &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn head(title: &str) -> String {
    // The page may be opened anywhere: by its hash this one style is let in, and nothing that a title could
    // smuggle in.
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; \
        base-uri 'none'; form-action 'none'\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <meta name=\"color-scheme\" content=\"light dark\">\n\
        <meta name=\"referrer\" content=\"no-referrer\">\n\
        <title>{}</title>\n<style>{STYLE}</style>\n</head>\n",
        escape(title)
    )
}

fn add_block(number: usize, block: &Block, noted: &Noted<'_>, out: &mut String) {
    let class = if block.is_lead { " class=\"lead\"" } else { "" };
    let title = escape(&block.title);
    let _ =
        write!(out, "<section{class} aria-labelledby=\"b{number}\">\n<h2 id=\"b{number}\">{title}</h2>\n");
    out.push_str("<div>\n");
    if !block.lines.is_empty() {
        let list: String = block.lines.iter().map(|line| item(line, noted)).collect();
        let _ = write!(out, "<ul>\n{list}</ul>\n");
    }
    if let Some(plot) = block.plot.as_ref().filter(|plot| !plot.points.is_empty()) {
        out.push_str(&chart::draw(plot, number));
    }
    if let Some(table) = block.heat.as_ref().filter(|table| !table.is_empty()) {
        out.push_str(&heat::draw(table));
    }
    out.push_str("</div>\n</section>\n");
}

fn item(line: &Line, noted: &Noted<'_>) -> String {
    let class = match line.tone {
        Tone::Plain => "",
        Tone::Warn => " class=\"warn\"",
        Tone::Good => " class=\"good\"",
    };
    let mark = if line.tone == Tone::Plain {
        String::new()
    } else {
        // Read aloud a mark is nothing or the name of a sign, so the ear gets a word instead.
        format!(
            "<span class=\"mark\" aria-hidden=\"true\">{}</span><span class=\"ear\"> {}: </span>",
            line.tone.mark(),
            line.tone.word()
        )
    };
    let keys = line.unnamed_keys();
    let keys = if keys.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"keys\">{}</span>", escape(&keys.join(", ")))
    };
    let links: String = noted.of(line).iter().map(|number| {
        format!("<a href=\"#f{number}\" aria-label=\"Where this figure comes from, note {number}\">{number}</a>")
    }).collect::<Vec<_>>().join(" ");
    // Copied as text, or without its style, a number that is only raised would run into the figure before it.
    let raised = if links.is_empty() {
        String::new()
    } else {
        let apart = |sign: &str| format!("<span class=\"ear\" aria-hidden=\"true\">{sign}</span>");
        format!("<sup>{}{links}{}</sup>", apart(" ["), apart("]"))
    };
    format!("<li{class}>{mark}{}{raised}{keys}</li>\n", escape(&line.text))
}

fn add_receipts(noted: &Noted<'_>, out: &mut String) {
    if noted.figures.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<section class=\"receipts\" aria-labelledby=\"receipts\">\n<h2 id=\"receipts\">{}</h2>\n<ol>\n",
        notes::TITLE
    );
    for (number, receipt) in noted.receipts() {
        let _ = writeln!(out, "<li id=\"f{number}\">{}</li>", escape(&receipt));
    }
    out.push_str("</ol>\n</section>\n");
}
