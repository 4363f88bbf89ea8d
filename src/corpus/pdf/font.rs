//! A font as the pages use it: strings in, characters with their widths out.

use super::cmap::CMap;
use super::composite::{self, CompositeFont};
use super::graph::Graph;
use super::simple::{self, SimpleFont};
use crate::notice::Clause;
use lopdf::Dictionary;
use unicode_normalization::UnicodeNormalization;

/// A font.
#[derive(Debug)]
pub struct Font {
    /// The name of its face, without the six letters that mark a part of it.
    pub name: String,
    /// Whether it is written from top to bottom.
    pub vertical: bool,
    /// The height of its characters as a multiple of the size at which it is set: 1, but in fonts that are drawn by operators.
    pub height: f64,
    /// The width of one unit of its widths as a multiple of that size.
    unit: f64,
    to_unicode: Option<CMap>,
    codes: Codes,
}

#[derive(Debug)]
enum Codes {
    Simple(SimpleFont),
    Composite(Box<CompositeFont>),
}

/// One code of a string, decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its characters; `None` if nothing says what they are.
    pub text: Option<String>,
    /// How far it moves on, as a multiple of the size.
    pub advance: f64,
    /// Whether it is the single byte 32, to which word spacing is added.
    pub is_space: bool,
}

impl Font {
    /// Reads a font.
    ///
    /// # Errors
    /// If a stream of it is over the limits, as a clause.
    pub fn read(graph: &Graph, font: &Dictionary) -> Result<Font, Clause> {
        let map = graph.stream(font, b"ToUnicode").map(|stream| graph.inflated(stream)).transpose()?.flatten();
        let to_unicode = map.map(|bytes| CMap::parse(&bytes));
        let name = graph.name(font, b"BaseFont").or_else(|| graph.name(font, b"Name")).unwrap_or(b"without a name");
        let name = String::from_utf8_lossy(name);
        let name = name.split_once('+').map_or(name.as_ref(), |(_, name)| name).to_string();
        let (mut unit, mut height, mut vertical) = (0.001, 1.0, false);
        let codes = if graph.name(font, b"Subtype") == Some(b"Type0") {
            let font = composite::read(graph, font, to_unicode.is_some())?;
            vertical = font.vertical;
            Codes::Composite(Box::new(font))
        } else {
            if let Ok([a, _, _, d, _, _]) = <[f64; 6]>::try_from(graph.numbers(font, b"FontMatrix")) {
                unit = a.abs();
                let area = graph.numbers(font, b"FontBBox");
                if let [_, bottom, _, top] = area[..]
                    && top > bottom
                {
                    height = (top - bottom) * d.abs();
                }
            }
            Codes::Simple(simple::read(graph, font, to_unicode.as_ref())?)
        };
        Ok(Font { name, vertical, height, unit, to_unicode, codes })
    }

    /// Decodes a string, code by code.
    pub fn show(&self, mut bytes: &[u8], mut each: impl FnMut(Shown)) {
        while let Some(first) = bytes.first() {
            let (length, text, width) = match &self.codes {
                Codes::Simple(font) => (1, font.texts[usize::from(*first)].clone(), font.widths[usize::from(*first)]),
                Codes::Composite(font) => {
                    let code = font.code(bytes);
                    let mapped = self.to_unicode.as_ref().and_then(|map| map.text(code.value));
                    let text = mapped.or_else(|| font.text(bytes, &code));
                    let width = font.width(&code, text.as_deref());
                    (code.length, text, width)
                }
            };
            let advance = if self.vertical { 1.0 } else { width * self.unit };
            each(Shown { text: text.map(plain), advance, is_space: length == 1 && *first == b' ' });
            bytes = &bytes[length.min(bytes.len())..];
        }
    }
}

/// Characters that a font's table confuses with others of the same shape, as the ones that are meant: radicals of the Kangxi
/// dictionary and their simplified twins, compatibility ideographs, controls and unusual spaces.
fn plain(text: String) -> String {
    if text.chars().all(|c| !is_confused(c)) {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2F00}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => plain.extend(c.nfkc()),
            '\u{2E80}'..='\u{2EFF}' => plain.push(radical(c)),
            '\u{A0}' | '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => plain.push(' '),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain
}

fn is_confused(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{A0}' | '\u{2028}' | '\u{2029}')
        || c.is_control()
}

/// The ideograph that looks like a radical of the supplement.
fn radical(c: char) -> char {
    const TWINS: &str = "⺁厂⺇几⺌小⺎兀⺏尣⺠民⺡氵⺮竹⺯糸⺼肉⻁虎⻂衤⻄西⻅见⻆角⻉贝⻋车⻌辶⻐钅⻑長⻒镸⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟";
    let mut twins = TWINS.chars();
    while let (Some(radical), Some(ideograph)) = (twins.next(), twins.next()) {
        if radical == c {
            return ideograph;
        }
    }
    c.nfkc().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_ideographs_they_look_like() {
        assert_eq!(plain("⼤⼒发展⻘⽯⻓⻔⺠⾏\u{FA08}\u{A0}\u{1}".into()), "大力发展青石长门民行行 ");
        let kangxi: Vec<char> = ('\u{2F00}'..='\u{2FD5}').filter(|c| plain(c.to_string()) == c.to_string()).collect();
        assert_eq!(kangxi, []);
    }
}
