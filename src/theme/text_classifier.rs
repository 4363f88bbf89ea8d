//! A classifier for any labelled table of texts: the first stage alone, with calibrated probabilities.

use std::path::Path;

use super::calibrate;
use super::wording::{self, Example, Scratch, Wording, softmax};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::folds::grouped;

/// A labelled text.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// The text.
    pub text: &'a str,
    /// Its label.
    pub label: &'a str,
    /// What it belongs to; texts of one document are never parted between training and calibration.
    pub doc: Option<&'a str>,
}

/// A trained classifier of texts.
#[derive(Clone, Debug, PartialEq)]
pub struct TextClassifier {
    labels: Vec<String>,
    wording: Wording,
    temperature: f32,
}

/// From this many texts on, a gram must stand in [`LARGE_LEAST_TEXTS`] of them: the weights would not fit memory otherwise.
const LARGE: usize = 20_000;
/// See [`LARGE`].
const LARGE_LEAST_TEXTS: u32 = 5;
/// The folds on which the temperature is fitted.
const FOLDS: usize = 4;

fn params(texts: usize) -> wording::Params {
    let least_texts = if texts >= LARGE { LARGE_LEAST_TEXTS } else { 2 };
    wording::Params { least_texts, ..wording::Params::default() }
}

impl TextClassifier {
    /// Trains on labelled texts; `path` is named in errors. The labels come out sorted.
    ///
    /// The temperature is fitted on one fold in four that the trained weights of the other three judge.
    ///
    /// # Errors
    /// [`Error::Labels`] where fewer than two different labels stand in the table, or more than 65,535.
    pub fn train(rows: &[Labelled<'_>], path: &Path) -> Result<TextClassifier> {
        let mut labels: Vec<String> = rows.iter().map(|row| row.label.to_string()).collect();
        labels.sort_unstable();
        labels.dedup();
        if labels.len() < 2 || labels.len() > usize::from(u16::MAX) {
            let trouble = Trouble::at(path, format!("{} different labels in {} rows", labels.len(), rows.len()));
            return Err(Error::Labels(trouble.remedy("a classifier needs two labels or more, in the column “label”")));
        }
        let class_of =
            |label: &str| labels.binary_search_by(|known| known.as_str().cmp(label)).expect("it is listed") as u16;
        let examples: Vec<Example<'_>> =
            rows.iter().map(|row| Example { text: row.text, class: class_of(row.label), weight: 1.0 }).collect();
        let numbers: Vec<String> = (0..rows.len()).map(|i| i.to_string()).collect();
        let groups: Vec<&str> = rows.iter().zip(&numbers).map(|(row, number)| row.doc.unwrap_or(number)).collect();
        let folds = grouped(&groups, FOLDS, 1);
        let (held, rest): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|&i| folds[i] == 0);
        let temperature = if rest.is_empty() {
            1.0
        } else {
            let kept: Vec<Example<'_>> = rest.iter().map(|&i| examples[i]).collect();
            let model = Wording::train(&kept, labels.len(), &params(kept.len()));
            let mut scores = vec![0.0; held.len() * labels.len()];
            let mut scratch = Scratch::default();
            for (slot, &i) in scores.chunks_mut(labels.len()).zip(&held) {
                model.scores(examples[i].text, &mut scratch, slot);
            }
            let targets: Vec<u16> = held.iter().map(|&i| examples[i].class).collect();
            calibrate::temperature(&scores, &targets, labels.len())
        };
        let wording = Wording::train(&examples, labels.len(), &params(examples.len()));
        Ok(TextClassifier { labels, wording, temperature })
    }

    /// The labels, sorted.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The probability of each label, in the order of [`Self::labels`].
    pub fn probabilities(&self, text: &str) -> Vec<f32> {
        let mut scores = vec![0.0; self.labels.len()];
        self.wording.scores(text, &mut Scratch::default(), &mut scores);
        scores.iter_mut().for_each(|score| *score /= self.temperature);
        softmax(&mut scores);
        scores
    }

    /// The most probable label and its probability; the first among equals.
    pub fn classify(&self, text: &str) -> (&str, f32) {
        let p = self.probabilities(text);
        let best = (0..p.len()).rev().max_by(|&a, &b| p[a].total_cmp(&p[b])).expect("there are two labels or more");
        (&self.labels[best], p[best])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_a_table_and_says_how_sure_it_is() {
        let texts = ["桃树管护", "桃树采摘", "种植桃树", "道路硬化", "道路养护", "修建道路"];
        let rows: Vec<Labelled<'_>> = (0..24)
            .map(|i| Labelled { text: texts[i % 6], label: if i % 6 < 3 { "果" } else { "路" }, doc: None })
            .collect();
        let model = TextClassifier::train(&rows, Path::new("t.csv")).unwrap();
        assert_eq!(model.labels(), ["果", "路"]);
        let (label, p) = model.classify("发展桃树");
        assert!(label == "果" && p > 0.6, "{label} {p}");
        assert!((model.probabilities("发展桃树").iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn one_label_is_refused_in_words() {
        let rows = [Labelled { text: "桃", label: "果", doc: None }];
        let error = TextClassifier::train(&rows, Path::new("t.csv")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: 1 different labels in 1 rows; a classifier needs two labels or more, in the column “label”"
        );
    }
}
