//! The terms that mark a place, a theme, a year or a part against the rest.

use crate::codebook::{Codebook, Part};
use crate::emphasis::keyness::{Piece, keyness_ends};
use crate::error::Result;
use crate::record::{CodedDocument, CodedMeasure, KeynessRow};
use crate::settings::Settings;

use super::counted::{names, place_of, section};
use super::group::Words;

/// Rows of keyness kept for each target: the most typical terms, and as many of the least.
const KEYNESS_ROWS: usize = 60;

/// The parts, as targets are numbered.
const PARTS: [Part; 2] = [Part::Review, Part::Plan];

/// Keyness by place, theme, year and part. The first three are over the part under analysis, the last one over both;
/// transmitted measures are in none. A sort of target with one member has no rest and so no rows.
pub(super) fn keywords(
    documents: &[CodedDocument],
    words: &Words,
    codebook: &Codebook,
    settings: &Settings,
) -> Result<Vec<KeynessRow>> {
    let names = names(documents);
    let mut years: Vec<i32> = documents.iter().filter_map(CodedDocument::planned_year).collect();
    years.sort_unstable();
    years.dedup();
    let place = |coded: &CodedDocument, _: &CodedMeasure| Some(place_of(&names, coded));
    let theme = |_: &CodedDocument, measure: &CodedMeasure| {
        (!measure.theme.abstained).then_some(u32::from(measure.theme.theme))
    };
    let year = |coded: &CodedDocument, _: &CodedMeasure| Some(years.binary_search(&coded.planned_year()?).ok()? as u32);
    let part = |_: &CodedDocument, measure: &CodedMeasure| {
        PARTS.iter().position(|part| *part == measure.measure.part).map(|part| part as u32)
    };
    let mut rows = Vec::new();
    let mut add = |target_kind, pieces: Vec<Piece<'_>>, terms: &[String], name: &dyn Fn(usize) -> String| {
        let ends = keyness_ends(pieces, terms.len(), &settings.keyness, KEYNESS_ROWS)?;
        rows.extend(ends.into_iter().map(|row| KeynessRow {
            target_kind,
            target: name(row.target as usize),
            term: terms[row.term as usize].clone(),
            count: row.count,
            rest: row.rest,
            log_odds: row.log_odds,
            z: row.z,
            q: row.q,
            documents: row.documents,
            dispersion: row.dispersion,
        }));
        Ok::<(), crate::Error>(())
    };
    let terms = words.vocabulary.terms();
    let own = TermsIn { documents, rows: &words.rows, matrix: &words.counts.matrix };
    add("place", own.under(place), terms, &|index| names[index].to_owned())?;
    add("theme", own.under(theme), terms, &|index| codebook.themes[index].id.clone())?;
    add("year", own.under(year), terms, &|index| years[index].to_string())?;
    if let Some(both) = &words.both {
        let all = TermsIn { documents, rows: &both.rows, matrix: &both.counts.matrix };
        add("part", all.under(part), both.vocabulary.terms(), &|index| PARTS[index].id().to_owned())?;
    }
    Ok(rows)
}

/// The counts of terms in measures.
struct TermsIn<'a> {
    documents: &'a [CodedDocument],
    rows: &'a [(u32, u32)],
    matrix: &'a crate::features::Sparse,
}

impl<'a> TermsIn<'a> {
    /// The terms of every measure, under the target that `target` names; measures without one are left out.
    fn under(&self, target: impl Fn(&CodedDocument, &CodedMeasure) -> Option<u32>) -> Vec<Piece<'a>> {
        let (starts, terms, counts) = (self.matrix.indptr(), self.matrix.indices(), self.matrix.data());
        let starts = starts.into_raw_storage();
        let piece = |(row, &(doc, measure)): (usize, &(u32, u32))| {
            let coded = &self.documents[doc as usize];
            let measure = &coded.measures[measure as usize];
            let target = target(coded, measure).filter(|_| !measure.transmitted)?;
            let held = starts[row]..starts[row + 1];
            Some(Piece { target, doc, block: section(measure), terms: &terms[held.clone()], counts: &counts[held] })
        };
        self.rows.iter().enumerate().filter_map(piece).collect()
    }
}
