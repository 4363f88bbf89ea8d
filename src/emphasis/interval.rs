//! Intervals from draws: seeded streams, Dirichlet draws, the bootstrap over blocks, percentiles.
//!
//! Every place-year has a random stream of its own, made from the seed and its keys, so that the draws do not depend on
//! the number of threads or on the order in which places are handled.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// The random stream for `keys` under `seed`.
pub fn stream(seed: u64, keys: &[u64]) -> Xoshiro256PlusPlus {
    // SplitMix64's finaliser (Steele, Lea, Flood 2014) stirs each key in, so that neighbouring keys share no bits.
    let stir = |state: u64, key: u64| {
        let mut z = state.wrapping_add(key).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    Xoshiro256PlusPlus::seed_from_u64(keys.iter().fold(stir(0, seed), |state, &key| stir(state, key)))
}

/// One standard normal draw, by Marsaglia's polar method (the second value of the pair is not kept).
pub fn normal(rng: &mut Xoshiro256PlusPlus) -> f64 {
    loop {
        let u = 2.0 * rng.r#gen::<f64>() - 1.0;
        let v = 2.0 * rng.r#gen::<f64>() - 1.0;
        let s = u * u + v * v;
        if s > 0.0 && s < 1.0 {
            return u * (-2.0 * libm::log(s) / s).sqrt();
        }
    }
}

/// One draw from the gamma distribution with this shape (> 0) and scale 1 (Marsaglia and Tsang 2000).
pub fn gamma(rng: &mut Xoshiro256PlusPlus, shape: f64) -> f64 {
    if shape < 1.0 {
        // Gamma(a) = Gamma(a + 1) · U^(1/a), which may underflow to 0 for a tiny shape: then it is 0.
        let u = 1.0 - rng.r#gen::<f64>();
        return gamma(rng, shape + 1.0) * libm::exp(libm::log(u) / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(rng);
        let v = 1.0 + c * x;
        if v <= 0.0 {
            continue;
        }
        let v = v * v * v;
        let u = 1.0 - rng.r#gen::<f64>();
        if u < 1.0 - 0.0331 * x * x * x * x || libm::log(u) < 0.5 * x * x + d * (1.0 - v + libm::log(v)) {
            return d * v;
        }
    }
}

/// Fills `out` with one draw from the Dirichlet distribution with these parameters.
///
/// A parameter of 0 draws 0. If every draw underflows, all goes to the largest parameter.
pub fn dirichlet(rng: &mut Xoshiro256PlusPlus, alphas: &[f64], out: &mut [f64]) {
    let mut sum = 0.0;
    for (value, &alpha) in out.iter_mut().zip(alphas) {
        *value = if alpha > 0.0 { gamma(rng, alpha) } else { 0.0 };
        sum += *value;
    }
    if sum > 0.0 {
        out.iter_mut().for_each(|value| *value /= sum);
    } else if let Some(largest) = (0..alphas.len()).max_by(|&a, &b| alphas[a].total_cmp(&alphas[b]).then(b.cmp(&a))) {
        out[largest] = 1.0;
    }
}

/// Resamples `blocks` rows with replacement: calls `add` with the index of each row drawn, as often as there are rows.
pub fn resample(rng: &mut Xoshiro256PlusPlus, blocks: usize, mut add: impl FnMut(usize)) {
    for _ in 0..blocks {
        add(rng.gen_range(0..blocks));
    }
}

/// The central interval of `draws` that holds `level` of them, sorting them on the way; `None` for no draws.
///
/// Quantiles interpolate linearly between order statistics (Hyndman and Fan 1996, type 7: R's and NumPy's default).
pub fn percentiles(draws: &mut [f64], level: f64) -> Option<(f64, f64)> {
    draws.sort_unstable_by(f64::total_cmp);
    Some((quantile(draws, 0.5 * (1.0 - level))?, quantile(draws, 0.5 * (1.0 + level))?))
}

/// The quantile of sorted values at `p` (type 7); `None` for no values.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (position - below as f64) * (sorted[above] - sorted[below]))
}

/// A mean over clustered values with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// The lower end of the interval; `None` for fewer than two blocks, which carry no spread.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
}

/// The mean of values that cluster in blocks, each block given as (sum, number of values), with a percentile
/// interval by resampling the blocks. `None` where there are no values.
pub fn block_mean(blocks: &[(f64, f64)], draws: u32, level: f64, rng: &mut Xoshiro256PlusPlus) -> Option<Mean> {
    let total = blocks.iter().fold((0.0, 0.0), |(sum, n), block| (sum + block.0, n + block.1));
    if total.1 <= 0.0 {
        return None;
    }
    let value = total.0 / total.1;
    let filled: Vec<(f64, f64)> = blocks.iter().copied().filter(|block| block.1 > 0.0).collect();
    if filled.len() < 2 {
        return Some(Mean { value, low: None, high: None });
    }
    let mut means: Vec<f64> = (0..draws)
        .map(|_| {
            let (mut sum, mut n) = (0.0, 0.0);
            resample(rng, filled.len(), |index| {
                sum += filled[index].0;
                n += filled[index].1;
            });
            sum / n
        })
        .collect();
    let ends = percentiles(&mut means, level);
    Some(Mean { value, low: ends.map(|ends| ends.0), high: ends.map(|ends| ends.1) })
}
