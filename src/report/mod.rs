//! The page: one html file that opens from disk, with charts, tables, and the sentences behind every mark.
//!
//! [`Page`] holds plain values; [`Page::render`] fills the template. The page has no outside link and says what it has to
//! say without JavaScript and on paper; with it, a mark of a chart or a row of a table opens its sentences. Sentences of
//! a large corpus go to files beside the page, which it loads when they are asked for.

mod page;
mod sentences;
#[cfg(test)]
mod tests;
mod words;

pub use page::{Chart, Column, DictionaryEntry, Page, Rendered, Row, Step, Table, Value};
pub use sentences::Sentence;
