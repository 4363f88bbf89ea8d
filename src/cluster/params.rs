//! How rows are clustered.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, Trouble};

/// How rows are clustered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// The number of clusters; chosen from `k_min..=k_max` where it is left out.
    pub k: Option<usize>,
    /// The smallest number of clusters tried.
    pub k_min: usize,
    /// The largest number of clusters tried; in a small corpus fewer are, about the square root of half its rows.
    pub k_max: usize,
    /// The step from one number tried to the next.
    pub k_step: usize,
    /// Runs of k-means from different seeds for each number tried, and for the final clusters; the best is kept.
    pub restarts: usize,
    /// Bootstrap samples that each number tried is fitted on again.
    pub bootstraps: usize,
    /// Iterations after which a run of k-means ends though its centres still move.
    pub iterations: u64,
    /// Above this many rows, numbers are tried on a seeded sample of so many.
    pub choose_rows: usize,
    /// Above this many rows, the final clusters are fitted on a seeded sample of so many, and all rows assigned.
    pub fit_rows: usize,
    /// Above this many rows, silhouettes are computed for and against a seeded sample of so many.
    pub silhouette_rows: usize,
    /// The seed of samples and starts.
    pub seed: u64,
}

impl Default for Params {
    fn default() -> Self {
        Params {
            k: None,
            k_min: 4,
            k_max: 24,
            k_step: 2,
            restarts: 3,
            bootstraps: 3,
            iterations: 50,
            choose_rows: 1_500,
            fit_rows: 20_000,
            silhouette_rows: 2_000,
            seed: 1,
        }
    }
}

impl Params {
    /// Refuses numbers with which nothing can be clustered.
    ///
    /// # Errors
    /// [`Error::Settings`] that names the first.
    pub fn check(&self) -> Result<()> {
        let least = [
            ("k", self.k.unwrap_or(1)),
            ("k_min", self.k_min),
            ("k_step", self.k_step),
            ("restarts", self.restarts),
            ("iterations", self.iterations as usize),
            ("choose_rows", self.choose_rows),
            ("fit_rows", self.fit_rows),
            ("silhouette_rows", self.silhouette_rows),
        ];
        if let Some((name, _)) = least.iter().find(|(_, value)| *value == 0) {
            let trouble = Trouble::new(format!("cluster.{name} is 0"));
            return Err(Error::Settings(trouble.remedy("set it to 1 or more")));
        }
        if self.k_max < self.k_min {
            let trouble = Trouble::new(format!("cluster.k_max is {}, below k_min = {}", self.k_max, self.k_min));
            return Err(Error::Settings(trouble.remedy("set k_min to k_max or less, or k alone")));
        }
        Ok(())
    }

    /// The numbers of clusters tried on `rows` rows, ascending; none where there is no row.
    ///
    /// No more than √(rows / 2), rounded up, unless `k_min` is more: the silhouette of few rows rises with their clusters until each
    /// holds two or three, and √(n / 2) is the old rule of thumb for how many n rows can bear (Mardia, Kent and Bibby 1979,
    /// p. 365). Nor more than one cluster for two rows; a single one where that leaves none of the range.
    pub(super) fn numbers(&self, rows: usize) -> Vec<usize> {
        if rows == 0 {
            return Vec::new();
        }
        if let Some(k) = self.k {
            return vec![k.clamp(1, rows)];
        }
        let bearable = ((rows / 2).isqrt() + 1).max(self.k_min);
        let most = self.k_max.min(bearable).min(rows / 2);
        let numbers: Vec<usize> = (self.k_min.max(2)..=most).step_by(self.k_step.max(1)).collect();
        if numbers.is_empty() { vec![1] } else { numbers }
    }
}
