//! `cezhong train`: hand labels in, `kind.model` and `theme.model` out.

use std::process::ExitCode;

use crate::cli::args::{Labelled, Train};
use crate::cli::files;
use crate::cli::shown::Voice;
use crate::codebook::Codebook;
use crate::error::Result;
use crate::settings::Settings;
use crate::{kind, theme};

/// Trains both coders and writes them into the folder.
pub fn train(args: &Train, voice: &Voice) -> Result<ExitCode> {
    let progress = voice.progress();
    let Labelled { labels, corpus, .. } = &args.labelled;
    let book = codebook(&args.labelled)?;
    progress.stage("training the coder of kinds")?;
    let kinds = kind::train_files(labels, corpus, &book, &kind::Params::default())?;
    files::write(&args.out, "kind.model", &kinds.write())?;
    progress.stage("training the coder of themes")?;
    let names: Vec<String> =
        labels.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned()).collect();
    let provenance = theme::Provenance { trained_on: names.join(", "), ..theme::Provenance::default() };
    let themes = theme::train_files(labels, corpus, &book, provenance, &theme::Params::default())?;
    files::write(&args.out, "theme.model", &themes.write())?;
    progress.done();
    for (name, value) in &kinds.provenance.figures {
        voice.say(&format!("kind, by folds over documents: {name} {value:.3}"));
    }
    for (name, value) in &themes.provenance().figures {
        voice.say(&format!("theme, by folds over documents: {name} {value:.3}"));
    }
    voice.say(&format!("wrote kind.model and theme.model to {}", args.out.display()));
    Ok(ExitCode::SUCCESS)
}

/// The codebook that the labels speak of.
pub(super) fn codebook(labelled: &Labelled) -> Result<Codebook> {
    Settings { codebook: labelled.codebook.clone(), ..Settings::default() }.codebook()
}
