//! From the record to the charts' plain values: the only room that knows both.

use std::collections::BTreeMap;

use crate::chart::{
    Bar, Caption, Cell, ClusterMap, Drawing, Forest, ForestPanel, HeatMap, Interval, Keyness, KeynessPanel, Label,
    Lang, MapCluster, MapPoint, Stacked, StackedRow, Style,
};
use crate::codebook::{Part, Theme, ThemeId};
use crate::emphasis::Weight;
use crate::error::Result;
use crate::record::{Analysis, EmphasisRow, KeynessRow};
use crate::report::contents::place_keys;
use crate::table::measure_id;

/// Terms shown on each side of a keyness panel.
const KEYNESS_BARS: usize = 8;
/// A term is shown only where its false discovery rate is below this.
const KEYNESS_Q: f64 = 0.05;
/// Places with a keyness panel; of more, those with the most measures.
const KEYNESS_PANELS: usize = 12;
/// Terms in the name of a cluster on the map.
const CLUSTER_TERMS: usize = 3;

/// A chart with its file name.
#[derive(Debug)]
pub struct Figure {
    /// The file's stem: `heatmap`, `shares`, …
    pub name: &'static str,
    /// The title, as it stands on the picture.
    pub title: String,
    /// One drawing a page.
    pub pages: Vec<Drawing>,
}

/// Draws every chart of a run.
///
/// # Errors
/// [`crate::Error::Output`] for a name with a character that the font does not have.
pub fn figures(analysis: &Analysis, style: &Style) -> Result<Vec<Figure>> {
    let board = Board::of(analysis, style.lang);
    let (heat_map, stacked, forest) = (board.heat_map(), board.stacked(), board.forest());
    let mut figures = vec![
        Figure { name: "heatmap", pages: heat_map.draw(style)?, title: heat_map.title },
        Figure { name: "shares", pages: stacked.draw(style)?, title: stacked.title },
        Figure { name: "quotients", pages: forest.draw(style)?, title: forest.title },
    ];
    for (name, kind) in [("keyness-places", "place"), ("keyness-themes", "theme")] {
        let keyness = board.keyness(kind);
        if !keyness.panels.is_empty() {
            figures.push(Figure { name, pages: keyness.draw(style)?, title: keyness.title });
        }
    }
    if !analysis.clusters.is_empty() {
        let map = board.cluster_map();
        figures.push(Figure { name: "clusters", pages: map.draw(style)?, title: map.title });
    }
    Ok(figures)
}

/// The emphasis table by place-year, as the charts want it.
struct Board<'a> {
    analysis: &'a Analysis,
    lang: Lang,
    /// Place-years in order, each with its rows in the order of the themes.
    rows: Vec<(&'a str, Option<i32>, &'a [EmphasisRow])>,
}

impl<'a> Board<'a> {
    fn of(analysis: &'a Analysis, lang: Lang) -> Board<'a> {
        let rows = analysis
            .emphasis
            .chunk_by(|a, b| a.place == b.place && a.year == b.year)
            .filter(|rows| rows.iter().any(|row| row.measures > 0))
            .map(|rows| (rows[0].place.as_str(), rows[0].year, rows))
            .collect();
        Board { analysis, lang, rows }
    }

    fn theme(&self, id: ThemeId) -> &'a Theme {
        &self.analysis.codebook.themes[id as usize]
    }

    fn theme_label(&self, id: ThemeId) -> Label {
        let theme = self.theme(id);
        Label::new(self.lang.pick(&theme.zh, &theme.en), "theme", theme.id.as_str())
    }

    /// The place with its year where the corpus has several.
    fn row_label(&self, place: &str, year: Option<i32>) -> Label {
        let years = self.rows.iter().map(|row| row.1).collect::<std::collections::BTreeSet<_>>();
        let text = match year {
            Some(year) if years.len() > 1 => format!("{place} {year}"),
            _ => place.to_owned(),
        };
        Label { text, keys: place_keys(self.analysis, place, year) }
    }

    fn themes(&self) -> Vec<ThemeId> {
        self.rows.first().map_or_else(Vec::new, |(_, _, rows)| rows.iter().map(|row| row.theme).collect())
    }

    fn part(&self) -> &'static str {
        match self.analysis.part {
            Part::Review => self.lang.pick("回顾", "review"),
            Part::Problems => self.lang.pick("问题", "problems"),
            Part::Plan => self.lang.pick("计划", "plan"),
        }
    }

    fn caption(&self, unit: &str, interval: bool) -> Caption {
        let method = &self.analysis.method;
        let level = (method.level * 100.0).round();
        Caption {
            n: method.counted as usize,
            of: self.lang.pick("条措施", "measures").to_owned(),
            unit: unit.to_owned(),
            interval: match interval {
                true => format!("{level} %, {} {}", method.draws, self.lang.pick("次抽样", "draws")),
                false => String::new(),
            },
            weight: match method.weight {
                Weight::Measures => self.lang.pick("每条措施计一", "each measure counts one"),
                Weight::Sentences => self.lang.pick("按句数", "sentences"),
                Weight::Chars => self.lang.pick("按字数", "characters"),
            }
            .to_owned(),
            note: format!("{}{}", self.lang.pick("部分：", "part: "), self.part()),
        }
    }

    /// Rows in the order in which like places stand together.
    fn heat_map(&self) -> HeatMap {
        let themes = self.themes();
        let order = super::order::by_likeness(self.rows.iter().map(|(_, _, rows)| *rows));
        let rows: Vec<_> = order.into_iter().map(|index| self.rows[index]).collect();
        let cell = |row: &EmphasisRow| {
            let (low, high) = row.lq_interval?;
            Some(Cell { count: row.measures as usize, share: row.share?, lq: row.lq?, low, high })
        };
        HeatMap {
            title: self
                .lang
                .pick("各地侧重：主题占比与区位商", "Emphasis: theme shares and location quotients")
                .to_owned(),
            rows: rows.iter().map(|(place, year, _)| self.row_label(place, *year)).collect(),
            totals: rows.iter().map(|(_, _, rows)| rows.iter().map(|row| row.measures as usize).sum()).collect(),
            columns: themes.iter().map(|id| self.theme_label(*id)).collect(),
            cells: rows.iter().map(|(_, _, rows)| rows.iter().map(cell).collect()).collect(),
            whole: self.analysis.method.base.iter().map(|(_, share)| *share).collect(),
            caption: self
                .caption(self.lang.pick("占比（%），颜色为区位商", "share (%); colour: location quotient"), true),
        }
    }

    fn stacked(&self) -> Stacked {
        Stacked {
            title: self.lang.pick("各地措施的主题构成", "Shares of themes").to_owned(),
            themes: self.themes().into_iter().map(|id| self.theme_label(id)).collect(),
            rows: self
                .rows
                .iter()
                .map(|(place, year, rows)| StackedRow {
                    label: self.row_label(place, *year),
                    total: rows.iter().map(|row| row.measures as usize).sum(),
                    shares: rows.iter().map(|row| row.share.unwrap_or_default()).collect(),
                })
                .collect(),
            caption: self.caption(self.lang.pick("占比（%）", "share (%)"), false),
        }
    }

    fn forest(&self) -> Forest {
        let panel = |(column, id): (usize, ThemeId)| ForestPanel {
            label: self.theme_label(id),
            values: self
                .rows
                .iter()
                .map(|(_, _, rows)| {
                    let row = &rows[column];
                    let (low, high) = row.lq_interval?;
                    Some(Interval { value: row.lq?, low, high, count: row.measures as usize })
                })
                .collect(),
        };
        Forest {
            title: self.lang.pick("区位商与区间", "Location quotients with intervals").to_owned(),
            rows: self.rows.iter().map(|(place, year, _)| self.row_label(place, *year)).collect(),
            panels: self.themes().into_iter().enumerate().map(panel).collect(),
            caption: self.caption(self.lang.pick("区位商（全体为 1）", "location quotient (whole = 1)"), true),
        }
    }

    fn keyness(&self, kind: &str) -> Keyness {
        let mut targets: BTreeMap<&str, Vec<&KeynessRow>> = BTreeMap::new();
        for row in self.analysis.keyness.iter().filter(|row| row.target_kind == kind) {
            targets.entry(&row.target).or_default().push(row);
        }
        let mut chosen: Vec<(&str, Vec<&KeynessRow>)> = targets.into_iter().collect();
        if kind == "place" && chosen.len() > KEYNESS_PANELS {
            let measures = |place: &str| -> u64 {
                self.analysis.emphasis.iter().filter(|row| row.place == place).map(|row| row.measures).sum()
            };
            chosen.sort_by(|a, b| measures(b.0).cmp(&measures(a.0)).then_with(|| a.0.cmp(b.0)));
            chosen.truncate(KEYNESS_PANELS);
            chosen.sort_by(|a, b| a.0.cmp(b.0));
        }
        if kind == "theme" {
            let position = |id: &str| self.analysis.codebook.theme(id);
            chosen.retain(|(id, _)| *id != self.analysis.codebook.general);
            chosen.sort_by_key(|(id, _)| position(id));
        }
        let panels = chosen.into_iter().filter_map(|(target, rows)| {
            let sure: Vec<&&KeynessRow> = rows.iter().filter(|row| row.q < KEYNESS_Q).collect();
            let over = sure.iter().filter(|row| row.z > 0.0).take(KEYNESS_BARS);
            let under = sure.iter().rev().filter(|row| row.z < 0.0).take(KEYNESS_BARS / 2);
            let mut bars: Vec<Bar> = over
                .chain(under)
                .map(|row| Bar {
                    label: Label {
                        text: row.term.clone(),
                        keys: vec![
                            ("term".into(), row.term.clone()),
                            (kind.into(), target.into()),
                            ("part".into(), self.analysis.part.id().into()),
                        ],
                    },
                    z: row.z,
                    count: row.count as usize,
                    rest: row.rest as usize,
                })
                .collect();
            bars.sort_by(|a, b| b.z.total_cmp(&a.z));
            let label = match kind {
                "theme" => self.theme_label(self.analysis.codebook.theme(target)?),
                _ => Label::new(target, "place", target),
            };
            (!bars.is_empty()).then_some(KeynessPanel { target: label, bars })
        });
        Keyness {
            title: match kind {
                "theme" => self.lang.pick("各主题的关键词", "Key terms of themes"),
                _ => self.lang.pick("各地的关键词", "Key terms of places"),
            }
            .to_owned(),
            panels: panels.collect(),
            caption: Caption {
                weight: String::new(),
                note: self.lang.pick("仅列 q < 0.05 的词", "terms with q < 0.05 only").to_owned(),
                ..self.caption(self.lang.pick("对数几率的 z 值", "z of the log-odds"), false)
            },
        }
    }

    fn cluster_map(&self) -> ClusterMap {
        let analysis = self.analysis;
        let clusters = analysis
            .clusters
            .iter()
            .map(|row| MapCluster {
                number: row.cluster as usize,
                name: row.terms.iter().take(CLUSTER_TERMS).cloned().collect::<Vec<_>>().join(" "),
                size: row.size as usize,
            })
            .collect();
        let points: Vec<MapPoint> = analysis
            .documents
            .iter()
            .flat_map(|coded| {
                coded.measures.iter().enumerate().filter_map(move |(index, measure)| {
                    let (x, y) = measure.map?;
                    Some(MapPoint {
                        x: f64::from(x),
                        y: f64::from(y),
                        cluster: measure.cluster? as usize,
                        keys: vec![("measure".into(), measure_id(coded, index))],
                    })
                })
            })
            .collect();
        let n = points.len();
        ClusterMap {
            title: self.lang.pick("措施地图：按用词聚类", "Map of measures by cluster").to_owned(),
            x_name: self.lang.pick("第一轴", "first axis").to_owned(),
            y_name: self.lang.pick("第二轴", "second axis").to_owned(),
            points,
            clusters,
            caption: Caption { n, weight: String::new(), ..self.caption("", false) },
        }
    }
}
