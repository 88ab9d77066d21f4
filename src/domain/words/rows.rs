//! Requests as lines of text to edit: a key, then the words of quick add. What a line prints it reads back, or it does
//! not print it: a value that the grammar cannot hold stays as it is, and so does a field that is not there.

use super::line::{Change, Line, parse};
use super::token::quoted;
use super::{ParseContext, did_you_mean, is_same_word};
use crate::domain::field::{self, Field};
use crate::domain::request::Request;
use crate::domain::stage::Stage;

/// Not among the words: what stands first, what is longer than a line should be, and what comes down by itself.
const LEFT_OUT: [Field; 4] = [Field::Title, Field::Ask, Field::Left, Field::Tags];

/// What a line changes of its request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineChange {
    pub title: Option<String>,
    /// Fields with what they are set to; nothing clears one.
    pub fields: Vec<(Field, String)>,
    pub stage: Option<Stage>,
}

/// What it means that a line lacks a word of its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingWords {
    /// It was printed and taken out: its field is cleared.
    Clear,
    /// Nobody printed the line: it says what it says, and nothing of the rest.
    Stay,
}

impl LineChange {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What keeps a line from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Letters of the words before it, from 0.
    pub at: usize,
    pub message: String,
}

/// The words of a request, its title first.
pub fn print(request: &Request, context: &ParseContext) -> String {
    let shown = |field: &&Field| !(LEFT_OUT.contains(field) || field.spec().is_private);
    let mut words: Vec<String> = title(&request.title, context).into_iter().collect();
    words.push(format!("stage:{}", request.stage.name()));
    words.extend(Field::ALL.iter().filter(shown).filter_map(|field| word(request, *field, context)));
    let tags: Vec<String> = request.tags.iter().map(|tag| format!("#{tag}")).collect();
    // All or none: taking one out must not look like keeping the others.
    if has_all_tags(&tags, request, context) {
        words.extend(tags);
    }
    words.join(" ")
}

fn has_all_tags(words: &[String], request: &Request, context: &ParseContext) -> bool {
    let line = parse(&words.join(" "), context);
    line.title.is_empty() && tags(&line) == request.tags
}

fn tags(line: &Line) -> Vec<String> {
    let added = |change: &Change| if let Change::AddTag(tag) = change { Some(tag.clone()) } else { None };
    line.changes.iter().filter_map(added).collect()
}

/// In quotes where its words would set something.
fn title(title: &str, context: &ParseContext) -> Option<String> {
    let is_back = |text: &String| {
        let line = parse(text, context);
        line.title == title && line.changes.is_empty() && line.people.is_empty() && line.problems.is_empty()
    };
    [title.to_owned(), quoted(title)].into_iter().find(|text| !text.contains('\n') && is_back(text))
}

fn word(request: &Request, field: Field, context: &ParseContext) -> Option<String> {
    let value = match field {
        // As everybody writes them who writes many.
        Field::Due => request.due?.to_string(),
        Field::Lever => request.lever?.name().to_owned(),
        field => field::get(request, field),
    };
    if value.is_empty() || value.contains('\n') {
        return None;
    }
    let is_back = |text: &String| {
        let line = parse(text, context);
        line.title.is_empty()
            && line.problems.is_empty()
            && line.changes == [Change::Set(field, value.clone())]
    };
    let name = field.name();
    [format!("{name}:{value}"), format!("{name}:{}", quoted(&value))].into_iter().find(is_back)
}

/// What the words of a line change of a request.
///
/// # Errors
/// What of it cannot be read.
pub fn read(
    before: &Request,
    words: &str,
    missing: MissingWords,
    context: &ParseContext,
) -> Result<LineChange, LineFault> {
    let (printed, line) = (parse(&print(before, context), context), parse(words, context));
    check(&line, words)?;
    let mut change = LineChange::default();
    let clears = missing == MissingWords::Clear;
    if clears && line.title.is_empty() && !printed.title.is_empty() {
        return Err(LineFault { at: 0, message: "a request needs a title".to_owned() });
    }
    if !line.title.is_empty() && line.title != printed.title {
        change.title = Some(line.title.clone());
    }
    for own in &line.changes {
        match own {
            Change::Set(field, value) if value_of(&printed, *field) != Some(value) => {
                change.fields.push((*field, value.clone()));
            }
            Change::Stage(stage) if *stage != before.stage => change.stage = Some(*stage),
            _ => {}
        }
    }
    for own in &printed.changes {
        if let Change::Set(field, _) = own
            && clears
            && value_of(&line, *field).is_none()
        {
            change.fields.push((*field, String::new()));
        }
    }
    let after = tags_after(before, &printed, &line, clears);
    if after != before.tags {
        change.fields.push((Field::Tags, after.join(", ")));
    }
    Ok(change)
}

fn check(line: &Line, words: &str) -> Result<(), LineFault> {
    if let Some(problem) = line.problems.first() {
        let near = did_you_mean(&problem.nearest);
        let message = format!("`{}` {}{near}", problem.word, problem.message);
        return Err(LineFault { at: problem.at, message });
    }
    let place = |word: &str| words.find(word).map_or(0, |at| words[..at].chars().count());
    if let Some(strayed) = &line.strayed {
        let message = format!("`{}` has words behind it: {}", strayed.field, strayed.quoted());
        return Err(LineFault { at: place(&strayed.field), message });
    }
    match line.people.first() {
        Some(who) => {
            let message = format!("@{who}: who holds what is given elsewhere, with its hours and days");
            Err(LineFault { at: place(&format!("@{who}")), message })
        }
        None => Ok(()),
    }
}

fn value_of(line: &Line, field: Field) -> Option<&String> {
    line.changes.iter().rev().find_map(|change| match change {
        Change::Set(own, value) if *own == field => Some(value),
        _ => None,
    })
}

fn tags_after(before: &Request, printed: &Line, line: &Line, clears: bool) -> Vec<String> {
    // Tags that a line could not print are all kept, and others come to them.
    let kept = if clears && tags(printed) == before.tags { Vec::new() } else { before.tags.clone() };
    let mut after: Vec<String> = Vec::new();
    for tag in kept.into_iter().chain(tags(line)) {
        if !after.contains(&tag) {
            after.push(tag);
        }
    }
    let is_gone = |tag: &String| {
        line.changes.iter().any(|change| matches!(change, Change::RemoveTag(gone) if is_same_word(gone, tag)))
    };
    after.retain(|tag| !is_gone(tag));
    after
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    fn context() -> ParseContext {
        ParseContext::monday()
    }

    fn film() -> Request {
        let mut request = Request::new("Hero film", DateTime::UNIX_EPOCH);
        for (field, text) in [
            (Field::Due, "2026-12-04"),
            (Field::Hard, "yes"),
            (Field::Tier, "1"),
            (Field::Estimate, "40h"),
            (Field::Lever, "measurable-impact"),
            (Field::Brand, "Nord & Co"),
            (Field::Tags, "retail, q1"),
            (Field::Notes, "nervous"),
        ] {
            field::set(&mut request, field, text, &context()).unwrap();
        }
        request
    }

    fn edited(words: &str) -> Result<LineChange, LineFault> {
        read(&film(), words, MissingWords::Clear, &context())
    }

    #[test]
    fn a_line_says_what_can_be_said_in_one() {
        let printed = "Hero film stage:new lever:measurable-impact due:2026-12-04 hard:yes tier:1 estimate:40h \
                       brand:\"Nord & Co\" #retail #q1";
        assert_eq!(print(&film(), &context()), printed);
        assert!(read(&film(), printed, MissingWords::Clear, &context()).unwrap().is_empty());
    }

    #[test]
    fn what_differs_is_changed_and_a_word_that_is_gone_clears_its_field() {
        let change = edited("Short film stage:ready due:2026-12-11 tier:1 estimate:40h #q1 #new");
        let change = change.unwrap();
        assert_eq!((change.title.as_deref(), change.stage), (Some("Short film"), Some(Stage::Ready)));
        let set = |field| change.fields.iter().find(|(own, _)| *own == field).map(|(_, text)| text.as_str());
        assert_eq!(
            (set(Field::Due), set(Field::Hard), set(Field::Brand)),
            (Some("2026-12-11"), Some(""), Some(""))
        );
        assert_eq!((set(Field::Tier), set(Field::Notes)), (None, None), "what no line has stays");
        assert_eq!(set(Field::Tags), Some("q1, new"));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let fault = |words: &str| edited(words).unwrap_err();
        assert_eq!((fault("Film dew:fri").at, fault("Film dew:fri").message.contains("due:fri")), (5, true));
        assert!(fault("Film brand:Nord and Co").message.contains("brand:\"Nord and Co\""));
        assert_eq!(fault("Film @ana").at, 5);
        assert!(fault("tier:1").message.contains("title"));
    }

    proptest! {
        #[test]
        fn whatever_a_request_says_its_line_changes_nothing(
            title in "\\PC{1,24}", brand in "\\PC{0,16}", tag in "\\PC{0,8}", why in "[\\PC\n]{0,16}"
        ) {
            let mut request = Request { title, brand, due_reason: why, ..film() };
            request.tags.push(tag);
            let change =
                read(&request, &print(&request, &context()), MissingWords::Clear, &context());
            // A title that no line can hold leaves a line without one, which keeps it.
            prop_assert!(change.is_ok_and(|change| change.is_empty()), "{}", print(&request, &context()));
        }
    }
}
