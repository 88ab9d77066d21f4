//! What the declarations of the records say, asked for by kind.

use super::record::{FieldSpec, Fields, Kind, Record, of_kind};

/// The fields of a kind in the order of its form; none for requests, which have rules of their own.
#[must_use]
pub fn fields(kind: Kind) -> &'static [FieldSpec] {
    of_kind!(kind, R => R::FIELDS, &[])
}

/// The fields that the form of a kind asks for.
pub fn form_fields(kind: Kind) -> impl Iterator<Item = &'static FieldSpec> {
    fields(kind).iter().filter(|field| field.is_in_form())
}

/// A field of a kind by its name.
#[must_use]
pub fn field(kind: Kind, name: &str) -> Option<&'static FieldSpec> {
    fields(kind).iter().find(|field| field.name == name)
}

/// What the form of a new one is called; empty where there is none.
#[must_use]
pub fn new_title(kind: Kind) -> &'static str {
    of_kind!(kind, R => R::NEW, "")
}

/// A line of capture as an example; empty for what is not filed in one line.
#[must_use]
pub fn example(kind: Kind) -> &'static str {
    of_kind!(kind, R => R::EXAMPLE, "")
}

/// The kinds that are noted about one of another kind by commands of their own, with what help says of each.
#[must_use]
pub fn notes(kind: Kind) -> &'static [(Kind, &'static str)] {
    of_kind!(kind, R => R::NOTES, &[])
}

/// What everything that is exported calls the list of a kind; empty where it has none.
#[must_use]
pub fn list_name(kind: Kind) -> &'static str {
    of_kind!(kind, R => R::LIST, "")
}
