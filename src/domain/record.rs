//! Records that are lines of named fields: outcomes, gains, decisions and the like. One macro gives each its
//! fields by name, so that forms, flags of the command line, capture and the store read and write them in one way.

mod datum;
mod key;
mod spec;

use chrono::NaiveDate;

pub use super::ids::Kind;
pub(crate) use super::ids::of_kind;
use super::words::ParseContext;

pub(crate) use datum::word_datum;
pub use datum::{DAY_FORMAT, Datum, Percent, Stored, StoredValue, Third};
pub use key::RecordKey;
pub use spec::{FieldKind, FieldSpec};
pub(crate) use spec::{field, joined};

/// Something whose fields can be shown and set by name: a record, or what a form asks of one that is kept otherwise.
pub trait Fields: Sized {
    /// Its fields in the order of its form.
    const FIELDS: &'static [FieldSpec];

    /// A field as it could be typed; empty for a field that it does not have.
    fn get(&self, field: &str) -> String;
    /// Sets a field from what was typed; `none`, `-` and nothing clear it.
    ///
    /// # Errors
    /// A sentence: what is wrong and what would be right. It is left as it was.
    fn set(&mut self, field: &str, typed: &str, context: &ParseContext) -> Result<(), String>;
}

/// A row of a table with a column for each field.
pub trait TableRow: Fields {
    /// Names of its fields as the store has them, in the same order.
    const COLUMNS: &'static [&'static str];

    /// One with nothing in it yet, begun on a day.
    fn blank(today: NaiveDate) -> Self;
    /// Its number; zero before it is stored.
    fn number(&self) -> i64;
    /// Gives it its number.
    fn set_number(&mut self, number: i64);
    /// A field by its place, as the store holds it.
    fn stored(&self, index: usize) -> StoredValue;
    /// Sets a field by its place from what the store holds.
    ///
    /// # Errors
    /// A sentence when the value does not belong there.
    fn set_stored(&mut self, index: usize, value: StoredValue) -> Result<(), String>;
}

/// A record that is a row of a table and nothing else. Its first field is its title.
pub trait Record: TableRow + Clone + PartialEq {
    /// Which of the kinds it is.
    const KIND: Kind;
    /// What the form of a new one is called; empty where it has no form.
    const NEW: &'static str = "";
    /// What `--help` says of its command; empty where it has none.
    const ABOUT: &'static str = "";
    /// What `--help` says of adding one.
    const ADD: &'static str = "Add one";
    /// What `--help` says of changing one.
    const EDIT: &'static str = "Change one; `none` clears a field";
    /// A line of capture as an example; empty where it can't be filed in one line.
    const EXAMPLE: &'static str = "";
    /// What everything that is exported calls the list of them; empty where it has none.
    const LIST: &'static str = "";
    /// None of them is shown while presenting.
    const IS_PRIVATE: bool = false;
    /// The columns by which lists of them are ordered.
    const ORDER: &'static str = "id";
    /// Kinds that are noted about one of it by commands of their own, with what help says of each.
    const NOTES: &'static [(Kind, &'static str)] = &[];

    /// What keeps it from being written, if anything does.
    fn fault(&self) -> Option<String>;

    /// What people call it by, with its number; of one that is not stored yet the number is zero.
    fn key(&self) -> RecordKey {
        RecordKey::Numbered(Self::KIND, self.number())
    }

    /// What it is called.
    fn title(&self) -> String {
        Self::FIELDS.first().map_or_else(String::new, |field| self.get(field.name))
    }
}

/// Words that clear a field.
pub fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "-" | "none")
}

/// Fields that can be shown and set by name, for a type whose members are listed.
macro_rules! impl_fields {
    ($name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty = $text:literal => $spec:expr,)* }) => {
        impl $crate::domain::record::Fields for $name {
            const FIELDS: &'static [$crate::domain::record::FieldSpec] = {
                // Here, so that a declaration needs no imports for what the macro writes.
                use $crate::domain::record::{Datum, field};
                &[$($spec.declared($text, concat!($($field_doc),+), <$ty as Datum>::KIND),)*]
            };

            fn get(&self, field: &str) -> String {
                match field {
                    $($text => $crate::domain::record::Datum::shown(&self.$field),)*
                    _ => String::new(),
                }
            }

            fn set(&mut self, field: &str, typed: &str, context: &$crate::domain::words::ParseContext) -> Result<(), String> {
                match field {
                    $($text => self.$field = $crate::domain::record::Datum::read(typed.trim(), context)?,)*
                    _ => return Err(format!("there is no field {field}")),
                }
                Ok(())
            }
        }
    };
}

/// Declares what a form asks of something that is no row of named columns, because it is kept in several tables or
/// follows rules of its own.
macro_rules! form {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty = $text:literal => $spec:expr,)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[doc = $field_doc])+ pub $field: $ty,)* }

        $crate::domain::record::impl_fields! {
            $name { $($(#[doc = $field_doc])+ $field: $ty = $text => $spec,)* }
        }
    };
}

/// The name of a field's column: its own, or the one that stands behind `in`.
macro_rules! column {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $column:literal) => {
        $column
    };
}

/// Declares a record: its type, and each field with its type, its name as it is typed and what is said of it. The
/// documentation of a field is what `--help` says of its option.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident = $kind:ident, $id:ident {
            $(const $constant:ident: $constant_type:ty = $constant_value:expr;)*
            $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty = $text:literal $(in $column:literal)? => $spec:expr,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            /// Its number and key.
            pub id: $crate::domain::ids::$id,
            $($(#[doc = $field_doc])+ pub $field: $ty,)*
        }

        $crate::domain::record::fields_of! {
            $name = $kind, $id {
                $(const $constant: $constant_type = $constant_value;)*
                $($(#[doc = $field_doc])+ $field: $ty = $text $(in $column)? => $spec,)*
            }
        }
    };
}

/// Makes a type with declared fields a row of a table. What it has beside them begins empty.
macro_rules! row_of {
    ($name:ident, $id:ident { $($field:ident: $ty:ty = $text:literal $(in $column:literal)?,)* } $($other:ident)*) => {
        impl $crate::domain::record::TableRow for $name {
            const COLUMNS: &'static [&'static str] = &[$($crate::domain::record::column!($field $($column)?),)*];

            fn blank(today: chrono::NaiveDate) -> Self {
                Self {
                    id: $crate::domain::ids::$id(0),
                    $($field: <$ty as $crate::domain::record::Datum>::first(today),)*
                    $($other: Default::default(),)*
                }
            }

            fn number(&self) -> i64 {
                self.id.0
            }

            fn set_number(&mut self, number: i64) {
                self.id = $crate::domain::ids::$id(number);
            }

            fn stored(&self, index: usize) -> $crate::domain::record::StoredValue {
                // A macro cannot number what it repeats, so a place is found by the name of its field.
                match <Self as $crate::domain::record::Fields>::FIELDS.get(index).map(|field| field.name) {
                    $(Some($text) => $crate::domain::record::Stored::stored(&self.$field),)*
                    _ => $crate::domain::record::StoredValue::Null,
                }
            }

            fn set_stored(&mut self, index: usize, value: $crate::domain::record::StoredValue) -> Result<(), String> {
                match <Self as $crate::domain::record::Fields>::FIELDS.get(index).map(|field| field.name) {
                    $(Some($text) => self.$field = $crate::domain::record::Stored::from_stored(value)?,)*
                    _ => return Err(format!("there is no field {index}")),
                }
                Ok(())
            }
        }
    };
}

/// Declares a type whose fields are a row of one table, and what it has beside them from others.
macro_rules! row {
    (
        $(#[$doc:meta])*
        $name:ident = $id:ident {
            $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty = $text:literal $(in $column:literal)? => $spec:expr,)*
        }
        others { $($(#[$other_doc:meta])* $other:ident: $other_ty:ty,)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            /// Its number and key; zero before it is stored.
            pub id: $crate::domain::ids::$id,
            $($(#[doc = $field_doc])+ pub $field: $ty,)*
            $($(#[$other_doc])* pub $other: $other_ty,)*
        }

        $crate::domain::record::impl_fields! {
            $name { $($(#[doc = $field_doc])+ $field: $ty = $text => $spec,)* }
        }

        $crate::domain::record::row_of! {
            $name, $id { $($field: $ty = $text $(in $column)?,)* } $($other)*
        }
    };
}

/// Declares the fields of a type that stands elsewhere, because what reads a day needs it.
macro_rules! fields_of {
    (
        $name:ident = $kind:ident, $id:ident {
            $(const $constant:ident: $constant_type:ty = $constant_value:expr;)*
            $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty = $text:literal $(in $column:literal)? => $spec:expr,)*
        }
    ) => {
        $crate::domain::record::impl_fields! {
            $name { $($(#[doc = $field_doc])+ $field: $ty = $text => $spec,)* }
        }

        $crate::domain::record::row_of! {
            $name, $id { $($field: $ty = $text $(in $column)?,)* }
        }

        impl $crate::domain::record::Record for $name {
            const KIND: $crate::domain::record::Kind = $crate::domain::record::Kind::$kind;
            $(const $constant: $constant_type = $constant_value;)*

            fn fault(&self) -> Option<String> {
                self.wrong()
            }
        }
    };
}

pub(crate) use column;
pub(crate) use fields_of;
pub(crate) use form;
pub(crate) use impl_fields;
pub(crate) use record;
pub(crate) use row;
pub(crate) use row_of;
