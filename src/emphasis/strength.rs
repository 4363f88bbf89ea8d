//! How much places differ: the strength of the Dirichlet prior, estimated from the corpus.
//!
//! The true shares of a place-year are taken to scatter about the corpus shares m as a Dirichlet distribution of strength
//! s does: s is the number of measures that the prior is worth. A small s means that places differ widely, a large one
//! that they are alike and that what differs is chance. With n the effective number of measures, a place-year's shares
//! p then lie so far from m that E Σₜ (pₜ − mₜ)² = (1 − Σ mₜ²) v(s), where v(s) = w + (1 − w) / n and w = 1 / (s + 1).
//!
//! s is judged by these distances, not by the likelihood of the counts as Dirichlet–multinomial: that one takes a
//! fraction of a measure for something that can be counted, and in simulated corpora came out up to a third too large where
//! the measures of a section are alike. The mean of the distances is right however they are alike (the moments of
//! Kleinman 1973); their scatter is approximated by χ² with as many degrees of freedom as the multinomial's
//! covariance has (Satterthwaite 1946), which makes a likelihood of it.

use rayon::prelude::*;

/// The smallest strength looked for: a prior worth a hundredth of a measure.
pub const WEAKEST: f64 = 0.01;
/// The largest strength looked for: at a prior worth a million measures no place differs from the corpus.
pub const STRONGEST: f64 = 1e6;
/// Points of the grid on which the uncertainty of the strength is kept; 8 % from one to the next.
const POINTS: usize = 241;

/// The strength of the prior and what the corpus leaves open about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// The maximum of the likelihood, within [`WEAKEST`] and [`STRONGEST`].
    pub value: f64,
    /// Strengths, rising, and the posterior probability up to and including each, under the uniform shrinkage prior.
    pub posterior: Vec<(f64, f64)>,
}

impl Strength {
    /// The strength with probability `u` below it.
    pub fn draw(&self, u: f64) -> f64 {
        let index = self.posterior.partition_point(|point| point.1 < u).min(self.posterior.len() - 1);
        self.posterior[index].0
    }

    /// The posterior mean weight of the prior, s / (s + n), for a place-year with `n` effective measures: how far its
    /// quotients are pulled towards 1.
    pub fn shrinkage(&self, n: f64) -> f64 {
        let mut before = 0.0;
        let mut mean = 0.0;
        for &(s, up_to) in &self.posterior {
            mean += (up_to - before) * s / (s + n);
            before = up_to;
        }
        mean
    }
}

/// What one place-year tells about the strength.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Its shares of the counted themes.
    pub shares: Vec<f64>,
    /// Its weight in the corpus shares.
    pub weight: f64,
    /// Its effective number of measures, above 0.
    pub effective: f64,
}

/// The distances of all place-years from the corpus shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Distances {
    /// Of each place-year: the distance over 1 − Σ m², its part of the corpus's weight, its effective number.
    rows: Vec<(f64, f64, f64)>,
    /// The degrees of freedom of a distance: (1 − Σ m²)² / (Σ m² − 2 Σ m³ + (Σ m²)²).
    freedom: f64,
}

impl Distances {
    /// Measures the distances from `base`, the mean of the shares by weight.
    pub fn of(samples: &[Sample], base: &[f64]) -> Distances {
        let total: f64 = samples.iter().map(|sample| sample.weight).sum();
        let (mut squares, mut cubes) = (0.0, 0.0);
        for share in base {
            squares += share * share;
            cubes += share * share * share;
        }
        let room = 1.0 - squares;
        let spread = squares - 2.0 * cubes + squares * squares;
        // With a single theme nothing can differ, and the distances say nothing.
        let freedom = if spread > 0.0 && room > 0.0 { room * room / spread } else { 0.0 };
        let row = |sample: &Sample| {
            let apart: f64 = sample.shares.iter().zip(base).map(|(p, m)| (p - m) * (p - m)).sum();
            (if room > 0.0 { apart / room } else { 0.0 }, sample.weight / total, sample.effective)
        };
        Distances { rows: samples.iter().map(row).collect(), freedom }
    }

    /// The log likelihood of the prior variance `w` = 1 / (s + 1), but for a constant: −ν/2 Σⱼ (ln eⱼ + dⱼ / eⱼ), where dⱼ is a
    /// distance and eⱼ what is expected of it. The corpus shares are made of the same place-years, each with
    /// its part a of the weight, so that eⱼ = [vⱼ (1 − 2aⱼ) + S] / (1 − S) with S = Σ aᵢ² vᵢ.
    pub fn log_likelihood(&self, w: f64) -> f64 {
        let sum = self.expected(w).map(|(distance, e, _)| libm::log(e) + distance / e).sum::<f64>();
        -0.5 * self.freedom * sum
    }

    /// The slope of [`Self::log_likelihood`] in `w`.
    fn slope(&self, w: f64) -> f64 {
        let sum = self.expected(w).map(|(distance, e, rise)| rise / e * (1.0 - distance / e)).sum::<f64>();
        -0.5 * self.freedom * sum
    }

    /// Of each place-year: its distance, what is expected of it under `w`, and the slope of that in `w`.
    fn expected(&self, w: f64) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        let v = move |n: f64| w + (1.0 - w) / n;
        let (mut mean, mut mean_rise) = (0.0, 0.0);
        for &(_, a, n) in &self.rows {
            mean += a * a * v(n);
            mean_rise += a * a * (1.0 - 1.0 / n);
        }
        self.rows.iter().map(move |&(distance, a, n)| {
            let own = v(n) * (1.0 - 2.0 * a) + mean;
            let rise = (1.0 - 1.0 / n) * (1.0 - 2.0 * a) + mean_rise;
            let e = own / (1.0 - mean);
            (distance, e, rise / (1.0 - mean) + own * mean_rise / ((1.0 - mean) * (1.0 - mean)))
        })
    }
}

/// Estimates the strength from the shares of place-years about `base`.
///
/// The posterior uses the uniform shrinkage prior (Daniels 1999): s / (s + n₀) is uniform, n₀ being the mean size of
/// the rows. Without it a corpus of a few like places would be called certainly alike.
/// `None` for fewer than two place-years, for then nothing can differ.
pub fn estimate(samples: &[Sample], base: &[f64]) -> Option<Strength> {
    if samples.len() < 2 {
        return None;
    }
    let distances = Distances::of(samples, base);
    let typical = samples.iter().map(|sample| sample.effective).sum::<f64>() / samples.len() as f64;
    let step = (libm::log(STRONGEST) - libm::log(WEAKEST)) / (POINTS - 1) as f64;
    let grid: Vec<(f64, f64)> = (0..POINTS)
        .into_par_iter()
        .map(|point| {
            let s = libm::exp(libm::log(WEAKEST) + step * point as f64);
            (s, distances.log_likelihood(1.0 / (s + 1.0)))
        })
        .collect();
    let value = maximum(&distances, &grid);
    // The density of ln s under the prior: that of s, n₀ / (s + n₀)², times s.
    let density = |&(s, likelihood): &(f64, f64)| likelihood + libm::log(s) - 2.0 * libm::log(s + typical);
    let highest = grid.iter().map(density).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = grid.iter().map(|point| libm::exp(density(point) - highest)).sum();
    let mut up_to = 0.0;
    let posterior = grid
        .iter()
        .map(|point| {
            up_to += libm::exp(density(point) - highest) / total;
            (point.0, up_to)
        })
        .collect();
    Some(Strength { value, posterior })
}

/// The strength with the largest likelihood: between the neighbours of the best point of the grid, by bisection of the
/// slope; the end of the grid where that is best, and the strongest of equals.
fn maximum(distances: &Distances, grid: &[(f64, f64)]) -> f64 {
    let best = (0..grid.len()).max_by(|&a, &b| grid[a].1.total_cmp(&grid[b].1)).unwrap_or(grid.len() - 1);
    if best == 0 || best + 1 == grid.len() {
        return grid[best].0;
    }
    let variance = |point: usize| 1.0 / (grid[point].0 + 1.0);
    let (mut low, mut high) = (variance(best + 1), variance(best - 1));
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if distances.slope(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    2.0 / (low + high) - 1.0
}
