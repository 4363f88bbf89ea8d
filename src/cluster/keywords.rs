//! Class TF-IDF: the terms by which a group of rows differs from the others.

use ndarray::{Array2, ArrayView1};

use crate::features::Sparse;

/// A term of a group and its weight there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Keyword {
    /// The term's column.
    pub term: usize,
    /// Its weight in the group; above 0.
    pub weight: f32,
}

/// The weight of each term in each group: groups × terms (class TF-IDF; Grootendorst 2022, *BERTopic*, eq. 3).
///
/// With tf(t, c) the count of term t in group c divided by the count of all terms in c, f(t) the count of t in all
/// groups, and A the mean count of terms in a group: W(t, c) = tf(t, c) · ln(1 + A / f(t)). A group is treated as one long
/// document; dividing by its length (as BERTopic's program does) lets groups of different sizes be compared.
///
/// `counts` is rows × terms, `groups` the group of each row below `k`; rows without a group are left out of every count.
/// A group without terms, and a term that stands in no group, has weight 0.
///
/// # Panics
/// If there are not as many groups given as rows, or one is `k` or above.
pub fn class_weights(counts: &Sparse, groups: &[Option<u32>], k: usize) -> Array2<f32> {
    assert_eq!(counts.rows(), groups.len(), "each row must have a group or none");
    let terms = counts.cols();
    let mut sums = Array2::<f64>::zeros((k, terms));
    for (row, group) in counts.outer_iterator().zip(groups) {
        let Some(group) = group else { continue };
        for (term, &count) in row.iter() {
            sums[[*group as usize, term]] += f64::from(count);
        }
    }
    let lengths: Vec<f64> = sums.rows().into_iter().map(|group| group.iter().sum()).collect();
    let mean_length = lengths.iter().sum::<f64>() / k.max(1) as f64;
    let mut weights = Array2::zeros((k, terms));
    for term in 0..terms {
        let everywhere: f64 = sums.column(term).iter().sum();
        if everywhere == 0.0 {
            continue;
        }
        let rarity = libm::log1p(mean_length / everywhere);
        for group in 0..k {
            if lengths[group] > 0.0 {
                weights[[group, term]] = (sums[[group, term]] / lengths[group] * rarity) as f32;
            }
        }
    }
    weights
}

/// The `count` heaviest terms of each group, heaviest first; of equal weights the smaller column first. Terms of weight 0
/// are none, so a group may have fewer.
pub fn keywords(weights: &Array2<f32>, count: usize) -> Vec<Vec<Keyword>> {
    weights.rows().into_iter().map(|group| heaviest(group, count)).collect()
}

fn heaviest(weights: ArrayView1<'_, f32>, count: usize) -> Vec<Keyword> {
    let mut terms: Vec<Keyword> = (0..weights.len())
        .map(|term| Keyword { term, weight: weights[term] })
        .filter(|keyword| keyword.weight > 0.0)
        .collect();
    terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.term.cmp(&b.term)));
    terms.truncate(count);
    terms
}
