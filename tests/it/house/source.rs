//! The sources as the compiler's own grammar reads them: which lines are tests, what is declared, what names what.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// One file of `src`.
pub struct Source {
    /// Below `src`.
    pub path: PathBuf,
    pub layer: String,
    pub text: String,
    pub file: syn::File,
    /// The whole file serves tests.
    pub is_test: bool,
    /// Lines of test modules and test functions inside, from 1.
    test_lines: BTreeSet<usize>,
}

impl Source {
    /// The module that the file is, like `["tui", "app"]`.
    pub fn module(&self) -> Vec<String> {
        let path = self.path.with_extension("");
        let mut parts: Vec<String> =
            path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        if ["mod", "lib", "main"].contains(&parts.last().map_or("", String::as_str)) {
            parts.pop();
        }
        parts
    }

    /// True if a line, from 1, ships with the program.
    pub fn ships(&self, line: usize) -> bool {
        !self.is_test && !self.test_lines.contains(&line)
    }

    /// The part that ships, without line comments; every line keeps its place.
    pub fn shipped(&self) -> String {
        let line = |(index, line): (usize, &str)| {
            let stays = self.ships(index + 1) && !line.trim_start().starts_with("//");
            if stays { line.to_owned() } else { String::new() }
        };
        self.text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Lines of code: without blanks, comments and attributes.
    pub fn code_lines(&self, of_tests: bool) -> usize {
        let is_code = |line: &str| {
            let line = line.trim_start();
            !line.is_empty() && !line.starts_with("//") && !line.starts_with("#[") && !line.starts_with("#![")
        };
        let lines = self.text.lines().enumerate();
        lines.filter(|(index, line)| self.ships(index + 1) != of_tests && is_code(line)).count()
    }
}

/// Every source file of the program.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: Vec<Source> = files(&root).into_iter().map(|path| read(&root, &path)).collect();
    let only_tests: Vec<Vec<String>> = found.iter().flat_map(test_modules).collect();
    for source in &mut found {
        let module = source.module();
        source.is_test |= only_tests.iter().any(|test| module.starts_with(test));
    }
    assert!(found.len() > 50, "the sources were found");
    found
}

/// Files of Rust below a folder.
pub fn files(root: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found
}

fn read(root: &Path, path: &Path) -> Source {
    let relative = path.strip_prefix(root).unwrap().to_owned();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap();
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = TestLines::default();
    lines.visit_file(&file);
    let layer = first.trim_end_matches(".rs").to_owned();
    Source { path: relative, layer, text, file, is_test: false, test_lines: lines.0 }
}

/// True if an item is only there for tests.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_test = attribute.path().is_ident("test");
        let is_cfg = attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"));
        is_test || is_cfg
    })
}

/// Modules in files of their own that are only compiled for tests.
fn test_modules(source: &Source) -> Vec<Vec<String>> {
    let named = source.file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) if module.content.is_none() && is_for_tests(&module.attrs) => {
            Some(module.ident.to_string())
        }
        _ => None,
    });
    named.map(|name| [source.module(), vec![name]].concat()).collect()
}

#[derive(Default)]
struct TestLines(BTreeSet<usize>);

impl<'a> Visit<'a> for TestLines {
    fn visit_item(&mut self, item: &'a syn::Item) {
        let attributes = match item {
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            syn::Item::Const(item) => &item.attrs,
            _ => &Vec::new(),
        };
        if is_for_tests(attributes) {
            let first = attributes.iter().map(|attribute| attribute.span().start().line).min();
            self.0.extend(first.unwrap_or(item.span().start().line)..=item.span().end().line);
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        if is_for_tests(&item.attrs) {
            self.0.extend(item.span().start().line..=item.span().end().line);
        }
        visit::visit_impl_item_fn(self, item);
    }
}
