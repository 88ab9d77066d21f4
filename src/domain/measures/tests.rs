//! Figures by hand-counted facts, and the rules by which they are printed and compared.

mod brief;
mod counted;
mod edges;
mod figures;
mod kit;
mod number;
