//! How much of an untrusted input is believed: every limit of the readers, with its reason.

use serde::{Deserialize, Serialize};

/// The settings of reading. A file over a limit is listed as unread, with the limit's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadParams {
    /// The most files taken from one folder.
    pub max_files: usize,
    /// The largest single document, in bytes as it lies on disk or in an archive. The longest report known to us has 0.3 MB of text;
    /// 64 MiB leaves room for documents with pictures.
    pub max_document_bytes: u64,
    /// The largest table on disk, in bytes. A table in JSON Lines is streamed, any other is held in memory.
    pub max_table_bytes: u64,
    /// The longest line of a table, in bytes.
    pub max_line_bytes: usize,
    /// The most that one compressed file, or all members of one archive, may inflate to, in bytes.
    pub max_inflated_bytes: u64,
    /// The largest believable ratio of inflated to compressed bytes, looked at once 16 MiB have come out.
    /// Deflate reaches 20 on the wordiest XML; a bomb reaches 1,000.
    pub max_inflation_ratio: u64,
    /// The most members of one archive.
    pub max_archive_members: usize,
    /// How deep archives may lie in archives; 1 is an archive with documents in it.
    pub max_archive_depth: usize,
    /// The largest html or xml text that is parsed, in bytes: parsing costs some 20 times that in memory.
    pub max_markup_bytes: u64,
    /// The most pages of one document.
    pub max_pages: usize,
    /// The most numbers, names, strings and the like in the object graph of one PDF: some 120 bytes of memory each.
    pub max_pdf_values: u64,
    /// How deep the page tree of a PDF may be, and how deep forms may stand in forms.
    pub max_pdf_depth: usize,
    /// The most operators run and characters placed on all pages of one PDF; a full page takes about 3,000.
    pub max_pdf_steps: u64,
    /// The share of characters on a PDF's pages, 0 to 1, whose font does not say what they are, before the file is refused.
    /// They become U+FFFD, with a warning that counts them. Bullets of symbol fonts are about 1 in 100.
    pub max_unknown_glyph_share: f64,
    /// The share of bytes that may be undecodable before a file is refused, 0 to 1. They become U+FFFD, with a warning that counts them.
    pub max_damaged_share: f64,
}

impl Default for ReadParams {
    fn default() -> Self {
        ReadParams {
            max_files: 1_000_000,
            max_document_bytes: 64 << 20,
            max_table_bytes: 4 << 30,
            max_line_bytes: 64 << 20,
            max_inflated_bytes: 4 << 30,
            max_inflation_ratio: 200,
            max_archive_members: 100_000,
            max_archive_depth: 2,
            max_markup_bytes: 32 << 20,
            max_pages: 5_000,
            max_pdf_values: 8_000_000,
            max_pdf_depth: 32,
            max_pdf_steps: 100_000_000,
            max_unknown_glyph_share: 0.05,
            max_damaged_share: 0.001,
        }
    }
}
