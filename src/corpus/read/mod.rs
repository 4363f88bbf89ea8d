//! From inputs to a corpus: every file opened once, in parallel, and every one accounted for.
//!
//! `inputs` gathers the files and what came of them; `lists` holds each `documents.csv` beside them. `file` opens one on disk,
//! `bytes` takes it to the reader of its format, `unpack` opens what is compressed or an archive and hands its members back to
//! its caller, and `documents` makes documents of texts and rows. What came of a file is an `outcome`. At the end `apart` gives
//! every document an id of its own.

mod apart;
mod bytes;
mod documents;
mod file;
mod inputs;
mod lists;
mod outcome;
mod unpack;

pub use inputs::{read, read_inputs, read_or_sample};
