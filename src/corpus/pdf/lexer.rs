//! The tokens of a content stream or a CMap, one after the other and never held all at once. Any bytes have tokens.

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'b> {
    /// A number.
    Number(f64),
    /// A name without its slash, `#41` resolved.
    Name(Vec<u8>),
    /// The bytes of a string, literal or hexadecimal.
    String(Vec<u8>),
    /// `[` or `<<`.
    Open,
    /// `]` or `>>`.
    Close,
    /// Anything else: an operator, `true`, `null`.
    Word(&'b [u8]),
}

/// Where in the bytes the next token is looked for.
#[derive(Debug)]
pub struct Lexer<'b> {
    bytes: &'b [u8],
    at: usize,
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|digit| digit as u8)
}

impl<'b> Lexer<'b> {
    /// Starts at the front of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Lexer<'b> {
        Lexer { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// Passes over an inline image whose `BI` was the last token.
    pub fn skip_image(&mut self) {
        for token in self.by_ref() {
            match token {
                Token::Word(b"ID") => break,
                Token::Word(b"EI") => return,
                _ => {}
            }
        }
        // The data may hold any bytes; they end at an `EI` between blanks that is followed by text.
        let readable = |bytes: &[u8]| bytes.iter().take(12).all(|byte| is_blank(*byte) || byte.is_ascii_graphic());
        let data = &self.bytes[self.at.min(self.bytes.len())..];
        let end = data.windows(3).enumerate().position(|(at, window)| {
            is_blank(window[0])
                && &window[1..] == b"EI"
                && data.get(at + 3).is_none_or(|byte| is_blank(*byte))
                && readable(&data[at + 3..])
        });
        self.at = end.map_or(self.bytes.len(), |end| self.at + end + 3);
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut string = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 1 => break,
                b')' => depth -= 1,
                b'\\' => {
                    string.extend(self.escaped());
                    continue;
                }
                _ => {}
            }
            string.push(byte);
        }
        string
    }

    /// What stands for the escape whose backslash was the last byte.
    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(b'\x08'),
            b'f' => Some(b'\x0C'),
            b'\n' => None,
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                None
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                Some(value as u8)
            }
            other => Some(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut string = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            match (high, hex(byte)) {
                (_, None) => {}
                (None, digit) => high = digit,
                (Some(first), Some(second)) => {
                    string.push(first * 16 + second);
                    high = None;
                }
            }
        }
        string.extend(high.map(|first| first * 16));
        string
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !is_blank(*byte) && !is_delimiter(*byte)) {
            self.at += 1;
            let code = (byte == b'#').then(|| self.bytes.get(self.at..self.at + 2)).flatten();
            match code.and_then(|code| Some(hex(code[0])? * 16 + hex(code[1])?)) {
                Some(resolved) => {
                    name.push(resolved);
                    self.at += 2;
                }
                None => name.push(byte),
            }
        }
        name
    }
}

impl<'b> Iterator for Lexer<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        self.skip_blanks();
        let start = self.at;
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'/' => Token::Name(self.name()),
            b'(' => Token::String(self.literal()),
            b'[' | b'{' => Token::Open,
            b']' | b'}' => Token::Close,
            b'<' if self.peek() == Some(b'<') => {
                self.at += 1;
                Token::Open
            }
            b'<' => Token::String(self.hexadecimal()),
            b'>' => {
                if self.peek() == Some(b'>') {
                    self.at += 1;
                }
                Token::Close
            }
            b')' => Token::Word(b")"),
            _ => {
                while self.peek().is_some_and(|byte| !is_blank(byte) && !is_delimiter(byte)) {
                    self.at += 1;
                }
                let word = &self.bytes[start..self.at];
                number(word).map_or(Token::Word(word), Token::Number)
            }
        })
    }
}

/// A number as PDF writes it: `12`, `-.5`, `4.`; and as some programs write it, `--5` or `1.2-3`.
fn number(word: &[u8]) -> Option<f64> {
    if !word.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+')) || !word.iter().any(u8::is_ascii_digit)
    {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    let negative = text.starts_with('-');
    let bare = text.trim_start_matches(['-', '+']);
    let bare = bare.find(['-', '+']).map_or(bare, |at| &bare[..at]);
    let value: f64 = bare.parse().ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_token_is_read() {
        let source = b"/F#31 12 Tf [(a\\(b\\051\\\nc) -3.5 <4E0>]TJ % note\n--7 4. true<</A(x(y))>> 1.2.3";
        let tokens: Vec<Token> = Lexer::new(source).collect();
        let string = |text: &str| Token::String(text.as_bytes().to_vec());
        assert_eq!(
            tokens,
            [
                Token::Name(b"F1".to_vec()),
                Token::Number(12.0),
                Token::Word(b"Tf"),
                Token::Open,
                string("a(b)c"),
                Token::Number(-3.5),
                Token::String(vec![0x4E, 0x00]),
                Token::Close,
                Token::Word(b"TJ"),
                Token::Number(-7.0),
                Token::Number(4.0),
                Token::Word(b"true"),
                Token::Open,
                Token::Name(b"A".to_vec()),
                string("x(y)"),
                Token::Close,
                Token::Word(b"1.2.3"),
            ]
        );
    }

    #[test]
    fn an_inline_image_is_passed_over() {
        let mut lexer = Lexer::new(b"BI /W 2 /H 2 ID \xFF EI\xFE\x01 EI Q (a) Tj");
        assert_eq!(lexer.next(), Some(Token::Word(b"BI")));
        lexer.skip_image();
        assert_eq!(lexer.next(), Some(Token::Word(b"Q")));
        let mut endless = Lexer::new(b"BI ID \x01\x02");
        endless.next();
        endless.skip_image();
        assert_eq!(endless.next(), None);
    }
}
