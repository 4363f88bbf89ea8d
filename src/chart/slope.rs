//! The slope chart (回顾与计划对照): what was reported, against what is planned, theme by theme.

use super::canvas::{Anchor, Canvas, Drawing, Label, counted};
use super::fit::shorten;
use super::font::width;
use super::frame::{Caption, PRINTED, each_page};
use super::scale::{Scale, percent, range};
use super::style::{INK, OVER, PAPER, RULE, SOFT, Size, Style, UNDER, UNSURE_INK};
use crate::error::Result;

/// Rows of panels on one page on screen.
const ROWS_A_PAGE: usize = 3;
/// Of a panel's width, how much names and numbers may take, so that the lines have the rest.
const BESIDE: f64 = 0.75;

/// One theme.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SlopeLine {
    /// The theme.
    pub label: Label,
    /// Its share at the left, 0 to 1.
    pub from: f64,
    /// Its share at the right, 0 to 1.
    pub to: f64,
    /// Whether the interval of the change leaves out zero and both sides have measures enough; others are grey.
    pub sure: bool,
    /// The numbers of measures at the left and at the right.
    pub counts: [usize; 2],
}

/// One place.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SlopePanel {
    /// The place.
    pub label: Label,
    /// What its left side is, and stands for: `计划 2024`.
    pub left: Label,
    /// What its right side is, and stands for: `回顾 2024`.
    pub right: Label,
    /// Its themes.
    pub lines: Vec<SlopeLine>,
}

/// Two sides, theme by theme, a panel a place.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Slope {
    /// The title.
    pub title: String,
    /// The panels.
    pub panels: Vec<SlopePanel>,
    /// The line below.
    pub caption: Caption,
}

impl Slope {
    /// Draws it, three panels side by side on screen, or two where names are long, and two in print.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        // As many rows of panels as a printed page holds.
        let rows = (PRINTED - 8.0 * style.text()) / (self.high(style.text()) + style.text());
        let rows = if style.size == Size::Print { (rows as usize).max(1) } else { ROWS_A_PAGE };
        let most = rows * self.columns(style);
        let pages: Vec<&[SlopePanel]> =
            if self.panels.is_empty() { vec![&[]] } else { self.panels.chunks(most).collect() };
        each_page(&self.title, style.lang, pages, |panels, title| self.page(style, panels, title))
    }

    /// Panels side by side: on screen three, or two where three would leave no room for names at the left.
    fn columns(&self, style: &Style) -> usize {
        let room = (style.width() - 2.0 * style.margin()) / 3.0 - 1.5 * style.text();
        let most = if style.size == Size::Screen && self.beside(style) < BESIDE * room { 3 } else { 2 };
        most.min(self.panels.len().max(1))
    }

    /// What names and numbers take on both sides of a panel.
    fn beside(&self, style: &Style) -> f64 {
        let small = style.small();
        let lines = self.panels.iter().flat_map(|panel| &panel.lines);
        let names = lines.map(|line| width(&line.label.text, small)).fold(0.0, f64::max);
        2.0 * (names + figures(small) + gap(small))
    }

    /// The height of a panel at a size of letters: a line a theme, and its heads.
    fn high(&self, size: f64) -> f64 {
        let most = self.panels.iter().map(|panel| panel.lines.len()).max().unwrap_or(0) as f64;
        (most * 1.7 + 4.0) * size
    }

    fn page(&self, style: &Style, panels: &[SlopePanel], title: String) -> Result<Drawing> {
        let (size, margin) = (style.text(), style.margin());
        let columns = self.columns(style);
        let mut canvas = Canvas::new(*style, &title);
        let reading = style.lang.pick(
            "两端数字：占比 %；橙色升，蓝色降；灰色：变化的区间含 0，或措施太少。区间逐条而论，多重比较的 q 见表 change。",
            "Numbers: share in %. Orange rises, blue falls; grey: the interval of the change covers 0, or measures are few. Each line by itself; q over all lines is in the table change.",
        );
        let mut y = canvas.header(&title, reading);
        let high = self.high(size);
        let wide = (style.width() - 2.0 * margin) / columns as f64;
        let reach =
            range(self.panels.iter().flat_map(|panel| &panel.lines).flat_map(|line| [line.from, line.to]).chain([0.0]));
        for band in panels.chunks(columns) {
            for (column, panel) in band.iter().enumerate() {
                let left = margin + column as f64 * wide;
                self.panel(&mut canvas, panel, (left, left + wide - 1.5 * size), (y, y + high), reach);
            }
            y += high + size;
        }
        let height = canvas.footer(y, &self.caption);
        canvas.finish(height)
    }

    fn panel(
        &self,
        canvas: &mut Canvas,
        panel: &SlopePanel,
        (left, right): (f64, f64),
        (top, bottom): (f64, f64),
        reach: (f64, f64),
    ) {
        let (size, small) = (canvas.style.text(), canvas.style.small());
        canvas.mark(&[&panel.label.keys], &panel.label.text, |canvas| {
            canvas.text(
                left,
                top + 0.7 * size,
                size,
                INK,
                Anchor::Start,
                &shorten(&panel.label.text, right - left, size),
            );
        });
        let names =
            panel.lines.iter().map(|line| width(&line.label.text, small)).fold(0.0, f64::max).min(0.4 * (right - left));
        let (figures, gap) = (figures(small), gap(small));
        // Names at the left too, where the lines have room beside them.
        let named = if 2.0 * (names + figures + gap) < BESIDE * (right - left) { names } else { 0.0 };
        let (from, to) = (left + named + figures + gap, right - figures - names - gap - 0.6 * small);
        let y = Scale::new(reach, (bottom - size, top + 3.4 * size));
        for (x, side) in [(from, &panel.left), (to, &panel.right)] {
            canvas.text(x, top + 2.2 * size, small, SOFT, Anchor::Middle, &side.text);
            canvas.line((x, top + 3.0 * size), (x, bottom - 0.5 * size), RULE, 1);
        }
        let spread = |pick: fn(&SlopeLine) -> f64| {
            spread(
                &panel.lines.iter().map(|line| y.at(pick(line))).collect::<Vec<_>>(),
                1.25 * small,
                (top + 3.0 * size, bottom),
            )
        };
        let (lefts, rights) = (spread(|line| line.from), spread(|line| line.to));
        for (index, line) in panel.lines.iter().enumerate() {
            let colour = if !line.sure {
                UNSURE_INK
            } else if line.to > line.from {
                OVER
            } else {
                UNDER
            };
            let (a, b) = (y.at(line.from), y.at(line.to));
            let tip =
                format!("{} · {}: {} → {}", panel.label.text, line.label.text, percent(line.from), percent(line.to));
            canvas.mark(&[&counted(line.counts[0]), &panel.left.keys, &line.label.keys], &tip, |canvas| {
                canvas.line((from, a), (from - 0.8 * gap, lefts[index]), RULE, 1);
                canvas.text(from - gap, lefts[index], small, SOFT, Anchor::End, &percent(line.from));
                if named > 0.0 {
                    let name = shorten(&line.label.text, named, small);
                    let ink = if line.sure { colour } else { INK };
                    canvas.text(from - gap - figures, lefts[index], small, ink, Anchor::End, &name);
                }
            });
            canvas.mark(&[&counted(line.counts[1]), &panel.right.keys, &line.label.keys], &tip, |canvas| {
                canvas.line((to, b), (to + 0.8 * gap, rights[index]), RULE, 1);
                canvas.line((from, a), (to, b), colour, if line.sure { 3 } else { 2 });
                for x in [(from, a), (to, b)] {
                    canvas.dot(x, 4, PAPER, 1.0);
                    canvas.dot(x, 3, colour, 1.0);
                }
                canvas.text(
                    to + gap + figures - 0.5 * small,
                    rights[index],
                    small,
                    SOFT,
                    Anchor::End,
                    &percent(line.to),
                );
                let name = shorten(&line.label.text, names, small);
                canvas.text(
                    to + gap + figures,
                    rights[index],
                    small,
                    if line.sure { colour } else { INK },
                    Anchor::Start,
                    &name,
                );
            });
        }
    }
}

/// The width of a share in per cent with the blank beside it.
fn figures(small: f64) -> f64 {
    width("100.0", small) + 0.5 * small
}

/// The way from a line's end to its share.
fn gap(small: f64) -> f64 {
    1.2 * small
}

/// Moves the heights of labels apart until each has `step` px of its own, keeping their order, within `bounds`.
///
/// Labels that crowd spread evenly about the middle of their wanted heights (pool adjacent violators).
fn spread(wanted: &[f64], step: f64, bounds: (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    // A group: how many labels, and the sum of the heights at which each would have its first label stand.
    let mut groups: Vec<(usize, f64)> = vec![];
    for &index in &order {
        groups.push((1, wanted[index]));
        while let [.., before, last] = &groups[..] {
            let (first, next) = (before.1 / before.0 as f64, last.1 / last.0 as f64);
            if first + before.0 as f64 * step <= next {
                break;
            }
            let joined = (before.0 + last.0, before.1 + last.1 - (last.0 * before.0) as f64 * step);
            groups.truncate(groups.len() - 2);
            groups.push(joined);
        }
    }
    let mut placed = wanted.to_vec();
    let mut members = order.iter();
    for (count, sum) in groups {
        for (rank, &index) in members.by_ref().take(count).enumerate() {
            placed[index] = sum / count as f64 + rank as f64 * step;
        }
    }
    // Whatever leaves the bounds moves in, and its neighbours with it.
    let mut least = bounds.0;
    for &index in &order {
        placed[index] = placed[index].max(least);
        least = placed[index] + step;
    }
    let mut most = bounds.1;
    for &index in order.iter().rev() {
        placed[index] = placed[index].min(most);
        most = placed[index] - step;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_that_crowd_move_apart_and_keep_their_order() {
        assert_eq!(spread(&[50.0, 50.0, 53.0], 10.0, (0.0, 100.0)), [41.0, 51.0, 61.0]);
        assert_eq!(spread(&[98.0, 99.0], 10.0, (0.0, 100.0)), [90.0, 100.0]);
        assert_eq!(spread(&[20.0, 5.0], 10.0, (0.0, 100.0)), [20.0, 5.0]);
    }
}
