//! From files to documents: reading, decoding, extracting, and finding out who speaks of which year.

pub mod columns;
pub mod delimited;
pub mod document;
pub mod documents_csv;
pub mod duplicates;
pub mod encoding;
pub mod extract;
pub mod format;
pub mod front_matter;
pub mod gazetteer;
pub mod head;
pub mod hints;
pub mod inflate;
pub mod limits;
pub mod mask;
pub mod meta;
pub mod office;
pub mod page;
pub mod pdf;
pub mod place;
pub mod placed;
pub mod quality;
pub mod read;
pub mod sample;
pub mod system;
pub mod table;
pub mod walk;
pub mod year;

pub use document::{Corpus, Decoding, Document, Genre, Level, Meta, Place, Source, Unread};
pub use duplicates::{Duplicate, DuplicateKind, DuplicateParams, Filed, Overlaps};
pub use gazetteer::Gazetteer;
pub use hints::{Hints, UserFields};
pub use limits::ReadParams;
pub use mask::Masks;
pub use meta::{describe, part_namesakes};
pub use quality::{Funnel, FunnelGates, Gates, Quality};
pub use read::{read, read_inputs, read_or_sample};
pub use walk::Input;

#[cfg(test)]
mod reason_tests;
#[cfg(test)]
mod tests;
