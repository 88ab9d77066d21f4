//! Arguments and options that follow from declared fields: whoever declares a field has its option, with its help.

use std::marker::PhantomData;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};

use crate::domain::record::{FieldSpec, Fields};

/// Fields by name with what was given.
pub type GivenWords = Vec<(&'static str, String)>;

pub fn option(name: &'static str, value_name: &'static str, help: impl Into<String>) -> Arg {
    Arg::new(name).long(name).value_name(value_name).help(help.into())
}

pub fn argument(name: &'static str, value_name: &'static str) -> Arg {
    Arg::new(name).value_name(value_name).action(ArgAction::Set).required(true)
}

/// What was given behind a name.
pub fn given(matches: &ArgMatches, name: &str) -> Option<String> {
    // `try`: asking clap for an argument that this command does not have is a panic otherwise, and verbs
    // differ.
    matches.try_get_one::<String>(name).ok().flatten().cloned()
}

/// What was given behind a name that may be repeated, a semicolon behind each: what is given may have commas of its own.
fn all_given(matches: &ArgMatches, name: &str) -> Option<String> {
    let values = matches.try_get_many::<String>(name).ok().flatten()?;
    Some(values.fold(String::new(), |all, value| all + value + ";"))
}

/// What a command that adds one of `F` was given, or with `IS_EDIT` one that changes one: an argument or option for each
/// field that has any.
#[derive(Debug, Clone)]
pub struct GivenFields<F, const IS_EDIT: bool> {
    /// Fields by name with what was given, in the order of their declaration.
    pub words: GivenWords,
    fields: PhantomData<F>,
}

/// What a new one is given.
pub type FieldsToAdd<F> = GivenFields<F, false>;

/// What changes of one that is there.
pub type FieldsToChange<F> = GivenFields<F, true>;

impl<F: Fields, const IS_EDIT: bool> GivenFields<F, IS_EDIT> {
    fn arg(field: &'static FieldSpec) -> Option<Arg> {
        let named = |help: &str| option(field.name, field.value_name(), help).long(field.option_name());
        match field.argument {
            Some(value_name) if !IS_EDIT => Some(argument(field.name, value_name).help(field.help())),
            Some(_) => Some(named(&format!("{} from now on", field.help()))),
            None if !field.is_option() => None,
            None if field.is_flag() => {
                Some(Arg::new(field.name).long(field.name).help(field.help()).action(ArgAction::SetTrue))
            }
            None if field.is_repeated() => Some(named(field.help()).action(ArgAction::Append)),
            // A default would set the field of everything that is edited without it.
            None if IS_EDIT => Some(named(field.help())),
            None => {
                Some(named(field.help()).required(field.is_required()).default_value(field.default_text()))
            }
        }
    }
}

// By hand: the derive of clap needs its fields while compiling, and these are declared with the records.
impl<F: Fields, const IS_EDIT: bool> Args for GivenFields<F, IS_EDIT> {
    fn augment_args(command: Command) -> Command {
        command.args(F::FIELDS.iter().filter_map(Self::arg))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Fields, const IS_EDIT: bool> FromArgMatches for GivenFields<F, IS_EDIT> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let is_set = |field: &FieldSpec| matches!(matches.try_get_one::<bool>(field.name), Ok(Some(true)));
        let text = |field: &FieldSpec| match () {
            () if field.is_flag() => is_set(field).then(|| "yes".to_owned()),
            () if field.is_repeated() => all_given(matches, field.name),
            () => given(matches, field.name),
        };
        let words = F::FIELDS.iter().filter_map(|field| Some((field.name, text(field)?))).collect();
        Ok(Self { words, fields: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
