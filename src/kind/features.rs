//! What the chain sees of a sentence: its own form and words, its place, its neighbours, and the part the document is in.
//!
//! Every feature is a template with small values, mixed into one key. The same code serves training, coding and the
//! explanation of a call; only the last asks for words.

use crate::codebook::Part;
use crate::outline::{MarkerStyle, Outline, Sentence, Shape};

use super::annex::Annex;
use super::headed::{headed, names};
use super::keys::key;
use super::look::{CUES, Last, Look, looks};
use super::structure::{Place, places, shape, style};
use super::tense::{Said, Tense, smooth};

/// Takes the features of a sentence one by one.
pub(super) trait Sink {
    /// A feature that has no words a reader would understand.
    fn put(&mut self, key: u32);
    /// A feature and its words, which are made only where they are wanted.
    fn say(&mut self, key: u32, words: impl FnOnce() -> String);
}

/// A document, read once for all its sentences.
pub(super) struct Reading<'t> {
    outline: &'t Outline,
    /// What is read of each sentence.
    pub looks: Vec<Look<'t>>,
    /// Where each stands.
    pub places: Vec<Place>,
    /// What each says of its part.
    said: Vec<Said>,
    /// The part of each, smoothed over the document.
    pub parts: Vec<Part>,
    /// The part that the heads above each name, where both review and plan have heads.
    pub headed: Vec<Option<Part>>,
    /// The features of form that neighbours see too, of all sentences.
    forms: Vec<u32>,
    form_starts: Vec<usize>,
    /// Running sum of plan against review, clipped.
    leaning: Vec<f32>,
}

/// The position of `value` among rising `edges`, as a feature value.
fn bucket(value: usize, edges: &[usize]) -> u64 {
    edges.iter().position(|&edge| value <= edge).unwrap_or(edges.len()) as u64
}

/// A real number in steps of `width`, clipped, as a feature value.
fn step(value: f32, width: f32, most: i64) -> u64 {
    let steps = (f64::from(value) / f64::from(width)).round() as i64;
    (steps.clamp(-most, most) + most) as u64
}

/// Length classes of sentences, by their letters, digits and Chinese characters.
const LENGTHS: &[usize] = &[2, 5, 8, 11, 14, 18, 23, 30, 45, 70, 100];
/// One odd sentence leans no further than this.
const LEAN: f32 = 4.0;
/// The first sentence of a line is short up to so many letters, digits and Chinese characters.
const SHORT_FIRST: usize = 14;
/// Stands for the line before the first and after the last.
const NO_LINE: u64 = 8;
/// The value of a sentence under no head that names a part.
const NO_HEAD: u64 = 9;
/// How the titles of work plans and reports end.
const TITLES: &[&str] =
    &["工作总结", "工作计划", "工作报告", "工作要点", "工作安排", "工作打算", "工作思路", "发展规划", "实施方案"];
/// Words in the heads above that say what stands below them.
const HEAD_WORDS: &[&str] =
    &["问题", "困难", "回顾", "总结", "打算", "安排", "措施", "目标", "思路", "要求", "成效", "实事", "体会"];

fn length(look: &Look<'_>) -> u64 {
    bucket(look.weight, LENGTHS)
}

fn commas(look: &Look<'_>) -> u64 {
    bucket(look.commas, &[0, 1, 2, 3, 5])
}

impl<'t> Reading<'t> {
    /// Reads a document.
    pub fn new(text: &'t str, outline: &'t Outline, tense: &Tense) -> Self {
        let looks = looks(text, outline);
        let places = places(outline, &looks);
        let said: Vec<Said> = looks.iter().map(|look| tense.said(look.sentence)).collect();
        let names = names(text, outline);
        let parts = smooth(&said, &names, outline);
        let headed = headed(&names, outline);
        let mut leaning = vec![0.0];
        for said in &said {
            leaning.push(leaning[leaning.len() - 1] + lean(said));
        }
        let mut reading =
            Reading { outline, looks, places, said, parts, headed, forms: Vec::new(), form_starts: vec![0], leaning };
        for i in 0..reading.looks.len() {
            reading.push_forms(i);
        }
        reading
    }

    fn sentence(&self, i: usize) -> &'t Sentence {
        &self.outline.sentences[i]
    }

    fn push_forms(&mut self, i: usize) {
        let (sentence, look, place) = (self.sentence(i), &self.looks[i], &self.places[i]);
        let last = look.last as u64;
        let forms = [
            key(10, &[shape(sentence)]),
            key(11, &[style(sentence)]),
            key(12, &[length(look)]),
            key(13, &[last]),
            key(14, &[shape(sentence), style(sentence), last]),
            key(15, &[u64::from(sentence.opens_line), u64::from(sentence.closes_line)]),
            key(16, &[u64::from(look.told)]),
            key(17, &[u64::from(look.percent), u64::from(look.digit)]),
            key(18, &[commas(look)]),
            key(19, &[bucket(place.run, &[0, 1, 2, 4, 8])]),
        ];
        self.forms.extend(forms);
        self.form_starts.push(self.forms.len());
    }

    fn forms(&self, i: usize) -> &[u32] {
        &self.forms[self.form_starts[i]..self.form_starts[i + 1]]
    }

    /// Whether the sentence is a title that says what the document is (`…工作总结`), or a line that numbers a part of it (`一、…`).
    pub fn is_title(&self, i: usize) -> bool {
        let (sentence, look) = (self.sentence(i), &self.looks[i]);
        let numbers_part = sentence.marker.as_ref().is_some_and(|marker| marker.style == MarkerStyle::HanComma);
        match sentence.shape {
            Shape::Title => TITLES.iter().any(|title| look.core.ends_with(title)),
            Shape::Line => numbers_part && look.han > 1,
            Shape::RunIn | Shape::Prose => false,
        }
    }

    /// Emits every feature of sentence `i`.
    pub fn emit(&self, i: usize, sink: &mut impl Sink) {
        sink.put(key(1, &[]));
        self.form(i, sink);
        self.words(i, sink);
        self.line(i, sink);
        self.paragraph(i, sink);
        self.above(i, sink);
        self.part(i, sink);
        self.document(i, sink);
        self.neighbours(i, sink);
    }

    /// Shape, marker, length and stop.
    fn form(&self, i: usize, sink: &mut impl Sink) {
        let (sentence, look) = (self.sentence(i), &self.looks[i]);
        let forms = self.forms(i);
        sink.put(forms[0]);
        match &sentence.marker {
            Some(marker) if marker.style == MarkerStyle::Bullet => sink.say(forms[1], || "a bullet".into()),
            Some(_) => sink.say(forms[1], || format!("number {}", marker_words(look))),
            None => sink.put(forms[1]),
        }
        sink.say(forms[2], || if look.weight <= 18 { "short".into() } else { "length".into() });
        forms[3..5].iter().for_each(|&form| sink.put(form));
        sink.put(forms[5]);
        forms[6..].iter().for_each(|&form| sink.put(form));
        let last = look.last as u64;
        sink.put(key(20, &[length(look), last, u64::from(sentence.opens_line)]));
        sink.put(key(21, &[length(look), last, u64::from(sentence.closes_line)]));
        sink.put(key(22, &[length(look), commas(look)]));
        if let Some(marker) = &sentence.marker {
            sink.put(key(23, &[u64::from(marker.number == 1)]));
        }
        sink.put(key(24, &[bucket(look.first_clause, &[3, 5, 7, 9, 12, 16, 24])]));
        sink.put(key(25, &[bucket(look.first_clause, &[5, 9, 14]), u64::from(sentence.opens_line), style(sentence)]));
        if look.weight > 0 && look.han * 2 < look.weight {
            sink.say(key(26, &[]), || "few Chinese characters".into());
        }
        if look.weight == 0 {
            sink.say(key(27, &[]), || "no words".into());
        }
    }

    /// Beginnings, endings, characters, pairs and cue words.
    fn words(&self, i: usize, sink: &mut impl Sink) {
        let look = &self.looks[i];
        let part = self.parts[i] as u64;
        let mut packed = 0;
        for (count, c) in look.body.chars().take(4).enumerate() {
            packed = packed << 21 ^ c as u64;
            sink.say(key(30 + count as u32, &[packed]), || {
                format!("begins {}", look.body.chars().take(count + 1).collect::<String>())
            });
        }
        packed = 0;
        for (count, c) in look.core.chars().rev().take(4).enumerate() {
            packed = packed << 21 ^ c as u64;
            sink.say(key(34 + count as u32, &[packed]), || {
                let skipped = look.core.chars().count() - count - 1;
                format!("ends {}", look.core.chars().skip(skipped).collect::<String>())
            });
        }
        let mut before = None;
        for c in look.body.chars() {
            sink.put(key(38, &[c as u64]));
            if let Some(before) = before {
                sink.put(key(39, &[before as u64, c as u64]));
            }
            before = Some(c);
        }
        for &cue in &look.cues {
            let word = || CUES[usize::from(cue)].to_string();
            sink.say(key(40, &[u64::from(cue)]), word);
            sink.say(key(41, &[u64::from(cue), self.sentence(i).part as u64]), word);
            sink.say(key(42, &[u64::from(cue), part]), word);
        }
        if look.noisy {
            sink.say(key(43, &[]), || "words of a web page".into());
            sink.put(key(44, &[bucket(self.places[i].run, &[0, 1, 2, 4, 8])]));
        }
        if look.gloss {
            sink.say(key(45, &[]), || "explains a term".into());
        }
    }

    /// Where it stands in its line.
    fn line(&self, i: usize, sink: &mut impl Sink) {
        let place = &self.places[i];
        let (start, end) = place.line;
        let first = self.sentence(start);
        let open = place.inline as u64;
        let many = bucket(end - start, &[1, 2, 4]);
        sink.put(key(50, &[(i - start).min(3) as u64]));
        sink.put(key(51, &[(end - 1 - i).min(2) as u64]));
        sink.put(key(52, &[bucket(end - start, &[1, 2, 4, 8])]));
        sink.put(key(53, &[shape(first), style(first), length(&self.looks[start])]));
        let (nearest, before, after) = place.run_in;
        sink.put(key(54, &[nearest.map_or(9, |distance| distance.min(4)) as u64]));
        sink.put(key(55, &[(before + after).min(3) as u64]));
        sink.put(key(56, &[after.min(2) as u64]));
        if let Some(distance) = nearest {
            sink.put(key(57, &[style(self.sentence(i - distance))]));
        }
        sink.put(key(58, &[place.parallel.0.min(2) as u64, u64::from(place.parallel.1)]));
        sink.put(key(59, &[open]));
        sink.put(key(60, &[open, many]));
    }

    /// How its length compares with its line's, and how the lines around are built: a head is shorter than what spells it
    /// out, and the paragraphs beside it have heads too; of parallel actions none is.
    fn paragraph(&self, i: usize, sink: &mut impl Sink) {
        let (look, (start, end)) = (&self.looks[i], self.places[i].line);
        let classed = |j: usize| bucket(self.looks[j].weight, &[6, 12, 20, 40]);
        let mean = self.looks[start..end].iter().map(|look| look.weight).sum::<usize>() / (end - start);
        let tenths = bucket(look.weight * 10 / mean.max(1), &[2, 4, 6, 8, 11, 15]);
        let opens = u64::from(i == start);
        sink.put(key(61, &[tenths, opens]));
        sink.put(key(62, &[tenths, opens, (end - start).min(6) as u64]));
        if i == start && start + 1 < end {
            let next = &self.looks[i + 1];
            sink.put(key(63, &[classed(i), classed(i + 1), commas(look), commas(next)]));
            sink.put(key(64, &[look.last as u64, next.last as u64, self.looks[end - 1].last as u64]));
        }
        let built = |line: (usize, usize)| {
            u64::from(self.looks[line.0].weight <= SHORT_FIRST) + 2 * u64::from(line.1 - line.0 > 1)
        };
        let before = start.checked_sub(1).map_or(NO_LINE, |j| built(self.places[j].line));
        let after = self.places.get(end).map_or(NO_LINE, |place| built(place.line));
        sink.put(key(65, &[before, after, opens, classed(i)]));
        sink.put(key(66, &[before, after, opens, classed(i), look.last as u64]));
    }

    /// The heads above it, and its own block if it is one.
    fn above(&self, i: usize, sink: &mut impl Sink) {
        let (sentence, place) = (self.sentence(i), &self.places[i]);
        sink.put(key(70, &[sentence.path.len() as u64]));
        if let Some((nested, size, class)) = place.head {
            let usual = if class.nested == 0 {
                0
            } else if class.nested * 2 < class.heads {
                1
            } else {
                2
            };
            let opens = u64::from(sentence.opens_line);
            sink.put(key(71, &[u64::from(nested), style(sentence)]));
            sink.put(key(72, &[usual, style(sentence), opens]));
            sink.put(key(73, &[u64::from(nested), u64::from(usual > 0), shape(sentence)]));
            sink.put(key(74, &[bucket(size, &[0, 1, 2, 4, 8, 15])]));
            sink.put(key(75, &[bucket(size, &[0, 1, 2, 4]), u64::from(nested), opens]));
            sink.put(key(76, &[bucket(class.heads as usize, &[1, 2, 4])]));
        }
        let Some(&above) = sentence.path.last() else {
            if place.inline == 0 {
                sink.put(key(77, &[9]));
            }
            return;
        };
        let above = above as usize;
        let (head, look, distance) = (self.sentence(above), &self.looks[above], i - above);
        let opens = u64::from(sentence.opens_line);
        sink.put(key(78, &[shape(head), style(head)]));
        sink.put(key(79, &[bucket(distance, &[1, 2, 3, 5, 10])]));
        sink.put(key(80, &[shape(head), style(head), distance.min(3) as u64, opens]));
        let mut before = None;
        for c in look.body.chars() {
            if let Some(before) = before {
                sink.put(key(81, &[before as u64, c as u64]));
            }
            before = Some(c);
        }
        for (word, text) in HEAD_WORDS.iter().enumerate() {
            if sentence.path.iter().any(|&head| self.looks[head as usize].body.contains(text)) {
                sink.say(key(82, &[word as u64]), || format!("heading {text}"));
            }
        }
        if let Some((nested, size, class)) = self.places[above].head {
            let nested = u64::from(nested);
            sink.put(key(83, &[nested, u64::from(class.nested > 0), style(head)]));
            sink.put(key(84, &[bucket(size, &[1, 2, 4, 8])]));
            sink.put(key(85, &[nested, distance.min(3) as u64]));
            if distance == 1 {
                sink.put(key(86, &[style(head), u64::from(head.opens_line), nested, opens]));
            }
            if place.inline == 0 {
                sink.put(key(77, &[nested, style(head)]));
            }
        }
    }

    /// Review, problems or plan: as the outline says, as the words say, and both.
    fn part(&self, i: usize, sink: &mut impl Sink) {
        let (sentence, look, place) = (self.sentence(i), &self.looks[i], &self.places[i]);
        let (part, own) = (self.parts[i], sentence.part as u64);
        let (said, leaning) = (&self.said[i], lean(&self.said[i]));
        let told = u64::from(look.told);
        sink.put(key(90, &[own]));
        sink.put(key(91, &[own, shape(sentence), style(sentence)]));
        sink.put(key(92, &[own, told]));
        sink.say(key(93, &[part as u64]), || format!("part {}", part.zh()));
        sink.say(key(94, &[part as u64, own]), || format!("part {}", part.zh()));
        sink.put(key(95, &[step(leaning, 1.0, 4)]));
        sink.put(key(96, &[step(leaning, 1.0, 4), part as u64]));
        sink.put(key(97, &[step(said[1] - said[0].max(said[2]), 1.5, 3)]));
        sink.put(key(98, &[part as u64, shape(sentence), style(sentence)]));
        sink.put(key(99, &[part as u64, told]));
        let (from, to) = (i.saturating_sub(4), (i + 5).min(self.looks.len()));
        sink.put(key(100, &[step(self.mean_leaning(from, to), 0.7, 4)]));
        sink.put(key(101, &[step(self.mean_leaning(place.line.0, place.line.1), 0.7, 4)]));
        if i > 0 && self.parts[i - 1] != part {
            sink.put(key(102, &[]));
        }
        let headed = self.headed[i].map_or(NO_HEAD, |part| part as u64);
        sink.put(key(103, &[headed]));
        sink.put(key(104, &[headed, told]));
        sink.put(key(105, &[headed, part as u64, step(leaning, 1.0, 2)]));
    }

    fn mean_leaning(&self, from: usize, to: usize) -> f32 {
        (self.leaning[to] - self.leaning[from]) / (to - from) as f32
    }

    /// Where it stands in the document.
    fn document(&self, i: usize, sink: &mut impl Sink) {
        let place = &self.places[i];
        if place.before_first {
            sink.put(key(110, &[]));
        }
        sink.put(key(111, &[bucket(i, &[0, 1, 2, 4, 8])]));
        sink.put(key(112, &[bucket(self.looks.len() - 1 - i, &[0, 1, 2, 4, 8])]));
        sink.put(key(113, &[bucket(place.glosses, &[0, 1, 2, 4])]));
        if place.annex != Annex::Body {
            sink.say(key(114, &[]), || "stands among notes".into());
        }
    }

    /// What stands before and after.
    fn neighbours(&self, i: usize, sink: &mut impl Sink) {
        let n = self.looks.len();
        let sentence = self.sentence(i);
        let at = |offset: i64| usize::try_from(i as i64 + offset).ok().filter(|&at| at < n);
        for offset in [-2i64, -1, 1, 2] {
            let code = (offset + 2) as u64;
            let Some(other) = at(offset) else {
                sink.put(key(120, &[code]));
                continue;
            };
            for &form in self.forms(other) {
                sink.put(key(121, &[code, u64::from(form)]));
            }
            if offset.abs() > 1 {
                continue;
            }
            let look = &self.looks[other];
            for &cue in &look.cues {
                sink.put(key(122, &[code, u64::from(cue)]));
            }
            let packed = look.body.chars().take(2).fold(0, |packed, c| packed << 21 ^ c as u64);
            sink.put(key(123, &[code, packed]));
            sink.put(key(124, &[code, u64::from(self.sentence(other).line == sentence.line)]));
            sink.put(key(125, &[code, self.parts[other] as u64]));
            sink.put(key(126, &[code, u64::from(look.gloss)]));
            if let Some((nested, _, _)) = self.places[other].head {
                sink.put(key(127, &[code, u64::from(nested), style(self.sentence(other))]));
            }
        }
        if let Some(next) = at(1) {
            let (other, look) = (self.sentence(next), &self.looks[next]);
            let first = other.marker.as_ref().is_some_and(|marker| marker.number == 1);
            sink.put(key(128, &[style(other), u64::from(first)]));
            sink.put(key(129, &[length(&self.looks[i]), length(look), u64::from(other.opens_line)]));
        }
        let around = |offset: i64| at(offset).map_or(9, |at| style(self.sentence(at)));
        sink.put(key(130, &[around(-1), style(sentence), around(1)]));
    }
}

/// How far a sentence leans to the plan (positive) or the review (negative).
fn lean(said: &Said) -> f32 {
    (said[2] - said[0]).clamp(-LEAN, LEAN)
}

/// The marker as it stands before the body.
fn marker_words(look: &Look<'_>) -> String {
    let length = look.sentence.find(look.body).unwrap_or(0);
    look.sentence[..length].trim_matches(|c: char| c == '*' || c.is_whitespace()).to_string()
}

/// Whether a sentence ends with a semicolon, which joins it to what follows.
pub(super) fn is_joined(look: &Look<'_>) -> bool {
    look.last == Last::Semicolon
}
