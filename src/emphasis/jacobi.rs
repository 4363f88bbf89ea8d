//! The singular value decomposition of a small dense matrix, by one-sided Jacobi rotations.

use ndarray::Array2;

/// Two columns count as orthogonal when their cosine is below this.
const ORTHOGONAL: f64 = 1e-15;
/// Sweeps over all pairs of columns; a dozen are usual, and the limit is there to be sure of an end.
const SWEEPS: usize = 60;

/// A = U diag(d) Vᵀ with d falling: `u` is rows × columns, `d` one value a column, `v` columns × columns.
/// A column of U whose value is 0 is 0.
///
/// One-sided Jacobi (Hestenes 1958; Golub and Van Loan, 4th ed., 8.6.3): columns are rotated against each other until
/// all are orthogonal. It is slow for wide matrices and accurate in the small values, which the eigenvalues of AᵀA
/// are not.
pub fn svd(a: &Array2<f64>) -> (Array2<f64>, Vec<f64>, Array2<f64>) {
    let (rows, columns) = a.dim();
    let mut u: Vec<Vec<f64>> = (0..columns).map(|j| a.column(j).to_vec()).collect();
    let mut v: Vec<Vec<f64>> =
        (0..columns).map(|j| (0..columns).map(|i| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..SWEEPS {
        let mut rotated = false;
        for i in 0..columns {
            for j in i + 1..columns {
                let alpha: f64 = u[i].iter().map(|x| x * x).sum();
                let beta: f64 = u[j].iter().map(|x| x * x).sum();
                let gamma: f64 = u[i].iter().zip(&u[j]).map(|(x, y)| x * y).sum();
                if gamma == 0.0 || gamma.abs() <= ORTHOGONAL * (alpha * beta).sqrt() {
                    continue;
                }
                rotated = true;
                let zeta = (beta - alpha) / (2.0 * gamma);
                let t = zeta.signum() / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
                let c = 1.0 / (1.0 + t * t).sqrt();
                rotate(&mut u, i, j, c, c * t);
                rotate(&mut v, i, j, c, c * t);
            }
        }
        if !rotated {
            break;
        }
    }
    let norms: Vec<f64> = u.iter().map(|column| column.iter().map(|x| x * x).sum::<f64>().sqrt()).collect();
    let mut order: Vec<usize> = (0..columns).collect();
    order.sort_by(|&i, &j| norms[j].total_cmp(&norms[i]).then(i.cmp(&j)));
    let unit = |index: usize, row: usize| if norms[index] > 0.0 { u[index][row] / norms[index] } else { 0.0 };
    (
        Array2::from_shape_fn((rows, columns), |(row, column)| unit(order[column], row)),
        order.iter().map(|&index| norms[index]).collect(),
        Array2::from_shape_fn((columns, columns), |(row, column)| v[order[column]][row]),
    )
}

fn rotate(columns: &mut [Vec<f64>], i: usize, j: usize, c: f64, s: f64) {
    let (left, right) = columns.split_at_mut(j);
    for (x, y) in left[i].iter_mut().zip(&mut right[0]) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}
