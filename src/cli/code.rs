//! `cezhong code`: documents or plain sentences in, coded sentences out as csv, nothing fitted.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use crate::analysis::{self, Models};
use crate::cli::args::Code;
use crate::cli::shown::Voice;
use crate::codebook::Kind;
use crate::corpus;
use crate::error::{Error, Result, Trouble};
use crate::outline::outline;
use crate::settings::Settings;

/// What stands for a theme on which the coder abstained.
const UNSURE: &str = "unsure";

/// Prints a row a sentence: doc, n, kind, kind_p, unit, theme, theme_p, text. An abstained theme is `unsure`.
pub fn code(args: &Code, voice: &Voice) -> Result<ExitCode> {
    let mut settings = Settings { model: args.model.clone(), codebook: args.codebook.clone(), ..Settings::default() };
    settings.coder.max_error = args.max_error;
    settings.coder.because = false;
    settings.check()?;
    let models = Models::load(&settings)?;
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    let head = ["doc", "n", "kind", "kind_p", "unit", "theme", "theme_p", "text"];
    let written = out.write_record(head).map_err(closed).and_then(|()| match args.lines {
        true => lines(args, &models, &mut out),
        false => documents(args, &models, &settings, voice, &mut out),
    });
    match written.and_then(|()| out.flush().map_err(|error| closed(error.into()))) {
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

fn closed(error: csv::Error) -> Stopped {
    match error.into_kind() {
        csv::ErrorKind::Io(source) if source.kind() == std::io::ErrorKind::BrokenPipe => Stopped::Pipe,
        csv::ErrorKind::Io(source) => {
            Stopped::Trouble(Error::Output(Trouble::new("standard output cannot be written").source(source)))
        }
        other => Stopped::Trouble(Error::Output(Trouble::new(format!("the csv cannot be written: {other:?}")))),
    }
}

fn documents(
    args: &Code,
    models: &Models,
    settings: &Settings,
    voice: &Voice,
    out: &mut csv::Writer<impl Write>,
) -> std::result::Result<(), Stopped> {
    let corpus = corpus::read(&args.inputs, None, &settings.read)?;
    for left in &corpus.unread {
        voice.warn(&format!("left out: {}: {}", left.file, left.reason));
    }
    for document in corpus.documents {
        let coded = analysis::code(document, models, settings);
        for (n, (sentence, (kind, theme))) in
            coded.outline.sentences.iter().zip(coded.kinds.iter().zip(&coded.themes)).enumerate()
        {
            let theme_id = match theme.abstained {
                true => UNSURE,
                false => models.codebook.themes[theme.theme as usize].id.as_str(),
            };
            out.write_record([
                coded.document.id.as_str(),
                &n.to_string(),
                kind.kind.id(),
                &format!("{:.3}", kind.p),
                kind.unit.id(),
                theme_id,
                &format!("{:.3}", theme.p),
                sentence.span.of(&coded.document.text),
            ])
            .map_err(closed)?;
        }
    }
    Ok(())
}

/// Every line alone: no headings, no neighbours. Kind and unit need a document and are left empty.
fn lines(args: &Code, models: &Models, out: &mut csv::Writer<impl Write>) -> std::result::Result<(), Stopped> {
    for path in &args.inputs {
        let cannot = |source| Error::Input(Trouble::at(path, "the lines cannot be read").source(source));
        let reader: Box<dyn BufRead> = match path.as_os_str() == "-" {
            true => Box::new(std::io::stdin().lock()),
            false => Box::new(std::io::BufReader::new(std::fs::File::open(path).map_err(cannot)?)),
        };
        for (n, line) in reader.lines().enumerate() {
            let line = line.map_err(cannot)?;
            let outline = outline(&line);
            let kinds = vec![Kind::Measure; outline.sentences.len()];
            let calls = models.theme.judge(&line, &outline, &kinds);
            let voices: Vec<_> = calls.iter().collect();
            let (theme, p) = crate::theme::of_measure(&voices, None).unwrap_or((models.codebook.general(), 1.0));
            let id = match p < models.theme.threshold() {
                true => UNSURE,
                false => models.codebook.themes[theme as usize].id.as_str(),
            };
            let row = ["", &n.to_string(), "", "", "", id, &format!("{p:.3}"), &line];
            out.write_record(row).map_err(closed)?;
        }
    }
    Ok(())
}
