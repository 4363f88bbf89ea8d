//! Tables of texts: `text`, and where it is known `label` and `doc`, as csv, tsv or jsonl, read row by row.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;

use crate::codebook::{UNSURE, taken};
use crate::corpus::delimited::separator;
use crate::error::{Error, Result, Trouble};

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct TextRow {
    /// The text.
    pub text: String,
    /// Its label; `None` where the table has no such column or the cell is empty. In JSON it may be a number.
    #[serde(default, deserialize_with = "worded")]
    pub label: Option<String>,
    /// What it belongs to; rows of one `doc` are never parted between folds.
    pub doc: Option<String>,
    /// The line it stands in, counted from 1.
    #[serde(skip)]
    pub line: usize,
}

/// A label as words, though it stands there as a number or as `true`.
fn worded<'de, D: serde::Deserializer<'de>>(json: D) -> std::result::Result<Option<String>, D::Error> {
    use serde_json::Value;
    match Option::<Value>::deserialize(json)? {
        None => Ok(None),
        Some(Value::String(label)) => Ok(Some(label)),
        Some(label @ (Value::Number(_) | Value::Bool(_))) => Ok(Some(label.to_string())),
        Some(other) => Err(serde::de::Error::custom(format!("the label {other} is no word"))),
    }
}

/// What stands where bytes are no text.
const SAVE_AS: &str = "save it as UTF-8; Excel calls that “CSV UTF-8”";

/// A file that cannot be read on, or is no text from some line on.
pub fn unreadable(path: &Path, line: Option<usize>, source: std::io::Error) -> Error {
    let trouble = match source.kind() {
        std::io::ErrorKind::InvalidData => Trouble::at(path, "this is no UTF-8 text").remedy(SAVE_AS),
        _ => Trouble::at(path, "the file cannot be read").source(source),
    };
    Error::Input(Trouble { line, ..trouble })
}

fn wrong(path: &Path, line: usize, what: impl Into<String>) -> Error {
    Error::Labels(Trouble::at(path, what).line(line))
}

/// Opens a file, or standard input for `-`; `.gz` and `.zst` are unpacked.
///
/// # Errors
/// [`Error::Input`] if it cannot be read.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let cannot = |source| unreadable(path, None, source);
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    if path.is_dir() {
        let trouble = Trouble::at(path, "this is a folder, where a table or lines are to be read");
        return Err(Error::Input(trouble.remedy("name a .csv, .tsv or .jsonl file, or a file of lines with --lines")));
    }
    let file = File::open(path).map_err(cannot)?;
    let inner: Box<dyn Read> = match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Box::new(flate2::read::MultiGzDecoder::new(file)),
        Some("zst") => Box::new(zstd::Decoder::new(file).map_err(cannot)?),
        _ => Box::new(file),
    };
    Ok(Box::new(BufReader::with_capacity(1 << 16, inner)))
}

/// Whether a file of labels is a table of texts: JSON lines, a first line with `text` and `label` but no `kind`, or one with none of the
/// columns `n`, `start` and `kind`, by which a sheet of sentences is known. What a table lacks is for [`each`] to say.
///
/// # Errors
/// [`Error::Input`] if the file cannot be read.
pub fn is_table(path: &Path) -> Result<bool> {
    let mut first = Vec::new();
    let read = open(path)?.read_until(b'\n', &mut first);
    read.map_err(|source| unreadable(path, None, source))?;
    let first = String::from_utf8_lossy(&first);
    let first = first.trim_start_matches('\u{FEFF}').trim();
    if first.starts_with('{') {
        return Ok(true);
    }
    let split = char::from(separator(first));
    let has = |wanted: &str| first.split(split).any(|name| name.trim().trim_matches('"') == wanted);
    Ok(has("text") && has("label") && !has("kind") || !["n", "start", "kind"].into_iter().any(has))
}

/// Calls `take` with every row of a table, in order. JSON lines are known by their first byte, the separator of other tables by
/// their first line.
///
/// # Errors
/// [`Error::Labels`] with file and line for a table without a column `text`, a line that does not parse, and, where `labelled`, a
/// missing column or an empty cell of `label`; [`Error::Input`] for a file that cannot be read; whatever `take` gives.
pub fn each(path: &Path, labelled: bool, take: &mut dyn FnMut(TextRow) -> Result<()>) -> Result<()> {
    let mut input = open(path)?;
    let cannot = |source| unreadable(path, None, source);
    let mut first = String::new();
    input.read_line(&mut first).map_err(cannot)?;
    let checked = |row: TextRow| match row.label.as_deref() {
        None | Some("") if labelled => Err(wrong(path, row.line, "the row has no label")),
        Some(UNSURE) if labelled => Err(wrong(path, row.line, taken("label"))),
        _ => Ok(row),
    };
    let first = first.trim_start_matches('\u{FEFF}').to_string();
    if first.starts_with('{') {
        let lines = std::iter::once(Ok(first)).chain(input.lines());
        for (index, line) in lines.enumerate() {
            let line = line.map_err(|source| unreadable(path, Some(index + 1), source))?;
            if line.trim().is_empty() {
                continue;
            }
            let row: TextRow = serde_json::from_str(&line)
                .map_err(|error| wrong(path, index + 1, format!("the line is no row: {error}")))?;
            take(checked(TextRow { line: index + 1, ..row })?)?;
        }
        return Ok(());
    }
    // The first line was read before. A reader that meets CRLF takes the line feed for the next record's first byte, and counts
    // one line less for every record but its first.
    let crlf = first.ends_with("\r\n");
    let line_of = |position: &csv::Position| position.line() as usize + 1 + usize::from(crlf && position.byte() > 0);
    let names: Vec<String> = csv::ReaderBuilder::new()
        .delimiter(separator(&first))
        .has_headers(false)
        .from_reader(first.as_bytes())
        .records()
        .next()
        .and_then(|record| record.ok())
        .map(|record| record.iter().map(|name| name.trim().to_string()).collect())
        .unwrap_or_default();
    let column = |name: &str| names.iter().position(|other| other == name);
    let need = |name: &str| {
        column(name).ok_or_else(|| {
            let what = format!("the column “{name}” is missing; there are {}", shown(&names));
            Error::Labels(Trouble::at(path, what).line(1).remedy("name the columns text and label in the first line"))
        })
    };
    let text = need("text")?;
    let label = if labelled { Some(need("label")?) } else { column("label") };
    let doc = column("doc");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator(&first)).has_headers(false).flexible(true).from_reader(input);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| {
        let line = error.position().map_or(1, line_of);
        match error.kind() {
            csv::ErrorKind::Utf8 { .. } => {
                Error::Labels(Trouble::at(path, "the row is no UTF-8 text").line(line).remedy(SAVE_AS))
            }
            csv::ErrorKind::Io(_) => unreadable(path, None, error.into()),
            _ => wrong(path, line, format!("the row does not read: {error}")),
        }
    })? {
        let line = record.position().map_or(1, line_of);
        if record.len() != names.len() {
            return Err(wrong(path, line, format!("{} cells under {} columns", record.len(), names.len())));
        }
        let cell = |at: Option<usize>| at.map(|at| record[at].trim().to_string()).filter(|cell| !cell.is_empty());
        take(checked(TextRow { text: record[text].to_string(), label: cell(label), doc: cell(doc), line })?)?;
    }
    Ok(())
}

/// The first names of columns, each as far as it fits a line.
fn shown(names: &[String]) -> String {
    const FEW: usize = 8;
    const CHARS: usize = 24;
    let short = |name: &String| match name.chars().nth(CHARS) {
        Some(_) => name.chars().take(CHARS).chain(['…']).collect(),
        None => name.clone(),
    };
    let more = if names.len() > FEW { ", …" } else { "" };
    format!("{}{more}", names.iter().take(FEW).map(short).collect::<Vec<String>>().join(", "))
}

/// All labelled rows of tables.
///
/// # Errors
/// Those of [`each`]; [`Error::Labels`] for a table without rows.
pub fn labelled(paths: &[std::path::PathBuf]) -> Result<Vec<TextRow>> {
    let mut rows = Vec::new();
    for path in paths {
        each(path, true, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
    }
    match (rows.is_empty(), paths.first()) {
        (true, Some(path)) => Err(Error::Labels(Trouble::at(path, "the table holds no row"))),
        _ => Ok(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, content: &str) -> Result<Vec<TextRow>> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        labelled(&[path])
    }

    fn told(name: &str, content: &str) -> String {
        let message = read(name, content).expect_err("the table is wrong").to_string();
        message[message.find(name).expect("the file is named")..].to_string()
    }

    #[test]
    fn csv_tsv_and_jsonl_give_the_same_rows() {
        let csv = read("t.csv", "\u{feff}label,text,doc\n果,\"桃，\n树\",a\n路,道路,\n").unwrap();
        let jsonl = read(
            "t.jsonl",
            "{\"text\":\"桃，\\n树\",\"label\":\"果\",\"doc\":\"a\"}\n\n{\"text\":\"道路\",\"label\":\"路\"}\n",
        )
        .unwrap();
        let bare = |rows: &[TextRow]| rows.iter().map(|row| TextRow { line: 0, ..row.clone() }).collect::<Vec<_>>();
        assert_eq!(bare(&csv), bare(&jsonl));
        assert_eq!((csv[0].line, csv[1].line, jsonl[1].line), (2, 4, 3));
        assert_eq!(read("t.tsv", "text\tlabel\n桃\t果\n").unwrap()[0].label.as_deref(), Some("果"));
    }

    #[test]
    fn a_sheet_of_sentences_is_known_by_its_columns_whatever_a_table_lacks() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let table = |first: &str| {
            let path = folder.path().join("t");
            std::fs::write(&path, first).expect("written");
            is_table(&path).expect("read")
        };
        assert!(!table("doc\tn\tstart\tend\tkind\ttheme\tunit\ttext\n"));
        assert!(!table("doc\tn\tstrat\tend\tkynd\n"));
        assert!(table("n,label,p,text\n") && table("text,label,start\n"));
        assert!(table("text,label\n") && table("\u{feff}label\tdoc\ttext\n") && table("text,labl\n"));
        assert!(table("{\"text\":\"桃\",\"kind\":\"果\"}\n") && table("{\"text\":\"what, kind, of, fruit\"}\n"));
    }

    #[test]
    fn every_error_names_file_and_line() {
        assert_eq!(told("t.csv", "text,label\n桃,果\n路,\n"), "t.csv:3: the row has no label");
        assert_eq!(told("t.csv", "text,label\r\n桃,果\r\n路\r\n"), "t.csv:3: 1 cells under 2 columns");
        assert!(
            told("t.csv", "text,class\n桃,果\n").starts_with("t.csv:1: the column “label” is missing; there are text")
        );
        assert!(
            told("t.jsonl", "{\"text\":\"桃\",\"label\":\"果\"}\n{\"label\":1}\n")
                .starts_with("t.jsonl:2: the line is no row")
        );
        assert!(told("t.csv", "text,label\n桃,unsure\n").starts_with("t.csv:2: the label “unsure”"));
        assert_eq!(told("t.csv", "text,label\n"), "t.csv: the table holds no row");
        let long = told("t.csv", &format!("{}\n", "很长的一行，".repeat(99)));
        assert!(long.chars().count() < 160, "{long}");
    }

    #[test]
    fn numbers_are_labels_and_what_is_no_text_is_said_to_be_none() {
        let rows = read("t.jsonl", "{\"text\":\"桃\",\"label\":1}\n{\"text\":\"路\",\"label\":true}\n").unwrap();
        let labels: Vec<Option<&str>> = rows.iter().map(|row| row.label.as_deref()).collect();
        assert_eq!(labels, [Some("1"), Some("true")]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        for bytes in [&b"text,label\n\xcc\xd2,a\n"[..], b"\xcc\xd2,label\n"] {
            std::fs::write(&path, bytes).unwrap();
            let told = labelled(std::slice::from_ref(&path)).unwrap_err().to_string();
            assert!(told.contains("no UTF-8 text; save it as UTF-8"), "{told}");
        }
        assert!(labelled(&[folder.path().to_path_buf()]).unwrap_err().to_string().contains("this is a folder"));
    }
}
