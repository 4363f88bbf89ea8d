//! The map of measures (措施地图): each measure a dot on two axes, coloured by its cluster.

use super::canvas::{Anchor, Canvas, Drawing, Keys, counted};
use super::fit::{shorten, wrap};
use super::font::width;
use super::frame::Caption;
use super::labels::{Area, place};
use super::scale::{Scale, grouped, range, widen};
use super::style::{GRID, INK, Lang, PAPER, RULE, SOFT, Style, category};
use crate::error::Result;

/// Dots drawn at most; of more, every k-th is drawn and the caption says so.
const MOST_DOTS: usize = 3000;

/// One measure.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct MapPoint {
    /// Its place on the first axis.
    pub x: f64,
    /// Its place on the second axis.
    pub y: f64,
    /// Its cluster, as an index into [`ClusterMap::clusters`].
    pub cluster: usize,
    /// What it stands for: its measure's id.
    pub keys: Keys,
}

/// One cluster.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct MapCluster {
    /// Its number, as in the tables.
    pub number: usize,
    /// Its name: the terms that weigh most.
    pub name: String,
    /// The number of its measures.
    pub size: usize,
}

/// Measures on two axes, by cluster.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ClusterMap {
    /// The title.
    pub title: String,
    /// The name of the first axis, with its unit.
    pub x_name: String,
    /// The name of the second axis, with its unit.
    pub y_name: String,
    /// The measures.
    pub points: Vec<MapPoint>,
    /// The clusters.
    pub clusters: Vec<MapCluster>,
    /// The line below.
    pub caption: Caption,
}

impl ClusterMap {
    /// Draws it, on one page.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        let (lang, size, small, margin) = (style.lang, style.text(), style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &self.title);
        let reading = lang.pick(
            "小点：一条措施，相近的点用词相近；大点：一类的中位；右侧列出各类名称与措施数。",
            "Small dot: a measure; those that are near use similar words. Large dot: the middle of a cluster. Names and sizes of clusters at the right.",
        );
        let top = canvas.header(&self.title, reading);
        let list = 0.3 * style.width();
        let plot = Area {
            x: margin + 2.0 * small,
            y: top,
            w: style.width() - list - 2.0 * margin - 3.0 * small,
            h: (0.5 * style.width()).max((self.clusters.len() as f64) * 2.0 * small),
        };
        canvas.frame(plot.x, plot.y, plot.w, plot.h, GRID);
        let x = Scale::new(widen(range(self.points.iter().map(|p| p.x)), 0.04), (plot.x, plot.x + plot.w));
        let y = Scale::new(widen(range(self.points.iter().map(|p| p.y)), 0.04), (plot.y + plot.h, plot.y));
        let every = self.points.len().div_ceil(MOST_DOTS).max(1);
        let mut dots = Vec::new();
        for point in self.points.iter().step_by(every).filter(|p| p.x.is_finite() && p.y.is_finite()) {
            let at = (x.at(point.x), y.at(point.y));
            dots.push(at);
            let number = vec![(
                "cluster".to_owned(),
                self.clusters.get(point.cluster).map_or(point.cluster, |c| c.number).to_string(),
            )];
            canvas.mark(&[&counted(1), &point.keys, &number], "", |canvas| {
                // Beyond the colours, clusters are told apart by hollow dots.
                if point.cluster < 11 {
                    canvas.dot(at, 3, category(point.cluster), 0.65)
                } else {
                    canvas.ring(at, 3, category(point.cluster % 11))
                }
            });
        }
        self.names(&mut canvas, plot, &x, &y, &dots);
        canvas.text(plot.x + plot.w / 2.0, plot.y + plot.h + small, small, SOFT, Anchor::Middle, &self.x_name);
        canvas.upright(margin + 0.6 * small, plot.y + plot.h / 2.0, small, SOFT, Anchor::Middle, &self.y_name);
        let below = self.list(&mut canvas, (plot.x + plot.w + 1.2 * size, style.width() - margin), top);
        let mut caption = self.caption.clone();
        if every > 1 {
            let shown = grouped(dots.len());
            let said = match lang {
                Lang::Zh => format!("每 {every} 条画一点，共 {shown} 点"),
                Lang::En => format!("one measure of {every} is drawn, {shown} in all"),
            };
            caption = caption.noting(&said, lang);
        }
        let height = canvas.footer((plot.y + plot.h + 2.0 * small).max(below), &caption);
        Ok(vec![canvas.finish(height)?])
    }

    /// Writes each cluster's number and short name at the middle of its dots, where there is room.
    fn names(&self, canvas: &mut Canvas, plot: Area, x: &Scale, y: &Scale, dots: &[(f64, f64)]) {
        let size = canvas.style.small();
        let mut order: Vec<usize> = (0..self.clusters.len()).collect();
        order.sort_by_key(|&cluster| (std::cmp::Reverse(self.clusters[cluster].size), cluster));
        let mut named = Vec::new();
        for cluster in order {
            let own: Vec<&MapPoint> =
                self.points.iter().filter(|p| p.cluster == cluster && p.x.is_finite() && p.y.is_finite()).collect();
            if own.is_empty() {
                continue;
            }
            let at = (x.at(median(own.iter().map(|p| p.x))), y.at(median(own.iter().map(|p| p.y))));
            let text = format!("{} {}", self.clusters[cluster].number, self.clusters[cluster].name);
            named.push((cluster, at, shorten(&text, 11.0 * size, size)));
        }
        let wanted: Vec<_> = named.iter().map(|(_, at, text)| (*at, width(text, size) + 8.0, 1.5 * size)).collect();
        let sparse: Vec<_> = dots.iter().copied().step_by(dots.len().div_ceil(600).max(1)).collect();
        let placed = place(&wanted, &sparse, plot, 14.0 * size);
        let boxes = || named.iter().zip(&placed).filter_map(|(name, area)| Some((name, (*area)?)));
        // All lines before all boxes, so that none strikes a name.
        for ((_, at, _), area) in boxes() {
            let edge = (at.0.clamp(area.x, area.x + area.w), at.1.clamp(area.y, area.y + area.h));
            canvas.line(*at, edge, RULE, 1);
        }
        // And all middles before all names.
        for ((cluster, at, _), _) in boxes() {
            let colour = category(cluster % 11);
            canvas.dot(*at, 6, PAPER, 1.0);
            if *cluster < 11 {
                canvas.dot(*at, 5, colour, 1.0);
            } else {
                canvas.ring(*at, 5, colour);
            }
        }
        for ((cluster, _, text), area) in boxes() {
            let (colour, number) =
                (category(cluster % 11), vec![("cluster".to_owned(), self.clusters[*cluster].number.to_string())]);
            let size_of = counted(self.clusters[*cluster].size);
            canvas.mark(&[&size_of, &number], text, |canvas| {
                canvas.rect(area.x, area.y, area.w, area.h, PAPER);
                canvas.frame(area.x, area.y, area.w, area.h, colour);
                canvas.text(area.x + area.w / 2.0, area.y + area.h / 2.0, size, INK, Anchor::Middle, text);
            });
        }
    }

    /// Lists number, name and size of every cluster; returns the y below.
    fn list(&self, canvas: &mut Canvas, (left, right): (f64, f64), top: f64) -> f64 {
        let size = canvas.style.small();
        let digits = width("00", size) + 1.6 * size;
        let counts = width("00000", size) + 0.8 * size;
        let mut y = top + 0.7 * size;
        canvas.text(right, y, size, SOFT, Anchor::End, "n");
        y += 1.6 * size;
        for (index, cluster) in self.clusters.iter().enumerate() {
            let lines = wrap(&cluster.name, right - left - digits - counts, size, 2);
            let keys = vec![("cluster".to_owned(), cluster.number.to_string())];
            canvas.mark(&[&counted(cluster.size), &keys], &cluster.name, |canvas| {
                if index < 11 {
                    canvas.dot((left + 0.5 * size, y), 5, category(index), 1.0);
                } else {
                    canvas.ring((left + 0.5 * size, y), 4, category(index % 11));
                }
                canvas.text(left + digits - 0.4 * size, y, size, INK, Anchor::End, &cluster.number.to_string());
                for (line, text) in lines.iter().enumerate() {
                    canvas.text(left + digits, y + line as f64 * 1.3 * size, size, INK, Anchor::Start, text);
                }
                canvas.text(right, y, size, SOFT, Anchor::End, &grouped(cluster.size));
            });
            y += (lines.len() as f64 * 1.3 + 0.4) * size;
        }
        y
    }
}

/// The middle value; the lower of the two middle ones where they are even.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}
