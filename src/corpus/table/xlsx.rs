//! Workbooks: the first sheet that has a column of texts.

use super::csv::header;
use super::row::{BadRow, Row};
use crate::corpus::document::sha256;
use crate::corpus::inflate;
use crate::corpus::limits::ReadParams;
use crate::corpus::office::package::Package;
use crate::notice::{Clause, Notice};
use calamine::{DataRef, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

/// The cells of one row by column, from 0.
type Cells = BTreeMap<u32, String>;

/// The rows of a workbook.
///
/// # Errors
/// Why there is no table, as a full sentence.
pub fn rows(bytes: &[u8], params: &ReadParams) -> Result<Vec<Result<Row, BadRow>>, Notice> {
    bounded(bytes, params).map_err(|why| why.after("工作簿无法读取", "The workbook cannot be read"))?;
    let damaged = |error: calamine::XlsxError| {
        Notice::new(format!("工作簿已损坏（{error}）。"), format!("The workbook is damaged: {error}."))
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut refused = None;
    for sheet in book.sheet_names() {
        let Ok(mut reader) = book.worksheet_cells_reader(&sheet) else { continue };
        // The sheet is kept sparse: one cell in the last row and column must not cost a grid of 17 billion.
        let mut sheet: BTreeMap<u32, Cells> = BTreeMap::new();
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let value = shown(cell.get_value());
            if !value.trim().is_empty() {
                sheet.entry(row).or_default().insert(column, value);
            }
        }
        let Some((_, head)) = sheet.pop_first() else { continue };
        let names: Vec<String> = head.values().cloned().collect();
        match header(&names) {
            Ok(columns) => {
                let columns: Vec<_> = head.keys().zip(columns).collect();
                let rows = sheet.into_iter().map(|(number, mut cells)| {
                    let mut row = Row::new(number as usize + 1, "xlsx");
                    for (at, column) in &columns {
                        row.take(column, &cells.remove(at).unwrap_or_default());
                    }
                    row.sha256 = sha256(row.text.as_bytes());
                    row.checked()
                });
                return Ok(rows.collect());
            }
            Err(why) => refused = refused.or(Some(why)),
        }
    }
    Err(refused.unwrap_or_else(|| Notice::new("工作簿中没有任何内容。", "The workbook has no cells.")))
}

/// Inflates every member once, to see that the workbook stays within the limits: calamine has none.
fn bounded(bytes: &[u8], params: &ReadParams) -> Result<(), Clause> {
    let mut package = Package::open(bytes, inflate::allowance(bytes.len() as u64, params), params)?;
    for member in package.members().to_vec() {
        package.inflate(&member, params.max_inflated_bytes, &["max_inflated_bytes"])?;
    }
    Ok(())
}

/// A cell as text; a date as ISO 8601.
fn shown(value: &DataRef) -> String {
    match value {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => value.to_string(),
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => value.clone(),
        DataRef::SharedString(value) => value.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
