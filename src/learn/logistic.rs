//! Multinomial logistic regression over sparse rows.
//!
//! Minimises `Σ −wᵢ · ln p(yᵢ | xᵢ) + l2/2 · ‖W‖²`, the intercepts unpenalised, by [`super::lbfgs`]. scikit-learn's
//! `LogisticRegression(C)` is `l2 = 1 / C`. Each row's residuals are computed alone, and each column's gradient is
//! summed over its rows in order through the transposed matrix: the same bits at any number of threads.

use rayon::prelude::*;

use super::lbfgs;
use super::linear::{Linear, add_scores, softmax};
use super::sparse::Rows;

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// The strength of the penalty on the weights.
    pub l2: f64,
    /// The most iterations of the minimiser.
    pub max_iterations: usize,
    /// Stop when an iteration lowers the cost by at most this share.
    pub value_tolerance: f64,
}

impl Default for Params {
    fn default() -> Self {
        Params { l2: 1.0, max_iterations: 300, value_tolerance: 1e-6 }
    }
}

/// Rows and columns a thread takes at a time.
const CHUNK: usize = 512;

/// Trains on rows whose classes are `targets` (each below `classes`), with a weight for every row.
///
/// # Panics
/// If the lengths disagree or a target is no class.
pub fn train(rows: &Rows, targets: &[u16], row_weights: &[f32], classes: usize, params: &Params) -> Linear {
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
                let score = residual[target];
                *loss = weight * (softmax(residual) - score);
                residual[target] -= 1.0;
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
    Linear::new(weights, intercepts)
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
        let model = train(&rows, &targets, &[1.0; 9], 2, &params);
        assert!((model.probabilities(rows.row(0))[1] - 0.25).abs() < 1e-4);
        assert!((model.probabilities(rows.row(8))[1] - 0.80).abs() < 1e-4);
    }

    #[test]
    fn a_row_of_weight_two_is_two_rows() {
        let (mut rows, mut targets) = sample();
        let mut weights = vec![1.0; 60];
        weights[7] = 2.0;
        let params = Params { value_tolerance: 1e-12, ..Params::default() };
        let weighted = train(&rows, &targets, &weights, 3, &params);
        let (columns, values) = rows.row(7);
        let again: Vec<(u32, f32)> = columns.iter().copied().zip(values.iter().copied()).collect();
        rows.push(&again);
        targets.push(targets[7]);
        let doubled = train(&rows, &targets, &[1.0; 61], 3, &params);
        for j in 0..weighted.width() {
            for (a, b) in weighted.column(j).iter().zip(doubled.column(j)) {
                assert!((a - b).abs() < 1e-4, "column {j}: {a} and {b}");
            }
        }
    }

    #[test]
    fn the_same_bits_at_one_thread_and_at_three() {
        let (rows, targets) = sample();
        let trained = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| train(&rows, &targets, &[1.0; 60], 3, &Params::default()))
        };
        assert_eq!(trained(1), trained(3));
    }
}
