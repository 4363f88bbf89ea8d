//! The figures of a coder on held-out documents, as one plain record.

use serde::Serialize;

use super::bootstrap::{self, Interval};
use super::calibration::{Bin, expected_error, reliability};
use super::confusion::Confusion;

/// One held-out call beside its label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The document, as any number; documents are what intervals are drawn over.
    pub document: usize,
    /// The label.
    pub label: usize,
    /// The call.
    pub call: usize,
    /// The probability of the call.
    pub p: f64,
}

/// The figures of one class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassFigures {
    /// The id of the class.
    pub class: String,
    /// How often it is the label.
    pub labelled: u64,
    /// How often it is the call.
    pub called: u64,
    /// Right calls / calls, with its interval; `None` where it is never called.
    pub precision: Option<Interval>,
    /// Right calls / labels, with its interval; `None` where it is never a label.
    pub recall: Option<Interval>,
    /// F1 with its interval; `None` where it is undefined.
    pub f1: Option<Interval>,
}

/// The figures of a coder.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The sentences judged.
    pub sentences: usize,
    /// The documents they stand in.
    pub documents: usize,
    /// The share of right calls.
    pub accuracy: Option<Interval>,
    /// The mean F1 over the classes among the labels.
    pub macro_f1: Option<Interval>,
    /// Cohen's kappa.
    pub kappa: Option<Interval>,
    /// The expected calibration error over ten bins.
    pub calibration_error: Option<f64>,
    /// The reliability table of ten bins.
    pub reliability: Vec<Bin>,
    /// The share of calls that can be accepted at an error of at most 5 %.
    pub coverage_at_5: f64,
    /// The risk–coverage curve, as (coverage, share of wrong calls), by rising coverage.
    pub risk: Vec<(f64, f64)>,
    /// The figures class by class, in the order of the ids.
    pub classes: Vec<ClassFigures>,
    /// What was called what.
    pub confusion: Confusion,
}

/// The bootstrap draws of an interval; its ends move by less than a tenth of its width from seed to seed.
const DRAWS: usize = 1000;

/// Makes the report of pairs whose classes are indices into `ids`; 95 % intervals by drawing documents with `seed`.
///
/// # Panics
/// If a class is not below the number of ids.
pub fn run(pairs: &[Pair], ids: &[String], seed: u64) -> Report {
    let mut sorted: Vec<&Pair> = pairs.iter().collect();
    sorted.sort_by_key(|pair| pair.document);
    let by_document: Vec<Vec<(usize, usize)>> = sorted
        .chunk_by(|a, b| a.document == b.document)
        .map(|document| document.iter().map(|pair| (pair.label, pair.call)).collect())
        .collect();
    let classes = ids.len();
    let drawn = bootstrap::many_by_group(by_document.len(), DRAWS, 0.95, seed, |groups| {
        let confusion = Confusion::of(classes, groups.iter().flat_map(|&d| by_document[d].iter().copied()));
        let mut figures = vec![confusion.accuracy(), confusion.macro_f1(), confusion.kappa()];
        for score in (0..classes).map(|class| confusion.class(class)) {
            figures.extend([score.precision, score.recall, score.f1]);
        }
        figures
    });
    let confusion = Confusion::of(classes, pairs.iter().map(|pair| (pair.label, pair.call)));
    let calls: Vec<(f64, bool)> = pairs.iter().map(|pair| (pair.p, pair.label == pair.call)).collect();
    let reliability = reliability(&calls, 10);
    let class = |(at, id): (usize, &String)| {
        let score = confusion.class(at);
        let own = &drawn[3 + 3 * at..][..3];
        ClassFigures {
            class: id.clone(),
            labelled: score.labelled,
            called: score.called,
            precision: own[0],
            recall: own[1],
            f1: own[2],
        }
    };
    Report {
        sentences: pairs.len(),
        documents: by_document.len(),
        accuracy: drawn[0],
        macro_f1: drawn[1],
        kappa: drawn[2],
        calibration_error: expected_error(&reliability),
        coverage_at_5: coverage(&calls, 0.05),
        risk: risk(&calls),
        classes: ids.iter().enumerate().map(class).collect(),
        reliability,
        confusion,
    }
}

/// The largest share of calls, most probable first, that is wrong in at most `error` of its cases; 0 without calls.
pub fn coverage(calls: &[(f64, bool)], error: f64) -> f64 {
    let mut sorted = calls.to_vec();
    // Among equal probabilities the wrong ones come first: a tie never flatters.
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut wrong, mut accepted) = (0, 0);
    for (i, &(_, right)) in sorted.iter().enumerate() {
        wrong += usize::from(!right);
        if wrong as f64 <= error * (i + 1) as f64 {
            accepted = i + 1;
        }
    }
    accepted as f64 / sorted.len().max(1) as f64
}

/// The most points of a risk–coverage curve.
const POINTS: usize = 200;

/// The risk–coverage curve: for the most probable calls, the share of all calls they are and the share of them that is wrong.
/// Calls of equal probability are taken or left together, so a point stands only where the probability falls.
pub fn risk(calls: &[(f64, bool)]) -> Vec<(f64, f64)> {
    let mut sorted = calls.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let n = sorted.len();
    let (mut curve, mut wrong, mut shown) = (Vec::new(), 0usize, 0);
    for (i, &(p, right)) in sorted.iter().enumerate() {
        wrong += usize::from(!right);
        let (accepted, tied) = (i + 1, sorted.get(i + 1).is_some_and(|next| next.0 == p));
        if !tied && (accepted == n || accepted * POINTS / n > shown) {
            shown = accepted * POINTS / n;
            curve.push((accepted as f64 / n as f64, wrong as f64 / accepted as f64));
        }
    }
    curve
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_of_four_documents() {
        let pairs: Vec<Pair> = (0..40)
            .map(|i| Pair { document: i / 10, label: i % 2, call: if i % 10 == 9 { 0 } else { i % 2 }, p: 0.9 })
            .collect();
        let report = run(&pairs, &["a".into(), "b".into()], 1);
        assert_eq!((report.sentences, report.documents), (40, 4));
        let accuracy = report.accuracy.unwrap();
        assert_eq!(
            (accuracy.value, accuracy.low, accuracy.high),
            (0.9, 0.9, 0.9),
            "every document has one error in ten"
        );
        let second = &report.classes[1];
        assert_eq!((second.precision.unwrap().value, second.recall.unwrap().value), (1.0, 0.8));
        assert!(report.calibration_error.unwrap() < 1e-12);
    }

    #[test]
    fn the_curve_takes_ties_together() {
        let curve = risk(&[(0.9, true), (0.8, true), (0.8, false), (0.1, false)]);
        assert_eq!(curve, [(0.25, 0.0), (0.75, 1.0 / 3.0), (1.0, 0.5)]);
        assert_eq!(risk(&[]), []);
    }

    #[test]
    fn coverage_counts_ties_against_the_coder() {
        assert_eq!(coverage(&[(0.9, true), (0.8, true), (0.8, false), (0.1, true)], 0.4), 1.0);
        assert_eq!(coverage(&[(0.9, true), (0.8, true), (0.8, false)], 0.0), 1.0 / 3.0);
        assert_eq!(coverage(&[], 0.1), 0.0);
    }
}
