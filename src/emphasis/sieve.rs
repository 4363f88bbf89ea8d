//! A sieve for hashes that occur once: what passes has been met twice, or shares its slot with another.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Slots for a hash: with eight, one in nine of those met once passes for want of room.
const ROOM: usize = 8;
/// Slots in a word, at two bits each.
const SLOTS: u64 = 32;
/// The most words (512 MiB). With more hashes the slots are fuller and more pass, which costs time and changes nothing.
const MOST_WORDS: usize = 1 << 26;
/// Hashes whose words are fetched before one is looked at, so that the processor waits for many of them at once.
const AHEAD: usize = 32;

/// Two bits a slot: met, and met again. The threads fill it together; in whatever order they come, the same slots are left.
pub(super) struct Sieve {
    words: Vec<AtomicU64>,
    /// How many hashes found their slot filled.
    again: AtomicUsize,
}

impl Sieve {
    /// An empty sieve for about so many hashes.
    pub fn new(hashes: usize) -> Sieve {
        let words = (hashes * ROOM / SLOTS as usize + 1).min(MOST_WORDS);
        Sieve { words: (0..words).map(|_| AtomicU64::new(0)).collect(), again: AtomicUsize::new(0) }
    }

    /// The word of a hash, and where its slot begins in it.
    fn slot(&self, hash: u64) -> (usize, u32) {
        let slot = ((u128::from(hash) * (self.words.len() as u128 * u128::from(SLOTS))) >> 64) as u64;
        ((slot / SLOTS) as usize, (slot % SLOTS) as u32 * 2)
    }

    /// Fills the slots of these hashes.
    pub fn add(&self, hashes: &[u64]) {
        let mut again = 0;
        for hashes in hashes.chunks(AHEAD) {
            let mut words = [0; AHEAD];
            for (word, &hash) in words.iter_mut().zip(hashes) {
                *word = self.words[self.slot(hash).0].load(Ordering::Relaxed);
            }
            for (mut word, &hash) in words.into_iter().zip(hashes) {
                let (at, shift) = self.slot(hash);
                let met = 1 << shift;
                if word & met == 0 {
                    word = self.words[at].fetch_or(met, Ordering::Relaxed);
                }
                if word & met != 0 {
                    again += 1;
                    if word & met << 1 == 0 {
                        self.words[at].fetch_or(met << 1, Ordering::Relaxed);
                    }
                }
            }
        }
        self.again.fetch_add(again, Ordering::Relaxed);
    }

    /// Whether a hash may have been met twice; true for all that were.
    pub fn passes(&self, hash: u64) -> bool {
        let (at, shift) = self.slot(hash);
        self.words[at].load(Ordering::Relaxed) >> shift & 2 != 0
    }

    /// As many hashes as can pass: those that found their slot filled, and for each at most one that filled it.
    pub fn passed_at_most(&self) -> usize {
        self.again.load(Ordering::Relaxed) * 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_met_twice_passes_and_most_that_is_met_once_does_not() {
        let hash = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let hashes: Vec<u64> = (0..8000).map(hash).collect();
        let sieve = Sieve::new(8000);
        sieve.add(&hashes);
        sieve.add(&hashes[..500]);
        assert!(hashes[..500].iter().all(|&hash| sieve.passes(hash)));
        let once = hashes[500..].iter().filter(|&&hash| sieve.passes(hash)).count();
        assert!(once < 7500 / 6, "{once} of 7500");
        // The first 500 came twice.
        assert!(2 * 500 + once <= sieve.passed_at_most(), "{once} and 1000 of {}", sieve.passed_at_most());
        assert!(sieve.passed_at_most() < 8500);
        assert!(!Sieve::new(0).passes(hash(3)));
    }
}
