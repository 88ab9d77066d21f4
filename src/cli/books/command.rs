//! The commands of the records: `outcome`, `promise` and the like, each with `add`, `list`, `show`, `edit` and what
//! its declaration adds. Their options are built from the fields, so a field that is declared has its option.

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, Subcommand};

use crate::cli::fields::{GivenWords, argument, given};
use crate::cli::views::ListWords;
use crate::domain::kinds;
use crate::domain::record::{FieldKind, FieldSpec, Kind, Record, of_kind};

/// What is to be done with records of a kind.
#[derive(Debug, Clone)]
pub enum Verb {
    /// Add one.
    Add(GivenWords),
    /// List those that fit a filter, a view, or both.
    List(ListWords),
    /// Show one, by its key, with what touches it.
    Show(String),
    /// Change fields of one.
    Edit(String, GivenWords),
    /// Set one of its days: the field, and the day if one is said.
    SetDay(String, &'static str, Option<String>),
    /// Make one of two that are the same.
    Merge(String, String),
    /// List what the data proposes.
    Proposals,
    /// Add what the data proposes, by what it comes from, with other words where some are given.
    TakeProposal(String, GivenWords),
    /// Note something of another kind about one: a reading of an outcome.
    Note(Kind, GivenWords),
}

/// A command over the records of one kind.
#[derive(Debug, Clone)]
pub struct RecordCommand {
    /// The kind whose name the command has.
    pub kind: Kind,
    /// What is to be done.
    pub verb: Verb,
}

fn about(kind: Kind) -> &'static str {
    of_kind!(kind, R => R::ABOUT, "")
}

fn kinds_with_command() -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(|kind| !about(*kind).is_empty())
}

fn option(name: &'static str, value_name: &'static str, help: &'static str) -> Arg {
    // A text may begin with a minus, such as `--value -3` or a note that is a list.
    super::super::fields::option(name, value_name, help).allow_hyphen_values(true)
}

/// Options of a field: one as a rule, one for each word where it is split by a choice.
fn options(command: Command, field: &'static FieldSpec) -> Command {
    if let Some((_, words)) = field.split {
        return words.iter().fold(command, |command, (word, help)| {
            let others = words.iter().map(|(other, _)| *other).filter(|other| other != word);
            command.arg(option(word, field.value_name(), help).conflicts_with_all(others))
        });
    }
    if field.is_option() {
        command.arg(option(field.name, field.value_name(), field.help()))
    } else {
        command
    }
}

/// The arguments without a name, then the options.
fn inputs(command: Command, fields: &'static [FieldSpec]) -> Command {
    let named = fields.iter().filter_map(|field| Some((field, field.argument?)));
    let command = named.fold(command, |command, (field, value_name)| {
        // A reading may be below zero; elsewhere a leading minus is more likely an option that is written
        // wrongly.
        let takes_minus = field.kind == FieldKind::Number;
        command.arg(argument(field.name, value_name).help(field.help()).allow_hyphen_values(takes_minus))
    });
    fields.iter().fold(command, options)
}

/// What stands for the title in a line that gives it without an option.
const TITLE: &str = "TITLE";
const KEY: &str = "key";
const OTHER: &str = "other";
const PROPOSALS: &str = "proposals";
const PROPOSAL: &str = "proposal";

fn build<R: Record>(command: Command) -> Command {
    let key = || argument(KEY, "KEY").help(format!("Its key, as {}-2", R::KIND.prefix()));
    let mut add = Command::new("add").about(R::ADD);
    // Where fields have places of their own on the line, a title in front would be one too many.
    if R::FIELDS.iter().all(|field| field.argument.is_none()) {
        add = add.arg(argument(TITLE, TITLE).required(false).help("What it is, in a few words"));
    }
    if R::KIND == Kind::Friction {
        let about = "Take over what `friction proposals` lists, by what stands behind it there; it is proposed no more";
        add = add.arg(option(PROPOSAL, "WHENCE", about));
    }
    let edit = Command::new("edit").about(R::EDIT).arg(key());
    let command = command
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(inputs(add, R::FIELDS))
        .subcommand(ListWords::augment_args(Command::new("list")).about("List them; words filter"))
        .subcommand(Command::new("show").about("Show one with what touches it").arg(key()))
        .subcommand(R::FIELDS.iter().fold(edit, options));
    let command = if R::KIND == Kind::Stakeholder {
        let merge = "Make one of two that are the same; the older key stays, with both names";
        let other = argument(OTHER, "KEY").help("The other one");
        command.subcommand(Command::new("merge").about(merge).arg(key()).arg(other))
    } else if R::KIND == Kind::Friction {
        let proposals =
            "What waits, drifts and comes again, as the data shows it: to be added as a friction, or not";
        command.subcommand(Command::new(PROPOSALS).about(proposals))
    } else {
        command
    };
    let command = R::NOTES.iter().fold(command, |command, (kind, about)| {
        command.subcommand(inputs(Command::new(kind.name()).about(*about), kinds::fields(*kind)))
    });
    let verbs = R::FIELDS.iter().filter_map(|field| field.day_verb);
    verbs.fold(command, |command, (verb, about)| {
        let on = option("on", "D", "On which day; without it, today");
        command.subcommand(Command::new(verb).about(about).arg(key()).arg(on))
    })
}

/// What was given of the fields, in the order of the record.
fn words(fields: &'static [FieldSpec], matches: &ArgMatches) -> GivenWords {
    let mut words = GivenWords::new();
    for (index, field) in fields.iter().enumerate() {
        if let Some((choice, ways)) = field.split {
            let way = ways.iter().find_map(|(word, _)| Some((*word, given(matches, word)?)));
            words.extend(
                way.into_iter().flat_map(|(word, text)| [(choice, word.to_owned()), (field.name, text)]),
            );
        } else {
            let title = if index == 0 { given(matches, TITLE) } else { None };
            words.extend(title.or_else(|| given(matches, field.name)).map(|text| (field.name, text)));
        }
    }
    words
}

fn verb(kind: Kind, name: &str, matches: &ArgMatches) -> Option<Verb> {
    let fields = kinds::fields(kind);
    let key = || given(matches, KEY).unwrap_or_default();
    Some(match name {
        "add" => match given(matches, PROPOSAL) {
            Some(origin) => Verb::TakeProposal(origin, words(fields, matches)),
            None => Verb::Add(words(fields, matches)),
        },
        "list" => Verb::List(ListWords::from_arg_matches(matches).ok()?),
        "show" => Verb::Show(key()),
        "edit" => Verb::Edit(key(), words(fields, matches)),
        PROPOSALS => Verb::Proposals,
        "merge" => Verb::Merge(key(), given(matches, OTHER).unwrap_or_default()),
        name => {
            let ends = |field: &&FieldSpec| field.day_verb.is_some_and(|(verb, _)| verb == name);
            if let Some(field) = fields.iter().find(ends) {
                return Some(Verb::SetDay(key(), field.name, given(matches, "on")));
            }
            let (note, _) = kinds::notes(kind).iter().find(|(note, _)| note.name() == name)?;
            Verb::Note(*note, words(kinds::fields(*note), matches))
        }
    })
}

// By hand: the derive of clap needs its fields while compiling, and these are declared with the records.
impl Subcommand for RecordCommand {
    fn augment_subcommands(command: Command) -> Command {
        kinds_with_command().fold(command, |command, kind| {
            let own = Command::new(kind.name()).about(about(kind));
            command.subcommand(of_kind!(kind, R => build::<R>(own), own))
        })
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        kinds_with_command().any(|kind| kind.name() == name)
    }
}

impl FromArgMatches for RecordCommand {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let missing = || Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        let kind = kinds_with_command().find(|kind| kind.name() == name).ok_or_else(missing)?;
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        Ok(Self { kind, verb: verb(kind, name, matches).ok_or_else(missing)? })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
