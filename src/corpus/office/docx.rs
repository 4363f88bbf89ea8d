//! Word documents (`.docx`): paragraphs with their numbers as shown, tables as rows, footnotes at the end.
//!
//! What is left out: deleted and moved-away revisions, comments, field codes, hidden text, phonetic guides, the table of contents,
//! headers and footers. Of two versions of a drawing, the newer one's text is taken.

use super::numbering::{Counters, Definitions, is_on};
use super::package::Package;
use super::styles::Styles;
use super::xml::{Element, Piece, Xml, decoded};
use crate::corpus::extract::Extracted;
use crate::corpus::limits::ReadParams;
use crate::notice::Clause;

/// A table with a cell longer than this, in characters, is there for the layout.
const LONGEST_CELL: usize = 400;

/// Elements whose text is not the document's.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "instrText"
            | "delText"
            | "delInstrText"
            | "pPrChange"
            | "rPrChange"
            | "tblPrChange"
            | "sectPrChange"
            | "numberingChange"
            | "fldData"
            | "Fallback"
            | "rt"
            | "sectPr"
            | "annotationRef"
            | "binData"
            | "delimText"
            | "oMathParaPr"
    )
}

/// Reads the document in an opened package.
///
/// # Errors
/// Why it cannot be read, as a clause.
pub fn read(package: &mut Package, params: &ReadParams) -> Result<Extracted, Clause> {
    let main = main_part(package, params)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
    let mut part = |name: &str| -> Result<Option<String>, Clause> {
        let path = if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
        package.part(&path, params)?.map(|bytes| decoded(bytes, params)).transpose()
    };
    let styles = part("styles.xml")?.map_or(Ok(Styles::default()), |text| Styles::read(&text))?;
    let definitions = part("numbering.xml")?.map_or(Ok(Definitions::default()), |text| Definitions::read(&text))?;
    let mut notes = Vec::new();
    for (name, element) in [("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")] {
        if let Some(text) = part(name)? {
            notes.extend(Body::new(&styles, &definitions).notes(&text, element)?);
        }
    }
    let base = main.rsplit('/').next().unwrap_or(&main).to_string();
    let text = part(&base)?.ok_or_else(|| Clause::new("缺少正文部分", "it has no document part"))?;
    let mut lines = Body::new(&styles, &definitions).lines(&text)?;
    lines.extend(notes);
    let mut text = lines.join("\n");
    text.push('\n');
    let mut extracted = Extracted::new(text, "docx");
    if let Some(core) = package.part("docProps/core.xml", params)? {
        properties(&decoded(core, params)?, &mut extracted)?;
    }
    Ok(extracted)
}

/// The name of the main part, as the package's relationships say.
fn main_part(package: &mut Package, params: &ReadParams) -> Result<String, Clause> {
    let Some(bytes) = package.part("_rels/.rels", params)? else { return Ok("word/document.xml".into()) };
    let text = decoded(bytes, params)?;
    let mut xml = Xml::new(&text);
    while let Some(piece) = xml.next_piece()? {
        if let Piece::Open(element) = piece
            && element.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            && let Some(target) = element.attr("Target")
        {
            return Ok(target.trim_start_matches('/').to_string());
        }
    }
    Ok("word/document.xml".into())
}

/// The core properties: the title, and the others as fields.
fn properties(text: &str, extracted: &mut Extracted) -> Result<(), Clause> {
    let mut xml = Xml::new(text);
    let mut name = None;
    while let Some(piece) = xml.next_piece()? {
        match piece {
            Piece::Open(element) => name = Some(element.name()),
            Piece::Close(_) => name = None,
            Piece::Text(value) => match (name.as_deref(), value.trim()) {
                (_, "") | (None, _) => {}
                (Some("title"), value) => extracted.title = Some(value.to_string()),
                (Some(name @ ("creator" | "subject" | "keywords" | "created" | "modified")), value) => {
                    extracted.fields.push((name.to_string(), value.to_string()));
                }
                _ => {}
            },
        }
    }
    Ok(())
}

/// One paragraph under way.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    number: Option<String>,
    level: Option<usize>,
    /// Whether its end was deleted, so that the next one goes on in it.
    runs_on: bool,
    /// The lines of the text boxes anchored in it.
    boxes: Vec<String>,
}

/// One table under way.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<Vec<String>>>,
    nested: bool,
}

/// The walk through one part.
struct Body<'d> {
    styles: &'d Styles,
    definitions: &'d Definitions,
    counters: Counters<'d>,
    lines: Vec<String>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// Text that a deleted paragraph mark has joined to the next paragraph.
    carried: String,
    /// Whether the run is hidden.
    hidden: bool,
    in_run: bool,
    in_text: bool,
    /// Whether paragraph properties are being read.
    in_properties: bool,
}

impl<'d> Body<'d> {
    fn new(styles: &'d Styles, definitions: &'d Definitions) -> Body<'d> {
        Body {
            styles,
            definitions,
            counters: Counters::new(definitions),
            lines: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            carried: String::new(),
            hidden: false,
            in_run: false,
            in_text: false,
            in_properties: false,
        }
    }

    /// All lines of the main part.
    fn lines(mut self, text: &str) -> Result<Vec<String>, Clause> {
        let mut xml = Xml::new(text);
        while let Some(piece) = xml.next_piece()? {
            self.piece(piece, &mut xml)?;
        }
        Ok(self.lines)
    }

    /// The notes of a part, each on one line after its number.
    fn notes(mut self, text: &str, name: &str) -> Result<Vec<String>, Clause> {
        let mut xml = Xml::new(text);
        let mut notes = Vec::new();
        let mut real = false;
        while let Some(piece) = xml.next_piece()? {
            match &piece {
                // Separators are notes with a type.
                Piece::Open(element) if element.name() == name => {
                    real = element.attr("type").is_none_or(|kind| kind == "normal");
                    self.lines.clear();
                }
                Piece::Close(closed) if closed == name => {
                    let note = self.lines.join(" ");
                    if real && !note.trim().is_empty() {
                        notes.push(format!("[{}] {}", notes.len() + 1, note.trim()));
                    }
                }
                _ => {}
            }
            self.piece(piece, &mut xml)?;
        }
        Ok(notes)
    }

    fn piece(&mut self, piece: Piece, xml: &mut Xml) -> Result<(), Clause> {
        match piece {
            Piece::Open(element) => {
                let name = element.name();
                if name == "del"
                    && self.in_properties
                    && let Some(paragraph) = self.paragraphs.last_mut()
                {
                    paragraph.runs_on = true;
                }
                if is_left_out(&name) {
                    return skip(xml, &name);
                }
                self.open(&name, &element, xml)
            }
            Piece::Close(name) => {
                self.close(&name);
                Ok(())
            }
            Piece::Text(text) => {
                if self.in_text && !self.hidden {
                    self.write(&text);
                }
                Ok(())
            }
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn open(&mut self, name: &str, element: &Element, xml: &mut Xml) -> Result<(), Clause> {
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_properties = true,
            "docPartGallery" if element.attr("val").is_some_and(|kind| kind == "Table of Contents") => {
                // Only the end of the properties follows before the contents themselves.
                return skip_contents(xml);
            }
            "pStyle" | "numId" | "ilvl" if self.in_properties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    let value = element.attr("val");
                    match name {
                        "pStyle" => paragraph.style = value,
                        "numId" => paragraph.number = value,
                        _ => paragraph.level = value.and_then(|level| level.parse().ok()),
                    }
                }
            }
            "r" => (self.in_run, self.hidden) = (true, self.style_hides()),
            "vanish" if self.in_run && !self.in_properties => self.hidden = is_on(element.attr("val").as_deref()),
            "t" => self.in_text = true,
            "tab" if self.in_run && !self.in_properties && !self.hidden => self.write("\t"),
            "br" | "cr" if self.in_run && !self.hidden => self.write("\n"),
            "noBreakHyphen" if self.in_run && !self.hidden => self.write("-"),
            "tbl" => {
                if let Some(table) = self.tables.last_mut() {
                    table.nested = true;
                }
                self.tables.push(Table::default());
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "tc" => {
                if let Some(row) = self.tables.last_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(Vec::new());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn style_hides(&self) -> bool {
        self.styles.is_hidden(self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref()))
    }

    fn close(&mut self, name: &str) {
        match name {
            "pPr" => self.in_properties = false,
            "r" => (self.in_run, self.hidden) = (false, false),
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let text = std::mem::take(&mut self.carried) + &paragraph.text;
        if paragraph.runs_on {
            self.carried = text;
            self.emit_all(paragraph.boxes);
            return;
        }
        if !self.styles.is_contents(paragraph.style.as_deref()) {
            let label = self.label(&paragraph);
            // An empty paragraph with a number shows the number alone, which says nothing.
            if !text.trim().is_empty() {
                self.emit_all(format!("{label}{}", text.trim()).split('\n').map(str::to_string).collect());
            }
        }
        self.emit_all(paragraph.boxes);
    }

    /// The number that Word shows before the paragraph.
    fn label(&mut self, paragraph: &Paragraph) -> String {
        let style = paragraph.style.as_deref();
        let by_style = self.styles.numbering(style);
        let (number, level) = match (&paragraph.number, by_style) {
            (Some(number), _) => (number.as_str(), paragraph.level.unwrap_or(0)),
            (None, Some((number, level, from))) => {
                let level = self.definitions.level_of_style(number, from).or(level).unwrap_or(0);
                (number, paragraph.level.unwrap_or(level))
            }
            (None, None) => return String::new(),
        };
        if number == "0" { String::new() } else { self.counters.next(number, level) }
    }

    /// Lines go to the innermost cell, else to the paragraph around a text box, else to the document.
    fn emit_all(&mut self, lines: Vec<String>) {
        let lines = lines.into_iter().filter(|line| !line.trim().is_empty());
        if let Some(cell) =
            self.tables.last_mut().and_then(|table| table.rows.last_mut()).and_then(|row| row.last_mut())
        {
            cell.extend(lines);
        } else if let Some(around) = self.paragraphs.last_mut() {
            around.boxes.extend(lines);
        } else {
            self.lines.extend(lines);
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let widest = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let length = |cell: &Vec<String>| cell.iter().map(|line| line.chars().count()).sum::<usize>();
        let long = table.rows.iter().flatten().any(|cell| length(cell) > LONGEST_CELL);
        let lines = if widest < 2 || table.nested || long {
            table.rows.into_iter().flatten().flatten().collect()
        } else {
            let row = |row: Vec<Vec<String>>| {
                let cells: Vec<String> = row.iter().map(|cell| cell.join(" ").trim().to_string()).collect();
                if cells.iter().all(String::is_empty) { String::new() } else { format!("{} |", cells.join(" | ")) }
            };
            table.rows.into_iter().map(row).collect()
        };
        self.emit_all(lines);
    }
}

/// Passes over everything until the element `name`, whose start was just read, ends.
fn skip(xml: &mut Xml, name: &str) -> Result<(), Clause> {
    let mut depth = 1;
    while depth > 0 {
        match xml.next_piece()? {
            Some(Piece::Open(element)) if element.name() == name => depth += 1,
            Some(Piece::Close(closed)) if closed == name => depth -= 1,
            Some(_) => {}
            None => return Ok(()),
        }
    }
    Ok(())
}

/// Passes over a table of contents: from its properties to the end of the content of its `w:sdt`.
fn skip_contents(xml: &mut Xml) -> Result<(), Clause> {
    while let Some(piece) = xml.next_piece()? {
        match piece {
            Piece::Open(element) if element.name() == "sdtContent" => return skip(xml, "sdtContent"),
            Piece::Close(name) if name == "sdt" => return Ok(()),
            _ => {}
        }
    }
    Ok(())
}
