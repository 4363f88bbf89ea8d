//! The tables a run writes: which columns they have, how each is filled from the record, and how they reach the disk.
//!
//! One file a table; [`columns`] is the data dictionary, and every table is checked against it when it is made.

mod coded;
pub mod columns;
mod course;
mod dictionary;
mod frame;
mod likeness;
mod profile;
mod statistics;
mod write;

pub(crate) use coded::{headings, measure_id, measure_name};
pub use dictionary::dictionary;
pub use write::{Format, write_all};
