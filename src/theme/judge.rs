//! The coder of themes: a document in, a theme for every sentence out.

use rayon::prelude::*;

use super::because::Reasons;
use super::calibrate::{self, RiskPoint};
use super::context::{Scene, Surroundings};
use super::second::{Second, shape};
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
    pub(super) model: &'a ThemeModel,
    pub(super) scene: Scene<'a>,
    /// The known grams of each sentence.
    pub(super) rows: GramRows,
    /// What each view's voices say, as the last pass read them.
    pub(super) voices: Vec<Vec<f32>>,
    /// How loud each voice was at each sentence in the last pass.
    pub(super) loud: Vec<f32>,
    probabilities: Vec<f32>,
}

/// The known grams of a run of sentences with their values, one sentence after the other.
#[derive(Default)]
pub(super) struct GramRows {
    pub cells: Vec<(u32, f32)>,
    /// Where each sentence's grams end.
    pub ends: Vec<usize>,
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
        let (mut view, rows) = read_wording(&self.wording, scene);
        let surroundings = Surroundings::new(scene, self.ids.len());
        let mut voices = vec![surroundings.voices(&view)];
        let mut loud = Vec::new();
        for (pass, second) in self.passes.iter().enumerate() {
            (view, loud) = second_scores(second, &surroundings, &voices, &view);
            let temperature = if pass + 1 == self.passes.len() { self.temperature } else { 1.0 };
            view.iter_mut().for_each(|score| *score /= temperature);
            view.chunks_mut(self.ids.len()).for_each(softmax);
            if pass + 1 < self.passes.len() {
                voices.push(surroundings.voices(&view));
            }
        }
        Reading { model: self, scene, rows, voices, loud, probabilities: view }
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
    read_wording(wording, scene).0
}

/// The same, with the grams that were read.
fn read_wording(wording: &Wording, scene: Scene<'_>) -> (Vec<f32>, GramRows) {
    let classes = wording.classes();
    let mut view = vec![0.0; scene.outline.sentences.len() * classes];
    let chunks = view.par_chunks_mut(classes * CHUNK).zip(scene.outline.sentences.par_chunks(CHUNK));
    let parts: Vec<GramRows> = chunks
        .map(|(out, sentences)| {
            let (mut scratch, mut rows) = (Scratch::default(), GramRows::default());
            for (slot, sentence) in out.chunks_mut(classes).zip(sentences) {
                wording.scores(sentence.span.of(scene.text), &mut scratch, slot);
                softmax(slot);
                rows.cells.extend_from_slice(scratch.row());
                rows.ends.push(rows.cells.len());
            }
            rows
        })
        .collect();
    let mut parts = parts.into_iter();
    let mut rows = parts.next().unwrap_or_default();
    for part in parts {
        let before = rows.cells.len();
        rows.cells.extend(part.cells);
        rows.ends.extend(part.ends.into_iter().map(|end| before + end));
    }
    (view, rows)
}

/// The scores of one pass of the second stage, and how loud each voice was at each sentence.
pub(super) fn second_scores(
    second: &Second,
    surroundings: &Surroundings<'_>,
    voices: &[Vec<f32>],
    view: &[f32],
) -> (Vec<f32>, Vec<f32>) {
    let classes = second.classes;
    let mut row = vec![0.0; second.width()];
    let mut scores = vec![0.0; view.len()];
    let mut loud = vec![0.0; view.len() / classes * second.voices()];
    let slots = scores.chunks_mut(classes).zip(loud.chunks_mut(second.voices()));
    for (i, (scores, loud)) in slots.enumerate() {
        surroundings.row(i, voices, view, &mut row);
        second.scores(&row, loud, scores);
    }
    (scores, loud)
}

impl<'a> Reading<'a> {
    /// The calls, one a sentence.
    pub fn calls(&self) -> Vec<ThemeCall> {
        let classes = self.model.ids.len();
        let kinds = self.scene.kinds.iter();
        kinds.zip(self.probabilities.chunks(classes)).map(|(&kind, p)| self.model.call(kind, p)).collect()
    }

    /// What spoke for the calls.
    pub fn reasons(&self) -> Reasons<'_, 'a> {
        Reasons::new(self)
    }
}

/// The theme of a measure, decided over the calls of its sentences that are no noise: the highest mean logarithm of probability.
///
/// A call that holds all themes equally probable says nothing and has no voice beside others. Returns the theme and the geometric mean
/// of its probabilities, normalised over the themes, and whether every call was abstained; `None` without a call.
pub fn of_measure(calls: &[&ThemeCall]) -> Option<(ThemeId, f32, bool)> {
    let says = |call: &&ThemeCall| call.probabilities.iter().any(|p| *p != call.probabilities[0]);
    let heard: Vec<&ThemeCall> = calls.iter().copied().filter(says).collect();
    let voices = if heard.is_empty() { calls } else { &heard };
    let classes = voices.first()?.probabilities.len();
    let mut scores = vec![0.0; classes];
    for call in voices {
        for (score, p) in scores.iter_mut().zip(&call.probabilities) {
            *score += libm::logf(p.max(1e-4)) / voices.len() as f32;
        }
    }
    softmax(&mut scores);
    let best = (0..classes).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))?;
    Some((best as ThemeId, scores[best], voices.iter().all(|call| call.abstained)))
}

/// A width check that a model file must pass: the second stage fits the wording's classes.
pub(super) fn fits(wording: &Wording, passes: &[Second]) -> bool {
    passes.iter().enumerate().all(|(pass, second)| {
        let shape = shape(pass + 1, wording.classes());
        second.classes == shape.classes && second.width() == shape.width() && second.gains.len() == shape.gains()
    })
}
