//! Fonts of several bytes a code, as Chinese is set in.

use super::cmap::CMap;
use super::coding::{self, Coding};
use super::graph::Graph;
use super::program;
use crate::notice::Clause;
use lopdf::{Dictionary, Object};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// A composite font.
#[derive(Debug)]
pub struct CompositeFont {
    codes: Codes,
    /// Whether it is written from top to bottom.
    pub vertical: bool,
    /// Runs of glyph numbers of known width, sorted: lowest, highest, width.
    widths: Vec<(u32, u32, f64)>,
    default_width: f64,
    /// The program, inflated, and the glyph in it for each number, if the font says so.
    program: Option<Vec<u8>>,
    glyphs: Option<Vec<u8>>,
    /// What the program says its glyphs are, looked up once it is needed.
    characters: OnceCell<FxHashMap<u16, char>>,
}

/// How codes are cut and what they mean.
#[derive(Debug)]
enum Codes {
    Predefined(Coding),
    Embedded(CMap),
    Unknown,
}

/// One code of a string.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// How many bytes it has, 1 to 4.
    pub length: usize,
    /// The code as a number.
    pub value: u32,
}

/// Reads a composite font, of which ToUnicode says everything if `mapped`.
///
/// # Errors
/// If a stream of it is over the limits, as a clause.
pub fn read(graph: &Graph, font: &Dictionary, mapped: bool) -> Result<CompositeFont, Clause> {
    let mut vertical = false;
    let codes = match graph.get(font, b"Encoding") {
        Some(Object::Name(name)) => match coding::predefined(name) {
            Some((coding, down)) => {
                vertical = down;
                Codes::Predefined(coding)
            }
            None => Codes::Unknown,
        },
        Some(Object::Stream(stream)) => {
            let map = CMap::parse(&graph.inflated(stream)?.unwrap_or_default());
            vertical = map.vertical;
            let base = map.base.as_deref().or_else(|| graph.name(&stream.dict, b"UseCMap"));
            match base.and_then(coding::predefined) {
                Some((coding, _)) if !map.has_codes() => Codes::Predefined(coding),
                _ => Codes::Embedded(map),
            }
        }
        _ => Codes::Predefined(Coding::Identity),
    };
    let descendant = graph.array(font, b"DescendantFonts").first().and_then(|font| graph.follow(font));
    let empty = Dictionary::new();
    let descendant = descendant.and_then(|object| object.as_dict().ok()).unwrap_or(&empty);
    let descriptor = graph.dictionary(descendant, b"FontDescriptor");
    let stream = descriptor.and_then(|d| graph.stream(d, b"FontFile2").or_else(|| graph.stream(d, b"FontFile3")));
    let (mut program, mut glyphs) = (None, None);
    if !mapped && matches!(codes, Codes::Predefined(Coding::Identity) | Codes::Embedded(_)) {
        program = stream.map(|stream| graph.inflated(stream)).transpose()?.flatten();
        graph.step(program.as_deref().map_or(0, program::steps))?;
        glyphs = graph.stream(descendant, b"CIDToGIDMap").map(|map| graph.inflated(map)).transpose()?.flatten();
    }
    Ok(CompositeFont {
        codes,
        vertical,
        widths: widths(graph, graph.array(descendant, b"W")),
        default_width: graph.number(descendant, b"DW").unwrap_or(1000.0),
        program,
        glyphs,
        characters: OnceCell::new(),
    })
}

/// The runs of `W`: `first [w w w]` or `first last w`.
fn widths(graph: &Graph, array: &[Object]) -> Vec<(u32, u32, f64)> {
    let whole = |object: Option<&Object>| object.and_then(super::graph::number).map(|value| value as u32);
    let mut runs = Vec::new();
    let mut values = array.iter().map(|object| graph.follow(object));
    while let (Some(first), Some(second)) = (values.next(), values.next()) {
        let Some(first) = whole(first) else { continue };
        match second {
            Some(Object::Array(list)) => {
                for (cid, object) in (first..=u32::MAX).zip(list) {
                    runs.extend(graph.follow(object).and_then(super::graph::number).map(|width| (cid, cid, width)));
                }
            }
            last => {
                let width = values.next().flatten().and_then(super::graph::number);
                runs.extend(whole(last).zip(width).map(|(last, width)| (first, last, width)));
            }
        }
    }
    runs.sort_by_key(|a| (a.0, a.1));
    runs
}

impl CompositeFont {
    /// The first code of `bytes`.
    pub fn code(&self, bytes: &[u8]) -> Code {
        let length = match &self.codes {
            Codes::Predefined(coding) => coding.length(bytes),
            Codes::Embedded(map) => map.length(bytes),
            Codes::Unknown => 2,
        };
        let length = length.clamp(1, bytes.len().max(1));
        Code { length, value: bytes.iter().take(length).fold(0, |code, byte| code << 8 | u32::from(*byte)) }
    }

    /// The glyph number of a code, where it is known.
    fn cid(&self, code: &Code) -> Option<u32> {
        match &self.codes {
            Codes::Predefined(Coding::Identity) => Some(code.value),
            Codes::Embedded(map) => map.cid(code.value),
            _ => None,
        }
    }

    /// The characters of a code, apart from what ToUnicode says.
    pub fn text(&self, bytes: &[u8], code: &Code) -> Option<String> {
        match &self.codes {
            Codes::Predefined(Coding::Identity) | Codes::Embedded(_) => {
                let cid = self.cid(code)?;
                let glyph = match &self.glyphs {
                    Some(map) => {
                        let at = 2 * cid as usize;
                        u16::from_be_bytes([*map.get(at)?, *map.get(at + 1)?])
                    }
                    None => u16::try_from(cid).ok()?,
                };
                let program = self.program.as_deref()?;
                let characters = self.characters.get_or_init(|| program::characters(program));
                characters.get(&glyph).map(char::to_string)
            }
            Codes::Predefined(coding) => coding.text(bytes.get(..code.length)?),
            Codes::Unknown => None,
        }
    }

    /// The width of a code in thousandths; `text` helps where the number of the glyph is not known.
    pub fn width(&self, code: &Code, text: Option<&str>) -> f64 {
        let known = |cid: u32| {
            let index = self.widths.partition_point(|(low, _, _)| *low <= cid);
            self.widths[..index].last().filter(|(_, high, _)| cid <= *high).map(|(_, _, width)| *width)
        };
        if let Some(cid) = self.cid(code) {
            return known(cid).unwrap_or(self.default_width);
        }
        match text.and_then(|text| text.chars().next()) {
            // In the collections of all four languages the printable ASCII characters are the glyphs from 1.
            Some(c @ ' '..='~') => known(c as u32 - 0x1F).unwrap_or(500.0),
            _ => self.default_width,
        }
    }
}
