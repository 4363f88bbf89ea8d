//! k-means: linfa fits the centres, everything counted is counted here.

use linfa::traits::Fit;
use linfa::{DatasetBase, ParamGuard};
use linfa_clustering::{KMeans, KMeansInit, KMeansParams};
use ndarray::{Array2, ArrayView2, Axis};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use super::distance::{Euclidean, squared};

/// Rows assigned by one thread at a time.
const CHUNK: usize = 512;
/// Centres that together move less than this end a run; a thousandth of the length of a row.
const STILL: f32 = 1e-3;

/// The centres of one run.
#[derive(Clone, Debug)]
pub(super) struct Fitted {
    /// k × axes.
    pub centres: Array2<f32>,
    /// The mean squared distance of the rows fitted on to their centre.
    pub inertia: f32,
}

/// One seeded run of k-means on `rows` (rows × axes), started by k-means++.
///
/// `KMeansPlusPlus` gives the same bits at any thread count; linfa's default for large k, `KMeansPara`, does not.
pub(super) fn fit(rows: ArrayView2<'_, f32>, k: usize, iterations: u64, seed: u64) -> Fitted {
    let rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let params = KMeansParams::new(k, rng, Euclidean)
        .init_method(KMeansInit::KMeansPlusPlus)
        .n_runs(1)
        .tolerance(STILL)
        .max_n_iterations(iterations.max(1))
        .check()
        .expect("one cluster, one run and one iteration at least, and a tolerance above zero");
    let data = DatasetBase::from(rows);
    // The only error is an inertia that is not finite, and rows of norm 1 have none such.
    let model: KMeans<f32, Euclidean> = params.fit(&data).expect("distances between rows of norm 1 are finite");
    Fitted { centres: model.centroids().clone(), inertia: model.inertia() }
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
