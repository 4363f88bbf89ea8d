//! A classifier for any labelled table of texts: the first stage alone, with calibrated probabilities.
//!
//! Its file is a magic line, one line of JSON, then grams, idf, weights and intercepts as in the coder's file.

use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::calibrate::{self, RiskPoint};
use super::model_file::{Numbers, write_wording};
use super::recipe::{FOLDS, Recipe};
use super::wording::{Example, Scratch, Wording, most, softmax};
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
    rows: usize,
    risk: Vec<RiskPoint>,
}

/// What a text is called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Classified<'a> {
    /// The most probable label; of a text of which nothing is known, the one that is most probable before it is read.
    pub label: &'a str,
    /// Its probability; one over the number of labels where nothing is known.
    pub p: f32,
    /// Whether any gram of the text is known.
    pub known: bool,
}

/// Between which the logarithm of the temperature is sought: the scores of a squared hinge lie near −1 and 1, and of many classes must
/// be stretched far.
const TEMPERATURES: (f64, f64) = (-7.0, 2.0);

/// The first line of a model file; the number is the version of the format.
const MAGIC: &str = "cezhong-text 1\n";

/// What stands in the JSON line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    labels: Vec<String>,
    words: bool,
    grams: usize,
    rows: usize,
    temperature: f32,
    /// (threshold, coverage, error) of held-out rows.
    risk: Vec<(f32, f32, f32)>,
}

impl TextClassifier {
    /// Trains on labelled texts; `path` is named in errors. The labels come out sorted. `words` says that the texts are words
    /// parted by blanks, which are then read as words; else they are read by their characters.
    ///
    /// How it is learned is chosen by held-out rows (`recipe.rs`); the temperature is fitted on one fold in four that the trained
    /// weights of the other three judge.
    ///
    /// # Errors
    /// [`Error::Labels`] where fewer than two different labels stand in the table, or more than 65,535.
    pub fn train(rows: &[Labelled<'_>], words: bool, path: &Path) -> Result<TextClassifier> {
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
        let recipe = Recipe::choose(&examples, &groups, labels.len(), words);
        let folds = grouped(&groups, FOLDS, 1);
        let (held, rest): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|&i| folds[i] == 0);
        let (mut temperature, mut risk) = (1.0, Vec::new());
        if !rest.is_empty() {
            let kept: Vec<Example<'_>> = rest.iter().map(|&i| examples[i]).collect();
            let model = recipe.train(&kept, rows.len(), labels.len(), words);
            let mut scores = vec![0.0; held.len() * labels.len()];
            scores.par_chunks_mut(labels.len()).zip(&held).for_each_init(Scratch::default, |scratch, (slot, &i)| {
                model.scores(examples[i].text, scratch, slot);
            });
            let targets: Vec<u16> = held.iter().map(|&i| examples[i].class).collect();
            temperature = calibrate::temperature_within(&scores, &targets, labels.len(), TEMPERATURES);
            let calls: Vec<(f32, bool)> = scores
                .chunks_mut(labels.len())
                .zip(&targets)
                .map(|(scores, &target)| {
                    let (best, p) = calibrated(scores, temperature);
                    (p, best == usize::from(target))
                })
                .collect();
            risk = calibrate::risk_table(&calls);
        }
        let wording = recipe.train(&examples, rows.len(), labels.len(), words);
        Ok(TextClassifier { labels, wording, temperature, rows: rows.len(), risk })
    }

    /// The labels, sorted.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The probability of each label, in the order of [`Self::labels`]; all alike where no gram of the text is known.
    pub fn probabilities(&self, text: &str) -> Vec<f32> {
        match self.read_text(text) {
            (probabilities, true) => probabilities,
            (_, false) => vec![1.0 / self.labels.len() as f32; self.labels.len()],
        }
    }

    /// The probability below which a call is abstained, so that the accepted ones were wrong in at most `error` of the held-out
    /// rows; above 1 where no part of them was that good.
    pub fn threshold_for_error(&self, error: f32) -> f32 {
        calibrate::threshold_for_error(&self.risk, error)
    }

    /// The probability below which a call is abstained, so that `coverage` of the held-out rows was accepted.
    pub fn threshold_for_coverage(&self, coverage: f32) -> f32 {
        calibrate::threshold_for_coverage(&self.risk, coverage)
    }

    /// The bytes of the model file; the same model gives the same bytes.
    pub fn write(&self) -> Vec<u8> {
        let header = Header {
            labels: self.labels.clone(),
            words: self.wording.words,
            grams: self.wording.grams(),
            rows: self.rows,
            temperature: self.temperature,
            risk: self.risk.iter().map(|point| (point.threshold, point.coverage, point.error)).collect(),
        };
        let mut bytes = MAGIC.as_bytes().to_vec();
        bytes.extend(serde_json::to_vec(&header).expect("a header of plain fields is JSON"));
        bytes.push(b'\n');
        write_wording(&self.wording, &mut bytes);
        bytes
    }

    /// Whether bytes begin as a file of this kind does, of any version.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(b"cezhong-text ")
    }

    /// Reads a model file; `path` is named in errors.
    ///
    /// # Errors
    /// [`Error::Model`] for another magic line or version, a header that does not parse, a length that does not fit, grams that do
    /// not rise, and numbers that are not finite.
    pub fn read(bytes: &[u8], path: &Path) -> Result<TextClassifier> {
        let wrong = |what: String| {
            let remedy = "train it again with `cezhong train --labels TABLE`";
            Error::Model(Trouble::at(path, what).remedy(remedy))
        };
        let Some(rest) = bytes.strip_prefix(MAGIC.as_bytes()) else {
            let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
            let line = String::from_utf8_lossy(&line[..line.len().min(40)]).into_owned();
            return Err(wrong(format!("the first line is “{line}”, not “{}”", MAGIC.trim_end())));
        };
        let end = rest.iter().position(|&byte| byte == b'\n').ok_or_else(|| wrong("the header does not end".into()))?;
        let header: Header = serde_json::from_slice(&rest[..end])
            .map_err(|error| wrong(format!("the header does not parse: {error}")))?;
        if header.labels.len() < 2 || !header.labels.is_sorted_by(|a, b| a < b) {
            return Err(wrong(format!("{} labels, which must be two or more and rise", header.labels.len())));
        }
        if !(header.temperature.is_finite() && header.temperature > 0.0) {
            return Err(wrong(format!("the temperature is {}", header.temperature)));
        }
        let mut numbers = Numbers { bytes: &rest[end + 1..] };
        let wording = numbers.wording(header.grams, header.labels.len(), header.words).map_err(&wrong)?;
        if !numbers.bytes.is_empty() {
            return Err(wrong(format!("{} bytes stand behind the weights", numbers.bytes.len())));
        }
        let point = |(threshold, coverage, error)| RiskPoint { threshold, coverage, error };
        let risk = header.risk.into_iter().map(point).collect();
        Ok(TextClassifier { labels: header.labels, wording, temperature: header.temperature, rows: header.rows, risk })
    }

    /// The most probable label; the first among equals.
    pub fn classify(&self, text: &str) -> Classified<'_> {
        let (scores, known) = self.read_text(text);
        let best = most(&scores);
        let p = if known { scores[best] } else { 1.0 / self.labels.len() as f32 };
        Classified { label: &self.labels[best], p, known }
    }

    /// The calibrated probabilities of a text, and whether any gram of it is known.
    fn read_text(&self, text: &str) -> (Vec<f32>, bool) {
        let (mut scores, mut scratch) = (vec![0.0; self.labels.len()], Scratch::default());
        self.wording.scores(text, &mut scratch, &mut scores);
        calibrated(&mut scores, self.temperature);
        (scores, !scratch.row().is_empty())
    }
}

/// Turns scores into calibrated probabilities; the most probable class and its probability.
fn calibrated(scores: &mut [f32], temperature: f32) -> (usize, f32) {
    scores.iter_mut().for_each(|score| *score /= temperature);
    softmax(scores);
    let best = most(scores);
    (best, scores[best])
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
        let model = TextClassifier::train(&rows, false, Path::new("t.csv")).unwrap();
        assert_eq!(model.labels(), ["果", "路"]);
        let Classified { label, p, known } = model.classify("发展桃树");
        assert!(label == "果" && p > 0.6 && known, "{label} {p}");
        let nothing = model.classify("xyz");
        assert!(!nothing.known && nothing.p == 0.5 && model.probabilities("") == [0.5, 0.5], "{nothing:?}");
        assert!((model.probabilities("发展桃树").iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let again = TextClassifier::read(&model.write(), Path::new("text.model")).unwrap();
        assert_eq!(again, model, "the file gives back what was written");
    }

    #[test]
    fn damage_and_other_versions_are_named() {
        let rows = ["桃", "路"].map(|text| Labelled { text, label: text, doc: None });
        let bytes = TextClassifier::train(&rows, false, Path::new("t.csv")).unwrap().write();
        let told = |bytes: &[u8]| TextClassifier::read(bytes, Path::new("m")).unwrap_err().to_string();
        assert!(told(b"cezhong-text 9\n{}").starts_with("m: the first line is “cezhong-text 9”, not “cezhong-text 1”"));
        assert!(told(&bytes[..bytes.len() - 1]).contains("are missing at the end"));
        assert!(told(&[bytes.as_slice(), b"x"].concat()).contains("1 bytes stand behind the weights"));
    }

    #[test]
    fn words_parted_by_blanks_are_read_as_words() {
        let texts = ["plant peach trees", "prune peach trees", "pave village roads", "repair village roads"];
        let rows: Vec<Labelled<'_>> = (0..16)
            .map(|i| Labelled { text: texts[i % 4], label: if i % 4 < 2 { "fruit" } else { "road" }, doc: None })
            .collect();
        let model = TextClassifier::train(&rows, true, Path::new("t.csv")).unwrap();
        assert_eq!((model.classify("peach").label, model.classify("roads").label), ("fruit", "road"));
        assert_eq!(model.probabilities("peac")[0], model.probabilities("xyz")[0], "no part of a word is known");
        assert_eq!(TextClassifier::read(&model.write(), Path::new("m")).unwrap(), model);
    }

    #[test]
    fn one_label_is_refused_in_words() {
        let rows = [Labelled { text: "桃", label: "果", doc: None }];
        let error = TextClassifier::train(&rows, false, Path::new("t.csv")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: 1 different labels in 1 rows; a classifier needs two labels or more, in the column “label”"
        );
    }
}
