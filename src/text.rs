//! Places in a text, and what kind of character stands there.

/// A half-open range of bytes into a document's text; both ends stand on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start, end }
    }

    /// The text that stands there.
    ///
    /// # Panics
    /// If the span was not made for this text.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing stands there.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Whether `c` is a Han character (CJK ideographs with extensions A to H, compatibility ideographs, 〇).
pub fn is_han(c: char) -> bool {
    matches!(c as u32, 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x323AF | 0xF900..=0xFAFF | 0x3007)
}

/// Whether `c` is a letter, a digit or a Han character, as `char::is_alphanumeric` says; the common Han characters, all of
/// which are, are known without a look into its tables.
pub fn is_letter(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}

/// The half-width twin of a full-width form (U+FF01–FF5E) or of the ideographic space; any other character as it is.
///
/// One character always becomes one character, so offsets in characters stay true.
pub fn half_width(c: char) -> char {
    match c as u32 {
        0x3000 => ' ',
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Converts byte offsets, asked for in rising order, to character offsets in one pass over the text.
#[derive(Debug)]
pub struct CharOffsets<'t> {
    text: &'t str,
    byte: usize,
    chars: usize,
}

impl<'t> CharOffsets<'t> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'t str) -> Self {
        CharOffsets { text, byte: 0, chars: 0 }
    }

    /// The number of characters before `byte`; a smaller byte than the last one starts again from the front.
    pub fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.chars) = (0, 0);
        }
        self.chars += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.chars
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_what_char_says() {
        assert!(('\0'..=char::MAX).all(|c| is_letter(c) == c.is_alphanumeric()));
    }

    #[test]
    fn half_width_keeps_one_character_one_character() {
        let folded: String = "（１）Ａ　。".chars().map(half_width).collect();
        assert_eq!(folded, "(1)A 。");
    }

    #[test]
    fn character_offsets_follow_bytes() {
        let text = "侧重a镇";
        let mut offsets = CharOffsets::new(text);
        assert_eq!((offsets.at(3), offsets.at(7), offsets.at(10), offsets.at(0)), (1, 3, 4, 0));
    }
}
