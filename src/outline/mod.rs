//! From text to sentences with their places: markers, headings, blocks and parts. Total: any text has an outline.

use crate::codebook::Part;
use crate::text::Span;

/// The outline of one document: its sentences in order, with the structure that stands above each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The sentences, in order, never overlapping, each within one line.
    pub sentences: Vec<Sentence>,
}

/// One sentence of an outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where it stands in the document's text, blanks and tags at the edges left out.
    pub span: Span,
    /// The line it stands in, counted from 0 over all lines of the text.
    pub line: u32,
    /// Whether it is the first sentence of its line.
    pub opens_line: bool,
    /// Whether it is the last sentence of its line.
    pub closes_line: bool,
    /// What numbers it, if anything does.
    pub marker: Option<Marker>,
    /// The sentences that head it, outermost first, as indices into [`Outline::sentences`]; all smaller than its own.
    pub path: Vec<u32>,
    /// The part of the document.
    pub part: Part,
}

/// The marker in front of a sentence: `一、`, `（一）`, `1.`, `（1）`, `一是`, `——` …
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// What sort of numbering.
    pub style: MarkerStyle,
    /// The number, from 1; 0 for a bullet.
    pub number: u32,
    /// The bytes of the marker itself.
    pub span: Span,
}

/// The sorts of numbering, from the outermost usual one to the innermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkerStyle {
    /// `第一章`, `第一部分`
    Chapter,
    /// `一、`
    HanComma,
    /// `（一）`
    HanBracket,
    /// `1.` `1、` `1．`
    Digit,
    /// `（1）` `1）` `①`
    DigitBracket,
    /// `一是` `二要` `第一，` `其一`
    Ordinal,
    /// `——` `●` `★`
    Bullet,
}
