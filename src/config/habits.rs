//! How the lead writes days: as the configuration says, otherwise as is usual in the locale.

use toml::Table;

use crate::domain::words::days::{DayHabits, DayOrder, Language};
use crate::domain::words::{did_you_mean, nearest};

/// What the settings say; "auto" says nothing.
pub(super) fn day_habits(language: &str, order: &str, fault: &mut impl FnMut(&str, String)) -> DayHabits {
    let mut habits = DayHabits::default();
    match Language::of(language) {
        Some(language) => habits.language = language,
        None if language == "auto" => {}
        None => fault("lead.language", format!("\"{language}\" is none of auto, en, de, fr, es")),
    }
    match order {
        "auto" => {}
        "day-first" => habits.order = DayOrder::DayFirst,
        "month-first" => habits.order = DayOrder::MonthFirst,
        _ => {
            let names = ["auto", "day-first", "month-first"];
            let near = did_you_mean(nearest(order, &names));
            fault("lead.day_order", format!("\"{order}\" is not one of {}{near}", names.join(", ")));
        }
    }
    habits
}

/// The locale for days, as the system names it: `de_DE.UTF-8`.
pub(super) fn locale() -> Option<String> {
    // POSIX: LC_ALL goes before the one for times, and LANG comes last.
    ["LC_ALL", "LC_TIME", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()))
}

/// Fills in from the locale what the file leaves to it. `C` and `POSIX` are nobody's habits.
pub(super) fn by_locale(habits: &mut DayHabits, text: &str, locale: Option<&str>) {
    let Some(locale) = locale.filter(|name| !name.starts_with('C') && !name.starts_with("POSIX")) else {
        return;
    };
    // English may have been chosen, or only be what holds without a choice: the file itself knows.
    let says = |setting: &str| {
        let table: Table = text.parse().unwrap_or_default();
        let said = table.get("lead").and_then(|lead| lead.get(setting)).and_then(toml::Value::as_str);
        said.is_some_and(|said| said != "auto")
    };
    if !says("language") {
        habits.language = Language::of(locale).unwrap_or_default();
    }
    if !says("day_order") {
        // The month goes first in the United States and in the Philippines, and hardly anywhere else.
        let is_month_first = ["_US", "_PH"].iter().any(|country| locale.contains(country));
        habits.order = if is_month_first { DayOrder::MonthFirst } else { DayOrder::DayFirst };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_fills_in_what_the_file_leaves_open() {
        for (text, locale, language, order) in [
            ("", Some("de_AT.UTF-8"), Language::German, DayOrder::DayFirst),
            ("", Some("en_US.UTF-8"), Language::English, DayOrder::MonthFirst),
            ("", Some("C.UTF-8"), Language::English, DayOrder::Unknown),
            ("", None, Language::English, DayOrder::Unknown),
            ("[lead]\nlanguage = \"fr\"\n", Some("en_US"), Language::French, DayOrder::MonthFirst),
            ("[lead]\nday_order = \"day-first\"\n", Some("en_US"), Language::English, DayOrder::DayFirst),
        ] {
            let mut habits = crate::config::parse(text).config.days;
            by_locale(&mut habits, text, locale);
            assert_eq!((habits.language, habits.order), (language, order), "{text} {locale:?}");
        }
        let faults = crate::config::parse("[lead]\nlanguage = \"xx\"\nday_order = \"dayfirst\"\n").faults;
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 3], "{faults:?}");
    }
}
