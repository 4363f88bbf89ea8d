//! A PDF's text, or why it cannot be had.

use super::graph::Graph;
use super::open::open;
use super::pages::pages;
use super::seen::Seen;
use super::upright::upright;
use super::walk::{Walker, text_string};
use crate::corpus::extract::Extracted;
use crate::corpus::limits::ReadParams;
use crate::corpus::placed;

/// A page with a picture and fewer characters than this is a scan: a scanner's stamp, a page number.
const STAMP: usize = 30;

const RECOGNISE: &str = "recognise its text (OCR) and give the text";

/// Reads a PDF.
///
/// # Errors
/// Why it cannot be read, as a clause.
pub fn read(bytes: &[u8], params: &ReadParams) -> Result<Extracted, String> {
    let graph = open(bytes, params)?;
    let nodes = pages(&graph, params)?;
    let mut walker = Walker::new(&graph, params);
    let mut seen = Seen { pages: nodes.len(), ..Seen::default() };
    let mut laid = Vec::new();
    for (number, node) in (1..).zip(&nodes) {
        let page = walker.page(node)?;
        let count = page.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
        if page.picture && count < STAMP {
            seen.pictures.push(number);
        }
        if page.damaged {
            seen.damaged.push(number);
        }
        seen.characters += count;
        seen.unknown += page.unknown;
        seen.invisible += page.invisible;
        let upright = upright(page.glyphs, node);
        seen.askew += upright.askew;
        laid.push(upright.page);
    }
    if seen.pictures.len() == nodes.len() && !nodes.is_empty() {
        return Err(format!("its pages are pictures without text (a scan); {RECOGNISE}"));
    }
    let Seen { characters, unknown, .. } = seen;
    if characters == 0 {
        return Err(match seen.damaged.is_empty() {
            true => format!("there is no text on its pages, at most characters drawn as shapes; {RECOGNISE}"),
            false => "its pages are damaged or packed in a way that is not read; make the PDF anew".into(),
        });
    }
    if unknown as f64 > params.max_unknown_glyph_share * characters as f64 {
        let faces: Vec<&str> = walker.unknown_faces.iter().map(String::as_str).take(5).collect();
        let limit = params.max_unknown_glyph_share;
        return Err(format!(
            "of {characters} characters {unknown} are set in fonts that do not say which characters they are ({}), more than \
             the limit max_unknown_glyph_share = {limit}; give the document from which it was made, or {RECOGNISE}",
            faces.join(", ")
        ));
    }
    let text = placed::text(laid);
    let title = title(&graph, &text);
    let mut extracted = Extracted { title, ..Extracted::new(text, "pdf") };
    extracted.warnings = seen.notices();
    Ok(extracted)
}

/// The title in the file's properties, if the text begins with it as well: programs leave the names of templates there.
fn title(graph: &Graph, text: &str) -> Option<String> {
    let properties = graph.dictionary(graph.trailer(), b"Info")?;
    let title = text_string(graph.get(properties, b"Title")?.as_str().ok()?).trim().to_string();
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).take(300).collect::<String>();
    (title.chars().filter(|c| crate::text::is_han(*c)).count() >= 4 && bare(text).contains(&bare(&title)))
        .then_some(title)
}
