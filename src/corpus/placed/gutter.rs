//! Columns: where a page is set in two or three, each is read from top to bottom before the next.

use super::rows::{Page, Placed, Row};

/// A line in reading order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The line as one run.
    pub run: Placed,
    /// The column in which it stands: lines of one column share their edges.
    pub column: Column,
    /// Whether it looks like the row of a table.
    pub tabular: bool,
}

/// A column: of how many, and which; with the page's width, rounded, so that pages laid out alike are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column {
    width: i64,
    place: u32,
}

impl Column {
    /// The column in which this one is a half.
    pub(super) fn around(self) -> Option<Column> {
        (self.place > 1).then_some(Column { place: self.place / 2, ..self })
    }
}

/// How many rows a column must have on both sides of its gutter.
const ROWS: usize = 4;
/// The share of a column's lines that reach its right edge, at least; cells of a table do not.
const FULL_SHARE: f64 = 0.4;
/// How much narrower than its neighbour a column may be; prose is set in equal columns, tables are not.
const EQUAL: f64 = 0.6;
/// The least width of the free strip in characters: where a centred title happens to end at a column's edge is no gutter.
const STRIP: f64 = 0.5;
/// The least width of a column in characters.
const NARROWEST: f64 = 8.0;
/// Beyond this many pieces a page is no page of text, and its columns are not looked for.
const MOST_PIECES: usize = 5_000;
/// Columns of columns: a page has at most four.
const DEPTH: u32 = 2;

/// The lines of a page in reading order.
pub(super) fn lines(page: Page) -> Vec<Line> {
    let column =
        Column { width: if page.width.is_finite() { (page.width / 10.0).round() as i64 } else { 0 }, place: 1 };
    let mut lines = Vec::new();
    let deep = if page.rows.iter().map(Vec::len).sum::<usize>() > MOST_PIECES { 0 } else { DEPTH };
    read(page.rows, column, deep, &mut lines);
    lines
}

/// Appends the lines of `rows`, columns told apart up to `deep` times.
fn read(rows: Vec<Row>, column: Column, deep: u32, lines: &mut Vec<Line>) {
    let Some(gutter) = (deep > 0).then(|| gutter(&rows)).flatten() else {
        lines.extend(rows.into_iter().map(|row| line(row, column)));
        return;
    };
    let mut band: Vec<Row> = Vec::new();
    for row in rows {
        if row.iter().any(|piece| piece.left < gutter && piece.right > gutter) {
            read_band(std::mem::take(&mut band), gutter, column, deep, lines);
            lines.push(line(row, column));
        } else {
            band.push(row);
        }
    }
    read_band(band, gutter, column, deep, lines);
}

/// Appends the lines of rows that all leave the gutter free.
fn read_band(rows: Vec<Row>, gutter: f64, column: Column, deep: u32, lines: &mut Vec<Line>) {
    let side = |keep_left: bool| -> Vec<Row> {
        let kept = |row: &Row| -> Row { row.iter().filter(|p| (p.right <= gutter) == keep_left).cloned().collect() };
        rows.iter().map(kept).filter(|row| !row.is_empty()).collect()
    };
    let (left, right) = (side(true), side(false));
    if left.len() < ROWS || right.is_empty() || !is_prose(&left) || right.len() >= ROWS && !is_prose(&right) {
        lines.extend(rows.into_iter().map(|row| line(row, column)));
        return;
    }
    read(left, Column { place: column.place * 2, ..column }, deep - 1, lines);
    read(right, Column { place: column.place * 2 + 1, ..column }, deep - 1, lines);
}

/// The middle of the free strip that parts two columns of prose, if the rows have one.
fn gutter(rows: &[Row]) -> Option<f64> {
    let pieces: Vec<&Placed> = rows.iter().flatten().collect();
    let (left, right) = edges(pieces.iter().copied());
    let width = right - left;
    let mut best: Option<(usize, f64)> = None;
    let inside = |piece: &&&Placed| (0.2..0.8).contains(&((piece.right - left) / width));
    for (edge, size) in pieces.iter().filter(inside).map(|piece| (piece.right, piece.size)) {
        let beyond = pieces.iter().map(|p| p.left).filter(|x| *x >= edge).fold(f64::INFINITY, f64::min);
        let middle = (edge + beyond) / 2.0;
        let crossing = pieces.iter().filter(|p| p.left < middle && p.right > middle).count();
        let free = beyond.is_finite() && beyond - edge >= STRIP * size;
        if free && best.is_none_or(|(fewest, _)| crossing < fewest) {
            best = Some((crossing, middle));
        }
    }
    let (_, middle) = best?;
    let side = |keep: &dyn Fn(&Placed) -> bool| -> Vec<Row> {
        let kept = |row: &Row| row.iter().filter(|piece| keep(piece)).cloned().collect::<Row>();
        rows.iter().map(kept).filter(|row: &Row| !row.is_empty()).collect()
    };
    let (before, after) = (side(&|piece| piece.right <= middle), side(&|piece| piece.left >= middle));
    let wide = |rows: &[Row]| {
        let (left, right) = edges(rows.iter().flatten());
        right - left
    };
    let (one, other) = (wide(&before), wide(&after));
    (before.len() >= ROWS
        && after.len() >= ROWS
        && is_prose(&before)
        && is_prose(&after)
        && one.min(other) >= EQUAL * one.max(other))
    .then_some(middle)
}

/// Whether rows are lines of running text: wide, in one piece, and many of them full.
fn is_prose(rows: &[Row]) -> bool {
    let (left, right) = edges(rows.iter().flatten());
    let size = rows.iter().flatten().map(|piece| piece.size).fold(0.0, f64::max);
    let full = rows.iter().filter(|row| row.last().is_some_and(|p| right - p.right < 2.0 * p.size)).count();
    let whole = rows.iter().filter(|row| row.len() == 1).count();
    right - left >= NARROWEST * size
        && full as f64 >= FULL_SHARE * rows.len() as f64
        && whole as f64 >= 0.5 * rows.len() as f64
}

fn edges<'p>(pieces: impl Iterator<Item = &'p Placed>) -> (f64, f64) {
    pieces
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(left, right), piece| (left.min(piece.left), right.max(piece.right)))
}

/// A row as one line; between two pieces stands a space.
fn line(row: Row, column: Column) -> Line {
    let widest = row.windows(2).map(|two| (two[1].left - two[0].right) / two[1].size).fold(0.0, f64::max);
    let tabular = row.len() > 2 || widest > 2.0;
    let mut pieces = row.into_iter();
    let mut run = pieces.next().unwrap_or(Placed { left: 0.0, right: 0.0, y: 0.0, size: 1.0, text: String::new() });
    for piece in pieces {
        run.text.push(' ');
        run.text.push_str(&piece.text);
        run.right = run.right.max(piece.right);
        run.size = run.size.max(piece.size);
    }
    Line { run, column, tabular }
}
