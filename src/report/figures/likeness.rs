//! Places and themes on one map, and the tree of likeness.

use crate::chart::{Correspondence, Dendrogram, Join, Label, MapMark};
use crate::record::PointRow;

use super::board::Board;

impl Board<'_> {
    /// The first two axes of the correspondence analysis. Places that show most of their inertia there come first, so that
    /// theirs are the names that find room.
    pub fn correspondence(&self) -> Option<Correspondence> {
        let map = self.analysis.correspondence.as_ref().filter(|map| map.axes.len() > 1)?;
        let mark = |point: &PointRow, label: Label| {
            Some(MapMark { label, x: *point.coordinates.first()?, y: *point.coordinates.get(1)? })
        };
        let of = |kind: &'static str| map.points.iter().filter(move |point| point.kind == kind);
        let mut places: Vec<&PointRow> = of("place").collect();
        places.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.point.cmp(&b.point)));
        let theme = |point: &PointRow| {
            let label = self.theme_label(self.analysis.codebook.theme(&point.point)?);
            mark(point, label)
        };
        Some(Correspondence {
            title: self.lang.pick("地方与主题的对应分析", "Places and themes: correspondence analysis").to_owned(),
            places: places.into_iter().filter_map(|point| mark(point, self.place_label(&point.point))).collect(),
            themes: of("theme").filter_map(theme).collect(),
            supplementary: of("year")
                .filter_map(|point| mark(point, self.year_label(point.point.parse().ok()?)))
                .collect(),
            inertia: [map.axes[0].share, map.axes[1].share],
            caption: self.caption(self.lang.pick("主坐标（无量纲）", "principal coordinates (no unit)"), false),
        })
    }

    /// All years of a place together, as leaves.
    pub fn dendrogram(&self) -> Option<Dendrogram> {
        let nodes = &self.analysis.tree;
        let leaves: Vec<Label> =
            nodes.iter().filter_map(|node| Some(self.place_label(node.place.as_deref()?))).collect();
        let joins: Vec<Join> = nodes
            .iter()
            .filter_map(|node| {
                let (left, right) = node.children?;
                Some(Join { left: left as usize, right: right as usize, distance: node.height })
            })
            .collect();
        (leaves.len() > 2).then(|| Dendrogram {
            title: self.lang.pick("哪些地方的侧重相似", "Which places are alike").to_owned(),
            distance_name: self
                .lang
                .pick(
                    "Jensen–Shannon 距离（0 相同，1 无共同主题）",
                    "Jensen–Shannon distance (0 the same, 1 no theme in common)",
                )
                .to_owned(),
            leaves,
            joins,
            caption: self
                .caption("", false)
                .noting(self.lang.pick("平均联结法，各年合计", "average linkage, all years together"), self.lang),
        })
    }
}

/// How much of the two axes' inertia is the point's own.
fn weight(point: &PointRow) -> f64 {
    point.contributions.iter().take(2).sum()
}
