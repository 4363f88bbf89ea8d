//! Documents become coded documents: gates, outline, kinds, measures, themes.

use rayon::prelude::*;

use crate::codebook::Unit;
use crate::corpus::{Corpus, Document, Unread, duplicates, quality};
use crate::error::Result;
use crate::kind::KindCall;
use crate::measure::measures;
use crate::outline::outline;
use crate::progress::Progress;
use crate::record::{CodedDocument, CodedMeasure, DuplicateRow};
use crate::settings::Settings;

use super::Models;

/// The documents that pass the gates, and what was found on the way.
pub(super) struct Checked {
    pub documents: Vec<Document>,
    pub unread: Vec<Unread>,
    pub duplicates: Vec<DuplicateRow>,
    pub warnings: Vec<String>,
}

/// A document's coded form before its measures have clusters.
fn code(document: Document, models: &Models, settings: &Settings) -> CodedDocument {
    let text = &document.text;
    let outline = outline(text);
    let kinds = models.kind.judge(text, &outline);
    let mut themes = models.theme.judge_document(text, &outline, &kinds, settings.coder.because);
    let cut = measures(&outline, &kinds);
    let measures: Vec<CodedMeasure> = cut
        .into_iter()
        .map(|measure| {
            let held = measure.sentences.start as usize..measure.sentences.end as usize;
            let theme = models.theme.of_measure(&themes[held.clone()], &kinds[held]);
            CodedMeasure { measure, theme, cluster: None, map: None }
        })
        .collect();
    for call in &mut themes {
        call.probabilities = Vec::new();
    }
    let mut measure_of = vec![None; outline.sentences.len()];
    for (index, coded) in measures.iter().enumerate() {
        for sentence in coded.measure.sentences.clone() {
            measure_of[sentence as usize] = Some(index as u32);
        }
    }
    let mut warnings = document.warnings.clone();
    if measures.is_empty() {
        warnings.push(no_measures(&kinds));
    }
    let han_share = quality::han_share(text);
    CodedDocument { document, outline, kinds, themes, measures, measure_of, han_share, warnings }
}

fn no_measures(kinds: &[KindCall]) -> String {
    let blocks = kinds.iter().filter(|call| call.unit == Unit::B).count();
    format!("no measure was found in its {} sentences ({blocks} blocks); `cezhong outline` shows how they were cut", kinds.len())
}

/// Codes all documents, in parallel and in order.
pub(super) fn documents(
    documents: Vec<Document>,
    models: &Models,
    settings: &Settings,
    progress: &Progress,
) -> Result<Vec<CodedDocument>> {
    documents
        .into_par_iter()
        .map(|document| progress.check().map(|()| code(document, models, settings)))
        .collect()
}
