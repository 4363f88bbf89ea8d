//! What a reader opens: figures from the record, the methods paragraph, and the page.
//!
//! [`Page`] holds plain values; [`Page::render`] fills the template. The page has no outside link and says what it has to
//! say without JavaScript and on paper; with it, a mark of a chart or a row of a table opens its sentences. Sentences of
//! a large corpus go to files beside the page, which it loads when they are asked for.
//! [`figures()`] and [`contents()`] fill charts and page from the record: they alone know both sides.

mod contents;
mod figures;
#[cfg(test)]
mod language_tests;
mod methods;
mod order;
mod page;
mod sentences;
mod tables;
#[cfg(test)]
mod tests;
mod words;

pub use contents::contents;
pub use figures::{Figure, figures};
pub use methods::methods;
pub use page::{Chart, Column, DictionaryEntry, Page, Put, Row, Step, Table, Value, page_stem};
pub use sentences::{Sentence, Sentences};
