//! From a 64-bit key to its place among sorted keys, in about one memory access.

/// Sorted keys with an open-addressed table over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    keys: Vec<u64>,
    /// Place + 1 in the low bits, a mark of the key in the high ones, so that a stranger is nearly always known without a
    /// look at the keys; 0 where nothing stands. A power of two of them, at most half full.
    slots: Vec<u32>,
    shift: u32,
    /// The bits of a slot that hold the place.
    place_bits: u32,
}

impl Index {
    /// The index of `keys`, which must rise strictly.
    ///
    /// # Panics
    /// If the keys do not rise.
    pub fn new(keys: Vec<u64>) -> Index {
        assert!(keys.is_sorted_by(|a, b| a < b), "the keys of an index rise strictly");
        let size = (keys.len() * 2).next_power_of_two().max(2);
        let place_bits = usize::BITS - keys.len().leading_zeros();
        let mut index = Index { slots: vec![0; size], shift: 64 - size.trailing_zeros(), place_bits, keys };
        for place in 0..index.keys.len() {
            let hash = hash(index.keys[place]);
            let mut slot = index.first_slot(hash);
            while index.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            index.slots[slot] = index.mark(hash) | (place as u32 + 1);
        }
        index
    }

    fn first_slot(&self, hash: u64) -> usize {
        (hash >> self.shift) as usize
    }

    /// Bits of the hash that do not choose the slot, in the high bits of an entry.
    fn mark(&self, hash: u64) -> u32 {
        ((hash >> 20) as u32).checked_shl(self.place_bits).unwrap_or(0)
    }

    /// The place of `key` among the keys.
    pub fn find(&self, key: u64) -> Option<u32> {
        let hash = hash(key);
        let slot = self.first_slot(hash);
        self.find_from(key, hash, slot, self.slots[slot])
    }

    fn find_from(&self, key: u64, hash: u64, mut slot: usize, mut entry: u32) -> Option<u32> {
        let (mark, places) = (self.mark(hash), ((1u64 << self.place_bits) - 1) as u32);
        while entry != 0 {
            if entry & !places == mark {
                let place = (entry & places) - 1;
                if self.keys[place as usize] == key {
                    return Some(place);
                }
            }
            slot = (slot + 1) & (self.slots.len() - 1);
            entry = self.slots[slot];
        }
        None
    }

    /// Hands over the place of each of `keys` that is known, in their order. `entries` is room that is used again.
    ///
    /// All first entries are fetched before any is looked at, so that the processor waits for many of them at once.
    pub fn find_all(&self, keys: &[u64], entries: &mut Vec<u32>, mut found: impl FnMut(u32)) {
        entries.clear();
        entries.extend(keys.iter().map(|&key| self.slots[self.first_slot(hash(key))]));
        for (&key, &entry) in keys.iter().zip(entries.iter()) {
            let hash = hash(key);
            if let Some(place) = self.find_from(key, hash, self.first_slot(hash), entry) {
                found(place);
            }
        }
    }

    /// The keys, rising.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }
}

/// Fibonacci hashing: the high bits of the product mix all bits of the key.
fn hash(key: u64) -> u64 {
    (key ^ (key >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        let keys: Vec<u64> = (0..5000).map(|i| i * i * 7 + i).collect();
        let index = Index::new(keys.clone());
        for (place, &key) in keys.iter().enumerate() {
            assert_eq!(index.find(key), Some(place as u32));
            assert_eq!(index.find(key + 1).is_some(), keys.binary_search(&(key + 1)).is_ok());
        }
        let (mut entries, mut places) = (Vec::new(), Vec::new());
        let asked: Vec<u64> = keys.iter().flat_map(|&key| [key, key + 1]).collect();
        index.find_all(&asked, &mut entries, |place| places.push(place));
        assert_eq!(places, asked.iter().filter_map(|&key| index.find(key)).collect::<Vec<_>>());
        assert_eq!(Index::new(Vec::new()).find(3), None);
    }
}
