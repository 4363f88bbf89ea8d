//! How alike two places are, on themes or on terms.

use serde::{Deserialize, Serialize};

/// How many places are compared with one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SimilarityParams {
    /// With more places than this no pairs are listed and no tree is grown: both grow with the square of the places.
    pub max_places: usize,
}

impl Default for SimilarityParams {
    fn default() -> Self {
        SimilarityParams { max_places: 400 }
    }
}

/// The cosine of two rows of one length, −1 to 1; `None` where one of them is all 0 and has no direction.
pub fn cosine(a: &[f64], b: &[f64]) -> Option<f64> {
    let dot: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
    let norms = a.iter().map(|x| x * x).sum::<f64>() * b.iter().map(|y| y * y).sum::<f64>();
    (norms > 0.0).then(|| (dot / norms.sqrt()).clamp(-1.0, 1.0))
}

/// The Jensen–Shannon divergence of two rows of weights, in bits: 0 for equal profiles, 1 for disjoint ones (Lin 1991).
///
/// Each row is divided by its sum first; `None` where a sum is not positive. Its square root is a metric: see
/// [`jensen_shannon_distance`].
pub fn jensen_shannon(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a_sum, b_sum): (f64, f64) = (a.iter().sum(), b.iter().sum());
    if !(a_sum > 0.0 && b_sum > 0.0) {
        return None;
    }
    let half = |p: f64, middle: f64| 0.5 * p * libm::log2(p / middle);
    let pairs = a.iter().zip(b).map(|(x, y)| (x / a_sum, y / b_sum));
    let sum: f64 = pairs
        .map(|(p, q)| {
            // Where one side is empty, p / middle is 2 and its logarithm 1.
            if p <= 0.0 || q <= 0.0 {
                return 0.5 * (p.max(0.0) + q.max(0.0));
            }
            let middle = 0.5 * (p + q);
            half(p, middle) + half(q, middle)
        })
        .sum();
    Some(sum.clamp(0.0, 1.0))
}

/// The square root of [`jensen_shannon`]: a distance, 0 to 1.
pub fn jensen_shannon_distance(a: &[f64], b: &[f64]) -> Option<f64> {
    jensen_shannon(a, b).map(f64::sqrt)
}

/// The distances of all pairs of rows as a condensed upper triangle (0,1), (0,2) … (1,2) …: the form that
/// [`super::dendrogram::cluster`] takes. A pair for which `distance` knows no value gets `unknown`.
pub fn condensed<T>(rows: &[T], unknown: f64, distance: impl Fn(&T, &T) -> Option<f64>) -> Vec<f64> {
    let mut out = Vec::with_capacity(rows.len() * rows.len().saturating_sub(1) / 2);
    for (index, row) in rows.iter().enumerate() {
        out.extend(rows[index + 1..].iter().map(|other| distance(row, other).unwrap_or(unknown)));
    }
    out
}
