//! `cezhong outline`: the heading tree of one document with kinds and measures, to see why it was cut as it was.

use std::io::Write;
use std::process::ExitCode;

use crate::cli::args::Outline;
use crate::cli::shown::unwritten;
use crate::codebook::Unit;
use crate::corpus::{self, Document};
use crate::error::{Error, Result, Trouble};
use crate::kind::KindModel;
use crate::outline::outline as cut;
use crate::settings::Settings;

/// Characters of a sentence shown unless all are asked for.
const SHOWN: usize = 36;

/// Prints one line a sentence: number, part, unit, kind, how sure, the cue, and the text indented by its headings.
pub fn outline(args: &Outline) -> Result<ExitCode> {
    let corpus = corpus::read(std::slice::from_ref(&args.file), None, &Settings::default().read)?;
    if let Some(left) = corpus.unread.first() {
        return Err(Error::Input(Trouble::at(&args.file, left.reason.en.clone())));
    }
    let model = KindModel::shipped();
    let mut out = std::io::stdout().lock();
    for document in &corpus.documents {
        if let Err(source) = print(document, &model, args.full, &mut out).and_then(|()| out.flush()) {
            unwritten(source).map_or(Ok(()), Err)?;
            break;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print(document: &Document, model: &KindModel, full: bool, out: &mut impl Write) -> std::io::Result<()> {
    let outline = cut(&document.text);
    let calls = model.judge(&document.text, &outline);
    let cues = model.cues(&document.text, &outline, &calls);
    let meta = &document.meta;
    let year = meta.year.map_or("?".to_owned(), |(year, _)| year.to_string());
    writeln!(out, "{}  {} {year}  {}", document.id, meta.place.name, meta.title.as_deref().unwrap_or("?"))?;
    for (n, (sentence, call)) in outline.sentences.iter().zip(&calls).enumerate() {
        let text = sentence.span.of(&document.text);
        let shown: String = match full || text.chars().count() <= SHOWN {
            true => text.to_owned(),
            false => text.chars().take(SHOWN).chain(['…']).collect(),
        };
        let unit = match call.unit {
            Unit::B => "┌",
            Unit::I => "│",
            Unit::O => " ",
        };
        writeln!(
            out,
            "{n:>5} {:<8} {unit} {:<8} {:>4.2}  {}{shown}  [{}]",
            sentence.part.id(),
            call.kind.id(),
            call.p,
            "  ".repeat(sentence.path.len()),
            cues[n],
        )?;
    }
    Ok(())
}
