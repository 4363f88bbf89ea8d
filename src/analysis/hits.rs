//! In which sentences the key terms stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{CodedDocument, Hit, KeynessRow, TermHits};

use super::group::Words;

/// Every sentence of the counted measures in which a key term of a place, theme or year stands, so that the hits of a
/// term within its target sum to its count. Terms are sorted; hits are in the order of the corpus.
pub(super) fn hits(documents: &[CodedDocument], words: &Words, keyness: &[KeynessRow]) -> Vec<TermHits> {
    let wanted: BTreeSet<&str> =
        keyness.iter().filter(|row| row.target_kind != "part").map(|row| row.term.as_str()).collect();
    let mut found: BTreeMap<&str, Vec<Hit>> = BTreeMap::new();
    // By the bags' numbers, so that a term is looked up once and not at every token.
    let names: Vec<Option<&str>> = words.bags.terms().iter().map(|term| wanted.get(&**term).copied()).collect();
    for (row, &(document, measure)) in words.rows.iter().enumerate() {
        let coded = &documents[document as usize].measures[measure as usize];
        if coded.transmitted {
            continue;
        }
        let mut tokens = words.bags.row(row).iter();
        for (sentence, &length) in coded.measure.sentences.clone().zip(&words.lengths[row]) {
            let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
            for &token in tokens.by_ref().take(length as usize) {
                if let Some(term) = names[token as usize] {
                    *counts.entry(term).or_default() += 1;
                }
            }
            for (term, count) in counts {
                found.entry(term).or_default().push(Hit { document, sentence, count });
            }
        }
    }
    found.into_iter().map(|(term, hits)| TermHits { term: term.to_owned(), hits }).collect()
}
