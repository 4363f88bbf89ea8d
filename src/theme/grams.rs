//! Character n-grams: what the wording of a sentence is read by.
//!
//! Up to four characters are packed into one `u64`, sixteen bits each, so a gram is its own key: no collisions, no
//! strings in the hot loop, and the key can be spelled out again when a reader asks why.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::{half_width, is_letter};

/// The longest gram, in characters. A fourth character would still fit; it did not help (docs/coding.md).
pub const LONGEST: usize = 3;

/// What is read of one character: `None` for what parts words (punctuation, blanks, markup), else a 16-bit code.
///
/// Full-width forms read as half-width ones, letters as small ones, any digit as `0`. Characters beyond the basic plane are
/// rare in this prose and share one code.
fn code(c: char) -> Option<u16> {
    let c = half_width(c);
    if c.is_ascii_digit() {
        return Some(u16::from(b'0'));
    }
    if c.is_ascii() {
        return c.is_ascii_alphabetic().then(|| c.to_ascii_lowercase() as u16);
    }
    if !is_letter(c) {
        return None;
    }
    Some(u16::try_from(c as u32).unwrap_or(0xFFFD))
}

/// Visits every gram of `text` of one to [`LONGEST`] characters. No gram crosses punctuation; a run of digits is one `0`.
///
/// Tags in angle brackets are markup and are passed over.
pub fn grams(text: &str, mut visit: impl FnMut(u64)) {
    let mut window: u64 = 0;
    let mut filled = 0;
    let mut in_tag = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ => {}
        }
        let Some(code) = (if in_tag { None } else { code(c) }) else {
            // Bold marks and blanks are dress inside a word; anything else parts words.
            if !matches!(c, '*' | ' ' | '\u{3000}' | '\u{200B}') {
                (window, filled) = (0, 0);
            }
            continue;
        };
        if code == u16::from(b'0') && window & 0xFFFF == u64::from(code) {
            continue;
        }
        window = (window << 16) | u64::from(code);
        filled = (filled + 1).min(LONGEST);
        for length in 1..=filled {
            visit(window & (u64::MAX >> (64 - 16 * length)));
        }
    }
}

/// Visits every word of a text whose words are parted by blanks, and every pair of neighbours, as hashes. Letters read as small
/// ones, a word of digits as one `0`; what holds neither letter nor digit is no word.
pub fn word_grams(text: &str, mut visit: impl FnMut(u64)) {
    let mut before: Option<u64> = None;
    let mut word = String::new();
    for piece in text.split_whitespace().filter(|piece| piece.chars().any(char::is_alphanumeric)) {
        word.clear();
        match piece.chars().all(|c| half_width(c).is_ascii_digit()) {
            true => word.push('0'),
            false => word.extend(piece.chars().flat_map(char::to_lowercase)),
        }
        let own = xxh3_64(word.as_bytes());
        visit(own);
        if let Some(before) = before {
            visit(before.rotate_left(23) ^ own.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        }
        before = Some(own);
    }
}

/// The characters of a gram.
pub fn spell(gram: u64) -> String {
    (0..4)
        .rev()
        .map(|place| (gram >> (16 * place)) as u16)
        .filter(|&code| code != 0)
        .map(|code| char::from_u32(u32::from(code)).unwrap_or('\u{FFFD}'))
        .collect()
}

/// Visits the shorter grams within a gram, as [`grams`] would come by them.
pub fn parts(gram: u64, mut visit: impl FnMut(u64)) {
    let whole = length(gram);
    for end in 1..=whole {
        let upto = gram >> (16 * (whole - end));
        for length in (1..=end).filter(|&length| length < whole) {
            visit(upto & (u64::MAX >> (64 - 16 * length)));
        }
    }
}

/// The number of characters in a gram.
pub fn length(gram: u64) -> usize {
    (64 - gram.leading_zeros() as usize).div_ceil(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        grams(text, |gram| out.push(spell(gram)));
        out
    }

    #[test]
    fn grams_stay_within_clauses_and_digits_are_one() {
        assert_eq!(spelled("种桃，2023亩Ａ"), ["种", "桃", "种桃", "0", "亩", "0亩", "a", "亩a", "0亩a"]);
    }

    #[test]
    fn words_and_pairs_are_told_apart() {
        let all = |text: &str| {
            let mut out = Vec::new();
            word_grams(text, |gram| out.push(gram));
            out
        };
        let found = all("Plant 12 trees ， plant");
        assert_eq!(found.len(), 7, "four words and three pairs");
        assert_eq!((found[0], found[1]), (found[5], all("7")[0]), "case and the digits do not matter");
        assert_ne!(all("a b")[2], all("b a")[2], "a pair has an order");
    }

    #[test]
    fn dress_and_tags_are_passed_over() {
        assert_eq!(spelled("**种 桃**"), ["种", "桃", "种桃"]);
        assert_eq!(spelled("种<br>桃"), ["种", "桃"]);
        assert_eq!(spelled("<<"), Vec::<String>::new());
    }

    #[test]
    fn the_parts_are_the_grams_within() {
        let mut parts = Vec::new();
        grams("桃树0", |gram| {
            if length(gram) == 3 {
                super::parts(gram, |part| parts.push(spell(part)));
            }
        });
        assert_eq!(parts, ["桃", "树", "桃树", "0", "树0"]);
    }

    #[test]
    fn the_length_is_that_of_the_spelling() {
        grams("改造老旧小区𠮷", |gram| assert_eq!(length(gram), spell(gram).chars().count()));
    }
}
