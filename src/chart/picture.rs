//! From the svg to files that look the same everywhere: a png, and an svg whose letters are outlines.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, WriteOptions, fontdb};
use rustc_hash::FxHashMap;

use super::canvas::Drawing;
use super::outline::TEXT;
use super::{font, letters, outline};
use crate::error::{Error, Result, Trouble};

/// The one font, and none of the system's.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(font::BYTES)));
    Arc::new(fonts)
});

fn trouble(error: impl std::fmt::Display) -> Error {
    Error::Output(Trouble::new(format!("a chart could not be rendered: {error}")))
}

fn read(svg: &str) -> Result<Tree> {
    let options = Options { fontdb: FONTS.clone(), font_family: font::FAMILY.to_owned(), ..Options::default() };
    Tree::from_str(svg, &options).map_err(trouble)
}

/// A drawing whose texts were laid out once, for all the files made from it.
pub struct Picture<'d> {
    drawing: &'d Drawing,
    pub(super) tree: Tree,
}

impl Drawing {
    /// The drawing as a picture: every letter shaped, every mark placed.
    ///
    /// # Errors
    /// [`Error::Output`] if the svg cannot be read back.
    pub fn picture(&self) -> Result<Picture<'_>> {
        Ok(Picture { drawing: self, tree: read(&self.svg)? })
    }

    /// The picture as png, as [`Picture::png`].
    ///
    /// # Errors
    /// As [`Self::picture`] and [`Picture::png`].
    pub fn png(&self, dots: f32) -> Result<Vec<u8>> {
        self.picture()?.png(dots)
    }

    /// The picture as svg without text, as [`Picture::outlined`].
    ///
    /// # Errors
    /// As [`Self::picture`].
    pub fn outlined(&self) -> Result<String> {
        Ok(self.picture()?.outlined())
    }
}

impl Picture<'_> {
    /// The picture as png, `dots` pixels for a px of the svg (see [`super::Style::dots`]).
    ///
    /// # Errors
    /// [`Error::Output`] if the picture is too large for memory.
    pub fn png(&self, dots: f32) -> Result<Vec<u8>> {
        let side = |px: u32| (px as f32 * dots).round().max(1.0) as u32;
        let Drawing { width, height, .. } = *self.drawing;
        let mut pixels = Pixmap::new(side(width), side(height))
            .ok_or_else(|| trouble(format!("{width} × {height} px are too many")))?;
        pixels.fill(Color::WHITE);
        // Each text stands on a line of its own. They come last, so that a name shows where a mark drawn after it lies on it.
        let unwritten = |line: &&str| !line.starts_with(TEXT);
        let shapes: Vec<&str> = self.drawing.svg.lines().filter(unwritten).collect();
        resvg::render(&read(&shapes.join("\n"))?, Transform::from_scale(dots, dots), &mut pixels.as_mut());
        letters::press(&self.tree, dots, &mut pixels);
        opaque(&pixels).map_err(trouble)
    }

    /// The svg with letters as outlines, which needs no font to look the same everywhere.
    pub fn outlined(&self) -> String {
        outline::outlined(&self.drawing.svg, &self.tree).unwrap_or_else(|| {
            let options = WriteOptions { coordinates_precision: 3, transforms_precision: 4, ..WriteOptions::default() };
            self.tree.to_string(&options)
        })
    }
}

/// The png of pixels none of which is transparent.
///
/// A byte a pixel where there are no more than 256 colours, as in most charts, which is a third of the work and of the size. Without
/// filters, which gain nothing on large areas of one colour; nor does a high level of compression (5 %, for twice the time).
fn opaque(pixels: &Pixmap) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(3));
    encoder.set_filter(png::Filter::NoFilter);
    match indexed(pixels.data()) {
        Some((palette, numbers)) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette.concat());
            encoder.write_header()?.write_image_data(&numbers)?;
        }
        None => {
            let colours: Vec<u8> =
                pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
            encoder.set_color(png::ColorType::Rgb);
            encoder.write_header()?.write_image_data(&colours)?;
        }
    }
    Ok(bytes)
}

/// The colours of pixels (red, green, blue and one byte more each) in the order of their first appearance, and the number of each
/// pixel's; `None` where there are more than 256.
fn indexed(pixels: &[u8]) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut known: FxHashMap<[u8; 4], u8> = FxHashMap::default();
    let (pixels, _) = pixels.as_chunks::<4>();
    let mut numbers = Vec::with_capacity(pixels.len());
    // Most pixels have the colour of the one before.
    for run in pixels.chunk_by(|a, b| a == b) {
        let number = match known.get(&run[0]) {
            Some(&number) => number,
            None => {
                let number = u8::try_from(palette.len()).ok()?;
                palette.push([run[0][0], run[0][1], run[0][2]]);
                known.insert(run[0], number);
                number
            }
        };
        numbers.resize(numbers.len() + run.len(), number);
    }
    Some((palette, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::canvas::{Anchor, Canvas};
    use crate::chart::style::{INK, Rgb, Style};

    #[test]
    fn letters_become_ink_and_outlines() {
        let draw = |text: &str| {
            let mut canvas = Canvas::new(Style::default(), "");
            canvas.text(20.0, 20.0, 20.0, INK, Anchor::Start, text);
            canvas.finish(40.0).unwrap()
        };
        let (blank, written) = (draw(""), draw("侧重"));
        assert!(written.png(1.0).unwrap().starts_with(b"\x89PNG"));
        assert!(written.png(1.0).unwrap().len() > blank.png(1.0).unwrap().len());
        let outlined = written.outlined().unwrap();
        assert!(outlined.contains("<path") && !outlined.contains("<text"), "{outlined}");
    }

    #[test]
    fn outlines_look_like_the_letters() {
        let mut canvas = Canvas::new(Style::default(), "");
        canvas.text(200.0, 40.0, 21.0, INK, Anchor::Middle, "各地侧重：占比 3.5%，和全体");
        canvas.upright(30.0, 150.0, 15.0, INK, Anchor::Start, "AVATAR 向上写");
        canvas.text(390.0, 90.0, 13.0, INK, Anchor::End, "侧侧重重");
        let written = canvas.finish(200.0).unwrap();
        let outlined = written.outlined().unwrap();
        // Each letter is drawn once, wherever it stands.
        assert_eq!(outlined.matches("<path id=").count(), "各地侧重：占比3.5%，和全体AVTR向上写".chars().count());
        let pixels = |svg: &str| {
            let picture = Drawing { svg: svg.to_owned(), ..written.clone() };
            let mut pixels = Pixmap::new(written.width, written.height).unwrap();
            pixels.fill(Color::WHITE);
            resvg::render(&picture.picture().unwrap().tree, Transform::identity(), &mut pixels.as_mut());
            pixels.take()
        };
        let (letters, outlines) = (pixels(&written.svg), pixels(&outlined));
        assert!(letters.iter().any(|&part| part < 100), "something is written");
        let most = letters.iter().zip(&outlines).map(|(a, b)| a.abs_diff(*b)).max();
        // Letters stand to a thousandth of their size.
        assert!(most < Some(26), "{most:?} of 255");
    }

    #[test]
    fn the_png_shows_shapes_and_texts_as_the_svg_does() {
        let mut canvas = Canvas::new(Style::default(), "");
        canvas.rect(10.0, 10.0, 300.0, 60.0, Rgb(200, 220, 255));
        canvas.dot((60.0, 120.0), 30, Rgb(180, 60, 20), 0.4);
        canvas.text(20.0, 40.0, 24.0, INK, Anchor::Start, "侧重 35%");
        let drawing = canvas.finish(180.0).unwrap();
        let picture = drawing.picture().unwrap();
        let mut whole = Pixmap::new(drawing.width, drawing.height).unwrap();
        whole.fill(Color::WHITE);
        resvg::render(&picture.tree, Transform::identity(), &mut whole.as_mut());
        let bytes = picture.png(1.0).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let expected: Vec<u8> = whole.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        assert_eq!(pixels.len(), expected.len());
        let apart: Vec<u8> = pixels.iter().zip(&expected).map(|(a, b)| a.abs_diff(*b)).collect();
        // Letters stand to a quarter of a pixel; all else is the same. Twice filled they would be half as dark again.
        let dark = |pixels: &[u8]| pixels.iter().map(|&part| 255.0 - f64::from(part)).sum::<f64>();
        assert!(apart.iter().max() < Some(&90) && (dark(&pixels) / dark(&expected) - 1.0).abs() < 0.002);
        assert!(apart.iter().any(|&part| part > 0), "letters were pressed");
    }

    #[test]
    fn a_picture_of_few_colours_has_a_palette() {
        let (palette, numbers) = indexed(&[1, 2, 3, 255, 1, 2, 3, 255, 4, 5, 6, 255, 1, 2, 3, 255]).unwrap();
        assert_eq!((palette, numbers), (vec![[1, 2, 3], [4, 5, 6]], vec![0, 0, 1, 0]));
        let many: Vec<u8> = (0..257u16).flat_map(|n| [(n % 256) as u8, (n / 256) as u8, 0, 255]).collect();
        assert!(indexed(&many).is_none() && indexed(&many[..256 * 4]).is_some());
    }
}
