//! JSON Lines, streamed: blocks of whole lines, each block parsed in parallel and kept in order.

use super::row::{BadRow, Row};
use crate::corpus::columns::{Column, listed, only_zh};
use crate::corpus::document::sha256;
use crate::corpus::encoding;
use crate::corpus::limits::ReadParams;
use crate::notice::Notice;
use rayon::prelude::*;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read};

/// How many bytes are read before the lines in them are parsed: enough for every core, small beside the documents.
const BLOCK: usize = 8 << 20;

/// Reads all lines; `make` is called in parallel, the results are in the order of the lines.
///
/// An empty line is passed over. A line over `max_line_bytes` is a bad row, and is not held in memory.
///
/// # Errors
/// The system's error, with the rows before it lost: a table that ends in the middle is not believed.
pub fn lines<T: Send>(
    mut reader: impl Read,
    params: &ReadParams,
    make: impl Fn(Row) -> T + Sync,
) -> io::Result<Vec<Result<T, BadRow>>> {
    let mut results = Vec::new();
    let mut block: Vec<u8> = Vec::with_capacity(BLOCK + (BLOCK >> 2));
    let mut line = 1;
    let mut skipping = false;
    loop {
        let before = block.len();
        let count = reader.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        let ended = count < BLOCK;
        let mut start = 0;
        if skipping {
            match block.iter().position(|&byte| byte == b'\n') {
                Some(end) => (start, skipping, line) = (end + 1, false, line + 1),
                None => start = block.len(),
            }
        }
        let end = if ended {
            block.len()
        } else {
            let searched = before.max(start);
            block[searched..].iter().rposition(|&byte| byte == b'\n').map_or(start, |at| searched + at + 1)
        };
        let mut numbered = Vec::new();
        for text in block[start..end].split_inclusive(|&byte| byte == b'\n') {
            numbered.push((line, text));
            line += usize::from(text.ends_with(b"\n"));
        }
        let made: Vec<Option<Result<T, BadRow>>> = numbered
            .into_par_iter()
            .map(|(line, text)| parse(line, text.trim_ascii(), params).map(|row| row.map(&make)))
            .collect();
        results.extend(made.into_iter().flatten());
        block.drain(..end);
        if ended {
            return Ok(results);
        }
        if block.len() > params.max_line_bytes {
            results.push(Err((line, too_long(params))));
            block.clear();
            skipping = true;
        }
    }
}

/// The rows of one JSON array of objects.
///
/// # Errors
/// Why the bytes are no such array, as a full sentence.
pub fn array(bytes: &[u8]) -> Result<Vec<Result<Row, BadRow>>, Notice> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let objects: Vec<Object> = serde_json::from_slice(bytes).map_err(|error| {
        Notice::new(
            format!("文件不是由带“text”的对象组成的 JSON 数组：{}。", wrong_zh(&error)),
            format!("The file is no JSON array of objects with a text: {error}."),
        )
    })?;
    let rows = objects.into_iter().enumerate().map(|(n, object)| {
        let row = object.row(n + 1, "UTF-8")?;
        Ok(Row { sha256: sha256(row.text.as_bytes()), ..row })
    });
    Ok(rows.collect())
}

fn too_long(params: &ReadParams) -> Notice {
    let limit = params.max_line_bytes;
    Notice::new(
        format!("该行超过长度上限 max_line_bytes = {limit}。"),
        format!("The line is longer than the limit max_line_bytes = {limit}."),
    )
}

/// What the parser says of a text that is no object of a document, and is expected to be one.
const NOT_A_STRING: &str = "the “text” is not a string";

/// What is wrong with the JSON, as a Chinese clause; the parser's own words only where it found a mistake of writing.
fn wrong_zh(error: &serde_json::Error) -> String {
    let place = format!("第 {} 行第 {} 列", error.line(), error.column());
    match error.classify() {
        Category::Eof => format!("没有写完（{place}）"),
        Category::Data if error.to_string().starts_with(NOT_A_STRING) => format!("“text”不是字符串（{place}）"),
        // What is no object at all has no place in one.
        Category::Data => "不是带“text”的对象".to_string(),
        Category::Syntax | Category::Io => format!("语法有误（{error}）"),
    }
}

/// One line, without the white space around it; `None` if nothing stands in it.
fn parse(number: usize, line: &[u8], params: &ReadParams) -> Option<Result<Row, BadRow>> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    if line.is_empty() {
        return None;
    }
    if line.len() > params.max_line_bytes {
        return Some(Err((number, too_long(params))));
    }
    Some(match std::str::from_utf8(line) {
        Ok(text) => object(number, text, "UTF-8", line),
        Err(_) => match encoding::decode(line.to_vec(), None, 0.0) {
            Ok(decoded) => object(number, &decoded.text, &decoded.decoding.encoding, line),
            Err(why) => Err((number, why)),
        },
    })
}

fn object(number: usize, text: &str, encoding: &str, line: &[u8]) -> Result<Row, BadRow> {
    let object: Object = serde_json::from_str(text).map_err(|error| {
        let zh = format!("该行不是 JSON 对象：{}。", wrong_zh(&error));
        (number, Notice::new(zh, format!("The line is no JSON object: {error}.")))
    })?;
    Ok(Row { sha256: sha256(line), ..object.row(number, encoding)? })
}

/// A JSON object, as far as it speaks of a document: flat values under their columns.
struct Object<'t> {
    cells: Vec<(Column, Cow<'t, str>)>,
    names: Vec<String>,
}

impl Object<'_> {
    fn row(self, number: usize, encoding: &str) -> Result<Row, BadRow> {
        let mut row = Row::new(number, encoding);
        let mut has_text = false;
        for (column, value) in self.cells {
            match column {
                Column::Text => {
                    has_text = true;
                    row.text = value.into_owned();
                }
                column => row.take(&column, &value),
            }
        }
        if !has_text {
            let (only, names) = (only_zh(&self.names), listed(&self.names));
            let why = Notice::new(
                format!("其中没有“text”，{only}；请把正文所在的列命名为“text”。"),
                format!("There is no “text”, only {names}; name the column of texts “text”."),
            );
            return Err((number, why));
        }
        row.checked()
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a “text”")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut object = Object { cells: Vec::new(), names: Vec::new() };
                while let Some(name) = map.next_key::<Cow<'de, str>>()? {
                    let column = Column::named(&name);
                    match (map.next_value::<Cell>()?, column) {
                        (Cell::Text(value), column) => object.cells.push((column, value)),
                        (Cell::Number(value), column) if column != Column::Text => {
                            object.cells.push((column, Cow::Owned(value)));
                        }
                        (_, Column::Text) => return Err(A::Error::custom(NOT_A_STRING)),
                        _ => {}
                    }
                    object.names.push(name.into_owned());
                }
                Ok(object)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// A flat value as text; lists, objects and null say nothing about a document.
enum Cell<'t> {
    Text(Cow<'t, str>),
    /// A number or a truth value, as it is written.
    Number(String),
    /// A list, an object, null.
    Other,
}

impl<'de> Deserialize<'de> for Cell<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Value;
        impl<'de> Visitor<'de> for Value {
            type Value = Cell<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Cell<'de>, E> {
                Ok(Cell::Text(Cow::Borrowed(v)))
            }
            fn visit_str<E>(self, v: &str) -> Result<Cell<'de>, E> {
                Ok(Cell::Text(Cow::Owned(v.to_string())))
            }
            fn visit_string<E>(self, v: String) -> Result<Cell<'de>, E> {
                Ok(Cell::Text(Cow::Owned(v)))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Cell<'de>, E> {
                Ok(Cell::Number(v.to_string()))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Cell<'de>, E> {
                Ok(Cell::Number(v.to_string()))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Cell<'de>, E> {
                Ok(Cell::Number(v.to_string()))
            }
            fn visit_bool<E>(self, v: bool) -> Result<Cell<'de>, E> {
                Ok(Cell::Number(v.to_string()))
            }
            fn visit_unit<E>(self) -> Result<Cell<'de>, E> {
                Ok(Cell::Other)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Cell<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Cell::Other)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell<'de>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Cell::Other)
            }
        }
        deserializer.deserialize_any(Value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8], params: &ReadParams) -> Vec<Result<(usize, String), BadRow>> {
        lines(text, params, |row| (row.number, row.text)).unwrap()
    }

    #[test]
    fn good_lines_are_rows_and_bad_lines_say_where() {
        let text = "\u{FEFF}{\"id\":\"a\",\"text\":\"一\\n二\",\"year\":2023,\"tags\":[1,{\"x\":null}]}\r\n\n{\"body\":\"x\"}\n{\"text\":7}\n{\"text\":null}\n{\"text\": \"末\"";
        let rows = read(text.as_bytes(), &ReadParams::default());
        assert_eq!(rows[0], Ok((1, "一\n二".to_string())));
        let why: Vec<(usize, &str)> =
            rows[1..].iter().map(|row| row.as_ref().unwrap_err()).map(|(n, w)| (*n, w.en.as_str())).collect();
        assert_eq!(why[0], (3, "There is no “text”, only “body”; name the column of texts “text”."));
        assert_eq!(why.len(), 4);
        assert!(why[1].1.contains("the “text” is not a string") && why[2].1.contains("is not a string"), "{why:?}");
        assert_eq!(rows.last().unwrap().as_ref().unwrap_err().0, 6);
    }

    #[test]
    fn a_line_in_gb18030_and_one_that_is_too_long() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("{\"text\":\"全镇要大力发展现代农业，推进项目建设。\"}\n");
        let mut table = bytes.into_owned();
        table.extend_from_slice(format!("{{\"text\":\"{}\"}}\n{{\"text\":\"好\"}}\n", "长".repeat(200)).as_bytes());
        let rows = read(&table, &ReadParams { max_line_bytes: 300, ..ReadParams::default() });
        assert_eq!(rows[0], Ok((1, "全镇要大力发展现代农业，推进项目建设。".to_string())));
        let too_long = Notice::new(
            "该行超过长度上限 max_line_bytes = 300。",
            "The line is longer than the limit max_line_bytes = 300.",
        );
        assert_eq!(rows[1], Err((2, too_long)));
        assert_eq!(rows[2], Ok((3, "好".to_string())));
    }

    #[test]
    fn lines_across_blocks_keep_their_order_and_a_huge_one_is_not_held() {
        let mut table = Vec::new();
        for n in 0..15_000 {
            table.extend_from_slice(format!("{{\"id\":\"{n}\",\"text\":\"{}\"}}\n", "镇".repeat(300)).as_bytes());
        }
        table.extend_from_slice(b"{\"text\":\"");
        table.resize(table.len() + 3 * BLOCK, b'x');
        table.extend_from_slice("\"}\n{\"text\":\"末\"}".as_bytes());
        let params = ReadParams { max_line_bytes: BLOCK, ..ReadParams::default() };
        let rows = lines(&table[..], &params, |row| (row.number, row.id)).unwrap();
        assert_eq!(rows.len(), 15_002);
        assert!(rows[..15_000].iter().enumerate().all(|(n, row)| *row == Ok((n + 1, Some(n.to_string())))));
        assert_eq!(rows[15_000].as_ref().unwrap_err().0, 15_001);
        assert_eq!(rows[15_001], Ok((15_002, None)));
    }
}
