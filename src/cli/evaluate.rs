//! `cezhong evaluate`: hand labels in, figures on held-out documents out.

use std::path::Path;
use std::process::ExitCode;

use crate::chart::{Lang, Size, Style};
use crate::cli::args::{Evaluate, Grouping};
use crate::cli::files;
use crate::cli::shown::{Voice, print};
use crate::cli::train::{codebook, for_a_table, refuse, with_documents};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::sheet::Sheet;
use crate::evaluate::texts;
use crate::progress::Progress;
use crate::theme;
use crate::trial::{self, Group, Params, Sources, TextTrial, Trial};

/// Prints the figures; writes tables, charts and coded sentences where that is asked for.
pub fn evaluate(args: &Evaluate, voice: &Voice) -> Result<ExitCode> {
    if args.folds < 2 {
        let what = format!("--folds {}", args.folds);
        return Err(Error::Settings(Trouble::new(what).remedy("judge with two folds or more")));
    }
    let lang = match args.lang.as_str() {
        "zh" => Lang::Zh,
        "en" => Lang::En,
        other => {
            let trouble = Trouble::new(format!("--lang {other} is not known"));
            return Err(Error::Settings(trouble.remedy("choose zh or en")));
        }
    };
    let progress = voice.progress();
    progress.stage("reading labels and documents")?;
    let group = match args.group {
        Grouping::Document => Group::Document,
        Grouping::Place => Group::Place,
        Grouping::Level => Group::Level,
    };
    let params = Params { folds: args.folds, group, seed: args.seed, seeds: args.seeds, ..Params::default() };
    let labelled = &args.labelled;
    if texts::is_table(&labelled.labels[0])? {
        return table(args, &progress, voice);
    }
    with_documents(labelled)?;
    let book = match (args.seeds, &labelled.codebook) {
        (true, None) => theme::township_seeds(),
        _ => codebook(labelled)?,
    };
    let sources = Sources {
        labels: &labelled.labels,
        train_only: &args.train_only,
        corpus: &labelled.corpus,
        silver: &labelled.silver,
    };
    let trial = Trial::read(&sources, book, params)?;
    let folds = trial.folds()?;
    let coded = trial.coded(&folds, &progress)?;
    progress.stage("making the figures")?;
    let verdict = trial::verdict(&trial, &coded, |_| true);
    let mut sheets = trial::sheets(&trial, &coded, &verdict);
    if args.curve {
        sheets.push(trial::curve_sheet(&trial::learning_curve(&trial, &folds, &coded, &progress)?));
    }
    if args.ablation {
        sheets.push(trial::ablation_sheet(&trial::ablation(&trial, &folds, &coded, &progress)?));
    }
    if args.transfer {
        sheets.push(trial::transfer_sheet(&trial::transfer(&trial, &progress)?));
    }
    if let Some(path) = &args.write {
        let mut bytes = Vec::new();
        trial::sentences_csv(&trial, &coded, &mut bytes)?;
        files::write_to(path, &bytes)?;
    }
    if let Some(folder) = &args.out {
        progress.stage("drawing charts")?;
        let style = Style { lang, size: Size::Screen };
        for (name, drawing) in trial::charts(&trial, &verdict, &style)? {
            files::write(folder, &format!("{name}.svg"), drawing.outlined()?.as_bytes())?;
            files::write(folder, &format!("{name}.png"), &drawing.png(style.dots())?)?;
        }
    }
    progress.done();
    show(&sheets, args.out.as_deref())?;
    if let Some(folder) = &args.out {
        voice.say(&format!("wrote {} tables and the charts to {}", sheets.len(), folder.display()));
    }
    if let Some(path) = &args.write {
        voice.say(&format!("wrote {}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Judges a table of texts.
fn table(args: &Evaluate, progress: &Progress, voice: &Voice) -> Result<ExitCode> {
    let asked = [
        (args.transfer, "--transfer"),
        (args.curve, "--curve"),
        (args.ablation, "--ablation"),
        (args.write.is_some(), "--write"),
        (args.seeds, "--seeds"),
        (args.group != Grouping::Document, "--group"),
        (!args.train_only.is_empty(), "--train-only"),
    ];
    refuse(&args.labelled.labels[0], &asked)?;
    for_a_table(&args.labelled)?;
    let trial = TextTrial::read(&args.labelled.labels, args.labelled.words)?;
    trial.doubts().iter().for_each(|doubt| voice.warn(doubt));
    let report = trial.judge(args.folds, args.seed, progress)?;
    progress.done();
    show(&trial::text_sheets(&report, &args.labelled.labels[0]), args.out.as_deref())?;
    if let Some(folder) = &args.out {
        voice.say(&format!("wrote the tables to {}", folder.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The sheets that are too long for a terminal; they are in the folder.
const LONG: [&str; 1] = ["risk"];

/// Prints the sheets, and writes them as csv into `folder`.
pub(super) fn show(sheets: &[Sheet], folder: Option<&Path>) -> Result<()> {
    for sheet in sheets {
        if !LONG.contains(&sheet.name.as_str()) {
            print(&sheet.text())?;
        }
        if let Some(folder) = folder {
            files::write(folder, &format!("{}.csv", sheet.name), &sheet.csv())?;
        }
    }
    Ok(())
}
