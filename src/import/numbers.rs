//! Numbers, lengths of time and ticks in cells: exact, without floats, refused when they could be two.

use crate::domain::formula::unguard;
use crate::domain::minutes::Minutes;

/// What a bare number in an estimate column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Thousandths of a second, as in `ClickUp`.
    Milliseconds,
    /// Seconds, as in Jira.
    Seconds,
    Minutes,
    Hours,
    /// Working days of eight hours.
    Days,
}

impl Unit {
    /// Thousandths of it, since one of them may be less than a second.
    const fn milliseconds(self) -> i64 {
        match self {
            Self::Milliseconds => 1,
            _ => self.seconds() * 1000,
        }
    }

    const fn seconds(self) -> i64 {
        match self {
            Self::Milliseconds => 0,
            Self::Seconds => 1,
            Self::Minutes => 60,
            Self::Hours => 3600,
            Self::Days => 8 * 3600,
        }
    }
}

/// Twenty thousand hours; whatever is larger is a slip.
const MOST_SECONDS: i64 = 20_000 * 3600;
const HOUR: i64 = 3_600_000;
const NO_LENGTH: &str = "not a length of time";

/// What stands in a cell when an apostrophe that spreadsheets add or that guards a formula, and a lone dash,
/// mean nothing.
pub fn meaning(cell: &str) -> &str {
    let text = cell.trim();
    if is_nothing(text) { "" } else { unguard(text) }
}

/// True for what tools and spreadsheets write where nothing is.
fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "'-1" | "'-" | "-" | "–" | "—" | "'" | "null" | "NULL" | "(null)" | "undefined" | "[]" | "{}"
    ) || is_error(text)
}

/// True for what stands in a cell that a spreadsheet could not reckon, in the languages that it may speak.
pub fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 14] = [
        "#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!",
        "#ZAHL!", "#SPILL!", "#CALC!", "#N/D",
    ];
    ERRORS.contains(&text) || text.strip_prefix("Err:").is_some_and(|number| number.parse::<u16>().is_ok())
}

/// True for the ways in which tools write a tick.
// Spreadsheets write TRUE in the language of whoever saves them.
pub fn is_ticked(cell: &str) -> bool {
    matches!(
        cell.trim().to_lowercase().as_str(),
        "checked"
            | "v"
            | "x"
            | "true"
            | "yes"
            | "y"
            | "1"
            | "✓"
            | "✔"
            | "☑"
            | "ja"
            | "wahr"
            | "oui"
            | "vrai"
            | "si"
            | "sí"
            | "verdadero"
            | "waar"
            | "done"
            | "complete"
            | "completed"
    )
}

/// True for what spreadsheets write for FALSE, and people for no, in the languages of [`is_ticked`].
pub fn is_crossed(cell: &str) -> bool {
    const NO: [&str; 12] =
        ["no", "n", "0", "false", "nein", "non", "nee", "falsch", "faux", "falso", "onwaar", "unchecked"];
    NO.contains(&cell.trim().to_lowercase().as_str())
}

/// Reads a length of time: `2,5`, `6h 30m`, `1.5d`, `57600`; `unit` is what a bare number counts.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn minutes(cell: &str, unit: Unit) -> Result<Option<Minutes>, &'static str> {
    let mut rest = meaning(cell);
    if rest.is_empty() || rest.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    let spelled = of_standard(rest);
    rest = spelled.as_deref().unwrap_or(rest);
    let mut milliseconds = 0_i64;
    let mut before: Option<i64> = None;
    while !rest.is_empty() {
        let end =
            rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        // `2h30` is how the French write it: behind hours two bare digits are minutes. Any other bare number behind a
        // unit could be anything.
        let counts = match (word, before) {
            ("", Some(HOUR)) if is_minutes(digits) => Some(60_000),
            ("", Some(_)) => return Err(NO_LENGTH),
            ("", None) => Some(unit.milliseconds()),
            _ => unit_of(word),
        };
        let counts = counts.ok_or(NO_LENGTH)?;
        milliseconds = milliseconds.saturating_add(part(digits, counts)?);
        // A bare number has nothing behind it that would be a part of it.
        before = Some(if word.is_empty() { 0 } else { counts });
        // Units may be shortened and parted: `2 Std. 30 Min.`, `6h, 30m`.
        rest = after.trim_start_matches([' ', '.', ',']);
    }
    let seconds = milliseconds / 1000;
    // Seconds that are read as hours come to this: the unit of the column is not what was thought.
    if seconds > MOST_SECONDS {
        return Err("more than 20,000 hours; not taken");
    }
    // Half a minute is added, so that the division rounds to the nearest minute.
    Ok(Some(Minutes((seconds + 30).div_euclid(60))))
}

/// `PT2H30M`, as the standard for dates writes a length, in the words that people use; `None` for any other text.
pub fn of_standard(text: &str) -> Option<String> {
    let (days, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((&text[1..], ""));
    let mut spelled = String::new();
    for (part, units) in [(days, "WD"), (time, "HMS")] {
        let mut rest = part;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))?;
            let unit = rest[end..].chars().next().filter(|unit| units.contains(*unit))?;
            spelled.push_str(&rest[..end]);
            spelled.extend([unit.to_ascii_lowercase(), ' ']);
            rest = &rest[end + 1..];
        }
    }
    (!spelled.is_empty()).then(|| spelled.trim_end().to_owned())
}

/// The unit that the name of a column says, as `Estimate (days)` does.
pub fn unit_in(header: &str) -> Option<Unit> {
    let words = super::spaced(header);
    let has = |names: &[&str]| names.iter().any(|name| words.contains(&format!(" {name} ")));
    // Days before the others: `Person days (8 h)` counts days.
    if has(&["days", "tage", "tagen", "jours", "dias", "dagen", "pt", "mandays", "man days"]) {
        Some(Unit::Days)
    } else if has(&["minutes", "mins", "min", "minuten", "minutos"]) {
        Some(Unit::Minutes)
    } else if has(&["seconds", "secs", "sec", "sekunden"]) {
        Some(Unit::Seconds)
    } else if has(&["hours", "hrs", "h", "stunden", "heures", "horas", "uren"]) {
        Some(Unit::Hours)
    } else {
        None
    }
}

/// True for two digits that can stand behind hours.
fn is_minutes(digits: &str) -> bool {
    digits.len() == 2 && digits.parse::<u8>().is_ok_and(|minutes| minutes < 60)
}

/// What one of a unit counts, in thousandths of a second.
fn unit_of(word: &str) -> Option<i64> {
    Some(match word.to_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunden" => 1000,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" | "minuut" => 60_000,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures"
        | "hora" | "horas" | "u" | "uur" | "uren" => HOUR,
        "d" | "day" | "days" | "tag" | "tage" | "tagen" | "t" | "pt" | "j" | "jour" | "jours" | "dia"
        | "dias" | "día" | "días" | "dag" | "dagen" => Unit::Days.milliseconds(),
        "w" | "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "semana" | "semanas"
        | "weken" => 5 * Unit::Days.milliseconds(),
        _ => return None,
    })
}

/// One number of a unit that counts so many thousandths of a second; with colons it is hours, minutes and seconds.
fn part(digits: &str, counts: i64) -> Result<i64, &'static str> {
    if digits.contains(':') {
        return clock(digits).ok_or(NO_LENGTH);
    }
    let thousandths = decimal(digits)?;
    Ok(thousandths.saturating_mul(counts).saturating_add(500) / 1000)
}

/// `2:30` and `02:30:00`, in thousandths of a second.
fn clock(digits: &str) -> Option<i64> {
    let mut parts = digits.split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let sixtieth = |part: &str| part.parse::<i64>().ok().filter(|part| *part < 60);
    let minutes = sixtieth(parts.next()?)?;
    let seconds = parts.next().map_or(Some(0), sixtieth)?;
    let whole = hours.saturating_mul(3600).saturating_add(minutes * 60 + seconds);
    parts.next().is_none().then_some(whole.saturating_mul(1000))
}

/// A whole number such as a count of pieces.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn count(cell: &str) -> Result<Option<u32>, &'static str> {
    let text = meaning(cell);
    if text.is_empty() {
        return Ok(None);
    }
    let thousandths = decimal(text)?;
    // Spreadsheets may write a count as `12.0`.
    if thousandths % 1000 == 0 {
        u32::try_from(thousandths / 1000).map(Some).map_err(|_| "too large")
    } else {
        Err("not a whole number")
    }
}

/// A part of something in whole per cent, and whether it was rounded to that: `50%`, `50` and `0.5` are half of it, since
/// sheets keep a percentage as the part of one that it is. `None` for what is no number.
pub fn percent(text: &str) -> Option<(u32, bool)> {
    let digits = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if digits.is_empty() || digits == "." || !is_number(whole) || !is_number(part) || part.len() > 16 {
        return None;
    }
    let whole: u64 =
        if whole.is_empty() { 0 } else { whole.parse().ok().filter(|whole| *whole <= 100_000)? };
    let is_part = !text.trim().ends_with('%') && whole <= 1;
    // In units of the last place that is written, so that nothing is lost before it is rounded.
    let one = 10_u64.pow(u32::try_from(part.len()).ok()?);
    let part: u64 = if part.is_empty() { 0 } else { part.parse().ok()? };
    let all = (u128::from(whole) * u128::from(one) + u128::from(part)) * if is_part { 100 } else { 1 };
    let (percent, rest) = (all / u128::from(one), all % u128::from(one));
    let up = u128::from(rest * 2 >= u128::from(one));
    Some((u32::try_from(percent + up).ok()?, rest != 0))
}

/// A number with either decimal mark, in thousandths.
fn decimal(text: &str) -> Result<i64, &'static str> {
    let marks: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let (whole, fraction) = match text.rfind(['.', ',']) {
        None => (text, ""),
        Some(at) => (&text[..at], &text[at + 1..]),
    };
    // `1.500` is fifteen hundred in one country and one and a half in another; `0.500` can only be a part.
    let is_two_ways = marks.len() == 1 && fraction.len() == 3 && whole != "0";
    if is_two_ways {
        return Err("could be thousands or a fraction; not taken");
    }
    // The same mark twice can only part thousands: `1.234.567`.
    let (whole, fraction) = if marks.len() > 1 && marks.iter().all(|mark| *mark == marks[0]) {
        (text, "")
    } else {
        (whole, fraction)
    };
    if !is_grouped(whole) {
        return Err("not a number");
    }
    let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    let is_number = !whole.is_empty()
        // More digits would not fit as thousandths.
        && whole.len() <= 12
        && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    if !is_number {
        return Err("not a number");
    }
    // Thousandths are kept as whole numbers: a float would turn 0.1 hours into something beside six minutes.
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    let value = |digits: &str| digits.parse::<i64>().map_err(|_| "not a number");
    Ok(value(&whole)? * 1000 + value(&padded)?)
}

/// True if marks within the whole part of a number stand before three digits each, all of one kind: `1.5.2` is the
/// number of a chapter.
fn is_grouped(whole: &str) -> bool {
    let Some(mark) = whole.chars().find(|c| matches!(c, '.' | ',')) else { return true };
    let mut groups = whole.split(mark);
    let is_first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    is_first && groups.all(is_group)
}

#[cfg(test)]
mod tests;
