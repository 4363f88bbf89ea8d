//! The quantities that sentences plan.

use rayon::prelude::*;

use crate::codebook::{Kind, Part};
use crate::emphasis::targets::{When, extract};
use crate::outline::{Outline, Shape};
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
            let times = times(&coded.outline, &coded.document.text, own_time(coded, part), part);
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

/// The time that the plan or review of a document is for.
fn own_time(coded: &CodedDocument, part: Part) -> When {
    match part {
        Part::Review if coded.reviews_several_years() => When::years_up_to(coded.review_year()),
        Part::Review => When::review(coded.review_year()),
        Part::Problems | Part::Plan => When::plan(coded.planned_year()),
    }
}

/// The time that holds where each sentence of a part begins: its heads' from the outermost in (`二、今后五年的目标`), and that of the
/// sentence before it where this one goes on after a colon, comma or semicolon.
///
/// A head without a number that names a time (`2022年主要工作` after `今后五年的目标`, which has none either) stands below the other
/// in the outline, since nothing tells that it is its equal, and what follows it may not stand below it. So it holds for all that
/// follows under the same outermost head.
fn times(outline: &Outline, document: &str, own: When, part: Part) -> Vec<When> {
    let sentences = &outline.sentences;
    let text = |n: usize| sentences[n].span.of(document).trim_end();
    let mut times = Vec::with_capacity(sentences.len());
    // What the sentence before gives on, and the last head without a number that named a time.
    let (mut given, mut turn): (Option<When>, Option<(usize, When)>) = (None, None);
    // What the heads of the sentence before say: most sentences stand under the same.
    let mut same: Option<(&[u32], (usize, When), When)> = None;
    for (n, sentence) in sentences.iter().enumerate() {
        let outermost = sentence.path.first();
        let (after, from) = match turn {
            Some((head, when)) if outermost.is_some() && sentences[head].path.first() == outermost => (head, when),
            _ => (0, own),
        };
        let headed = match same {
            Some((path, begun, headed)) if *path == *sentence.path && begun == (after, from) => headed,
            _ => {
                let heads = sentence.path.iter().map(|head| *head as usize).filter(|head| after == 0 || *head > after);
                heads.fold(from, |when, head| when.after(text(head)))
            }
        };
        same = Some((&sentence.path, (after, from), headed));
        let when = given.filter(|_| sentence.part == part).unwrap_or(headed);
        times.push(when);
        let next = when.after(text(n));
        given = text(n).ends_with(['；', ';', '：', ':', '，', ',']).then_some(next);
        if sentence.shape == Shape::Line && sentence.marker.is_none() && outermost.is_some() && next != when {
            turn = Some((n, next));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emphasis::targets::Horizon;
    use crate::outline::outline;

    /// The year and horizon that hold for the sentence that begins with `words` in a plan for 2022.
    fn time_of(document: &str, words: &str) -> (Option<i32>, Horizon) {
        let outline = outline(document);
        let at = outline.sentences.iter().position(|sentence| sentence.span.of(document).starts_with(words)).unwrap();
        let part = outline.sentences[at].part;
        let when = times(&outline, document, When::plan(Some(2022)), part)[at];
        (when.year, when.horizon)
    }

    #[test]
    fn a_head_gives_its_time_to_what_stands_under_it() {
        let document = "一、今后五年的目标\n茶园扩大一倍。\n二、今年的任务\n修好水渠。\n";
        assert_eq!(time_of(document, "茶园"), (Some(2026), Horizon::Period));
        assert_eq!(time_of(document, "修好"), (Some(2022), Horizon::Year));
    }

    #[test]
    fn a_sentence_that_goes_on_keeps_the_time() {
        let document = "一、计划\n到2025年，茶园有300亩；\n水渠有9公里。\n再修一座桥。\n";
        assert_eq!(time_of(document, "水渠"), (Some(2025), Horizon::Year));
        assert_eq!(time_of(document, "再修"), (Some(2022), Horizon::Year));
    }
}
