//! Transfer: trained on one level of government, judged on another.

use super::held_out::{Coded, Trial, code};
use super::verdict::{Verdict, by_level, verdict};
use crate::error::Result;
use crate::progress::Progress;

/// A level with fewer labelled documents is not trained on alone.
const LEAST_DOCUMENTS: usize = 2;

/// The figures of one level by a coder trained on others.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// What was trained on: a level, or `all but LEVEL`.
    pub trained_on: String,
    /// The level that was judged.
    pub judged_on: String,
    /// The figures.
    pub verdict: Verdict,
}

/// Trains on each level alone and judges every other, and on all levels but one and judges that one. A level whose labels are
/// too few to train on alone is left out of the first half; the levels come from the village up.
///
/// # Errors
/// [`crate::Error::Interrupted`]; those of training on all levels but one.
pub fn transfer(trial: &Trial, progress: &Progress) -> Result<Vec<Transfer>> {
    let levels = by_level(trial);
    let mut found = Vec::new();
    for (level, documents) in &levels {
        progress.stage(&format!("training on {level} alone"))?;
        let Some(models) =
            (documents.len() >= LEAST_DOCUMENTS).then(|| trial.train(|d| documents.contains(&d)).ok()).flatten()
        else {
            continue;
        };
        for (other, judged) in levels.iter().filter(|(other, _)| other != level) {
            found.push(judge(trial, &models, level.clone(), other, judged));
        }
    }
    if levels.len() > 1 {
        for (level, documents) in &levels {
            progress.stage(&format!("training on all but {level}"))?;
            let models = trial.train(|d| !documents.contains(&d))?;
            found.push(judge(trial, &models, format!("all but {level}"), level, documents));
        }
    }
    Ok(found)
}

fn judge(
    trial: &Trial,
    models: &(crate::kind::KindModel, crate::theme::Coder),
    trained_on: String,
    level: &str,
    documents: &[usize],
) -> Transfer {
    let mut coded: Vec<Option<Coded>> = vec![None; trial.documents().len()];
    for &d in documents.iter().filter(|&&d| !trial.is_only_trained(d)) {
        coded[d] = Some(code(&models.0, &models.1, &trial.documents()[d]));
    }
    Transfer { trained_on, judged_on: level.to_string(), verdict: verdict(trial, &coded, |_| true) }
}
