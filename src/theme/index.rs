//! From a 64-bit key to its place among sorted keys, in about one memory access.

/// Sorted keys with an open-addressed table over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    keys: Vec<u64>,
    /// Place + 1, or 0 where nothing stands; a power of two of them, at most half full.
    slots: Vec<u32>,
    shift: u32,
}

impl Index {
    /// The index of `keys`, which must rise strictly.
    ///
    /// # Panics
    /// If the keys do not rise.
    pub fn new(keys: Vec<u64>) -> Index {
        assert!(keys.is_sorted_by(|a, b| a < b), "the keys of an index rise strictly");
        let size = (keys.len() * 2).next_power_of_two().max(2);
        let mut index = Index { slots: vec![0; size], shift: 64 - size.trailing_zeros(), keys };
        for place in 0..index.keys.len() {
            let mut slot = index.first_slot(index.keys[place]);
            while index.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            index.slots[slot] = place as u32 + 1;
        }
        index
    }

    /// Fibonacci hashing: the high bits of the product mix all bits of the key.
    fn first_slot(&self, key: u64) -> usize {
        ((key ^ (key >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }

    /// The place of `key` among the keys.
    pub fn find(&self, key: u64) -> Option<u32> {
        let mut slot = self.first_slot(key);
        loop {
            match self.slots[slot] {
                0 => return None,
                place if self.keys[place as usize - 1] == key => return Some(place - 1),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The keys, rising.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }
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
        assert_eq!(Index::new(Vec::new()).find(3), None);
    }
}
