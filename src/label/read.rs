//! A sheet that people have filled, read back: csv, xlsx, or what doccano and Label Studio export.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use super::task::What;
use super::write::Form;
use crate::codebook::{Codebook, Kind, ThemeId};
use crate::corpus::delimited::{Lines, separator};
use crate::error::{Error, Result, Trouble};

/// One row that somebody has coded.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// Sentence or measure.
    pub what: What,
    /// How it was drawn; empty where the sheet does not say.
    pub draw: String,
    /// The document's id.
    pub doc: String,
    /// The number of its first sentence.
    pub n: usize,
    /// Where it begins, in characters.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// Its text, as the sheet repeats it.
    pub text: String,
    /// The kind; `None` where the cell is empty.
    pub kind: Option<Kind>,
    /// The theme.
    pub theme: ThemeId,
    /// The second theme.
    pub theme2: Option<ThemeId>,
    /// The line, row or task of the file, counted from 1.
    pub line: usize,
    /// The place, headings and neighbours, as the sheet repeats them.
    pub context: [String; 4],
}

/// A task as its place: document, start, end.
pub(super) type Place<'a> = (&'a str, usize, usize);

impl Filled {
    /// Where it stands.
    pub(super) fn place(&self) -> Place<'_> {
        (&self.doc, self.start, self.end)
    }
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its file.
    pub path: PathBuf,
    /// The rows that have a theme, in order.
    pub rows: Vec<Filled>,
    /// How many rows have none yet.
    pub open: usize,
}

/// A row as its cells, by the names of the columns, with where it stands.
struct Raw {
    line: usize,
    cells: Vec<(String, String)>,
}

/// Reads a sheet by the ending of its file.
///
/// # Errors
/// [`Error::Labels`] with file, line and column for a cell that does not fit: an unknown theme or kind, a number that is none, a
/// missing column, a sheet in which nothing is filled, a row that stands twice.
pub fn read(path: &Path, book: &Codebook) -> Result<Sheet> {
    let bytes = std::fs::read(path)
        .map_err(|source| Error::Labels(Trouble::at(path, "the sheet cannot be read").source(source)))?;
    let form = Form::of(path)?;
    let raw = match form {
        Form::Csv => from_csv(path, bytes)?,
        Form::Xlsx => from_xlsx(path, bytes)?,
        Form::Doccano | Form::LabelStudio => from_json(path, bytes)?,
    };
    let mut sheet = Sheet { path: path.to_path_buf(), rows: Vec::new(), open: 0 };
    for row in &raw {
        match filled(path, row, matches!(form, Form::Doccano | Form::LabelStudio), book)? {
            Some(row) => sheet.rows.push(row),
            None => sheet.open += 1,
        }
    }
    if sheet.rows.is_empty() {
        let what = match sheet.open {
            0 => "the sheet holds no row".to_string(),
            open => format!("none of the {open} rows has a theme yet"),
        };
        return Err(Error::Labels(Trouble::at(path, what).remedy("fill the column theme")));
    }
    let mut keys: Vec<(&str, usize, usize, usize)> =
        sheet.rows.iter().map(|row| (row.doc.as_str(), row.start, row.end, row.line)).collect();
    keys.sort_unstable();
    if let Some(pair) =
        keys.windows(2).find(|pair| (pair[0].0, pair[0].1, pair[0].2) == (pair[1].0, pair[1].1, pair[1].2))
    {
        let (doc, start, end, line) = pair[1];
        let what = format!("characters {start}–{end} of “{doc}” are coded twice, first in line {}", pair[0].3);
        return Err(Error::Labels(Trouble::at(path, what).line(line)));
    }
    Ok(sheet)
}

fn wrong(path: &Path, line: usize, column: &str, what: String) -> Error {
    Error::Labels(Trouble::at(path, format!("column {column}: {what}")).line(line))
}

/// A row with its cells checked; `None` where nobody has given it a theme.
fn filled(path: &Path, row: &Raw, json: bool, book: &Codebook) -> Result<Option<Filled>> {
    let cell = |name: &str| {
        row.cells.iter().find(|(column, _)| column == name).map_or("", |(_, cell)| cell.as_str()).trim().to_string()
    };
    // What tools export leaves a field out where nobody has filled it.
    let needed = if json { &["doc", "start", "end"][..] } else { &["doc", "n", "start", "end", "theme"] };
    if let Some(missing) = needed.iter().find(|needed| !row.cells.iter().any(|(column, _)| column == *needed)) {
        let trouble = Trouble::at(path, format!("the column “{missing}” is missing")).line(row.line);
        return Err(Error::Labels(trouble.remedy("keep the columns that `cezhong label sample` wrote")));
    }
    let theme_of = |column: &str| match cell(column) {
        id if id.is_empty() || id == "-" => Ok(None),
        id => match book.theme(&id) {
            Some(theme) => Ok(Some(theme)),
            None => {
                let known = book.ids().join(", ");
                Err(wrong(path, row.line, column, format!("the theme “{id}” is not in the codebook ({known})")))
            }
        },
    };
    let theme2 = theme_of("theme2")?;
    let Some(theme) = theme_of("theme")? else {
        return match theme2 {
            Some(_) => Err(wrong(path, row.line, "theme2", "a second theme stands without a first".into())),
            None => Ok(None),
        };
    };
    let kind = match cell("kind") {
        id if id.is_empty() => None,
        id => Some(Kind::from_id(&id).ok_or_else(|| {
            let known = Kind::ALL.iter().map(|kind| kind.id()).collect::<Vec<_>>().join(", ");
            wrong(path, row.line, "kind", format!("the kind “{id}” is none of {known}"))
        })?),
    };
    let number = |column: &str| {
        let cell = cell(column);
        cell.parse::<usize>().map_err(|_| wrong(path, row.line, column, format!("“{cell}” is no whole number")))
    };
    let what = match cell("what").as_str() {
        "measure" => What::Measure,
        "" | "sentence" => What::Sentence,
        other => return Err(wrong(path, row.line, "what", format!("“{other}” is neither sentence nor measure"))),
    };
    Ok(Some(Filled {
        what,
        draw: cell("draw"),
        doc: cell("doc"),
        n: number("n")?,
        start: number("start")?,
        end: number("end")?,
        text: cell("text"),
        kind,
        theme,
        theme2: theme2.filter(|second| *second != theme),
        line: row.line,
        context: [cell("place"), cell("headings"), cell("before"), cell("after")],
    }))
}

fn from_csv(path: &Path, bytes: Vec<u8>) -> Result<Vec<Raw>> {
    let decoded = crate::corpus::encoding::decode(bytes, None, 0.0)
        .map_err(|why| Error::Labels(Trouble::at(path, why.en.trim_end_matches('.'))))?;
    let text = decoded.text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut lines, mut record, mut rows) = (Lines::new(text), csv::StringRecord::new(), Vec::new());
    let mut names: Vec<String> = Vec::new();
    loop {
        let start = reader.position().byte() as usize;
        let more = reader
            .read_record(&mut record)
            .map_err(|error| Error::Labels(Trouble::at(path, format!("the sheet does not read on: {error}"))))?;
        if !more {
            return Ok(rows);
        }
        let line = lines.at(start);
        if names.is_empty() {
            names = record.iter().map(|name| name.trim().to_string()).collect();
        } else if record.len() != names.len() {
            let what = format!("{} cells under {} columns", record.len(), names.len());
            return Err(Error::Labels(Trouble::at(path, what).line(line).remedy("put texts with commas in quotes")));
        } else if record.iter().any(|cell| !cell.trim().is_empty()) {
            let cells = names.iter().cloned().zip(record.iter().map(String::from)).collect();
            rows.push(Raw { line, cells });
        }
    }
}

fn from_xlsx(path: &Path, bytes: Vec<u8>) -> Result<Vec<Raw>> {
    let damaged =
        |error: calamine::XlsxError| Error::Labels(Trouble::at(path, format!("the workbook does not read: {error}")));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let name = names.iter().find(|name| *name == "labels").or(names.first()).cloned().unwrap_or_default();
    let range = book.worksheet_range(&name).map_err(damaged)?;
    let first = range.start().map_or(0, |start| start.0 as usize);
    let shown = |cell: &Data| match cell {
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    let mut rows = range.rows();
    let names: Vec<String> = rows.next().map(|row| row.iter().map(shown).collect()).unwrap_or_default();
    Ok(rows
        .enumerate()
        .map(|(at, row)| Raw {
            line: first + at + 2,
            cells: names.iter().cloned().zip(row.iter().map(shown)).collect(),
        })
        .filter(|row| row.cells.iter().any(|(_, cell)| !cell.trim().is_empty()))
        .collect())
}

/// Lines of objects, or one list of them.
fn from_json(path: &Path, bytes: Vec<u8>) -> Result<Vec<Raw>> {
    let bad = |line: usize, error: serde_json::Error| {
        Error::Labels(Trouble::at(path, format!("this is no JSON: {error}")).line(line))
    };
    let text = String::from_utf8(bytes).map_err(|_| Error::Labels(Trouble::at(path, "the sheet is not UTF-8")))?;
    let text = text.trim_start_matches('\u{FEFF}');
    let objects: Vec<(usize, Value)> = if text.trim_start().starts_with('[') {
        let list: Vec<Value> = serde_json::from_str(text).map_err(|error| bad(error.line(), error))?;
        list.into_iter().enumerate().map(|(at, object)| (at + 1, object)).collect()
    } else {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(at, line)| {
                serde_json::from_str(line).map(|object| (at + 1, object)).map_err(|error| bad(at + 1, error))
            })
            .collect::<Result<_>>()?
    };
    objects.into_iter().map(|(line, object)| raw_of(path, line, &object)).collect()
}

fn raw_of(path: &Path, line: usize, object: &Value) -> Result<Raw> {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), String::from);
    let fields = |value: &Value| -> Vec<(String, String)> {
        let object = value.as_object().into_iter().flatten();
        object
            .filter(|(_, value)| !value.is_array() && !value.is_object())
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect()
    };
    let mut row = Raw { line, cells: fields(object) };
    let mut put = |name: &str, value: &str| -> Result<()> {
        if row.cells.iter().any(|(column, cell)| column == name && cell != value) {
            return Err(wrong(path, line, name, format!("both “{value}” and another are chosen")));
        }
        row.cells.push((name.to_string(), value.to_string()));
        Ok(())
    };
    // doccano: "label": ["kind:measure", "theme:industry"], and what it does not know under "meta" or beside.
    for label in object.get("label").or_else(|| object.get("labels")).and_then(Value::as_array).into_iter().flatten() {
        let label = plain(label);
        match label.split_once(':') {
            Some((name @ ("kind" | "theme" | "theme2"), id)) => put(name, id)?,
            _ => put("theme", &label)?,
        }
    }
    // Label Studio: the task under "data", the choices under "annotations".
    let annotations = object.get("annotations").and_then(Value::as_array).into_iter().flatten();
    let made = annotations.filter(|annotation| annotation.get("was_cancelled") != Some(&true.into()));
    let chosen = |annotation: &Value| -> Vec<(String, String)> {
        let results = annotation.get("result").and_then(Value::as_array).into_iter().flatten();
        let mut chosen: Vec<(String, String)> = results
            .flat_map(|result| {
                let name = result.get("from_name").and_then(Value::as_str).unwrap_or_default();
                let choices = result.pointer("/value/choices").and_then(Value::as_array).into_iter().flatten();
                choices.map(move |choice| (name.to_string(), plain(choice)))
            })
            .filter(|(name, _)| ["kind", "theme", "theme2"].contains(&name.as_str()))
            .collect();
        chosen.sort();
        chosen
    };
    let mut all: Vec<Vec<(String, String)>> = made.map(chosen).filter(|chosen| !chosen.is_empty()).collect();
    all.dedup();
    if all.len() > 1 {
        let trouble = Trouble::at(path, "the task has annotations that differ").line(line);
        return Err(Error::Labels(
            trouble.remedy("export each annotator's alone, and compare them with `cezhong label agree`"),
        ));
    }
    for (name, choice) in all.into_iter().flatten() {
        put(&name, &choice)?;
    }
    for inner in ["data", "meta", "metadata"] {
        row.cells.extend(object.get(inner).map(&fields).unwrap_or_default());
    }
    Ok(row)
}
