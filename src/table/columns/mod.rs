//! The data dictionary: every column of every table, its type, its unit and what it means.
//!
//! `column` says what a column and a table are, and `recurring` holds the columns that stand in several tables. Then one room of
//! tables for each room that fills them, under the same name: `coded`, `statistics`, `course`, `profile`, `likeness`. `all` puts
//! the tables in order.

mod all;
mod coded;
mod column;
mod course;
mod likeness;
mod profile;
mod recurring;
mod statistics;

pub use all::ALL;
pub use coded::{DOCUMENTS, MEASURES, SENTENCES};
pub use column::{Column, Table, Type};
pub use course::{CHANGE, PANEL, TURNS};
pub use likeness::{CORRESPONDENCE, SIMILARITY, TREE};
pub use profile::{COMMITMENT, DISPERSION, OWN_WORDS, PLACE_YEARS, POSITION, TARGETS};
pub use statistics::{CANDIDATES, CLUSTERS, DIVERSITY, DUPLICATES, EMPHASIS, KEYNESS, TERMS};
