//! Why none of the rows of a list is its header: the columns that it lacks, and only those.

use super::{KnownColumns, ListOptions, SaidColumns, check_said, find_columns, weeks_of};
use crate::import::ImportError;
use crate::import::columns::header::is_likely;
use crate::import::columns::told;
use crate::import::table::{HEAD, SourceRow, SourceSheet};

/// What is said of a table without a header. The row that names most is meant as one, and what was said of columns that it
/// does not have explains more than what is missing then.
pub(super) fn refusal(
    known: &KnownColumns,
    sheet: Option<&SourceSheet>,
    (options, said): (&ListOptions, &SaidColumns<'_>),
) -> ImportError {
    let rows = sheet.map_or(&[][..], |sheet| &sheet.rows);
    let found = |row: &SourceRow| find_columns(&row.cells, known, said);
    let named = |row: &SourceRow| found(row).iter().flatten().count();
    let heads = rows.iter().enumerate().take(HEAD);
    let likely = heads.filter(|(at, row)| !said.columns.is_empty() || is_likely(rows, *at, named(row)));
    // Of rows that name as many columns the first: `max_by_key` alone would take the last.
    let Some(row) = likely.map(|(_, row)| row).rev().max_by_key(|row| named(row)).or(rows.first()) else {
        return no_header(known, &known.called.iter().enumerate().collect::<Vec<_>>(), &[]);
    };
    if let Err(wrong) = check_said(&row.cells, said) {
        return wrong;
    }
    let columns = found(row);
    let has_weeks = !weeks_of(&row.cells, known, options).0.is_empty();
    let is_missing = |group: usize| {
        let is_filled = known.needed[group].iter().any(|index| columns[*index].is_some());
        !(is_filled || has_weeks && known.or_weeks == Some(group))
    };
    let all = known.called.iter().enumerate();
    let missing: Vec<_> = all.clone().filter(|(group, _)| is_missing(*group)).collect();
    // A row that names all of it and yet stands below others of its width was no header for that alone.
    let missing = if missing.is_empty() { all.collect() } else { missing };
    no_header(known, &missing, &row.cells)
}

fn no_header(known: &KnownColumns, missing: &[(usize, &&str)], cells: &[String]) -> ImportError {
    let mut text = String::new();
    for (place, (_, called)) in missing.iter().enumerate() {
        let between = match missing.len() - place {
            _ if place == 0 => "",
            1 => " and ",
            _ => ", ",
        };
        text.push_str(between);
        text.push_str(called);
    }
    // A field that is called so says more than the first of those that would do.
    let field = missing.first().map_or("", |(group, called)| {
        let fields = known.needed[*group].iter().map(|index| known.fields[*index]);
        fields.clone().find(|field| field == *called).or(fields.clone().next()).unwrap_or_default()
    });
    ImportError::NoHeader { missing: format!("{text} (say --map \"COLUMN={field}\")"), columns: told(cells) }
}

#[cfg(test)]
mod tests {
    use crate::import::listing::ListOptions;
    use crate::import::people::read_absences;
    use crate::import::preset::Presets;
    use crate::import::shares::{ShareOptions, read_shares};

    fn shares(text: &str, maps: &[(&str, &str)]) -> String {
        let maps = maps.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned())).collect();
        let options =
            ShareOptions { list: ListOptions { maps, ..ListOptions::default() }, ..ShareOptions::default() };
        read_shares(text.as_bytes(), &Presets::new(&[]).unwrap(), &options).unwrap_err().to_string()
    }

    #[test]
    fn only_what_a_list_lacks_is_named() {
        let table = "Kopf;Wofür;Menge\nAna;Film;6\n";
        for (maps, missing) in [
            (&[][..], "known as person, request and hours or days (say --map \"COLUMN=person\")"),
            (&[("Kopf", "person")], "known as request and hours or days (say --map \"COLUMN=request\")"),
            (
                &[("Kopf", "person"), ("Wofür", "project")],
                "known as hours or days (say --map \"COLUMN=hours\")",
            ),
            (&[("Wofür", "project"), ("Menge", "percent")], "known as person (say --map \"COLUMN=person\")"),
            (&[("Kopv", "person")], "there is no column `Kopv`; did you mean `Kopf`?"),
        ] {
            let said = shares(table, maps);
            assert!(said.contains(missing), "{said}");
        }
        let said = read_absences(b"Wer,Anfang dort\nAna,2026-12-01\n", &ListOptions::default()).unwrap_err();
        assert!(said.to_string().contains("known as first day (say --map \"COLUMN=from\")"), "{said}");
        let said = shares("Plan of the week\nPerson;Wofür;Menge\nAna;Film;6\n", &[]);
        assert!(said.contains("request and hours or days") && said.contains("`Wofür`"), "{said}");
        assert!(shares("\n", &[]).len() < 200);
    }
}
