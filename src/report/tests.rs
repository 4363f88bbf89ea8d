//! The page on a small invented corpus; with `CEZHONG_CHARTS=DIR` in the environment the page is kept to be looked at.

use super::sentences::MOST_BYTES;
use super::*;
use crate::chart::{Caption, Cell, HeatMap, Label, Lang, Style};
use crate::codebook::{Codebook, Kind, Part};

const PLACES: [&str; 4] = ["青禾镇", "石桥镇", "云岭乡", "临河\"街道"];

fn sentences(n: usize) -> Vec<Sentence> {
    let sentence = |i: usize| Sentence {
        doc: format!("{}/2024.txt", PLACES[i % 4]),
        n: i / 4,
        start: 30 * (i / 4),
        end: 30 * (i / 4) + 25,
        place: PLACES[i % 4].into(),
        year: Some(2024 + (i / 8 % 2) as i32),
        part: if i.is_multiple_of(5) { Part::Review } else { Part::Plan },
        kind: if i.is_multiple_of(5) { Kind::Result } else { Kind::Measure },
        theme: i * 7 % 11,
        measure: (!i.is_multiple_of(5)).then(|| format!("{}-{}", i % 4, i / 8)),
        measure_theme: (!i.is_multiple_of(5)).then_some((i % 4 + i / 8) % 11),
        cluster: Some(i % 3),
        headings: "二、2024年工作安排 › （一）做强做优工业".into(),
        text: format!("第{i}句：加快苹果产业园建设，推进高标准农田 <b>& </script> 改造，全年投资3000万元。"),
        terms: vec![(0, 1)],
    };
    (0..n).map(sentence).collect()
}

/// Cells that count the plan's measures, as a run does.
fn heat_map(sentences: &[Sentence], themes: &[(String, String)]) -> HeatMap {
    let count = |place: &str, theme: usize| {
        let mut ids: Vec<&str> = sentences
            .iter()
            .filter(|s| s.place == place && s.part == Part::Plan && s.measure_theme == Some(theme))
            .filter_map(|s| s.measure.as_deref())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    };
    let cell = |place: &str, theme: usize| {
        let count = count(place, theme);
        Some(Cell {
            count,
            share: count as f64 / 20.0,
            lq: 0.3 + count as f64,
            low: 0.2,
            high: 0.9 + count as f64 * 0.05,
            few: false,
        })
    };
    let row = |place: &str| Label {
        text: place.into(),
        keys: vec![("place".into(), place.into()), ("part".into(), "plan".into())],
    };
    HeatMap {
        title: "各地各主题的侧重".into(),
        rows: PLACES.map(row).to_vec(),
        totals: vec![20; 4],
        columns: themes.iter().map(|(id, name)| Label::new(name, "theme", id)).collect(),
        cells: PLACES.iter().map(|place| (0..11).map(|theme| cell(place, theme)).collect()).collect(),
        whole: vec![1.0 / 11.0; 11],
        whole_keys: vec![],
        caption: Caption { n: 80, of: "条措施".into(), ..Caption::default() },
    }
}

fn page(lang: Lang, n: usize) -> Page {
    let themes: Vec<(String, String)> =
        Codebook::township().themes.into_iter().map(|t| (t.id, lang.pick(&t.zh, &t.en).to_owned())).collect();
    let sentences = sentences(n);
    let map = heat_map(&sentences, &themes);
    let rows = map.rows.iter().zip(&map.cells).flat_map(|(place, cells)| {
        cells.iter().flatten().zip(&map.columns).map(|(cell, theme)| Row {
            keys: [place.keys.clone(), theme.keys.clone()].concat(),
            values: vec![
                Value::Text(place.text.clone()),
                Value::Text(theme.text.clone()),
                Value::Number(cell.count as f64),
                Value::Number(cell.lq),
                Value::Empty,
            ],
        })
    });
    let column = |name: &str, title: &str, numeric| Column { name: name.into(), title: title.into(), numeric };
    Page {
        lang,
        title: "四个乡镇的工作侧重".into(),
        subtitle: "2024—2025 年，4 份文件 <未核>".into(),
        funnel: vec![
            Step { name: "文件".into(), count: 5, note: "1 份读不出".into() },
            Step { name: "句子".into(), count: n, note: String::new() },
            Step { name: "措施".into(), count: 80, note: "只计“计划”部分".into() },
        ],
        warnings: vec!["临河街道只有 12 条措施，区间很宽。".into()],
        charts: vec![Chart {
            id: "heat".into(),
            title: map.title.clone(),
            text: "颜色越橙，越比全体侧重。".into(),
            drawings: map.draw(&Style { lang, ..Style::default() }).unwrap(),
        }],
        tables: vec![Table {
            id: "emphasis".into(),
            title: "侧重".into(),
            text: String::new(),
            columns: vec![
                column("place", "地方", false),
                column("theme", "主题", false),
                column("measures", "措施", true),
                column("lq", "区位商", true),
                column("q", "q", true),
            ],
            rows: rows.collect(),
        }],
        themes,
        general: "general".into(),
        terms: vec!["苹果".into()],
        sentences,
        methods: vec!["占比按措施计。".into()],
        dictionary: vec![DictionaryEntry {
            table: "emphasis".into(),
            column: "lq".into(),
            kind: "f64".into(),
            meaning: "区位商，无量纲".into(),
        }],
        footer: "cezhong".into(),
    }
}

#[test]
fn text_of_the_corpus_never_becomes_markup() {
    let rendered = page(Lang::Zh, 80).render().unwrap();
    // Its own two, and none from the sentences.
    assert_eq!(rendered.html.matches("</script>").count(), 2);
    assert!(!rendered.html.contains("<b>& "));
    assert!(rendered.html.contains("&lt;未核&gt;"));
    assert!(!rendered.html.contains("临河\"街道"), "a quote in a name must not end an attribute");
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let html = page(Lang::En, 80).render().unwrap().html;
    for link in ["src=\"http", "href=\"http", "url(", "@import", "fetch(", "XMLHttpRequest"] {
        assert!(!html.contains(link), "{link}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn what_is_said_without_script_is_all_there() {
    let html = page(Lang::Zh, 80).render().unwrap().html;
    for said in [
        "从文件到措施",
        "临河街道只有 12 条措施",
        "占比按措施计。",
        "区位商，无量纲",
        "<svg",
        "data-theme=\"industry\"",
        "<noscript>",
    ] {
        assert!(html.contains(said), "{said}");
    }
    // One row of the table for each cell, and its button.
    assert_eq!(html.matches("class=\"open\"").count(), 44);
}

#[test]
fn sentences_of_a_large_corpus_leave_the_page() {
    let small = page(Lang::Zh, 80).render().unwrap();
    assert!(small.files.is_empty());
    let large = page(Lang::Zh, 20_000).render().unwrap();
    assert!(large.files.len() > 1, "{} files", large.files.len());
    assert!(large.html.len() < MOST_BYTES);
    assert!(large.files.iter().all(|(_, content)| content.len() < MOST_BYTES * 3 / 2));
    let rows: usize = large.files.iter().map(|(_, content)| content.matches("第").count()).sum();
    assert_eq!(rows, 20_000);
    assert!(large.files[0].0 == "report-data/0000.js" && large.files[0].1.starts_with("cezhongRows(0,[["));
}

#[test]
fn pictures_for_which_the_page_has_no_room_come_from_files() {
    let mut page = page(Lang::En, 80);
    let drawing = page.charts[0].drawings[0].clone();
    assert!(!page.render().unwrap().html.contains("class=\"sheet later\""));
    page.charts[0].drawings = vec![drawing.clone(); 80];
    let rendered = page.render().unwrap();
    let (id, later) = (&page.charts[0].id, rendered.html.matches("class=\"sheet later\"").count());
    assert!(later > 0 && later < 80 && rendered.files.len() == later, "{later} of 80");
    assert!(rendered.html.contains(&format!("src=\"charts/{id}-80.png\"")), "a picture until then");
    let (name, content) = rendered.files.last().unwrap();
    assert_eq!(name, &format!("report-data/chart-{id}-80.js"));
    assert!(content.starts_with(&format!("cezhongSheet({},\"", later - 1)), "{}", &content[..40]);
}

#[test]
fn the_page_is_the_same_twice_and_kept_if_asked_for() {
    let rendered = page(Lang::Zh, 80).render().unwrap();
    assert_eq!(rendered, page(Lang::Zh, 80).render().unwrap());
    let Ok(folder) = std::env::var("CEZHONG_CHARTS") else { return };
    for (name, lang, n) in [("page-small", Lang::Zh, 80), ("page-large", Lang::En, 20_000)] {
        let rendered = page(lang, n).render().unwrap();
        let folder = std::path::Path::new(&folder).join(name);
        std::fs::create_dir_all(folder.join("report-data")).unwrap();
        std::fs::write(folder.join("report.html"), rendered.html).unwrap();
        for (file, content) in rendered.files {
            std::fs::write(folder.join(file), content).unwrap();
        }
    }
}
