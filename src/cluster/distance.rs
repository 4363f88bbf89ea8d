//! Squared Euclidean distance, summed in a fixed order in eight lanes, for k-means, silhouettes and assignment alike.

use linfa_nn::distance::Distance;
use ndarray::{ArrayView, Dimension};

/// Partial sums kept side by side: two vector registers of the baseline processor.
const LANES: usize = 8;

/// The squared Euclidean distance of two rows of one length.
pub(super) fn squared(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (a_lanes, b_lanes) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a_lanes.remainder().iter().zip(b_lanes.remainder()).map(|(a, b)| (a - b) * (a - b)).sum();
    for (a, b) in a_lanes.zip(b_lanes) {
        for lane in 0..LANES {
            let difference = a[lane] - b[lane];
            sums[lane] += difference * difference;
        }
    }
    let quads = [sums[0] + sums[4], sums[1] + sums[5], sums[2] + sums[6], sums[3] + sums[7]];
    ((quads[0] + quads[2]) + (quads[1] + quads[3])) + rest
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
