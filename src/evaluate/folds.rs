//! Folds that never split a group: documents, places or levels.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

/// The fold of each item, so that items of one group share it and folds hold about as many items each.
///
/// Groups are shuffled by `seed` from their sorted names, so the order of the items does not matter; then each, largest first
/// among equals by the shuffle, goes to the fold that holds the fewest items. With fewer groups than folds, some folds are empty.
pub fn grouped<G: Ord>(groups: &[G], folds: usize, seed: u64) -> Vec<usize> {
    let mut sizes: BTreeMap<&G, usize> = BTreeMap::new();
    for group in groups {
        *sizes.entry(group).or_insert(0) += 1;
    }
    let mut order: Vec<(&G, usize)> = sizes.into_iter().collect();
    order.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(seed));
    order.sort_by_key(|&(_, size)| std::cmp::Reverse(size));
    let mut held = vec![0; folds.max(1)];
    let mut fold_of: BTreeMap<&G, usize> = BTreeMap::new();
    for (group, size) in order {
        let fold = (0..held.len()).min_by_key(|&fold| (held[fold], fold)).expect("at least one fold");
        held[fold] += size;
        fold_of.insert(group, fold);
    }
    groups.iter().map(|group| fold_of[group]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_never_split_and_folds_are_even() {
        let groups: Vec<usize> = (0..300).map(|i| i % 20).collect();
        let folds = grouped(&groups, 5, 7);
        for (i, group) in groups.iter().enumerate() {
            assert_eq!(folds[i], folds[*group], "group {group} stands in one fold");
        }
        for fold in 0..5 {
            assert_eq!(folds.iter().filter(|&&other| other == fold).count(), 60);
        }
    }

    #[test]
    fn order_does_not_matter_and_the_seed_does() {
        let groups: Vec<String> = (0..40).map(|i| format!("doc {i}")).collect();
        let reversed: Vec<String> = groups.iter().rev().cloned().collect();
        let mut back = grouped(&reversed, 4, 1);
        back.reverse();
        assert_eq!(grouped(&groups, 4, 1), back);
        assert_ne!(grouped(&groups, 4, 1), grouped(&groups, 4, 2));
    }
}
