//! What the wording of a sentence alone says about its class: a linear model over character n-grams.
//!
//! A sentence is a row of TF-IDF weights, tf = 1 + ln count, idf = ln((1 + n) / (1 + df)) + 1, of Euclidean norm 1 over the grams
//! that training kept. Headings and sentences share one set of weights, so a context is scored by scoring its parts once.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::grams::{LONGEST, grams, length, word_grams};
use super::index::Index;
use super::parts::Known;
use crate::learn::linear::Linear;
use crate::learn::sparse::Rows;
use crate::learn::{hinge, logistic};

/// A text with its class and its weight in training.
#[derive(Clone, Copy, Debug)]
pub struct Example<'a> {
    /// The text.
    pub text: &'a str,
    /// Its class.
    pub class: u16,
    /// How much it counts; 1 for a hand label.
    pub weight: f32,
}

/// What is minimised besides the penalty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loss {
    /// −ln p over all classes ([`logistic`]): the scores are log-odds.
    #[default]
    Multinomial,
    /// One class against the rest by a squared hinge ([`hinge`]).
    SquaredHinge,
}

/// How the first stage is trained: a linear model over the character n-grams of a text alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// Grams in fewer texts are left out.
    pub least_texts: u32,
    /// What is minimised besides the penalty.
    pub loss: Loss,
    /// The penalty on the weights, for rows of Euclidean norm 4.
    pub l2: f64,
    /// The longest grams, in characters; words are read singly and in pairs whatever this says.
    pub longest: usize,
    /// The most grams kept, those with the largest weights.
    pub most_grams: usize,
    /// The most weights trained, grams by classes: `least_texts` is raised until there are no more.
    pub most_trained: usize,
    /// Multinomial training stops when an iteration lowers the cost by at most this share.
    pub value_tolerance: f64,
    /// Whether texts are words parted by blanks: grams are then single words and pairs of neighbours.
    pub words: bool,
}

impl Default for Params {
    fn default() -> Self {
        Params {
            least_texts: 2,
            loss: Loss::Multinomial,
            l2: 1.0,
            longest: LONGEST,
            most_grams: 240_000,
            most_trained: usize::MAX,
            value_tolerance: 1e-4,
            words: false,
        }
    }
}

/// The Euclidean norm of a row. A row of norm 1 over a hundred grams needs weights in the tens, which the penalty and the
/// minimiser like less than a longer row; only `l2 / ROW_NORM²` matters for the result.
const ROW_NORM: f32 = 4.0;

/// A trained wording model.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    pub(super) classes: usize,
    /// See [`Params::words`].
    pub(super) words: bool,
    pub(super) index: Index,
    /// The idf of each gram.
    pub(super) idf: Vec<f32>,
    /// The weights, `classes` a gram.
    pub(super) weights: Vec<f32>,
    pub(super) intercepts: Vec<f32>,
    pub(super) known: Known,
}

/// Room that is used again from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    grams: Vec<u64>,
    entries: Vec<u32>,
    places: Vec<u32>,
    row: Vec<(u32, f32)>,
}

/// Visits the grams of a text: of characters, or of words.
fn visit(text: &str, words: bool, visit: impl FnMut(u64)) {
    if words { word_grams(text, visit) } else { grams(text, visit) }
}

/// Counts how many of the texts hold each gram; by rising gram.
fn document_frequencies(texts: &[&str], words: bool) -> Vec<(u64, u32)> {
    let parts: Vec<BTreeMap<u64, u32>> = texts
        .par_chunks(4096)
        .map(|chunk| {
            let mut counts = BTreeMap::new();
            let mut seen = Vec::new();
            for text in chunk {
                seen.clear();
                visit(text, words, |gram| seen.push(gram));
                seen.sort_unstable();
                seen.dedup();
                for &gram in &seen {
                    *counts.entry(gram).or_insert(0) += 1;
                }
            }
            counts
        })
        .collect();
    let mut total = BTreeMap::new();
    for part in parts {
        for (gram, count) in part {
            *total.entry(gram).or_insert(0) += count;
        }
    }
    total.into_iter().collect()
}

/// The idf of a gram that stands in `df` of `n` texts.
fn inverse_frequency(n: usize, df: u32) -> f32 {
    (libm::log((1.0 + n as f64) / (1.0 + f64::from(df))) + 1.0) as f32
}

impl Scratch {
    /// The known grams of the text that was scored last, by rising column, with their values.
    pub(super) fn row(&self) -> &[(u32, f32)] {
        &self.row
    }
}

impl Wording {
    /// Trains on examples whose classes are below `classes`.
    ///
    /// The same examples in the same order give the same bits.
    pub fn train(examples: &[Example<'_>], classes: usize, params: &Params) -> Wording {
        let texts: Vec<&str> = examples.iter().map(|example| example.text).collect();
        let mut kept: Vec<(u64, u32)> = document_frequencies(&texts, params.words)
            .into_iter()
            .filter(|&(gram, df)| df >= params.least_texts && (params.words || length(gram) <= params.longest))
            .collect();
        let mut least = params.least_texts;
        while kept.len() > params.most_trained / classes {
            least += 1;
            kept.retain(|&(_, df)| df >= least);
        }
        let index = Index::new(kept.iter().map(|&(gram, _)| gram).collect());
        let idf: Vec<f32> =
            kept.iter().map(|&(_, df)| super::half::rounded(inverse_frequency(texts.len(), df))).collect();
        let mut bare = Wording {
            classes,
            words: params.words,
            index,
            idf,
            weights: Vec::new(),
            intercepts: vec![0.0; classes],
            known: Known::default(),
        };
        let mut rows = Rows::new();
        let mut scratch = Scratch::default();
        for example in examples {
            bare.row(example.text, &mut scratch);
            rows.push(&scratch.row);
        }
        rows.widen(bare.idf.len());
        let targets: Vec<u16> = examples.iter().map(|example| example.class).collect();
        let weights: Vec<f32> = examples.iter().map(|example| example.weight).collect();
        let trained = match params.loss {
            Loss::Multinomial => {
                let Params { l2, value_tolerance, .. } = *params;
                let settings = logistic::Params { l2, value_tolerance, ..logistic::Params::default() };
                logistic::train(&rows, &targets, &weights, classes, &settings)
            }
            Loss::SquaredHinge => {
                let settings = hinge::Params { l2: params.l2, ..hinge::Params::default() };
                hinge::train(&rows, &targets, &weights, classes, &settings)
            }
        };
        bare.intercepts = trained.intercepts().iter().map(|&value| value as f32).collect();
        bare.keep_largest(&trained, params.most_grams);
        bare
    }

    /// Takes over the weights, of the `most` grams whose weights matter most, rounded as the model file holds them.
    fn keep_largest(&mut self, trained: &Linear, most: usize) {
        let importance = |j: usize| {
            let column = trained.column(j);
            let mean = column.iter().sum::<f64>() / column.len() as f64;
            column.iter().map(|weight| (weight - mean).abs()).fold(0.0, f64::max) * f64::from(self.idf[j])
        };
        let mut order: Vec<usize> = (0..self.idf.len()).collect();
        if order.len() > most {
            let importances: Vec<f64> = order.iter().map(|&j| importance(j)).collect();
            order.sort_by(|&a, &b| importances[b].total_cmp(&importances[a]).then(a.cmp(&b)));
            order.truncate(most);
            order.sort_unstable();
        }
        self.weights =
            order.iter().flat_map(|&j| trained.column(j)).map(|&value| super::half::rounded(value as f32)).collect();
        self.idf = order.iter().map(|&j| self.idf[j]).collect();
        self.index = Index::new(order.iter().map(|&j| self.index.keys()[j]).collect());
        self.known = Known::default();
    }

    /// Fills `scratch.row` with the columns and values of a text, by rising column.
    fn row(&self, text: &str, scratch: &mut Scratch) {
        scratch.places.clear();
        scratch.row.clear();
        scratch.grams.clear();
        visit(text, self.words, |gram| scratch.grams.push(gram));
        self.index.find_all(&scratch.grams, &mut scratch.entries, |place| scratch.places.push(place));
        scratch.places.sort_unstable();
        let mut squares = 0.0;
        for same in scratch.places.chunk_by(|a, b| a == b) {
            let tf = if same.len() == 1 { 1.0 } else { 1.0 + libm::logf(same.len() as f32) };
            let value = tf * self.idf[same[0] as usize];
            squares += value * value;
            scratch.row.push((same[0], value));
        }
        if squares > 0.0 {
            let scale = ROW_NORM / squares.sqrt();
            scratch.row.iter_mut().for_each(|pair| pair.1 *= scale);
        }
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The number of grams known.
    pub fn grams(&self) -> usize {
        self.idf.len()
    }

    /// Writes the score of each class before normalisation into `out`.
    pub fn scores(&self, text: &str, scratch: &mut Scratch, out: &mut [f32]) {
        self.row(text, scratch);
        out.copy_from_slice(&self.intercepts);
        for &(column, value) in &scratch.row {
            for (score, weight) in out.iter_mut().zip(self.of_gram(column)) {
                *score += value * weight;
            }
        }
    }

    /// The weights of a gram, one a class.
    pub(super) fn of_gram(&self, column: u32) -> &[f32] {
        &self.weights[column as usize * self.classes..][..self.classes]
    }
}

/// The first of the largest values.
pub(super) fn most(values: &[f32]) -> usize {
    (0..values.len()).rev().max_by(|&a, &b| values[a].total_cmp(&values[b])).unwrap_or_default()
}

/// Turns scores into probabilities in place.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::expf(*score - most);
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Vec<Example<'static>> {
        let texts =
            [("种植桃树", 0), ("桃树管护", 0), ("修建道路", 1), ("道路养护", 1), ("桃树采摘", 0), ("道路硬化", 1)];
        texts.into_iter().map(|(text, class)| Example { text, class, weight: 1.0 }).collect()
    }

    fn probabilities(model: &Wording, text: &str) -> Vec<f32> {
        let mut out = vec![0.0; model.classes()];
        model.scores(text, &mut Scratch::default(), &mut out);
        softmax(&mut out);
        out
    }

    #[test]
    fn tells_peaches_from_roads() {
        let model = Wording::train(&examples(), 2, &Params::default());
        assert!(probabilities(&model, "发展桃树")[0] > 0.7);
        assert!(probabilities(&model, "拓宽道路")[1] > 0.7);
        assert!((probabilities(&model, "ｘｙｚ")[0] - 0.5).abs() < 0.05, "nothing known says nothing");
    }

    #[test]
    fn only_grams_in_two_texts_are_kept() {
        let model = Wording::train(&examples(), 2, &Params::default());
        // 桃 树 桃树 道 路 道路, and 护 of 管护 and 养护.
        assert_eq!(model.grams(), 7);
    }

    #[test]
    fn the_rarest_grams_go_first_where_there_are_too_many() {
        let model = Wording::train(&examples(), 2, &Params { most_trained: 13, ..Params::default() });
        // Six of three texts each; 护 stands in two.
        assert_eq!(model.grams(), 6);
    }

    #[test]
    fn rows_have_the_stated_norm() {
        let model = Wording::train(&examples(), 2, &Params::default());
        let mut scratch = Scratch::default();
        model.row("桃树，桃树，道路", &mut scratch);
        let squares: f32 = scratch.row.iter().map(|(_, value)| value * value).sum();
        assert!((squares.sqrt() - ROW_NORM).abs() < 1e-4);
    }
}
