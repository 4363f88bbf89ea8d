//! `cezhong run`: from documents to tables, charts and a page.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use crate::analysis::{self, Models};
use crate::cache::Cache;
use crate::chart::{Size, Style};
use crate::cli::args::Run;
use crate::cli::shown::Voice;
use crate::corpus::{self, Corpus};
use crate::error::{Error, Result, Trouble};
use crate::manifest::{Environment, Input, Left, Manifest, Program, Used, changed_files, changed_inputs, used};
use crate::notice::english;
use crate::output::Staging;
use crate::progress::Progress;
use crate::record::Analysis;
use crate::report::{Chart, contents, figures, methods};
use crate::settings::{Formats, Settings};
use crate::table;

/// Runs the main job and says which files to open.
pub fn run(args: &Run, voice: &Voice) -> Result<ExitCode> {
    let (begun, started) = (Instant::now(), jiff::Timestamp::now());
    let mut settings = settings(args)?;
    let (inputs, documents) = match &args.locked {
        Some(manifest) => locked(manifest, args, &mut settings)?,
        None => (args.inputs.clone(), args.documents.clone()),
    };
    let progress = voice.progress();
    let staging = Staging::open(&args.out)?;
    staging.notices.iter().for_each(|notice| voice.say(notice));

    progress.stage("reading")?;
    let (corpus, models) = rayon::join(
        || corpus::read_or_sample(&inputs, documents.as_deref(), &settings.read),
        || {
            Models::load(&settings).inspect(|models| {
                // Now, beside the reading, and not when the words are cut.
                LazyLock::force(&models.segmenter);
            })
        },
    );
    let (corpus, mut models) = (corpus?, models?);
    if let Some(folder) = &args.cache {
        models.cache = Some(Arc::new(Cache::open(folder, &settings)?));
    }
    let cache = models.cache.clone();
    let used = used(&settings, &corpus);
    if let Some(manifest) = &args.locked {
        same_inputs(manifest, &corpus, &used)?;
    }
    let analysis = analysis::run(corpus, models, &settings, &progress)?;
    write(&analysis, &settings, staging.folder(), &progress)?;

    progress.stage("writing the manifest")?;
    let environment = Environment {
        started: started.to_string(),
        seconds: begun.elapsed().as_secs_f64(),
        threads: rayon::current_num_threads(),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        arguments: inputs.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
        documents: documents.map(|path| path.to_string_lossy().into_owned()),
    };
    manifest(&analysis, &settings, used, staging.folder(), environment)?.write(staging.folder())?;
    progress.check()?;
    staging.publish()?;
    progress.done();
    tell(&analysis, &args.out, voice);
    cache.iter().for_each(|cache| voice.say(&cache.told()));
    Ok(ExitCode::SUCCESS)
}

/// The settings of the file, with what was typed put over them.
fn settings(args: &Run) -> Result<Settings> {
    let mut settings = match &args.config {
        Some(path) => Settings::read(path)?,
        None => Settings::default(),
    };
    typed(&mut settings.lang, "--lang", args.lang.as_deref())?;
    typed(&mut settings.part, "--part", args.part.as_deref())?;
    typed(&mut settings.weight, "--weight", args.weight.as_deref())?;
    if let Some(formats) = &args.format {
        let mut chosen = Vec::new();
        for name in formats {
            let mut format = table::Format::Csv;
            typed(&mut format, "--format", Some(name))?;
            chosen.push(format);
        }
        chosen.sort();
        chosen.dedup();
        settings.formats = Formats(chosen);
    }
    if args.max_error.is_some() || args.coverage.is_some() {
        (settings.coder.max_error, settings.coder.coverage) = (args.max_error, args.coverage);
    }
    over(&mut settings.by, &args.by);
    settings.own_words |= args.own_words;
    over(&mut settings.codebook, &args.codebook);
    over(&mut settings.model, &args.model);
    over(&mut settings.words.lexicon, &args.lexicon);
    over(&mut settings.words.stop_words, &args.stopwords);
    over(&mut settings.cluster.k, &args.clusters);
    settings.drop_duplicates |= args.drop_duplicates;
    settings.check()?;
    Ok(settings)
}

fn over<T: Clone>(setting: &mut Option<T>, typed: &Option<T>) {
    if typed.is_some() {
        setting.clone_from(typed);
    }
}

/// Reads a typed word as the setting's own type, so that the command line and the file know the same names.
pub(super) fn typed<T: serde::de::DeserializeOwned>(setting: &mut T, option: &str, word: Option<&str>) -> Result<()> {
    if let Some(word) = word {
        *setting = serde_json::from_value(serde_json::Value::from(word)).map_err(|error| {
            let known = error.to_string();
            let known = known.split(", expected ").nth(1).map_or(String::new(), |list| format!("choose {list}"));
            Error::Settings(Trouble::new(format!("{option} {word} is not known")).remedy(known.replace('`', "")))
        })?;
    }
    Ok(())
}

/// Writes tables, charts, page, methods and dictionary into `folder`.
pub fn write(analysis: &Analysis, settings: &Settings, folder: &Path, progress: &Progress) -> Result<()> {
    progress.stage("writing tables")?;
    table::write_all(analysis, &made(folder, "tables")?, &settings.formats.0)?;
    let file = |path: PathBuf, bytes: &[u8]| {
        fs::write(&path, bytes).map_err(|source| {
            Error::Output(Trouble::at(&path, "cannot be written").source(source).remedy("check the space on the disk"))
        })
    };
    file(folder.join("dictionary.csv"), table::dictionary(&analysis.codebook).as_bytes())?;
    let methods = methods(analysis, settings.lang);
    file(folder.join("methods.md"), methods.as_bytes())?;

    progress.stage("drawing charts")?;
    let style = Style { lang: settings.lang, size: Size::Screen };
    let figures = figures(analysis, &style)?;
    let pictures = made(folder, "charts")?;
    for figure in &figures {
        let text = serde_json::to_string(&figure.plot).expect("charts are plain values");
        file(pictures.join(format!("{}.json", figure.name)), text.as_bytes())?;
    }
    let charts: Vec<Chart> = figures.into_iter().map(Chart::from).collect();
    use rayon::prelude::*;
    let pages: Vec<(String, &crate::chart::Drawing)> = charts.iter().flat_map(Chart::pages).collect();
    pages.par_iter().try_for_each(|(name, drawing)| {
        progress.check()?;
        let picture = drawing.picture()?;
        file(pictures.join(format!("{name}.svg")), picture.outlined().as_bytes())?;
        file(pictures.join(format!("{name}.png")), &picture.png(style.dots())?)
    })?;

    progress.stage("writing the page")?;
    let page = contents(analysis, charts, settings.lang).render(&|name, content| {
        progress.check()?;
        let path = folder.join(name);
        if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
            fs::create_dir_all(parent)
                .map_err(|source| Error::Output(Trouble::at(parent, "cannot be made").source(source)))?;
        }
        file(path, content.as_bytes())
    })?;
    file(folder.join("report.html"), page.as_bytes())
}

fn made(folder: &Path, name: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::create_dir(&path)
        .map_err(|source| Error::Output(Trouble::at(&path, "the folder cannot be made").source(source)))?;
    Ok(path)
}

fn manifest(
    analysis: &Analysis,
    settings: &Settings,
    used: Vec<Used>,
    folder: &Path,
    environment: Environment,
) -> Result<Manifest> {
    let inputs = analysis.documents.iter().map(|coded| Input {
        doc: coded.document.id.clone(),
        file: coded.document.file.clone(),
        sha256: coded.document.sha256.clone(),
    });
    let unread = analysis.unread.iter().map(|left| Left { file: left.file.clone(), reason: left.reason.en.clone() });
    let program = Program {
        name: env!("CARGO_PKG_NAME").into(),
        version: env!("CARGO_PKG_VERSION").into(),
        models: crate::shipped::digests(),
    };
    let settings = serde_json::to_value(settings).expect("settings are plain values");
    let warnings = english(&analysis.warnings).map(str::to_owned).collect();
    let (inputs, unread) = (inputs.collect(), unread.collect());
    let ran = Manifest { program, settings, files: used, inputs, unread, warnings, environment, ..Manifest::default() };
    ran.sealed(folder)
}

/// The inputs, the list of documents and the settings of an earlier run, taken from its manifest.
fn locked(path: &Path, args: &Run, settings: &mut Settings) -> Result<(Vec<PathBuf>, Option<PathBuf>)> {
    let earlier = Manifest::read(path)?;
    let refuse = |what: String, remedy: &str| {
        Err(Error::Input(Trouble::at(path, format!("the run cannot be repeated: {what}")).remedy(remedy)))
    };
    let version = env!("CARGO_PKG_VERSION");
    if earlier.program.version != version {
        return refuse(
            format!("it was made by version {}, this is {version}", earlier.program.version),
            "install that version, or run without --locked",
        );
    }
    if earlier.program.models != crate::shipped::digests() {
        return refuse("the models inside the program have changed".into(), "build the same commit again");
    }
    if earlier.computed_digest() != earlier.digest {
        return refuse("the manifest was edited".into(), "take the manifest as the run wrote it");
    }
    *settings = serde_json::from_value(earlier.settings.clone()).map_err(|error| {
        Error::Input(Trouble::at(path, format!("the settings in the manifest do not read: {error}")))
    })?;
    let inputs = match args.inputs.is_empty() {
        true => earlier.environment.arguments.iter().map(PathBuf::from).collect(),
        false => args.inputs.clone(),
    };
    Ok((inputs, args.documents.clone().or(earlier.environment.documents.map(PathBuf::from))))
}

/// Refuses documents and files of the user's own that are not those in the manifest.
fn same_inputs(path: &Path, corpus: &Corpus, used: &[Used]) -> Result<()> {
    let earlier = Manifest::read(path)?;
    let mut changes = changed_files(&earlier, used);
    changes.extend(changed_inputs(&earlier, corpus));
    let told = match changes.as_slice() {
        [] => return Ok(()),
        [only] => only.clone(),
        [first, ..] => format!("{first} ({} changes in all)", changes.len()),
    };
    Err(Error::Input(
        Trouble::at(path, format!("the run cannot be repeated: {told}"))
            .remedy("put the inputs back as they were, or run without --locked"),
    ))
}

fn tell(analysis: &Analysis, out: &Path, voice: &Voice) {
    for left in &analysis.unread {
        voice.warn(&format!("left out: {}: {}", left.file, left.reason.en));
    }
    voice.warnings(&analysis.warnings);
    english(&analysis.lexicon).for_each(|line| voice.say(line));
    for row in &analysis.funnel {
        voice.say(&format!("{:>16}  {} {}", row.stage, row.count, row.unit));
    }
    let measures: usize = analysis
        .documents
        .iter()
        .flat_map(|coded| &coded.measures)
        .filter(|measure| measure.measure.part == analysis.part)
        .count();
    voice.say(&format!(
        "{} documents, {} sentences, {measures} measures, {} clusters",
        analysis.documents.len(),
        analysis.documents.iter().map(|coded| coded.outline.sentences.len()).sum::<usize>(),
        analysis.clusters.len(),
    ));
    voice.say(&format!(
        "open {} and the pictures in {}; the tables are in {}",
        out.join("report.html").display(),
        out.join("charts").display(),
        out.join("tables").display()
    ));
}
