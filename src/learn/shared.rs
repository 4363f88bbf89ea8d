//! Multinomial logistic regression in which classes share weights.
//!
//! A row holds, for each of some voices, one value a class (what the voice says of that class), and after them signs that hold for
//! the row as a whole. The score of class c is
//!
//! ```text
//! b_c + Σ_j W_jc x_j + Σ_v (a_v + Σ_s A_sv z_s) x_vc
//! ```
//!
//! where x_j runs over all columns, z_s over the signs and x_vc is what voice v says of c. W lets every class weigh every column for
//! itself, as in [`super::logistic`]; a and A say how far a voice is believed in a row with such signs, whichever class it names, so
//! that a class with few examples is served by what was learned on all. This is the conditional logit model (McFadden 1974) beside
//! the multinomial one. Minimises `Σ −ln p(yᵢ | xᵢ) + l2/2 · ‖W‖² + shared_l2/2 · (‖a‖² + ‖A‖²)` by [`super::lbfgs`]; the
//! intercepts are free. Rows are summed in chunks of one size, and chunks in order: the same bits at any number of threads.

use rayon::prelude::*;

use super::lbfgs;
use super::linear::softmax;

/// What a row looks like: `voices × classes` columns, voice by voice, then `signs` columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The voices.
    pub voices: usize,
    /// The classes.
    pub classes: usize,
    /// The signs.
    pub signs: usize,
}

impl Shape {
    /// The columns of a row.
    pub fn width(self) -> usize {
        self.voices * self.classes + self.signs
    }

    /// The shared weights: those of `a`, then those of each sign.
    pub fn gains(self) -> usize {
        (self.signs + 1) * self.voices
    }
}

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// The penalty on each class's own weights.
    pub l2: f64,
    /// The penalty on the shared weights; where it is infinite there are none.
    pub shared_l2: f64,
    /// The most iterations of the minimiser.
    pub max_iterations: usize,
    /// Stop when an iteration lowers the cost by at most this share.
    pub value_tolerance: f64,
}

/// The weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// W, `classes` a column.
    pub weights: Vec<f64>,
    /// b.
    pub intercepts: Vec<f64>,
    /// a, then the rows of A, `voices` each.
    pub gains: Vec<f64>,
}

/// Rows a thread takes at a time.
const CHUNK: usize = 2048;

/// Trains on rows of [`Shape::width`] columns, one after the other, whose classes are `targets`.
///
/// # Panics
/// If the lengths disagree or a target is no class.
pub fn train(rows: &[f32], targets: &[u16], shape: Shape, params: &Params) -> Trained {
    let Shape { classes, .. } = shape;
    let width = shape.width();
    assert_eq!(rows.len(), targets.len() * width, "one target a row");
    assert!(targets.iter().all(|&target| usize::from(target) < classes), "every target is a class");
    let own = width * classes;
    let settings = lbfgs::Params {
        max_iterations: params.max_iterations,
        value_tolerance: params.value_tolerance,
        ..lbfgs::Params::default()
    };
    let start = vec![0.0; own + shape.gains() + classes];
    let found = lbfgs::minimise(start, &settings, |point, gradient| {
        let parts: Vec<(f64, Vec<f64>)> = rows
            .par_chunks(CHUNK * width.max(1))
            .zip(targets.par_chunks(CHUNK))
            .map(|(rows, targets)| learn(rows, targets, shape, point))
            .collect();
        let (weights, rest) = point.split_at(own);
        let (gains, _) = rest.split_at(shape.gains());
        let shared_l2 = if params.shared_l2.is_finite() { params.shared_l2 } else { 0.0 };
        let penalised = weights.iter().map(|w| w * params.l2).chain(gains.iter().map(|a| a * shared_l2));
        gradient.fill(0.0);
        gradient.iter_mut().zip(penalised).for_each(|(slot, slope)| *slot = slope);
        let mut cost = 0.5 * (params.l2 * lbfgs::dot(weights, weights) + shared_l2 * lbfgs::dot(gains, gains));
        for (loss, slope) in parts {
            cost += loss;
            gradient.iter_mut().zip(slope).for_each(|(slot, value)| *slot += value);
        }
        if params.shared_l2.is_infinite() {
            // They begin at 0 and stay there.
            gradient[own..own + shape.gains()].fill(0.0);
        }
        cost
    });
    let mut weights = found.point;
    let intercepts = weights.split_off(own + shape.gains());
    let gains = weights.split_off(own);
    Trained { weights, intercepts, gains }
}

/// How loud each voice is in a row with these signs.
fn gains_of(gains: &[f64], signs: &[f32], out: &mut [f64]) {
    let voices = out.len();
    out.copy_from_slice(&gains[..voices]);
    for (sign, gains) in signs.iter().zip(gains[voices..].chunks(voices)) {
        if *sign != 0.0 {
            out.iter_mut().zip(gains).for_each(|(gain, weight)| *gain += f64::from(*sign) * weight);
        }
    }
}

/// The loss of some rows and its slope.
fn learn(rows: &[f32], targets: &[u16], shape: Shape, point: &[f64]) -> (f64, Vec<f64>) {
    let Shape { voices, classes, .. } = shape;
    let (weights, rest) = point.split_at(shape.width() * classes);
    let (gains, intercepts) = rest.split_at(shape.gains());
    let mut slope = vec![0.0; point.len()];
    let (of_weights, of_rest) = slope.split_at_mut(weights.len());
    let (of_gains, of_intercepts) = of_rest.split_at_mut(gains.len());
    let mut residual = vec![0.0; classes];
    let mut loud = vec![0.0; voices];
    let mut loss = 0.0;
    for (row, &target) in rows.chunks(shape.width()).zip(targets) {
        let (said, signs) = row.split_at(voices * classes);
        gains_of(gains, signs, &mut loud);
        residual.copy_from_slice(intercepts);
        for (value, weights) in row.iter().zip(weights.chunks(classes)).filter(|(value, _)| **value != 0.0) {
            residual.iter_mut().zip(weights).for_each(|(score, weight)| *score += f64::from(*value) * weight);
        }
        for (gain, said) in loud.iter().zip(said.chunks(classes)) {
            residual.iter_mut().zip(said).for_each(|(score, value)| *score += gain * f64::from(*value));
        }
        let target = usize::from(target);
        let score = residual[target];
        loss += softmax(&mut residual) - score;
        residual[target] -= 1.0;
        for (value, slope) in row.iter().zip(of_weights.chunks_mut(classes)).filter(|(value, _)| **value != 0.0) {
            slope.iter_mut().zip(&residual).for_each(|(slot, residual)| *slot += f64::from(*value) * residual);
        }
        // From here on, how much louder each voice should be.
        for (gain, said) in loud.iter_mut().zip(said.chunks(classes)) {
            *gain = said.iter().zip(&residual).map(|(value, residual)| f64::from(*value) * residual).sum();
        }
        let (of_all, of_signs) = of_gains.split_at_mut(voices);
        of_all.iter_mut().zip(&loud).for_each(|(slot, value)| *slot += value);
        for (sign, slope) in signs.iter().zip(of_signs.chunks_mut(voices)).filter(|(sign, _)| **sign != 0.0) {
            slope.iter_mut().zip(&loud).for_each(|(slot, value)| *slot += f64::from(*sign) * value);
        }
        of_intercepts.iter_mut().zip(&residual).for_each(|(slot, residual)| *slot += residual);
    }
    (loss, slope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::logistic;
    use crate::learn::sparse::Rows;

    const SHAPE: Shape = Shape { voices: 2, classes: 3, signs: 2 };
    const PARAMS: Params = Params { l2: 0.5, shared_l2: 0.25, max_iterations: 400, value_tolerance: 1e-13 };

    /// Rows without rhyme, the same at every call.
    fn sample(rows: usize) -> (Vec<f32>, Vec<u16>) {
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f32 / (1u64 << 31) as f32
        };
        let values = (0..rows * SHAPE.width()).map(|_| next() - 0.5).collect();
        let targets = (0..rows).map(|_| (next() * 3.0) as u16 % 3).collect();
        (values, targets)
    }

    #[test]
    fn the_slope_is_that_of_the_cost() {
        let (rows, targets) = sample(40);
        let point: Vec<f64> =
            (0..SHAPE.width() * 3 + SHAPE.gains() + 3).map(|i| ((i * 37) % 11) as f64 / 11.0 - 0.5).collect();
        let (_, slope) = learn(&rows, &targets, SHAPE, &point);
        for j in 0..point.len() {
            let at = |step: f64| {
                let mut moved = point.clone();
                moved[j] += step;
                learn(&rows, &targets, SHAPE, &moved).0
            };
            let measured = (at(1e-5) - at(-1e-5)) / 2e-5;
            assert!((measured - slope[j]).abs() < 1e-5, "weight {j}: {measured} and {}", slope[j]);
        }
    }

    #[test]
    fn without_shared_weights_it_is_the_logistic_regression() {
        let (rows, targets) = sample(60);
        let alone = train(&rows, &targets, SHAPE, &Params { shared_l2: f64::INFINITY, ..PARAMS });
        let mut sparse = Rows::new();
        for row in rows.chunks(SHAPE.width()) {
            sparse.push(&(0u32..).zip(row.iter().copied()).collect::<Vec<_>>());
        }
        let params = logistic::Params { l2: 0.5, value_tolerance: 1e-13, ..logistic::Params::default() };
        let other = logistic::train(&sparse, &targets, &[1.0; 60], 3, &params);
        for (j, weights) in alone.weights.chunks(3).enumerate() {
            for (a, b) in weights.iter().zip(other.column(j)) {
                assert!((a - b).abs() < 1e-4, "column {j}: {a} and {b}");
            }
        }
        assert!(alone.gains.iter().all(|&gain| gain == 0.0));
    }

    #[test]
    fn a_class_without_examples_of_a_voice_is_served_by_the_others() {
        // One voice, which names class 0 or 1 and is right, save where the sign stands: there it names the wrong one. Class 2 is named
        // by nobody in training. Shared weights alone: the voice is believed without the sign, and the reverse with it.
        let shape = Shape { voices: 1, classes: 3, signs: 1 };
        let (mut rows, mut targets) = (Vec::new(), Vec::new());
        for i in 0..40u16 {
            let (named, sign) = (i % 2, f32::from(i / 20));
            let mut said = [0.0; 3];
            said[usize::from(named)] = 1.0;
            rows.extend(said);
            rows.push(sign);
            targets.push(if sign > 0.0 { 1 - named } else { named });
        }
        let found = train(&rows, &targets, shape, &Params { l2: 1e6, shared_l2: 0.1, ..PARAMS });
        assert!(found.gains[0] > 1.0 && found.gains[0] + found.gains[1] < -1.0, "{:?}", found.gains);
    }

    #[test]
    fn the_same_bits_at_one_thread_and_at_three() {
        let (rows, targets) = sample(2 * CHUNK + 5);
        let trained = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| train(&rows, &targets, SHAPE, &Params { max_iterations: 20, ..PARAMS }))
        };
        assert_eq!(trained(1), trained(3));
    }
}
