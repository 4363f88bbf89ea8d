//! A folder to work in, and the program to run there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A plan that passes the gates: more than two hundred characters, three sections.
pub const PLAN: &str = "桃花镇2024年工作计划\n\
    一、抓种植。扩种桃树两千亩，建设冷库三座，改造老果园五百亩，推广水肥一体化，培育家庭农场十二家，办好采摘节。\n\
    二、抓道路。硬化村道五公里，改造桥梁一座，新增停车位三百个，整治镇区排水管网两千米，安装路灯四百盏，方便群众出行。\n\
    三、抓民生。新建养老服务站两处，改造村卫生室三间，开展技能培训两百人次，做好困难群众救助，扩建中心小学食堂，办好暑期托管班。\n\
    四、抓治理。健全网格巡查制度，调解矛盾纠纷，开展禁毒宣传，推进“一窗通办”，群众办事少跑腿。\n";

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
