//! Values between commas, semicolons or tabs, with a header line.

use super::row::{BadRow, Row};
use crate::corpus::columns::{self, Column};
use crate::corpus::delimited::{Lines, separator};
use crate::corpus::document::sha256;
use crate::corpus::encoding;
use crate::notice::Notice;

/// The rows of a table in bytes, in any encoding that [`encoding::decode`] knows.
///
/// # Errors
/// Why there is no table, as a full sentence.
pub fn rows(bytes: Vec<u8>) -> Result<Vec<Result<Row, BadRow>>, Notice> {
    let decoded = encoding::decode(bytes, None, 0.0)?;
    let text = decoded.text.as_str();
    let mut reader = ::csv::ReaderBuilder::new().delimiter(separator(text)).flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| {
        let en = format!("The table has no readable header: {error}.");
        Notice::new(format!("表格的标题行无法读取（{error}）。"), en)
    })?;
    let names: Vec<String> = headers.iter().map(str::to_string).collect();
    let headers = header(&names)?;
    let mut rows = Vec::new();
    let mut lines = Lines::new(text);
    let mut record = ::csv::StringRecord::new();
    loop {
        let start = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(rows),
            Ok(true) => {}
            Err(error) => {
                let en = format!("The table cannot be read on: {error}.");
                return Err(Notice::new(format!("表格读到中途无法继续（{error}）。"), en));
            }
        }
        let bytes = text.as_bytes()[start..reader.position().byte() as usize].trim_ascii();
        let number = lines.at(start);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != headers.len() {
            let (cells, wanted) = (record.len(), headers.len());
            let why = Notice::new(
                format!("该行有 {cells} 格，而标题行有 {wanted} 格；文字中有分隔符或换行的，请加引号。"),
                format!(
                    "The line has {cells} cells under {wanted} headers; put texts with separators or line ends in quotes."
                ),
            );
            rows.push(Err((number, why)));
            continue;
        }
        let mut row = Row::new(number, &decoded.decoding.encoding);
        row.sha256 = sha256(bytes);
        for (column, value) in headers.iter().zip(&record) {
            row.take(column, value);
        }
        rows.push(row.checked());
    }
}

/// The columns under these names, if one of them is the text.
///
/// # Errors
/// That there is none, with the names that there are.
pub fn header(names: &[String]) -> Result<Vec<Column>, Notice> {
    let columns: Vec<Column> = names.iter().map(|name| Column::named(name)).collect();
    if columns.contains(&Column::Text) {
        Ok(columns)
    } else {
        let (only, names) = (columns::only_zh(names), columns::listed(names));
        Err(Notice::new(
            format!("表格没有“text”列，{only}；请把正文所在的列命名为“text”。"),
            format!("The table has no column “text”, only {names}; name the column of texts “text”."),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_texts_keep_their_lines_and_broken_lines_are_told() {
        let table = "id,text,地区,year\r\na,\"第一行\r\n“引号”\"\"，\",青石镇,2023\r\nb,只有两格\r\nc,,甲,2020\r\nd,正文,乙,明年\r\n";
        let rows = rows(table.into()).unwrap();
        let first = rows[0].as_ref().unwrap();
        assert_eq!((first.number, first.text.as_str(), first.user.year), (2, "第一行\r\n“引号”\"，", Some(2023)));
        assert_eq!(first.sha256, sha256("a,\"第一行\r\n“引号”\"\"，\",青石镇,2023".as_bytes()));
        assert!(rows[1].as_ref().unwrap_err().1.en.starts_with("The line has 2 cells under 4 headers"));
        assert_eq!(rows[1].as_ref().unwrap_err().0, 4);
        assert_eq!(rows[2].as_ref().unwrap_err().1.en, "The text is empty.");
        let last = rows[3].as_ref().unwrap();
        assert_eq!((last.user.year, last.warnings.len()), (None, 1));
    }

    #[test]
    fn a_table_without_text_names_what_it_has() {
        assert_eq!(
            rows("id\tbody\n1\tx\n".into()).unwrap_err(),
            Notice::new(
                "表格没有“text”列，只有“id”、“body”；请把正文所在的列命名为“text”。",
                "The table has no column “text”, only “id”, “body”; name the column of texts “text”."
            )
        );
    }
}
