//! From a text to its words (词), with the lexicon that says which words there are.
//!
//! A *word* is what the segmenter cuts; the words of a text, joined, are the text again. A *term* is a word that can say
//! what a text is about: two characters or more, with a Han character or a letter in it, and no stop word. Only terms
//! reach the vocabulary.

mod cuts;
mod lexicon;
mod report;
mod words;

#[cfg(test)]
mod tests;

pub use cuts::Cuts;
pub use lexicon::{Entry, Lexicon};
pub use report::{Effect, LexiconReport, TermEffect};
pub use words::{Params, Segmenter};
