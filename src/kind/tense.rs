//! Review, problems or plan, told by the words of every sentence and smoothed over the document.
//!
//! Many documents have no head that says where the review ends. A small linear model over characters and pairs of
//! characters tells the three apart; it is trained on documents whose heads do say it, so it needs no hand labels.

use crate::codebook::Part;
use crate::learn::logistic::{self, Params};
use crate::learn::sparse::Rows;
use crate::outline::{Outline, Shape};

use super::keys::{Index, key};
use super::model_file::{scale, to_grid};

/// What one sentence says, for review, problems and plan: log-probabilities.
pub(super) type Said = [f32; 3];

/// The weights of the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tense {
    /// The characters and pairs that are known.
    pub index: Index,
    /// Their weights, in the order of the index.
    pub weights: Vec<Said>,
    /// The intercepts.
    pub intercepts: Said,
}

/// A document whose own heads tell its parts, with as many of its sentences as are trained on.
pub(super) struct Example {
    /// The keys of each sentence.
    pub rows: Vec<Vec<u32>>,
    /// Its part.
    pub parts: Vec<Part>,
}

/// Sentences taken from one document, spread evenly over it.
const PER_DOCUMENT: usize = 150;
/// Both review and plan must have this many sentences, or the heads were misread.
const PER_PART: usize = 25;
/// A character or pair must occur in this many sentences.
const OCCURRENCES: u32 = 20;
/// The strength of the penalty (scikit-learn's C = 0.1).
const L2: f64 = 10.0;
/// The entries that are kept, by weight.
const KEPT: usize = 8000;
/// A log-probability counts no less than this: one odd sentence must not turn a part.
const FLOOR: f32 = -3.0;
/// How far a single sentence is believed; neighbouring sentences repeat each other.
const TRUST: f32 = 0.5;
/// What an explicit head adds to its part for every sentence in its path, where both review and plan have heads.
const HEADED: f32 = 2.0;
/// The same where only one of them has, or no head above the sentence names the part: the other may have begun without a head.
const HALF_HEADED: f32 = 0.3;
/// The cost of going from the part of the row to the part of the column: review, problems, plan.
const TURN: [[f32; 3]; 3] = [[0.0, -3.0, -4.0], [-5.0, 0.0, -2.0], [-7.0, -9.0, 0.0]];

/// Calls `found` with the key of every character and pair of characters of `sentence`.
fn grams(sentence: &str, mut found: impl FnMut(u32)) {
    let mut before = None;
    for c in sentence.chars() {
        found(key(1, &[c as u64]));
        if let Some(before) = before {
            found(key(2, &[before as u64, c as u64]));
        }
        before = Some(c);
    }
}

/// The example that `text` gives, if its heads tell review and plan apart.
pub(super) fn example(text: &str, outline: &Outline) -> Option<Example> {
    let sentences = &outline.sentences;
    let count = |part| sentences.iter().filter(|sentence| sentence.part == part).count();
    if count(Part::Review) < PER_PART || count(Part::Plan) < PER_PART {
        return None;
    }
    let first = sentences.iter().position(|sentence| sentence.part == Part::Review)?;
    let last = sentences.iter().rposition(|sentence| sentence.part == Part::Review)?;
    let turn = last + 1 + sentences[last + 1..].iter().position(|sentence| sentence.part == Part::Plan)?;
    if sentences[turn].shape == Shape::Prose {
        return None;
    }
    let usable: Vec<usize> = (first..sentences.len())
        .filter(|&i| (i >= turn || sentences[i].part != Part::Plan) && sentences[i].span.len() >= 18)
        .collect();
    let step = usable.len().div_ceil(PER_DOCUMENT).max(1);
    let (mut rows, mut parts) = (Vec::new(), Vec::new());
    for &i in usable.iter().step_by(step) {
        let mut row = Vec::new();
        grams(sentences[i].span.of(text), |gram| row.push(gram));
        rows.push(row);
        parts.push(sentences[i].part);
    }
    Some(Example { rows, parts })
}

impl Tense {
    /// Trains on examples in the order given.
    pub fn train(examples: &[Example]) -> Tense {
        let mut all: Vec<u32> = Vec::new();
        for row in examples.iter().flat_map(|example| &example.rows) {
            let mut row = row.clone();
            row.sort_unstable();
            row.dedup();
            all.extend(row);
        }
        all.sort_unstable();
        let known: Vec<u32> =
            all.chunk_by(|a, b| a == b).filter(|run| run.len() as u32 >= OCCURRENCES).map(|run| run[0]).collect();
        let index = Index::new(known);
        let (mut rows, mut targets) = (Rows::new(), Vec::new());
        for example in examples {
            for (row, part) in example.rows.iter().zip(&example.parts) {
                let columns: Vec<(u32, f32)> = row.iter().filter_map(|&gram| Some((index.find(gram)?, 1.0))).collect();
                rows.push(&columns);
                targets.push(part.index() as u16);
            }
        }
        rows.widen(index.len());
        let params = Params { l2: L2, max_iterations: 120, ..Params::default() };
        let model = logistic::train(&rows, &targets, &vec![1.0; targets.len()], 3, &params);
        let column = |at: usize| -> Said { [0, 1, 2].map(|part| model.column(at)[part] as f32) };
        let mut order: Vec<usize> = (0..index.len()).collect();
        let size = |at: usize| column(at).iter().fold(0.0, |most: f32, weight| most.max(weight.abs()));
        order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
        order.truncate(KEPT);
        order.sort_unstable();
        // the grid of the model file, so that a model read back says the same
        let step = scale(order.iter().flat_map(|&at| column(at)));
        Tense {
            weights: order.iter().map(|&at| column(at).map(|weight| f32::from(to_grid(weight, step)) * step)).collect(),
            index: Index::new(order.iter().map(|&at| index.keys()[at]).collect()),
            intercepts: [0, 1, 2].map(|part| model.intercepts()[part] as f32),
        }
    }

    /// What a sentence says by itself.
    pub fn said(&self, sentence: &str) -> Said {
        let mut scores = self.intercepts;
        grams(sentence, |gram| {
            if let Some(at) = self.index.find(gram) {
                for (score, weight) in scores.iter_mut().zip(&self.weights[at as usize]) {
                    *score += weight;
                }
            }
        });
        let most = scores.iter().fold(f32::MIN, |most, &score| most.max(score));
        let total: f32 = scores.iter().map(|&score| libm::expf(score - most)).sum();
        scores.map(|score| score - most - libm::logf(total))
    }
}

/// The most probable parts of a whole document, from what its sentences say and what its heads name ([`super::headed::names`]).
///
/// The outline lets a part last until a head names another, so a head that names none may stand where the part has ended
/// (`二、埋头苦干再出发` after `一、去年工作回顾`): what stands under such a head alone is told by its words.
pub(super) fn smooth(said: &[Said], names: &[Option<Part>], outline: &Outline) -> Vec<Part> {
    let sentences = &outline.sentences;
    let is_headed = |i: usize, part: Part| {
        names[i] == Some(part) || sentences[i].path.iter().any(|&head| names[head as usize] == Some(part))
    };
    let mut named = [false; 3];
    for (i, sentence) in sentences.iter().enumerate() {
        let turned = i == 0 || sentences[i - 1].part != sentence.part;
        named[sentence.part.index()] |= turned && matches!(sentence.shape, Shape::Line | Shape::RunIn);
    }
    let both = named[Part::Review.index()] && named[Part::Plan.index()];
    let emission = |i: usize| -> Said {
        let mut scores = said[i].map(|score| TRUST * score.clamp(FLOOR, 0.0));
        let part = sentences[i].part;
        if named[part.index()] {
            scores[part.index()] += if both && is_headed(i, part) { HEADED } else { HALF_HEADED };
        }
        scores
    };
    let mut from: Vec<[u8; 3]> = Vec::with_capacity(said.len());
    let mut best = [0.0f32; 3];
    for i in 0..said.len() {
        let here = emission(i);
        let (mut next, mut back) = (here, [0u8; 3]);
        if i > 0 {
            for part in 0..3 {
                let before = (0..3).fold(0, |top, other| {
                    if best[other] + TURN[other][part] > best[top] + TURN[top][part] { other } else { top }
                });
                next[part] = here[part] + best[before] + TURN[before][part];
                back[part] = before as u8;
            }
        }
        best = next;
        from.push(back);
    }
    let mut part = (0..3).fold(0, |top, other| if best[other] > best[top] { other } else { top });
    let mut parts = vec![Part::Plan; said.len()];
    for i in (0..said.len()).rev() {
        parts[i] = Part::ALL[part];
        part = usize::from(from[i][part]);
    }
    parts
}
