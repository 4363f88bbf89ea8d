//! Hand labels: a tab-separated sheet of coded sentences, laid onto the documents they came from.
//!
//! A sheet has the columns `doc, n, start, end, kind, theme, theme2, unit, text`, in any order and without quoting; `theme2` and
//! `text` may be missing. `n` counts the document's sentences from 0, `start` and `end` count Unicode characters into its text.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::codebook::{Codebook, Kind, ThemeId, Unit};
use crate::corpus::{self, Document, Level, ReadParams, UserFields, encoding};
use crate::error::{Error, Result, Trouble};
use crate::outline::{Outline, outline};
use crate::text::CharOffsets;

/// What a coder said about one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelRow {
    /// The sentence, as an index into the document's outline.
    pub sentence: u32,
    /// What it is doing.
    pub kind: Kind,
    /// What it is about.
    pub theme: ThemeId,
    /// What else it is about, where it is really about two things.
    pub theme2: Option<ThemeId>,
    /// Its place in a measure.
    pub unit: Unit,
}

/// A document with the labels of some of its sentences.
#[derive(Clone, Debug)]
pub struct LabelledDocument {
    /// The id in the sheet.
    pub doc: String,
    /// The whole text.
    pub text: String,
    /// The outline of the whole text; the labels may cover a part of it.
    pub outline: Outline,
    /// The labels in the order of the text, one a sentence at most.
    pub rows: Vec<LabelRow>,
    /// What the corpus says of the document beside its text: place and level, where its table has such columns.
    pub told: UserFields,
}

/// One row of a sheet before the document is known.
struct SheetRow {
    path: PathBuf,
    line: usize,
    n: usize,
    start: usize,
    end: usize,
    kind: Kind,
    theme: ThemeId,
    theme2: Option<ThemeId>,
    unit: Unit,
    text: Option<String>,
}

/// Rows by document, sorted by id.
type Sheet = BTreeMap<String, Vec<SheetRow>>;

/// A document of the corpus: its text, and what its table says beside.
type Found = (String, UserFields);

/// Reads label sheets and finds the text of each labelled document in `corpus`: folders, text files (by their stem) and
/// `.jsonl`, `.jsonl.zst`, `.jsonl.gz` tables (by the field `id`); what is still missing then is looked for among the documents
/// that [`corpus::read()`] makes of the same paths (html, docx, pdf …, by their id). Documents come back sorted by id.
///
/// # Errors
/// [`Error::Labels`] with file and line for a sheet that does not read (see [`lay_onto`]) and for a document that is not in the
/// corpus; [`Error::Input`] for a corpus file that cannot be read.
pub fn load(labels: &[PathBuf], corpus: &[PathBuf], book: &Codebook) -> Result<Vec<LabelledDocument>> {
    let sheet = read_sheets(labels, book)?;
    let texts = find_texts(&sheet.keys().cloned().collect(), corpus, labels)?;
    lay(sheet, &texts)
}

/// The ids of the documents that label sheets speak of.
///
/// # Errors
/// [`Error::Labels`] with file and line for a sheet that does not read.
pub fn documents_of(labels: &[PathBuf], book: &Codebook) -> Result<BTreeSet<String>> {
    Ok(read_sheets(labels, book)?.into_keys().collect())
}

/// The same where the texts are at hand, by document id.
///
/// # Errors
/// [`Error::Labels`] with file and line for a missing column, an unknown kind, theme or unit, a number that is none, a document
/// without text, offsets at which no sentence stands, a text that is not the sentence's, and a sentence that is labelled twice.
pub fn lay_onto(labels: &[PathBuf], texts: &HashMap<String, String>, book: &Codebook) -> Result<Vec<LabelledDocument>> {
    let found = texts.iter().map(|(id, text)| (id.clone(), (text.clone(), UserFields::default()))).collect();
    lay(read_sheets(labels, book)?, &found)
}

fn wrong(path: &Path, line: usize, what: String) -> Error {
    Error::Labels(Trouble::at(path, what).line(line))
}

fn read_sheets(labels: &[PathBuf], book: &Codebook) -> Result<Sheet> {
    let mut sheet = Sheet::new();
    for path in labels {
        let source = std::fs::read_to_string(path).map_err(|error| {
            Error::Labels(
                Trouble::at(path, "the labels cannot be read").source(error).remedy("name a UTF-8 tab-separated file"),
            )
        })?;
        read_sheet(path, &source, book, &mut sheet)?;
    }
    if sheet.is_empty() {
        let what = "the label sheets hold no row";
        return Err(Error::Labels(labels.first().map_or_else(|| Trouble::new(what), |path| Trouble::at(path, what))));
    }
    Ok(sheet)
}

fn read_sheet(path: &Path, source: &str, book: &Codebook, sheet: &mut Sheet) -> Result<()> {
    let mut lines =
        source.trim_start_matches('\u{FEFF}').split('\n').map(|line| line.trim_end_matches('\r')).enumerate();
    let header: Vec<&str> = lines.next().map(|(_, line)| line.split('\t').map(str::trim).collect()).unwrap_or_default();
    let column = |name: &str| header.iter().position(|&other| other == name);
    let need = |name: &str| {
        column(name).ok_or_else(|| {
            let trouble = Trouble::at(path, format!("the column “{name}” is missing")).line(1);
            // The only name of a sheet with commas is its whole first line.
            Error::Labels(trouble.remedy(match header.iter().any(|name| name.contains(',')) {
                true => "make it of a filled sheet with `cezhong label import`; columns are parted by tabs",
                false => "the first line names the columns: doc, n, start, end, kind, theme, theme2, unit, text",
            }))
        })
    };
    let (doc, n, start, end) = (need("doc")?, need("n")?, need("start")?, need("end")?);
    let (kind, theme, unit) = (need("kind")?, need("theme")?, need("unit")?);
    let (theme2, text) = (column("theme2"), column("text"));
    for (index, row) in lines.filter(|(_, row)| !row.is_empty()) {
        let line = index + 1;
        let fields: Vec<&str> = row.split('\t').collect();
        if fields.len() != header.len() {
            return Err(wrong(path, line, format!("{} fields under {} columns", fields.len(), header.len())));
        }
        let number = |at: usize| {
            let field = fields[at].trim();
            field
                .parse::<usize>()
                .map_err(|_| wrong(path, line, format!("“{field}” in the column {} is no whole number", header[at])))
        };
        let theme_of = |field: &str| {
            book.theme(field).ok_or_else(|| {
                wrong(path, line, format!("the theme “{field}” is not in the codebook ({})", book.ids().join(", ")))
            })
        };
        let one_of = |what: &str, field: &str, ids: Vec<&str>| {
            wrong(path, line, format!("the {what} “{field}” is none of {}", ids.join(", ")))
        };
        let kind = Kind::from_id(fields[kind])
            .ok_or_else(|| one_of("kind", fields[kind], Kind::ALL.iter().map(|kind| kind.id()).collect()))?;
        let unit = Unit::from_id(fields[unit])
            .ok_or_else(|| one_of("unit", fields[unit], Unit::ALL.iter().map(|unit| unit.id()).collect()))?;
        let theme2 = match theme2.map_or("-", |at| fields[at]) {
            "-" | "" => None,
            field => Some(theme_of(field)?),
        };
        sheet.entry(fields[doc].to_string()).or_default().push(SheetRow {
            path: path.to_path_buf(),
            line,
            n: number(n)?,
            start: number(start)?,
            end: number(end)?,
            kind,
            theme: theme_of(fields[theme])?,
            theme2,
            unit,
            text: text.map(|at| fields[at].to_string()),
        });
    }
    Ok(())
}

fn lay(sheet: Sheet, texts: &HashMap<String, Found>) -> Result<Vec<LabelledDocument>> {
    let mut documents = Vec::with_capacity(sheet.len());
    for (doc, rows) in sheet {
        let Some((text, told)) = texts.get(&doc) else {
            let trouble =
                Trouble::at(&rows[0].path, format!("the document “{doc}” is not in the corpus")).line(rows[0].line);
            return Err(Error::Labels(trouble.remedy("name the folder or table that holds it")));
        };
        let outline = outline(text);
        let mut offsets = CharOffsets::new(text);
        let places: Vec<(usize, usize)> =
            outline.sentences.iter().map(|s| (offsets.at(s.span.start), offsets.at(s.span.end))).collect();
        let mut laid: BTreeMap<u32, LabelRow> = BTreeMap::new();
        for row in &rows {
            let sentence = place(row, &doc, &places)?;
            let span = outline.sentences[sentence].span;
            let stands = span.of(text);
            // a sheet cannot hold a tab, so some tools cut a sentence at its first
            let cut = stands.split('\t').next().unwrap_or(stands);
            let same = |told: &str| bare(told) == bare(stands) || bare(told) == bare(cut);
            if let Some(told) = row.text.as_deref().filter(|told| !same(told)) {
                let what =
                    format!("“{}” is not what stands at characters {}–{} of “{doc}”", short(told), row.start, row.end);
                return Err(wrong(&row.path, row.line, format!("{what}: “{}”", short(stands))));
            }
            let SheetRow { kind, theme, theme2, unit, .. } = *row;
            let sentence = sentence as u32;
            if laid.insert(sentence, LabelRow { sentence, kind, theme, theme2, unit }).is_some() {
                return Err(wrong(&row.path, row.line, format!("sentence {sentence} of “{doc}” is labelled twice")));
            }
        }
        let rows = laid.into_values().collect();
        documents.push(LabelledDocument { doc, text: text.clone(), outline, rows, told: told.clone() });
    }
    Ok(documents)
}

/// The sentence a row means: by its number where the offsets agree, else by the offsets alone.
fn place(row: &SheetRow, doc: &str, places: &[(usize, usize)]) -> Result<usize> {
    let wanted = (row.start, row.end);
    if places.get(row.n) == Some(&wanted) {
        return Ok(row.n);
    }
    places.binary_search(&wanted).map_err(|nearest| {
        let near = places.get(nearest.min(places.len().saturating_sub(1)));
        let near =
            near.map_or("it has no sentence".into(), |(start, end)| format!("the nearest stands at {start}–{end}"));
        let what = format!("no sentence of “{doc}” stands at characters {}–{}; {near}", row.start, row.end);
        wrong(&row.path, row.line, what)
    })
}

/// Text without any blanks, for comparing what a sheet repeats.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The first characters of a sentence, for a message.
fn short(text: &str) -> String {
    let mut start: String = text.chars().take(16).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// The fields of a table's line that are needed here.
#[derive(Deserialize)]
struct TableLine {
    id: String,
    text: String,
    place: Option<String>,
    level: Option<String>,
}

/// The texts of the wanted documents, by id. Of two with one id the first counts.
/// The wanted documents of `corpus`. A row of a label sheet has a text too, but it is no document.
fn find_texts(wanted: &BTreeSet<String>, corpus: &[PathBuf], labels: &[PathBuf]) -> Result<HashMap<String, Found>> {
    let mut found = HashMap::new();
    each_row(corpus, &|id| wanted.contains(id), &mut |id, text| {
        found.entry(id).or_insert(text);
        found.len() < wanted.len()
    })?;
    if found.len() < wanted.len()
        && let Ok(read) = corpus::read(corpus, None, &ReadParams::default())
    {
        let sheet = |file: &str| labels.iter().any(|label| label.file_name() == Path::new(file).file_name());
        let named = |document: &Document| wanted.contains(&document.id) && !sheet(&document.file);
        for document in read.documents.into_iter().filter(named) {
            let told = UserFields {
                place: Some(document.meta.place.name),
                level: document.meta.level,
                ..UserFields::default()
            };
            found.entry(document.id).or_insert((document.text, told));
        }
    }
    Ok(found)
}

/// Calls `take` with id and text of each document of `corpus` whose id is wanted, until it returns false: folders and files in
/// the order of their names, tables line by line. A text file has its stem or its name as id.
///
/// # Errors
/// [`Error::Input`] for a file that cannot be read, or a line that is no document.
pub(crate) fn each_document(
    corpus: &[PathBuf],
    wanted: &dyn Fn(&str) -> bool,
    take: &mut dyn FnMut(String, String) -> bool,
) -> Result<()> {
    each_row(corpus, wanted, &mut |id, (text, _)| take(id, text))
}

/// What is done with each document; false when enough was taken.
type Take<'a> = dyn FnMut(String, Found) -> bool + 'a;

fn each_row(corpus: &[PathBuf], wanted: &dyn Fn(&str) -> bool, take: &mut Take<'_>) -> Result<()> {
    for path in corpus {
        for file in walkdir::WalkDir::new(path).sort_by_file_name() {
            let file = file.map_err(|error| {
                let at = error.path().unwrap_or(path).to_path_buf();
                Error::Input(Trouble { source: error.into_io_error(), ..Trouble::at(at, "the corpus cannot be read") })
            })?;
            if file.file_type().is_file() && !read_file(file.path(), wanted, take)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Reads one file; false when enough was taken.
fn read_file(path: &Path, wanted: &dyn Fn(&str) -> bool, take: &mut Take<'_>) -> Result<bool> {
    let unread = |error| Error::Input(Trouble::at(path, "the file cannot be read").source(error));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let open = || File::open(path).map_err(unread);
    if name.ends_with(".jsonl.zst") {
        read_table(path, Box::new(zstd::Decoder::new(open()?).map_err(unread)?), wanted, take)
    } else if name.ends_with(".jsonl.gz") {
        read_table(path, Box::new(flate2::read::MultiGzDecoder::new(open()?)), wanted, take)
    } else if name.ends_with(".jsonl") {
        read_table(path, Box::new(open()?), wanted, take)
    } else {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let is_text = [".txt", ".md"].iter().any(|ending| name.ends_with(ending));
        let Some(id) = [stem, name].into_iter().find(|id| is_text && wanted(id)) else { return Ok(true) };
        let bytes = std::fs::read(path).map_err(unread)?;
        let decoded = encoding::decode(bytes, None, 0.0)
            .map_err(|why| Error::Input(Trouble::at(path, why.en.trim_end_matches('.'))))?;
        Ok(take(id, (decoded.text, UserFields::default())))
    }
}

fn read_table(path: &Path, input: Box<dyn Read>, wanted: &dyn Fn(&str) -> bool, take: &mut Take<'_>) -> Result<bool> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        let length = input
            .read_line(&mut line)
            .map_err(|error| Error::Input(Trouble::at(path, "the table cannot be read").line(number).source(error)))?;
        if length == 0 {
            break;
        }
        if line.trim().is_empty() || first_id(&line).is_some_and(|id| !wanted(id)) {
            continue;
        }
        let row: TableLine = serde_json::from_str(&line).map_err(|error| {
            let trouble = Trouble::at(path, format!("the line is no document: {error}")).line(number);
            Error::Input(trouble.remedy("write one JSON object a line with the strings id and text"))
        })?;
        let level = row.level.as_deref().and_then(Level::from_id);
        let told = UserFields { place: row.place, level, ..UserFields::default() };
        if wanted(&row.id) && !take(row.id, (row.text, told)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The id of a line that begins with it, without parsing the rest; `None` where it takes a parser to know.
fn first_id(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("{\"id\":")?.trim_start().strip_prefix('"')?;
    let id = &rest[..rest.find('"')?];
    (!id.contains('\\')).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "计划\n一、工业\n建一个园区。引三家企业。";

    /// A codebook of four themes.
    fn book() -> Codebook {
        let themes: String = ["general", "industry", "infrastructure", "safety"]
            .map(|id| format!("[[theme]]\nid='{id}'\nzh='{id}'\n"))
            .concat();
        Codebook::parse(&format!("name='t'\nversion=1\ngeneral='general'\n{themes}"), Path::new("t.toml"))
            .expect("well formed")
    }

    /// Lays `rows` under the full header onto a document `d` with [`TEXT`].
    fn laid(rows: &str) -> Result<Vec<LabelledDocument>> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("labels.tsv");
        std::fs::write(&path, format!("doc\tn\tstart\tend\tkind\ttheme\ttheme2\tunit\ttext\n{rows}")).expect("written");
        std::fs::write(folder.path().join("d.txt"), TEXT).expect("written");
        std::fs::write(folder.path().join("t.jsonl"), "{\"id\": \"e\", \"text\": \"路。\"}\n").expect("written");
        load(&[path], &[folder.path().to_path_buf()], &book())
    }

    /// The message of the error, without the folder.
    fn message(rows: &str) -> String {
        let error = laid(rows).expect_err("the rows are wrong").to_string();
        error[error.find("labels.tsv").expect("the file is named")..].to_string()
    }

    #[test]
    fn rows_find_their_sentences_in_files_and_tables() {
        let documents = laid("d\t2\t8\t14\tmeasure\tindustry\t-\tB\t建一个园区。\nd\t0\t0\t2\theading\tgeneral\t-\tO\t计划\ne\t0\t0\t2\ttarget\tinfrastructure\tsafety\tO\t路。\n")
            .expect("the rows fit");
        assert_eq!(documents.iter().map(|d| d.doc.as_str()).collect::<Vec<_>>(), ["d", "e"]);
        assert_eq!(documents[0].rows.iter().map(|row| row.sentence).collect::<Vec<_>>(), [0, 2]);
        assert_eq!((documents[0].rows[1].kind, documents[0].rows[1].unit), (Kind::Measure, Unit::B));
        assert_eq!(documents[1].rows[0].theme2, book().theme("safety"));
    }

    #[test]
    fn a_wrong_number_of_the_sentence_is_mended_by_its_offsets() {
        let documents = laid("d\t7\t8\t14\tmeasure\tindustry\t-\tB\t建一个园区。\n").expect("the offsets fit");
        assert_eq!(documents[0].rows[0].sentence, 2);
    }

    #[test]
    fn every_error_names_file_and_line() {
        let good = "d\t0\t0\t2\theading\tgeneral\t-\tO\t计划\n";
        assert!(
            message("d\t0\t0\t2\tslogan\tgeneral\t-\tO\t计划\n")
                .starts_with("labels.tsv:2: the kind “slogan” is none of measure,")
        );
        assert!(
            message(&format!("{good}d\t1\t3\t7\theading\ttrade\t-\tO\t一、工业\n"))
                .starts_with("labels.tsv:3: the theme “trade”")
        );
        assert!(
            message("d\t0\t0\t3\theading\tgeneral\t-\tO\t计划\n")
                .contains(":2: no sentence of “d” stands at characters 0–3")
        );
        assert!(message("d\t0\t0\t2\theading\tgeneral\t-\tO\t规划\n").contains("“规划” is not what stands at"));
        assert!(
            message("x\t0\t0\t2\theading\tgeneral\t-\tO\t计划\n").contains("“x” is not in the corpus; name the folder")
        );
        assert!(message(&format!("{good}{good}")).starts_with("labels.tsv:3: sentence 0 of “d” is labelled twice"));
        assert!(message("d\t0\tzero\t2\theading\tgeneral\t-\tO\t计划\n").contains("“zero” in the column start"));
        assert!(message("d\t0\t0\n").contains("3 fields under 9 columns"));
    }
}
