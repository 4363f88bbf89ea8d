//! The quantities that sentences plan.

use rayon::prelude::*;

use crate::codebook::{Kind, Part};
use crate::emphasis::targets::{When, extract};
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
            let times = times(coded, part);
            coded
                .outline
                .sentences
                .iter()
                .zip(&coded.kinds)
                .zip(times)
                .enumerate()
                .filter(move |(_, ((sentence, call), _))| sentence.part == part && stating(call.kind))
                .flat_map(move |(n, ((sentence, _), when))| {
                    extract(sentence.span.of(&coded.document.text), when).into_iter().map(move |target| TargetRow {
                        document: document as u32,
                        sentence: n as u32,
                        target,
                        theme: theme(coded, n),
                    })
                })
        })
        .collect()
}

/// The time that holds where each sentence begins: its heads' from the outermost in (二、今后五年的目标), and that of the sentence
/// before it where this one goes on after a colon, comma or semicolon.
fn times(coded: &CodedDocument, part: Part) -> Vec<When> {
    let year = coded.document.meta.year.map(|(year, _)| year);
    let own = match part {
        Part::Review => When::review(coded.document.meta.review_year.or(year.map(|year| year - 1))),
        Part::Problems | Part::Plan => When::plan(year),
    };
    let sentences = &coded.outline.sentences;
    let text = |n: usize| sentences[n].span.of(&coded.document.text).trim_end();
    let mut times = Vec::with_capacity(sentences.len());
    // What the sentence before gives on.
    let mut given: Option<When> = None;
    for (n, sentence) in sentences.iter().enumerate() {
        let headed = || sentence.path.iter().fold(own, |when, head| when.after(text(*head as usize)));
        let when = given.filter(|_| sentence.part == part).unwrap_or_else(headed);
        times.push(when);
        let goes_on = text(n).ends_with(['；', ';', '：', ':', '，', ',']);
        let next = when.after(text(n));
        given = goes_on.then_some(next);
    }
    times
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
