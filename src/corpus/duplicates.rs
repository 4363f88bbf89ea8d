//! Texts that stand in a corpus more than once, whole or in part: found by shared runs of sixteen characters.
//!
//! Each document becomes the set of its 16-grams over letters, digits and Han characters alone, so that marks, blanks and
//! line breaks do not hide a copy. Of all grams those with the smallest hashes are kept (a MinHash with a fixed bound, as in
//! Irber et al. 2022, “FracMinHash”): unlike a MinHash of fixed length, it also sees a short text inside a long one. Documents
//! that share kept grams are candidates; the shares that are reported are exact, counted over all their grams.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::text::{half_width, is_letter};

/// The length of a gram in characters. Formulas of government prose are shorter (习近平新时代中国特色社会主义思想 has 15), so
/// sixteen in a row seldom agree by chance.
pub const GRAM: usize = 16;
/// The seed of the hash; a change of it changes which grams are kept, never an exact share.
const SEED: u64 = 0x6365_7A68_6F6E_6731;
/// A document with fewer grams is too short to be called a copy of anything.
const LEAST_GRAMS: usize = 32;
/// Each holder of a gram is paired with so many further holders; grams of more holders are formulas and name no copy by
/// themselves, while copies of one text share their rare grams too.
const NEIGHBOURS: usize = 24;
/// A pair is counted exactly if the kept grams promise this part of the least share: sampling scatters by a few hundredths.
const PROMISE: f64 = 0.7;

/// What counts as a duplicate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicateParams {
    /// The share of a document's 16-grams that another must hold for the pair to be listed, 0 to 1.
    ///
    /// Between neighbouring reports of one government the share is a few hundredths; see `docs/duplicates.md` for the distribution.
    pub least_share: f64,
    /// The share of both documents from which they are the same text and only one can be filed rightly, 0 to 1.
    pub same_share: f64,
    /// How many grams the index keeps over the whole corpus, about; below it every gram is kept and all shares are exact.
    pub kept_grams: usize,
}

impl Default for DuplicateParams {
    fn default() -> Self {
        DuplicateParams { least_share: 0.4, same_share: 0.8, kept_grams: 4_000_000 }
    }
}

/// Where a document is filed; `None` is unknown and contradicts nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filed<'t> {
    /// The place.
    pub place: Option<&'t str>,
    /// The year.
    pub year: Option<i32>,
}

/// What a pair of documents with much text in common is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateKind {
    /// The same report of one place and year twice, or with its own extract.
    Twice,
    /// The same text under two years of one place: one of them is filed wrongly.
    MisfiledYear,
    /// The same text under two places: one of them is filed wrongly.
    MisfiledPlace,
    /// Much of the text stands in a report of the same place for another year.
    Repeated,
    /// Much of the text stands in a report of another place.
    Copied,
}

impl DuplicateKind {
    /// The English id, as it stands in tables.
    pub fn id(self) -> &'static str {
        match self {
            DuplicateKind::Twice => "twice",
            DuplicateKind::MisfiledYear => "misfiled_year",
            DuplicateKind::MisfiledPlace => "misfiled_place",
            DuplicateKind::Repeated => "repeated",
            DuplicateKind::Copied => "copied",
        }
    }

    /// The Chinese name, as it stands on a page.
    pub fn zh(self) -> &'static str {
        match self {
            DuplicateKind::Twice => "同一文件或其节选",
            DuplicateKind::MisfiledYear => "年份可能归错",
            DuplicateKind::MisfiledPlace => "地方可能归错",
            DuplicateKind::Repeated => "与本地另一年份雷同",
            DuplicateKind::Copied => "与其他地方雷同",
        }
    }
}

/// A pair of documents with much text in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Duplicate {
    /// The document, as its position; the one more of whose grams are shared, the later one where both shares are equal.
    pub doc: usize,
    /// The other document.
    pub other: usize,
    /// The share of the grams of `doc` that `other` has, exact, 0 to 1.
    pub share: f64,
    /// The share of the grams of `other` that `doc` has, exact, 0 to 1.
    pub other_share: f64,
    /// What that means.
    pub kind: DuplicateKind,
}

/// The grams that a corpus shares, ready for questions.
#[derive(Debug)]
pub struct Overlaps {
    params: DuplicateParams,
    /// Of 2^scale grams one is kept.
    scale: u32,
    /// The number of kept grams of each document.
    kept: Vec<u32>,
    /// The holders of the kept grams that have two or more, one after the other.
    holders: Vec<u32>,
    /// The end of each gram's holders.
    ends: Vec<usize>,
}

impl Overlaps {
    /// Indexes the texts, in parallel; documents are named by their positions.
    pub fn index<T: AsRef<str> + Sync>(texts: &[T], params: &DuplicateParams) -> Overlaps {
        let total: usize = texts.par_iter().map(|text| text.as_ref().len() / 3).sum();
        let mut scale = 0;
        while total >> scale > params.kept_grams.max(1) {
            scale += 1;
        }
        let grams: Vec<Vec<u64>> = texts.par_iter().map(|text| grams(text.as_ref(), scale)).collect();
        let kept = grams.iter().map(|grams| grams.len() as u32).collect();
        let mut postings: Vec<(u64, u32)> = Vec::with_capacity(grams.iter().map(Vec::len).sum());
        for (doc, grams) in grams.into_iter().enumerate() {
            postings.extend(grams.into_iter().map(|gram| (gram, doc as u32)));
        }
        postings.par_sort_unstable();
        let (mut holders, mut ends) = (Vec::new(), Vec::new());
        for run in postings.chunk_by(|one, next| one.0 == next.0).filter(|run| run.len() > 1) {
            holders.extend(run.iter().map(|(_, doc)| *doc));
            ends.push(holders.len());
        }
        Overlaps { params: params.clone(), scale, kept, holders, ends }
    }

    /// The holders of each shared gram, in rising order.
    fn runs(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.holders[start..*end])
    }

    /// The share of each document's grams that stand in any other document, 0 to 1; `None` for one too short to say.
    ///
    /// Exact in a corpus of fewer than `kept_grams` characters; above, an estimate with a standard error of
    /// √(share (1 − share) / kept grams), about 0.015 for a report of 17,000 characters in 50 million.
    pub fn shared_shares(&self) -> Vec<Option<f64>> {
        let groups: Vec<usize> = (0..self.kept.len()).collect();
        self.shared_shares_beyond(&groups)
    }

    /// The share of the grams of one document that stand in any other, as in [`Self::shared_shares`].
    pub fn shared_share(&self, doc: usize) -> Option<f64> {
        let shared = self.runs().filter(|run| run.binary_search(&(doc as u32)).is_ok()).count();
        self.share_of(doc, shared)
    }

    /// The share of each document's grams that stand in a document of another group, one group a document (its place, say):
    /// what a place repeats from its own earlier reports does not count.
    ///
    /// # Panics
    /// If there are not as many groups as documents.
    pub fn shared_shares_beyond(&self, groups: &[usize]) -> Vec<Option<f64>> {
        assert_eq!(groups.len(), self.kept.len(), "one group a document");
        let mut shared = vec![0; self.kept.len()];
        for run in self.runs() {
            let first = groups[run[0] as usize];
            if run.iter().any(|doc| groups[*doc as usize] != first) {
                // Two groups or more hold the gram, so each holder has one in another group.
                for doc in run {
                    shared[*doc as usize] += 1;
                }
            }
        }
        (0..shared.len()).map(|doc| self.share_of(doc, shared[doc])).collect()
    }

    fn share_of(&self, doc: usize, shared: usize) -> Option<f64> {
        let kept = self.kept[doc] as usize;
        (kept << self.scale >= LEAST_GRAMS && kept > 0).then(|| shared as f64 / kept as f64)
    }

    /// The pairs with a share of at least `least_share`, sorted by document, then other.
    ///
    /// `texts` are those that were indexed and `filed` says where each is filed, in the same order. Of a text that stands
    /// in the corpus more than twenty-five times, each copy is listed with some of the others, not with all.
    ///
    /// # Panics
    /// If `texts` or `filed` are not as many as were indexed.
    pub fn duplicates<T: AsRef<str> + Sync>(&self, texts: &[T], filed: &[Filed<'_>]) -> Vec<Duplicate> {
        assert!(texts.len() == self.kept.len() && filed.len() == self.kept.len(), "the texts that were indexed");
        let candidates = self.candidates();
        let mut involved: Vec<u32> = candidates.iter().flat_map(|(one, other)| [*one, *other]).collect();
        involved.sort_unstable();
        involved.dedup();
        let sets: BTreeMap<u32, Vec<u64>> =
            involved.into_par_iter().map(|doc| (doc, grams(texts[doc as usize].as_ref(), 0))).collect();
        let mut found: Vec<Duplicate> = candidates
            .par_iter()
            .filter_map(|(one, other)| {
                let (first, second) = (&sets[one], &sets[other]);
                if first.len().min(second.len()) < LEAST_GRAMS {
                    return None;
                }
                let both = in_both(first, second) as f64;
                let (of_first, of_second) = (both / first.len() as f64, both / second.len() as f64);
                let (doc, share, back, share_back) = if of_first > of_second {
                    (*one, of_first, *other, of_second)
                } else {
                    (*other, of_second, *one, of_first)
                };
                let (doc, back) = (doc as usize, back as usize);
                (share >= self.params.least_share).then(|| Duplicate {
                    doc,
                    other: back,
                    share,
                    other_share: share_back,
                    kind: self.kind(share_back, filed[doc], filed[back]),
                })
            })
            .collect();
        found.sort_by_key(|pair| (pair.doc, pair.other));
        found
    }

    /// What a pair means: `least` is the smaller of its two shares.
    fn kind(&self, least: f64, one: Filed<'_>, other: Filed<'_>) -> DuplicateKind {
        let same_place = one.place.is_none() || other.place.is_none() || one.place == other.place;
        let same_year = one.year.is_none() || other.year.is_none() || one.year == other.year;
        let same_text = least >= self.params.same_share;
        match (same_place, same_year) {
            (true, true) => DuplicateKind::Twice,
            (true, false) if same_text => DuplicateKind::MisfiledYear,
            (true, false) => DuplicateKind::Repeated,
            (false, _) if same_text => DuplicateKind::MisfiledPlace,
            (false, _) => DuplicateKind::Copied,
        }
    }

    /// The pairs whose kept grams promise enough in common, in order.
    fn candidates(&self) -> Vec<(u32, u32)> {
        let mut pairs: Vec<u64> = Vec::new();
        for run in self.runs() {
            for (index, one) in run.iter().enumerate() {
                let others = run[index + 1..].iter().take(NEIGHBOURS);
                pairs.extend(others.map(|other| u64::from(*one) << 32 | u64::from(*other)));
            }
        }
        pairs.par_sort_unstable();
        let least = self.params.least_share * PROMISE;
        let promising = |run: &&[u64]| {
            let (one, other) = ((run[0] >> 32) as usize, (run[0] & u64::from(u32::MAX)) as usize);
            run.len() as f64 >= least * f64::from(self.kept[one].min(self.kept[other]))
        };
        let pairs = pairs.chunk_by(|one, next| one == next).filter(promising);
        pairs.map(|run| ((run[0] >> 32) as u32, run[0] as u32)).collect()
    }
}

/// The hashes of the 16-grams of a text, each once, in rising order; of 2^scale hashes only the smallest one is kept.
fn grams(text: &str, scale: u32) -> Vec<u64> {
    let letters = text.chars().map(half_width).filter(|c| is_letter(*c));
    let bytes: Vec<u8> = letters.flat_map(|c| u32::from(c.to_ascii_lowercase()).to_le_bytes()).collect();
    let hashes = bytes.windows(4 * GRAM).step_by(4).map(|gram| xxh3_64_with_seed(gram, SEED));
    let mut kept: Vec<u64> = hashes.filter(|hash| hash.leading_zeros() >= scale).collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// How many values two rising lists have in common.
fn in_both(one: &[u64], other: &[u64]) -> usize {
    let (mut at, mut count) = (0, 0);
    for value in one {
        while at < other.len() && other[at] < *value {
            at += 1;
        }
        count += usize::from(other.get(at) == Some(value));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `length` characters that no other seed shares a gram with.
    fn text(seed: u32, length: usize) -> String {
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            char::from_u32(0x4E00 + state % 3000).unwrap()
        };
        (0..length).map(|_| next()).collect()
    }

    fn filed(place: &'static str, year: i32) -> Filed<'static> {
        Filed { place: Some(place), year: Some(year) }
    }

    #[test]
    fn shares_are_exact_and_worked_by_hand() {
        // 100 letters have 85 grams. The second text holds the first 50 of them, so 35 whole grams.
        let first = text(1, 100);
        let half: String = first.chars().take(50).collect();
        let second = format!("{half}{}", text(2, 150));
        let texts = [first, second, text(3, 100)];
        let overlaps = Overlaps::index(&texts, &DuplicateParams::default());
        assert_eq!(overlaps.shared_share(0), Some(35.0 / 85.0));
        assert_eq!(overlaps.shared_shares(), [Some(35.0 / 85.0), Some(35.0 / 185.0), Some(0.0)]);
        let found = overlaps.duplicates(&texts, &[filed("甲镇", 2022), filed("乙镇", 2022), filed("丙镇", 2022)]);
        assert_eq!(found.len(), 1);
        let pair = &found[0];
        assert_eq!((pair.doc, pair.other, pair.share, pair.other_share), (0, 1, 35.0 / 85.0, 35.0 / 185.0));
        assert_eq!(pair.kind, DuplicateKind::Copied);
    }

    #[test]
    fn marks_and_blanks_do_not_hide_a_copy() {
        let plain = text(4, 200);
        let marked: String = plain.chars().flat_map(|c| [c, '，', ' ']).collect();
        let texts = [plain, marked];
        let overlaps = Overlaps::index(&texts, &DuplicateParams::default());
        let kinds = |one, other| overlaps.duplicates(&texts, &[one, other])[0].kind;
        assert_eq!(kinds(filed("甲镇", 2022), filed("甲镇", 2022)), DuplicateKind::Twice);
        assert_eq!(kinds(filed("甲镇", 2022), filed("甲镇", 2023)), DuplicateKind::MisfiledYear);
        assert_eq!(kinds(filed("甲镇", 2022), filed("乙镇", 2023)), DuplicateKind::MisfiledPlace);
        assert_eq!(kinds(filed("甲镇", 2022), Filed::default()), DuplicateKind::Twice);
    }

    #[test]
    fn what_a_place_repeats_from_itself_is_no_borrowing() {
        let shared = text(5, 120);
        let texts = [format!("{shared}{}", text(6, 100)), format!("{shared}{}", text(7, 100)), text(8, 220)];
        let overlaps = Overlaps::index(&texts, &DuplicateParams::default());
        assert_eq!(overlaps.shared_shares()[0], Some(105.0 / 205.0));
        assert_eq!(overlaps.shared_shares_beyond(&[0, 0, 1])[0], Some(0.0));
        assert_eq!(overlaps.shared_shares_beyond(&[0, 1, 1])[0], Some(105.0 / 205.0));
    }

    #[test]
    fn a_sample_of_the_grams_finds_the_same_pairs_with_the_same_shares() {
        let long = text(9, 20_000);
        let part: String = long.chars().skip(5_000).take(6_000).collect();
        let texts = [long, part, text(10, 9_000)];
        let places = [filed("甲县", 2022), filed("乙镇", 2022), filed("丙镇", 2022)];
        let found = |kept_grams| {
            let params = DuplicateParams { kept_grams, ..DuplicateParams::default() };
            Overlaps::index(&texts, &params).duplicates(&texts, &places)
        };
        assert_eq!(found(4_000_000), found(2_000));
        assert_eq!(found(2_000).len(), 1);
        assert_eq!((found(2_000)[0].doc, found(2_000)[0].share), (1, 1.0));
    }

    #[test]
    fn short_texts_are_copies_of_nothing() {
        let texts = ["青石坳镇人民政府关于印发工作计划的通知"; 2];
        let overlaps = Overlaps::index(&texts, &DuplicateParams::default());
        assert_eq!(overlaps.shared_shares(), [None, None]);
        assert!(overlaps.duplicates(&texts, &[Filed::default(); 2]).is_empty());
    }
}
