//! Planned growth (目标增速): the rates that places set themselves, indicator by indicator.

use super::canvas::{Anchor, Canvas, Drawing, Keys, Label};
use super::fit::{shorten, shorten_name, wrap};
use super::font::width;
use super::frame::{Caption, PRINTED, each_page, pages};
use super::scale::{Scale, number, robust, ticks};
use super::style::{GRID, INK, Lang, RULE, SOFT, Size, Style, UNDER};
use crate::error::Result;

/// Rows on one page on screen.
const ROWS_A_PAGE: usize = 40;

/// The height of a row, in letters.
const ROW: f64 = 1.7;

/// One planned rate.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Rate {
    /// The rate in per cent.
    pub value: f64,
    /// The rate as it is written: `≥8%`, `6%左右`.
    pub text: String,
    /// What it stands for: its document and sentence; empty where it is made of several.
    pub keys: Keys,
}

/// One indicator.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct GrowthPanel {
    /// The indicator: 一般公共预算收入.
    pub label: Label,
    /// A rate for each place; `None` where it sets none.
    pub rates: Vec<Option<Rate>>,
}

/// Planned rates, places by indicators.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Growth {
    /// The title.
    pub title: String,
    /// How to read bars and blanks.
    pub reading: String,
    /// The places.
    pub rows: Vec<Label>,
    /// The indicators; five or six are readable side by side.
    pub panels: Vec<GrowthPanel>,
    /// The line below.
    pub caption: Caption,
}

impl Growth {
    /// Draws it, forty places a page.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        each_page(&self.title, style.lang, pages(self.rows.len(), self.rows_a_page(style)), |rows, title| {
            self.page(style, rows, title)
        })
    }

    /// Panels side by side.
    fn columns(&self, style: &Style) -> usize {
        self.panels.len().clamp(1, if style.width() > 1000.0 { 5 } else { 3 })
    }

    /// As many rows as a printed page holds in each of its bands of panels; on screen a page can be scrolled.
    fn rows_a_page(&self, style: &Style) -> usize {
        if style.size == Size::Screen {
            return ROWS_A_PAGE;
        }
        let bands = self.panels.len().div_ceil(self.columns(style)).max(1) as f64;
        let around = (12.0 + 6.0 * bands) * style.text();
        (((PRINTED - around) / (bands * ROW * style.text())) as usize).max(4)
    }

    fn page(&self, style: &Style, rows: std::ops::Range<usize>, title: String) -> Result<Drawing> {
        let (size, small, margin) = (style.text(), style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &title);
        // One axis for all panels and pages, so that bars can be compared.
        let values: Vec<f64> =
            self.panels.iter().flat_map(|panel| panel.rates.iter().flatten()).map(|rate| rate.value).collect();
        let reach = robust(&values);
        let shown: Vec<f64> = self
            .panels
            .iter()
            .flat_map(|panel| rows.clone().filter_map(|row| panel.rates.get(row)?.as_ref()))
            .map(|rate| rate.value)
            .collect();
        let mut y = canvas.header(&title, &format!("{}{}", self.reading, beyond(&shown, reach, style)));
        let label = self.rows.iter().map(|row| width(&row.text, size)).fold(0.0, f64::max).min(0.22 * style.width());
        let (left, step) = (margin + label + 0.8 * size, ROW * size);
        let columns = self.columns(style);
        let wide = (style.width() - margin - left) / columns as f64;
        // Equal rates have equal bars in every panel, so each leaves room for the longest text of all.
        let written = self.panels.iter().flat_map(|panel| panel.rates.iter().flatten());
        let texts = written.map(|rate| width(&rate.text, small)).fold(0.0, f64::max).min(0.45 * wide);
        // An indicator that nobody on the page has would be an empty panel.
        let set = |panel: &&GrowthPanel| rows.clone().any(|row| panel.rates.get(row).is_some_and(Option::is_some));
        let panels: Vec<&GrowthPanel> = self.panels.iter().filter(set).collect();
        for band in panels.chunks(columns) {
            let lines = band.iter().map(|p| wrap(&p.label.text, wide - size, small, 2).len()).max().unwrap_or(1) as f64;
            let top = y + (lines * 1.3 + 0.6) * small;
            let bottom = top + rows.len() as f64 * step;
            for (index, row) in rows.clone().enumerate() {
                let name = &self.rows[row];
                canvas.mark(&[&name.keys], &name.text, |canvas| {
                    canvas.text(
                        margin,
                        top + (index as f64 + 0.5) * step,
                        size,
                        INK,
                        Anchor::Start,
                        &shorten_name(&name.text, label, size),
                    );
                });
            }
            for (column, panel) in band.iter().enumerate() {
                let from = left + column as f64 * wide;
                let x = Scale::new(reach, (from, from + wide - texts - 1.8 * size));
                canvas.mark(&[&panel.label.keys], &panel.label.text, |canvas| {
                    for (line, text) in wrap(&panel.label.text, wide - size, small, 2).iter().enumerate() {
                        canvas.text(from, y + (line as f64 * 1.3 + 0.6) * small, small, INK, Anchor::Start, text);
                    }
                });
                let (at, decimals) = ticks(reach.0, reach.1, 4);
                for tick in at {
                    canvas.line(
                        (x.at(tick), top),
                        (x.at(tick), bottom + 0.3 * small),
                        if tick == 0.0 { RULE } else { GRID },
                        1,
                    );
                    canvas.text(x.at(tick), bottom + 1.1 * small, small, SOFT, Anchor::Middle, &number(tick, decimals));
                }
                for (index, row) in rows.clone().enumerate() {
                    let Some(rate) = panel.rates.get(row).and_then(Option::as_ref) else { continue };
                    let middle = top + (index as f64 + 0.5) * step;
                    let end = x.at(rate.value.clamp(reach.0, reach.1));
                    let (a, b) = (x.at(0.0).min(end), x.at(0.0).max(end));
                    let tip = format!("{} · {}: {}", self.rows[row].text, panel.label.text, rate.text);
                    let keys: &[&Keys] = match rate.keys.is_empty() {
                        true => &[],
                        false => &[&rate.keys, &self.rows[row].keys, &panel.label.keys],
                    };
                    canvas.mark(keys, &tip, |canvas| {
                        canvas.rect(a, middle - 0.5 * size, (b - a).max(2.0), size, UNDER);
                        if rate.value > reach.1 || rate.value < reach.0 {
                            let (tip, base) =
                                if rate.value > reach.1 { (b, b - 0.5 * size) } else { (a, a + 0.5 * size) };
                            let half = 0.5 * size;
                            let arrow = [(base, middle - half), (tip, middle), (base, middle + half)];
                            canvas.polygon(&arrow, INK, 1.0);
                        }
                        // An arrow may be longer than its bar.
                        let behind = if rate.value < reach.0 { b.max(a + 0.5 * size) } else { b };
                        canvas.text(
                            behind + 0.4 * small,
                            middle,
                            small,
                            INK,
                            Anchor::Start,
                            &shorten(&rate.text, 0.45 * wide, small),
                        );
                    });
                }
            }
            y = bottom + 2.4 * small;
        }
        let name = style.lang.pick("增速（%）", "growth (%)");
        canvas.text((left + style.width() - margin) / 2.0, y + 0.2 * small, small, SOFT, Anchor::Middle, name);
        let height = canvas.footer(y + 0.8 * small, &self.caption);
        canvas.finish(height)
    }
}

/// How many of a page's bars end at the edge of the axis, and how that is seen; empty where none does.
fn beyond(values: &[f64], reach: (f64, f64), style: &Style) -> String {
    let count = values.iter().filter(|value| **value < reach.0 || **value > reach.1).count();
    match (count, style.lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("深色箭头：{count} 个增速超出坐标轴，数值见条旁。"),
        (1, Lang::En) => " Dark arrow: 1 rate is beyond the axis; its value stands beside it.".to_owned(),
        (_, Lang::En) => format!(" Dark arrow: {count} rates are beyond the axis; their values stand beside them."),
    }
}
