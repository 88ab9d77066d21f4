//! Tables by their bytes: separators, quotes, widths, and how much of one is read.

use super::*;

fn sheet(text: &str) -> SourceSheet {
    SourceSheet::read(text.as_bytes(), bounds::ROWS).unwrap()
}

#[test]
fn separators_are_found() {
    for (text, delimiter) in [
        ("a,b,c\n1,2,3\n", ','),
        ("a;b;c\n1,5;2,5;3\n", ';'),
        ("a\tb\n1, 2\t3\n", '\t'),
        ("a|b|c\n", '|'),
        ("sep=;\na;b\n", ';'),
        ("only\none\n", ','),
        ("Planner;;\n;;\nJob;Client;Hours\nA, B;x;2,5\nC, D;y;3\n", ';'),
    ] {
        assert_eq!(sheet(text).delimiter, delimiter, "{text}");
    }
}

#[test]
fn line_numbers_are_those_of_the_file() {
    let rows = sheet("sep=,\r\na,b\r\n\"x\r\ny\",1\r\n\r\nz,2\r\n").rows;
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 3, 6]);
    assert_eq!(rows[1].cells, ["x\ny", "1"]);
}

#[test]
fn quotes_are_taken_off_once() {
    assert_eq!(sheet("a,b\n\"say \"\"hi\"\"\",\"\"\n").rows[1].cells, ["say \"hi\"", ""]);
    assert_eq!(sheet("a,b\n5\" screen,x\n").rows[1].cells, ["5\" screen", "x"]);
}

#[test]
fn marks_within_a_cell_are_letters() {
    for (line, cells) in [
        ("\"12\" print of each,ok", ["\"12\" print of each", "ok"]),
        ("\"5\" x 7\",ok", ["5\" x 7", "ok"]),
        ("\"say \"hi\" now\",ok", ["say \"hi\" now", "ok"]),
        ("\"end\"  ,ok", ["end", "ok"]),
        ("\"12\" print", ["\"12\" print", ""]),
        ("\"one\nsay \"hi\" to two\",ok", ["one\nsay \"hi\" to two", "ok"]),
    ] {
        let found = sheet(&format!("a,b\n{line}\n\"c\",d\ne,\"f\"\n"));
        let row: Vec<&str> = found.rows[1].cells.iter().map(String::as_str).collect();
        assert_eq!(row, cells.iter().copied().filter(|cell| !cell.is_empty()).collect::<Vec<_>>(), "{line}");
        assert_eq!((found.rows.len(), found.problems.len()), (4, 0), "{line}: {:?}", found.problems);
    }
}

#[test]
fn a_quote_that_swallowed_rows_is_found_and_told_with_its_line() {
    let torn = "a,b,c\n1,2,3\nx,y,\"open\np,q,r\ns 5\" t,u,v\nz,z,z\n";
    let found = sheet(torn);
    let lines: Vec<usize> = found.rows.iter().map(|row| row.row).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6]);
    assert_eq!(found.rows[2].cells, ["x", "y", "open"]);
    assert_eq!(found.rows[4].cells, ["s 5\" t", "u", "v"]);
    assert_eq!((found.problems.len(), found.problems[0].row), (1, 3));
    // Closed as it should be, and still it looks like rows: told, since a text may be like that.
    let closed = sheet("a,b,c\n1,2,3\nx,y,\"open\np,q,r\"\nz,z,z\n");
    assert_eq!((closed.rows.len(), closed.problems[0].row), (4, 3));
    assert!(closed.problems[0].message.contains("line 4 stands within a cell"), "{:?}", closed.problems);
    // Sentences with commas are no rows.
    let prose = sheet("a,b,c\n1,2,3\nx,y,\"red, green,\nblue, grey, black\"\n");
    assert_eq!((prose.rows.len(), prose.problems.len()), (3, 0));
}

#[test]
fn blank_rows_between_others_are_told() {
    let notes = |text: &str| sheet(text).into_table(0, bounds::ROWS).notes;
    assert_eq!(notes("a,b\n1,2\n\n3,4\n"), ["line 3 is blank; passed over"]);
    assert_eq!(notes("a,b\n1,2\n,\n,\n3,4\n"), ["2 lines are blank, the first of them line 3; passed over"]);
    assert_eq!(notes("\n\na,b\n1,2\n\n\n"), [""; 0]);
}

#[test]
fn a_comma_too_many_is_told_even_where_the_last_cell_is_blank() {
    let problems = |text: &str| sheet(text).into_table(0, bounds::ROWS).problems;
    let shifted = problems("a,b,c\nFilm, 30 s,x,\n1,2,3\n");
    assert!(
        shifted.len() == 1 && shifted[0].row == 2 && shifted[0].message.contains("shifted"),
        "{shifted:?}"
    );
    assert_eq!(problems("a,b,\n1,2,\n3,4,\n"), [], "as wide as the header");
    let table = sheet("a,b\n1,2,\n3,4,\n5,6,\n").into_table(0, bounds::ROWS);
    assert_eq!((table.problems.len(), table.notes.len()), (0, 1), "{:?}", table.notes);
}

#[test]
fn an_open_quote_costs_one_line() {
    let sheet = sheet("a,b\n1,2\n\"open,3\n4,5\n6,7\n");
    assert_eq!(sheet.rows.len(), 5);
    assert_eq!(sheet.rows[2].cells, ["open", "3"]);
    assert_eq!(sheet.problems[0].row, 3);
}

#[test]
fn a_huge_record_is_left_out() {
    let text = format!("a,b\n{},1\nx,y\n", "z".repeat(MAX_RECORD + 5));
    let sheet = sheet(&text);
    assert_eq!(sheet.rows.len(), 2);
    assert_eq!((sheet.problems[0].row, sheet.rows[1].row), (2, 3));
}

#[test]
fn a_cell_that_is_longer_than_a_text_loses_its_end_and_says_so() {
    let text = format!("a,b\n1,\"{}\"\nx,y\n", "é\n".repeat(bounds::TEXT / 2));
    let sheet = sheet(&text);
    assert_eq!(sheet.rows.len(), 3);
    assert!(sheet.rows[1].cells[1].len() <= bounds::TEXT && sheet.rows[1].cells[1].starts_with("é\né"));
    let problem = &sheet.problems[0];
    assert!(problem.row == 2 && problem.message.contains("column 2: 384 KiB are too long"), "{problem:?}");
}

#[test]
fn other_widths_are_reported_and_not_shifted() {
    let table = sheet("a,a,\n1,2,,\n1,2,3,4\n1\n").into_table(0, bounds::ROWS);
    assert_eq!(table.headers, ["a", "a"]);
    assert_eq!(table.problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn lines_that_all_open_a_quote_are_read_in_linear_time() {
    for line in ["a\",\"b\n", "\"\",\"\n", "x,\"a,\n", "\"a\"\",\"\"b,\"\n", "\",\"\n"] {
        for count in [30_000, 60_000] {
            let text = format!("Title,Notes\n{}", line.repeat(count));
            let mut reader = RecordReader::new(&text, ',', 1);
            while reader.next_record().is_some() {}
            assert!(reader.read_again.taken() <= READ_AGAIN, "{line:?}");
            assert_eq!((reader.at, reader.line), (text.len(), count + 2), "every line was read: {line:?}");
        }
    }
    let text = format!("Title,Notes\n{}", "a\",\"b\n".repeat(30_000));
    let sheet = sheet(&text);
    assert!(sheet.notes.iter().any(|note| note.contains("they are read as letters")), "{:?}", sheet.notes);
    assert!(sheet.problems.len() <= bounds::REMARKS && sheet.rows.len() > 10_000);
}

#[test]
fn rows_and_cells_beyond_what_a_file_may_have_are_left_out_and_named() {
    let text = format!("a,b\n{}", "1,2\n".repeat(500));
    let table = SourceSheet::read(text.as_bytes(), 100).unwrap().into_table(0, 100);
    assert_eq!((table.rows.len(), table.rows[99].row), (100, 101));
    let note = "more than 100 rows in one file: what stands from line 102 on was left out";
    assert!(table.notes.len() == 1 && table.notes[0].starts_with(note), "{:?}", table.notes);
    let whole = SourceSheet::read(text.as_bytes(), 500).unwrap().into_table(0, 500);
    assert_eq!((whole.rows.len(), whole.notes.len()), (500, 0));
    let lines = bounds::CELLS / 4_001 + 100;
    let wide = format!("a{}\n", ",".repeat(4_000)).repeat(lines);
    let table = SourceSheet::read(wide.as_bytes(), bounds::ROWS).unwrap().into_table(0, bounds::ROWS);
    let said = format!("{} cells", bounds::CELLS);
    assert!(table.rows.len() < lines && table.notes[0].contains(&said), "{:?}", table.notes);
}

#[test]
fn a_file_larger_than_is_read_is_cut_at_a_line_and_says_where() {
    let line = format!("{},é\n", "x".repeat(1020));
    let text = format!("a,b\n{}", line.repeat(bounds::FILE / line.len() + 10));
    let sheet = sheet(&text);
    assert_eq!(sheet.encoding, "UTF-8");
    assert!(sheet.rows.len() >= bounds::FILE / line.len() - 1);
    assert!(sheet.rows.iter().skip(1).all(|row| row.cells[1] == "é"));
    assert!(
        sheet.notes[0].contains("the file is larger than 32 MiB; what stands from line 32"),
        "{:?}",
        sheet.notes
    );
}

#[test]
fn cells_that_take_more_memory_than_a_table_may_have_end_at_a_named_line() {
    let text = format!("a,b\n{}", format!("{},x\n", "long ".repeat(20)).repeat(50));
    let room = TableBudget { cells: bounds::Steps::new(bounds::CELLS), bytes: bounds::Steps::new(2_000) };
    let sheet = SourceSheet::read_within(text.as_bytes(), 100, room).unwrap();
    // Two of the header, then rows of 101 letters and two cells.
    assert_eq!(sheet.rows.len(), 1 + (2_000 - 98) / (101 + 96));
    let said = "more than 2 KiB in cells in one file: what stands from line 11 on was left out";
    assert!(sheet.notes[0].starts_with(said), "{:?}", sheet.notes);
}

#[test]
fn every_row_that_a_cell_swallowed_is_named() {
    let text = "a,b,c\n1,2,3\n1,\"open\n4,5,6\n7,8,9\n1,2,3\nend\",3\n1,2,3\n";
    let found = SourceSheet::read(text.as_bytes(), 100).unwrap();
    let told: Vec<&str> = found.problems.iter().map(|problem| problem.message.as_str()).collect();
    let expected = "lines 4 to 6 stand within a cell of this row and look like rows of their own; is a quotation mark missing?";
    assert_eq!(told, [expected]);
}

#[test]
fn a_cell_under_a_nameless_column_is_told_as_that() {
    let found = SourceSheet::read(b"Title,,Due,\nA,b,2026-12-04,more\nB,,2026-12-05,,x\n", 100).unwrap();
    let table = found.into_table(0, 100);
    let told: Vec<&str> = table.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(told[0].starts_with("1 cell stands under a column that has no name"), "{told:?}");
    assert!(told[1].starts_with("1 more cell than the header has columns"), "{told:?}");
}

#[test]
fn a_cell_in_marks_behind_a_blank_is_one_cell_and_is_told() {
    let cells = |line: &str| {
        let found = sheet(&format!("a,b,c\n{line}\n1,2,3\n"));
        (found.rows[1].cells.join("|"), found.notes.len() + found.problems.len())
    };
    for (line, expected, told) in [
        ("\"A\", \"B, C\", \"D\"", "A|B, C|D", 1),
        ("A, \"B\", D", "A|B| D", 0),
        ("A,  \"say \"\"B\"\", C\" ,D", "A|say \"B\", C|D", 1),
        // What stands behind the closing mark, or a mark that never closes in its line, are letters.
        ("A, \"quoted\" words, D", "A| \"quoted\" words| D", 0),
        ("A, \"B, D", "A| \"B| D", 0),
        ("A, 12\", D", "A| 12\"| D", 0),
    ] {
        assert_eq!(cells(line), (expected.to_owned(), told), "{line}");
    }
    let notes = sheet("a,b,c\nx,y,z\n\"A\", \"B, C\", \"D\"\n").notes;
    assert!(notes[0].contains("line 3"), "{notes:?}");
}
