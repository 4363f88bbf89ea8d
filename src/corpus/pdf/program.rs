//! What an embedded font program itself says about its glyphs, for fonts whose dictionary does not say it.

use super::lexer::{Lexer, Token};
use rustc_hash::FxHashMap;
use ttf_parser::{Face, GlyphId};

/// The characters that the tables of a TrueType or OpenType program give its glyphs.
pub fn characters(program: &[u8]) -> FxHashMap<u16, char> {
    let mut characters: FxHashMap<u16, char> = FxHashMap::default();
    let Ok(face) = Face::parse(program, 0) else { return characters };
    for table in face.tables().cmap.iter().flat_map(|cmap| cmap.subtables).filter(|table| table.is_unicode()) {
        table.codepoints(|code| {
            if let (Some(c), Some(GlyphId(glyph))) = (char::from_u32(code), table.glyph_index(code)) {
                let known = characters.entry(glyph).or_insert(c);
                // A glyph that serves several characters is most likely the plainest of them.
                if rank(c) < rank(*known) {
                    *known = c;
                }
            }
        });
    }
    characters
}

/// How unlikely a character is beside others of the same shape.
fn rank(c: char) -> (u8, char) {
    let class = match c as u32 {
        0x2E80..=0x2FDF => 2,
        0xE000..=0xF8FF => 3,
        0xF900..=0xFAFF => 1,
        _ => 0,
    };
    (class, c)
}

/// The characters of the single-byte codes of a symbolic TrueType program, through the numbers of its glyphs.
pub fn symbolic(program: &[u8]) -> FxHashMap<u8, String> {
    let mut found = FxHashMap::default();
    let Ok(face) = Face::parse(program, 0) else { return found };
    let known = characters(program);
    let tables: Vec<_> =
        face.tables().cmap.iter().flat_map(|cmap| cmap.subtables).filter(|t| !t.is_unicode()).collect();
    for code in 0..=255u8 {
        let wide = [u32::from(code), 0xF000 + u32::from(code)];
        let glyph = tables.iter().flat_map(|table| wide.map(|code| table.glyph_index(code))).flatten().next();
        let Some(glyph) = glyph.filter(|glyph| glyph.0 != 0) else { continue };
        if let Some(c) = known.get(&glyph.0) {
            found.insert(code, c.to_string());
        }
    }
    found
}

/// The names that the encoding of a Type 1 program gives to codes: `dup 65 /A put`.
pub fn type1_names(program: &[u8]) -> FxHashMap<u8, Vec<u8>> {
    let mut names = FxHashMap::default();
    let mut before: [Option<Token>; 2] = [None, None];
    for token in Lexer::new(program) {
        match (&before, &token) {
            (_, Token::Word(b"eexec")) => break,
            ([Some(Token::Number(code)), Some(Token::Name(name))], Token::Word(b"put"))
                if (0.0..256.0).contains(code) =>
            {
                names.insert(*code as u8, name.clone());
            }
            _ => {}
        }
        let [_, last] = before;
        before = [last, Some(token)];
    }
    names
}
