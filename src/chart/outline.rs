//! The svg whose letters are outlines: each letter of the font is drawn once, and stands wherever it is used.
//!
//! usvg's own writer spells every letter out wherever it stands, which makes a chart six times as large.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{LazyLock, OnceLock};

use resvg::usvg::tiny_skia_path::Point;
use resvg::usvg::{Text, Transform, Tree};
use ttf_parser::{GlyphId, OutlineBuilder};

use super::{font, letters};

/// How the line of a text begins.
pub(super) const TEXT: &str = "<text";

/// The drawing `svg`, as [`super::canvas`] writes it, with outlines for its texts; `tree` is the same drawing read.
///
/// `None` where the two do not hold the same number of texts.
pub(super) fn outlined(svg: &str, tree: &Tree) -> Option<String> {
    let mut texts = letters::texts(tree).into_iter();
    let mut letters: BTreeMap<u32, &str> = BTreeMap::new();
    let (head, lines) = svg.split_once('\n')?;
    let mut body = String::with_capacity(svg.len() * 2);
    for line in lines.lines() {
        if line.starts_with(TEXT) {
            body.push_str(&placed(line, texts.next()?, &mut letters));
        } else {
            body.push_str(line);
        }
        body.push('\n');
    }
    if texts.next().is_some() {
        return None;
    }
    let head = head.strip_suffix('>')?;
    // What reads svg 1.1 alone knows no other name for a reference.
    let mut whole = format!("{head} xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n<defs>\n");
    // A blank has no outline.
    for (id, path) in letters.iter().filter(|(_, path)| !path.is_empty()) {
        writeln!(whole, "<path id=\"g{id}\" d=\"{path}\"/>").expect("a string takes all");
    }
    Some(whole + "</defs>\n" + &body)
}

/// The letters of a text, in a group that has the size and place of the first; the others stand so many units of the font
/// further on. The colour is that of the element `line`.
fn placed(line: &str, text: &Text, letters: &mut BTreeMap<u32, &'static str>) -> String {
    let mut placed = String::new();
    let mut back: Option<Transform> = None;
    for glyph in text.layouted().iter().flat_map(|span| &span.positioned_glyphs) {
        let here = text.abs_transform().pre_concat(glyph.outline_transform());
        let back = *back.get_or_insert_with(|| {
            let colour = attribute(line, "fill").map_or(String::new(), |colour| format!(" fill=\"{colour}\""));
            let linear = [here.sx, here.ky, here.kx, here.sy].map(|part| rounded(part, 6)).join(" ");
            let (x, y) = (rounded(here.tx, 3), rounded(here.ty, 3));
            write!(placed, "<g{colour} transform=\"matrix({linear} {x} {y})\">").expect("a string takes all");
            here.invert().unwrap_or_default()
        });
        let path = letters.entry(glyph.id.0).or_insert_with(|| drawn(glyph.id.0));
        if path.is_empty() {
            continue;
        }
        let mut at = Point { x: here.tx, y: here.ty };
        back.map_point(&mut at);
        let away = |name: &str, units: f32| match units.round() {
            0.0 => String::new(),
            units => format!(" {name}=\"{units}\""),
        };
        write!(placed, "<use xlink:href=\"#g{}\"{}{}/>", glyph.id.0, away("x", at.x), away("y", at.y))
            .expect("a string takes all");
    }
    if back.is_some() {
        placed.push_str("</g>");
    }
    placed
}

/// The value of an attribute of an element.
fn attribute<'e>(element: &'e str, name: &str) -> Option<&'e str> {
    let tag = element.split('>').next()?;
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    value.split('"').next()
}

/// A number with so many digits after the point at most.
fn rounded(value: f32, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// The outline of a letter in units of the font; empty for one that the font has not. Each is made once for all charts.
fn drawn(id: u32) -> &'static str {
    static DRAWN: LazyLock<Vec<OnceLock<String>>> =
        LazyLock::new(|| (0..font::letters()).map(|_| OnceLock::new()).collect());
    let Some((slot, id)) = DRAWN.get(id as usize).zip(u16::try_from(id).ok()) else { return "" };
    slot.get_or_init(|| {
        let mut outline = Outline::default();
        font::outline(GlyphId(id), &mut outline);
        outline.0
    })
}

/// The commands of an svg path.
#[derive(Default)]
struct Outline(String);

impl Outline {
    fn put(&mut self, command: char, numbers: &[f32]) {
        self.0.push(command);
        for (n, number) in numbers.iter().enumerate() {
            // A sign parts two numbers as well as a blank does.
            let number = rounded(*number, 1);
            if n > 0 && !number.starts_with('-') {
                self.0.push(' ');
            }
            self.0.push_str(&number);
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[x, y]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[x1, y1, x, y]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[x1, y1, x2, y2, x, y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!([rounded(1.5, 3), rounded(-0.0001, 3), rounded(20.0, 1)], ["1.5", "0", "20"]);
        assert_eq!(attribute("<text x=\"1\" fill=\"#222222\">fill=\"x\"</text>", "fill"), Some("#222222"));
        assert_eq!(attribute("<text>", "fill"), None);
    }
}
