//! Parquet, read by polars: only the columns that are text, numbers or truth values.

use super::csv::header;
use super::pages;
use super::row::{BadRow, Row};
use crate::corpus::document::sha256;
use crate::corpus::limits::ReadParams;
use crate::notice::Notice;
use polars::prelude::{AnyValue, ParquetReader, SerReader};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many bytes a cell of text takes in memory at least.
const CELL: u64 = 16;

/// The rows of a table.
///
/// # Errors
/// Why there is no table, as a full sentence.
pub fn rows(bytes: Vec<u8>, params: &ReadParams) -> Result<Vec<Result<Row, BadRow>>, Notice> {
    // Polars does not look at everything that a damaged file says before it believes it, and panics on some of it.
    catch_unwind(AssertUnwindSafe(|| believed(&bytes, params))).unwrap_or_else(|_| Err(damaged()))
}

/// The same; polars may panic in it.
fn believed(bytes: &[u8], params: &ReadParams) -> Result<Vec<Result<Row, BadRow>>, Notice> {
    let refused = |error: polars::prelude::PolarsError| {
        let en = format!("The parquet table cannot be read: {error}.");
        Notice::new(format!("Parquet 表格无法读取（{error}）。"), en)
    };
    let limit = params.max_inflated_bytes;
    let too_large = |inflated: u64| {
        Notice::new(
            format!("Parquet 表格解压后有 {inflated} 字节，超过上限 max_inflated_bytes = {limit}。"),
            format!(
                "The parquet table inflates to {inflated} bytes, more than the limit max_inflated_bytes = {limit}."
            ),
        )
    };
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let metadata = reader.get_metadata().map_err(refused)?;
    // A column of one value, a billion times, has next to no size, but each of its cells is held. What does not fit into memory would
    // end the program and not only the reading of this file, so it is asked before.
    let (mut inflated, mut cells) = (0u64, 0u64);
    for group in &metadata.row_groups {
        for column in group.parquet_columns() {
            let values = u64::try_from(column.num_values()).map_err(|_| damaged())?;
            cells = cells.saturating_add(values.max(group.num_rows() as u64));
            let range = column.byte_range();
            let pages = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
            let pages = pages.and_then(|(start, end)| bytes.get(start..end)).ok_or_else(damaged)?;
            inflated = inflated.saturating_add(pages::inflated(pages, values).ok_or_else(damaged)?);
        }
    }
    let inflated = inflated.max(cells.saturating_mul(CELL));
    if inflated > limit {
        return Err(too_large(inflated));
    }
    let frame = reader.finish().map_err(refused)?;
    let names: Vec<String> = frame.get_column_names().iter().map(|name| name.to_string()).collect();
    let columns = header(&names)?;
    let mut rows = Vec::with_capacity(frame.height());
    let mut given = 0u64;
    for at in 0..frame.height() {
        let mut row = Row::new(at + 1, "parquet");
        for (column, values) in columns.iter().zip(frame.columns()) {
            let value = values.get(at).map_or(String::new(), |value| shown(&value));
            given = given.saturating_add(value.len() as u64);
            row.take(column, &value);
        }
        // One long text may stand in the file once and in the table a million times.
        if given > limit {
            return Err(too_large(given));
        }
        row.sha256 = sha256(row.text.as_bytes());
        rows.push(row.checked());
    }
    Ok(rows)
}

/// That the file is not what it says of itself.
fn damaged() -> Notice {
    Notice::new(
        "Parquet 表格无法读取：文件已损坏，请重新导出。",
        "The parquet table cannot be read: it is damaged; write it anew.",
    )
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

#[cfg(test)]
mod tests {
    use super::*;
    use polars::prelude::{DataFrame, NamedFrom, ParquetWriter, Series};

    fn table(columns: Vec<Series>) -> Vec<u8> {
        let columns = columns.into_iter().map(Into::into).collect();
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut DataFrame::new_infer_height(columns).unwrap()).unwrap();
        bytes
    }

    #[test]
    fn a_value_that_is_repeated_counts_each_time() {
        let bytes = table(vec![Series::new("text".into(), vec!["推进水库除险加固。"; 1_000_000])]);
        assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
        let tight = ReadParams { max_inflated_bytes: 4 << 20, ..ReadParams::default() };
        assert!(rows(bytes, &tight).unwrap_err().en.contains("inflates to 16000000 bytes"));
    }

    #[test]
    fn a_text_that_is_repeated_counts_each_time() {
        let long = "推进水库除险加固。".repeat(1_000);
        let bytes = table(vec![Series::new("text".into(), vec![long.as_str(); 1_000])]);
        assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
        let tight = ReadParams { max_inflated_bytes: 4 << 20, ..ReadParams::default() };
        assert!(rows(bytes, &tight).unwrap_err().en.contains("more than the limit max_inflated_bytes = 4194304"));
    }

    #[test]
    fn a_damaged_table_is_read_or_refused() {
        let bytes = table(vec![
            Series::new("text".into(), ["推进水库除险加固。", "发展现代农业。"]),
            Series::new("地区".into(), [Some("青石镇"), None]),
            Series::new("年份".into(), [2023i64, 2024]),
        ]);
        assert_eq!(rows(bytes.clone(), &ReadParams::default()).unwrap().len(), 2);
        let tight = ReadParams { max_inflated_bytes: 4 << 20, ..ReadParams::default() };
        for at in 0..bytes.len() {
            for change in [0x01, 0x10, 0xFF] {
                let mut bytes = bytes.clone();
                bytes[at] ^= change;
                // None of them may panic or run out of memory; whether a table comes out depends on the place.
                let _ = rows(bytes, &tight);
            }
        }
    }
}
