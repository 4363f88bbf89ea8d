//! Probabilities that mean what they say, and the sentences a coder should not decide.

/// The temperature that makes `softmax(scores / t)` most likely on held-out sentences (Guo et al., 2017).
///
/// `scores` holds `classes` numbers a sentence, and are log-odds: ln t is sought in −2…2.
pub fn temperature(scores: &[f32], targets: &[u16], classes: usize) -> f32 {
    temperature_within(scores, targets, classes, (-2.0, 2.0))
}

/// As [`temperature`], by golden-section search over ln t between two ends, in which the likelihood has one minimum; 1 where there
/// is nothing to fit.
pub fn temperature_within(scores: &[f32], targets: &[u16], classes: usize, ends: (f64, f64)) -> f32 {
    if targets.is_empty() {
        return 1.0;
    }
    let loss = |log_t: f64| {
        let t = libm::exp(log_t);
        let mut sum = 0.0;
        for (scores, &target) in scores.chunks(classes).zip(targets) {
            let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let total: f64 = scores.iter().map(|&score| libm::exp(f64::from(score - most) / t)).sum();
            sum += libm::log(total) - f64::from(scores[usize::from(target)] - most) / t;
        }
        sum
    };
    let ratio = 0.618_033_988_749_894_9;
    let (mut low, mut high) = ends;
    let (mut left, mut right) = (high - ratio * (high - low), low + ratio * (high - low));
    let (mut at_left, mut at_right) = (loss(left), loss(right));
    for _ in 0..40 {
        if at_left <= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - ratio * (high - low);
            at_left = loss(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + ratio * (high - low);
            at_right = loss(right);
        }
    }
    libm::exp(0.5 * (low + high)) as f32
}

/// One point of a risk–coverage table: what is left, and how wrong it is, when calls below `threshold` are not made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskPoint {
    /// The least probability that is accepted.
    pub threshold: f32,
    /// The share of sentences whose calls are accepted.
    pub coverage: f32,
    /// The share of wrong calls among the accepted.
    pub error: f32,
}

/// The most points a table holds.
const POINTS: usize = 200;

/// The risk–coverage table of held-out calls, given as (probability, right); by falling threshold.
pub fn risk_table(calls: &[(f32, bool)]) -> Vec<RiskPoint> {
    let mut sorted = calls.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    let n = sorted.len();
    let (mut table, mut wrong) = (Vec::new(), 0usize);
    for (i, &(p, right)) in sorted.iter().enumerate() {
        wrong += usize::from(!right);
        let accepted = i + 1;
        let tied = sorted.get(accepted).is_some_and(|next| next.0 == p);
        let due = accepted * POINTS / n != i * POINTS / n || accepted == n;
        if !tied && due {
            let accepted = accepted as f32;
            table.push(RiskPoint { threshold: p, coverage: accepted / n as f32, error: wrong as f32 / accepted });
        }
    }
    table
}

/// The lowest threshold whose accepted calls are wrong in at most `error` of all cases; above 1 where none is.
pub fn threshold_for_error(table: &[RiskPoint], error: f32) -> f32 {
    match table.iter().rposition(|point| point.error <= error) {
        Some(last) if last + 1 == table.len() => 0.0,
        Some(last) => table[last].threshold,
        None => f32::INFINITY,
    }
}

/// The highest threshold that leaves at least `coverage` of the sentences.
pub fn threshold_for_coverage(table: &[RiskPoint], coverage: f32) -> f32 {
    match table.iter().position(|point| point.coverage >= coverage) {
        Some(at) if at + 1 < table.len() => table[at].threshold,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temperature_undoes_overconfidence() {
        // Scores say 0.881 (logit 2), the truth is three in four (logit 1.0986): t = 2 / 1.0986 = 1.8205.
        let scores = [2.0, 0.0].repeat(400);
        let targets: Vec<u16> = (0..400).map(|i| u16::from(i % 4 == 0)).collect();
        assert!((temperature(&scores, &targets, 2) - 1.8205).abs() < 1e-3);
        assert_eq!(temperature(&[], &[], 2), 1.0);
    }

    #[test]
    fn the_table_gives_thresholds_both_ways() {
        let calls = [(0.9, true), (0.8, true), (0.7, false), (0.6, true), (0.5, false)];
        let table = risk_table(&calls);
        assert_eq!(table.len(), 5);
        assert_eq!(table[2], RiskPoint { threshold: 0.7, coverage: 0.6, error: 1.0 / 3.0 });
        assert_eq!(threshold_for_error(&table, 0.0), 0.8);
        assert_eq!(threshold_for_error(&table, 0.25), 0.6, "the largest coverage, though one point before is worse");
        assert_eq!(threshold_for_error(&table, 0.5), 0.0, "everything may be accepted");
        assert_eq!(threshold_for_coverage(&table, 0.4), 0.8);
        assert_eq!(threshold_for_coverage(&table, 1.0), 0.0);
        assert_eq!(threshold_for_error(&risk_table(&[(0.9, false)]), 0.1), f32::INFINITY);
    }
}
