//! The coder of themes: a document in, a theme for every sentence out.

use rayon::prelude::*;

use super::calibrate::{self, RiskPoint};
use super::context::{Scene, Surroundings, Voice, width};
use super::grams;
use super::second::Second;
use super::wording::{Scratch, Wording, softmax};
use crate::codebook::{Kind, ThemeId};
use crate::kind::KindCall;
use crate::outline::Outline;

/// What the coder says about one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeCall {
    /// The most probable theme; the codebook's general one for noise.
    pub theme: ThemeId,
    /// Its calibrated probability.
    pub p: f32,
    /// A second theme and its probability, where the sentence is about two.
    pub second: Option<(ThemeId, f32)>,
    /// Whether the coder is too unsure to be believed at the stated error; `theme` is then its best guess.
    pub abstained: bool,
    /// The probability of every theme of the codebook.
    pub probabilities: Vec<f32>,
}

/// Where a model comes from, in words and figures that its card repeats.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Provenance {
    /// What it was trained on and by whom that was labelled.
    pub trained_on: String,
    /// Labelled documents.
    pub documents: usize,
    /// Labelled sentences that are not noise.
    pub sentences: usize,
    /// Unlabelled sentences that the coder labelled for itself.
    pub silver: usize,
    /// Figures on held-out documents, as (name, value).
    pub figures: Vec<(String, f64)>,
}

/// A trained coder of themes.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeModel {
    pub(super) codebook: String,
    pub(super) codebook_version: u32,
    pub(super) ids: Vec<String>,
    pub(super) general: ThemeId,
    pub(super) wording: Wording,
    pub(super) passes: Vec<Second>,
    pub(super) temperature: f32,
    pub(super) second_at: f32,
    pub(super) risk: Vec<RiskPoint>,
    pub(super) provenance: Provenance,
    /// Not stored: what this run accepts.
    pub(super) threshold: f32,
}

/// A document as the coder read it: its calls, and enough to say why.
pub struct Reading<'a> {
    model: &'a ThemeModel,
    scene: Scene<'a>,
    surroundings: Surroundings<'a>,
    voices: Vec<Vec<f32>>,
    /// The view that the last pass read beside its voices.
    last_view: Vec<f32>,
    probabilities: Vec<f32>,
}

/// Sentences a thread takes at a time within one document.
const CHUNK: usize = 256;

impl ThemeModel {
    /// The ids of the themes, in the order of [`ThemeCall::probabilities`].
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Where the model comes from.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// The risk–coverage table of held-out measures, by falling threshold.
    pub fn risk(&self) -> &[RiskPoint] {
        &self.risk
    }

    /// The probability below which calls are abstained.
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    /// Abstains so that accepted calls were wrong in at most `error` of the held-out measures.
    pub fn with_max_error(mut self, error: f32) -> Self {
        self.threshold = calibrate::threshold_for_error(&self.risk, error);
        self
    }

    /// Abstains as much as `coverage` of the held-out measures allows.
    pub fn with_coverage(mut self, coverage: f32) -> Self {
        self.threshold = calibrate::threshold_for_coverage(&self.risk, coverage);
        self
    }

    /// A theme for every sentence of `outline`; `kinds` holds a kind for each.
    ///
    /// # Panics
    /// If there are not as many kinds as sentences.
    pub fn judge(&self, text: &str, outline: &Outline, kinds: &[Kind]) -> Vec<ThemeCall> {
        self.read_document(text, outline, kinds).calls()
    }

    /// The same from the calls of the coder of kinds.
    ///
    /// # Panics
    /// If there are not as many calls as sentences.
    pub fn judge_document(&self, text: &str, outline: &Outline, calls: &[KindCall]) -> Vec<ThemeCall> {
        let kinds: Vec<Kind> = calls.iter().map(|call| call.kind).collect();
        self.judge(text, outline, &kinds)
    }

    /// Reads a document, keeping what is needed to say why.
    ///
    /// # Panics
    /// If there are not as many kinds as sentences.
    pub fn read_document<'a>(&'a self, text: &'a str, outline: &'a Outline, kinds: &'a [Kind]) -> Reading<'a> {
        assert_eq!(outline.sentences.len(), kinds.len(), "one kind a sentence");
        let scene = Scene { text, outline, kinds };
        let first = first_view(&self.wording, scene);
        let surroundings = Surroundings::new(scene, self.ids.len());
        let mut voices = vec![surroundings.voices(&first)];
        let mut view = first;
        let mut last_view = view.clone();
        for (pass, second) in self.passes.iter().enumerate() {
            let scores = second_scores(second, &surroundings, &voices, &view);
            last_view = view;
            view = scores;
            let temperature = if pass + 1 == self.passes.len() { self.temperature } else { 1.0 };
            view.iter_mut().for_each(|score| *score /= temperature);
            view.chunks_mut(self.ids.len()).for_each(softmax);
            if pass + 1 < self.passes.len() {
                voices.push(surroundings.voices(&view));
            }
        }
        Reading { model: self, scene, surroundings, voices, last_view, probabilities: view }
    }

    /// Turns probabilities into a call.
    fn call(&self, kind: Kind, probabilities: &[f32]) -> ThemeCall {
        if kind == Kind::Noise {
            let mut probabilities = vec![0.0; self.ids.len()];
            probabilities[usize::from(self.general)] = 1.0;
            return ThemeCall { theme: self.general, p: 1.0, second: None, abstained: false, probabilities };
        }
        let mut order: Vec<usize> = (0..probabilities.len()).collect();
        order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]).then(a.cmp(&b)));
        let (best, next) = (order[0], order[1]);
        let general = usize::from(self.general);
        let two = probabilities[next] >= self.second_at && best != general && next != general;
        ThemeCall {
            theme: best as ThemeId,
            p: probabilities[best],
            second: two.then(|| (next as ThemeId, probabilities[next])),
            abstained: probabilities[best] < self.threshold,
            probabilities: probabilities.to_vec(),
        }
    }
}

/// The probabilities of every sentence by its wording alone.
pub(super) fn first_view(wording: &Wording, scene: Scene<'_>) -> Vec<f32> {
    let classes = wording.classes();
    let mut view = vec![0.0; scene.outline.sentences.len() * classes];
    view.par_chunks_mut(classes * CHUNK).zip(scene.outline.sentences.par_chunks(CHUNK)).for_each(|(out, sentences)| {
        let mut scratch = Scratch::default();
        for (slot, sentence) in out.chunks_mut(classes).zip(sentences) {
            wording.scores(sentence.span.of(scene.text), &mut scratch, slot);
            softmax(slot);
        }
    });
    view
}

/// The scores of one pass of the second stage.
pub(super) fn second_scores(
    second: &Second,
    surroundings: &Surroundings<'_>,
    voices: &[Vec<f32>],
    view: &[f32],
) -> Vec<f32> {
    let classes = second.classes;
    let mut row = vec![0.0; second.width()];
    let mut scores = vec![0.0; view.len()];
    for (i, slot) in scores.chunks_mut(classes).enumerate() {
        surroundings.row(i, voices, view, &mut row);
        second.scores(&row, slot);
    }
    scores
}

/// The reasons a call is given.
const REASONS: usize = 3;

impl Reading<'_> {
    /// The calls, one a sentence.
    pub fn calls(&self) -> Vec<ThemeCall> {
        let classes = self.model.ids.len();
        let kinds = self.scene.kinds.iter();
        kinds.zip(self.probabilities.chunks(classes)).map(|(&kind, p)| self.model.call(kind, p)).collect()
    }

    /// What spoke most for `theme` at sentence `i`, strongest first, at most three: a term of the sentence (`秸秆`), or where
    /// else it was read and the term there (`heading 环境`, `before 垃圾`, `block 招商`, `below 养老`).
    pub fn because(&self, i: usize, theme: ThemeId) -> Vec<String> {
        let (Some(second), theme) = (self.model.passes.last(), usize::from(theme)) else { return Vec::new() };
        let classes = self.model.ids.len();
        let mut row = vec![0.0; second.width()];
        self.surroundings.row(i, &self.voices, &self.last_view, &mut row);
        let block = Voice::ALL.len() * classes;
        let mut strength = [0.0; Voice::ALL.len()];
        for (j, &value) in row.iter().enumerate().take(self.voices.len() * block) {
            strength[j % block / classes] += second.push(j, value, theme);
        }
        let mut found: Vec<(f32, String)> = Vec::new();
        for (voice, strength) in Voice::ALL.into_iter().zip(strength).filter(|(_, strength)| *strength > 0.0) {
            let (label, sources) = self.sources(i, voice);
            let mut terms = self.terms(&sources, theme);
            let most = if voice == Voice::Own { REASONS } else { 1 };
            terms.truncate(most);
            let total: f32 = terms.iter().map(|(_, share)| share).sum();
            for (term, share) in terms {
                found.push((strength * share / total, format!("{label}{term}")));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut reasons: Vec<String> = Vec::new();
        for (_, reason) in found {
            if reasons.len() < REASONS && !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    /// The sentences a voice speaks through, and what a reader calls it.
    fn sources(&self, i: usize, voice: Voice) -> (&'static str, Vec<usize>) {
        let sentences = &self.scene.outline.sentences;
        let path: Vec<usize> = sentences[i].path.iter().map(|&j| j as usize).collect();
        let under = |j: &usize| sentences[*j].path.last() == sentences[i].path.last();
        let around = || (i.saturating_sub(6)..(i + 7).min(sentences.len())).filter(|&j| j != i).filter(under).collect();
        match voice {
            Voice::Own => ("", vec![i]),
            Voice::Head => ("heading ", path.last().copied().into_iter().collect()),
            Voice::Above | Voice::Top => ("heading ", path.iter().rev().skip(1).copied().collect()),
            Voice::Before => ("before ", (0..i).rev().find(under).into_iter().collect()),
            Voice::Previous => ("before ", i.checked_sub(1).into_iter().collect()),
            Voice::After => ("after ", (i + 1..sentences.len()).find(under).into_iter().collect()),
            Voice::Next => ("after ", Some(i + 1).filter(|&j| j < sentences.len()).into_iter().collect()),
            Voice::Near | Voice::Block | Voice::Line => ("block ", around()),
            Voice::Below | Voice::BelowHeads => {
                let below = |&j: &usize| sentences[j].path.contains(&(i as u32));
                ("below ", (i + 1..sentences.len()).take(40).filter(below).collect())
            }
        }
    }

    /// The terms of these sentences that speak for the theme, strongest first; none within another.
    fn terms(&self, sources: &[usize], theme: usize) -> Vec<(String, f32)> {
        let mut sums: std::collections::BTreeMap<u64, f32> = std::collections::BTreeMap::new();
        for &j in sources {
            let text = self.scene.outline.sentences[j].span.of(self.scene.text);
            for (gram, push) in self.model.wording.reasons(text, theme) {
                *sums.entry(gram).or_insert(0.0) += push;
            }
        }
        // A single character means little to a reader: a longer term takes up what its characters say.
        let mut terms: Vec<(String, f32)> = sums
            .iter()
            .filter(|&(&gram, &push)| push > 0.0 && grams::length(gram) > 1)
            .map(|(&gram, &push)| {
                let term = grams::spell(gram);
                let mut whole = push;
                grams::grams(&term, |part| {
                    if part != gram {
                        whole += 0.5 * sums.get(&part).copied().unwrap_or(0.0).max(0.0);
                    }
                });
                (term, whole)
            })
            .collect();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut kept: Vec<(String, f32)> = Vec::new();
        for (term, push) in terms {
            let overlaps = |other: &str| other.contains(&term) || term.contains(other) || shares_pair(other, &term);
            if kept.len() < REASONS && !kept.iter().any(|(other, _)| overlaps(other)) {
                kept.push((term, push));
            }
        }
        kept
    }
}

/// Whether two terms share two neighbouring characters, so that both would show the same word.
fn shares_pair(a: &str, b: &str) -> bool {
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<Vec<_>>();
    let others = pairs(b);
    pairs(a).iter().any(|pair| others.contains(pair))
}

/// The theme of a measure, decided over its sentences: the highest mean logarithm of probability, noise left out.
///
/// `head` is the call of the head above the measure, if there is one; it has one sentence's voice. Returns the theme and the
/// geometric mean of its probabilities, normalised over the themes; `None` for a measure of noise alone.
pub fn of_measure(calls: &[&ThemeCall], head: Option<&ThemeCall>) -> Option<(ThemeId, f32)> {
    let voices: Vec<&ThemeCall> = calls.iter().copied().chain(head).filter(|call| call.p < 1.0).collect();
    let classes = voices.first()?.probabilities.len();
    let mut scores = vec![0.0; classes];
    for call in &voices {
        for (score, p) in scores.iter_mut().zip(&call.probabilities) {
            *score += libm::logf(p.max(1e-4)) / voices.len() as f32;
        }
    }
    softmax(&mut scores);
    let best = (0..classes).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))?;
    Some((best as ThemeId, scores[best]))
}

/// A width check that a model file must pass: the second stage fits the wording's classes.
pub(super) fn fits(wording: &Wording, passes: &[Second]) -> bool {
    passes.iter().enumerate().all(|(pass, second)| {
        second.classes == wording.classes() && second.width() == width(pass + 1, wording.classes())
    })
}
