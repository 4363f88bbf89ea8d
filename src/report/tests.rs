//! The page on a small invented corpus; with `CEZHONG_CHARTS=DIR` in the environment the page is kept to be looked at.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::sentences::MOST_BYTES;
use super::*;
use crate::chart::{Caption, Cell, HeatMap, Label, Lang, Style};
use crate::codebook::{Codebook, Kind, Part};

const PLACES: [&str; 4] = ["青禾镇", "石桥镇", "云岭乡", "临河\"街道"];
const DOCS: [&str; 4] = ["青禾镇/2024.txt", "石桥镇/2024.txt", "云岭乡/2024.txt", "临河\"街道/2024.txt"];

/// The texts of as many sentences.
fn texts(n: usize) -> Vec<String> {
    let text = |i| format!("第{i}句：加快苹果产业园建设，推进高标准农田 <b>& </script> 改造，全年投资3000万元。");
    (0..n).map(text).collect()
}

fn sentences(texts: &[String]) -> Vec<Sentence<'_>> {
    let sentence = |(i, text): (usize, _)| Sentence {
        doc: DOCS[i % 4],
        n: i / 4,
        start: 30 * (i / 4),
        end: 30 * (i / 4) + 25,
        place: PLACES[i % 4],
        year: Some(2024 + (i / 8 % 2) as i32),
        part: if i.is_multiple_of(5) { Part::Review } else { Part::Plan },
        kind: if i.is_multiple_of(5) { Kind::Result } else { Kind::Measure },
        theme: i * 7 % 11,
        measure: (!i.is_multiple_of(5)).then_some(i / 8),
        measure_theme: (!i.is_multiple_of(5)).then_some((i % 4 + i / 8) % 11),
        measure_part: (!i.is_multiple_of(5)).then_some(Part::Plan),
        cluster: Some(i % 3),
        headings: "二、2024年工作安排 › （一）做强做优工业".into(),
        text,
        terms: vec![(0, 1)],
    };
    texts.iter().map(String::as_str).enumerate().map(sentence).collect()
}

/// The html, and the files beside it by name.
fn rendered(page: &Page) -> (String, BTreeMap<String, String>) {
    let files = Mutex::new(BTreeMap::new());
    let put = |name: &str, content: &str| {
        assert!(files.lock().unwrap().insert(name.to_owned(), content.to_owned()).is_none(), "{name} comes twice");
        Ok(())
    };
    let html = page.render(&put).unwrap();
    (html, files.into_inner().unwrap())
}

/// Cells that count the plan's measures, as a run does.
fn heat_map(sentences: &[Sentence<'_>], themes: &[(String, String)]) -> HeatMap {
    let count = |place: &str, theme: usize| {
        let mut ids: Vec<usize> = sentences
            .iter()
            .filter(|s| s.place == place && s.part == Part::Plan && s.measure_theme == Some(theme))
            .filter_map(|s| s.measure)
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

fn page(lang: Lang, texts: &[String]) -> Page<'_> {
    let themes: Vec<(String, String)> =
        Codebook::township().themes.into_iter().map(|t| (t.id, lang.pick(&t.zh, &t.en).to_owned())).collect();
    let sentences = sentences(texts);
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
            Step { name: "句子".into(), count: texts.len(), note: String::new() },
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
            total: 44,
        }],
        themes,
        general: "general".into(),
        terms: vec!["苹果".into()],
        sentences: sentences.into(),
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
    let (html, _) = rendered(&page(Lang::Zh, &texts(80)));
    // Its own two, and none from the sentences.
    assert_eq!(html.matches("</script>").count(), 2);
    assert!(!html.contains("<b>& "));
    assert!(html.contains("&lt;未核&gt;"));
    assert!(!html.contains("临河\"街道"), "a quote in a name must not end an attribute");
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let (html, _) = rendered(&page(Lang::En, &texts(80)));
    for link in ["src=\"http", "href=\"http", "url(", "@import", "fetch(", "XMLHttpRequest"] {
        assert!(!html.contains(link), "{link}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn what_is_said_without_script_is_all_there() {
    let (html, _) = rendered(&page(Lang::Zh, &texts(80)));
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
    let (_, files) = rendered(&page(Lang::Zh, &texts(80)));
    assert!(files.is_empty());
    let (html, files) = rendered(&page(Lang::Zh, &texts(20_000)));
    assert!(files.len() > 1, "{} files", files.len());
    assert!(html.len() < MOST_BYTES);
    assert!(files.values().all(|content| content.len() < MOST_BYTES * 3 / 2));
    let rows: usize = files.values().map(|content| content.matches("第").count()).sum();
    assert_eq!(rows, 20_000);
    assert!(files["report-data/0000.js"].starts_with("cezhongRows(0,[["));
}

#[test]
fn a_sentence_of_another_part_than_its_measure_says_so() {
    let texts = texts(2);
    let (mut page, mut sentences) = (page(Lang::En, &texts), sentences(&texts));
    (sentences[0].measure, sentences[0].measure_part) = (Some(7), Some(Part::Plan));
    page.sentences = sentences.into();
    // Its measure has no theme; then the part, and its cluster.
    let (html, _) = rendered(&page);
    assert!(html.contains(&format!("#8\",null,{},0,", Part::Plan.index())), "{html}");
}

#[test]
fn pictures_for_which_the_page_has_no_room_come_from_files() {
    let texts = texts(80);
    let mut page = page(Lang::En, &texts);
    let drawing = page.charts[0].drawings[0].clone();
    assert!(!rendered(&page).0.contains("class=\"sheet later\""));
    page.charts[0].drawings = vec![drawing.clone(); 80];
    let (html, files) = rendered(&page);
    let (id, later) = (&page.charts[0].id, html.matches("class=\"sheet later\"").count());
    assert!(later > 0 && later < 80 && files.len() == later, "{later} of 80");
    assert!(html.contains(&format!("src=\"charts/{id}-80.png\"")), "a picture until then");
    assert!(html.contains("img-src data: 'self' file:;"), "which the page may load");
    let content = &files[&format!("report-data/chart-{id}-80.js")];
    assert!(content.starts_with(&format!("cezhongSheet({},\"", later - 1)), "{}", &content[..40]);
}

#[test]
fn what_stands_in_a_script_cannot_end_it() {
    let safe = super::sentences::json(&["a</script>", "<!--&", "\u{2028}\u{2029}"]);
    assert_eq!(safe, r#"["a\u003c/script\u003e","\u003c!--\u0026","\u2028\u2029"]"#);
}

#[test]
fn the_page_is_the_same_twice_and_kept_if_asked_for() {
    let small = texts(80);
    assert_eq!(rendered(&page(Lang::Zh, &small)), rendered(&page(Lang::Zh, &small)));
    let Ok(folder) = std::env::var("CEZHONG_CHARTS") else { return };
    for (name, lang, n) in [("page-small", Lang::Zh, 80), ("page-large", Lang::En, 20_000)] {
        let (html, files) = rendered(&page(lang, &texts(n)));
        let folder = std::path::Path::new(&folder).join(name);
        std::fs::create_dir_all(folder.join("report-data")).unwrap();
        std::fs::write(folder.join("report.html"), html).unwrap();
        for (file, content) in files {
            std::fs::write(folder.join(file), content).unwrap();
        }
    }
}
