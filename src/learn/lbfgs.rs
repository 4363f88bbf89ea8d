//! Limited-memory BFGS with a line search that meets the strong Wolfe conditions.
//!
//! Nocedal and Wright, *Numerical Optimization* (2nd ed., 2006): the two-loop recursion is algorithm 7.4, the line
//! search algorithms 3.5 and 3.6 with cubic interpolation (3.59). No randomness, one order of every sum.

/// How to minimise.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// How many pairs of steps and gradient changes are remembered; each costs two vectors.
    pub history: usize,
    /// The most iterations.
    pub max_iterations: usize,
    /// Converged when the gradient's largest component is at most this times max(1, largest component of the point).
    pub gradient_tolerance: f64,
    /// Converged when an iteration lowers the value by at most this share of it; 0 leaves this test out.
    pub value_tolerance: f64,
    /// Adds `l2 / 2 · ‖x‖²` to the cost; 0 adds nothing.
    pub l2: f64,
}

impl Default for Params {
    fn default() -> Self {
        Params { history: 7, max_iterations: 200, gradient_tolerance: 1e-5, value_tolerance: 1e-7, l2: 0.0 }
    }
}

/// Where the minimiser stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// The point.
    pub point: Vec<f64>,
    /// The cost there, the L2 term included.
    pub value: f64,
    /// The iterations made.
    pub iterations: usize,
    /// How often the cost was computed.
    pub evaluations: usize,
    /// Whether one of the tolerances was met; false when iterations ran out or no step lowers the cost any more.
    pub converged: bool,
}

/// The first Wolfe constant: a step must lower the cost by this share of what the slope promises.
const SUFFICIENT_DECREASE: f64 = 1e-4;
/// The second Wolfe constant: the slope must fall to this share; 0.9 is the usual one for quasi-Newton directions.
const CURVATURE: f64 = 0.9;
/// The most evaluations of one line search.
const MAX_TRIALS: usize = 24;

/// Minimises `cost`, which returns the value at a point and writes the gradient there into its second argument.
///
/// `cost` must be smooth and bounded below. A value that is not finite is taken as too far a step.
///
/// # Panics
/// If the cost at `start` is not finite, as nothing can be searched from there.
///
/// # Examples
/// ```
/// use cezhong::learn::lbfgs::{Params, minimise};
/// let found = minimise(vec![0.0, 0.0], &Params::default(), |x, gradient| {
///     gradient[0] = 2.0 * (x[0] - 3.0);
///     gradient[1] = 8.0 * (x[1] + 1.0);
///     (x[0] - 3.0).powi(2) + 4.0 * (x[1] + 1.0).powi(2)
/// });
/// assert!(found.converged && (found.point[0] - 3.0).abs() < 1e-4 && (found.point[1] + 1.0).abs() < 1e-4);
/// ```
pub fn minimise(start: Vec<f64>, params: &Params, mut cost: impl FnMut(&[f64], &mut [f64]) -> f64) -> Minimum {
    let l2 = params.l2;
    let mut evaluations = 0;
    let mut penalised = |x: &[f64], gradient: &mut [f64]| {
        evaluations += 1;
        let value = cost(x, gradient);
        if l2 > 0.0 {
            add_scaled(gradient, l2, x);
            return value + 0.5 * l2 * dot(x, x);
        }
        value
    };
    let mut point = start;
    let mut gradient = vec![0.0; point.len()];
    let mut value = penalised(&point, &mut gradient);
    assert!(value.is_finite(), "the cost at the start of a minimisation must be finite, got {value}");
    let mut memory = Memory::new(params.history.max(1));
    let (mut iterations, mut converged) = (0, flat(&point, &gradient, params.gradient_tolerance));
    let mut trial = vec![0.0; point.len()];
    let mut trial_gradient = vec![0.0; point.len()];
    while !converged && iterations < params.max_iterations {
        let mut direction = memory.direction(&gradient);
        let mut slope = dot(&direction, &gradient);
        if slope >= 0.0 {
            // Rounding spoiled the remembered curvature: start again from steepest descent.
            memory.clear();
            direction = gradient.iter().map(|g| -g).collect();
            slope = dot(&direction, &gradient);
        }
        let first = if memory.is_empty() { 1.0 / libm::sqrt(dot(&gradient, &gradient)).max(1.0) } else { 1.0 };
        let found = search(value, slope, first, |step| {
            for ((t, x), d) in trial.iter_mut().zip(&point).zip(&direction) {
                *t = x + step * d;
            }
            let value = penalised(&trial, &mut trial_gradient);
            (value, dot(&trial_gradient, &direction))
        });
        let Some(lower) = found else {
            if memory.is_empty() {
                break;
            }
            memory.clear();
            continue;
        };
        iterations += 1;
        memory.remember(&point, &gradient, &trial, &trial_gradient);
        std::mem::swap(&mut point, &mut trial);
        std::mem::swap(&mut gradient, &mut trial_gradient);
        let gain = value - lower;
        value = lower;
        converged = flat(&point, &gradient, params.gradient_tolerance)
            || (params.value_tolerance > 0.0 && gain <= params.value_tolerance * value.abs());
    }
    Minimum { point, value, iterations, evaluations, converged }
}

/// Whether the gradient is as good as zero.
fn flat(point: &[f64], gradient: &[f64], tolerance: f64) -> bool {
    largest(gradient) <= tolerance * largest(point).max(1.0)
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most: f64, value| most.max(value.abs()))
}

/// The scalar product, summed in eight interleaved lanes: fast, and one order for one length.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail: f64 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f64>() + tail
}

fn add_scaled(target: &mut [f64], factor: f64, values: &[f64]) {
    for (t, v) in target.iter_mut().zip(values) {
        *t += factor * v;
    }
}

/// The remembered steps, oldest first.
struct Memory {
    room: usize,
    pairs: std::collections::VecDeque<Pair>,
}

/// One step, the change of the gradient over it, and one over their scalar product.
struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    rho: f64,
}

impl Memory {
    fn new(room: usize) -> Self {
        Memory { room, pairs: std::collections::VecDeque::with_capacity(room) }
    }

    fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    fn clear(&mut self) {
        self.pairs.clear();
    }

    fn remember(&mut self, from: &[f64], from_gradient: &[f64], to: &[f64], to_gradient: &[f64]) {
        // The oldest pair's vectors are written over, so that a long run allocates only `room` of them.
        let (mut step, mut change) = match self.pairs.len() == self.room {
            true => self.pairs.pop_front().map(|pair| (pair.step, pair.change)).unwrap_or_default(),
            false => (vec![0.0; from.len()], vec![0.0; from.len()]),
        };
        for i in 0..from.len() {
            step[i] = to[i] - from[i];
            change[i] = to_gradient[i] - from_gradient[i];
        }
        let curvature = dot(&step, &change);
        // The Wolfe conditions make it positive; rounding near the minimum may not.
        if curvature > f64::EPSILON * dot(&change, &change) {
            self.pairs.push_back(Pair { step, change, rho: 1.0 / curvature });
        }
    }

    /// Minus the approximate inverse Hessian times the gradient.
    fn direction(&self, gradient: &[f64]) -> Vec<f64> {
        let mut q: Vec<f64> = gradient.to_vec();
        let mut alphas = Vec::with_capacity(self.pairs.len());
        for pair in self.pairs.iter().rev() {
            let alpha = pair.rho * dot(&pair.step, &q);
            add_scaled(&mut q, -alpha, &pair.change);
            alphas.push(alpha);
        }
        let scale = self.pairs.back().map_or(1.0, |last| 1.0 / (last.rho * dot(&last.change, &last.change)));
        q.iter_mut().for_each(|value| *value *= scale);
        for (pair, alpha) in self.pairs.iter().zip(alphas.into_iter().rev()) {
            let beta = pair.rho * dot(&pair.change, &q);
            add_scaled(&mut q, alpha - beta, &pair.step);
        }
        q.iter_mut().for_each(|value| *value = -*value);
        q
    }
}

/// A point on the line that is searched.
#[derive(Clone, Copy)]
struct Trial {
    step: f64,
    value: f64,
    slope: f64,
}

/// Finds a step that meets the strong Wolfe conditions and returns the value there; the last call of `at` was for it.
///
/// `None` where no step lowers the value by enough: the value is at its minimum as far as floats can tell.
fn search(value: f64, slope: f64, first: f64, mut at: impl FnMut(f64) -> (f64, f64)) -> Option<f64> {
    let start = Trial { step: 0.0, value, slope };
    let promised = |trial: &Trial| value + SUFFICIENT_DECREASE * trial.step * slope;
    let mut look = |step: f64| {
        let (value, slope) = at(step);
        let finite = value.is_finite() && slope.is_finite();
        Trial { step, value: if finite { value } else { f64::INFINITY }, slope: if finite { slope } else { 0.0 } }
    };
    let (mut before, mut step, mut trials) = (start, first, 0);
    let (mut low, mut high) = loop {
        let trial = look(step);
        trials += 1;
        if trial.value > promised(&trial) || (trials > 1 && trial.value >= before.value) {
            break (before, trial);
        }
        if trial.slope.abs() <= -CURVATURE * slope {
            return Some(trial.value);
        }
        if trial.slope >= 0.0 {
            break (trial, before);
        }
        if trials == MAX_TRIALS {
            return Some(trial.value);
        }
        before = trial;
        step *= 2.0;
    };
    while trials < MAX_TRIALS {
        let trial = look(between(&low, &high));
        trials += 1;
        if trial.value > promised(&trial) || trial.value >= low.value {
            high = trial;
        } else {
            if trial.slope.abs() <= -CURVATURE * slope {
                return Some(trial.value);
            }
            if trial.slope * (high.step - low.step) >= 0.0 {
                high = low;
            }
            low = trial;
        }
        if (high.step - low.step).abs() <= f64::EPSILON * low.step.max(first) {
            break;
        }
    }
    // The bracket has shrunk to nothing; its lower end still lowers the value, unless it is the start itself.
    (low.step > 0.0).then(|| look(low.step).value)
}

/// The minimum of the cubic through both ends, kept off them by a tenth of their distance; the middle if there is none.
fn between(a: &Trial, b: &Trial) -> f64 {
    let (near, far) = (a.step.min(b.step), a.step.max(b.step));
    let middle = 0.5 * (near + far);
    if !a.value.is_finite() || !b.value.is_finite() {
        return middle;
    }
    let d1 = a.slope + b.slope - 3.0 * (a.value - b.value) / (a.step - b.step);
    let square = d1 * d1 - a.slope * b.slope;
    if square < 0.0 {
        return middle;
    }
    let d2 = libm::sqrt(square) * (b.step - a.step).signum();
    let step = b.step - (b.step - a.step) * (b.slope + d2 - d1) / (b.slope - a.slope + 2.0 * d2);
    let margin = 0.1 * (far - near);
    if step.is_finite() { step.clamp(near + margin, far - margin) } else { middle }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley in ten dimensions; the minimum is 0 at (1, …, 1).
    fn rosenbrock(x: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.fill(0.0);
        let mut value = 0.0;
        for i in 0..x.len() - 1 {
            let (a, b) = (x[i + 1] - x[i] * x[i], 1.0 - x[i]);
            value += 100.0 * a * a + b * b;
            gradient[i] += -400.0 * x[i] * a - 2.0 * b;
            gradient[i + 1] += 200.0 * a;
        }
        value
    }

    #[test]
    fn finds_the_bottom_of_a_curved_valley() {
        let params = Params { value_tolerance: 0.0, gradient_tolerance: 1e-9, ..Params::default() };
        let found = minimise(vec![-1.2, 1.0, -1.2, 1.0, -1.2, 1.0, -1.2, 1.0, -1.2, 1.0], &params, rosenbrock);
        assert!(found.converged, "{found:?}");
        // In ten dimensions there is a second stationary point with the value 3.99 near (−1, 1, …, 1);
        // either stationary point is right, so the gradient is what is checked.
        let mut gradient = vec![0.0; 10];
        rosenbrock(&found.point, &mut gradient);
        assert!(largest(&gradient) < 1e-8);
    }

    #[test]
    fn the_penalty_draws_towards_zero() {
        // (x − 3)² + l2/2 x² is least at 6 / (2 + l2) = 1.5 for l2 = 2.
        let params = Params { l2: 2.0, gradient_tolerance: 1e-10, value_tolerance: 0.0, ..Params::default() };
        let found = minimise(vec![10.0], &params, |x, gradient| {
            gradient[0] = 2.0 * (x[0] - 3.0);
            (x[0] - 3.0) * (x[0] - 3.0)
        });
        assert!((found.point[0] - 1.5).abs() < 1e-9 && (found.value - 4.5).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_step_into_infinity_is_shortened() {
        // −ln x + x is infinite for x ≤ 0 and least at 1.
        let found = minimise(vec![0.01], &Params::default(), |x, gradient| {
            gradient[0] = 1.0 - 1.0 / x[0];
            if x[0] > 0.0 { x[0] - libm::log(x[0]) } else { f64::NAN }
        });
        assert!((found.point[0] - 1.0).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn a_start_at_the_minimum_stays_there() {
        let found = minimise(vec![0.0], &Params::default(), |_, gradient| {
            gradient[0] = 0.0;
            1.0
        });
        assert_eq!((found.iterations, found.evaluations, found.converged), (0, 1, true));
    }

    #[test]
    fn the_scalar_product_takes_the_tail() {
        let a: Vec<f64> = (1..=11).map(f64::from).collect();
        assert_eq!(dot(&a, &a), 506.0);
    }
}
