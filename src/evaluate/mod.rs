//! How good a coder is, and how far coders agree: labels, folds, figures with intervals.
//!
//! `labels` reads hand labels, `folds` parts documents, `confusion` and `agreement` hold the statistics, `calibration` the
//! reliability of probabilities, `bootstrap` the intervals, `report` all figures of a coder in one record, `blocks` the agreement of
//! cuts into measures; `sheet` shows figures on a terminal and in a file, `texts` reads any table of texts.

pub mod agreement;
pub mod blocks;
pub mod bootstrap;
pub mod calibration;
pub mod confusion;
pub mod folds;
pub mod labels;
pub mod report;
pub mod sheet;
pub mod texts;

pub use report::{Report, run};
