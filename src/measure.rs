//! Outline and kinds → measures (措施): the blocks that state what will be done, and, marked as review, what was done.
//!
//! A block is a run of units B I I …. A block of actions to come is a measure. A block of results has the same form and
//! answers the same question about last year, so it is kept too, with `part = review`; it never counts in a plan. A block
//! that holds neither (heads over targets, problems or context) is no measure.

use std::ops::Range;

use crate::codebook::{Kind, Part, Unit};
use crate::kind::KindCall;
use crate::outline::Outline;
use crate::text::Span;

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its sentences, as indices into the outline; never empty.
    pub sentences: Range<u32>,
    /// From the first byte of its first sentence to the last of its last.
    pub span: Span,
    /// The heading it begins with, if it begins with one.
    pub head: Option<u32>,
    /// The headings above its first sentence, outermost first.
    pub path: Vec<u32>,
    /// Plan for actions to come, review for results.
    pub part: Part,
}

/// The measures of a document in order. `calls` holds one call a sentence of `outline`.
///
/// # Panics
/// If the numbers of calls and sentences differ.
pub fn measures(outline: &Outline, calls: &[KindCall]) -> Vec<Measure> {
    assert_eq!(outline.sentences.len(), calls.len(), "one call a sentence");
    let mut measures = Vec::new();
    let mut start = 0;
    while start < calls.len() {
        let further = calls[start + 1..].iter().take_while(|call| call.unit == Unit::I).count();
        let end = start + 1 + further;
        if calls[start].unit == Unit::B {
            measures.extend(measure(outline, calls, start..end));
        }
        start = end;
    }
    measures
}

fn measure(outline: &Outline, calls: &[KindCall], block: Range<usize>) -> Option<Measure> {
    let count = |kind| calls[block.clone()].iter().filter(|call| call.kind == kind).count();
    let (to_do, done) = (count(Kind::Measure), count(Kind::Result));
    let first = &outline.sentences[block.start];
    let part = match to_do.cmp(&done) {
        _ if to_do + done == 0 => return None,
        std::cmp::Ordering::Less => Part::Review,
        std::cmp::Ordering::Equal if first.part == Part::Review => Part::Review,
        _ => Part::Plan,
    };
    Some(Measure {
        sentences: block.start as u32..block.end as u32,
        span: Span::new(first.span.start, outline.sentences[block.end - 1].span.end),
        head: (calls[block.start].kind == Kind::Heading).then_some(block.start as u32),
        path: first.path.clone(),
        part,
    })
}

/// The part of each sentence, the outline's corrected by the kinds: a result is review, a problem is problems, a measure or
/// target is plan; a heading goes with what stands below it, context and noise with what stands before them.
///
/// # Panics
/// If the numbers of calls and sentences differ.
pub fn parts(outline: &Outline, calls: &[KindCall]) -> Vec<Part> {
    assert_eq!(outline.sentences.len(), calls.len(), "one call a sentence");
    let own = |call: &KindCall| match call.kind {
        Kind::Result => Some(Part::Review),
        Kind::Problem => Some(Part::Problems),
        Kind::Measure | Kind::Target => Some(Part::Plan),
        Kind::Heading | Kind::Context | Kind::Noise => None,
    };
    let mut below: Vec<Option<Part>> = vec![None; calls.len()];
    let mut next = None;
    for (at, call) in calls.iter().enumerate().rev() {
        next = own(call).or(if call.kind == Kind::Heading { next } else { None });
        below[at] = next;
    }
    let mut before = None;
    let mut parts = Vec::with_capacity(calls.len());
    for ((call, sentence), below) in calls.iter().zip(&outline.sentences).zip(below) {
        let part = below.or(if call.kind == Kind::Heading { None } else { before }).unwrap_or(sentence.part);
        before = Some(part);
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    /// A call of kind `m`easure, `r`esult, `h`eading, `t`arget or `c`ontext and a unit.
    fn call(code: &str) -> KindCall {
        let kind = match &code[..1] {
            "m" => Kind::Measure,
            "r" => Kind::Result,
            "h" => Kind::Heading,
            "t" => Kind::Target,
            _ => Kind::Context,
        };
        KindCall { kind, unit: Unit::from_id(&code[1..]).expect("B, I or O"), p: 1.0 }
    }

    const TEXT: &str =
        "一、产业\n一是招商。引进三家。跟踪服务。\n修一条路。\n二是回顾。建成厂房。\n三是指标。增长一成。";

    fn calls() -> Vec<KindCall> {
        ["hO", "hB", "mI", "mI", "mB", "hB", "rI", "hO", "tO"].map(call).to_vec()
    }

    #[test]
    fn blocks_become_measures_with_head_path_and_part() {
        let outline = outline(TEXT);
        let found = measures(&outline, &calls());
        let spans: Vec<&str> = found.iter().map(|measure| measure.span.of(TEXT)).collect();
        assert_eq!(spans, ["一是招商。引进三家。跟踪服务。", "修一条路。", "二是回顾。建成厂房。"]);
        assert_eq!(found.iter().map(|measure| measure.head).collect::<Vec<_>>(), [Some(1), None, Some(5)]);
        assert_eq!(
            found.iter().map(|measure| measure.part).collect::<Vec<_>>(),
            [Part::Plan, Part::Plan, Part::Review]
        );
        assert_eq!(found[0].path, [0]);
        assert_eq!(found[0].sentences, 1..4);
    }

    #[test]
    fn parts_follow_the_kinds() {
        let outline = outline(TEXT);
        use Part::*;
        assert_eq!(parts(&outline, &calls()), [Plan, Plan, Plan, Plan, Plan, Review, Review, Plan, Plan]);
    }

    #[test]
    fn a_block_of_targets_is_no_measure() {
        let text = "一是指标。增长一成。";
        assert_eq!(measures(&outline(text), &["hB", "tI"].map(call)), []);
    }
}
