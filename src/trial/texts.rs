//! A trial on any labelled table of texts.

use std::path::{Path, PathBuf};

use super::sheets;
use crate::error::{Error, Result, Trouble};
use crate::evaluate::folds::grouped;
use crate::evaluate::report::{self, Pair, Report};
use crate::evaluate::sheet::Sheet;
use crate::evaluate::texts::{TextRow, labelled};
use crate::progress::Progress;
use crate::theme::{Classified, Labelled, TextClassifier};

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

    /// What makes figures doubtful: rows that say the same in different groups stand on both sides of a fold, and a label that
    /// stands once is never judged by a model that knows it. Full sentences.
    pub fn doubts(&self) -> Vec<String> {
        let mut texts: Vec<(&str, Option<&str>)> =
            self.rows.iter().map(|row| (row.text.trim(), row.doc.as_deref())).filter(|row| !row.0.is_empty()).collect();
        texts.sort_unstable();
        // Rows without a document are groups of their own.
        let repeats = |same: &[(&str, Option<&str>)]| same.iter().any(|row| row.1.is_none() || row.1 != same[0].1);
        let groups = texts.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1 && repeats(same));
        let repeated: usize = groups.map(|same| same.len() - 1).sum();
        let blank = self.rows.len() - texts.len();
        let mut labels: Vec<&str> = self.rows.iter().filter_map(|row| row.label.as_deref()).collect();
        labels.sort_unstable();
        let once = labels.chunk_by(|a, b| a == b).filter(|same| same.len() == 1).count();
        let told = [
            (repeated, "rows that repeat an earlier text, and flatter the figures where a fold parts them"),
            (blank, "rows without a text"),
            (once, "labels that stand once, and are judged by models that do not know them"),
        ];
        told.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what}: {count}")).collect()
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
        if ids.len() < 2 {
            let trouble = Trouble::at(&self.path, format!("all {} rows have the same label", self.rows.len()));
            return Err(Error::Labels(trouble.remedy("a classifier needs two labels or more, in the column “label”")));
        }
        let fold_of = grouped(&groups, folds, seed);
        let labels_without = |fold: usize| {
            let mut kept = self.rows.iter().zip(&fold_of).filter(|(_, of)| **of != fold).map(|(row, _)| &row.label);
            let first = kept.next();
            first.is_some() && kept.any(|label| Some(label) != first)
        };
        if let Some(fold) = (0..folds).find(|&fold| fold_of.contains(&fold) && !labels_without(fold)) {
            let what = format!("without fold {} of {folds} only one label is left to train on", fold + 1);
            return Err(Error::Labels(Trouble::at(&self.path, what).remedy("label more rows, or take other --folds")));
        }
        let class = |label: &str| ids.binary_search_by(|id| id.as_str().cmp(label)).unwrap_or_default();
        let mut pairs = Vec::with_capacity(self.rows.len());
        for fold in 0..folds {
            progress.stage(&format!("training without fold {} of {folds}", fold + 1))?;
            if !fold_of.contains(&fold) {
                continue;
            }
            let model = self.train_on(&|i| fold_of[i] != fold)?;
            for (i, row) in self.rows.iter().enumerate().filter(|&(i, _)| fold_of[i] == fold) {
                let Classified { label: call, p, .. } = model.classify(&row.text);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(rows: &[(&str, &str, Option<&str>)]) -> TextTrial {
        let row = |&(text, label, doc): &(&str, &str, Option<&str>)| TextRow {
            text: text.into(),
            label: Some(label.into()),
            doc: doc.map(str::to_owned),
            line: 0,
        };
        TextTrial { rows: rows.iter().map(row).collect(), path: "t.csv".into(), words: false }
    }

    #[test]
    fn doubts_count_what_they_say() {
        let told = trial(&[("桃", "果", None), ("桃 ", "果", None), ("", "路", None)]).doubts();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            told[0].ends_with("a fold parts them: 1")
                && told[1] == "rows without a text: 1"
                && told[2].ends_with("do not know them: 1")
        );
        let one_document = [("桃", "果", Some("a")), ("桃", "果", Some("a")), ("路", "路", None), ("修路", "路", None)];
        assert_eq!(trial(&one_document).doubts(), Vec::<String>::new(), "copies in one document are never parted");
    }

    #[test]
    fn too_few_labels_are_said_with_the_table_s_own_counts() {
        let told =
            |rows: &[(&str, &str, Option<&str>)]| trial(rows).judge(5, 1, &Progress::silent()).unwrap_err().to_string();
        assert!(told(&[("桃", "果", None), ("李", "果", None)]).starts_with("t.csv: all 2 rows have the same label"));
        assert!(told(&[("桃", "果", None), ("路", "路", None)]).contains("only one label is left to train on"));
    }
}
