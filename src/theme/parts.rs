//! The shorter grams within each gram of a model.

use std::sync::OnceLock;

use super::grams;
use super::index::Index;

/// No gram.
pub(super) const NONE: u32 = u32::MAX;
/// A gram of three characters has three of one and two of two within it.
const MOST_PARTS: usize = grams::LONGEST * (grams::LONGEST + 1) / 2 - 1;

/// A gram, and the shorter grams in it, by their places in a model or by their numbers in a document; [`NONE`] where there are fewer,
/// and for one that the model or the document has not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gram {
    pub key: u64,
    pub parts: [u32; MOST_PARTS],
}

/// The grams of a model with their parts; found when the first is asked for. It follows from the model's other fields, so two of them
/// are never unequal.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(OnceLock<Vec<Gram>>);

impl PartialEq for Known {
    fn eq(&self, _: &Known) -> bool {
        true
    }
}

impl Known {
    /// The grams of this index, which is that of the same model each time.
    pub fn of(&self, index: &Index) -> &[Gram] {
        self.0.get_or_init(|| {
            let known = |&key: &u64| {
                let (mut parts, mut count) = ([NONE; MOST_PARTS], 0);
                grams::parts(key, |part| {
                    parts[count] = index.find(part).unwrap_or(NONE);
                    count += 1;
                });
                Gram { key, parts }
            };
            // Not in parallel: a thread that waits for others here could be given a document that waits for this.
            index.keys().iter().map(known).collect()
        })
    }
}
