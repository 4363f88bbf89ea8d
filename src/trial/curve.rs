//! The learning curve: what fewer labelled documents would have given.

use std::collections::BTreeSet;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::held_out::{Coded, Trial, judged_folds};
use super::verdict::{Verdict, verdict};
use crate::error::{Error, Result};
use crate::progress::Progress;

/// The shares of the documents that are trained on, below the whole.
const SHARES: [f64; 3] = [0.125, 0.25, 0.5];

/// One point of the curve.
#[derive(Clone, Debug)]
pub struct CurvePoint {
    /// The documents that each fold trained on, on average.
    pub documents: f64,
    /// The figures, over the same held-out documents at every point.
    pub verdict: Verdict,
}

/// Trains every fold on an eighth, a quarter and a half of its documents; `whole` is what all of them gave. Smaller shares lie
/// within larger ones, drawn by the seed. A point at which a fold has too few labels to train is left out.
///
/// # Errors
/// [`crate::Error::Interrupted`].
pub fn learning_curve(
    trial: &Trial,
    folds: &[usize],
    whole: &[Option<Coded>],
    progress: &Progress,
) -> Result<Vec<CurvePoint>> {
    let n = trial.documents().len();
    let mut order: Vec<usize> = (0..n).collect();
    order.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(trial.params.seed));
    let judged = judged_folds(folds);
    let point = |kept: &[usize], coded: &[Option<Coded>]| {
        let trained_on = |fold: usize| {
            let outside = trial.outside(folds, fold);
            kept.iter().filter(|&&d| outside(d)).count()
        };
        let documents = judged.iter().map(|&fold| trained_on(fold)).sum::<usize>() as f64 / judged.len() as f64;
        CurvePoint { documents, verdict: verdict(trial, coded, |_| true) }
    };
    let mut points = Vec::new();
    for share in SHARES {
        let kept = &order[..(n as f64 * share).ceil() as usize];
        let known: BTreeSet<usize> = kept.iter().copied().collect();
        match trial.coded_from(folds, |d| known.contains(&d), progress) {
            Ok(coded) => points.push(point(kept, &coded)),
            Err(Error::Labels(_)) => {}
            Err(error) => return Err(error),
        }
    }
    points.push(point(&order, whole));
    Ok(points)
}
