use ndarray::{Array2, array};
use rayon::ThreadPoolBuilder;

use super::clustering::number;
use super::*;
use crate::features::{Bags, Counts, Vocabulary, VocabularyParams};

/// Made by `tests/reference/features_and_clusters.py`.
const SILHOUETTES: [f64; 7] = [0.69633929, 0.51288693, 0.75494979, 0.75816044, 0.76429774, 0.0, 0.0];
/// Made by `tests/reference/features_and_clusters.py`: magnitudes only, the signs are ours to fix.
const PRINCIPAL: [f64; 14] = [
    0.70416666,
    0.59452119,
    0.74061947,
    0.036882956,
    0.77071823,
    0.31961959,
    0.14566814,
    0.70473991,
    0.12923346,
    0.77129148,
    1.153593,
    0.1462414,
    1.0783461,
    0.74501497,
];

/// The points of the reference script.
fn points() -> Array2<f32> {
    array![[1., 0.], [0.8, 0.6], [0.96, 0.28], [0., 1.], [-0.28, 0.96], [-1., 0.], [-0.6, -0.8]]
}

/// `groups` tight bunches of `size` rows of norm 1 each, in as many dimensions, interleaved; a row of zeros at the end.
fn bunches(groups: usize, size: usize) -> Array2<f32> {
    let mut rows = Array2::<f32>::zeros((groups * size + 1, groups));
    for row in 0..groups * size {
        let group = row % groups;
        let away = 0.02 * ((row / groups) % 7) as f32;
        rows[[row, group]] = (1.0 - away * away).sqrt();
        rows[[row, (group + 1) % groups]] = away;
    }
    rows
}

fn params(seed: u64) -> Params {
    Params { k_min: 2, k_max: 10, k_step: 1, seed, ..Params::default() }
}

#[test]
fn bunches_are_found_and_their_number_chosen() {
    let rows = bunches(5, 30);
    for seed in 1..6 {
        let found = cluster(&rows, &params(seed));
        assert_eq!(found.sizes, [30; 5], "seed {seed}: {:?}", found.candidates);
        assert_eq!(found.labels.iter().take(10).flatten().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
        assert_eq!(found.labels.last(), Some(&None), "a row of zeros lies nowhere");
        let chosen: Vec<usize> = found.candidates.iter().filter(|c| c.chosen).map(|c| c.k).collect();
        assert_eq!(chosen, [5]);
    }
}

#[test]
fn the_count_of_labels_is_our_own_for_every_seed() {
    // linfa's `cluster_count` is the last run's, not the kept one's.
    for seed in 0..10 {
        let found = cluster(&bunches(4, 12), &Params { k: Some(6), ..params(seed) });
        let mut sizes = vec![0; found.k()];
        found.labels.iter().flatten().for_each(|&label| sizes[label as usize] += 1);
        assert_eq!(sizes, found.sizes);
        assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]) && sizes.iter().all(|&size| size > 0));
    }
}

#[test]
fn the_same_bits_at_any_thread_count() {
    let at = |threads: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            cluster(&bunches(6, 40), &Params { choose_rows: 100, fit_rows: 150, silhouette_rows: 80, ..params(3) })
        })
    };
    let one = at(1);
    assert_eq!(one, at(2));
    assert_eq!(one, at(4));
    assert_eq!(one.silhouettes.iter().flatten().count(), 80);
}

#[test]
fn few_rows_give_one_cluster_and_none_give_none() {
    let one = cluster(&array![[1.0f32, 0.0], [0.0, 1.0]], &Params::default());
    assert_eq!((one.sizes.as_slice(), one.silhouette), (&[2][..], None));
    assert_eq!(one.exemplars, [0]);
    let none = cluster(&Array2::zeros((3, 2)), &Params::default());
    assert_eq!((none.k(), none.labels), (0, vec![None; 3]));
    assert!(none.candidates.is_empty());
    let no_axes = cluster(&Array2::zeros((3, 0)), &Params::default());
    assert_eq!(no_axes.k(), 0);
}

#[test]
fn equal_rows_leave_no_cluster_empty() {
    let rows = Array2::from_shape_fn((12, 2), |(_, axis)| if axis == 0 { 1.0f32 } else { 0.0 });
    let found = cluster(&rows, &Params { k: Some(4), ..Params::default() });
    assert_eq!(found.sizes, [12]);
}

#[test]
fn clusters_are_numbered_by_size_then_by_smallest_row() {
    assert_eq!(number(&[7, 3, 3, 5, 7, 3, 9]), [1, 0, 0, 2, 1, 0, 3]);
    assert!(number(&[]).is_empty());
}

#[test]
fn the_exemplar_is_the_row_nearest_to_the_centre() {
    // The centre of the three is (0.92, 0.293); the third row is nearest.
    let rows = array![[1.0f32, 0.0], [0.8, 0.6], [0.96, 0.28]];
    assert_eq!(cluster(&rows, &Params { k: Some(1), ..Params::default() }).exemplars, [2]);
}

#[test]
fn silhouettes_are_those_of_scikit_learn() {
    let found = silhouettes(points().view(), &[0, 0, 0, 1, 1, 2, 3]);
    for (found, wanted) in found.iter().zip(SILHOUETTES) {
        assert!((found - wanted).abs() < 1e-6, "{found} {wanted}");
    }
    assert_eq!(silhouettes(points().view(), &[0; 7]), [0.0; 7], "one cluster has no next one");
}

#[test]
fn agreement_is_that_of_scikit_learn() {
    // By hand: pairs together in both 2, in a 3, in b 4, of 15; E = 0.8; (2 − 0.8) / (3.5 − 0.8).
    assert!((adjusted_rand(&[0, 0, 1, 1, 2, 2], &[0, 0, 1, 2, 2, 2]) - 0.444_444_44).abs() < 1e-8);
    assert!((adjusted_rand(&[0, 1, 0, 1], &[0, 0, 1, 1]) + 0.5).abs() < 1e-12);
    assert_eq!(adjusted_rand(&[4, 4, 2], &[0, 0, 9]), 1.0, "names do not matter");
    assert_eq!(adjusted_rand(&[0, 1, 2], &[2, 1, 0]), 1.0, "all single rows");
    assert_eq!(adjusted_rand(&[], &[]), 1.0);
}

#[test]
fn class_weights_worked_by_hand() {
    let bags = Bags::of(&[vec!["果", "果", "水"], vec!["水", "企"], vec!["企"], vec!["果"]]);
    let vocabulary = Vocabulary::fit(&bags, &VocabularyParams { min_df: 1, max_df: 1.0 });
    assert_eq!(vocabulary.terms(), ["企", "果", "水"]);
    let counts = Counts::of(&bags, &vocabulary).matrix;
    let weights = class_weights(&counts, &[Some(0), Some(1), Some(1), None], 3);
    // Group 0: 果 2, 水 1; group 1: 水 1, 企 2; group 2: nothing. A = 6 / 3 = 2.
    let wanted = [
        [0.0, 2.0 / 3.0 * libm::log(2.0), 1.0 / 3.0 * libm::log(2.0)],
        [2.0 / 3.0 * libm::log(2.0), 0.0, 1.0 / 3.0 * libm::log(2.0)],
        [0.0; 3],
    ];
    for (found, wanted) in weights.iter().zip(wanted.as_flattened()) {
        assert!((f64::from(*found) - wanted).abs() < 1e-6, "{found} {wanted}");
    }
    let top = keywords(&weights, 1);
    assert_eq!(
        top.iter().map(|group| group.iter().map(|k| k.term).collect()).collect::<Vec<Vec<_>>>(),
        [vec![1], vec![0], vec![]]
    );
}

#[test]
fn the_map_is_the_plane_of_the_principal_axes() {
    let places: Vec<[f32; 2]> = map(&points()).into_iter().flatten().collect();
    for (found, wanted) in places.as_flattened().iter().zip(PRINCIPAL) {
        assert!((f64::from(found.abs()) - wanted).abs() < 1e-6, "{found} {wanted}");
    }
    assert!(places[0][0] > 0.0, "the first axis points to the side of its largest weight, the first coordinate");
    let with_zero = map(&array![[1.0f32, 0.0], [0.0, 0.0], [0.0, 1.0]]);
    assert_eq!(with_zero[1], None);
    let half = 0.5f32.sqrt();
    let [x, y] = with_zero[0].unwrap();
    assert!((x.abs() - half).abs() < 1e-6 && y == 0.0, "two points vary in one direction: {x} {y}");
    assert_eq!(map(&array![[1.0f32, 0.0], [1.0, 0.0]]), [Some([0.0, 0.0]); 2]);
    assert!(map(&Array2::zeros((2, 0))).iter().all(Option::is_none));
}
