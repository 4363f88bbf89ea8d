//! A sheet on which the charts draw: plotters' svg backend, with text placed by measured widths.
//!
//! A chart draws first and fixes the height last, so the canvas keeps the strokes and replays them at the end.
//! plotters writes no attributes of its own, so the data behind a mark is added to its element afterwards.

use std::fmt::Write as _;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, FontTransform};

use super::font;
use super::style::{Rgb, Style};
use crate::error::{Error, Result, Trouble};

/// What a mark of a chart stands for, as (name, value): `place`, `year`, `theme`, `term`, `cluster`, `measure`.
///
/// Each becomes an attribute `data-NAME` of the svg's element. The key `count` says how many things the mark counts: as
/// many as are behind it when it is opened.
pub type Keys = Vec<(String, String)>;

/// The key of a mark that counts `n` things; it stands first, so that it holds against a label's own count.
pub(super) fn counted(n: usize) -> Keys {
    vec![("count".to_owned(), n.to_string())]
}

/// A name on a chart, and what it stands for.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Label {
    /// The name as it is shown.
    pub text: String,
    /// What it stands for.
    pub keys: Keys,
}

impl Label {
    /// A name that stands for one thing.
    pub fn new(text: impl Into<String>, key: &str, value: impl Into<String>) -> Label {
        Label { text: text.into(), keys: vec![(key.to_owned(), value.into())] }
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Label {
        Label { text: text.to_owned(), keys: Keys::new() }
    }
}

/// A finished picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The svg with its text as text and the data behind each mark as attributes: what a page embeds.
    pub svg: String,
    /// The width in px.
    pub width: u32,
    /// The height in px.
    pub height: u32,
}

/// Which end of a text stands at the given place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug)]
enum Shape {
    Rect { x: i32, y: i32, right: i32, bottom: i32, filled: bool },
    Line { from: (i32, i32), to: (i32, i32), width: u32 },
    Path { points: Vec<(i32, i32)>, width: u32 },
    Polygon { points: Vec<(i32, i32)> },
    Circle { centre: (i32, i32), radius: u32, filled: bool },
    Text { at: (i32, i32), size: f64, anchor: Anchor, upright: bool, text: String },
}

#[derive(Debug)]
struct Stroke {
    shape: Shape,
    colour: RGBAColor,
    group: Option<usize>,
}

/// The sheet.
#[derive(Debug)]
pub(super) struct Canvas {
    pub(super) style: Style,
    title: String,
    strokes: Vec<Stroke>,
    groups: Vec<String>,
    group: Option<usize>,
    trouble: Option<Error>,
}

fn px(value: f64) -> i32 {
    libm::round(value) as i32
}

impl Canvas {
    /// An empty sheet; the title names it for screen readers.
    pub(super) fn new(style: Style, title: &str) -> Canvas {
        Canvas { style, title: title.to_owned(), strokes: vec![], groups: vec![], group: None, trouble: None }
    }

    fn push(&mut self, shape: Shape, colour: Rgb, alpha: f64) {
        let colour = RGBColor(colour.0, colour.1, colour.2).mix(alpha);
        self.strokes.push(Stroke { shape, colour, group: self.group });
    }

    /// Whatever `draw` draws stands for all these keys together; `tip` is shown under the pointer and read aloud.
    pub(super) fn mark(&mut self, keys: &[&Keys], tip: &str, draw: impl FnOnce(&mut Canvas)) {
        let mut attributes = String::new();
        let mut named: Vec<String> = Vec::new();
        for (name, value) in keys.iter().flat_map(|keys| keys.iter()) {
            let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            // An element has an attribute once: the first of two keys of one name holds.
            if !named.contains(&name) {
                write!(attributes, " data-{name}=\"{}\"", escape(value)).expect("a string takes all");
                named.push(name);
            }
        }
        self.groups.push(format!(
            "{attributes}>{}",
            if tip.is_empty() { String::new() } else { format!("<title>{}</title>", escape(tip)) }
        ));
        self.group = Some(self.groups.len() - 1);
        draw(self);
        self.group = None;
    }

    /// A filled rectangle.
    pub(super) fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, colour: Rgb) {
        self.push(Shape::Rect { x: px(x), y: px(y), right: px(x + w), bottom: px(y + h), filled: true }, colour, 1.0);
    }

    /// A filled rectangle that lets through what is below it.
    pub(super) fn veil(&mut self, x: f64, y: f64, w: f64, h: f64, colour: Rgb, alpha: f64) {
        self.push(Shape::Rect { x: px(x), y: px(y), right: px(x + w), bottom: px(y + h), filled: true }, colour, alpha);
    }

    /// The edge of a rectangle, one px wide.
    pub(super) fn frame(&mut self, x: f64, y: f64, w: f64, h: f64, colour: Rgb) {
        self.push(Shape::Rect { x: px(x), y: px(y), right: px(x + w), bottom: px(y + h), filled: false }, colour, 1.0);
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: Rgb, width: u32) {
        let (from, to) = ((px(from.0), px(from.1)), (px(to.0), px(to.1)));
        self.push(Shape::Line { from, to, width }, colour, 1.0);
    }

    /// A line through many points.
    pub(super) fn path(&mut self, points: &[(f64, f64)], colour: Rgb, width: u32) {
        let points = points.iter().map(|&(x, y)| (px(x), px(y))).collect();
        self.push(Shape::Path { points, width }, colour, 1.0);
    }

    /// A filled area.
    pub(super) fn polygon(&mut self, points: &[(f64, f64)], colour: Rgb, alpha: f64) {
        let points = points.iter().map(|&(x, y)| (px(x), px(y))).collect();
        self.push(Shape::Polygon { points }, colour, alpha);
    }

    /// A dot.
    pub(super) fn dot(&mut self, centre: (f64, f64), radius: u32, colour: Rgb, alpha: f64) {
        self.push(Shape::Circle { centre: (px(centre.0), px(centre.1)), radius, filled: true }, colour, alpha);
    }

    /// A ring: the hollow twin of a dot.
    pub(super) fn ring(&mut self, centre: (f64, f64), radius: u32, colour: Rgb) {
        self.push(Shape::Circle { centre: (px(centre.0), px(centre.1)), radius, filled: false }, colour, 1.0);
    }

    /// A line of text whose letters stand midway on `y`.
    pub(super) fn text(&mut self, x: f64, y: f64, size: f64, colour: Rgb, anchor: Anchor, text: &str) {
        self.write(x, y, size, colour, anchor, false, text);
    }

    /// A line of text that runs upwards, midway on `x`.
    pub(super) fn upright(&mut self, x: f64, y: f64, size: f64, colour: Rgb, anchor: Anchor, text: &str) {
        self.write(x, y, size, colour, anchor, true, text);
    }

    #[expect(clippy::too_many_arguments, reason = "the one place where all of a text's properties meet")]
    fn write(&mut self, x: f64, y: f64, size: f64, colour: Rgb, anchor: Anchor, upright: bool, text: &str) {
        let text: String = text.chars().map(|c| if c.is_whitespace() && c != '\u{A0}' { ' ' } else { c }).collect();
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let (None, Err(error)) = (&self.trouble, font::check(text)) {
            self.trouble = Some(error);
        }
        // plotters puts the baseline 0.76 em below the given y; the middle of letters is 0.36 em above the baseline.
        let lift = (0.76 - 0.36) * size;
        let at = if upright { (px(x - lift), px(y)) } else { (px(x), px(y - lift)) };
        self.push(Shape::Text { at, size, anchor, upright, text: text.to_owned() }, colour, 1.0);
    }

    /// Replays all strokes on a white sheet of this height.
    ///
    /// # Errors
    /// [`Error::Output`] for the first text with a character that the font does not have.
    pub(super) fn finish(self, height: f64) -> Result<Drawing> {
        if let Some(error) = self.trouble {
            return Err(error);
        }
        let (width, height) = (px(self.style.width()) as u32, px(height.max(1.0)) as u32);
        let mut raw = String::new();
        {
            let mut backend = SVGBackend::with_string(&mut raw, (width, height));
            let drawn = backend
                .draw_rect((0, 0), (width as i32, height as i32), &WHITE, true)
                .map_err(|error| error.to_string())
                .and_then(|()| self.strokes.iter().try_for_each(|stroke| replay(stroke, &mut backend)))
                .and_then(|()| backend.present().map_err(|error| error.to_string()));
            drawn.map_err(|error| Error::Output(Trouble::new(format!("a chart could not be drawn: {error}"))))?;
        }
        let svg = finish_svg(&raw, &self.title, &self.strokes, &self.groups);
        Ok(Drawing { svg, width, height })
    }
}

fn replay(stroke: &Stroke, backend: &mut SVGBackend) -> std::result::Result<(), String> {
    let solid = |width: u32| ShapeStyle { color: stroke.colour, filled: true, stroke_width: width };
    let drawn = match &stroke.shape {
        Shape::Rect { x, y, right, bottom, filled } => {
            backend.draw_rect((*x, *y), (*right, *bottom), &solid(1), *filled)
        }
        Shape::Line { from, to, width } => backend.draw_line(*from, *to, &solid(*width)),
        Shape::Path { points, width } => backend.draw_path(points.iter().copied(), &solid(*width)),
        Shape::Polygon { points } => backend.fill_polygon(points.iter().copied(), &solid(1)),
        Shape::Circle { centre, radius, filled } => {
            backend.draw_circle(*centre, *radius, &solid(if *filled { 1 } else { 2 }), *filled)
        }
        Shape::Text { at, size, anchor, upright, text } => {
            // plotters writes size / 1.24 into the svg.
            let font = FontDesc::new(FontFamily::Name(font::FAMILY), size * 1.24, FontStyle::Normal);
            let font = if *upright { font.transform(FontTransform::Rotate270) } else { font };
            let h_pos = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let style = TextStyle::from(font).color(&stroke.colour).pos(Pos::new(h_pos, VPos::Top));
            backend.draw_text(text, &style, *at)
        }
    };
    drawn.map_err(|error| error.to_string())
}

/// Names the picture, gathers each mark's shapes in a group that carries its data, and leaves out what says nothing.
///
/// plotters writes one element a line, in the order of the strokes; a text's words stand on a line of their own.
fn finish_svg(raw: &str, title: &str, strokes: &[Stroke], groups: &[String]) -> String {
    let mut svg = String::with_capacity(raw.len());
    let mut drawn = strokes.iter();
    let mut open: Option<usize> = None;
    for (number, line) in raw.lines().enumerate() {
        if number == 0 {
            let head = line.trim_end_matches('>');
            let family =
                format!("'{}', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif", font::FAMILY);
            let title = escape(title);
            writeln!(svg, "{head} role=\"img\" aria-label=\"{title}\" font-family=\"{family}\">")
                .expect("a string takes all");
            continue;
        }
        let element = line.starts_with('<') && !line.starts_with("</");
        // The first element is the ground, which is no stroke; every other is one, in order.
        let group = if element && number > 1 { drawn.next().and_then(|stroke| stroke.group) } else { None };
        let ends = line == "</svg>";
        if (element || ends) && group != open {
            if open.is_some() {
                svg.push_str("</g>\n");
            }
            if let Some(group) = group {
                writeln!(svg, "<g{}", groups[group]).expect("a string takes all");
            }
            open = group;
        }
        if !element {
            svg.push_str(line);
            if line.starts_with('<') {
                svg.push('\n');
            }
            continue;
        }
        svg.push_str(&lean(line));
        if !line.starts_with("<text") {
            svg.push('\n');
        }
    }
    svg
}

/// An element without the attributes that only state the default, and with its font size at two decimals.
fn lean(element: &str) -> String {
    let family = format!(" font-family=\"{}\"", font::FAMILY);
    let mut lean = element.to_owned();
    for default in [" opacity=\"1\"", " stroke=\"none\"", family.as_str(), " text-anchor=\"start\""] {
        lean = lean.replacen(default, "", 1);
    }
    if lean.starts_with("<circle") && !lean.contains(" stroke=") {
        lean = lean.replacen(" stroke-width=\"1\"", "", 1);
    }
    // An element with an opacity is drawn on a sheet of its own and laid over; of one that is filled alone the fill can have it.
    if ["<circle", "<rect", "<polygon"].iter().any(|name| lean.starts_with(name)) && !lean.contains(" stroke=") {
        lean = lean.replacen(" opacity=", " fill-opacity=", 1);
    }
    const SIZE: &str = " font-size=\"";
    if let Some(start) = lean.find(SIZE).map(|at| at + SIZE.len())
        && let Some(end) = lean[start..].find('"').map(|length| start + length)
        && let Ok(size) = lean[start..end].parse::<f64>()
    {
        lean.replace_range(start..end, &super::scale::ratio(size));
    }
    lean
}

/// Text made safe for xml, in elements and attributes; characters xml does not allow are left out.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' | '\r' => safe.push(' '),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::style::INK;

    fn drawn() -> String {
        let mut canvas = Canvas::new(Style::default(), "甲 & 乙");
        canvas.rect(10.0, 10.0, 5.0, 5.0, INK);
        let keys = vec![("place".to_owned(), "官庄\"镇".to_owned())];
        canvas.mark(&[&keys], "3 条", |canvas| {
            canvas.rect(20.0, 10.0, 5.0, 5.0, INK);
            canvas.text(20.0, 40.0, 15.0, INK, Anchor::Start, "<侧重>");
        });
        canvas.dot((30.0, 30.0), 3, INK, 0.5);
        canvas.finish(100.0).unwrap().svg
    }

    #[test]
    fn marks_carry_their_data_and_others_do_not() {
        let svg = drawn();
        assert_eq!(svg.matches("<g data-place=\"官庄&quot;镇\"><title>3 条</title>\n<rect").count(), 1, "{svg}");
        assert!(svg.contains("&lt;侧重&gt;</text>\n</g>\n<circle"), "{svg}");
        assert_eq!((svg.matches("<g").count(), svg.matches("</g>").count()), (1, 1), "{svg}");
        assert!(svg.contains("font-size=\"15\""), "{svg}");
        assert!(svg.contains("aria-label=\"甲 &amp; 乙\""), "{svg}");
    }

    #[test]
    fn what_is_drawn_is_well_formed() {
        let svg = drawn();
        let options = resvg::usvg::Options::default();
        assert!(resvg::usvg::Tree::from_str(&svg, &options).is_ok(), "{svg}");
    }

    #[test]
    fn a_box_instead_of_a_letter_is_refused() {
        let mut canvas = Canvas::new(Style::default(), "");
        canvas.text(0.0, 0.0, 15.0, INK, Anchor::Start, "村\u{E000}");
        assert!(canvas.finish(10.0).unwrap_err().to_string().contains("U+E000"));
    }
}
