//! Tables of numbers: what is printed, what moves, what is proposed, and what a boast must own up to.
