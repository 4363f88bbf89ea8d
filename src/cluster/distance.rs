//! Squared Euclidean distance, summed in a fixed order in eight lanes, for k-means, silhouettes and assignment alike.

use linfa_nn::distance::Distance;
use ndarray::{ArrayView, Dimension};

/// Partial sums kept side by side: two vector registers of the baseline processor.
const LANES: usize = 8;

/// The squared Euclidean distance of two rows of one length.
pub(super) fn squared(a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0f32; LANES];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            let difference = a[lane] - b[lane];
            sums[lane] += difference * difference;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| (a - b) * (a - b)).sum();
    folded(&sums) + rest
}

/// The sum of the lanes. Out of line: inlined, the compiler would add two lanes at a time in the loop above, not four.
#[inline(never)]
fn folded(sums: &[f32; LANES]) -> f32 {
    let quads = [sums[0] + sums[4], sums[1] + sums[5], sums[2] + sums[6], sums[3] + sums[7]];
    (quads[0] + quads[2]) + (quads[1] + quads[3])
}

/// Euclidean distance for linfa, several times as fast as its own on rows that lie in one piece.
#[derive(Clone, Debug)]
pub(super) struct Euclidean;

impl Distance<f32> for Euclidean {
    fn distance<D: Dimension>(&self, a: ArrayView<f32, D>, b: ArrayView<f32, D>) -> f32 {
        self.rdistance(a, b).sqrt()
    }

    fn rdistance<D: Dimension>(&self, a: ArrayView<f32, D>, b: ArrayView<f32, D>) -> f32 {
        match (a.as_slice(), b.as_slice()) {
            (Some(a), Some(b)) => squared(a, b),
            _ => a.iter().zip(b.iter()).map(|(a, b)| (a - b) * (a - b)).sum(),
        }
    }

    fn rdist_to_dist(&self, squared: f32) -> f32 {
        squared.sqrt()
    }

    fn dist_to_rdist(&self, distance: f32) -> f32 {
        distance * distance
    }
}
