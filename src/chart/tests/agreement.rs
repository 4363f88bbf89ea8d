//! Charts of the coding: which themes clusters hold, where coders differ, what abstaining saves.

use super::checked::show;
use super::made_up::{TERMS, caption, noise, themes};
use crate::chart::{Curve, Label, Lang, Matrix, RiskCoverage};

#[test]
fn matrices_of_clusters_and_of_coders() {
    let chart = |rows: Vec<Label>, agreement: bool, lang: Lang| {
        let mut seed = 41;
        let mut count = |row: usize, column: usize| {
            if agreement && row == column { 120 } else { (libm::pow(noise(&mut seed), 6.0) * 60.0) as usize }
        };
        Matrix {
            title: lang.pick("聚类与主题", "Clusters and themes").into(),
            row_name: lang.pick("聚类", "cluster").into(),
            column_name: lang.pick("主题", "theme").into(),
            counts: (0..rows.len()).map(|row| (0..11).map(|column| count(row, column)).collect()).collect(),
            rows,
            columns: themes(lang),
            agreement,
            caption: caption(lang),
        }
    };
    let clusters = || {
        (0..12)
            .map(|i| Label::new(format!("{i} {}·{}", TERMS[i % 16], TERMS[(i * 5 + 1) % 16]), "cluster", i.to_string()))
            .collect()
    };
    show("matrix_clusters", |lang, style| chart(clusters(), false, lang).draw(style));
    show("matrix_confusion", |lang, style| chart(themes(lang), true, lang).draw(style));
}

#[test]
fn risk_falls_with_coverage() {
    let curve = |label: &str, by: f64| Curve {
        label: label.into(),
        points: (1..=50).map(|i| (f64::from(i) / 50.0, by * libm::pow(f64::from(i) / 50.0, 2.5))).collect(),
    };
    let chart = |lang: Lang| RiskCoverage {
        title: lang.pick("主题编码的风险与覆盖", "Risk and coverage of theme coding").into(),
        curves: vec![curve("cezhong", 0.12), curve(lang.pick("只用本句", "sentence alone"), 0.21)],
        chosen: Some((0.88, 0.087)),
        caption: caption(lang),
    };
    show("risk", |lang, style| chart(lang).draw(style));
}
