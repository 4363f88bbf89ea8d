//! Predefined CMaps: those whose codes are characters of a known encoding need no table.

use encoding_rs::{BIG5, Encoding, GB18030};

/// What the codes of a composite font are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coding {
    /// Two bytes: the number of the glyph.
    Identity,
    /// UTF-16, and UCS-2, which is its first half.
    Utf16,
    /// UTF-8.
    Utf8,
    /// UTF-32.
    Utf32,
    /// One or two bytes, in GB 18030 also four, of an encoding older than Unicode.
    Older(&'static Encoding),
}

/// The coding of a predefined CMap, and whether it writes from top to bottom.
pub fn predefined(name: &[u8]) -> Option<(Coding, bool)> {
    let name = std::str::from_utf8(name).ok()?;
    let (stem, vertical) = match name.strip_suffix("-V") {
        Some(stem) => (stem, true),
        None => (name.strip_suffix("-H").unwrap_or(name), false),
    };
    let coding = match stem {
        "Identity" => Coding::Identity,
        "GB-EUC" | "GBpc-EUC" | "GBK-EUC" | "GBKp-EUC" | "GBK2K" => Coding::Older(GB18030),
        "B5pc" | "HKscs-B5" | "ETen-B5" | "ETenms-B5" => Coding::Older(BIG5),
        _ if stem.starts_with("Uni") => match stem.rsplit('-').next()? {
            "UCS2" | "UTF16" => Coding::Utf16,
            "UTF8" => Coding::Utf8,
            "UTF32" => Coding::Utf32,
            _ => return None,
        },
        _ => return None,
    };
    Some((coding, vertical))
}

impl Coding {
    /// How many bytes the first code has.
    pub fn length(self, bytes: &[u8]) -> usize {
        let first = bytes.first().copied().unwrap_or(0);
        match self {
            Coding::Identity => 2,
            Coding::Utf16 if (0xD8..0xDC).contains(&first) => 4,
            Coding::Utf16 => 2,
            Coding::Utf32 => 4,
            Coding::Utf8 => match first {
                0xC0..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0.. => 4,
                _ => 1,
            },
            Coding::Older(_) if first <= 0x80 => 1,
            Coding::Older(encoding) if encoding == GB18030 && bytes.get(1).is_some_and(u8::is_ascii_digit) => 4,
            Coding::Older(_) => 2,
        }
    }

    /// The character of a code; `None` if the coding does not say.
    pub fn text(self, code: &[u8]) -> Option<String> {
        match self {
            Coding::Identity => None,
            Coding::Utf16 => {
                let units: Vec<u16> = code.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                String::from_utf16(&units).ok().filter(|text| !text.is_empty())
            }
            Coding::Utf8 => std::str::from_utf8(code).ok().map(str::to_string),
            Coding::Utf32 => {
                let value = u32::from_be_bytes(code.try_into().ok()?);
                char::from_u32(value).map(String::from)
            }
            Coding::Older(encoding) => {
                encoding.decode_without_bom_handling_and_without_replacement(code).map(|text| text.into_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(name: &str, mut bytes: &[u8]) -> String {
        let (coding, _) = predefined(name.as_bytes()).unwrap();
        let mut text = String::new();
        while !bytes.is_empty() {
            let (code, rest) = bytes.split_at(coding.length(bytes).min(bytes.len()));
            text.push_str(&coding.text(code).unwrap_or("�".into()));
            bytes = rest;
        }
        text
    }

    #[test]
    fn codes_of_known_encodings_are_characters() {
        assert_eq!(decoded("UniGB-UCS2-H", &[0x97, 0x52, 0x77, 0xF3]), "青石");
        assert_eq!(decoded("UniGB-UTF16-H", &[0xD8, 0x40, 0xDC, 0x00, 0x97, 0x52]), "𠀀青");
        assert_eq!(decoded("UniGB-UTF8-H", "石1".as_bytes()), "石1");
        assert_eq!(decoded("UniGB-UTF32-H", &[0, 2, 0, 0]), "𠀀");
        assert_eq!(decoded("GBK-EUC-H", b"726\xCD\xF2\xD4\xAA"), "726万元");
        assert_eq!(decoded("GBK2K-V", b"\x95\x32\x82\x36\xC7\xE0"), "𠀀青");
        assert_eq!(decoded("ETen-B5-H", &BIG5.encode("青石鎮").0), "青石鎮");
        assert_eq!(decoded("GBK-EUC-H", b"\xFF"), "�");
        assert_eq!(predefined(b"90ms-RKSJ-H"), None);
    }
}
