//! Circles between the files of a layer: files that cannot be understood one after another.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};

use super::source::Source;

type Module = Vec<String>;

/// Files that name one another in a circle, by layer. A file may name what it lies in without that being a circle:
/// a folder is opened at its door.
pub fn circles(sources: &[Source]) -> BTreeMap<String, Vec<Vec<String>>> {
    let shipped: Vec<&Source> = sources.iter().filter(|source| !source.is_test).collect();
    let modules: BTreeSet<Module> = shipped.iter().map(|source| source.module()).collect();
    let edges: BTreeMap<Module, BTreeSet<Module>> = shipped
        .iter()
        .map(|source| {
            let own = source.module();
            let mut named = Named { source, own: &own, modules: &modules, found: BTreeSet::new() };
            named.visit_file(&source.file);
            let found = named.found.into_iter().filter(|other| !own.starts_with(other)).collect();
            (own, found)
        })
        .collect();
    let mut found: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for circle in strongly_connected(&edges) {
        let layer = circle[0][0].clone();
        found.entry(layer).or_default().push(circle.iter().map(|module| module.join("::")).collect());
    }
    found
}

struct Named<'a> {
    source: &'a Source,
    own: &'a Module,
    modules: &'a BTreeSet<Module>,
    found: BTreeSet<Module>,
}

impl Named<'_> {
    fn add(&mut self, path: &[String], line: usize) {
        if !self.source.ships(line) {
            return;
        }
        let mut parts = path.iter();
        let (mut full, rest): (Module, Vec<String>) = match path.first().map(String::as_str) {
            Some("crate") => (Vec::new(), parts.skip(1).cloned().collect()),
            Some("self") => (self.own.clone(), parts.skip(1).cloned().collect()),
            Some("super") => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let left = self.own.len().saturating_sub(ups);
                (self.own[..left].to_vec(), parts.by_ref().skip(ups).cloned().collect())
            }
            Some(first) => {
                let child = [self.own.as_slice(), &[first.to_owned()]].concat();
                if !self.modules.contains(&child) {
                    return;
                }
                (self.own.clone(), parts.cloned().collect())
            }
            None => return,
        };
        full.extend(rest);
        while !full.is_empty() && !self.modules.contains(&full) {
            full.pop();
        }
        if full != *self.own && full.first() == self.own.first() {
            self.found.insert(full);
        }
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree, line: usize) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree, line),
            syn::UseTree::Name(name) => self.add(&with(&name.ident), line),
            syn::UseTree::Rename(name) => self.add(&with(&name.ident), line),
            syn::UseTree::Glob(_) => self.add(before, line),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(before, tree, line)),
        }
    }
}

impl<'a> Visit<'a> for Named<'_> {
    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        self.tree(&[], &item.tree, item.use_token.span.start().line);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if path.segments.len() > 1 {
            let parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
            self.add(&parts, path.segments[0].ident.span().start().line);
        }
        visit::visit_path(self, path);
    }
}

/// Tarjan's components of more than one file.
fn strongly_connected(edges: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<Vec<Module>> {
    struct Walk<'a> {
        edges: &'a BTreeMap<Module, BTreeSet<Module>>,
        index: BTreeMap<Module, usize>,
        low: BTreeMap<Module, usize>,
        stack: Vec<Module>,
        found: Vec<Vec<Module>>,
    }
    impl Walk<'_> {
        fn go(&mut self, at: &Module) {
            let number = self.index.len();
            self.index.insert(at.clone(), number);
            self.low.insert(at.clone(), number);
            self.stack.push(at.clone());
            for next in self.edges.get(at).into_iter().flatten() {
                if !self.index.contains_key(next) {
                    self.go(next);
                    let low = self.low[next].min(self.low[at]);
                    self.low.insert(at.clone(), low);
                } else if self.stack.contains(next) {
                    let low = self.index[next].min(self.low[at]);
                    self.low.insert(at.clone(), low);
                }
            }
            if self.low[at] == self.index[at] {
                let begin = self.stack.iter().position(|module| module == at).unwrap();
                let mut circle = self.stack.split_off(begin);
                circle.sort();
                if circle.len() > 1 {
                    self.found.push(circle);
                }
            }
        }
    }
    let mut walk =
        Walk { edges, index: BTreeMap::new(), low: BTreeMap::new(), stack: Vec::new(), found: Vec::new() };
    for at in edges.keys() {
        if !walk.index.contains_key(at) {
            walk.go(at);
        }
    }
    walk.found
}
