//! Intervals for figures on sentences that cluster in documents.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A figure with its interval.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Interval {
    /// The figure on what was observed.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The percentile interval of a figure by drawing whole groups with replacement (Efron and Tibshirani 1993, ch. 8).
///
/// `figure` gets the indices of the groups drawn, and may be undefined (`None`) for a draw, which then is left out. `None` where the
/// figure of all groups, or of every draw, is undefined. The ends are order statistics: of `draws` sorted values the one at
/// ⌊(draws − 1) · (1 − level) / 2⌋ and its mirror image.
pub fn by_group(
    groups: usize,
    draws: usize,
    level: f64,
    seed: u64,
    figure: impl Fn(&[usize]) -> Option<f64>,
) -> Option<Interval> {
    many_by_group(groups, draws, level, seed, |drawn| vec![figure(drawn)]).into_iter().next().flatten()
}

/// The same for several figures of the same draws; `figures` gives as many each time.
pub fn many_by_group(
    groups: usize,
    draws: usize,
    level: f64,
    seed: u64,
    figures: impl Fn(&[usize]) -> Vec<Option<f64>>,
) -> Vec<Option<Interval>> {
    let values = figures(&(0..groups).collect::<Vec<_>>());
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(draws); values.len()];
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    if groups > 0 {
        for _ in 0..draws {
            let found = figures(&(0..groups).map(|_| random.gen_range(0..groups)).collect::<Vec<_>>());
            drawn.iter_mut().zip(found).for_each(|(list, value)| list.extend(value));
        }
    }
    let interval = |(value, mut list): (Option<f64>, Vec<f64>)| {
        list.sort_by(f64::total_cmp);
        let last = list.len().checked_sub(1)?;
        let cut = (last as f64 * (1.0 - level) / 2.0) as usize;
        Some(Interval { value: value?, low: list[cut], high: list[last - cut] })
    };
    values.into_iter().zip(drawn).map(interval).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64]) -> impl Fn(&[usize]) -> Option<f64> + '_ {
        |drawn| (!drawn.is_empty()).then(|| drawn.iter().map(|&i| values[i]).sum::<f64>() / drawn.len() as f64)
    }

    #[test]
    fn the_interval_of_a_mean_is_near_the_normal_one() {
        let values: Vec<f64> = (0..200).map(|i| f64::from(i % 10)).collect();
        let interval = by_group(200, 2000, 0.95, 3, mean(&values)).unwrap();
        // sd = 2.872, standard error 0.2031, ±1.96 · 0.2031 = ±0.398.
        assert_eq!(interval.value, 4.5);
        assert!((interval.low - 4.102).abs() < 0.05 && (interval.high - 4.898).abs() < 0.05, "{interval:?}");
        assert_eq!(by_group(200, 2000, 0.95, 3, mean(&values)), Some(interval), "the seed fixes the draws");
    }

    #[test]
    fn no_groups_have_no_interval() {
        assert_eq!(by_group(0, 10, 0.95, 1, mean(&[])), None);
    }
}
