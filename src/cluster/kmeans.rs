//! k-means (Lloyd 1982) from k-means++ starts (Arthur and Vassilvitskii 2007).
//!
//! Bit for bit what linfa-clustering's `KMeans` finds, which the tests compare it with, at a small part of the work:
//! the distances of the start are kept and not taken again, and a centre that bounds show to be farther than a row's own
//! is not measured (Elkan 2003).

use ndarray::{Array1, Array2, ArrayView2, Axis};
use rand::SeedableRng;
use rand::distributions::{Distribution, WeightedIndex};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use super::distance::squared;

/// Rows assigned by one thread at a time.
const CHUNK: usize = 512;
/// Centres that together move less than this end a run; a thousandth of the length of a row.
const STILL: f32 = 1e-3;
/// How much farther than the nearest a centre must be by its bounds before it is passed over. Rows have norm 1, so bounds and
/// distances are at most some 2, and fifty roundings of them come to less than a tenth of this.
const SLACK: f32 = 1e-4;

/// The centres of one run.
#[derive(Clone, Debug)]
pub(super) struct Fitted {
    /// k × axes.
    pub centres: Array2<f32>,
    /// The mean squared distance of the rows fitted on to their centre.
    pub inertia: f32,
}

/// One seeded run of k-means on `rows` (rows × axes, of norm 1 at most), started by k-means++.
///
/// The same bits at any thread count. As in linfa's, the old centre counts as one more row of its cluster, so a centre that
/// no row is nearest to stays where it is.
pub(super) fn fit(rows: ArrayView2<'_, f32>, k: usize, iterations: u64, seed: u64) -> Fitted {
    let rows = rows.as_standard_layout();
    let width = rows.ncols();
    let slice = rows.as_slice().expect("the standard layout lies in one piece");
    let rows: Vec<&[f32]> = match width {
        0 => vec![&[]; rows.nrows()],
        width => slice.chunks_exact(width).collect(),
    };
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let (mut centres, distances) = start(&rows, width, k, &mut rng);
    let mut bounds = Bounds::of(&distances, rows.len(), k);
    let mut iteration = 0;
    let old = loop {
        if iteration > 0 {
            bounds.assign(&rows, &centres, width);
        }
        let moved = means(&rows, &bounds.labels, &centres, k, width);
        iteration += 1;
        let shift = squared(&centres, &moved).sqrt();
        let old = std::mem::replace(&mut centres, moved);
        if shift < STILL || iteration >= iterations.max(1) {
            break old;
        }
        bounds.loosen(&old, &centres, width);
    };
    // ndarray's sum, so that the inertia has the bits of linfa's.
    let nearest: Array1<f32> =
        rows.iter().zip(&bounds.labels).map(|(row, &label)| squared(row, centre(&old, label, width))).collect();
    let inertia = nearest.sum() / rows.len() as f32;
    Fitted { centres: Array2::from_shape_vec((k, width), centres).expect("k centres of one width"), inertia }
}

fn centre(centres: &[f32], label: u32, width: usize) -> &[f32] {
    &centres[label as usize * width..][..width]
}

/// The centres of k-means++, one after the other, and the squared distance of each row to each: `k` a row.
fn start(rows: &[&[f32]], width: usize, k: usize, rng: &mut Xoshiro256PlusPlus) -> (Vec<f32>, Vec<f32>) {
    let mut centres: Vec<f32> = Vec::with_capacity(k * width);
    let mut distances = vec![0.0f32; rows.len() * k];
    let mut nearest = vec![1.0f32; rows.len()];
    for count in 0..k {
        // Every weight is 0 where every row is a centre already: any row will do.
        let chosen = WeightedIndex::new(&nearest).map(|weights| weights.sample(rng)).unwrap_or(0);
        centres.extend_from_slice(rows[chosen]);
        for ((row, nearest), distances) in rows.iter().zip(&mut nearest).zip(distances.chunks_exact_mut(k)) {
            let distance = squared(row, rows[chosen]);
            distances[count] = distance;
            *nearest = if count == 0 || distance < *nearest { distance } else { *nearest };
        }
    }
    (centres, distances)
}

/// Which centre each row is nearest to, and bounds on its distance to all.
struct Bounds {
    k: usize,
    /// The nearest centre of each row; of equally near ones the first.
    labels: Vec<u32>,
    /// At least the distance of each row to its own centre.
    upper: Vec<f32>,
    /// At most the distance of each row to each centre, `k` a row.
    lower: Vec<f32>,
}

impl Bounds {
    /// From squared distances, `k` a row.
    fn of(distances: &[f32], rows: usize, k: usize) -> Bounds {
        let mut bounds = Bounds { k, labels: Vec::with_capacity(rows), upper: Vec::with_capacity(rows), lower: vec![] };
        for distances in distances.chunks_exact(k) {
            let mut best = (f32::INFINITY, 0);
            for (label, &distance) in distances.iter().enumerate() {
                if distance < best.0 {
                    best = (distance, label as u32);
                }
            }
            bounds.labels.push(best.1);
            bounds.upper.push(best.0.sqrt());
        }
        bounds.lower = distances.iter().map(|distance| distance.sqrt()).collect();
        bounds
    }

    /// Makes the bounds hold for centres that went from `old` to `new`.
    fn loosen(&mut self, old: &[f32], new: &[f32], width: usize) {
        let shifts: Vec<f32> = (0..self.k as u32)
            .map(|label| squared(centre(old, label, width), centre(new, label, width)).sqrt())
            .collect();
        for (upper, &label) in self.upper.iter_mut().zip(&self.labels) {
            *upper += shifts[label as usize];
        }
        for lower in self.lower.chunks_exact_mut(self.k) {
            lower.iter_mut().zip(&shifts).for_each(|(lower, shift)| *lower -= shift);
        }
    }

    /// Finds the nearest centre of each row, measuring only those that may be it.
    fn assign(&mut self, rows: &[&[f32]], centres: &[f32], width: usize) {
        let chunks = rows
            .par_chunks(CHUNK)
            .zip(self.labels.par_chunks_mut(CHUNK))
            .zip(self.upper.par_chunks_mut(CHUNK))
            .zip(self.lower.par_chunks_mut(CHUNK * self.k));
        let k = self.k;
        chunks.for_each(|(((rows, labels), upper), lower)| {
            for (((row, label), upper), lower) in rows.iter().zip(labels).zip(upper).zip(lower.chunks_exact_mut(k)) {
                let rivals = |lower: &[f32], upper: f32| {
                    lower.iter().enumerate().any(|(other, &bound)| other as u32 != *label && bound <= upper + SLACK)
                };
                if !rivals(lower, *upper) {
                    continue;
                }
                let own = squared(row, centre(centres, *label, width));
                (*upper, lower[*label as usize]) = (own.sqrt(), own.sqrt());
                if !rivals(lower, *upper) {
                    continue;
                }
                let (own_label, reach) = (*label, *upper + SLACK);
                let mut best = (f32::INFINITY, own_label);
                for (other, bound) in lower.iter_mut().enumerate() {
                    if *bound > reach && other as u32 != own_label {
                        continue;
                    }
                    let distance = squared(row, centre(centres, other as u32, width));
                    *bound = distance.sqrt();
                    if distance < best.0 {
                        best = (distance, other as u32);
                    }
                }
                (*label, *upper) = (best.1, best.0.sqrt());
            }
        });
    }
}

/// The mean of each cluster's rows and its old centre, summed in the order of the rows.
fn means(rows: &[&[f32]], labels: &[u32], old: &[f32], k: usize, width: usize) -> Vec<f32> {
    let mut counts = vec![1usize; k];
    let mut sums = vec![0.0f32; k * width];
    for (row, &label) in rows.iter().zip(labels) {
        sums[label as usize * width..][..width].iter_mut().zip(*row).for_each(|(sum, x)| *sum += x);
        counts[label as usize] += 1;
    }
    sums.iter_mut().zip(old).for_each(|(sum, x)| *sum += x);
    if width > 0 {
        for (sums, &count) in sums.chunks_exact_mut(width).zip(&counts) {
            sums.iter_mut().for_each(|sum| *sum /= count as f32);
        }
    }
    sums
}

/// The best of `runs` runs by inertia; of equal ones the first.
pub(super) fn best(runs: &[Fitted]) -> Option<usize> {
    (0..runs.len()).min_by(|&a, &b| runs[a].inertia.total_cmp(&runs[b].inertia).then(a.cmp(&b)))
}

/// The nearest centre of each row; of equally near ones the first.
pub(super) fn assign(rows: ArrayView2<'_, f32>, centres: &Array2<f32>) -> Vec<u32> {
    let chunks: Vec<Vec<u32>> = (0..rows.nrows().div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let end = rows.nrows().min((chunk + 1) * CHUNK);
            let rows = rows.slice_axis(Axis(0), (chunk * CHUNK..end).into());
            rows.rows().into_iter().map(|row| nearest(row.as_slice().unwrap_or(&row.to_vec()), centres)).collect()
        })
        .collect();
    chunks.concat()
}

fn nearest(row: &[f32], centres: &Array2<f32>) -> u32 {
    let mut best = (f32::INFINITY, 0);
    for (index, centre) in centres.rows().into_iter().enumerate() {
        let distance = squared(row, centre.as_slice().expect("centres lie row after row"));
        if distance < best.0 {
            best = (distance, index as u32);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use linfa::traits::Fit;
    use linfa::{DatasetBase, ParamGuard};
    use linfa_clustering::{KMeans, KMeansInit, KMeansParams};
    use linfa_nn::distance::Distance;
    use ndarray::{ArrayView, Dimension};
    use rand::Rng;

    use super::*;

    /// Our distance, as linfa wants it.
    #[derive(Clone, Debug)]
    struct Euclidean;

    impl Distance<f32> for Euclidean {
        fn distance<D: Dimension>(&self, a: ArrayView<f32, D>, b: ArrayView<f32, D>) -> f32 {
            self.rdistance(a, b).sqrt()
        }

        fn rdistance<D: Dimension>(&self, a: ArrayView<f32, D>, b: ArrayView<f32, D>) -> f32 {
            squared(a.as_slice().unwrap(), b.as_slice().unwrap())
        }

        fn rdist_to_dist(&self, squared: f32) -> f32 {
            squared.sqrt()
        }

        fn dist_to_rdist(&self, distance: f32) -> f32 {
            distance * distance
        }
    }

    fn linfa(rows: ArrayView2<'_, f32>, k: usize, iterations: u64, seed: u64) -> Fitted {
        let params = KMeansParams::new(k, Xoshiro256PlusPlus::seed_from_u64(seed), Euclidean)
            .init_method(KMeansInit::KMeansPlusPlus)
            .n_runs(1)
            .tolerance(STILL)
            .max_n_iterations(iterations)
            .check()
            .unwrap();
        let model: KMeans<f32, Euclidean> = params.fit(&DatasetBase::from(rows)).unwrap();
        Fitted { centres: model.centroids().clone(), inertia: model.inertia() }
    }

    /// Rows of norm 1 about `groups` directions, some of them twice.
    fn rows(count: usize, width: usize, groups: usize, seed: u64) -> Array2<f32> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut rows = Array2::from_shape_fn((count, width), |(row, axis)| {
            let along = if axis == row % groups { 1.0 } else { 0.0 };
            along + rng.gen_range(-0.6f32..0.6)
        });
        for mut row in rows.rows_mut() {
            let norm = row.iter().map(|x| x * x).sum::<f32>().sqrt();
            row /= norm;
        }
        for row in (7..count).step_by(11) {
            let copy = rows.row(row - 1).to_owned();
            rows.row_mut(row).assign(&copy);
        }
        rows
    }

    #[test]
    fn bit_for_bit_what_linfa_finds() {
        for (count, width, k, iterations, seed) in
            [(600, 20, 8, 50, 1), (601, 13, 24, 50, 2), (90, 64, 3, 1, 3), (40, 5, 40, 50, 4), (300, 8, 1, 50, 5)]
        {
            let rows = rows(count, width, 6.min(width), seed);
            let (ours, theirs) = (fit(rows.view(), k, iterations, seed), linfa(rows.view(), k, iterations, seed));
            assert_eq!(ours.centres, theirs.centres, "{count} rows, {k} clusters");
            assert_eq!(ours.inertia.to_bits(), theirs.inertia.to_bits(), "{count} rows, {k} clusters");
        }
    }

    #[test]
    fn more_clusters_than_different_rows() {
        let rows = Array2::from_shape_fn((9, 2), |(row, axis)| if row % 2 == axis { 1.0 } else { 0.0 });
        let (ours, theirs) = (fit(rows.view(), 5, 50, 1), linfa(rows.view(), 5, 50, 1));
        assert_eq!((ours.centres, ours.inertia), (theirs.centres, theirs.inertia));
    }
}
