//! Tails and quantiles of the normal and beta distributions, in functions that give the same bits on every platform.

use std::f64::consts::SQRT_2;

/// The probability that a standard normal value is below `x`: ½ erfc(−x/√2).
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / SQRT_2)
}

/// The two-sided p of a standard normal value: the probability of one at least as far from 0.
pub fn normal_p(z: f64) -> f64 {
    libm::erfc(z.abs() / SQRT_2)
}

/// The standard normal value with probability `p` below it, found by bisection of [`normal_cdf`] to the last bit;
/// −38 for p = 0 and 38 for p = 1, beyond which doubles know no tail. Pass the smaller tail and turn the sign
/// where p is near 1.
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let (mut low, mut high) = (-38.0, 0.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if normal_cdf(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) value is below `x`.
/// `a, b > 0`.
///
/// Continued fraction by the modified Lentz method (Press et al., Numerical Recipes, 3rd ed., 6.4).
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front =
        libm::exp(libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * libm::log(x) + b * libm::log1p(-x));
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction of the incomplete beta function; it needs about √max(a, b) steps.
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const STEPS: usize = 20_000;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for step in 1..=STEPS {
        let m = step as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// The value with probability `p` below it under Beta(a, b), to 1e-15 absolute; `a, b > 0`, `0 ≤ p ≤ 1`.
///
/// Newton steps from the mean, kept inside a bracket that halves when a step would leave it.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let mut x = a / (a + b);
    for _ in 0..200 {
        let error = beta_cdf(x, a, b) - p;
        if error < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let density = libm::exp(scale + (a - 1.0) * libm::log(x) + (b - 1.0) * libm::log1p(-x));
        let newton = x - error / density;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        let moved = (next - x).abs();
        x = next;
        if moved < 1e-16 || high - low < 1e-16 {
            break;
        }
    }
    x
}

/// The q of each p by Benjamini and Hochberg (1995): the smallest false discovery rate at which it would be called.
///
/// q₍ᵢ₎ = min over k ≥ i of p₍ₖ₎ n / k, at most 1. The order of the input is kept; an empty input gives an empty output.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let single: Vec<(f64, usize)> = p.iter().map(|&p| (p, 1)).collect();
    benjamini_hochberg_of_groups(&single)
}

/// The same for groups of equal p, each with its size: a q each. Of equal p the last rank decides for all.
pub fn benjamini_hochberg_of_groups(groups: &[(f64, usize)]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by(|&a, &b| groups[a].0.total_cmp(&groups[b].0).then(a.cmp(&b)));
    let n: usize = groups.iter().map(|group| group.1).sum();
    let mut q = vec![1.0; groups.len()];
    let (mut smallest, mut rank): (f64, usize) = (1.0, n);
    for &index in order.iter().rev() {
        let (p, size) = groups[index];
        smallest = smallest.min(p * n as f64 / rank as f64);
        q[index] = smallest;
        rank -= size;
    }
    q
}
