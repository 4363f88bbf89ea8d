//! The sentences behind the marks, packed for the page: texts that come again are kept once.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::page::Put;
use crate::codebook::{Kind, Part};
use crate::table::measure_name;

/// No file of sentences beside the page is larger.
pub(super) const MOST_BYTES: usize = 3_000_000;
/// Sentences up to so many bytes stand in the page itself, so that the page of a small corpus is one file.
const INLINE_BYTES: usize = 1_500_000;

/// One sentence, as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence<'p> {
    /// The document's id.
    pub doc: &'p str,
    /// Its number in the document.
    pub n: usize,
    /// Its first character in the document's text.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
    /// The place that speaks.
    pub place: &'p str,
    /// The year of the plan.
    pub year: Option<i32>,
    /// The part it stands in.
    pub part: Part,
    /// What it is doing.
    pub kind: Kind,
    /// What it is about, as an index into [`super::Page::themes`].
    pub theme: usize,
    /// Its measure, as its position in the document, if it belongs to one.
    pub measure: Option<usize>,
    /// What that measure is about, as an index into [`super::Page::themes`]; marks that count measures go by this.
    pub measure_theme: Option<usize>,
    /// The part that measure is of, by most of its sentences; marks that count measures go by this too.
    pub measure_part: Option<Part>,
    /// The cluster of its measure.
    pub cluster: Option<usize>,
    /// The headings above it, joined with ` › `.
    pub headings: Arc<str>,
    /// The sentence.
    pub text: &'p str,
    /// The terms in it, as (index into [`super::Page::terms`], occurrences); none where its measure is not counted.
    pub terms: Vec<(u32, u32)>,
}

impl Sentence<'_> {
    fn measure_id(&self) -> Option<String> {
        self.measure.map(|index| measure_name(self.doc, index))
    }

    /// About how many bytes it takes when it is packed.
    fn bytes(&self) -> usize {
        self.text.len() + self.measure_id().as_ref().map_or(4, String::len) + 8 * self.terms.len() + 60
    }
}

/// What the page's script reads: `rows` refer to `docs`, `places` and `headings` by number.
#[derive(Default, Serialize)]
pub(super) struct Packed<'p> {
    docs: Vec<&'p str>,
    places: Vec<&'p str>,
    headings: Vec<&'p str>,
    /// The sentences, where they all fit into the page.
    rows: Vec<PackedRow<'p>>,
    /// The files beside the page that hold them, where they do not.
    files: Vec<PackedFile>,
}

#[derive(Serialize)]
struct PackedFile {
    /// The file, relative to the page.
    name: String,
    /// The places whose sentences it holds.
    places: Vec<usize>,
}

/// doc, n, start, end, place, year, part, kind, theme, measure, measure's theme, measure's part where it is another, cluster,
/// headings, text, terms.
type PackedRow<'p> = (
    usize,
    usize,
    usize,
    usize,
    usize,
    Option<i32>,
    usize,
    usize,
    usize,
    Option<String>,
    Option<usize>,
    Option<usize>,
    Option<usize>,
    usize,
    &'p str,
    Terms<'p>,
);

/// Terms, each followed by its occurrences.
struct Terms<'p>(&'p [(u32, u32)]);

impl Serialize for Terms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().flat_map(|&(term, count)| [term, count]))
    }
}

/// Numbers texts in the order of their first appearance.
#[derive(Default)]
struct Pool<'p> {
    numbers: BTreeMap<&'p str, usize>,
    texts: Vec<&'p str>,
    last: Option<usize>,
}

impl<'p> Pool<'p> {
    fn number(&mut self, text: &'p str) -> usize {
        // Sentences of one document, or under one heading, come together.
        if let Some(last) = self.last.filter(|&last| self.texts[last] == text) {
            return last;
        }
        let number = *self.numbers.entry(text).or_insert(self.texts.len());
        if number == self.texts.len() {
            self.texts.push(text);
        }
        self.last = Some(number);
        number
    }
}

fn row<'p>(s: &'p Sentence<'p>, doc: usize, place: usize, headings: &mut Pool<'p>) -> PackedRow<'p> {
    (
        doc,
        s.n,
        s.start,
        s.end,
        place,
        s.year,
        s.part.index(),
        s.kind.index(),
        s.theme,
        s.measure_id(),
        s.measure_theme,
        s.measure_part.filter(|part| *part != s.part).map(Part::index),
        s.cluster,
        headings.number(&s.headings),
        s.text,
        Terms(&s.terms),
    )
}

/// Packs the sentences in the order given; files beside the page are handed to `put` as they are made, on any thread.
///
/// In files, sentences are sorted by place, so that a mark that names a place needs one or two of them.
///
/// # Errors
/// Those of `put`.
pub(super) fn pack<'p>(sentences: &'p [Sentence<'p>], put: &Put<'_>) -> crate::error::Result<Packed<'p>> {
    let (mut docs, mut places) = (Pool::default(), Pool::default());
    let sizes: Vec<usize> = sentences.par_iter().map(Sentence::bytes).collect();
    let mut numbered: Vec<(usize, usize, usize, &Sentence<'_>)> =
        sentences.iter().zip(&sizes).map(|(s, &size)| (docs.number(s.doc), places.number(s.place), size, s)).collect();
    let mut packed = Packed { docs: docs.texts, places: places.texts, ..Packed::default() };
    if sizes.iter().sum::<usize>() <= INLINE_BYTES {
        let mut headings = Pool::default();
        packed.rows = numbered.iter().map(|&(doc, place, _, s)| row(s, doc, place, &mut headings)).collect();
        packed.headings = headings.texts;
        return Ok(packed);
    }
    numbered.sort_by_key(|&(_, place, ..)| place);
    let (mut used, mut starts) = (0, vec![0]);
    for (index, &(_, _, size, _)) in numbered.iter().enumerate() {
        if used > 0 && used + size > MOST_BYTES {
            starts.push(index);
            used = 0;
        }
        used += size;
    }
    let file = |number: usize| {
        let end = starts.get(number + 1).copied().unwrap_or(numbered.len());
        let held = &numbered[starts[number]..end];
        // Paths of headings are as long as sentences: each file brings those of its own.
        let mut headings = Pool::default();
        let rows: Vec<PackedRow<'_>> =
            held.iter().map(|&(doc, place, _, s)| row(s, doc, place, &mut headings)).collect();
        let name = format!("report-data/{number:04}.js");
        put(&name, &format!("cezhongRows({number},{},{});\n", json(&rows), json(&headings.texts)))?;
        let mut places: Vec<usize> = held.iter().map(|&(_, place, ..)| place).collect();
        places.dedup();
        Ok(PackedFile { name, places })
    };
    packed.files = (0..starts.len()).into_par_iter().map(file).collect::<crate::error::Result<_>>()?;
    Ok(packed)
}

/// JSON that may stand inside a script element: no `</script>`, no `<!--`, no line separators of old JavaScript.
pub(super) fn json(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).expect("plain values have a JSON form");
    let mut safe = String::with_capacity(plain.len());
    let mut from = 0;
    for (at, found) in plain.match_indices(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        safe.push_str(&plain[from..at]);
        found.chars().for_each(|c| write!(safe, "\\u{:04x}", u32::from(c)).expect("a string takes everything"));
        from = at + found.len();
    }
    safe.push_str(&plain[from..]);
    safe
}
