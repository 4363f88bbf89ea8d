//! Shares corrected for the coder's own error, from a random sample of measures that people have labelled.
//!
//! Two estimators stand beside each other. Prediction-powered inference (Angelopoulos, Bates, Fannjiang, Jordan, Zrnic 2023,
//! with the power tuning of Angelopoulos, Duchi, Zrnic 2023) adds the mean error on the sample to the share of predictions; the
//! confusion-matrix estimator (Tenenbein 1970) spreads each predicted class over the true ones as the sample does.
//! Both need the sample to be drawn at random from the measures they speak about.

use rand::Rng;

use super::distributions::normal_quantile;
use super::interval::{dirichlet, percentiles, stream};

/// A share before and after correction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corrected {
    /// The share of predictions, uncorrected.
    pub predicted: f64,
    /// The corrected share (or quotient).
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end of its interval.
    pub high: f64,
}

/// One labelled measure: what the coder predicted (abstaining is a class of its own) and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The predicted class.
    pub predicted: usize,
    /// The true class.
    pub truth: usize,
}

/// The weight λ that prediction-powered inference gives to the coder: the value between 0 and 1 that makes the sum of the
/// variances of all classes' shares least, Σₖ Cov(yₖ, fₖ) / ((1 + n/N) Σₖ Var fₖ), so that a useless coder costs nothing. `counts` are
/// the predictions outside the sample.
///
/// One λ for all classes, so that their shares add up to 1, those of a class that is predicted and never true (an abstention) included and
/// but for values cut at 0; one λ for each makes a rare class nought where the sample has none of its predictions, and the sum with it.
pub fn power(counts: &[f64], labels: &[Labelled]) -> f64 {
    let total: f64 = counts.iter().sum();
    let n = labels.len() as f64;
    if labels.is_empty() || total <= 0.0 {
        return 0.0;
    }
    let classes = labels.iter().map(|label| label.predicted.max(label.truth) + 1).fold(counts.len(), usize::max);
    let (mut truths, mut calls) = (vec![0.0; classes], vec![0.0; classes]);
    for label in labels {
        truths[label.truth] += 1.0;
        calls[label.predicted] += 1.0;
    }
    let right = labels.iter().filter(|label| label.predicted == label.truth).count() as f64;
    let covariance = right / n - truths.iter().zip(&calls).map(|(y, f)| y * f).sum::<f64>() / (n * n);
    // The variance of predictions is known best from sample and corpus together.
    let all = |class: usize| (counts.get(class).copied().unwrap_or(0.0) + calls[class]) / (total + n);
    let spread: f64 = (0..classes).map(|class| all(class) * (1.0 - all(class))).sum();
    if spread > 0.0 { (covariance / ((1.0 + n / total) * spread)).clamp(0.0, 1.0) } else { 0.0 }
}

/// The share of the true class `class`, by prediction-powered inference: λ f̄ + mean(y − λ f), where f and y tell
/// whether a measure is predicted and is truly of the class, f̄ is over the `counts` of all predictions outside the
/// sample, and the variance is λ² Var(f)/N + Var(y − λ f)/n; `lambda` is [`power`]'s.
///
/// A small sample often holds no error of a rare class at all, and its variance would then be next to nothing. So half an
/// observation of each sort of error is added to it, for the variance alone (Jeffreys' prior); without it, and with a λ for
/// each class, intervals of 95 % from 50 to 200 labels held 86 to 92 %; with both they hold 95 to 99.7 % (docs/simulation.md).
///
/// Where nothing is predicted outside the sample every measure is labelled, and the share is known: the interval has no width.
///
/// `None` for fewer than two labels.
pub fn prediction_powered(
    counts: &[f64],
    labels: &[Labelled],
    class: usize,
    lambda: f64,
    level: f64,
) -> Option<Corrected> {
    let total: f64 = counts.iter().sum();
    let n = labels.len() as f64;
    if labels.len() < 2 {
        return None;
    }
    let is = |truth: bool| f64::from(u8::from(truth));
    let pairs: Vec<(f64, f64)> = labels.iter().map(|l| (is(l.truth == class), is(l.predicted == class))).collect();
    let mean = |value: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(value).sum::<f64>() / n;
    if total <= 0.0 {
        let known = mean(&|pair| pair.0);
        return Some(Corrected { predicted: mean(&|pair| pair.1), value: known, low: known, high: known });
    }
    let share = counts.get(class).map_or(0.0, |count| count / total);
    let error = mean(&|pair| pair.0 - lambda * pair.1);
    // The sample with half an observation more of each of the two errors (y = 1, f = 0 and y = 0, f = 1), for the variance alone.
    let residual = |pair: &(f64, f64)| pair.0 - lambda * pair.1;
    let (sum, squares) = (1.0 - lambda, 1.0 + lambda * lambda);
    let (sum, squares) = (mean(&residual) * n + sum / 2.0, mean(&|p| residual(p) * residual(p)) * n + squares / 2.0);
    let rest = squares / (n + 1.0) - (sum / (n + 1.0)) * (sum / (n + 1.0));
    let value = lambda * share + error;
    let variance = lambda * lambda * share * (1.0 - share) / total + rest / n;
    let half = -normal_quantile(0.5 * (1.0 - level)) * variance.sqrt();
    let within = |x: f64| x.clamp(0.0, 1.0);
    Some(Corrected { predicted: share, value: within(value), low: within(value - half), high: within(value + half) })
}

/// The share of the true class `class` by the confusion matrix: Σₖ qₖ aₖ with qₖ the share of predicted class k and aₖ the
/// share of the true class among the labelled measures predicted as k. Its variance is
/// Σₖ qₖ² aₖ(1 − aₖ)/nₖ + (Σₖ qₖ aₖ² − value²)/N (Tenenbein 1970).
///
/// `None` where a predicted class that occurs has no label, or nothing is predicted.
pub fn confusion_matrix(counts: &[f64], labels: &[Labelled], class: usize, level: f64) -> Option<Corrected> {
    let total: f64 = counts.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let (mut value, mut square, mut variance) = (0.0, 0.0, 0.0);
    for (predicted, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
        let own = || labels.iter().filter(|label| label.predicted == predicted);
        let n = own().count() as f64;
        if n == 0.0 {
            return None;
        }
        let q = count / total;
        let a = own().filter(|label| label.truth == class).count() as f64 / n;
        value += q * a;
        square += q * a * a;
        variance += q * q * a * (1.0 - a) / n;
    }
    variance += (square - value * value).max(0.0) / total;
    let half = -normal_quantile(0.5 * (1.0 - level)) * variance.sqrt();
    let predicted = counts.get(class).map_or(0.0, |count| count / total);
    Some(Corrected { predicted, value, low: (value - half).max(0.0), high: (value + half).min(1.0) })
}

/// Location quotients of each place with the coder's error in their intervals.
///
/// `places` holds a row of (effective) counts of predicted classes a place. The confusion matrix of the whole sample is
/// taken to hold in every place, for no place has labels enough of its own: where the coder errs otherwise in one
/// place than in another, this does not help. Each draw takes a confusion matrix (Dirichlet with Jeffreys' ½ a class) and
/// the shares of each place (Dirichlet with the corpus shares as one measure's prior). Rows come by place, then true class.
/// `None` for a place without counts and for a class that occurs nowhere.
pub fn corrected_quotients(
    places: &[Vec<f64>],
    labels: &[Labelled],
    classes: usize,
    draws: u32,
    level: f64,
    seed: u64,
) -> Vec<Vec<Option<Corrected>>> {
    let width = places.first().map_or(0, Vec::len);
    let sums: Vec<f64> = (0..width).map(|k| places.iter().map(|place| place[k]).sum()).collect();
    let total: f64 = sums.iter().sum();
    if total <= 0.0 {
        return vec![vec![None; classes]; places.len()];
    }
    let mut tables = vec![vec![0.5; classes]; width];
    for label in labels.iter().filter(|label| label.predicted < width && label.truth < classes) {
        tables[label.predicted][label.truth] += 1.0;
    }
    let mut rng = stream(seed, &[places.len() as u64, labels.len() as u64]);
    let mut found: Vec<Vec<Vec<f64>>> = vec![vec![Vec::with_capacity(draws as usize); classes]; places.len()];
    let mut confusion = tables.clone();
    let mut shares = vec![0.0; width];
    for _ in 0..draws {
        for (row, table) in confusion.iter_mut().zip(&tables) {
            dirichlet(&mut rng, table, row);
        }
        let mut local = stream(rng.r#gen::<u64>(), &[]);
        let mut corpus = vec![0.0; classes];
        let mut truths: Vec<Vec<f64>> = Vec::with_capacity(places.len());
        for place in places {
            let n: f64 = place.iter().sum();
            let alphas: Vec<f64> = place.iter().zip(&sums).map(|(count, sum)| count + sum / total).collect();
            dirichlet(&mut local, &alphas, &mut shares);
            let truth: Vec<f64> = (0..classes).map(|t| (0..width).map(|k| shares[k] * confusion[k][t]).sum()).collect();
            truth.iter().zip(&mut corpus).for_each(|(share, sum)| *sum += n / total * share);
            truths.push(truth);
        }
        for (place, truth) in truths.into_iter().enumerate() {
            for t in 0..classes {
                found[place][t].push(if corpus[t] > 0.0 { truth[t] / corpus[t] } else { 1.0 });
            }
        }
    }
    let occurs = |t: usize| tables.iter().any(|row| row[t] > 0.5) || (t < width && sums[t] > 0.0);
    found
        .into_iter()
        .zip(places)
        .map(|(place, counts)| {
            let n: f64 = counts.iter().sum();
            place
                .into_iter()
                .enumerate()
                .map(|(t, mut draws)| {
                    if n <= 0.0 || !occurs(t) {
                        return None;
                    }
                    let value = draws.iter().sum::<f64>() / draws.len() as f64;
                    let (low, high) = percentiles(&mut draws, level)?;
                    let base = sums.get(t).copied().unwrap_or(0.0) / total;
                    let predicted = if base > 0.0 { counts[t] / n / base } else { 0.0 };
                    Some(Corrected { predicted, value, low, high })
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(table: &[&[usize]]) -> Vec<Labelled> {
        let mut out = Vec::new();
        for (predicted, row) in table.iter().enumerate() {
            for (truth, &n) in row.iter().enumerate() {
                out.extend(vec![Labelled { predicted, truth }; n]);
            }
        }
        out
    }

    fn powered(counts: &[f64], labels: &[Labelled], class: usize) -> Option<Corrected> {
        prediction_powered(counts, labels, class, power(counts, labels), 0.95)
    }

    #[test]
    fn a_perfect_coder_needs_no_correction_and_a_blind_one_gets_no_weight() {
        let perfect = labels(&[&[30, 0], &[0, 70]]);
        // Cov is Var f in the sample, 0.21 a class, and λ = 1 / (1 + 100 / 10,000).
        assert!((power(&[3000.0, 7000.0], &perfect) - 1.0 / 1.01).abs() < 1e-12);
        let found = powered(&[3000.0, 7000.0], &perfect, 0).unwrap();
        assert!((found.value - 0.3).abs() < 1e-12 && found.high - found.low < 0.05);
        // Prediction and truth are independent: λ = 0, and what is left is the sample's own share, 40 of 100.
        let blind = labels(&[&[20, 30], &[20, 30]]);
        let found = powered(&[9000.0, 1000.0], &blind, 0).unwrap();
        assert!((found.value - 0.4).abs() < 1e-12, "{found:?}");
        assert_eq!(powered(&[9.0], &blind[..1], 0), None);
        assert_eq!((power(&[], &blind), power(&[9.0], &[])), (0.0, 0.0));
    }

    #[test]
    fn shares_of_all_classes_add_up_to_one_though_the_sample_lacks_a_rare_one() {
        // The third class is predicted for a tenth of the corpus and nowhere in the sample.
        let (counts, sample) = ([500.0, 400.0, 100.0], labels(&[&[11, 1], &[2, 6]]));
        let shares: Vec<f64> = (0..3).map(|class| powered(&counts, &sample, class).unwrap().value).collect();
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{shares:?}");
        assert!(shares[2] > 0.0);
    }

    #[test]
    fn the_confusion_matrix_spreads_predictions_as_the_sample_does() {
        let sample = labels(&[&[8, 2], &[1, 9]]);
        let found = confusion_matrix(&[60.0, 40.0], &sample, 0, 0.95).unwrap();
        // 0.6 · 0.8 + 0.4 · 0.1; variance 0.36 · 0.16/10 + 0.16 · 0.09/10 + (0.6 · 0.64 + 0.4 · 0.01 − 0.52²)/100.
        assert!((found.value - 0.52).abs() < 1e-12 && (found.predicted - 0.6).abs() < 1e-12);
        let variance: f64 = 0.36 * 0.016 + 0.16 * 0.009 + (0.388 - 0.2704) / 100.0;
        assert!((found.high - found.value - 1.959_963_984_540_054 * variance.sqrt()).abs() < 1e-9);
        assert_eq!(confusion_matrix(&[60.0, 40.0, 5.0], &sample, 0, 0.95), None);
    }

    #[test]
    fn a_quotient_keeps_its_side_of_one_when_the_coder_is_good() {
        let sample = labels(&[&[95, 5], &[5, 95]]);
        let rows = corrected_quotients(&[vec![80.0, 20.0], vec![20.0, 80.0], vec![0.0, 0.0]], &sample, 2, 500, 0.95, 1);
        let first = rows[0][0].unwrap();
        // Predicted 0.8 against 0.5; true 0.8 · 0.95 + 0.2 · 0.05 = 0.77 against 0.5.
        assert!((first.predicted - 1.6).abs() < 1e-12 && (first.value - 1.54).abs() < 0.05, "{first:?}");
        assert!(first.low > 1.0 && first.high < 1.9 && rows[2][0].is_none());
    }

    #[test]
    fn intervals_hold_the_true_share_about_as_often_as_they_say() {
        // A coder that misses a fifth of class 0 and takes a tenth of class 1 for it; 400 corpora of 2,000 with 150 labels.
        let (mut by_power, mut matrix, mut naive) = (0, 0, 0);
        for run in 0..400 {
            let mut rng = stream(11, &[run]);
            let mut draw = || {
                let truth = usize::from(rng.r#gen::<f64>() >= 0.3);
                let wrong = rng.r#gen::<f64>() < [0.2, 0.1][truth];
                Labelled { predicted: if wrong { 1 - truth } else { truth }, truth }
            };
            let sample: Vec<Labelled> = (0..150).map(|_| draw()).collect();
            let mut counts = [0.0, 0.0];
            (0..2000).for_each(|_| counts[draw().predicted] += 1.0);
            let holds = |found: Option<Corrected>| found.is_some_and(|found| found.low <= 0.3 && 0.3 <= found.high);
            by_power += usize::from(holds(powered(&counts, &sample, 0)));
            matrix += usize::from(holds(confusion_matrix(&counts, &sample, 0, 0.95)));
            let share: f64 = counts[0] / 2000.0;
            naive += usize::from((share - 0.3).abs() < 1.96 * (share * (1.0 - share) / 2000.0).sqrt());
        }
        // 95 % of 400 is 380, with a standard error of 4.4. The uncorrected share is 0.31 on average.
        assert!((366..=393).contains(&by_power) && (366..=393).contains(&matrix), "{by_power} {matrix}");
        assert!(naive < 366, "{naive}");
    }
}
