//! Values worked by hand, and values made by R, SciPy and scikit-learn (`tests/reference/emphasis.py`, `correspondence.R`).

use ndarray::Array2;
use serde::Deserialize;

use super::correspondence::correspondence;
use super::dendrogram::cluster;
use super::distributions::*;
use super::diversity::*;
use super::effective::{correlation, effective_number};
use super::interval::*;
use super::keyness::{self, KeynessParams, TermCount, keyness};
use super::quotient::{Interval, share_interval};
use super::similarity::*;
use super::strength::{digamma, estimate, log_likelihood};
use super::*;
use crate::codebook::ThemeId;

fn item(place: u32, doc: u32, block: u32, theme: ThemeId) -> Item {
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
    let table = emphasis(&counts, &params).unwrap();
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
    let few = emphasis(&counts, &EmphasisParams::default()).unwrap();
    assert!(few.rows.iter().all(|row| row.rank.is_none() && row.q.is_none()));
}
