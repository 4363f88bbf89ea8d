//! The manifest: what went in, with which settings and models, and what came out, by hash.
//!
//! Everything in it is the same for the same input, settings and program, except the one field `environment`, which
//! is kept apart and enters no hash. `models/manifest.schema.json` describes the file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::corpus::Corpus;
use crate::corpus::document::hex;
use crate::error::{Error, Result, Trouble};
use crate::settings::Settings;

/// The manifest's name in the out folder.
pub const MANIFEST: &str = "manifest.json";

/// The first field of every manifest; a change of the layout gets a new number.
const SCHEMA: &str = "cezhong-manifest/2";
/// How that field begins in every layout.
const ANY_SCHEMA: &str = "cezhong-manifest/";

/// The manifest of one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The layout of this file.
    pub schema: String,
    /// The SHA-256 of the fields `program` to `outputs`, as compact JSON.
    pub digest: String,
    /// The program.
    pub program: Program,
    /// The effective settings, defaults filled in.
    pub settings: serde_json::Value,
    /// The user's own files that the result depends on besides the documents, sorted.
    pub files: Vec<Used>,
    /// The documents that were analysed, sorted.
    pub inputs: Vec<Input>,
    /// The files that were not, with the reason, sorted.
    pub unread: Vec<Left>,
    /// What the run warned of, in a fixed order.
    pub warnings: Vec<String>,
    /// Every file of the out folder but this one, sorted.
    pub outputs: Vec<Output>,
    /// What may differ between two equal runs.
    pub environment: Environment,
}

/// The program and the data that shipped inside it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// `cezhong`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Models and word lists in force: name and SHA-256, sorted by name.
    pub models: Vec<(String, String)>,
}

/// A file of the user's own besides the documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Used {
    /// What it serves as: `codebook`, `model`, `scale`, `lexicon`, `stop_words`, `documents`.
    pub role: String,
    /// The file, as it was named.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// A document that was analysed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The document's id.
    pub doc: String,
    /// The file it came from.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// A file that was left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// The file.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// Its path in the out folder, with `/`.
    pub file: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// When, where and how fast; never hashed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// When the run began, UTC.
    pub started: String,
    /// How long it took.
    pub seconds: f64,
    /// Threads used.
    pub threads: usize,
    /// The operating system and processor.
    pub system: String,
    /// The inputs as they were typed, so that the run can be repeated.
    pub arguments: Vec<String>,
    /// The table of documents that was named, if one was.
    pub documents: Option<String>,
}

impl Manifest {
    /// The manifest of a run whose outputs stand in `folder`: what the run knows, with layout, outputs and digest filled in.
    ///
    /// # Errors
    /// [`Error::Output`] when a file there cannot be read back.
    pub fn sealed(self, folder: &Path) -> Result<Manifest> {
        let mut manifest = Manifest { schema: SCHEMA.to_owned(), outputs: outputs(folder)?, ..self };
        manifest.digest = manifest.computed_digest();
        Ok(manifest)
    }

    /// The digest that the fields give.
    pub fn computed_digest(&self) -> String {
        let hashed =
            (&self.program, &self.settings, &self.files, &self.inputs, &self.unread, &self.warnings, &self.outputs);
        let json = serde_json::to_vec(&hashed).expect("plain records always serialise");
        hex(&Sha256::digest(json))
    }

    /// Writes `manifest.json` into `folder`.
    ///
    /// # Errors
    /// [`Error::Output`] when it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(MANIFEST);
        let mut json = serde_json::to_string_pretty(self).expect("plain records always serialise");
        json.push('\n');
        fs::write(&path, json)
            .map_err(|source| Error::Output(Trouble::at(&path, "the manifest cannot be written").source(source)))
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// [`Error::Input`] when the file is missing, is no manifest, or has the layout of another version.
    pub fn read(path: &Path) -> Result<Manifest> {
        let wrong = |what: &str| Trouble::at(path, what).remedy("name the out folder of a run");
        let bytes =
            fs::read(path).map_err(|source| Error::Input(wrong("the manifest cannot be read").source(source)))?;
        let value: serde_json::Value = serde_json::from_slice(&bytes)
            .map_err(|error| Error::Input(wrong(&format!("this is no manifest: {error}"))))?;
        match value.get("schema").and_then(|schema| schema.as_str()) {
            Some(SCHEMA) => {}
            Some(other) => {
                let trouble = Trouble::at(path, format!("its layout is {other}, this program knows {SCHEMA}"));
                return Err(Error::Input(trouble.remedy("run again, or use the version that wrote it")));
            }
            None => return Err(Error::Input(wrong("this is no manifest: it names no schema"))),
        }
        serde_json::from_value(value).map_err(|error| Error::Input(wrong(&format!("the manifest is damaged: {error}"))))
    }
}

/// The files that the run named by the manifest at `path` wrote, whatever version of the program it was; none where there is no manifest.
pub fn written(path: &Path) -> BTreeSet<String> {
    let manifest: serde_json::Value =
        fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let ours = manifest["schema"].as_str().is_some_and(|schema| schema.starts_with(ANY_SCHEMA));
    let outputs = manifest["outputs"].as_array().into_iter().flatten().filter(|_| ours);
    outputs.filter_map(|output| output["file"].as_str().map(str::to_owned)).collect()
}

/// Every file below `folder` but the manifest, sorted by name.
fn outputs(folder: &Path) -> Result<Vec<Output>> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|error| Error::Output(Trouble::at(folder, format!("cannot be listed: {error}"))))?;
        let Ok(relative) = entry.path().strip_prefix(folder) else { continue };
        let file = relative.to_string_lossy().replace('\\', "/");
        // The lock and other hidden files are not results.
        if entry.file_type().is_dir() || file == MANIFEST || file.starts_with('.') {
            continue;
        }
        found.push((file, entry.into_path()));
    }
    found.sort_unstable();
    let hash = |(file, path): (String, PathBuf)| {
        let (bytes, sha256) =
            hashed(&path).map_err(|source| Error::Output(Trouble::at(&path, "cannot be read back").source(source)))?;
        Ok(Output { file, bytes, sha256 })
    };
    found.into_par_iter().map(hash).collect::<Vec<_>>().into_iter().collect()
}

/// The length and SHA-256 of the file at `path`, read as a stream.
fn hashed(path: &Path) -> std::io::Result<(u64, String)> {
    let mut digest = Sha256::new();
    let bytes = std::io::copy(&mut fs::File::open(path)?, &mut digest)?;
    Ok((bytes, hex(&digest.finalize())))
}

/// What `verify` found to differ, as full sentences; empty when all is as the manifest says.
///
/// # Errors
/// [`Error::Input`] when the folder has no readable manifest.
pub fn verify(folder: &Path) -> Result<(Manifest, Vec<String>)> {
    let manifest = Manifest::read(&folder.join(MANIFEST))?;
    let mut changes = Vec::new();
    if manifest.computed_digest() != manifest.digest {
        changes.push("the manifest itself was edited: its digest does not fit its fields".to_owned());
    }
    if manifest.program.version != env!("CARGO_PKG_VERSION") {
        changes.push(format!(
            "the run was made by version {}, this program is {}",
            manifest.program.version,
            env!("CARGO_PKG_VERSION")
        ));
    }
    let now = outputs(folder)?;
    for was in &manifest.outputs {
        match now.iter().find(|output| output.file == was.file) {
            None => changes.push(format!("{} is missing", was.file)),
            Some(output) if output.sha256 != was.sha256 => changes.push(format!("{} was changed", was.file)),
            Some(_) => {}
        }
    }
    for output in &now {
        if !manifest.outputs.iter().any(|was| was.file == output.file) {
            changes.push(format!("{} was not written by the run", output.file));
        }
    }
    Ok((manifest, changes))
}

/// The user's own files that a run with these settings over this corpus depends on, sorted; one that cannot be read is left out.
pub fn used(settings: &Settings, corpus: &Corpus) -> Vec<Used> {
    let named = settings.files().into_iter().filter_map(|(role, path)| {
        let (_, sha256) = hashed(&path).ok()?;
        Some(Used { role: role.into(), file: path.display().to_string(), sha256 })
    });
    let lists = corpus.lists.iter().cloned();
    let lists = lists.map(|(file, sha256)| Used { role: LIST.into(), file, sha256 });
    let mut used: Vec<Used> = named.chain(lists).collect();
    used.sort();
    used
}

/// What a list of documents serves as.
const LIST: &str = "documents";

/// How the user's own files differ from those in the manifest, as full sentences; empty when they do not. Lists of documents may lie
/// elsewhere, as inputs may: they are compared in their order.
pub fn changed_files(manifest: &Manifest, used: &[Used]) -> Vec<String> {
    let named = |files: &[Used]| -> BTreeMap<String, String> {
        let named = files.iter().filter(|used| used.role != LIST).map(|used| {
            let role = if used.role == "stop_words" { "list of stop words" } else { &used.role };
            (format!("the {role} {}", used.file), used.sha256.clone())
        });
        named.collect()
    };
    let mut changes = changed(&named(&manifest.files), &named(used), |_| false);
    fn lists(files: &[Used]) -> Vec<&Used> {
        files.iter().filter(|used| used.role == LIST).collect()
    }
    let (then, now) = (lists(&manifest.files), lists(used));
    for at in 0..then.len().max(now.len()) {
        changes.extend(match (then.get(at), now.get(at)) {
            (Some(then), Some(now)) if then.sha256 == now.sha256 => None,
            (_, Some(now)) if at < then.len() => Some(format!("the list of documents {} was changed", now.file)),
            (_, Some(now)) => Some(format!("the list of documents {} is new", now.file)),
            (then, None) => then.map(|then| format!("the list of documents {} is no longer there", then.file)),
        });
    }
    changes
}

/// How `corpus` differs from the documents in the manifest, as full sentences; empty when it does not.
pub fn changed_inputs(manifest: &Manifest, corpus: &Corpus) -> Vec<String> {
    let named = |doc: &str| format!("the document {doc}");
    let then = manifest.inputs.iter().map(|input| (named(&input.doc), input.sha256.clone())).collect();
    let now = corpus.documents.iter().map(|document| (named(&document.id), document.sha256.clone())).collect();
    // A document that the run left out (a gate, a duplicate) is no news.
    let left: BTreeSet<String> = manifest.unread.iter().map(|left| named(&left.file)).collect();
    changed(&then, &now, |what| left.contains(what))
}

/// What is gone, changed or new between two sets of hashes by name; `known` says what is not new though it was not there.
fn changed(
    then: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
    known: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut changes = Vec::new();
    for (what, hash) in then {
        match now.get(what) {
            None => changes.push(format!("{what} is no longer there")),
            Some(other) if other != hash => changes.push(format!("{what} was changed")),
            Some(_) => {}
        }
    }
    let new = now.keys().filter(|what| !then.contains_key(*what) && !known(what));
    changes.extend(new.map(|what| format!("{what} is new")));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(folder: &Path) -> Manifest {
        fs::create_dir_all(folder.join("tables")).unwrap();
        fs::write(folder.join("tables/a.csv"), "x\n1\n").unwrap();
        let program = Program { name: "cezhong".into(), version: env!("CARGO_PKG_VERSION").into(), models: vec![] };
        let settings = serde_json::json!({"lang": "zh"});
        let manifest = Manifest { program, settings, ..Manifest::default() }.sealed(folder).unwrap();
        manifest.write(folder).unwrap();
        manifest
    }

    #[test]
    fn an_untouched_folder_verifies() {
        let home = tempfile::tempdir().unwrap();
        let manifest = made(home.path());
        let (read, changes) = verify(home.path()).unwrap();
        assert_eq!((read, changes), (manifest, vec![]));
    }

    #[test]
    fn every_kind_of_change_is_named() {
        let home = tempfile::tempdir().unwrap();
        let mut manifest = made(home.path());
        fs::write(home.path().join("tables/a.csv"), "x\n2\n").unwrap();
        fs::write(home.path().join("b.txt"), "new").unwrap();
        manifest.warnings.push("forged".into());
        manifest.write(home.path()).unwrap();
        let (_, changes) = verify(home.path()).unwrap();
        assert_eq!(changes.len(), 3, "{changes:?}");
    }

    #[test]
    fn the_environment_enters_no_hash() {
        let home = tempfile::tempdir().unwrap();
        let mut manifest = made(home.path());
        manifest.environment.seconds = 99.0;
        assert_eq!(manifest.computed_digest(), manifest.digest);
    }
}
