//! The map of measures, and clusters by theme.

use crate::chart::{Caption, ClusterMap, Label, Lang, MapCluster, MapPoint, Matrix};
use crate::codebook::ThemeId;
use crate::record::ClusterRow;
use crate::table::measure_id;

use super::board::{Board, about};

/// Terms in the name of a cluster.
const TERMS: usize = 3;
/// Points kept for the map, evenly over the corpus; more are not told apart by any eye.
const POINTS: usize = 3000;

fn name(row: &ClusterRow) -> String {
    row.terms.iter().take(TERMS).cloned().collect::<Vec<_>>().join(" ")
}

impl Board<'_> {
    /// A dot a measure.
    pub fn cluster_map(&self) -> Option<ClusterMap> {
        let analysis = self.analysis;
        let clusters: Vec<MapCluster> = analysis
            .clusters
            .iter()
            .map(|row| MapCluster { number: row.cluster as usize, name: name(row), size: row.size as usize })
            .collect();
        let placed = analysis.documents.iter().flat_map(|coded| {
            coded
                .measures
                .iter()
                .enumerate()
                .filter_map(move |(index, measure)| Some((coded, index, measure.map?, measure.cluster?)))
        });
        let n = placed.clone().count();
        let every = n.div_ceil(POINTS).max(1);
        let points: Vec<MapPoint> = placed
            .step_by(every)
            .map(|(coded, index, (x, y), cluster)| MapPoint {
                x: f64::from(x),
                y: f64::from(y),
                cluster: cluster as usize,
                keys: vec![("measure".into(), measure_id(coded, index))],
            })
            .collect();
        let caption = Caption { n, weight: String::new(), ..self.caption("", false) };
        let caption = match (every, self.lang) {
            (1, _) => caption,
            (_, Lang::Zh) => caption.noting(&format!("每 {every} 条画一点，共 {} 点", points.len()), self.lang),
            (_, Lang::En) => {
                caption.noting(&format!("one measure of {every} is drawn, {} in all", points.len()), self.lang)
            }
        };
        (!clusters.is_empty()).then(|| ClusterMap {
            title: self.lang.pick("措施地图：按用词聚类", "Map of measures by cluster").to_owned(),
            x_name: self.lang.pick("第一轴（无量纲）", "first axis (no unit)").to_owned(),
            y_name: self.lang.pick("第二轴（无量纲）", "second axis (no unit)").to_owned(),
            points,
            clusters,
            caption,
        })
    }

    /// How many measures of each cluster are about each theme; the general theme is among them.
    pub fn clusters_by_theme(&self) -> Option<Matrix> {
        let analysis = self.analysis;
        let themes: Vec<ThemeId> = (0..analysis.codebook.themes.len() as ThemeId).collect();
        let mut counts = vec![vec![0usize; themes.len()]; analysis.clusters.len()];
        for measure in analysis.documents.iter().flat_map(|coded| &coded.measures) {
            if let (Some(cluster), Some(theme)) = (measure.cluster, about(measure)) {
                counts[cluster as usize][theme as usize] += 1;
            }
        }
        let row = |(row, counts): (&ClusterRow, &Vec<usize>)| {
            let keys = [
                ("count", counts.iter().sum::<usize>().to_string()),
                ("cluster", row.cluster.to_string()),
                ("scope", "sure".to_owned()),
            ];
            Label {
                text: format!("{} {}", row.cluster, name(row)),
                keys: keys.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            }
        };
        let column = |id: &ThemeId| {
            let within = self.count(|_, measure| measure.cluster.is_some() && about(measure) == Some(*id));
            let keys = [
                ("count", within.to_string()),
                ("theme", self.theme(*id).id.clone()),
                ("scope", "clustered".to_owned()),
            ];
            Label {
                text: self.theme_name(*id).to_owned(),
                keys: keys.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            }
        };
        let general = self.theme_name(analysis.codebook.general());
        let apart = match self.lang {
            Lang::Zh => format!("“{general}”是不计占比的主题，不是合计"),
            Lang::En => format!("“{general}” is a theme without shares, no total"),
        };
        (!analysis.clusters.is_empty()).then(|| Matrix {
            title: self.lang.pick("聚类与主题", "Clusters and themes").to_owned(),
            row_name: self.lang.pick("聚类", "cluster").to_owned(),
            column_name: self.lang.pick("主题", "theme").to_owned(),
            rows: analysis.clusters.iter().zip(&counts).map(row).collect(),
            columns: themes.iter().map(column).collect(),
            caption: Caption {
                n: counts.iter().flatten().sum(),
                weight: String::new(),
                ..self.caption(self.lang.pick("条", "measures"), false).noting(&apart, self.lang)
            },
            counts,
            agreement: false,
        })
    }
}
