//! Documents made of extracted texts and of the rows of tables.

use super::lists::Lists;
use super::outcome::{At, Outcome};
use crate::corpus::document::{Document, Unread, sha256};
use crate::corpus::extract::Extracted;
use crate::corpus::hints::{Hints, UserFields};
use crate::corpus::limits::ReadParams;
use crate::corpus::meta::describe;
use crate::corpus::table::{self, BadRow, Row};
use crate::notice::Notice;
use rayon::prelude::*;
use std::io::{self, Read};

/// A file that is one document.
pub(super) fn single(
    lists: &Lists,
    at: &At,
    bytes: Vec<u8>,
    extract: impl Fn(Vec<u8>) -> Result<Extracted, Notice>,
) -> Outcome {
    let hash = sha256(&bytes);
    match extract(bytes) {
        Ok(extracted) if extracted.text.trim().is_empty() => {
            Outcome::unread(&at.shown, Notice::new("其中没有文字。", "There is no text in it."))
        }
        Ok(extracted) => {
            let user = lists.about(&at.folder, &at.id);
            let document = document(at.id.clone(), &at.shown, hash, extracted, user);
            Outcome { documents: vec![document], ..Outcome::default() }
        }
        Err(reason) => Outcome::unread(&at.shown, reason),
    }
}

/// A streamed table in JSON Lines.
pub(super) fn lines(lists: &Lists, params: &ReadParams, at: &At, reader: impl Read) -> io::Result<Outcome> {
    let rows = table::json::lines(reader, params, |row| of_row(lists, at, row))?;
    Ok(joined(at, rows))
}

/// A table that is held in memory.
pub(super) fn rows(lists: &Lists, at: &At, rows: Result<Vec<Result<Row, BadRow>>, Notice>) -> Outcome {
    match rows {
        Ok(rows) => {
            let made = rows.into_par_iter().map(|row| row.map(|row| of_row(lists, at, row))).collect();
            joined(at, made)
        }
        Err(reason) => Outcome::unread(&at.shown, reason),
    }
}

/// One row as a document.
fn of_row(lists: &Lists, at: &At, row: Row) -> Document {
    let id = row.id.unwrap_or_else(|| format!("{}#{}", at.id, row.number));
    let user = lists.about(&at.folder, &id).or(row.user);
    let extracted = Extracted { warnings: row.warnings, ..Extracted::new(row.text, &row.encoding) };
    document(id, &at.shown, row.sha256, extracted, user)
}

/// The rows of one table, its bad rows listed; of many bad rows the first ones, and the number of the others.
fn joined(at: &At, rows: Vec<Result<Document, BadRow>>) -> Outcome {
    const LISTED: usize = 20;
    let mut outcome = Outcome::default();
    let mut bad = 0;
    for row in rows {
        match row {
            Ok(document) => outcome.documents.push(document),
            Err((number, reason)) => {
                bad += 1;
                if bad <= LISTED {
                    outcome.unread.push(Unread { file: format!("{}:{number}", at.shown), reason });
                }
            }
        }
    }
    if bad > LISTED {
        let further = bad - LISTED;
        let reason = Notice::new(
            format!("另有 {further} 行也无法读取。"),
            format!("{further} further rows could not be read either."),
        );
        outcome.unread.push(Unread { file: at.shown.clone(), reason });
    }
    if outcome.documents.is_empty() && bad == 0 {
        let reason = Notice::new("表格没有数据行。", "The table has no rows.");
        outcome.unread.push(Unread { file: at.shown.clone(), reason });
    }
    outcome
}

/// A document with all that is known about it.
fn document(id: String, file: &str, sha256: String, extracted: Extracted, user: UserFields) -> Document {
    let Extracted { text, decoding, fields, title, mut warnings } = extracted;
    let hints = Hints { user, fields, title };
    let (meta, noticed) = describe(&text, &id, &hints);
    warnings.extend(noticed);
    Document { id, file: file.to_string(), sha256, text, decoding, meta, warnings }
}
