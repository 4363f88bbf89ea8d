//! The clusters of a set of rows.

use ndarray::{Array2, ArrayView2, Axis};
use rand::{SeedableRng, seq::index};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use super::choose::{Candidate, choose};
use super::distance::squared;
use super::kmeans::{Fitted, assign, best, fit};
use super::params::Params;
use super::silhouette::{Distances, mean};

/// The clusters of a set of rows, numbered by size, then by smallest row.
#[derive(Clone, Debug, PartialEq)]
pub struct Clustering {
    /// The cluster of each row; `None` for a row without a term, which lies nowhere.
    pub labels: Vec<Option<u32>>,
    /// The number of rows in each cluster, never rising, never 0.
    pub sizes: Vec<usize>,
    /// Clusters × axes: the mean of each cluster's rows.
    pub centres: Array2<f32>,
    /// For each cluster, the row nearest to its centre; of equally near ones the first.
    pub exemplars: Vec<usize>,
    /// The silhouette of each row; `None` for rows without a cluster and rows outside the sample.
    pub silhouettes: Vec<Option<f64>>,
    /// The mean silhouette of each cluster's rows, as far as they are in the sample; `None` where none is.
    pub cluster_silhouettes: Vec<Option<f64>>,
    /// The mean silhouette of all rows in the sample; `None` with fewer than two clusters.
    pub silhouette: Option<f64>,
    /// The numbers of clusters that were tried, ascending, the chosen one marked. One where `k` was given.
    pub candidates: Vec<Candidate>,
}

impl Clustering {
    /// The number of clusters; fewer than was chosen where some came out empty.
    pub fn k(&self) -> usize {
        self.sizes.len()
    }
}

/// Clusters `rows` (rows × axes, each of norm 1 or all zero).
///
/// A row of zeros has no cluster. No row at all, or none but zeros, gives no clusters; that is no error here. The same
/// bits come out at any thread count.
pub fn cluster(rows: &Array2<f32>, params: &Params) -> Clustering {
    let placed: Vec<usize> = (0..rows.nrows()).filter(|&row| rows.row(row).iter().any(|&x| x != 0.0)).collect();
    let places = if placed.len() == rows.nrows() { rows.clone() } else { rows.select(Axis(0), &placed) };
    let candidates = choose(sample(&places, params.choose_rows, params.seed).1.view(), params);
    let Some(k) = candidates.iter().find(|candidate| candidate.chosen).map(|candidate| candidate.k) else {
        return Clustering::empty(rows);
    };
    let labels = number(&assign(places.view(), &fit_best(&places, k, params)));
    let k = labels.iter().map(|&label| label as usize + 1).max().unwrap_or(0);
    let mut sizes = vec![0; k];
    labels.iter().for_each(|&label| sizes[label as usize] += 1);
    let centres = centres(places.view(), &labels, &sizes);
    let exemplars = exemplars(places.view(), &labels, &centres).into_iter().map(|row| placed[row]).collect();

    let (sampled, sample_rows) = sample(&places, params.silhouette_rows, params.seed ^ 0x51);
    let sample_labels: Vec<u32> = sampled.iter().map(|&row| labels[row]).collect();
    let values = Distances::between(sample_rows.view()).silhouettes(&sample_labels, k);
    let mut silhouettes = vec![None; rows.nrows()];
    let mut by_cluster = vec![Vec::new(); k];
    for ((&row, &label), &value) in sampled.iter().zip(&sample_labels).zip(&values) {
        silhouettes[placed[row]] = Some(value);
        by_cluster[label as usize].push(value);
    }
    let mut all_labels = vec![None; rows.nrows()];
    placed.iter().zip(labels).for_each(|(&row, label)| all_labels[row] = Some(label));
    Clustering {
        labels: all_labels,
        sizes,
        centres,
        exemplars,
        silhouettes,
        cluster_silhouettes: by_cluster.iter().map(|own| (!own.is_empty()).then(|| mean(own))).collect(),
        silhouette: (k > 1).then(|| mean(&values)),
        candidates,
    }
}

impl Clustering {
    fn empty(rows: &Array2<f32>) -> Clustering {
        Clustering {
            labels: vec![None; rows.nrows()],
            sizes: Vec::new(),
            centres: Array2::zeros((0, rows.ncols())),
            exemplars: Vec::new(),
            silhouettes: vec![None; rows.nrows()],
            cluster_silhouettes: Vec::new(),
            silhouette: None,
            candidates: Vec::new(),
        }
    }
}

/// `size` of the rows at most, drawn without replacement: their numbers in order, and the rows.
fn sample(rows: &Array2<f32>, size: usize, seed: u64) -> (Vec<usize>, Array2<f32>) {
    if rows.nrows() <= size {
        return ((0..rows.nrows()).collect(), rows.clone());
    }
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut drawn = index::sample(&mut rng, rows.nrows(), size).into_vec();
    drawn.sort_unstable();
    let sample = rows.select(Axis(0), &drawn);
    (drawn, sample)
}

fn fit_best(places: &Array2<f32>, k: usize, params: &Params) -> Array2<f32> {
    let (_, rows) = sample(places, params.fit_rows, params.seed ^ 0xF17);
    let seeds: Vec<u64> = (0..params.restarts.max(1) as u64).map(|run| params.seed.wrapping_add(run)).collect();
    let mut runs: Vec<Fitted> =
        seeds.into_par_iter().map(|seed| fit(rows.view(), k, params.iterations, seed)).collect();
    let kept = best(&runs).expect("there is one run at least");
    runs.swap_remove(kept).centres
}

/// The labels renumbered by falling size, then by smallest row; labels that no row has are left out.
pub(super) fn number(labels: &[u32]) -> Vec<u32> {
    let k = labels.iter().map(|&label| label as usize + 1).max().unwrap_or(0);
    let mut first = vec![usize::MAX; k];
    let mut sizes = vec![0usize; k];
    for (row, &label) in labels.iter().enumerate() {
        first[label as usize] = first[label as usize].min(row);
        sizes[label as usize] += 1;
    }
    let mut order: Vec<usize> = (0..k).filter(|&label| sizes[label] > 0).collect();
    order.sort_by_key(|&label| (std::cmp::Reverse(sizes[label]), first[label]));
    let mut rank = vec![0u32; k];
    order.iter().zip(0u32..).for_each(|(&label, position)| rank[label] = position);
    labels.iter().map(|&label| rank[label as usize]).collect()
}

/// The mean of each cluster's rows, summed in `f64` in the order of the rows.
fn centres(rows: ArrayView2<'_, f32>, labels: &[u32], sizes: &[usize]) -> Array2<f32> {
    let mut sums = Array2::<f64>::zeros((sizes.len(), rows.ncols()));
    for (row, &label) in rows.rows().into_iter().zip(labels) {
        sums.row_mut(label as usize).iter_mut().zip(row).for_each(|(sum, &x)| *sum += f64::from(x));
    }
    Array2::from_shape_fn(sums.raw_dim(), |(label, axis)| (sums[[label, axis]] / sizes[label] as f64) as f32)
}

/// For each cluster, the row nearest to its centre; of equally near ones the first.
fn exemplars(rows: ArrayView2<'_, f32>, labels: &[u32], centres: &Array2<f32>) -> Vec<usize> {
    let mut nearest = vec![(f32::INFINITY, usize::MAX); centres.nrows()];
    for (index, (row, &label)) in rows.rows().into_iter().zip(labels).enumerate() {
        let centre = centres.row(label as usize);
        let (row, centre) = (row.to_slice().expect("places lie row after row"), centre.to_slice());
        let distance = squared(row, centre.expect("centres lie row after row"));
        if distance < nearest[label as usize].0 {
            nearest[label as usize] = (distance, index);
        }
    }
    nearest.into_iter().map(|(_, row)| row).collect()
}
