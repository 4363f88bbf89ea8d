//! `cezhong label`: sheets for people, their labels, their agreement, and shares corrected by them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use crate::analysis::{self, Models};
use crate::cli::args::{Coded, DrawnBy, LabelCommand};
use crate::cli::evaluate::show;
use crate::cli::files;
use crate::cli::run::typed;
use crate::cli::shown::Voice;
use crate::codebook::{Codebook, Part};
use crate::corpus::{self, ReadParams};
use crate::error::{Error, Result, Trouble};
use crate::label::{self, Draw, Form, Sheet, Task, What};
use crate::record::CodedDocument;
use crate::settings::Settings;

/// Does one of the four.
pub fn label(command: &LabelCommand, voice: &Voice) -> Result<ExitCode> {
    match command {
        LabelCommand::Sample { inputs, out, n, by, what, part, seed, codebook, model } => {
            let mut settings = Settings { codebook: codebook.clone(), model: model.clone(), ..Settings::default() };
            typed(&mut settings.part, "--part", part.as_deref())?;
            let how = match by {
                DrawnBy::Random => Draw::Random,
                DrawnBy::Stratified => Draw::Stratified,
                DrawnBy::Uncertain => Draw::Uncertain,
                DrawnBy::Diverse => Draw::Diverse,
            };
            let what = match what {
                Coded::Sentence => What::Sentence,
                Coded::Measure => What::Measure,
            };
            sample(inputs, out, (*n, how, what, *seed), &settings, voice)?;
        }
        LabelCommand::Import { sheets, corpus, out, codebook } => {
            import(sheets, corpus, out, codebook.as_ref(), voice)?
        }
        LabelCommand::Agree { sheets, out, partly, seed, codebook } => {
            let book = book(codebook.as_ref())?;
            if let Some(twice) = (1..sheets.len()).find(|&n| sheets[..n].contains(&sheets[n])) {
                voice.warn(&format!("{} is named twice: nobody disagrees with himself", sheets[twice].display()));
            }
            let found = label::agree(&read(sheets, &book, voice)?, &book, *partly, *seed)?;
            show(std::slice::from_ref(&found.figures), None)?;
            if found.alone > 0 {
                voice.warn(&format!("{} rows are in one sheet alone and were left out", found.alone));
            }
            voice.say(&format!("{} of {} tasks are disputed", found.disputed.len(), found.compared));
            if let Some(out) = out {
                let tasks: Vec<&Task> = found.disputed.iter().collect();
                files::write_new(out, &label::write(&tasks, label::ADJUDICATION, &found.said, &book, Form::of(out)?)?)?;
                voice.say(&format!("wrote {}", out.display()));
            }
        }
        LabelCommand::Correct { run, labels, out, seed, codebook } => {
            let book = book(codebook.as_ref())?;
            let sheets = read(labels, &book, voice)?;
            adjudicated_alone(&sheets, voice);
            let found = label::correct(run, &sheets, &book, *seed)?;
            files::write_again(out, &found.table.csv())?;
            let mut shown = found.table.clone();
            shown.rows.retain(|row| row[0] == "".into());
            show(&[shown], None)?;
            voice.say(&format!(
                "{} of {} labelled measures have the run's theme{}; wrote {} rows, places and years among them, to {}",
                found.right,
                found.labelled,
                match found.uncounted {
                    0 => String::new(),
                    n => format!(", {n} more are of another part or transmitted, and were not looked at"),
                },
                found.table.rows.len(),
                out.display()
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn book(path: Option<&PathBuf>) -> Result<Codebook> {
    Settings { codebook: path.cloned(), ..Settings::default() }.codebook()
}

/// Reads sheets, and says how many rows nobody has filled.
fn read(paths: &[PathBuf], book: &Codebook, voice: &Voice) -> Result<Vec<Sheet>> {
    let sheets: Vec<Sheet> = paths.iter().map(|path| label::read(path, book)).collect::<Result<_>>()?;
    for sheet in sheets.iter().filter(|sheet| sheet.open > 0) {
        voice.warn(&format!("{}: {} rows have no theme and were left out", sheet.path.display(), sheet.open));
    }
    Ok(sheets)
}

/// Says that adjudicated rows came without the rows on which coders agreed.
fn adjudicated_alone(sheets: &[Sheet], voice: &Voice) {
    let alone = label::without_coders(sheets);
    if alone > 0 {
        voice.warn(&format!(
            "{alone} adjudicated rows come without the coders' sheets: what these agreed on is left out; name them too"
        ));
    }
}

/// Documents, coded; those that a run would leave out are left out where they are to be `drawn` from.
fn coded(
    inputs: &[PathBuf],
    settings: &Settings,
    drawn: bool,
    voice: &Voice,
) -> Result<(Vec<CodedDocument>, Codebook)> {
    let progress = voice.progress();
    progress.stage("reading")?;
    let read = corpus::read_or_sample(inputs, None, &ReadParams::default())?;
    let (documents, failed) = match drawn {
        true => analysis::passing(read.documents, &settings.quality),
        false => (read.documents, Vec::new()),
    };
    for left in read.unread.iter().chain(&failed) {
        voice.warn(&format!("left out: {}: {}", left.file, left.reason.en));
    }
    let mut models = Models::load(settings)?;
    if let Some(fitted) = models.theme.fitted(|| analysis::sentences(&documents)) {
        models.theme = fitted;
    }
    progress.stage("cutting and coding sentences")?;
    let code = |document| progress.check().map(|()| analysis::code(document, &models, settings));
    let coded = documents.into_par_iter().map(code).collect::<Result<_>>()?;
    progress.done();
    Ok((coded, models.codebook))
}

fn sample(
    inputs: &[PathBuf],
    out: &Path,
    (n, how, what, seed): (usize, Draw, What, u64),
    settings: &Settings,
    voice: &Voice,
) -> Result<()> {
    let form = Form::of(out)?;
    files::is_new(out)?;
    let (documents, book) = coded(inputs, settings, true, voice)?;
    let tasks = label::tasks(&documents, what, Part::from(settings.part));
    if tasks.is_empty() {
        let what = format!("there is no {} to draw from", what.id());
        return Err(Error::Input(Trouble::new(what).remedy("name documents with such a part in them")));
    }
    let drawn: Vec<&Task> = label::draw(&tasks, n, how, seed).into_iter().map(|i| &tasks[i]).collect();
    files::write_new(out, &label::write(&drawn, how.id(), &[], &book, form)?)?;
    if drawn.len() < n {
        voice.warn(&format!("there are {} in all, and {n} were asked for", drawn.len()));
    }
    let again = match form {
        Form::Csv | Form::Xlsx => "fill the columns kind, theme and theme2",
        Form::Doccano => "labels are kind:…, theme:… and theme2:…; docs/labels.md has the list to import",
        Form::LabelStudio => "docs/labels.md has the labelling setup",
    };
    voice.say(&format!("wrote {} of {} {}s to {}; {again}", drawn.len(), tasks.len(), what.id(), out.display()));
    Ok(())
}

fn import(sheets: &[PathBuf], corpus: &[PathBuf], out: &Path, codebook: Option<&PathBuf>, voice: &Voice) -> Result<()> {
    let book = book(codebook)?;
    let sheets = read(sheets, &book, voice)?;
    adjudicated_alone(&sheets, voice);
    // Kinds and units do not depend on the codebook, so the shipped themes serve to cut the documents.
    let (documents, _) = coded(corpus, &Settings::default(), false, voice)?;
    let imported = label::import(&sheets, &documents, &book)?;
    files::write_again(out, imported.labels.as_bytes())?;
    if imported.called_kinds > 0 {
        voice.warn(&format!(
            "the kind of {} sentences was left empty: the program's own call was taken",
            imported.called_kinds
        ));
    }
    voice.say(&format!("wrote {} labelled sentences to {}", imported.sentences, out.display()));
    Ok(())
}
