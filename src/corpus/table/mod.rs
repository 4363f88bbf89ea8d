//! Tables of documents: one row, one document. Each format gives the same [`Row`]s; a bad row is a value beside them.

pub mod csv;
pub mod json;
mod pages;
pub mod parquet;
pub mod row;
pub mod xlsx;

pub use row::{BadRow, Row};
