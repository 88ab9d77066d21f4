//! What the program must survive: kills, power cuts, calls that fail, full disks, hostile files, random keys.
//! Each campaign runs in a short form with the other tests. The long form, whose counts are the ones to quote, is
//! run by hand: `TABLESETTER_CAMPAIGN=long cargo test --release --test it campaign -- --nocapture`. The parsers, which
//! nothing outside the library can call, have theirs in `src/testkit/fuzz.rs`: the same with `--lib testkit::fuzz`.

mod ends;
mod hostile_files;
mod keys;
mod kills;

/// How often a campaign runs: `short` with the other tests, `long` by hand.
fn rounds(short: usize, long: usize) -> usize {
    match std::env::var("TABLESETTER_CAMPAIGN") {
        Ok(said) if said == "long" => long,
        _ => short,
    }
}
