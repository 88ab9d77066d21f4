//! The one integration binary: the house itself, the command line, and the real program in a pseudo-terminal.

#[cfg(test)]
mod books;
#[cfg(test)]
mod brief;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod export;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod house;
#[cfg(test)]
mod program;
#[cfg(test)]
mod upgrade;
