//! What the program must survive: kills, power cuts, calls that fail, full disks, hostile files, random keys.
//! Each campaign runs in a short form with the other tests. The long form, whose counts are the ones to quote, is
//! run by hand: `TABLESETTER_CAMPAIGN=long cargo test --release --test it campaign -- --nocapture`. The parsers, which
//! nothing outside the library can call, have theirs in `src/testkit/fuzz.rs`: the same with `--lib testkit::fuzz`.

mod ends;
mod failing_calls;
mod full_disk;
mod hostile_files;
mod keys;
mod kills;
mod power_cuts;
mod tracing;

/// How often a campaign runs: `short` with the other tests, `long` by hand.
fn rounds(short: usize, long: usize) -> usize {
    match std::env::var("TABLESETTER_CAMPAIGN") {
        Ok(said) if said == "long" => long,
        _ => short,
    }
}

/// True if programs can be traced here; says what is skipped otherwise.
pub(crate) fn can_trace(what: &str) -> bool {
    tracing::is_possible(what)
}

/// The program with a call that fails; what it said, and how often the call failed.
pub(crate) fn with_failing(arguments: &[&str], inject: &str) -> (std::process::Output, usize) {
    tracing::failing(arguments, inject)
}
