//! A PDF's text, or why it cannot be had.

use super::graph::Graph;
use super::open::open;
use super::pages::pages;
use super::seen::Seen;
use super::upright::upright;
use super::walk::{Walker, text_string};
use crate::corpus::extract::{Extracted, RECOGNISE};
use crate::corpus::limits::ReadParams;
use crate::corpus::placed;
use crate::notice::Clause;

/// A page with a picture and fewer characters than this is a scan: a scanner's stamp, a page number.
const STAMP: usize = 30;

/// Reads a PDF.
///
/// # Errors
/// Why it cannot be read, as a clause.
pub fn read(bytes: &[u8], params: &ReadParams) -> Result<Extracted, Clause> {
    let graph = open(bytes, params)?;
    let nodes = pages(&graph, params)?;
    let mut walker = Walker::new(&graph, params);
    let mut seen = Seen { pages: nodes.len(), ..Seen::default() };
    let mut laid = Vec::new();
    let (recognise_zh, recognise) = RECOGNISE;
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
        return Err(Clause::new(
            format!("各页都是没有文字的图片（扫描件），{recognise_zh}"),
            format!("its pages are pictures without text (a scan); {recognise}"),
        ));
    }
    let Seen { characters, unknown, .. } = seen;
    if characters == 0 {
        return Err(match seen.damaged.is_empty() {
            true => Clause::new(
                format!("页面上没有文字，最多只有画成图形的字，{recognise_zh}"),
                format!("there is no text on its pages, at most characters drawn as shapes; {recognise}"),
            ),
            false => Clause::new(
                "页面已损坏，或者压缩方式不能读取，请重新生成 PDF",
                "its pages are damaged or packed in a way that is not read; make the PDF anew",
            ),
        });
    }
    if unknown as f64 > params.max_unknown_glyph_share * characters as f64 {
        let faces: Vec<&str> = walker.unknown_faces.iter().map(String::as_str).take(5).collect();
        let limit = params.max_unknown_glyph_share;
        return Err(Clause::new(
            format!(
                "{characters} 个字符中有 {unknown} 个，字体没有说明是什么字（{}），超过上限 max_unknown_glyph_share = {limit}；\
                 请提供用来制作 PDF 的原文件，没有原文件的，{recognise_zh}",
                faces.join("、")
            ),
            format!(
                "of {characters} characters {unknown} are set in fonts that do not say which characters they are ({}), more \
                 than the limit max_unknown_glyph_share = {limit}; give the document from which it was made, or {recognise}",
                faces.join(", ")
            ),
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
