//! Multinomial logistic regression over sparse rows, or one class against the rest by a squared hinge.
//!
//! Minimises `Σ wᵢ · loss(yᵢ, xᵢ) + l2/2 · ‖W‖²`, the loss being `−ln p(yᵢ | xᵢ)` or see [`Loss`], the intercepts unpenalised, by [`super::lbfgs`]. scikit-learn's
//! `LogisticRegression(C)` is `l2 = 1 / C`. Each row's residuals are computed alone, and each column's gradient is
//! summed over its rows in order through the transposed matrix: the same bits at any number of threads.

use rayon::prelude::*;

use super::lbfgs;
use super::sparse::Rows;

/// What is minimised besides the penalty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loss {
    /// −ln p(y), p over all classes: the scores are log-odds.
    #[default]
    Multinomial,
    /// Σ over classes of max(0, 1 − t s)², t = 1 for the row's class and −1 for others: one class against the rest, as
    /// scikit-learn's `LinearSVC(C)` with `l2 = 1 / C`.
    SquaredHinge,
}

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// What is minimised.
    pub loss: Loss,
    /// The strength of the penalty on the weights.
    pub l2: f64,
    /// The most iterations of the minimiser.
    pub max_iterations: usize,
    /// Stop when an iteration lowers the cost by at most this share.
    pub value_tolerance: f64,
}

impl Default for Params {
    fn default() -> Self {
        Params { loss: Loss::Multinomial, l2: 1.0, max_iterations: 300, value_tolerance: 1e-6 }
    }
}

impl Loss {
    /// The loss of a row; its scores are replaced by the derivatives of the loss by them.
    fn of(self, scores: &mut [f64], target: usize) -> f64 {
        match self {
            Loss::Multinomial => {
                let score = scores[target];
                let normaliser = softmax(scores);
                scores[target] -= 1.0;
                normaliser - score
            }
            Loss::SquaredHinge => {
                let mut loss = 0.0;
                for (class, score) in scores.iter_mut().enumerate() {
                    let side = if class == target { 1.0 } else { -1.0 };
                    let short = (1.0 - side * *score).max(0.0);
                    loss += short * short;
                    *score = -2.0 * side * short;
                }
                loss
            }
        }
    }
}

/// A trained classifier: one weight per column and class, one intercept per class.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    classes: usize,
    /// Column-major blocks: the weight of column `j` for class `c` is `weights[j * classes + c]`.
    weights: Vec<f64>,
    intercepts: Vec<f64>,
}

/// Rows and columns a thread takes at a time.
const CHUNK: usize = 512;

impl Logistic {
    /// Trains on rows whose classes are `targets` (each below `classes`), with a weight for every row.
    ///
    /// # Panics
    /// If the lengths disagree or a target is no class.
    pub fn train(rows: &Rows, targets: &[u16], row_weights: &[f32], classes: usize, params: &Params) -> Logistic {
        assert_eq!((rows.len(), rows.len()), (targets.len(), row_weights.len()), "one target and one weight a row");
        assert!(targets.iter().all(|&target| usize::from(target) < classes), "every target is a class");
        let columns = rows.transposed();
        let width = rows.width();
        let mut residuals = vec![0.0; rows.len() * classes];
        let mut losses = vec![0.0; rows.len()];
        let settings = lbfgs::Params {
            max_iterations: params.max_iterations,
            value_tolerance: params.value_tolerance,
            ..lbfgs::Params::default()
        };
        let found = lbfgs::minimise(vec![0.0; (width + 1) * classes], &settings, |point, gradient| {
            let (weights, intercepts) = point.split_at(width * classes);
            residuals.par_chunks_mut(classes).zip(&mut losses).with_min_len(CHUNK).enumerate().for_each(
                |(i, (residual, loss))| {
                    residual.copy_from_slice(intercepts);
                    add_scores(rows.row(i), weights, residual);
                    let weight = f64::from(row_weights[i]);
                    let target = usize::from(targets[i]);
                    *loss = weight * params.loss.of(residual, target);
                    residual.iter_mut().for_each(|value| *value *= weight);
                },
            );
            let (of_weights, of_intercepts) = gradient.split_at_mut(width * classes);
            of_weights.par_chunks_mut(classes).with_min_len(CHUNK).enumerate().for_each(|(j, out)| {
                for (value, weight) in out.iter_mut().zip(&weights[j * classes..]) {
                    *value = params.l2 * weight;
                }
                let (members, values) = columns.row(j);
                for (&i, &value) in members.iter().zip(values) {
                    let residual = &residuals[i as usize * classes..][..classes];
                    for (out, residual) in out.iter_mut().zip(residual) {
                        *out += f64::from(value) * residual;
                    }
                }
            });
            of_intercepts.fill(0.0);
            for residual in residuals.chunks(classes) {
                of_intercepts.iter_mut().zip(residual).for_each(|(out, residual)| *out += residual);
            }
            losses.iter().sum::<f64>() + 0.5 * params.l2 * lbfgs::dot(weights, weights)
        });
        let mut weights = found.point;
        let intercepts = weights.split_off(width * classes);
        Logistic { classes, weights, intercepts }
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The number of columns it was trained on.
    pub fn width(&self) -> usize {
        self.weights.len() / self.classes
    }

    /// The weights of column `j`, one a class.
    pub fn column(&self, j: usize) -> &[f64] {
        &self.weights[j * self.classes..][..self.classes]
    }

    /// The intercepts, one a class.
    pub fn intercepts(&self) -> &[f64] {
        &self.intercepts
    }

    /// The scores of a row before normalisation; columns never trained on count nothing.
    pub fn scores(&self, (columns, values): (&[u32], &[f32])) -> Vec<f64> {
        let known = columns.partition_point(|&column| (column as usize) < self.width());
        let mut scores = self.intercepts.clone();
        add_scores((&columns[..known], &values[..known]), &self.weights, &mut scores);
        scores
    }

    /// The probability of each class.
    pub fn probabilities(&self, row: (&[u32], &[f32])) -> Vec<f64> {
        let mut scores = self.scores(row);
        softmax(&mut scores);
        scores
    }
}

fn add_scores((columns, values): (&[u32], &[f32]), weights: &[f64], scores: &mut [f64]) {
    let classes = scores.len();
    for (&column, &value) in columns.iter().zip(values) {
        let weights = &weights[column as usize * classes..][..classes];
        for (score, weight) in scores.iter_mut().zip(weights) {
            *score += f64::from(value) * weight;
        }
    }
}

/// Turns scores into probabilities that sum to 1; returns the logarithm of the normaliser.
pub fn softmax(scores: &mut [f64]) -> f64 {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::exp(*score - most);
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
    most + libm::log(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Rows, Vec<u16>) {
        let mut rows = Rows::new();
        for i in 0..60u32 {
            let class = i % 3;
            rows.push(&[(class, 1.0), (3 + i % 7, 0.5), (10 + i % 11, 0.25)]);
        }
        (rows, (0..60).map(|i| (i % 3) as u16).collect())
    }

    #[test]
    fn one_column_two_classes_has_the_known_solution() {
        // Two groups, x = 0 and x = 1, no penalty worth naming: the fitted probabilities are the observed shares.
        let mut rows = Rows::new();
        let targets = [0, 0, 0, 1, 0, 1, 1, 1, 1];
        for i in 0..9 {
            rows.push(if i < 4 { &[] } else { &[(0, 1.0)] });
        }
        let params = Params { l2: 1e-9, value_tolerance: 1e-14, ..Params::default() };
        let model = Logistic::train(&rows, &targets, &[1.0; 9], 2, &params);
        assert!((model.probabilities(rows.row(0))[1] - 0.25).abs() < 1e-4);
        assert!((model.probabilities(rows.row(8))[1] - 0.80).abs() < 1e-4);
    }

    #[test]
    fn one_column_has_the_known_hinge() {
        // x = 1 for both classes, three rows of the first and one of the second; for the first class's score s without penalty
        // 3 (1 − s)² + (1 + s)² is least at s = ½, and for the second's at −½.
        let mut rows = Rows::new();
        (0..4).for_each(|_| rows.push(&[(0, 1.0)]));
        let params = Params { loss: Loss::SquaredHinge, l2: 1e-9, value_tolerance: 1e-14, ..Params::default() };
        let model = Logistic::train(&rows, &[0, 0, 0, 1], &[1.0; 4], 2, &params);
        let scores = model.scores(rows.row(0));
        assert!((scores[0] - 0.5).abs() < 1e-5 && (scores[1] + 0.5).abs() < 1e-5, "{scores:?}");
    }

    #[test]
    fn a_row_of_weight_two_is_two_rows() {
        let (mut rows, mut targets) = sample();
        let mut weights = vec![1.0; 60];
        weights[7] = 2.0;
        let params = Params { value_tolerance: 1e-12, ..Params::default() };
        let weighted = Logistic::train(&rows, &targets, &weights, 3, &params);
        let (columns, values) = rows.row(7);
        let again: Vec<(u32, f32)> = columns.iter().copied().zip(values.iter().copied()).collect();
        rows.push(&again);
        targets.push(targets[7]);
        let doubled = Logistic::train(&rows, &targets, &[1.0; 61], 3, &params);
        for j in 0..weighted.width() {
            for (a, b) in weighted.column(j).iter().zip(doubled.column(j)) {
                assert!((a - b).abs() < 1e-4, "column {j}: {a} and {b}");
            }
        }
    }

    #[test]
    fn the_same_bits_at_one_thread_and_at_three() {
        let (rows, targets) = sample();
        let train = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| Logistic::train(&rows, &targets, &[1.0; 60], 3, &Params::default()))
        };
        assert_eq!(train(1), train(3));
    }

    #[test]
    fn unknown_columns_count_nothing() {
        let (rows, targets) = sample();
        let model = Logistic::train(&rows, &targets, &[1.0; 60], 3, &Params::default());
        assert_eq!(model.scores((&[0, 4000], &[1.0, 1.0])), model.scores((&[0], &[1.0])));
        let p = model.probabilities((&[0], &[1.0]));
        assert!(p[0] > 0.5 && (p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
