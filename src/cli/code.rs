//! `cezhong code`: documents, plain sentences or a table of texts in, coded rows out, one after the other, nothing fitted.

use std::io::{BufRead, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use crate::analysis::{self, Models};
use crate::cli::args::{Code, Rows};
use crate::cli::shown::{Voice, unwritten};
use crate::codebook::{Kind, UNSURE};
use crate::corpus::{self, Decoding, Document, Meta};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::labels::each_document;
use crate::evaluate::sheet::Cell;
use crate::evaluate::texts;
use crate::outline::outline;
use crate::settings::Settings;
use crate::theme::{Classified, TextClassifier};

/// Documents, lines or rows that are coded together, in parallel; no more are in memory.
const BATCH: usize = 64;
/// The same for lines and rows of a table.
const LINES: usize = 4096;

/// Prints a row a sentence: doc, n, kind, kind_p, unit, theme, theme_p, text; or, by a model of a table, n, label, p, text.
pub fn code(args: &Code, voice: &Voice) -> Result<ExitCode> {
    let mut settings = Settings { model: args.model.clone(), codebook: args.codebook.clone(), ..Settings::default() };
    (settings.coder.max_error, settings.coder.coverage) = (args.max_error, args.coverage);
    settings.coder.because = false;
    settings.check()?;
    let mut out = Out::new(args.format);
    let written = match text_model(args.model.as_deref())? {
        Some(_) if args.codebook.is_some() => {
            let trouble = Trouble::new("--codebook is not for a model of a table of texts");
            return Err(Error::Settings(trouble.remedy("leave it out, or name a model of themes")));
        }
        Some(model) => by_table(args, &model, &mut out),
        None => {
            let models = Models::load(&settings)?;
            let head = ["doc", "n", "kind", "kind_p", "unit", "theme", "theme_p", "text"];
            out.head(&head).and_then(|()| match args.lines {
                true => lines(args, &models, &mut out),
                false => documents(args, &models, &settings, voice, &mut out),
            })
        }
    };
    match written.and_then(|()| out.finish()) {
        // A reader that closes the pipe early (`| head`) is no error.
        Err(Stopped::Pipe) | Ok(()) => Ok(ExitCode::SUCCESS),
        Err(Stopped::Trouble(error)) => Err(error),
    }
}

/// Why the rows ended early.
enum Stopped {
    Pipe,
    Trouble(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Stopped {
        Stopped::Trouble(error)
    }
}

impl From<std::io::Error> for Stopped {
    fn from(source: std::io::Error) -> Stopped {
        unwritten(source).map_or(Stopped::Pipe, Stopped::Trouble)
    }
}

type Written = std::result::Result<(), Stopped>;

/// Standard output in one of two forms.
struct Out {
    stdout: BufWriter<StdoutLock<'static>>,
    form: Rows,
    head: Vec<&'static str>,
}

impl Out {
    fn new(form: Rows) -> Out {
        Out { stdout: BufWriter::new(std::io::stdout().lock()), form, head: Vec::new() }
    }

    fn head(&mut self, head: &[&'static str]) -> Written {
        self.head = head.to_vec();
        match self.form {
            Rows::Csv => Ok(writeln!(self.stdout, "{}", head.join(","))?),
            Rows::Jsonl => Ok(()),
        }
    }

    fn row(&mut self, cells: &[Cell]) -> Written {
        match self.form {
            Rows::Csv => {
                for (at, cell) in cells.iter().enumerate() {
                    if at > 0 {
                        self.stdout.write_all(b",")?;
                    }
                    match cell {
                        Cell::Text(text) if text.contains(['"', ',', '\n', '\r']) => {
                            write!(self.stdout, "\"{}\"", text.replace('"', "\"\""))?;
                        }
                        Cell::Text(text) => self.stdout.write_all(text.as_bytes())?,
                        Cell::Whole(count) => write!(self.stdout, "{count}")?,
                        Cell::Real(number) => write!(self.stdout, "{number:.3}")?,
                        Cell::Missing => {}
                    }
                }
            }
            Rows::Jsonl => {
                let value = |cell: &Cell| match cell {
                    Cell::Text(text) => serde_json::Value::from(text.as_str()),
                    Cell::Whole(count) => serde_json::Value::from(*count),
                    Cell::Real(number) => serde_json::Value::from((number * 1e3).round() / 1e3),
                    Cell::Missing => serde_json::Value::Null,
                };
                for (at, (name, cell)) in self.head.iter().zip(cells).enumerate() {
                    let opens = if at == 0 { '{' } else { ',' };
                    write!(self.stdout, "{opens}\"{name}\":{}", value(cell))?;
                }
                self.stdout.write_all(b"}")?;
            }
        }
        Ok(self.stdout.write_all(b"\n")?)
    }

    fn finish(&mut self) -> Written {
        Ok(self.stdout.flush()?)
    }
}

/// The model of a table of texts, if that is what is named.
fn text_model(path: Option<&Path>) -> Result<Option<TextClassifier>> {
    let Some(path) = path else { return Ok(None) };
    let file = if path.is_dir() { path.join("text.model") } else { path.to_path_buf() };
    if path.is_dir() && !file.is_file() {
        return Ok(None);
    }
    if path.is_dir() && path.join("theme.model").is_file() {
        let trouble = Trouble::at(path, "the folder holds a model of themes and one of a table of texts");
        return Err(Error::Model(trouble.remedy("name the one that is meant by its file")));
    }
    let bytes = std::fs::read(&file)
        .map_err(|source| Error::Model(Trouble::at(&file, "the model cannot be read").source(source)))?;
    TextClassifier::is_one(&bytes).then(|| TextClassifier::read(&bytes, &file)).transpose()
}

/// Codes every row of tables, or every line.
fn by_table(args: &Code, model: &TextClassifier, out: &mut Out) -> Written {
    let least = match (args.max_error, args.coverage) {
        (Some(error), _) => model.threshold_for_error(error as f32),
        (None, Some(coverage)) => model.threshold_for_coverage(coverage as f32),
        (None, None) => 0.0,
    };
    out.head(&["n", "label", "p", "text"])?;
    let mut n = 0;
    let mut flush = |batch: &mut Vec<String>| -> Written {
        let calls: Vec<Classified<'_>> = batch.par_iter().map(|text| model.classify(text)).collect();
        for (text, Classified { label, p, known }) in batch.iter().zip(calls) {
            let label = if known && p >= least { label } else { UNSURE };
            out.row(&[Cell::Whole(n), label.into(), f64::from(p).into(), text.as_str().into()])?;
            n += 1;
        }
        batch.clear();
        Ok(())
    };
    let mut batch = Vec::new();
    for path in &args.inputs {
        if args.lines {
            each_line(path, &mut |line| {
                batch.push(line);
                if batch.len() == LINES { flush(&mut batch) } else { Ok(()) }
            })?;
            continue;
        }
        let mut stopped = None;
        let read = texts::each(path, false, &mut |row| {
            batch.push(row.text);
            if batch.len() == LINES
                && let Err(why) = flush(&mut batch)
            {
                stopped = Some(why);
                return Err(Error::Interrupted);
            }
            Ok(())
        });
        match stopped {
            Some(why) => return Err(why),
            None => read?,
        }
    }
    flush(&mut batch)
}

/// Codes documents as they are read: folders file by file, `.jsonl` tables line by line.
fn documents(args: &Code, models: &Models, settings: &Settings, voice: &Voice, out: &mut Out) -> Written {
    let mut batch: Vec<Document> = Vec::new();
    let mut read = 0;
    for input in &args.inputs {
        for file in files(input)? {
            if is_json_lines(&file) {
                let mut stopped = Ok(());
                each_document(std::slice::from_ref(&file), &|_| true, &mut |id, text| {
                    read += 1;
                    batch.push(plain(id, text, &file));
                    if batch.len() == BATCH {
                        stopped = flush(&mut batch, models, settings, out);
                    }
                    stopped.is_ok()
                })?;
                stopped?;
                continue;
            }
            let corpus = match corpus::read(std::slice::from_ref(&file), None, &settings.read) {
                Ok(corpus) => corpus,
                Err(error) if input.is_dir() => {
                    voice.warn(&format!("left out: {error}"));
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            for left in &corpus.unread {
                voice.warn(&format!("left out: {}: {}", left.file, left.reason.en));
            }
            read += corpus.documents.len();
            let single = corpus.documents.len() == 1;
            for mut document in corpus.documents {
                // A file in a folder is called by its path from there, as in a run.
                if let (true, Ok(relative)) = (single && input.is_dir(), file.strip_prefix(input)) {
                    document.id = relative.to_string_lossy().replace('\\', "/");
                }
                batch.push(document);
            }
            if batch.len() >= BATCH {
                flush(&mut batch, models, settings, out)?;
            }
        }
    }
    if read == 0 {
        let trouble = Trouble::at(&args.inputs[0], "there is no document in the input");
        return Err(Error::Input(trouble.remedy("name files, folders or tables with documents in them")).into());
    }
    flush(&mut batch, models, settings, out)
}

/// The files of an input, sorted; hidden ones and lists of documents are none.
fn files(input: &Path) -> Result<Vec<PathBuf>> {
    if !input.is_dir() {
        return Ok(vec![input.to_path_buf()]);
    }
    let mut files = Vec::new();
    let hidden = |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    for entry in walkdir::WalkDir::new(input).sort_by_file_name().into_iter().filter_entry(|entry| !hidden(entry)) {
        let entry = entry.map_err(|error| {
            let at = error.path().unwrap_or(input).to_path_buf();
            Error::Input(Trouble { source: error.into_io_error(), ..Trouble::at(at, "the folder cannot be read") })
        })?;
        if entry.file_type().is_file() && entry.file_name() != "documents.csv" {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn is_json_lines(path: &Path) -> bool {
    let name = path.to_string_lossy();
    path.is_file() && [".jsonl", ".jsonl.zst", ".jsonl.gz"].iter().any(|ending| name.ends_with(ending))
}

/// A document of which only its id and text are needed.
fn plain(id: String, text: String, file: &Path) -> Document {
    Document {
        id,
        text,
        file: file.display().to_string(),
        sha256: String::new(),
        decoding: Decoding { encoding: "UTF-8".into(), margin: 1.0 },
        meta: Meta::default(),
        warnings: Vec::new(),
    }
}

fn flush(batch: &mut Vec<Document>, models: &Models, settings: &Settings, out: &mut Out) -> Written {
    let coded: Vec<_> =
        std::mem::take(batch).into_par_iter().map(|document| analysis::code(document, models, settings)).collect();
    for coded in coded {
        let rows = coded.outline.sentences.iter().zip(coded.kinds.iter().zip(&coded.themes));
        for (n, (sentence, (kind, theme))) in rows.enumerate() {
            let id = match theme.abstained {
                true => UNSURE,
                false => models.codebook.themes[usize::from(theme.theme)].id.as_str(),
            };
            out.row(&[
                coded.document.id.as_str().into(),
                n.into(),
                kind.kind.id().into(),
                f64::from(kind.p).into(),
                kind.unit.id().into(),
                id.into(),
                f64::from(theme.p).into(),
                sentence.span.of(&coded.document.text).into(),
            ])?;
        }
    }
    Ok(())
}

/// Calls `take` with every line of a file or of standard input.
fn each_line(path: &Path, take: &mut dyn FnMut(String) -> Written) -> Written {
    for (n, line) in texts::open(path)?.lines().enumerate() {
        let line = line.map_err(|source| texts::unreadable(path, Some(n + 1), source))?;
        take(if n == 0 { line.trim_start_matches('\u{FEFF}').to_string() } else { line })?;
    }
    Ok(())
}

/// Every line alone: no headings, no neighbours. Kind and unit need a document and are left empty.
fn lines(args: &Code, models: &Models, out: &mut Out) -> Written {
    let mut n = 0usize;
    let mut flush = |batch: &mut Vec<String>| -> Written {
        let calls: Vec<(u16, f32, bool)> = batch.par_iter().map(|line| of_line(line, models)).collect();
        for (line, (theme, p, unsure)) in batch.iter().zip(calls) {
            // A line without a sentence keeps its number, and is about nothing.
            let said = !line.trim().is_empty();
            let id = match unsure || p < models.theme.threshold() {
                _ if !said => "",
                true => UNSURE,
                false => models.codebook.themes[usize::from(theme)].id.as_str(),
            };
            let (none, p) = (Cell::Missing, if said { f64::from(p).into() } else { Cell::Missing });
            let row = [none.clone(), n.into(), none.clone(), none.clone(), none, id.into(), p, line.as_str().into()];
            out.row(&row)?;
            n += 1;
        }
        batch.clear();
        Ok(())
    };
    let mut batch = Vec::new();
    for path in &args.inputs {
        each_line(path, &mut |line| {
            batch.push(line);
            if batch.len() == LINES { flush(&mut batch) } else { Ok(()) }
        })?;
    }
    flush(&mut batch)
}

fn of_line(line: &str, models: &Models) -> (u16, f32, bool) {
    let outline = outline(line);
    let kinds = vec![Kind::Measure; outline.sentences.len()];
    let calls = models.theme.code(line, &outline, &kinds, false).calls;
    let voices: Vec<_> = calls.iter().collect();
    crate::theme::of_measure(&voices).unwrap_or((models.codebook.general(), 1.0, false))
}
