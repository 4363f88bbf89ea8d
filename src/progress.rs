//! Progress as a callback: the library tells, the command line shows.

use std::sync::{Arc, OnceLock};

use crate::error::{Error, Result, Trouble};

/// A run's brake: whoever holds a copy can pull it, and the run ends at the next document, table, chart or stage.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<OnceLock<Cause>>);

/// Who pulled the brake.
#[derive(Clone, Debug)]
pub enum Cause {
    /// The user, by Ctrl-C.
    User,
    /// The run needs more memory than it was given.
    Memory(String),
}

impl Stop {
    /// Pulls the brake; the first cause is the one that is told.
    pub fn pull(&self, cause: Cause) {
        let _ = self.0.set(cause);
    }

    /// Whether the run may go on.
    ///
    /// # Errors
    /// [`Error::Interrupted`] or [`Error::Memory`] when it may not.
    pub fn check(&self) -> Result<()> {
        match self.0.get() {
            None => Ok(()),
            Some(Cause::User) => Err(Error::Interrupted),
            Some(Cause::Memory(what)) => Err(Error::Memory(Trouble::new(what))),
        }
    }
}

/// Who wants to hear how far a run is, and may stop it.
#[derive(Clone)]
pub struct Progress {
    tell: Arc<dyn Fn(&str) + Send + Sync>,
    stop: Stop,
}

impl std::fmt::Debug for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress").field("stop", &self.stop).finish_non_exhaustive()
    }
}

impl Progress {
    /// Calls `tell` with the name of each stage as it begins; a run ends early once `stop` is pulled.
    pub fn new(tell: impl Fn(&str) + Send + Sync + 'static, stop: Stop) -> Progress {
        Progress { tell: Arc::new(tell), stop }
    }

    /// Tells nobody and never stops.
    pub fn silent() -> Progress {
        Progress::new(|_| {}, Stop::default())
    }

    /// Announces the stage that begins.
    ///
    /// # Errors
    /// Those of [`Stop::check`].
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
    /// Those of [`Stop::check`].
    pub fn check(&self) -> Result<()> {
        self.stop.check()
    }
}
