//! Web pages: the article and its rows, without the menus, buttons and footers around it.
//!
//! `lines` turns elements into lines of text, `article` finds the element that holds the article, `chrome` knows the lines that
//! belong to the page and not to the document, `bounds` refuses what a parser would choke on.

pub mod article;
pub mod bounds;
pub mod chrome;
pub mod lines;

pub use article::read;
