//! The heat map (热力图): place × theme, coloured by location quotient, with the share written in the cell.

use super::canvas::{Anchor, Canvas, Drawing, Keys, Label, counted};
use super::fit::{shorten, shorten_name, wrap};
use super::font::width;
use super::frame::{Caption, each_page, pages};
use super::scale::{grouped, percent, ratio};
use super::style::{INK, PAPER, RULE, SOFT, Style, UNSURE, diverging};
use crate::error::Result;

/// Rows on one page; more would be read at arm's length only.
const ROWS_A_PAGE: usize = 40;
/// The location quotient at which the colour is full is 2 to this power: four times, or a quarter of, the whole's share.
const FULL_COLOUR: f64 = 2.0;

/// One cell: the emphasis a place puts on a theme.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Cell {
    /// The number of measures.
    pub count: usize,
    /// The share of the place's measures, 0 to 1.
    pub share: f64,
    /// The location quotient.
    pub lq: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end of its interval.
    pub high: f64,
    /// Whether the row has too few measures to be compared; its cells are grey then.
    pub few: bool,
}

/// Place × theme.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct HeatMap {
    /// The title.
    pub title: String,
    /// The rows, in the order to be shown: places, or places with years.
    pub rows: Vec<Label>,
    /// The number of measures of each row.
    pub totals: Vec<usize>,
    /// The columns, in the order to be shown: themes.
    pub columns: Vec<Label>,
    /// A row of cells for each row; `None` where nothing is known (drawn as a dash).
    pub cells: Vec<Vec<Option<Cell>>>,
    /// The shares of all rows together, one a column, 0 to 1; empty leaves the row of the whole out.
    pub whole: Vec<f64>,
    /// What the row of the whole stands for.
    pub whole_keys: Keys,
    /// The line below; its n is that of the whole, also where the chart is kept to some places.
    pub caption: Caption,
}

/// Upright names of columns are shortened to so many letters' heights.
const TALLEST_HEAD: f64 = 12.0;

struct Plan {
    left: f64,
    label: f64,
    cell: f64,
    height: f64,
    head: f64,
    /// Whether the columns' names run upwards, because a word is wider than its column.
    upright: bool,
}

impl HeatMap {
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
        let (lang, size) = (style.lang, style.text());
        let mut canvas = Canvas::new(*style, &title);
        let reading = lang.pick(
            "颜色：区位商（占比 ÷ 全体占比，按抽样误差向 1 收缩）；格内数字：占比 %；灰格：区间含 1，与全体无从区分，或措施太少，不作比较。区间逐格而论，多重比较的 q 见表 emphasis。行序：构成相近者相邻。",
            "Colour: location quotient (share ÷ share of the whole, drawn towards 1 by what chance does). Number: share in %. Grey: the interval covers 1, not told apart from the whole, or too few measures to compare. Each cell by itself; q over all cells is in the table emphasis. Rows: like stands by like.",
        );
        let mut y = canvas.header(&title, reading);
        y = self.scale_bar(&mut canvas, y);
        let plan = self.plan(style);
        self.heads(&mut canvas, &plan, y);
        y += plan.head;
        if !self.whole.is_empty() {
            let (all, total) = (lang.pick("全体", "all"), self.caption.n);
            canvas.mark(&[&self.whole_keys], &format!("{all}  n = {total}"), |canvas| {
                self.row_label(canvas, &plan, y, all, total);
            });
            for (column, (share, name)) in self.whole.iter().zip(&self.columns).enumerate() {
                let x = plan.left + column as f64 * plan.cell;
                let text = percent(*share);
                canvas.mark(&[&name.keys], &format!("{all} · {}: {text}%", name.text), |canvas| {
                    canvas.text(x + plan.cell / 2.0, y + plan.height / 2.0, size, SOFT, Anchor::Middle, &text);
                });
            }
            y += plan.height;
            canvas.line((style.margin(), y), (style.width() - style.margin(), y), RULE, 1);
            y += 2.0;
        }
        for row in rows {
            let total = self.totals.get(row).copied().unwrap_or_default();
            let label = &self.rows[row];
            canvas.mark(&[&label.keys], &format!("{}  n = {total}", label.text), |canvas| {
                self.row_label(canvas, &plan, y, &label.text, total);
            });
            for (column, name) in self.columns.iter().enumerate() {
                let at = (plan.left + column as f64 * plan.cell, y);
                let cell = self.cells.get(row).and_then(|cells| cells.get(column)).and_then(Option::as_ref);
                draw_cell(&mut canvas, &plan, at, label, name, cell);
            }
            y += plan.height;
        }
        let height = canvas.footer(y, &self.caption);
        canvas.finish(height)
    }

    fn plan(&self, style: &Style) -> Plan {
        let (size, small, inner) = (style.text(), style.small(), style.width() - 2.0 * style.margin());
        let widest = self.rows.iter().map(|row| width(&row.text, size)).fold(width("全体", size), f64::max);
        let label = widest.min(0.22 * inner);
        let counts = width("00000", small) + 1.2 * size;
        let left = style.margin() + label + counts;
        let cell = (style.width() - style.margin() - left) / self.columns.len().max(1) as f64;
        let lines: Vec<Vec<String>> = self.columns.iter().map(|c| wrap(&c.text, cell - 6.0, small, 3)).collect();
        let height = if self.rows.len() > 25 { 1.75 * size } else { 2.2 * size };
        let upright = lines.iter().flatten().any(|line| line.ends_with('…'));
        let head = if upright {
            self.columns.iter().map(|c| width(&c.text, small)).fold(0.0, f64::max).min(TALLEST_HEAD * small)
                + 0.8 * small
        } else {
            (lines.iter().map(Vec::len).max().unwrap_or(1) as f64 * 1.3 + 0.6) * small
        };
        Plan { left, label, cell, height, head, upright }
    }

    fn heads(&self, canvas: &mut Canvas, plan: &Plan, y: f64) {
        let small = canvas.style.small();
        for (column, name) in self.columns.iter().enumerate() {
            let x = plan.left + (column as f64 + 0.5) * plan.cell;
            let lines = wrap(&name.text, plan.cell - 6.0, small, 3);
            canvas.mark(&[&name.keys], &name.text, |canvas| {
                if plan.upright {
                    let text = shorten(&name.text, TALLEST_HEAD * small, small);
                    canvas.upright(x, y + plan.head - 0.5 * small, small, INK, Anchor::Start, &text);
                    return;
                }
                for (index, line) in lines.iter().rev().enumerate() {
                    canvas.text(
                        x,
                        y + plan.head - (index as f64 * 1.3 + 0.9) * small,
                        small,
                        INK,
                        Anchor::Middle,
                        line,
                    );
                }
            });
        }
        canvas.text(plan.left - 0.6 * small, y + plan.head - 0.9 * small, small, SOFT, Anchor::End, "n");
    }

    fn row_label(&self, canvas: &mut Canvas, plan: &Plan, y: f64, name: &str, total: usize) {
        let (size, small, middle) = (canvas.style.text(), canvas.style.small(), y + plan.height / 2.0);
        let name = shorten_name(name, plan.label, size);
        canvas.text(canvas.style.margin(), middle, size, INK, Anchor::Start, &name);
        canvas.text(plan.left - 0.6 * small, middle, small, SOFT, Anchor::End, &grouped(total));
    }

    /// The legend of the colours, at the right above the columns.
    fn scale_bar(&self, canvas: &mut Canvas, y: f64) -> f64 {
        const STEPS: [f64; 9] = [-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0];
        let (style, small) = (canvas.style, canvas.style.small());
        let (wide, high) = (3.2 * small, 1.1 * small);
        let mut x = style.margin();
        let name = style.lang.pick("区位商", "location quotient");
        canvas.text(x, y + high / 2.0, small, SOFT, Anchor::Start, name);
        x += width(name, small) + small;
        for step in STEPS {
            canvas.rect(x, y, wide, high, diverging(step / FULL_COLOUR));
            if step.fract() == 0.0 {
                let sign = if step == 2.0 {
                    "≥"
                } else if step == -2.0 {
                    "≤"
                } else {
                    ""
                };
                let text = format!("{sign}{}", ratio(libm::exp2(step)));
                canvas.text(x + wide / 2.0, y + high + 0.8 * small, small, SOFT, Anchor::Middle, &text);
            }
            x += wide;
        }
        x += 2.0 * small;
        for (colour, name) in [
            (UNSURE, style.lang.pick("区间含 1 或措施太少", "interval covers 1, or few measures")),
            (PAPER, style.lang.pick("无从比较", "nothing to compare")),
        ] {
            canvas.rect(x, y, high, high, colour);
            canvas.frame(x, y, high, high, RULE);
            canvas.text(x + 1.5 * small, y + high / 2.0, small, SOFT, Anchor::Start, name);
            x += width(name, small) + 3.2 * small;
        }
        y + 3.0 * small
    }
}

fn draw_cell(canvas: &mut Canvas, plan: &Plan, (x, y): (f64, f64), row: &Label, column: &Label, cell: Option<&Cell>) {
    let (style, middle) = (canvas.style, (x + plan.cell / 2.0, y + plan.height / 2.0));
    let Some(cell) = cell else {
        canvas.text(middle.0, middle.1, style.text(), RULE, Anchor::Middle, "–");
        return;
    };
    let sure = !cell.few && (cell.low > 1.0 || cell.high < 1.0);
    let colour = if sure && cell.lq > 0.0 { diverging(libm::log2(cell.lq) / FULL_COLOUR) } else { UNSURE };
    let text = percent(cell.share);
    let size = if width(&text, style.text()) < plan.cell - 4.0 { style.text() } else { 0.8 * style.small() };
    let tip = format!(
        "{} · {}: {} {}%, LQ {} [{}, {}]",
        row.text,
        column.text,
        style.lang.pick("措施", "measures"),
        format_args!("{}, {text}", cell.count),
        ratio(cell.lq),
        ratio(cell.low),
        ratio(cell.high)
    );
    canvas.mark(&[&counted(cell.count), &row.keys, &column.keys], &tip, |canvas| {
        canvas.rect(x + 1.0, y + 1.0, plan.cell - 2.0, plan.height - 2.0, colour);
        canvas.text(middle.0, middle.1, size, colour.ink(), Anchor::Middle, &text);
    });
}
