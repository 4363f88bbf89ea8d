//! A PDF's text, or why it cannot be had.

use super::graph::Graph;
use super::open::open;
use super::pages::pages;
use super::upright::upright;
use super::walk::{Walker, text_string};
use crate::corpus::extract::Extracted;
use crate::corpus::limits::ReadParams;
use crate::corpus::placed;

/// A page with a picture and fewer characters than this is a scan: a scanner's stamp, a page number.
const STAMP: usize = 30;
/// Nothing is said of pages that are pictures if they are fewer than this share: covers and maps.
const FEW_PICTURES: f64 = 0.1;

const RECOGNISE: &str = "recognise its text (OCR) and give the text";

/// Reads a PDF.
///
/// # Errors
/// Why it cannot be read, as a clause.
pub fn read(bytes: &[u8], params: &ReadParams) -> Result<Extracted, String> {
    let graph = open(bytes, params)?;
    let nodes = pages(&graph, params)?;
    let mut walker = Walker::new(&graph, params);
    let (mut characters, mut unknown, mut invisible, mut askew) = (0, 0, 0, 0);
    let (mut pictures, mut damaged) = (Vec::new(), Vec::new());
    let mut laid = Vec::new();
    for (number, node) in (1..).zip(&nodes) {
        let page = walker.page(node)?;
        let count = page.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
        if page.picture && count < STAMP {
            pictures.push(number);
        }
        if page.damaged {
            damaged.push(number);
        }
        (characters, unknown, invisible) = (characters + count, unknown + page.unknown, invisible + page.invisible);
        let upright = upright(page.glyphs, node);
        askew += upright.askew;
        laid.push(upright.page);
    }
    if pictures.len() == nodes.len() && !nodes.is_empty() {
        return Err(format!("its pages are pictures without text (a scan); {RECOGNISE}"));
    }
    if characters == 0 {
        return Err(match damaged.is_empty() {
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
    let mut warn = |sentence: String| extracted.warnings.push(sentence);
    if unknown > 0 {
        warn(format!("Of {characters} characters {unknown} are not said by their fonts and stand as �."));
    }
    if pictures.len() as f64 > FEW_PICTURES * nodes.len() as f64 {
        warn(format!(
            "{} of {} pages are pictures whose text is missing ({}).",
            pictures.len(),
            nodes.len(),
            listed(&pictures)
        ));
    }
    if !damaged.is_empty() {
        warn(format!(
            "Part of {} of {} pages is damaged and missing ({}).",
            damaged.len(),
            nodes.len(),
            listed(&damaged)
        ));
    }
    if 2 * invisible > characters {
        warn("Its text lies invisible under pictures: it was recognised by a machine, and may have errors.".into());
    }
    if askew > 0 {
        warn(format!("{askew} characters stand askew (a watermark, or notes up the margin) and are left out."));
    }
    Ok(extracted)
}

/// Page numbers, of many the first ones.
fn listed(pages: &[usize]) -> String {
    let shown: Vec<String> = pages.iter().take(10).map(|page| format!("page {page}")).collect();
    format!("{}{}", shown.join(", "), if pages.len() > 10 { ", …" } else { "" })
}

/// The title in the file's properties, if the text begins with it as well: programs leave the names of templates there.
fn title(graph: &Graph, text: &str) -> Option<String> {
    let properties = graph.dictionary(graph.trailer(), b"Info")?;
    let title = text_string(graph.get(properties, b"Title")?.as_str().ok()?).trim().to_string();
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).take(300).collect::<String>();
    (title.chars().filter(|c| crate::text::is_han(*c)).count() >= 4 && bare(text).contains(&bare(&title)))
        .then_some(title)
}
