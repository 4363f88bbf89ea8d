//! Location quotients (区位熵): how many times the corpus's share of a theme a place gives to it, with intervals.
//!
//! LQ = (measures of theme in place / measures in place) / (measures of theme / measures). With n_eff the effective
//! number of measures of the place-year ([`super::effective`]) and s the strength of the prior ([`super::strength`]),
//! the shrunk quotient is its posterior mean, E[(s + n_eff · LQ) / (s + n_eff)] over the posterior of s: 1 where a place
//! says nothing, the raw quotient where it says very much.

use rand::Rng;
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::distributions::{benjamini_hochberg, beta_cdf, beta_quantile, normal_p, normal_quantile};
use super::effective::effective_number;
use super::interval::{dirichlet, percentiles, resample, stream};
use super::shares::{Counts, PlaceYear};
use super::strength::{Sample, Strength, estimate};
use crate::codebook::ThemeId;
use crate::error::{Error, Result, Trouble};

/// How the intervals are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Draws from the Dirichlet posterior over the effective number of measures. Covers as stated in small documents.
    #[default]
    Posterior,
    /// Percentiles over resampled sections of the place-year. Assumes nothing about how sections differ, but is too
    /// narrow below some twenty sections, and of no width where a theme never occurs.
    Blocks,
}

/// What the emphasis table is computed with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EmphasisParams {
    /// How the intervals are made.
    pub interval: Interval,
    /// Draws per place-year, 100 to 100,000.
    pub draws: u32,
    /// The share of draws that an interval holds, between 0.5 and 0.999.
    pub level: f64,
    /// The seed of all draws.
    pub seed: u64,
    /// A place-year with fewer counted measures than this is not ranked and gets no q.
    pub min_measures: u64,
}

impl Default for EmphasisParams {
    fn default() -> Self {
        EmphasisParams { interval: Interval::Posterior, draws: 1000, level: 0.95, seed: 20_260_101, min_measures: 10 }
    }
}

impl EmphasisParams {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`Error::Settings`] with the value that is out of its range.
    pub fn check(&self) -> Result<()> {
        let wrong = |what: String, remedy: &str| Err(Error::Settings(Trouble::new(what).remedy(remedy)));
        if !(100..=100_000).contains(&self.draws) {
            return wrong(format!("emphasis.draws is {}", self.draws), "set it between 100 and 100000");
        }
        if !(0.5..=0.999).contains(&self.level) {
            return wrong(format!("emphasis.level is {}", self.level), "set it between 0.5 and 0.999");
        }
        Ok(())
    }
}

/// One row of the emphasis table.
#[derive(Clone, Debug, PartialEq)]
pub struct EmphasisRow {
    /// The place.
    pub place: u32,
    /// The year; `None` where it is not known.
    pub year: Option<i32>,
    /// The theme.
    pub theme: ThemeId,
    /// Measures of the theme.
    pub measures: u64,
    /// Sentences of those measures.
    pub sentences: u64,
    /// Characters of those measures.
    pub chars: u64,
    /// The share of the theme in the place-year; `None` (with its interval) where that has no counted measure.
    pub share: Option<f64>,
    /// The lower end of the share's interval; 0 where the theme does not occur.
    pub share_low: Option<f64>,
    /// The upper end of the share's interval.
    pub share_high: Option<f64>,
    /// The raw quotient; `None` where the theme occurs nowhere, the place-year has no counted measure, or no other
    /// place-year has one.
    pub lq_raw: Option<f64>,
    /// The shrunk quotient; `None` as for the raw one.
    pub lq: Option<f64>,
    /// The lower end of its interval.
    pub lq_low: Option<f64>,
    /// The upper end of its interval.
    pub lq_high: Option<f64>,
    /// The standard normal value of the difference between the place-year and the rest; `None` as for the quotient.
    pub z: Option<f64>,
    /// The false discovery rate at which the cell would be called (Benjamini and Hochberg), over all ranked cells.
    pub q: Option<f64>,
    /// The rank of the shrunk quotient within the place-year, from 1; `None` below the minimum of measures.
    pub rank: Option<u32>,
}

/// The emphasis table with the figures behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Emphasis {
    /// The rows, by place, year and theme, complete.
    pub rows: Vec<EmphasisRow>,
    /// The corpus share of each counted theme; empty when nothing is counted.
    pub base: Vec<f64>,
    /// The strength of the prior, in measures; `None` with fewer than two place-years, where nothing is compared.
    pub strength: Option<f64>,
    /// The effective number of measures of each place-year, in the order of the counts.
    pub effective: Vec<f64>,
}

/// What the whole corpus tells every place-year.
struct Setting<'a> {
    counts: &'a Counts,
    params: &'a EmphasisParams,
    totals: Vec<f64>,
    total: f64,
    effective: Vec<f64>,
    /// Σ wᵢ² / n_effᵢ over all place-years: the sampling variance of the corpus, for the effective number of the rest.
    variance: f64,
    /// Σ wⱼ² over all place-years.
    scatter: f64,
    strength: Option<Strength>,
}

/// Computes shares, shrunk location quotients, intervals, z, q and ranks, with `rho` the likeness of measures in one section
/// ([`correlation`](super::effective::correlation)).
///
/// The same bytes at any number of threads; the draws of a place-year depend on the seed, its place and its year.
///
/// # Errors
/// As [`EmphasisParams::check`].
pub fn emphasis(counts: &Counts, rho: f64, params: &EmphasisParams) -> Result<Emphasis> {
    params.check()?;
    let effective: Vec<f64> = counts.rows.iter().map(|row| effective_number(row, rho)).collect();
    let totals = counts.totals();
    let total: f64 = totals.iter().sum();
    let base: Vec<f64> = if total > 0.0 { totals.iter().map(|t| t / total).collect() } else { Vec::new() };
    let samples: Vec<Sample> = counts
        .rows
        .iter()
        .zip(&effective)
        .filter(|(_, n)| **n > 0.0)
        .filter_map(|(row, &effective)| Some(Sample { shares: row.shares()?, weight: row.weight, effective }))
        .collect();
    let strength = estimate(&samples, &base);
    let variance =
        counts.rows.iter().zip(&effective).filter(|(_, n)| **n > 0.0).map(|(r, n)| r.weight * r.weight / n).sum();
    let scatter = counts.rows.iter().map(|row| row.weight * row.weight).sum();
    let setting = Setting { counts, params, totals, total, effective, variance, scatter, strength };
    let parts: Vec<Vec<EmphasisRow>> =
        (0..counts.rows.len()).into_par_iter().map(|index| setting.place_year(index)).collect();
    let mut rows: Vec<EmphasisRow> = parts.into_iter().flatten().collect();
    discoveries(&mut rows);
    let Setting { effective, strength, .. } = setting;
    Ok(Emphasis { rows, base, strength: strength.map(|strength| strength.value), effective })
}

/// Fills in q over the ranked cells that have a z.
fn discoveries(rows: &mut [EmphasisRow]) {
    let family: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].rank.is_some() && rows[i].z.is_some()).collect();
    let p: Vec<f64> = family.iter().map(|&i| rows[i].z.map_or(1.0, normal_p)).collect();
    for (&index, q) in family.iter().zip(benjamini_hochberg(&p)) {
        rows[index].q = Some(q);
    }
}

impl Setting<'_> {
    fn place_year(&self, index: usize) -> Vec<EmphasisRow> {
        let row = &self.counts.rows[index];
        let n = self.effective[index];
        let mut out: Vec<EmphasisRow> = self
            .counts
            .themes
            .iter()
            .zip(&row.themes)
            .map(|(&theme, count)| EmphasisRow {
                place: row.place,
                year: row.year,
                theme,
                measures: count.measures,
                sentences: count.sentences,
                chars: count.chars,
                share: None,
                share_low: None,
                share_high: None,
                lq_raw: None,
                lq: None,
                lq_low: None,
                lq_high: None,
                z: None,
                q: None,
                rank: None,
            })
            .collect();
        let Some(shares) = row.shares() else { return out };
        let mut draws = self.draws(index, &shares);
        for (column, cell) in out.iter_mut().enumerate() {
            cell.share = Some(shares[column]);
            let ends = match self.params.interval {
                Interval::Posterior => Some(share_interval(shares[column], n, self.params.level)),
                Interval::Blocks => percentiles(&mut draws.shares[column], self.params.level),
            };
            (cell.share_low, cell.share_high) = (ends.map(|e| e.0), ends.map(|e| e.1));
        }
        if let Some(strength) = &self.strength {
            let shrinkage = strength.shrinkage(n);
            for (column, cell) in out.iter_mut().enumerate().filter(|(column, _)| self.totals[*column] > 0.0) {
                let raw = shares[column] * self.total / self.totals[column];
                cell.lq_raw = Some(raw);
                cell.lq = Some(shrinkage + (1.0 - shrinkage) * raw);
                let ends = percentiles(&mut draws.quotients[column], self.params.level);
                (cell.lq_low, cell.lq_high) = (ends.map(|e| e.0), ends.map(|e| e.1));
                cell.z = self.score(row, n, shares[column], column);
            }
            if row.measures >= self.params.min_measures {
                rank(&mut out);
            }
        }
        out
    }

    /// The effective number of all other place-years together; 0 for none.
    fn effective_rest(&self, row: &PlaceYear, n: f64) -> f64 {
        let weight = self.total - row.weight;
        let variance = self.variance - row.weight * row.weight / n;
        if weight > 0.0 && variance > 0.0 { weight * weight / variance } else { 0.0 }
    }

    /// The share of a theme in all other place-years.
    fn rest_share(&self, row: &PlaceYear, column: usize) -> f64 {
        ((self.totals[column] - row.themes[column].weight) / (self.total - row.weight)).clamp(0.0, 1.0)
    }

    /// The standard normal value of the place-year's share against the rest's.
    ///
    /// Both are binomial with effective numbers, compared as one sample of n* = 1 / (1/n + 1/n_rest) about the pooled
    /// share m: x* = n* (m + p − r). Its tail is the binomial's, with real numbers for counts: I_m(x*, n* − x* + 1) for so
    /// much or more. The usual normal score calls too many rare themes in small plans, and so does the mid-p where
    /// sections are alike.
    fn score(&self, row: &PlaceYear, n: f64, share: f64, column: usize) -> Option<f64> {
        let rest = self.effective_rest(row, n);
        if rest <= 0.0 {
            return None;
        }
        let pooled = self.totals[column] / self.total;
        let number = 1.0 / (1.0 / n + 1.0 / rest);
        let x = number * (pooled + share - self.rest_share(row, column)).clamp(0.0, 1.0);
        let above = if x > 0.0 { beta_cdf(pooled, x, number - x + 1.0).min(0.5) } else { 0.5 };
        let below = if x < number { beta_cdf(1.0 - pooled, number - x, x + 1.0).min(0.5) } else { 0.5 };
        Some(if above < below { -normal_quantile(above) } else { normal_quantile(below) })
    }

    fn draws(&self, index: usize, shares: &[f64]) -> Draws {
        let row = &self.counts.rows[index];
        let year = row.year.map_or(u64::MAX, |year| year as u64);
        let mut rng = stream(self.params.seed, &[u64::from(row.place), year]);
        match self.params.interval {
            Interval::Posterior => self.posterior_draws(row, self.effective[index], shares, &mut rng),
            Interval::Blocks => self.block_draws(row, self.effective[index], &mut rng),
        }
    }

    /// Draws the quotients of one place-year. Each draw takes a strength, then prior shares, then the place's own
    /// shares and those of the rest, so that what a small corpus leaves open about any of them widens the interval. A theme
    /// that no other place treats counts there for half an observation (Jeffreys' prior), as one may yet treat it.
    fn posterior_draws(&self, row: &PlaceYear, n: f64, shares: &[f64], rng: &mut Xoshiro256PlusPlus) -> Draws {
        let width = shares.len();
        let mut quotients = vec![Vec::with_capacity(self.params.draws as usize); width];
        let Some(strength) = &self.strength else { return Draws { shares: Vec::new(), quotients } };
        let rest_number = self.effective_rest(row, n);
        if rest_number <= 0.0 {
            return Draws { shares: Vec::new(), quotients };
        }
        let rest_shares: Vec<f64> = (0..width).map(|t| self.rest_share(row, t)).collect();
        let own = row.weight / self.total;
        let mut corpus = vec![0.0; width];
        let (mut base, mut theta, mut rest) = (corpus.clone(), corpus.clone(), corpus.clone());
        let mut alphas = corpus.clone();
        for _ in 0..self.params.draws {
            let s = strength.draw(rng.r#gen::<f64>());
            let number = self.base_number(s);
            for (alpha, total) in alphas.iter_mut().zip(&self.totals) {
                // One measure's worth of an even prior, so that a theme met by chance only once is not taken as known.
                *alpha = number * total / self.total + 1.0 / width as f64;
            }
            dirichlet(rng, &alphas, &mut base);
            for t in 0..width {
                alphas[t] = s * base[t] + n * shares[t];
            }
            dirichlet(rng, &alphas, &mut theta);
            for t in 0..width {
                alphas[t] = (base[t] + rest_number * rest_shares[t]).max(0.5);
            }
            dirichlet(rng, &alphas, &mut rest);
            for t in 0..width {
                corpus[t] = own * theta[t] + (1.0 - own) * rest[t];
                quotients[t].push(if corpus[t] > 0.0 { theta[t] / corpus[t] } else { 1.0 });
            }
        }
        Draws { shares: Vec::new(), quotients }
    }

    /// How many measures the corpus shares are worth as an estimate of the mean about which places scatter with
    /// strength `s`: the inverse of Σ (wⱼ / w)² [1/(s + 1) + s / ((s + 1) nⱼ)].
    fn base_number(&self, s: f64) -> f64 {
        let scatter = self.scatter / (self.total * self.total);
        let sampling = self.variance / (self.total * self.total);
        (s + 1.0) / (scatter + s * sampling)
    }

    fn block_draws(&self, row: &PlaceYear, n: f64, rng: &mut Xoshiro256PlusPlus) -> Draws {
        let width = self.totals.len();
        let empty = || vec![Vec::with_capacity(self.params.draws as usize); width];
        let mut draws = Draws { shares: empty(), quotients: empty() };
        let shrinkage = self.strength.as_ref().map(|strength| strength.shrinkage(n));
        let mut sums = vec![0.0; width];
        for _ in 0..self.params.draws {
            sums.fill(0.0);
            resample(rng, row.blocks.len(), |block| {
                sums.iter_mut().zip(&row.blocks[block].weights).for_each(|(sum, weight)| *sum += weight);
            });
            let sum: f64 = sums.iter().sum();
            for (t, part) in sums.iter().enumerate() {
                let share = part / sum;
                draws.shares[t].push(share);
                if let Some(shrinkage) = shrinkage.filter(|_| self.totals[t] > 0.0) {
                    draws.quotients[t].push(shrinkage + (1.0 - shrinkage) * share * self.total / self.totals[t]);
                }
            }
        }
        draws
    }
}

/// The draws of one place-year, a vector a theme.
struct Draws {
    shares: Vec<Vec<f64>>,
    quotients: Vec<Vec<f64>>,
}

/// Jeffreys' interval of a share over `n` effective measures: quantiles of Beta(n p + ½, n (1 − p) + ½), with the end
/// moved to 0 where the theme does not occur and to 1 where nothing else does (Brown, Cai and DasGupta 2001).
pub fn share_interval(share: f64, n: f64, level: f64) -> (f64, f64) {
    let (a, b) = (n * share + 0.5, n * (1.0 - share) + 0.5);
    let tail = 0.5 * (1.0 - level);
    let low = if share <= 0.0 { 0.0 } else { beta_quantile(tail, a, b) };
    let high = if share >= 1.0 { 1.0 } else { beta_quantile(1.0 - tail, a, b) };
    (low, high)
}

/// Ranks the quotients of one place-year from the largest; equal ones in the order of the themes.
fn rank(rows: &mut [EmphasisRow]) {
    let mut order: Vec<(f64, usize)> = rows.iter().enumerate().filter_map(|(i, row)| Some((row.lq?, i))).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (rank, (_, index)) in order.into_iter().enumerate() {
        rows[index].rank = Some(rank as u32 + 1);
    }
}
