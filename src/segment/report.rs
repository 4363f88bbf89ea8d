//! What became of each term of a lexicon in a corpus.

use std::borrow::Cow;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use rayon::prelude::*;
use serde::Serialize;

use super::cuts::Cuts;
use super::words::Segmenter;
use crate::text::Span;

/// Texts looked through by one thread at a time.
const CHUNK: usize = 1024;

/// What became of a term in a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It was cut as a word at least once.
    Cut,
    /// It stands in the corpus, but a longer word took it every time.
    InLongerWord,
    /// It stands in the corpus and was never cut; at least once because the words around it share its characters.
    Divided,
    /// It stands nowhere in the corpus.
    Absent,
}

/// One term of the lexicon and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermEffect {
    /// The term.
    pub word: String,
    /// Whether the segmenter's dictionary had the word already, so that the line changed no more than its frequency.
    pub known: bool,
    /// How often it was cut as a word.
    pub times: u64,
    /// What became of it.
    pub effect: Effect,
}

/// What became of a lexicon in a corpus, term by term in the lexicon's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LexiconReport {
    /// The terms.
    pub terms: Vec<TermEffect>,
}

impl LexiconReport {
    /// Looks at every text again for the terms of the segmenter's lexicon.
    ///
    /// Only texts that hold a term's characters are cut again, so the cost is that of one search over the corpus and a
    /// cut of the texts concerned.
    pub fn of<T: AsRef<str> + Sync>(segmenter: &Segmenter, texts: &[T]) -> LexiconReport {
        LexiconReport::with(segmenter, texts, T::as_ref, |_, _| false)
    }

    /// The same for texts that are cut already: each with its cuts and its number among their sentences.
    pub fn of_cut(segmenter: &Segmenter, texts: &[(&str, &Cuts, usize)]) -> LexiconReport {
        LexiconReport::with(
            segmenter,
            texts,
            |(text, _, _)| text,
            |(_, cuts, number), words| {
                words.extend(cuts.spans(*number));
                true
            },
        )
    }

    /// `cut` fills in the words of a text where they are known already and says whether they are.
    fn with<T: Sync>(
        segmenter: &Segmenter,
        texts: &[T],
        text_of: impl Fn(&T) -> &str + Sync,
        cut: impl Fn(&T, &mut Vec<Span>) -> bool + Sync,
    ) -> LexiconReport {
        let entries = segmenter.lexicon().entries();
        let Some(search) = search(entries.iter().map(|entry| entry.word.as_str())) else {
            return LexiconReport::default();
        };
        let chunks: Vec<Vec<Tally>> = texts
            .par_chunks(CHUNK)
            .map(|texts| {
                let mut tallies = vec![Tally::default(); entries.len()];
                for text in texts {
                    tally(segmenter, &search, text_of(text), |words| cut(text, words), &mut tallies);
                }
                tallies
            })
            .collect();
        let mut totals = vec![Tally::default(); entries.len()];
        for tallies in chunks {
            for (total, tally) in totals.iter_mut().zip(tallies) {
                total.cut += tally.cut;
                total.within += tally.within;
                total.divided += tally.divided;
            }
        }
        let terms = entries.iter().zip(segmenter.known()).zip(totals);
        let terms = terms.map(|((entry, &known), total)| TermEffect {
            word: entry.word.clone(),
            known,
            times: total.cut,
            effect: total.effect(),
        });
        LexiconReport { terms: terms.collect() }
    }

    /// The number of terms with this effect.
    pub fn count(&self, effect: Effect) -> usize {
        self.terms.iter().filter(|term| term.effect == effect).count()
    }

    /// The number of terms that the dictionary had already.
    pub fn known(&self) -> usize {
        self.terms.iter().filter(|term| term.known).count()
    }

    /// The number of terms that the corpus holds but that were overridden every time, by a longer word or by the words
    /// around them.
    pub fn overridden(&self) -> usize {
        self.count(Effect::InLongerWord) + self.count(Effect::Divided)
    }
}

/// How often one term met which end.
#[derive(Clone, Copy, Default)]
struct Tally {
    cut: u64,
    within: u64,
    divided: u64,
}

impl Tally {
    fn effect(self) -> Effect {
        match self {
            Tally { cut: 1.., .. } => Effect::Cut,
            Tally { divided: 1.., .. } => Effect::Divided,
            Tally { within: 1.., .. } => Effect::InLongerWord,
            _ => Effect::Absent,
        }
    }
}

/// An automaton over the words; a word's value is its position. `None` where there is no word.
fn search<'w>(words: impl ExactSizeIterator<Item = &'w str>) -> Option<CharwiseDoubleArrayAhoCorasick<u32>> {
    if words.len() == 0 {
        return None;
    }
    let patterns = words.zip(0u32..);
    Some(
        CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build_with_values(patterns)
            .expect("the words of a lexicon are not empty and each stands once"),
    )
}

fn tally(
    segmenter: &Segmenter,
    search: &CharwiseDoubleArrayAhoCorasick<u32>,
    text: &str,
    cut: impl FnOnce(&mut Vec<Span>) -> bool,
    tallies: &mut [Tally],
) {
    // The search sees the text as the segmenter does, so that ５Ｇ基站 is found as 5G基站.
    let view = segmenter.view(text);
    if search.find_overlapping_iter(view.as_ref()).next().is_none() {
        return;
    }
    let mut words: Vec<Span> = Vec::new();
    // Words that were cut before have their places in the untouched text.
    if matches!(view, Cow::Owned(_)) || !cut(&mut words) {
        segmenter.words(&view, |span, _| words.push(span));
    }
    for found in search.find_overlapping_iter(view.as_ref()) {
        let tally = &mut tallies[found.value() as usize];
        let word = words[words.partition_point(|word| word.end <= found.start())];
        if word.start == found.start() && word.end == found.end() {
            tally.cut += 1;
        } else if word.end >= found.end() {
            tally.within += 1;
        } else {
            tally.divided += 1;
        }
    }
}
