//! What came in with the dependencies, as `deny.toml` allows it: licences, where from, what comes twice. `cargo deny`
//! reads the same file; here it is looked at without network and without another tool.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::source::files;

/// Crates that come in two versions, because those that ask for them disagree. It only becomes fewer.
const TWICE: usize = 22;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Of this platform only: what others need was never downloaded here.
fn metadata() -> Value {
    let rustc = std::process::Command::new("rustc").arg("-vV").output().unwrap();
    let said = String::from_utf8(rustc.stdout).unwrap();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn rules() -> toml::Table {
    std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap()
}

/// True if a licence can be chosen: every part of an `AND` has an allowed one among its `OR`s.
fn is_allowed(licence: &str, allowed: &BTreeSet<String>) -> bool {
    let licence = licence.replace(['(', ')'], " ").replace('/', " OR ");
    let choice = |part: &str| part.split(" OR ").any(|one| allowed.contains(one.trim()));
    licence.split(" AND ").all(choice)
}

#[test]
fn dependencies_are_licensed_as_allowed_and_come_from_one_place() {
    let (metadata, rules) = (metadata(), rules());
    let allowed: BTreeSet<String> = rules["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        *versions.entry(name).or_default() += 1;
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence, &allowed), "{name} is licensed as `{licence}`");
        let source = package["source"].as_str();
        let is_ours = source.is_none() && name == "tablesetter";
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        assert!(is_ours || source == Some(registry), "{name} comes from {source:?}");
    }
    let twice: Vec<&&str> = versions.iter().filter(|(_, count)| **count > 1).map(|(name, _)| name).collect();
    println!("crates in more than one version: {}, at most {TWICE}", twice.len());
    assert!(twice.len() <= TWICE, "{twice:?}");
}

#[test]
fn every_dependency_is_used_and_has_its_reason_in_the_architecture() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let ours = packages.iter().find(|package| package["name"] == "tablesetter").unwrap();
    let folders = ["src", "tests", "benches"].map(|folder| files(&root().join(folder)));
    let text: String = folders.iter().flatten().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let reasons = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for dependency in ours["dependencies"].as_array().unwrap() {
        let name = dependency["name"].as_str().unwrap();
        let module = name.replace('-', "_");
        assert!(text.contains(&format!("{module}::")), "{name} is not used");
        assert!(reasons.contains(&format!("`{name}`")), "{name} has no line in ARCHITECTURE.md");
    }
}
