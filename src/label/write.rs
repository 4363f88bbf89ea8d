//! Sheets for people: csv, xlsx with drop-downs, and what doccano and Label Studio import.

use std::path::Path;

use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, Formula, Workbook, XlsxError};

use super::task::Task;
use crate::codebook::{Codebook, Kind};
use crate::error::{Error, Result, Trouble};

/// The form of a sheet, by the ending of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `.csv`: UTF-8 with a byte order mark.
    Csv,
    /// `.xlsx`: with drop-downs, and the codebook on a second page.
    Xlsx,
    /// `.jsonl`: what doccano imports, labels as `theme:industry`.
    Doccano,
    /// `.json`: what Label Studio imports, a list of tasks.
    LabelStudio,
}

impl Form {
    /// The form that the ending says.
    ///
    /// # Errors
    /// [`Error::Settings`] for any other ending.
    pub fn of(path: &Path) -> Result<Form> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("csv") => Ok(Form::Csv),
            Some("xlsx") => Ok(Form::Xlsx),
            Some("jsonl") => Ok(Form::Doccano),
            Some("json") => Ok(Form::LabelStudio),
            _ => Err(Error::Settings(
                Trouble::at(path, "the ending names no form of sheet")
                    .remedy("name it .csv, .xlsx, .jsonl (doccano) or .json (Label Studio)"),
            )),
        }
    }
}

/// The columns of a sheet; those from [`FILL`] on are for the coder.
pub(super) const COLUMNS: [&str; 15] = [
    "what", "draw", "doc", "n", "start", "end", "place", "headings", "before", "text", "after", "kind", "theme",
    "theme2", "note",
];
/// The first column that the coder fills.
pub(super) const FILL: usize = 11;

/// The bytes of a sheet. `draw` says how the tasks were chosen; `said` holds, for each further column, its name and a cell a task.
///
/// # Errors
/// [`Error::Output`] if a workbook cannot be made.
pub fn write(
    tasks: &[&Task],
    draw: &str,
    said: &[(String, Vec<String>)],
    book: &Codebook,
    form: Form,
) -> Result<Vec<u8>> {
    let rows: Vec<Vec<String>> = tasks
        .iter()
        .enumerate()
        .map(|(i, task)| {
            let mut row: Vec<String> = [
                task.what.id(),
                draw,
                &task.doc,
                &task.n.to_string(),
                &task.start.to_string(),
                &task.end.to_string(),
                &task.place,
                &task.headings,
                &task.before,
                &task.text,
                &task.after,
            ]
            .map(String::from)
            .to_vec();
            row.resize(COLUMNS.len(), String::new());
            row.extend(said.iter().map(|(_, cells)| cells[i].clone()));
            row
        })
        .collect();
    let mut head: Vec<String> = COLUMNS.map(String::from).to_vec();
    head.extend(said.iter().map(|(name, _)| name.clone()));
    match form {
        Form::Csv => Ok(csv_bytes(&head, &rows)),
        Form::Xlsx => workbook(&head, &rows, book).map_err(|error| {
            Error::Output(Trouble::new(format!("the workbook cannot be made: {error}")).remedy("write a .csv"))
        }),
        Form::Doccano | Form::LabelStudio => Ok(json(&head, &rows, form)),
    }
}

fn csv_bytes(head: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(head).expect("memory takes every row");
    rows.iter().for_each(|row| writer.write_record(row).expect("every row has the head's columns"));
    writer.into_inner().expect("memory takes every byte")
}

/// One object a task. The columns that the coder fills are left to the tool.
fn json(head: &[String], rows: &[Vec<String>], form: Form) -> Vec<u8> {
    let object = |row: &Vec<String>| {
        let mut fields = serde_json::Map::new();
        for (name, cell) in head.iter().zip(row) {
            if COLUMNS[FILL..].contains(&name.as_str()) {
                continue;
            }
            let value = match name.as_str() {
                "n" | "start" | "end" => cell.parse::<u64>().map_or(cell.as_str().into(), serde_json::Value::from),
                _ => cell.as_str().into(),
            };
            fields.insert(name.clone(), value);
        }
        match form {
            Form::LabelStudio => serde_json::json!({ "data": fields }),
            _ => {
                fields.insert("label".into(), serde_json::json!([]));
                fields.into()
            }
        }
    };
    let lines: Vec<String> = rows.iter().map(|row| object(row).to_string()).collect();
    match form {
        Form::LabelStudio => format!("[\n{}\n]\n", lines.join(",\n")).into_bytes(),
        _ => lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect(),
    }
}

fn workbook(head: &[String], rows: &[Vec<String>], book: &Codebook) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed date of creation, so that two runs give the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name("labels")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in head.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, name, &bold)?;
        let width = match name.as_str() {
            "text" => 70.0,
            "before" | "after" | "headings" => 36.0,
            "kind" | "theme" | "theme2" | "note" => 18.0,
            _ => 9.0,
        };
        sheet.set_column_width(column as u16, width)?;
    }
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            match head[column].as_str() {
                "n" | "start" | "end" => {
                    sheet.write_number(at as u32 + 1, column as u16, cell.parse().unwrap_or(0.0))?
                }
                _ => sheet.write_string_with_format(at as u32 + 1, column as u16, cell, &wrapped)?,
            };
        }
    }
    if !rows.is_empty() {
        // The lists stand on the second page, as a list within a rule may hold 255 characters only.
        let list = |column: char, entries: usize| {
            DataValidation::new()
                .allow_list_formula(Formula::new(format!("=codebook!${column}$2:${column}${}", entries + 1)))
                .set_error_title("侧重")
                .and_then(|rule| rule.set_error_message("choose an id of the list / 请从列表中选择"))
        };
        let last = rows.len() as u32;
        let (kinds, themes) = (list('E', Kind::ALL.len())?, list('A', book.themes.len())?);
        sheet.add_data_validation(1, FILL as u16, last, FILL as u16, &kinds)?;
        sheet.add_data_validation(1, FILL as u16 + 1, last, FILL as u16 + 2, &themes)?;
    }
    let page = workbook.add_worksheet();
    page.set_name("codebook")?;
    for (column, name) in ["theme", "中文", "English", "definition", "kind", "类别"].iter().enumerate() {
        page.write_string_with_format(0, column as u16, *name, &bold)?;
    }
    page.set_column_width(3, 90.0)?;
    for (row, theme) in (1u32..).zip(&book.themes) {
        for (column, text) in [&theme.id, &theme.zh, &theme.en, &theme.definition].into_iter().enumerate() {
            page.write_string_with_format(row, column as u16, text, &wrapped)?;
        }
    }
    for (row, kind) in (1u32..).zip(Kind::ALL) {
        page.write_string(row, 4, kind.id())?;
        page.write_string(row, 5, kind.zh())?;
    }
    workbook.save_to_buffer()
}
