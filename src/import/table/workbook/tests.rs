//! Workbooks made by hand: an archive of stored files, as small as readers take it.

use std::fmt::Write;

use super::*;

/// One file of an archive, and what its list of contents says of its size.
pub struct StoredFile<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    pub claimed: Option<u32>,
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// An archive without compression.
pub fn archive(files: &[StoredFile<'_>]) -> Vec<u8> {
    let size = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for file in files {
        let at = size(out.len());
        let name_length = u16::try_from(file.name.len()).unwrap().to_le_bytes();
        let claimed = file.claimed.map_or(size(file.bytes.len()), u32::to_le_bytes);
        let common = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &crc32(file.bytes).to_le_bytes(),
            &size(file.bytes.len()),
            &claimed,
            &name_length,
            &[0, 0],
        ]
        .concat();
        out.extend([b"PK\x03\x04", &common[..], file.name.as_bytes(), file.bytes].concat());
        list.extend([b"PK\x01\x02\x14\x00", &common[..], &[0; 10], &at, file.name.as_bytes()].concat());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let end =
        [b"PK\x05\x06\0\0\0\0", &count[..], &count, &size(list.len()), &size(out.len()), &[0, 0]].concat();
    out.extend(list);
    out.extend(end);
    out
}

/// A workbook of sheets: name, state, and the XML within `sheetData` with what follows it.
pub fn workbook(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut listed, mut related, mut parts) = (String::new(), String::new(), Vec::new());
    for (index, (name, state, xml)) in sheets.iter().enumerate() {
        let id = index + 1;
        write!(listed, "<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"rId{id}\"/>")
            .unwrap();
        write!(
            related,
            "<Relationship Id=\"rId{id}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>"
        )
        .unwrap();
        parts.push((
            format!("xl/worksheets/sheet{id}.xml"),
            format!("<worksheet xmlns=\"{main}\">{xml}</worksheet>"),
        ));
    }
    write!(related, "<Relationship Id=\"rId99\" Type=\"{office}/styles\" Target=\"styles.xml\"/>").unwrap();
    let package = "http://schemas.openxmlformats.org/package/2006";
    let fixed = [
        ("[Content_Types].xml".to_owned(), format!("<Types xmlns=\"{package}/content-types\"/>")),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{listed}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{package}/relationships\">{related}</Relationships>"),
        ),
        // Style 1 is a day, style 2 a length of time.
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    let all: Vec<(String, String)> = fixed.into_iter().chain(parts).collect();
    let stored: Vec<StoredFile<'_>> =
        all.iter().map(|(name, text)| StoredFile { name, bytes: text.as_bytes(), claimed: None }).collect();
    archive(&stored)
}

/// Rows of cells as XML: `'` in front is a number, `@` a number with the style of a day, `~` of a length.
pub fn rows(table: &[(usize, &[&str])]) -> String {
    let mut xml = "<sheetData>".to_owned();
    for (line, cells) in table {
        write!(xml, "<row r=\"{line}\">").unwrap();
        for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{line}", char::from(b'A' + u8::try_from(index).unwrap()));
            let (style, value) = match cell.split_at(1) {
                ("'", number) => ("", number),
                ("@", number) => (" s=\"1\"", number),
                ("~", number) => (" s=\"2\"", number),
                _ => (" t=\"inlineStr\"", ""),
            };
            let value =
                if value.is_empty() { format!("<is><t>{cell}</t></is>") } else { format!("<v>{value}</v>") };
            write!(xml, "<c r=\"{place}\"{style}>{value}</c>").unwrap();
        }
        xml += "</row>";
    }
    xml + "</sheetData>"
}

fn shown(sheet: &SourceSheet) -> Vec<(usize, String)> {
    sheet.rows.iter().map(|row| (row.row, row.cells.join("|"))).collect()
}

fn owned(rows: &[(usize, &str)]) -> Vec<(usize, String)> {
    rows.iter().map(|(row, cells)| (*row, (*cells).to_owned())).collect()
}

#[test]
fn cells_are_told_as_a_text_would_have_them() {
    let xml = rows(&[
        (1, &["Title", "Due", "Hours", "ID", "Rounded"]),
        (2, &["Film", "@46360", "'6.5", "'1211000000000001", "'1211430000000000000"]),
        (4, &["Cut", "@46367.75", "~0.25", "'7", "'0.1"]),
    ]);
    let book = workbook(&[("Work", "visible", &xml), ("Old", "hidden", &xml)]);
    let found = sheets(&book, 100).unwrap();
    assert_eq!((found.len(), found[0].title.as_str(), found[0].encoding), (1, "Work", "Excel workbook"));
    assert_eq!(
        shown(&found[0]),
        owned(&[
            (1, "Title|Due|Hours|ID|Rounded"),
            (2, "Film|2026-12-04|6.5|1211000000000001|1.21143E+18"),
            (4, "Cut|2026-12-11 18:00:00|6:00|7|0.1"),
        ])
    );
    assert_eq!(found[0].blank, [3]);
    assert_eq!(found[0].notes, ["sheet `Old` is hidden; left alone"]);
}

#[test]
fn formulas_without_a_value_are_told() {
    let xml = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Title</t></is></c>\
        <c r=\"B1\" t=\"inlineStr\"><is><t>Hours</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Film</t></is></c>\
        <c r=\"B2\"><f>SUM(C2:D2)</f></c><c r=\"C2\"><f>1+1</f><v>2</v></c><c r=\"D2\" s=\"1\"/></row></sheetData>";
    let sheets = sheets(&workbook(&[("Plan", "visible", xml)]), 10).unwrap();
    assert_eq!(sheets[0].notes.len(), 1, "{:?}", sheets[0].notes);
    assert!(
        sheets[0].notes[0].starts_with("1 cell holds a formula without its value, as in line 2 of column 2")
    );
}

#[test]
fn a_length_is_told_as_hours_and_minutes() {
    let told = |text: &str| told(&Data::DurationIso(text.to_owned()));
    assert_eq!((told("PT30H00M00S"), told("PT01H30M00S")), ("30:00".to_owned(), "1:30".to_owned()));
    assert_eq!(told("sometime"), "sometime");
}

#[test]
fn a_merged_cell_holds_for_each_of_its_rows() {
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:A4\"/></mergeCells>";
    let xml =
        rows(&[(1, &["Client", "Title"]), (2, &["Harbour", "a"]), (3, &["", "b"]), (5, &["", "c"])]) + merged;
    let found = sheets(&workbook(&[("Work", "visible", &xml)]), 100).unwrap();
    assert_eq!(
        shown(&found[0]),
        owned(&[(1, "Client|Title"), (2, "Harbour|a"), (3, "Harbour|b"), (5, "|c")])
    );
}

#[test]
fn what_is_absurdly_large_or_locked_becomes_a_sentence() {
    let far = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Title</t></is></c></row>\
        <row r=\"1048576\"><c r=\"A1048576\" t=\"inlineStr\"><is><t>far</t></is></c><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let found = sheets(&workbook(&[("Work", "visible", far)]), 100).unwrap();
    assert_eq!(
        found[0].rows.iter().map(|row| (row.row, row.cells[0].as_str())).collect::<Vec<_>>(),
        [(1, "Title"), (1_048_576, "far")]
    );
    assert!(found[0].notes[0].contains("beyond column"), "{:?}", found[0].notes);
    let many: Vec<(usize, &[&str])> = (1..300).map(|line| (line, &["a", "b"][..])).collect();
    let found = sheets(&workbook(&[("Work", "visible", &rows(&many))]), 100).unwrap();
    assert!(
        found[0].rows.len() == 120 && found[0].notes[0].starts_with("more than 100 rows"),
        "{:?}",
        found[0].notes
    );
    let bomb = archive(&[
        StoredFile { name: "[Content_Types].xml", bytes: b"<Types/>", claimed: None },
        StoredFile { name: "xl/workbook.xml", bytes: b"x", claimed: Some(1 << 31) },
    ]);
    assert!(sheets(&bomb, 100).unwrap_err().to_string().contains("unpacks to more than 192 MiB"));
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600], &name, &[0; 600]].concat();
    assert_eq!(sheets(&locked, 100).unwrap_err(), TextError::Locked);
    for broken in [
        &workbook(&[("Work", "visible", far)])[..200],
        b"PK\x03\x04....[Content_Types].xml",
        &[b"\xD0\xCF\x11\xE0".as_slice(), &[7; 900]].concat(),
    ] {
        let message = sheets(broken, 100).unwrap_err().to_string();
        assert!(message.contains("cannot be read"), "{message}");
    }
    assert_eq!(sheets(&workbook(&[("Work", "visible", "<sheetData/>")]), 100).unwrap_err(), TextError::Empty);
}

/// Of which the XML of a sheet is made, with what is absurd, broken or nested without end.
pub const SHEET_XML: &[&str] = &[
    "<sheetData>",
    "</sheetData>",
    "<row r=\"1\">",
    "<row r=\"2\" hidden=\"1\">",
    "<row r=\"4294967296\">",
    "</row>",
    "<c r=\"A1\" t=\"inlineStr\"><is><t>Title</t></is></c>",
    "<c r=\"B1\" t=\"inlineStr\"><is><t>Due</t></is></c>",
    "<c r=\"A2\" t=\"inlineStr\"><is><t>Film</t></is></c>",
    "<c r=\"B2\" s=\"1\"><v>46360</v></c>",
    "<c r=\"XFD1048576\"><v>1e308</v></c>",
    "<c r=\"A0\"><v>-1</v></c>",
    "<c r=\"\" t=\"s\"><v>7</v></c>",
    "<c t=\"d\"><v>2026-12-04</v></c>",
    "<c t=\"b\"><v>2</v></c>",
    "<c t=\"e\"><v>#DIV/0!</v></c>",
    "<c r=\"C2\"><f>SUM(A1:A9)</f><v>9</v></c>",
    "<mergeCells count=\"1\"><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
    "<mergeCells><mergeCell ref=\"B2:A1\"/><mergeCell ref=\"A2:A9\"/></mergeCells>",
    "<dimension ref=\"A1:XFD1048576\"/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&lol;",
    "&#0;",
    "<is>",
    "</",
];

#[test]
fn sheets_of_any_xml_are_read_or_refused() {
    crate::testkit::fuzz::fuzz("XLSX", SHEET_XML, |xml| {
        let book = workbook(&[("Work", "visible", xml), ("Old", "hidden", "<sheetData/>")]);
        if let Ok(found) = sheets(&book, 100) {
            assert!(found.iter().all(|sheet| sheet.rows.len() <= 100));
        }
    });
}

proptest::proptest! {
    #[test]
    fn bytes_that_were_changed_are_read_or_refused(at in 0_usize..4_000, byte in proptest::num::u8::ANY) {
        let xml = rows(&[(1, &["Title", "Due"]), (2, &["Film", "@46360"])]);
        let mut book = workbook(&[("Work", "visible", &xml)]);
        let place = at % book.len();
        book[place] = byte;
        let _ = sheets(&book, 100);
    }
}
