//! The paragraph styles of a Word document, as far as they number, hide or list contents.

use super::numbering::is_on;
use super::xml::{Piece, Xml};
use crate::notice::Clause;
use std::collections::BTreeMap;

/// Styles by `w:styleId`.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    number: Option<String>,
    level: Option<usize>,
    hidden: Option<bool>,
}

impl Styles {
    /// Reads `styles.xml`.
    ///
    /// # Errors
    /// Why it cannot be read, as a clause.
    pub fn read(text: &str) -> Result<Styles, Clause> {
        let mut styles = Styles::default();
        let mut xml = Xml::new(text);
        let mut current: Option<(String, Style)> = None;
        while let Some(piece) = xml.next_piece()? {
            match piece {
                Piece::Open(element) => {
                    let value = || element.attr("val");
                    match (element.name().as_str(), &mut current) {
                        ("style", _) => {
                            current = element.attr("styleId").map(|id| (id, Style::default()));
                            let is_default = element.attr("default").is_some_and(|value| is_on(Some(&value)));
                            if is_default && element.attr("type").as_deref() == Some("paragraph") {
                                styles.default = element.attr("styleId");
                            }
                        }
                        ("name", Some((_, style))) => style.name = value().unwrap_or_default().to_lowercase(),
                        ("basedOn", Some((_, style))) => style.based_on = value(),
                        ("numId", Some((_, style))) => style.number = value(),
                        ("ilvl", Some((_, style))) => style.level = value().and_then(|level| level.parse().ok()),
                        ("vanish", Some((_, style))) => style.hidden = Some(is_on(value().as_deref())),
                        _ => {}
                    }
                }
                Piece::Close(name) if name == "style" => styles.styles.extend(current.take()),
                _ => {}
            }
        }
        Ok(styles)
    }

    /// The style itself and those it is based on, nearest first.
    fn line<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = id.or(self.default.as_deref());
        // A chain longer than this is a circle.
        (0..20).map_while(move |_| {
            let id = next?;
            let style = self.styles.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
    }

    /// The numbering that the style brings: `w:numId`, the level if it is given, and the style that says so.
    pub fn numbering<'s>(&'s self, id: Option<&'s str>) -> Option<(&'s str, Option<usize>, &'s str)> {
        self.line(id).find_map(|(id, style)| Some((style.number.as_deref()?, style.level, id)))
    }

    /// Whether text in the style is hidden.
    pub fn is_hidden(&self, id: Option<&str>) -> bool {
        id.is_some() && self.line(id).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// Whether the style is that of a line in a table of contents (`toc 1` …).
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        id.is_some() && self.line(id).any(|(_, style)| style.name.starts_with("toc "))
    }
}
