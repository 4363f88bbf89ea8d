//! cezhong (侧重) reads what Chinese towns, counties and cities say they will do,
//! and shows where each puts its emphasis.
//!
//! The rooms stand in the order in which data flows:
//! documents → outline → kinds and measures → words → features → clusters and themes →
//! emphasis → tables, charts, page, manifest.

pub mod analysis;
pub mod chart;
pub mod cli;
pub mod cluster;
pub mod codebook;
pub mod corpus;
pub mod emphasis;
pub mod error;
pub mod evaluate;
pub mod features;
pub mod kind;
pub mod label;
pub mod learn;
pub mod manifest;
pub mod measure;
pub mod outline;
pub mod output;
pub mod progress;
pub mod record;
pub mod report;
pub mod segment;
pub mod settings;
pub mod shipped;
pub mod table;
pub mod text;
pub mod theme;
pub mod trial;

pub use error::{Error, Result};
