//! Sources: which sleep, which fail, and whether addresses can be fetched at all. Nothing is fetched for it, and no
//! address is shown.

use super::{Check, mend};
use crate::config::Places;
use crate::ops::sources::{Machine, SourceStatus, is_curl_there};

/// Nothing where there is no source.
pub fn checks(places: &Places, is_fixing: bool) -> Vec<Check> {
    let machine = Machine::of_config(&places.config);
    // A store that cannot be opened is told by a check of its own.
    let all = super::desk(places).and_then(|desk| desk.sources(Some(&machine)).ok()).unwrap_or_default();
    if all.is_empty() {
        return Vec::new();
    }
    let mut checks: Vec<Check> = all.iter().filter_map(notable).collect();
    if all.iter().any(|status| status.source.way.is_address()) && !is_curl_there() {
        let detail = "addresses are fetched by curl, and there is none on this machine";
        checks.push(Check::bad(
            "sources",
            detail,
            "install curl, or let a command print the file: --command",
        ));
    }
    let open = machine.open_to_others();
    if let Some(first) = open.first() {
        let detail = format!("others on this machine can read {}, where addresses are kept", first.display());
        checks.push(Check::mended("sources", detail, (is_fixing, "make it readable by you alone"), || {
            open.iter().try_for_each(|path| mend::make_private(path))?;
            Ok("readable by you alone now".to_owned())
        }));
    }
    if checks.is_empty() {
        checks.push(Check::good("sources", format!("{} of them, none asleep or failing", all.len())));
    }
    checks
}

/// What there is to say of one that is not as it should be, or sleeps.
fn notable(status: &SourceStatus) -> Option<Check> {
    if let Some((why, hint)) = status.asleep_words() {
        // That is how it should be until somebody says otherwise, and nothing is broken by it.
        return Some(Check { fix: Some(hint), ..Check::good("sources", why) });
    }
    let name = &status.source.name;
    let error = status.state.error.as_ref()?;
    let detail = format!("{name} could not be read: {error}");
    Some(Check::bad("sources", detail, format!("`tablesetter source refresh '{name}'` tries again")))
}
