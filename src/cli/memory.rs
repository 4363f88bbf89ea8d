//! `--memory`: how much a command may use, and what happens when it needs more.
//!
//! The run's brake is pulled when resident memory passes the limit, so that the run ends at its next document, table, chart or
//! stage and removes what it has begun. A stage that goes on growing meanwhile is not waited for: an eighth above the limit the
//! command ends where it stands, as if it were killed, and the next run clears what it left.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::error::{Error, Result, Trouble};
use crate::progress::{Cause, Stop};

/// Between two looks: a run takes no more than some 20 MiB in this time.
const INTERVAL: Duration = Duration::from_millis(20);

/// A number of bytes, written `500MiB` or `2GiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u64);

const UNITS: [(&str, u64); 7] = [
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("B", 1),
];

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Size, String> {
        let wrong = || format!("“{text}” is no size; write a number and a unit, such as 500MiB or 2GiB");
        let (unit, bytes) = UNITS.into_iter().find(|(unit, _)| text.ends_with(unit)).ok_or_else(wrong)?;
        let number: f64 = text[..text.len() - unit.len()].trim().parse().map_err(|_| wrong())?;
        let size = number * bytes as f64;
        if (1.0..1e18).contains(&size) { Ok(Size(size as u64)) } else { Err(wrong()) }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 as f64 / f64::from(1 << 20) {
            less if less < 1.0 => write!(f, "{} B", self.0),
            mib => write!(f, "{mib:.0} MiB"),
        }
    }
}

/// Resident memory of this process, where the system tells.
fn resident() -> Option<u64> {
    memory_stats::memory_stats().map(|stats| stats.physical_mem as u64)
}

/// What to do about a process that holds so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Fine,
    Stop,
    End,
}

fn verdict(used: u64, limit: Size) -> Verdict {
    match used {
        used if used <= limit.0 => Verdict::Fine,
        used if used <= limit.0 + limit.0 / 8 => Verdict::Stop,
        _ => Verdict::End,
    }
}

/// Watches this process from a thread of its own, pulls `stop` once it holds more than `limit`, and ends it an eighth above.
///
/// # Errors
/// [`Error::Settings`] where the system does not tell how much memory a process holds.
pub fn watch(limit: Size, stop: Stop) -> Result<()> {
    if resident().is_none() {
        return Err(Error::Settings(Trouble::new("--memory: this system does not tell how much a process uses")));
    }
    std::thread::spawn(move || {
        loop {
            match verdict(resident().unwrap_or(0), limit) {
                Verdict::Fine => {}
                Verdict::Stop => stop.pull(Cause::Memory(needs_more(limit))),
                Verdict::End => {
                    let error = Error::Memory(Trouble::new(needs_more(limit)));
                    eprintln!("cezhong: {error}");
                    std::process::exit(error.exit_code().into());
                }
            }
            std::thread::sleep(INTERVAL);
        }
    });
    Ok(())
}

fn needs_more(limit: Size) -> String {
    format!(
        "more than the {limit} of --memory are needed; the result was not written; give it more, or fewer documents at a time \
         (1 MiB a document and 200 MiB are a fair guess)"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_numbers_with_units() {
        let sizes = ["2GiB", "1.5 MiB", "10MB", "512B"].map(|text| text.parse::<Size>().unwrap().0);
        assert_eq!(sizes, [2_147_483_648, 1_572_864, 10_000_000, 512]);
        for wrong in ["", "2", "GiB", "-1GiB", "nanGiB", "infGiB", "0B", "2 gigabytes", "1e300GiB"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_brake_is_pulled_above_the_limit_and_the_end_comes_an_eighth_above() {
        let at = |used| verdict(used, Size(800));
        assert_eq!([800, 801, 900, 901].map(at), [Verdict::Fine, Verdict::Stop, Verdict::Stop, Verdict::End]);
        assert!(resident().is_none_or(|bytes| bytes > 1 << 20), "a process holds more than a MiB");
    }
}
