//! What one person decides about one sentence or measure.

use crate::codebook::{Kind, Part};
use crate::record::CodedDocument;
use crate::table::headings;
use crate::text::{CharOffsets, Span};

/// What is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A sentence.
    Sentence,
    /// A measure of the plan, over all its sentences.
    Measure,
}

impl What {
    /// The id, as it stands in sheets.
    pub fn id(self) -> &'static str {
        match self {
            What::Sentence => "sentence",
            What::Measure => "measure",
        }
    }
}

/// What the program said; it decides what is drawn and stands in no sheet, as it would lead the coder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// The theme.
    pub theme: u16,
    /// Its probability.
    pub p: f32,
}

/// One thing to code.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Sentence or measure.
    pub what: What,
    /// The document's id.
    pub doc: String,
    /// The number of its first sentence in the document, from 0.
    pub n: usize,
    /// Where it begins, in Unicode characters into the document's text.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// The place that speaks.
    pub place: String,
    /// The headings above it, joined by ` › `.
    pub headings: String,
    /// The sentence before it.
    pub before: String,
    /// Its text.
    pub text: String,
    /// The sentence after it.
    pub after: String,
    /// What the program said.
    pub said: Said,
}

/// Everything that can be drawn from coded documents, in order: every sentence that was not called noise, or every measure of
/// `part`.
pub fn tasks(documents: &[CodedDocument], what: What, part: Part) -> Vec<Task> {
    documents.iter().flat_map(|coded| of_document(coded, what, part)).collect()
}

fn of_document(coded: &CodedDocument, what: What, part: Part) -> Vec<Task> {
    let (text, sentences) = (&coded.document.text, &coded.outline.sentences);
    let ranges: Vec<(usize, usize, Said, &[u32])> = match what {
        What::Sentence => (0..sentences.len())
            .filter(|&i| coded.kinds[i].kind != Kind::Noise)
            .map(|i| {
                let call = &coded.themes[i];
                (i, i + 1, Said { theme: call.theme, p: call.p }, sentences[i].path.as_slice())
            })
            .collect(),
        What::Measure => coded
            .measures
            .iter()
            .filter(|held| held.measure.part == part)
            .map(|held| {
                let range = &held.measure.sentences;
                let said = Said { theme: held.theme.theme, p: held.theme.p };
                (range.start as usize, range.end as usize, said, held.measure.path.as_slice())
            })
            .collect(),
    };
    let mut offsets = CharOffsets::new(text);
    let one = |i: Option<usize>| i.and_then(|i| sentences.get(i)).map_or("", |sentence| sentence.span.of(text)).trim();
    ranges
        .into_iter()
        .map(|(from, to, said, path)| {
            let span = Span::new(sentences[from].span.start, sentences[to - 1].span.end);
            let start = offsets.at(span.start);
            Task {
                what,
                doc: coded.document.id.clone(),
                n: from,
                start,
                end: start + span.of(text).chars().count(),
                place: coded.document.meta.place.name.clone(),
                headings: headings(coded, path),
                before: one(from.checked_sub(1)).to_string(),
                text: sentences[from..to].iter().map(|sentence| sentence.span.of(text)).collect(),
                after: one(Some(to)).to_string(),
                said,
            }
        })
        .collect()
}
