//! TF-IDF: counts weighed by how few rows hold the term.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::counts::{Counts, Sparse};

/// How counts are weighed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TfIdfParams {
    /// Whether a term's weight grows with the logarithm of its count (1 + ln count) instead of the count.
    pub sublinear: bool,
}

impl Default for TfIdfParams {
    fn default() -> Self {
        TfIdfParams { sublinear: true }
    }
}

/// The weights learned from a corpus: one idf a term.
///
/// With n rows, of which df hold the term, idf = ln((1 + n) / (1 + df)) + 1: the smoothed form of scikit-learn's
/// `TfidfTransformer(smooth_idf=True)`, as if one more row held every term once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TfIdf {
    idf: Vec<f32>,
    sublinear: bool,
}

impl TfIdf {
    /// Learns the idf of each term from the df that the counts' vocabulary was learned with.
    pub fn fit(counts: &Counts, params: &TfIdfParams) -> TfIdf {
        let rows = counts.fitted_rows as f64;
        let idf = counts.df.iter().map(|&df| (libm::log((1.0 + rows) / (1.0 + f64::from(df))) + 1.0) as f32);
        TfIdf { idf: idf.collect(), sublinear: params.sublinear }
    }

    /// The idf of each term, by column.
    pub fn idf(&self) -> &[f32] {
        &self.idf
    }

    /// Weighs rows of counts: tf × idf, each row divided by its Euclidean norm. Rows × terms; a row without a term stays
    /// empty. Only what was fitted is used: the same row gets the same weights whatever stands beside it.
    ///
    /// # Panics
    /// If the counts are of another vocabulary (another number of terms).
    pub fn transform(&self, counts: &Counts) -> Sparse {
        assert_eq!(counts.terms(), self.idf.len(), "counts and idf must be of one vocabulary");
        let matrix = &counts.matrix;
        let starts = matrix.indptr();
        let starts = starts.raw_storage();
        let mut data = matrix.data().to_vec();
        let mut rows: Vec<(&[u32], &mut [f32])> = Vec::with_capacity(matrix.rows());
        let (mut indices_left, mut data_left) = (matrix.indices(), data.as_mut_slice());
        for bounds in starts.windows(2) {
            let (indices, more_indices) = indices_left.split_at(bounds[1] - bounds[0]);
            let (weights, more_data) = data_left.split_at_mut(bounds[1] - bounds[0]);
            rows.push((indices, weights));
            (indices_left, data_left) = (more_indices, more_data);
        }
        rows.into_par_iter().with_min_len(1024).for_each(|(columns, weights)| self.weigh(columns, weights));
        Sparse::new(matrix.shape(), starts.to_vec(), matrix.indices().to_vec(), data)
    }

    /// Turns one row's counts into its weights.
    fn weigh(&self, columns: &[u32], weights: &mut [f32]) {
        let mut squares = 0.0f64;
        for (&column, weight) in columns.iter().zip(weights.iter_mut()) {
            // Nearly every count in a sentence is 1, whose logarithm need not be taken.
            let tf =
                if self.sublinear && *weight != 1.0 { 1.0 + libm::log(f64::from(*weight)) as f32 } else { *weight };
            *weight = tf * self.idf[column as usize];
            squares += f64::from(*weight) * f64::from(*weight);
        }
        if squares > 0.0 {
            let norm = squares.sqrt() as f32;
            weights.iter_mut().for_each(|weight| *weight /= norm);
        }
    }
}
