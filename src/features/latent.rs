//! Latent axes: the few directions in which weighted rows differ most (latent semantic analysis).

use ndarray::Array2;
use rand::{RngCore, SeedableRng, seq::index};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::counts::Sparse;
use super::dense::{eigen, fix_signs, gram, orthonormalise};

/// Rows multiplied by one thread at a time.
const CHUNK: usize = 512;
/// An axis whose singular value is a smaller share of the first is rounding, not a direction.
const NO_AXIS: f64 = 1e-5;

/// How the axes are found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LatentParams {
    /// The number of axes; fewer where the rows span fewer.
    pub dims: usize,
    /// The number of power iterations; each brings the axes nearer to the exact ones.
    pub iterations: usize,
    /// Directions carried beyond `dims` while iterating and dropped at the end.
    pub oversample: usize,
    /// Above this many rows the axes are fitted on a seeded sample of so many, and applied to all.
    pub fit_rows: usize,
    /// The seed of the sample and of the first directions.
    pub seed: u64,
}

impl Default for LatentParams {
    fn default() -> Self {
        LatentParams { dims: 64, iterations: 4, oversample: 16, fit_rows: 40_000, seed: 1 }
    }
}

/// The axes learned from weighted rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Latent {
    /// Terms × axes: the right singular vectors, strongest axis first; each axis's weight of largest magnitude is positive.
    pub axes: Array2<f32>,
    /// The singular value of each axis over the rows it was fitted on, falling.
    pub singular_values: Vec<f64>,
    /// The number of rows it was fitted on.
    pub fitted_rows: usize,
}

impl Latent {
    /// Finds the axes of `weights` (rows × terms) by a randomised singular value decomposition (Halko, Martinsson and
    /// Tropp 2011): a seeded matrix of random signs is taken through (AᵀA) `iterations` times with its columns kept
    /// orthonormal, and the singular vectors are read off within the space so found (Rayleigh–Ritz).
    ///
    /// Rows that span fewer than `dims` directions give fewer axes; no rows or no terms give none. The same bits come out
    /// at any thread count.
    pub fn fit(weights: &Sparse, params: &LatentParams) -> Latent {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(params.seed);
        let sample = (weights.rows() > params.fit_rows).then(|| sample(weights, params.fit_rows, &mut rng));
        let weights = sample.as_ref().unwrap_or(weights);
        let (rows, terms) = weights.shape();
        let dims = params.dims.min(rows).min(terms);
        // A multiple of four lets the inner loops run without a remainder.
        let width = (dims + params.oversample).next_multiple_of(4).min(rows.min(terms));
        if dims == 0 {
            return Latent { axes: Array2::zeros((terms, 0)), singular_values: Vec::new(), fitted_rows: rows };
        }
        let transposed = weights.to_other_storage();
        let mut right = signs(terms * width, &mut rng);
        let mut left = vec![0.0f32; rows * width];
        for _ in 0..params.iterations.max(1) {
            multiply(weights, &right, width, &mut left);
            multiply(&transposed, &left, width, &mut right);
            orthonormalise(&mut right, width);
        }
        orthonormalise(&mut right, width);
        multiply(weights, &right, width, &mut left);
        let (values, vectors) = eigen(&gram(&left, width));
        let singular: Vec<f64> = values.iter().map(|value| value.max(0.0).sqrt()).collect();
        let kept = singular.iter().take(dims).filter(|&&value| value > NO_AXIS * singular[0]).count();
        if kept == 0 {
            return Latent { axes: Array2::zeros((terms, 0)), singular_values: Vec::new(), fitted_rows: rows };
        }
        Latent {
            axes: turn(&right, width, &vectors, kept, terms),
            singular_values: singular[..kept].to_vec(),
            fitted_rows: rows,
        }
    }

    /// The number of axes.
    pub fn dims(&self) -> usize {
        self.axes.ncols()
    }

    /// The places of `weights` (rows × terms) on the axes, each row divided by its Euclidean norm: rows × axes. A row
    /// without a term, or one that is orthogonal to every axis, stays all zero.
    ///
    /// # Panics
    /// If the rows are of another vocabulary (another number of terms).
    pub fn transform(&self, weights: &Sparse) -> Array2<f32> {
        assert_eq!(weights.cols(), self.axes.nrows(), "rows and axes must be of one vocabulary");
        let dims = self.dims();
        let mut places = vec![0.0f32; weights.rows() * dims];
        let axes = self.axes.as_slice().expect("the axes lie row after row");
        multiply(weights, axes, dims, &mut places);
        if dims > 0 {
            places.par_chunks_mut(CHUNK * dims).for_each(|rows| rows.chunks_exact_mut(dims).for_each(normalise));
        }
        Array2::from_shape_vec((weights.rows(), dims), places).expect("rows × axes places were made")
    }
}

/// A place shorter than this is the rounding of a row that no axis sees.
const NO_PLACE: f64 = 1e-6;

fn normalise(row: &mut [f32]) {
    let norm = row.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
    if norm > NO_PLACE {
        row.iter_mut().for_each(|x| *x = (f64::from(*x) / norm) as f32);
    } else {
        row.fill(0.0);
    }
}

/// `size` of the rows, drawn without replacement, in their order.
fn sample(weights: &Sparse, size: usize, rng: &mut Xoshiro256PlusPlus) -> Sparse {
    let mut rows = index::sample(rng, weights.rows(), size).into_vec();
    rows.sort_unstable();
    let (mut starts, mut indices, mut data) = (vec![0], Vec::new(), Vec::new());
    for row in rows {
        let row = weights.outer_view(row).expect("the sampled row is one of the rows");
        indices.extend_from_slice(row.indices());
        data.extend_from_slice(row.data());
        starts.push(indices.len());
    }
    Sparse::new((size, weights.cols()), starts, indices, data)
}

/// `count` random signs. Signs serve as well as normal variates as a sketch and need no logarithm.
fn signs(count: usize, rng: &mut Xoshiro256PlusPlus) -> Vec<f32> {
    let mut signs = Vec::with_capacity(count + 63);
    while signs.len() < count {
        let bits = rng.next_u64();
        signs.extend((0..64).map(|bit| if bits >> bit & 1 == 0 { -1.0f32 } else { 1.0 }));
    }
    signs.truncate(count);
    signs
}

/// `product` = `matrix` × `dense`, where `dense` has `width` columns; over the outer dimension of `matrix`, so that a
/// matrix by columns multiplies as its transpose. Each row of the product is summed in the order of its entries.
fn multiply(matrix: &Sparse, dense: &[f32], width: usize, product: &mut [f32]) {
    if width == 0 {
        return;
    }
    product.par_chunks_mut(CHUNK * width).enumerate().for_each(|(chunk, rows)| {
        for (offset, sum) in rows.chunks_exact_mut(width).enumerate() {
            sum.fill(0.0);
            let row = matrix.outer_view(chunk * CHUNK + offset).expect("the product has the rows of the matrix");
            for (&column, &weight) in row.indices().iter().zip(row.data()) {
                let factors = &dense[column as usize * width..(column as usize + 1) * width];
                sum.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += weight * factor);
            }
        }
    });
}

/// The first `kept` singular vectors, terms × kept: `basis` (terms × width) turned by the eigenvectors (as rows), signs
/// fixed.
fn turn(basis: &[f32], width: usize, vectors: &Array2<f64>, kept: usize, terms: usize) -> Array2<f32> {
    let rotation: Vec<f32> = (0..width).flat_map(|i| (0..kept).map(move |axis| vectors[[axis, i]] as f32)).collect();
    let mut turned = vec![0.0f32; terms * kept];
    turned.par_chunks_mut(CHUNK * kept).zip(basis.par_chunks(CHUNK * width)).for_each(|(turned, basis)| {
        for (sum, row) in turned.chunks_exact_mut(kept).zip(basis.chunks_exact(width)) {
            for (&x, factors) in row.iter().zip(rotation.chunks_exact(kept)) {
                sum.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += x * factor);
            }
        }
    });
    let mut axes =
        Array2::from_shape_vec((terms, kept), turned).expect("terms × kept weights were made").reversed_axes();
    fix_signs(&mut axes);
    axes.reversed_axes()
}
