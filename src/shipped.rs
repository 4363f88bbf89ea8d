//! What ships inside the program besides code: models, word lists and the font, with their hashes.

use crate::corpus::document::sha256;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// Name and bytes of each file in `models/` that is part of the program, sorted by name.
        const FILES: &[(&str, &[u8])] = &[$(($name, include_bytes!(concat!("../models/", $name)))),+];
    };
}

files!["kind.model", "lexicon.txt", "stopwords.txt", "theme.model", "township.toml"];

/// The name and SHA-256 of every shipped file that a result depends on, sorted by name.
pub fn digests() -> Vec<(String, String)> {
    FILES.iter().map(|(name, bytes)| ((*name).to_owned(), sha256(bytes))).collect()
}
