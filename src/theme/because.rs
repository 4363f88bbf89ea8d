//! Why a call was made: the terms that spoke most for a theme, and where they stand.
//!
//! Every sentence of a document is given its reasons, so the work is shared. The grams of a document are numbered once, so that
//! all that is asked of them lies close together; what a head or a neighbour says for a theme is found once, however many
//! sentences hear it; and a voice is asked for its term only while it can still be among the strongest.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use super::context::Voice;
use super::grams;
use super::judge::Reading;
use super::parts::{Gram, NONE};
use crate::codebook::ThemeId;

/// The reasons a call is given.
const REASONS: usize = 3;
/// A share of a voice's strength is at most the strength, but for rounding.
const ROUNDING: f32 = 1.000_001;
/// How far around a sentence its block is asked.
const AROUND: usize = 6;
/// How far below a head is asked.
const BELOW: usize = 40;

/// A term, and how much it speaks for a theme.
type Term = (u64, f32);

/// The sentences a voice speaks through.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Source {
    /// One sentence.
    One(u32),
    /// The heads above a head.
    Above(u32),
    /// The sentences around one, under the same head.
    Around(u32),
    /// What stands below a head.
    Below(u32),
}

thread_local! {
    /// Room for the number in the document of each gram of the model: a megabyte that is not laid out anew for every document. It is
    /// taken and given back without a number in it; should a document fail meanwhile, the next lays it out anew.
    static NUMBERS: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

/// The reasons of one document's calls.
pub struct Reasons<'r, 'a> {
    reading: &'r Reading<'a>,
    /// The grams of the document by their numbers.
    grams: Vec<Gram>,
    /// The grams of each sentence with their values, one sentence after the other.
    cells: Vec<(u32, f32)>,
    /// For each theme, what each column of the second stage adds; empty until it is asked for.
    pushes: Vec<Vec<f32>>,
    /// For each theme, what each gram of the document says for it over the mean of all themes.
    weights: Vec<Vec<f32>>,
    /// The strongest term of what was asked before, if any speaks for the theme.
    heard: FxHashMap<(Source, usize), Option<Term>>,
    /// What the grams of the sentences in question say together; 0 for all others.
    sums: Vec<f32>,
    met: Vec<bool>,
    touched: Vec<u32>,
}

impl<'r, 'a> Reasons<'r, 'a> {
    pub(super) fn new(reading: &'r Reading<'a>) -> Self {
        let wording = &reading.model.wording;
        let known = wording.known.of(&wording.index);
        let mut columns: Vec<u32> = Vec::new();
        let mut numbers = NUMBERS.take();
        numbers.resize(wording.grams(), NONE);
        let mut numbered = |&(column, value): &(u32, f32)| {
            let number = &mut numbers[column as usize];
            if *number == NONE {
                *number = columns.len() as u32;
                columns.push(column);
            }
            (*number, value)
        };
        let cells: Vec<(u32, f32)> = reading.rows.cells.iter().map(&mut numbered).collect();
        let of = |place: u32| if place == NONE { NONE } else { numbers[place as usize] };
        let gram = |&column: &u32| {
            let Gram { key, parts } = known[column as usize];
            Gram { key, parts: parts.map(of) }
        };
        let grams: Vec<Gram> = columns.iter().map(gram).collect();
        columns.iter().for_each(|&column| numbers[column as usize] = NONE);
        NUMBERS.set(numbers);
        let mut weights = vec![vec![0.0; grams.len()]; wording.classes];
        for (number, &column) in columns.iter().enumerate() {
            let row = wording.of_gram(column);
            let mean = row.iter().sum::<f32>() / row.len() as f32;
            for (weights, weight) in weights.iter_mut().zip(row) {
                weights[number] = weight - mean;
            }
        }
        Reasons {
            reading,
            cells,
            pushes: vec![Vec::new(); wording.classes],
            weights,
            heard: FxHashMap::default(),
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
        for (voice, strength) in voices {
            // A voice gives its terms its strength, each a share of it: behind three stronger ones it is not heard.
            if distinct(&found, strength * ROUNDING) >= REASONS {
                break;
            }
            if voice == Voice::Own {
                let terms = self.own(i, theme);
                let total: f32 = terms.iter().map(|(_, share)| share).sum();
                found.extend(terms.iter().map(|(key, share)| (strength * share / total, grams::spell(*key))));
            } else if let Some((label, source)) = self.source(i, voice)
                && let Some((key, _)) = self.strongest(source, theme)
            {
                found.push((strength, format!("{label}{}", grams::spell(key))));
            }
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
        let loud = self.reading.loud[i * second.voices()..][..second.voices()].chunks(Voice::ALL.len());
        let mut strengths: Vec<(Voice, f32)> = Voice::ALL.into_iter().map(|voice| (voice, 0.0)).collect();
        for ((voices, pushes), loud) in self.reading.voices.iter().zip(pushes.chunks(block)).zip(loud) {
            let said = voices[i * block..][..block].chunks(second.classes).zip(pushes.chunks(second.classes));
            for (((_, strength), (values, pushes)), gain) in strengths.iter_mut().zip(said).zip(loud) {
                values.iter().zip(pushes).for_each(|(value, push)| *strength += value * push);
                // What a voice says is centred over the themes already.
                *strength += gain * values[theme];
            }
        }
        strengths
    }

    /// What a voice speaks through, and what a reader calls it; `None` where nobody stands there.
    fn source(&self, i: usize, voice: Voice) -> Option<(&'static str, Source)> {
        let sentences = &self.reading.scene.outline.sentences;
        let head = || sentences[i].path.last().copied();
        let under = |j: &usize| sentences[*j].path.last() == sentences[i].path.last();
        let one = |j: usize| Source::One(j as u32);
        match voice {
            // Asked for its terms by `own`.
            Voice::Own => None,
            Voice::Head => Some(("heading ", Source::One(head()?))),
            Voice::Above | Voice::Top => Some(("heading ", Source::Above(head()?))),
            Voice::Before => Some(("before ", one((0..i).rev().find(under)?))),
            // What stands right before may be the head itself, and what stands after a head is below it.
            Voice::Previous => {
                let before = i.checked_sub(1)?;
                Some((if head() == Some(before as u32) { "heading " } else { "before " }, one(before)))
            }
            Voice::After => Some(("after ", one((i + 1..sentences.len()).find(under)?))),
            Voice::Next => {
                let after = Some(i + 1).filter(|&j| j < sentences.len())?;
                Some((if sentences[after].path.last() == Some(&(i as u32)) { "below " } else { "after " }, one(after)))
            }
            Voice::Near | Voice::Block | Voice::Line => Some(("block ", Source::Around(i as u32))),
            Voice::Below | Voice::BelowHeads => Some(("below ", Source::Below(i as u32))),
        }
    }

    /// The sentences of a source, innermost head or first sentence first.
    fn sentences(&self, source: Source) -> Vec<usize> {
        let sentences = &self.reading.scene.outline.sentences;
        match source {
            Source::One(j) => vec![j as usize],
            Source::Above(head) => sentences[head as usize].path.iter().rev().map(|&j| j as usize).collect(),
            Source::Around(i) => {
                let i = i as usize;
                let reach = i.saturating_sub(AROUND)..(i + AROUND + 1).min(sentences.len());
                let under = |&j: &usize| j != i && sentences[j].path.last() == sentences[i].path.last();
                reach.filter(under).collect()
            }
            Source::Below(head) => {
                let below = |&j: &usize| sentences[j].path.contains(&head);
                (head as usize + 1..sentences.len()).take(BELOW).filter(below).collect()
            }
        }
    }

    /// The term of a source that speaks most for the theme.
    fn strongest(&mut self, source: Source, theme: usize) -> Option<Term> {
        if let Some(&known) = self.heard.get(&(source, theme)) {
            return known;
        }
        let sentences = self.sentences(source);
        let strongest = self.terms(&sentences, theme).into_iter().min_by(stronger);
        self.heard.insert((source, theme), strongest);
        strongest
    }

    /// The terms of a sentence that speak most for the theme, strongest first; none within another.
    fn own(&mut self, i: usize, theme: usize) -> Vec<Term> {
        let mut terms = self.terms(&[i], theme);
        terms.sort_unstable_by(stronger);
        self.heard.insert((Source::One(i as u32), theme), terms.first().copied());
        let mut kept: Vec<(String, Term)> = Vec::with_capacity(REASONS);
        for term in terms {
            if kept.len() == REASONS {
                break;
            }
            let spelled = grams::spell(term.0);
            let overlaps =
                |other: &str| other.contains(&spelled) || spelled.contains(other) || shares_pair(other, &spelled);
            if !kept.iter().any(|(other, _)| overlaps(other)) {
                kept.push((spelled, term));
            }
        }
        kept.into_iter().map(|(_, term)| term).collect()
    }

    /// The terms of these sentences that speak for the theme. A single character means little to a reader: a longer term takes
    /// up what its characters say.
    fn terms(&mut self, sentences: &[usize], theme: usize) -> Vec<Term> {
        for &sentence in sentences {
            self.add(sentence, theme);
        }
        let mut terms = Vec::new();
        for &number in &self.touched {
            let gram = &self.grams[number as usize];
            if self.sums[number as usize] > 0.0 && grams::length(gram.key) > 1 {
                terms.push((gram.key, self.whole(number)));
            }
        }
        for number in self.touched.drain(..) {
            self.sums[number as usize] = 0.0;
            self.met[number as usize] = false;
        }
        terms
    }

    /// Adds what each gram of a sentence says for the theme over the mean of all themes.
    fn add(&mut self, sentence: usize, theme: usize) {
        let ends = &self.reading.rows.ends;
        let start = sentence.checked_sub(1).map_or(0, |before| ends[before]);
        let weights = &self.weights[theme];
        for &(number, value) in &self.cells[start..ends[sentence]] {
            if !std::mem::replace(&mut self.met[number as usize], true) {
                self.touched.push(number);
            }
            self.sums[number as usize] += value * weights[number as usize];
        }
    }

    /// What a gram says, and half of what speaks for the theme in each shorter gram within it.
    fn whole(&self, number: u32) -> f32 {
        let mut whole = self.sums[number as usize];
        for &part in self.grams[number as usize].parts.iter().filter(|&&part| part != NONE) {
            whole += 0.5 * self.sums[part as usize].max(0.0);
        }
        whole
    }
}

/// The stronger term first, among equals by its characters.
fn stronger(a: &Term, b: &Term) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then_with(|| grams::spell(a.0).cmp(&grams::spell(b.0)))
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
