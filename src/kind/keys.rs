//! Features as 32-bit keys, and the table that finds their weights.

/// The key of a feature: a template's number and its values, mixed.
///
/// Two features share a key about once in ten thousand at forty thousand features; such a pair shares a weight, no more.
pub(super) fn key(template: u32, values: &[u64]) -> u32 {
    let mut state = u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for &value in values {
        state = mix(state ^ value);
    }
    (mix(state) >> 32) as u32
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014), one round.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// A set of keys, each with its position in rising order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    keys: Vec<u32>,
    /// Open addressing by the key's low bits; a slot holds (key, position + 1), or (0, 0): one access of memory a key.
    slots: Vec<(u32, u32)>,
}

impl Index {
    /// The index of `keys`, which rise.
    pub fn new(keys: Vec<u32>) -> Index {
        debug_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        let mut slots = vec![(0, 0); (keys.len() * 2).next_power_of_two().max(2)];
        for (position, &key) in keys.iter().enumerate() {
            let mut slot = key as usize & (slots.len() - 1);
            while slots[slot].1 != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = (key, position as u32 + 1);
        }
        Index { keys, slots }
    }

    /// The position of `key`.
    pub fn find(&self, key: u32) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = key as usize & (self.slots.len() - 1);
        loop {
            match self.slots[slot] {
                (_, 0) => return None,
                (found, position) if found == key => return Some(position - 1),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Hands over the position of each of `keys` that is known, in their order. `entries` is room that is used again.
    ///
    /// All first slots are fetched before any is looked at, so that the processor waits for many of them at once.
    pub fn find_all(&self, keys: &[u32], entries: &mut Vec<(u32, u32)>, mut found: impl FnMut(u32)) {
        let Some(last) = self.slots.len().checked_sub(1) else { return };
        entries.clear();
        entries.extend(keys.iter().map(|&key| self.slots[key as usize & last]));
        for (&key, &entry) in keys.iter().zip(entries.iter()) {
            match entry {
                (_, 0) => {}
                (first, position) if first == key => found(position - 1),
                _ => self.find(key).into_iter().for_each(&mut found),
            }
        }
    }

    /// The keys, rising.
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_finds_what_it_holds_and_nothing_else() {
        let mut keys: Vec<u32> = (0..500).map(|n| key(7, &[n])).collect();
        keys.sort_unstable();
        keys.dedup();
        let index = Index::new(keys.clone());
        assert!(keys.iter().enumerate().all(|(at, &key)| index.find(key) == Some(at as u32)));
        assert_eq!(index.find(key(8, &[1])).filter(|_| !keys.contains(&key(8, &[1]))), None);
        let asked: Vec<u32> = (0..1000).map(|n| key(7, &[n])).collect();
        let (mut entries, mut found) = (Vec::new(), Vec::new());
        index.find_all(&asked, &mut entries, |position| found.push(position));
        assert_eq!(found, asked.iter().filter_map(|&key| index.find(key)).collect::<Vec<_>>());
        Index::default().find_all(&asked, &mut entries, |_| unreachable!("nothing is known"));
        assert_eq!(Index::default().find(3), None);
    }
}
