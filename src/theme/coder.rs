//! The coder in force: trained, or knowing seed terms alone.

use super::judge::{ThemeCall, ThemeModel};
use super::seed_coder::SeedCoder;
use crate::codebook::Kind;
use crate::outline::Outline;

/// What codes themes in a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Coder {
    /// Trained on labels.
    Trained(Box<ThemeModel>),
    /// A codebook's seed terms, without labels.
    Seeds(Box<SeedCoder>),
}

/// A document's calls, and why each was made where that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasoned {
    /// A theme for every sentence.
    pub calls: Vec<ThemeCall>,
    /// What weighed most for each, joined by ` | `; empty where it was not asked for.
    pub because: Vec<String>,
}

impl Coder {
    /// Whether it knows no labels, but seed terms.
    pub fn by_seeds(&self) -> bool {
        matches!(self, Coder::Seeds(_))
    }

    /// The probability below which calls are abstained.
    pub fn threshold(&self) -> f32 {
        match self {
            Coder::Trained(model) => model.threshold(),
            Coder::Seeds(coder) => coder.threshold(),
        }
    }

    /// The coder for a corpus with these sentences: a trained one is as it is, seeds learn the words beside them.
    pub fn fitted<'t>(&self, sentences: impl FnOnce() -> Vec<&'t str>) -> Option<Coder> {
        match self {
            Coder::Trained(_) => None,
            Coder::Seeds(coder) => Some(Coder::Seeds(Box::new(coder.fitted(&sentences())))),
        }
    }

    /// A theme for every sentence of `outline`, with reasons where `why`.
    ///
    /// # Panics
    /// If there are not as many kinds as sentences.
    pub fn code(&self, text: &str, outline: &Outline, kinds: &[Kind], why: bool) -> Reasoned {
        assert_eq!(outline.sentences.len(), kinds.len(), "one kind a sentence");
        match self {
            Coder::Trained(model) => {
                let reading = model.read_document(text, outline, kinds);
                let calls = reading.calls();
                let because = match why {
                    true => {
                        let mut reasons = reading.reasons();
                        (0..calls.len()).map(|i| reasons.because(i, calls[i].theme).join(" | ")).collect()
                    }
                    false => Vec::new(),
                };
                Reasoned { calls, because }
            }
            Coder::Seeds(coder) => {
                let calls = coder.judge(text, outline, kinds);
                let because = match why {
                    true => {
                        (0..calls.len()).map(|i| coder.because(text, outline, i, calls[i].theme).join(" | ")).collect()
                    }
                    false => Vec::new(),
                };
                Reasoned { calls, because }
            }
        }
    }
}
