//! Words by which time off is granted, refused or halved, in the languages of its columns.

use super::super::listing::NamedCells;
use super::super::{numbers, squeeze};
use crate::domain::minutes::Minutes;

/// Names of the column that says which absences are half days.
pub(super) const HALF_DAYS: &[&str] = &[
    "half day",
    "half days",
    "half day period",
    "am/pm",
    "part of day",
    "halber tag",
    "halbtags",
    "halbtägig",
    "demi-journée",
    "medio día",
    "media jornada",
    "halve dag",
];

/// Words for time off that nobody granted yet, in the languages of the columns.
const OPEN: &[&str] = &[
    "tentative",
    "pending",
    "requested",
    "no",
    "open",
    "planned",
    "beantragt",
    "offen",
    "ausstehend",
    "angefragt",
    "geplant",
    "nein",
    "en attente",
    "demandé",
    "non",
    "pendiente",
    "solicitado",
    "solicitada",
    "in behandeling",
    "aangevraagd",
    "nee",
    "draft",
    "not approved",
    "unapproved",
    "not confirmed",
    "unconfirmed",
    "waiting",
    "waiting for approval",
    "awaiting approval",
    "to be approved",
    "submitted",
    "in review",
    "entwurf",
    "nicht genehmigt",
    "nicht bestätigt",
    "unbestätigt",
    "wartet auf genehmigung",
    "zu genehmigen",
    "in prüfung",
    "brouillon",
    "non approuvé",
    "non approuvée",
    "non validé",
    "non validée",
    "à valider",
    "en attente de validation",
    "borrador",
    "no aprobado",
    "no aprobada",
    "sin aprobar",
    "por aprobar",
    "pendiente de aprobación",
    "concept",
    "niet goedgekeurd",
    "wacht op goedkeuring",
    "ter goedkeuring",
];
/// Words for time off that was refused or taken back.
pub(super) const OFF: &[&str] = &[
    "declined",
    "rejected",
    "cancelled",
    "canceled",
    "denied",
    "withdrawn",
    "abgelehnt",
    "storniert",
    "zurückgezogen",
    "abgesagt",
    "refusé",
    "refusée",
    "annulé",
    "annulée",
    "rechazado",
    "rechazada",
    "cancelado",
    "cancelada",
    "denegado",
    "anulado",
    "afgewezen",
    "geannuleerd",
    "geweigerd",
];

pub(super) fn is_one_of(status: &str, words: &[&str]) -> bool {
    words.iter().any(|word| squeeze(word) == status)
}

/// True for what nobody granted yet, be that by a cross.
pub(super) fn is_open(status: &str) -> bool {
    is_one_of(&squeeze(status), OPEN) || numbers::is_crossed(status)
}

/// True for what was refused, called off or taken back.
pub fn is_off(status: &str) -> bool {
    is_one_of(&squeeze(status), OFF)
}

/// Half a day, where a column of its own says so: by a tick, or by which half it is.
pub(super) fn half_day(cells: &mut NamedCells<'_>, column: usize, is_one_day: bool) -> Option<Minutes> {
    const HALVES: [&str; 22] = [
        "am",
        "pm",
        "half",
        "halfday",
        "morning",
        "afternoon",
        "firsthalf",
        "secondhalf",
        "vormittag",
        "nachmittag",
        "vormittags",
        "nachmittags",
        "matin",
        "apresmidi",
        "manana",
        "tarde",
        "ochtend",
        "middag",
        "voormiddag",
        "namiddag",
        // `0.5` and `1/2`, without the sign between their digits.
        "05",
        "12",
    ];
    const WHOLE: [&str; 6] = ["", "full", "fullday", "wholeday", "ganztags", "ganzertag"];
    let said = squeeze(cells.text(column));
    if WHOLE.contains(&said.as_str()) || numbers::is_crossed(cells.text(column)) {
        return None;
    }
    let is_half = HALVES.contains(&said.as_str()) || numbers::is_ticked(cells.text(column));
    let message = match (is_half, is_one_day) {
        (true, true) => return Some(Minutes::hours(4)),
        (true, false) => "half of which of its days is not said; taken for whole days",
        (false, _) => "not known for half a day; taken for whole days",
    };
    cells.problem(column, message);
    None
}
