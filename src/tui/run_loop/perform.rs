//! The only code that does effects: each is one call of an operation, and what came of it is a message.

pub mod performed;
mod saving;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::document::{COVERED, PrivateNames, covered};
use crate::domain::ids::RequestId;
use crate::domain::load::LoadGrid;
use crate::domain::meeting::Meeting;
use crate::domain::stage::Stage;
use crate::ops::forget::Forgotten;
use crate::ops::requests::as_text::{TextFault, is_of_requests};
use crate::ops::sources::Machine;
use crate::ops::undo::{OwnUndo, UndoQuestion};
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{Committed, Operation, Store, Tables};
use crate::tui::app::Message;
use crate::tui::app::effect::{Effect, Read, Screen, Tried, Write};
use crate::tui::overlays::document::{DocView, Role};
use crate::tui::overlays::form::Form;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::overlays::record::{Kind, Record};
use crate::tui::overlays::reflect::ReflectForm;
use crate::tui::run_loop::kept_text::{self, KeptText};
use crate::tui::terminal::clipboard::Copier;
use performed::Performed;
use saving::{captured, saved};

/// Writes, and says what came of it.
pub fn write(write: Write, desk: &mut Desk, machine: Option<&Machine>, copy: Copier) -> Performed {
    // Before the write: what it takes away has no name any more behind it.
    let hidden = desk.hidden_names().unwrap_or_default();
    let mut performed =
        written(write, desk, machine, copy).unwrap_or_else(|error| Performed::failed(&again(error, desk)));
    if desk.is_presenting {
        performed.messages =
            performed.messages.into_iter().map(|it| for_onlookers(it, desk, &hidden)).collect();
    }
    performed
}

/// What is said of a write while others look on. What cannot be read then is not said.
fn for_onlookers(message: Message, desk: &Desk, hidden: &PrivateNames) -> Message {
    let told = |label: String| desk.shown_outcome(label, hidden).unwrap_or_else(|_| COVERED.to_owned());
    match message {
        Message::Committed(label) => Message::Committed(told(label)),
        Message::Undone(label) => Message::Undone(told(label)),
        Message::Said(text) => Message::Said(covered(&text, hidden)),
        Message::Failed(text, hint) => {
            Message::Failed(covered(&text, hidden), hint.map(|hint| covered(&hint, hidden)))
        }
        other => other,
    }
}

/// Some days of the load as they would be after a write; `None` where it would be refused.
pub fn tried(write: Write, days: (NaiveDate, usize), desk: &Desk) -> Option<LoadGrid> {
    // Tried out on a copy, a write must not reach the clipboard.
    let change = |copy: &mut Desk| written(write, copy, None, |_| String::new()).map(drop);
    desk.load_after(days, change).ok()
}

/// What a write would change in each of its requests, or why it would be refused.
pub fn tried_on_each(write: &Write, desk: &Desk) -> Tried {
    let change = |copy: &mut Desk| written(write.clone(), copy, None, |_| String::new()).map(drop);
    desk.differences_after(&write.keys(), change).map_err(|error| error.to_string())
}

pub fn read(read: Read, desk: &Desk) -> Performed {
    shown(read, desk).map_or_else(|error| Performed::failed(&again(error, desk)), Performed::message)
}

/// The same failure, once damage was looked at a second time.
fn again(error: OpsError, desk: &Desk) -> OpsError {
    match error {
        OpsError::Store(error) => Store::look_again_beside(error, desk.store.files().as_ref()).into(),
        other => other,
    }
}

type WriteOutcome = Result<Performed, OpsError>;

fn written(write: Write, desk: &mut Desk, machine: Option<&Machine>, copy: Copier) -> WriteOutcome {
    Ok(match write {
        Write::Add(words) => Performed::committed(&desk.add(&words)?),
        Write::AddMessage(draft, words) => Performed::committed(&desk.add_message(&draft, &words)?),
        Write::Modify(ids, words) => Performed::committed(&desk.edit(&ids, &words)?),
        Write::ModifyRows(keys, words) => Performed::committed(&desk.modify(&keys, &words)?),
        Write::ApplyText(text) => edited_as_text(&text, desk)?,
        Write::SetFields(ids, fields) => Performed::committed(&desk.set_fields(&ids, &fields)?),
        Write::KeepAsSaid(id, fields) => {
            let done = desk.set_fields(&[id], &fields)?;
            Performed::committed(&Committed { label: format!("kept as you said it: {}", done.label), ..done })
        }
        Write::Move(ids, stage, reason) => Performed::committed(&desk.move_to(&ids, stage, &reason)?),
        Write::Block(ids, reason) => Performed::committed(&desk.block(&ids, reason.as_deref())?),
        Write::RemoveSource(source) => Performed::committed(&desk.remove_source(machine, &source.name)?),
        Write::Clarify(ids) => clarify(&ids, desk, copy)?,
        Write::Commit(plan) => {
            let (committed, sentence) = desk.commit(&plan)?;
            let mut performed = Performed::committed(&committed);
            if committed.operation.is_some() {
                performed.messages = vec![Message::Committed(format!("{}: {sentence}", committed.label))];
            }
            performed
        }
        Write::Swap(plan, moved, days) => Performed::committed(&desk.commit_swap(&plan, moved, days)?),
        Write::Reshape(person) => Performed::committed(&desk.reshape(person)?),
        Write::Unassign(ids) => Performed::committed(&desk.unassign(&ids)?),
        Write::Reflect(entry) => Performed::committed(&desk.reflect(&entry)?),
        Write::WaveReflection(keys) => Performed::committed(&desk.end_meetings(&keys)?),
        Write::MoveMeeting(key, text) => Performed::committed(&desk.move_meeting_to(&key, &text)?),
        Write::RemoveMeeting(keys) => Performed::committed(&desk.remove_meetings(&keys)?),
        Write::ReinstateMeeting(key) => Performed::committed(&desk.reinstate_meeting(&key)?),
        Write::ChangeMeetings(keys, change) => {
            let changes: Vec<_> = keys.into_iter().map(|key| (key, (*change).clone())).collect();
            Performed::committed(&desk.edit_meetings(&changes)?)
        }
        Write::Save(target, texts, before) => saved(&target, (&texts, &before), desk, machine)?,
        Write::Remove(target) => Performed::committed(&desk.remove(&target)?),
        Write::MergeStakeholders(one, other) => Performed::committed(&desk.merge_stakeholders(&one, &other)?),
        Write::Capture(kind, text) => captured(kind, &text, desk)?,
        Write::SetEntries(entries) => Performed::committed(&desk.edit_entries(&entries)?),
        Write::Forget(subject, field, copies) => told_of(&desk.forget(&subject, field, copies)?),
        Write::Tie(one, other) => Performed::committed(&desk.link(&one, &other)?),
        Write::Keep(keys, is_kept) => Performed::committed(&desk.set_private(&keys, Some(is_kept))?),
        Write::EndStandup => Performed::committed(&desk.end_standup()?),
        Write::Remark(place, text) => Performed::committed(&desk.remark(place, &text)?),
        Write::SaveBrief(key, texts) => Performed::committed(&desk.save_brief(&key, &texts)?),
        Write::FreezeBrief(key) => Performed::committed(&desk.freeze_brief(Some(&key))?),
        Write::TakeRemark(key, remark) => Performed::committed(&desk.take_remark(&key, &remark)?),
        Write::WaveOff(remark) => Performed::committed(&desk.wave_off(&remark.finding)?),
        Write::Undo(None) => undone_own(desk)?,
        Write::Undo(which) => Performed::undone(&desk.undo(which)?),
        Write::Redo => Performed::committed(&desk.redo()?),
    })
}

fn shown(read: Read, desk: &Desk) -> Result<Message, OpsError> {
    Ok(match read {
        Read::Weigh(plan) => Message::Weighed(Box::new(desk.options(&plan)?)),
        Read::Consider(id, field, text) => {
            // What cannot be worked out yet is no failure: the field itself says what is wrong.
            Message::Considered(desk.consequence(id, field, &text).unwrap_or_default())
        }
        Read::DraftMessage(text) => Message::Drafted(Box::new(desk.draft_of_message(&text)?), text),
        Read::Explain(id) => {
            let (title, lines) = desk.explain(id)?;
            Message::Opened(Record::new(Kind::Notice(title, lines)))
        }
        Read::OpenPerson(id) => opened(Kind::Person(Box::new(desk.person_detail(id)?))),
        Read::OpenRequest(id) => opened(Kind::Request(Box::new(desk.request_detail(id)?))),
        Read::OpenMeeting(key) => opened(Kind::Meeting(Box::new(desk.meeting_detail(&key)?))),
        Read::CancelledMeetings(from, to) => {
            which_comes_back(&desk.cancelled_meetings(from, to)?, (from, to))
        }
        Read::OpenEntry(key) => opened(Kind::Entry(Box::new(desk.entry_detail(&key)?))),
        Read::OpenFigures => {
            let receipt = Box::new(desk.header_receipt()?);
            opened(Kind::Receipt(receipt.clone(), desk.receipt(&receipt)?))
        }
        Read::OpenReceipt(receipt) => {
            let facts = desk.receipt(&receipt)?;
            opened(Kind::Receipt(receipt, facts))
        }
        Read::OpenCell { ref handle, from, to } => {
            let cell = desk.cell_work(handle, from, to)?;
            let title =
                format!("{} ({}), {}", cell.person.name, cell.person.handle, day::day_range(from, to));
            Message::Opened(Record::new(Kind::Cell {
                title,
                person: cell.person.id,
                again: read,
                work: cell.work,
                sums: cell.sums,
            }))
        }
        Read::OpenDiscipline(name, people) => opened(Kind::Discipline { name, people }),
        Read::OpenList(title, requests) => opened(Kind::List(title, requests)),
        Read::Standup => {
            let pack = desk.standup(None)?;
            built(DocView::new(pack.by_section, Role::Standup).with_other(pack.by_person).opened(desk.now()))
        }
        Read::Brief(key) => built(DocView::of_brief(desk.brief(key.as_ref())?)),
        Read::Week(on) => built(DocView::new(desk.week_review(on)?, Role::Review(read))),
        Read::Quarter(on) => built(DocView::new(desk.quarter_review(on)?, Role::Review(read))),
        Read::OpenForm(target) => Message::Filling(Box::new(Form::new(desk.sheet(&target)?))),
        Read::StartReflection(key) => {
            let (meeting, evidence) = desk.evidence(&key)?;
            if meeting.start > desk.now() {
                let hint = desk.config.hints.say("has not begun; {prepare} notes an if-then for it");
                return Ok(Message::Said(format!("{} {hint}", meeting.title)));
            }
            Message::Reflecting(Box::new(ReflectForm::new(meeting, evidence)))
        }
        Read::History => Message::History(desk.history(Some(500))?),
    })
}

fn opened(kind: Kind) -> Message {
    Message::Opened(Record::new(kind))
}

/// Asks which cancelled meeting comes back.
fn which_comes_back(cancelled: &[Meeting], (from, to): (NaiveDate, NaiveDate)) -> Message {
    if cancelled.is_empty() {
        return Message::Said(format!("no meeting of {} was cancelled", day::day_range(from, to)));
    }
    let choice = |(index, meeting): (usize, &Meeting)| {
        // From the tenth on they are reached by moving alone.
        let digit = u32::try_from(index + 1).ok().and_then(|number| char::from_digit(number, 10));
        let when =
            if meeting.is_all_day { String::new() } else { meeting.start.format(" %H:%M").to_string() };
        let day = day::short_day(meeting.start.date_naive());
        Choice {
            key: digit.unwrap_or(' '),
            label: format!("{day}{when}  {}", plain::cut(&meeting.title, 60)),
            pick: Pick::Do(Effect::Write(Write::ReinstateMeeting(meeting.key.clone()))),
        }
    };
    let choices = cancelled.iter().enumerate().map(choice).collect();
    Message::Asked(Menu::new(format!("Bring back which meeting of {}?", day::day_range(from, to)), choices))
}

/// Applies edited lines; where some cannot be read, asks whether to mend them, with every fault above its line.
fn edited_as_text(text: &str, desk: &mut Desk) -> Result<Performed, OpsError> {
    // What was said of the lines the last time goes first, or it would count among them.
    let mut lines: Vec<String> =
        text.lines().filter(|line| !line.starts_with("#!")).map(str::to_owned).collect();
    let text = lines.join("\n");
    // Until they are taken over: an answer to the question below, or the end of the program, must not lose them.
    let kept = KeptText::Edited.keep(&(text.clone() + "\n"), desk);
    let (refused, faults) = match applied(&text, desk) {
        Ok((committed, left_out)) => {
            KeptText::Edited.drop_from(desk);
            let mut performed = Performed::committed(&committed);
            if committed.operation.is_none() {
                performed.messages =
                    vec![Message::Said("nothing to change: the lines say what is so".to_owned())];
            } else if left_out > 0 {
                let label = format!("{}; lines taken out stay as they were: {left_out}", committed.label);
                performed.messages = vec![Message::Committed(label)];
            }
            return Ok(performed);
        }
        Err(error) => (error.to_string(), faults_of(&text, desk)?),
    };
    let first = refused.lines().next().unwrap_or_default().to_owned();
    // What is refused for no line of its own is told above all of them.
    if faults.is_empty() {
        lines.insert(0, format!("#! {first}"));
    }
    // From the last on, so that the places of the others hold.
    for fault in faults.iter().rev() {
        lines.insert((fault.line - 1).min(lines.len()), format!("#! {}", fault.told()));
    }
    let again = Effect::Screen(Screen::EditRows(Vec::new(), Some(lines.join("\n") + "\n")));
    let choices = vec![
        Choice { key: 'e', label: "mend the lines in your editor".to_owned(), pick: Pick::Do(again) },
        Choice { key: 'n', label: kept_text::leaving_lines(kept), pick: Pick::Leave },
    ];
    let more = if faults.len() > 1 { format!(" and {} more", faults.len() - 1) } else { String::new() };
    Ok(Performed::message(Message::Asked(Menu::new(format!("{}{more}", plain::cut(&first, 90)), choices))))
}

/// Applies lines of requests, or those of other records, with how many were taken out.
fn applied(text: &str, desk: &mut Desk) -> Result<(Committed<()>, usize), OpsError> {
    if is_of_requests(text) {
        let (committed, read) = desk.apply_text(text)?;
        return Ok((committed.without_output(), read.left_out));
    }
    let (committed, read) = desk.apply_rows(text)?;
    Ok((committed, read.left_out))
}

fn faults_of(text: &str, desk: &Desk) -> Result<Vec<TextFault>, OpsError> {
    if is_of_requests(text) { Ok(desk.read_text(text)?.faults) } else { Ok(desk.read_rows(text)?.faults) }
}

/// Takes back the newest own change without asking, but never silently another program's.
fn undone_own(desk: &mut Desk) -> Result<Performed, OpsError> {
    Ok(match desk.undo_own()? {
        OwnUndo::Done(committed) => Performed::undone(&committed),
        OwnUndo::Asks(question) => Performed::message(Message::Asked(whose_undo(*question))),
    })
}

/// Others have written since one's own newest change: says so, and asks what is to be taken back.
fn whose_undo(question: UndoQuestion) -> Menu {
    const ROOM: usize = 60;
    let UndoQuestion { own, newest, count } = question;
    let more = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
    let title = format!(
        "Not from this cockpit ({}): {}{more}",
        newest.origin.title(),
        plain::cut(&newest.label, ROOM)
    );
    let choice = |key, label: String, effect| Choice { key, label, pick: Pick::Do(effect) };
    let label = |whose: &str, operation: &Operation| {
        format!("take back {whose}: {}", plain::cut(&operation.label, ROOM))
    };
    let mut choices = Vec::new();
    // There need not be one: a cockpit that has changed nothing yet can be asked to undo as well.
    if let Some(own) = &own {
        choices.push(choice('u', label("yours below it", own), Effect::Write(Write::Undo(Some(own.id)))));
    }
    choices.push(choice('t', label("theirs", &newest), Effect::Write(Write::Undo(Some(newest.id)))));
    choices.push(choice('h', "see all that happened".to_owned(), Effect::Read(Read::History)));
    Menu::new(title, choices)
}

fn told_of(forgotten: &Forgotten) -> Performed {
    let notice = Record::new(Kind::Notice(forgotten.label.clone(), forgotten.told()));
    // The words may have stood in any of the tables.
    Performed { changed: Tables::ALL, ..Performed::message(Message::Opened(notice)) }
}

fn built(view: DocView) -> Message {
    Message::Built(Box::new(view))
}

/// Copies the questions about what is missing, and moves what is new to clarifying.
fn clarify(ids: &[RequestId], desk: &mut Desk, copy: Copier) -> Result<Performed, OpsError> {
    let mut texts = Vec::new();
    let mut moving = Vec::new();
    for id in ids {
        let detail = desk.request_detail(*id)?;
        texts.push(detail.questions);
        // Of work that is further along the questions are copied all the same; its stage stays.
        if detail.row.request.stage.next().contains(&Stage::Clarifying) {
            moving.push(*id);
        }
    }
    let how = copy(&texts.join("\n"));
    if moving.is_empty() {
        return Ok(Performed::message(Message::Said(format!("the questions: {how}"))));
    }
    let committed = desk.move_to(&moving, Stage::Clarifying, "")?;
    let mut performed = Performed::committed(&committed);
    performed.messages = vec![Message::Committed(format!("{}; the questions: {how}", committed.label))];
    Ok(performed)
}
