//! Fixed layouts: runs of text that stand somewhere on a page, read back into lines, columns and paragraphs.
//!
//! `rows` puts runs on their baselines, `running` takes heads, feet and page numbers away, `gutter` tells columns apart,
//! `paragraphs` mends the lines that the page broke. PDF and OFD are read through here.

mod gutter;
mod paragraphs;
mod rows;
mod running;
#[cfg(test)]
mod tests;

pub use paragraphs::text;
pub use rows::{Page, Placed};
