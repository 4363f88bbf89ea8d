//! Which terms mark a place, theme, year or part: log-odds with an informative Dirichlet prior, and how evenly the
//! terms are spread there.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::distributions::{benjamini_hochberg, normal_p};
use crate::error::{Error, Result, Trouble};

/// How often one term stands in one part of a document that belongs to one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermCount {
    /// What is compared with the rest: a place, a theme, a year, a part.
    pub target: u32,
    /// The document.
    pub doc: u32,
    /// The section of the document: the piece over which dispersion is measured.
    pub block: u32,
    /// The term.
    pub term: u32,
    /// How often it stands there.
    pub count: u32,
}

/// What keyness is computed with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeynessParams {
    /// The weight of the prior, in words: how many words of the whole corpus each side is taken to have said already.
    /// Monroe, Colaresi and Quinn use 500, what one speaker says in a day; a town's plan says as much in a section.
    pub prior: f64,
    /// A term that stands in fewer documents than this is left out; 1 lets words of a single document in.
    pub min_documents: u32,
    /// A term that stands in the corpus less often than this is left out.
    pub min_count: u64,
}

impl Default for KeynessParams {
    fn default() -> Self {
        KeynessParams { prior: 500.0, min_documents: 2, min_count: 3 }
    }
}

/// One row of the keyness table.
#[derive(Clone, Debug, PartialEq)]
pub struct KeynessRow {
    /// The target.
    pub target: u32,
    /// The term.
    pub term: u32,
    /// How often it stands in the target.
    pub count: u64,
    /// How often it stands in the rest.
    pub rest: u64,
    /// The log-odds ratio, natural logarithm; positive: more in the target.
    pub log_odds: f64,
    /// The log-odds over its standard error.
    pub z: f64,
    /// The false discovery rate (Benjamini and Hochberg) over the terms of this target.
    pub q: f64,
    /// Documents of the corpus in which the term stands.
    pub documents: u32,
    /// Gries' DP of the term over the sections of the target, 0 (even) to 1 (all in one small section); `None` where
    /// the term does not stand in the target.
    pub dispersion: Option<f64>,
}

/// The log-odds ratio and its z for a term that stands `a` times among `a_total` words here, `b` times among `b_total`
/// there, under a prior of `prior` words in all of which the term is `alpha` (Monroe, Colaresi and Quinn 2008,
/// equations 16, 19 and 22):
/// δ = ln[(a + α)/(n_a + α₀ − a − α)] − ln[(b + α)/(n_b + α₀ − b − α)], Var δ ≈ 1/(a + α) + 1/(b + α).
///
/// `None` where a side has room for no other word, or the term neither stands there nor in the prior.
pub fn log_odds(a: f64, a_total: f64, b: f64, b_total: f64, alpha: f64, prior: f64) -> Option<(f64, f64)> {
    let others = [a_total + prior - a - alpha, b_total + prior - b - alpha];
    if others.iter().any(|&other| other <= 0.0) || a + alpha <= 0.0 || b + alpha <= 0.0 {
        return None;
    }
    let delta = libm::log((a + alpha) / others[0]) - libm::log((b + alpha) / others[1]);
    let error = (1.0 / (a + alpha) + 1.0 / (b + alpha)).sqrt();
    Some((delta, delta / error))
}

/// Gries' DP (2008): ½ Σ |vᵢ − sᵢ| over the pieces of a text, where sᵢ is the share of all words that piece i holds and vᵢ the
/// share of the term's occurrences. Pieces are (words, occurrences); `None` where the term or the text is empty.
pub fn dispersion(pieces: &[(f64, f64)]) -> Option<f64> {
    let (words, found) = pieces.iter().fold((0.0, 0.0), |sum, piece| (sum.0 + piece.0, sum.1 + piece.1));
    (words > 0.0 && found > 0.0)
        .then(|| 0.5 * pieces.iter().map(|piece| (piece.1 / found - piece.0 / words).abs()).sum::<f64>())
}

/// Compares each target with the rest of the corpus, term by term.
///
/// The prior of a term is its share of the corpus. Rows come by target, then z falling, then term. A target without
/// a rest (the only one) has no rows. The order of `counts` does not matter, and equal keys add up.
///
/// # Errors
/// [`Error::Settings`] for a prior that is not positive.
pub fn keyness(counts: Vec<TermCount>, params: &KeynessParams) -> Result<Vec<KeynessRow>> {
    keyness_ends(counts, params, usize::MAX)
}

/// The same, of each target's rows the `ends` first and the `ends` last alone: of many places with many terms each, all rows
/// together would not fit into memory.
///
/// # Errors
/// As [`keyness`].
pub fn keyness_ends(mut counts: Vec<TermCount>, params: &KeynessParams, ends: usize) -> Result<Vec<KeynessRow>> {
    if params.prior.is_nan() || params.prior <= 0.0 || params.prior.is_infinite() {
        return Err(Error::Settings(
            Trouble::new(format!("keyness.prior is {}", params.prior)).remedy("set it to a number of words above 0"),
        ));
    }
    counts.par_sort_unstable();
    let corpus = Corpus::of(&counts, params);
    let targets: Vec<&[TermCount]> = counts.chunk_by(|a, b| a.target == b.target).collect();
    let tables: Vec<Vec<KeynessRow>> = targets
        .par_iter()
        .map(|target| {
            let mut rows = corpus.against(target, params);
            if rows.len() / 2 >= ends {
                rows.drain(ends..rows.len() - ends);
                rows.shrink_to_fit();
            }
            rows
        })
        .collect();
    Ok(tables.into_iter().flatten().collect())
}

/// What the whole corpus says about each term.
struct Corpus {
    words: f64,
    /// Occurrences and documents of each term that passes the floors.
    terms: BTreeMap<u32, (u64, u32)>,
}

impl Corpus {
    fn of(counts: &[TermCount], params: &KeynessParams) -> Corpus {
        let mut found: BTreeMap<u32, (u64, BTreeSet<u32>)> = BTreeMap::new();
        for count in counts.iter().filter(|count| count.count > 0) {
            let entry = found.entry(count.term).or_default();
            entry.0 += u64::from(count.count);
            entry.1.insert(count.doc);
        }
        let words = found.values().map(|entry| entry.0 as f64).sum();
        let passes = |count: u64, documents: u32| documents >= params.min_documents && count >= params.min_count;
        let terms = found
            .into_iter()
            .map(|(term, (count, documents))| (term, (count, documents.len() as u32)))
            .filter(|(_, (count, documents))| passes(*count, *documents))
            .collect();
        Corpus { words, terms }
    }

    /// The rows of one target, whose counts are sorted by document and section.
    fn against(&self, counts: &[TermCount], params: &KeynessParams) -> Vec<KeynessRow> {
        let mut sizes: Vec<f64> = Vec::new();
        let mut places: BTreeMap<u32, Vec<(usize, f64)>> = BTreeMap::new();
        for piece in counts.chunk_by(|a, b| (a.doc, a.block) == (b.doc, b.block)) {
            for count in piece {
                places.entry(count.term).or_default().push((sizes.len(), f64::from(count.count)));
            }
            sizes.push(piece.iter().map(|count| f64::from(count.count)).sum());
        }
        let words: f64 = sizes.iter().sum();
        let rest_words = self.words - words;
        if words <= 0.0 || rest_words <= 0.0 {
            return Vec::new();
        }
        let mut rows: Vec<KeynessRow> = self
            .terms
            .iter()
            .filter_map(|(&term, &(all, documents))| {
                let here = places.get(&term).map_or(&[][..], Vec::as_slice);
                let count: f64 = here.iter().map(|entry| entry.1).sum();
                let rest = all as f64 - count;
                let alpha = params.prior * all as f64 / self.words;
                let (log_odds, z) = log_odds(count, words, rest, rest_words, alpha, params.prior)?;
                Some(KeynessRow {
                    target: counts[0].target,
                    term,
                    count: count as u64,
                    rest: rest as u64,
                    log_odds,
                    z,
                    q: 1.0,
                    documents,
                    dispersion: sparse_dispersion(&sizes, words, here),
                })
            })
            .collect();
        let p: Vec<f64> = rows.iter().map(|row| normal_p(row.z)).collect();
        for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&p)) {
            row.q = q;
        }
        rows.sort_by(|a, b| b.z.total_cmp(&a.z).then(a.term.cmp(&b.term)));
        rows
    }
}

/// [`dispersion`] from the few pieces in which the term stands: a piece without it adds its share of the words.
fn sparse_dispersion(sizes: &[f64], words: f64, here: &[(usize, f64)]) -> Option<f64> {
    let found: f64 = here.iter().map(|entry| entry.1).sum();
    if found <= 0.0 {
        return None;
    }
    let (mut apart, mut touched) = (0.0, 0.0);
    for piece in here.chunk_by(|a, b| a.0 == b.0) {
        let share = sizes[piece[0].0] / words;
        apart += (piece.iter().map(|entry| entry.1).sum::<f64>() / found - share).abs();
        touched += share;
    }
    Some(0.5 * (apart + (1.0 - touched).max(0.0)))
}
