//! In which sentences the key terms stand.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::record::{CodedDocument, Hit, KeynessRow, TermHits};

use super::group::Words;

/// Every sentence of the counted measures in which a key term of a place, theme or year stands, so that the hits of a
/// term within its target sum to its count. Terms are sorted; hits are in the order of the corpus.
pub(super) fn hits(documents: &[CodedDocument], words: &Words, keyness: &[KeynessRow]) -> Vec<TermHits> {
    let terms: BTreeSet<&str> =
        keyness.iter().filter(|row| row.target_kind != "part").map(|row| row.term.as_str()).collect();
    let terms: Vec<&str> = terms.into_iter().collect();
    // By the bags' numbers, so that a term is looked up once and not at every token.
    let wanted: Vec<Option<usize>> = words.bags.terms().iter().map(|term| terms.binary_search(&&**term).ok()).collect();
    let all: Vec<(usize, Hit)> = (0..words.rows.len())
        .into_par_iter()
        .flat_map_iter(|row| {
            let (document, measure) = words.rows[row];
            let coded = &documents[document as usize].measures[measure as usize];
            let (mut found, mut tokens) = (Vec::new(), words.bags.row(row).iter());
            for (sentence, &length) in coded.measure.sentences.clone().zip(&words.lengths[row]) {
                let here = tokens.by_ref().take(length as usize);
                let mut met: Vec<usize> = here.filter_map(|&token| wanted[token as usize]).collect();
                met.sort_unstable();
                let hit = |same: &[usize]| (same[0], Hit { document, sentence, count: same.len() as u32 });
                found.extend(met.chunk_by(|a, b| a == b).filter(|_| !coded.transmitted).map(hit));
            }
            found
        })
        .collect();
    let mut hits: Vec<TermHits> =
        terms.into_iter().map(|term| TermHits { term: term.to_owned(), hits: Vec::new() }).collect();
    for (term, hit) in all {
        hits[term].hits.push(hit);
    }
    hits.retain(|term| !term.hits.is_empty());
    hits
}
