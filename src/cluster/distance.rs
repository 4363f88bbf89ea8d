//! Squared Euclidean distance, summed in a fixed order in eight lanes, for k-means, silhouettes and assignment alike.

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
