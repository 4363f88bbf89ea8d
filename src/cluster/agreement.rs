//! How far two ways of grouping the same rows agree.

use std::collections::BTreeMap;

/// The adjusted Rand index of two groupings of the same rows (Hubert and Arabie 1985): 1 for the same groups under any
/// names, 0 on average for groups drawn at random, below 0 for less agreement than chance.
///
/// With n_ij the rows in group i of `a` and group j of `b`, and sums of pairs S = Σ C(n_ij, 2), A = Σ C(n_i·, 2),
/// B = Σ C(n_·j, 2), E = A·B / C(n, 2): (S − E) / ((A + B) / 2 − E). Where that is 0 / 0 (each grouping is one group, or
/// each is all single rows, or there are fewer than two rows) the groupings are the same and the index is 1, as in
/// scikit-learn.
///
/// # Panics
/// If the groupings are of different lengths.
pub fn adjusted_rand(a: &[u32], b: &[u32]) -> f64 {
    assert_eq!(a.len(), b.len(), "both groupings must be of the same rows");
    let (mut joint, mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (&a, &b) in a.iter().zip(b) {
        *joint.entry((a, b)).or_insert(0u64) += 1;
        *rows.entry(a).or_insert(0u64) += 1;
        *columns.entry(b).or_insert(0u64) += 1;
    }
    let pairs = |n: u64| (n * n.saturating_sub(1) / 2) as f64;
    let same: f64 = joint.values().map(|&n| pairs(n)).sum();
    let in_rows: f64 = rows.values().map(|&n| pairs(n)).sum();
    let in_columns: f64 = columns.values().map(|&n| pairs(n)).sum();
    let all = pairs(a.len() as u64);
    let expected = if all > 0.0 { in_rows * in_columns / all } else { 0.0 };
    let most = (in_rows + in_columns) / 2.0;
    if most == expected { 1.0 } else { (same - expected) / (most - expected) }
}
