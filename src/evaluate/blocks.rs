//! How far two cuts of documents into measures agree: blocks with the same first and last sentence.

use super::bootstrap::{self, Interval};
use crate::codebook::Unit;

/// The blocks of one document that are labelled, called, and both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Labelled blocks.
    pub labelled: usize,
    /// Called blocks.
    pub called: usize,
    /// Blocks that are both, first and last sentence alike.
    pub right: usize,
}

impl Cut {
    /// Compares the (label, call) pairs of a document's sentences, in order.
    pub fn of(units: &[(Unit, Unit)]) -> Cut {
        let labelled = blocks(units.iter().map(|pair| pair.0));
        let called = blocks(units.iter().map(|pair| pair.1));
        // Both rise, so a search finds what both hold.
        let right = labelled.iter().filter(|block| called.binary_search(block).is_ok()).count();
        Cut { labelled: labelled.len(), called: called.len(), right }
    }

    /// 2 × right / (labelled + called); `None` where there is no block at all.
    pub fn f1(cuts: impl IntoIterator<Item = Cut>) -> Option<f64> {
        let (mut right, mut all) = (0, 0);
        for cut in cuts {
            right += cut.right;
            all += cut.labelled + cut.called;
        }
        (all > 0).then(|| 2.0 * right as f64 / all as f64)
    }
}

/// F1 of the blocks of documents, with the 95 % interval by drawing documents; `None` without blocks.
pub fn f1(cuts: &[Cut], draws: usize, seed: u64) -> Option<Interval> {
    bootstrap::by_group(cuts.len(), draws, 0.95, seed, |drawn| Cut::f1(drawn.iter().map(|&d| cuts[d])))
}

/// The runs B I I … as (first, last), rising. An I behind an O continues nothing and begins no block.
fn blocks(units: impl Iterator<Item = Unit>) -> Vec<(usize, usize)> {
    let mut blocks: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, unit) in units.enumerate() {
        match unit {
            Unit::B => {
                blocks.push((at, at));
                open = true;
            }
            Unit::I if open => blocks.last_mut().expect("a block is open").1 = at,
            _ => open = false,
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use Unit::{B, I, O};

    #[test]
    fn blocks_agree_by_both_ends() {
        // Labels: 0–1, 2, 4–5; calls: 0–1, 2–3, 5. Only the first agrees.
        let cut = Cut::of(&[(B, B), (I, I), (B, B), (O, I), (B, O), (I, B)]);
        assert_eq!(cut, Cut { labelled: 3, called: 3, right: 1 });
        assert_eq!(Cut::f1([cut, cut]), Some(1.0 / 3.0));
        assert_eq!(f1(&[cut, cut], 50, 1).map(|f1| (f1.low, f1.high)), Some((1.0 / 3.0, 1.0 / 3.0)));
    }

    #[test]
    fn without_a_block_there_is_no_figure() {
        assert_eq!(Cut::of(&[(I, O), (O, I)]), Cut::default());
        assert_eq!(f1(&[Cut::default()], 10, 1), None);
    }
}
