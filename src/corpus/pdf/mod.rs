//! PDF: what its content streams place on the pages, read back into text.
//!
//! `open` parses the file within limits, `graph` follows its objects, `pages` walks the page tree; `lexer` cuts content into
//! tokens, `cmap`, `coding`, `simple`, `composite`, `program` and `font` say which characters codes are and how wide, `walk` runs the
//! operators, `upright` turns what was placed the right way up, `read` puts it together, `seen` is what a user should know of it. Lines, columns and paragraphs are
//! [`placed`](super::placed)'s work.

mod cmap;
mod coding;
mod composite;
mod font;
mod graph;
mod lexer;
mod open;
mod pages;
mod program;
mod read;
mod seen;
mod simple;
#[cfg(test)]
mod tests;
mod upright;
mod walk;

pub use read::read;
