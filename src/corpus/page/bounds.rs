//! Whether a page is safe to parse: the work of an html parser is not linear in the bytes.

use crate::notice::Notice;

/// How deep elements may nest. Browsers stop at 512; beyond it a parser's search for open elements costs depth × tags.
const DEEPEST: usize = 1_000;
/// How many formatting elements a parser may have to open anew. Each `<p>` after n unclosed `<font>`s opens n more;
/// a real page of 100,000 tags with five of them open stays at a tenth of this.
const MOST_REOPENED: usize = 5_000_000;

/// Elements that need no end tag, or have none.
const UNNESTED: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "html", "head",
    "body",
];

/// Elements that a parser opens anew in the next block.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Looks through the tags of `html` once.
///
/// # Errors
/// Which bound it breaks, as a full sentence.
pub fn check(html: &str) -> Result<(), Notice> {
    let (mut depth, mut formatting, mut reopened) = (0usize, 0usize, 0usize);
    for tag in html.split('<').skip(1) {
        let closing = tag.starts_with('/');
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len().min(12)).min(12);
        let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() {
            continue;
        }
        let nests = !UNNESTED.contains(&name.as_str());
        let formats = FORMATTING.contains(&name.as_str());
        if closing {
            depth = depth.saturating_sub(usize::from(nests));
            formatting = formatting.saturating_sub(usize::from(formats));
        } else {
            depth += usize::from(nests);
            formatting += usize::from(formats);
            reopened += formatting;
        }
        if depth > DEEPEST {
            return Err(Notice::new(
                format!("网页元素嵌套超过 {DEEPEST} 层，请只保存其中的文字。"),
                format!("The elements of the page nest deeper than {DEEPEST}; save its text."),
            ));
        }
        if reopened > MOST_REOPENED {
            return Err(Notice::new(
                "网页中没有闭合的格式元素太多，不能解析，请只保存其中的文字。",
                "The page has too many unclosed formatting elements to be parsed; save its text.",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_and_unclosed_formats_are_bounded() {
        assert_eq!(check(&"<p><b>正文</b><br>".repeat(10_000)), Ok(()));
        assert_eq!(check(&format!("{}{}", "<div>".repeat(900), "</div>".repeat(900))), Ok(()));
        assert!(check(&"<div>".repeat(1_001)).unwrap_err().en.contains("deeper than 1000"));
        let bomb = format!("{}{}", "<font color=1>".repeat(900), "<p>x".repeat(6_000));
        assert!(check(&bomb).unwrap_err().en.contains("unclosed"));
    }
}
