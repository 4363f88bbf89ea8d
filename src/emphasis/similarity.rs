//! How alike two places are, on themes or on terms.

use std::cmp::Ordering;

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

/// The cosine of two sparse rows, given as (column, value) with columns rising; `None` where one of them is all 0.
pub fn cosine_sparse(a: &[(u32, f64)], b: &[(u32, f64)]) -> Option<f64> {
    let mut dot = 0.0;
    for_both(a, b, |x, y| dot += x * y);
    let norm = |row: &[(u32, f64)]| row.iter().map(|(_, x)| x * x).sum::<f64>();
    let norms = norm(a) * norm(b);
    (norms > 0.0).then(|| (dot / norms.sqrt()).clamp(-1.0, 1.0))
}

/// The Jensen–Shannon divergence of two rows of weights, in bits: 0 for equal profiles, 1 for disjoint ones (Lin 1991).
///
/// Each row is divided by its sum first; `None` where a sum is not positive. Its square root is a metric: see
/// [`jensen_shannon_distance`].
pub fn jensen_shannon(a: &[f64], b: &[f64]) -> Option<f64> {
    let pairs = a.iter().zip(b).map(|(&x, &y)| (x, y));
    divergence(pairs, a.iter().sum(), b.iter().sum())
}

/// The Jensen–Shannon divergence of two sparse rows, given as (column, weight) with columns rising.
pub fn jensen_shannon_sparse(a: &[(u32, f64)], b: &[(u32, f64)]) -> Option<f64> {
    let mut pairs = Vec::with_capacity(a.len() + b.len());
    for_both(a, b, |x, y| pairs.push((x, y)));
    divergence(pairs.into_iter(), a.iter().map(|x| x.1).sum(), b.iter().map(|x| x.1).sum())
}

/// The square root of [`jensen_shannon`]: a distance, 0 to 1.
pub fn jensen_shannon_distance(a: &[f64], b: &[f64]) -> Option<f64> {
    jensen_shannon(a, b).map(f64::sqrt)
}

fn divergence(pairs: impl Iterator<Item = (f64, f64)>, a_sum: f64, b_sum: f64) -> Option<f64> {
    if !(a_sum > 0.0 && b_sum > 0.0) {
        return None;
    }
    let half = |p: f64, middle: f64| 0.5 * p * libm::log2(p / middle);
    let sum: f64 = pairs
        .map(|(x, y)| {
            let (p, q) = (x / a_sum, y / b_sum);
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

/// Calls `with` for every column that stands in either row; a value that does not stand there is 0.
fn for_both(a: &[(u32, f64)], b: &[(u32, f64)], mut with: impl FnMut(f64, f64)) {
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let order = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => x.0.cmp(&y.0),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        match order {
            Ordering::Less => with(a[i].1, 0.0),
            Ordering::Greater => with(0.0, b[j].1),
            Ordering::Equal => with(a[i].1, b[j].1),
        }
        i += usize::from(order != Ordering::Greater);
        j += usize::from(order != Ordering::Less);
    }
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
