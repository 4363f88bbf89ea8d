//! From what was named to the files to read: folders walked in order, links and hidden files left out.

use super::document::Unread;
use super::limits::ReadParams;
use super::system;
use crate::error::{Error, Result, Trouble};
use crate::notice::{Clause, Notice};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder or a table.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// A file of a folder that is held in memory, such as the sample inside the program.
    Memory {
        /// The folder, as it is shown.
        folder: PathBuf,
        /// The path in that folder, with `/` between the parts.
        name: String,
        /// The file's bytes.
        bytes: Cow<'static, [u8]>,
    },
}

impl From<&Path> for Input {
    /// `-` is standard input, anything else a path.
    fn from(typed: &Path) -> Self {
        if typed.as_os_str() == "-" { Input::Stdin } else { Input::Path(typed.to_path_buf()) }
    }
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// Its path relative to the input folder, with `/`; the bare name of a file that was named itself.
    pub id: String,
    /// The file as it was named in the input.
    pub shown: String,
    /// The folder in which a `documents.csv` may speak of it.
    pub folder: PathBuf,
}

/// What the walk found.
#[derive(Debug, Default)]
pub struct Walked {
    /// The files to read, in order of input, then of path.
    pub files: Vec<Found>,
    /// What was seen and left out, and why.
    pub unread: Vec<Unread>,
    /// The folders that were read as a whole.
    pub folders: BTreeSet<PathBuf>,
    /// Full sentences.
    pub warnings: Vec<Notice>,
}

/// The list of places, years and titles that is read beside documents, and never as one.
pub const DOCUMENTS_CSV: &str = "documents.csv";

/// Names that are never documents: lock files of Word and WPS, leavings of systems.
pub fn is_litter(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with(".~")
        || matches!(name, "Thumbs.db" | "desktop.ini" | "__MACOSX")
}

/// Whether the folder is what an earlier run wrote.
fn is_run_output(path: &Path) -> bool {
    path.join("manifest.json").is_file() && path.join("tables").is_dir()
}

/// Walks one named path into `walked`.
///
/// # Errors
/// [`Error::Input`] if nothing is there, or it cannot be looked at.
pub fn walk(path: &Path, params: &ReadParams, walked: &mut Walked) -> Result<()> {
    let meta = std::fs::metadata(path).map_err(|source| {
        let trouble = match source.kind() {
            std::io::ErrorKind::NotFound => Trouble::at(path, "there is no such file or folder"),
            _ => Trouble::at(path, "the input cannot be looked at"),
        };
        Error::Input(trouble.source(source).remedy("check the path and the permissions"))
    })?;
    if meta.is_dir() {
        walk_folder(path, params, walked);
        return Ok(());
    }
    if !meta.is_file() {
        return Err(Error::Input(
            Trouble::at(path, "the input is neither a file nor a folder").remedy("pipe it in and name the input -"),
        ));
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    walked.files.push(Found { path: path.to_path_buf(), id: name, shown: path.display().to_string(), folder });
    Ok(())
}

/// Walks a folder, sorted by name; what cannot be looked at is listed and the walk goes on.
fn walk_folder(root: &Path, params: &ReadParams, walked: &mut Walked) {
    walked.folders.insert(root.to_path_buf());
    let inside = std::fs::canonicalize(root).ok();
    let mut taken = 0;
    let mut over = 0;
    let entries = WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|entry| {
        entry.depth() == 0
            || !(is_litter(&entry.file_name().to_string_lossy())
                || entry.file_type().is_dir() && is_run_output(entry.path()))
    });
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let file = error.path().unwrap_or(root).display().to_string();
                let reason = seen(&error).after("无法查看", "It cannot be looked at");
                walked.unread.push(Unread { file, reason });
                continue;
            }
        };
        let shown = entry.path().display().to_string();
        let kind = entry.file_type();
        if kind.is_dir() {
            continue;
        }
        if entry.file_name() == DOCUMENTS_CSV {
            if entry.depth() > 1 {
                let notice = Notice::new(
                    "输入文件夹的下级文件夹中的清单不起作用，请把其中各行并入输入文件夹的清单。",
                    "a list in a folder inside the input is not used; put its lines into the one of the input folder.",
                );
                walked.warnings.push(notice.about(&shown));
            }
            continue;
        }
        if kind.is_symlink() {
            let target = std::fs::canonicalize(entry.path()).ok();
            let within = matches!((&target, &inside), (Some(target), Some(inside)) if target.starts_with(inside));
            // A link to a file inside the folder is read where the file lies.
            if !within {
                let reason = match target {
                    Some(_) => Notice::new(
                        "这是指向输入文件夹之外的链接，请把文件复制到输入文件夹，或者直接指定为输入。",
                        "It is a link to a place outside the input folder; copy the file into the folder, or name it as an input.",
                    ),
                    None => Notice::new("这是失效的链接，所指的文件不存在。", "It is a link to nothing."),
                };
                walked.unread.push(Unread { file: shown, reason });
            }
            continue;
        }
        if !kind.is_file() {
            let reason = Notice::new("它既不是文件，也不是文件夹。", "It is neither a file nor a folder.");
            walked.unread.push(Unread { file: shown, reason });
            continue;
        }
        if taken == params.max_files {
            over += 1;
            continue;
        }
        taken += 1;
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        if relative.to_str().is_none() {
            let notice = Notice::new(
                "文件名不是 UTF-8 编码，认不出的地方以 � 代替。",
                "the name is not UTF-8; it is shown with � in place of what is not.",
            );
            walked.warnings.push(notice.about(&shown));
        }
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        walked.files.push(Found {
            path: entry.path().to_path_buf(),
            id: parts.join("/"),
            shown,
            folder: root.to_path_buf(),
        });
    }
    if over > 0 {
        let limit = params.max_files;
        let reason = Notice::new(
            format!("其中有 {over} 个文件超出上限 max_files = {limit}，请调高上限，或者拆分文件夹。"),
            format!("{over} files in it are beyond the limit max_files = {limit}; raise it, or split the folder."),
        );
        walked.unread.push(Unread { file: root.display().to_string(), reason });
    }
}

/// Why the walk cannot go on at an entry. The English is walkdir's own, which names the path once more.
fn seen(error: &walkdir::Error) -> Clause {
    let en = error.to_string();
    match error.io_error() {
        Some(io) => Clause { en, ..system::told(io) },
        None => Clause::new(format!("链接循环（{en}）"), en),
    }
}
