//! Heads and what stands below them: the shape of each sentence and its heading path.

use super::marker::{dress_length, is_unseen, marker};
use super::part;
use super::sentence::{Piece, is_closing, is_stop};
use super::{MarkerStyle, Sentence, Shape};
use crate::codebook::Part;
use crate::text::{is_han, is_letter};

/// The longest numbered head, in Chinese characters and digits; policy slogans of three clauses reach it.
const NUMBERED_HEAD: usize = 45;
/// The longest head on a line of its own without a number.
const BARE_HEAD: usize = 30;
/// The longest run-in head that begins a line or bears `一是`.
const RUN_IN_HEAD: usize = 24;
/// The longest run-in head inside a line without any number.
const INNER_HEAD: usize = 14;
/// What follows a run-in head inside a line is longer than this.
const INNER_BODY: usize = 20;

/// Depth by form, from the outermost; documents that nest otherwise are followed by [`Stack::enter`].
fn depth(style: Option<MarkerStyle>, opens_line: bool) -> u8 {
    match style {
        Some(MarkerStyle::Chapter) => 0,
        Some(MarkerStyle::HanComma) => 1,
        Some(MarkerStyle::HanBracket) => 2,
        Some(MarkerStyle::Digit) => 4,
        Some(MarkerStyle::DigitBracket) => 5,
        Some(MarkerStyle::Bullet) => 6,
        Some(MarkerStyle::Ordinal) => 8,
        None if opens_line => 7,
        None => 9,
    }
}

/// The depth of a head on its own line without a number.
const BARE_LINE: u8 = 3;

/// What is read of a sentence to see whether it is a head.
struct Look<'t> {
    /// The sentence without dress and marker.
    body: &'t str,
    /// Its Chinese characters, letters and digits.
    weight: usize,
    /// How many of them are Chinese.
    han: usize,
    /// Its last character that is not a closing mark.
    last: Option<char>,
    /// Whether it begins with `**`.
    bold: bool,
}

fn look<'t>(text: &'t str, sentence: &Sentence) -> Look<'t> {
    let whole = sentence.span.of(text);
    let start = sentence.marker.as_ref().map_or(sentence.span.start + dress_length(whole), |marker| marker.span.end);
    let body = text[start.min(sentence.span.end)..sentence.span.end].trim_end_matches("**").trim();
    let (mut weight, mut han) = (0, 0);
    for c in body.chars() {
        han += usize::from(is_han(c));
        weight += usize::from(is_letter(c));
    }
    let last = body.chars().rev().find(|&c| !is_closing(c) && c != '*' && !c.is_whitespace() && !is_unseen(c));
    Look { body, weight, han, last, bold: whole.starts_with("**") }
}

/// Builds the sentences with markers, shapes, heading paths and parts.
pub(super) fn build(text: &str, pieces: &[Piece]) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        sentences.push(Sentence {
            span: piece.span,
            line: piece.line,
            opens_line: index == 0 || pieces[index - 1].line != piece.line,
            closes_line: pieces.get(index + 1).is_none_or(|next| next.line != piece.line),
            marker: marker(text, piece.span),
            shape: Shape::Prose,
            path: Vec::new(),
            part: Part::Plan,
        });
    }
    let looks: Vec<Look> = sentences.iter().map(|sentence| look(text, sentence)).collect();
    shapes(&mut sentences, &looks);
    paths(&mut sentences, &looks);
    sentences
}

/// Decides which sentences are heads.
fn shapes(sentences: &mut [Sentence], looks: &[Look]) {
    let mut numbered_before = false;
    for index in 0..sentences.len() {
        let shape = shape(sentences, looks, index, numbered_before);
        sentences[index].shape = shape;
        numbered_before |= sentences[index].marker.as_ref().is_some_and(|m| m.style != MarkerStyle::Bullet);
        // below prose no line is the title any more
        numbered_before |= shape == Shape::Prose && looks[index].weight > BARE_HEAD;
    }
}

fn shape(sentences: &[Sentence], looks: &[Look], index: usize, body_began: bool) -> Shape {
    let (sentence, look) = (&sentences[index], &looks[index]);
    let stopped = look.last.is_some_and(is_stop);
    let style = sentence.marker.as_ref().map(|marker| marker.style);
    let alone = sentence.opens_line && sentence.closes_line;
    let greeting = look.last.is_some_and(|c| matches!(c, ':' | '：')) && style.is_none();
    if look.weight == 0 || look.body.contains('|') {
        return Shape::Prose;
    }
    if alone && !stopped {
        if greeting || look.han * 2 < look.weight {
            return Shape::Prose;
        }
        if let Some(style) = style {
            let limit = if style == MarkerStyle::Bullet { BARE_HEAD } else { NUMBERED_HEAD };
            return if look.weight <= limit { Shape::Line } else { Shape::Prose };
        }
        if look.weight > BARE_HEAD || look.body.contains(['；', '。']) {
            return Shape::Prose;
        }
        // the second half of a line that was wrapped hard is no head
        let wrapped = index > 0 && {
            let (before, earlier) = (&sentences[index - 1], &looks[index - 1]);
            before.line + 1 == sentence.line
                && before.shape == Shape::Prose
                && earlier.weight > BARE_HEAD
                && !earlier.last.is_some_and(|c| is_stop(c) || matches!(c, ':' | '：'))
        };
        return match (wrapped, body_began) {
            (true, _) => Shape::Prose,
            (false, false) => Shape::Title,
            (false, true) => Shape::Line,
        };
    }
    let followed = !sentence.closes_line && sentences.get(index + 1).is_some_and(|next| next.line == sentence.line);
    if alone && stopped && look.last == Some('。') {
        // a numbered slogan on its own line is a head though a full stop ends it
        let outer = matches!(style, Some(MarkerStyle::Chapter | MarkerStyle::HanComma | MarkerStyle::HanBracket));
        return if outer && look.weight <= NUMBERED_HEAD { Shape::Line } else { Shape::Prose };
    }
    if !followed || look.last != Some('。') {
        return Shape::Prose;
    }
    let told = look.body.contains('了') || look.body.contains(['%', '％']);
    let next = &looks[index + 1];
    let fits = match style {
        Some(MarkerStyle::Ordinal | MarkerStyle::Bullet) => {
            look.weight <= RUN_IN_HEAD && !told && sentences[index + 1].marker.as_ref().map(|m| m.style) != style
        }
        Some(_) => look.weight <= NUMBERED_HEAD,
        None if look.bold => look.weight <= NUMBERED_HEAD,
        None if sentence.opens_line => look.weight <= RUN_IN_HEAD && !told,
        None => {
            look.weight <= INNER_HEAD
                && !told
                && !look.body.contains(|c: char| c.is_numeric())
                && next.weight > INNER_BODY
                && sentences[index + 1].marker.is_none()
        }
    };
    if fits { Shape::RunIn } else { Shape::Prose }
}

/// One open head.
struct Open {
    index: u32,
    style: Option<MarkerStyle>,
    number: u32,
    depth: u8,
    /// Whether its block ends with its line.
    inline: bool,
    /// The characters before its colon, if it has no number.
    slogan: Option<usize>,
    part: Option<Part>,
}

/// The heads that are open at a sentence, outermost first.
#[derive(Default)]
struct Stack {
    open: Vec<Open>,
}

impl Stack {
    /// Closes what a sentence with this marker closes, and returns the depth at which it stands.
    fn enter(&mut self, style: Option<MarkerStyle>, number: u32, depth: u8) -> u8 {
        if let Some(style) = style.filter(|&style| style != MarkerStyle::Bullet) {
            // the numbering goes on where this style stands, or in another style whose number is the one before (一、 then 2、)
            let same = self.open.iter().position(|open| open.style == Some(style));
            let before = || {
                self.open.iter().position(|open| {
                    number > 1
                        && open.number + 1 == number
                        && open.style.is_some()
                        && open.style != Some(MarkerStyle::Ordinal)
                })
            };
            if let Some(at) = same.or_else(|| if style == MarkerStyle::Ordinal { None } else { before() }) {
                let depth = self.open[at].depth;
                self.open.truncate(at);
                return depth;
            }
            let inside = |open: &Open| {
                number == 1
                    && matches!(
                        open.style,
                        Some(MarkerStyle::Digit | MarkerStyle::DigitBracket | MarkerStyle::HanBracket)
                    )
            };
            if self.open.last().is_some_and(|open| inside(open) && open.depth >= depth) {
                return self.open.last().map_or(depth, |open| open.depth + 1);
            }
        }
        while self.open.last().is_some_and(|open| open.depth >= depth) {
            self.open.pop();
        }
        depth
    }

    /// Whether an outermost head without a number has a slogan of the same length before its colon: 站在新起点：2012年工作回顾 and
    /// 迈向新征程：加快发展 are parts of one rank, though only one of them names what it is.
    fn parallels(&self, slogan: Option<usize>) -> bool {
        slogan.is_some() && self.open.iter().any(|open| open.depth == 0 && open.slogan == slogan)
    }

    fn part(&self) -> Option<Part> {
        self.open.iter().rev().find_map(|open| open.part)
    }
}

/// The characters before the colon inside a head.
fn slogan_length(body: &str) -> Option<usize> {
    let (slogan, rest) = body.split_once(['：', ':'])?;
    (!slogan.is_empty() && !rest.is_empty()).then(|| slogan.chars().count())
}

/// Gives each sentence its heading path and part.
fn paths(sentences: &mut [Sentence], looks: &[Look]) {
    let mut stack = Stack::default();
    let title: String =
        looks.iter().zip(sentences.iter()).filter(|(_, s)| s.shape == Shape::Title).map(|(l, _)| l.body).collect();
    // what no head governs: the title's part, then that of the last outer head
    let mut base = part::of_title(&title);
    let mut trouble_line = None;
    for index in 0..sentences.len() {
        let sentence = &sentences[index];
        if sentence.opens_line {
            while stack.open.last().is_some_and(|open| open.inline) {
                stack.open.pop();
            }
        }
        let (style, number) = sentence.marker.as_ref().map_or((None, 0), |m| (Some(m.style), m.number));
        let head = matches!(sentence.shape, Shape::Line | Shape::RunIn);
        let slogan = slogan_length(looks[index].body).filter(|_| head && style.is_none());
        let named = if head { part::named_by(looks[index].body) } else { None };
        let mut depth = match (style, sentence.shape) {
            (None, Shape::Line) if named.is_some() || stack.parallels(slogan) => 0,
            (None, Shape::Line) => BARE_LINE,
            _ => depth(style, sentence.opens_line),
        };
        if head || style.is_some() {
            depth = stack.enter(style, number, depth);
        }
        let governing = stack.part().unwrap_or(base);
        let mut own = None;
        if head {
            // deep inside a review, a slogan with 安排 in it opens no plan; a head that names problems does so anywhere
            own = match named {
                Some(Part::Problems) => Some(Part::Problems),
                Some(part) if depth <= 1 || (sentence.shape == Shape::Line && stack.open.is_empty()) => Some(part),
                _ => None,
            };
            if let Some(part) = own.filter(|_| depth <= 1) {
                base = part;
            }
        }
        if sentence.opens_line && governing == Part::Review && part::turns_to_problems(looks[index].body) {
            trouble_line = Some(sentence.line);
        }
        let part = match own {
            Some(part) => part,
            None if trouble_line == Some(sentence.line) && governing == Part::Review => Part::Problems,
            None => governing,
        };
        let path = stack.open.iter().map(|open| open.index).collect();
        let inline =
            sentence.shape == Shape::RunIn && matches!(style, None | Some(MarkerStyle::Ordinal | MarkerStyle::Bullet));
        let sentence = &mut sentences[index];
        sentence.path = path;
        sentence.part = part;
        if head {
            stack.open.push(Open { index: index as u32, style, number, depth, inline, slogan, part: own });
        }
    }
}
