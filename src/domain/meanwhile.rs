//! What happened while nobody looked, by kind: the line of the header, and the list that it opens.

use super::document::{Block, Document, Line};

/// How news is grouped, in the order in which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NewsKind {
    /// Its day has passed since.
    Late,
    /// It waits for something.
    Blocked,
    CameIn,
    /// It went to another stage.
    Moved,
    /// It waits no more.
    Unblocked,
    /// It was given to somebody or taken from them.
    Given,
    Changed,
    /// It is not here any more.
    Gone,
    /// Meetings that moved, were cancelled, or are new.
    Meetings,
}

impl NewsKind {
    const ALL: [Self; 9] = [
        Self::Late,
        Self::Blocked,
        Self::CameIn,
        Self::Moved,
        Self::Unblocked,
        Self::Given,
        Self::Changed,
        Self::Gone,
        Self::Meetings,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Late => "Late since",
            Self::Blocked => "Blocked",
            Self::CameIn => "Came in",
            Self::Moved => "Moved",
            Self::Unblocked => "Goes on again",
            Self::Given => "Given, taken",
            Self::Changed => "Changed",
            Self::Gone => "Gone",
            Self::Meetings => "Meetings",
        }
    }

    /// The word behind its number in the header.
    const fn word(self, count: usize) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Blocked => "blocked",
            Self::CameIn => "in",
            Self::Moved => "moved",
            Self::Unblocked => "unblocked",
            Self::Given => "given or taken",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Meetings if count == 1 => "meeting",
            Self::Meetings => "meetings",
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What kind of thing.
    pub kind: NewsKind,
    /// What, as a sentence.
    pub text: String,
    /// The request that it is about, as long as it can be opened.
    pub key: Option<String>,
    /// The request or series of meetings that it is about, also where that is gone.
    pub about: String,
}

/// So many of one kind are listed; the rest is counted.
const MOST: usize = 20;

/// `2 late, 6 in, 2 moved`.
pub fn counts(news: &[News]) -> String {
    let count = |kind: NewsKind| news.iter().filter(|it| it.kind == kind).count();
    let parts = NewsKind::ALL.iter().map(|kind| (*kind, count(*kind))).filter(|(_, count)| *count > 0);
    parts.map(|(kind, count)| format!("{count} {}", kind.word(count))).collect::<Vec<_>>().join(", ")
}

/// The list, by kind.
pub fn list(news: &[News], since: &str) -> Document {
    let block = |kind: &NewsKind| {
        let own: Vec<&News> = news.iter().filter(|it| it.kind == *kind).collect();
        let warns = matches!(kind, NewsKind::Late | NewsKind::Blocked);
        let line = |it: &&News| {
            let line = if warns { Line::warn(it.text.clone()) } else { Line::new(it.text.clone()) };
            line.about(it.key.clone())
        };
        let mut lines: Vec<Line> = own.iter().take(MOST).map(line).collect();
        if own.len() > MOST {
            lines.push(Line::new(format!("and {} more", own.len() - MOST)));
        }
        (!lines.is_empty()).then(|| Block::new(kind.title(), lines))
    };
    Document {
        title: "What changed meanwhile".to_owned(),
        subtitle: format!("since {since}"),
        blocks: NewsKind::ALL.iter().filter_map(block).collect(),
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(kind: NewsKind, text: &str) -> News {
        News { kind, text: text.to_owned(), key: Some("R-1".to_owned()), about: "R-1".to_owned() }
    }

    #[test]
    fn what_needs_a_word_is_counted_first_and_what_did_not_happen_not_at_all() {
        let all = [
            news(NewsKind::Moved, "a"),
            news(NewsKind::CameIn, "b"),
            news(NewsKind::CameIn, "c"),
            news(NewsKind::Late, "d"),
            news(NewsKind::Meetings, "e"),
        ];
        assert_eq!(counts(&all), "1 late, 2 in, 1 moved, 1 meeting");
        assert_eq!(counts(&[]), "");
        let list = list(&all, "Mon 23 Nov 09:12");
        let titles: Vec<&str> = list.blocks.iter().map(|block| block.title.as_str()).collect();
        assert_eq!(titles, ["Late since", "Came in", "Moved", "Meetings"]);
    }

    #[test]
    fn a_large_import_is_counted_where_it_is_not_listed() {
        let all = vec![news(NewsKind::CameIn, "x"); 1_000];
        let list = list(&all, "Mon");
        assert_eq!(list.blocks[0].lines.len(), MOST + 1);
        assert_eq!(list.blocks[0].lines[MOST].text, "and 980 more");
    }
}
