//! Charts that set places side by side: heat map, stacked shares, forest, terms.

use super::checked::{show, within};
use super::made_up::{PLACES, TERMS, caption, cells, noise, places, themes};
use crate::chart::{
    Bar, Cell, Forest, ForestPanel, HeatMap, Interval, Keyness, KeynessPanel, Keys, Label, Lang, Stacked, StackedRow,
    Style,
};

fn heat_map(n: usize, lang: Lang) -> HeatMap {
    HeatMap {
        title: lang.pick("各地各主题的侧重", "Emphasis of places on themes").into(),
        rows: places(n),
        totals: (0..n).map(|i| 40 + 13 * i).collect(),
        columns: themes(lang),
        cells: cells(n, 7),
        whole: vec![1.0 / 11.0; 11],
        whole_keys: Keys::new(),
        caption: caption(lang),
    }
}

fn stacked(n: usize, lang: Lang) -> Stacked {
    let share = |cells: Vec<Option<Cell>>| {
        let shares: Vec<f64> = cells.into_iter().map(|cell| cell.map_or(0.0, |c| c.share)).collect();
        let sum: f64 = shares.iter().sum();
        shares.into_iter().map(|s| s / sum).collect()
    };
    let rows = places(n).into_iter().zip(cells(n, 7)).map(|(label, cells)| StackedRow {
        label,
        total: 120,
        counts: cells.iter().map(|cell| cell.as_ref().map_or(0, |cell| cell.count)).collect(),
        shares: share(cells),
    });
    Stacked {
        title: lang.pick("各地主题占比", "Shares of themes by place").into(),
        themes: themes(lang),
        rows: rows.collect(),
        caption: caption(lang),
    }
}

fn forest(n: usize, panels: usize, lang: Lang) -> Forest {
    let cells = cells(n, 11);
    let interval = |c: &Cell| Interval { value: c.lq, low: c.low, high: c.high, few: c.few, count: c.count };
    let panel = |column: usize, label: Label| ForestPanel {
        label,
        rows: (places(n).into_iter().zip(&cells))
            .filter_map(|(place, row)| Some((place, interval(row[column].as_ref()?))))
            .collect(),
    };
    let panels =
        themes(lang).into_iter().take(panels).enumerate().map(|(column, label)| panel(column, label)).collect();
    Forest {
        title: lang.pick("区位商及其区间", "Location quotients with intervals").into(),
        panels,
        caption: caption(lang),
    }
}

fn keyness(panels: usize, two_sided: bool, lang: Lang) -> Keyness {
    let mut seed = 3;
    let mut panel = |index: usize| KeynessPanel {
        target: Label::new(PLACES[index % 14], "place", PLACES[index % 14]),
        bars: TERMS
            .iter()
            .enumerate()
            .map(|(i, term)| {
                let z = 14.0 / (1.0 + i as f64 * 0.3) + noise(&mut seed);
                let z = if two_sided && i >= 8 { i as f64 * -0.8 } else { z };
                Bar { label: Label::new(*term, "term", *term), z, count: 40 - 2 * i, rest: 3 + 77 * i }
            })
            .collect(),
    };
    Keyness {
        title: lang.pick("各地的关键词", "Terms of each place").into(),
        panels: (0..panels).map(&mut panel).collect(),
        caption: caption(lang),
    }
}

#[test]
fn heat_map_marks_each_cell_with_place_and_theme() {
    let pages = show("heat_map", |lang, style| heat_map(14, lang).draw(style));
    let svg = &pages[0].svg;
    // One cell has no data.
    assert_eq!(svg.matches("data-place=\"石桥镇\" data-theme=\"industry\"").count(), 1);
    assert_eq!(svg.matches("data-place=\"临河街道\" data-theme=\"environment\"").count(), 0);
}

#[test]
fn four_hundred_places_are_ten_pages() {
    let pages = heat_map(400, Lang::Zh).draw(&Style::default()).unwrap();
    assert_eq!(pages.len(), 10);
    within(&pages[9], "heat_map of 400");
    assert!(pages[9].svg.contains("各地各主题的侧重（10/10）"));
    show("heat_map_100", |lang, style| heat_map(100, lang).draw(style));
}

#[test]
fn stacked_shares_fill_the_bar() {
    show("stacked", |lang, style| stacked(14, lang).draw(style));
}

#[test]
fn forest_of_all_themes_and_of_one() {
    show("forest", |lang, style| forest(14, 11, lang).draw(style));
    show("forest_one", |lang, style| forest(9, 1, lang).draw(style));
    // Of four hundred places the twelve highest and the twelve lowest are left in each panel.
    let pages = show("forest_400", |lang, style| forest(400, 11, lang).draw(style));
    let marks: usize = pages.iter().map(|page| page.svg.matches("data-count=").count()).sum();
    assert_eq!(marks, 11 * 24);
}

#[test]
fn keyness_of_one_and_of_many() {
    show("keyness", |lang, style| keyness(1, true, lang).draw(style));
    show("keyness_many", |lang, style| keyness(9, false, lang).draw(style));
    show("keyness_two_sided", |lang, style| keyness(3, true, lang).draw(style));
}
