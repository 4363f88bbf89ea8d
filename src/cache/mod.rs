//! What a run may take from an earlier one: coded documents and cut words, kept in a folder under the hash of all they follow
//! from.
//!
//! An entry's name is the hash of the program, the models and settings of its stage, and the document's text; nothing is
//! ever out of date, it is only not asked for any more. An entry is written beside and renamed, and carries its name and a
//! checksum, so a half-written, damaged or foreign file is known, passed over and made again. Runs at the same time write the
//! same bytes under the same names. The folder may be removed at any time.

mod bytes;
mod coded;
mod folder;

pub use folder::Cache;
