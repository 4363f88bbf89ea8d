//! Stacked shares (占比条): one bar a place, cut by theme.

use super::canvas::{Anchor, Canvas, Drawing, Label, counted};
use super::fit::shorten_name;
use super::font::width;
use super::frame::{Caption, each_page, pages};
use super::scale::{Scale, grouped, number, percent};
use super::style::{GRID, INK, SOFT, Style, category};
use crate::error::Result;

/// Bars on one page.
const ROWS_A_PAGE: usize = 40;

/// One bar.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct StackedRow {
    /// The place, or the place with its year.
    pub label: Label,
    /// The number of measures.
    pub total: usize,
    /// The share of each theme, 0 to 1, in the order of [`Stacked::themes`].
    pub shares: Vec<f64>,
    /// The number of measures of each theme, in the same order.
    pub counts: Vec<usize>,
}

/// Shares of themes, one bar a place.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Stacked {
    /// The title.
    pub title: String,
    /// The themes, in the order of the bars' parts.
    pub themes: Vec<Label>,
    /// The bars, in the order to be shown.
    pub rows: Vec<StackedRow>,
    /// The line below.
    pub caption: Caption,
}

impl Stacked {
    /// Draws it, forty bars a page.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        each_page(&self.title, style.lang, pages(self.rows.len(), ROWS_A_PAGE), |rows, title| {
            self.page(style, &self.rows[rows], title)
        })
    }

    fn page(&self, style: &Style, rows: &[StackedRow], title: String) -> Result<Drawing> {
        let (size, small, margin) = (style.text(), style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &title);
        let reading = style.lang.pick(
            "条内数字：占比 %，窄处略去。",
            "Numbers in the bars: share in %, left out where the part is narrow.",
        );
        let mut y = canvas.header(&title, reading);
        let entries: Vec<_> = self.themes.iter().enumerate().map(|(index, theme)| (category(index), theme)).collect();
        y = canvas.legend(y, &entries) + size;

        let widest =
            self.rows.iter().map(|row| width(&row.label.text, size)).fold(0.0, f64::max).min(0.22 * style.width());
        let left = margin + widest + width("00000", small) + 1.4 * size;
        let x = Scale::new((0.0, 1.0), (left, style.width() - margin - 1.5 * small));
        let step = if rows.len() > 25 { 1.75 * size } else { 2.2 * size };
        let bottom = y + rows.len() as f64 * step;
        for tick in 0..=5 {
            let at = x.at(f64::from(tick) / 5.0);
            canvas.line((at, y), (at, bottom + 0.4 * small), GRID, 1);
            canvas.text(at, bottom + 1.2 * small, small, SOFT, Anchor::Middle, &number(f64::from(tick) * 20.0, 0));
        }
        canvas.text(x.at(0.0) - 0.6 * small, y - 0.4 * small, small, SOFT, Anchor::End, "n");
        for row in rows {
            self.bar(&mut canvas, row, &x, (y, step), widest);
            y += step;
        }
        let name = style.lang.pick("占比（%）", "share (%)");
        canvas.text((x.at(0.0) + x.at(1.0)) / 2.0, bottom + 2.7 * small, small, SOFT, Anchor::Middle, name);
        let height = canvas.footer(bottom + 3.2 * small, &self.caption);
        canvas.finish(height)
    }

    fn bar(&self, canvas: &mut Canvas, row: &StackedRow, x: &Scale, (y, step): (f64, f64), widest: f64) {
        let (size, small, middle) = (canvas.style.text(), canvas.style.small(), y + step / 2.0);
        canvas.mark(&[&row.label.keys], &format!("{}  n = {}", row.label.text, row.total), |canvas| {
            canvas.text(
                canvas.style.margin(),
                middle,
                size,
                INK,
                Anchor::Start,
                &shorten_name(&row.label.text, widest, size),
            );
            canvas.text(x.at(0.0) - 0.6 * small, middle, small, SOFT, Anchor::End, &grouped(row.total));
        });
        let mut from = 0.0;
        for (index, (theme, &share)) in self.themes.iter().zip(&row.shares).enumerate() {
            if share.is_nan() || share <= 0.0 {
                continue;
            }
            let (left, right, colour, text) = (x.at(from), x.at(from + share), category(index), percent(share));
            let count = row.counts.get(index).copied().unwrap_or_default();
            from += share;
            canvas.mark(
                &[&counted(count), &row.label.keys, &theme.keys],
                &format!("{} · {}: {count}, {text}%", row.label.text, theme.text),
                |canvas| {
                    canvas.rect(left, y + 0.14 * step, right - left, 0.72 * step, colour);
                    if width(&text, small) + 4.0 < right - left {
                        canvas.text((left + right) / 2.0, middle, small, colour.ink(), Anchor::Middle, &text);
                    }
                },
            );
            // A seam of paper between two parts, for eyes that see their colours alike.
            canvas.line((right, y + 0.14 * step), (right, y + 0.86 * step), super::style::PAPER, 1);
        }
    }
}
