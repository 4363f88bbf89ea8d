//! Counts: how often each term of the vocabulary stands in each row.

use rayon::prelude::*;
use sprs::CsMatI;

use super::bags::Bags;
use super::vocabulary::Vocabulary;

/// A sparse matrix by rows: `f32` values, columns as `u32`, row starts as `usize`.
pub type Sparse = CsMatI<f32, u32, usize>;

/// Rows counted by one thread at a time.
const CHUNK: usize = 4096;

/// The counts of a vocabulary's terms in rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// Rows × terms; whole numbers, columns ascending within a row.
    pub matrix: Sparse,
    /// For each term, the number of rows of the corpus the vocabulary was learned from that hold it.
    pub df: Vec<u32>,
    /// The number of rows of that corpus.
    pub fitted_rows: usize,
}

impl Counts {
    /// Counts the terms of `vocabulary` in `bags`; other terms are left out. The bags need not be those the vocabulary was
    /// learned from.
    pub fn of(bags: &Bags, vocabulary: &Vocabulary) -> Counts {
        let columns: Vec<Option<u32>> =
            bags.terms().iter().map(|term| vocabulary.column(term).map(|column| column as u32)).collect();
        let parts: Vec<Part> = (0..bags.rows().div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| Part::count(bags, &columns, chunk * CHUNK..bags.rows().min((chunk + 1) * CHUNK)))
            .collect();
        let size = parts.iter().map(|part| part.indices.len()).sum();
        let (mut starts, mut indices, mut data) = (vec![0], Vec::with_capacity(size), Vec::with_capacity(size));
        for part in parts {
            let base = indices.len();
            starts.extend(part.ends.into_iter().map(|end| base + end));
            indices.extend(part.indices);
            data.extend(part.data);
        }
        Counts {
            matrix: Sparse::new((bags.rows(), vocabulary.len()), starts, indices, data),
            df: vocabulary.df().to_vec(),
            fitted_rows: vocabulary.rows(),
        }
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.matrix.rows()
    }

    /// The number of terms.
    pub fn terms(&self) -> usize {
        self.matrix.cols()
    }
}

/// The counts of one chunk of rows.
#[derive(Default)]
struct Part {
    ends: Vec<usize>,
    indices: Vec<u32>,
    data: Vec<f32>,
}

impl Part {
    fn count(bags: &Bags, columns: &[Option<u32>], rows: std::ops::Range<usize>) -> Part {
        let mut part = Part::default();
        let mut row_columns: Vec<u32> = Vec::new();
        for row in rows {
            row_columns.clear();
            row_columns.extend(bags.row(row).iter().filter_map(|&term| columns[term as usize]));
            row_columns.sort_unstable();
            for same in row_columns.chunk_by(|a, b| a == b) {
                part.indices.push(same[0]);
                part.data.push(same.len() as f32);
            }
            part.ends.push(part.indices.len());
        }
        part
    }
}
