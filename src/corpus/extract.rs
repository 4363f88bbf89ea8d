//! What every format's reader gives.

use super::document::Decoding;
use crate::notice::Notice;

/// What to do with a document that holds pictures of text, as a Chinese and an English clause.
pub const RECOGNISE: (&str, &str) = ("请先识别文字（OCR），再提供文本", "recognise its text (OCR) and give the text");

/// The text of one document, and what its format says about it.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The text.
    pub text: String,
    /// How the bytes became that text.
    pub decoding: Decoding,
    /// Front matter, meta tags or core properties, as (name, value) in order.
    pub fields: Vec<(String, String)>,
    /// The title that the format itself gives.
    pub title: Option<String>,
    /// Full sentences.
    pub warnings: Vec<Notice>,
}

impl Extracted {
    /// Text taken out of a `format` that says nothing else; such a text has no encoding to be unsure of.
    pub fn new(text: String, format: &str) -> Extracted {
        let decoding = Decoding { encoding: format.to_string(), margin: 1.0 };
        Extracted { text, decoding, fields: Vec::new(), title: None, warnings: Vec::new() }
    }
}
