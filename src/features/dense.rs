//! Small dense linear algebra whose bits do not depend on the machine: Gram matrices, orthonormal columns, eigenvectors.
//!
//! ndarray's own product picks fused instructions where the processor has them, so its last digits differ between
//! machines; what is written here is plain multiplication and addition in a fixed order, at any thread count.

use ndarray::Array2;
use rayon::prelude::*;

/// Rows summed in `f32` before they join the `f64` sum: the rounding of so short a sum stays near 1e-6 of it.
const BLOCK: usize = 128;
/// Blocks summed by one thread at a time, in order.
const BLOCKS: usize = 16;
/// A column whose part outside the columns before it is shorter than this share of it depends on them, as far as `f32`
/// can tell (2⁻²⁴ with room for the rounding of the Gram matrix).
const DEPENDENT: f64 = 1e-5;
/// Jacobi sweeps after which the eigenvectors of any matrix used here have converged to the last bit; 6 to 10 are usual.
const SWEEPS: usize = 30;

/// The Gram matrix XᵀX of `rows` (n × width, row after row): width × width.
pub(crate) fn gram(rows: &[f32], width: usize) -> Array2<f64> {
    let mut total = Array2::<f64>::zeros((width, width));
    if width == 0 {
        return total;
    }
    let partial: Vec<Vec<f64>> = rows
        .par_chunks(BLOCK * BLOCKS * width)
        .map(|rows| {
            let mut sum = vec![0.0f64; width * width];
            let mut block_sum = vec![0.0f32; width * width];
            for block in rows.chunks(BLOCK * width) {
                block_sum.fill(0.0);
                gram_block(block, width, &mut block_sum);
                for (sum, &part) in sum.iter_mut().zip(&block_sum) {
                    *sum += f64::from(part);
                }
            }
            sum
        })
        .collect();
    for sum in partial {
        for (total, part) in total.iter_mut().zip(sum) {
            *total += part;
        }
    }
    for i in 0..width {
        for j in 0..i {
            total[[i, j]] = total[[j, i]];
        }
    }
    total
}

/// Adds the upper triangle of the block's Gram matrix to `sum`, four rows at a time so that each sum is touched less often.
fn gram_block(block: &[f32], width: usize, sum: &mut [f32]) {
    let mut quads = block.chunks_exact(4 * width);
    for quad in &mut quads {
        let (a, rest) = quad.split_at(width);
        let (b, rest) = rest.split_at(width);
        let (c, d) = rest.split_at(width);
        for i in 0..width {
            let (ai, bi, ci, di) = (a[i], b[i], c[i], d[i]);
            let tail = a[i..].iter().zip(&b[i..]).zip(&c[i..]).zip(&d[i..]);
            for (sum, (((a, b), c), d)) in sum[i * width + i..(i + 1) * width].iter_mut().zip(tail) {
                *sum += (ai * a + bi * b) + (ci * c + di * d);
            }
        }
    }
    for row in quads.remainder().chunks_exact(width) {
        for i in 0..width {
            for (sum, x) in sum[i * width + i..(i + 1) * width].iter_mut().zip(&row[i..]) {
                *sum += row[i] * x;
            }
        }
    }
}

/// Makes the columns of `rows` (n × width) orthonormal in place: X ← X R⁻¹ with RᵀR = XᵀX (Cholesky QR). A column that
/// depends on those before it becomes zero. Done twice (CholeskyQR2; Yamamoto and others 2015) the columns are orthonormal
/// to rounding.
pub(crate) fn orthonormalise(rows: &mut [f32], width: usize) {
    if width == 0 {
        return;
    }
    let factor = cholesky(&gram(rows, width));
    rows.par_chunks_mut(BLOCK * width).for_each(|block| {
        let mut left = vec![0.0f64; width];
        for row in block.chunks_exact_mut(width) {
            left.iter_mut().zip(row.iter()).for_each(|(left, &x)| *left = f64::from(x));
            for i in 0..width {
                let pivot = factor[[i, i]];
                let x = if pivot > 0.0 { left[i] / pivot } else { 0.0 };
                row[i] = x as f32;
                let (_, tail) = left.split_at_mut(i + 1);
                let factors = factor.row(i);
                let factors = factors.as_slice().expect("a fresh matrix lies row after row");
                tail.iter_mut().zip(&factors[i + 1..]).for_each(|(left, factor)| *left -= x * factor);
            }
        }
    });
}

/// The upper factor R with RᵀR = `gram`. A dependent column gets a zero row, pivot included.
fn cholesky(gram: &Array2<f64>) -> Array2<f64> {
    let width = gram.nrows();
    let mut factor = Array2::<f64>::zeros((width, width));
    let mut left = gram.clone();
    for i in 0..width {
        if left[[i, i]] <= gram[[i, i]] * DEPENDENT * DEPENDENT || gram[[i, i]] <= f64::MIN_POSITIVE {
            continue;
        }
        let pivot = left[[i, i]].sqrt();
        for j in i..width {
            factor[[i, j]] = left[[i, j]] / pivot;
        }
        for j in i + 1..width {
            for k in j..width {
                left[[j, k]] -= factor[[i, j]] * factor[[i, k]];
            }
        }
    }
    factor
}

/// The eigenvalues, largest first, and the eigenvectors, as rows in the same order, of a symmetric matrix, by cyclic
/// Jacobi rotations (Golub and Van Loan, *Matrix Computations*, §8.5). Equal eigenvalues keep the order of the columns they
/// came from. The sign of a vector is not fixed here.
pub(crate) fn eigen(matrix: &Array2<f64>) -> (Vec<f64>, Array2<f64>) {
    let n = matrix.nrows();
    let mut a = matrix.clone();
    let mut vectors = Array2::<f64>::eye(n);
    let scale: f64 = matrix.iter().map(|x| x * x).sum();
    for _ in 0..SWEEPS {
        let mut off = 0.0;
        for i in 0..n {
            for j in i + 1..n {
                off += a[[i, j]] * a[[i, j]];
            }
        }
        if off <= scale * f64::EPSILON * f64::EPSILON {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut vectors, p, q);
            }
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| a[[j, j]].total_cmp(&a[[i, i]]).then(i.cmp(&j)));
    let values = order.iter().map(|&i| a[[i, i]]).collect();
    (values, Array2::from_shape_fn((n, n), |(i, j)| vectors[[order[i], j]]))
}

/// One rotation in the plane of `p` and `q`, after which a[p, q] is zero; `vectors` holds the eigenvectors as rows.
fn rotate(a: &mut Array2<f64>, vectors: &mut Array2<f64>, p: usize, q: usize) {
    let apq = a[[p, q]];
    if apq == 0.0 {
        return;
    }
    let theta = (a[[q, q]] - a[[p, p]]) / (2.0 * apq);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    let n = a.nrows();
    for k in 0..n {
        let (akp, akq) = (a[[k, p]], a[[k, q]]);
        a[[k, p]] = c * akp - s * akq;
        a[[k, q]] = s * akp + c * akq;
    }
    for k in 0..n {
        let (apk, aqk) = (a[[p, k]], a[[q, k]]);
        a[[p, k]] = c * apk - s * aqk;
        a[[q, k]] = s * apk + c * aqk;
    }
    for k in 0..n {
        let (vp, vq) = (vectors[[p, k]], vectors[[q, k]]);
        vectors[[p, k]] = c * vp - s * vq;
        vectors[[q, k]] = s * vp + c * vq;
    }
}

/// Turns each row of `vectors` so that its entry of largest magnitude is positive; of equal magnitudes the first decides.
pub(crate) fn fix_signs(vectors: &mut Array2<f32>) {
    for mut vector in vectors.rows_mut() {
        let largest = vector.iter().fold(0.0f32, |best, &x| if x.abs() > best.abs() { x } else { best });
        if largest < 0.0 {
            vector.mapv_inplace(|x| -x);
        }
    }
}
