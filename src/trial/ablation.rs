//! Ablation: what each part of the coders is worth, by the figures of coders without it.

use super::held_out::{Coded, Lesson, Trial, judged_folds};
use super::verdict::{Verdict, verdict};
use crate::error::Result;
use crate::kind;
use crate::progress::Progress;
use crate::theme::{self, Hears};

/// The coders up to one of their parts.
struct Step {
    name: &'static str,
    chained: bool,
    hears: Hears,
    told: bool,
    silver: bool,
    passes: bool,
    shared: bool,
}

const FIRST: Step = Step {
    name: "each sentence alone",
    chained: false,
    hears: Hears::Alone,
    told: false,
    silver: false,
    passes: false,
    shared: false,
};

const KINDS: Step = Step { name: "+ kinds in one chain", chained: true, ..FIRST };
const HEADS: Step = Step { name: "+ heads", hears: Hears::Heads, ..KINDS };
const NEIGHBOURS: Step = Step { name: "+ neighbours", hears: Hears::All, ..KINDS };
const SEEDS: Step = Step { name: "+ seed terms", told: true, ..NEIGHBOURS };
const SILVER: Step = Step { name: "+ silver labels", silver: true, ..SEEDS };
const PASSES: Step = Step { name: "+ second pass", passes: true, ..SILVER };
const SHARED: Step = Step { name: "+ shared weights", shared: true, ..PASSES };

/// Each step has all that the one before it has, and one part more.
const STEPS: [Step; 8] = [FIRST, KINDS, HEADS, NEIGHBOURS, SEEDS, SILVER, PASSES, SHARED];

/// The figures of the coders up to one of their parts.
#[derive(Clone, Debug)]
pub struct Ablated {
    /// The part that was added to the step before.
    pub step: &'static str,
    /// The figures, over the same held-out documents at every step.
    pub verdict: Verdict,
}

/// Trains every fold from the plainest coder up, one part more at each step; the last is the coder in use, whose documents are
/// given as `whole`. The step of silver labels is left out where there are no unlabelled documents.
///
/// # Errors
/// Those of [`Trial::train`]; [`crate::Error::Interrupted`].
pub fn ablation(trial: &Trial, folds: &[usize], whole: &[Option<Coded>], progress: &Progress) -> Result<Vec<Ablated>> {
    let has_it = |step: &&Step| trial.has_silver() || step.name != SILVER.name;
    let steps: Vec<&Step> = STEPS.iter().filter(has_it).collect();
    let (last, before) = steps.split_last().expect("there are steps");
    let mut coded: Vec<Vec<Option<Coded>>> = vec![vec![None; folds.len()]; before.len()];
    let judged = judged_folds(folds);
    for (at, &fold) in judged.iter().enumerate() {
        let outside = trial.outside(folds, fold);
        let kinds = |chained| trial.train_kinds(&kind::Params { chained, ..trial.params.kind.clone() }, &outside);
        progress.stage(&format!("fold {} of {}: kinds", at + 1, judged.len()))?;
        let (alone, chain) = (kinds(false)?, kinds(true)?);
        for (step, coded) in before.iter().zip(&mut coded) {
            progress.stage(&format!("fold {} of {}: {}", at + 1, judged.len(), step.name))?;
            let own = &trial.params.theme;
            let passes = if step.passes { own.passes } else { 1 };
            let shared_l2 = if step.shared { own.shared_l2 } else { f64::INFINITY };
            let params = theme::Params { hears: step.hears, passes, shared_l2, ..own.clone() };
            let lesson = Lesson { params, told: step.told, silver: step.silver };
            let themes = trial.train_themes(&lesson, &outside)?;
            let kinds = if step.chained { &chain } else { &alone };
            trial.code_fold(folds, fold, (kinds, &themes), coded);
        }
    }
    let mut found: Vec<Ablated> = before
        .iter()
        .zip(&coded)
        .map(|(step, coded)| Ablated { step: step.name, verdict: verdict(trial, coded, |_| true) })
        .collect();
    found.push(Ablated { step: last.name, verdict: verdict(trial, whole, |_| true) });
    Ok(found)
}
