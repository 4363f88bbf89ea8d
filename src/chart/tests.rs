//! Draws every chart on made-up numbers; with `CEZHONG_CHARTS=DIR` in the environment the pictures are kept to be looked at.

use super::*;

/// Numbers without pattern but the same everywhere: 0 to 1.
fn noise(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    (*seed >> 33) as f64 / (1u64 << 31) as f64
}

const PLACES: [&str; 14] = [
    "青禾镇",
    "石桥镇",
    "云岭乡",
    "临河街道",
    "柳泉镇",
    "东坪乡",
    "双塔街道",
    "南湾镇",
    "白羊镇",
    "红枫镇",
    "积石山保安族东乡族撒拉族自治县刘集乡",
    "大河家镇",
    "西渡镇",
    "官庄镇（2024）",
];
const THEMES: [(&str, &str, &str); 11] = [
    ("industry", "产业与项目", "industry and projects"),
    ("agriculture", "农业农村", "agriculture"),
    ("culture_tourism", "文化旅游", "culture and tourism"),
    ("infrastructure", "城乡建设", "infrastructure"),
    ("environment", "生态环境", "environment"),
    ("livelihood", "民生保障", "livelihood"),
    ("governance", "社会治理", "governance"),
    ("safety", "公共安全", "safety"),
    ("party", "党的建设", "party"),
    ("economy", "经济财政", "economy"),
    ("general", "总体", "general"),
];

fn caption(lang: Lang) -> Caption {
    Caption {
        n: 1536,
        of: lang.pick("条措施", "measures").into(),
        unit: "%".into(),
        interval: lang.pick("95%，文档内块自助法 1000 次", "95 %, block bootstrap, 1,000 draws").into(),
        weight: lang.pick("措施数", "measures").into(),
        note: String::new(),
    }
}

fn places(n: usize) -> Vec<Label> {
    let name = |i: usize| if i < PLACES.len() { PLACES[i].to_owned() } else { format!("{}{}", PLACES[i % 10], i) };
    (0..n).map(|i| Label::new(name(i), "place", name(i))).collect()
}

fn themes(lang: Lang) -> Vec<Label> {
    THEMES.iter().map(|(id, zh, en)| Label::new(lang.pick(zh, en), "theme", *id)).collect()
}

fn cells(n: usize, seed: u64) -> Vec<Vec<Option<Cell>>> {
    let mut seed = seed;
    (0..n)
        .map(|row| {
            let weights: Vec<f64> = (0..11).map(|_| libm::pow(noise(&mut seed), 2.0) + 0.02).collect();
            let sum: f64 = weights.iter().sum();
            (0..11)
                .map(|column| {
                    let share = weights[column] / sum;
                    let (lq, wide) = (share * 11.0, 1.2 + noise(&mut seed));
                    let cell = Cell {
                        count: (share * 120.0) as usize,
                        share,
                        lq,
                        low: lq / wide,
                        high: lq * wide,
                        few: false,
                    };
                    (row != 3 || column != 4).then_some(cell)
                })
                .collect()
        })
        .collect()
}

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

const TERMS: [&str; 16] = [
    "招商引资",
    "苹果",
    "高标准农田",
    "人居环境整治提升行动",
    "矛盾纠纷",
    "双招双引",
    "乡村旅游",
    "网格员",
    "养老",
    "技改",
    "Wi-Fi",
    "河长制",
    "秸秆",
    "停车位",
    "预制菜产业园",
    "学校",
];

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

fn cluster_map(clusters: usize, points: usize, lang: Lang) -> ClusterMap {
    let mut seed = 5;
    let centres: Vec<(f64, f64)> = (0..clusters).map(|_| (noise(&mut seed) * 1.6, noise(&mut seed))).collect();
    let point = |i: usize| {
        let cluster = (i * i + i) % clusters;
        let mut near = |centre: f64| centre + (noise(&mut seed) + noise(&mut seed) + noise(&mut seed) - 1.5) * 0.22;
        MapPoint {
            x: near(centres[cluster].0),
            y: near(centres[cluster].1),
            cluster,
            keys: vec![("measure".into(), format!("m{i}"))],
        }
    };
    let name = |i: usize| format!("{}·{}·{}", TERMS[i % 16], TERMS[(i * 5 + 1) % 16], TERMS[(i * 7 + 2) % 16]);
    ClusterMap {
        title: lang.pick("措施的类别", "Clusters of measures").into(),
        x_name: lang.pick("潜在轴 1（无量纲）", "latent axis 1 (no unit)").into(),
        y_name: lang.pick("潜在轴 2（无量纲）", "latent axis 2 (no unit)").into(),
        points: (0..points).map(point).collect(),
        clusters: (0..clusters)
            .map(|i| MapCluster { number: i, name: name(i), size: points / clusters + 9 * (clusters - i) })
            .collect(),
        caption: caption(lang),
    }
}

/// Draws on screen and in print, checks what holds for every chart, and keeps the pictures if asked to.
fn show(name: &str, draw: impl Fn(Lang, &Style) -> Result<Vec<Drawing>, crate::Error>) -> Vec<Drawing> {
    let mut screen = vec![];
    for (tag, lang, size) in [("zh", Lang::Zh, Size::Screen), ("en-print", Lang::En, Size::Print)] {
        let style = Style { lang, size };
        let pages = draw(lang, &style).unwrap();
        for (number, page) in pages.iter().enumerate() {
            assert_eq!(f64::from(page.width), style.width());
            within(page, name);
            if let Ok(folder) = std::env::var("CEZHONG_CHARTS") {
                let stem = std::path::Path::new(&folder).join(format!("{name}-{tag}-{}", number + 1));
                std::fs::write(stem.with_extension("svg"), &page.svg).unwrap();
                std::fs::write(
                    stem.with_extension("png"),
                    page.png(if size == Size::Print { 2.0 } else { 1.0 }).unwrap(),
                )
                .unwrap();
            }
        }
        if lang == Lang::Zh {
            assert_eq!(pages, draw(lang, &style).unwrap(), "{name} differs from run to run");
            screen = pages;
        }
    }
    screen
}

/// Every text stands within the sheet, and no two cross each other.
fn within(page: &Drawing, name: &str) {
    let mut boxes: Vec<(f64, f64, f64, f64, String)> = vec![];
    for element in page.svg.split("<text ").skip(1) {
        let (head, rest) = element.split_once('>').unwrap();
        let body = rest.split("</text>").next().unwrap();
        let body =
            body.rsplit("</title>").next().unwrap().replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        let attr = |key: &str| head.split(&format!("{key}=\"")).nth(1).map(|v| v.split('"').next().unwrap());
        let number = |key: &str| attr(key).unwrap().parse::<f64>().unwrap();
        let (x, y, size) = (number("x"), number("y"), number("font-size"));
        let wide = font::width(&body, size);
        let shift = match attr("text-anchor") {
            Some("middle") => wide / 2.0,
            Some("end") => wide,
            _ => 0.0,
        };
        let area = if attr("transform").is_some() {
            (x, y - wide + shift, x + size, y + shift)
        } else {
            (x - shift, y, x - shift + wide, y + 0.8 * size)
        };
        let inside = area.0 >= -1.0
            && area.1 >= -1.0
            && area.2 <= f64::from(page.width) + 1.0
            && area.3 <= f64::from(page.height) + 1.0;
        assert!(inside, "{name}: “{body}” leaves the sheet: {area:?} of {} × {}", page.width, page.height);
        for other in &boxes {
            let crossing =
                area.0 + 1.0 < other.2 && other.0 + 1.0 < area.2 && area.1 + 1.0 < other.3 && other.1 + 1.0 < area.3;
            assert!(!crossing, "{name}: “{body}” {area:?} covers {other:?}");
        }
        boxes.push((area.0, area.1, area.2, area.3, body));
    }
    assert!(!boxes.is_empty(), "{name} says nothing");
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

#[test]
fn cluster_map_names_its_clusters() {
    let pages = show("cluster_map", |lang, style| cluster_map(9, 700, lang).draw(style));
    assert!(pages[0].svg.contains("data-measure=\"m12\""));
    show("cluster_map_24", |lang, style| cluster_map(24, 4000, lang).draw(style));
}

#[test]
fn correspondence_names_do_not_overlap() {
    let chart = |places: usize, lang: Lang| {
        let mut seed = 9;
        let mut mark = |label: Label| MapMark {
            label,
            x: noise(&mut seed) * noise(&mut seed) - 0.3,
            y: noise(&mut seed) * 0.8 - 0.4,
        };
        Correspondence {
            title: lang.pick("地方与主题的对应", "Places and themes").into(),
            places: self::places(places).into_iter().map(&mut mark).collect(),
            themes: themes(lang).into_iter().map(&mut mark).collect(),
            supplementary: ["2024", "2025"].into_iter().map(|year| mark(Label::new(year, "year", year))).collect(),
            inertia: [0.412, 0.233],
            caption: caption(lang),
        }
    };
    show("correspondence", |lang, style| chart(14, lang).draw(style));
    show("correspondence_120", |lang, style| chart(120, lang).draw(style));
}

#[test]
fn dendrogram_joins_all_leaves_and_refuses_what_is_no_tree() {
    let chart = |n: usize, lang: Lang| Dendrogram {
        title: lang.pick("地方的相似", "How alike places are").into(),
        distance_name: lang.pick("距离（Jensen–Shannon，0–1）", "distance (Jensen–Shannon, 0–1)").into(),
        leaves: places(n),
        // Pairs first, then everything to the first pair.
        joins: (0..n / 2)
            .map(|i| Join { left: 2 * i, right: 2 * i + 1, distance: 0.05 + 0.01 * i as f64 })
            .chain((1..n / 2).map(|i| Join {
                left: if i == 1 { n } else { n + n / 2 + i - 2 },
                right: n + i,
                distance: 0.1 + 0.08 * i as f64,
            }))
            .collect(),
        caption: caption(lang),
    };
    show("dendrogram", |lang, style| chart(14, lang).draw(style));
    let mut broken = chart(14, Lang::Zh);
    broken.joins.pop();
    assert!(broken.draw(&Style::default()).unwrap_err().to_string().contains("12 joins"));
}

#[test]
fn trends_break_where_a_year_is_missing() {
    let chart = |lang: Lang| {
        let mut seed = 21;
        let mut line = |name: &str, gap: bool| TrendLine {
            label: Label::new(name, "place", name),
            values: (0..10)
                .map(|year| {
                    let value = 0.06 + 0.1 * noise(&mut seed) + 0.005 * f64::from(year);
                    (!gap || year != 4).then_some(Band { value, low: value * 0.7, high: value * 1.25, count: 9 })
                })
                .collect(),
        };
        Trends {
            title: lang.pick("各主题占比的变化", "Shares of themes over time").into(),
            value_name: lang.pick("纵轴：占比（%）", "y: share (%)").into(),
            factor: 100.0,
            years: (2016..2026).collect(),
            panels: themes(lang)
                .into_iter()
                .map(|label| TrendPanel { label, lines: vec![line("青禾镇", false), line("石桥镇", true)] })
                .collect(),
            caption: caption(lang),
        }
    };
    let pages = show("trends", |lang, style| chart(lang).draw(style));
    // Eleven panels, one whole line and one in two pieces each.
    assert_eq!(pages[0].svg.matches("<polyline").count(), 33);
}

#[test]
fn slopes_of_review_and_plan() {
    let chart = |n: usize, lang: Lang| {
        let mut seed = 33;
        let mut line = |label: Label| {
            let (from, to) = (noise(&mut seed) * 0.2, noise(&mut seed) * 0.2);
            SlopeLine { label, from, to, sure: (from - to).abs() > 0.06, counts: [3, 4] }
        };
        Slope {
            title: lang.pick("回顾与计划", "Review and plan").into(),
            panels: places(n)
                .into_iter()
                .map(|label| SlopePanel {
                    label,
                    left: Label::new(lang.pick("回顾 2024", "review 2024"), "part", "review"),
                    right: Label::new(lang.pick("计划 2025", "plan 2025"), "part", "plan"),
                    lines: themes(lang).into_iter().map(&mut line).collect(),
                })
                .collect(),
            caption: caption(lang),
        }
    };
    show("slope", |lang, style| chart(5, lang).draw(style));
    show("slope_one", |lang, style| chart(1, lang).draw(style));
}

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
fn growth_leaves_places_without_a_target_blank() {
    let chart = |lang: Lang| {
        let mut seed = 51;
        let mut rate = |row: usize| {
            let value = libm::round(noise(&mut seed) * 24.0 - 2.0);
            (row % 4 != 3).then(|| Rate {
                value,
                text: format!("{}{value}%", if row.is_multiple_of(2) { "≥" } else { "力争" }),
                keys: Keys::new(),
            })
        };
        let names =
            ["一般公共预算收入", "规模以上工业增加值", "固定资产投资", "农村居民人均可支配收入", "社会消费品零售总额"];
        Growth {
            title: lang.pick("各地的目标增速", "Planned growth").into(),
            rows: places(14),
            panels: names
                .map(|name| GrowthPanel { label: name.into(), rates: (0..14).map(&mut rate).collect() })
                .to_vec(),
            caption: caption(lang),
        }
    };
    show("growth", |lang, style| chart(lang).draw(style));
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

#[test]
fn charts_of_nothing_are_still_charts() {
    for pages in [
        HeatMap::default().draw(&Style::default()),
        Stacked::default().draw(&Style::default()),
        Forest::default().draw(&Style::default()),
        Keyness::default().draw(&Style::default()),
        ClusterMap::default().draw(&Style::default()),
        Correspondence::default().draw(&Style::default()),
        Dendrogram::default().draw(&Style::default()),
        Trends::default().draw(&Style::default()),
        Slope::default().draw(&Style::default()),
        Matrix::default().draw(&Style::default()),
        Growth::default().draw(&Style::default()),
        RiskCoverage::default().draw(&Style::default()),
    ] {
        assert_eq!(pages.unwrap().len(), 1);
    }
}
