//! `standup review`: documents as text, Markdown, Slack, a page or JSON.

use clap::Args;
use serde_json::{Value, json};

use super::load::typed_past_day;
use super::out::{self, Format, Medium, Out};
use super::target::{OutputTarget, ReaderOption};
use super::{Done, tier_mix};
use crate::domain::document::{Block, Document, Line, Reader};
use crate::domain::measures::Span;
use crate::export::{Layout, MAIL_WIDTH, render};
use crate::ops::Desk;
use crate::ops::docs::quarter::{parse_quarter, quarter_of};
use crate::plain;

/// As what a document goes out, and where to.
#[derive(Debug, Clone, Args)]
pub struct DocumentOptions {
    /// text, markdown, slack or html
    #[arg(long, value_name = "FORMAT", value_parser = layout)]
    pub format: Option<Layout>,
    #[command(flatten)]
    pub whom: ReaderOption,
    #[command(flatten)]
    pub target: OutputTarget,
}

fn layout(text: &str) -> Result<Layout, String> {
    text.parse().map_err(|error: crate::domain::named::NameError| error.to_string())
}

/// Options of `standup`.
#[derive(Debug, Clone, Args)]
pub struct StandupArguments {
    /// From the beginning of this day; without it, since the last standup that was held
    #[arg(long, value_name = "D")]
    pub since: Option<String>,
    /// Person by person instead of section by section
    #[arg(long)]
    pub by_person: bool,
    /// Note that the standup has ended: the next one starts from now
    #[arg(long)]
    pub end: bool,
    #[command(flatten)]
    pub options: DocumentOptions,
}

/// Options of `review`.
#[derive(Debug, Clone, Args)]
pub struct ReviewArguments {
    /// The week of this day; without it, this week
    #[arg(long, value_name = "D", conflicts_with = "quarter")]
    pub week: Option<String>,
    /// The quarter in evidence: 2026Q4, Q4, or a day in it
    #[arg(long, value_name = "Q", num_args = 0..=1, default_missing_value = "today")]
    pub quarter: Option<String>,
    /// Instead: hours by tier for two weeks that are over, this one and five to come, and how much of them is strategy
    #[arg(long, conflicts_with_all = ["week", "quarter", "format", "output"])]
    pub tiers: bool,
    #[command(flatten)]
    pub options: DocumentOptions,
}

pub fn review(desk: &Desk, arguments: &ReviewArguments, out: &mut Out) -> Done {
    if arguments.tiers {
        return tier_mix::weeks(desk, out);
    }
    let (document, span) = if let Some(text) = &arguments.quarter {
        let on = parse_quarter(text, &desk.reading().map_err(crate::ops::OpsError::from)?)
            .map_err(|message| crate::ops::OpsError::Rejected { message, hint: None })?;
        (desk.quarter_review(on)?, quarter_of(on))
    } else {
        let on = arguments.week.as_ref().map(|text| typed_past_day(desk, text)).transpose()?;
        let on = on.unwrap_or_else(|| desk.today());
        (desk.week_review(on)?, Span::week(on))
    };
    let shape = |reader: Reader| {
        json!({
            "title": document.title, "from": span.from, "to": span.to, "reader": reader.name(),
            // Empty, so that all documents have one shape; only a brief is linted.
            "blocks": document.for_reader(reader).blocks, "lint": [], "left_out": desk.left_out(),
        })
    };
    hand_out(&document, &arguments.options, desk.room(), shape, out)
}

/// Hands a document out, to the lead or to a room; `shape` is what JSON says of it.
pub fn hand_out(
    document: &Document,
    options: &DocumentOptions,
    room: Reader,
    shape: impl FnOnce(Reader) -> Value,
    out: &mut Out,
) -> Done {
    let is_json = out.format == Format::Json;
    let reader = options.whom.reader(options.format, &options.target, is_json, room);
    if is_json {
        let text = out::json(&shape(reader))?;
        return options.target.deliver(&format!("{text}\n"), out);
    }
    // A layout that was asked for by its name is meant more exactly than the shape of all output.
    if out.format == Format::Plain && options.format.is_none() {
        return options.target.deliver(&records(&document.for_reader(reader)), out);
    }
    let layout = options.format.or_else(|| options.target.layout()).unwrap_or(Layout::Text);
    // Read out it has no layout; one that was asked for by its name, or that goes into a file, is handed on.
    if out.medium == Medium::Voice && options.format.is_none() && !options.target.is_file() {
        return read_out(document, reader, out);
    }
    options.target.deliver(&render(document, reader, layout, MAIL_WIDTH), out)
}

/// A document line by line, each of its lines unbroken.
pub fn read_out(document: &Document, reader: Reader, out: &mut Out) -> Done {
    let text = render(document, reader, Layout::Text, out.width(MAIL_WIDTH));
    text.trim_end().lines().try_for_each(|line| out.line(line))
}

/// The lines of a document as records: the title of its block, the keys that a line is about, what it says.
fn records(document: &Document) -> String {
    let lines = document.blocks.iter().flat_map(|block| block.lines.iter().map(move |line| (block, line)));
    let record = |(block, line): (&Block, &Line)| {
        let fields = [block.title.clone(), line.keys.join(" "), line.with_hint()];
        format!("{}\n", fields.map(|field| plain::harmless(&field).into_owned()).join("\t"))
    };
    lines.map(record).collect()
}

/// `meanwhile`; it only reads: what is listed here stays in the cockpit's header until it was read there.
pub fn meanwhile(desk: &Desk, out: &mut Out) -> Done {
    let last = desk.last_look()?;
    let found = last.map(|last| desk.meanwhile(last)).transpose()?.flatten();
    let hidden = desk.hidden_names()?;
    let found = found.and_then(|found| found.without_private(&hidden));
    let Some(found) = found else {
        return Err(super::CliError::Nothing("nothing changed elsewhere since the last look".to_owned()));
    };
    let document = found.document();
    match out.format {
        Format::Json => out.json(&json!({
            "since": super::json::instant(&desk.clock, found.since.to_utc()), "sections": sections(&document),
            "left_out": desk.left_out(),
        })),
        Format::Plain => out.whole(&records(&document)),
        Format::Human => {
            // Always for the lead: what happened elsewhere is no document that is handed on.
            read_out(&document, Reader::Lead, out)
        }
    }
}

/// Blocks as sections with the texts and keys of their lines.
fn sections(document: &Document) -> Vec<Value> {
    let line = |line: &Line| json!({ "text": line.with_hint(), "keys": line.keys });
    let section = |block: &Block| json!({ "title": block.title, "lines": block.lines.iter().map(line).collect::<Vec<_>>() });
    document.blocks.iter().map(section).collect()
}

pub fn standup(desk: &mut Desk, arguments: &StandupArguments, out: &mut Out) -> Done {
    let since = arguments.since.as_ref().map(|text| typed_past_day(desk, text)).transpose()?;
    let pack = desk.standup(since.map(|day| desk.clock.midnight(day)))?;
    let document = if arguments.by_person { &pack.by_person } else { &pack.by_section };
    let since = super::json::instant(&desk.clock, pack.since);
    let left_out = desk.left_out();
    let shape = |reader: Reader| {
        let sections = sections(&document.for_reader(reader));
        json!({ "since": since, "reader": reader.name(), "sections": sections, "left_out": left_out })
    };
    // Handed out before it is ended: a file that cannot be written must not move the beginning of the next one.
    hand_out(document, &arguments.options, desk.room(), shape, out)?;
    if arguments.end {
        let committed = desk.end_standup()?;
        out.say(&committed.label);
    }
    Ok(())
}
