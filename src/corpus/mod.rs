//! From files to documents: reading, decoding, extracting, and finding out who speaks of which year.

pub mod document;
pub mod hints;

pub use document::{Corpus, Decoding, Document, Genre, Level, Meta, Place, Source, Unread};
pub use hints::{Hints, UserFields};
