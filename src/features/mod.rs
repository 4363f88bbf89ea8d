//! From terms to numbers: bags → vocabulary → counts → TF-IDF → latent axes.
//!
//! Each step that learns from a corpus is fitted once and then only looked up: [`Vocabulary`], [`TfIdf`] and [`Latent`]
//! hold what was learned, and applying them to other rows uses nothing else. A row is whatever the caller counts by: a
//! sentence, a measure, a document.

mod bags;
mod counts;
pub(crate) mod dense;
mod latent;
mod tfidf;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use bags::Bags;
pub use counts::{Counts, Sparse};
pub use latent::{Latent, LatentParams};
pub use tfidf::{TfIdf, TfIdfParams};
pub use vocabulary::{Vocabulary, VocabularyParams};
