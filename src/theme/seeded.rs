//! Codebooks without labels: from seed terms to themes.
//!
//! As in newsmap (Watanabe 2018), sentences that hold seed terms of one theme stand for it, and every gram is weighed by
//! how much oftener it stands in them than elsewhere. Unlike newsmap the outcome is a probability, and a sentence without
//! evidence is left undecided.

use std::collections::BTreeMap;

use super::grams::grams;
use super::train::Silver;
use crate::codebook::{Codebook, ThemeId};

/// What seed terms taught.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedModel {
    classes: usize,
    /// The theme for everything or nothing.
    general: usize,
    /// Log-odds of each gram for each theme, shrunk; by gram.
    weights: BTreeMap<u64, Vec<f32>>,
    /// The seeds, longest first.
    seeds: Vec<(String, ThemeId)>,
    /// The sentences that stood for each theme.
    matched: Vec<usize>,
}

/// A gram must stand in this many matched sentences: fewer say nothing about a theme.
const LEAST: u32 = 3;
/// Added to the sentences that hold a gram and stand for a theme, and to those that were to be expected: it shrinks the logarithm of their
/// ratio towards 0 for rare grams and rare themes.
const SMOOTH: f32 = 1.0;
/// What a seed term in the sentence itself adds for its theme, in log-odds.
const SEED: f32 = 2.0;
/// Grams overlap, so their log-odds are no independent evidence: only this share of their sum counts.
const OVERLAP: f32 = 0.15;
/// What the general theme is ahead by: less evidence than this for any other theme is none.
const NOTHING: f32 = 0.5;

impl SeedModel {
    /// Learns from unlabelled sentences with the seed terms of `book`; themes without seeds are never called.
    pub fn fit(book: &Codebook, sentences: &[&str]) -> SeedModel {
        let classes = book.themes.len();
        let mut seeds: Vec<(String, ThemeId)> = (0u16..)
            .zip(&book.themes)
            .flat_map(|(theme, entry)| entry.seeds.iter().map(move |seed| (seed.clone(), theme)))
            .collect();
        seeds.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let general = usize::from(book.general());
        let mut model = SeedModel { classes, general, weights: BTreeMap::new(), seeds, matched: vec![0; classes] };
        let mut counts: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        let mut seen = Vec::new();
        for sentence in sentences {
            // The last column counts the sentences that stand for no theme: a word that is common there too says nothing.
            let column = model.only_theme(sentence).unwrap_or(classes);
            if let Some(matched) = model.matched.get_mut(column) {
                *matched += 1;
            }
            seen.clear();
            grams(sentence, |gram| seen.push(gram));
            seen.sort_unstable();
            seen.dedup();
            for &gram in &seen {
                counts.entry(gram).or_insert_with(|| vec![0; classes + 1])[column] += 1;
            }
        }
        for (gram, counts) in counts {
            if counts[..classes].iter().sum::<u32>() < LEAST {
                continue;
            }
            let all = counts.iter().sum::<u32>() as f32;
            let odds = |theme: usize| {
                let expected = all * model.matched[theme] as f32 / sentences.len() as f32;
                libm::logf((counts[theme] as f32 + SMOOTH) / (expected + SMOOTH))
            };
            let weights = (0..classes).map(|theme| if model.matched[theme] > 0 { odds(theme) } else { 0.0 }).collect();
            model.weights.insert(gram, weights);
        }
        model
    }

    /// The seeds in the sentence with their themes, longest first; a seed within a longer one that stands there is not meant.
    fn found(&self, sentence: &str) -> Vec<(&str, usize)> {
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        let mut found = Vec::new();
        for (seed, theme) in &self.seeds {
            for (start, _) in sentence.match_indices(seed.as_str()) {
                let place = start..start + seed.len();
                if !taken.iter().any(|other| other.start < place.end && place.start < other.end) {
                    taken.push(place);
                    found.push((seed.as_str(), usize::from(*theme)));
                }
            }
        }
        found
    }

    /// The theme whose seeds alone stand in the sentence.
    fn only_theme(&self, sentence: &str) -> Option<usize> {
        let found = self.found(sentence);
        let &(_, first) = found.first()?;
        found.iter().all(|&(_, theme)| theme == first).then_some(first)
    }

    /// The probability of a theme of which one seed stands in a sentence that says nothing else.
    pub(super) fn of_one_seed(&self) -> f32 {
        let mut scores = vec![0.0; self.classes];
        self.seeds.iter().map(|(_, theme)| usize::from(*theme)).find(|&theme| theme != self.general).map_or(
            1.0,
            |theme| {
                scores[theme] = SEED;
                self.normalised(scores)[theme]
            },
        )
    }

    /// How many sentences stood for each theme.
    pub fn matched(&self) -> &[usize] {
        &self.matched
    }

    /// What seeds and learned grams say for each theme, in log-odds; `None` where nothing in the sentence says anything.
    pub fn scores(&self, sentence: &str) -> Option<Vec<f32>> {
        let mut scores = vec![0.0; self.classes];
        let mut known = 0;
        grams(sentence, |gram| {
            if let Some(weights) = self.weights.get(&gram) {
                known += 1;
                scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += OVERLAP * weight);
            }
        });
        for (_, theme) in self.found(sentence) {
            known += 1;
            scores[theme] += SEED;
        }
        (known > 0).then_some(scores)
    }

    /// The probability of each theme; `None` where nothing in the sentence says anything. Themes without seeds get 0.
    pub fn probabilities(&self, sentence: &str) -> Option<Vec<f32>> {
        self.scores(sentence).map(|scores| self.normalised(scores))
    }

    /// Turns scores into probabilities. The general theme stands for “nothing speaks for any other”, too; [`NOTHING`] is added to what its
    /// own seeds say. Other themes without seeds get 0.
    pub(super) fn normalised(&self, mut scores: Vec<f32>) -> Vec<f32> {
        for (theme, score) in scores.iter_mut().enumerate() {
            if theme == self.general {
                *score += NOTHING;
            } else if !self.seeds.iter().any(|(_, other)| usize::from(*other) == theme) {
                *score = f32::NEG_INFINITY;
            }
        }
        super::wording::softmax(&mut scores);
        scores
    }

    /// The seeds of `theme` that speak in the sentence, longest first, each once.
    pub(super) fn seeds_in(&self, sentence: &str, theme: ThemeId) -> Vec<&str> {
        let mut seeds: Vec<&str> = self
            .found(sentence)
            .into_iter()
            .filter(|&(_, of)| of == usize::from(theme))
            .map(|(seed, _)| seed)
            .collect();
        seeds.dedup();
        seeds
    }

    /// Whether a seed of `theme` speaks in the sentence.
    pub(super) fn speaks(&self, sentence: &str, theme: usize) -> bool {
        self.found(sentence).iter().any(|&(_, of)| of == theme)
    }
}

/// What a seed term counts in training beside a hand label, and what an example counts.
const SEED_WEIGHT: f32 = 0.3;
/// See [`SEED_WEIGHT`]; an example was chosen by the codebook's author, as a label is.
const EXAMPLE_WEIGHT: f32 = 1.0;

/// What a codebook itself says of its themes, as sentences to train on: seed terms and examples; for the township codebook, whose
/// own file names no seeds, those that ship beside it.
///
/// A few hundred terms whose theme is beyond doubt name what a few thousand labelled sentences happen not to hold (docs/coding.md).
pub fn said_by(book: &Codebook) -> Vec<Silver> {
    let shipped = (*book == Codebook::township()).then(township_seeds);
    let book = shipped.as_ref().unwrap_or(book);
    let of = |(theme, entry): (u16, &crate::codebook::Theme)| {
        let said = |text: &String, weight| Silver { text: text.clone(), theme, weight };
        let seeds: Vec<Silver> = entry.seeds.iter().map(|seed| said(seed, SEED_WEIGHT)).collect();
        let examples = entry.examples.iter().map(|example| said(example, EXAMPLE_WEIGHT)).collect::<Vec<_>>();
        seeds.into_iter().chain(examples)
    };
    (0u16..).zip(&book.themes).flat_map(of).collect()
}

/// The seed terms that ship beside the township codebook, whose own file names none, as its model needs none.
const TOWNSHIP_SEEDS: &str = include_str!("../../models/seeds.toml");

/// The township codebook with seed terms.
///
/// # Panics
/// Never: a test reads the embedded file.
pub fn township_seeds() -> Codebook {
    #[derive(serde::Deserialize)]
    struct Seeds {
        seeds: BTreeMap<String, Vec<String>>,
    }
    let mut book = Codebook::township();
    let Seeds { mut seeds } = toml::from_str(TOWNSHIP_SEEDS).expect("the embedded seeds are well formed");
    for theme in &mut book.themes {
        theme.seeds = seeds.remove(&theme.id).unwrap_or_default();
    }
    assert!(seeds.is_empty(), "seeds of a theme that the codebook has not: {seeds:?}");
    book
}

/// Something a codebook's author should look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A theme has no seed terms, so that without labels nothing is ever coded as it.
    NoSeeds {
        /// The theme's id.
        theme: String,
    },
    /// A seed stands in two themes, or within a seed of another theme.
    Overlap {
        /// The seed.
        seed: String,
        /// Its theme.
        theme: String,
        /// The seed it meets.
        other_seed: String,
        /// That seed's theme.
        other: String,
    },
    /// A seed occurs in no sentence.
    NeverOccurs {
        /// The theme's id.
        theme: String,
        /// The seed.
        seed: String,
    },
    /// No sentence holds seeds of this theme alone.
    NobodyUses {
        /// The theme's id.
        theme: String,
    },
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Finding::NoSeeds { theme } => write!(f, "{theme} has no seed terms: without labels nothing is coded as it"),
            Finding::Overlap { seed, theme, other_seed, other } if seed == other_seed => {
                write!(f, "the seed “{seed}” stands in both {theme} and {other}")
            }
            Finding::Overlap { seed, theme, other_seed, other } => {
                write!(f, "the seed “{seed}” of {theme} stands within “{other_seed}” of {other}")
            }
            Finding::NeverOccurs { theme, seed } => write!(f, "the seed “{seed}” of {theme} occurs in no sentence"),
            Finding::NobodyUses { theme } => write!(f, "no sentence holds seeds of {theme} alone"),
        }
    }
}

/// Looks a codebook over: seeds that overlap and themes without seeds, and, where there are sentences, seeds that never occur and
/// themes nobody uses. Sorted.
pub fn check(book: &Codebook, sentences: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let seeds: Vec<(&str, &str)> = book
        .themes
        .iter()
        .flat_map(|theme| theme.seeds.iter().map(|seed| (seed.as_str(), theme.id.as_str())))
        .collect();
    for theme in book.themes.iter().filter(|theme| theme.seeds.is_empty() && theme.id != book.general) {
        findings.push(Finding::NoSeeds { theme: theme.id.clone() });
    }
    for (at, &(seed, theme)) in seeds.iter().enumerate() {
        for (other_at, &(other_seed, other)) in seeds.iter().enumerate() {
            // An equal pair is reported once, from its first seed.
            if theme != other && other_seed.contains(seed) && (seed != other_seed || at < other_at) {
                let [seed, theme, other_seed, other] = [seed, theme, other_seed, other].map(String::from);
                findings.push(Finding::Overlap { seed, theme, other_seed, other });
            }
        }
        if !sentences.is_empty() && !sentences.iter().any(|sentence| sentence.contains(seed)) {
            findings.push(Finding::NeverOccurs { theme: theme.to_string(), seed: seed.to_string() });
        }
    }
    if !sentences.is_empty() {
        let model = SeedModel::fit(book, sentences);
        for (theme, _) in book.themes.iter().zip(model.matched()).filter(|(t, n)| **n == 0 && !t.seeds.is_empty()) {
            findings.push(Finding::NobodyUses { theme: theme.id.clone() });
        }
    }
    findings.sort();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Codebook {
        let source = "name = \"t\"\nversion = 1\ngeneral = \"g\"\n[[theme]]\nid = \"fruit\"\nzh = \"果\"\nseeds = [\"桃树\", \"果\"]\n\
                      [[theme]]\nid = \"road\"\nzh = \"路\"\nseeds = [\"道路\", \"果园路\"]\n[[theme]]\nid = \"g\"\nzh = \"总\"\n";
        Codebook::parse(source, std::path::Path::new("t.toml")).unwrap()
    }

    const SENTENCES: [&str; 6] =
        ["桃树修剪施肥", "桃树施肥采摘", "桃树施肥", "道路硬化拓宽", "道路拓宽亮化", "道路拓宽"];

    #[test]
    fn words_beside_the_seeds_are_learned() {
        let model = SeedModel::fit(&book(), &SENTENCES);
        assert_eq!(model.matched(), [3, 3, 0]);
        let p = |text: &str| model.probabilities(text).unwrap();
        assert!(p("及时施肥")[0] > p("及时施肥")[1] && p("继续拓宽")[1] > p("继续拓宽")[0], "no seed stands here");
        assert!(p("桃树施肥")[0] > 0.6 && p("桃树施肥")[0] > p("及时施肥")[0]);
        assert_eq!(model.probabilities("ｘｙｚ"), None);
    }

    #[test]
    fn a_theme_that_hardly_occurs_is_not_everywhere() {
        // 43 of 47 sentences stand for the fruit and one for the road; three hold no seed.
        let mut sentences = vec!["桃树修剪施肥"; 40];
        sentences.push("道路硬化");
        sentences.extend(["桃树产业", "发展产业"].repeat(3));
        let model = SeedModel::fit(&book(), &sentences);
        let weights = |gram: &str| {
            let mut last = 0;
            grams(gram, |gram| last = gram);
            model.weights[&last].clone()
        };
        // ln ((found + 1) / (expected + 1)). Of the six sentences with 产业 none is the road's, where 6/47 were to be expected.
        for (gram, theme, ratio) in
            [("施肥", 0, 41.0 / (40.0 * 43.0 / 47.0 + 1.0)), ("产业", 1, 1.0 / (6.0 / 47.0 + 1.0))]
        {
            let (found, wanted) = (weights(gram)[theme], libm::logf(ratio));
            assert!((found - wanted).abs() < 1e-6, "{gram}: {found}, not {wanted}");
        }
        let p = model.probabilities("发展产业").unwrap();
        assert!(p[1] < p[2], "{p:?}");
    }

    #[test]
    fn the_shipped_seeds_name_every_theme_but_the_general_one() {
        let book = township_seeds();
        assert!(book.themes.iter().all(|theme| theme.seeds.is_empty() == (theme.id == book.general)));
    }

    #[test]
    fn a_codebook_teaches_with_its_own_seeds_and_the_township_one_with_those_beside_it() {
        let township = said_by(&Codebook::township());
        assert_eq!(township, said_by(&township_seeds()));
        assert!(township.iter().any(|said| said.text == "招商引资" && said.weight == SEED_WEIGHT));
        let mut own = Codebook::township();
        own.themes[0].seeds = vec!["园区".into()];
        own.themes[1].examples = vec!["种桃树一百亩。".into()];
        let texts: Vec<(String, f32)> = said_by(&own).into_iter().map(|said| (said.text, said.weight)).collect();
        let wanted = [("园区", SEED_WEIGHT), ("种桃树一百亩。", EXAMPLE_WEIGHT)]
            .map(|(text, weight)| (text.to_string(), weight));
        assert_eq!(texts, wanted);
    }

    #[test]
    fn the_check_finds_what_is_wrong() {
        let found: Vec<String> = check(&book(), &SENTENCES).iter().map(Finding::to_string).collect();
        assert_eq!(
            found,
            [
                "the seed “果” of fruit stands within “果园路” of road",
                "the seed “果” of fruit occurs in no sentence",
                "the seed “果园路” of road occurs in no sentence",
            ]
        );
    }
}
