//! How much places differ: the strength of the Dirichlet prior, estimated from the corpus.
//!
//! The counts of a place-year are taken as Dirichlet–multinomial about the corpus shares m with strength s: s is the
//! number of measures that the prior is worth. A small s means that places differ widely, a large one that they are
//! alike and that what differs is chance. The log likelihood of s, with lnΓ, is
//! ℓ(s) = Σⱼ { lnΓ(s) − lnΓ(s + nⱼ) + Σₜ [lnΓ(s mₜ + xⱼₜ) − lnΓ(s mₜ)] } (Minka 2000, equation 52, mean held fixed);
//! it has at most one maximum (Levin and Reeds 1977), which is where its slope changes sign.

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

/// ψ(x), the slope of lnΓ, for x > 0 (Abramowitz and Stegun 6.3.5 up to x ≥ 10, then the series 6.3.18).
pub fn digamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < 10.0 {
        shift -= 1.0 / x;
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = r
        * (1.0 / 12.0
            - r * (1.0 / 120.0
                - r * (1.0 / 252.0 - r * (1.0 / 240.0 - r * (1.0 / 132.0 - r * (691.0 / 32760.0 - r / 12.0))))));
    shift + libm::log(x) - 0.5 / x - series
}

/// The log likelihood of strength `s` for rows of (possibly fractional) counts about the shares `base`.
/// Themes with a share of 0 are left out.
pub fn log_likelihood(rows: &[Vec<f64>], base: &[f64], s: f64) -> f64 {
    let priors: Vec<f64> = base.iter().map(|share| libm::lgamma(s * share)).collect();
    rows.iter()
        .map(|row| {
            let n: f64 = row.iter().sum();
            let cells: f64 = (0..base.len())
                .filter(|&t| base[t] > 0.0 && row[t] > 0.0)
                .map(|t| libm::lgamma(s * base[t] + row[t]) - priors[t])
                .sum();
            libm::lgamma(s) - libm::lgamma(s + n) + cells
        })
        .sum()
}

/// The slope of [`log_likelihood`] in `s`.
fn slope(rows: &[Vec<f64>], base: &[f64], s: f64) -> f64 {
    let priors: Vec<f64> = base.iter().map(|&share| if share > 0.0 { digamma(s * share) } else { 0.0 }).collect();
    rows.iter()
        .map(|row| {
            let n: f64 = row.iter().sum();
            let cells: f64 = (0..base.len())
                .filter(|&t| base[t] > 0.0 && row[t] > 0.0)
                .map(|t| base[t] * (digamma(s * base[t] + row[t]) - priors[t]))
                .sum();
            digamma(s) - digamma(s + n) + cells
        })
        .sum()
}

/// Estimates the strength from rows of (effective) counts; rows without counts say nothing and may stand there.
///
/// The posterior uses the uniform shrinkage prior (Daniels 1999): s / (s + n₀) is uniform, n₀ being the mean size of
/// the rows. Without it a corpus of a few like places would be called certainly alike.
/// `None` where fewer than two rows hold a count, for then nothing can differ.
pub fn estimate(rows: &[Vec<f64>], base: &[f64]) -> Option<Strength> {
    let sizes: Vec<f64> = rows.iter().map(|row| row.iter().sum::<f64>()).filter(|&n| n > 0.0).collect();
    if sizes.len() < 2 {
        return None;
    }
    let (mut low, mut high) = (libm::log(WEAKEST), libm::log(STRONGEST));
    let value = if slope(rows, base, STRONGEST) >= 0.0 {
        STRONGEST
    } else if slope(rows, base, WEAKEST) <= 0.0 {
        WEAKEST
    } else {
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if slope(rows, base, libm::exp(middle)) > 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        libm::exp(0.5 * (low + high))
    };
    let typical = sizes.iter().sum::<f64>() / sizes.len() as f64;
    let step = (libm::log(STRONGEST) - libm::log(WEAKEST)) / (POINTS - 1) as f64;
    let grid: Vec<(f64, f64)> = (0..POINTS)
        .into_par_iter()
        .map(|point| {
            let log_s = libm::log(WEAKEST) + step * point as f64;
            let s = libm::exp(log_s);
            // The density of ln s: that of s, n₀ / (s + n₀)², times s.
            (s, log_likelihood(rows, base, s) + log_s - 2.0 * libm::log(s + typical))
        })
        .collect();
    let highest = grid.iter().map(|point| point.1).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = grid.iter().map(|point| libm::exp(point.1 - highest)).sum();
    let mut up_to = 0.0;
    let posterior = grid
        .iter()
        .map(|&(s, log_density)| {
            up_to += libm::exp(log_density - highest) / total;
            (s, up_to)
        })
        .collect();
    Some(Strength { value, posterior })
}
