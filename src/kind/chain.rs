//! A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001): one decision over a whole document.
//!
//! A state's score at a sentence is the sum of the weights of the sentence's features; a pair of states adds its own
//! weight. Training maximises the log-likelihood with an L2 penalty; all sums run in one order.

use rayon::prelude::*;

use crate::learn::lbfgs;

/// Sentences in a row with their features, as positions in the model's index.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    /// Where the features of sentence `i` begin: `columns[starts[i]..starts[i + 1]]`.
    pub starts: Vec<usize>,
    /// The features of all sentences.
    pub columns: Vec<u32>,
    /// The state of each sentence, in training.
    pub states: Vec<u8>,
}

impl Sequence {
    /// The number of sentences.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The features of sentence `i`.
    pub fn row(&self, i: usize) -> &[u32] {
        &self.columns[self.starts[i]..self.starts[i + 1]]
    }
}

/// The weights.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chain {
    /// The number of states.
    pub states: usize,
    /// The weight of feature `f` for state `s` at `f * states + s`.
    pub weights: Vec<f32>,
    /// The weight of going from state `a` to state `b` at `a * states + b`.
    pub transitions: Vec<f32>,
}

/// Sequences a thread takes; fixed, so that sums do not depend on the number of threads.
const BATCH: usize = 4;

/// As many states as the coder of kinds has are added side by side.
const LANES: usize = 8;

fn add(sums: &mut [f32], weights: &[f32]) {
    match (<&mut [f32; LANES]>::try_from(&mut *sums), <&[f32; LANES]>::try_from(weights)) {
        (Ok(sums), Ok(weights)) => sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight),
        _ => sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight),
    }
}

impl Chain {
    /// Trains on sequences whose features lie below `features`.
    pub fn train(sequences: &[Sequence], states: usize, features: usize, params: &lbfgs::Params) -> Chain {
        let split = features * states;
        let minimum = lbfgs::minimise(vec![0.0; split + states * states], params, |point, gradient| {
            gradient.fill(0.0);
            let (weights, pairs) = point.split_at(split);
            let moves: Vec<f64> = pairs.iter().map(|&w| libm::exp(w)).collect();
            let parts: Vec<Vec<Learned>> = sequences
                .par_chunks(BATCH)
                .map(|batch| batch.iter().map(|sequence| learn(sequence, states, weights, pairs, &moves)).collect())
                .collect();
            let mut cost = 0.0;
            for (sequence, learned) in sequences.iter().zip(parts.iter().flatten()) {
                cost += learned.cost;
                for i in 0..sequence.len() {
                    let residual = &learned.residuals[i * states..(i + 1) * states];
                    for &column in sequence.row(i) {
                        let at = column as usize * states;
                        for (slot, value) in gradient[at..at + states].iter_mut().zip(residual) {
                            *slot += value;
                        }
                    }
                }
                for (slot, value) in gradient[split..].iter_mut().zip(&learned.pairs) {
                    *slot += value;
                }
            }
            cost
        });
        let (weights, pairs) = minimum.point.split_at(split);
        Chain {
            states,
            weights: weights.iter().map(|&w| w as f32).collect(),
            transitions: pairs.iter().map(|&w| w as f32).collect(),
        }
    }

    /// The score of every state at every sentence, sentence by sentence.
    pub fn scores(&self, sequence: &Sequence) -> Vec<f32> {
        let mut scores = vec![0.0; sequence.len() * self.states];
        for (i, row) in scores.chunks_exact_mut(self.states).enumerate() {
            for &column in sequence.row(i) {
                let at = column as usize * self.states;
                add(row, &self.weights[at..at + self.states]);
            }
        }
        scores
    }

    /// The best states of a whole document, and the probability of every state at every sentence.
    ///
    /// `scores` are those of [`Self::scores`], minus infinity where a rule excludes a state.
    pub fn decode(&self, scores: &[f32]) -> (Vec<u8>, Vec<f32>) {
        let n = scores.len() / self.states;
        if n == 0 {
            return (Vec::new(), Vec::new());
        }
        let node: Vec<f64> = scores.iter().map(|&score| f64::from(score)).collect();
        (self.best(&node, n), self.posteriors(&node))
    }

    fn best(&self, node: &[f64], n: usize) -> Vec<u8> {
        let s = self.states;
        let mut best: Vec<f64> = node[..s].to_vec();
        let mut from = vec![0u8; n * s];
        let mut next = vec![0.0; s];
        for i in 1..n {
            for b in 0..s {
                let (mut top, mut value) = (0, f64::NEG_INFINITY);
                for (a, before) in best.iter().enumerate() {
                    let candidate = before + f64::from(self.transitions[a * s + b]);
                    if candidate > value {
                        (top, value) = (a, candidate);
                    }
                }
                next[b] = value + node[i * s + b];
                from[i * s + b] = top as u8;
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut state = (0..s).fold(0, |top, b| if best[b] > best[top] { b } else { top });
        let mut path = vec![0u8; n];
        for i in (0..n).rev() {
            path[i] = state as u8;
            state = usize::from(from[i * s + state]);
        }
        path
    }

    fn posteriors(&self, node: &[f64]) -> Vec<f32> {
        let moves: Vec<f64> = self.transitions.iter().map(|&w| libm::exp(f64::from(w))).collect();
        let passed = pass(node, self.states, &moves);
        passed.forward.iter().zip(&passed.backward).map(|(a, b)| (a * b) as f32).collect()
    }
}

/// What forward and backward passes leave: scaled messages and the log of the partition function.
struct Passed {
    forward: Vec<f64>,
    backward: Vec<f64>,
    /// The potentials of the states, the largest of a sentence being 1.
    potentials: Vec<f64>,
    scales: Vec<f64>,
    log_total: f64,
}

/// Scaled forward–backward (Rabiner 1989): the product of the two messages is the state's probability.
fn pass(node: &[f64], s: usize, moves: &[f64]) -> Passed {
    let n = node.len() / s;
    let (mut potentials, mut log_total) = (vec![0.0; n * s], 0.0);
    for (scores, row) in node.chunks_exact(s).zip(potentials.chunks_exact_mut(s)) {
        let most = scores.iter().fold(f64::NEG_INFINITY, |most, &score| most.max(score));
        let most = if most.is_finite() { most } else { 0.0 };
        log_total += most;
        for (value, &score) in row.iter_mut().zip(scores) {
            *value = libm::exp(score - most);
        }
    }
    let (mut forward, mut backward, mut scales) = (vec![0.0; n * s], vec![1.0; n * s], vec![0.0; n]);
    for i in 0..n {
        let (before, here) = forward.split_at_mut(i * s);
        let here = &mut here[..s];
        if i == 0 {
            here.copy_from_slice(&potentials[..s]);
        } else {
            for (a, &mass) in before[(i - 1) * s..].iter().enumerate() {
                for (value, step) in here.iter_mut().zip(&moves[a * s..]) {
                    *value += mass * step;
                }
            }
            for (value, potential) in here.iter_mut().zip(&potentials[i * s..]) {
                *value *= potential;
            }
        }
        let total: f64 = here.iter().sum();
        // where rules leave no way through, every state keeps an equal share
        let total = if total > 0.0 {
            total
        } else {
            here.fill(1.0);
            s as f64
        };
        here.iter_mut().for_each(|value| *value /= total);
        scales[i] = total;
        log_total += libm::log(total);
    }
    for i in (0..n.saturating_sub(1)).rev() {
        let (here, after) = backward.split_at_mut((i + 1) * s);
        for (a, value) in here[i * s..].iter_mut().enumerate() {
            let mut sum = 0.0;
            for b in 0..s {
                sum += moves[a * s + b] * potentials[(i + 1) * s + b] * after[b];
            }
            *value = sum / scales[i + 1];
        }
    }
    Passed { forward, backward, potentials, scales, log_total }
}

/// One sequence's share of cost and gradient.
struct Learned {
    cost: f64,
    /// Probability of each state minus 1 where it is the right one.
    residuals: Vec<f64>,
    /// The same for each pair of states, summed over the sequence.
    pairs: Vec<f64>,
}

fn learn(sequence: &Sequence, s: usize, weights: &[f64], pairs: &[f64], moves: &[f64]) -> Learned {
    let n = sequence.len();
    let mut node = vec![0.0; n * s];
    for (i, row) in node.chunks_exact_mut(s).enumerate() {
        for &column in sequence.row(i) {
            let at = column as usize * s;
            for (score, weight) in row.iter_mut().zip(&weights[at..at + s]) {
                *score += weight;
            }
        }
    }
    let passed = pass(&node, s, moves);
    let mut learned = Learned { cost: passed.log_total, residuals: vec![0.0; n * s], pairs: vec![0.0; s * s] };
    for i in 0..n {
        for state in 0..s {
            learned.residuals[i * s + state] = passed.forward[i * s + state] * passed.backward[i * s + state];
        }
        if i > 0 {
            for a in 0..s {
                let mass = passed.forward[(i - 1) * s + a] / passed.scales[i];
                for b in 0..s {
                    learned.pairs[a * s + b] +=
                        mass * moves[a * s + b] * passed.potentials[i * s + b] * passed.backward[i * s + b];
                }
            }
            let step = usize::from(sequence.states[i - 1]) * s + usize::from(sequence.states[i]);
            learned.pairs[step] -= 1.0;
            learned.cost -= pairs[step];
        }
        let right = usize::from(sequence.states[i]);
        learned.cost -= node[i * s + right];
        learned.residuals[i * s + right] -= 1.0;
    }
    learned
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chain of two states and two features, and a sequence of three sentences.
    fn small() -> (Chain, Sequence) {
        let chain =
            Chain { states: 2, weights: vec![0.5, -0.25, -1.0, 0.75], transitions: vec![0.25, -0.5, -2.0, 0.125] };
        (chain, Sequence { starts: vec![0, 1, 3, 4], columns: vec![0, 0, 1, 1], states: vec![0, 0, 1] })
    }

    /// The score of each of the eight paths, by adding up.
    fn paths(chain: &Chain, sequence: &Sequence) -> Vec<([u8; 3], f64)> {
        let scores = chain.scores(sequence);
        let score = |path: [u8; 3]| {
            (0..3).map(|i| f64::from(scores[i * 2 + usize::from(path[i])])).sum::<f64>()
                + (1..3)
                    .map(|i| f64::from(chain.transitions[usize::from(path[i - 1]) * 2 + usize::from(path[i])]))
                    .sum::<f64>()
        };
        (0..8u8).map(|n| [n >> 2, n >> 1 & 1, n & 1]).map(|path| (path, score(path))).collect()
    }

    #[test]
    fn decoding_agrees_with_all_paths_enumerated() {
        let (chain, sequence) = small();
        let all = paths(&chain, &sequence);
        let (states, posteriors) = chain.decode(&chain.scores(&sequence));
        let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("eight paths");
        assert_eq!(states, best.0);
        let total: f64 = all.iter().map(|(_, score)| libm::exp(*score)).sum();
        for i in 0..3 {
            let wanted: f64 =
                all.iter().filter(|(path, _)| path[i] == 1).map(|(_, score)| libm::exp(*score)).sum::<f64>() / total;
            assert!((f64::from(posteriors[i * 2 + 1]) - wanted).abs() < 1e-6);
        }
    }

    #[test]
    fn the_gradient_is_that_of_the_enumerated_likelihood() {
        let (chain, sequence) = small();
        let weights: Vec<f64> = chain.weights.iter().map(|&w| f64::from(w)).collect();
        let pairs = [0.25, -0.5, -2.0, 0.125];
        let moves: Vec<f64> = chain.transitions.iter().map(|&w| libm::exp(f64::from(w))).collect();
        let cost = |chain: &Chain| {
            let all = paths(chain, &sequence);
            let right = all.iter().find(|(path, _)| path == &[0, 0, 1]).expect("one of eight").1;
            libm::log(all.iter().map(|(_, score)| libm::exp(*score)).sum::<f64>()) - right
        };
        let learned = learn(&sequence, 2, &weights, &pairs, &moves);
        assert!((learned.cost - cost(&chain)).abs() < 1e-9);
        let nudge = 1e-3;
        let mut nudged = chain.clone();
        nudged.weights[1] += nudge;
        // feature 0 stands in sentences 0 and 1
        let slope = learned.residuals[1] + learned.residuals[3];
        assert!(((cost(&nudged) - cost(&chain)) / f64::from(nudge) - slope).abs() < 1e-3);
        let mut nudged = chain.clone();
        nudged.transitions[1] += nudge;
        assert!(((cost(&nudged) - cost(&chain)) / f64::from(nudge) - learned.pairs[1]).abs() < 1e-3);
    }

    #[test]
    fn training_learns_a_pattern() {
        let (_, sequence) = small();
        let params = lbfgs::Params { l2: 0.1, ..lbfgs::Params::default() };
        let chain = Chain::train(&vec![sequence.clone(); 9], 2, 2, &params);
        assert_eq!(chain.decode(&chain.scores(&sequence)).0, sequence.states);
    }
}
