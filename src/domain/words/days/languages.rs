//! Words for days in German, French and Spanish, turned into the English ones that are then read. A language is tried as
//! a whole; English goes first, then the configured one.

use super::{MONTHS, WEEKDAYS, begins};

/// A language in which days are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    #[default]
    English,
    German,
    French,
    Spanish,
}

// Folded, so that `ü` is `u`; without such a key on the keyboard it is typed as `ue`.
/// Pairs of a word and what it is in English.
const GERMAN: &str = "\
    heute today, morgen tomorrow, gestern yesterday, ubermorgen overmorrow, uebermorgen overmorrow, \
    vorgestern ereyesterday, nachste next, nachsten next, nachster next, nachstes next, naechste next, \
    naechsten next, kommende next, kommenden next, diese this, diesen this, dieser this, dieses this, \
    letzte last, letzten last, letzter last, letztes last, woche week, wochen weeks, monat month, \
    monate months, monaten months, monats month, quartal quarter, quartals quarter, jahr year, \
    jahre years, jahren years, jahres year, tag day, tage days, tagen days, arbeitstagen workdays, \
    arbeitstage workdays, ende end, mitte mid, vor ago, am on, monatsende eom, wochenende eow, quartalsende eoq, \
    jahresende eoy, sonnabend saturday, maerz march, janner january, einer a, einem a, zwei two, \
    drei three";

/// Pairs of a word and what it is in English.
const FRENCH: &str = "\
    aujourd'hui today, demain tomorrow, hier yesterday, apres-demain overmorrow, \
    avant-hier ereyesterday, prochain next, prochaine next, ce this, cette this, cet this, dernier last, \
    derniere last, semaine week, semaines weeks, mois month, trimestre quarter, an year, ans years, \
    annee year, jour day, jours days, ouvres working, fin end, dans in, une a, un a, deux two, \
    trois three, 1er 1, janv january, fev february, juil july";

/// Pairs of a word and what it is in English.
const SPANISH: &str = "\
    hoy today, manana tomorrow, ayer yesterday, anteayer ereyesterday, proximo next, proxima next, \
    este this, esta this, pasado last, pasada last, ultimo last, semana week, semanas weeks, mes month, \
    meses months, trimestre quarter, ano year, anos years, dia day, dias days, habiles working, fin end, \
    mediados mid, final end, finales end, en in, hace ago, una a, un a, dos two, tres three, setiembre september";

impl Language {
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// Reads `de`, `de_AT.UTF-8` or `german`.
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let first: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
        Some(match first.as_str() {
            "en" | "english" => Self::English,
            "de" | "german" | "deutsch" => Self::German,
            "fr" | "french" | "francais" => Self::French,
            "es" | "spanish" | "espanol" => Self::Spanish,
            _ => return None,
        })
    }

    const fn weekdays(self) -> [&'static str; 7] {
        match self {
            Self::English => WEEKDAYS,
            Self::German => ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
            Self::French => ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
            Self::Spanish => ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"],
        }
    }

    const fn months(self) -> [&'static str; 12] {
        match self {
            Self::English => MONTHS,
            Self::German => [
                "januar",
                "februar",
                "marz",
                "april",
                "mai",
                "juni",
                "juli",
                "august",
                "september",
                "oktober",
                "november",
                "dezember",
            ],
            Self::French => [
                "janvier",
                "fevrier",
                "mars",
                "avril",
                "mai",
                "juin",
                "juillet",
                "aout",
                "septembre",
                "octobre",
                "novembre",
                "decembre",
            ],
            Self::Spanish => [
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ],
        }
    }

    /// The names of its days and months.
    #[cfg(test)]
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        self.weekdays().into_iter().chain(self.months())
    }

    /// Pairs of a word and what it is in English, parted by commas.
    const fn words(self) -> &'static str {
        match self {
            Self::English => "",
            Self::German => GERMAN,
            Self::French => FRENCH,
            Self::Spanish => SPANISH,
        }
    }

    /// The words in English, as far as the language knows them; `is_own` is the configured language, whose days are
    /// also known by two letters. `None` if nothing was turned, so that there is nothing new to read.
    pub(super) fn english(self, words: &[&str], is_own: bool) -> Option<Vec<String>> {
        if self == Self::English {
            return Some(words.iter().map(|word| (*word).to_owned()).collect());
        }
        let has_number = words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let mut turned = false;
        let found = words.iter().map(|word| {
            let english = self.word(word, is_own, has_number);
            turned |= english.is_some();
            english.map_or_else(|| (*word).to_owned(), str::to_owned)
        });
        let found: Vec<String> = found.collect();
        turned.then_some(found)
    }

    fn word(self, word: &str, is_own: bool, has_number: bool) -> Option<&'static str> {
        let bare = word.trim_end_matches('.');
        let mut pairs = self.words().split(", ").filter_map(|pair| pair.split_once(' '));
        if let Some((_, english)) = pairs.find(|(own, _)| *own == bare) {
            return Some(english);
        }
        // `mar` is March, unless the lead's own language has it as Tuesday.
        if !is_own && (begins(bare, &WEEKDAYS).is_some() || begins(bare, &MONTHS).is_some()) {
            return None;
        }
        let weekdays = self.weekdays();
        let short = |names: &[&str]| names.iter().position(|name| name.starts_with(bare));
        let two = (is_own && bare.len() == 2).then(|| short(&weekdays)).flatten();
        let weekday = begins(bare, &weekdays).or(two).map(|index| WEEKDAYS[index]);
        let month = begins(bare, &self.months()).map(|index| MONTHS[index]);
        // Beside a number `mar` is a month rather than a day of the week.
        if has_number { month.or(weekday) } else { weekday.or(month) }
    }
}
