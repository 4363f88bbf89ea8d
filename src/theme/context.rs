//! What the surroundings of a sentence say about its theme: the second stage of the coder.
//!
//! The first stage gives every sentence of the document a probability per theme from its wording alone. Here each sentence
//! becomes one row of what its own wording, its heads, its neighbours, its block and what stands below it say, and a small
//! linear model learned how far each is to be trusted. A second pass reads the first pass's probabilities the same way.

use super::logarithm::logarithms;
use crate::codebook::{Kind, Part};
use crate::outline::{Outline, Shape};

/// One voice in a row: a set of sentences that say something about this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The sentence itself.
    Own,
    /// Its innermost head.
    Head,
    /// The head above that.
    Above,
    /// The outermost head, where there are three or more.
    Top,
    /// The sentence before, under the same head.
    Before,
    /// The sentence after, under the same head.
    After,
    /// Up to four sentences on either side under the same head, itself left out.
    Near,
    /// Up to thirty sentences on either side under the same head, itself left out.
    Block,
    /// The other sentences of its line.
    Line,
    /// All that stands below it, if it is a head.
    Below,
    /// The heads directly below it.
    BelowHeads,
    /// The sentence before in the document, whatever its head.
    Previous,
    /// The sentence after in the document, whatever its head.
    Next,
}

impl Voice {
    /// Every voice, in the order of the columns.
    pub const ALL: [Voice; 13] = [
        Voice::Own,
        Voice::Head,
        Voice::Above,
        Voice::Top,
        Voice::Before,
        Voice::After,
        Voice::Near,
        Voice::Block,
        Voice::Line,
        Voice::Below,
        Voice::BelowHeads,
        Voice::Previous,
        Voice::Next,
    ];
}

/// Whom the second stage hears. All in use; fewer show what the others are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hears {
    /// The sentence itself and nothing of its place.
    Alone,
    /// Its heads and what stands below it too, and the signs of its place.
    Heads,
    /// Its neighbours, its block and its line too.
    #[default]
    All,
}

impl Hears {
    /// Clears the columns of a row that are not heard. What is never seen in training gets no weight, so
    /// nothing need be cleared where a trained coder reads.
    pub fn clear(self, row: &mut [f32], classes: usize) {
        let signs = row.len() - SIGNS;
        let (voices, signs) = row.split_at_mut(signs);
        if self == Hears::Alone {
            signs.fill(0.0);
        }
        for (voice, slot) in Voice::ALL.into_iter().cycle().zip(voices.chunks_mut(classes)) {
            let heard = match voice {
                Voice::Own => true,
                Voice::Head | Voice::Above | Voice::Top | Voice::Below | Voice::BelowHeads => self != Hears::Alone,
                _ => self == Hears::All,
            };
            if !heard {
                slot.fill(0.0);
            }
        }
    }
}

/// How far [`Voice::Near`] reaches.
const NEAR: usize = 4;
/// How far [`Voice::Block`] reaches.
const BLOCK: usize = 30;
/// Added to a probability before its logarithm is taken: one voice may not veto a theme.
const FLOOR: f32 = 0.01;
/// Scales the logarithms to about the size of the other columns, so that one penalty suits all.
const LOG_SCALE: f32 = 0.4;

/// The columns after the voices: kinds, shapes, parts, and counts.
pub(super) const SIGNS: usize = 7 + 4 + 3 + 6;

/// A document with its outline and a kind for each sentence.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The text.
    pub text: &'a str,
    /// Its outline.
    pub outline: &'a Outline,
    /// A kind for every sentence of the outline.
    pub kinds: &'a [Kind],
}

/// What the sentences of one document say, voice by voice.
pub struct Surroundings<'a> {
    scene: Scene<'a>,
    classes: usize,
    /// The innermost head of each sentence, or `u32::MAX`.
    heads: Vec<u32>,
    /// The sentences under each head in order, by head; those without a head come last.
    blocks: Vec<Vec<u32>>,
    /// The position of each sentence in its block.
    position: Vec<u32>,
    /// The number of heads directly below each sentence.
    heads_below: Vec<u32>,
}

impl<'a> Surroundings<'a> {
    /// Reads the structure of a document once.
    pub fn new(scene: Scene<'a>, classes: usize) -> Self {
        let sentences = &scene.outline.sentences;
        let heads: Vec<u32> = sentences.iter().map(|s| s.path.last().copied().unwrap_or(u32::MAX)).collect();
        let mut blocks = vec![Vec::new(); sentences.len() + 1];
        let mut position = Vec::with_capacity(sentences.len());
        let mut heads_below = vec![0; sentences.len()];
        for (i, &head) in heads.iter().enumerate() {
            let block = &mut blocks[(head as usize).min(sentences.len())];
            position.push(block.len() as u32);
            block.push(i as u32);
            if head != u32::MAX && matches!(sentences[i].shape, Shape::Line | Shape::RunIn) {
                heads_below[head as usize] += 1;
            }
        }
        Surroundings { scene, classes, heads, blocks, position, heads_below }
    }

    fn block(&self, i: usize) -> &[u32] {
        &self.blocks[(self.heads[i] as usize).min(self.heads.len())]
    }

    /// The columns that one view (probabilities, `classes` a sentence) gives every sentence: `Voice::ALL × classes` each.
    pub fn voices(&self, view: &[f32]) -> Vec<f32> {
        let (n, classes) = (self.heads.len(), self.classes);
        let of = |i: usize| &view[i * classes..][..classes];
        let (below, below_heads) = self.sums_below(view);
        // Most voices are one sentence alone, so each sentence's logarithms are taken once.
        let mut alone = vec![0.0; n * classes];
        view.chunks(classes).zip(alone.chunks_mut(classes)).for_each(|(said, slot)| log_view(said, 1.0, slot));
        let mut out = vec![0.0; n * Voice::ALL.len() * classes];
        let mut sum = vec![0.0; classes];
        for (i, row) in out.chunks_mut(Voice::ALL.len() * classes).enumerate() {
            let path = &self.scene.outline.sentences[i].path;
            let block = self.block(i);
            let at = self.position[i] as usize;
            let neighbours = |reach: usize| {
                block[at.saturating_sub(reach)..(at + reach + 1).min(block.len())]
                    .iter()
                    .map(|&j| j as usize)
                    .filter(move |&j| j != i)
            };
            for (voice, slot) in Voice::ALL.into_iter().zip(row.chunks_mut(classes)) {
                let single = match voice {
                    Voice::Own => Some(i),
                    Voice::Head => path.last().map(|&j| j as usize),
                    Voice::Above => path.iter().rev().nth(1).map(|&j| j as usize),
                    Voice::Top => path.first().filter(|_| path.len() > 2).map(|&j| j as usize),
                    Voice::Before => at.checked_sub(1).map(|before| block[before] as usize),
                    Voice::After => block.get(at + 1).map(|&j| j as usize),
                    Voice::Previous => i.checked_sub(1),
                    Voice::Next => (i + 1 < n).then_some(i + 1),
                    _ => None,
                };
                if let Some(j) = single {
                    slot.copy_from_slice(&alone[j * classes..][..classes]);
                    continue;
                }
                sum.fill(0.0);
                let count = match voice {
                    Voice::Near => add_all(neighbours(NEAR), &of, &mut sum),
                    Voice::Block => add_all(neighbours(BLOCK), &of, &mut sum),
                    Voice::Line => add_all(self.line_mates(i), &of, &mut sum),
                    Voice::Below => {
                        sum.copy_from_slice(&below[i * (classes + 1)..][..classes]);
                        below[i * (classes + 1) + classes]
                    }
                    Voice::BelowHeads => {
                        sum.copy_from_slice(&below_heads[i * classes..][..classes]);
                        self.heads_below[i] as f32
                    }
                    _ => 0.0,
                };
                if count > 0.0 {
                    log_view(&sum, count, slot);
                }
            }
        }
        out
    }

    fn line_mates(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let sentences = &self.scene.outline.sentences;
        let line = sentences[i].line;
        let same = move |&j: &usize| sentences[j].line == line;
        (0..i).rev().take_while(same).take(BLOCK).chain((i + 1..sentences.len()).take_while(same).take(BLOCK))
    }

    /// Sums over all that stands below each head (with the count behind the classes), and over the heads directly below.
    fn sums_below(&self, view: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let (n, classes) = (self.heads.len(), self.classes);
        let mut below = vec![0.0; n * (classes + 1)];
        let mut heads = vec![0.0; n * classes];
        for (i, sentence) in self.scene.outline.sentences.iter().enumerate() {
            let own = &view[i * classes..][..classes];
            for &head in &sentence.path {
                let slot = &mut below[head as usize * (classes + 1)..][..classes + 1];
                slot.iter_mut().zip(own).for_each(|(sum, p)| *sum += p);
                slot[classes] += 1.0;
            }
            if let (Some(&head), Shape::Line | Shape::RunIn) = (sentence.path.last(), sentence.shape) {
                let slot = &mut heads[head as usize * classes..][..classes];
                slot.iter_mut().zip(own).for_each(|(sum, p)| *sum += p);
            }
        }
        (below, heads)
    }

    /// Fills the columns that do not depend on a view.
    fn signs(&self, i: usize, view: &[f32], out: &mut [f32]) {
        let sentence = &self.scene.outline.sentences[i];
        out.fill(0.0);
        out[self.scene.kinds[i].index()] = 1.0;
        let shape = match sentence.shape {
            Shape::Prose => 0,
            Shape::Title => 1,
            Shape::Line => 2,
            Shape::RunIn => 3,
        };
        out[7 + shape] = 1.0;
        let part = match sentence.part {
            Part::Review => 0,
            Part::Problems => 1,
            Part::Plan => 2,
        };
        out[11 + part] = 1.0;
        out[14] = sentence.path.len().min(4) as f32 * 0.25;
        out[15] = libm::log1pf(self.heads_below[i] as f32);
        out[16] = f32::from(sentence.path.is_empty());
        out[17] = f32::from(sentence.opens_line);
        out[18] = libm::log1pf(sentence.span.len() as f32 / 3.0) * 0.25;
        // Rule 9: a head over blocks of several themes is general.
        out[19] = self.variety_below(i, view);
    }

    /// The effective number of themes among the heads directly below, less one; 0 where there are none.
    fn variety_below(&self, i: usize, view: &[f32]) -> f32 {
        if self.heads_below[i] == 0 {
            return 0.0;
        }
        let mut sum = vec![0.0; self.classes];
        let sentences = &self.scene.outline.sentences;
        let heads = self.blocks[i].iter().map(|&j| j as usize);
        let heads = heads.filter(|&j| matches!(sentences[j].shape, Shape::Line | Shape::RunIn));
        let count = add_all(heads, &|j| &view[j * self.classes..][..self.classes], &mut sum);
        let herfindahl: f32 = sum.iter().map(|s| (s / count) * (s / count)).sum();
        (1.0 / herfindahl - 1.0) * 0.5
    }

    /// Writes the row of sentence `i` from the voices of the views; `view` is the newest view's probabilities.
    pub fn row(&self, i: usize, voices: &[Vec<f32>], view: &[f32], out: &mut [f32]) {
        let block = Voice::ALL.len() * self.classes;
        for (voices, slot) in voices.iter().zip(out.chunks_mut(block)) {
            slot.copy_from_slice(&voices[i * block..][..block]);
        }
        self.signs(i, view, &mut out[voices.len() * block..]);
    }
}

fn add_all<'v>(which: impl Iterator<Item = usize>, of: &impl Fn(usize) -> &'v [f32], sum: &mut [f32]) -> f32 {
    let mut count = 0.0;
    for j in which {
        sum.iter_mut().zip(of(j)).for_each(|(sum, p)| *sum += p);
        count += 1.0;
    }
    count
}

/// Centred logarithms of `values / count`.
fn log_view(values: &[f32], count: f32, out: &mut [f32]) {
    out.iter_mut().zip(values).for_each(|(slot, value)| *slot = value / count + FLOOR);
    logarithms(out);
    let mut mean = 0.0;
    for slot in out.iter_mut() {
        *slot *= LOG_SCALE;
        mean += *slot;
    }
    mean /= values.len() as f32;
    out.iter_mut().for_each(|slot| *slot -= mean);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    fn slot(voice: Voice, row: &[f32]) -> Vec<f32> {
        let at = Voice::ALL.iter().position(|&other| other == voice).unwrap();
        row[at * 2..at * 2 + 2].to_vec()
    }

    #[test]
    fn what_is_not_heard_is_cleared() {
        let shape = crate::theme::second::shape(2, 2);
        let heard = |hears: Hears| {
            let mut row = vec![1.0; shape.width()];
            hears.clear(&mut row, 2);
            row
        };
        assert!(heard(Hears::All).iter().all(|&value| value == 1.0));
        let alone = heard(Hears::Alone);
        assert_eq!(alone.iter().sum::<f32>(), 4.0, "its own two columns in each of two views");
        assert_eq!((slot(Voice::Own, &alone), slot(Voice::Head, &alone)), (vec![1.0, 1.0], vec![0.0, 0.0]));
        let heads = heard(Hears::Heads);
        // Itself and five voices of heads, two columns each in two views, and the signs.
        assert_eq!(heads.iter().sum::<f32>(), (6 * 2 * 2 + SIGNS) as f32);
        assert_eq!(slot(Voice::Next, &heads), [0.0, 0.0]);
    }

    #[test]
    fn each_voice_hears_the_right_sentences() {
        let text = "计划\n一、抓产业\n加快引进总投资超过一亿元的高端装备制造项目和新材料项目三个。办好园区。\n二、抓农业\n种桃树一百亩。";
        let outline = outline(text);
        assert_eq!(outline.sentences.len(), 6);
        let kinds = vec![Kind::Measure; 6];
        let scene = Scene { text, outline: &outline, kinds: &kinds };
        let around = Surroundings::new(scene, 2);
        let view: Vec<f32> = [0.5, 0.9, 0.8, 0.6, 0.2, 0.1].iter().flat_map(|&p| [p, 1.0 - p]).collect();
        let voices = vec![around.voices(&view)];
        let mut row = vec![0.0; crate::theme::second::shape(1, 2).width()];
        around.row(2, &voices, &view, &mut row);
        let expect = |p: f32| {
            let mut out = [0.0; 2];
            log_view(&[p, 1.0 - p], 1.0, &mut out);
            out.to_vec()
        };
        assert_eq!(slot(Voice::Own, &row), expect(0.8));
        assert_eq!(slot(Voice::Head, &row), expect(0.9));
        assert_eq!(slot(Voice::Above, &row), [0.0, 0.0]);
        assert_eq!(slot(Voice::Before, &row), [0.0, 0.0], "the head is not before it under the same head");
        assert_eq!(slot(Voice::After, &row), expect(0.6));
        assert_eq!(slot(Voice::Previous, &row), expect(0.9));
        around.row(1, &voices, &view, &mut row);
        let below = slot(Voice::Below, &row);
        assert!((below[0] - expect(0.7)[0]).abs() < 1e-6, "the mean of 0.8 and 0.6");
    }
}
