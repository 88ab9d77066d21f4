//! What is kept of a brief: what the lead writes into it, suggestions that are taken or waved off, and the brief as it
//! was shown.

use chrono::NaiveDate;

use super::blocks::{TOLD, title};
use super::{BriefPage, Remark, subtitle};
use crate::domain::briefing::{Brief, Waved};
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::document::{Audience, Document};
use crate::domain::lint::{self, Finding, LintRules, lint, take};
use crate::domain::meeting::{Meeting, OccurrenceKey};
use crate::domain::record::{Kind, Record, RecordKey, TableRow};
use crate::ops::meetings::MeetingChange;
use crate::ops::sheet::Texts;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{Committed, StoreError};

use super::spoken::SpokenSource;

/// Says in a brief who may read what of it, where it was frozen before blocks said so themselves: it was written for
/// the lead and handed to everybody, and must not be from now on.
fn mark_readers(document: &mut Document) {
    if document.blocks.iter().any(|block| !block.audience.is_everyone()) {
        return;
    }
    for block in &mut document.blocks {
        match block.title.as_str() {
            // What an option costs named who would do the work; the option stands before it.
            title::ASK => {
                for line in &mut block.lines {
                    let option = line.text.split_once(" · ").map(|(option, _)| option.to_owned());
                    if let Some(option) = option {
                        *line = std::mem::take(line).naming_hours(option);
                    }
                }
            }
            title if TOLD.contains(&title) => {}
            _ => block.audience = Audience::Lead,
        }
    }
}

/// A frozen brief as it was shown; `None` if it is not frozen or cannot be read any more.
pub(super) fn frozen(brief: &Brief, meeting: &Meeting, desk: &Desk) -> Option<BriefPage> {
    let is_presenting = desk.is_presenting;
    let on = brief.frozen?;
    // What a damaged or newer text cannot give back is built from the books again: better than no brief.
    let mut document: Document = serde_json::from_str(&brief.document).ok()?;
    mark_readers(&mut document);
    // The meeting may have moved since; the words that were shown have not.
    document.subtitle = subtitle(meeting, Some(on), desk.today());
    if is_presenting {
        document.blocks.retain(|block| block.audience.is_everyone());
    }
    let claims: Vec<crate::domain::briefing::Claim> = serde_json::from_str(&brief.claims).unwrap_or_default();
    Some(BriefPage {
        document,
        lint: Vec::new(),
        offers: Vec::new(),
        shown: claims.iter().map(|claim| claim.name.clone()).collect(),
        claims,
        if_then: if is_presenting { String::new() } else { meeting.if_then.clone() },
        record: Some(brief.key()),
        known: Texts::new(),
        frozen: Some(on),
        meeting: Some(meeting.clone()),
    })
}

fn none_in_sight() -> OpsError {
    OpsError::NotFound {
        message: "no leadership meeting is in sight".to_owned(),
        hint: Some("Name one: `tablesetter meeting list` shows the keys.".to_owned()),
    }
}

impl Desk {
    /// Rules of the lint without what was waved off for good.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn lint_rules(&self) -> Result<LintRules, StoreError> {
        let waved: Vec<Waved> = self.store.records()?;
        let mut rules = self.config.lint();
        rules.wave_off(waved.into_iter().filter_map(|it| Some((it.rule.parse().ok()?, it.text))));
        Ok(rules)
    }

    /// Writes fields of the brief for a meeting; the first time, that makes it.
    ///
    /// # Errors
    /// When the meeting is not there, the brief is frozen, or a text cannot be understood.
    pub fn save_brief(&mut self, key: &OccurrenceKey, texts: &Texts) -> Result<Committed<()>, OpsError> {
        let meeting = self.meeting(key)?;
        let briefs: Vec<Brief> = self.store.records()?;
        if let Some(brief) = briefs.iter().rev().find(|brief| brief.meeting == meeting.key) {
            return self.edit_entry(&brief.key(), texts);
        }
        let mut words = vec![("meeting", meeting.key.to_string()), ("series", meeting.series)];
        words.extend(texts.iter().cloned());
        self.add_entry(Kind::Brief, &words).map(Committed::without_output)
    }

    /// Keeps the brief as it is shown, with what it claims.
    ///
    /// # Errors
    /// When there is no meeting for it, or it is frozen already.
    pub fn freeze_brief(&mut self, key: Option<&OccurrenceKey>) -> Result<Committed<()>, OpsError> {
        // What is kept is the whole of it, whoever looks on now.
        let is_presenting = std::mem::replace(&mut self.is_presenting, false);
        let page = self.brief(key);
        self.is_presenting = is_presenting;
        let page = page?;
        let meeting = page.meeting.ok_or_else(none_in_sight)?;
        if let Some(on) = page.frozen {
            return Err(already(on, self.today()));
        }
        let told = |error: serde_json::Error| OpsError::Rejected { message: error.to_string(), hint: None };
        let document = serde_json::to_string(&page.document).map_err(told)?;
        let claims = serde_json::to_string(&page.claims).map_err(told)?;
        let (stamp, today) = (self.stamp(), self.today());
        self.store.change(stamp, |tx| {
            let all: Vec<Brief> = tx.records()?;
            // Read again under the lock: another window may have begun the brief after the page was built.
            let own = all.into_iter().rev().find(|brief| brief.meeting == meeting.key);
            let is_new = own.is_none();
            let mut brief = own.unwrap_or_else(|| Brief::blank(today));
            brief.meeting.clone_from(&meeting.key);
            brief.series.clone_from(&meeting.series);
            brief.frozen = Some(today);
            // Also those that nobody chose: which numbers were shown is part of what was said.
            brief.numbers = page.shown.join(" ");
            (brief.document, brief.claims) = (document, claims);
            if is_new {
                tx.add_record(&mut brief)?;
            } else {
                tx.put_record(&brief)?;
            }
            let claims = counted(page.claims.len(), "claim", "claims");
            let label = format!("Froze the brief for {}, with {claims}", plain::cut(&meeting.title, 40));
            Ok(((), label))
        })
    }

    /// Takes the suggestion for something that could be said better: rewrites it where it is written.
    ///
    /// # Errors
    /// When it is advice only, when the sentence is not written anywhere, or was changed meanwhile.
    pub fn take_remark(&mut self, key: &OccurrenceKey, remark: &Remark) -> Result<Committed<()>, OpsError> {
        if lint::gap(&remark.finding.suggestion).is_some() {
            return Err(OpsError::rejected(
                format!("something is left to fill in: {}", remark.finding.suggestion),
                "Say what stands between < and >: on the command line with --say.",
            ));
        }
        if !remark.finding.is_rewrite {
            return Err(OpsError::rejected(
                format!("this is advice: {}", remark.finding.suggestion),
                "Change the words yourself, or wave it off.",
            ));
        }
        match &remark.source {
            SpokenSource::Counted => Err(OpsError::rejected(
                "this sentence is counted, not written",
                "Show another number in its place, or wave it off.",
            )),
            SpokenSource::Brief(field) => {
                let text = self.taken(&remark.text, &remark.finding)?;
                self.save_brief(key, &vec![(*field, text)])
            }
            SpokenSource::Entry(entry, field) => {
                // As it is kept now, not as the page showed it: another window may have changed it since.
                let stored = self.entry_texts(entry)?;
                let stored = stored.into_iter().find(|(name, _)| name == field).map(|(_, text)| text);
                let text = self.taken(&stored.unwrap_or_default(), &remark.finding)?;
                self.edit_entry(entry, &[(*field, text)])
            }
            SpokenSource::Predicted => {
                let text = self.taken(&self.meeting(key)?.predicted, &remark.finding)?;
                self.edit_meeting(key, &MeetingChange { predicted: Some(text), ..MeetingChange::default() })
            }
        }
    }

    /// The text with the suggestion taken: by its place, otherwise where the very words stand.
    fn taken(&self, text: &str, finding: &Finding) -> Result<String, OpsError> {
        // The remark was found in the brief as one text, this is one field of it: the place of the words is
        // another one.
        let again = lint(text, &self.lint_rules()?)
            .into_iter()
            .find(|found| (found.rule, &found.text) == (finding.rule, &finding.text));
        let by_words =
            || text.contains(&finding.text).then(|| text.replacen(&finding.text, &finding.suggestion, 1));
        // What was found again, in the words that were settled on.
        let settled = again.map(|mut found| {
            found.suggestion.clone_from(&finding.suggestion);
            found
        });
        settled.and_then(|found| take(text, &found)).or_else(by_words).ok_or_else(|| {
            OpsError::rejected("the words have changed meanwhile", "Look again: what is shown now is new.")
        })
    }

    /// Waves a suggestion off for good, in every brief to come.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn wave_off(&mut self, finding: &Finding) -> Result<Committed<()>, OpsError> {
        let words = [("rule", finding.rule.name().to_owned()), ("waved", finding.text.clone())];
        self.add_entry(Kind::Waved, &words).map(Committed::without_output)
    }
}

/// A frozen brief stays as it was shown.
pub(crate) fn already(on: NaiveDate, today: NaiveDate) -> OpsError {
    OpsError::rejected(
        format!("the brief is kept as it was shown on {}", day::day_near(on, today)),
        "Undo the freezing if it was too early: `tablesetter history` names it.",
    )
}

/// What a brief names must be there.
pub(crate) fn named(brief: &Brief) -> impl Iterator<Item = (Kind, RecordKey)> {
    let key = |kind: Kind, text: &str| text.trim().parse::<RecordKey>().ok().map(|key| (kind, key));
    [key(Kind::Decision, &brief.ask), key(Kind::Risk, &brief.risk)].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::MeetingKind;
    use crate::ops::kit::{entry, field_of, go, meet, refusal, rewrite, studio, told};

    /// A board on Tuesday, seen from Monday.
    fn board() -> (Desk, OccurrenceKey) {
        let mut desk = studio();
        let key = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &["Marcus"]);
        (desk, key)
    }

    fn write(desk: &mut Desk, key: &OccurrenceKey, field: &'static str, text: &str) {
        desk.save_brief(key, &vec![(field, text.to_owned())]).unwrap();
    }

    fn remarks(desk: &Desk, key: &OccurrenceKey) -> Vec<Remark> {
        desk.brief(Some(key)).unwrap().lint
    }

    /// The first remark about some words, with others to take their place.
    fn reworded(desk: &Desk, key: &OccurrenceKey, words: &str, instead: &str) -> Remark {
        let found = remarks(desk, key).into_iter().find(|remark| remark.finding.text.contains(words));
        let mut remark = found.unwrap_or_else(|| panic!("{words}: {:?}", remarks(desk, key)));
        instead.clone_into(&mut remark.finding.suggestion);
        remark
    }

    #[test]
    fn one_brief_is_kept_for_one_meeting_however_often_it_is_written() {
        let (mut desk, key) = board();
        write(&mut desk, &key, "line", "Spring is sooner");
        write(&mut desk, &key, "risk", "The fair is moved");
        let briefs: Vec<Brief> = desk.store.records().unwrap();
        let [brief] = briefs.as_slice() else { panic!("{briefs:?}") };
        assert_eq!((brief.line.as_str(), brief.risk.as_str()), ("Spring is sooner", "The fair is moved"));
        let other = meet(&mut desk, "Steering", "2026-11-25T10:00", MeetingKind::Leadership, &[]);
        write(&mut desk, &other, "line", "Another");
        assert_eq!(desk.store.records::<Brief>().unwrap().len(), 2);
    }

    #[test]
    fn a_suggestion_is_taken_where_the_sentence_is_written() {
        let (mut desk, key) = board();
        write(&mut desk, &key, "line", "Utilisation is at 92 %. Spring is on shelf in May.");
        let remark = reworded(&desk, &key, "Utilisation", "No launch in spring can be a surprise");
        desk.take_remark(&key, &remark).unwrap();
        let brief = desk.store.records::<Brief>().unwrap().remove(0);
        assert_eq!(brief.line, "No launch in spring can be a surprise. Spring is on shelf in May.");
        let risk = entry(&mut desk, Kind::Risk, &[("text", "There is a risk that prices come late")]);
        let remark = reworded(&desk, &key, "There is a risk", "Prices come late unless Kim calls");
        assert_eq!(remark.source, SpokenSource::Entry(risk.clone(), "text"));
        desk.take_remark(&key, &remark).unwrap();
        assert!(field_of(&desk, &risk, "text").starts_with("Prices come late unless Kim calls"));
    }

    #[test]
    fn an_answer_that_is_expected_is_reworded_in_the_meeting() {
        let (mut desk, key) = board();
        let predicted = Some("Why so full? → Utilisation is at 92 % since May\nWhat next?".to_owned());
        desk.edit_meeting(&key, &MeetingChange { predicted, ..MeetingChange::default() }).unwrap();
        let remark = reworded(&desk, &key, "Utilisation", "We can take no surprise");
        assert_eq!(remark.source, SpokenSource::Predicted);
        desk.take_remark(&key, &remark).unwrap();
        let noted = desk.meeting(&key).unwrap().predicted;
        assert_eq!(noted, "Why so full? → We can take no surprise\nWhat next?");
    }

    #[test]
    fn what_cannot_be_taken_says_why_and_changes_nothing() {
        let (mut desk, key) = board();
        write(&mut desk, &key, "line", "Utilisation is at 92 %.");
        let gap = remarks(&desk, &key).remove(0);
        assert!(gap.finding.suggestion.contains('<'), "{gap:?}");
        assert!(refusal(desk.take_remark(&key, &gap)).starts_with("something is left to fill in: "));
        let mut advice = reworded(&desk, &key, "Utilisation", "say it in one sentence");
        advice.finding.is_rewrite = false;
        assert_eq!(refusal(desk.take_remark(&key, &advice)), "this is advice: say it in one sentence");
        let counted = Remark {
            source: SpokenSource::Counted,
            ..reworded(&desk, &key, "Utilisation", "No launch can be a surprise")
        };
        assert!(!counted.can_be_reworded());
        assert_eq!(refusal(desk.take_remark(&key, &counted)), "this sentence is counted, not written");
        assert_eq!(desk.store.records::<Brief>().unwrap()[0].line, "Utilisation is at 92 %.");
    }

    #[test]
    fn words_that_changed_meanwhile_are_not_written_over() {
        let (mut desk, key) = board();
        let risk = entry(&mut desk, Kind::Risk, &[("text", "There is a risk that prices come late")]);
        let remark = reworded(&desk, &key, "There is a risk", "Prices come late unless Kim calls");
        rewrite(&mut desk, &risk, &[("text", "Kim has called")]);
        assert_eq!(refusal(desk.take_remark(&key, &remark)), "the words have changed meanwhile");
        // Words around it may change.
        rewrite(
            &mut desk,
            &risk,
            &[("text", "In spring, there are two. There is a risk that prices come late")],
        );
        let remark = reworded(&desk, &key, "There is a risk", "Prices come late unless Kim calls");
        rewrite(&mut desk, &risk, &[("text", "In May. There is a risk that prices come late")]);
        desk.take_remark(&key, &remark).unwrap();
        assert!(field_of(&desk, &risk, "text").starts_with("In May. Prices come late unless Kim calls"));
    }

    #[test]
    fn what_is_waved_off_is_silent_in_every_brief_to_come_until_that_is_undone() {
        let (mut desk, key) = board();
        write(&mut desk, &key, "line", "Utilisation is at 92 %.");
        let remark = remarks(&desk, &key).remove(0);
        desk.wave_off(&remark.finding).unwrap();
        assert_eq!(remarks(&desk, &key), []);
        go(&mut desk, "2027-02-15");
        let next = meet(&mut desk, "Board", "2027-02-16T10:00", MeetingKind::Leadership, &["Marcus"]);
        write(&mut desk, &next, "line", "utilisation  is at 92 %.");
        assert_eq!(remarks(&desk, &next), [], "neither spaces nor capitals make other words of it");
        write(&mut desk, &next, "line", "Utilisation is at 93 %.");
        assert_eq!(remarks(&desk, &next).len(), 1, "other words are");
    }

    #[test]
    fn a_brief_is_frozen_once_and_its_freezing_can_be_undone() {
        let (mut desk, key) = board();
        write(&mut desk, &key, "line", "Spring is sooner");
        desk.freeze_brief(Some(&key)).unwrap();
        assert!(told(&desk).starts_with("Froze the brief for Board, with "), "{}", told(&desk));
        go(&mut desk, "2026-11-24");
        let refused = refusal(desk.save_brief(&key, &vec![("line", "Later".to_owned())]));
        assert_eq!(refused, "the brief is kept as it was shown on Mon 23 Nov");
        desk.undo(None).unwrap();
        write(&mut desk, &key, "line", "Later");
        assert_eq!(desk.brief(Some(&key)).unwrap().frozen, None);
    }
}
