//! A folder to work in, and the program to run there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A temporary folder with inputs, removed at the end.
pub struct Work {
    folder: tempfile::TempDir,
}

/// How a run ended.
pub struct Ended {
    pub code: i32,
    pub said: String,
    pub printed: String,
}

impl Work {
    pub fn new() -> Work {
        Work { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// The same with a file in it.
    pub fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Work {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_cezhong"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("the program can be started");
        Ended {
            code: status.code().unwrap_or(-1),
            said: String::from_utf8_lossy(&stderr).into_owned(),
            printed: String::from_utf8_lossy(&stdout).into_owned(),
        }
    }

    /// The names of what stands in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .expect("the folder can be listed")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// A table of a run as rows of named cells.
    pub fn table(&self, out: &str, name: &str) -> Vec<BTreeMap<String, String>> {
        let bytes = fs::read(self.path(out).join("tables").join(format!("{name}.csv"))).expect("the table is there");
        let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark"));
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }
}

/// The project's own folder.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below a folder but the manifest, with its bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn gather(base: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                gather(base, &path, found);
            } else if path.file_name().is_some_and(|name| name != "manifest.json") {
                let name = path.strip_prefix(base).expect("below the base").to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).expect("the file can be read"));
            }
        }
    }
    let mut found = BTreeMap::new();
    gather(folder, folder, &mut found);
    found
}
