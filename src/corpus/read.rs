//! Inputs to a corpus: every file opened once, in parallel, and every one accounted for.

use super::document::{Corpus, Document, Unread};
use super::documents_csv::Listing;
use super::extract::Extracted;
use super::format::{self, Format};
use super::hints::{Hints, UserFields};
use super::limits::ReadParams;
use super::meta::{describe, part_namesakes};
use super::office::package::{Kind, Package};
use super::table::{self, BadRow, Row, row::sha256};
use super::walk::{self, DOCUMENTS_CSV, Found, Input, Walked};
use super::{encoding, front_matter, inflate, office, page, pdf, sample};
use crate::error::{Error, Result, Trouble, panic_message};
use crate::notice::Notice;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

/// Reads files, folders and tables; `-` is standard input. `documents` is a list to use in place of each `documents.csv`
/// beside the inputs.
///
/// # Errors
/// As [`read_inputs`].
pub fn read(paths: &[PathBuf], documents: Option<&Path>, params: &ReadParams) -> Result<Corpus> {
    let inputs: Vec<Input> = paths.iter().map(|path| Input::from(path.as_path())).collect();
    read_inputs(inputs, documents, params)
}

/// The same; without any path, the sample inside the program is read.
///
/// # Errors
/// As [`read_inputs`].
pub fn read_or_sample(paths: &[PathBuf], documents: Option<&Path>, params: &ReadParams) -> Result<Corpus> {
    if paths.is_empty() { read_inputs(sample::inputs(), documents, params) } else { read(paths, documents, params) }
}

/// Reads all inputs.
///
/// The same files give the same corpus, whatever the order in which they are named and however many threads read. A file that
/// cannot be read is listed in [`Corpus::unread`], and the others are read.
///
/// # Errors
/// [`Error::Input`] if an input does not exist, or if nothing at all could be read; [`Error::Settings`] for a bad `documents.csv`.
pub fn read_inputs(inputs: Vec<Input>, documents: Option<&Path>, params: &ReadParams) -> Result<Corpus> {
    let mut walked = Walked::default();
    let mut memory: Vec<(At, Cow<'static, [u8]>)> = Vec::new();
    let mut lists = Lists { named: documents.map(Listing::read).transpose()?, ..Lists::default() };
    let only = if let [Input::Path(path)] = inputs.as_slice() { Some(path.clone()) } else { None };
    for input in inputs {
        match input {
            Input::Path(path) => walk::walk(&path, params, &mut walked)?,
            Input::Stdin => {
                memory.push((At::new("stdin", "stdin".into(), PathBuf::new()), standard_input(params)?.into()))
            }
            Input::Memory { folder, name, bytes } if name == DOCUMENTS_CSV => {
                let list = Listing::parse(&folder.join(name), bytes.into_owned())?;
                lists.beside.insert(folder.clone(), list);
                lists.whole.insert(folder);
            }
            Input::Memory { folder, name, bytes } => {
                memory.push((At::new(&name, folder.join(&name).display().to_string(), folder), bytes));
            }
        }
    }
    lists.look_beside(&mut walked, documents)?;
    let reader = Reader { lists: &lists, params };
    let mut outcomes: Vec<Outcome> = walked.files.par_iter().map(|found| reader.found(found)).collect();
    outcomes
        .par_extend(memory.into_par_iter().map(|(at, bytes)| guarded(&at, || Ok(reader.top(&at, bytes.into_owned())))));
    let mut corpus = Corpus { documents: Vec::new(), unread: walked.unread, warnings: walked.warnings };
    for outcome in outcomes {
        corpus.documents.extend(outcome.documents);
        corpus.unread.extend(outcome.unread);
        corpus.warnings.extend(outcome.warnings);
    }
    corpus.warnings.extend(lists.unused());
    name_apart(&mut corpus);
    part_namesakes(&mut corpus.documents.iter_mut().map(|document| &mut document.meta).collect::<Vec<_>>());
    corpus.unread.sort();
    corpus.unread.dedup();
    corpus.warnings.sort();
    corpus.warnings.dedup();
    if corpus.documents.is_empty() { Err(nothing_read(only.as_deref(), &corpus)) } else { Ok(corpus) }
}

/// Why there is no document at all.
fn nothing_read(only: Option<&Path>, corpus: &Corpus) -> Error {
    let what = match corpus.unread.as_slice() {
        [] => "there is no document in the input".to_string(),
        [only] => format!("the only file could not be read: {}: {}", only.file, only.reason.trim_end_matches('.')),
        [first, ..] => format!(
            "none of the {} files could be read; the first is {}: {}",
            corpus.unread.len(),
            first.file,
            first.reason.trim_end_matches('.')
        ),
    };
    let remedy = "name files, folders or tables with documents in them";
    Error::Input(match only {
        Some(path) => Trouble::at(path, what).remedy(remedy),
        None => Trouble::new(what).remedy(remedy),
    })
}

/// All bytes of standard input.
fn standard_input(params: &ReadParams) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    inflate::Bounded::new(io::stdin().lock(), params.max_table_bytes, "max_table_bytes")
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Input(Trouble::new("standard input cannot be read").source(source)))?;
    Ok(bytes)
}

/// Every `documents.csv`, by the folder it speaks of.
#[derive(Default)]
struct Lists {
    /// The one that the user named: it speaks of all documents.
    named: Option<Listing>,
    beside: BTreeMap<PathBuf, Listing>,
    /// The folders that were read as a whole, whose lists must fit.
    whole: BTreeSet<PathBuf>,
}

impl Lists {
    /// Reads the lists beside the files, unless one was named; a list is no document, even if it was named as an input.
    fn look_beside(&mut self, walked: &mut Walked, named: Option<&Path>) -> Result<()> {
        self.whole.append(&mut walked.folders);
        if let Some(path) = named.and_then(|path| path.canonicalize().ok()) {
            walked.files.retain(|found| found.path.canonicalize().map_or(true, |found| found != path));
        } else {
            let folders: BTreeSet<&PathBuf> = walked.files.iter().map(|found| &found.folder).collect();
            for folder in folders {
                let path = folder.join(DOCUMENTS_CSV);
                if path.is_file() {
                    self.beside.insert(folder.clone(), Listing::read(&path)?);
                }
            }
        }
        walked.files.retain(|found| found.id != DOCUMENTS_CSV);
        Ok(())
    }

    fn about(&self, folder: &Path, id: &str) -> UserFields {
        let list = self.named.as_ref().or_else(|| self.beside.get(folder));
        list.and_then(|list| list.about(id)).cloned().unwrap_or_default()
    }

    fn unused(&self) -> Vec<Notice> {
        let beside = self.beside.iter().filter(|(folder, _)| self.whole.contains(*folder)).map(|(_, list)| list);
        self.named.iter().chain(beside).flat_map(Listing::unused).collect()
    }
}

/// What came of one file.
#[derive(Default)]
struct Outcome {
    documents: Vec<Document>,
    unread: Vec<Unread>,
    warnings: Vec<Notice>,
}

impl Outcome {
    fn unread(shown: &str, reason: impl Into<String>) -> Outcome {
        Outcome { unread: vec![Unread { file: shown.to_string(), reason: reason.into() }], ..Outcome::default() }
    }

    fn add(&mut self, other: Outcome) {
        self.documents.extend(other.documents);
        self.unread.extend(other.unread);
        self.warnings.extend(other.warnings);
    }
}

/// How a format becomes one that is read.
const CONVERT: &str = "convert it with LibreOffice: soffice --headless --convert-to docx FILE";
/// The two limits that bound what comes out of compressed files.
const INFLATION: &str = "max_inflation_ratio or max_inflated_bytes";

/// Whether a member of an archive is itself compressed or an archive, and not a document in a zip.
fn is_packed(name: &str, bytes: &[u8], params: &ReadParams) -> bool {
    match format::sniff(name, &bytes[..bytes.len().min(HEAD)]) {
        Format::Gzip | Format::Zstd => true,
        Format::Zip => Package::open(bytes, 0, params).is_ok_and(|package| package.kind() == Kind::Archive),
        _ => false,
    }
}

/// Which file is read.
#[derive(Clone)]
struct At {
    /// Its id.
    id: String,
    /// The name whose extension tells the format: the id without `.gz`.
    name: String,
    /// The file as the user named it.
    shown: String,
    /// The folder whose list speaks of it.
    folder: PathBuf,
}

impl At {
    fn new(id: &str, shown: String, folder: PathBuf) -> At {
        At { id: id.to_string(), name: id.to_string(), shown, folder }
    }
}

/// How many bytes decide the format.
const HEAD: usize = 8 << 10;

/// What comes of `read`, or a listed file if it fails, be it by a panic: one document must not end the run.
fn guarded(at: &At, read: impl FnOnce() -> io::Result<Outcome>) -> Outcome {
    match std::panic::catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Outcome::unread(&at.shown, format!("It cannot be read: {error}.")),
        Err(panic) => {
            let what = panic_message(panic.as_ref());
            Outcome::unread(
                &at.shown,
                format!("The reader of its format broke down on it ({what}); save it in another format."),
            )
        }
    }
}

/// What all files are read with.
struct Reader<'r> {
    lists: &'r Lists,
    params: &'r ReadParams,
}

impl Reader<'_> {
    /// Reads one file from disk.
    fn found(&self, found: &Found) -> Outcome {
        let at = At::new(&found.id, found.shown.clone(), found.folder.clone());
        guarded(&at, || self.file(&at, &found.path))
    }

    fn file(&self, at: &At, path: &Path) -> io::Result<Outcome> {
        let mut file = File::open(path)?;
        let before = file.metadata()?;
        let mut head = Vec::with_capacity(HEAD);
        Read::by_ref(&mut file).take(HEAD as u64).read_to_end(&mut head)?;
        let size = before.len();
        let format = format::sniff(&at.name, &head);
        let whole = head.as_slice().chain(file);
        let inner = format::without_compression(&at.name);
        let packed_lines = inner != at.name && matches!(format::extension(inner).as_str(), "jsonl" | "ndjson");
        let mut outcome = match format {
            _ if size == 0 => return Ok(Outcome::unread(&at.shown, "The file is empty.")),
            Format::Refused(why) => return Ok(Outcome::unread(&at.shown, why)),
            Format::JsonLines
            | Format::Gzip
            | Format::Zstd
            | Format::Csv
            | Format::Json
            | Format::Parquet
            | Format::Zip
                if size > self.params.max_table_bytes =>
            {
                return Ok(self.too_large(at, size, "max_table_bytes", self.params.max_table_bytes));
            }
            Format::JsonLines => self.lines(at, whole)?,
            Format::Gzip if packed_lines => self.lines(at, inflate::gzip(whole, self.allowance(size), INFLATION))?,
            Format::Zstd if packed_lines => self.lines(at, inflate::zstd(whole, self.allowance(size), INFLATION)?)?,
            Format::Gzip | Format::Zstd | Format::Csv | Format::Json | Format::Parquet | Format::Zip => {
                let mut bytes = Vec::new();
                whole.take(self.params.max_table_bytes).read_to_end(&mut bytes)?;
                self.top(at, bytes)
            }
            _ if size > self.params.max_document_bytes => {
                return Ok(self.too_large(at, size, "max_document_bytes", self.params.max_document_bytes));
            }
            _ => {
                let mut bytes = Vec::new();
                whole.take(self.params.max_document_bytes).read_to_end(&mut bytes)?;
                self.top(at, bytes)
            }
        };
        let after = std::fs::metadata(path)?;
        if after.len() != size || after.modified().ok() != before.modified().ok() {
            let notice =
                Notice::new("读取期间文件有改动，请重新运行。", "the file changed while it was read; run again.");
            outcome.warnings.push(notice.about(&at.shown));
        }
        Ok(outcome)
    }

    fn allowance(&self, compressed: u64) -> u64 {
        inflate::allowance(compressed, self.params)
    }

    fn too_large(&self, at: &At, size: u64, name: &str, limit: u64) -> Outcome {
        Outcome::unread(&at.shown, format!("It has {size} bytes, more than the limit {name} = {limit}."))
    }

    /// Reads a whole file.
    fn top(&self, at: &At, bytes: Vec<u8>) -> Outcome {
        let mut budget = self.allowance(bytes.len() as u64);
        self.bytes(at, bytes, 0, &mut budget)
    }

    /// Reads what `bytes` hold, which came from `depth` archives deep, and out of which at most `budget` bytes may be inflated.
    fn bytes(&self, at: &At, bytes: Vec<u8>, depth: usize, budget: &mut u64) -> Outcome {
        if bytes.is_empty() {
            return Outcome::unread(&at.shown, "The file is empty.");
        }
        let format = format::sniff(&at.name, &bytes[..bytes.len().min(HEAD)]);
        let limit = self.params.max_document_bytes;
        if matches!(format, Format::Text | Format::Html | Format::Mhtml | Format::Rtf | Format::Compound | Format::Pdf)
            && bytes.len() as u64 > limit
        {
            return self.too_large(at, bytes.len() as u64, "max_document_bytes", limit);
        }
        match format {
            Format::Refused(why) => Outcome::unread(&at.shown, why),
            Format::Text => self.single(at, bytes, |bytes| text(bytes, self.params)),
            Format::Html => self.single(at, bytes, |bytes| page::read(bytes, self.params)),
            Format::JsonLines => self
                .lines(at, bytes.as_slice())
                .unwrap_or_else(|error| Outcome::unread(&at.shown, format!("It cannot be read: {error}."))),
            Format::Json => self.rows(at, table::json::array(&bytes)),
            Format::Csv => self.rows(at, table::csv::rows(bytes)),
            Format::Parquet => self.rows(at, table::parquet::rows(bytes, self.params)),
            Format::Gzip | Format::Zstd => self.packed(at, &bytes, format, depth, budget),
            Format::Zip => self.zip(at, bytes, depth, budget),
            Format::Pdf => self.single(at, bytes, |bytes| {
                pdf::read(&bytes, self.params).map_err(|why| format!("It cannot be read: {why}."))
            }),
            Format::Rtf => Outcome::unread(&at.shown, format!("Rich text is not read; {CONVERT}")),
            Format::Compound => self.single(at, bytes, |bytes| {
                office::doc::read(&bytes)
                    .map_err(|why| format!("The old office file cannot be read: {why}; or {CONVERT}"))
            }),
            Format::Mhtml => {
                Outcome::unread(&at.shown, "A web archive is not read; open it in a browser and save the page as html.")
            }
        }
    }

    /// One compressed file that is not a table in lines.
    fn packed(&self, at: &At, bytes: &[u8], format: Format, depth: usize, budget: &mut u64) -> Outcome {
        if depth >= self.params.max_archive_depth {
            return self.too_deep(at);
        }
        let mut inflated = Vec::new();
        let limit = (*budget).min(self.params.max_table_bytes);
        let result = match format {
            Format::Gzip => inflate::gzip(bytes, limit, INFLATION).read_to_end(&mut inflated),
            _ => inflate::zstd(bytes, limit, INFLATION).and_then(|mut reader| reader.read_to_end(&mut inflated)),
        };
        *budget = budget.saturating_sub(inflated.len() as u64);
        if let Err(error) = result {
            return Outcome::unread(&at.shown, format!("It cannot be unpacked: {error}."));
        }
        let inner = At { name: format::without_compression(&at.name).to_string(), ..at.clone() };
        self.bytes(&inner, inflated, depth + 1, budget)
    }

    fn too_deep(&self, at: &At) -> Outcome {
        let limit = self.params.max_archive_depth;
        Outcome::unread(&at.shown, format!("It lies deeper in archives than the limit max_archive_depth = {limit}."))
    }

    /// A zip: a document or a workbook of an office program, or an archive.
    fn zip(&self, at: &At, bytes: Vec<u8>, depth: usize, budget: &mut u64) -> Outcome {
        let params = self.params;
        let kind = match Package::open(&bytes, 0, params) {
            Ok(package) => package.kind(),
            Err(why) => return Outcome::unread(&at.shown, format!("It cannot be opened: {why}.")),
        };
        let extracted =
            |bytes: &[u8], read: fn(&mut Package, &ReadParams) -> std::result::Result<Extracted, String>| {
                Package::open(bytes, self.allowance(bytes.len() as u64), params)
                    .and_then(|mut package| read(&mut package, params))
                    .map_err(|why| format!("It cannot be read: {why}."))
            };
        match kind {
            Kind::Word => self.single(at, bytes, |bytes| extracted(&bytes, office::docx::read)),
            Kind::Ofd => self.single(at, bytes, |bytes| extracted(&bytes, office::ofd::read)),
            Kind::Workbook => self.rows(at, table::xlsx::rows(&bytes, params)),
            Kind::Slides | Kind::OpenDocument => {
                Outcome::unread(&at.shown, format!("Slides and OpenDocument files are not read; {CONVERT}"))
            }
            Kind::Archive if depth >= params.max_archive_depth => self.too_deep(at),
            Kind::Archive => self.archive(at, &bytes, depth, budget),
        }
    }

    /// The documents in an archive. Members are inflated one after the other, so that the same ones are over the limits every
    /// time, and read in parallel, a batch at a time.
    fn archive(&self, at: &At, bytes: &[u8], depth: usize, budget: &mut u64) -> Outcome {
        const BATCH: usize = 64 << 20;
        let mut package = match Package::open(bytes, *budget, self.params) {
            Ok(package) => package,
            Err(why) => return Outcome::unread(&at.shown, format!("It cannot be opened: {why}.")),
        };
        let mut outcome = Outcome::default();
        let mut batch: Vec<(At, Vec<u8>)> = Vec::new();
        let mut held = 0;
        for member in package.members().to_vec() {
            if member.name.split('/').any(walk::is_litter) {
                continue;
            }
            if member.name.rsplit('/').next() == Some(DOCUMENTS_CSV) {
                let notice = Notice::new(
                    "压缩包内的清单不起作用，请放到压缩包旁边。",
                    "a list inside an archive is not used; put it beside the archive.",
                );
                outcome.warnings.push(notice.about(&format!("{}/{}", at.shown, member.name)));
                continue;
            }
            let inner = At::new(
                &format!("{}/{}", at.id, member.name),
                format!("{}/{}", at.shown, member.name),
                at.folder.clone(),
            );
            let table = matches!(
                format::extension(&member.name).as_str(),
                "jsonl" | "ndjson" | "json" | "csv" | "tsv" | "parquet" | "xlsx" | "zip" | "gz" | "zst"
            );
            let (limit, named) = match table {
                true => (self.params.max_table_bytes, "max_table_bytes"),
                false => (self.params.max_document_bytes, "max_document_bytes"),
            };
            let bytes = match package.inflate(&member, limit, named) {
                Ok(bytes) => bytes,
                Err(why) => {
                    outcome.add(Outcome::unread(&inner.shown, format!("It cannot be unpacked: {why}.")));
                    continue;
                }
            };
            if is_packed(&inner.name, &bytes, self.params) {
                let mut rest = package.remaining();
                outcome.add(self.bytes(&inner, bytes, depth + 1, &mut rest));
                package.charge(package.remaining() - rest);
                continue;
            }
            held += bytes.len();
            batch.push((inner, bytes));
            if held > BATCH {
                outcome.add(self.batch(std::mem::take(&mut batch), depth + 1));
                held = 0;
            }
        }
        outcome.add(self.batch(batch, depth + 1));
        *budget = package.remaining();
        if outcome.documents.is_empty() && outcome.unread.is_empty() {
            outcome.add(Outcome::unread(&at.shown, "There is no document in the archive."));
        }
        outcome
    }

    fn batch(&self, batch: Vec<(At, Vec<u8>)>, depth: usize) -> Outcome {
        let read = |(at, bytes): (At, Vec<u8>)| {
            let mut budget = self.allowance(bytes.len() as u64);
            guarded(&at, || Ok(self.bytes(&at, bytes, depth, &mut budget)))
        };
        let outcomes: Vec<Outcome> = batch.into_par_iter().map(read).collect();
        let mut joined = Outcome::default();
        outcomes.into_iter().for_each(|outcome| joined.add(outcome));
        joined
    }

    /// A file that is one document.
    fn single(
        &self,
        at: &At,
        bytes: Vec<u8>,
        extract: impl Fn(Vec<u8>) -> std::result::Result<Extracted, String>,
    ) -> Outcome {
        let hash = sha256(&bytes);
        match extract(bytes) {
            Ok(extracted) if extracted.text.trim().is_empty() => Outcome::unread(&at.shown, "There is no text in it."),
            Ok(extracted) => {
                let user = self.lists.about(&at.folder, &at.id);
                let document = document(at.id.clone(), &at.shown, hash, extracted, user);
                Outcome { documents: vec![document], ..Outcome::default() }
            }
            Err(reason) => Outcome::unread(&at.shown, reason),
        }
    }

    /// A streamed table in JSON Lines.
    fn lines(&self, at: &At, reader: impl Read) -> io::Result<Outcome> {
        let rows = table::json::lines(reader, self.params, |row| self.row(at, row))?;
        Ok(self.joined(at, rows))
    }

    /// A table that is held in memory.
    fn rows(&self, at: &At, rows: std::result::Result<Vec<std::result::Result<Row, BadRow>>, String>) -> Outcome {
        match rows {
            Ok(rows) => {
                let made = rows.into_par_iter().map(|row| row.map(|row| self.row(at, row))).collect();
                self.joined(at, made)
            }
            Err(reason) => Outcome::unread(&at.shown, reason),
        }
    }

    /// One row as a document.
    fn row(&self, at: &At, row: Row) -> Document {
        let id = row.id.unwrap_or_else(|| format!("{}#{}", at.id, row.number));
        let user = self.lists.about(&at.folder, &id).or(row.user);
        let extracted = Extracted { warnings: row.warnings, ..Extracted::new(row.text, &row.encoding) };
        document(id, &at.shown, row.sha256, extracted, user)
    }

    /// The rows of one table, its bad rows listed; of many bad rows the first ones, and the number of the others.
    fn joined(&self, at: &At, rows: Vec<std::result::Result<Document, BadRow>>) -> Outcome {
        const LISTED: usize = 20;
        let mut outcome = Outcome::default();
        let mut bad = 0;
        for row in rows {
            match row {
                Ok(document) => outcome.documents.push(document),
                Err((number, reason)) => {
                    bad += 1;
                    if bad <= LISTED {
                        outcome.unread.push(Unread { file: format!("{}:{number}", at.shown), reason });
                    }
                }
            }
        }
        if bad > LISTED {
            let reason = format!("{} further rows could not be read either.", bad - LISTED);
            outcome.unread.push(Unread { file: at.shown.clone(), reason });
        }
        if outcome.documents.is_empty() && bad == 0 {
            outcome.unread.push(Unread { file: at.shown.clone(), reason: "The table has no rows.".into() });
        }
        outcome
    }
}

/// Text or markdown: the text is the file as it is, front matter included.
fn text(bytes: Vec<u8>, params: &ReadParams) -> std::result::Result<Extracted, String> {
    let decoded = encoding::decode(bytes, None, params.max_damaged_share)?;
    let fields = front_matter::fields(&decoded.text);
    Ok(Extracted { text: decoded.text, decoding: decoded.decoding, fields, title: None, warnings: decoded.warnings })
}

/// A document with all that is known about it.
fn document(id: String, file: &str, sha256: String, extracted: Extracted, user: UserFields) -> Document {
    let Extracted { text, decoding, fields, title, mut warnings } = extracted;
    let hints = Hints { user, fields, title };
    let (meta, noticed) = describe(&text, &id, &hints);
    warnings.extend(noticed);
    Document { id, file: file.to_string(), sha256, text, decoding, meta, warnings }
}

/// Sorts the documents and makes their ids unique: the same document twice is read once, different ones get `~2`, `~3`, ….
fn name_apart(corpus: &mut Corpus) {
    let documents = std::mem::take(&mut corpus.documents);
    let mut sorted: Vec<Document> = documents;
    sorted.par_sort_by(|a, b| (&a.id, &a.sha256, &a.file, &a.text).cmp(&(&b.id, &b.sha256, &b.file, &b.text)));
    let mut taken: BTreeSet<String> = sorted.iter().map(|document| document.id.clone()).collect();
    let mut kept: Vec<Document> = Vec::with_capacity(sorted.len());
    let mut first = 0;
    for mut document in sorted {
        if kept.get(first).is_none_or(|known| known.id != document.id) {
            first = kept.len();
            kept.push(document);
            continue;
        }
        let known = &kept[first];
        if kept[first..].iter().any(|known| known.sha256 == document.sha256 && known.text == document.text) {
            let (one, other) = (&known.file, &document.file);
            let notice = Notice::new(
                format!("同一份文件在输入中出现两次（{one} 和 {other}），只读一次。"),
                format!("the document stands twice in the input ({one} and {other}); it is read once."),
            );
            corpus.warnings.push(notice.about(&document.id));
            continue;
        }
        let fresh = (2..).map(|n| format!("{}~{n}", document.id)).find(|id| !taken.contains(id)).unwrap_or_default();
        let file = &document.file;
        let notice = Notice::new(
            format!("两份不同的文件用了同一编号，{file} 中的一份改称 {fresh}。"),
            format!("two different documents have this id; the one in {file} is called {fresh}."),
        );
        corpus.warnings.push(notice.about(&document.id));
        taken.insert(fresh.clone());
        let original = std::mem::replace(&mut document.id, fresh);
        kept.push(document);
        debug_assert_eq!(kept[first].id, original);
    }
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    corpus.documents = kept;
}
