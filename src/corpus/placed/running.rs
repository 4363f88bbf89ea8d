//! Running heads, feet and page numbers: what stands at the edge of page after page.

use super::rows::{Page, Row};
use std::collections::BTreeMap;

/// How many rows at each edge may be running ones: a head of two lines and a rule's caption.
const EDGE: usize = 3;
/// How much of a page's height at either end is margin, in which running rows stand.
const MARGIN: f64 = 0.12;
/// On how many pages a row must stand alike to be a running one.
const PAGES: usize = 3;

/// Takes out page numbers at the edges of pages, and rows in the margins that stand alike, but for digits, on three pages or more
/// at one height; where there are only two pages, on both.
pub(super) fn remove(pages: &mut [Page]) {
    let mut seen: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for page in pages.iter() {
        let count = page.rows.len();
        for (at, row) in page.rows.iter().enumerate() {
            if (at < EDGE || at + EDGE >= count) && in_margin(row, page.extent) {
                *seen.entry(key(row)).or_default() += 1;
            }
        }
    }
    let needed = PAGES.min(pages.len().max(2));
    for page in pages {
        let extent = page.extent;
        let runs = |row: &Row| {
            let (text, height) = key(row);
            // Heights are rounded; one row may fall on either side.
            let count: usize = (height - 1..=height + 1).filter_map(|h| seen.get(&(text.clone(), h))).sum();
            let worded = text.chars().any(|c| !c.is_ascii_digit());
            worded && in_margin(row, extent) && count >= needed || is_page_number(row)
        };
        for _ in 0..EDGE {
            if page.rows.last().is_some_and(runs) {
                page.rows.pop();
            }
        }
        let heads = page.rows.iter().take(EDGE).take_while(|row| runs(row)).count();
        page.rows.drain(..heads);
    }
}

fn in_margin(row: &Row, extent: Option<(f64, f64)>) -> bool {
    let Some(((top, bottom), y)) = extent.zip(row.first().map(|piece| piece.y)) else { return true };
    let within = MARGIN * (bottom - top);
    y < top + within || y > bottom - within
}

/// What a row shows, every number alike, and about where.
fn key(row: &Row) -> (String, i64) {
    let mut text = String::new();
    for c in row.iter().flat_map(|piece| piece.text.chars()).filter(|c| !c.is_whitespace()) {
        match c.is_ascii_digit() {
            true if text.ends_with('0') => {}
            true => text.push('0'),
            false => text.push(c),
        }
    }
    (text, row.first().map_or(0, |piece| (piece.y / (0.5 * piece.size)).round() as i64))
}

/// Whether a row is a page number: `12`, `- 12 -`, `第12页 共30页`, `12/30`.
fn is_page_number(row: &Row) -> bool {
    let text: String = row.iter().flat_map(|piece| piece.text.chars()).filter(|c| !c.is_whitespace()).collect();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let dressed = !text.chars().all(|c| c.is_ascii_digit());
    // Four bare digits are more likely a year.
    let longest = if dressed { 8 } else { 3 };
    (1..=longest).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || "-—–－―─·•第页共/|~〜".contains(c))
}
