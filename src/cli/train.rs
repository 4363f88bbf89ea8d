//! `cezhong train`: hand labels in, `kind.model` and `theme.model` out; or a table of texts in, `text.model` out.

use std::path::Path;
use std::process::ExitCode;

use crate::cli::args::{Labelled, Train};
use crate::cli::files;
use crate::cli::shown::Voice;
use crate::codebook::Codebook;
use crate::corpus::{self, ReadParams};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::labels::{self, LabelledDocument};
use crate::evaluate::texts;
use crate::kind;
use crate::outline::{Outline, outline};
use crate::progress::Progress;
use crate::settings::Settings;
use crate::theme::{self, Silver, SilverParams, ThemeModel};
use crate::trial::TextTrial;

/// Trains what the labels are for and writes it into the folder.
pub fn train(args: &Train, voice: &Voice) -> Result<ExitCode> {
    let progress = voice.progress();
    let Labelled { labels, corpus, words, .. } = &args.labelled;
    let table = texts::is_table(&labels[0])?;
    apart(&args.out, table)?;
    if table {
        for_a_table(&args.labelled)?;
        progress.stage("training on the table of texts")?;
        let trial = TextTrial::read(labels, *words)?;
        trial.doubts().iter().for_each(|doubt| voice.warn(doubt));
        let model = trial.train()?;
        let bytes = model.write();
        files::write(&args.out, "text.model", &bytes)?;
        progress.done();
        voice.say(&format!(
            "wrote text.model to {}: {} labels, {} rows, {:.1} MB; `cezhong evaluate` says how good it is",
            args.out.display(),
            model.labels().len(),
            trial.rows(),
            bytes.len() as f64 / 1e6
        ));
        return Ok(ExitCode::SUCCESS);
    }
    with_documents(&args.labelled)?;
    let book = codebook(&args.labelled)?;
    progress.stage("training the coder of themes")?;
    let themes = train_themes(&args.labelled, &book, &progress)?;
    progress.stage("training the coder of kinds")?;
    let kinds = kind::train_files(labels, corpus, &book, &kind::Params::default())?;
    files::write(&args.out, "kind.model", &kinds.write())?;
    files::write(&args.out, "theme.model", &themes.write())?;
    progress.done();
    for (name, value) in &kinds.provenance.figures {
        voice.say(&format!("kind, {name}: {value:.3}"));
    }
    for (name, value) in &themes.provenance().figures {
        voice.say(&format!("theme, {name}: {value:.3}"));
    }
    let from = themes.provenance();
    voice.say(&format!(
        "wrote kind.model and theme.model to {}: {} documents, {} labelled sentences, {} silver; `cezhong evaluate` says how good they are",
        args.out.display(),
        from.documents,
        from.sentences,
        from.silver
    ));
    Ok(ExitCode::SUCCESS)
}

/// The coder of themes: hand labels, what the codebook itself says (seeds and examples), and silver labels where there are
/// unlabelled documents.
fn train_themes(labelled: &Labelled, book: &Codebook, progress: &Progress) -> Result<ThemeModel> {
    let Labelled { labels, corpus, silver, .. } = labelled;
    let names: Vec<String> =
        labels.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned()).collect();
    let provenance = theme::Provenance { trained_on: names.join(", "), ..theme::Provenance::default() };
    let params = theme::Params::default();
    let told = theme::said_by(book);
    if silver.is_empty() && told.is_empty() {
        return theme::train_files(labels, corpus, book, provenance, &params);
    }
    let documents = labels::load(labels, corpus, book)?;
    enough(&documents, &labels[0])?;
    let mut drawn: Vec<Silver> = told;
    if !silver.is_empty() {
        progress.stage("reading unlabelled documents")?;
        let read = corpus::read(silver, None, &ReadParams::default())?;
        let unlabelled: Vec<(String, Outline)> = read
            .documents
            .into_iter()
            .filter(|document| documents.iter().all(|known| known.text.trim() != document.text.trim()))
            .map(|document| (outline(&document.text), document.text))
            .map(|(outline, text)| (text, outline))
            .collect();
        progress.stage("training the teacher")?;
        let teacher = theme::train(&documents, &drawn, book, theme::Provenance::default(), &params);
        let pairs: Vec<(&str, &Outline)> = unlabelled.iter().map(|(text, outline)| (text.as_str(), outline)).collect();
        drawn.extend(theme::draw(&teacher, &pairs, &SilverParams::default()));
        progress.stage("training the coder of themes")?;
    }
    Ok(theme::train(&documents, &drawn, book, provenance, &params))
}

/// Refuses labels from which nothing can be learned.
fn enough(documents: &[LabelledDocument], sheet: &Path) -> Result<()> {
    let mut themes: Vec<u16> = documents
        .iter()
        .flat_map(|document| &document.rows)
        .filter(|row| row.kind != crate::codebook::Kind::Noise)
        .map(|row| row.theme)
        .collect();
    themes.sort_unstable();
    themes.dedup();
    let what = match (documents.len(), themes.len()) {
        (0 | 1, _) => "only one document is labelled",
        (_, 0) => "no labelled sentence is anything but noise",
        (_, 1) => "every labelled sentence has the same theme",
        _ => return Ok(()),
    };
    Err(Error::Labels(Trouble::at(sheet, what).remedy("label more documents, with sentences about two themes or more")))
}

/// Refuses a folder that holds a model of the other sort: nobody could tell which one `code` would take.
fn apart(out: &Path, table: bool) -> Result<()> {
    let other = if table { "theme.model" } else { "text.model" };
    match out.join(other).is_file() {
        true => Err(Error::Output(
            Trouble::at(out, format!("the folder holds a {other} of another sort of labels"))
                .remedy("name another folder with -o"),
        )),
        false => Ok(()),
    }
}

/// Refuses what a table of texts has no use for, lest it be believed to have counted.
pub(super) fn for_a_table(labelled: &Labelled) -> Result<()> {
    let asked = [
        (!labelled.corpus.is_empty(), "--corpus"),
        (!labelled.silver.is_empty(), "--silver"),
        (labelled.codebook.is_some(), "--codebook"),
    ];
    refuse(&labelled.labels[0], &asked)
}

/// Refuses the first option that was given for a table of texts and does not fit.
pub(super) fn refuse(labels: &Path, asked: &[(bool, &str)]) -> Result<()> {
    match asked.iter().find(|(asked, _)| *asked) {
        Some((_, option)) => {
            let trouble = Trouble::at(labels, format!("{option} is not for a table of texts"));
            Err(Error::Settings(trouble.remedy("leave it out")))
        }
        None => Ok(()),
    }
}

/// Refuses a sheet of sentences without the documents that it labels.
pub(super) fn with_documents(labelled: &Labelled) -> Result<()> {
    if labelled.corpus.is_empty() {
        let trouble = Trouble::at(&labelled.labels[0], "the documents of the labels are not named");
        return Err(Error::Labels(trouble.remedy("name their folder or table with --corpus")));
    }
    Ok(())
}

/// The codebook that the labels speak of.
pub(super) fn codebook(labelled: &Labelled) -> Result<Codebook> {
    Settings { codebook: labelled.codebook.clone(), ..Settings::default() }.codebook()
}
