//! Files that a command leaves behind: each appears whole or not at all.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use crate::error::{Error, Result, Trouble};

/// Writes `name` into `folder`, which is made where it is missing; an earlier file of that name is replaced.
///
/// # Errors
/// [`Error::Output`] when the folder or the file cannot be written.
pub fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    write_to(&folder.join(name), bytes)
}

/// The same for a sheet that people will fill: an earlier file of that name, which may hold their labels, is never replaced.
///
/// # Errors
/// [`Error::Output`] when there is such a file, or it cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    is_new(path)?;
    write_to(path, bytes)
}

/// The same for a result that may be made anew: an earlier file is replaced where its first line is that of `bytes`, so that neither a sheet nor
/// a document nor a table of a run is lost.
///
/// # Errors
/// [`Error::Output`] when there is another sort of file, or it cannot be written.
pub fn write_again(path: &Path, bytes: &[u8]) -> Result<()> {
    let head = bytes.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut first = Vec::new();
    if let Ok(file) = fs::File::open(path) {
        let failed = |source| Error::Output(Trouble::at(path, "the file that is there cannot be read").source(source));
        file.take(head.len() as u64).read_to_end(&mut first).map_err(failed)?;
        if first != head {
            let trouble =
                Trouble::at(path, "the file would be written over, and is none that this command has written");
            return Err(Error::Output(trouble.remedy("name another file with --out")));
        }
    }
    write_to(path, bytes)
}

/// Whether [`write_new`] will write.
///
/// # Errors
/// [`Error::Output`] when there is a file of that name.
pub fn is_new(path: &Path) -> Result<()> {
    if path.exists() {
        let trouble = Trouble::at(path, "the file is there already, and may hold labels");
        return Err(Error::Output(trouble.remedy("name another file, or remove it first")));
    }
    Ok(())
}

/// The same by the file's path.
///
/// # Errors
/// As [`write`].
pub fn write_to(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |source| {
        let trouble = Trouble::at(path, "the file cannot be written").source(source);
        Error::Output(trouble.remedy("choose another place, or check the space on the disk"))
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::Builder::new().prefix(".cezhong-").tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    readable(file.as_file()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A temporary file is its owner's alone; a result is for everybody who may read the folder.
#[cfg(unix)]
fn readable(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}
