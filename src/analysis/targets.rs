//! The quantities that sentences plan.

use rayon::prelude::*;

use crate::codebook::{Kind, Part};
use crate::emphasis::targets::extract;
use crate::record::{CodedDocument, TargetRow};

/// The quantities of the sentences of `part` that state what will be done or reached (in the review, what was): heads,
/// measures and targets, results in the review. Context that only describes is left out, as is noise.
pub(super) fn targets(documents: &[CodedDocument], part: Part) -> Vec<TargetRow> {
    let stating = |kind: Kind| match part {
        Part::Review => matches!(kind, Kind::Heading | Kind::Result),
        Part::Problems | Part::Plan => matches!(kind, Kind::Heading | Kind::Measure | Kind::Target),
    };
    documents
        .par_iter()
        .enumerate()
        .flat_map_iter(|(document, coded)| {
            let year = coded.document.meta.year.map(|(year, _)| year);
            let year =
                if part == Part::Review { coded.document.meta.review_year.or(year.map(|y| y - 1)) } else { year };
            coded
                .outline
                .sentences
                .iter()
                .zip(&coded.kinds)
                .enumerate()
                .filter(move |(_, (sentence, call))| sentence.part == part && stating(call.kind))
                .flat_map(move |(n, (sentence, _))| {
                    extract(sentence.span.of(&coded.document.text), year).into_iter().map(move |target| TargetRow {
                        document: document as u32,
                        sentence: n as u32,
                        target,
                        theme: theme(coded, n),
                    })
                })
        })
        .collect()
}

/// The theme of the measure that holds a sentence, else the sentence's own; `None` where the coder abstained.
fn theme(coded: &CodedDocument, sentence: usize) -> Option<u16> {
    match coded.measure_of[sentence] {
        Some(measure) => {
            let theme = &coded.measures[measure as usize].theme;
            (!theme.abstained).then_some(theme.theme)
        }
        None => {
            let call = &coded.themes[sentence];
            (!call.abstained).then_some(call.theme)
        }
    }
}
