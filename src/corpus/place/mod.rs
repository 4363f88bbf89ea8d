//! Which place a text speaks for: reading place names out of titles, issuers and running text, and finding their divisions.
//!
//! `named` finds the first place that a text names, with the lists in `words` for what may stand around a name and inside it;
//! `resolve` finds the division that the name means. `spoken` is for texts that name nobody: the level that they speak from, and
//! the place that they mention most.

mod named;
mod resolve;
mod spoken;
mod words;

pub use named::{Named, named_before, named_in, starts_with};
pub use resolve::{NATION, Resolved, resolve};
pub use spoken::{call_word, most_mentioned, spoken_level};
