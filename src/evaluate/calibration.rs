//! Whether probabilities mean what they say: the reliability table and the expected calibration error.

/// One bin of a reliability table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The least probability of the bin.
    pub from: f64,
    /// The probability at which the bin ends; it belongs to the next bin, but 1 to the last.
    pub to: f64,
    /// How many calls fall into it.
    pub count: usize,
    /// The mean probability of its calls; `None` where it is empty.
    pub said: Option<f64>,
    /// The share of right calls; `None` where it is empty.
    pub right: Option<f64>,
}

/// The reliability table of calls given as (probability, right), in `bins` bins of equal width.
pub fn reliability(calls: &[(f64, bool)], bins: usize) -> Vec<Bin> {
    let bins = bins.max(1);
    let mut sums = vec![(0usize, 0.0, 0usize); bins];
    for &(p, right) in calls {
        let bin = &mut sums[((p * bins as f64) as usize).min(bins - 1)];
        *bin = (bin.0 + 1, bin.1 + p, bin.2 + usize::from(right));
    }
    let bin = |(i, (count, said, right)): (usize, (usize, f64, usize))| Bin {
        from: i as f64 / bins as f64,
        to: (i + 1) as f64 / bins as f64,
        count,
        said: (count > 0).then(|| said / count as f64),
        right: (count > 0).then(|| right as f64 / count as f64),
    };
    sums.into_iter().enumerate().map(bin).collect()
}

/// The expected calibration error (Naeini et al. 2015): Σ count / n · |right − said| over the bins; `None` without calls.
pub fn expected_error(table: &[Bin]) -> Option<f64> {
    let n: usize = table.iter().map(|bin| bin.count).sum();
    let gap = |bin: &Bin| bin.count as f64 * (bin.right.unwrap_or(0.0) - bin.said.unwrap_or(0.0)).abs();
    (n > 0).then(|| table.iter().map(gap).sum::<f64>() / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        // 0.9 and 1.0 in the last of two bins, one right: said 0.95, right 0.5; 0.4 wrong: said 0.4, right 0.
        let table = reliability(&[(0.9, true), (1.0, false), (0.4, false)], 2);
        assert_eq!((table[1].count, table[1].said, table[1].right), (2, Some(0.95), Some(0.5)));
        assert!((expected_error(&table).unwrap() - (2.0 * 0.45 + 0.4) / 3.0).abs() < 1e-15);
    }

    #[test]
    fn nothing_has_no_error() {
        assert_eq!(expected_error(&reliability(&[], 10)), None);
    }
}
