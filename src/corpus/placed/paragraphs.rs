//! From lines to paragraphs: a line that the page broke is joined to the next.

use super::gutter::{Column, Line, lines};
use super::rows::{Page, latin_meets};
use super::running;
use crate::outline::{is_head_marked, is_stop};
use std::collections::BTreeMap;

/// How near to the right edge, in characters, a line must end to be a full one: a mark that may not begin a line takes its
/// neighbour with it to the next.
const FULL: f64 = 2.0;
/// The same for a line that ends within a sentence: a number or a Latin word that may not be broken leaves more room.
const NEARLY_FULL: f64 = 4.0;
/// How much taller than the other one of two lines may be and still be of one paragraph.
const SAME_HEIGHT: f64 = 1.15;
/// The share of a column's lines that must end alike for that to be its edge; a table may reach beyond.
const EDGE_SHARE: [f64; 2] = [1.0 / 8.0, 1.0 / 20.0];

/// The text of pages, running heads and page numbers taken out: a paragraph a line.
///
/// A full line is joined to the next, on the next page and in the next column as well, unless that one is indented, begins
/// with the marker of a head, is of another height, or one of the two is the row of a table.
pub fn text(mut pages: Vec<Page>) -> String {
    running::remove(&mut pages);
    let lines: Vec<Line> = pages.into_iter().flat_map(lines).collect();
    let edges = edges(&lines);
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        if let Some(before) = before {
            if !continues(before, line, &edges) {
                text.push('\n');
            } else if latin_meets(&text, &line.run.text) && before.run.text.ends_with(|c: char| c.is_ascii_alphabetic())
            {
                text.push(' ');
            }
        }
        text.push_str(&line.run.text);
        before = Some(line);
    }
    text.push('\n');
    text
}

/// Whether `line` goes on with the paragraph of the line before it.
fn continues(before: &Line, line: &Line, edges: &BTreeMap<Column, Edges>) -> bool {
    let (one, other) = (&before.run, &line.run);
    let left_behind = edges.get(&before.column).map_or(0.0, |edges| (edges.right - one.right) / one.size);
    let indented = edges.get(&line.column).is_some_and(|edges| other.left - edges.left > 0.8 * other.size);
    let within = !one.text.ends_with(|c| is_stop(c) || matches!(c, '：' | ':' | '；' | ';' | '”' | '"' | '）' | ')'));
    let full = left_behind < FULL || left_behind < NEARLY_FULL && within;
    full && !indented
        && !before.tabular
        && !line.tabular
        && !is_entry_of_contents(&one.text)
        && one.size.max(other.size) <= SAME_HEIGHT * one.size.min(other.size)
        && !is_head_marked(&other.text)
}

/// Whether a line is led by points to a page number.
fn is_entry_of_contents(text: &str) -> bool {
    let numberless = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    numberless.len() < text.len()
        && ["....", "……", "····", "．．．", "…．", ". . ."].iter().any(|led| numberless.ends_with(led))
}

/// Where the lines of a column begin and end.
#[derive(Clone, Copy, Debug)]
struct Edges {
    left: f64,
    right: f64,
}

fn edges(lines: &[Line]) -> BTreeMap<Column, Edges> {
    let mut columns: BTreeMap<Column, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        columns.entry(line.column).or_default().push(line);
    }
    let edges = |lines: Vec<&Line>| {
        let left = lines.iter().map(|line| (-line.run.left, line.run.size)).collect();
        let right = lines.iter().map(|line| (line.run.right, line.run.size)).collect();
        Edges { left: -farthest(left), right: farthest(right) }
    };
    let mut found: BTreeMap<Column, Edges> =
        columns.into_iter().map(|(column, lines)| (column, edges(lines))).collect();
    // A line across columns is full if it reaches from the first one's edge to the last one's.
    for (column, inner) in found.clone().into_iter().rev() {
        let outer = column.around().and_then(|outer| found.get_mut(&outer));
        if let Some(outer) = outer {
            *outer = Edges { left: outer.left.min(inner.left), right: outer.right.max(inner.right) };
        }
    }
    found
}

/// The farthest place at which a fair share of the lines end within a character; of few lines, the farthest of all.
fn farthest(mut ends: Vec<(f64, f64)>) -> f64 {
    ends.sort_by(|a, b| b.0.total_cmp(&a.0));
    for share in EDGE_SHARE {
        let needed = (share * ends.len() as f64).ceil() as usize;
        let mut last = 0;
        for (first, (end, size)) in ends.iter().enumerate() {
            last = last.max(first);
            while last < ends.len() && end - ends[last].0 <= *size {
                last += 1;
            }
            if last - first >= needed {
                return *end;
            }
        }
    }
    ends.first().map_or(0.0, |(end, _)| *end)
}
