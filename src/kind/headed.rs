//! Which part of a document the heads above a sentence name: review (回顾), problems (问题) or plan (计划).

use crate::codebook::{Kind, Part};
use crate::outline::{Outline, Sentence, Shape, named_by};

/// The part that each sentence names, if it is a head that names one.
pub(super) fn names(text: &str, outline: &Outline) -> Vec<Option<Part>> {
    let name = |sentence: &Sentence| match sentence.shape {
        Shape::Prose => None,
        _ => named_by(sentence.span.of(text)),
    };
    outline.sentences.iter().map(name).collect()
}

/// The part named by the outermost head over each sentence that names one, itself included; the title does not count. `None`
/// for all unless the document has a head of a review and one of a plan: where only one has, the other may begin without.
pub(super) fn headed(names: &[Option<Part>], outline: &Outline) -> Vec<Option<Part>> {
    let sentences = &outline.sentences;
    let named = |i: usize| names[i].filter(|_| sentences[i].shape != Shape::Title);
    let has = |part| (0..names.len()).any(|i| named(i) == Some(part));
    if !has(Part::Review) || !has(Part::Plan) {
        return vec![None; names.len()];
    }
    let over = |i: usize| sentences[i].path.iter().map(|&head| head as usize).chain([i]);
    (0..names.len()).map(|i| over(i).find_map(named)).collect()
}

/// Whether a sentence under a head of this part is hardly of this kind: of 912 hand-labelled sentences under the head of a
/// review 4 are measures (对此，我们将…) and 7 targets, of 1,857 under that of a plan 2 are results. What reports say under such
/// heads townships say in other words, and a chain that learned from reports trusts words too much there.
pub(super) fn is_unlikely(part: Part, kind: Kind) -> bool {
    match part {
        Part::Review => matches!(kind, Kind::Measure | Kind::Target),
        Part::Plan => kind == Kind::Result,
        Part::Problems => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    fn parts(text: &str) -> Vec<Option<Part>> {
        let outline = outline(text);
        headed(&names(text, &outline), &outline)
    }

    #[test]
    fn the_outermost_head_that_names_a_part_counts() {
        let text = "一、2023年工作回顾\n（一）重点工作\n修了路。\n二、2024年工作打算\n（一）产业\n修桥。\n";
        let (review, plan) = (Some(Part::Review), Some(Part::Plan));
        assert_eq!(parts(text), [review, review, review, plan, plan, plan]);
    }

    #[test]
    fn one_named_part_alone_says_nothing_of_the_other() {
        assert_eq!(parts("一、2023年工作回顾\n修了路。\n二、埋头苦干再出发\n修桥。\n"), [None; 4]);
        assert!(parts("").is_empty());
    }
}
