//! The trained coder of kind and unit.

use crate::codebook::{Kind, Part, Unit};
use crate::evaluate::labels::LabelledDocument;
use crate::learn::lbfgs;
use crate::outline::Outline;

use super::annex::Annex;
use super::chain::{Chain, Sequence};
use super::features::{Reading, Sink};
use super::headed::is_unlikely;
use super::keys::Index;
use super::state::{STATES, State, state};
use super::tense::Tense;
use super::units::units;

/// What was decided about one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct KindCall {
    /// What the sentence is doing.
    pub kind: Kind,
    /// Its place in a measure.
    pub unit: Unit,
    /// The probability of the kind, given the whole document.
    pub p: f32,
}

/// How the coder is trained.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// The strength of the penalty on weights.
    pub l2: f64,
    /// A feature must occur this often to have a weight.
    pub occurrences: u32,
    /// The most iterations of the minimiser.
    pub iterations: usize,
    /// Whether a sentence's kind depends on the kinds beside it; if not, each sentence is decided by itself.
    pub chained: bool,
}

impl Default for Params {
    fn default() -> Self {
        Params { l2: 3.0, occurrences: 2, iterations: 120, chained: true }
    }
}

/// What a model was made from.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Provenance {
    /// Documents with hand labels.
    pub documents: usize,
    /// Their labelled sentences.
    pub sentences: usize,
    /// Documents without labels whose heads tell review from plan.
    pub headed: usize,
    /// The labelled documents' ids, hashed together, to see whether two models saw the same ones.
    pub fingerprint: String,
    /// Figures measured before the model was written, as (name, value).
    pub figures: Vec<(String, f64)>,
}

/// What a kind loses under a head that names the part it hardly stands in, in log-odds.
const UNLIKELY: f32 = 3.0;

/// The trained coder.
#[derive(Clone, Debug, PartialEq)]
pub struct KindModel {
    pub(super) tense: Tense,
    pub(super) index: Index,
    pub(super) chain: Chain,
    /// What it was made from.
    pub provenance: Provenance,
}

/// Collects keys.
struct Keys<'a>(&'a mut Vec<u32>);

impl Sink for Keys<'_> {
    fn put(&mut self, key: u32) {
        self.0.push(key);
    }
    fn say(&mut self, key: u32, _: impl FnOnce() -> String) {
        self.0.push(key);
    }
}

/// Adds up what each feature with words says for one state against another.
struct Heaviest<'a> {
    model: &'a KindModel,
    state: usize,
    against: usize,
    heaviest: Option<(f32, String)>,
}

impl Sink for Heaviest<'_> {
    fn put(&mut self, _: u32) {}
    fn say(&mut self, key: u32, words: impl FnOnce() -> String) {
        let Some(column) = self.model.index.find(key) else { return };
        let at = column as usize * self.model.chain.states;
        let weight = self.model.chain.weights[at + self.state] - self.model.chain.weights[at + self.against];
        if self.heaviest.as_ref().is_none_or(|(most, _)| weight > *most) {
            self.heaviest = Some((weight, words()));
        }
    }
}

impl KindModel {
    /// Trains on labelled windows; the features are read from the whole documents. Documents count in the order given.
    pub(super) fn train(documents: &[LabelledDocument], tense: Tense, headed: usize, params: &Params) -> KindModel {
        let mut keyed: Vec<(Vec<Vec<u32>>, Vec<u8>)> = Vec::new();
        for document in documents {
            let reading = Reading::new(&document.text, &document.outline, &tense);
            // A gap in the labels ends a window; a chain that never sees a pair learns nothing about pairs.
            for window in document.rows.chunk_by(|a, b| params.chained && a.sentence + 1 == b.sentence) {
                let mut rows = Vec::with_capacity(window.len());
                let mut path = Vec::with_capacity(window.len());
                for row in window {
                    let mut keys = Vec::new();
                    reading.emit(row.sentence as usize, &mut Keys(&mut keys));
                    rows.push(keys);
                    let state = state(row.kind, row.kind == Kind::Heading && row.unit == Unit::B);
                    path.push(STATES.iter().position(|&other| other == state).unwrap_or(0) as u8);
                }
                keyed.push((rows, path));
            }
        }
        let mut all: Vec<u32> = keyed.iter().flat_map(|(rows, _)| rows).flatten().copied().collect();
        all.sort_unstable();
        let known = all
            .chunk_by(|a, b| a == b)
            .filter(|run| run.len() as u32 >= params.occurrences)
            .map(|run| run[0])
            .collect();
        let index = Index::new(known);
        let sequences: Vec<Sequence> = keyed
            .into_iter()
            .map(|(rows, path)| {
                let mut sequence = Sequence { starts: vec![0], columns: Vec::new(), states: path };
                for keys in rows {
                    sequence.columns.extend(keys.into_iter().filter_map(|key| index.find(key)));
                    sequence.starts.push(sequence.columns.len());
                }
                sequence
            })
            .collect();
        let settings = lbfgs::Params {
            l2: params.l2,
            max_iterations: params.iterations,
            value_tolerance: 1e-5,
            ..lbfgs::Params::default()
        };
        let chain = Chain::train(&sequences, STATES.len(), index.len(), &settings);
        let provenance = Provenance {
            documents: documents.len(),
            sentences: documents.iter().map(|document| document.rows.len()).sum(),
            headed,
            fingerprint: fingerprint(documents),
            figures: Vec::new(),
        };
        KindModel { tense, index, chain, provenance }.rounded()
    }

    /// Decides kind and unit of every sentence, over the whole document at once. One call a sentence.
    pub fn judge(&self, text: &str, outline: &Outline) -> Vec<KindCall> {
        let reading = Reading::new(text, outline, &self.tense);
        let (path, posteriors) = self.decode(&reading);
        let states: Vec<State> = path.iter().map(|&state| STATES[usize::from(state)]).collect();
        let mut units = units(&outline.sentences, &reading.looks, &states);
        for (unit, place) in units.iter_mut().zip(&reading.places) {
            if place.annex == Annex::Account {
                *unit = Unit::O;
            }
        }
        states
            .into_iter()
            .zip(units)
            .zip(posteriors.chunks_exact(STATES.len()))
            .map(|((State { kind, .. }, unit), row)| {
                let p = STATES.iter().zip(row).filter(|(state, _)| state.kind == kind).map(|(_, p)| p).sum::<f32>();
                KindCall { kind, unit, p: p.min(1.0) }
            })
            .collect()
    }

    /// Which part of the document each sentence is in, by heads and words together.
    pub fn parts(&self, text: &str, outline: &Outline) -> Vec<Part> {
        Reading::new(text, outline, &self.tense).parts
    }

    /// What decided each call, in a word or two: `了`, `number 一是`, `heading 回顾`, `part 计划`.
    pub fn cues(&self, text: &str, outline: &Outline, calls: &[KindCall]) -> Vec<String> {
        let reading = Reading::new(text, outline, &self.tense);
        let (path, posteriors) = self.decode(&reading);
        calls
            .iter()
            .enumerate()
            .map(|(i, call)| {
                if is_rule(&reading, i) {
                    return "not prose".into();
                }
                let row = &posteriors[i * STATES.len()..(i + 1) * STATES.len()];
                let best = |other: bool| {
                    (0..STATES.len()).filter(|&s| (STATES[s].kind == call.kind) != other).fold(
                        None,
                        |top: Option<usize>, s| if top.is_none_or(|top| row[s] > row[top]) { Some(s) } else { top },
                    )
                };
                let own = Some(usize::from(path[i])).filter(|&s| STATES[s].kind == call.kind).or_else(|| best(false));
                let (Some(state), Some(against)) = (own, best(true)) else { return String::new() };
                let mut sink = Heaviest { model: self, state, against, heaviest: None };
                reading.emit(i, &mut sink);
                sink.heaviest
                    .filter(|(weight, _)| *weight > 0.0)
                    .map_or_else(|| "neighbours".into(), |(_, words)| words)
            })
            .collect()
    }

    fn decode(&self, reading: &Reading<'_>) -> (Vec<u8>, Vec<f32>) {
        let mut sequence = Sequence { starts: vec![0], columns: Vec::new(), states: Vec::new() };
        let (mut keys, mut entries) = (Vec::new(), Vec::new());
        for i in 0..reading.looks.len() {
            keys.clear();
            reading.emit(i, &mut Keys(&mut keys));
            self.index.find_all(&keys, &mut entries, |column| sequence.columns.push(column));
            sequence.starts.push(sequence.columns.len());
        }
        let mut scores = self.chain.scores(&sequence);
        for (i, row) in scores.chunks_exact_mut(STATES.len()).enumerate() {
            let allowed = allowed(reading, i);
            for (score, state) in row.iter_mut().zip(&STATES) {
                if !allowed.contains(&state.kind) {
                    *score = f32::NEG_INFINITY;
                } else if reading.headed[i].is_some_and(|part| is_unlikely(part, state.kind)) {
                    *score -= UNLIKELY;
                }
            }
        }
        self.chain.decode(&scores)
    }
}

/// The kinds a sentence may have: what explains terms behind the document is no action, whatever its verbs, an annex that gives
/// account of what was done plans nothing, and a title or the head of a part is a heading, however short the document.
fn allowed(reading: &Reading<'_>, i: usize) -> &'static [Kind] {
    if is_rule(reading, i) {
        &[Kind::Noise]
    } else if reading.is_title(i) {
        &[Kind::Heading, Kind::Context]
    } else if reading.places[i].explained {
        &[Kind::Context, Kind::Heading, Kind::Noise]
    } else if reading.places[i].annex == Annex::Account {
        &[Kind::Result, Kind::Problem, Kind::Target, Kind::Context, Kind::Heading, Kind::Noise]
    } else {
        Kind::ALL
    }
}

/// Where the codebook leaves no choice: front matter, rows of metadata and tables, lines without a word are noise.
fn is_rule(reading: &Reading<'_>, i: usize) -> bool {
    let (place, look) = (&reading.places[i], &reading.looks[i]);
    place.front_matter || place.row || look.weight == 0
}

/// A hash of the documents' ids in order.
fn fingerprint(documents: &[LabelledDocument]) -> String {
    let mut ids: Vec<&str> = documents.iter().map(|document| document.doc.as_str()).collect();
    ids.sort_unstable();
    blake3::hash(ids.join("\n").as_bytes()).to_hex()[..16].to_string()
}
