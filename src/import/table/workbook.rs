//! Sheets of workbooks as records: Excel's old and new files, and those of free office programs.
//!
//! A workbook is an archive that may unpack to anything, and a sheet may say that it is seventeen billion cells large. So
//! what it unpacks to is looked at first, cells are taken one by one where the format allows it, and whoever reads this
//! for the program is a child with little memory. Hidden sheets are left alone: somebody hid them.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{
    Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Sheets, Xlsx, open_workbook_auto_from_rs,
};

use super::{HEAD, MAX_CELLS, SourceRow, SourceSheet, TableBudget, beyond};
use crate::domain::bounds;
use crate::domain::count::{counted, whole};
use crate::import::numbers::{self, Unit};
use crate::import::text::TextError;

/// What stands where a text has its separator.
pub const NO_DELIMITER: char = ' ';
/// More than this no archive of a workbook unpacks to, in bytes.
const UNPACKED: u64 = 192 << 20;
/// So many sheets of one workbook are looked at.
const SHEETS: usize = 24;
/// So many empty cells are looked at for formulas without a value.
const EMPTY: usize = 100_000;
/// A merged cell reaches no further down than this.
const MERGED: u32 = 2_000;

/// True for the bytes of a workbook.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    let is_archive = head.starts_with(b"PK\x03\x04");
    is_archive
        && (holds(b"[Content_Types].xml")
            || holds(b"xl/")
            || holds(b"opendocument.spreadsheet")
            || holds(b"_rels/.rels"))
        // Workbooks from before 2007 are OLE files, and so are newer ones with a password.
        || head.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Every visible sheet that holds something.
///
/// # Errors
/// [`TextError`] with a sentence where the workbook cannot be read.
pub(super) fn sheets(bytes: &[u8], most: usize) -> Result<Vec<SourceSheet>, TextError> {
    if bytes.len() > bounds::FILE {
        let most = bounds::size(bounds::FILE);
        return Err(broken(&format!("it is larger than {most}")));
    }
    if is_locked(bytes) {
        return Err(TextError::Locked);
    }
    if unpacked(bytes).is_some_and(|size| size > UNPACKED) {
        return Err(broken(&format!("it unpacks to more than {} MiB", UNPACKED >> 20)));
    }
    // Sheets that contradict themselves, as with a merged area that ends before it begins, have made the reader panic.
    std::panic::catch_unwind(|| visible_sheets(bytes, most))
        .unwrap_or_else(|_| Err(broken("its parts contradict each other")))
}

fn visible_sheets(bytes: &[u8], most: usize) -> Result<Vec<SourceSheet>, TextError> {
    let mut book =
        open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| refused(&error.to_string()))?;
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    let about = book.sheets_metadata().to_vec();
    for sheet in about.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).take(SHEETS) {
        if sheet.visible != SheetVisible::Visible {
            notes.push(format!("sheet `{}` is hidden; left alone", bounds::named(&sheet.name)));
            continue;
        }
        let rows = read_sheet(&mut book, &sheet.name, most)?;
        if !rows.rows.is_empty() {
            found.push(rows);
        }
    }
    if about.len() > SHEETS {
        notes.push(format!("the workbook has {} sheets; the first {SHEETS} were looked at", about.len()));
    }
    if found.is_empty() {
        return Err(TextError::Empty);
    }
    for sheet in &mut found {
        sheet.notes.extend(notes.iter().cloned());
    }
    Ok(found)
}

fn broken(why: &str) -> TextError {
    TextError::BrokenWorkbook { why: why.to_owned() }
}

fn refused(error: &str) -> TextError {
    // Some errors begin with the word and others hold it.
    if error.contains("assword") { TextError::Locked } else { broken(bounds::within(error, 200)) }
}

/// Excel puts a workbook with a password into another container, under a name that nothing else has.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xD0\xCF\x11\xE0") && bytes.windows(name.len()).any(|window| window == name)
}

/// What all files of an archive unpack to, as its list of contents says; `None` if there is none. A list that lies is
/// met by the memory that the reader has.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    // The list of contents ends with a record of 22 bytes and a remark of at most 64 KiB.
    let end = bytes.len().saturating_sub(70_000);
    let at = end + bytes[end..].windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let short = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let mut entry = usize::try_from(number(at + 16)?).ok()?;
    let mut sum = 0_u64;
    while bytes.get(entry..entry + 4) == Some(b"PK\x01\x02") {
        sum = sum.saturating_add(u64::from(number(entry + 24)?));
        // An entry has 46 bytes, then a name, a field of the packer and a remark as long as it says.
        entry += 46 + short(entry + 28)? + short(entry + 30)? + short(entry + 32)?;
    }
    Some(sum)
}

fn read_sheet(book: &mut Sheets<Cursor<&[u8]>>, name: &str, most: usize) -> Result<SourceSheet, TextError> {
    let mut rows = RowBuilder::new(most);
    let encoding = match book {
        Sheets::Xlsx(book) => {
            read_new_sheet(book, name, &mut rows)?;
            "Excel workbook"
        }
        Sheets::Ods(_) => {
            read_range(book, name, &mut rows)?;
            "OpenDocument workbook"
        }
        _ => {
            read_range(book, name, &mut rows)?;
            "Excel workbook"
        }
    };
    Ok(rows.sheet(name, encoding))
}

/// Cell by cell, so that a cell far away costs no more than itself.
fn read_new_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    rows: &mut RowBuilder,
) -> Result<(), TextError> {
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| refused(&error.to_string()))?;
    let mut empty = BTreeSet::new();
    while let Some(cell) = reader.next_cell().map_err(|error| refused(&error.to_string()))? {
        if matches!(cell.get_value(), DataRef::Empty) && empty.len() < EMPTY {
            empty.insert(cell.get_position());
        }
        let text = match cell.get_value() {
            DataRef::SharedString(text) => (*text).to_owned(),
            value => told(&value.clone().into()),
        };
        if !rows.put(cell.get_position(), &text) {
            break;
        }
    }
    drop(reader);
    for area in merged {
        rows.fill_down(area.start, area.end.0.min(area.start.0.saturating_add(MERGED)));
    }
    if !empty.is_empty() {
        rows.notes.extend(without_values(book, name, &empty));
    }
    Ok(())
}

/// Programs that write a workbook without a spreadsheet leave out what its formulas come to.
fn without_values(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    empty: &BTreeSet<(u32, u32)>,
) -> Option<String> {
    let mut reader = book.worksheet_cells_reader(name).ok()?;
    let (mut count, mut first) = (0, None);
    while let Ok(Some(cell)) = reader.next_formula() {
        if !cell.get_value().is_empty() && empty.contains(&cell.get_position()) {
            count += 1;
            first = first.or(Some(cell.get_position()));
        }
    }
    let (row, column) = first?;
    let cells = counted(count, "cell holds", "cells hold");
    Some(format!(
        "{cells} a formula without its value, as in line {} of column {}; read as empty: open the workbook in a \
         spreadsheet and save it, then import that",
        row + 1,
        column + 1
    ))
}

fn read_range(book: &mut Sheets<Cursor<&[u8]>>, name: &str, rows: &mut RowBuilder) -> Result<(), TextError> {
    let range = book.worksheet_range(name).map_err(|error| refused(&error.to_string()))?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place =
            |offset: usize, first: u32| first.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        if !rows.put((place(row, top), place(column, left)), &told(value)) {
            break;
        }
    }
    Ok(())
}

/// A cell as it would stand in a text.
fn told(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        // As Excel's lengths are told; what is no length stays as it stands.
        Data::DurationIso(text) => match numbers::minutes(text, Unit::Hours) {
            Ok(Some(length)) => format!("{}:{:02}", length.0 / 60, length.0 % 60),
            _ => text.clone(),
        },
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_told(*number),
        Data::Bool(is_so) => if *is_so { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(at) => date_told(*at),
        Data::Error(error) => error.to_string(),
    }
}

/// Past this the numbers of a spreadsheet have lost digits.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn number_told(number: f64) -> String {
    // An id that was cut is told as one: spreadsheets show it in this way too.
    if number.abs() >= EXACT {
        return format!("{number:E}").replace('E', "E+");
    }
    // A tenth is no tenth in binary: after nine places comes what it is off by.
    let text = format!("{number:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn date_told(at: ExcelDateTime) -> String {
    let number = at.as_f64();
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    // A number below one has no day: it is a time on the clock, or a length of less than a day.
    if at.is_duration() || (0.0..1.0).contains(&number) {
        let minutes = whole(number * 24.0 * 60.0).unwrap_or(0);
        return format!("{}:{:02}", minutes / 60, minutes % 60);
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}

/// Puts cells together to rows, as far as a table may go.
struct RowBuilder {
    rows: Vec<SourceRow>,
    notes: Vec<String>,
    most: usize,
    room: TableBudget,
    is_wide: bool,
}

impl RowBuilder {
    const fn new(most: usize) -> Self {
        Self { rows: Vec::new(), notes: Vec::new(), most, room: TableBudget::of_a_table(), is_wide: false }
    }

    /// Takes a cell; false if no more fit.
    fn put(&mut self, (row, column): (u32, u32), text: &str) -> bool {
        let (line, column) = (row as usize + 1, column as usize);
        if text.trim().is_empty() {
            return true;
        }
        if column >= MAX_CELLS {
            self.is_wide = true;
            return true;
        }
        let place = match self.rows.binary_search_by_key(&line, |row| row.row) {
            Ok(place) => place,
            Err(_) if self.rows.len() == self.most + HEAD => {
                let row = SourceRow { row: line, cells: Vec::new() };
                self.notes.push(beyond(&row, &format!("{} rows", self.most)));
                return false;
            }
            Err(place) => {
                self.rows.insert(place, SourceRow { row: line, cells: Vec::new() });
                place
            }
        };
        let cells = &mut self.rows[place].cells;
        let text = bounds::within(text, bounds::TEXT).to_owned();
        // The blanks before it and the cell itself, each counted once.
        let mut added = vec![String::new(); column.saturating_sub(cells.len())];
        added.push(text.clone());
        let fresh = SourceRow { row: line, cells: added };
        if let Some(what) = self.room.take(&fresh) {
            self.notes.push(beyond(&fresh, &what));
            return false;
        }
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        true
    }

    /// What stands in a merged cell holds for each row that it reaches.
    fn fill_down(&mut self, (top, column): (u32, u32), bottom: u32) {
        let (top, column) = (top as usize + 1, column as usize);
        let find = |rows: &[SourceRow], line: usize| rows.binary_search_by_key(&line, |row| row.row).ok();
        let Some(text) = find(&self.rows, top).and_then(|place| self.rows[place].cells.get(column).cloned())
        else {
            return;
        };
        for line in top + 1..=bottom as usize + 1 {
            // A row with nothing else in it is none.
            let Some(place) = find(&self.rows, line) else { continue };
            let cells = &mut self.rows[place].cells;
            if cells.get(column).is_none_or(String::is_empty) {
                cells.resize(cells.len().max(column + 1), String::new());
                cells[column].clone_from(&text);
            }
        }
    }

    fn sheet(mut self, name: &str, encoding: &'static str) -> SourceSheet {
        if self.is_wide {
            self.notes.push(format!("cells beyond column {MAX_CELLS} were left out"));
        }
        // A sheet has as many cells in every row; short ones are no fault of anybody.
        // One cell far to the right must not make all rows as wide as itself.
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).min(256);
        for row in &mut self.rows {
            row.cells.resize(row.cells.len().max(width), String::new());
        }
        let lines: Vec<usize> = self.rows.iter().map(|row| row.row).collect();
        let gaps = lines.windows(2).flat_map(|pair| pair[0] + 1..pair[1]);
        let blank = gaps.take(bounds::REMARKS).collect();
        SourceSheet {
            title: name.to_owned(),
            encoding,
            delimiter: NO_DELIMITER,
            rows: self.rows,
            blank,
            problems: Vec::new(),
            notes: self.notes,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
