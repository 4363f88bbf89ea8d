//! Bags of terms: each row's terms as numbers, each distinct term kept once.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Rows interned by one thread at a time. Fixed, so that terms get the same numbers at any thread count; large enough that
/// most terms of a chunk are met many times, small enough that a thousand documents keep two threads busy.
const CHUNK: usize = 4096;

/// The terms of each row, in the order in which they were met. Terms are numbered in the order of their first row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bags {
    terms: Vec<Box<str>>,
    /// Where each row begins in `tokens`; one more than there are rows.
    offsets: Vec<usize>,
    tokens: Vec<u32>,
}

impl Bags {
    /// Builds the bags of `rows` rows. `terms_of` is given a row's number and hands over its terms; it is called once a
    /// row, on any thread, and the result does not depend on which.
    pub fn build<F>(rows: usize, terms_of: F) -> Bags
    where
        F: Fn(usize, &mut dyn FnMut(&str)) + Sync,
    {
        let chunks: Vec<Part> = (0..rows.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                let mut part = Part::default();
                for row in chunk * CHUNK..rows.min((chunk + 1) * CHUNK) {
                    let before = part.tokens.len();
                    terms_of(row, &mut |term| part.push(term));
                    part.lengths.push(part.tokens.len() - before);
                }
                part
            })
            .collect();
        Bags::join(chunks)
    }

    /// Builds the bags of rows that are already cut.
    pub fn of<T: AsRef<str> + Sync>(rows: &[Vec<T>]) -> Bags {
        Bags::build(rows.len(), |row, push| rows[row].iter().for_each(|term| push(term.as_ref())))
    }

    /// The bags of some of the rows, in the order in which they are named. Terms keep their numbers.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn select(&self, rows: &[usize]) -> Bags {
        let mut chosen = Bags { terms: self.terms.clone(), offsets: vec![0], tokens: Vec::new() };
        for &row in rows {
            chosen.tokens.extend_from_slice(self.row(row));
            chosen.offsets.push(chosen.tokens.len());
        }
        chosen
    }

    fn join(parts: Vec<Part>) -> Bags {
        let mut bags = Bags::default();
        bags.offsets.reserve(parts.iter().map(|part| part.lengths.len()).sum::<usize>() + 1);
        bags.tokens.reserve_exact(parts.iter().map(|part| part.tokens.len()).sum());
        bags.offsets.push(0);
        let mut numbers: FxHashMap<Box<str>, u32> = FxHashMap::default();
        for part in parts {
            // The part's terms in its own order, so that numbers follow first appearance and not the hash.
            let global: Vec<u32> = part
                .terms
                .into_iter()
                .map(|term| match numbers.get(&term) {
                    Some(&number) => number,
                    None => {
                        let number = numbers.len() as u32;
                        bags.terms.push(term.clone());
                        numbers.insert(term, number);
                        number
                    }
                })
                .collect();
            bags.tokens.extend(part.tokens.into_iter().map(|token| global[token as usize]));
            let mut end = bags.offsets.last().copied().unwrap_or_default();
            for length in part.lengths {
                end += length;
                bags.offsets.push(end);
            }
        }
        bags
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The distinct terms, by number.
    pub fn terms(&self) -> &[Box<str>] {
        &self.terms
    }

    /// The numbers of a row's terms, in order, repeats included.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> &[u32] {
        &self.tokens[self.offsets[row]..self.offsets[row + 1]]
    }

    /// The number of terms in all rows, repeats included.
    pub fn tokens(&self) -> usize {
        self.tokens.len()
    }
}

/// The bags of one chunk, with numbers of its own.
#[derive(Default)]
struct Part {
    numbers: FxHashMap<Box<str>, u32>,
    terms: Vec<Box<str>>,
    tokens: Vec<u32>,
    lengths: Vec<usize>,
}

impl Part {
    fn push(&mut self, term: &str) {
        let number = match self.numbers.get(term) {
            Some(&number) => number,
            None => {
                let number = self.terms.len() as u32;
                self.terms.push(term.into());
                self.numbers.insert(term.into(), number);
                number
            }
        };
        self.tokens.push(number);
    }
}
