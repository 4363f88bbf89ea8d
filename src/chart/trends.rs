//! Trends (趋势图): shares over the years as small multiples, with bands for their intervals.

use super::canvas::{Anchor, Canvas, Drawing, Label, counted};
use super::fit::shorten;
use super::frame::{Caption, each_page};
use super::scale::{Scale, number, range, ticks};
use super::style::{GRID, INK, SOFT, Style, category};
use crate::error::Result;

/// Bands of panels on one page.
const BANDS_A_PAGE: usize = 6;

/// A value of one year, with its interval.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Band {
    /// The value.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The number of measures behind it.
    pub count: usize,
}

/// A line of a panel.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TrendLine {
    /// Its name.
    pub label: Label,
    /// The number of its colour; that of a theme is its place among the themes, as in the other charts.
    #[serde(default)]
    pub colour: usize,
    /// One a year; `None` where the year is missing, which breaks the line.
    pub values: Vec<Option<Band>>,
}

/// A panel.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TrendPanel {
    /// Its name: a theme, or a place.
    pub label: Label,
    /// Its lines, at most four or five to be readable.
    pub lines: Vec<TrendLine>,
}

/// Small multiples over years.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Trends {
    /// The title.
    pub title: String,
    /// The name of the values, with their unit: `占比（%）`.
    pub value_name: String,
    /// What the values are multiplied by to be shown: 100 for shares in per cent.
    pub factor: f64,
    /// The years, rising.
    pub years: Vec<i32>,
    /// The panels.
    pub panels: Vec<TrendPanel>,
    /// The line below.
    pub caption: Caption,
}

impl Trends {
    /// Draws it, four panels side by side on screen and three in print.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        let columns = (if style.width() > 1000.0 { 4 } else { 3 }).min(self.panels.len().max(1));
        let bands: Vec<&[TrendPanel]> = self.panels.chunks(columns).collect();
        let pages: Vec<&[&[TrendPanel]]> =
            if bands.is_empty() { vec![&[]] } else { bands.chunks(BANDS_A_PAGE).collect() };
        each_page(&self.title, style.lang, pages, |bands, title| self.page(style, bands, columns, title))
    }

    fn page(&self, style: &Style, bands: &[&[TrendPanel]], columns: usize, title: String) -> Result<Drawing> {
        let (size, small, margin) = (style.text(), style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &title);
        let reading = style.lang.pick(
            "线：值；带（单独一年为竖线）：区间；线断处该年无数据。",
            "Line: value; band, or upright line at a lone year: interval; the line breaks where a year has no data.",
        );
        let mut y = canvas.header(&title, reading);
        let lines = self.panels.first().map_or(&[][..], |panel| &panel.lines);
        if lines.len() > 1 {
            let entries: Vec<_> = lines.iter().map(|line| (category(line.colour), &line.label)).collect();
            y = canvas.legend(y, &entries) + 0.5 * size;
        }
        let all = self.panels.iter().flat_map(|panel| &panel.lines).flat_map(|line| line.values.iter().flatten());
        let reach = range(all.flat_map(|v| [v.low, v.high, v.value]).map(|v| v * self.factor).chain([0.0]));
        let axis = 3.6 * small;
        let wide = (style.width() - 2.0 * margin - axis) / columns as f64;
        let high = (0.62 * wide).max(9.0 * size);
        for band in bands {
            for (column, panel) in band.iter().enumerate() {
                let left = margin + axis + column as f64 * wide;
                self.panel(&mut canvas, panel, (left, left + wide - 1.6 * size), (y, y + high), reach, column == 0);
            }
            y += high + 2.6 * small;
        }
        canvas.text(
            style.width() / 2.0,
            y,
            small,
            SOFT,
            Anchor::Middle,
            &format!("{}{}", style.lang.pick("横轴：年；", "x: year; "), self.value_name),
        );
        let height = canvas.footer(y + 0.6 * small, &self.caption);
        canvas.finish(height)
    }

    fn panel(
        &self,
        canvas: &mut Canvas,
        panel: &TrendPanel,
        (left, right): (f64, f64),
        (top, bottom): (f64, f64),
        reach: (f64, f64),
        first: bool,
    ) {
        let (size, small) = (canvas.style.text(), canvas.style.small());
        let ends = (self.years.first().copied().unwrap_or_default(), self.years.last().copied().unwrap_or_default());
        let x = Scale::new((f64::from(ends.0), f64::from(ends.1)), (left + 0.6 * small, right - 0.6 * small));
        let y = Scale::new(reach, (bottom, top + 1.9 * size));
        let name = shorten(&panel.label.text, right - left, size);
        canvas.mark(&[&panel.label.keys], &panel.label.text, |canvas| {
            canvas.text(left, top + 0.7 * size, size, INK, Anchor::Start, &name);
        });
        let (at, decimals) = ticks(reach.0, reach.1, 4);
        for tick in at {
            canvas.line((left, y.at(tick)), (right, y.at(tick)), GRID, 1);
            if first {
                canvas.text(left - 0.4 * small, y.at(tick), small, SOFT, Anchor::End, &number(tick, decimals));
            }
        }
        // As many years as stand side by side without touching.
        let room = ((right - left) / (3.2 * small)).max(2.0);
        let every = (f64::from(ends.1 - ends.0 + 1) / room).ceil().max(1.0) as i32;
        for year in self.years.iter().filter(|&&year| (ends.1 - year) % every == 0) {
            canvas.text(x.at(f64::from(*year)), bottom + 0.9 * small, small, SOFT, Anchor::Middle, &year.to_string());
        }
        for line in &panel.lines {
            let colour = category(line.colour);
            let points: Vec<Option<(f64, Band)>> =
                self.years.iter().zip(&line.values).map(|(&year, v)| v.map(|v| (x.at(f64::from(year)), v))).collect();
            for run in points.split(Option::is_none).map(|run| run.iter().flatten().collect::<Vec<_>>()) {
                if let [(x, lone)] = run[..] {
                    canvas.line((*x, y.at(lone.low * self.factor)), (*x, y.at(lone.high * self.factor)), colour, 1);
                    continue;
                }
                let edge = |pick: fn(&Band) -> f64| {
                    run.iter().map(move |(x, v)| (*x, y.at(pick(v) * self.factor))).collect::<Vec<_>>()
                };
                let (upper, mut lower) = (edge(|v| v.high), edge(|v| v.low));
                lower.reverse();
                canvas.polygon(&[upper, lower].concat(), colour, 0.18);
                canvas.path(&edge(|v| v.value), colour, 2);
            }
            for (&year, (x, v)) in
                self.years.iter().zip(&points).filter_map(|(year, point)| point.as_ref().map(|point| (year, point)))
            {
                let keys = vec![("year".to_owned(), year.to_string())];
                let tip = format!(
                    "{} {} {year}: {} [{}, {}]",
                    panel.label.text,
                    line.label.text,
                    number(v.value * self.factor, 2),
                    number(v.low * self.factor, 2),
                    number(v.high * self.factor, 2)
                );
                canvas.mark(&[&counted(v.count), &keys, &panel.label.keys, &line.label.keys], &tip, |canvas| {
                    canvas.dot((*x, y.at(v.value * self.factor)), 3, colour, 1.0)
                });
            }
        }
    }
}
