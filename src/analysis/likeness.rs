//! How places stand to one another over all their years: likeness, the tree of likeness, and the map with the themes.

use ndarray::Array2;
use rayon::prelude::*;

use crate::codebook::Codebook;
use crate::emphasis::correspondence::{Point, correspondence};
use crate::emphasis::dendrogram::cluster;
use crate::emphasis::similarity::{condensed, cosine, jensen_shannon, jensen_shannon_distance};
use crate::emphasis::sparse::{FlatRow, SparseRow};
use crate::emphasis::{Counts, PlaceYear};
use crate::notice::Notice;
use crate::record::{Axis, CodedDocument, Correspondence, PointRow, SimilarityRow, TreeNode};
use crate::settings::Settings;

use super::counted::{Counted, place_of};
use super::group::Words;

/// What was found about places.
pub(super) struct Likeness {
    pub correspondence: Option<Correspondence>,
    pub similarity: Vec<SimilarityRow>,
    pub tree: Vec<TreeNode>,
    pub warnings: Vec<Notice>,
}

/// Compares places with one another, each over all its years.
pub(super) fn likeness(
    documents: &[CodedDocument],
    words: &Words,
    counted: &Counted<'_>,
    counts: &Counts,
    codebook: &Codebook,
    settings: &Settings,
) -> Likeness {
    let n = counted.names.len();
    let mut themes = vec![vec![0.0; counts.themes.len()]; n];
    for row in &counts.rows {
        add(&mut themes[row.place as usize], row);
    }
    let correspondence = map(&themes, counted, counts, codebook);
    let most = settings.similarity.max_places;
    if n > most {
        let warning = Notice::new(
            format!(
                "{n} 个地方太多，不能两两比较，表 similarity 和 tree 为空；请把 similarity.max_places 调到 {most} 以上，\
                 或用 --by 按组比较。"
            ),
            format!(
                "{n} places are too many to compare all pairs: the tables similarity and tree are empty; \
                 set similarity.max_places above {most} or compare groups with --by"
            ),
        );
        return Likeness { correspondence, similarity: Vec::new(), tree: Vec::new(), warnings: vec![warning] };
    }
    let terms = terms(documents, words, &counted.names);
    let similarity = pairs(&themes, &terms, words, &counted.names);
    let tree = tree(&themes, correspondence.as_ref(), &counted.names);
    Likeness { correspondence, similarity, tree, warnings: Vec::new() }
}

fn add(sum: &mut [f64], row: &PlaceYear) {
    sum.iter_mut().zip(&row.themes).for_each(|(sum, theme)| *sum += theme.weight);
}

/// The map of places and themes, with years as supplementary points where there are two or more.
fn map(themes: &[Vec<f64>], counted: &Counted<'_>, counts: &Counts, codebook: &Codebook) -> Option<Correspondence> {
    let table = Array2::from_shape_fn((themes.len(), counts.themes.len()), |(place, theme)| themes[place][theme]);
    // Fewer than two places or themes make no map; counts are never negative, so there is no other error.
    let fitted = correspondence(&table).ok()?;
    let row = |kind, point: String, found: &Option<Point>| {
        let found = found.clone()?;
        Some(PointRow {
            kind,
            point,
            supplementary: false,
            mass: found.mass,
            inertia: Some(found.inertia),
            coordinates: found.coordinates,
            contributions: found.contributions,
            cos2: found.cos2,
        })
    };
    let places =
        counted.names.iter().zip(&fitted.rows).filter_map(|(name, point)| row("place", name.to_string(), point));
    let theme_id = |theme: u16| codebook.themes[theme as usize].id.clone();
    let columns =
        counts.themes.iter().zip(&fitted.columns).filter_map(|(&theme, point)| row("theme", theme_id(theme), point));
    let mut points: Vec<PointRow> = places.chain(columns).collect();

    let mut years: Vec<i32> = counts.rows.iter().filter_map(|row| row.year).collect();
    years.sort_unstable();
    years.dedup();
    let grand: f64 = themes.iter().flatten().sum();
    for year in years.iter().filter(|_| years.len() > 1) {
        let mut sum = vec![0.0; counts.themes.len()];
        counts.rows.iter().filter(|row| row.year == Some(*year)).for_each(|row| add(&mut sum, row));
        if let Some(point) = fitted.supplementary_row(&sum) {
            points.push(PointRow {
                kind: "year",
                point: year.to_string(),
                supplementary: true,
                mass: sum.iter().sum::<f64>() / grand,
                inertia: None,
                coordinates: point.coordinates,
                contributions: Vec::new(),
                cos2: point.cos2,
            });
        }
    }
    let axes = fitted
        .singular
        .iter()
        .zip(&fitted.inertia)
        .map(|(&singular, &inertia)| Axis { singular, inertia, share: inertia / fitted.total })
        .collect();
    Some(Correspondence { axes, total: fitted.total, points })
}

/// How often each term stands in each place's counted measures.
fn terms(documents: &[CodedDocument], words: &Words, names: &[&str]) -> Vec<SparseRow> {
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    for (row, &(doc, measure)) in words.rows.iter().enumerate() {
        let coded = &documents[doc as usize];
        if !coded.measures[measure as usize].transmitted {
            rows[place_of(names, coded) as usize].push(row);
        }
    }
    rows.par_iter()
        .map(|rows| {
            let mut sums = vec![0.0; words.vocabulary.len()];
            for view in rows.iter().filter_map(|&row| words.counts.matrix.outer_view(row)) {
                view.iter().for_each(|(term, &count)| sums[term] += f64::from(count));
            }
            SparseRow::new((0..).zip(sums).collect())
        })
        .collect()
}

/// All pairs of places, by the first one's name, then the other's.
fn pairs(themes: &[Vec<f64>], terms: &[SparseRow], words: &Words, names: &[&str]) -> Vec<SimilarityRow> {
    let (idf, width) = (words.tfidf.idf(), words.vocabulary.len());
    let damped = |row: &SparseRow| {
        let weight = |&(term, n): &(u32, f64)| (term, (1.0 + libm::log(n)) * f64::from(idf[term as usize]));
        SparseRow::new(row.values().iter().map(weight).collect())
    };
    let weighted: Vec<SparseRow> = terms.par_iter().map(damped).collect();
    let with_later = |one: usize| {
        let (counts, weights) = (FlatRow::new(&terms[one], width), FlatRow::new(&weighted[one], width));
        let mut scratch = Vec::new();
        (one + 1..names.len())
            .map(|other| SimilarityRow {
                place: names[one].to_owned(),
                other: names[other].to_owned(),
                themes_cosine: cosine(&themes[one], &themes[other]),
                themes_js: jensen_shannon(&themes[one], &themes[other]),
                terms_cosine: weights.cosine(&weighted[other]),
                terms_js: counts.jensen_shannon(&terms[other], &mut scratch),
            })
            .collect::<Vec<SimilarityRow>>()
    };
    let rows: Vec<Vec<SimilarityRow>> = (0..names.len()).into_par_iter().map(with_later).collect();
    rows.into_iter().flatten().collect()
}

/// The tree of places by average linkage on the Jensen–Shannon distance of theme shares, leaves along the first axis of
/// the map as far as the tree allows. A place without counted measures has no shares, and no leaf.
fn tree(themes: &[Vec<f64>], map: Option<&Correspondence>, names: &[&str]) -> Vec<TreeNode> {
    let known = themes.iter().zip(names).filter(|(themes, _)| themes.iter().sum::<f64>() > 0.0);
    let (themes, names): (Vec<&[f64]>, Vec<&str>) = known.map(|(themes, name)| (themes.as_slice(), *name)).unzip();
    let n = names.len();
    let distances = condensed(&themes, 1.0, |a, b| jensen_shannon_distance(a, b));
    let first = |name: &&str| {
        let point = map?.points.iter().find(|point| point.kind == "place" && point.point == **name)?;
        point.coordinates.first().copied()
    };
    let weights: Vec<f64> = names.iter().map(|name| first(name).unwrap_or_default()).collect();
    let tree = cluster(&distances, n, &weights);
    let mut order = vec![0; n];
    tree.leaves.iter().zip(1..).for_each(|(&leaf, position)| order[leaf] = position);
    let leaves = names.iter().zip(order).enumerate().map(|(node, (name, order))| TreeNode {
        node: node as u32,
        place: Some(name.to_string()),
        order: Some(order),
        children: None,
        height: 0.0,
        size: 1,
    });
    let joins = tree.joins.iter().zip(n as u32..).map(|(join, node)| TreeNode {
        node,
        place: None,
        order: None,
        children: Some((join.left as u32, join.right as u32)),
        height: join.height,
        size: join.size as u32,
    });
    leaves.chain(joins).collect()
}
