//! Rows that add others up, under whatever name tools and people give them.

use super::spaced;

/// Words for a row of sums, folded.
const SUMS: [&str; 26] = [
    "total",
    "totals",
    "sum",
    "sums",
    "subtotal",
    "overall",
    "count",
    "average",
    "avg",
    "mean",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "endsumme",
    "durchschnitt",
    "somme",
    "totaux",
    "moyenne",
    "suma",
    "totales",
    "promedio",
    "totaal",
    "eindtotaal",
    "subtotaal",
    "gemiddelde",
];
/// Words that may stand beside one of those: of what it is the sum.
const OF_WHAT: [&str; 40] = [
    "grand",
    "general",
    "sub",
    "of",
    "all",
    "hours",
    "hrs",
    "h",
    "minutes",
    "days",
    "items",
    "item",
    "rows",
    "tasks",
    "requests",
    "records",
    "estimate",
    "estimated",
    "stunden",
    "std",
    "tage",
    "aufgaben",
    "aller",
    "heures",
    "jours",
    "taches",
    "des",
    "de",
    "horas",
    "dias",
    "tareas",
    "uren",
    "dagen",
    "taken",
    "people",
    "personen",
    "geral",
    "generale",
    "count",
    "ht",
];

/// Words that name nothing but a sum, whatever it is of.
const PARTS: [&str; 5] = ["subtotal", "subtotals", "zwischensumme", "subtotaal", "sous total"];

/// True for the name of the sum of a part, as `Subtotal Retail`.
pub(super) fn is_sum_of_part(name: &str) -> bool {
    let text = spaced(name);
    let text = text.trim();
    let begins = |word: &&str| text.strip_prefix(*word).is_some_and(|rest| rest.starts_with(' '));
    text.split_whitespace().count() <= 6 && PARTS.iter().any(begins)
}

/// True for the name of such a row: `Total`, `Summe Stunden`, `Total général: 10`, `Total (2 items)`.
pub(super) fn is_sum(name: &str) -> bool {
    let text = spaced(name);
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    // How much or how many it sums up may stand in the name: `Total (2 items)`.
    let mut words = text.split_whitespace().filter(|word| !is_number(word));
    // More words than these are what somebody calls their work.
    text.split_whitespace().count() <= 6
        && words.clone().any(|word| SUMS.contains(&word))
        && words.all(|word| SUMS.contains(&word) || OF_WHAT.contains(&word))
}

/// True for a cell of nothing but the marks that people draw lines with.
pub(super) fn is_rule(cell: &str) -> bool {
    let mut marks = cell.trim().chars();
    marks.clone().count() > 1
        && marks.all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | '–' | '—' | '.' | '#' | '+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_known_with_what_they_are_of() {
        for name in [
            "Total",
            "TOTAL:",
            "Total général",
            "Eindtotaal",
            "Total: 10",
            "Summe Stunden",
            "Total heures",
            "Total (2 items)",
            "Sub-total",
            "Grand total 24",
            "Total hours",
            "Gesamt",
            "Count: 3",
        ] {
            assert!(is_sum(name), "{name}");
        }
        for name in ["Total rebrand", "Sum it up", "Hours", "General", "Count the days off", "", "24"] {
            assert!(!is_sum(name), "{name}");
        }
        assert!(is_sum_of_part("Subtotal Retail") && is_sum_of_part("Sous-total Boutiques 2026"));
        assert!(
            !is_sum_of_part("Total rebrand") && !is_sum_of_part("Subtotals") && !is_sum_of_part("Retail")
        );
        assert!(is_rule("-----") && is_rule("===") && !is_rule("-") && !is_rule("A-"));
    }
}
