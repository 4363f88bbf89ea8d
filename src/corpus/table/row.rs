//! A row of an input table.

use crate::corpus::columns::{self, Column};
use crate::corpus::hints::UserFields;
use crate::notice::Notice;

/// One document of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its line, or its row under the header, counted from 1.
    pub number: usize,
    /// The value of its `id`.
    pub id: Option<String>,
    /// The text.
    pub text: String,
    /// What its other columns say.
    pub user: UserFields,
    /// The SHA-256 of the bytes that the row is made of, in hexadecimal.
    pub sha256: String,
    /// The encoding it came in.
    pub encoding: String,
    /// Full sentences.
    pub warnings: Vec<Notice>,
}

/// A row that is not a document: its number, counted from 1, and why.
pub type BadRow = (usize, Notice);

impl Row {
    /// A row with nothing in it.
    pub fn new(number: usize, encoding: &str) -> Row {
        Row { number, encoding: encoding.to_string(), ..Row::default() }
    }

    /// Puts one cell in; a cell that its column does not want is left out with a warning.
    pub fn take(&mut self, column: &Column, value: &str) {
        match column {
            Column::Text => self.text = value.to_string(),
            Column::Id | Column::File => {
                if self.id.is_none() && !value.trim().is_empty() {
                    self.id = Some(value.trim().to_string());
                }
            }
            _ => {
                if let Err(bad) = columns::take(&mut self.user, column, value) {
                    let en = format!("In the table, {}.", bad.en());
                    self.warnings.push(Notice::new(format!("表格中的{}。", bad.zh()), en));
                }
            }
        }
    }

    /// The row, if it has a text.
    ///
    /// # Errors
    /// The row's number, and that it has none.
    pub fn checked(self) -> Result<Row, BadRow> {
        match self.text.trim().is_empty() {
            true => Err((self.number, Notice::new("正文是空的。", "The text is empty."))),
            false => Ok(self),
        }
    }
}
