//! The number of clusters: tried over a range, judged by silhouette and by stability, all candidates recorded.

use ndarray::{Array2, ArrayView2, Axis};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use serde::Serialize;

use super::agreement::adjusted_rand;
use super::kmeans::{Fitted, assign, best, fit};
use super::params::Params;
use super::silhouette::{Distances, mean};

/// One number of clusters that was tried.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The number of clusters.
    pub k: usize,
    /// The mean silhouette of the rows under the best run, −1 to 1; 0 for one cluster.
    pub silhouette: f64,
    /// The mean adjusted Rand index between the best run and those from other seeds, on the same rows; 1 where there is
    /// but one run.
    pub seed_stability: f64,
    /// The mean adjusted Rand index between the best run and runs fitted on bootstrap samples of the rows, all rows
    /// assigned; 1 where there is no bootstrap sample.
    pub sample_stability: f64,
    /// The mean squared distance of the rows to their centre under the best run.
    pub inertia: f64,
    /// Silhouette as a share of the best silhouette tried, plus the mean of both stabilities as a share of the best such
    /// mean; negative parts count as 0. Between 0 and 2.
    pub score: f64,
    /// Whether this number was chosen: the highest score, of equal scores the smallest number.
    pub chosen: bool,
}

impl Candidate {
    fn stability(&self) -> f64 {
        (self.seed_stability + self.sample_stability) / 2.0
    }
}

/// Tries every number of clusters on `rows` (rows × axes), and says which is best. No rows give no candidates.
///
/// Silhouette alone prefers many small clusters on texts, stability alone prefers few large ones; the sum of both, each
/// measured against its own best, asks for clusters that are apart from each other and come back.
pub(super) fn choose(rows: ArrayView2<'_, f32>, params: &Params) -> Vec<Candidate> {
    let numbers = params.numbers(rows.nrows());
    let distances = Distances::between(rows);
    let resampled = bootstraps(rows, params);
    let mut candidates: Vec<Candidate> =
        numbers.into_par_iter().map(|k| try_number(rows, k, &distances, &resampled, params)).collect();
    let best_of = |value: fn(&Candidate) -> f64| candidates.iter().map(value).fold(0.0, f64::max);
    let (silhouette, stability) = (best_of(|c| c.silhouette), best_of(Candidate::stability));
    let share = |value: f64, best: f64| if best > 0.0 { value.max(0.0) / best } else { 0.0 };
    for candidate in &mut candidates {
        candidate.score = share(candidate.silhouette, silhouette) + share(candidate.stability(), stability);
    }
    let chosen =
        (0..candidates.len()).max_by(|&a, &b| candidates[a].score.total_cmp(&candidates[b].score).then(b.cmp(&a)));
    if let Some(chosen) = chosen {
        candidates[chosen].chosen = true;
    }
    candidates
}

/// The rows drawn with replacement, as often as there are rows, once for each bootstrap sample.
fn bootstraps(rows: ArrayView2<'_, f32>, params: &Params) -> Vec<Array2<f32>> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(params.seed ^ 0xB007);
    (0..params.bootstraps)
        .map(|_| {
            let drawn: Vec<usize> = (0..rows.nrows()).map(|_| rng.gen_range(0..rows.nrows())).collect();
            rows.select(Axis(0), &drawn)
        })
        .collect()
}

fn try_number(
    rows: ArrayView2<'_, f32>,
    k: usize,
    distances: &Distances,
    resampled: &[Array2<f32>],
    params: &Params,
) -> Candidate {
    let seeds = (0..params.restarts.max(1) as u64).map(|run| params.seed.wrapping_add(run));
    let runs: Vec<Fitted> =
        seeds.collect::<Vec<_>>().into_par_iter().map(|seed| fit(rows, k, params.iterations, seed)).collect();
    let kept = best(&runs).expect("there is one run at least");
    let labels = assign(rows, &runs[kept].centres);
    let agreement = |centres: &Array2<f32>| adjusted_rand(&labels, &assign(rows, centres));
    let others = runs.iter().enumerate().filter(|&(run, _)| run != kept);
    let by_seed: Vec<f64> = others.map(|(_, run)| agreement(&run.centres)).collect();
    let by_sample: Vec<f64> = resampled
        .par_iter()
        .map(|sample| agreement(&fit(sample.view(), k, params.iterations, params.seed).centres))
        .collect();
    Candidate {
        k,
        silhouette: mean(&distances.silhouettes(&labels, k)),
        seed_stability: if by_seed.is_empty() { 1.0 } else { mean(&by_seed) },
        sample_stability: if by_sample.is_empty() { 1.0 } else { mean(&by_sample) },
        inertia: f64::from(runs[kept].inertia),
        score: 0.0,
        chosen: false,
    }
}
