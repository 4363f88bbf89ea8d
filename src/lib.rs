//! cezhong (侧重) reads what Chinese towns, counties and cities say they will do,
//! and shows where each puts its emphasis.
//!
//! The rooms stand in the order in which data flows:
//! documents → outline → kinds and measures → words → features → clusters and themes →
//! emphasis → tables, charts, page, manifest.

pub mod text;
pub mod error;
pub mod codebook;
pub mod corpus;
pub mod outline;
pub mod kind;
pub mod measure;
pub mod segment;
pub mod learn;
pub mod features;
pub mod cluster;
pub mod theme;
pub mod evaluate;
pub mod emphasis;
pub mod chart;
pub mod table;
pub mod report;

pub use error::{Error, Result};
