//! The one font of all charts: what it can draw, and how wide that is.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::error::{Error, Result, Trouble};

/// A subset of Noto Sans CJK SC; `models/font/make.py` says how it was made.
pub(super) static BYTES: &[u8] = include_bytes!("../../models/font/CezhongSans.otf");

/// The family's name, as it stands in the svg.
pub(super) const FAMILY: &str = "Cezhong Sans";

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(BYTES, 0).expect("the embedded font is well formed"));

/// The first character of `text` that the charts' font cannot draw, if there is one.
pub fn missing_glyph(text: &str) -> Option<char> {
    text.chars().find(|&c| FACE.glyph_index(c).is_none())
}

/// Refuses a label that would be drawn with a box in it.
///
/// # Errors
/// [`Error::Output`] that names the character and the label.
pub(super) fn check(label: &str) -> Result<()> {
    match missing_glyph(label) {
        None => Ok(()),
        Some(c) => Err(Error::Output(
            Trouble::new(format!("the font of the charts has no “{c}” (U+{:04X}) for the label “{label}”", c as u32))
                .remedy("write the label with another character, or name it anew in documents.csv"),
        )),
    }
}

/// How many letters the font has.
pub(super) fn letters() -> u16 {
    FACE.number_of_glyphs()
}

/// Draws a letter by its number in the font, in units of the font; a blank draws nothing.
pub(super) fn outline(glyph: GlyphId, builder: &mut dyn OutlineBuilder) {
    FACE.outline_glyph(glyph, builder);
}

/// The width of `text` in pixels at a font size in pixels; kerning is off, so it is the sum of the advances.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let units: u32 = text
        .chars()
        .map(|c| FACE.glyph_index(c).and_then(|glyph| FACE.glyph_hor_advance(glyph)).map_or(1000, u32::from))
        .sum();
    f64::from(units) * size / f64::from(FACE.units_per_em())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Codebook, Kind, Part};

    #[test]
    fn the_codebook_and_the_usual_signs_can_be_drawn() {
        let book = Codebook::township();
        for theme in &book.themes {
            assert_eq!(missing_glyph(&theme.zh), None);
            assert_eq!(missing_glyph(&theme.en), None);
        }
        for name in Kind::ALL.iter().map(|kind| kind.zh()).chain(Part::ALL.iter().map(|part| part.zh())) {
            assert_eq!(missing_glyph(name), None);
        }
        assert_eq!(missing_glyph("›→≥≤±×·—…“”‘’（）《》①⑳│浉㵐鄚垲堽"), None);
    }

    #[test]
    fn a_missing_glyph_is_named_with_its_label() {
        let error = check("官庄\u{1F600}镇").unwrap_err().to_string();
        assert!(error.contains("U+1F600") && error.contains("官庄"), "{error}");
    }

    #[test]
    fn a_han_character_is_one_em_wide() {
        assert_eq!(width("侧重（）", 15.0), 60.0);
        assert!(width("11", 10.0) < 13.0);
    }
}
