//! The columns of a list of people, of absences or of shares as somebody chooses what they fill.

use super::list_presets::{names_of, names_said};
use super::listing::{KnownColumns, ListOptions, SaidColumns, header_of, weeks_of};
use super::people::{ABSENCES, PEOPLE};
use super::preset::Presets;
use super::requests::choice::{LOOKED_AT, TableChoices, of_sheet};
use super::shares::{SHARES, recognised, recognised_by};
use super::table::SourceSheet;
use super::{ImportError, wanted_sheets};

/// Which of the lists it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListColumns {
    People,
    Absences,
    Shares,
}

impl ListColumns {
    const fn known(self) -> &'static KnownColumns {
        match self {
            Self::People => &PEOPLE,
            Self::Absences => &ABSENCES,
            Self::Shares => &SHARES,
        }
    }

    /// What a column can be said to be.
    pub const fn fields(self) -> &'static [&'static str] {
        self.known().fields
    }

    /// The part of a preset that names its columns.
    pub const fn section(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Absences => "absences",
            Self::Shares => "shares",
        }
    }

    /// The list that a preset of the user's own knows by its header.
    pub fn known_by_preset(bytes: &[u8], presets: &Presets, options: &ListOptions) -> Option<Self> {
        if recognised_by(bytes, presets, options, &|preset| preset.people.values().collect()).is_some() {
            Some(Self::People)
        } else {
            let absences =
                recognised_by(bytes, presets, options, &|preset| preset.absences.values().collect());
            absences.map(|_| Self::Absences)
        }
    }

    /// The named columns of a table, with what each fills. Columns of weeks are not among them: they are another each time.
    ///
    /// # Errors
    /// [`ImportError`] when the bytes are no table, or what was said names something unknown.
    pub fn choices(
        self,
        bytes: &[u8],
        presets: &Presets,
        options: &ListOptions,
    ) -> Result<TableChoices, ImportError> {
        let known = self.known();
        let names = match self {
            Self::People => names_of(bytes, known, options, ("people", |preset| &preset.people))?.names,
            Self::Absences => names_of(bytes, known, options, ("absences", |preset| &preset.absences))?.names,
            Self::Shares => recognised(bytes, presets, options).map_or_else(Vec::new, names_said),
        };
        // The names of the sheets are all that is wanted of them, for which a row of each is enough.
        let all = SourceSheet::read_all(bytes, 1)?.into_iter().map(|sheet| sheet.title);
        let sheets: Vec<String> = all.filter(|title| !title.is_empty()).collect();
        let said = SaidColumns::of(known, options, &names)?;
        let wanted = wanted_sheets(bytes, LOOKED_AT, options.sheet.as_deref())?;
        let found = wanted.iter().find_map(|sheet| Some((sheet, header_of(sheet, known, (options, &said))?)));
        // Of a table whose columns are not known the first row with several names is the header.
        let unknown = || {
            let sheet = wanted.iter().max_by_key(|sheet| sheet.rows.len())?;
            let is_head = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1;
            let row = sheet.rows.iter().position(|row| is_head(&row.cells)).unwrap_or(0);
            let cells = &sheet.rows.get(row)?.cells;
            Some((sheet, (row, super::listing::find_columns(cells, known, &said))))
        };
        let Some((sheet, (row, columns))) = found.or_else(unknown) else {
            return Ok(TableChoices::default());
        };
        let weeks = weeks_of(&sheet.rows[row].cells, known, options).0;
        let field = |place: usize, _: &str| {
            let index = columns.iter().position(|column| *column == Some(place))?;
            known.fields.get(index).map(|field| (*field).to_owned())
        };
        let mut choices = of_sheet(sheet, row, &field);
        let names = sheet.rows[row].cells.iter().map(|cell| cell.trim());
        let of_weeks: Vec<&str> = names
            .enumerate()
            .filter(|(place, _)| weeks.iter().any(|(week, _)| week == place))
            .map(|(_, name)| name)
            .collect();
        choices.retain(|choice| !of_weeks.contains(&choice.name.as_str()));
        Ok(TableChoices { columns: choices, sheet: sheet.title.clone(), sheets })
    }
}
