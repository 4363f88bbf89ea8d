//! XML as untrusted input: a stream of elements and texts, without entities of its own, bounded in depth.

use crate::corpus::encoding;
use crate::corpus::limits::ReadParams;
use crate::notice::Clause;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// How deep elements may nest; Word's own files stay under 60.
const DEEPEST: usize = 500;

/// One piece of a document.
#[derive(Debug)]
pub enum Piece<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// The element with this local name ends.
    Close(String),
    /// Characters.
    Text(Cow<'x, str>),
}

/// The start tag of an element.
#[derive(Debug)]
pub struct Element<'x> {
    start: BytesStart<'x>,
}

impl Element<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> String {
        self.start.local_name().as_ref().to_string()
    }

    /// The value of the attribute with this local name.
    pub fn attr(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        // Looking for repeated attributes costs the square of their number.
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }
}

/// The pieces of one XML text.
pub struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    /// The end of an empty element, still to be told.
    end: Option<String>,
}

impl<'x> Xml<'x> {
    /// Begins at the front of `text`.
    pub fn new(text: &'x str) -> Xml<'x> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        Xml { reader, depth: 0, end: None }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// Why the XML cannot be read on, as a clause.
    pub fn next_piece(&mut self) -> Result<Option<Piece<'x>>, Clause> {
        if let Some(name) = self.end.take() {
            return Ok(Some(Piece::Close(name)));
        }
        loop {
            let event = self.reader.read_event().map_err(damaged)?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Clause::new(
                            format!("XML 嵌套超过 {DEEPEST} 层"),
                            format!("its XML nests deeper than {DEEPEST} elements"),
                        ));
                    }
                    Piece::Open(Element { start })
                }
                Event::Empty(start) => {
                    let element = Element { start };
                    self.end = Some(element.name());
                    Piece::Open(element)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close(end.local_name().as_ref().to_string())
                }
                Event::Text(text) => Piece::Text(text.into_inner()),
                Event::CData(text) => Piece::Text(text.into_inner()),
                Event::GeneralRef(reference) => Piece::Text(Cow::Owned(resolved(&reference)?)),
                Event::DocType(_) => {
                    return Err(Clause::new(
                        "XML 中声明了文档类型，办公软件不会这样写",
                        "its XML declares a document type, which no office program writes",
                    ));
                }
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }
}

/// That the parser cannot go on, in its own words.
fn damaged(error: impl std::fmt::Display) -> Clause {
    Clause::new(format!("XML 已损坏（{error}）"), format!("the XML is damaged: {error}"))
}

/// The character that a reference stands for: one by number, or one of XML's five.
fn resolved(reference: &quick_xml::events::BytesRef) -> Result<String, Clause> {
    if let Some(c) = reference.resolve_char_ref().map_err(damaged)? {
        return Ok(c.to_string());
    }
    let name: &str = reference.as_ref();
    let known = [("lt", "<"), ("gt", ">"), ("amp", "&"), ("quot", "\""), ("apos", "'")];
    let found = known.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| text.to_string()).ok_or_else(|| {
        Clause::new(format!("XML 用了未声明的实体“{name}”"), format!("its XML uses the undeclared entity “{name}”"))
    })
}

/// The text of an XML part: UTF-8 or UTF-16, as its front says.
///
/// # Errors
/// That it is too large, or no text, as a clause.
pub fn decoded(bytes: Vec<u8>, params: &ReadParams) -> Result<String, Clause> {
    if bytes.len() as u64 > params.max_markup_bytes {
        let limit = params.max_markup_bytes;
        return Err(Clause::new(
            format!("其中一部分超过上限 max_markup_bytes = {limit}"),
            format!("a part of it is larger than the limit max_markup_bytes = {limit}"),
        ));
    }
    let decoded = encoding::decode(bytes, None, 0.0);
    decoded
        .map(|decoded| decoded.text)
        .map_err(|_| Clause::new("其中一部分不是 XML 文本", "a part of it is no XML text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Vec<String>, Clause> {
        let mut xml = Xml::new(text);
        let mut pieces = Vec::new();
        while let Some(piece) = xml.next_piece()? {
            pieces.push(match piece {
                Piece::Open(element) => format!("<{} {:?}", element.name(), element.attr("val")),
                Piece::Close(name) => format!(">{name}"),
                Piece::Text(text) => text.into_owned(),
            });
        }
        Ok(pieces)
    }

    #[test]
    fn pieces_come_in_order_and_references_are_resolved() {
        assert_eq!(
            told("<w:p><w:t w:val=\"&lt;甲\">a&amp;b&#x4E00;</w:t><w:br/></w:p>").unwrap(),
            ["<p None", "<t Some(\"<甲\")", "a", "&", "b", "一", ">t", "<br None", ">br", ">p"]
        );
    }

    #[test]
    fn entities_and_depth_are_refused() {
        assert!(told("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").unwrap_err().en.contains("document type"));
        assert!(told("<a>&b;</a>").unwrap_err().en.contains("undeclared entity “b”"));
        assert!(told(&"<a>".repeat(600)).unwrap_err().en.contains("deeper than 500"));
        assert!(told("<a></b>").unwrap_err().en.contains("damaged"));
    }
}
