//! From runs to rows: what stands on one baseline, cut where the gap is wide.

/// A run of text as it is placed. Units are the page's own; `y` grows downwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Where its first character begins.
    pub left: f64,
    /// Where its last character ends.
    pub right: f64,
    /// The baseline.
    pub y: f64,
    /// The height of its characters.
    pub size: f64,
    /// What is written.
    pub text: String,
}

/// A page: its rows from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The page's width, by which pages laid out alike are known; 0 where it is not known.
    pub(super) width: f64,
    /// Where the page begins and ends, from top to bottom, if that is known.
    pub(super) extent: Option<(f64, f64)>,
    /// The rows.
    pub(super) rows: Vec<Row>,
}

/// What stands on one baseline: pieces from left to right, with more than a character's width between two.
pub(super) type Row = Vec<Placed>;

/// A gap wider than this many characters cuts a row: a column's gutter, or the next cell of a table.
const CUT: f64 = 1.0;
/// A gap wider than this between two Latin characters is a space that was not written.
const LATIN_SPACE: f64 = 0.2;
/// Two runs are on one baseline if they are nearer than this part of the taller one's height: a raised note is, the next line
/// is not even where lines are set solid.
const BASELINE: f64 = 0.45;
/// The same text nearer than this part of its height was printed twice to look bold.
const OVERPRINT: f64 = 0.3;

impl Page {
    /// The page, as wide as `width` and from top to bottom of the `extent`, on which `runs` stand. Runs whose place is no finite number are nowhere, and left out.
    pub fn new(width: f64, extent: Option<(f64, f64)>, mut runs: Vec<Placed>) -> Page {
        runs.retain(|run| {
            [run.left, run.right, run.y, run.size].iter().all(|value| value.is_finite()) && run.size > 0.0
        });
        runs.sort_by(|a, b| a.y.total_cmp(&b.y));
        let mut rows: Vec<Vec<Placed>> = Vec::new();
        // The row's tallest run says where its baseline is.
        let (mut y, mut size) = (f64::NEG_INFINITY, 0.0f64);
        for run in runs {
            match rows.last_mut() {
                Some(row) if run.y - y < BASELINE * size.max(run.size) => {
                    if run.size > size {
                        (y, size) = (run.y, run.size);
                    }
                    row.push(run);
                }
                _ => {
                    (y, size) = (run.y, run.size);
                    rows.push(vec![run]);
                }
            }
        }
        Page { width, extent, rows: rows.into_iter().map(pieces).filter(|row| !row.is_empty()).collect() }
    }
}

/// The runs of one row as pieces. Blanks at a piece's edges have no place of their own.
fn pieces(mut runs: Vec<Placed>) -> Row {
    runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut row: Row = Vec::new();
    // Where the last run ended, blanks included, and where it began.
    let (mut end, mut begin) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let mut last = String::new();
    for run in runs {
        if run.text == last && run.left - begin < OVERPRINT * run.size {
            continue;
        }
        let blank = run.text.trim().is_empty();
        let gap = run.left - end;
        match row.last_mut() {
            Some(piece) if gap <= CUT * run.size.max(piece.size) => {
                if gap > LATIN_SPACE * run.size && latin_meets(&piece.text, &run.text) {
                    piece.text.push(' ');
                }
                if !blank {
                    if piece.text.trim().is_empty() {
                        piece.left = run.left;
                    }
                    piece.right = piece.right.max(run.right);
                    if run.size > piece.size {
                        (piece.size, piece.y) = (run.size, run.y);
                    }
                }
                piece.text.push_str(&run.text);
            }
            _ => row.push(run.clone()),
        }
        (begin, end) = (run.left, end.max(run.right));
        last = run.text;
    }
    row.retain(|piece| !piece.text.trim().is_empty());
    for piece in &mut row {
        piece.text = piece.text.trim().to_string();
    }
    row
}

/// Whether Latin letters or digits stand on both sides of a seam.
pub(super) fn latin_meets(before: &str, after: &str) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
    latin(before.chars().next_back()) && latin(after.chars().next())
}
