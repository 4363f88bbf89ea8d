//! A plane on which rows near each other stand near each other, as far as two directions can show it.

use ndarray::Array2;
use rayon::prelude::*;

use crate::features::dense::{eigen, fix_signs, gram};

/// Rows centred by one thread at a time.
const CHUNK: usize = 4096;

/// The place (x, y) of each row (rows × axes) on the first two principal axes of the rows: the directions in which the
/// centred rows vary most (Pearson 1901). The weight of largest magnitude of each axis is positive, so that the map does
/// not turn over from run to run.
///
/// A row of zeros has no place. Where the rows vary in one direction only, y is 0; where they do not vary, so is x.
pub fn map(rows: &Array2<f32>) -> Vec<Option<[f32; 2]>> {
    let width = rows.ncols();
    let placed: Vec<usize> = (0..rows.nrows()).filter(|&row| rows.row(row).iter().any(|&x| x != 0.0)).collect();
    let mut places = vec![None; rows.nrows()];
    if placed.is_empty() {
        return places;
    }
    let mut mean = vec![0.0f64; width];
    for &row in &placed {
        mean.iter_mut().zip(rows.row(row)).for_each(|(sum, &x)| *sum += f64::from(x));
    }
    mean.iter_mut().for_each(|sum| *sum /= placed.len() as f64);
    let mut centred = vec![0.0f32; placed.len() * width];
    centred.par_chunks_mut(CHUNK * width).zip(placed.par_chunks(CHUNK)).for_each(|(centred, placed)| {
        for (centred, &row) in centred.chunks_exact_mut(width).zip(placed) {
            let values = centred.iter_mut().zip(rows.row(row)).zip(&mean);
            values.for_each(|((centred, &x), mean)| *centred = (f64::from(x) - mean) as f32);
        }
    });
    let (values, vectors) = eigen(&gram(&centred, width));
    // A direction in which the rows vary by rounding alone is none.
    let real = |axis: usize| values.get(axis).is_some_and(|&value| value > 1e-9 * placed.len() as f64);
    let mut axes =
        Array2::from_shape_fn((2, width), |(axis, i)| if real(axis) { vectors[[axis, i]] as f32 } else { 0.0 });
    fix_signs(&mut axes);
    for (centred, row) in centred.chunks_exact(width).zip(placed) {
        let along = |axis: usize| axes.row(axis).iter().zip(centred).map(|(a, x)| a * x).sum::<f32>();
        places[row] = Some([along(0), along(1)]);
    }
    places
}
