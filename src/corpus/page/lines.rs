//! Elements to lines: a paragraph is a line, a table row is `a | b |`, an ordered list keeps its numbers.

use crate::text::is_han;
use dom_query::NodeRef;

/// Beyond this depth elements are taken as plain text: no page nests so deep on purpose.
const DEEPEST: usize = 200;
/// A table with a cell longer than this, in characters, is there for the layout.
const LONGEST_CELL: usize = 400;

/// The text under `node` as lines, each trimmed, none empty.
pub fn of(node: &NodeRef) -> Vec<String> {
    let mut writer = Writer::default();
    writer.children(node, 0);
    writer.end_line();
    writer.lines
}

/// The number of Han characters under `node`.
pub fn han_count(node: &NodeRef) -> usize {
    node.text().chars().filter(|&c| is_han(c)).count()
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    line: String,
    /// White space that was read and not yet written: nothing, a space, or a line end of the source.
    gap: Option<char>,
    /// Whether white space is kept (`<pre>`).
    literal: bool,
}

impl Writer {
    fn children(&mut self, node: &NodeRef, depth: usize) {
        if depth > DEEPEST {
            self.text(&node.text());
            return;
        }
        for child in node.children_it(false) {
            if child.is_text() {
                self.text(&child.text());
            } else if child.is_element() {
                self.element(&child, depth + 1);
            }
        }
    }

    fn element(&mut self, node: &NodeRef, depth: usize) {
        let Some(name) = node.node_name() else { return };
        match name.as_ref() {
            "br" => self.end_line(),
            "hr" => self.end_line(),
            "table" => self.table(node, depth),
            "ol" => self.ordered(node, depth),
            "pre" => {
                self.end_line();
                let before = std::mem::replace(&mut self.literal, true);
                self.children(node, depth);
                self.end_line();
                self.literal = before;
            }
            "img" | "input" | "svg" | "video" | "audio" | "object" | "embed" | "canvas" => {}
            name if is_block(name) => {
                self.end_line();
                self.children(node, depth);
                self.end_line();
            }
            _ => self.children(node, depth),
        }
    }

    /// Writes running text; white space becomes one space, and none where a source line breaks inside Chinese.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' | '\r' if self.literal => self.end_line(),
                '\n' | '\r' => self.gap = Some(self.gap.map_or('\n', |gap| if gap == ' ' { ' ' } else { '\n' })),
                ' ' | '\t' | '\u{C}' if !self.literal && self.gap != Some('\n') => self.gap = Some(' '),
                ' ' | '\t' | '\u{C}' if !self.literal => {}
                // Soft hyphens and byte order marks inside pages are leavings of editors.
                '\u{AD}' | '\u{FEFF}' => {}
                c => {
                    if let Some(gap) = self.gap.take()
                        && let Some(last) = self.line.chars().next_back()
                        && !(gap == '\n' && is_wide(last) && is_wide(c))
                    {
                        self.line.push(' ');
                    }
                    self.line.push(c);
                }
            }
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim_matches(|c: char| c.is_whitespace() || c == '\u{200B}');
        if !line.is_empty() {
            self.lines.push(line.to_string());
        }
        self.line.clear();
        self.gap = None;
    }

    /// Rows as `a | b |`, unless the table is there for the layout.
    fn table(&mut self, node: &NodeRef, depth: usize) {
        self.end_line();
        let rows: Vec<Vec<NodeRef>> = rows(node);
        let texts: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| of(cell).join(" ")).collect()).collect();
        let widest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let nested = rows.iter().flatten().any(|cell| cell.descendants_it().any(|inner| inner.has_name("table")));
        let long = texts.iter().flatten().any(|text| text.chars().count() > LONGEST_CELL);
        if widest < 2 || nested || long {
            // Captions and stray text stand beside the rows, so the whole table is written as blocks.
            self.children(node, depth);
            self.end_line();
            return;
        }
        for caption in node.children_it(false).filter(|child| child.has_name("caption")) {
            self.children(&caption, depth);
            self.end_line();
        }
        for row in texts {
            if row.iter().any(|cell| !cell.is_empty()) {
                self.lines.push(format!("{} |", row.join(" | ")));
            }
        }
    }

    /// An ordered list with the numbers that a browser shows.
    fn ordered(&mut self, node: &NodeRef, depth: usize) {
        self.end_line();
        let plain = node.attr("style").is_some_and(|style| style.replace(' ', "").contains("list-style:none"))
            || node.attr("style").is_some_and(|style| style.replace(' ', "").contains("list-style-type:none"));
        let style = node.attr("type").map_or("1".to_string(), |kind| kind.to_string());
        let mut number: i64 = node.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        for child in node.children_it(false).filter(|child| child.is_element()) {
            if !child.has_name("li") {
                self.element(&child, depth + 1);
                continue;
            }
            self.end_line();
            if let Some(value) = child.attr("value").and_then(|value| value.trim().parse().ok()) {
                number = value;
            }
            if !plain {
                self.line.push_str(&numeral(number, &style));
                self.line.push_str(". ");
            }
            self.children(&child, depth + 1);
            self.end_line();
            number = number.saturating_add(1);
        }
    }
}

/// The rows of a table with their cells, not those of tables inside it.
fn rows<'a>(table: &NodeRef<'a>) -> Vec<Vec<NodeRef<'a>>> {
    let sections = table.children_it(false).flat_map(|child| {
        let is_section = ["thead", "tbody", "tfoot"].iter().any(|name| child.has_name(name));
        if is_section { child.children() } else { vec![child] }
    });
    sections
        .filter(|row| row.has_name("tr"))
        .map(|row| row.children_it(false).filter(|cell| cell.has_name("td") || cell.has_name("th")).collect())
        .collect()
}

/// A list number as a browser shows it: `1`, `a`, `A`; roman numbers as figures, they are not used in Chinese lists.
fn numeral(number: i64, style: &str) -> String {
    let letter =
        |first: u8| u8::try_from(number - 1).ok().filter(|n| *n < 26).map(|n| char::from(first + n).to_string());
    match style {
        "a" => letter(b'a'),
        "A" => letter(b'A'),
        _ => None,
    }
    .unwrap_or_else(|| number.to_string())
}

/// Whether an element with this name stands on lines of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "center"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "form"
            | "fieldset"
            | "figure"
            | "figcaption"
            | "address"
            | "body"
            | "html"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "option"
            | "legend"
            | "ucapcontent"
            | "details"
            | "summary"
    )
}

/// Han characters and Chinese punctuation: no space is written where a source line breaks between two of them.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c as u32, 0x3000..=0x303F | 0xFF01..=0xFF5E | 0x2014..=0x2026)
}
