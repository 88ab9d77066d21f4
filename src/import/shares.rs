//! Shares from planning tools and sheets: who does how much of which request, from one day to another.
//!
//! Float, Resource Guru, Runn, Forecast and plans made by hand differ in little but the names of their columns and in
//! whether hours are those of a day, of a week or of the whole, so one list of names knows all of them.

mod columns;
mod grid;
mod recognised;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::contacts::Contacts;
use super::listing::{File, ListOptions, ListedRow, Listing, NamedCells};
use super::numbers::{self, Unit};
use super::people::granted::is_off;
use super::preset::{Preset, PresetError, PresetPlace, Presets};
use super::{ImportError, fold, squeeze};
use crate::domain::bounds;
use crate::domain::count::counted;
use crate::domain::minutes::Minutes;
pub(in crate::import) use columns::SHARES;
use columns::{
    DURATION, END, HOURS, KEY, PER_DAY, PER_WEEK, PERCENT, PERSON, PROJECT, START, STATUS, TENTATIVE, TITLE,
};
pub use recognised::{recognised, recognised_by};

/// What was said about a file of shares.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ShareOptions {
    pub list: ListOptions,
    /// The preset that says what its columns are called.
    pub preset: Option<String>,
}

/// How much a row says a share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// Nothing is said, so it is what the request says.
    Open,
    /// All of it together.
    Whole(Minutes),
    /// So much on each working day.
    PerDay(Minutes),
    /// So much in each week.
    PerWeek(Minutes),
    /// So many hundredths of the hours that the person has.
    Percent(u32),
}

/// A share as a row has it; whom and what it means is decided elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareDraft {
    pub person: String,
    /// The key or number of the request.
    pub key: String,
    pub title: String,
    pub project: String,
    pub amount: Amount,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub is_tentative: bool,
    /// Why nothing can be made of it. It still tells that the source has the share, which would have vanished otherwise.
    pub fault: Option<String>,
    /// The row as it stands.
    pub raw: String,
}

/// What a file of shares holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareImport {
    /// Under which name what it says is kept: shares of two files of one name are shares of one source.
    pub source: String,
    pub listing: Listing<ShareDraft>,
}

/// Where a file comes from that nobody has named.
const USUAL_SOURCE: &str = "shares";

/// Reads the shares of a table, whatever tool wrote it.
///
/// # Errors
/// [`ImportError`] when the columns of person, request or of hours and days are missing, a column is said to be what
/// there is not, a preset says nothing of shares, or the file cannot be read.
pub fn read_shares(
    bytes: &[u8],
    presets: &Presets,
    options: &ShareOptions,
) -> Result<ShareImport, ImportError> {
    let named = options.preset.as_deref().map(|name| preset_of_shares(presets, name)).transpose()?;
    let preset = named.or_else(|| recognised(bytes, presets, &options.list));
    let (file, note) = open(bytes, preset, &options.list)?;
    let has_weeks = file.count_of_weeks() > 0;
    let rows = file.listing(|cells| {
        let draft = share(cells);
        let weeks = cells.weeks();
        Ok(if has_weeks {
            grid::shares(draft, weeks, &mut |problem| cells.tell(problem))
        } else {
            vec![draft]
        })
    });
    let mut listing = one_each(rows);
    listing.notes.extend(note);
    // A preset that nobody named is said, since it may have been made for another file.
    if let Some(preset) = preset.filter(|_| named.is_none()) {
        listing.notes.push(format!("its header is that of the preset {}, by which it is read", preset.name));
    }
    listing.notes.push(understood(&file));
    let mut contacts = Contacts::default();
    listing.drafts.iter().for_each(|row| contacts.note(&row.value.person));
    listing.drafts.iter_mut().for_each(|row| contacts.complete(&mut row.value.person));
    let source = preset.map(|preset| preset.source.clone()).filter(|source| !source.is_empty());
    Ok(ShareImport { source: source.unwrap_or_else(|| USUAL_SOURCE.to_owned()), listing })
}

fn preset_of_shares<'a>(presets: &'a Presets, name: &str) -> Result<&'a Preset, ImportError> {
    let preset = presets.get(name)?;
    if preset.shares.is_empty() {
        let message = "it says nothing of shares; `[shares]` in its file names their columns, as `hours-per-day = [\"Booked\"]`";
        let (file, message) = (preset.name.clone(), message.to_owned());
        return Err(ImportError::Preset(PresetError { file, place: PresetPlace::default(), message }));
    }
    Ok(preset)
}

/// The table of a file, and what its preset remembers that the file does not have.
fn open(
    bytes: &[u8],
    preset: Option<&Preset>,
    list: &ListOptions,
) -> Result<(File, Option<String>), ImportError> {
    let Some(preset) = preset else { return Ok((File::open(bytes, &SHARES, list, &[])?, None)) };
    let names: Vec<(usize, String)> = preset
        .shares
        .iter()
        .flat_map(|(field, names)| names.iter().map(move |name| (field.0, name.clone())))
        .collect();
    let list = ListOptions { order: list.order.or(preset.date_order), ..list.clone() };
    if list.sheet.is_some() || preset.sheet.is_empty() {
        return Ok((File::open(bytes, &SHARES, &list, &names)?, None));
    }
    let remembered = ListOptions { sheet: Some(preset.sheet.clone()), ..list.clone() };
    match File::open(bytes, &SHARES, &remembered, &names) {
        Err(ImportError::NoSheet { word, .. }) => {
            let note = format!(
                "the preset {} reads sheet `{word}`, but this file has none of that name, so the sheet that fits best was read",
                preset.name
            );
            Ok((File::open(bytes, &SHARES, &list, &names)?, Some(note)))
        }
        read => Ok((read?, None)),
    }
}

/// Each share by itself; rows without any are only counted.
fn one_each(rows: Listing<Vec<ShareDraft>>) -> Listing<ShareDraft> {
    let Listing {
        source,
        header_row,
        delimiter,
        encoding,
        drafts,
        skipped,
        columns_ignored,
        mut notes,
        is_part,
    } = rows;
    let blank = drafts.iter().filter(|row| row.value.is_empty()).count();
    if blank > 0 {
        notes.push(format!("{} no hours in any week", counted(blank, "row has", "rows have")));
    }
    let of_row = |ListedRow { row, value, problems }: ListedRow<Vec<ShareDraft>>| {
        // What is to be looked at in a row is told with the first of its shares.
        value.into_iter().enumerate().map(move |(index, value)| {
            let problems = if index == 0 { problems.clone() } else { Vec::new() };
            ListedRow { row, value, problems }
        })
    };
    let drafts = drafts.into_iter().flat_map(of_row).collect();
    Listing { source, header_row, delimiter, encoding, drafts, skipped, columns_ignored, notes, is_part }
}

/// What its hours were taken for: a column of hours could be those of a day as well as those of the whole.
fn understood(file: &File) -> String {
    match file.count_of_weeks() {
        0 => {}
        1 => {
            return "1 column is a week: its hours are those of the week, in equal parts of a day".to_owned();
        }
        count => {
            return format!(
                "{count} columns are weeks: their hours are those of each, in equal parts of a day"
            );
        }
    }
    let told = [
        (HOURS, "is all the hours of a share"),
        (PER_DAY, "is so much on each of its working days"),
        (PER_WEEK, "is so much in each of its weeks, in equal parts of a day"),
        (PERCENT, "is a part of the hours that the person has"),
        (DURATION, "is all the hours of a share"),
    ];
    let told = told.iter().filter_map(|(known, what)| Some(format!("`{}` {what}", file.header(*known)?)));
    let told: Vec<String> = told.collect();
    let hours = match told.as_slice() {
        [] => "no column has hours: each share follows the estimate of its request".to_owned(),
        [one] => one.clone(),
        several => format!("{}; of several that are filled the first counts", several.join(", ")),
    };
    match file.header(END) {
        Some(_) => hours,
        None => format!("{hours}; no column has a last day: each share ends when its request is due"),
    }
}

fn share(cells: &mut NamedCells<'_>) -> ShareDraft {
    let mut fault = None;
    let mut is_wrong = |message: String| {
        fault.get_or_insert(message);
    };
    let [from, to] = [(START, "first day"), (END, "last day")].map(|(known, what)| {
        let day = cells.day(known);
        let text = cells.text(known);
        if day.is_none() && !text.is_empty() {
            // Without one of its days the hours would lie on days that nobody said.
            is_wrong(format!("`{}` is not a {what} that can be read", bounds::named(text)));
        }
        day
    });
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        is_wrong(format!("it ends on {to}, before it begins on {from}"));
    }
    // What stands in for it is never used: a row with a fault is not taken.
    let amount = amount(cells).unwrap_or_else(|message| {
        is_wrong(message);
        Amount::Open
    });
    let status = cells.text(STATUS);
    if is_off(status) {
        is_wrong(format!("it is {}", fold(status)));
    }
    if cells.text(PERSON).is_empty() {
        is_wrong("no person".to_owned());
    }
    let [key, title, project] = [KEY, TITLE, PROJECT].map(|known| cells.text(known).to_owned());
    if key.is_empty() && title.is_empty() && project.is_empty() {
        is_wrong("no request".to_owned());
    }
    ShareDraft {
        person: cells.text(PERSON).to_owned(),
        key,
        title,
        project,
        amount,
        from,
        to,
        is_tentative: is_tentative(status) || numbers::is_ticked(cells.text(TENTATIVE)),
        fault,
        raw: cells.raw(),
    }
}

/// True for the words by which tools say that a booking is not sure yet. What is planned is sure: it only lies ahead.
fn is_tentative(status: &str) -> bool {
    [
        "tentative",
        "draft",
        "pending",
        "requested",
        "proposed",
        "waiting list",
        "vorläufig",
        "angefragt",
        "unverbindlich",
        "provisoire",
        "en attente",
        "provisional",
        "pendiente",
        "voorlopig",
        "in behandeling",
    ]
    .iter()
    .any(|word| squeeze(word) == squeeze(status))
}

/// The first of its columns of hours that is filled: all of it says more than so much a day.
fn amount(cells: &mut NamedCells<'_>) -> Result<Amount, String> {
    for known in [HOURS, PER_DAY, PER_WEEK] {
        let text = cells.text(known);
        let unit = unit_of(cells.header(known));
        match numbers::minutes(text, unit) {
            Ok(None) => {}
            Ok(Some(minutes)) if minutes.0 < 0 => return Err("fewer hours than none".to_owned()),
            Ok(Some(minutes)) if known == PER_DAY && minutes > Minutes::hours(24) => {
                return Err(format!("`{}` is more than a day has", bounds::named(text)));
            }
            Ok(Some(minutes)) => {
                return Ok(match known {
                    PER_DAY => Amount::PerDay(minutes),
                    PER_WEEK => Amount::PerWeek(minutes),
                    _ => Amount::Whole(minutes),
                });
            }
            Err(message) => return Err(format!("hours `{}`: {message}", bounds::named(text))),
        }
    }
    match cells.text(PERCENT) {
        "" => duration(cells),
        text => {
            let (percent, is_rounded) = percent(text).ok_or_else(|| {
                format!("`{}` is not a part of somebody’s hours, as 50% or 0.5", bounds::named(text))
            })?;
            if is_rounded {
                cells.problem(PERCENT, &whole_percent(percent));
            }
            Ok(Amount::Percent(percent))
        }
    }
}

/// Days or hours, by the name of the column or the unit in the cell; a bare number could be either.
fn duration(cells: &mut NamedCells<'_>) -> Result<Amount, String> {
    let text = cells.text(DURATION);
    let header = cells.header(DURATION);
    let by_name =
        numbers::unit_in(header).or_else(|| squeeze(header).ends_with("tage").then_some(Unit::Days));
    let is_bare = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    // Five days taken for five hours would leave somebody free who is not.
    if !text.is_empty() && is_bare && by_name.is_none() {
        cells.problem(
            DURATION,
            "days or hours? nothing says which, and it is not taken; name the column `Duration (days)`",
        );
        return Ok(Amount::Open);
    }
    match numbers::minutes(text, by_name.unwrap_or(Unit::Hours)) {
        Ok(None) => Ok(Amount::Open),
        Ok(Some(minutes)) if minutes.0 < 0 => Err("fewer hours than none".to_owned()),
        Ok(Some(minutes)) => Ok(Amount::Whole(minutes)),
        Err(message) => Err(format!("duration `{}`: {message}", bounds::named(text))),
    }
}

/// What a bare number counts: hours, unless the column says something else. `Personentage` is one word.
fn unit_of(header: &str) -> Unit {
    match numbers::unit_in(header) {
        Some(unit) => unit,
        None if squeeze(header).ends_with("tage") => Unit::Days,
        None => Unit::Hours,
    }
}

/// Said of a part that was rounded.
fn whole_percent(percent: u32) -> String {
    format!("whole per cent are kept; {percent} % is taken")
}

/// A part of somebody's hours, and whether it was rounded to whole per cent.
fn percent(text: &str) -> Option<(u32, bool)> {
    numbers::percent(text).filter(|(percent, _)| *percent <= 400)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod preset_tests;
