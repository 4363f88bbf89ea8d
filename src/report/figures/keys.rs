//! What marks and rows stand for, as keys that open sentences.

use std::collections::BTreeSet;

use crate::chart::Keys;
use crate::record::{Analysis, KeynessRow};

/// Terms shown on each side of a keyness panel, and listed for each target of the page's table; the csv has more.
pub(super) const BARS: usize = 8;
/// A term is shown only where its false discovery rate is below this.
pub(super) const RATE: f64 = 0.05;
/// Terms listed for each target in the page's table.
pub(in crate::report) const LISTED: usize = 12;

/// What opens the counted measures of a place in a year: those with a theme that has shares.
pub(in crate::report) fn place_keys(analysis: &Analysis, place: &str, year: Option<i32>) -> Keys {
    let year = year.map_or("none".to_owned(), |year| year.to_string());
    let mut keys = over_years(analysis, place);
    keys.push(("year".into(), year));
    keys
}

/// What opens the counted measures of a place in all years.
pub(super) fn over_years(analysis: &Analysis, place: &str) -> Keys {
    vec![("place".into(), place.into()), ("part".into(), analysis.part.id().into()), ("scope".into(), "counted".into())]
}

/// The rows of a target that a chart shows: the most typical, then the least, where they are told apart. That a place says its
/// own `name` most is no news; the tables have it.
pub(super) fn bars<'r>(name: &str, rows: &[&'r KeynessRow]) -> Vec<&'r KeynessRow> {
    let sure: Vec<&KeynessRow> = rows.iter().copied().filter(|row| row.q < RATE && !name.contains(&row.term)).collect();
    let over = sure.iter().filter(|row| row.z > 0.0).take(BARS);
    let under = sure.iter().rev().filter(|row| row.z < 0.0).take(BARS / 2);
    let mut bars: Vec<&KeynessRow> = over.chain(under).copied().collect();
    bars.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.term.cmp(&b.term)));
    bars
}

/// The terms that the page shows on a chart or in a table, and so must be able to open.
pub(in crate::report) fn shown_terms(analysis: &Analysis) -> BTreeSet<&str> {
    let targets = analysis.keyness.chunk_by(|a, b| a.target_kind == b.target_kind && a.target == b.target);
    let mut terms = BTreeSet::new();
    for target in targets {
        let rows: Vec<&KeynessRow> = target.iter().collect();
        let places = target[0].target_kind == "place" && analysis.method.by.is_none();
        terms.extend(bars(if places { &target[0].target } else { "" }, &rows).into_iter().map(|row| row.term.as_str()));
        terms.extend(target.iter().filter(|row| row.z > 0.0).take(LISTED).map(|row| row.term.as_str()));
    }
    terms
}
