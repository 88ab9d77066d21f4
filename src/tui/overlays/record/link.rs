//! What a record names and can be gone to, or changed from there.

use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::proposal::Proposal;
use crate::domain::record::{Kind, RecordKey};
use crate::ops::books::Receipt;
use crate::ops::plan::Plan;
use crate::ops::sheet::FormTarget;
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::overlays::Response;
use crate::tui::overlays::menu::{Choice, Menu, Pick};

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    Request(RequestId),
    Meeting(OccurrenceKey),
    Person(PersonId),
    /// To a share: its request, its person, and what can be done to it.
    Share(AllocationId, RequestId, PersonId),
    /// To a record of the books, or a meeting.
    Record(RecordKey),
    /// To requests under a title.
    Requests(String, Vec<RequestId>),
    /// To the rows behind a figure.
    Receipt(Box<Receipt>),
    /// To what can be made of a proposal.
    Proposal(Box<Proposal>),
    /// To a form of something small that has no page of its own.
    Form(FormTarget),
}

impl Link {
    /// How the page beside a list is read, where there is one. What can be made of a proposal is asked by a menu, which is
    /// no page; there the rows that speak for it are what a reader wants.
    pub fn read(&self) -> Option<Read> {
        if let Self::Proposal(proposal) = self {
            return Some(Read::OpenReceipt(Box::new(receipt(proposal))));
        }
        let Response::Do(effects) = self.follow() else { return None };
        effects.into_iter().find_map(|effect| match effect {
            Effect::Read(read) => Some(read),
            Effect::Write(_) | Effect::Previewed(..) | Effect::Screen(_) | Effect::Job(_) => None,
        })
    }

    /// The form of what stands there, where it is something small: a share, an absence, a holiday.
    pub fn form(&self) -> Option<FormTarget> {
        match self {
            Self::Share(share, ..) => Some(FormTarget::Share(*share)),
            Self::Form(target) => Some(target.clone()),
            _ => None,
        }
    }

    /// What Enter does on it.
    pub fn follow(&self) -> Response {
        match self {
            Self::Request(id) => Response::Do(vec![Effect::Read(Read::OpenRequest(*id))]),
            Self::Meeting(key) => Response::Do(vec![Effect::Read(Read::OpenMeeting(key.clone()))]),
            Self::Person(id) => Response::Do(vec![Effect::Read(Read::OpenPerson(*id))]),
            Self::Share(share, request, person) => {
                let target = FormTarget::Share(*share);
                let swap = Plan { moves: Some(*share), ..Plan::whole(*request) };
                let choices = vec![
                    choice('o', "open the request", Effect::Read(Read::OpenRequest(*request))),
                    choice('e', "hours, days, shape, who", Effect::Read(Read::OpenForm(target.clone()))),
                    choice('s', "see who else could do it", Effect::Read(Read::Weigh(Box::new(swap)))),
                    choice('f', "spread the person's work anew", Effect::Write(Write::Reshape(*person))),
                    choice('p', "open the person", Effect::Read(Read::OpenPerson(*person))),
                    choice('x', "take it away", Effect::Write(Write::Remove(target))),
                ];
                menu(format!("This share of {request}"), choices)
            }
            Self::Record(key) => Response::Do(vec![Effect::open(key)]),
            // As a receipt, since that is read anew: titles and stages are those of now.
            Self::Requests(title, ids) => {
                Response::Do(vec![Effect::Read(Read::OpenReceipt(Box::new(Receipt {
                    title: title.clone(),
                    keys: ids.iter().map(|id| (*id).into()).collect(),
                    ..Receipt::default()
                })))])
            }
            Self::Receipt(receipt) => Response::Do(vec![Effect::Read(Read::OpenReceipt(receipt.clone()))]),
            Self::Proposal(proposal) => menu(
                proposal.text.clone(),
                vec![
                    choice('f', "file it as friction", Effect::Read(Read::OpenForm(filed(proposal)))),
                    choice(
                        'o',
                        "open the rows behind it",
                        Effect::Read(Read::OpenReceipt(Box::new(receipt(proposal)))),
                    ),
                ],
            ),
            Self::Form(target) => menu(
                "Change it?".to_owned(),
                vec![
                    choice('e', "edit", Effect::Read(Read::OpenForm(target.clone()))),
                    choice('x', "take it away", Effect::Write(Write::Remove(target.clone()))),
                ],
            ),
        }
    }
}

/// A proposal as the beginning of a friction; nothing is written until the form is saved.
fn filed(proposal: &Proposal) -> FormTarget {
    FormTarget::NewEntry(Kind::Friction, proposal.known())
}

fn receipt(proposal: &Proposal) -> Receipt {
    Receipt {
        title: proposal.text.clone(),
        text: proposal.evidence.clone(),
        keys: proposal.keys.iter().map(|id| (*id).into()).collect(),
        ..Receipt::default()
    }
}

fn choice(key: char, label: &str, effect: Effect) -> Choice {
    Choice { key, label: label.to_owned(), pick: Pick::Do(effect) }
}

fn menu(title: String, choices: Vec<Choice>) -> Response {
    Response::Open(Menu::new(title, choices).into())
}
