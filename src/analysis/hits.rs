//! In which sentences the key terms stand.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::record::{CodedDocument, Hit, KeynessRow, TermHits};

use super::group::Words;

/// Measures that are read side by side.
const BATCH: usize = 16_384;

/// Every sentence of the counted measures in which a key term of a place, theme or year stands, so that the hits of a
/// term within its target sum to its count. Terms are sorted; hits are in the order of the corpus.
pub(super) fn hits(documents: &[CodedDocument], words: &Words, keyness: &[KeynessRow]) -> Vec<TermHits> {
    let terms: BTreeSet<&str> =
        keyness.iter().filter(|row| row.target_kind != "part").map(|row| row.term.as_str()).collect();
    let terms: Vec<&str> = terms.into_iter().collect();
    // By the bags' numbers, so that a term is looked up once and not at every token.
    let wanted: Vec<Option<u32>> =
        words.bags.terms().iter().map(|term| terms.binary_search(&&**term).ok().map(|at| at as u32)).collect();
    let of_row = |row: usize| {
        let (document, measure) = words.rows[row];
        let held = &documents[document as usize].measures[measure as usize].measure;
        let (mut found, mut tokens) = (Vec::new(), words.bags.row(row).iter());
        for (sentence, &length) in held.sentences.clone().zip(&words.lengths[row]) {
            let here = tokens.by_ref().take(length as usize);
            let mut met: Vec<u32> = here.filter_map(|&token| wanted[token as usize]).collect();
            met.sort_unstable();
            let hit = |same: &[u32]| (same[0], Hit { document, sentence, count: same.len() as u32 });
            found.extend(met.chunk_by(|a, b| a == b).map(hit));
        }
        found
    };
    let mut hits: Vec<TermHits> =
        terms.iter().map(|term| TermHits { term: (*term).to_owned(), hits: Vec::new() }).collect();
    let counted = |&row: &usize| {
        let (document, measure) = words.rows[row];
        !documents[document as usize].measures[measure as usize].transmitted
    };
    let rows: Vec<usize> = (0..words.rows.len()).filter(counted).collect();
    // Batch by batch, so that hits lie in memory once.
    for batch in rows.chunks(BATCH) {
        for (term, hit) in batch.par_iter().map(|&row| of_row(row)).collect::<Vec<_>>().into_iter().flatten() {
            hits[term as usize].hits.push(hit);
        }
    }
    hits.retain(|term| !term.hits.is_empty());
    hits
}
