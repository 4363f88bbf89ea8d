//! Themes: what each sentence is about, how sure that is, and why.
//!
//! Two stages, both linear. `wording` reads a sentence alone by its character n-grams (`grams`); `context` lets its heads,
//! its neighbours, its block and what stands below it speak, and `second` learned how far each is to be trusted. `train`
//! fits both on held-out folds, `calibrate` makes the probabilities mean what they say and knows when not to decide,
//! `judge` codes a document, `because` says why, `model_file` keeps a trained coder. `silver` lets a coder label more text for the
//! next one. `text_classifier` is the first stage alone, for any table of
//! texts; `seeded` learns from a codebook's seed terms, `seed_coder` codes by them, and `coder` is whichever of the two is in force.

mod because;
mod calibrate;
mod coder;
mod context;
mod grams;
mod half;
mod index;
mod judge;
mod logarithm;
mod model_file;
mod parts;
mod recipe;
mod second;
mod seed_coder;
mod seeded;
mod silver;
mod text_classifier;
mod train;
mod wording;

pub use because::Reasons;
pub use calibrate::RiskPoint;
pub use coder::{Coder, Reasoned};
pub use context::Hears;
pub use judge::{Provenance, Reading, ThemeCall, ThemeModel, of_measure};
pub use seed_coder::SeedCoder;
pub use seeded::{Finding, SeedModel, check, said_by, township_seeds};
pub use silver::{SilverParams, draw};
pub use text_classifier::{Classified, Labelled, TextClassifier};
pub use train::{Params, Silver, kinds, train, train_files};
pub use wording::Params as WordingParams;
