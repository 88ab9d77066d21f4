//! Saved views as forms. They stand in the configuration and in no store, so they are checked here and written elsewhere.

use super::{FormContext, Texts};
use crate::domain::view::View;
use crate::domain::view::form::{ViewForm, WrongPart};
use crate::ops::typed::fill;

/// The view that is typed in place of another one.
///
/// # Errors
/// The part that is wrong, and a sentence.
pub fn typed_view(before: &View, texts: &Texts, around: FormContext<'_>) -> Result<View, WrongPart> {
    let mut form = ViewForm::of(before);
    fill(&mut form, texts, &[], around.reading).map_err(|error| ("name", error.to_string()))?;
    form.read(before, around.reading)
}
