//! The commands that do what the actions of the cockpit do.

use std::collections::BTreeSet;

use assert_cmd::Command;

/// The last column of the table that the tests of the cockpit read too.
fn commands() -> BTreeSet<&'static str> {
    let table = include_str!("../data/actions.tsv");
    let last = |line: &'static str| line.rsplit('\t').next().unwrap_or_default();
    table.lines().filter(|line| !line.starts_with('#')).map(last).collect()
}

#[test]
fn an_action_has_a_command_that_does_the_same_or_a_reason_why_not() {
    let (reasons, commands): (Vec<&str>, Vec<&str>) =
        commands().into_iter().partition(|it| it.starts_with('('));
    assert!(reasons.iter().all(|reason| reason.ends_with(')') && reason.len() > 10), "{reasons:?}");
    assert!(commands.len() > 25, "{commands:?}");
    for command in commands {
        let mut program = Command::cargo_bin("tablesetter").unwrap();
        let output = program.args(command.split(' ')).arg("--help").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let usage = format!("Usage: tablesetter {command}");
        assert!(output.status.success() && said.contains(&usage), "{command}: {said}");
    }
}
