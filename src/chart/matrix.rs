//! The matrix of counts (交叉表): cluster × theme, or a coder's labels against the gold ones.

use super::canvas::{Anchor, Canvas, Drawing, Label, counted};
use super::fit::{shorten, wrap};
use super::font::width;
use super::frame::{Caption, each_page, pages};
use super::scale::grouped;
use super::style::{INK, OVER, SOFT, Style, sequential};
use crate::error::Result;

/// Rows on one page.
const ROWS_A_PAGE: usize = 40;

/// Counts of rows by columns, coloured by the share within the row.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Matrix {
    /// The title.
    pub title: String,
    /// What the rows are: `聚类`, `人工编码`.
    pub row_name: String,
    /// What the columns are: `主题`, `程序编码`.
    pub column_name: String,
    /// The rows.
    pub rows: Vec<Label>,
    /// The columns.
    pub columns: Vec<Label>,
    /// A count for each row and column.
    pub counts: Vec<Vec<usize>>,
    /// Whether rows and columns are the same names, so that the diagonal is agreement and framed.
    pub agreement: bool,
    /// The line below.
    pub caption: Caption,
}

impl Matrix {
    /// Draws it, forty rows a page.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        each_page(&self.title, style.lang, pages(self.rows.len(), ROWS_A_PAGE), |rows, title| {
            self.page(style, rows, title)
        })
    }

    fn page(&self, style: &Style, rows: std::ops::Range<usize>, title: String) -> Result<Drawing> {
        let (size, small, margin) = (style.text(), style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &title);
        let reading = style
            .lang
            .pick("格内：条数（·：无）；颜色：占本行的份额。", "Number: count (·: none). Colour: share of the row.");
        let mut y = canvas.header(&title, reading);
        let label = self
            .rows
            .iter()
            .map(|row| width(&row.text, size))
            .fold(width(&self.row_name, small), f64::max)
            .min(0.3 * style.width());
        let left = margin + label + width("00000", small) + 1.2 * size;
        let cell = (style.width() - margin - left) / self.columns.len().max(1) as f64;
        let heads: Vec<Vec<String>> = self.columns.iter().map(|c| wrap(&c.text, cell - 4.0, small, 3)).collect();
        let upright = heads.iter().flatten().any(|line| line.ends_with('…'));
        let longest = self.columns.iter().map(|c| width(&c.text, small)).fold(0.0, f64::max).min(12.0 * small);
        let head = if upright {
            longest + small
        } else {
            (heads.iter().map(Vec::len).max().unwrap_or(1) as f64 * 1.3 + 0.6) * small
        };
        canvas.text(
            left + cell * self.columns.len() as f64 / 2.0,
            y + 0.5 * small,
            small,
            SOFT,
            Anchor::Middle,
            &self.column_name,
        );
        y += 1.4 * small;
        for (column, name) in self.columns.iter().enumerate() {
            let middle = left + (column as f64 + 0.5) * cell;
            canvas.mark(&[&name.keys], &name.text, |canvas| {
                if upright {
                    canvas.upright(
                        middle,
                        y + head - 0.5 * small,
                        small,
                        INK,
                        Anchor::Start,
                        &shorten(&name.text, 12.0 * small, small),
                    );
                } else {
                    for (line, text) in heads[column].iter().rev().enumerate() {
                        canvas.text(
                            middle,
                            y + head - (line as f64 * 1.3 + 0.9) * small,
                            small,
                            INK,
                            Anchor::Middle,
                            text,
                        );
                    }
                }
            });
        }
        canvas.text(margin, y + head - 0.9 * small, small, SOFT, Anchor::Start, &self.row_name);
        canvas.text(left - 0.6 * small, y + head - 0.9 * small, small, SOFT, Anchor::End, "n");
        y += head;
        let step = if rows.len() > 25 { 1.75 * size } else { 2.2 * size };
        for row in rows {
            let none = vec![];
            let counts = self.counts.get(row).unwrap_or(&none);
            let (name, total, middle) = (&self.rows[row], counts.iter().sum::<usize>(), y + step / 2.0);
            canvas.mark(&[&name.keys], &name.text, |canvas| {
                canvas.text(margin, middle, size, INK, Anchor::Start, &shorten(&name.text, label, size));
                canvas.text(left - 0.6 * small, middle, small, SOFT, Anchor::End, &grouped(total));
            });
            for (column, (&count, head)) in counts.iter().zip(&self.columns).enumerate() {
                let (x, share) = (left + column as f64 * cell, count as f64 / total.max(1) as f64);
                canvas.mark(
                    &[&counted(count), &name.keys, &head.keys],
                    &format!("{} · {}: {count}", name.text, head.text),
                    |canvas| {
                        let colour = sequential(share);
                        canvas.rect(x + 1.0, y + 1.0, cell - 2.0, step - 2.0, colour);
                        let text = if count == 0 { "·".to_owned() } else { count.to_string() };
                        let size = if width(&text, size) < cell - 4.0 { size } else { 0.8 * small };
                        canvas.text(
                            x + cell / 2.0,
                            middle,
                            size,
                            if count == 0 { SOFT } else { colour.ink() },
                            Anchor::Middle,
                            &text,
                        );
                    },
                );
                if self.agreement && row == column {
                    canvas.frame(x + 1.0, y + 1.0, cell - 2.0, step - 2.0, OVER);
                }
            }
            y += step;
        }
        let height = canvas.footer(y, &self.caption);
        canvas.finish(height)
    }
}
