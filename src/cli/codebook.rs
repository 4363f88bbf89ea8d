//! `cezhong codebook check`: is a codebook fit for use, and for this corpus?

use std::process::ExitCode;

use crate::analysis;
use crate::cli::args::CodebookCommand;
use crate::cli::shown::{Voice, print};
use crate::corpus::{self, ReadParams};
use crate::error::Result;
use crate::settings::Settings;
use crate::theme;

/// The exit code when something was found.
const FOUND: u8 = 1;

/// Prints what the codebook's author should look at; exit code 1 when there is anything.
pub fn codebook(command: &CodebookCommand, voice: &Voice) -> Result<ExitCode> {
    let CodebookCommand::Check { codebook: path, corpus: paths } = command;
    let book = match path {
        Some(_) => Settings { codebook: path.clone(), ..Settings::default() }.codebook()?,
        None => theme::township_seeds(),
    };
    let read = match paths.is_empty() {
        true => corpus::Corpus::default(),
        false => corpus::read(paths, None, &ReadParams::default())?,
    };
    for left in &read.unread {
        voice.warn(&format!("left out: {}: {}", left.file, left.reason.en));
    }
    let sentences = analysis::sentences(&read.documents);
    let findings = theme::check(&book, &sentences);
    for finding in &findings {
        print(&finding.to_string())?;
    }
    let seeds: usize = book.themes.iter().map(|theme| theme.seeds.len()).sum();
    let looked = match paths.is_empty() {
        true => "no documents were named, so only the codebook itself was looked at".to_string(),
        false => format!("{} sentences of {} documents were looked at", sentences.len(), read.documents.len()),
    };
    voice.say(&format!(
        "codebook {} version {}: {} themes, {seeds} seeds, {} findings; {looked}",
        book.name,
        book.version,
        book.themes.len(),
        findings.len()
    ));
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}
