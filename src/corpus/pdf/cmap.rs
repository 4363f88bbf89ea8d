//! CMaps: from the codes in a string to characters (ToUnicode) or to the numbers of glyphs in their collection.

use super::lexer::{Lexer, Token};
use rustc_hash::FxHashMap;

/// A CMap that stands in the file.
#[derive(Clone, Debug, Default)]
pub struct CMap {
    /// How long a code is, by its first bytes: length, lowest and highest.
    spaces: Vec<(usize, u32, u32)>,
    /// Single codes to characters.
    chars: FxHashMap<u32, String>,
    /// Runs of codes to runs of characters: lowest, highest and what the lowest stands for, sorted.
    ranges: Vec<(u32, u32, Vec<u16>)>,
    /// Runs of codes to runs of glyph numbers, sorted.
    cids: Vec<(u32, u32, u32)>,
    /// Whether the writing runs from top to bottom.
    pub vertical: bool,
    /// The CMap on which it builds.
    pub base: Option<Vec<u8>>,
}

/// A code of at most four bytes as a number.
fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// The UTF-16 units in a string; one byte alone is one unit.
fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [byte] => vec![u16::from(*byte)],
        _ => bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

/// UTF-16 as text; `None` if it is no text, or says that no character is meant.
fn characters(units: &[u16]) -> Option<String> {
    let text = String::from_utf16(units).ok()?;
    let text: String = text.chars().filter(|c| *c != '\0').collect();
    (!text.is_empty() && !text.contains('\u{FFFD}')).then_some(text)
}

impl CMap {
    /// Reads a CMap; what is not well formed in it is passed over.
    pub fn parse(bytes: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut lexer = Lexer::new(bytes);
        let mut name: Option<Vec<u8>> = None;
        let mut key: Vec<u8> = Vec::new();
        while let Some(token) = lexer.next() {
            match token {
                Token::Word(b"begincodespacerange") => map.read_spaces(&mut lexer),
                Token::Word(b"beginbfchar") => map.read_chars(&mut lexer),
                Token::Word(b"beginbfrange") => map.read_ranges(&mut lexer),
                Token::Word(b"begincidchar") => map.read_cids(&mut lexer, false),
                Token::Word(b"begincidrange") => map.read_cids(&mut lexer, true),
                Token::Word(b"usecmap") => map.base = name.take(),
                Token::Number(value) if key == b"WMode" => map.vertical = value == 1.0,
                Token::Name(value) => {
                    key.clone_from(&value);
                    name = Some(value);
                    continue;
                }
                _ => {}
            }
            key.clear();
        }
        map.ranges.sort();
        map.cids.sort_unstable();
        map
    }

    fn read_spaces(&mut self, lexer: &mut Lexer) {
        while let (Some(Token::String(low)), Some(Token::String(high))) = (lexer.next(), lexer.next()) {
            if (1..=4).contains(&low.len()) && low.len() == high.len() {
                self.spaces.push((low.len(), code(&low), code(&high)));
            }
        }
    }

    fn read_chars(&mut self, lexer: &mut Lexer) {
        while let Some(Token::String(source)) = lexer.next() {
            match lexer.next() {
                Some(Token::String(target)) => {
                    if let Some(text) = characters(&units(&target)) {
                        self.chars.insert(code(&source), text);
                    }
                }
                Some(Token::Name(_)) => {}
                _ => return,
            }
        }
    }

    fn read_ranges(&mut self, lexer: &mut Lexer) {
        while let (Some(Token::String(low)), Some(Token::String(high))) = (lexer.next(), lexer.next()) {
            let (low, high) = (code(&low), code(&high));
            match lexer.next() {
                Some(Token::String(target)) if low <= high => self.ranges.push((low, high, units(&target))),
                Some(Token::Open) => {
                    let mut at = low;
                    while let Some(Token::String(target)) = lexer.next() {
                        if let Some(text) = characters(&units(&target)).filter(|_| at <= high) {
                            self.chars.insert(at, text);
                        }
                        at = at.saturating_add(1);
                    }
                }
                Some(_) => {}
                None => return,
            }
        }
    }

    fn read_cids(&mut self, lexer: &mut Lexer, ranges: bool) {
        while let Some(Token::String(low)) = lexer.next() {
            let low = code(&low);
            let high = match ranges.then(|| lexer.next()) {
                Some(Some(Token::String(high))) => code(&high),
                None => low,
                _ => return,
            };
            let Some(Token::Number(cid)) = lexer.next() else { return };
            if low <= high && (0.0..=65_535.0).contains(&cid) {
                self.cids.push((low, high, cid as u32));
            }
        }
    }

    /// What `code` stands for.
    pub fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.chars.get(&code) {
            return Some(text.clone());
        }
        let index = self.ranges.partition_point(|(low, _, _)| *low <= code);
        let (low, _, first) = self.ranges[..index].last().filter(|(_, high, _)| code <= *high)?;
        let mut units = first.clone();
        // The last unit counts up. A run may cross into the next plane of pairs, which no program writes.
        let last = units.last_mut()?;
        *last = last.wrapping_add((code - low) as u16);
        characters(&units)
    }

    /// The number of the glyph for `code`.
    pub fn cid(&self, code: u32) -> Option<u32> {
        let index = self.cids.partition_point(|(low, _, _)| *low <= code);
        let (low, _, cid) = self.cids[..index].last().filter(|(_, high, _)| code <= *high)?;
        Some(cid + (code - low))
    }

    /// Whether it says anything about glyph numbers or about how long codes are.
    pub fn has_codes(&self) -> bool {
        !self.spaces.is_empty()
    }

    /// How many bytes of `bytes` the first code has.
    pub fn length(&self, bytes: &[u8]) -> usize {
        let fits = |length: usize| {
            let Some(front) = bytes.get(..length) else { return false };
            self.spaces.iter().any(|(size, low, high)| {
                let within = |at: usize| {
                    let shift = 8 * (length - 1 - at);
                    ((low >> shift & 0xFF)..=(high >> shift & 0xFF)).contains(&u32::from(front[at]))
                };
                *size == length && (0..length).all(within)
            })
        };
        // Where no code fits, as many bytes are passed over as the shortest code has.
        let shortest = self.spaces.iter().map(|(size, _, _)| *size).min().unwrap_or(2);
        (1..=4).find(|length| fits(*length)).unwrap_or(shortest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chars_ranges_and_arrays_are_read() {
        let map = CMap::parse(
            b"/CIDInit /ProcSet findresource begin /WMode 0 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
            2 beginbfchar <0001> <9752> <0002> <D840DC00> endbfchar
            3 beginbfrange <0010> <0012> <77F3> <0020> <0021> [<9547> <00660069>] <0030> <FFFFFFFF> <4E00> endbfrange
            1 beginbfchar <0003> <0000> endbfchar",
        );
        assert_eq!(map.text(1).as_deref(), Some("青"));
        assert_eq!(map.text(2).as_deref(), Some("𠀀"));
        assert_eq!(map.text(0x11).as_deref(), Some("矴"));
        assert_eq!(map.text(0x21).as_deref(), Some("fi"));
        assert_eq!(map.text(0x31).as_deref(), Some("丁"));
        assert_eq!((map.text(3), map.text(0x13), map.vertical), (None, None, false));
    }

    #[test]
    fn codes_are_as_long_as_their_space_says() {
        let map = CMap::parse(
            b"/WMode 1 def 2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
            1 begincidrange <20> <7e> 814 endcidrange 1 begincidchar <8140> 10072 endcidchar",
        );
        assert_eq!((map.length(b"\x41\x81"), map.length(b"\x81\x40"), map.length(b"\xFF")), (1, 2, 1));
        assert_eq!(
            (map.cid(0x21), map.cid(0x8140), map.cid(0x8141), map.vertical),
            (Some(815), Some(10072), None, true)
        );
    }
}
