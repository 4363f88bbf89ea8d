//! From text to sentences with their places: markers, headings, blocks and parts. Total: any text has an outline.
//!
//! `sentence` cuts, `marker` reads what numbers a sentence, `block` sees which sentences are heads and what stands
//! below them, `part` tells review, problems and plan apart. The text is read through a folded view (half-width, without
//! `**`, zero-width and private-use characters) and never rewritten: every span is bytes into it.

mod block;
mod marker;
mod part;
mod sentence;
#[cfg(test)]
mod tests;

pub(crate) use marker::{dress_length, is_head_marked};
pub(crate) use part::named_by;
pub(crate) use sentence::{is_closing, is_stop};

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
    /// Its form: a head, or prose.
    pub shape: Shape,
    /// The sentences that head it, outermost first, as indices into [`Outline::sentences`]; all smaller than its own.
    pub path: Vec<u32>,
    /// The part of the document.
    pub part: Part,
}

/// The form of a sentence, as far as its own look tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Not a head.
    Prose,
    /// A line above the body that names the whole document; it heads everything, so it stands in no path.
    Title,
    /// A head on a line of its own.
    Line,
    /// A head with its block behind it on the same line (`一是…。`, `做强做优工业。`).
    RunIn,
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

/// The outline of `text`. Any text has one.
///
/// ```
/// let text = "工作计划\n一、产业发展\n一是抓招商。引进项目三个。二是抓服务。办好窗口。";
/// let outline = cezhong::outline::outline(text);
/// let heads: Vec<&str> = outline.sentences[3].path.iter().map(|&n| outline.sentences[n as usize].span.of(text)).collect();
/// assert_eq!(heads, ["一、产业发展", "一是抓招商。"]);
/// ```
pub fn outline(text: &str) -> Outline {
    Outline { sentences: block::build(text, &sentence::cut(text)) }
}
