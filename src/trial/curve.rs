//! The learning curve: what fewer labelled documents would have given.

use std::collections::BTreeSet;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::held_out::Trial;
use super::verdict::{Verdict, verdict};
use crate::error::Result;
use crate::progress::Progress;

/// The shares of the documents that are trained on.
const SHARES: [f64; 4] = [0.125, 0.25, 0.5, 1.0];

/// One point of the curve.
#[derive(Clone, Debug)]
pub struct CurvePoint {
    /// The documents that each fold trained on, on average.
    pub documents: f64,
    /// The figures, over the same held-out documents at every point.
    pub verdict: Verdict,
}

/// Trains every fold on an eighth, a quarter, a half and all of its documents. Smaller shares lie within larger ones, drawn by the
/// seed. A point at which a fold has too few labels to train is left out.
///
/// # Errors
/// [`crate::Error::Interrupted`].
pub fn learning_curve(trial: &Trial, folds: &[usize], progress: &Progress) -> Result<Vec<CurvePoint>> {
    let n = trial.documents().len();
    let mut order: Vec<usize> = (0..n).collect();
    order.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(trial.params.seed));
    let judged: BTreeSet<usize> = folds.iter().copied().filter(|&fold| fold != usize::MAX).collect();
    let mut points = Vec::new();
    for share in SHARES {
        progress.check()?;
        let kept = ((n as f64 * share).ceil() as usize).min(n);
        let mut kept_documents = vec![false; n];
        order[..kept].iter().for_each(|&d| kept_documents[d] = true);
        if let Ok(coded) = trial.coded_from(folds, |d| kept_documents[d], progress) {
            let trained_on = |fold: usize| (0..n).filter(|&d| kept_documents[d] && folds[d] != fold).count();
            let documents = judged.iter().map(|&fold| trained_on(fold)).sum::<usize>() as f64 / judged.len() as f64;
            points.push(CurvePoint { documents, verdict: verdict(trial, &coded, |_| true) });
        }
        progress.check()?;
    }
    Ok(points)
}
