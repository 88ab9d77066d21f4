//! What the declarations of the records say, asked for by kind.

use super::record::{FieldSpec, Fields, Kind, Record, of_kind};

/// The fields of a kind in the order of its form; none for requests, which have rules of their own.
pub fn fields(kind: Kind) -> &'static [FieldSpec] {
    of_kind!(kind, R => R::FIELDS, &[])
}

/// The fields that the form of a kind asks for.
pub fn form_fields(kind: Kind) -> impl Iterator<Item = &'static FieldSpec> {
    fields(kind).iter().filter(|field| field.is_in_form())
}
/// What the form of a new one is called; empty where there is none.
pub fn new_title(kind: Kind) -> &'static str {
    of_kind!(kind, R => R::NEW, "")
}

/// A line of capture as an example; empty for what is not filed in one line.
pub fn example(kind: Kind) -> &'static str {
    of_kind!(kind, R => R::EXAMPLE, "")
}

/// The kinds that are noted about one of another kind by commands of their own, with what help says of each.
pub fn notes(kind: Kind) -> &'static [(Kind, &'static str)] {
    of_kind!(kind, R => R::NOTES, &[])
}

/// What everything that is exported calls the list of a kind; empty where it has none.
pub fn list_name(kind: Kind) -> &'static str {
    of_kind!(kind, R => R::LIST, "")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::field::Field;

    /// Every field that is declared, with what declares it.
    fn declared() -> Vec<(&'static str, Vec<FieldSpec>)> {
        let records = Kind::ALL.iter().map(|kind| (kind.name(), fields(*kind).to_vec()));
        let requests = ("request", Field::ALL.iter().map(|field| *field.spec()).collect());
        records.filter(|(name, _)| *name != "request").chain([requests]).collect()
    }

    #[test]
    fn a_word_means_one_field() {
        for (kind, fields) in declared() {
            let mut words = BTreeSet::new();
            for word in
                fields.iter().flat_map(|field| [field.name].into_iter().chain(field.aliases.iter().copied()))
            {
                assert!(words.insert(word), "{kind} has two fields that are called {word}");
            }
            for mark in ['@', '~'] {
                let marked = fields.iter().filter(|field| field.mark == Some(mark)).count();
                assert!(marked <= 1, "{kind} has {marked} fields behind {mark}");
            }
        }
    }

    #[test]
    fn no_two_fields_have_one_name_in_json() {
        for (kind, fields) in declared() {
            let names: BTreeSet<String> = fields.iter().map(FieldSpec::json_name).collect();
            assert_eq!(names.len(), fields.len(), "{kind}: {names:?}");
        }
    }

    #[test]
    fn what_can_be_typed_has_a_title_and_an_option_has_help() {
        for (kind, fields) in declared() {
            for field in fields {
                assert!(!field.title.is_empty(), "{kind} {}", field.name);
                let needs_help = field.is_option() && kind != "request";
                assert!(!needs_help || !field.help().is_empty(), "{kind} --{} has no help", field.name);
            }
        }
    }

    #[test]
    fn what_is_needed_is_asked_for() {
        for (kind, fields) in declared() {
            let hidden: Vec<_> =
                fields.iter().filter(|field| field.is_needed && !field.is_in_form()).collect();
            assert!(hidden.is_empty(), "{kind}: {hidden:?}");
        }
    }
}
