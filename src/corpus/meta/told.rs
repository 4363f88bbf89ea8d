//! All that one document tells about itself, and how much of its text is looked at.

use crate::corpus::head::Head;
use crate::corpus::hints::Hints;

/// How many lines from the front can tell who speaks.
pub(super) const OPENING_LINES: usize = 14;
/// How many lines from the end can be a signature.
pub(super) const CLOSING_LINES: usize = 12;

/// All that one document tells about itself.
pub(super) struct Told<'t> {
    /// The whole text.
    pub text: &'t str,
    /// What stands around its prose, and the lines of the prose.
    pub head: &'t Head,
    /// Front matter and meta tags, those of the format first.
    pub fields: &'t [(String, String)],
    /// What the user and the format say.
    pub hints: &'t Hints,
    /// The path as the user knows it.
    pub file_name: &'t str,
}

impl<'t> Told<'t> {
    /// The path without its extension; its parts may name the place and hold the year.
    pub fn path_stem(&self) -> &'t str {
        self.file_name.rsplit_once('.').map_or(self.file_name, |(stem, _)| stem)
    }
}
