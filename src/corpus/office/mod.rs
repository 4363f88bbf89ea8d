//! Office files: zips of XML, opened within limits and read for their text.
//!
//! `package` opens the zip, `xml` streams a part, `docx` reads Word with the help of `styles`, `numbering` and `numerals`,
//! `compound` and `doc` read the old binary format, `ofd` reads the fixed-layout pages of GB/T 33190.

pub mod compound;
pub mod doc;
pub mod docx;
pub mod numbering;
pub mod numerals;
pub mod ofd;
pub mod package;
pub mod styles;
pub mod xml;
