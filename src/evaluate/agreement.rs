//! How far coders agree beyond chance: Krippendorff's alpha, nominal and by the MASI distance between sets.
//!
//! For two coders with one label each, percent agreement and Cohen's kappa are [`super::confusion`]'s.

use std::collections::BTreeSet;

/// What one coder said of one unit: a set of classes, for instance a first and a second theme.
pub type Labels = BTreeSet<u16>;

/// The nominal distance: 0 for equal sets, 1 for others.
pub fn nominal(a: &Labels, b: &Labels) -> f64 {
    if a == b { 0.0 } else { 1.0 }
}

/// The MASI distance between sets (Passonneau 2006): 1 − J · M, with the Jaccard index J, and M = 1 for equal sets, 2/3 where one
/// holds the other, 1/3 where they only overlap, 0 where they are apart. Two empty sets are equal.
pub fn masi(a: &Labels, b: &Labels) -> f64 {
    let common = a.intersection(b).count();
    let all = a.union(b).count();
    if all == 0 {
        return 0.0;
    }
    let monotony = match common {
        _ if a == b => 1.0,
        0 => 0.0,
        _ if common == a.len() || common == b.len() => 2.0 / 3.0,
        _ => 1.0 / 3.0,
    };
    1.0 - common as f64 / all as f64 * monotony
}

/// Krippendorff's alpha (2011): 1 − observed / expected disagreement, for any number of coders and missing values.
///
/// `units` holds, unit by unit, what each coder said; `None` where a coder said nothing. A unit with fewer than two values
/// counts for nothing. `None` where no unit has two values or where no disagreement can be expected, as all values are equal.
pub fn alpha(units: &[Vec<Option<Labels>>], distance: impl Fn(&Labels, &Labels) -> f64) -> Option<f64> {
    let units: Vec<Vec<&Labels>> =
        units.iter().map(|unit| unit.iter().flatten().collect::<Vec<_>>()).filter(|unit| unit.len() > 1).collect();
    // Values are few, so distances are taken between distinct ones.
    let distinct: Vec<&Labels> = units.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let place = |value: &Labels| distinct.binary_search(&value).expect("every value is among the distinct ones");
    let k = distinct.len();
    let distances: Vec<f64> = (0..k * k).map(|at| distance(distinct[at / k], distinct[at % k])).collect();
    let mut totals = vec![0.0; k];
    let mut observed = 0.0;
    for unit in &units {
        let mut counts = vec![0.0; k];
        unit.iter().for_each(|value| counts[place(value)] += 1.0);
        observed += pairs(&counts, &distances) / (unit.len() as f64 - 1.0);
        totals.iter_mut().zip(&counts).for_each(|(total, count)| *total += count);
    }
    let n: f64 = totals.iter().sum();
    let expected = pairs(&totals, &distances) / (n - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// The sum of distances over all ordered pairs of values with these counts.
fn pairs(counts: &[f64], distances: &[f64]) -> f64 {
    let k = counts.len();
    let mut sum = 0.0;
    for (a, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
        for (b, other) in counts.iter().enumerate() {
            sum += count * other * distances[a * k + b];
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(label: u16) -> Option<Labels> {
        Some(Labels::from([label]))
    }

    #[test]
    fn alpha_of_krippendorffs_own_example() {
        // Krippendorff 2011, “Computing Krippendorff's Alpha-Reliability”, C: four observers, twelve units, nominal 0.743.
        let coders = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let units: Vec<Vec<Option<Labels>>> = (0..12)
            .map(|unit| coders.iter().map(|coder| one(coder[unit]).filter(|_| coder[unit] > 0)).collect())
            .collect();
        assert!((alpha(&units, nominal).unwrap() - 0.743).abs() < 5e-4);
    }

    #[test]
    fn alpha_of_a_binary_pair_by_hand() {
        // The same paper, A: ten units, two observers; alpha 0.095.
        let a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
        let b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
        let units: Vec<_> = a.iter().zip(b).map(|(&x, y)| vec![one(x), one(y)]).collect();
        assert!((alpha(&units, nominal).unwrap() - 0.095).abs() < 5e-4);
    }

    #[test]
    fn masi_between_sets() {
        let set = |labels: &[u16]| labels.iter().copied().collect::<Labels>();
        assert_eq!(masi(&set(&[1, 2]), &set(&[1, 2])), 0.0);
        assert!((masi(&set(&[1]), &set(&[1, 2])) - (1.0 - 0.5 * 2.0 / 3.0)).abs() < 1e-15);
        assert!((masi(&set(&[1, 3]), &set(&[1, 2])) - (1.0 - 1.0 / 9.0)).abs() < 1e-15);
        assert_eq!(masi(&set(&[1]), &set(&[2])), 1.0);
    }

    #[test]
    fn without_variation_alpha_is_undefined() {
        assert_eq!(alpha(&[vec![one(1), one(1)]], nominal), None);
        assert_eq!(alpha(&[vec![one(1), None]], nominal), None);
    }
}
