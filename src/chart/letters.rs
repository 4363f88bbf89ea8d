//! Letters as stamps: each shape of a letter is filled once, and pressed wherever it stands, to a quarter of a pixel.
//!
//! A page holds thousands of letters of few shapes, and filling their outlines anew was most of the work of a png.

use std::cell::RefCell;

use resvg::tiny_skia::{FillRule, Mask, Path, PathBuilder, Pixmap, Transform};
use resvg::usvg::{Group, Node, Paint, Text, Tree};
use rustc_hash::FxHashMap;
use ttf_parser::{GlyphId, OutlineBuilder};

use super::font;

/// Places within a pixel, across and down, at which a letter can stand.
const STEPS: f32 = 4.0;
/// Stamps a thread keeps; with more it begins anew, so that memory is bounded.
const KEPT: usize = 4096;

/// The texts of a drawing in its order. A canvas writes none that lets through what is below it.
pub(super) fn texts(tree: &Tree) -> Vec<&Text> {
    fn gather<'t>(group: &'t Group, texts: &mut Vec<&'t Text>) {
        for node in group.children() {
            match node {
                Node::Group(group) => gather(group, texts),
                Node::Text(text) => texts.push(text),
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    gather(tree.root(), &mut found);
    found
}

/// Presses the texts of a drawing on its picture, `dots` pixels for a px of the drawing.
pub(super) fn press(tree: &Tree, dots: f32, pixels: &mut Pixmap) {
    thread_local! {
        static STAMPS: RefCell<FxHashMap<Shape, Stamp>> = RefCell::default();
    }
    for text in texts(tree) {
        let sheet = Transform::from_scale(dots, dots).pre_concat(text.abs_transform());
        for span in text.layouted() {
            let Some(Paint::Color(colour)) = span.fill.as_ref().map(|fill| fill.paint()) else { continue };
            let ink = [colour.red, colour.green, colour.blue];
            for glyph in &span.positioned_glyphs {
                let (shape, at) = Shape::of(glyph.id.0, sheet.pre_concat(glyph.outline_transform()));
                STAMPS.with_borrow_mut(|stamps| {
                    if stamps.len() >= KEPT {
                        stamps.clear();
                    }
                    stamps.entry(shape).or_insert_with(|| Stamp::of(shape)).press(at, ink, pixels);
                });
            }
        }
    }
}

/// A letter at a size, in a direction, at a place within a pixel.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Shape {
    glyph: u32,
    /// The bits of the linear part of the transform: sx, ky, kx, sy.
    linear: [u32; 4],
    /// Steps to the right and down.
    within: [u8; 2],
}

impl Shape {
    /// The shape of a letter under a transform, and the pixel where it stands.
    fn of(glyph: u32, place: Transform) -> (Shape, [i32; 2]) {
        let steps = [place.tx, place.ty].map(|length| (length * STEPS).round() as i32);
        let within = steps.map(|steps| steps.rem_euclid(STEPS as i32) as u8);
        let linear = [place.sx, place.ky, place.kx, place.sy].map(f32::to_bits);
        (Shape { glyph, linear, within }, steps.map(|steps| steps.div_euclid(STEPS as i32)))
    }

    /// The outline of the letter, in pixels.
    fn outline(&self) -> Option<Path> {
        let mut outline = Outline::default();
        font::outline(GlyphId(u16::try_from(self.glyph).ok()?), &mut outline);
        let [sx, ky, kx, sy] = self.linear.map(f32::from_bits);
        let [tx, ty] = self.within.map(|steps| f32::from(steps) / STEPS);
        outline.0.finish()?.transform(Transform::from_row(sx, ky, kx, sy, tx, ty))
    }
}

/// How much of each pixel a letter covers.
#[derive(Default)]
struct Stamp {
    left: i32,
    top: i32,
    width: usize,
    cover: Vec<u8>,
}

impl Stamp {
    /// A blank, and a letter that the font has not, cover nothing.
    fn of(shape: Shape) -> Stamp {
        let filled = || {
            let outline = shape.outline()?;
            let (left, top) = (outline.bounds().left().floor(), outline.bounds().top().floor());
            let (right, bottom) = (outline.bounds().right().ceil(), outline.bounds().bottom().ceil());
            let mut mask = Mask::new((right - left) as u32, (bottom - top) as u32)?;
            mask.fill_path(&outline, FillRule::Winding, true, Transform::from_translate(-left, -top));
            Some(Stamp { left: left as i32, top: top as i32, width: mask.width() as usize, cover: mask.take() })
        };
        filled().unwrap_or_default()
    }

    /// Lays ink over the pixels, none of which is transparent; what falls beyond the edges is left out.
    fn press(&self, [x, y]: [i32; 2], ink: [u8; 3], pixels: &mut Pixmap) {
        if self.width == 0 {
            return;
        }
        let (width, height) = (pixels.width() as i32, pixels.height() as i32);
        let data = pixels.data_mut();
        for (row, line) in
            (y + self.top..).zip(self.cover.chunks(self.width)).filter(|(row, _)| (0..height).contains(row))
        {
            for (column, &cover) in (x + self.left..).zip(line) {
                if cover == 0 || !(0..width).contains(&column) {
                    continue;
                }
                let cover = u32::from(cover);
                let at = (row * width + column) as usize * 4;
                for (part, ink) in data[at..at + 3].iter_mut().zip(ink) {
                    *part = ((u32::from(*part) * (255 - cover) + u32::from(ink) * cover + 127) / 255) as u8;
                }
            }
        }
    }
}

/// The outline of a letter as a path, in units of the font.
#[derive(Default)]
struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::canvas::{Anchor, Canvas};
    use crate::chart::style::{INK, Style};
    use resvg::tiny_skia::Color;

    /// The same texts filled outline by outline, and pressed; red parts of all pixels.
    fn both(size: f64) -> (Vec<u8>, Vec<u8>) {
        let mut canvas = Canvas::new(Style::default(), "");
        canvas.text(200.3, 40.6, size, INK, Anchor::Middle, "各地侧重：占比 3.5%");
        canvas.upright(30.0, 150.2, size, INK, Anchor::Start, "AVATAR 向上写");
        canvas.text(-9.0, 190.0, size, INK, Anchor::Start, "边缘之外");
        let drawing = canvas.finish(200.0).unwrap();
        let picture = drawing.picture().unwrap();
        let sheet = || {
            let mut pixels = Pixmap::new(drawing.width, drawing.height).unwrap();
            pixels.fill(Color::WHITE);
            pixels
        };
        let (mut filled, mut pressed) = (sheet(), sheet());
        resvg::render(&picture.tree, Transform::identity(), &mut filled.as_mut());
        press(&picture.tree, 1.0, &mut pressed);
        let red = |pixels: Pixmap| pixels.data().chunks_exact(4).map(|pixel| pixel[0]).collect::<Vec<u8>>();
        (red(filled), red(pressed))
    }

    #[test]
    fn pressed_letters_look_like_filled_ones() {
        let ink = |pixels: &[u8]| pixels.iter().map(|&part| 255.0 - f64::from(part)).sum::<f64>();
        for size in [11.0, 24.0] {
            let (filled, pressed) = both(size);
            assert!(ink(&filled) > 10_000.0, "something is written");
            assert!((ink(&pressed) / ink(&filled) - 1.0).abs() < 0.01);
            // Half a step of a quarter of a pixel, across and down.
            let most = filled.iter().zip(&pressed).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(most < Some(90), "{most:?} of 255");
        }
    }

    #[test]
    fn a_letter_stands_at_the_nearest_step() {
        let at = |tx: f32, ty: f32| Shape::of(7, Transform::from_row(0.02, 0.0, 0.0, -0.02, tx, ty));
        let (shape, pixel) = at(10.26, -0.1);
        assert_eq!((shape.within, pixel), ([1, 0], [10, 0]));
        let (shape, pixel) = at(-0.3, 4.9);
        assert_eq!((shape.within, pixel), ([3, 0], [-1, 5]));
        assert!(at(0.0, 0.0).0 == at(3.0, 5.01).0, "the same stamp");
    }

    #[test]
    fn what_is_covered_in_part_takes_part_of_the_ink() {
        let mut pixels = Pixmap::new(2, 1).unwrap();
        pixels.fill(Color::WHITE);
        let stamp = Stamp { left: 0, top: 0, width: 2, cover: vec![51, 0] };
        stamp.press([0, 0], [0, 100, 255], &mut pixels);
        assert_eq!(pixels.data(), [204, 224, 255, 255, 255, 255, 255, 255]);
    }
}
