//! The one integration binary: the house itself, the command line, and the real program in a pseudo-terminal.

#[cfg(test)]
mod books;
#[cfg(test)]
mod brief;
mod cli;
#[cfg(test)]
mod documents;
mod export;
#[cfg(test)]
mod house;
#[cfg(test)]
mod program;
