//! What can go wrong, worded once: first where, then what, then what to do.

use std::fmt;
use std::path::{Path, PathBuf};

/// The result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// An error, by the class that decides the exit code.
///
/// The sentence itself is a [`Trouble`]; the class says whose trouble it is.
#[derive(Debug)]
pub enum Error {
    /// An input file, folder or table cannot be used (exit code 3).
    Input(Trouble),
    /// The settings, a codebook, a lexicon or `documents.csv` is not well formed (exit code 4).
    Settings(Trouble),
    /// A model file is damaged or of another version (exit code 5).
    Model(Trouble),
    /// A file of labels is not well formed, or does not fit the documents (exit code 6).
    Labels(Trouble),
    /// The output cannot be written (exit code 7).
    Output(Trouble),
    /// The numbers asked for cannot be computed from this corpus (exit code 8).
    Numbers(Trouble),
    /// The run needs more memory than `--memory` gives it (exit code 9).
    Memory(Trouble),
    /// The user stopped the run (exit code 130).
    Interrupted,
}

/// Where, what and what to do, in that order.
#[derive(Debug, Default)]
pub struct Trouble {
    /// The file concerned.
    pub path: Option<PathBuf>,
    /// The line in it, counted from 1.
    pub line: Option<usize>,
    /// What is wrong, as a clause without a full stop.
    pub what: String,
    /// What the reader can do about it, as a clause without a full stop.
    pub remedy: Option<String>,
    /// The system's own error beneath, if there is one.
    pub source: Option<std::io::Error>,
}

impl Trouble {
    /// A trouble that concerns no file.
    pub fn new(what: impl Into<String>) -> Self {
        Trouble { what: what.into(), ..Trouble::default() }
    }

    /// A trouble with the file at `path`.
    pub fn at(path: impl AsRef<Path>, what: impl Into<String>) -> Self {
        Trouble { path: Some(path.as_ref().to_path_buf()), ..Trouble::new(what) }
    }

    /// The same at a line, counted from 1.
    pub fn line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same with what to do.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// The same with the system's error beneath.
    pub fn source(mut self, source: std::io::Error) -> Self {
        self.source = Some(source);
        self
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}", path.display())?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.what)?;
        if let Some(source) = &self.source {
            write!(f, " ({source})")?;
        }
        match &self.remedy {
            Some(remedy) => write!(f, "; {remedy}"),
            None => Ok(()),
        }
    }
}

impl Error {
    /// The exit code of the command that ends with this error; the README lists them.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Input(_) => 3,
            Error::Settings(_) => 4,
            Error::Model(_) => 5,
            Error::Labels(_) => 6,
            Error::Output(_) => 7,
            Error::Numbers(_) => 8,
            Error::Memory(_) => 9,
            Error::Interrupted => 130,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Input(trouble)
            | Error::Settings(trouble)
            | Error::Model(trouble)
            | Error::Labels(trouble)
            | Error::Output(trouble)
            | Error::Numbers(trouble)
            | Error::Memory(trouble) => trouble.fmt(f),
            Error::Interrupted => f.write_str("stopped by the user; nothing was written"),
        }
    }
}

impl std::error::Error for Error {}

/// What a panic said.
pub(crate) fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    said.unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_then_what_then_what_to_do() {
        let trouble =
            Trouble::at("words.txt", "the frequency “many” is no number").line(7).remedy("write a whole number");
        assert_eq!(
            Error::Settings(trouble).to_string(),
            "words.txt:7: the frequency “many” is no number; write a whole number"
        );
    }
}
