//! What the terminal shows: stages while they take time, warnings, results.

use std::io::{ErrorKind, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::error::{Error, Result, Trouble};
use crate::notice::{Notice, english};
use crate::progress::{Progress, Stop};

/// A run that is over before this shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// How much is said, and where.
pub struct Voice {
    quiet: bool,
    verbose: bool,
    stop: Stop,
    begun: Instant,
}

impl Voice {
    /// Says only errors when `quiet`, everything when `verbose`.
    pub fn new(quiet: bool, verbose: bool, stop: Stop) -> Voice {
        Voice { quiet, verbose, stop, begun: Instant::now() }
    }

    /// A line on standard error, unless quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            eprintln!("{line}");
        }
    }

    /// A warning on standard error, unless quiet.
    pub fn warn(&self, line: &str) {
        self.say(&format!("warning: {line}"));
    }

    /// All warnings when verbose, else the first few and how many more there are.
    pub fn warnings(&self, notices: &[Notice]) {
        const FEW: usize = 8;
        let shown = if self.verbose { notices.len() } else { notices.len().min(FEW) };
        english(&notices[..shown]).for_each(|line| self.warn(line));
        if notices.len() > shown {
            self.say(&format!("… and {} more warnings; -v shows them, the report lists them", notices.len() - shown));
        }
    }

    /// Progress on a terminal for anything longer than a second; silent when piped. When verbose, a line as each stage
    /// begins, with the milliseconds since the command began.
    pub fn progress(&self) -> Progress {
        let stop = self.stop.clone();
        if self.verbose {
            let begun = self.begun;
            return Progress::new(
                move |stage| {
                    let stage = if stage.is_empty() { "done" } else { stage };
                    eprintln!("{:>8} ms  {stage}", begun.elapsed().as_millis());
                },
                stop,
            );
        }
        if self.quiet || !std::io::stderr().is_terminal() {
            return Progress::new(|_| {}, stop);
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(ProgressStyle::default_spinner());
        let later = bar.downgrade();
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            if let Some(bar) = later.upgrade().filter(|bar| !bar.is_finished()) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(Duration::from_millis(120));
            }
        });
        Progress::new(
            move |stage| match stage {
                "" => bar.finish_and_clear(),
                stage => bar.set_message(format!("{stage} …")),
            },
            stop,
        )
    }
}

/// What it means that standard output cannot be written; a reader that closes the pipe early (`| head`) is no error, and `None`.
pub fn unwritten(source: std::io::Error) -> Option<Error> {
    (source.kind() != ErrorKind::BrokenPipe)
        .then(|| Error::Output(Trouble::new("standard output cannot be written").source(source)))
}

/// A line on standard output.
///
/// # Errors
/// As [`unwritten`] says, as on a full disk.
pub fn print(line: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
    written.map_or_else(|source| unwritten(source).map_or(Ok(()), Err), Ok)
}
