//! The order of places on a chart: like profiles stand together.

use crate::emphasis::dendrogram::cluster;
use crate::emphasis::sparse::{SparseRow, distances};
use crate::record::EmphasisRow;

/// Place-years in the order of the leaves of a hierarchical clustering of their theme shares (average linkage on
/// Jensen–Shannon distances); place-years without a measure come as they are.
pub(super) fn by_likeness<'a>(rows: impl Iterator<Item = &'a [EmphasisRow]>) -> Vec<usize> {
    let shares: Vec<Vec<f64>> =
        rows.map(|rows| rows.iter().map(|row| row.share.unwrap_or_default()).collect()).collect();
    if shares.len() < 3 {
        return (0..shares.len()).collect();
    }
    let sparse: Vec<SparseRow> =
        shares.iter().map(|row| SparseRow::new((0..).zip(row.iter().copied()).collect())).collect();
    let distances = distances(&sparse, shares[0].len());
    let weights: Vec<f64> = shares.iter().map(|row| row.iter().enumerate().map(|(i, s)| i as f64 * s).sum()).collect();
    cluster(&distances, shares.len(), &weights).leaves
}
