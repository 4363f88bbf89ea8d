//! A trial on any labelled table of texts.

use std::path::{Path, PathBuf};

use super::sheets;
use crate::error::{Error, Result, Trouble};
use crate::evaluate::folds::grouped;
use crate::evaluate::report::{self, Pair, Report};
use crate::evaluate::sheet::Sheet;
use crate::evaluate::texts::{TextRow, labelled};
use crate::progress::Progress;
use crate::theme::{Labelled, TextClassifier};

/// A labelled table.
pub struct TextTrial {
    rows: Vec<TextRow>,
    path: PathBuf,
    words: bool,
}

impl TextTrial {
    /// Reads tables with the columns `text` and `label`, and perhaps `doc`.
    ///
    /// # Errors
    /// Those of [`crate::evaluate::texts::labelled`].
    pub fn read(paths: &[PathBuf], words: bool) -> Result<TextTrial> {
        let path = paths.first().cloned().unwrap_or_default();
        Ok(TextTrial { rows: labelled(paths)?, path, words })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The classifier of all rows.
    ///
    /// # Errors
    /// [`Error::Labels`] where fewer than two labels occur.
    pub fn train(&self) -> Result<TextClassifier> {
        self.train_on(&|_| true)
    }

    fn train_on(&self, which: &dyn Fn(usize) -> bool) -> Result<TextClassifier> {
        let kept: Vec<Labelled<'_>> = (0..self.rows.len())
            .filter(|&i| which(i))
            .map(|i| {
                let row = &self.rows[i];
                Labelled { text: &row.text, label: row.label.as_deref().unwrap_or_default(), doc: row.doc.as_deref() }
            })
            .collect();
        TextClassifier::train(&kept, self.words, &self.path)
    }

    /// The figures of rows each judged by a classifier that has not seen it, nor any row of the same `doc`.
    ///
    /// # Errors
    /// [`Error::Labels`] where fewer than two labels or two groups occur; [`Error::Interrupted`].
    pub fn judge(&self, folds: usize, seed: u64, progress: &Progress) -> Result<Report> {
        // A row without a document is a group of its own; the two sorts of names cannot meet.
        let groups: Vec<(bool, String)> = self
            .rows
            .iter()
            .enumerate()
            .map(|(i, row)| row.doc.clone().map_or((false, format!("{i:09}")), |doc| (true, doc)))
            .collect();
        let mut names: Vec<&(bool, String)> = groups.iter().collect();
        names.sort_unstable();
        names.dedup();
        if names.len() < 2 {
            let trouble = Trouble::at(&self.path, "all rows belong to one document");
            return Err(Error::Labels(trouble.remedy("label more documents, or leave the column doc out")));
        }
        let mut ids: Vec<String> = self.rows.iter().filter_map(|row| row.label.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        let fold_of = grouped(&groups, folds, seed);
        let class = |label: &str| ids.binary_search_by(|id| id.as_str().cmp(label)).unwrap_or_default();
        let mut pairs = Vec::with_capacity(self.rows.len());
        for fold in 0..folds {
            progress.stage(&format!("training without fold {} of {folds}", fold + 1))?;
            if !fold_of.contains(&fold) {
                continue;
            }
            let model = self.train_on(&|i| fold_of[i] != fold)?;
            for (i, row) in self.rows.iter().enumerate().filter(|&(i, _)| fold_of[i] == fold) {
                let (call, p) = model.classify(&row.text);
                let document = names.binary_search(&&groups[i]).unwrap_or_default();
                let label = class(row.label.as_deref().unwrap_or_default());
                pairs.push(Pair { document, label, call: class(call), p: f64::from(p) });
            }
        }
        progress.stage("making the figures")?;
        Ok(report::run(&pairs, &ids, seed))
    }
}

/// With more classes than this no confusion is shown; it is as wide as it is long.
const MOST_SHOWN: usize = 30;

/// The sheets of a table's report.
pub fn text_sheets(report: &Report, path: &Path) -> Vec<Sheet> {
    let title = format!(
        "{}: {} rows of {} documents, each judged by a model that has not seen its document; 95 % intervals by drawing documents",
        path.display(),
        report.sentences,
        report.documents
    );
    let parts = [("label", report)];
    let mut all = vec![sheets::figures(&title, &parts), sheets::classes("label", report)];
    if report.classes.len() <= MOST_SHOWN {
        all.push(sheets::confusion("label", report));
    }
    all.extend([sheets::reliability(&parts), sheets::risk(&parts)]);
    all
}
