//! Silhouettes: how much nearer a row is to its own cluster than to the next.

use ndarray::ArrayView2;
use rayon::prelude::*;

use super::distance::squared;

/// The distances between rows, computed once and used for every grouping of them.
pub(super) struct Distances {
    rows: usize,
    /// Row after row, all of them; 4 bytes × rows².
    values: Vec<f32>,
}

impl Distances {
    /// The Euclidean distances between all rows.
    pub(super) fn between(rows: ArrayView2<'_, f32>) -> Distances {
        let count = rows.nrows();
        let slices: Vec<Vec<f32>> = rows.rows().into_iter().map(|row| row.to_vec()).collect();
        let mut values = vec![0.0f32; count * count];
        if count > 0 {
            values.par_chunks_mut(count).enumerate().for_each(|(i, distances)| {
                for (distance, row) in distances.iter_mut().zip(&slices) {
                    *distance = squared(&slices[i], row).sqrt();
                }
            });
        }
        Distances { rows: count, values }
    }

    /// The silhouette of each row under a grouping into groups `0..k`.
    pub(super) fn silhouettes(&self, labels: &[u32], k: usize) -> Vec<f64> {
        let mut sizes = vec![0usize; k];
        labels.iter().for_each(|&label| sizes[label as usize] += 1);
        (0..self.rows)
            .into_par_iter()
            .with_min_len(64)
            .map(|row| {
                let mut sums = vec![0.0f64; k];
                for (&distance, &label) in self.values[row * self.rows..(row + 1) * self.rows].iter().zip(labels) {
                    sums[label as usize] += f64::from(distance);
                }
                let own = labels[row] as usize;
                if sizes[own] == 1 {
                    return 0.0;
                }
                let within = sums[own] / (sizes[own] - 1) as f64;
                let next = (0..k)
                    .filter(|&other| other != own && sizes[other] > 0)
                    .map(|other| sums[other] / sizes[other] as f64)
                    .fold(f64::INFINITY, f64::min);
                match within.max(next) {
                    // One group only: there is no next one to compare with.
                    f64::INFINITY => 0.0,
                    0.0 => 0.0,
                    larger => (next - within) / larger,
                }
            })
            .collect()
    }
}

/// The silhouette of each row (Rousseeuw 1987): (b − a) / max(a, b), with a the mean Euclidean distance to the other rows
/// of its cluster and b the smallest mean distance to the rows of another; −1 to 1.
///
/// `rows` is rows × axes, `labels` the cluster of each. A cluster of one has silhouette 0, as in scikit-learn (linfa's
/// gives 1); so has a row where a = b = 0, and every row where there is one cluster only. Memory and time grow with the
/// square of the rows: sample first.
///
/// # Panics
/// If there are not as many labels as rows.
pub fn silhouettes(rows: ArrayView2<'_, f32>, labels: &[u32]) -> Vec<f64> {
    assert_eq!(rows.nrows(), labels.len(), "each row must have a label");
    let k = labels.iter().map(|&label| label as usize + 1).max().unwrap_or(0);
    Distances::between(rows).silhouettes(labels, k)
}

/// The mean; 0 of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}
