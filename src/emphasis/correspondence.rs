//! Correspondence analysis of places × themes (Greenacre 2017): a map on which places stand near the themes they stress.
//!
//! With P = N / n, row masses r and column masses c, the standardised residuals S = D_r^(−½) (P − r cᵀ) D_c^(−½) have the
//! singular value decomposition U D Vᵀ. Principal coordinates are F = D_r^(−½) U D for rows and G = D_c^(−½) V D for
//! columns; the inertia of an axis is its squared singular value, and all of them add up to χ² / n.

use ndarray::{Array2, ArrayView1, Axis};

use super::jacobi::svd;
use crate::error::{Error, Result, Trouble};

/// Axes whose singular value is below this are rounding and are left out.
const SMALLEST: f64 = 1e-10;

/// One row or column of the table on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its share of the grand total.
    pub mass: f64,
    /// Its part of the total inertia (not a share).
    pub inertia: f64,
    /// Principal coordinates, one an axis.
    pub coordinates: Vec<f64>,
    /// Its share of each axis's inertia; over all rows (or all columns) they sum to 1.
    pub contributions: Vec<f64>,
    /// Squared correlations: the share of its own inertia that each axis shows; 0 for a point at the centre.
    pub cos2: Vec<f64>,
}

/// A further row on a map that it did not shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Supplementary {
    /// Principal coordinates, one an axis.
    pub coordinates: Vec<f64>,
    /// Squared correlations: the share of its squared distance from the centre that each axis shows; 0 at the centre.
    pub cos2: Vec<f64>,
}

/// A fitted map.
#[derive(Clone, Debug, PartialEq)]
pub struct Correspondence {
    /// The singular value of each axis, falling.
    pub singular: Vec<f64>,
    /// The inertia of each axis, falling.
    pub inertia: Vec<f64>,
    /// The total inertia, χ² / n.
    pub total: f64,
    /// The rows of the table; `None` for a row of zeros, which has no place on the map.
    pub rows: Vec<Option<Point>>,
    /// The columns; `None` for a column of zeros.
    pub columns: Vec<Option<Point>>,
}

/// Fits the map to a table of counts, at least 2 × 2 without its empty rows and columns.
///
/// An axis may be turned round at will; here the column that contributes most to it (the first of equals) stands on
/// its positive side.
///
/// # Errors
/// [`Error::Numbers`] for a negative or non-finite count, or for a table with fewer than two rows or two columns that are not empty.
pub fn correspondence(table: &Array2<f64>) -> Result<Correspondence> {
    if let Some(((row, column), value)) = table.indexed_iter().find(|(_, value)| !value.is_finite() || **value < 0.0) {
        return Err(Error::Numbers(Trouble::new(format!(
            "the count in row {} and column {} of the table is {value}",
            row + 1,
            column + 1
        ))));
    }
    let kept = |axis: Axis| -> Vec<usize> {
        table.axis_iter(axis).enumerate().filter(|(_, lane)| lane.sum() > 0.0).map(|(index, _)| index).collect()
    };
    let (rows, columns) = (kept(Axis(0)), kept(Axis(1)));
    if rows.len() < 2 || columns.len() < 2 {
        return Err(Error::Numbers(
            Trouble::new(format!(
                "correspondence analysis needs two places and two themes that occur; here are {} and {}",
                rows.len(),
                columns.len()
            ))
            .remedy("read more documents, or leave the map out"),
        ));
    }
    let grand: f64 = table.sum();
    let p = table.select(Axis(0), &rows).select(Axis(1), &columns) / grand;
    let r = p.sum_axis(Axis(1));
    let c = p.sum_axis(Axis(0));
    let s = Array2::from_shape_fn(p.dim(), |(i, j)| (p[[i, j]] - r[i] * c[j]) / (r[i] * c[j]).sqrt());
    let total = s.iter().map(|x| x * x).sum();
    let (u, d, v) = svd(&s);
    let axes = d.iter().take(rows.len().min(columns.len()) - 1).take_while(|&&x| x > SMALLEST).count();
    let signs: Vec<f64> = (0..axes).map(|axis| sign(v.column(axis))).collect();
    let place = |index: usize, mass: f64, side: &Array2<f64>, inertia: f64| {
        let on = |axis: usize| signs[axis] * side[[index, axis]];
        let coordinates: Vec<f64> = (0..axes).map(|axis| on(axis) * d[axis] / mass.sqrt()).collect();
        let cos2 = coordinates.iter().map(|x| if inertia > 0.0 { mass * x * x / inertia } else { 0.0 }).collect();
        Point { mass, inertia, contributions: (0..axes).map(|axis| on(axis) * on(axis)).collect(), coordinates, cos2 }
    };
    let mut out = Correspondence {
        singular: d[..axes].to_vec(),
        inertia: d[..axes].iter().map(|x| x * x).collect(),
        total,
        rows: vec![None; table.nrows()],
        columns: vec![None; table.ncols()],
    };
    for (index, &row) in rows.iter().enumerate() {
        out.rows[row] = Some(place(index, r[index], &u, s.row(index).iter().map(|x| x * x).sum()));
    }
    for (index, &column) in columns.iter().enumerate() {
        out.columns[column] = Some(place(index, c[index], &v, s.column(index).iter().map(|x| x * x).sum()));
    }
    Ok(out)
}

impl Correspondence {
    /// Places a further row (a year, a group) on the map without letting it shape the map: its profile times the
    /// columns' standard coordinates. Its squared correlations are over its whole χ² distance from the centre,
    /// Σ (pⱼ − cⱼ)² / cⱼ. `None` for a row without counts in the columns of the map.
    ///
    /// # Panics
    /// If `counts` has another width than the table.
    pub fn supplementary_row(&self, counts: &[f64]) -> Option<Supplementary> {
        assert_eq!(counts.len(), self.columns.len(), "a supplementary row has the width of the table");
        let known = || counts.iter().zip(&self.columns).filter_map(|(&n, column)| Some((n, column.as_ref()?)));
        let total: f64 = known().map(|(n, _)| n).sum();
        if total <= 0.0 {
            return None;
        }
        let coordinates: Vec<f64> = (0..self.singular.len())
            .map(|axis| {
                known().map(|(n, column)| n / total * column.coordinates[axis]).sum::<f64>() / self.singular[axis]
            })
            .collect();
        let distance: f64 =
            known().map(|(n, column)| (n / total - column.mass) * (n / total - column.mass) / column.mass).sum();
        let cos2 = coordinates.iter().map(|x| if distance > 0.0 { x * x / distance } else { 0.0 }).collect();
        Some(Supplementary { coordinates, cos2 })
    }
}

/// +1 or −1, so that the entry of largest size becomes positive; sizes within 1e-9 of one another count as equal.
fn sign(vector: ArrayView1<'_, f64>) -> f64 {
    let mut best = 0.0_f64;
    for &x in vector {
        if x.abs() > best.abs() * (1.0 + 1e-9) {
            best = x;
        }
    }
    if best < 0.0 { -1.0 } else { 1.0 }
}
