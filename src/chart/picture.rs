//! From the svg to files that look the same everywhere: a png, and an svg whose letters are outlines.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, WriteOptions, fontdb};

use super::canvas::Drawing;
use super::font;
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

/// A drawing that was read once, for all the files made from it.
pub struct Picture {
    tree: Tree,
    width: u32,
    height: u32,
}

impl Drawing {
    /// The drawing as a picture: every letter shaped, every mark placed.
    ///
    /// # Errors
    /// [`Error::Output`] if the svg cannot be read back.
    pub fn picture(&self) -> Result<Picture> {
        let options = Options { fontdb: FONTS.clone(), font_family: font::FAMILY.to_owned(), ..Options::default() };
        let tree = Tree::from_str(&self.svg, &options).map_err(trouble)?;
        Ok(Picture { tree, width: self.width, height: self.height })
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

impl Picture {
    /// The picture as png, `dots` pixels for a px of the svg (see [`super::Style::dots`]).
    ///
    /// # Errors
    /// [`Error::Output`] if the picture is too large for memory.
    pub fn png(&self, dots: f32) -> Result<Vec<u8>> {
        let side = |px: u32| (px as f32 * dots).round().max(1.0) as u32;
        let mut pixels = Pixmap::new(side(self.width), side(self.height))
            .ok_or_else(|| trouble(format!("{} × {} px are too many", self.width, self.height)))?;
        pixels.fill(Color::WHITE);
        resvg::render(&self.tree, Transform::from_scale(dots, dots), &mut pixels.as_mut());
        opaque(&pixels).map_err(trouble)
    }

    /// The svg with letters as outlines, which needs no font to look the same everywhere.
    pub fn outlined(&self) -> String {
        let options = WriteOptions { coordinates_precision: 3, transforms_precision: 4, ..WriteOptions::default() };
        self.tree.to_string(&options)
    }
}

/// The png of pixels none of which is transparent: three bytes a pixel, as they are. A chart has large areas of one colour, on
/// which filters gain nothing and a high level of compression next to nothing (5 %, for twice the time).
fn opaque(pixels: &Pixmap) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let colours: Vec<u8> = pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(3));
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&colours)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use crate::chart::canvas::{Anchor, Canvas};
    use crate::chart::style::{INK, Style};

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
}
