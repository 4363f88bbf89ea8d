//! `cezhong verify`: is the out folder what its run wrote?

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::args::Verify;
use crate::cli::shown::{Voice, print};
use crate::corpus;
use crate::error::Result;
use crate::manifest;
use crate::settings::Settings;

/// The exit code when something differs.
const DIFFERS: u8 = 1;

/// Prints what differs from the manifest; exit code 1 when anything does.
pub fn verify(args: &Verify, voice: &Voice) -> Result<ExitCode> {
    let (manifest, mut changes) = manifest::verify(&args.out)?;
    let settings: Settings = serde_json::from_value(manifest.settings.clone()).unwrap_or_default();
    let intact = changes.is_empty();
    let inputs: Vec<PathBuf> = match args.inputs.is_empty() {
        true => manifest.environment.arguments.iter().map(PathBuf::from).collect(),
        false => args.inputs.clone(),
    };
    let documents = manifest.environment.documents.as_ref().map(PathBuf::from);
    match corpus::read_or_sample(&inputs, documents.as_deref(), &settings.read) {
        Ok(corpus) => {
            changes.extend(manifest::changed_files(&manifest, &manifest::used(&settings, &corpus)));
            changes.extend(manifest::changed_inputs(&manifest, &corpus));
        }
        Err(error) => {
            if intact {
                voice.say(
                    "the outputs are as the manifest says; name the inputs behind the folder if they lie elsewhere",
                );
            }
            changes.push(format!("the inputs cannot be read again: {error}"));
        }
    }
    for change in &changes {
        print(change)?;
    }
    if changes.is_empty() {
        voice.say(&format!(
            "{} files and {} documents are as the manifest says (digest {})",
            manifest.outputs.len(),
            manifest.inputs.len(),
            &manifest.digest[..16]
        ));
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::from(DIFFERS))
}
