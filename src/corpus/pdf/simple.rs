//! Fonts of single bytes: Type 1, TrueType and Type 3.

use super::cmap::CMap;
use super::graph::Graph;
use super::program;
use crate::notice::Clause;
use lopdf::{Dictionary, Object};
use rustc_hash::FxHashMap;

/// A font whose codes are bytes.
#[derive(Clone, Debug)]
pub struct SimpleFont {
    /// The characters of each code.
    pub texts: Vec<Option<String>>,
    /// The width of each code, in the font's own units.
    pub widths: Vec<f64>,
}

/// The width of a character of which nothing is known, in thousandths: that of a digit in most faces.
const WIDTH: f64 = 500.0;

/// Reads a simple font.
///
/// # Errors
/// If a stream of it is over the limits, as a clause.
pub fn read(graph: &Graph, font: &Dictionary, to_unicode: Option<&CMap>) -> Result<SimpleFont, Clause> {
    let names = Names::read(graph, font)?;
    let text = |code: u8| to_unicode.and_then(|map| map.text(u32::from(code))).or_else(|| names.text(graph, code));
    let descriptor = graph.dictionary(font, b"FontDescriptor");
    let missing = descriptor.and_then(|d| graph.number(d, b"MissingWidth")).filter(|width| *width > 0.0);
    let mut widths = vec![missing.unwrap_or(WIDTH); 256];
    let first = graph.number(font, b"FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as usize;
    for (place, width) in widths[first..].iter_mut().zip(graph.numbers(font, b"Widths")) {
        *place = width;
    }
    Ok(SimpleFont { texts: (0..=255).map(text).collect(), widths })
}

/// What the dictionary and the program say about the codes, apart from ToUnicode.
#[derive(Default)]
struct Names {
    /// The table from which differences are counted; `None` if the codes are the font's own.
    base: Option<Vec<u8>>,
    names: FxHashMap<u8, Vec<u8>>,
    texts: FxHashMap<u8, String>,
}

impl Names {
    fn read(graph: &Graph, font: &Dictionary) -> Result<Names, Clause> {
        let descriptor = graph.dictionary(font, b"FontDescriptor");
        let flags = descriptor.and_then(|d| graph.number(d, b"Flags")).unwrap_or(0.0) as u32;
        let type3 = graph.name(font, b"Subtype") == Some(b"Type3");
        let file = |key: &[u8]| descriptor.and_then(|descriptor| graph.stream(descriptor, key));
        let (truetype, type1) = (file(b"FontFile2"), file(b"FontFile"));
        let embedded = type3 || truetype.is_some() || type1.is_some() || file(b"FontFile3").is_some();
        // A font program that is not called symbolic, and one that the reader's own machine has, use the standard codes.
        let standard = !embedded || flags & 4 == 0 && !type3;
        let mut names = Names { base: standard.then(|| b"StandardEncoding".to_vec()), ..Names::default() };
        match graph.get(font, b"Encoding") {
            Some(Object::Name(name)) => names.base = Some(name.clone()),
            Some(Object::Dictionary(encoding)) => {
                if let Some(name) = graph.name(encoding, b"BaseEncoding") {
                    names.base = Some(name.to_vec());
                }
                names.differ(graph, graph.array(encoding, b"Differences"));
            }
            _ => {}
        }
        if names.base.is_none() {
            if let Some(program) = truetype.map(|stream| graph.inflated(stream)).transpose()?.flatten() {
                graph.step(program::steps(&program))?;
                names.texts = program::symbolic(&program);
            }
            if let Some(program) = type1.map(|stream| graph.inflated(stream)).transpose()?.flatten() {
                for (code, name) in program::type1_names(&program) {
                    names.names.entry(code).or_insert(name);
                }
            }
        }
        Ok(names)
    }

    fn differ(&mut self, graph: &Graph, differences: &[Object]) {
        let mut code = 0u32;
        for object in differences {
            match graph.follow(object) {
                Some(Object::Integer(value)) => code = u32::try_from(*value).unwrap_or(256),
                Some(Object::Name(name)) => {
                    if let Ok(code) = u8::try_from(code) {
                        self.names.insert(code, name.clone());
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    fn text(&self, graph: &Graph, code: u8) -> Option<String> {
        if let Some(name) = self.names.get(&code) {
            return character(graph, name);
        }
        if let Some(text) = self.texts.get(&code) {
            return Some(text.clone());
        }
        let base = Object::Name(self.base.clone()?);
        looked_up(graph, base, code)
    }
}

/// The character that a glyph's name stands for, by the list of Adobe, `uni4E00`, or `u20000`.
fn character(graph: &Graph, name: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(name).ok()?;
    // What follows a point says which shape of the character it is.
    let bare = text.split('.').next().filter(|bare| !bare.is_empty())?;
    let coded = |digits: &str| char::from_u32(u32::from_str_radix(digits, 16).ok()?).map(String::from);
    let digits = bare.strip_prefix("uni").filter(|d| d.len() == 4);
    if let Some(text) = digits.or_else(|| bare.strip_prefix('u').filter(|d| (4..=6).contains(&d.len()))).and_then(coded)
    {
        return Some(text);
    }
    let differences = Object::Array(vec![Object::Integer(0), Object::Name(bare.as_bytes().to_vec())]);
    let mut encoding = Dictionary::new();
    encoding.set("Differences", differences);
    looked_up(graph, Object::Dictionary(encoding), 0)
}

/// The character of a code in one of the encodings that lopdf knows.
fn looked_up(graph: &Graph, encoding: Object, code: u8) -> Option<String> {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    // A name that is not known falls back to the standard encoding, in which code 0 is nothing.
    let text = font.get_font_encoding(graph.document()).ok()?.bytes_to_string(&[code]).ok()?;
    (!text.is_empty()).then_some(text)
}
