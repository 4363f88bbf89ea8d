//! The blocks of measures, by the codebook's rule over kinds and outline.
//!
//! A head begins a block (B) if sentences of measures or results stand under it before the next head, and it is no outer
//! head: one with heads or numbers inside its block, or one whose equals in this part of the document often have them (rule
//! 10); of heads on a line of their own the chain says which are outer. What stands under such a head belongs to it (I). Where
//! no head is open each measure is a block by itself, but one joined to a measure before it by a semicolon; a numbered sentence
//! always begins one. The rest is outside (O).

use std::collections::BTreeMap;

use crate::codebook::{Kind, Unit};
use crate::outline::{MarkerStyle, Sentence};

use super::features::is_joined;
use super::look::Look;
use super::state::State;

/// Heads of one class count as outer when this share of them has heads or numbers inside, in tenths.
const OUTER_SHARE: usize = 3;
/// How many sentences below a head are looked at to see whether it heads plan, review or problems.
const LOOKED_AT: usize = 14;

/// The depth of a head or numbered sentence by its form; smaller is further out.
fn rank(sentence: &Sentence) -> u8 {
    match sentence.marker.as_ref().map(|marker| marker.style) {
        Some(MarkerStyle::Chapter) => 0,
        Some(MarkerStyle::HanComma) => 1,
        Some(MarkerStyle::HanBracket) => 2,
        Some(MarkerStyle::Digit) => 4,
        Some(MarkerStyle::DigitBracket) => 5,
        Some(MarkerStyle::Bullet) => 6,
        Some(MarkerStyle::Ordinal) => 8,
        None if sentence.opens_line && sentence.closes_line => 3,
        None if sentence.opens_line => 7,
        None => 9,
    }
}

/// The number that makes a sentence an item of its own; a bullet does not.
fn is_numbered(sentence: &Sentence) -> bool {
    sentence.marker.as_ref().is_some_and(|marker| marker.style != MarkerStyle::Bullet)
}

/// A head's block: the sentences up to `end`, and whether heads or numbers stand inside it.
struct Block {
    end: usize,
    nested: bool,
}

/// The units of a document whose sentences are in these states of the chain.
pub(super) fn units(sentences: &[Sentence], looks: &[Look<'_>], states: &[State]) -> Vec<Unit> {
    let n = states.len();
    let kinds: Vec<Kind> = states.iter().map(|state| state.kind).collect();
    let inline = |i: usize| i + 1 < n && !sentences[i].closes_line;
    let heads: Vec<usize> = (0..n).filter(|&i| kinds[i] == Kind::Heading).collect();
    let mut blocks: BTreeMap<usize, Block> = BTreeMap::new();
    let mut classes: BTreeMap<(u8, bool, Kind), (usize, usize)> = BTreeMap::new();
    // a review and a plan in one document are often numbered to different depths
    let heads_what = |head: usize| {
        let tells = |kind: &Kind| matches!(kind, Kind::Result | Kind::Measure | Kind::Problem);
        kinds[head + 1..].iter().take(LOOKED_AT).copied().find(tells).unwrap_or(Kind::Measure)
    };
    for (position, &head) in heads.iter().enumerate() {
        let next = heads.get(position + 1).copied().unwrap_or(n);
        let below = |i: usize| rank(&sentences[i]) > rank(&sentences[head]);
        let leaves = |i: usize| {
            let (sentence, inline) = (&sentences[i], inline(head));
            (inline && sentence.line != sentences[head].line && !(sentence.marker.is_some() && below(i)))
                || kinds[i] == Kind::Noise
                || (kinds[i] == Kind::Context && sentence.opens_line && !inline && i > head + 1)
        };
        let end = (head + 1..next).find(|&i| leaves(i)).unwrap_or(next);
        let nested =
            (end == next && next < n && below(next)) || (head + 1..end).any(|i| is_numbered(&sentences[i]) && below(i));
        let class = classes.entry((rank(&sentences[head]), inline(head), heads_what(head))).or_default();
        class.0 += 1;
        class.1 += usize::from(nested);
        blocks.insert(head, Block { end, nested });
    }
    let begins = |head: usize| {
        let (block, rank) = (&blocks[&head], rank(&sentences[head]));
        let (all, nested) = classes[&(rank, inline(head), heads_what(head))];
        // Numbers say little of a head in the outermost styles or on a line of its own: there the chain decides, which saw its words.
        let outer = if rank <= 1 || (rank <= 3 && !inline(head)) {
            !states[head].begins
        } else {
            rank <= 7 && nested * 10 >= all * OUTER_SHARE
        };
        let outer = outer || block.nested;
        !outer && kinds[head + 1..block.end].iter().any(|kind| matches!(kind, Kind::Measure | Kind::Result))
    };
    let mut units: Vec<Unit> = Vec::with_capacity(n);
    let mut open: Option<usize> = None;
    for i in 0..n {
        open = open.filter(|head| i < blocks[head].end);
        let unit = match kinds[i] {
            Kind::Heading => {
                open = Some(i).filter(|&head| begins(head));
                if open.is_some() { Unit::B } else { Unit::O }
            }
            Kind::Measure | Kind::Result if is_numbered(&sentences[i]) => {
                open = None;
                Unit::B
            }
            Kind::Measure | Kind::Result if open.is_some() => Unit::I,
            Kind::Measure | Kind::Result => {
                let joined = i > 0
                    && units[i - 1] != Unit::O
                    && matches!(kinds[i - 1], Kind::Measure | Kind::Target)
                    && sentences[i - 1].line == sentences[i].line
                    && is_joined(&looks[i - 1]);
                match kinds[i] {
                    _ if joined => Unit::I,
                    Kind::Measure => Unit::B,
                    _ => Unit::O,
                }
            }
            Kind::Context | Kind::Target | Kind::Problem if open.is_some() => Unit::I,
            Kind::Context | Kind::Target | Kind::Problem | Kind::Noise => {
                open = None;
                Unit::O
            }
        };
        units.push(unit);
    }
    units
}
