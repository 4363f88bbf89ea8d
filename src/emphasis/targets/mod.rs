//! Planned quantities (指标): every amount a sentence promises, with what is measured, how it is bounded, value and unit.
//!
//! - `number` reads an amount, in digits or Chinese numerals; `unit` knows what is counted and into what it converts;
//!   `clause` reads the words around it, `name` parts those before it by the lists of `words`, `object` takes those behind it,
//!   `before` looks back over a list for its verb, `list` gives several amounts their names and `time` tells a year from a period; [`extract()`] puts them together;
//!   [`series_of()`] names what goes by several names.
//!
//! The functions see one sentence and judge nothing else: whether a sentence plans or reviews is for the caller to say.
//! What was measured of precision and recall, and what fails, stands in `docs/targets.md`.

mod before;
mod clause;
mod extract;
mod list;
mod name;
mod number;
mod object;
mod series;
#[cfg(test)]
mod tests;
mod time;
mod unit;
mod words;

pub use clause::{Bound, Change};
pub use extract::{Target, extract};
pub use series::series_of;
pub use time::{Horizon, When};
pub use unit::Quantity;
