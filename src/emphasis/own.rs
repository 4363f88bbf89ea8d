//! Own words (自有文字): how much of a document stands in other documents too, word for word.
//!
//! Two documents share a passage where they have 16 characters in a row in common; the shared characters are those of
//! all such runs. Passages passed down from above and copied between neighbours can so be left out of emphasis.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::sieve::Sieve;
use crate::error::{Error, Result, Trouble};

/// What sharing is measured with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnParams {
    /// The length of a run, in characters of the normalised text, 4 to 64.
    pub run: usize,
    /// A measure is transmitted if this share of its characters or more is shared, above 0 to 1.
    pub transmitted: f64,
}

impl Default for OwnParams {
    fn default() -> Self {
        OwnParams { run: 16, transmitted: 0.5 }
    }
}

impl OwnParams {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`Error::Settings`] with the value that is out of its range.
    pub fn check(&self) -> Result<()> {
        if !(4..=64).contains(&self.run) {
            let trouble = Trouble::new(format!("own.run is {}", self.run));
            return Err(Error::Settings(trouble.remedy("set it between 4 and 64 characters")));
        }
        if !(self.transmitted > 0.0 && self.transmitted <= 1.0) {
            let trouble = Trouble::new(format!("own.transmitted is {}", self.transmitted));
            return Err(Error::Settings(trouble.remedy("set it above 0 and at most 1")));
        }
        Ok(())
    }
}

/// What one document shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Characters of its normalised text.
    pub chars: usize,
    /// Characters that stand in a run shared with a document of another owner.
    pub shared: usize,
    /// The shared passages, half-open, in characters of the normalised text, in order and apart from one another.
    pub passages: Vec<(usize, usize)>,
}

impl Overlap {
    /// The share of characters that are shared; `None` for an empty text.
    pub fn share(&self) -> Option<f64> {
        (self.chars > 0).then(|| self.shared as f64 / self.chars as f64)
    }

    /// How many characters of the stretch from `start` to `end` are shared: to judge one measure.
    pub fn within(&self, start: usize, end: usize) -> usize {
        self.passages.iter().map(|&(from, to)| to.min(end).saturating_sub(from.max(start))).sum()
    }
}

/// Runs held in memory at once, at 16 bytes each.
const AT_ONCE: usize = 32_000_000;

/// What each text shares with texts of other owners. `owners` stands beside `texts`: documents of one owner (a place,
/// or the document itself) are not compared with each other. Texts are compared as given; normalise them first.
///
/// Runs are compared by a 64-bit hash (a chance match among 50 million runs has probability 1e-4). Most runs stand in one text
/// alone: a sieve keeps them out, and the rest is sorted, in as many passes as keep memory bounded. The result depends
/// neither on the sieve nor on the passes.
///
/// # Errors
/// As [`OwnParams::check`].
///
/// # Panics
/// If `owners` has another length than `texts`.
pub fn overlaps(texts: &[&str], owners: &[u32], params: &OwnParams) -> Result<Vec<Overlap>> {
    assert_eq!(texts.len(), owners.len(), "one owner a text");
    params.check()?;
    Ok(within(texts, owners, params.run, AT_ONCE))
}

/// The same with at most about so many runs in memory at once.
fn within(texts: &[&str], owners: &[u32], run: usize, at_once: usize) -> Vec<Overlap> {
    let sieve = Sieve::new(texts.iter().map(|text| text.len() / 3).sum());
    texts.par_iter().for_each(|text| sieve.add(&hashes(text, run)));
    let passes = sieve.passed_at_most().div_ceil(at_once).max(1);
    let pass_of = |hash: u64| ((u128::from(hash) * passes as u128) >> 64) as usize;
    let mut starts: Vec<Vec<u32>> = vec![Vec::new(); texts.len()];
    for pass in 0..passes {
        let mut runs: Vec<(u64, u32, u32)> = (0..texts.len() as u32)
            .into_par_iter()
            .flat_map_iter(|text| {
                let hashes = hashes(texts[text as usize], run);
                let here =
                    hashes.into_iter().enumerate().filter(|&(_, hash)| pass_of(hash) == pass && sieve.passes(hash));
                here.map(move |(at, hash)| (hash, text, at as u32))
            })
            .collect();
        runs.par_sort_unstable();
        let owner = |one: &(u64, u32, u32)| owners[one.1 as usize];
        for same in runs.chunk_by(|a, b| a.0 == b.0) {
            if same.iter().any(|one| owner(one) != owner(&same[0])) {
                same.iter().for_each(|&(_, text, at)| starts[text as usize].push(at));
            }
        }
    }
    starts
        .into_par_iter()
        .zip(texts)
        .map(|(mut starts, text)| {
            starts.sort_unstable();
            overlap(&starts, text.chars().count(), run)
        })
        .collect()
}

/// Joins the starts of shared runs into passages.
fn overlap(starts: &[u32], chars: usize, run: usize) -> Overlap {
    let mut passages: Vec<(usize, usize)> = Vec::new();
    for start in starts.iter().map(|&start| start as usize) {
        match passages.last_mut() {
            Some(last) if start <= last.1 => last.1 = start + run,
            _ => passages.push((start, start + run)),
        }
    }
    let shared = passages.iter().map(|passage| passage.1 - passage.0).sum();
    Overlap { chars, shared, passages }
}

/// The hash of every run of `run` characters, in order: a rolling polynomial modulo 2⁶⁴, stirred at the end.
fn hashes(text: &str, run: usize) -> Vec<u64> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let chars: Vec<u64> = text.chars().map(|c| stir(u64::from(u32::from(c)))).collect();
    if chars.len() < run {
        return Vec::new();
    }
    let top = (1..run).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = chars[..run].iter().fold(0u64, |hash, &c| hash.wrapping_mul(BASE).wrapping_add(c));
    let mut out = Vec::with_capacity(chars.len() - run + 1);
    out.push(stir(hash));
    for at in run..chars.len() {
        hash = hash.wrapping_sub(chars[at - run].wrapping_mul(top)).wrapping_mul(BASE).wrapping_add(chars[at]);
        out.push(stir(hash));
    }
    out
}

fn stir(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_passages_are_joined_runs() {
        let texts = ["甲乙丙丁戊己庚辛", "子甲乙丙丁戊丑", "寅卯辰"];
        let found = overlaps(&texts, &[0, 1, 2], &OwnParams { run: 4, ..OwnParams::default() }).unwrap();
        assert_eq!(found[0].passages, [(0, 5)]);
        assert_eq!(found[1].passages, [(1, 6)]);
        assert_eq!((found[0].share(), found[2].share()), (Some(0.625), Some(0.0)));
        assert_eq!((found[0].within(3, 8), found[0].within(5, 8)), (2, 0));
    }

    #[test]
    fn neither_sieve_nor_passes_change_what_is_shared() {
        // Sentences of eight texts, drawn from few, so that many are shared, some within one text or one owner alone.
        let sentence = |n: u32| (0..9).map(|c| char::from_u32(0x4E00 + n * 9 + c).unwrap()).collect::<String>();
        let texts: Vec<String> =
            (0..8).map(|t| (0..30).map(|s| sentence((t * 37 + s * s * 11 + s * t) % 97)).collect()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let owners = [0, 0, 1, 2, 3, 3, 4, 5];
        let run = 6;
        let chars: Vec<Vec<char>> = texts.iter().map(|text| text.chars().collect()).collect();
        let naive = |t: usize| {
            let elsewhere = |wanted: &[char]| {
                (0..8).any(|o| owners[o] != owners[t] && chars[o].windows(run).any(|other| other == wanted))
            };
            let starts: Vec<u32> =
                (0..).zip(chars[t].windows(run)).filter(|(_, w)| elsewhere(w)).map(|(at, _)| at).collect();
            overlap(&starts, chars[t].len(), run)
        };
        let expected: Vec<Overlap> = (0..8).map(naive).collect();
        assert!(expected.iter().any(|o| o.shared > 0) && expected.iter().any(|o| o.shared < o.chars));
        for at_once in [3, 100, AT_ONCE] {
            assert_eq!(within(&texts, &owners, run, at_once), expected);
        }
    }

    #[test]
    fn an_owners_own_documents_do_not_count_nor_does_repetition_in_one() {
        let found = overlaps(&["甲乙丙丁甲乙丙丁", "甲乙丙丁"], &[7, 7], &OwnParams { run: 4, ..OwnParams::default() })
            .unwrap();
        assert!(found.iter().all(|overlap| overlap.shared == 0));
        assert_eq!(overlaps(&[""], &[0], &OwnParams::default()).unwrap()[0].share(), None);
        assert!(overlaps(&[], &[], &OwnParams { run: 2, ..OwnParams::default() }).is_err());
    }
}
