//! What an embedded font program itself says about its glyphs, for fonts whose dictionary does not say it.

use super::lexer::{Lexer, Token};
use rustc_hash::FxHashMap;
use ttf_parser::{Face, GlyphId, RawFace, Tag};

/// The most characters that the tables of one program may list. A face of all Han lists some 100,000 in each of up to four.
const MOST_LISTED: u64 = 1 << 19;
/// How many codes of one byte are looked up in each table of a symbolic program, with and without the private page.
const SYMBOLS: u64 = 512;

/// How many characters the tables list, all together and each time that one stands there: a group of twelve bytes may list
/// four billion, and 65,535 records may name one table.
fn listed(program: &[u8]) -> Option<u64> {
    let cmap = RawFace::parse(program, 0).ok()?.table(Tag::from_bytes(b"cmap"))?;
    let half = |at: usize| Some(u16::from_be_bytes(cmap.get(at..at.checked_add(2)?)?.try_into().ok()?));
    let word = |at: usize| Some(u32::from_be_bytes(cmap.get(at..at.checked_add(4)?)?.try_into().ok()?));
    let group = |low: u32, high: u32| u64::from(high.saturating_sub(low)) + 1;
    let table = |at: usize| {
        Some(match half(at)? {
            4 => {
                let segments = usize::from(half(at + 6)?) / 2;
                let ends = (at + 14..).step_by(2).take(segments);
                ends.map(|end| Some(group(half(end + 2 * segments + 2)?.into(), half(end)?.into())))
                    .sum::<Option<_>>()?
            }
            6 => u64::from(half(at + 8)?),
            10 => u64::from(word(at + 16)?),
            12 | 13 => {
                let groups = (at + 16..).step_by(12).take(word(at + 12)? as usize);
                groups.map(|first| Some(group(word(first)?, word(first + 4)?))).sum::<Option<_>>()?
            }
            2 => 256 << 16,
            _ => 256,
        })
    };
    let records = (4..).step_by(8).take(usize::from(half(2)?));
    let mut sum = 0;
    for record in records {
        // A table that is cut off is not parsed either.
        sum += SYMBOLS + word(record + 4).and_then(|at| table(at as usize)).unwrap_or(0);
        if sum > MOST_LISTED {
            break;
        }
    }
    Some(sum)
}

/// The program, unless its tables list more characters than there are.
fn parsed(program: &[u8]) -> Option<Face<'_>> {
    if listed(program)? > MOST_LISTED { None } else { Face::parse(program, 0).ok() }
}

/// How many steps it takes to go through the tables, by the time that they take.
pub fn steps(program: &[u8]) -> usize {
    listed(program).filter(|listed| *listed <= MOST_LISTED).map_or(0, |listed| (listed / 16) as usize)
}

/// The characters that the tables of a TrueType or OpenType program give its glyphs.
pub fn characters(program: &[u8]) -> FxHashMap<u16, char> {
    let mut characters: FxHashMap<u16, char> = FxHashMap::default();
    let Some(face) = parsed(program) else { return characters };
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
    let Some(face) = parsed(program) else { return found };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A TrueType program whose tables of characters are `cmap`.
    fn program(cmap: &[u8]) -> Vec<u8> {
        let mut head = vec![0; 54];
        head[18..20].copy_from_slice(&1000u16.to_be_bytes());
        let maxp = [0, 0, 0x50, 0, 0xFF, 0xFF];
        let tables: [(&[u8; 4], &[u8]); 4] = [(b"cmap", cmap), (b"head", &head), (b"hhea", &[0; 36]), (b"maxp", &maxp)];
        let mut program = b"\0\x01\0\0\0\x04\0\0\0\0\0\0".to_vec();
        let mut at = 12 + 16 * tables.len();
        for (tag, table) in tables {
            program.extend(tag);
            program.extend([0; 4]);
            program.extend((at as u32).to_be_bytes());
            program.extend((table.len() as u32).to_be_bytes());
            at += table.len();
        }
        program.extend(tables.iter().flat_map(|(_, table)| *table));
        program
    }

    /// A `cmap` of as many records, all for one table.
    fn cmap(records: u16, table: &[u8]) -> Vec<u8> {
        let mut cmap = [0u16.to_be_bytes(), records.to_be_bytes()].concat();
        for _ in 0..records {
            cmap.extend([0, 3, 0, 1]);
            cmap.extend((4 + 8 * u32::from(records)).to_be_bytes());
        }
        cmap.extend(table);
        cmap
    }

    fn groups(groups: &[[u32; 3]]) -> Vec<u8> {
        let mut table = [12u16.to_be_bytes(), [0; 2]].concat();
        table.extend([(16 + 12 * groups.len()) as u32, 0, groups.len() as u32].map(u32::to_be_bytes).concat());
        table.extend(groups.iter().flatten().flat_map(|number| number.to_be_bytes()));
        table
    }

    #[test]
    fn tables_give_glyphs_their_characters() {
        let program = program(&cmap(1, &groups(&[[0x4E00, 0x4E02, 7]])));
        assert_eq!(listed(&program), Some(SYMBOLS + 3));
        assert_eq!(characters(&program), FxHashMap::from_iter([(7, '一'), (8, '丁'), (9, '丂')]));
    }

    #[test]
    fn a_table_of_segments_counts_each() {
        let segments: [u16; 16] = [4, 40, 0, 6, 0, 0, 0, 0x41, 0x4E02, 0xFFFF, 0, 0x41, 0x4E00, 0xFFFF, 0, 0];
        let table: Vec<u8> = segments.iter().chain(&[0; 8]).flat_map(|half| half.to_be_bytes()).collect();
        assert_eq!(listed(&program(&cmap(2, &table))), Some(2 * (SYMBOLS + 1 + 3 + 1)));
    }

    #[test]
    fn more_characters_than_there_are_are_not_gone_through() {
        let bombs = [cmap(1, &groups(&[[0, u32::MAX, 1]; 100])), cmap(u16::MAX, &groups(&[[0, 0xFFFF, 1]]))];
        for bomb in bombs {
            // Gone through, each takes minutes.
            let program = program(&bomb);
            assert!(characters(&program).is_empty() && symbolic(&program).is_empty());
            assert_eq!(steps(&program), 0);
        }
    }
}
