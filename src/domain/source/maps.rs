//! What the columns of a source's table stand for, where their names do not say it.

use chrono::NaiveDate;

use super::DataSource;
use crate::domain::record::{Datum, FieldKind};
use crate::domain::words::ParseContext;

/// Columns and what each stands for, as they were said.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ColumnMaps(pub Vec<(String, String)>);

impl ColumnMaps {
    /// Reads `Need by=due; Hours=ignore`; what has no field behind it has an empty one.
    pub fn of_text(text: &str) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut begun = String::new();
        for part in text.split(';') {
            // A column may have a semicolon in its name, and goes on behind it.
            begun = if begun.is_empty() { part.to_owned() } else { format!("{begun};{part}") };
            // From the right: a column may be called `Due = planned`, a field never.
            if let Some((column, field)) = begun.rsplit_once('=') {
                pairs.push((one_line(column), field.trim().to_owned()));
                begun.clear();
            }
        }
        if !begun.trim().is_empty() {
            pairs.push((one_line(&begun), String::new()));
        }
        Self(pairs)
    }
}

/// Without the breaks that questions of forms have; columns are compared without them.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Datum for ColumnMaps {
    const KIND: FieldKind = FieldKind::Text;

    fn first(_: NaiveDate) -> Self {
        Self::default()
    }

    fn shown(&self) -> String {
        self.0.iter().map(|(column, field)| format!("{column}={field}")).collect::<Vec<_>>().join("; ")
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        Ok(Self::of_text(text))
    }
}

impl DataSource {
    /// How its table is read, as far as that was said: `, preset jira-cloud, sheet Plan, columns Need by=due`.
    pub fn reading_words(&self) -> String {
        let columns = self.maps.shown();
        let said = [("preset", &self.preset), ("sheet", &self.sheet), ("columns", &columns)];
        let said = said.into_iter().filter(|(_, text)| !text.is_empty());
        said.map(|(label, text)| format!(", {label} {text}")).collect::<Vec<_>>().concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_read_what_they_show() {
        for (typed, shown) in [
            ("Need by=due", "Need by=due"),
            (" Need by = due ;Hours=ignore; ", "Need by=due; Hours=ignore"),
            ("Due = planned=due", "Due = planned=due"),
            ("Who; really=person; Hours=hours", "Who; really=person; Hours=hours"),
            ("Anything else?\n(links)=notes", "Anything else? (links)=notes"),
            ("", ""),
        ] {
            let maps = ColumnMaps::of_text(typed);
            assert_eq!(maps.shown(), shown, "{typed}");
            assert_eq!(ColumnMaps::of_text(&maps.shown()), maps);
        }
        assert_eq!(ColumnMaps::of_text("Need by").0, [("Need by".to_owned(), String::new())]);
    }
}
