//! The out folder: written beside and renamed, so that a killed run leaves nothing that looks like a result.
//!
//! A run writes into `.NAME.cezhong-partial-*` next to the out folder and holds a lock in it. When all is written the
//! folder is renamed. A later run knows a dead run's folder by its free lock, removes it, and says so.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, Trouble};
use crate::manifest::{MANIFEST, written};

/// The file whose lock says that a partial folder is in use.
const LOCK: &str = ".lock";

/// A folder in the making.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    folder: PathBuf,
    lock: Option<File>,
    /// What was found and mended before the run, as full sentences.
    pub notices: Vec<String>,
}

impl Staging {
    /// Prepares to write `target`.
    ///
    /// # Errors
    /// [`Error::Output`] when `target` holds things that no run of cezhong wrote, or nothing can be written beside it.
    pub fn open(target: &Path) -> Result<Staging> {
        let name = target.file_name().ok_or_else(|| {
            Error::Output(Trouble::at(target, "this is no name for an out folder").remedy("give --out a folder’s name"))
        })?;
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let cannot = |path: &Path, source| {
            Error::Output(Trouble::at(path, "cannot write here").source(source).remedy("choose another --out"))
        };
        fs::create_dir_all(&parent).map_err(|source| cannot(&parent, source))?;
        let notices = mend(target, &parent, name)?;
        refuse_foreign(target)?;
        let folder = tempfile::Builder::new()
            .prefix(&partial_prefix(name))
            .tempdir_in(&parent)
            .map_err(|source| cannot(&parent, source))?
            .keep();
        let mut staging = Staging { target: target.to_path_buf(), folder, lock: None, notices };
        staging.lock = Some(locked(&staging.folder.join(LOCK)).map_err(|source| cannot(&staging.folder, source))?);
        Ok(staging)
    }

    /// The folder to write into.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes what was written the result, in place of an earlier result of the same name.
    ///
    /// # Errors
    /// [`Error::Output`] when a rename fails; the earlier result then still stands.
    pub fn publish(mut self) -> Result<()> {
        let failed =
            |path: &Path, source| Error::Output(Trouble::at(path, "the result cannot be put in place").source(source));
        self.lock = None;
        fs::remove_file(self.folder.join(LOCK)).map_err(|source| failed(&self.folder, source))?;
        let previous = previous_of(&self.target);
        let replaces = self.target.exists();
        if replaces {
            fs::rename(&self.target, &previous).map_err(|source| failed(&self.target, source))?;
        }
        if let Err(source) = fs::rename(&self.folder, &self.target) {
            if replaces {
                // The earlier result goes back; should that fail too, the next run finds it and mends it.
                let _ = fs::rename(&previous, &self.target);
            }
            return Err(failed(&self.target, source));
        }
        if replaces {
            fs::remove_dir_all(&previous).map_err(|source| failed(&previous, source))?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a publish the folder is gone and this does nothing.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn partial_prefix(name: &std::ffi::OsStr) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".cezhong-partial-");
    prefix
}

fn previous_of(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".cezhong-previous");
    target.with_file_name(name)
}

fn locked(path: &Path) -> std::io::Result<File> {
    let file = File::create(path)?;
    file.try_lock().map_err(|error| match error {
        fs::TryLockError::Error(source) => source,
        fs::TryLockError::WouldBlock => std::io::ErrorKind::WouldBlock.into(),
    })?;
    Ok(file)
}

/// Clears up after runs that were killed, and says what was found.
fn mend(target: &Path, parent: &Path, name: &std::ffi::OsStr) -> Result<Vec<String>> {
    let mut notices = Vec::new();
    let previous = previous_of(target);
    if previous.exists() {
        if target.exists() {
            fs::remove_dir_all(&previous).map_err(|source| {
                Error::Output(Trouble::at(&previous, "an old result cannot be removed").source(source))
            })?;
        } else {
            fs::rename(&previous, target).map_err(|source| {
                Error::Output(Trouble::at(&previous, "an earlier result cannot be put back").source(source))
            })?;
            notices.push(format!(
                "an earlier run was killed while it replaced {}; the result before it was put back",
                target.display()
            ));
        }
    }
    let prefix = partial_prefix(name);
    let entries = fs::read_dir(parent)
        .map_err(|source| Error::Output(Trouble::at(parent, "the folder cannot be listed").source(source)))?;
    for entry in entries.flatten() {
        let begins = entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes());
        let dead = begins && locked(&entry.path().join(LOCK)).is_ok();
        if dead && fs::remove_dir_all(entry.path()).is_ok() {
            notices.push(format!(
                "an earlier run to {} was killed before it ended; what it left was removed",
                target.display()
            ));
        }
    }
    Ok(notices)
}

/// Refuses a target that is a file, or a folder with anything in it that its manifest does not name.
fn refuse_foreign(target: &Path) -> Result<()> {
    let refuse = |what: String| {
        Err(Error::Output(Trouble::at(target, what).remedy("choose another --out, or move those things away")))
    };
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return refuse("the out folder is a file".into());
    }
    let known = written(&target.join(MANIFEST));
    for entry in walkdir::WalkDir::new(target).min_depth(1).sort_by_file_name().into_iter().flatten() {
        let Ok(relative) = entry.path().strip_prefix(target) else { continue };
        let name = relative.to_string_lossy().replace('\\', "/");
        let ours = match entry.file_type().is_dir() {
            true => known.range(format!("{name}/")..).next().is_some_and(|file| file.starts_with(&format!("{name}/"))),
            false => name == MANIFEST && !known.is_empty() || known.contains(&name),
        };
        if !ours {
            return refuse(format!("the out folder holds “{name}”, which no run wrote"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_a_strangers_file_is_refused_by_name() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("thesis.docx"), "mine").unwrap();
        let message = Staging::open(&out).unwrap_err().to_string();
        assert!(message.contains("thesis.docx"), "{message}");
        assert_eq!(fs::read(out.join("thesis.docx")).unwrap(), b"mine");
    }

    #[test]
    fn nothing_is_left_of_a_run_that_gives_up() {
        let home = tempfile::tempdir().unwrap();
        let staging = Staging::open(&home.path().join("out")).unwrap();
        fs::write(staging.folder().join("half.csv"), "a,b").unwrap();
        drop(staging);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_told() {
        let home = tempfile::tempdir().unwrap();
        let left = home.path().join(".out.cezhong-partial-abc");
        fs::create_dir(&left).unwrap();
        fs::write(left.join(LOCK), "").unwrap();
        let staging = Staging::open(&home.path().join("out")).unwrap();
        assert_eq!(staging.notices.len(), 1);
        assert!(!left.exists());
    }

    #[test]
    fn a_run_that_still_lives_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let living = Staging::open(&home.path().join("out")).unwrap();
        let second = Staging::open(&home.path().join("out")).unwrap();
        assert!(second.notices.is_empty() && living.folder().exists());
    }

    #[test]
    fn a_result_lost_between_two_renames_is_put_back() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        fs::create_dir(previous_of(&out)).unwrap();
        let staging = Staging::open(&out).unwrap();
        assert!(staging.notices[0].contains("put back") && out.is_dir());
    }
}
