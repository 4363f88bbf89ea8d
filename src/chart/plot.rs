//! A chart of any kind, as it is kept beside its picture and drawn again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::canvas::{Drawing, Label};
use super::{
    ClusterMap, Correspondence, Dendrogram, Forest, Growth, HeatMap, Join, Keyness, Lang, Matrix, RiskCoverage, Slope,
    Stacked, Style, Trends,
};
use crate::error::Result;

/// A chart of any kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "chart", rename_all = "snake_case")]
pub enum Plot {
    /// Place × theme, coloured.
    HeatMap(HeatMap),
    /// Bars cut by theme.
    Stacked(Stacked),
    /// Quotients with intervals.
    Forest(Forest),
    /// Terms that tell targets apart.
    Keyness(Keyness),
    /// Measures on two axes.
    ClusterMap(ClusterMap),
    /// Places and themes on two axes.
    Correspondence(Correspondence),
    /// A tree of places.
    Dendrogram(Dendrogram),
    /// Shares over the years.
    Trends(Trends),
    /// Two sides, theme by theme.
    Slope(Slope),
    /// Planned rates.
    Growth(Growth),
    /// Counts of rows by columns.
    Matrix(Matrix),
    /// Errors against coverage.
    RiskCoverage(RiskCoverage),
}

/// One chart in both languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bilingual {
    /// 中文
    pub zh: Plot,
    /// English
    pub en: Plot,
}

impl Bilingual {
    /// The chart in one language.
    pub fn in_lang(&self, lang: Lang) -> &Plot {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// The place that a label stands for.
fn place_of(label: &Label) -> Option<&str> {
    label.keys.iter().find(|(name, _)| name == "place").map(|(_, place)| place.as_str())
}

impl Plot {
    /// The title.
    pub fn title(&self) -> &str {
        match self {
            Plot::HeatMap(chart) => &chart.title,
            Plot::Stacked(chart) => &chart.title,
            Plot::Forest(chart) => &chart.title,
            Plot::Keyness(chart) => &chart.title,
            Plot::ClusterMap(chart) => &chart.title,
            Plot::Correspondence(chart) => &chart.title,
            Plot::Dendrogram(chart) => &chart.title,
            Plot::Trends(chart) => &chart.title,
            Plot::Slope(chart) => &chart.title,
            Plot::Growth(chart) => &chart.title,
            Plot::Matrix(chart) => &chart.title,
            Plot::RiskCoverage(chart) => &chart.title,
        }
    }

    /// Draws it, one drawing a page.
    ///
    /// # Errors
    /// As the chart's own `draw`.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        match self {
            Plot::HeatMap(chart) => chart.draw(style),
            Plot::Stacked(chart) => chart.draw(style),
            Plot::Forest(chart) => chart.draw(style),
            Plot::Keyness(chart) => chart.draw(style),
            Plot::ClusterMap(chart) => chart.draw(style),
            Plot::Correspondence(chart) => chart.draw(style),
            Plot::Dendrogram(chart) => chart.draw(style),
            Plot::Trends(chart) => chart.draw(style),
            Plot::Slope(chart) => chart.draw(style),
            Plot::Growth(chart) => chart.draw(style),
            Plot::Matrix(chart) => chart.draw(style),
            Plot::RiskCoverage(chart) => chart.draw(style),
        }
    }

    /// The labels that can stand for places.
    fn labels(&self) -> Vec<&Label> {
        match self {
            Plot::HeatMap(chart) => chart.rows.iter().collect(),
            Plot::Stacked(chart) => chart.rows.iter().map(|row| &row.label).collect(),
            Plot::Forest(chart) => {
                let rows = chart.panels.iter().flat_map(|panel| panel.rows.iter().map(|(label, _)| label));
                chart.panels.iter().map(|panel| &panel.label).chain(rows).collect()
            }
            Plot::Keyness(chart) => chart.panels.iter().map(|panel| &panel.target).collect(),
            Plot::ClusterMap(_) | Plot::RiskCoverage(_) => vec![],
            Plot::Correspondence(chart) => chart.places.iter().map(|mark| &mark.label).collect(),
            Plot::Dendrogram(chart) => chart.leaves.iter().collect(),
            Plot::Trends(chart) => {
                let lines = chart.panels.iter().flat_map(|panel| panel.lines.iter().map(|line| &line.label));
                chart.panels.iter().map(|panel| &panel.label).chain(lines).collect()
            }
            // A panel's own name opens nothing, so its sides say whose it is.
            Plot::Slope(chart) => chart.panels.iter().map(|panel| &panel.left).collect(),
            Plot::Growth(chart) => chart.rows.iter().collect(),
            Plot::Matrix(chart) => chart.rows.iter().collect(),
        }
    }

    /// The places that it shows, sorted; empty for a chart that shows none.
    pub fn places(&self) -> BTreeSet<&str> {
        self.labels().into_iter().filter_map(place_of).collect()
    }

    /// Keeps to these places; a chart without places stays whole.
    pub fn keep(&mut self, places: &BTreeSet<&str>) {
        let kept = |label: &Label| place_of(label).is_none_or(|place| places.contains(place));
        match self {
            Plot::HeatMap(chart) => {
                let keep: Vec<bool> = chart.rows.iter().map(kept).collect();
                sift(&mut chart.rows, &keep);
                sift(&mut chart.totals, &keep);
                sift(&mut chart.cells, &keep);
                // The line of the whole still counts every place of the run.
            }
            Plot::Stacked(chart) => chart.rows.retain(|row| kept(&row.label)),
            Plot::Forest(chart) => {
                chart.panels.retain(|panel| kept(&panel.label));
                chart.panels.iter_mut().for_each(|panel| panel.rows.retain(|(label, _)| kept(label)));
            }
            Plot::Keyness(chart) => chart.panels.retain(|panel| kept(&panel.target)),
            Plot::ClusterMap(_) | Plot::RiskCoverage(_) => {}
            Plot::Correspondence(chart) => chart.places.retain(|mark| kept(&mark.label)),
            Plot::Dendrogram(chart) => prune(chart, kept),
            Plot::Trends(chart) => {
                chart.panels.retain(|panel| kept(&panel.label));
                chart.panels.iter_mut().for_each(|panel| panel.lines.retain(|line| kept(&line.label)));
            }
            Plot::Slope(chart) => chart.panels.retain(|panel| kept(&panel.left)),
            Plot::Growth(chart) => {
                let keep: Vec<bool> = chart.rows.iter().map(kept).collect();
                sift(&mut chart.rows, &keep);
                chart.panels.iter_mut().for_each(|panel| sift(&mut panel.rates, &keep));
            }
            Plot::Matrix(chart) => {
                let keep: Vec<bool> = chart.rows.iter().map(kept).collect();
                sift(&mut chart.rows, &keep);
                sift(&mut chart.counts, &keep);
            }
        }
    }
}

fn sift<T>(values: &mut Vec<T>, keep: &[bool]) {
    let mut flags = keep.iter();
    values.retain(|_| flags.next().copied().unwrap_or(true));
}

/// Takes leaves off a tree; a join that has lost one side vanishes into the other.
fn prune(tree: &mut Dendrogram, kept: impl Fn(&Label) -> bool) {
    let n = tree.leaves.len();
    let keep: Vec<bool> = tree.leaves.iter().map(kept).collect();
    let left = keep.iter().filter(|keep| **keep).count();
    let mut next = 0;
    let mut nodes: Vec<Option<usize>> = keep
        .iter()
        .map(|keep| {
            keep.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    let mut joins: Vec<Join> = vec![];
    for join in &tree.joins {
        // A join of branches that do not stand before it is left for `draw` to refuse.
        let side = |node: usize| nodes.get(node).copied().flatten();
        let joined = match (side(join.left), side(join.right)) {
            (Some(a), Some(b)) => {
                joins.push(Join { left: a, right: b, distance: join.distance });
                Some(left + joins.len() - 1)
            }
            (one, other) => one.or(other),
        };
        nodes.push(joined);
    }
    debug_assert_eq!(nodes.len(), n + tree.joins.len());
    sift(&mut tree.leaves, &keep);
    tree.joins = joins;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> Label {
        Label::new(name, "place", name)
    }

    #[test]
    fn a_pruned_tree_joins_what_is_left() {
        let join = |left, right, distance| Join { left, right, distance };
        let mut tree = Dendrogram {
            leaves: ["甲", "乙", "丙", "丁"].map(place).to_vec(),
            joins: vec![join(0, 1, 0.1), join(2, 3, 0.2), join(4, 5, 0.5)],
            ..Dendrogram::default()
        };
        prune(&mut tree, |label| label.text != "乙");
        assert_eq!(tree.joins, [join(1, 2, 0.2), join(0, 3, 0.5)]);
        assert_eq!(tree.draw(&Style::default()).unwrap().len(), 1);
    }

    #[test]
    fn places_that_were_not_asked_for_go_with_all_that_is_theirs() {
        let mut plot = Plot::HeatMap(HeatMap {
            rows: ["甲", "乙", "丙"].map(place).to_vec(),
            totals: vec![1, 2, 3],
            cells: vec![vec![], vec![None], vec![None, None]],
            ..HeatMap::default()
        });
        assert_eq!(plot.places(), ["甲", "乙", "丙"].into());
        plot.keep(&["丙"].into());
        let Plot::HeatMap(map) = &plot else { panic!("still a heat map") };
        assert_eq!((map.rows.len(), &map.totals[..], map.cells[0].len()), (1, &[3][..], 2));
    }

    #[test]
    fn a_slope_s_panels_are_places() {
        use crate::chart::SlopePanel;
        let panel = |name: &str| SlopePanel { left: Label::new("2023", "place", name), ..SlopePanel::default() };
        let mut plot = Plot::Slope(Slope { panels: vec![panel("甲"), panel("乙")], ..Slope::default() });
        assert_eq!(plot.places(), ["甲", "乙"].into());
        plot.keep(&["乙"].into());
        assert_eq!(plot.places(), ["乙"].into());
    }

    #[test]
    fn a_chart_reads_back_as_it_was_written() {
        let plot = Plot::Correspondence(Correspondence {
            title: "图".into(),
            places: vec![super::super::MapMark { label: place("甲"), x: 0.375, y: -1.5 }],
            inertia: [0.5, 0.25],
            ..Correspondence::default()
        });
        let text = serde_json::to_string(&plot).unwrap();
        assert!(text.starts_with("{\"chart\":\"correspondence\""), "{text}");
        assert_eq!(serde_json::from_str::<Plot>(&text).unwrap(), plot);
    }
}
