//! Why a call was made: the terms that spoke most for a theme, and where they stand.
//!
//! Every sentence of a document is given its reasons, so the work is shared. The grams of a document are numbered once, a
//! sum over sentences goes into one small table, and a voice is asked for its term only while it can still be among the
//! strongest.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::context::Voice;
use super::grams;
use super::index::Index;
use super::judge::Reading;
use crate::codebook::ThemeId;

/// The reasons a call is given.
const REASONS: usize = 3;
/// A share of a voice's strength is at most the strength, but for rounding.
const ROUNDING: f32 = 1.000_001;
/// How far around a sentence its block is asked.
const AROUND: usize = 6;
/// How far below a head is asked.
const BELOW: usize = 40;

/// No gram.
const NONE: u32 = u32::MAX;
/// A gram of three characters has three of one and two of two within it.
const MOST_PARTS: usize = grams::LONGEST * (grams::LONGEST + 1) / 2 - 1;

/// For each gram of a model the places of the shorter grams within it, [`NONE`] where the model has none; found when the first
/// reason is asked for. It follows from the grams, so two of them are never unequal.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts(OnceLock<Vec<[u32; MOST_PARTS]>>);

impl PartialEq for Parts {
    fn eq(&self, _: &Parts) -> bool {
        true
    }
}

impl Parts {
    fn of(&self, index: &Index) -> &[[u32; MOST_PARTS]] {
        self.0.get_or_init(|| {
            let parts_of = |&key: &u64| {
                let (mut parts, mut count) = ([NONE; MOST_PARTS], 0);
                grams::parts(key, |part| {
                    parts[count] = index.find(part).unwrap_or(NONE);
                    count += 1;
                });
                parts
            };
            // Not in parallel: a thread that waits for others here could be given a document that waits for this.
            index.keys().iter().map(parts_of).collect()
        })
    }
}

/// A gram of the document.
struct Gram {
    key: u64,
    /// Its place in the wording model.
    column: u32,
    /// The mean of its weights over the classes.
    mean: f32,
    /// The numbers of the shorter grams in it that the document has, once they were asked for.
    parts: [u32; MOST_PARTS],
    asked: bool,
}

/// Terms, each with how much it speaks for a theme.
type Terms = Vec<(String, f32)>;

/// The reasons of one document's calls.
pub struct Reasons<'r, 'a> {
    reading: &'r Reading<'a>,
    parts: &'r [[u32; MOST_PARTS]],
    grams: Vec<Gram>,
    numbers: FxHashMap<u32, u32>,
    /// The grams of each sentence with their values, one sentence after the other.
    cells: Vec<(u32, f32)>,
    ends: Vec<usize>,
    /// For each theme, what each column of the second stage adds; empty until it is asked for.
    pushes: Vec<Vec<f32>>,
    /// What the grams of the sentences in question say together; 0 for all others.
    sums: Vec<f32>,
    met: Vec<bool>,
    touched: Vec<u32>,
}

impl<'r, 'a> Reasons<'r, 'a> {
    pub(super) fn new(reading: &'r Reading<'a>) -> Self {
        let wording = &reading.model.wording;
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        let mut grams: Vec<Gram> = Vec::new();
        let cells: Vec<(u32, f32)> = reading
            .rows
            .cells
            .iter()
            .map(|&(column, value)| {
                let number = *numbers.entry(column).or_insert_with(|| {
                    let mean = wording.of_gram(column).iter().sum::<f32>() / wording.classes as f32;
                    let key = wording.index.keys()[column as usize];
                    grams.push(Gram { key, column, mean, parts: [NONE; MOST_PARTS], asked: false });
                    grams.len() as u32 - 1
                });
                (number, value)
            })
            .collect();
        Reasons {
            reading,
            parts: wording.parts.of(&wording.index),
            numbers,
            cells,
            ends: reading.rows.ends.clone(),
            pushes: vec![Vec::new(); wording.classes],
            sums: vec![0.0; grams.len()],
            met: vec![false; grams.len()],
            touched: Vec::new(),
            grams,
        }
    }

    /// What spoke most for `theme` at sentence `i`, strongest first, at most three: a term of the sentence (`秸秆`), or where
    /// else it was read and the term there (`heading 环境`, `before 垃圾`, `block 招商`, `below 养老`).
    pub fn because(&mut self, i: usize, theme: ThemeId) -> Vec<String> {
        let theme = usize::from(theme);
        let mut voices = self.strengths(i, theme);
        voices.retain(|(_, strength)| *strength > 0.0);
        voices.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut found: Vec<(f32, String)> = Vec::new();
        // Several voices may speak through the same sentences: the one before is often also the one above.
        let mut heard: Vec<(Vec<usize>, Terms)> = Vec::new();
        for (voice, strength) in voices {
            // A voice gives its terms its strength, each a share of it: behind three stronger ones it is not heard.
            if distinct(&found, strength * ROUNDING) >= REASONS {
                break;
            }
            let (label, sources) = self.sources(i, voice);
            let most = if voice == Voice::Own { REASONS } else { 1 };
            let known = heard.iter().position(|(others, _)| *others == sources).unwrap_or_else(|| {
                let terms = self.strongest(&sources, theme, most);
                heard.push((sources, terms));
                heard.len() - 1
            });
            let terms = &heard[known].1;
            let total: f32 = terms.iter().map(|(_, share)| share).sum();
            found.extend(terms.iter().map(|(term, share)| (strength * share / total, format!("{label}{term}"))));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut reasons: Vec<String> = Vec::with_capacity(REASONS);
        for (_, reason) in found {
            if reasons.len() < REASONS && !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    /// What each voice adds to the score of the theme in the last pass.
    fn strengths(&mut self, i: usize, theme: usize) -> Vec<(Voice, f32)> {
        let Some(second) = self.reading.model.passes.last() else { return Vec::new() };
        let pushes = &mut self.pushes[theme];
        if pushes.is_empty() {
            *pushes = second.pushes(theme);
        }
        let block = Voice::ALL.len() * second.classes;
        let mut strengths: Vec<(Voice, f32)> = Voice::ALL.into_iter().map(|voice| (voice, 0.0)).collect();
        for (voices, pushes) in self.reading.voices.iter().zip(pushes.chunks(block)) {
            let said = voices[i * block..][..block].chunks(second.classes).zip(pushes.chunks(second.classes));
            for ((_, strength), (values, pushes)) in strengths.iter_mut().zip(said) {
                values.iter().zip(pushes).for_each(|(value, push)| *strength += value * push);
            }
        }
        strengths
    }

    /// The sentences a voice speaks through, and what a reader calls it.
    fn sources(&self, i: usize, voice: Voice) -> (&'static str, Vec<usize>) {
        let sentences = &self.reading.scene.outline.sentences;
        let path = || sentences[i].path.iter().rev().map(|&j| j as usize);
        let under = |j: &usize| sentences[*j].path.last() == sentences[i].path.last();
        let around = || {
            let reach = i.saturating_sub(AROUND)..(i + AROUND + 1).min(sentences.len());
            reach.filter(|&j| j != i).filter(under).collect()
        };
        match voice {
            Voice::Own => ("", vec![i]),
            Voice::Head => ("heading ", path().take(1).collect()),
            Voice::Above | Voice::Top => ("heading ", path().skip(1).collect()),
            Voice::Before => ("before ", (0..i).rev().find(under).into_iter().collect()),
            Voice::Previous => ("before ", i.checked_sub(1).into_iter().collect()),
            Voice::After => ("after ", (i + 1..sentences.len()).find(under).into_iter().collect()),
            Voice::Next => ("after ", Some(i + 1).filter(|&j| j < sentences.len()).into_iter().collect()),
            Voice::Near | Voice::Block | Voice::Line => ("block ", around()),
            Voice::Below | Voice::BelowHeads => {
                let below = |&j: &usize| sentences[j].path.contains(&(i as u32));
                ("below ", (i + 1..sentences.len()).take(BELOW).filter(below).collect())
            }
        }
    }

    /// The `most` terms of these sentences that speak most for the theme, strongest first; none within another.
    fn strongest(&mut self, sources: &[usize], theme: usize, most: usize) -> Terms {
        sources.iter().for_each(|&sentence| self.add(sentence, theme));
        let touched = std::mem::take(&mut self.touched);
        // A single character means little to a reader: a longer term takes up what its characters say.
        let mut terms: Vec<(f32, u64)> = Vec::new();
        for &number in &touched {
            let (key, sum) = (self.grams[number as usize].key, self.sums[number as usize]);
            if sum > 0.0 && grams::length(key) > 1 {
                terms.push((self.whole(number), key));
            }
        }
        let stronger = |a: &(f32, u64), b: &(f32, u64)| {
            b.0.total_cmp(&a.0).then_with(|| grams::spell(a.1).cmp(&grams::spell(b.1)))
        };
        let mut kept = Terms::new();
        if most == 1 {
            kept.extend(terms.into_iter().min_by(stronger).map(|(push, key)| (grams::spell(key), push)));
        } else {
            terms.sort_unstable_by(stronger);
            for (push, key) in terms {
                if kept.len() == most {
                    break;
                }
                let term = grams::spell(key);
                let overlaps = |other: &str| other.contains(&term) || term.contains(other) || shares_pair(other, &term);
                if !kept.iter().any(|(other, _)| overlaps(other)) {
                    kept.push((term, push));
                }
            }
        }
        self.touched = touched;
        for number in self.touched.drain(..) {
            self.sums[number as usize] = 0.0;
            self.met[number as usize] = false;
        }
        kept
    }

    /// Adds what each gram of a sentence says for the theme over the mean of all themes.
    fn add(&mut self, sentence: usize, theme: usize) {
        let wording = &self.reading.model.wording;
        let start = sentence.checked_sub(1).map_or(0, |before| self.ends[before]);
        for &(number, value) in &self.cells[start..self.ends[sentence]] {
            let gram = &self.grams[number as usize];
            let push = value * (wording.of_gram(gram.column)[theme] - gram.mean);
            if !std::mem::replace(&mut self.met[number as usize], true) {
                self.touched.push(number);
            }
            self.sums[number as usize] += push;
        }
    }

    /// What a gram says, and half of what speaks for the theme in each shorter gram within it.
    fn whole(&mut self, number: u32) -> f32 {
        let gram = &mut self.grams[number as usize];
        if !gram.asked {
            gram.asked = true;
            for (number, place) in gram.parts.iter_mut().zip(self.parts[gram.column as usize]) {
                *number = self.numbers.get(&place).copied().unwrap_or(NONE);
            }
        }
        let mut whole = self.sums[number as usize];
        for &part in gram.parts.iter().filter(|&&part| part != NONE) {
            whole += 0.5 * self.sums[part as usize].max(0.0);
        }
        whole
    }
}

/// How many different reasons are stronger than `strength`.
fn distinct(found: &[(f32, String)], strength: f32) -> usize {
    let stronger = |(value, _): &&(f32, String)| *value > strength;
    let mut count = 0;
    for (at, (_, reason)) in found.iter().enumerate().filter(|(_, reason)| stronger(reason)) {
        count += usize::from(!found[..at].iter().filter(stronger).any(|(_, other)| other == reason));
    }
    count
}

/// Whether two terms share two neighbouring characters, so that both would show the same word.
fn shares_pair(a: &str, b: &str) -> bool {
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<Vec<_>>();
    let others = pairs(b);
    pairs(a).iter().any(|pair| others.contains(pair))
}
