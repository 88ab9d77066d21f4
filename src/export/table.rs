//! Records as CSV (RFC 4180): a header, a row each, formulas in texts made harmless.

use crate::domain::formula::guard;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CsvCell {
    /// Words of somebody, of which a formula is made harmless.
    Text(String),
    /// A figure, a day, a key or a name of ours, written as it is.
    Exact(String),
}

impl CsvCell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A value that the program made, and that can be no formula.
    pub fn exact(value: &impl ToString) -> Self {
        Self::Exact(value.to_string())
    }

    /// A value of ours, or nothing.
    pub fn maybe(value: Option<impl ToString>) -> Self {
        Self::Exact(value.map_or_else(String::new, |value| value.to_string()))
    }

    fn quoted(&self) -> String {
        let text = match self {
            Self::Text(text) => guard(text),
            Self::Exact(text) => text.into(),
        };
        let needs_quotes =
            // More than RFC 4180 asks for: spreadsheets of other countries cut at semicolons and tabs, and
            // readers trim spaces.
            text.contains([',', '"', '\n', '\r', ';', '\t']) || text.starts_with(' ') || text.ends_with(' ');
        if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into_owned() }
    }
}

/// A header and a row for each record, with `\r\n` at their ends.
pub fn csv(headers: &[&str], rows: &[Vec<CsvCell>]) -> String {
    let mut out = headers.join(",");
    out.push_str("\r\n");
    for row in rows {
        out.push_str(&row.iter().map(CsvCell::quoted).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_run() {
        let row = vec![
            CsvCell::text("a, \"b\"\nc"),
            CsvCell::text("=HYPERLINK(\"https://example.org\")"),
            CsvCell::exact(&-5),
            CsvCell::maybe(None::<i64>),
        ];
        let expected = "A,B,C,D\r\n\"a, \"\"b\"\"\nc\",\"'=HYPERLINK(\"\"https://example.org\"\")\",-5,\r\n";
        assert_eq!(csv(&["A", "B", "C", "D"], &[row]), expected);
    }
}
