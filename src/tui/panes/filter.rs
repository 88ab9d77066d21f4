//! The filter of a list that is no queue of requests: every word stands somewhere in the row.

use crate::domain::words::fold;

/// What is typed as a filter of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordFilter {
    text: String,
    words: Vec<String>,
}

impl WordFilter {
    /// Filters by other words.
    pub fn set(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        self.words = fold(text).split_whitespace().map(str::to_owned).collect();
    }

    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True if every row fits.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// True if a row with these texts fits: letters of any case, with or without their marks.
    pub fn fits<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let all: Vec<String> = texts.into_iter().map(fold).collect();
        self.words.iter().all(|word| all.iter().any(|text| text.contains(word.as_str())))
    }

    /// What the rule over the list says of it: `/prise  2 fit`.
    pub fn told(&self, count: usize) -> String {
        if self.is_empty() { String::new() } else { format!("/{}  {count} fit", self.text.trim()) }
    }
}

#[cfg(test)]
mod tests {
    use super::WordFilter;

    #[test]
    fn every_word_has_to_stand_somewhere_in_the_row() {
        let mut filter = WordFilter::default();
        assert!(filter.fits(["anything"]) && filter.is_empty());
        filter.set("nguyen  COUNCIL");
        assert!(filter.fits(["Brand council", "Linh Nguyễn"]));
        assert!(!filter.fits(["Brand council", "Owen Price"]));
        assert_eq!(filter.told(2), "/nguyen  COUNCIL  2 fit");
    }
}
