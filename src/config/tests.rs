//! The configuration: defaults, faults with their places, limits.

use super::*;

#[test]
fn the_embedded_files_are_whole() {
    let loaded = parse("");
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.config.tiers.0[1].ready_at, 80);
    let mut example = parse(EXAMPLE);
    example.config.spots = Spots::default();
    assert_eq!(example, loaded, "the example says what holds anyway");
}

#[test]
fn depth_and_length_are_bounded_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    for (text, line, expected) in [
        (format!("\nx = {}", "[".repeat(100_000)), 2, "is nested too deeply"),
        (format!("\n\na{} = 1", ".a".repeat(300_000)), 3, "is nested too deeply"),
        (format!("#{}", "x".repeat(bounds::SETTINGS)), 0, "a configuration holds at most 1 MiB"),
    ] {
        std::fs::write(&path, text).unwrap();
        let faults = load(&path).faults;
        assert!(faults.len() == 1 && faults[0].line == line, "{faults:?}");
        assert!(faults[0].message.contains(expected), "{faults:?}");
    }
}

#[test]
fn every_fault_is_named_with_its_line_and_the_nearest_name() {
    let text = "[team]\nday_hour = 7\nplanning_factor = \"much\"\n\n[tiers.1]\nmedian_hours = 70\n[keyz]\nquit = [\"q\"]\n";
    let loaded = parse(text);
    let lines: Vec<_> = loaded.faults.iter().map(|fault| (fault.line, fault.message.as_str())).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].0 == 2 && lines[0].1.contains("day_hours"), "{lines:?}");
    assert!(lines[1].0 == 3 && lines[1].1.contains("a whole number"), "{lines:?}");
    assert!(lines[2].0 == 7 && lines[2].1.contains("keys"), "{lines:?}");
    assert_eq!(loaded.config.tiers.0[1].median_hours, 70, "what is right still counts");
    assert_eq!(loaded.config.planning_factor, 80);
}

#[test]
fn a_file_that_is_not_toml_says_where() {
    let loaded = parse("[team\nday_hours = 7\n");
    assert_eq!(loaded.faults[0].line, 1);
    assert_eq!(loaded.config, Config::defaults());
}

#[test]
fn values_out_of_range_keep_their_default() {
    let loaded = parse("[team]\nplanning_factor = 0\n[meetings]\nreflect_on = [\"leadership\", \"lunch\"]\n");
    let lines: Vec<_> = loaded.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 4], "{:?}", loaded.faults);
    assert_eq!(loaded.config.planning_factor, 80);
    assert_eq!(loaded.config.meetings.reflect_on, [MeetingKind::Leadership]);
}
