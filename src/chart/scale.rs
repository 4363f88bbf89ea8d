//! From values to pixels, and the numbers beside them.

/// A linear scale from values to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    from: (f64, f64),
    to: (f64, f64),
}

impl Scale {
    /// Maps `from.0` to `to.0` and `from.1` to `to.1`; a range without width is widened by one half each way.
    pub(super) fn new(from: (f64, f64), to: (f64, f64)) -> Scale {
        let from = if from.0 == from.1 { (from.0 - 0.5, from.1 + 0.5) } else { from };
        Scale { from, to }
    }

    /// The pixel of a value.
    pub(super) fn at(&self, value: f64) -> f64 {
        self.to.0 + (value - self.from.0) / (self.from.1 - self.from.0) * (self.to.1 - self.to.0)
    }
}

/// The smallest and largest finite value; (0, 1) where there is none.
pub(super) fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|v| v.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if low <= high { (low, high) } else { (0.0, 1.0) }
}

/// The range of an axis for bars from zero that a few far values do not stretch: zero and all values up to a fence, which stands
/// three times the distance of the quartiles beyond them (Tukey's outer fence), and at least at twice the quartile, so that
/// values that lie close together are not cut. The other side of zero reaches as far where values lie there, so that a fall is
/// seen among rises. What is farther is drawn at the edge.
pub(super) fn robust(values: &[f64]) -> (f64, f64) {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else { return (0.0, 1.0) };
    let quartile = |quarter: usize| {
        let at = quarter * (sorted.len() - 1);
        let (below, above) = (sorted[at / 4], sorted[(at / 4 + 1).min(sorted.len() - 1)]);
        below + (above - below) * (at % 4) as f64 / 4.0
    };
    let (first, third) = (quartile(1), quartile(3));
    let reach = 3.0 * (third - first);
    let (below, above) = ((first - reach).min(2.0 * first).min(0.0), (third + reach).max(2.0 * third).max(0.0));
    let low = least.max(below.min(-above)).min(0.0);
    let high = most.min(above.max(-below)).max(0.0);
    if low < high { (low, high) } else { (0.0, 1.0) }
}

/// The range widened by a share `by` of its width on both sides.
pub(super) fn widen((low, high): (f64, f64), by: f64) -> (f64, f64) {
    let more = (high - low) * by;
    (low - more, high + more)
}

/// Round values within `low..=high`, at steps of 1, 2 or 5 times a power of ten, about `count` of them; and their decimals.
pub(super) fn ticks(low: f64, high: f64, count: usize) -> (Vec<f64>, usize) {
    if high <= low || !(high - low).is_finite() {
        return (vec![low], 2);
    }
    let rough = (high - low) / count.max(1) as f64;
    let power = libm::floor(libm::log10(rough));
    let base = libm::pow(10.0, power);
    let step =
        [1.0, 2.0, 5.0, 10.0].map(|m| m * base).into_iter().find(|&step| step >= rough * 0.999).unwrap_or(base * 10.0);
    let decimals = (-libm::floor(libm::log10(step) + 1e-9)).max(0.0) as usize;
    let (first, last) = (libm::ceil(low / step - 1e-9) as i64, libm::floor(high / step + 1e-9) as i64);
    ((first..=last).map(|k| k as f64 * step).collect(), decimals)
}

/// `value` with a fixed number of decimals, and never “-0”; `–` where it is not finite.
pub(super) fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let written = format!("{value:.decimals$}");
    let zero = written.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.'));
    if zero { written.trim_start_matches('-').to_owned() } else { written.replacen('-', "−", 1) }
}

/// A share of one as per cent without the sign: one decimal.
pub(super) fn percent(share: f64) -> String {
    number(share * 100.0, 1)
}

/// A ratio as people write it: up to two decimals, three below 0.2, zeros at the end left out.
pub(super) fn ratio(value: f64) -> String {
    let written = number(value, if value < 0.2 { 3 } else { 2 });
    if written.contains('.') { written.trim_end_matches('0').trim_end_matches('.').to_owned() } else { written }
}

/// A whole number with thin groups of three: `12 345`.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut written = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 4 {
            written.push('\u{A0}');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks(0.0, 1.0, 5), (vec![0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0], 1));
        assert_eq!(ticks(-7.0, 23.0, 6).0, [-5.0, 0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(ticks(0.0, 0.04, 4), (vec![0.0, 0.01, 0.02, 0.03, 0.04], 2));
        assert_eq!(ticks(3.0, 3.0, 4).0, [3.0]);
    }

    #[test]
    fn a_far_value_does_not_stretch_an_axis() {
        // Quartiles 6 and 8: the fences are 8 + 3 · 2 = 14 against 2 · 8 = 16, so 16; below, nothing lies under zero.
        assert_eq!(robust(&[5.0, 6.0, 7.0, 8.0, 128.0]), (0.0, 16.0));
        // Within the fences the axis ends at the values.
        assert_eq!(robust(&[5.0, 6.0, 7.0, 8.0, 12.0]), (0.0, 12.0));
        assert_eq!(robust(&[8.0, 8.0, 8.0, 8.0, 10.0]), (0.0, 10.0));
        // Quartiles −3 and 6: the lower fence is −3 − 27 = −30, the upper one 6 + 27 = 33, and so far it goes below too.
        assert_eq!(robust(&[-90.0, -3.0, 4.0, 6.0, 7.0]), (-33.0, 7.0));
        // A lone fall stays on the axis.
        assert_eq!(robust(&[-5.0, 6.0, 7.0, 8.0, 8.0]), (-5.0, 8.0));
        assert_eq!(robust(&[]), (0.0, 1.0));
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(number(-0.001, 1), "0.0");
        assert_eq!(number(-2.25, 1), "−2.2");
        assert_eq!(number(f64::NAN, 1), "–");
        assert_eq!(percent(0.1234), "12.3");
        assert_eq!([ratio(0.25), ratio(1.0), ratio(0.125)], ["0.25", "1", "0.125"]);
        assert_eq!([grouped(1234), grouped(12345)], ["1234", "12\u{A0}345"]);
    }

    #[test]
    fn a_scale_without_width_still_maps() {
        assert_eq!(Scale::new((2.0, 2.0), (0.0, 10.0)).at(2.0), 5.0);
    }
}
