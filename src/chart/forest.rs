//! The interval plot (区间图): location quotients with their intervals, one panel a theme or a place.

use super::canvas::{Anchor, Canvas, Drawing, Label, counted};
use super::fit::{shorten_name, wrap};
use super::font::width;
use super::frame::{Caption, each_page};
use super::scale::{Scale, ratio};
use super::style::{GRID, INK, OVER, RULE, SOFT, Size, Style, UNDER, UNSURE_INK};
use crate::error::Result;

/// Rows of one panel; of more, the highest and the lowest are shown, half and half.
const ROWS_A_PANEL: usize = 24;
/// Rows on one page, over all bands of panels; bands are never torn.
const ROWS_A_PAGE: usize = 60;
/// Rows on a printed page.
const ROWS_A_PRINTED_PAGE: usize = 40;
/// The quotients beyond which an interval is cut and marked, as powers of two: 1/8 to 8, or as far as there are values.
const WIDEST: f64 = 3.0;

/// A value with its interval.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Interval {
    /// The value, a ratio above zero.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether the place has too few measures to be compared; it is grey then.
    pub few: bool,
    /// The number of measures behind it.
    pub count: usize,
}

/// One panel: a theme with its places, or a place with its themes.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ForestPanel {
    /// The panel's name.
    pub label: Label,
    /// Its rows in any order; the highest value is drawn on top.
    pub rows: Vec<(Label, Interval)>,
}

/// Ratios with intervals, a panel each with its own rows, on a logarithmic axis around 1.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Forest {
    /// The title.
    pub title: String,
    /// The panels, in the order to be shown.
    pub panels: Vec<ForestPanel>,
    /// The line below.
    pub caption: Caption,
}

struct Plan {
    columns: usize,
    /// From the left edge of one panel to the next.
    step: f64,
    /// The width of a panel's labels.
    label: f64,
    /// The width of a panel's axis.
    axis: f64,
    row: f64,
    /// The smallest and largest power of two on the axis.
    range: (f64, f64),
}

/// The rows that a panel shows, from the top, and after how many of them others are left out.
struct Shown<'a> {
    rows: Vec<&'a (Label, Interval)>,
    gap: Option<(usize, usize)>,
}

impl ForestPanel {
    fn shown(&self) -> Shown<'_> {
        let mut rows: Vec<&(Label, Interval)> = self.rows.iter().collect();
        rows.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then_with(|| a.0.text.cmp(&b.0.text)));
        let hidden = rows.len().saturating_sub(ROWS_A_PANEL);
        if hidden == 0 {
            return Shown { rows, gap: None };
        }
        rows.drain(ROWS_A_PANEL / 2..ROWS_A_PANEL / 2 + hidden);
        Shown { rows, gap: Some((ROWS_A_PANEL / 2, hidden)) }
    }

    /// Lines that the panel takes: its rows, and one that says how many are left out.
    fn lines(&self) -> usize {
        self.rows.len().min(ROWS_A_PANEL) + usize::from(self.rows.len() > ROWS_A_PANEL)
    }
}

impl Forest {
    /// Draws it: three panels side by side on screen, two in print.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        let plan = self.plan(style);
        let mut pages: Vec<Vec<&[ForestPanel]>> = vec![vec![]];
        let mut used = 0;
        let most = if style.size == Size::Print { ROWS_A_PRINTED_PAGE } else { ROWS_A_PAGE };
        for band in self.panels.chunks(plan.columns) {
            let more = lines(band);
            if used > 0 && used + more > most {
                pages.push(vec![]);
                used = 0;
            }
            used += more;
            pages.last_mut().expect("there is always a page").push(band);
        }
        each_page(&self.title, style.lang, pages, |bands, title| self.page(style, &plan, &bands, title))
    }

    fn plan(&self, style: &Style) -> Plan {
        let size = style.text();
        let columns = (if style.width() > 1000.0 { 3 } else { 2 }).min(self.panels.len().max(1));
        let gap = 1.8 * size;
        let inner = style.width() - 2.0 * style.margin();
        let panel = (inner - gap * (columns - 1) as f64) / columns as f64;
        let names = self.panels.iter().flat_map(|panel| &panel.rows).map(|(label, _)| width(&label.text, size));
        let label = names.fold(0.0, f64::max).min(0.45 * panel);
        let rows = || self.panels.iter().flat_map(|panel| &panel.rows).map(|(_, interval)| interval);
        let power = |v: f64| Some(libm::log2(v)).filter(|power| power.is_finite());
        let ends = || rows().flat_map(|v| [v.low, v.high]).filter_map(power);
        // Intervals may be cut, values are not.
        let values = || rows().filter_map(|v| power(v.value));
        let low = values().fold(ends().fold(-1.0, f64::min).max(-WIDEST), f64::min);
        let high = values().fold(ends().fold(1.0, f64::max).min(WIDEST), f64::max);
        Plan {
            columns,
            step: panel + gap,
            label,
            axis: panel - label - 0.6 * size,
            row: 1.55 * size,
            range: (libm::floor(low), libm::ceil(high)),
        }
    }

    fn page(&self, style: &Style, plan: &Plan, bands: &[&[ForestPanel]], title: String) -> Result<Drawing> {
        let (lang, size, small) = (style.lang, style.text(), style.small());
        let mut canvas = Canvas::new(*style, &title);
        let reading = lang.pick(
            "点：区位商；横线：区间；橙色（实心）高于全体，蓝色（实心）低于全体，灰色（空心）区间含 1 或措施太少；箭头：区间超出坐标轴。",
            "Dot: location quotient; line: interval. Orange (filled) above the whole, blue (filled) below, grey (hollow) where the interval covers 1 or measures are few. Arrow: the interval goes on.",
        );
        let mut y = canvas.header(&title, reading);
        for band in bands {
            let top = y + 1.9 * size;
            for (column, panel) in band.iter().enumerate() {
                let left = style.margin() + column as f64 * plan.step;
                draw_panel(&mut canvas, plan, panel, left, (y, top));
            }
            y = top + lines(band) as f64 * plan.row + 3.4 * small;
        }
        let name = lang.pick("区位商（对数轴，无量纲）", "location quotient (log axis, no unit)");
        canvas.text(style.width() / 2.0, y - 0.6 * small, small, SOFT, Anchor::Middle, name);
        let height = canvas.footer(y, &self.caption);
        canvas.finish(height)
    }
}

/// The lines of the longest panel of a band.
fn lines(band: &[ForestPanel]) -> usize {
    band.iter().map(ForestPanel::lines).max().unwrap_or_default()
}

fn draw_panel(canvas: &mut Canvas, plan: &Plan, panel: &ForestPanel, left: f64, (head, top): (f64, f64)) {
    let (size, small, lang) = (canvas.style.text(), canvas.style.small(), canvas.style.lang);
    let from = left + plan.label + 0.6 * size;
    let x = Scale::new(plan.range, (from + 0.5 * size, from + plan.axis - 0.5 * size));
    let shown = panel.shown();
    axis(canvas, plan, &x, (top, top + panel.lines() as f64 * plan.row));
    canvas.mark(&[&panel.label.keys], &panel.label.text, |canvas| {
        let room = plan.label + plan.axis + 0.6 * size;
        let name = wrap(&panel.label.text, room, 1.1 * size, 1);
        for text in name {
            canvas.text(left, head + 0.8 * size, 1.1 * size, INK, Anchor::Start, &text);
        }
    });
    let mut line = 0;
    for (index, (label, value)) in shown.rows.iter().enumerate() {
        if let Some((_, hidden)) = shown.gap.filter(|(after, _)| *after == index) {
            let text = match lang {
                super::Lang::Zh => format!("… 其间 {hidden} 个略去"),
                super::Lang::En => format!("… {hidden} between them left out"),
            };
            canvas.text(left, top + (line as f64 + 0.5) * plan.row, small, SOFT, Anchor::Start, &text);
            line += 1;
        }
        let middle = top + (line as f64 + 0.5) * plan.row;
        line += 1;
        if index % 2 == 1 {
            let wide = plan.label + plan.axis + 0.6 * size;
            canvas.veil(left, middle - plan.row / 2.0, wide, plan.row, GRID, 0.35);
        }
        let tip = format!(
            "{} · {}: {} [{}, {}], n = {}",
            panel.label.text,
            label.text,
            ratio(value.value),
            ratio(value.low),
            ratio(value.high),
            value.count
        );
        canvas.mark(&[&counted(value.count), &label.keys, &panel.label.keys], &tip, |canvas| {
            let name = shorten_name(&label.text, plan.label, size);
            canvas.text(left, middle, size, INK, Anchor::Start, &name);
            point(canvas, plan, &x, middle, value);
        });
    }
}

fn point(canvas: &mut Canvas, plan: &Plan, x: &Scale, y: f64, v: &Interval) {
    let colour = if v.few {
        UNSURE_INK
    } else if v.low > 1.0 {
        OVER
    } else if v.high < 1.0 {
        UNDER
    } else {
        UNSURE_INK
    };
    let power = |value: f64| if value > 0.0 { libm::log2(value) } else { f64::NEG_INFINITY };
    let inside = |value: f64| power(value).clamp(plan.range.0, plan.range.1);
    let dot = (x.at(inside(v.value)), y);
    let (from, to) = (x.at(inside(v.low)), x.at(inside(v.high)));
    let reach = 0.3 * canvas.style.text();
    canvas.line((from, y), (to, y), colour, 2);
    // An arrow says that the interval goes on beyond the axis.
    for (end, cut, way) in [(from, power(v.low) < plan.range.0, 1.0), (to, power(v.high) > plan.range.1, -1.0)] {
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
}

fn axis(canvas: &mut Canvas, plan: &Plan, x: &Scale, (top, bottom): (f64, f64)) {
    let small = canvas.style.small();
    let every = if (plan.range.1 - plan.range.0) * 2.6 * small > plan.axis { 2 } else { 1 };
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
