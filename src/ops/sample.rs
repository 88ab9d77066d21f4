//! Made-up studios: a believable one for `demo`, and one of any size for `sample`.

mod any_size;
mod demo;
mod past;

use super::{Desk, OpsError};

/// How large a made-up studio is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleSize {
    /// Requests, most of them delivered.
    pub requests: u32,
    pub people: u32,
    pub meetings: u32,
    /// The same seed and clock give the same content.
    pub seed: u64,
}

impl Desk {
    /// Fills an empty store with a studio of a size, as one operation.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn fill_sample(&mut self, size: SampleSize) -> Result<(), OpsError> {
        let studio = any_size::Studio::new(self, size)?;
        let stamp = self.stamp();
        self.store.change(stamp, |tx| {
            studio.fill(tx).map(|()| ((), format!("Made a sample studio of {} requests", size.requests)))
        })?;
        // As a change of its own: past days are worked out from the shares as they are stored by then.
        self.keep_past()
    }

    /// Fills an empty store with the demo studio around today, as one operation.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn fill_demo(&mut self) -> Result<(), OpsError> {
        let frame = demo::DemoFrame::new(self)?;
        let stamp = self.stamp();
        self.store
            .change(stamp, |tx| demo::fill(&frame, tx).map(|()| ((), "Made the demo studio".to_owned())))?;
        self.keep_past()
    }

    /// The weeks before a made-up studio begins are kept days like those that were lived through.
    fn keep_past(&self) -> Result<(), OpsError> {
        let (rules, clock) = (self.rules()?, &self.clock);
        Ok(self.store.keep_days_anew(self.stamp(), |tx| {
            past::keep(tx, &rules, clock)?;
            Ok("Recorded the weeks before".to_owned())
        })?)
    }
}

#[cfg(test)]
mod tests;
