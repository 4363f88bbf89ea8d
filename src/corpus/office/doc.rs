//! Old Word and WPS documents (`.doc`, `.wps`): the running text by the piece table.
//!
//! Not read: automatic numbers, which revisions are deleted, which text is hidden. A document of this format says so in a warning.
//! Source: Microsoft, [MS-DOC] Word (.doc) Binary File Format, 2.4.1 (retrieving text), 2.5 (Fib), 2.8.35 (PlcPcd).

use super::compound::{Compound, u16_at, u32_at};
use crate::corpus::extract::Extracted;
use crate::notice::{Clause, Notice};

/// Reads the text of a document.
///
/// # Errors
/// Why it cannot be read, as a clause.
pub fn read(bytes: &[u8]) -> Result<Extracted, Clause> {
    let damaged = || Clause::new("文件已损坏", "the file is damaged");
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    let Some(main) = file.stream("WordDocument") else {
        return Err(Clause::new(
            "它不是 Word 或 WPS 文档，如果是表格，请另存为 xlsx 或 csv",
            "it is no document of Word or WPS; if it is a table, save it as xlsx or csv",
        ));
    };
    let flags = u16_at(&main, 0x0A).ok_or_else(damaged)?;
    if u16_at(&main, 0) != Some(0xA5EC) || u16_at(&main, 2).is_none_or(|version| version < 0x00C1) {
        return Err(Clause::new(
            "它早于 Word 97，请用 Word 或 WPS 打开，另存为 docx",
            "it is older than Word 97; open it in Word or WPS and save it as docx",
        ));
    }
    if flags & 0x0100 != 0 {
        return Err(Clause::new("文件设有密码，请取消密码后另存", "it is locked with a password; save it without one"));
    }
    let table = file.stream(if flags & 0x0200 != 0 { "1Table" } else { "0Table" }).ok_or_else(damaged)?;
    let lines = text(&main, &table).ok_or_else(|| Clause::new("其中的文字块表已损坏", "its piece table is damaged"))?;
    let mut extracted = Extracted::new(lines, "doc");
    extracted.warnings.push(Notice::new(
        "旧版 Word 格式的自动编号没有读出，已删除的修订内容则照样读入；如果标题缺了编号，请另存为 docx。",
        "The old Word format was read without its automatic numbers, and with its deleted revisions; if headings lack their numbers, save it as docx.",
    ));
    Ok(extracted)
}

/// The lines of the main text and of its footnotes.
fn text(main: &[u8], table: &[u8]) -> Option<String> {
    let start = u32_at(main, 0x01A2)? as usize;
    let length = u32_at(main, 0x01A6)? as usize;
    let clx = table.get(start..start.checked_add(length)?)?;
    let units = pieces(main, plc(clx)?)?;
    let body = u32_at(main, 0x4C)? as usize;
    let notes = u32_at(main, 0x50)? as usize;
    let mut lines = Vec::new();
    laid_out(units.get(..body.min(units.len()))?, &mut lines);
    let end = body.saturating_add(notes).min(units.len());
    if body < end {
        let mut noted = Vec::new();
        laid_out(&units[body..end], &mut noted);
        lines.extend(noted.into_iter().enumerate().map(|(n, note)| format!("[{}] {}", n + 1, note.trim())));
    }
    let mut text = lines.join("\n");
    text.push('\n');
    Some(text)
}

/// The piece table in a `Clx`, behind the property modifiers.
fn plc(clx: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        match clx.get(at)? {
            1 => at = at.checked_add(3)?.checked_add(usize::from(u16_at(clx, at + 1)?))?,
            2 => {
                let length = u32_at(clx, at + 1)? as usize;
                return clx.get(at + 5..(at + 5).checked_add(length)?);
            }
            _ => return None,
        }
    }
}

/// The UTF-16 units of all pieces in order; a piece of single bytes is Windows-1252.
fn pieces(main: &[u8], plc: &[u8]) -> Option<Vec<u16>> {
    let count = plc.len().checked_sub(4)? / 12;
    let mut units = Vec::new();
    for n in 0..count {
        let (from, to) = (u32_at(plc, 4 * n)? as usize, u32_at(plc, 4 * n + 4)? as usize);
        let length = to.checked_sub(from)?;
        let place = u32_at(plc, 4 * (count + 1) + 8 * n + 2)?;
        let offset = (place & 0x3FFF_FFFF) as usize;
        if place & 0x4000_0000 != 0 {
            let bytes = main.get(offset / 2..(offset / 2).checked_add(length)?)?;
            let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            units.extend(decoded.encode_utf16());
        } else {
            let bytes = main.get(offset..offset.checked_add(length.checked_mul(2)?)?)?;
            units.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
        }
        // Pieces do not overlap in a file that Word wrote.
        if units.len() > main.len() {
            return None;
        }
    }
    Some(units)
}

/// Splits at paragraph and cell marks; field codes and anchors go.
fn laid_out(units: &[u16], lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut cells: Vec<String> = Vec::new();
    // For each open field, whether its result is being shown.
    let mut fields: Vec<bool> = Vec::new();
    for c in char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or('\u{FFFD}')) {
        let shown = fields.iter().all(|result| *result);
        match c {
            '\u{13}' => fields.push(false),
            '\u{14}' => {
                if let Some(field) = fields.last_mut() {
                    *field = true;
                }
            }
            '\u{15}' => drop(fields.pop()),
            _ if !shown => {}
            '\r' | '\u{B}' | '\u{C}' | '\u{E}' if cells.is_empty() => end_line(&mut line, lines),
            // A paragraph inside a cell that is not the first.
            '\r' | '\u{B}' | '\u{C}' | '\u{E}' => line.push(' '),
            // The mark of the row's end stands alone. So does that of an empty cell: a row is cut there, and no text is lost.
            '\u{7}' if line.trim().is_empty() => {
                if !cells.is_empty() {
                    lines.push(format!("{} |", cells.join(" | ")));
                    cells.clear();
                }
                line.clear();
            }
            '\u{7}' => {
                cells.push(line.trim().to_string());
                line.clear();
            }
            '\u{1E}' => line.push('-'),
            '\0'..='\u{8}' | '\u{F}'..='\u{1F}' => {}
            c => line.push(c),
        }
    }
    if !cells.is_empty() {
        lines.push(format!("{} |", cells.join(" | ")));
    }
    end_line(&mut line, lines);
}

fn end_line(line: &mut String, lines: &mut Vec<String>) {
    let text = line.trim();
    if !text.is_empty() {
        lines.push(text.to_string());
    }
    line.clear();
}
