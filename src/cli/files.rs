//! Files that a command leaves behind: each appears whole or not at all.

use std::fs;
use std::io::Write;
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
