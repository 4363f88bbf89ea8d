//! How often 95 % intervals of theme shares hold the true share, with and without the correction for the coder's error.
//!
//! Corpora of measures are drawn with known shares of eleven themes, miscoded by a confusion matrix, and a random sample of them is
//! labelled without error. `cargo run --release --example corrected_coverage [CORPORA]`; docs/simulation.md has the outcome.

use cezhong::emphasis::corrected::{Corrected, Labelled, confusion_matrix, power, prediction_powered};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// The true shares: those of the measures among the hand labels, in per cent.
const SHARES: [f64; 11] = [23.4, 11.0, 5.3, 11.6, 10.5, 15.6, 9.8, 3.6, 5.5, 3.2, 0.5];

/// A coder that is right in `accuracy` of all cases, with errors in proportion to the shares of the other themes, and
/// `lean` times as likely into the first theme as that.
fn call(truth: usize, accuracy: f64, lean: f64, rng: &mut Xoshiro256PlusPlus) -> usize {
    if rng.r#gen::<f64>() < accuracy {
        return truth;
    }
    let weight = |k: usize| if k == truth { 0.0 } else { SHARES[k] * if k == 0 { lean } else { 1.0 } };
    draw(&weight, rng)
}

fn draw(weight: &dyn Fn(usize) -> f64, rng: &mut Xoshiro256PlusPlus) -> usize {
    let total: f64 = (0..SHARES.len()).map(weight).sum();
    let mut at = rng.r#gen::<f64>() * total;
    for k in 0..SHARES.len() {
        at -= weight(k);
        if at < 0.0 {
            return k;
        }
    }
    SHARES.len() - 1
}

/// How often intervals held, and how wide they were.
#[derive(Default)]
struct Tally {
    held: usize,
    defined: usize,
    width: f64,
}

impl Tally {
    fn add(&mut self, found: Option<Corrected>, truth: f64) {
        if let Some(found) = found {
            self.defined += 1;
            self.held += usize::from(found.low <= truth && truth <= found.high);
            self.width += found.high - found.low;
        }
    }

    fn shown(&self) -> String {
        let n = self.defined.max(1) as f64;
        format!("{:.1} | {:.3}", 100.0 * self.held as f64 / n, self.width / n)
    }
}

fn main() {
    let corpora: usize = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(2000);
    let total: f64 = SHARES.iter().sum();
    println!(
        "| measures | coder right | leans | labels | raw held, % | width | PPI held, % | width | matrix held, % | width | matrix defined, % |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for (measures, accuracy, lean) in [(2000, 0.90, 1.0), (2000, 0.90, 3.0), (2000, 0.75, 3.0), (300, 0.90, 3.0)] {
        for labels in [50, 100, 200, 400].into_iter().filter(|&labels| 2 * labels <= measures) {
            let (mut raw, mut powered, mut matrix) = (Tally::default(), Tally::default(), Tally::default());
            for corpus in 0..corpora {
                let mut rng = Xoshiro256PlusPlus::seed_from_u64(corpus as u64);
                let all: Vec<Labelled> = (0..measures)
                    .map(|_| {
                        let truth = draw(&|k| SHARES[k], &mut rng);
                        Labelled { predicted: call(truth, accuracy, lean, &mut rng), truth }
                    })
                    .collect();
                // Measures are exchangeable, so the first ones are a random sample.
                let sample = &all[..labels];
                let count = |rows: &[Labelled]| {
                    let mut counts = vec![0.0; SHARES.len()];
                    rows.iter().for_each(|row| counts[row.predicted] += 1.0);
                    counts
                };
                let (rest, every) = (count(&all[labels..]), count(&all));
                let lambda = power(&rest, sample);
                // The themes of one per cent and less are left to no normal approximation.
                for class in (0..SHARES.len()).filter(|&k| SHARES[k] > 1.0) {
                    let truth = SHARES[class] / total;
                    let share = every[class] / measures as f64;
                    let half = 1.959_963_984_540_054 * (share * (1.0 - share) / measures as f64).sqrt();
                    let plain = Corrected { predicted: share, value: share, low: share - half, high: share + half };
                    raw.add(Some(plain), truth);
                    powered.add(prediction_powered(&rest, sample, class, lambda, 0.95), truth);
                    matrix.add(confusion_matrix(&every, sample, class, 0.95), truth);
                }
            }
            let defined = 100.0 * matrix.defined as f64 / raw.defined as f64;
            println!(
                "| {measures} | {accuracy:.2} | {lean} | {labels} | {} | {} | {} | {defined:.0} |",
                raw.shown(),
                powered.shown(),
                matrix.shown()
            );
        }
    }
}
