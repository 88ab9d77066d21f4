//! Requests: add, edit, move, block. Each reads the row anew inside its operation, so that a change
//! made elsewhere meanwhile is never written over.

mod ahead;
pub mod as_text;

use super::assign;
use super::books::{self, meant_stakeholder};
use super::{Desk, OpsError, private, shares};
use crate::domain::difference::{self, Difference};
use crate::domain::field::{self, Field};
use crate::domain::ids::RequestId;
use crate::domain::outcome::Outcome;
use crate::domain::phrases::Phrases;
use crate::domain::readiness::readiness;
use crate::domain::record::is_nothing;
use crate::domain::request::{Blocked, Request};
use crate::domain::stage::Stage;
use crate::domain::words::ParseContext;
use crate::domain::words::line::{self, Change, Line};
use crate::plain;
use crate::store::{Committed, Tx};

/// What happens to one request inside an operation.
type RequestEdit<'a> = &'a dyn Fn(&mut Request) -> Result<(), OpsError>;

/// The sentence for the journal, with `%` for what was changed, from how one request differs afterwards; nothing
/// is given where there are several, which differ each in its own way.
type Label<'a> = &'a dyn Fn(&[Difference]) -> String;

/// So many letters of a label tell what changed.
const ROOM: usize = 100;

impl Desk {
    /// Reads one line of the grammar that changes what is there.
    ///
    /// # Errors
    /// [`OpsError::Rejected`] naming the first word that is not understood, and the nearest right one.
    pub fn read_line(&self, words: &str) -> Result<Line, OpsError> {
        self.checked(line::parse(words, &self.reading()?))
    }

    /// Reads one line of the grammar that a request is made of.
    ///
    /// # Errors
    /// As [`Desk::read_line`].
    pub fn read_new(&self, words: &str) -> Result<Line, OpsError> {
        self.checked(line::parse_new(words, &self.reading()?))
    }

    fn checked(&self, mut line: Line) -> Result<Line, OpsError> {
        for change in &mut line.changes {
            if let Change::Set(field, text) = change {
                self.name_whole(*field, text)?;
            }
        }
        match line.problems.first() {
            None => Ok(line),
            Some(problem) => {
                let hint = problem.nearest.as_ref().map(|near| format!("Did you mean `{near}`?"));
                let message = format!("column {}: `{}` {}", problem.at + 1, problem.word, problem.message);
                Err(OpsError::Rejected { message, hint })
            }
        }
    }

    /// What is to be told of the names that a line sets: who comes near one that nobody has.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn told_near(&self, line: &Line) -> Result<Vec<String>, OpsError> {
        let all = self.store.records()?;
        Ok(line.names().filter_map(|name| books::told_near(&all, name)).collect())
    }

    /// Requester and decider by the whole name of the stakeholder who is meant, where that is sure.
    fn name_whole(&self, field: Field, text: &mut String) -> Result<(), OpsError> {
        if matches!(field, Field::Requester | Field::Decider) && !is_nothing(text.trim()) {
            *text = meant_stakeholder(&self.store.records()?, text)?;
        }
        Ok(())
    }

    /// Adds a request from one line; people named in it get the work.
    ///
    /// # Errors
    /// When the line has no title, or a word or person is not known.
    pub fn add(&mut self, words: &str) -> Result<Committed<Request>, OpsError> {
        let line = self.read_new(words)?;
        if line.title.trim().is_empty() {
            return Err(OpsError::rejected(
                "a request needs a title",
                "Write a few plain words: `Spring launch hero film due:fri`.",
            ));
        }
        let request = Request { ask: line.title.clone(), ..Request::new(&line.title, self.stamp().at) };
        self.add_with(&request, &line)
    }

    /// Adds a request that is begun already, with what a line says over it.
    ///
    /// # Errors
    /// When a person of the line is not known, or a move of it is not legal.
    pub fn add_with(&mut self, begun: &Request, line: &Line) -> Result<Committed<Request>, OpsError> {
        let (context, now) = (self.reading()?, self.stamp().at);
        let rules = self.rules()?;
        let stamp = self.stamp();
        let phrases = self.config.phrases.clone();
        self.store.change(stamp, |tx| {
            let mut request = begun.clone();
            apply(&mut request, line, (&context, &phrases), now)?;
            aim(tx, None, &mut request)?;
            request.id = tx.add_request(&request)?;
            // As if hours left had been said just after it came in, so that they take the same way as
            // everywhere else.
            let unsaid = Request { left_said: None, left_on: None, ..request.clone() };
            shares::follow_request(tx, &rules, &unsaid, &mut request)?;
            assign::add_shares(tx, &rules, &request, &line.people)?;
            let label = format!("Added {} {}", request.id, plain::cut(&request.title, 60));
            Ok((request, label))
        })
    }

    /// Changes requests by one line of the grammar: fields, tags, a stage, people.
    ///
    /// # Errors
    /// When a word is not known, a move not legal, or a title is given for several requests.
    pub fn edit(&mut self, ids: &[RequestId], words: &str) -> Result<Committed<Vec<Request>>, OpsError> {
        let line = self.read_line(words)?;
        let title = line.title.trim();
        if !title.is_empty() && ids.len() > 1 {
            return Err(OpsError::rejected(
                format!("`{title}` would become the title of {} requests", ids.len()),
                "Leave plain words out, or change one request at a time.",
            ));
        }
        // A shell takes quotes off: `outcome:"Lift sign-ups"` arrives without them, and must not rename anything.
        if let Some(strayed) = &line.strayed {
            let quoted = strayed.quoted();
            return Err(OpsError::rejected(
                format!("`{}` behind `{}` would become the title", strayed.words.join(" "), strayed.field),
                format!("Write `{quoted}`, in a shell '{quoted}'; or put a new title first."),
            ));
        }
        let (context, now) = (self.reading()?, self.stamp().at);
        let rules = self.rules()?;
        let summary = line::echo(&line, &context);
        let (stamp, clock) = (self.stamp(), &self.clock);
        let (phrases, is_presenting) = (self.config.phrases.clone(), self.is_presenting);
        self.store.change(stamp, |tx| {
            let (mut changed, mut told, mut differences) = (Vec::new(), Vec::new(), Vec::new());
            let mut moved = 0;
            for id in ids {
                let before = tx.request(*id)?;
                let mut request = before.clone();
                if !title.is_empty() {
                    title.clone_into(&mut request.title);
                }
                apply(&mut request, &line, (&context, &phrases), now)?;
                // Notes that are hidden are not written over by whoever does not see them.
                if is_presenting && request.notes != before.notes {
                    request.notes = private::added_to_hidden(&before.notes, &request.notes);
                }
                aim(tx, Some(&before), &mut request)?;
                reframe(&before, &mut request, &phrases, now);
                tx.put_request(&request)?;
                moved += shares::follow_request(tx, &rules, &before, &mut request)?.moved;
                assign::add_shares(tx, &rules, &request, &line.people)?;
                differences.push(difference::between(&before, &request, |at| clock.day_of(at)));
                if request != before || !line.people.is_empty() {
                    told.push(request.clone());
                }
                changed.push(request);
            }
            let what = match differences.as_slice() {
                // A line that gives the work to somebody changes no field by it, so the line itself is told
                // then.
                [one] if !one.is_empty() && line.people.is_empty() => difference::told(one, ROOM),
                _ => plain::cut(&summary, 80),
            };
            let label = format!("Edited {}: {what}{}", name(&told, &changed), followed(moved));
            Ok((changed, label))
        })
    }

    /// Sets fields of requests to texts, as a form gives them.
    ///
    /// # Errors
    /// The first text that its field cannot take.
    pub fn set_fields(
        &mut self,
        ids: &[RequestId],
        fields: &[(Field, String)],
    ) -> Result<Committed<Vec<Request>>, OpsError> {
        let context = self.reading()?;
        let mut fields = fields.to_vec();
        for (field, text) in &mut fields {
            self.name_whole(*field, text)?;
        }
        let fields = fields.as_slice();
        let names: Vec<_> = fields.iter().map(|(field, _)| field.title()).collect();
        let values: Vec<_> = fields
            .iter()
            .map(|(field, text)| format!("{} {}", field.title().to_lowercase(), text.trim()))
            .collect();
        let label = |differences: &[Difference]| match fields {
            _ if !differences.is_empty() => format!("Edited %: {}", difference::told(differences, ROOM)),
            [_] => format!("Edited %: {}", plain::cut(&values.join(", "), 60)),
            _ => format!("Edited %: {}", names.join(", ").to_lowercase()),
        };
        let is_presenting = self.is_presenting;
        self.each(ids, &label, &|request| {
            for (field, text) in fields {
                let is_hidden = is_presenting && field.spec().is_private;
                let hidden = if is_hidden { field::get(request, *field) } else { String::new() };
                let text = &private::added_to_hidden(&hidden, text);
                field::set(request, *field, text, &context).map_err(|error| rejected(&error))?;
            }
            Ok(())
        })
    }

    /// Moves requests to a stage.
    ///
    /// # Errors
    /// [`OpsError::Move`] for the first that cannot go there; then none is moved.
    pub fn move_to(
        &mut self,
        ids: &[RequestId],
        stage: Stage,
        reason: &str,
    ) -> Result<Committed<Vec<Request>>, OpsError> {
        let now = self.stamp().at;
        let phrases = self.config.phrases.clone();
        let reason_said = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        // Told before the move, as it asks for the stage that it leaves.
        let below = if stage.is_committed() { self.below_ready(ids)? } else { String::new() };
        let what = format!("Moved % to {}{reason_said}{below}", stage.title());
        self.each(ids, &|_| what.clone(), &|request| {
            let key = request.id;
            let guess = phrases.guess_tier(&request.title);
            request.move_to(stage, (reason, guess), now).map_err(|source| OpsError::Move { key, source })
        })
    }

    /// What is told where work leaves the intake with less readiness than its tier is usually begun with. It is
    /// told and never refused: nothing but a title is mandatory.
    fn below_ready(&self, ids: &[RequestId]) -> Result<String, OpsError> {
        let rules = self.rules()?;
        let mut below = Vec::new();
        for id in ids {
            let request = self.store.request(*id)?;
            let tier = rules.tier(&request);
            let (points, wanted) =
                (readiness(&request, &self.config.phrases).points, self.config.tiers.of(tier).ready_at);
            if request.stage.is_intake() && points < wanted {
                below.push(format!("readiness {points}, tier {} is ready from {wanted}", tier.number()));
            }
        }
        Ok(match below.as_slice() {
            [] => String::new(),
            [one] if ids.len() == 1 => format!("; {one}"),
            some => format!("; {} of them below the readiness of their tier", some.len()),
        })
    }

    /// Marks requests as blocked, or takes the mark away when `reason` is `None`.
    ///
    /// # Errors
    /// When one of them is closed or gone.
    pub fn block(
        &mut self,
        ids: &[RequestId],
        reason: Option<&str>,
    ) -> Result<Committed<Vec<Request>>, OpsError> {
        let today = self.today();
        let what = match reason {
            None => "Unblocked %".to_owned(),
            Some("") => "Blocked %".to_owned(),
            Some(reason) => format!("Blocked %: {reason}"),
        };
        self.each(ids, &|_| what.clone(), &|request| {
            if request.stage.is_closed() {
                return Err(OpsError::rejected(
                    format!("{} is {}; only open work can be blocked", request.id, request.stage.title()),
                    "Move it back first.",
                ));
            }
            // What is blocked already keeps its reason and its day, from which it counts how long it waits; another reason
            // is said of it by its field.
            if reason.is_none() || request.blocked.is_none() {
                request.blocked = reason.map(|reason| Blocked { reason: reason.to_owned(), since: today });
            }
            Ok(())
        })
    }

    /// One step on each request, all in one operation.
    fn each(
        &mut self,
        ids: &[RequestId],
        label: Label<'_>,
        step: RequestEdit<'_>,
    ) -> Result<Committed<Vec<Request>>, OpsError> {
        let (stamp, clock) = (self.stamp(), &self.clock);
        let phrases = self.config.phrases.clone();
        let rules = self.rules()?;
        self.store.change(stamp, |tx: &Tx<'_>| {
            let (mut changed, mut told, mut moved) = (Vec::new(), Vec::new(), 0);
            let mut differences = Vec::new();
            for id in ids {
                let before = tx.request(*id)?;
                let mut request = before.clone();
                step(&mut request)?;
                aim(tx, Some(&before), &mut request)?;
                reframe(&before, &mut request, &phrases, stamp.at);
                if request != before {
                    tx.put_request(&request)?;
                    moved += shares::follow_request(tx, &rules, &before, &mut request)?.moved;
                    told.push(request.clone());
                }
                // Of several each differs in its own way, and one sentence has no room for that.
                if ids.len() == 1 {
                    differences = difference::between(&before, &request, |at| clock.day_of(at));
                }
                changed.push(request);
            }
            let label = label(&differences);
            // The first sign is the label's own; a reason behind it may hold others.
            let label = format!("{}{}", label.replacen('%', &name(&told, &changed), 1), followed(moved));
            Ok((changed, label))
        })
    }
}

/// What a request takes over from the outcome that it is for, where it says nothing itself.
pub fn aim(tx: &Tx<'_>, before: Option<&Request>, request: &mut Request) -> Result<(), OpsError> {
    let Some(id) = request.outcome_id else { return Ok(()) };
    // What was taken over once is the request's own from then on, also where it was emptied by hand.
    if before.is_some_and(|before| before.outcome_id == Some(id)) {
        return Ok(());
    }
    let outcome: Outcome = tx.record(id.0)?;
    if request.outcome.trim().is_empty() {
        request.outcome.clone_from(&outcome.name);
    }
    request.lever = request.lever.or(outcome.lever);
    if let (true, Some(baseline), Some(target)) =
        (request.measure.trim().is_empty(), outcome.baseline, outcome.target)
    {
        let measure =
            format!("{}, {} to {}", outcome.metric, outcome.figure(baseline), outcome.figure(target));
        measure.trim_start_matches(", ").clone_into(&mut request.measure);
    }
    Ok(())
}

/// An ask for things that gets its outcome is reframed from then on; the ask itself stays as it was.
fn reframe(before: &Request, request: &mut Request, phrases: &Phrases, now: chrono::DateTime<chrono::Utc>) {
    let got_one = before.outcome.trim().is_empty() && !request.outcome.trim().is_empty();
    let ask = if request.ask.trim().is_empty() { &request.title } else { &request.ask };
    // Only the first time, and only where the ask was for things: an outcome that was there from the beginning
    // was not reframed.
    if got_one && request.reframed.is_none() && phrases.is_output_worded(ask) {
        request.reframed = Some(now);
    }
}

/// What the program re-planned by itself is always announced.
fn followed(shares: usize) -> String {
    match shares {
        0 => String::new(),
        1 => "; its share follows the day".to_owned(),
        shares => format!("; {shares} shares follow the day"),
    }
}

/// What a label calls the requests that changed, of all that were meant: the key and title of one, the number of several.
fn name(changed: &[Request], meant: &[Request]) -> String {
    match (changed, meant) {
        ([one], _) | ([], [one]) => format!("{} {}", one.id, plain::cut(&one.title, 40)),
        (some, all) if some.is_empty() || some.len() == all.len() => format!("{} requests", all.len()),
        (some, all) => format!("{} of {} requests", some.len(), all.len()),
    }
}

fn rejected(error: &field::FieldError) -> OpsError {
    OpsError::Rejected { message: error.to_string(), hint: None }
}

fn apply(
    request: &mut Request,
    line: &Line,
    (context, phrases): (&ParseContext, &Phrases),
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), OpsError> {
    line::apply(request, line, context).map_err(|error| rejected(&error))?;
    for change in &line.changes {
        if let Change::Stage(stage) = change
            && *stage != request.stage
        {
            let (key, guess) = (request.id, phrases.guess_tier(&request.title));
            request.move_to(*stage, ("", guess), now).map_err(|source| OpsError::Move { key, source })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
