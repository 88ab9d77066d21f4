//! Rows that add others up, under whatever name tools and people give them.

/// What a row of sums is called, folded.
const SUMS: [&str; 24] = [
    "total",
    "totals",
    "total hours",
    "total general",
    "sum",
    "sums",
    "subtotal",
    "sub-total",
    "grand total",
    "overall",
    "count",
    "average",
    "avg",
    "mean",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "durchschnitt",
    "somme",
    "suma",
    "totaal",
    "subtotaal",
    "gemiddelde",
];

/// True for the name of such a row, folded.
pub(super) fn is_sum(name: &str) -> bool {
    SUMS.contains(&name)
}
