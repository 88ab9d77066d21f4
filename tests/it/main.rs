//! The one integration binary: the house itself, the command line, and the real program in a pseudo-terminal.

mod house;
