//! Which terms mark a place, theme, year or part: log-odds with an informative Dirichlet prior, and how evenly the
//! terms are spread there.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::distributions::{benjamini_hochberg_of_groups, normal_p};
use crate::error::{Error, Result, Trouble};

/// The terms of one text (a measure) that belongs to one target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece<'a> {
    /// What is compared with the rest: a place, a theme, a year, a part.
    pub target: u32,
    /// The document.
    pub doc: u32,
    /// The section of the document: what dispersion is measured over.
    pub block: u32,
    /// The terms that stand in it, as columns of the vocabulary, each once.
    pub terms: &'a [u32],
    /// How often each of them does: whole numbers, as many as `terms`.
    pub counts: &'a [f32],
}

impl Piece<'_> {
    fn each(&self) -> impl Iterator<Item = (usize, u64)> {
        self.terms.iter().zip(self.counts).map(|(&term, &count)| (term as usize, count as u64))
    }
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

/// Compares each target with the rest of the corpus, term by term; `terms` is the size of the vocabulary.
///
/// The prior of a term is its share of the corpus. Rows come by target, then z falling, then term. A target without
/// a rest (the only one) has no rows. The order of `pieces` does not matter, and those of one section add up.
///
/// # Errors
/// [`Error::Settings`] for a prior that is not positive.
pub fn keyness(pieces: Vec<Piece<'_>>, terms: usize, params: &KeynessParams) -> Result<Vec<KeynessRow>> {
    keyness_ends(pieces, terms, params, usize::MAX)
}

/// The same, of each target's rows the `ends` first and the `ends` last alone: of many places with many terms each, all rows
/// together would not fit into memory.
///
/// # Errors
/// As [`keyness`].
pub fn keyness_ends(
    mut pieces: Vec<Piece<'_>>,
    terms: usize,
    params: &KeynessParams,
    ends: usize,
) -> Result<Vec<KeynessRow>> {
    if params.prior.is_nan() || params.prior <= 0.0 || params.prior.is_infinite() {
        return Err(Error::Settings(
            Trouble::new(format!("keyness.prior is {}", params.prior)).remedy("set it to a number of words above 0"),
        ));
    }
    pieces.par_sort_by_key(|piece| (piece.target, piece.doc, piece.block));
    let corpus = Corpus::of(&pieces, terms, params);
    let targets: Vec<&[Piece<'_>]> = pieces.chunk_by(|a, b| a.target == b.target).collect();
    let tables: Vec<Vec<KeynessRow>> =
        targets.par_iter().map(|target| corpus.against(target, params.prior, ends)).collect();
    Ok(tables.into_iter().flatten().collect())
}

/// What the whole corpus says about each term.
struct Corpus {
    words: f64,
    /// Occurrences of each term.
    counts: Vec<u64>,
    /// Documents in which each term stands.
    documents: Vec<u32>,
    /// The terms that pass the floors, by how often they occur: those of one number that a target lacks have the same
    /// figures there, which are computed once.
    by_count: BTreeMap<u64, Vec<u32>>,
}

/// Terms that have the same figures in a target: one that stands there, or all that do not and are equally frequent elsewhere.
struct Alike {
    terms: Vec<u32>,
    log_odds: f64,
    z: f64,
    q: f64,
}

impl Corpus {
    /// `pieces` are sorted by target, then document.
    fn of(pieces: &[Piece<'_>], terms: usize, params: &KeynessParams) -> Corpus {
        let mut held: Vec<&[Piece<'_>]> = pieces.chunk_by(|a, b| (a.target, a.doc) == (b.target, b.doc)).collect();
        held.sort_by_key(|pieces| pieces[0].doc);
        let (mut counts, mut documents, mut last) = (vec![0u64; terms], vec![0u32; terms], vec![u32::MAX; terms]);
        for piece in held.into_iter().flatten() {
            for (term, count) in piece.each().filter(|&(_, count)| count > 0) {
                counts[term] += count;
                if last[term] != piece.doc {
                    last[term] = piece.doc;
                    documents[term] += 1;
                }
            }
        }
        let mut by_count: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for (term, (&count, &documents)) in counts.iter().zip(&documents).enumerate() {
            if count > 0 && documents >= params.min_documents && count >= params.min_count {
                by_count.entry(count).or_default().push(term as u32);
            }
        }
        Corpus { words: counts.iter().sum::<u64>() as f64, counts, documents, by_count }
    }

    /// The rows of one target, whose pieces are sorted by document and section.
    fn against(&self, pieces: &[Piece<'_>], prior: f64, ends: usize) -> Vec<KeynessRow> {
        let mut here = vec![0u64; self.counts.len()];
        for (term, count) in pieces.iter().flat_map(Piece::each) {
            here[term] += count;
        }
        let found = self.weighed(&here, prior);
        let rows = |alike: &[Alike]| {
            let each = alike.iter().flat_map(|alike| alike.terms.iter().map(move |&term| (alike, term)));
            let mut rows: Vec<KeynessRow> = each
                .map(|(alike, term)| KeynessRow {
                    target: pieces[0].target,
                    term,
                    count: here[term as usize],
                    rest: self.counts[term as usize] - here[term as usize],
                    log_odds: alike.log_odds,
                    z: alike.z,
                    q: alike.q,
                    documents: self.documents[term as usize],
                    dispersion: None,
                })
                .collect();
            rows.sort_by(|a, b| b.z.total_cmp(&a.z).then(a.term.cmp(&b.term)));
            rows
        };
        let total: usize = found.iter().map(|alike| alike.terms.len()).sum();
        let mut rows = if total / 2 < ends {
            rows(&found)
        } else {
            let mut first = rows(&found[..reach(found.iter(), ends)]);
            first.truncate(ends);
            let last = rows(&found[found.len() - reach(found.iter().rev(), ends)..]);
            first.extend_from_slice(&last[last.len() - ends..]);
            first
        };
        spread(pieces, &here, &mut rows);
        rows
    }

    /// The figures of every term in a target in which the terms stand `here` times, by falling z.
    fn weighed(&self, here: &[u64], prior: f64) -> Vec<Alike> {
        let words = here.iter().sum::<u64>() as f64;
        let rest_words = self.words - words;
        let mut found: Vec<Alike> = Vec::new();
        if words <= 0.0 || rest_words <= 0.0 {
            return found;
        }
        for (&all, terms) in &self.by_count {
            let alpha = prior * all as f64 / self.words;
            let mut add = |count: u64, terms: Vec<u32>| {
                let rest = (all - count) as f64;
                if let Some((log_odds, z)) = log_odds(count as f64, words, rest, rest_words, alpha, prior) {
                    found.push(Alike { terms, log_odds, z, q: 1.0 });
                }
            };
            let (present, absent): (Vec<u32>, Vec<u32>) = terms.iter().partition(|&&term| here[term as usize] > 0);
            present.into_iter().for_each(|term| add(here[term as usize], vec![term]));
            if !absent.is_empty() {
                add(0, absent);
            }
        }
        let p: Vec<(f64, usize)> = found.iter().map(|alike| (normal_p(alike.z), alike.terms.len())).collect();
        for (alike, q) in found.iter_mut().zip(benjamini_hochberg_of_groups(&p)) {
            alike.q = q;
        }
        found.sort_by(|a, b| b.z.total_cmp(&a.z));
        found
    }
}

/// How many of `found` from its beginning hold `ends` terms, those of the same z as the last one with them.
fn reach<'a>(found: impl Iterator<Item = &'a Alike>, ends: usize) -> usize {
    let (mut held, mut last) = (0, None);
    found
        .take_while(|alike| {
            let wanted = held < ends || last == Some(alike.z);
            (held, last) = (held + alike.terms.len(), Some(alike.z));
            wanted
        })
        .count()
}

/// Fills in the [`dispersion`] of `rows` over the sections of the target whose `pieces` these are: a section without the term
/// adds its share of the words. `here` is how often each term stands in all of them.
fn spread(pieces: &[Piece<'_>], here: &[u64], rows: &mut [KeynessRow]) {
    let words = here.iter().sum::<u64>() as f64;
    // Where each term's row stands, counted from 1.
    let mut row_of = vec![0u32; here.len()];
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.count > 0) {
        row_of[row.term as usize] = index as u32 + 1;
    }
    let mut sums = vec![(0.0, 0.0); rows.len()];
    let mut held: BTreeMap<usize, u64> = BTreeMap::new();
    for section in pieces.chunk_by(|a, b| (a.doc, a.block) == (b.doc, b.block)) {
        let mut size = 0;
        for (term, count) in section.iter().flat_map(Piece::each) {
            size += count;
            if row_of[term] > 0 && count > 0 {
                *held.entry(row_of[term] as usize - 1).or_default() += count;
            }
        }
        let share = size as f64 / words;
        for (row, count) in std::mem::take(&mut held) {
            let (apart, touched) = &mut sums[row];
            *apart += (count as f64 / rows[row].count as f64 - share).abs();
            *touched += share;
        }
    }
    for (row, (apart, touched)) in rows.iter_mut().zip(sums).filter(|(row, _)| row.count > 0) {
        row.dispersion = Some(0.5 * (apart + (1.0 - touched).max(0.0)));
    }
}
