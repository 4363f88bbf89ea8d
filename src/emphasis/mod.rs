//! Where each place puts its emphasis (侧重): counts, shares and location quotients with intervals, and what follows
//! from them.
//!
//! Everything here takes plain values (measures as [`Item`]s, rows of shares, counts of terms, distances) and gives plain
//! records. Undefined values are `None`, never a friendly number. All draws are seeded by place and year, so the
//! same input gives the same bytes at any number of threads and in any order.
//!
//! - [`shares`] counts measures by place, year and theme, [`effective`] says what they are worth, [`strength`] how much
//!   places differ, and [`quotient`] compares each place with the rest.
//! - [`keyness`] finds the terms that mark a place or theme; [`diversity`], [`similarity`] and [`sparse`] describe profiles;
//!   [`correspondence`] maps them, [`dendrogram`] groups and orders them.
//! - [`distributions`] and [`interval`] hold the probability that the others use.

pub mod commitment;
pub mod corrected;
pub mod correspondence;
pub mod dendrogram;
pub mod distributions;
pub mod diversity;
pub mod effective;
pub mod interval;
pub mod item;
pub mod keyness;
pub mod own;
pub mod position;
pub mod quotient;
pub mod shares;
pub mod similarity;
pub mod sparse;
pub mod strength;
pub mod targets;
pub mod trend;

mod jacobi;
mod logarithm;
#[cfg(test)]
mod reference_tests;
mod sieve;
#[cfg(test)]
mod tests;

pub use item::{Counting, Item, ThemeSet, Weight};
pub use quotient::{Emphasis, EmphasisParams, EmphasisRow, emphasis};
pub use shares::{Counts, PlaceYear, count};
