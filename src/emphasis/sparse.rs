//! How alike long rows with few values are: one row is laid out flat, and others are compared with it value by value.

use rayon::prelude::*;

use super::logarithm::logarithms;

/// A row of weights that are not negative, given by those above 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseRow {
    /// (column, weight), each column once.
    values: Vec<(u32, f64)>,
    sum: f64,
    /// The root of the sum of squares.
    norm: f64,
    /// For every value p ln p, where p is its share of the sum.
    entropies: Vec<f64>,
}

impl SparseRow {
    /// A row of `values`, (column, weight) with each column once; those that are not above 0 are left out.
    pub fn new(mut values: Vec<(u32, f64)>) -> SparseRow {
        values.retain(|(_, weight)| *weight > 0.0);
        values.shrink_to_fit();
        let sum: f64 = values.iter().map(|(_, weight)| weight).sum();
        let norm = values.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        let mut entropies: Vec<f64> = values.iter().map(|(_, weight)| weight / sum).collect();
        logarithms(&mut entropies);
        entropies.iter_mut().zip(&values).for_each(|(log, (_, weight))| *log *= weight / sum);
        SparseRow { values, sum, norm, entropies }
    }

    /// The values, as (column, weight).
    pub fn values(&self) -> &[(u32, f64)] {
        &self.values
    }
}

/// A row laid out flat, to be compared with many others.
#[derive(Debug)]
pub struct FlatRow<'a> {
    row: &'a SparseRow,
    /// For every column, the place of its value in `row` counted from 1, or 0.
    places: Vec<u32>,
}

impl<'a> FlatRow<'a> {
    /// Lays out `row` over `columns` columns.
    ///
    /// # Panics
    /// If the row has a column beyond them.
    pub fn new(row: &'a SparseRow, columns: usize) -> FlatRow<'a> {
        let mut places = vec![0; columns];
        for (place, (column, _)) in (1..).zip(&row.values) {
            places[*column as usize] = place;
        }
        FlatRow { row, places }
    }

    /// The pairs of places (in this row, in the other one) at which both have a value.
    fn common<'b>(&'b self, other: &'b SparseRow) -> impl Iterator<Item = (usize, usize)> + 'b {
        let found = other.values.iter().enumerate().map(|(there, (column, _))| (self.places[*column as usize], there));
        found.filter(|(here, _)| *here > 0).map(|(here, there)| (here as usize - 1, there))
    }

    /// The cosine, 0 to 1; `None` where one of the rows is all 0 and has no direction.
    pub fn cosine(&self, other: &SparseRow) -> Option<f64> {
        let norms = self.row.norm * other.norm;
        let dot: f64 = self.common(other).map(|(i, j)| self.row.values[i].1 * other.values[j].1).sum();
        (norms > 0.0).then(|| (dot / norms).clamp(0.0, 1.0))
    }

    /// The Jensen–Shannon divergence in bits, as [`super::similarity::jensen_shannon`]; `None` where one of the rows is all 0.
    ///
    /// A column in one row alone adds half of its share. One in both adds, with m = (p + q)/2, ½ p ln p + ½ q ln q − m ln m
    /// nats: the first two are known beforehand, so that a pair of values takes one logarithm. `scratch` is overwritten.
    pub fn jensen_shannon(&self, other: &SparseRow, scratch: &mut Vec<f64>) -> Option<f64> {
        let (a, b) = (self.row, other);
        if a.values.is_empty() || b.values.is_empty() {
            return None;
        }
        let middle = |i: usize, j: usize| 0.5 * (a.values[i].1 / a.sum + b.values[j].1 / b.sum);
        scratch.clear();
        scratch.extend(self.common(other).map(|(i, j)| middle(i, j)));
        logarithms(scratch);
        let (mut shared, mut both) = (0.0, (0.0, 0.0));
        for ((i, j), log) in self.common(other).zip(&*scratch) {
            shared += 0.5 * (a.entropies[i] + b.entropies[j]) - middle(i, j) * log;
            both = (both.0 + a.values[i].1, both.1 + b.values[j].1);
        }
        let alone = 0.5 * ((a.sum - both.0) / a.sum + (b.sum - both.1) / b.sum);
        Some((shared / std::f64::consts::LN_2 + alone).clamp(0.0, 1.0))
    }
}

/// The Jensen–Shannon distances of all pairs of rows over so many columns, condensed as by [`super::similarity::condensed`]; 1 where
/// a row is all 0.
///
/// # Panics
/// As [`FlatRow::new`].
pub fn distances(rows: &[SparseRow], columns: usize) -> Vec<f64> {
    let of_row = |(one, row): (usize, &SparseRow)| {
        let (flat, mut scratch) = (FlatRow::new(row, columns), Vec::new());
        let distance = |other: &SparseRow| flat.jensen_shannon(other, &mut scratch).map_or(1.0, f64::sqrt);
        rows[one + 1..].iter().map(distance).collect::<Vec<f64>>()
    };
    rows.par_iter().enumerate().flat_map_iter(of_row).collect()
}
