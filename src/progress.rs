//! Progress as a callback: the library tells, the command line shows.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// Who wants to hear how far a run is, and may stop it.
#[derive(Clone)]
pub struct Progress {
    tell: Arc<dyn Fn(&str) + Send + Sync>,
    stop: Arc<AtomicBool>,
}

impl std::fmt::Debug for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress").field("stop", &self.stop).finish_non_exhaustive()
    }
}

impl Progress {
    /// Calls `tell` with the name of each stage as it begins; a run ends early once `stop` is true.
    pub fn new(tell: impl Fn(&str) + Send + Sync + 'static, stop: Arc<AtomicBool>) -> Progress {
        Progress { tell: Arc::new(tell), stop }
    }

    /// Tells nobody and never stops.
    pub fn silent() -> Progress {
        Progress::new(|_| {}, Arc::default())
    }

    /// Announces the stage that begins.
    ///
    /// # Errors
    /// [`Error::Interrupted`] when the run is to stop.
    pub fn stage(&self, name: &str) -> Result<()> {
        self.check()?;
        (self.tell)(name);
        Ok(())
    }

    /// Says that the last stage is over; told as an empty name.
    pub fn done(&self) {
        (self.tell)("");
    }

    /// Whether the run may go on.
    ///
    /// # Errors
    /// [`Error::Interrupted`] when it may not.
    pub fn check(&self) -> Result<()> {
        match self.stop.load(Ordering::Relaxed) {
            true => Err(Error::Interrupted),
            false => Ok(()),
        }
    }
}
