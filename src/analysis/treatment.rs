//! How places treat themes: how strongly they commit, and where and how long they speak of them.

use rayon::prelude::*;

use crate::codebook::Part;
use crate::emphasis::commitment::{Scale, by_theme};
use crate::emphasis::position::positions;
use crate::record::{CodedDocument, CommitmentRow, PositionRow};
use crate::settings::Settings;

use super::counted::Counted;

/// The strength of the words by place, year and theme, for the themes that occur.
pub(super) fn commitment(
    documents: &[CodedDocument],
    counted: &Counted<'_>,
    scale: &Scale,
    settings: &Settings,
) -> Vec<CommitmentRow> {
    let values: Vec<Option<u8>> = counted
        .cases
        .par_iter()
        .map(|&(doc, measure)| {
            let coded = &documents[doc as usize];
            let held = coded.measures[measure as usize].measure.sentences.clone();
            let sentences = &coded.outline.sentences[held.start as usize..held.end as usize];
            sentences.iter().filter_map(|sentence| scale.value(sentence.span.of(&coded.document.text))).max()
        })
        .collect();
    let params = &settings.emphasis;
    by_theme(&counted.items, &values, counted.set, params.draws, params.level, params.seed)
        .into_iter()
        .map(|row| CommitmentRow {
            place: counted.name(row.place),
            year: row.year,
            theme: row.theme,
            measures: row.measures,
            cued: row.cued,
            mean: row.mean.map(|mean| mean.value),
            interval: row.mean.and_then(|mean| mean.low.zip(mean.high)),
        })
        .collect()
}

/// Position and space by place, year and theme.
pub(super) fn position(documents: &[CodedDocument], counted: &Counted<'_>, part: Part) -> Vec<PositionRow> {
    let starts: Vec<Vec<f64>> = documents.par_iter().map(|coded| starts(coded, part)).collect();
    let at: Vec<f64> = counted.cases.iter().map(|&(doc, measure)| starts[doc as usize][measure as usize]).collect();
    positions(&counted.items, &at, counted.set)
        .into_iter()
        .map(|row| PositionRow {
            place: counted.name(row.place),
            year: row.year,
            theme: row.theme,
            section: row.section,
            position: row.position,
            first: row.first,
            space: row.space,
        })
        .collect()
}

/// Where each measure of a document begins: the share of the part's characters that stand before it.
fn starts(coded: &CodedDocument, part: Part) -> Vec<f64> {
    let mut before = Vec::with_capacity(coded.outline.sentences.len());
    let mut chars = 0;
    for sentence in &coded.outline.sentences {
        before.push(chars);
        if sentence.part == part {
            chars += sentence.span.of(&coded.document.text).chars().count();
        }
    }
    let share = |first: u32| if chars > 0 { before[first as usize] as f64 / chars as f64 } else { 0.0 };
    coded.measures.iter().map(|measure| share(measure.measure.sentences.start)).collect()
}
