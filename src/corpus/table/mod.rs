//! Tables of documents: one row, one document. Each format gives the same [`Row`]s; a bad row is a value beside them.

pub mod csv;
pub mod json;
pub mod row;

pub use row::{BadRow, Row};
