//! What a sentence's place says: its line, its heading path, the class of its head in this document, the run of unstopped lines.

use std::collections::BTreeMap;

use crate::outline::{MarkerStyle, Outline, Sentence, Shape};

use super::annex::{Annex, annexes};
use super::look::Look;

/// The style of a sentence's marker as a small number; 0 without one.
pub(super) fn style(sentence: &Sentence) -> u64 {
    sentence.marker.as_ref().map_or(0, |marker| match marker.style {
        MarkerStyle::Chapter => 1,
        MarkerStyle::HanComma => 2,
        MarkerStyle::HanBracket => 3,
        MarkerStyle::Digit => 4,
        MarkerStyle::DigitBracket => 5,
        MarkerStyle::Ordinal => 6,
        MarkerStyle::Bullet => 7,
    })
}

/// The shape of a sentence as a small number.
pub(super) fn shape(sentence: &Sentence) -> u64 {
    match sentence.shape {
        Shape::Prose => 0,
        Shape::Title => 1,
        Shape::Line => 2,
        Shape::RunIn => 3,
    }
}

/// How often heads of one class have heads below them in this document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Class {
    /// Heads of the class.
    pub heads: u32,
    /// Those with a head or a number inside their block.
    pub nested: u32,
}

/// What the place of one sentence says.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// The first and the one-past-last sentence of its line.
    pub line: (usize, usize),
    /// For a head: whether its own block holds heads or numbers, how many sentences it holds, and its class.
    pub head: Option<(bool, usize, Class)>,
    /// Unstopped sentences in a row around it; 0 where it is stopped.
    pub run: usize,
    /// The run-in heads of its line before it (the distance to the nearest), and how many there are before and after.
    pub run_in: (Option<usize>, usize, usize),
    /// The heads of its path that stand in its own line.
    pub inline: usize,
    /// Other sentences of its line that begin with the same two characters, and whether one stands before it.
    pub parallel: (usize, bool),
    /// Whether it stands before the first numbered head of the outer styles.
    pub before_first: bool,
    /// Whether it stands in the body, or in which sort of annex.
    pub annex: Annex,
    /// Whether it stands among notes, or explains a term among others that do.
    pub explained: bool,
    /// Glossary-like sentences among it and its four neighbours on each side.
    pub glosses: usize,
    /// Whether it stands in YAML front matter.
    pub front_matter: bool,
    /// Whether its line is a row of a table or of a portal's metadata.
    pub row: bool,
}

/// So many explanations within nine sentences are a list of notes.
const LISTED: usize = 2;

/// The places of all sentences.
pub(super) fn places(outline: &Outline, looks: &[Look<'_>]) -> Vec<Place> {
    let sentences = &outline.sentences;
    let n = sentences.len();
    let mut places = vec![Place::default(); n];
    lines(sentences, looks, &mut places);
    heads(sentences, &mut places);
    let mut start = 0;
    while start < n {
        let end =
            start + 1 + looks[start + 1..].iter().take_while(|look| !look.stopped && !looks[start].stopped).count();
        if !looks[start].stopped {
            places[start..end].iter_mut().for_each(|place| place.run = end - start);
        }
        start = end;
    }
    let outer = |sentence: &Sentence| (1..=3).contains(&style(sentence));
    let first = sentences.iter().position(outer).unwrap_or(n);
    let annexes = annexes(outline, looks);
    let mut open_matter = n > 0 && looks[0].sentence == "---";
    for i in 0..n {
        let look = &looks[i];
        let from = i.saturating_sub(4);
        let place = &mut places[i];
        place.before_first = i < first;
        place.annex = annexes[i];
        place.glosses = looks[from..(i + 5).min(n)].iter().filter(|look| look.gloss).count();
        // Notes without a heading over them: one explanation among others, on a line of its own (a plan that unfolds its slogan,
        // “一河”指…；“两园”指…, does so within a line).
        let listed = look.gloss && sentences[i].opens_line && place.glosses >= LISTED;
        place.explained = annexes[i] == Annex::Notes || listed && i * 5 > n * 2;
        place.front_matter = open_matter;
        open_matter &= i == 0 || look.sentence != "---";
    }
    // front matter that is never closed was none
    if places.iter().all(|place| place.front_matter) {
        places.iter_mut().for_each(|place| place.front_matter = false);
    }
    places
}

/// What the line of each sentence says.
fn lines(sentences: &[Sentence], looks: &[Look<'_>], places: &mut [Place]) {
    let mut start = 0;
    while start < sentences.len() {
        let line = sentences[start].line;
        let end = start + sentences[start..].iter().take_while(|sentence| sentence.line == line).count();
        let row = looks[start..end].iter().map(|look| look.sentence.matches('|').count()).sum::<usize>() > 1;
        let mut openings: BTreeMap<(Option<char>, Option<char>), usize> = BTreeMap::new();
        let opening = |i: usize| {
            let mut chars = looks[i].body.chars();
            (chars.next(), chars.next())
        };
        for i in start..end {
            *openings.entry(opening(i)).or_default() += 1;
        }
        let total = sentences[start..end].iter().filter(|sentence| sentence.shape == Shape::RunIn).count();
        let (mut nearest, mut before) = (None, 0);
        let mut met: BTreeMap<(Option<char>, Option<char>), ()> = BTreeMap::new();
        for i in start..end {
            let own = usize::from(sentences[i].shape == Shape::RunIn);
            let place = &mut places[i];
            place.line = (start, end);
            place.row = row;
            place.run_in = (nearest.map(|head: usize| i - head), before, total - before - own);
            place.parallel = (openings[&opening(i)] - 1, met.insert(opening(i), ()).is_some());
            place.inline = sentences[i].path.iter().filter(|&&head| sentences[head as usize].line == line).count();
            if own == 1 {
                (nearest, before) = (Some(i), before + 1);
            }
        }
        start = end;
    }
}

/// The blocks of heads, and what is usual for heads of the same class in this document.
fn heads(sentences: &[Sentence], places: &mut [Place]) {
    let class = |sentence: &Sentence| (style(sentence), sentence.opens_line);
    let mut blocks: Vec<Option<(bool, usize)>> =
        sentences.iter().map(|sentence| (sentence.shape != Shape::Prose).then_some((false, 0))).collect();
    for sentence in sentences {
        let inner = sentence.shape != Shape::Prose || sentence.marker.is_some();
        for &head in &sentence.path {
            if let Some((nested, size)) = &mut blocks[head as usize] {
                *nested |= inner;
                *size += 1;
            }
        }
    }
    let mut classes: BTreeMap<(u64, bool), Class> = BTreeMap::new();
    for (sentence, block) in sentences.iter().zip(&blocks) {
        if let Some((nested, _)) = block {
            let class = classes.entry(class(sentence)).or_default();
            class.heads += 1;
            class.nested += u32::from(*nested);
        }
    }
    for ((sentence, block), place) in sentences.iter().zip(&blocks).zip(places) {
        place.head = block.map(|(nested, size)| (nested, size, classes[&class(sentence)]));
    }
}
