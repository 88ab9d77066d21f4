//! What the sources declare: names of modules, types, functions and fields, how long functions are, and what their
//! documentation says.

use std::collections::BTreeMap;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::source::Source;

/// A declaration that ships.
pub struct Declared {
    pub kind: Kind,
    pub name: String,
    pub place: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Module,
    Type,
    Function,
    Field,
}

/// What is declared in all sources.
#[derive(Default)]
pub struct Declarations {
    pub all: Vec<Declared>,
    /// Lines of each function with its place.
    pub functions: Vec<(usize, String)>,
    /// Documentation of items, each as one text with its place.
    pub docs: Vec<(String, String)>,
}

impl Declarations {
    pub fn of(sources: &[Source]) -> Self {
        let mut found = Self::default();
        for source in sources.iter().filter(|source| !source.is_test) {
            Reader { source, found: &mut found }.visit_file(&source.file);
        }
        found
    }

    /// Type names that are declared more than once, with their places.
    pub fn types_of_one_name(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for declared in self.all.iter().filter(|declared| declared.kind == Kind::Type) {
            by_name.entry(&declared.name).or_default().push(&declared.place);
        }
        by_name.retain(|_, places| places.len() > 1);
        by_name
    }

    /// Documentation of at most so many words.
    pub fn short_docs(&self, words: usize) -> usize {
        self.docs.iter().filter(|(text, _)| text.split_whitespace().count() <= words).count()
    }
}

struct Reader<'a> {
    source: &'a Source,
    found: &'a mut Declarations,
}

impl Reader<'_> {
    fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.source.path.display())
    }

    fn note(&mut self, kind: Kind, name: &syn::Ident) {
        let line = name.span().start().line;
        if self.source.ships(line) {
            let place = self.place(line);
            self.found.all.push(Declared { kind, name: name.to_string(), place });
        }
    }

    fn function(&mut self, signature: &syn::Signature, end: usize) {
        self.note(Kind::Function, &signature.ident);
        let start = signature.fn_token.span.start().line;
        if self.source.ships(start) {
            self.found.functions.push((end + 1 - start, self.place(start)));
        }
    }

    fn docs(&mut self, attributes: &[syn::Attribute]) {
        let mut text = String::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
            if let syn::Meta::NameValue(pair) = &attribute.meta
                && let syn::Expr::Lit(literal) = &pair.value
                && let syn::Lit::Str(said) = &literal.lit
                && matches!(attribute.style, syn::AttrStyle::Outer)
            {
                text.push_str(&said.value());
            }
        }
        let line = attributes.first().map_or(0, |attribute| attribute.span().start().line);
        if !text.is_empty() && self.source.ships(line) {
            let place = self.place(line);
            self.found.docs.push((text, place));
        }
    }
}

impl<'a> Visit<'a> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        self.note(Kind::Module, &item.ident);
        visit::visit_item_mod(self, item);
    }

    fn visit_item_struct(&mut self, item: &'a syn::ItemStruct) {
        self.note(Kind::Type, &item.ident);
        self.docs(&item.attrs);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'a syn::ItemEnum) {
        self.note(Kind::Type, &item.ident);
        self.docs(&item.attrs);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'a syn::ItemTrait) {
        self.note(Kind::Type, &item.ident);
        self.docs(&item.attrs);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'a syn::ItemType) {
        self.note(Kind::Type, &item.ident);
        self.docs(&item.attrs);
    }

    fn visit_item_const(&mut self, item: &'a syn::ItemConst) {
        self.docs(&item.attrs);
        visit::visit_item_const(self, item);
    }

    fn visit_variant(&mut self, item: &'a syn::Variant) {
        self.docs(&item.attrs);
        visit::visit_variant(self, item);
    }

    fn visit_field(&mut self, item: &'a syn::Field) {
        if let Some(name) = &item.ident {
            self.note(Kind::Field, name);
        }
        self.docs(&item.attrs);
    }

    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.function(&item.sig, item.block.span().end().line);
        self.docs(&item.attrs);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.function(&item.sig, item.block.span().end().line);
        self.docs(&item.attrs);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        self.note(Kind::Function, &item.sig.ident);
        self.docs(&item.attrs);
    }
}
