//! One class against the rest by a squared hinge, as scikit-learn's `LinearSVC` learns it.
//!
//! For each class by itself minimises `Σ wᵢ · max(0, 1 − tᵢ sᵢ)² + l2/2 · ‖v‖²`, t = 1 for its rows and −1 for others, s = v·x, where
//! every row has a further column of 1, whose weight is the intercept. `LinearSVC(C)` is `l2 = 1 / C`.
//!
//! Solved in the dual, one row after another (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008, A dual coordinate descent method for
//! large-scale linear SVM, ICML, algorithm 1): it needs no memory but the weights, twice for a while, and a number a row and class, and
//! comes close to the optimum in a few rounds. Classes do not touch each other, so the bits are the same however they are
//! grouped on threads.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use super::linear::{Linear, add_scores};
use super::sparse::Rows;

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// The strength of the penalty on the weights.
    pub l2: f64,
    /// The most rounds over all rows.
    pub most_rounds: usize,
    /// A class is done when no row of a round was further from its optimum than this, in units of the margin.
    pub tolerance: f64,
    /// Draws the order of the rows in each round.
    pub seed: u64,
}

impl Default for Params {
    fn default() -> Self {
        Params { l2: 1.0, most_rounds: 100, tolerance: 1e-2, seed: 1 }
    }
}

/// The most classes learned side by side on one thread: what a row's columns hold for them lies together.
const GROUP: usize = 16;

/// Trains on rows whose classes are `targets` (each below `classes`), with a weight for every row.
///
/// # Panics
/// If the lengths disagree.
pub fn train(rows: &Rows, targets: &[u16], row_weights: &[f32], classes: usize, params: &Params) -> Linear {
    assert_eq!((rows.len(), rows.len()), (targets.len(), row_weights.len()), "one target and one weight a row");
    let size = classes.div_ceil(rayon::current_num_threads()).clamp(1, GROUP);
    let groups: Vec<(usize, usize)> =
        (0..classes).step_by(size).map(|first| (first, size.min(classes - first))).collect();
    let learned: Vec<Vec<f64>> =
        groups.par_iter().map(|&group| of_group(rows, targets, row_weights, group, params)).collect();
    let mut weights = vec![0.0; (rows.width() + 1) * classes];
    for (&(first, count), own) in groups.iter().zip(&learned) {
        for (all, own) in weights.chunks_exact_mut(classes).zip(own.chunks_exact(count)) {
            all[first..first + count].copy_from_slice(own);
        }
    }
    let intercepts = weights.split_off(rows.width() * classes);
    Linear::new(weights, intercepts)
}

/// The weights of `count` classes from `first` on, `count` a column, the column of 1 last.
fn of_group(
    rows: &Rows,
    targets: &[u16],
    row_weights: &[f32],
    (first, count): (usize, usize),
    params: &Params,
) -> Vec<f64> {
    let last = rows.width() * count;
    let mut weights = vec![0.0; last + count];
    let mut duals = vec![0.0; rows.len() * count];
    let mut order: Vec<usize> = (0..rows.len()).filter(|&i| row_weights[i] > 0.0).collect();
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(params.seed);
    let (mut scores, mut steps) = (vec![0.0; count], vec![0.0; count]);
    let mut done = vec![false; count];
    for _ in 0..params.most_rounds {
        order.shuffle(&mut rng);
        let mut furthest = vec![0.0f64; count];
        for &i in &order {
            let (columns, values) = rows.row(i);
            scores.copy_from_slice(&weights[last..]);
            add_scores((columns, values), &weights, &mut scores);
            let squares: f64 = 1.0 + values.iter().map(|&value| f64::from(value) * f64::from(value)).sum::<f64>();
            let slack = 0.5 * params.l2 / f64::from(row_weights[i]);
            let own = usize::from(targets[i]).wrapping_sub(first);
            let mut moved = false;
            for (class, dual) in duals[i * count..][..count].iter_mut().enumerate() {
                let side = if class == own { 1.0 } else { -1.0 };
                let gradient = side * scores[class] - 1.0 + slack * *dual;
                // A dual of 0 can only grow.
                let off = if *dual == 0.0 { gradient.min(0.0) } else { gradient };
                furthest[class] = furthest[class].max(off.abs());
                let next = if done[class] { *dual } else { (*dual - gradient / (squares + slack)).max(0.0) };
                steps[class] = side * (next - *dual);
                moved |= next != *dual;
                *dual = next;
            }
            if moved {
                add(&mut weights[last..], 1.0, &steps);
                for (&column, &value) in columns.iter().zip(values) {
                    add(&mut weights[column as usize * count..][..count], f64::from(value), &steps);
                }
            }
        }
        done.iter_mut().zip(&furthest).for_each(|(done, &furthest)| *done |= furthest <= params.tolerance);
        if done.iter().all(|&done| done) {
            break;
        }
    }
    weights
}

fn add(weights: &mut [f64], value: f64, steps: &[f64]) {
    weights.iter_mut().zip(steps).for_each(|(weight, step)| *weight += value * step);
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXACT: Params = Params { l2: 8.0, most_rounds: 10_000, tolerance: 1e-10, seed: 1 };

    /// Rows of three classes that overlap.
    fn sample() -> (Rows, Vec<u16>) {
        let mut rows = Rows::new();
        for i in 0..60u32 {
            rows.push(&[(i % 3, 1.0), (3 + i % 7, 0.5), (10 + i % 11, 0.25)]);
        }
        (rows, (0..60).map(|i| (i * i % 5 % 3) as u16).collect())
    }

    #[test]
    fn one_column_has_the_known_solution() {
        // x = 1 and a column of 1 share the score s equally, so the penalty is 8 (s/2)² / 2 · 2 = 2 s². Three rows of the first class
        // and one of the second: 3 (1 − s)² + (1 + s)² + 2 s² is least at s = 4 / 12, and for the second class at −1/3.
        let mut rows = Rows::new();
        (0..4).for_each(|_| rows.push(&[(0, 1.0)]));
        let model = train(&rows, &[0, 0, 0, 1], &[1.0; 4], 2, &EXACT);
        let scores = model.scores(rows.row(0));
        assert!((scores[0] - 1.0 / 3.0).abs() < 1e-9 && (scores[1] + 1.0 / 3.0).abs() < 1e-9, "{scores:?}");
        assert!((model.intercepts()[0] - 1.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn the_cost_is_flat_at_the_solution() {
        let (rows, targets) = sample();
        let row_weights: Vec<f32> = (0..60).map(|i| 0.5 + (i % 4) as f32).collect();
        let params = Params { l2: 0.3, ..EXACT };
        let model = train(&rows, &targets, &row_weights, 3, &params);
        for class in 0..3 {
            let mut slope: Vec<f64> = (0..rows.width()).map(|j| params.l2 * model.column(j)[class]).collect();
            let mut of_intercept = params.l2 * model.intercepts()[class];
            for i in 0..rows.len() {
                let side = if usize::from(targets[i]) == class { 1.0 } else { -1.0 };
                let short = (1.0 - side * model.scores(rows.row(i))[class]).max(0.0);
                let step = -2.0 * f64::from(row_weights[i]) * side * short;
                let (columns, values) = rows.row(i);
                columns.iter().zip(values).for_each(|(&j, &value)| slope[j as usize] += step * f64::from(value));
                of_intercept += step;
            }
            assert!(of_intercept.abs() < 1e-7 && slope.iter().all(|s| s.abs() < 1e-7), "{of_intercept} {slope:?}");
        }
    }

    #[test]
    fn a_row_of_weight_two_is_two_rows_and_one_of_weight_nothing_none() {
        let (mut rows, mut targets) = sample();
        let mut weights = vec![1.0; 60];
        (weights[7], weights[9]) = (2.0, 0.0);
        let weighted = train(&rows, &targets, &weights, 3, &EXACT);
        let again: Vec<(u32, f32)> = rows.row(7).0.iter().copied().zip(rows.row(7).1.iter().copied()).collect();
        rows.push(&again);
        targets.push(targets[7]);
        let mut weights = vec![1.0; 61];
        weights[9] = 0.0;
        let doubled = train(&rows, &targets, &weights, 3, &EXACT);
        for j in 0..weighted.width() {
            assert!(weighted.column(j).iter().zip(doubled.column(j)).all(|(a, b)| (a - b).abs() < 1e-7), "column {j}");
        }
    }

    #[test]
    fn the_same_bits_at_any_number_of_threads() {
        let (rows, targets) = sample();
        let trained = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| train(&rows, &targets, &[1.0; 60], 3, &Params::default()))
        };
        assert!(trained(1) == trained(2) && trained(1) == trained(5));
    }
}
