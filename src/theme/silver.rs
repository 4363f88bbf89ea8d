//! Silver labels: sentences of an unlabelled corpus that a trained coder labels for the next one.
//!
//! The second stage reads headings and blocks, so it is sure of many sentences whose own wording the first stage has never
//! seen. Those teach the first stage new words (self-training, Yarowsky 1995). Silver counts less than a hand label.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::judge::ThemeModel;
use super::train::{Silver, kinds};
use crate::outline::Outline;

/// How silver labels are chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct SilverParams {
    /// The least probability of the teacher's call.
    pub least_p: f32,
    /// The most sentences a theme.
    pub per_theme: usize,
    /// What one counts in training.
    pub weight: f32,
    /// Draws the sentences.
    pub seed: u64,
}

impl Default for SilverParams {
    fn default() -> Self {
        SilverParams { least_p: 0.85, per_theme: 2000, weight: 0.15, seed: 1 }
    }
}

/// Sentences shorter than this many bytes say too little alone.
const LEAST_BYTES: usize = 24;

/// Draws silver sentences from documents, at most `per_theme` a theme, each text once, in the order of their drawing.
///
/// The draw goes by a seeded hash of the text, so neither the order of the documents nor a copy of one changes it.
pub fn draw(teacher: &ThemeModel, documents: &[(&str, &Outline)], params: &SilverParams) -> Vec<Silver> {
    let mut drawn: Vec<BTreeMap<(u64, String), ()>> = vec![BTreeMap::new(); teacher.ids().len()];
    for (text, outline) in documents {
        let kinds = kinds(outline, &[]);
        for (sentence, call) in outline.sentences.iter().zip(teacher.judge(text, outline, &kinds)) {
            let own = sentence.span.of(text);
            if call.p < params.least_p || own.len() < LEAST_BYTES {
                continue;
            }
            let kept = &mut drawn[usize::from(call.theme)];
            let key = xxh3_64_with_seed(own.as_bytes(), params.seed);
            let worst = kept.last_key_value().map_or(u64::MAX, |((key, _), ())| *key);
            if kept.len() < params.per_theme || key < worst {
                kept.insert((key, own.to_string()), ());
                if kept.len() > params.per_theme {
                    kept.pop_last();
                }
            }
        }
    }
    let theme_of = |(theme, kept): (usize, BTreeMap<(u64, String), ()>)| {
        kept.into_keys().map(move |(_, text)| Silver { text, theme: theme as u16, weight: params.weight })
    };
    drawn.into_iter().enumerate().flat_map(theme_of).collect()
}
