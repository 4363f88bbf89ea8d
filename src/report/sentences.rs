//! The sentences behind the marks, packed for the page: texts that come again are kept once.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::page::Put;
use crate::codebook::{Kind, Part};
use crate::table::measure_name;

/// About the most bytes of a file of sentences beside the page.
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

/// The sentences of a corpus, group by group. A group is made when it is asked for, so that those of a large corpus never
/// stand in memory together.
#[derive(Clone)]
pub struct Sentences<'p> {
    groups: usize,
    of: Arc<dyn Fn(usize) -> Vec<Sentence<'p>> + Send + Sync + 'p>,
}

impl<'p> Sentences<'p> {
    /// So many groups, in the order of the corpus; `of` gives the same sentences, all of one document, whenever it is asked for a
    /// group by its number, on any thread.
    pub fn new(groups: usize, of: impl Fn(usize) -> Vec<Sentence<'p>> + Send + Sync + 'p) -> Sentences<'p> {
        Sentences { groups, of: Arc::new(of) }
    }
}

impl<'p> From<Vec<Sentence<'p>>> for Sentences<'p> {
    fn from(sentences: Vec<Sentence<'p>>) -> Sentences<'p> {
        let groups: Vec<Vec<Sentence<'p>>> = sentences.chunk_by(|a, b| a.doc == b.doc).map(<[_]>::to_vec).collect();
        Sentences::new(groups.len(), move |group| groups[group].clone())
    }
}

impl Default for Sentences<'_> {
    fn default() -> Self {
        Sentences::from(Vec::new())
    }
}

/// What the page's script reads: `rows` refer to `docs`, `places` and `headings` by number.
#[derive(Default, Serialize)]
pub(super) struct Packed<'p> {
    docs: Vec<&'p str>,
    places: Vec<&'p str>,
    headings: Vec<String>,
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
    Terms,
);

/// Terms, each followed by its occurrences.
struct Terms(Vec<(u32, u32)>);

impl Serialize for Terms {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().flat_map(|&(term, count)| [term, count]))
    }
}

/// Numbers texts in the order of their first appearance.
#[derive(Default)]
struct Pool<T> {
    numbers: BTreeMap<T, usize>,
    texts: Vec<T>,
    last: Option<usize>,
}

impl<T: Ord + Clone> Pool<T> {
    fn number(&mut self, text: &T) -> usize {
        // Sentences under one heading come together, and documents of one place.
        if let Some(last) = self.last.filter(|&last| self.texts[last] == *text) {
            return last;
        }
        let number = *self.numbers.entry(text.clone()).or_insert(self.texts.len());
        if number == self.texts.len() {
            self.texts.push(text.clone());
        }
        self.last = Some(number);
        number
    }
}

/// Rows with the headings that they refer to.
#[derive(Default)]
struct Rows<'p> {
    rows: Vec<PackedRow<'p>>,
    headings: Pool<Arc<str>>,
}

impl<'p> Rows<'p> {
    fn push(&mut self, s: Sentence<'p>, doc: usize, place: usize) {
        let headings = self.headings.number(&s.headings);
        self.rows.push((
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
            headings,
            s.text,
            Terms(s.terms),
        ));
    }

    fn headings(&self) -> Vec<String> {
        self.headings.texts.iter().map(|path| path.to_string()).collect()
    }
}

/// A group of sentences that are not there any more.
struct Known<'p> {
    doc: &'p str,
    place: &'p str,
    /// About how many bytes each sentence takes.
    sizes: Vec<u32>,
}

/// Some sentences of a group, with the numbers of their document and place.
struct Piece {
    group: usize,
    held: Range<usize>,
    doc: usize,
    place: usize,
}

/// Packs the sentences in the order given; files beside the page are handed to `put` as they are made, on any thread.
///
/// In files, sentences are sorted by place, so that a mark that names a place needs one or two of them.
///
/// # Errors
/// Those of `put`.
pub(super) fn pack<'p>(sentences: &Sentences<'p>, put: &Put<'_>) -> crate::error::Result<Packed<'p>> {
    let known = |group: usize| {
        let held = (sentences.of)(group);
        let first = held.first()?;
        let (doc, place) = (first.doc, first.place);
        Some(Known { doc, place, sizes: held.iter().map(|s| s.bytes() as u32).collect() })
    };
    let groups: Vec<Option<Known<'_>>> = (0..sentences.groups).into_par_iter().map(known).collect();
    let (mut docs, mut places) = (Pool::default(), Pool::default());
    let mut whole = Vec::with_capacity(groups.len());
    for (group, known) in groups.iter().enumerate() {
        let Some(Known { doc, place, sizes }) = known else { continue };
        whole.push(Piece { group, held: 0..sizes.len(), doc: docs.number(doc), place: places.number(place) });
    }
    let mut packed = Packed { docs: docs.texts, places: places.texts, ..Packed::default() };
    let size = |group: usize, n: usize| groups[group].as_ref().map_or(0, |known| known.sizes[n] as usize);
    if whole.iter().flat_map(|piece| piece.held.clone().map(|n| size(piece.group, n))).sum::<usize>() <= INLINE_BYTES {
        let all = rows(sentences, &whole);
        packed.headings = all.headings();
        packed.rows = all.rows;
        return Ok(packed);
    }
    whole.sort_by_key(|piece| piece.place);
    let file = |(number, pieces): (usize, &Vec<Piece>)| {
        // Paths of headings are as long as sentences: each file brings those of its own.
        let held = rows(sentences, pieces);
        let name = format!("report-data/{number:04}.js");
        put(&name, &format!("cezhongRows({number},{},{});\n", json(&held.rows), json(&held.headings())))?;
        let mut places: Vec<usize> = pieces.iter().map(|piece| piece.place).collect();
        places.dedup();
        Ok(PackedFile { name, places })
    };
    let files = files(whole, size);
    packed.files = files.par_iter().enumerate().map(file).collect::<crate::error::Result<_>>()?;
    Ok(packed)
}

/// Makes the sentences of some pieces and packs them.
fn rows<'p>(sentences: &Sentences<'p>, pieces: &[Piece]) -> Rows<'p> {
    let mut rows = Rows::default();
    for Piece { group, held, doc, place } in pieces {
        let made = (sentences.of)(*group).into_iter();
        made.skip(held.start).take(held.len()).for_each(|sentence| rows.push(sentence, *doc, *place));
    }
    rows
}

/// Parts whole groups into files of at most [`MOST_BYTES`]; a group may begin in one and end in the next.
fn files(whole: Vec<Piece>, size: impl Fn(usize, usize) -> usize) -> Vec<Vec<Piece>> {
    let (mut files, mut used) = (vec![Vec::new()], 0);
    for Piece { group, held, doc, place } in whole {
        let mut from = held.start;
        for n in held.clone() {
            if used > 0 && used + size(group, n) > MOST_BYTES {
                let before = Piece { group, held: from..n, doc, place };
                files.last_mut().expect("there is always a file").extend(Some(before).filter(|p| !p.held.is_empty()));
                files.push(Vec::new());
                (from, used) = (n, 0);
            }
            used += size(group, n);
        }
        files.last_mut().expect("there is always a file").push(Piece { group, held: from..held.end, doc, place });
    }
    files
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
