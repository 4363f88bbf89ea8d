//! Inputs to a corpus: what was named is gathered, read in parallel, and put together.

use super::apart::name_apart;
use super::bytes::Reader;
use super::file;
use super::lists::Lists;
use super::outcome::{At, Outcome, guarded};
use crate::corpus::document::Corpus;
use crate::corpus::documents_csv::Listing;
use crate::corpus::limits::ReadParams;
use crate::corpus::meta::part_namesakes;
use crate::corpus::walk::{self, DOCUMENTS_CSV, Input, Walked};
use crate::corpus::{inflate, sample};
use crate::error::{Error, Result, Trouble};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::{self, Read};
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
    let mut outcomes: Vec<Outcome> = walked.files.par_iter().map(|found| file::read(&reader, found)).collect();
    outcomes
        .par_extend(memory.into_par_iter().map(|(at, bytes)| guarded(&at, || Ok(reader.top(&at, bytes.into_owned())))));
    let (unread, warnings) = (walked.unread, walked.warnings);
    let mut corpus = Corpus { documents: Vec::new(), unread, warnings, lists: lists.hashed() };
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
        [only] => format!("the only file could not be read: {}: {}", only.file, only.reason.en.trim_end_matches('.')),
        [first, ..] => format!(
            "none of the {} files could be read; the first is {}: {}",
            corpus.unread.len(),
            first.file,
            first.reason.en.trim_end_matches('.')
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
    inflate::Bounded::new(io::stdin().lock(), params.max_table_bytes, &["max_table_bytes"])
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Input(Trouble::new("standard input cannot be read").source(source)))?;
    Ok(bytes)
}
