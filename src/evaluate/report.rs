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
    /// Right calls / calls.
    pub precision: Option<f64>,
    /// Right calls / labels.
    pub recall: Option<f64>,
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
    let mut documents: Vec<usize> = pairs.iter().map(|pair| pair.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let by_document: Vec<Vec<(usize, usize)>> = documents
        .iter()
        .map(|&d| pairs.iter().filter(|pair| pair.document == d).map(|pair| (pair.label, pair.call)).collect())
        .collect();
    let drawn = |drawn: &[usize]| Confusion::of(ids.len(), drawn.iter().flat_map(|&d| by_document[d].iter().copied()));
    let interval = |figure: &dyn Fn(&Confusion) -> Option<f64>| {
        bootstrap::by_group(documents.len(), DRAWS, 0.95, seed, |groups| figure(&drawn(groups)))
    };
    let confusion = Confusion::of(ids.len(), pairs.iter().map(|pair| (pair.label, pair.call)));
    let calls: Vec<(f64, bool)> = pairs.iter().map(|pair| (pair.p, pair.label == pair.call)).collect();
    let reliability = reliability(&calls, 10);
    let class = |(at, id): (usize, &String)| {
        let score = confusion.class(at);
        ClassFigures {
            class: id.clone(),
            labelled: score.labelled,
            called: score.called,
            precision: score.precision,
            recall: score.recall,
            f1: interval(&|confusion| confusion.class(at).f1),
        }
    };
    Report {
        sentences: pairs.len(),
        documents: documents.len(),
        accuracy: interval(&Confusion::accuracy),
        macro_f1: interval(&Confusion::macro_f1),
        kappa: interval(&Confusion::kappa),
        calibration_error: expected_error(&reliability),
        coverage_at_5: coverage(&calls, 0.05),
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
        assert_eq!((report.classes[1].precision, report.classes[1].recall), (Some(1.0), Some(0.8)));
        assert!(report.calibration_error.unwrap() < 1e-12);
    }

    #[test]
    fn coverage_counts_ties_against_the_coder() {
        assert_eq!(coverage(&[(0.9, true), (0.8, true), (0.8, false), (0.1, true)], 0.4), 1.0);
        assert_eq!(coverage(&[(0.9, true), (0.8, true), (0.8, false)], 0.0), 1.0 / 3.0);
        assert_eq!(coverage(&[], 0.1), 0.0);
    }
}
