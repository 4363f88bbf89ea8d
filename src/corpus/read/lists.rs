//! Every `documents.csv`, by the folder it speaks of.

use crate::corpus::documents_csv::Listing;
use crate::corpus::hints::UserFields;
use crate::corpus::walk::{DOCUMENTS_CSV, Walked};
use crate::error::Result;
use crate::notice::Notice;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The lists that speak of the documents of one reading.
#[derive(Default)]
pub(super) struct Lists {
    /// The one that the user named: it speaks of all documents.
    pub named: Option<Listing>,
    /// Those that lie beside the files, by their folder.
    pub beside: BTreeMap<PathBuf, Listing>,
    /// The folders that were read as a whole, whose lists must fit.
    pub whole: BTreeSet<PathBuf>,
}

impl Lists {
    /// Reads the lists beside the files, unless one was named; a list is no document, even if it was named as an input.
    pub fn look_beside(&mut self, walked: &mut Walked, named: Option<&Path>) -> Result<()> {
        self.whole.append(&mut walked.folders);
        if let Some(path) = named.and_then(|path| path.canonicalize().ok()) {
            walked.files.retain(|found| found.path.canonicalize().map_or(true, |found| found != path));
        } else {
            let folders: BTreeSet<&PathBuf> = walked.files.iter().map(|found| &found.folder).collect();
            for folder in folders {
                let path = folder.join(DOCUMENTS_CSV);
                if path.is_file() {
                    self.beside.insert(folder.clone(), Listing::read(&path)?);
                }
            }
        }
        walked.files.retain(|found| found.id != DOCUMENTS_CSV);
        Ok(())
    }

    /// What the user says of the document `id` in `folder`.
    pub fn about(&self, folder: &Path, id: &str) -> UserFields {
        let list = self.named.as_ref().or_else(|| self.beside.get(folder));
        list.and_then(|list| list.about(id)).cloned().unwrap_or_default()
    }

    /// The lists that were read, with their hashes, sorted.
    pub fn hashed(&self) -> Vec<(String, String)> {
        let mut hashed: Vec<_> = self.named.iter().chain(self.beside.values()).map(Listing::hashed).collect();
        hashed.sort();
        hashed
    }

    /// What the lists that must fit say in vain.
    pub fn unused(&self) -> Vec<Notice> {
        let beside = self.beside.iter().filter(|(folder, _)| self.whole.contains(*folder)).map(|(_, list)| list);
        self.named.iter().chain(beside).flat_map(Listing::unused).collect()
    }
}
