//! `documents.csv`: what the user says about the files beside it.

use super::columns::{self, Column};
use super::delimited::{Lines, separator};
use super::document::sha256;
use super::encoding;
use super::hints::UserFields;
use crate::error::{Error, Result, Trouble};
use crate::notice::Notice;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// One `documents.csv`, by the file that each row is about.
#[derive(Debug)]
pub struct Listing {
    path: PathBuf,
    sha256: String,
    rows: BTreeMap<String, Row>,
}

#[derive(Debug)]
struct Row {
    line: usize,
    user: UserFields,
    used: AtomicBool,
}

impl Listing {
    /// Reads the list at `path`: UTF-8 or GB18030, separated by commas, semicolons or tabs.
    ///
    /// # Errors
    /// [`Error::Settings`] with the line of a bad cell, a missing `file` column, a file named twice.
    pub fn read(path: &Path) -> Result<Listing> {
        let bytes = std::fs::read(path).map_err(|source| {
            let trouble = Trouble::at(path, "the list of documents cannot be read");
            Error::Settings(trouble.source(source).remedy("check the path"))
        })?;
        Listing::parse(path, bytes)
    }

    /// The list in these bytes, which came from `path`.
    ///
    /// # Errors
    /// As [`Listing::read`].
    pub fn parse(path: &Path, bytes: Vec<u8>) -> Result<Listing> {
        let bad = |what: String| Trouble::at(path, what);
        let sha256 = sha256(&bytes);
        let decoded = encoding::decode(bytes, None, 0.0).map_err(|why| Error::Settings(bad(why.en)))?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator(&decoded.text))
            .flexible(true)
            .from_reader(decoded.text.as_bytes());
        let headers = reader.headers().map_err(|error| Error::Settings(bad(error.to_string())))?;
        let names: Vec<String> = headers.iter().map(str::to_string).collect();
        let headers: Vec<Column> = names.iter().map(|name| Column::named(name)).collect();
        let Some(key) = headers.iter().position(|column| matches!(column, Column::File | Column::Id)) else {
            let what = format!("the list of documents has no column “file”, only {}", columns::listed(&names));
            return Err(Error::Settings(bad(what).line(1).remedy("name the column of file names “file”")));
        };
        let mut rows: BTreeMap<String, Row> = BTreeMap::new();
        let mut lines = Lines::new(&decoded.text);
        for record in reader.records() {
            let record = record.map_err(|error| Error::Settings(bad(error.to_string())))?;
            let line = lines.at(record.position().map_or(0, |position| position.byte() as usize));
            let fail = |what: String| Error::Settings(bad(what).line(line));
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if record.len() > headers.len() {
                let what = format!("the line has {} cells under {} headers", record.len(), headers.len());
                return Err(Error::Settings(bad(what).line(line).remedy("put values with commas in quotes")));
            }
            let file = as_id(record.get(key).unwrap_or_default());
            if file.is_empty() {
                return Err(fail("the line names no file".into()));
            }
            let mut user = UserFields::default();
            for (column, value) in headers.iter().zip(&record) {
                columns::take(&mut user, column, value).map_err(|bad| fail(bad.en()))?;
            }
            if let Some(earlier) = rows.get(&file) {
                return Err(fail(format!("the file “{file}” already stands in line {}", earlier.line)));
            }
            rows.insert(file, Row { line, user, used: AtomicBool::new(false) });
        }
        Ok(Listing { path: path.to_path_buf(), sha256, rows })
    }

    /// Its path and the SHA-256 of its bytes.
    pub fn hashed(&self) -> (String, String) {
        (self.path.display().to_string(), self.sha256.clone())
    }

    /// What the list says about the document with this id; each row that was asked for counts as used.
    pub fn about(&self, id: &str) -> Option<&UserFields> {
        let row = self.rows.get(id)?;
        row.used.store(true, Ordering::Relaxed);
        Some(&row.user)
    }

    /// A warning for each row that names no document that was met, in order of the names.
    pub fn unused(&self) -> Vec<Notice> {
        let unused = self.rows.iter().filter(|(_, row)| !row.used.load(Ordering::Relaxed));
        unused
            .map(|(file, row)| {
                Notice::new(
                    format!("“{file}”不是本次输入的文件，该行不起作用。"),
                    format!("“{file}” is no document of this input; the line is not used."),
                )
                .about(&format!("{}:{}", self.path.display(), row.line))
            })
            .collect()
    }
}

/// The name as ids are written: `/` between the parts, no `./` before.
fn as_id(name: &str) -> String {
    let name = name.trim().replace('\\', "/");
    name.strip_prefix("./").unwrap_or(&name).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(text: &[u8]) -> Result<Listing> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("documents.csv");
        std::fs::write(&path, text).unwrap();
        Listing::read(&path)
    }

    #[test]
    fn rows_are_found_by_file_and_the_rest_is_warned_about() {
        let list =
            listing("\u{FEFF}file,place,year,县型\r\n.\\a\\甲.txt,\"青石镇\",2023,山区\r\nb.txt,,,\r\n".as_bytes())
                .unwrap();
        let user = list.about("a/甲.txt").unwrap();
        assert_eq!((user.place.as_deref(), user.year), (Some("青石镇"), Some(2023)));
        assert_eq!(user.groups, [("县型".to_string(), "山区".to_string())]);
        let unused = list.unused();
        assert_eq!(unused.len(), 1);
        assert!(unused[0].en.contains(":3: “b.txt”"), "{unused:?}");
    }

    #[test]
    fn a_list_saved_by_a_chinese_excel_is_read() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("文件名;地区;年份\n计划.txt;青石镇;2023年\n");
        let list = listing(&bytes).unwrap();
        assert_eq!(list.about("计划.txt").unwrap().year, Some(2023));
    }

    #[test]
    fn errors_name_the_line() {
        for (text, wanted) in [
            ("place,year\n甲,2023\n", "documents.csv:1: the list of documents has no column “file”"),
            ("file,year\na.txt,2023\nb.txt,明年\n", "documents.csv:3: the year “明年”"),
            ("file,year\na.txt,2023\na.txt,2024\n", "documents.csv:3: the file “a.txt” already stands in line 2"),
            ("file,year\na.txt,2023,x\n", "documents.csv:2: the line has 3 cells under 2 headers"),
        ] {
            let error = listing(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
