//! The sample corpus inside the program: plans of towns that do not exist.

use super::walk::Input;
use std::borrow::Cow;
use std::path::PathBuf;

/// The folder that the sample was made from, relative to the crate.
pub const FOLDER: &str = "notebooks-data/sample";

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../notebooks-data/sample/", $name)) as &[u8])),*]
    };
}

/// Every file of the folder with its bytes.
const FILES: &[(&str, &[u8])] = files![
    "documents.csv",
    "plan-07.md",
    "t20230214_5581.html",
    "暖泉坪镇_2023.txt",
    "染坊镇_2022.txt",
    "染坊镇_2023.txt",
    "桃谷镇_2022.md",
    "渡桥镇_2023.html",
    "铸山镇_2022.txt",
    "铸山镇_2023.txt",
    "镜湖湾镇_2022.html",
    "镜湖湾镇_2023.txt",
    "青禾镇.txt",
    "鹰岩镇_2022.txt",
    "鹰岩镇_2023.txt",
];

/// The sample as inputs; they read as the folder itself does.
pub fn inputs() -> Vec<Input> {
    let input = |(name, bytes): &(&str, &'static [u8])| Input::Memory {
        folder: PathBuf::from(FOLDER),
        name: name.to_string(),
        bytes: Cow::Borrowed(bytes),
    };
    FILES.iter().map(input).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{ReadParams, read, read_or_sample};
    use std::path::Path;

    #[test]
    fn the_sample_reads_as_its_folder_does() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort_unstable();
        let mut embedded: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        embedded.sort_unstable();
        assert_eq!(embedded, names, "list every file of {FOLDER} in src/corpus/sample.rs");
        let params = ReadParams::default();
        let disk = read(&[folder], None, &params).unwrap();
        let memory = read_or_sample(&[], None, &params).unwrap();
        assert_eq!((disk.unread, disk.warnings), (vec![], vec![]));
        assert_eq!(disk.documents.len(), memory.documents.len());
        for (disk, memory) in disk.documents.iter().zip(&memory.documents) {
            assert_eq!(
                (&disk.id, &disk.sha256, &disk.text, &disk.meta),
                (&memory.id, &memory.sha256, &memory.text, &memory.meta)
            );
        }
    }
}
