//! The figures of coded documents: kind, unit and theme.

use std::collections::BTreeMap;

use super::held_out::{Coded, Trial};
use crate::codebook::{Kind, Unit};
use crate::evaluate::blocks::{self, Cut};
use crate::evaluate::bootstrap::Interval;
use crate::evaluate::report::{self, Pair, Report};

/// The draws of the interval of the unit's F1.
const DRAWS: usize = 1000;

/// What came of a trial.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The labelled documents that were judged.
    pub documents: usize,
    /// Kinds, over all labelled sentences.
    pub kind: Report,
    /// F1 of measures as blocks with the same first and last sentence; `None` where there is no block.
    pub unit: Option<Interval>,
    /// Themes, over the labelled sentences that are not noise.
    pub theme: Report,
    /// Themes, over those labelled as measures.
    pub measures: Report,
}

/// The figures of the documents for which `which` is true and which were coded.
pub fn verdict(trial: &Trial, coded: &[Option<Coded>], which: impl Fn(usize) -> bool) -> Verdict {
    let (mut kinds, mut themes, mut measures) = (Vec::new(), Vec::new(), Vec::new());
    let mut cuts = Vec::new();
    let judged = || coded.iter().enumerate().filter(|&(d, _)| which(d)).filter_map(|(d, c)| c.as_ref().map(|c| (d, c)));
    for (d, coded) in judged() {
        let mut units: Vec<(Unit, Unit)> = Vec::new();
        for row in &trial.documents()[d].rows {
            let (kind, theme) = (&coded.kinds[row.sentence as usize], &coded.themes[row.sentence as usize]);
            let pair = |label: usize, call: usize, p: f32| Pair { document: d, label, call, p: f64::from(p) };
            kinds.push(pair(row.kind.index(), kind.kind.index(), kind.p));
            units.push((row.unit, kind.unit));
            if row.kind != Kind::Noise {
                let pair = pair(usize::from(row.theme), usize::from(theme.theme), theme.p);
                themes.push(pair);
                if row.kind == Kind::Measure {
                    measures.push(pair);
                }
            }
        }
        cuts.push(Cut::of(&units));
    }
    let seed = trial.params.seed;
    let kind_ids: Vec<String> = Kind::ALL.iter().map(|kind| kind.id().to_string()).collect();
    let theme_ids: Vec<String> = trial.book.ids().into_iter().map(String::from).collect();
    let ((kind, unit), (theme, measures)) = rayon::join(
        || (report::run(&kinds, &kind_ids, seed), blocks::f1(&cuts, DRAWS, seed)),
        || rayon::join(|| report::run(&themes, &theme_ids, seed), || report::run(&measures, &theme_ids, seed)),
    );
    Verdict { documents: cuts.len(), kind, unit, theme, measures }
}

/// The documents by level, from the village up; `unknown` comes last.
pub(super) fn by_level(trial: &Trial) -> Vec<(String, Vec<usize>)> {
    let mut levels: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (d, level) in trial.levels.iter().enumerate() {
        let rank = crate::corpus::Level::from_id(level).map_or(usize::MAX, |level| level as usize);
        levels.entry((rank, level)).or_default().push(d);
    }
    levels.into_iter().map(|((_, level), documents)| (level.to_string(), documents)).collect()
}
