//! What each sentence is doing (kind), and where measures begin and end (unit): one decision over the whole document.
//!
//! `look` reads a sentence, `structure` its place, `annex` what stands behind the body, `tense` tells review from plan by words and
//! `headed` by heads, `features` gathers what they say, `chain` decides the kinds of all sentences together among the `state`s,
//! `units` cuts blocks by the codebook's rule, `model` joins them, `model_file` is the model on disk, `train` makes one from labels
//! and measures it.

mod annex;
mod chain;
mod features;
mod headed;
mod keys;
mod look;
mod model;
mod model_file;
mod state;
mod structure;
mod tense;
#[cfg(test)]
mod tests;
mod train;
mod units;

pub use model::{KindCall, KindModel, Params, Provenance};
pub use train::{Figures, Judged, Material, cross_validated, figures, judged, train_files};
