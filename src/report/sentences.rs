//! The sentences behind the marks, packed for the page: texts that come again are kept once.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codebook::{Kind, Part};

/// No file of sentences beside the page is larger.
pub(super) const MOST_BYTES: usize = 3_000_000;
/// Sentences up to so many bytes stand in the page itself, so that the page of a small corpus is one file.
const INLINE_BYTES: usize = 1_500_000;

/// One sentence, as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The document's id.
    pub doc: String,
    /// Its number in the document.
    pub n: usize,
    /// Its first character in the document's text.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
    /// The place that speaks.
    pub place: String,
    /// The year of the plan.
    pub year: Option<i32>,
    /// The part it stands in.
    pub part: Part,
    /// What it is doing.
    pub kind: Kind,
    /// What it is about, as an index into [`super::Page::themes`].
    pub theme: usize,
    /// The id of its measure, if it belongs to one.
    pub measure: Option<String>,
    /// What that measure is about, as an index into [`super::Page::themes`]; marks that count measures go by this.
    pub measure_theme: Option<usize>,
    /// The cluster of its measure.
    pub cluster: Option<usize>,
    /// The headings above it, joined with ` › `.
    pub headings: String,
    /// The sentence.
    pub text: String,
    /// The terms in it, as (index into [`super::Page::terms`], occurrences); none where its measure is not counted.
    pub terms: Vec<(usize, usize)>,
}

/// What the page's script reads: `rows` refer to `docs`, `places` and `headings` by number.
#[derive(Default, Serialize)]
pub(super) struct Packed {
    docs: Vec<String>,
    places: Vec<String>,
    headings: Vec<String>,
    /// The sentences, where they all fit into the page.
    rows: Vec<PackedRow>,
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

/// doc, n, start, end, place, year, part, kind, theme, measure, measure's theme, cluster, headings, text, terms (each
/// followed by its occurrences).
type PackedRow = (
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
    usize,
    String,
    Vec<usize>,
);

/// Numbers texts in the order of their first appearance.
#[derive(Default)]
struct Pool {
    numbers: BTreeMap<String, usize>,
    texts: Vec<String>,
}

impl Pool {
    fn number(&mut self, text: &str) -> usize {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        self.numbers.insert(text.to_owned(), self.texts.len());
        self.texts.push(text.to_owned());
        self.texts.len() - 1
    }
}

/// Packs the sentences in the order given; the second value holds (name, content) of files beside the page.
///
/// In files, sentences are sorted by place, so that a mark that names a place needs one or two of them.
pub(super) fn pack(sentences: &[Sentence]) -> (Packed, Vec<(String, String)>) {
    let (mut docs, mut places, mut headings) = (Pool::default(), Pool::default(), Pool::default());
    let mut rows: Vec<PackedRow> = Vec::with_capacity(sentences.len());
    for s in sentences {
        rows.push((
            docs.number(&s.doc),
            s.n,
            s.start,
            s.end,
            places.number(&s.place),
            s.year,
            s.part.index(),
            s.kind.index(),
            s.theme,
            s.measure.clone(),
            s.measure_theme,
            s.cluster,
            headings.number(&s.headings),
            s.text.clone(),
            s.terms.iter().flat_map(|&(term, count)| [term, count]).collect(),
        ));
    }
    let headings = headings.texts;
    let mut packed = Packed { docs: docs.texts, places: places.texts, ..Packed::default() };
    let bytes = |row: &PackedRow| row.13.len() + row.9.as_ref().map_or(4, String::len) + 4 * row.14.len() + 60;
    if rows.iter().map(bytes).sum::<usize>() <= INLINE_BYTES {
        packed.rows = rows;
        packed.headings = headings;
        return (packed, vec![]);
    }
    rows.sort_by_key(|row| row.4);
    let mut groups: Vec<(Vec<PackedRow>, usize)> = vec![(vec![], 0)];
    for row in rows {
        let size = bytes(&row);
        if groups.last().is_some_and(|(rows, used)| !rows.is_empty() && used + size > MOST_BYTES) {
            groups.push((vec![], 0));
        }
        let (rows, used) = groups.last_mut().expect("there is always a group");
        rows.push(row);
        *used += size;
    }
    let mut files = vec![];
    for (number, (mut rows, _)) in groups.into_iter().enumerate() {
        let name = format!("report-data/{number:04}.js");
        // Paths of headings are as long as sentences: each file brings those of its own.
        let mut of_file = Pool::default();
        rows.iter_mut().for_each(|row| row.12 = of_file.number(&headings[row.12]));
        let mut held: Vec<usize> = rows.iter().map(|row| row.4).collect();
        held.dedup();
        files.push((name.clone(), format!("cezhongRows({number},{},{});\n", json(&rows), json(&of_file.texts))));
        packed.files.push(PackedFile { name, places: held });
    }
    (packed, files)
}

/// JSON that may stand inside a script element: no `</script>`, no `<!--`, no line separators of old JavaScript.
pub(super) fn json(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).expect("plain values have a JSON form");
    plain
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
