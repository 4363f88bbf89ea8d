//! The right way up: a page as its reader holds it, whichever way its text runs.

use super::pages::PageNode;
use super::walk::Glyph;
use crate::corpus::placed::{Page, Placed};

/// A page whose lines run from left to right, and what was left out.
pub struct Upright {
    /// The page.
    pub page: Page,
    /// How many characters stand askew to the others: a watermark, or a note up the margin.
    pub askew: usize,
}

/// How many parts of its length a direction may rise to count as level: about ten degrees.
const LEVEL: f64 = 0.18;

/// In which quarter turn a character's baseline runs: 0 to the right, 1 upwards, 2 to the left, 3 downwards.
fn quarter(glyph: &Glyph) -> Option<usize> {
    let (x, y) = (glyph.to.0 - glyph.from.0, glyph.to.1 - glyph.from.1);
    if y.abs() <= LEVEL * x.abs() {
        Some(if x >= 0.0 { 0 } else { 2 })
    } else if x.abs() <= LEVEL * y.abs() {
        Some(if y > 0.0 { 1 } else { 3 })
    } else {
        None
    }
}

/// Turns a page so that most of its text runs to the right. What lies outside of the page is not seen, and left out.
pub fn upright(glyphs: Vec<Glyph>, node: &PageNode) -> Upright {
    let [left, bottom, right, top] = node.area;
    let seen = |(x, y): (f64, f64)| (left - 1.0..=right + 1.0).contains(&x) && (bottom - 1.0..=top + 1.0).contains(&y);
    let glyphs: Vec<Glyph> = glyphs.into_iter().filter(|glyph| seen(glyph.from)).collect();
    let mut counts = [0usize; 4];
    for glyph in glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()) {
        if let Some(quarter) = quarter(glyph) {
            counts[quarter] += 1;
        }
    }
    // Of two directions with as many characters, the one that the page's own turn sets upright.
    let shown = usize::from(node.quarters) % 4;
    let main = (0..4).map(|turn| (shown + turn) % 4).rev().max_by_key(|quarter| counts[*quarter]).unwrap_or(0);
    let turned = |(x, y): (f64, f64)| match main {
        0 => (x, -y),
        1 => (y, x),
        2 => (-x, y),
        _ => (-y, -x),
    };
    let corners = [turned((left, bottom)), turned((right, top))];
    let width = (corners[0].0 - corners[1].0).abs();
    let extent = (corners[0].1.min(corners[1].1), corners[0].1.max(corners[1].1));
    let mut askew = 0;
    let mut runs = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        if quarter(&glyph) != Some(main) {
            askew += usize::from(!glyph.text.trim().is_empty());
            continue;
        }
        let ((left, y), (right, _)) = (turned(glyph.from), turned(glyph.to));
        runs.push(Placed { left, right: right.max(left), y, size: glyph.size, text: glyph.text });
    }
    Upright { page: Page::new(width, Some(extent), runs), askew }
}
