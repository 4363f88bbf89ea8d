//! The dendrogram (聚类树): which places are alike, and how alike.

use super::canvas::{Anchor, Canvas, Drawing, Label};
use super::fit::shorten;
use super::font::width;
use super::frame::Caption;
use super::scale::{Scale, number, ticks};
use super::style::{GRID, INK, SOFT, Style, UNDER};
use crate::error::{Error, Result, Trouble};

/// One join of two branches.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Join {
    /// A branch: a leaf below `n`, or `n` + the number of an earlier join.
    pub left: usize,
    /// The other branch.
    pub right: usize,
    /// The distance at which they join.
    pub distance: f64,
}

/// A tree of places.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Dendrogram {
    /// The title.
    pub title: String,
    /// The name of the distance, with its unit.
    pub distance_name: String,
    /// The leaves.
    pub leaves: Vec<Label>,
    /// The joins, nearest first; one fewer than leaves.
    pub joins: Vec<Join>,
    /// The line below.
    pub caption: Caption,
}

impl Dendrogram {
    /// The leaves in the order of the tree, from the top: the order in which no branches cross.
    fn order(&self) -> Vec<usize> {
        let n = self.leaves.len();
        let mut order = Vec::with_capacity(n);
        let mut open = vec![n + self.joins.len().saturating_sub(1)];
        if self.joins.is_empty() {
            return (0..n).collect();
        }
        while let Some(node) = open.pop() {
            match node.checked_sub(n) {
                None => order.push(node),
                Some(join) => open.extend([self.joins[join].right, self.joins[join].left]),
            }
        }
        order
    }

    /// Draws it, on one page that grows with the leaves.
    ///
    /// # Errors
    /// [`Error::Numbers`] if the joins do not make one tree of the leaves; [`Error::Output`] for a name with a character
    /// that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        let n = self.leaves.len();
        let sound = self
            .joins
            .iter()
            .enumerate()
            .all(|(index, join)| join.left.max(join.right) < n + index && join.left != join.right);
        let order = if sound { self.order() } else { vec![] };
        if !sound || order.len() != n || self.joins.len() != n.saturating_sub(1) {
            let what = format!("{} joins do not make one tree of {n} leaves", self.joins.len());
            return Err(Error::Numbers(
                Trouble::new(what).remedy("give one join fewer than leaves, each of branches that stand before it"),
            ));
        }
        let (size, small, margin) = (if n > 60 { style.small() } else { style.text() }, style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &self.title);
        let reading = style
            .lang
            .pick("越靠左合并，越相似。", "The further to the left two branches join, the more alike they are.");
        let top = canvas.header(&self.title, reading);
        let step = 1.5 * size;
        let widest =
            self.leaves.iter().map(|leaf| width(&leaf.text, size)).fold(0.0, f64::max).min(0.3 * style.width());
        let farthest = self.joins.iter().map(|join| join.distance).filter(|d| d.is_finite()).fold(0.0, f64::max);
        let farthest = if farthest > 0.0 { farthest } else { 1.0 };
        let x = Scale::new((0.0, farthest), (margin + widest + 0.8 * size, style.width() - margin - 2.0 * small));
        let bottom = top + n as f64 * step;
        let (at, decimals) = ticks(0.0, farthest, 8);
        for tick in at {
            canvas.line((x.at(tick), top), (x.at(tick), bottom + 0.4 * small), GRID, 1);
            canvas.text(x.at(tick), bottom + 1.2 * small, small, SOFT, Anchor::Middle, &number(tick, decimals));
        }
        let mut nodes: Vec<(f64, f64)> = vec![(x.at(0.0), top); n];
        for (row, &leaf) in order.iter().enumerate() {
            let y = top + (row as f64 + 0.5) * step;
            nodes[leaf].1 = y;
            let label = &self.leaves[leaf];
            canvas.mark(&[&label.keys], &label.text, |canvas| {
                canvas.text(margin + widest, y, size, INK, Anchor::End, &shorten(&label.text, widest, size));
            });
        }
        for join in &self.joins {
            let (left, right, at) = (nodes[join.left], nodes[join.right], x.at(join.distance));
            canvas.path(&[left, (at, left.1), (at, right.1), right], UNDER, 2);
            nodes.push((at, (left.1 + right.1) / 2.0));
        }
        canvas.text(
            (x.at(0.0) + x.at(farthest)) / 2.0,
            bottom + 2.7 * small,
            small,
            SOFT,
            Anchor::Middle,
            &self.distance_name,
        );
        let height = canvas.footer(bottom + 3.2 * small, &self.caption);
        Ok(vec![canvas.finish(height)?])
    }
}
