//! OFD (GB/T 33190), the fixed-layout format of Chinese offices: pages of placed text, read back into lines and paragraphs.
//!
//! Templates (letterheads, page frames), annotations and stamps are left out.

use super::package::Package;
use super::xml::{Element, Piece, Xml, decoded};
use crate::corpus::extract::{Extracted, RECOGNISE};
use crate::corpus::limits::ReadParams;
use crate::corpus::placed::{self, Page, Placed};
use crate::notice::Clause;

/// Reads the first document of an opened package.
///
/// # Errors
/// Why it cannot be read, as a clause.
pub fn read(package: &mut Package, params: &ReadParams) -> Result<Extracted, Clause> {
    let mut part = |path: &str| -> Result<String, Clause> {
        let lacking = || Clause::new(format!("缺少 {path} 部分"), format!("it has no part {path}"));
        let bytes = package.part(path, params)?.ok_or_else(lacking)?;
        decoded(bytes, params)
    };
    let (root, title) = entry(&part("OFD.xml")?)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let pages = page_paths(&part(&root)?, folder)?;
    if pages.len() > params.max_pages {
        let (count, limit) = (pages.len(), params.max_pages);
        return Err(Clause::new(
            format!("共有 {count} 页，超过上限 max_pages = {limit}"),
            format!("it has {count} pages, more than the limit max_pages = {limit}"),
        ));
    }
    let mut laid: Vec<Page> = Vec::new();
    for path in &pages {
        laid.push(Page::new(0.0, None, runs(&part(path)?)?));
    }
    let text = placed::text(laid);
    if text.trim().is_empty() {
        let (zh, en) = RECOGNISE;
        return Err(Clause::new(format!("没有文字，只有图片，{zh}"), format!("it has no text, only pictures; {en}")));
    }
    Ok(Extracted { title, ..Extracted::new(text, "ofd") })
}

/// The path of the first document's root, and the title.
fn entry(text: &str) -> Result<(String, Option<String>), Clause> {
    let mut xml = Xml::new(text);
    let (mut within, mut root, mut title) = (String::new(), None, None);
    while let Some(piece) = xml.next_piece()? {
        match piece {
            Piece::Open(element) => within = element.name(),
            Piece::Close(_) => within.clear(),
            Piece::Text(value) => match (within.as_str(), value.trim()) {
                (_, "") => {}
                ("DocRoot", value) if root.is_none() => root = Some(joined("", value)),
                ("Title", value) if title.is_none() => title = Some(value.to_string()),
                _ => {}
            },
        }
    }
    Ok((root.ok_or_else(|| Clause::new("没有指明文档", "it names no document"))?, title))
}

/// The pages' paths in order.
fn page_paths(text: &str, folder: &str) -> Result<Vec<String>, Clause> {
    let mut xml = Xml::new(text);
    let mut pages = Vec::new();
    let mut within = false;
    while let Some(piece) = xml.next_piece()? {
        match piece {
            Piece::Open(element) if element.name() == "Pages" => within = true,
            Piece::Open(element) if within && element.name() == "Page" => {
                pages.extend(element.attr("BaseLoc").map(|path| joined(folder, &path)));
            }
            Piece::Close(name) if name == "Pages" => within = false,
            _ => {}
        }
    }
    Ok(pages)
}

/// A path in the package, seen from `folder`.
fn joined(folder: &str, path: &str) -> String {
    let path = path.trim();
    let full = if path.starts_with('/') || folder.is_empty() { path.to_string() } else { format!("{folder}/{path}") };
    full.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect::<Vec<_>>().join("/")
}

/// The numbers in an attribute.
fn numbers(element: &Element, name: &str) -> Vec<f64> {
    element.attr(name).map_or(Vec::new(), |value| value.split_whitespace().filter_map(|n| n.parse().ok()).collect())
}

/// The runs of a page as they are placed, in millimetres from the top left corner.
fn runs(text: &str) -> Result<Vec<Placed>, Clause> {
    let mut xml = Xml::new(text);
    let mut placed = Vec::new();
    let (mut origin, mut size, mut scale) = ((0.0, 0.0), 0.0, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    let mut code: Option<(f64, f64, Vec<String>)> = None;
    let (mut x, mut y) = (0.0, 0.0);
    let mut content = String::new();
    while let Some(piece) = xml.next_piece()? {
        match piece {
            Piece::Open(element) => match element.name().as_str() {
                "TextObject" => {
                    let boundary = numbers(&element, "Boundary");
                    origin = (boundary.first().copied().unwrap_or(0.0), boundary.get(1).copied().unwrap_or(0.0));
                    size = numbers(&element, "Size").first().copied().unwrap_or(4.0);
                    scale = numbers(&element, "CTM").try_into().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
                    (x, y) = (0.0, 0.0);
                }
                "TextCode" => {
                    // A run without a place begins where the one before it did.
                    x = numbers(&element, "X").first().copied().unwrap_or(x);
                    y = numbers(&element, "Y").first().copied().unwrap_or(y);
                    let deltas = element.attr("DeltaX").unwrap_or_default();
                    code = Some((x, y, deltas.split_whitespace().map(str::to_string).collect()));
                    content.clear();
                }
                _ => {}
            },
            Piece::Text(value) => {
                if code.is_some() {
                    content.push_str(&value);
                }
            }
            Piece::Close(name) if name == "TextCode" => {
                let Some((x, y, deltas)) = code.take() else { continue };
                let text = content.trim_matches(['\n', '\r', '\t']).to_string();
                if text.is_empty() {
                    continue;
                }
                let width = advance(&deltas, text.chars().count(), size) + size;
                let [a, b, c, d, e, f] = scale;
                let at = |x: f64, y: f64| (origin.0 + a * x + c * y + e, origin.1 + b * x + d * y + f);
                let (left, y) = at(x, y);
                let (right, _) = (left + width * a.abs().max(b.abs()), y);
                placed.push(Placed { left, right, y, size: size * d.abs().max(b.abs()), text });
            }
            Piece::Close(_) => {}
        }
    }
    Ok(placed)
}

/// How far the last of `count` characters begins behind the first, by the gaps in `DeltaX` (`g 3 4.2` is 4.2 three times).
fn advance(deltas: &[String], count: usize, size: f64) -> f64 {
    let mut sum = 0.0;
    let mut left = count.saturating_sub(1);
    let mut words = deltas.iter();
    while let Some(word) = words.next() {
        let (times, value) = if word == "g" {
            (words.next().and_then(|n| n.parse().ok()).unwrap_or(0), words.next().and_then(|v| v.parse().ok()))
        } else {
            (1usize, word.parse::<f64>().ok())
        };
        let times = times.min(left);
        sum += value.unwrap_or(size) * times as f64;
        left -= times;
    }
    sum + if deltas.is_empty() { size * left as f64 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(x: f64, y: f64, text: &str) -> String {
        let count = text.chars().count() - 1;
        format!(
            "<ofd:TextObject Boundary=\"{x} {y} 150 5\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g {count} 5\">{text}</ofd:TextCode></ofd:TextObject>"
        )
    }

    #[test]
    fn placed_runs_become_paragraphs() {
        // 10 characters of 5 mm fill the line from 30 to 80 mm.
        let first = [
            object(40.0, 20.0, "青石镇计划"),
            object(40.0, 30.0, "一、发展现代农"),
            object(75.0, 30.0, "业"),
            object(30.0, 38.0, "，新建果园二百亩，推"),
            object(30.0, 46.0, "进水库加固。"),
            object(40.0, 54.0, "二、抓好项目。"),
            object(50.0, 280.0, "- 1 -"),
        ];
        let page = Page::new(210.0, None, runs(&format!("<ofd:Page>{}</ofd:Page>", first.concat())).unwrap());
        let text = placed::text(vec![page]);
        assert_eq!(text, "青石镇计划\n一、发展现代农业，新建果园二百亩，推进水库加固。\n二、抓好项目。\n");
    }

    #[test]
    fn gaps_are_counted_within_the_text() {
        let words = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<_>>();
        assert_eq!(advance(&words("g 2 4.5 3"), 4, 5.0), 12.0);
        assert_eq!(advance(&words("g 999999999 1"), 3, 5.0), 2.0);
        assert_eq!(advance(&[], 3, 5.0), 10.0);
    }
}
