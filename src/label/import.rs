//! From filled sheets to the label sheet that `train` and `evaluate` read.

use std::collections::BTreeMap;

use super::read::{Filled, Sheet};
use super::settle::settle;
use super::task::What;
use crate::codebook::{Codebook, Unit};
use crate::error::{Error, Result, Trouble};
use crate::record::CodedDocument;
use crate::text::CharOffsets;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The label sheet: tab-separated doc, n, start, end, kind, theme, theme2, unit, text, sorted by document and sentence.
    pub labels: String,
    /// Labelled sentences.
    pub sentences: usize,
    /// Sentences whose kind nobody gave; the program's own call stands for it.
    pub called_kinds: usize,
}

/// Lays sheets onto coded documents; where coders differ the adjudicated row stands. A measure labels each of its sentences;
/// units, and kinds that nobody gave, are the program's.
///
/// # Errors
/// [`Error::Labels`] with file and line for a document that is not among them, offsets at which no sentence or measure stands, a
/// text that is not what stands there, a sentence that two rows label, and labels that differ without being adjudicated.
pub fn import(sheets: &[Sheet], documents: &[CodedDocument], book: &Codebook) -> Result<Imported> {
    let settled = settle(sheets)?;
    let mut laid: BTreeMap<(usize, usize), (String, &Sheet, &Filled)> = BTreeMap::new();
    let mut imported = Imported::default();
    for (sheet, row) in &settled {
        let wrong = |what: String| Err(Error::Labels(Trouble::at(&sheet.path, what).line(row.line)));
        let Ok(d) = documents.binary_search_by(|coded| coded.document.id.as_str().cmp(&row.doc)) else {
            return wrong(format!("the document “{}” is not in the corpus", row.doc));
        };
        let coded = &documents[d];
        let Some(range) = sentences_at(coded, row) else {
            return wrong(format!(
                "no {} of “{}” stands at characters {}–{}; was the document changed?",
                row.what.id(),
                row.doc,
                row.start,
                row.end
            ));
        };
        let spans = || coded.outline.sentences[range.clone()].iter().map(|s| s.span.of(&coded.document.text));
        let stands: String = spans().collect();
        if !row.text.is_empty() && bare(&stands) != bare(&row.text) {
            let start: String = stands.chars().take(16).collect();
            return wrong(format!(
                "the text is not what stands at characters {}–{} of “{}”: “{start}…”",
                row.start, row.end, row.doc
            ));
        }
        let mut offsets = CharOffsets::new(&coded.document.text);
        for n in range {
            let call = &coded.kinds[n];
            imported.called_kinds += usize::from(row.kind.is_none());
            let span = coded.outline.sentences[n].span;
            let id = |theme: u16| book.themes[usize::from(theme)].id.as_str();
            let unit = match row.what {
                What::Measure if n == row.n => Unit::B,
                What::Measure => Unit::I,
                What::Sentence => call.unit,
            };
            let line = [
                row.doc.as_str(),
                &n.to_string(),
                &offsets.at(span.start).to_string(),
                &offsets.at(span.end).to_string(),
                row.kind.unwrap_or(call.kind).id(),
                id(row.theme),
                row.theme2.map_or("-", id),
                unit.id(),
                &span.of(&coded.document.text).replace(['\t', '\n', '\r'], " "),
            ]
            .join("\t");
            if let Some((_, other, earlier)) = laid.insert((d, n), (line, sheet, row)) {
                return wrong(format!(
                    "sentence {n} of “{}” is labelled in {}:{} too",
                    row.doc,
                    other.path.display(),
                    earlier.line
                ));
            }
            imported.sentences += 1;
        }
    }
    imported.labels = "doc\tn\tstart\tend\tkind\ttheme\ttheme2\tunit\ttext\n".to_string();
    for (line, ..) in laid.values() {
        imported.labels.push_str(line);
        imported.labels.push('\n');
    }
    Ok(imported)
}

/// The sentences that a row speaks of.
fn sentences_at(coded: &CodedDocument, row: &Filled) -> Option<std::ops::Range<usize>> {
    let sentences = &coded.outline.sentences;
    let mut offsets = CharOffsets::new(&coded.document.text);
    let from = sentences.iter().position(|sentence| offsets.at(sentence.span.start) == row.start)?;
    let mut offsets = CharOffsets::new(&coded.document.text);
    let to = sentences.iter().position(|sentence| offsets.at(sentence.span.end) == row.end)?;
    let right = match row.what {
        What::Sentence => from == to,
        What::Measure => from <= to,
    };
    right.then_some(from..to + 1)
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
