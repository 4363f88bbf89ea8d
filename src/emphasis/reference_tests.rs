//! Values made by R, SciPy, scikit-learn and numpy from the same input (`tests/reference/emphasis.py`, `correspondence.R`).

use ndarray::Array2;
use serde::Deserialize;

use super::correspondence::correspondence;
use super::dendrogram::cluster;
use super::distributions::*;
use super::diversity::*;
use super::effective::{correlation, correlation_within, effective_number};
use super::interval::*;
use super::keyness;
use super::quotient::share_interval;
use super::similarity::*;
use super::sparse::{FlatRow, SparseRow};
use super::strength::{Distances, Sample, estimate};
use super::tests::item;
use super::trend::{Estimate, difference, find_break, find_spikes};
use super::*;
use crate::codebook::ThemeId;

/// What `tests/reference/emphasis.py` wrote.
#[derive(Deserialize)]
struct Reference {
    counts: Vec<Vec<f64>>,
    normal_quantile: Vec<[f64; 2]>,
    normal_p: Vec<[f64; 2]>,
    beta_cdf: Vec<[f64; 4]>,
    beta_quantile: Vec<[f64; 4]>,
    fdr: Fdr,
    strength: StrengthValues,
    entropy: Vec<f64>,
    herfindahl: Vec<f64>,
    nicheness: Vec<f64>,
    cosine: Vec<Vec<f64>>,
    jensen_shannon_distance: Vec<Vec<f64>>,
    heights: Vec<f64>,
    sizes: Vec<f64>,
    groups: Vec<usize>,
    quotients: Vec<Vec<f64>>,
    sections: Vec<Vec<Vec<usize>>>,
    correlation: f64,
    effective: Vec<f64>,
    keyness: KeynessValues,
    dispersion: DispersionValues,
    quantile: QuantileValues,
    differences: Vec<[f64; 7]>,
    series: SeriesValues,
    supplementary: SupplementaryValues,
}

#[derive(Deserialize)]
struct SeriesValues {
    shares: Vec<f64>,
    n: Vec<f64>,
    first: usize,
    before: f64,
    after: f64,
    z: f64,
    spikes: Vec<f64>,
    spike_q: Vec<f64>,
}

#[derive(Deserialize)]
struct SupplementaryValues {
    counts: Vec<f64>,
    cos2: Vec<f64>,
}

#[derive(Deserialize)]
struct Fdr {
    p: Vec<f64>,
    q: Vec<f64>,
}

#[derive(Deserialize)]
struct StrengthValues {
    effective: Vec<f64>,
    value: f64,
    log_likelihood: Vec<[f64; 2]>,
}

#[derive(Deserialize)]
struct KeynessValues {
    a: Vec<f64>,
    b: Vec<f64>,
    prior: f64,
    delta: Vec<f64>,
    z: Vec<f64>,
}

#[derive(Deserialize)]
struct DispersionValues {
    pieces: Vec<(f64, f64)>,
    dp: f64,
}

#[derive(Deserialize)]
struct QuantileValues {
    draws: Vec<f64>,
    at: Vec<[f64; 2]>,
}

fn reference() -> Reference {
    serde_json::from_str(include_str!("../../tests/reference/emphasis.json")).unwrap()
}

/// Agreement to 1e-9, relative where the value is larger than 1.
#[track_caller]
fn close(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "ours {ours}, the reference {theirs}");
}

#[test]
fn distributions_agree_with_scipy() {
    let reference = reference();
    reference.normal_quantile.iter().for_each(|&[p, x]| close(normal_quantile(p), x));
    reference.normal_p.iter().for_each(|&[z, p]| close(normal_p(z), p));
    reference.beta_cdf.iter().for_each(|&[a, b, x, p]| close(beta_cdf(x, a, b), p));
    reference.beta_quantile.iter().for_each(|&[a, b, p, x]| close(beta_quantile(p, a, b), x));
    benjamini_hochberg(&reference.fdr.p).iter().zip(&reference.fdr.q).for_each(|(q, r)| close(*q, *r));
    let mut draws = reference.quantile.draws.clone();
    let ends = percentiles(&mut draws, 0.95).unwrap();
    reference.quantile.at.iter().for_each(|&[p, x]| close(quantile(&draws, p).unwrap(), x));
    close(ends.0, reference.quantile.at[1][1]);
    // Jeffreys' interval for 0 and for 7.5 of 30 measures.
    assert_eq!(share_interval(0.0, 30.0, 0.95).0, 0.0);
    close(share_interval(0.25, 30.0, 0.95).0, beta_quantile(0.025, 8.0, 23.0));
}

#[test]
fn the_strength_agrees_with_scipy() {
    let reference = reference();
    let total: f64 = reference.counts.iter().flatten().sum();
    let base: Vec<f64> = (0..5).map(|t| reference.counts.iter().map(|row| row[t]).sum::<f64>() / total).collect();
    let samples: Vec<Sample> = reference
        .counts
        .iter()
        .zip(&reference.strength.effective)
        .map(|(row, &effective)| {
            let weight: f64 = row.iter().sum();
            Sample { shares: row.iter().map(|count| count / weight).collect(), weight, effective }
        })
        .collect();
    let distances = Distances::of(&samples, &base);
    for [s, value] in reference.strength.log_likelihood {
        close(distances.log_likelihood(1.0 / (s + 1.0)), value);
    }
    let strength = estimate(&samples, &base).unwrap();
    close(strength.value, reference.strength.value);
    // The posterior lies about the maximum, and a bigger document is shrunk less.
    assert!(strength.draw(0.01) < strength.value && strength.value < strength.draw(0.99));
    assert!(strength.shrinkage(100.0) < strength.shrinkage(10.0) && strength.shrinkage(0.0) > 0.999_999);
    assert_eq!(estimate(&samples[..1], &base), None);
    // Places that are all alike, and a corpus of one theme: nothing differs, as far as can be told.
    let alike = vec![samples[0].clone(); 3];
    assert!(estimate(&alike, &samples[0].shares).unwrap().value > 1e5);
    let single = vec![Sample { shares: vec![1.0], weight: 9.0, effective: 9.0 }; 2];
    assert!(estimate(&single, &[1.0]).unwrap().value > 1e5);
}

#[test]
fn the_correlation_within_sections_agrees_with_the_analysis_of_variance() {
    let reference = reference();
    let mut items = Vec::new();
    for (place, sections) in reference.sections.iter().enumerate() {
        for (block, themes) in sections.iter().enumerate() {
            for (theme, &n) in themes.iter().enumerate() {
                items.extend(vec![item(place as u32, place as u32, block as u32, theme as ThemeId); n]);
            }
        }
    }
    let set = ThemeSet { count: 3, general: None };
    let counts = count(&items, &[], set, Weight::Measures, Counting::Primary).unwrap();
    close(correlation_within(&counts.rows), reference.correlation);
    assert_eq!(correlation(&counts.rows), correlation_within(&counts.rows), "places with one year bound nothing");
    for (row, n) in counts.rows.iter().zip(&reference.effective) {
        close(effective_number(row, reference.correlation), *n);
    }
    // Without correlation a measure is a measure; measures that weigh unlike are worth fewer.
    close(effective_number(&counts.rows[0], 0.0), 12.0);
}

#[test]
fn profiles_agree_with_scipy_and_scikit_learn() {
    let reference = reference();
    let rows = &reference.counts;
    let total: f64 = rows.iter().flatten().sum();
    let shares: Vec<Option<Vec<f64>>> =
        rows.iter().map(|row| Some(row.iter().map(|x| x / row.iter().sum::<f64>()).collect())).collect();
    nicheness(&shares).iter().zip(&reference.nicheness).for_each(|(ours, theirs)| close(ours.unwrap(), *theirs));
    for (i, row) in rows.iter().enumerate() {
        close(entropy(row).unwrap(), reference.entropy[i]);
        close(herfindahl(row).unwrap(), reference.herfindahl[i]);
        for (j, other) in rows.iter().enumerate() {
            let sparse = |row: &[f64]| SparseRow::new((0..).zip(row.iter().copied()).collect());
            let (flat, sparse) = (sparse(row), sparse(other));
            let flat = FlatRow::new(&flat, row.len());
            close(cosine(row, other).unwrap(), reference.cosine[i][j]);
            close(flat.cosine(&sparse).unwrap(), reference.cosine[i][j]);
            // The square of the distance: near 0 the root is not known to 1e-9.
            let squared = reference.jensen_shannon_distance[i][j] * reference.jensen_shannon_distance[i][j];
            close(jensen_shannon(row, other).unwrap(), squared);
            close(flat.jensen_shannon(&sparse, &mut Vec::new()).unwrap(), squared);
        }
        for (t, quotient) in reference.quotients[i].iter().enumerate() {
            let base = rows.iter().map(|row| row[t]).sum::<f64>() / total;
            close(row[t] / row.iter().sum::<f64>() / base, *quotient);
        }
    }
    assert_eq!((entropy(&[0.0]), herfindahl(&[]), cosine(&[0.0], &[1.0])), (None, None, None));
    let row = |values: &[(u32, f64)]| SparseRow::new(values.to_vec());
    let (nothing, one) = (row(&[(0, 0.0)]), row(&[(0, 3.0), (2, 1.0)]));
    let flat = FlatRow::new(&one, 4);
    assert_eq!((flat.cosine(&nothing), flat.jensen_shannon(&nothing, &mut Vec::new())), (None, None));
    assert_eq!(flat.jensen_shannon(&row(&[(2, 2.0), (0, 6.0)]), &mut Vec::new()), Some(0.0));
    assert_eq!(flat.jensen_shannon(&row(&[(1, 5.0)]), &mut Vec::new()), Some(1.0));
    assert_eq!((jensen_shannon(&[0.0], &[1.0]), jensen_shannon(&[3.0, 0.0], &[0.0, 5.0])), (None, Some(1.0)));
}

#[test]
fn the_tree_agrees_with_scipy() {
    let reference = reference();
    let distances = condensed(&reference.counts, 1.0, |a, b| jensen_shannon_distance(a, b));
    let sparse = |row: &Vec<f64>| SparseRow::new((0..).zip(row.iter().copied()).collect());
    let rows: Vec<SparseRow> = reference.counts.iter().map(sparse).collect();
    let at_once = super::sparse::distances(&rows, reference.counts[0].len());
    distances.iter().zip(&at_once).for_each(|(one, other)| close(*one, *other));
    assert_eq!(distances.len(), at_once.len());
    let tree = cluster(&distances, 6, &[0.0; 6]);
    for (join, (height, size)) in tree.joins.iter().zip(reference.heights.iter().zip(&reference.sizes)) {
        close(join.height, *height);
        close(join.size as f64, *size);
    }
    let groups = tree.cut(3);
    for (i, j) in (0..6).flat_map(|i| (0..i).map(move |j| (i, j))) {
        assert_eq!(groups[i] == groups[j], reference.groups[i] == reference.groups[j], "observations {i} and {j}");
    }
}

#[test]
fn keyness_agrees_with_the_formula_written_in_numpy() {
    let KeynessValues { a, b, prior, delta, z } = reference().keyness;
    let (a_total, b_total) = (a.iter().sum::<f64>(), b.iter().sum::<f64>());
    for term in 0..a.len() {
        let alpha = prior * (a[term] + b[term]) / (a_total + b_total);
        let (odds, score) = keyness::log_odds(a[term], a_total, b[term], b_total, alpha, prior).unwrap();
        close(odds, delta[term]);
        close(score, z[term]);
    }
    let DispersionValues { pieces, dp } = reference().dispersion;
    close(keyness::dispersion(&pieces).unwrap(), dp);
    assert_eq!((keyness::dispersion(&[(3.0, 0.0)]), keyness::log_odds(0.0, 5.0, 0.0, 5.0, 0.0, 1.0)), (None, None));
}

#[test]
fn changes_breaks_and_spikes_agree_with_scipy() {
    let reference = reference();
    for [from, n, to, other, low, high, z] in reference.differences {
        let found = difference(Estimate { share: from, n }, Estimate { share: to, n: other }, 0.95);
        close(found.low, low);
        close(found.high, high);
        close(found.z, z);
    }
    let theirs = reference.series;
    let series: Vec<(i32, Estimate)> = theirs
        .shares
        .iter()
        .zip(&theirs.n)
        .zip(2018..)
        .map(|((&share, &n), year)| (year, Estimate { share, n }))
        .collect();
    let found = find_break(&series, 1).unwrap();
    assert_eq!(found.year, 2018 + theirs.first as i32);
    close(found.before, theirs.before);
    close(found.after, theirs.after);
    close(found.statistic, theirs.z);
    // At a rate above 1 every inner year that lies beyond both its neighbours is listed.
    let spikes = find_spikes(&series, 2.0);
    assert_eq!(spikes.iter().map(|spike| spike.year).collect::<Vec<_>>(), [2019, 2020, 2021, 2022, 2023]);
    for spike in spikes {
        let inner = (spike.year - 2019) as usize;
        close(spike.z, theirs.spikes[inner]);
        close(spike.q, theirs.spike_q[inner]);
    }
}

/// What `tests/reference/correspondence.R` wrote.
#[derive(Deserialize)]
struct Map {
    singular: Vec<f64>,
    row_mass: Vec<f64>,
    row_inertia: Vec<f64>,
    column_inertia: Vec<f64>,
    rows: Vec<Vec<f64>>,
    columns: Vec<Vec<f64>>,
    row_contributions: Vec<Vec<f64>>,
    column_contributions: Vec<Vec<f64>>,
    further: Vec<f64>,
}

#[test]
fn correspondence_agrees_with_the_ca_package_of_r() {
    let theirs: Map = serde_json::from_str(include_str!("../../tests/reference/correspondence.json")).unwrap();
    let table = Array2::from_shape_vec((6, 5), reference().counts.concat()).unwrap();
    let map = correspondence(&table).unwrap();
    let SupplementaryValues { counts, cos2 } = reference().supplementary;
    let further = map.supplementary_row(&counts).unwrap();
    further.cos2.iter().zip(&cos2).for_each(|(ours, theirs)| close(*ours, *theirs));
    // Four axes hold all of the distance, so that the squared correlations add up to 1.
    close(further.cos2.iter().sum(), 1.0);
    assert_eq!(map.singular.len(), theirs.singular.len());
    close(map.total, theirs.row_inertia.iter().sum());
    for (axis, singular) in map.singular.iter().enumerate() {
        close(*singular, theirs.singular[axis]);
        // Our rule: the column that contributes most stands on the positive side. R has none.
        let most = (0..5)
            .max_by(|&a, &b| theirs.column_contributions[a][axis].total_cmp(&theirs.column_contributions[b][axis]));
        let turn = theirs.columns[most.unwrap()][axis].signum();
        for (row, point) in map.rows.iter().flatten().enumerate() {
            close(point.coordinates[axis], turn * theirs.rows[row][axis]);
            close(point.contributions[axis], theirs.row_contributions[row][axis]);
            close(point.mass, theirs.row_mass[row]);
            close(point.inertia, theirs.row_inertia[row]);
        }
        for (column, point) in map.columns.iter().flatten().enumerate() {
            close(point.coordinates[axis], turn * theirs.columns[column][axis]);
            close(point.contributions[axis], theirs.column_contributions[column][axis]);
            close(point.inertia, theirs.column_inertia[column]);
        }
        close(further.coordinates[axis], turn * theirs.further[axis]);
    }
    // With all axes kept, they show a point's inertia whole.
    close(map.rows[0].as_ref().unwrap().cos2.iter().sum(), 1.0);
}
