//! Which file is read, and what came of it.

use crate::corpus::document::{Document, Unread};
use crate::corpus::system;
use crate::error::panic_message;
use crate::notice::{Clause, Notice};
use std::io;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;

/// Which file is read.
#[derive(Clone)]
pub(super) struct At {
    /// Its id.
    pub id: String,
    /// The name whose extension tells the format: the id without `.gz`.
    pub name: String,
    /// The file as the user named it.
    pub shown: String,
    /// The folder whose list speaks of it.
    pub folder: PathBuf,
}

impl At {
    /// A file named by its id, as long as nothing of it is unpacked.
    pub fn new(id: &str, shown: String, folder: PathBuf) -> At {
        At { id: id.to_string(), name: id.to_string(), shown, folder }
    }
}

/// What came of one file.
#[derive(Default)]
pub(super) struct Outcome {
    pub documents: Vec<Document>,
    pub unread: Vec<Unread>,
    pub warnings: Vec<Notice>,
}

impl Outcome {
    /// A file that could not be read.
    pub fn unread(shown: &str, reason: Notice) -> Outcome {
        Outcome { unread: vec![Unread { file: shown.to_string(), reason }], ..Outcome::default() }
    }

    /// A file without a byte in it.
    pub fn empty(at: &At) -> Outcome {
        Outcome::unread(&at.shown, Notice::new("文件是空的。", "The file is empty."))
    }

    /// A file over one of the limits.
    pub fn too_large(at: &At, size: u64, name: &str, limit: u64) -> Outcome {
        let reason = Notice::new(
            format!("文件有 {size} 字节，超过上限 {name} = {limit}。"),
            format!("It has {size} bytes, more than the limit {name} = {limit}."),
        );
        Outcome::unread(&at.shown, reason)
    }

    /// Takes in what came of another file.
    pub fn add(&mut self, other: Outcome) {
        self.documents.extend(other.documents);
        self.unread.extend(other.unread);
        self.warnings.extend(other.warnings);
    }
}

/// That a file cannot be read, with the reason.
pub(super) fn unreadable(why: Clause) -> Notice {
    why.after("无法读取", "It cannot be read")
}

/// What comes of `read`, or a listed file if it fails, be it by a panic: one document must not end the run.
pub(super) fn guarded(at: &At, read: impl FnOnce() -> io::Result<Outcome>) -> Outcome {
    match std::panic::catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Outcome::unread(&at.shown, unreadable(system::told(&error))),
        Err(panic) => {
            let what = panic_message(panic.as_ref());
            let reason = Notice::new(
                format!("读取这种格式的程序在该文件上出错，请换一种格式另存（{what}）。"),
                format!("The reader of its format broke down on it ({what}); save it in another format."),
            );
            Outcome::unread(&at.shown, reason)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_breaks_down_or_fails_gives_a_listed_file() {
        let at = At::new("a.pdf", "plans/a.pdf".into(), PathBuf::new());
        let listed = |outcome: Outcome| {
            let [unread] = outcome.unread.try_into().expect("one file is listed");
            (unread.file, unread.reason)
        };
        let broken = listed(guarded(&at, || panic!("page 3 of 2")));
        let failed = listed(guarded(&at, || Err(io::Error::other("the disk is gone"))));
        assert_eq!((broken.0.as_str(), failed.0.as_str()), ("plans/a.pdf", "plans/a.pdf"));
        assert!(broken.1.en.contains("broke down on it (page 3 of 2)"), "{}", broken.1.en);
        assert_eq!(
            failed.1,
            Notice::new("无法读取：读取出错（the disk is gone）。", "It cannot be read: the disk is gone.")
        );
    }
}
