//! The vocabulary: which terms are columns, and in how many rows each stands.

use serde::{Deserialize, Serialize};

use super::bags::Bags;

/// Which terms become columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VocabularyParams {
    /// The smallest number of rows a term must stand in. Below 2 a term can join no two rows.
    pub min_df: u32,
    /// The largest share of rows a term may stand in, 0 to 1. A term of most rows tells none from another.
    pub max_df: f64,
}

impl Default for VocabularyParams {
    fn default() -> Self {
        VocabularyParams { min_df: 2, max_df: 0.5 }
    }
}

/// The terms of a corpus, in code-point order, each with the number of rows it stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    terms: Vec<String>,
    df: Vec<u32>,
    rows: usize,
}

impl Vocabulary {
    /// Learns the vocabulary: every term that stands in `min_df` rows or more and in `max_df` × rows or fewer.
    ///
    /// A corpus whose terms all fall outside gives a vocabulary without terms; that is no error here.
    pub fn fit(bags: &Bags, params: &VocabularyParams) -> Vocabulary {
        let mut df = vec![0u32; bags.terms().len()];
        let mut last_row = vec![usize::MAX; bags.terms().len()];
        for row in 0..bags.rows() {
            for &term in bags.row(row) {
                let term = term as usize;
                if last_row[term] != row {
                    last_row[term] = row;
                    df[term] += 1;
                }
            }
        }
        let most = params.max_df * bags.rows() as f64;
        let mut kept: Vec<(&str, u32)> = bags
            .terms()
            .iter()
            .zip(df)
            .filter(|&(_, df)| df >= params.min_df.max(1) && f64::from(df) <= most)
            .map(|(term, df)| (&**term, df))
            .collect();
        // The order of UTF-8 bytes is the order of code points.
        kept.sort_unstable();
        let (terms, df) = kept.into_iter().map(|(term, df)| (term.to_owned(), df)).unzip();
        Vocabulary { terms, df, rows: bags.rows() }
    }

    /// The number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms, by column.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The number of rows each term stands in, by column.
    pub fn df(&self) -> &[u32] {
        &self.df
    }

    /// The number of rows it was learned from.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The column of a term.
    pub fn column(&self, term: &str) -> Option<usize> {
        self.terms.binary_search_by(|known| known.as_str().cmp(term)).ok()
    }
}
