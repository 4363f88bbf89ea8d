//! What tables of separated values have in common: their separator, and which line a byte stands in.

/// The separator of a table: the one that stands most often in its first line.
pub fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |byte: u8| first.bytes().filter(|&b| b == byte).count();
    [b'\t', b';', b','].into_iter().max_by_key(|&byte| (count(byte), byte == b',')).unwrap_or(b',')
}

/// Counts lines up to rising byte offsets.
///
/// The csv crate's own count is one short under CRLF, where a record's position is before the LF of the record above.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t [u8],
    byte: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    /// Starts at line 1.
    pub fn new(text: &'t str) -> Lines<'t> {
        Lines { text: text.as_bytes(), byte: 0, line: 1 }
    }

    /// The line, counted from 1, of the first byte at or after `byte` that is no line end.
    pub fn at(&mut self, byte: usize) -> usize {
        let ends = self.text[byte..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let byte = byte + ends;
        if byte > self.byte {
            self.line += self.text[self.byte..byte].iter().filter(|&&byte| byte == b'\n').count();
            self.byte = byte;
        }
        self.line
    }
}
