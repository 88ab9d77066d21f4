//! The ask: one decision wanted, its options with what each costs by the load test, and what we recommend.

use chrono::NaiveDate;

use super::blocks::title;
use super::gather::BriefSources;
use super::spoken::{Spoken, SpokenPart, SpokenSource};
use crate::domain::briefing::options::{DecisionOption, choices, starts};
use crate::domain::day;
use crate::domain::document::{Block, Figure, Line, Tone};
use crate::domain::friction::Harm;
use crate::domain::ids::{OutcomeId, RequestId};
use crate::domain::influence::Decision;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::ops::plan::Plan;
use crate::ops::queue::QueueRow;
use crate::ops::{Desk, OpsError};
use crate::store::StoreError;

/// So many options are told, "nothing" among them.
const OPTIONS: usize = 3;

/// What a yes to the work behind a decision costs, and what a no.
struct Weighed {
    /// The work and its hours: said once, with the option that brings it up.
    work: String,
    yes: String,
    no: String,
    /// The same two as a room reads them: without who would do it.
    told_yes: String,
    told_no: String,
    figure: Figure,
    /// It fits, and nothing else moves.
    is_free: bool,
}

impl Desk {
    /// The block of the ask.
    pub(super) fn ask(&self, it: &BriefSources) -> Result<SpokenPart, OpsError> {
        let Some(decision) = it.decision() else { return Ok(in_words(it)) };
        if let Some(on) = decision.decided {
            return Ok(decided(decision, on, it.today));
        }
        let key = RecordKey::Numbered(Kind::Decision, decision.id.0);
        let who = if decision.approver.is_empty() {
            String::new()
        } else {
            format!(" {} decides.", decision.approver)
        };
        let head = format!("{} {}{who}", decision.id, decision.question);
        let mut spoken = vec![Spoken {
            text: decision.question.clone(),
            source: SpokenSource::Entry(key.clone(), "question"),
        }];
        let mut lines = vec![Line::new(head).about([decision.id])];
        let linked = self.work_behind(decision, it)?;
        let now = linked.map(|id| self.weighed(id, None)).transpose()?.flatten();
        let mut is_free = None;
        let options = listed(&decision.options);
        for (at, choice) in options.iter().enumerate() {
            let own = requests_in(&choice.text).first().copied();
            // The work behind the decision is what the first option says yes to, another one from its day on.
            let named = starts(&choice.text, decision.opened, it.today).filter(|_| !choice.is_nothing);
            let other = own.or_else(|| linked.filter(|_| named.is_some()));
            // Where its day has come, it begins as soon as it can.
            let from = named.filter(|day| *day > it.today);
            let other = other.map(|id| self.weighed(id, from)).transpose()?.flatten();
            let weighed = other.as_ref().or_else(|| now.as_ref().filter(|_| at == 0 || choice.is_nothing));
            if at == 0 {
                is_free = weighed.map(|it| it.is_free);
            }
            lines.push(option_line(choice, decision, weighed, own.is_some() || at == 0));
            spoken.push(Spoken {
                text: choice.text.clone(),
                source: SpokenSource::Entry(key.clone(), "options"),
            });
        }
        if decision.options.trim().is_empty() {
            let hint = "{edit-record} on the decision writes A, B and nothing, with what each costs";
            lines.push(Line::warn("No options are noted").hinting(hint).about([decision.id]).private());
        }
        let (line, said) = recommended(it, &options, is_free);
        let is_said = !line.text.is_empty();
        lines.push(line.about(is_said.then_some(decision.id)));
        spoken.extend(said);
        Ok(SpokenPart { block: Block::new(title::ASK, lines), spoken })
    }

    /// The work that waits for a decision: what it is linked to, itself or by the friction or outcome that it is
    /// linked to. What nobody holds yet stands before what is under way.
    fn work_behind(&self, decision: &Decision, it: &BriefSources) -> Result<Option<RequestId>, OpsError> {
        let key = RecordKey::Numbered(Kind::Decision, decision.id.0);
        let mut linked: Vec<RecordKey> =
            it.books.ties.iter().filter_map(|tie| tie.across(&key).cloned()).collect();
        let harmed = linked.iter().filter_map(|key| {
            let number = key.number_of(Kind::Friction)?;
            let friction = it.books.frictions.iter().find(|friction| friction.id.0 == number)?;
            match friction.harmed() {
                Some(Harm::Record(key)) => Some(key),
                _ => None,
            }
        });
        let harmed: Vec<RecordKey> = harmed.collect();
        linked.extend(harmed);
        let ids: Vec<RequestId> = linked.iter().filter_map(RecordKey::request).collect();
        // What is linked by hand is meant more exactly than what merely serves the same outcome, so the outcome
        // is asked only when nothing linked is open.
        let mut work = self.store.requests_with(&ids)?;
        if work.iter().all(|request| request.stage.is_closed()) {
            for outcome in linked.iter().filter_map(|key| key.number_of(Kind::Outcome)) {
                work.extend(self.store.requests_for(OutcomeId(outcome))?);
            }
        }
        work.retain(|request| !request.stage.is_closed());
        let shares = self.store.open_allocations()?;
        let is_held = |request: &Request| shares.iter().any(|share| share.request == request.id);
        // Whether there is a due day stands before the day: `None` sorts in front of every day.
        let next = work.iter().min_by_key(|it| (is_held(it), it.due.is_none(), it.due, it.id));
        Ok(next.map(|request| request.id))
    }

    /// The load test of one request; `None` if it is gone or done.
    fn weighed(&self, id: RequestId, from: Option<NaiveDate>) -> Result<Option<Weighed>, OpsError> {
        let row = match self.row(id) {
            Ok(row) if !row.request.stage.is_closed() => row,
            // The key may come from an option, which is free text: it may name what never was or is closed by
            // now.
            Ok(_) | Err(StoreError::Missing(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // What somebody holds whose last day is over lies with nobody, and is weighed like any other work to give.
        if row.is_held() { self.held_hours(&row).map(Some) } else { self.not_held(&row.request, from) }
    }

    /// Work under way costs nothing more; whether it can still be done in its days says the queue.
    fn held_hours(&self, row: &QueueRow) -> Result<Weighed, OpsError> {
        let id = row.request.id;
        let hours = self.rules()?.size(&row.request);
        let who = row.people.join(", ");
        let state = state_of(row);
        let is_free = state.is_none();
        let begun = if row.request.stage.is_in_work() { "under way" } else { "planned" };
        let (yes, told_yes) =
            state.clone().unwrap_or_else(|| ("fits".to_owned(), format!("{begun}, and fits")));
        let slips = || ("nothing of it slips".to_owned(), "nothing of it slips".to_owned());
        let (no, told_no) = state.unwrap_or_else(slips);
        let figure = Figure {
            value: hours.as_hours(),
            unit: "h".to_owned(),
            n: 1,
            from: Some(self.today()),
            to: row.request.due,
            definition: "the estimate of work that is held already, laid beside all that its people hold"
                .to_owned(),
            keys: vec![id.to_string()],
        };
        Ok(Weighed {
            work: format!("{id} {hours}, "),
            yes: format!("held by {who}: {yes}"),
            no: format!("{id}: {no}"),
            told_yes,
            told_no: format!("{id}: {told_no}"),
            figure,
            is_free,
        })
    }

    /// Work that nobody holds: whoever could be done first, at what cost; and how long it can still wait.
    fn not_held(&self, request: &Request, from: Option<NaiveDate>) -> Result<Option<Weighed>, OpsError> {
        let (id, due, today) = (request.id, request.due, self.today());
        let calendar = self.calendar()?;
        let hours = self.rules()?.size(request);
        let mut plan = Plan::whole(id);
        plan.share.from = from.map(|from| calendar.on_or_after(from));
        let Some(first) = self.soonest(request, &plan)? else { return Ok(None) };
        let (finish, cost) = (first.finish, &first.cost);
        let slack = due.map(|due| calendar.between(finish, due));
        let late = match slack {
            Some(slack) if slack < 0 => format!("{} late", day::days(-slack)),
            Some(_) => "in time".to_owned(),
            None => day::working_days(calendar.between(today, finish)),
        };
        let over = (cost.after - cost.before).at_least_zero();
        let over = if over.is_zero() { String::new() } else { format!(", {over} over") };
        let slips = cost.delayed.iter().find(|(other, _)| *other != id);
        let slips =
            slips.map_or_else(String::new, |(other, days)| format!(", {other} slips {}", day::days(*days)));
        let no = waits(id, (due, slack), today);
        let (who, when) = (&first.handle, day::day_near(finish, today));
        let mut keys = vec![id.to_string()];
        keys.extend(cost.delayed.iter().map(|(request, _)| request.to_string()));
        Ok(Some(Weighed {
            work: format!("{id} {hours}, "),
            yes: format!("done {when} by {who}, {late}{over}{slips}"),
            told_yes: format!("done {when}, {late}{slips}"),
            told_no: no.clone(),
            no,
            is_free: cost.fits() && slack.is_none_or(|days| days >= 0),
            figure: Figure {
                value: hours.as_hours(),
                unit: "h".to_owned(),
                n: u32::try_from(first.of).unwrap_or(u32::MAX),
                from: Some(first.from),
                to: Some(finish),
                definition: format!("the load tried out with {id} added, for each person: who is done first"),
                keys,
            },
        }))
    }
}

/// What there is to say of held work that is not simply under way, and the same as a room reads it.
fn state_of(row: &QueueRow) -> Option<(String, String)> {
    let same = |text: String| Some((text.clone(), text));
    match (row.request.stage, row.late, row.reasons.first()) {
        (Stage::OnHold, ..) => same("on hold".to_owned()),
        // Late since a day off is late by no working day yet.
        (_, Some(late), _) if late.days == 0 => same("late".to_owned()),
        (_, Some(late), _) => same(format!("{} late", day::working_days(late.days))),
        // Why it does not fit is told by the hours of those who hold it.
        (_, None, Some(reason)) => Some((reason.clone(), "does not fit as it is planned".to_owned())),
        (Stage::InReview, None, None) => same("in review".to_owned()),
        _ => None,
    }
}

/// What becomes of work while nothing is decided.
fn waits(id: RequestId, (due, slack): (Option<NaiveDate>, Option<i64>), today: NaiveDate) -> String {
    let lost = due.map_or_else(String::new, |due| format!("{} is lost", day::day_near(due, today)));
    match slack {
        None => format!("{id} has no day to lose"),
        Some(days) if days < 0 => {
            format!("{id} is {} late even if it starts today", day::days(-days))
        }
        Some(0) => format!("{id} starts today, or {lost}"),
        Some(days) => format!("{id} can wait {}, then {lost}", day::working_days(days)),
    }
}

/// The options that are told: the first ones, and always "nothing".
fn listed(noted: &str) -> Vec<DecisionOption> {
    let mut all = choices(noted);
    if all.is_empty() {
        return all;
    }
    let nothing = all.iter().position(|choice| choice.is_nothing).map(|at| all.remove(at));
    // Nothing is an option in every decision, and the one that is left out most: its cost is told even when
    // nobody noted it.
    all.truncate(OPTIONS - 1);
    all.push(nothing.unwrap_or(DecisionOption { text: "Nothing".to_owned(), is_nothing: true }));
    all
}

/// Keys of requests in a text.
fn requests_in(text: &str) -> Vec<RequestId> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.filter(|word| word.starts_with("R-")).filter_map(|word| word.parse().ok()).collect()
}

fn option_line(
    choice: &DecisionOption,
    decision: &Decision,
    weighed: Option<&Weighed>,
    is_new: bool,
) -> Line {
    let Some(weighed) = weighed else { return Line::new(choice.text.clone()).about([decision.id]) };
    let work = if is_new { weighed.work.as_str() } else { "" };
    let [cost, told] = if choice.is_nothing {
        [weighed.no.clone(), weighed.told_no.clone()]
    } else {
        [&weighed.yes, &weighed.told_yes].map(|yes| format!("{work}{yes}"))
    };
    let line = Line::new(format!("{} · {cost}", choice.text));
    line.naming_hours(format!("{} — {told}", choice.text)).about([decision.id]).with(weighed.figure.clone())
}

/// What the lead recommends; without that the first option, if it fits and moves nothing.
fn recommended(
    it: &BriefSources,
    options: &[DecisionOption],
    is_free: Option<bool>,
) -> (Line, Option<Spoken>) {
    if let Some(own) = it.written(|record| &record.recommend) {
        let spoken = Spoken { text: own.to_owned(), source: SpokenSource::Brief("recommend") };
        return (Line::new(format!("We recommend {}", own.trim_end_matches('.'))), Some(spoken));
    }
    match (options.first(), is_free) {
        // Nothing is no work that could fit.
        (Some(first), Some(true)) if !first.is_nothing => {
            let name = first.text.split([':', ',', '.']).next().unwrap_or("A");
            (Line::new(format!("We recommend {name}: it fits, and nothing else moves for it")), None)
        }
        _ => (Line { tone: Tone::Warn, ..Line::todo("No recommendation yet: {brief-edit} writes it") }, None),
    }
}

/// The decision that the lead chose was made meanwhile, so that nothing is left to ask for.
fn decided(decision: &Decision, on: NaiveDate, today: NaiveDate) -> SpokenPart {
    let result = match decision.result.trim().trim_end_matches('.') {
        "" => String::new(),
        result => format!(": {result}"),
    };
    let told = format!("{} Decided {}{result}.", decision.question, day::day_near(on, today));
    let head = Line::good(format!("{} {told}", decision.id)).for_the_room(told).about([decision.id]);
    let next = Line::todo("This was asked for: {brief-edit} names another decision, or writes the ask.");
    SpokenPart::silent(Block::new(title::ASK, vec![head, next]))
}

/// An ask in the lead's own words, or what is missing for one.
fn in_words(it: &BriefSources) -> SpokenPart {
    let Some(own) = it.written(|record| &record.ask) else {
        let text = "No open decision waits for anybody in this room: {capture} d files one, {brief-edit} names it or writes the ask.";
        return SpokenPart::silent(Block::new(title::ASK, vec![Line::todo(text)]));
    };
    let mut spoken = vec![Spoken { text: own.to_owned(), source: SpokenSource::Brief("ask") }];
    let (line, said) = recommended(it, &[], None);
    spoken.extend(said);
    SpokenPart { block: Block::new(title::ASK, vec![Line::new(own), line]), spoken }
}
