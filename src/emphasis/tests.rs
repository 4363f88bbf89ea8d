//! Values worked by hand.

use super::correspondence::correspondence;
use super::dendrogram::cluster;
use super::distributions::*;
use super::diversity::*;
use super::effective::{between_sections, correlation, correlation_over_years, correlation_within, effective_number};
use super::interval::*;
use super::keyness::{KeynessParams, Piece, keyness, keyness_ends};
use super::quotient::Interval;
use super::similarity::*;
use super::*;
use crate::codebook::ThemeId;

pub(super) fn item(place: u32, doc: u32, block: u32, theme: ThemeId) -> Item {
    Item { place, year: Some(2025), doc, block, theme: Some(theme), second: None, sentences: 2, chars: 50 }
}

/// Two places; theme 3 is general. Place 0 has 4 measures of theme 0, 1 of theme 1; place 1 has 1 and 4.
fn small() -> (Vec<Item>, ThemeSet) {
    let mut items = vec![];
    for place in 0..2 {
        for n in 0..5 {
            let theme = if (n < 4) == (place == 0) { 0 } else { 1 };
            items.push(item(place, place, n / 2, theme));
        }
    }
    items.push(item(0, 0, 9, 3));
    items.push(Item { theme: None, ..item(1, 1, 9, 0) });
    (items, ThemeSet { count: 4, general: Some(3) })
}

#[test]
fn counts_are_complete_and_leave_general_and_abstained_out() {
    let (items, set) = small();
    let present = [(2, Some(2025))];
    let counts = count(&items, &present, set, Weight::Measures, Counting::Primary).unwrap();
    assert_eq!(counts.themes, [0, 1, 2]);
    let summary: Vec<_> =
        counts.rows.iter().map(|r| (r.place, r.measures, r.general, r.abstained, r.documents)).collect();
    assert_eq!(summary, [(0, 5, 1, 0, 1), (1, 5, 0, 1, 1), (2, 0, 0, 0, 0)]);
    assert_eq!(counts.rows[0].shares().unwrap(), [0.8, 0.2, 0.0]);
    assert_eq!(counts.rows[0].themes[0].sentences, 8);
    assert_eq!(counts.rows[2].shares(), None);
    let mut shuffled = items.clone();
    shuffled.reverse();
    assert_eq!(count(&shuffled, &present, set, Weight::Measures, Counting::Primary).unwrap(), counts);
}

#[test]
fn fractional_counting_halves_a_measure_between_its_themes_but_gives_none_to_general() {
    let set = ThemeSet { count: 3, general: Some(2) };
    let both = Item { second: Some(1), ..item(0, 0, 0, 0) };
    let slogan = Item { second: Some(2), ..item(0, 0, 0, 0) };
    let counts = count(&[both, slogan], &[], set, Weight::Chars, Counting::Fractional).unwrap();
    assert_eq!(counts.rows[0].themes.iter().map(|t| t.weight).collect::<Vec<_>>(), [75.0, 25.0]);
    assert_eq!(counts.rows[0].themes[0].measures, 2);
}

#[test]
fn a_theme_outside_the_codebook_is_an_error_with_both_numbers() {
    let set = ThemeSet { count: 3, general: None };
    let error = count(&[item(0, 0, 0, 7)], &[], set, Weight::Measures, Counting::Primary).unwrap_err();
    assert!(error.to_string().starts_with("a measure has theme 7, but the codebook has 3 themes"), "{error}");
}

#[test]
fn the_raw_quotient_is_the_ratio_of_shares_and_the_shrunk_one_lies_between_it_and_one() {
    let (items, set) = small();
    let counts = count(&items, &[(2, Some(2025))], set, Weight::Measures, Counting::Primary).unwrap();
    let params = EmphasisParams { min_measures: 5, ..EmphasisParams::default() };
    let table = emphasis(&counts, correlation(&counts.rows), &params).unwrap();
    assert_eq!(table.rows.len(), 9);
    // Place 0 gives 4 of 5 to theme 0, the corpus 5 of 10: LQ = 0.8 / 0.5.
    let first = &table.rows[0];
    assert!((first.lq_raw.unwrap() - 1.6).abs() < 1e-12);
    assert!(first.lq.unwrap() > 1.0 && first.lq.unwrap() < 1.6);
    assert!(first.lq_low.unwrap() < first.lq.unwrap() && first.lq.unwrap() < first.lq_high.unwrap());
    assert_eq!((first.rank, table.rows[1].rank), (Some(1), Some(2)));
    // The theme that occurs nowhere has a share of 0 and no quotient; the place without measures has neither.
    assert_eq!((table.rows[2].share, table.rows[2].lq, table.rows[2].rank), (Some(0.0), None, None));
    assert_eq!((table.rows[6].share, table.rows[6].lq, table.rows[6].q), (None, None, None));
    // By symmetry of the two places the z of one is minus the other's.
    assert!((first.z.unwrap() + table.rows[3].z.unwrap()).abs() < 1e-9);
    let few = emphasis(&counts, correlation(&counts.rows), &EmphasisParams::default()).unwrap();
    assert!(few.rows.iter().all(|row| row.rank.is_none() && row.q.is_none()));
}

#[test]
fn the_block_bootstrap_is_the_other_interval_and_has_no_width_where_nothing_varies() {
    let set = ThemeSet { count: 2, general: None };
    let mut items: Vec<Item> = (0..6).flat_map(|block| [item(0, 0, block, 0), item(0, 0, block, 1)]).collect();
    items.extend((0..6).map(|block| item(1, 1, block, (block % 2) as ThemeId)));
    let counts = count(&items, &[], set, Weight::Measures, Counting::Primary).unwrap();
    let params = EmphasisParams { interval: Interval::Blocks, ..EmphasisParams::default() };
    let table = emphasis(&counts, correlation(&counts.rows), &params).unwrap();
    // Every section of place 0 is half and half, so that resampling them changes nothing; those of place 1 are not.
    assert_eq!((table.rows[0].share_low, table.rows[0].share_high), (Some(0.5), Some(0.5)));
    assert!(table.rows[2].share_low.unwrap() < 0.5 && table.rows[2].share_high.unwrap() > 0.5);
}

#[test]
fn one_place_alone_has_shares_and_no_quotients() {
    let set = ThemeSet { count: 2, general: None };
    let counts = count(&[item(0, 0, 0, 0); 12], &[], set, Weight::Measures, Counting::Primary).unwrap();
    let table = emphasis(&counts, correlation(&counts.rows), &EmphasisParams::default()).unwrap();
    let row = &table.rows[0];
    assert_eq!((row.share, row.share_high, row.lq, row.z, table.strength), (Some(1.0), Some(1.0), None, None, None));
    let nothing = count(&[], &[], set, Weight::Measures, Counting::Primary).unwrap();
    assert!(emphasis(&nothing, 0.0, &EmphasisParams::default()).unwrap().rows.is_empty());
}

#[test]
fn emphasis_is_the_same_at_any_number_of_threads() {
    let (items, set) = small();
    let counts = count(&items, &[], set, Weight::Measures, Counting::Primary).unwrap();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| emphasis(&counts, correlation(&counts.rows), &EmphasisParams::default()).unwrap())
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn params_out_of_range_are_refused_with_the_value() {
    let error = EmphasisParams { draws: 7, ..EmphasisParams::default() }.check().unwrap_err();
    assert_eq!(error.to_string(), "emphasis.draws is 7; set it between 100 and 100000");
    assert!(toml::from_str::<EmphasisParams>("drawz = 5").is_err());
    let read: EmphasisParams = toml::from_str("interval = 'blocks'").unwrap();
    assert_eq!(read, EmphasisParams { interval: Interval::Blocks, ..EmphasisParams::default() });
}

#[test]
fn gamma_and_dirichlet_draws_have_the_moments_they_should() {
    let mut rng = stream(1, &[2, 3]);
    for shape in [0.2, 1.0, 7.5] {
        let draws: Vec<f64> = (0..40_000).map(|_| gamma(&mut rng, shape)).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / draws.len() as f64;
        // Four standard errors of the mean, and 10 % of the variance.
        assert!((mean - shape).abs() < 4.0 * (shape / 40_000.0).sqrt(), "mean {mean} of shape {shape}");
        assert!((variance / shape - 1.0).abs() < 0.1, "variance {variance} of shape {shape}");
    }
    let mut out = [0.0; 3];
    dirichlet(&mut rng, &[1e-300, 0.0, 1e-300], &mut out);
    assert!((out.iter().sum::<f64>() - 1.0).abs() < 1e-12 && out[1] == 0.0);
}

#[test]
fn streams_differ_by_every_key() {
    use rand::Rng;
    let first = |seed, keys: &[u64]| stream(seed, keys).r#gen::<u64>();
    let all = [first(1, &[1, 2]), first(1, &[2, 1]), first(2, &[1, 2]), first(1, &[1]), first(1, &[1, 2, 0])];
    assert!((0..all.len()).all(|i| (0..i).all(|j| all[i] != all[j])));
}

#[test]
fn a_block_mean_needs_two_blocks_for_an_interval() {
    let mut rng = stream(0, &[]);
    assert_eq!(block_mean(&[(0.0, 0.0)], 200, 0.95, &mut rng), None);
    let one = block_mean(&[(6.0, 3.0), (0.0, 0.0)], 200, 0.95, &mut rng).unwrap();
    assert_eq!(one, Mean { value: 2.0, low: None, high: None });
    let two = block_mean(&[(6.0, 3.0), (3.0, 3.0)], 400, 0.95, &mut rng).unwrap();
    assert_eq!(two, Mean { value: 1.5, low: Some(1.0), high: Some(2.0) });
}

#[test]
fn keyness_floors_documents_and_orders_by_z() {
    fn piece<'a>(target: u32, doc: u32, terms: &'a [u32], counts: &'a [f32]) -> Piece<'a> {
        Piece { target, doc, block: 0, terms, counts }
    }
    let counts = [
        piece(1, 2, &[2], &[30.0]),
        piece(0, 0, &[0, 1], &[5.0, 4.0]),
        piece(0, 1, &[0], &[8.0]),
        piece(1, 2, &[1], &[4.0]),
        piece(1, 3, &[0], &[2.0]),
        piece(0, 0, &[0], &[3.0]),
    ];
    let rows = keyness(counts.to_vec(), 4, &KeynessParams::default()).unwrap();
    // Term 2 stands in one document only.
    assert_eq!(rows.iter().map(|r| (r.target, r.term)).collect::<Vec<_>>(), [(0, 0), (0, 1), (1, 1), (1, 0)]);
    let top = &rows[0];
    assert_eq!((top.count, top.rest, top.documents), (16, 2, 3));
    // Target 0 has pieces of 12 and 8 words with 8 occurrences each: DP = (|1/2 − 3/5| + |1/2 − 2/5|) / 2.
    assert!((top.dispersion.unwrap() - 0.1).abs() < 1e-12);
    assert!(top.z > 0.0 && rows[3].z < 0.0);
    let all = keyness(counts.to_vec(), 4, &KeynessParams { min_documents: 1, ..KeynessParams::default() }).unwrap();
    assert!(all.iter().any(|row| row.term == 2 && row.target == 0 && row.dispersion.is_none()));
    assert!(keyness(counts.to_vec(), 4, &KeynessParams { prior: 0.0, ..KeynessParams::default() }).is_err());
}

#[test]
fn the_ends_of_keyness_are_those_of_the_whole_list() {
    // Many terms that a target lacks are equally frequent elsewhere, so that an end is cut within terms of one z.
    let terms: Vec<u32> = (0..40).collect();
    let counts: Vec<Vec<f32>> =
        (0..6).map(|doc| terms.iter().map(|term| ((term * (doc + 3)) % 7 % 4) as f32).collect()).collect();
    let piece = |doc: u32| {
        let held = if doc < 2 { 0..15 } else { 5..40 };
        let counts = &counts[doc as usize][held.clone()];
        Piece { target: doc / 2, doc, block: doc, terms: &terms[held], counts }
    };
    let pieces: Vec<Piece> = (0..6).map(piece).collect();
    let params = KeynessParams::default();
    let all = keyness(pieces.clone(), 40, &params).unwrap();
    for ends in [0, 1, 3, 7, 16, 30] {
        let cut = keyness_ends(pieces.clone(), 40, &params, ends).unwrap();
        let wanted: Vec<_> = all
            .chunk_by(|a, b| a.target == b.target)
            .flat_map(|rows| match rows.len() / 2 >= ends {
                true => [&rows[..ends], &rows[rows.len() - ends..]].concat(),
                false => rows.to_vec(),
            })
            .collect();
        assert_eq!(cut, wanted, "{ends} at either end");
    }
    let q = benjamini_hochberg(&[0.02, 0.5, 0.02, 0.02, 0.9]);
    let grouped = benjamini_hochberg_of_groups(&[(0.5, 1), (0.02, 3), (0.9, 1)]);
    assert_eq!(grouped, [q[1], q[0], q[4]]);
}

#[test]
fn diversity_compares_within_a_year() {
    let profile = |place, year, shares: &[f64]| Profile { place, year, measures: 4, shares: Some(shares.to_vec()) };
    let rows = diversity(&[
        profile(0, Some(2024), &[0.5, 0.5]),
        profile(0, Some(2025), &[1.0, 0.0]),
        profile(1, Some(2025), &[0.0, 1.0]),
        profile(2, Some(2025), &[0.8, 0.2]),
        Profile { shares: None, measures: 0, ..profile(3, Some(2025), &[]) },
    ]);
    assert_eq!(rows.iter().map(|r| r.nearest_place).collect::<Vec<_>>(), [None, Some(2), Some(2), Some(0), None]);
    assert!((rows[0].effective_themes.unwrap() - 2.0).abs() < 1e-12);
    assert_eq!((rows[1].entropy, rows[1].herfindahl, rows[4].entropy), (Some(0.0), Some(1.0), None));
}

#[test]
fn a_tree_keeps_its_branches_whole_and_follows_the_weights() {
    // Points on a line at 0, 1, 10, 11: pairs join first.
    let line = [0.0_f64, 10.0, 1.0, 11.0];
    let distances = condensed(&line, 0.0, |a, b| Some((a - b).abs()));
    let tree = cluster(&distances, 4, &[4.0, 3.0, 2.0, 1.0]);
    assert_eq!(tree.joins.iter().map(|join| join.height).collect::<Vec<_>>(), [1.0, 1.0, 10.0]);
    assert_eq!(tree.leaves, [3, 1, 2, 0]);
    assert_eq!((tree.cut(2), tree.cut(1), tree.cut(4)), (vec![1, 0, 1, 0], vec![0; 4], vec![3, 1, 2, 0]));
    assert_eq!(cluster(&[], 1, &[0.0]).leaves, [0]);
}

#[test]
fn an_empty_row_has_no_place_on_the_map_and_one_theme_makes_no_map() {
    let table = ndarray::array![[4.0, 1.0, 0.0], [0.0, 0.0, 0.0], [1.0, 4.0, 0.0]];
    let map = correspondence(&table).unwrap();
    assert!(map.rows[1].is_none() && map.columns[2].is_none());
    // Two profiles (.8, .2) and (.2, .8): one axis with singular value .6, the first column on its positive side.
    assert_eq!(map.singular.len(), 1);
    assert!((map.singular[0] - 0.6).abs() < 1e-12 && map.columns[0].as_ref().unwrap().coordinates[0] > 0.0);
    assert_eq!(map.supplementary_row(&[0.0, 0.0, 7.0]), None);
    assert!(correspondence(&ndarray::array![[1.0, 0.0], [2.0, 0.0]]).is_err());
}

#[test]
fn a_theme_that_one_place_has_once_is_not_certain() {
    let mut items = Vec::new();
    for place in 0..14 {
        items.extend((0..20).map(|at| item(place, place, at / 3, (at % 4) as ThemeId)));
    }
    items.push(item(0, 0, 9, 4));
    let set = ThemeSet { count: 5, general: None };
    let counts = count(&items, &[], set, Weight::Measures, Counting::Primary).unwrap();
    let found = emphasis(&counts, correlation(&counts.rows), &EmphasisParams::default()).unwrap();
    let alone = found.rows.iter().find(|row| (row.place, row.theme) == (0, 4)).unwrap();
    let (lq, low, high) = (alone.lq.unwrap(), alone.lq_low.unwrap(), alone.lq_high.unwrap());
    assert!(low < 1.5 && low <= lq && lq <= high, "{low} {lq} {high}");
}

#[test]
fn documents_sorted_by_theme_are_bounded_by_how_little_they_change() {
    // Every place says the same in both years: a section of two measures on theme 0 and one of two on theme 1.
    let places = |places: u32, second: [u16; 4]| {
        let measures = |place: u32, year: i32, themes: [u16; 4]| {
            let doc = place * 2 + (year - 2024) as u32;
            themes.map(|theme| Item { year: Some(year), ..item(place, doc, u32::from(theme), theme) })
        };
        let items: Vec<Item> = (0..places)
            .flat_map(|place| [measures(place, 2024, [0, 0, 1, 1]), measures(place, 2025, second)].concat())
            .collect();
        let set = ThemeSet { count: 3, general: None };
        count(&items, &[], set, Weight::Measures, Counting::Primary).unwrap().rows
    };
    let still = places(10, [0, 0, 1, 1]);
    assert_eq!((correlation_within(&still), correlation_over_years(&still)), (1.0, Some(0.0)));
    assert_eq!((correlation(&still), effective_number(&still[0], correlation(&still))), (0.0, 4.0));
    // By hand: shares (1/2, 1/2) and (1, 0) differ by 1/4 + 1/4; over both (3/4, 1/4), so that 1 − Σ p̄² = 3/8 and d = 4/3; A is
    // 1/4 in both years, B 1/2 and 1: b = 1. ρ̂ = 4/3 − 1/2 = 5/6, the same in all places.
    let moved = places(10, [0, 0, 0, 0]);
    assert!((correlation_over_years(&moved).unwrap() - 5.0 / 6.0).abs() < 1e-12);
    assert_eq!(correlation_over_years(&places(9, [0, 0, 0, 0])), None, "nine places do not tell how sure it is");
}

#[test]
fn sections_that_keep_their_themes_apart_are_strata() {
    let set = ThemeSet { count: 2, general: None };
    let rows = |items: &[Item]| count(items, &[], set, Weight::Measures, Counting::Primary).unwrap().rows;
    // Each of five documents has a section of two measures on theme 0 and one of two on theme 1. By hand: Q = 8, Σ q = 8, N² = 16,
    // Σ n² = 8, and over documents T = (10, 10): S = (200 − 40) / (400 − 80) = 1/2. e = 0 − 8/2 = −4 in each, and
    // z = −20 / √80 = −√5.
    let sorted: Vec<Item> =
        (0..5).flat_map(|doc| [0, 0, 1, 1].map(|theme| item(doc, doc, u32::from(theme), theme))).collect();
    assert!((between_sections(&rows(&sorted)).unwrap() + 5f64.sqrt()).abs() < 1e-12);
    assert_eq!((correlation_within(&rows(&sorted)), correlation(&rows(&sorted))), (1.0, 0.0));
    // Four such documents say the same with −2, three too little to be sure.
    assert_eq!(correlation(&rows(&sorted[..16])), 0.0);
    assert_eq!(correlation(&rows(&sorted[..12])), 1.0);
    // Documents about one theme each repeat it in every section: what differs are places.
    let places: Vec<Item> =
        (0..6).flat_map(|doc| [0, 1, 2].map(|block| item(doc, doc, block, (doc % 2) as ThemeId))).collect();
    assert!(between_sections(&rows(&places)).unwrap() > 2.0);
    // One document, one section a document, one theme: nothing to tell.
    assert_eq!(between_sections(&rows(&sorted[..4])), None);
    assert_eq!(between_sections(&rows(&[item(0, 0, 0, 0), item(1, 1, 0, 1)])), None);
    assert_eq!(between_sections(&rows(&[item(0, 0, 0, 0), item(0, 0, 1, 0), item(1, 1, 0, 0)])), None);
    assert_eq!(between_sections(&[]), None);
}
