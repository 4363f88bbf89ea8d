//! Cutting a text into sentences, as the codebook says: at `。！？；` with their closing quotes, and at the end of a line.

use crate::text::Span;

/// One sentence as it was cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its bytes, without the blanks and tags at the edges.
    pub span: Span,
    /// Its line, counted from 0 over all lines.
    pub line: u32,
}

/// Whether `c` ends a sentence: `。` `！` `？` `；` `;`.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | ';')
}

/// Whether `c` stays with the stop before it.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '』' | '」' | '）' | ')')
}

/// The sentences of `text` in order; those that are only blanks and tags are left out.
pub(super) fn cut(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(text.len() / 120);
    let mut line_start = 0;
    for (number, line) in text.split('\n').enumerate() {
        let mut start = line_start;
        let line_end = line_start + line.len();
        while start < line_end {
            let end = start + piece_length(&text[start..line_end]);
            let span = trim(text, start, end);
            if !span.is_empty() {
                pieces.push(Piece { span, line: number as u32 });
            }
            start = end;
        }
        line_start = line_end + 1;
    }
    pieces
}

/// The length in bytes of the first piece of `rest`, which is not empty and holds no line end.
///
/// A stop ends a piece only after one character at least, so a stop at the very beginning belongs to what follows.
fn piece_length(rest: &str) -> usize {
    let mut stopped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if stopped {
            if !is_stop(c) {
                return at + closing_length(&rest[at..]);
            }
        } else {
            stopped = is_stop(c);
        }
    }
    rest.len()
}

/// The length of the closing marks at the front of `rest`, and of a `</p>` after them.
fn closing_length(rest: &str) -> usize {
    let marks = rest.len() - rest.trim_start_matches(is_closing).len();
    let tail = rest[marks..].trim_start_matches(is_blank);
    if tail.starts_with("</p>") { rest.len() - tail.len() + "</p>".len() } else { marks }
}

/// Blanks at an edge: Unicode white space, and the four separators U+001C–1F that the reference rule counts with it.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// The span without blanks, tags and `&nbsp;` at its edges.
fn trim(text: &str, start: usize, end: usize) -> Span {
    let (mut start, mut end) = (start, end);
    loop {
        let left = edge_length(&text[start..end]);
        start += left;
        if left == 0 {
            let right = right_edge(&text[start..end]);
            if right == 0 {
                return Span::new(start, end);
            }
            end -= right;
        }
        if start == end {
            return Span::new(start, end);
        }
    }
}

/// The length of the run of blanks, tags and `&nbsp;` at the front of `rest`.
fn edge_length(rest: &str) -> usize {
    let mut at = 0;
    while let Some(length) = edge_token(&rest[at..]) {
        at += length;
    }
    at
}

/// The length of one blank, tag or `&nbsp;` at the front of `rest`.
fn edge_token(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    match first {
        '<' => rest.find('>').map(|at| at + 1),
        '&' => rest.starts_with("&nbsp;").then_some("&nbsp;".len()),
        _ => is_blank(first).then_some(first.len_utf8()),
    }
}

/// The length of the longest run of blanks, tags and `&nbsp;` that reaches the end of `rest`.
fn right_edge(rest: &str) -> usize {
    let last = rest.chars().next_back();
    if !last.is_some_and(|c| is_blank(c) || c == '>' || c == ';') {
        return 0;
    }
    // From the right, whether the tokens that begin at a byte reach the end: each token is looked at once.
    let mut reaches = vec![false; rest.len() + 1];
    reaches[rest.len()] = true;
    let (mut longest, mut closed) = (0, None);
    for (at, c) in rest.char_indices().rev() {
        let length = match c {
            '>' => {
                closed = Some(at + 1);
                None
            }
            '<' => closed.map(|end: usize| end - at),
            '&' => rest[at..].starts_with("&nbsp;").then_some("&nbsp;".len()),
            _ => is_blank(c).then_some(c.len_utf8()),
        };
        if length.is_some_and(|length| reaches[at + length]) {
            reaches[at] = true;
            longest = rest.len() - at;
        }
    }
    longest
}
