//! Parquet, read by polars: only the columns that are text, numbers or truth values.

use super::csv::header;
use super::row::{BadRow, Row, sha256};
use crate::corpus::limits::ReadParams;
use polars::prelude::{AnyValue, ParquetReader, SerReader};
use std::io::Cursor;

/// The rows of a table.
///
/// # Errors
/// Why there is no table, as a full sentence.
pub fn rows(bytes: Vec<u8>, params: &ReadParams) -> Result<Vec<Result<Row, BadRow>>, String> {
    let damaged = |error: polars::prelude::PolarsError| format!("The parquet table cannot be read: {error}.");
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let metadata = reader.get_metadata().map_err(damaged)?;
    let inflated: u64 = metadata.row_groups.iter().map(|group| group.total_byte_size() as u64).sum();
    if inflated > params.max_inflated_bytes {
        let limit = params.max_inflated_bytes;
        return Err(format!(
            "The parquet table inflates to {inflated} bytes, more than the limit max_inflated_bytes = {limit}."
        ));
    }
    let frame = reader.finish().map_err(damaged)?;
    let names: Vec<String> = frame.get_column_names().iter().map(|name| name.to_string()).collect();
    let columns = header(&names)?;
    let rows = (0..frame.height()).map(|at| {
        let mut row = Row::new(at + 1, "parquet");
        for (column, values) in columns.iter().zip(frame.columns()) {
            row.take(column, &values.get(at).map_or(String::new(), |value| shown(&value)));
        }
        row.sha256 = sha256(row.text.as_bytes());
        row.checked()
    });
    Ok(rows.collect())
}

/// A flat value as text; anything else says nothing about a document.
fn shown(value: &AnyValue) -> String {
    match value {
        AnyValue::String(text) => text.to_string(),
        AnyValue::StringOwned(text) => text.to_string(),
        value if value.is_primitive_numeric() || value.is_boolean() => value.to_string(),
        _ => String::new(),
    }
}
