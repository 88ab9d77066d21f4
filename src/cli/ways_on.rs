//! What can be done about a failure that the verbs have no advice for: which command names what there is.

use super::CliError;
use crate::domain::record::Kind;

/// The way on, as a hint below the error.
pub fn way_on(error: &CliError) -> Option<String> {
    match error {
        CliError::Ops(failure) => failure.hint().or_else(|| missing(&failure.to_string())),
        CliError::Nothing(said) if said == NONE_OPEN => Some(
            "`tablesetter add WORDS…` takes one in, `tablesetter import requests FILE` a list; `list stage:any` shows what is closed."
                .to_owned(),
        ),
        CliError::Io(said) if said.starts_with("cannot read") => {
            Some("Name a file that you may read, or `-` for standard input.".to_owned())
        }
        _ => None,
    }
}

/// What an empty queue says.
pub const NONE_OPEN: &str = "no request is open";

/// For `there is no request R-99`: the list in which its key would stand.
fn missing(said: &str) -> Option<String> {
    // The error holds only what is missing as a text, so its sentence has to tell the kind.
    let what = said.strip_prefix("there is no ")?;
    let list = match what.split_once(' ')?.0 {
        "request" => "list stage:any".to_owned(),
        "change" => "history".to_owned(),
        kind => format!("{} list", kind.parse::<Kind>().ok()?),
    };
    Some(format!("`tablesetter {list}` shows the keys."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::OpsError;

    #[test]
    fn what_is_not_there_is_told_with_the_list_that_it_would_stand_in() {
        let hint =
            |message: &str| way_on(&OpsError::NotFound { message: message.to_owned(), hint: None }.into());
        for (message, list) in [
            ("there is no request R-9999", "list stage:any"),
            ("there is no outcome O-9", "outcome list"),
            ("there is no stakeholder S-99", "stakeholder list"),
            ("there is no change 99999", "history"),
        ] {
            assert_eq!(hint(message), Some(format!("`tablesetter {list}` shows the keys.")), "{message}");
        }
        assert_eq!(hint("there is no way"), None);
    }
}
