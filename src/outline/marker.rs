//! What numbers a sentence: `一、`, `（一）`, `1.`, `（1）`, `一是`, `——`, read through a folded view of its first characters.

use super::{Marker, MarkerStyle};
use crate::text::{Span, half_width};

/// No marker is longer than this, in characters: `第一百二十部分` with blanks between.
const REACH: usize = 12;

/// The bytes at the front of `sentence` that are dress, not text: blanks, `**`, `#`, zero-width and private-use characters, and the
/// question marks that lost characters leave (`??（一）`); no sentence begins with one.
pub(crate) fn dress_length(sentence: &str) -> usize {
    let mut rest = sentence;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c) || matches!(c, '#' | '?'));
        rest = rest.strip_prefix("**").unwrap_or(rest);
        if rest.len() == before {
            return sentence.len() - rest.len();
        }
    }
}

/// Characters that are not seen or mean nothing outside their own font.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c as u32, 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0xFEFF | 0xFE0F | 0xE000..=0xF8FF | 0xFFFD)
}

/// Whether `line` begins with a marker that numbers a head: `一、`, `（一）`, `1.`, `第一章`; not with `一是` or a bullet, which
/// stand within paragraphs as well.
pub(crate) fn is_head_marked(line: &str) -> bool {
    marker(line, Span::new(0, line.len()))
        .is_some_and(|marker| !matches!(marker.style, MarkerStyle::Ordinal | MarkerStyle::Bullet))
}

/// The marker at the front of the sentence that stands at `span`, if any.
pub(super) fn marker(text: &str, span: Span) -> Option<Marker> {
    let sentence = span.of(text);
    let start = span.start + dress_length(sentence);
    let mut front = Front { chars: [(' ', 0); REACH], count: 0 };
    for (at, c) in text[start..span.end].char_indices().take(REACH) {
        front.chars[front.count] = (half_width(c), start + at);
        front.count += 1;
    }
    let (style, number, length) =
        front.chapter().or_else(|| front.ordinal()).or_else(|| front.numbered()).or_else(|| {
            let length = front.bullet()?;
            Some((MarkerStyle::Bullet, 0, length))
        })?;
    let end = if length < front.count { front.chars[length].1 } else { end_of(text, start, length).min(span.end) };
    Some(Marker { style, number, span: Span::new(start, end) })
}

/// The byte after `count` characters from `start`.
fn end_of(text: &str, start: usize, count: usize) -> usize {
    text[start..].char_indices().nth(count).map_or(text.len(), |(at, _)| start + at)
}

/// The first characters of a sentence, half-width, each with its byte.
struct Front {
    chars: [(char, usize); REACH],
    count: usize,
}

impl Front {
    fn at(&self, index: usize) -> Option<char> {
        (index < self.count).then(|| self.chars[index].0)
    }

    fn skip_blanks(&self, mut index: usize) -> usize {
        while self.at(index) == Some(' ') {
            index += 1;
        }
        index
    }

    /// A Chinese number at `index`: its value and the index after it.
    fn han_number(&self, index: usize) -> Option<(u32, usize)> {
        let (mut value, mut digit, mut end) = (0u32, None, index);
        while let Some(c) = self.at(end) {
            match (han_digit(c), c) {
                (Some(d), _) if digit.is_none() => digit = Some(d),
                (None, '十') => {
                    value += 10 * digit.take().unwrap_or(1);
                }
                (None, '百') => {
                    value += 100 * digit.take()?;
                }
                _ => break,
            }
            end += 1;
        }
        (end > index).then(|| (value + digit.unwrap_or(0), end))
    }

    /// A number of one or two Arabic digits at `index`.
    fn digits(&self, index: usize) -> Option<(u32, usize)> {
        let (mut value, mut end) = (0, index);
        while let Some(d) = self.at(end).and_then(|c| c.to_digit(10)) {
            value = value * 10 + d;
            end += 1;
            if end - index > 2 {
                return None;
            }
        }
        (end > index).then_some((value, end))
    }

    /// `第一章`, `第2部分`.
    fn chapter(&self) -> Option<(MarkerStyle, u32, usize)> {
        if self.at(0)? != '第' {
            return None;
        }
        let (number, end) = self.han_number(1).or_else(|| self.digits(1))?;
        match (self.at(end)?, self.at(end + 1)) {
            ('章' | '篇' | '节' | '編' | '编', _) => Some((MarkerStyle::Chapter, number, end + 1)),
            ('部', Some('分')) => Some((MarkerStyle::Chapter, number, end + 2)),
            (',' | '、' | '.', _) => Some((MarkerStyle::Ordinal, number, end + 1)),
            _ => None,
        }
    }

    /// `一是`, `二要`, `其三，`.
    fn ordinal(&self) -> Option<(MarkerStyle, u32, usize)> {
        if self.at(0)? == '其' {
            let (number, end) = self.han_number(1)?;
            return matches!(self.at(end)?, ',' | '、').then_some((MarkerStyle::Ordinal, number, end + 1));
        }
        let (number, end) = self.han_number(0)?;
        matches!(self.at(end)?, '是' | '要').then_some((MarkerStyle::Ordinal, number, end + 1))
    }

    /// `一、`, `（一）`, `1.`, `（1）`, `1）`, `①`.
    fn numbered(&self) -> Option<(MarkerStyle, u32, usize)> {
        let first = self.at(0)?;
        if let Some(number) = circled(first) {
            let style = if first as u32 >= 0x2488 && first as u32 <= 0x249B {
                MarkerStyle::Digit
            } else {
                MarkerStyle::DigitBracket
            };
            return Some((style, number, 1));
        }
        let opened = matches!(first, '(' | '〔' | '[' | '【');
        let start = if opened { self.skip_blanks(1) } else { 0 };
        let (han, (number, end)) = match self.han_number(start) {
            Some(found) => (true, found),
            None => (false, self.digits(start)?),
        };
        let end = self.skip_blanks(end);
        match (self.at(end)?, opened) {
            // [1] and 【1】 are the numbers of footnotes, not of heads
            (')', true) if first == '(' => Some((bracket(han), number, self.after_comma(end + 1))),
            ('〕', true) if first == '〔' && han => Some((MarkerStyle::HanBracket, number, end + 1)),
            (')', false) => Some((bracket(han), number, self.after_comma(end + 1))),
            // 一、二、三产业 is a list of numbers
            ('、', false) if han => {
                let listed = self.han_number(end + 1).is_some_and(|(_, next)| self.at(next) == Some('、'));
                (!listed).then_some((MarkerStyle::HanComma, number, end + 1))
            }
            ('.' | '．', false) if han => Some((MarkerStyle::HanComma, number, end + 1)),
            ('、', false) => Some((MarkerStyle::Digit, number, end + 1)),
            ('.' | '．', false) => {
                let digit_follows = self.at(end + 1).is_some_and(|c| c.is_ascii_digit());
                (!digit_follows).then_some((MarkerStyle::Digit, number, end + 1))
            }
            _ => None,
        }
    }

    /// `（一）、` is one marker.
    fn after_comma(&self, index: usize) -> usize {
        if self.at(index) == Some('、') { index + 1 } else { index }
    }

    /// `——`, `●`, `- `: the length of the bullet.
    fn bullet(&self) -> Option<usize> {
        let first = self.at(0)?;
        match first {
            '—' | '―' | '─' | '－' => Some((0..self.count).take_while(|&i| self.at(i) == Some(first)).count()),
            '-' if self.at(1) == Some('-') && self.at(2) != Some('-') => Some(2),
            '-' | '*' | '+' => (self.at(1) == Some(' ')).then_some(1),
            '●' | '★' | '■' | '◆' | '▲' | '•' | '·' | '※' | '○' | '◎' | '□' | '☆' | '►' | '▶' | '→' | '◇' | '△'
            | '▪' | '❖' | '➢' | '✦' | '☐' | '∎' | '♦' => Some(1),
            _ => None,
        }
    }
}

fn bracket(han: bool) -> MarkerStyle {
    if han { MarkerStyle::HanBracket } else { MarkerStyle::DigitBracket }
}

fn han_digit(c: char) -> Option<u32> {
    "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1)
}

/// The value of `①`, `⑴`, `⒈` and their like.
fn circled(c: char) -> Option<u32> {
    match c as u32 {
        code @ 0x2460..=0x2473 => Some(code - 0x245F),
        code @ 0x2474..=0x2487 => Some(code - 0x2473),
        code @ 0x2488..=0x249B => Some(code - 0x2487),
        code @ 0x2776..=0x277F => Some(code - 0x2775),
        _ => None,
    }
}
