//! What is handed to people, gathered and counted here, laid out elsewhere: standup, brief, review.

pub mod brief;
pub mod quarter;
pub mod review;
pub mod standup;
