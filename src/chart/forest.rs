//! The interval plot (区间图): location quotients with their intervals, one panel a theme or a place.

use super::canvas::{Anchor, Canvas, Drawing, Label};
use super::fit::{shorten, wrap};
use super::font::width;
use super::frame::{Caption, page_title, pages};
use super::scale::{Scale, ratio};
use super::style::{GRID, INK, OVER, RULE, SOFT, Style, UNDER, UNSURE_INK};
use crate::error::Result;

/// Rows on one page.
const ROWS_A_PAGE: usize = 40;
/// The quotients beyond which an interval is cut and marked, as powers of two: 1/8 to 8.
const WIDEST: f64 = 3.0;

/// A value with its interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// The value, a ratio above zero.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The number of measures behind it.
    pub count: usize,
}

/// One panel: a value for each row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForestPanel {
    /// The panel's name: a theme.
    pub label: Label,
    /// One a row of the plot; `None` where there is none.
    pub values: Vec<Option<Interval>>,
}

/// Ratios with intervals: rows by panels, on a logarithmic axis around 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// The title.
    pub title: String,
    /// The rows, in the order to be shown: places.
    pub rows: Vec<Label>,
    /// The panels, in the order to be shown.
    pub panels: Vec<ForestPanel>,
    /// The line below.
    pub caption: Caption,
}

struct Plan {
    label: f64,
    left: f64,
    panel: f64,
    gap: f64,
    row: f64,
    /// The smallest and largest power of two on the axis.
    range: (f64, f64),
}

impl Forest {
    /// Draws it, forty rows a page.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        let pages = pages(self.rows.len(), ROWS_A_PAGE);
        let count = pages.len();
        pages
            .into_iter()
            .enumerate()
            .map(|(page, rows)| self.page(style, rows, page_title(&self.title, page, count, style.lang)))
            .collect()
    }

    /// The panels of one band, as many as are readable side by side and no lonely last one.
    fn columns(&self, style: &Style) -> usize {
        let most = if style.width() > 1000.0 { 6 } else { 4 };
        let bands = self.panels.len().div_ceil(most).max(1);
        self.panels.len().div_ceil(bands).max(1)
    }

    fn plan(&self, style: &Style) -> Plan {
        let size = style.text();
        let label = self.rows.iter().map(|row| width(&row.text, size)).fold(0.0, f64::max).min(0.23 * style.width());
        let (left, gap, columns) = (style.margin() + label + 0.8 * size, 1.4 * size, self.columns(style) as f64);
        let panel = (style.width() - style.margin() - left - gap * (columns - 1.0)) / columns;
        let ends =
            self.panels.iter().flat_map(|panel| panel.values.iter().flatten()).flat_map(|v| [v.low, v.high, v.value]);
        let powers: Vec<f64> = ends.filter(|v| *v > 0.0 && v.is_finite()).map(libm::log2).collect();
        let low = powers.iter().copied().fold(-1.0, f64::min).max(-WIDEST);
        let high = powers.iter().copied().fold(1.0, f64::max).min(WIDEST);
        Plan { label, left, panel, gap, row: 1.55 * size, range: (libm::floor(low), libm::ceil(high)) }
    }

    fn page(&self, style: &Style, rows: std::ops::Range<usize>, title: String) -> Result<Drawing> {
        let (lang, size, small) = (style.lang, style.text(), style.small());
        let mut canvas = Canvas::new(*style, &title);
        let reading = lang.pick(
            "点：区位商；横线：区间；橙色（实心）高于全体，蓝色（实心）低于全体，灰色（空心）区间含 1。",
            "Dot: location quotient; line: interval. Orange (filled) above the whole, blue (filled) below, grey (hollow) where the interval covers 1.",
        );
        let mut y = canvas.header(&title, reading);
        let plan = self.plan(style);
        for band in self.panels.chunks(self.columns(style)) {
            let lines = band.iter().map(|p| wrap(&p.label.text, plan.panel, size, 2).len()).max().unwrap_or(1) as f64;
            let top = y + (lines * 1.3 + 0.4) * size;
            let bottom = top + rows.len() as f64 * plan.row;
            for (index, row) in rows.clone().enumerate() {
                let middle = top + (index as f64 + 0.5) * plan.row;
                let label = &self.rows[row];
                if index % 2 == 1 {
                    canvas.veil(
                        style.margin(),
                        middle - plan.row / 2.0,
                        style.width() - 2.0 * style.margin(),
                        plan.row,
                        GRID,
                        0.35,
                    );
                }
                canvas.mark(&[&label.keys], &label.text, |canvas| {
                    canvas.text(
                        style.margin(),
                        middle,
                        size,
                        INK,
                        Anchor::Start,
                        &shorten(&label.text, plan.label, size),
                    );
                });
            }
            for (column, panel) in band.iter().enumerate() {
                let left = plan.left + column as f64 * (plan.panel + plan.gap);
                let x = Scale::new(plan.range, (left + 0.5 * size, left + plan.panel - 0.5 * size));
                axis(&mut canvas, &plan, &x, (top, bottom));
                canvas.mark(&[&panel.label.keys], &panel.label.text, |canvas| {
                    for (line, text) in wrap(&panel.label.text, plan.panel, size, 2).iter().enumerate() {
                        canvas.text(
                            left + plan.panel / 2.0,
                            y + (line as f64 * 1.3 + 0.6) * size,
                            size,
                            INK,
                            Anchor::Middle,
                            text,
                        );
                    }
                });
                for (index, row) in rows.clone().enumerate() {
                    if let Some(value) = panel.values.get(row).and_then(Option::as_ref) {
                        let middle = top + (index as f64 + 0.5) * plan.row;
                        self.point(&mut canvas, &plan, &x, middle, (&self.rows[row], &panel.label), value);
                    }
                }
            }
            y = bottom + 2.6 * small;
        }
        let name = lang.pick("区位商（对数轴，无量纲）", "location quotient (log axis, no unit)");
        canvas.text(
            (plan.left + style.width() - style.margin()) / 2.0,
            y + 0.2 * small,
            small,
            SOFT,
            Anchor::Middle,
            name,
        );
        let height = canvas.footer(y + 0.8 * small, &self.caption);
        canvas.finish(height)
    }

    fn point(&self, canvas: &mut Canvas, plan: &Plan, x: &Scale, y: f64, (row, panel): (&Label, &Label), v: &Interval) {
        let colour = if v.low > 1.0 {
            OVER
        } else if v.high < 1.0 {
            UNDER
        } else {
            UNSURE_INK
        };
        let power = |value: f64| if value > 0.0 { libm::log2(value) } else { f64::NEG_INFINITY };
        let inside = |value: f64| power(value).clamp(plan.range.0, plan.range.1);
        let tip = format!(
            "{} · {}: {} [{}, {}], n = {}",
            row.text,
            panel.text,
            ratio(v.value),
            ratio(v.low),
            ratio(v.high),
            v.count
        );
        let dot = (x.at(inside(v.value)), y);
        let (from, to) = (x.at(inside(v.low)), x.at(inside(v.high)));
        let reach = 0.3 * canvas.style.text();
        canvas.mark(&[&row.keys, &panel.keys], &tip, |canvas| {
            canvas.line((from, y), (to, y), colour, 2);
            // An arrow says that the interval goes on beyond the axis.
            for (end, cut, way) in [(from, power(v.low) < plan.range.0, 1.0), (to, power(v.high) > plan.range.1, -1.0)]
            {
                if cut {
                    canvas.polygon(
                        &[(end - way * reach, y), (end + way * reach, y - reach), (end + way * reach, y + reach)],
                        colour,
                        1.0,
                    );
                }
            }
            if colour == UNSURE_INK {
                canvas.dot(dot, 4, super::style::PAPER, 1.0);
                canvas.ring(dot, 4, colour);
            } else {
                canvas.dot(dot, 5, colour, 1.0);
            }
        });
    }
}

fn axis(canvas: &mut Canvas, plan: &Plan, x: &Scale, (top, bottom): (f64, f64)) {
    let small = canvas.style.small();
    let every = if (plan.range.1 - plan.range.0) * 2.6 * small > plan.panel { 2 } else { 1 };
    for power in plan.range.0 as i32..=plan.range.1 as i32 {
        let at = x.at(f64::from(power));
        canvas.line(
            (at, top),
            (at, bottom + 0.3 * small),
            if power == 0 { RULE } else { GRID },
            if power == 0 { 2 } else { 1 },
        );
        if power % every == 0 {
            canvas.text(at, bottom + 1.1 * small, small, SOFT, Anchor::Middle, &ratio(libm::exp2(f64::from(power))));
        }
    }
}
