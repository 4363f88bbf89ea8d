//! Keyness bars (关键词条): the terms that tell one side from the other.

use super::canvas::{Anchor, Canvas, Drawing, Keys, Label, counted};
use super::fit::shorten;
use super::font::width;
use super::frame::{Caption, each_page};
use super::scale::{Scale, number, range, ticks};
use super::style::{GRID, INK, OVER, PAPER, RULE, SOFT, Style, UNDER};
use crate::error::Result;

/// Bars on one page; panels are never torn.
const BARS_A_PAGE: usize = 120;

/// One term.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Bar {
    /// The term.
    pub label: Label,
    /// z of its log-odds: above zero towards the target, below zero towards the rest.
    pub z: f64,
    /// How often it stands in the target.
    pub count: usize,
    /// How often it stands in the rest.
    pub rest: usize,
}

/// The terms of one target.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct KeynessPanel {
    /// The target: a place, a theme, a year.
    pub target: Label,
    /// Its terms, in the order to be shown, usually by falling z.
    pub bars: Vec<Bar>,
}

/// Terms that tell targets from the rest, a panel each.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Keyness {
    /// The title.
    pub title: String,
    /// The panels, in the order to be shown.
    pub panels: Vec<KeynessPanel>,
    /// The line below.
    pub caption: Caption,
}

impl Keyness {
    /// Draws it: one panel over the whole width, more of them two or three side by side.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        let columns = match self.panels.len() {
            0 | 1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        let mut pages: Vec<Vec<&[KeynessPanel]>> = vec![vec![]];
        let mut bars = 0;
        for band in self.panels.chunks(columns) {
            let more: usize = band.iter().map(|panel| panel.bars.len()).sum();
            if bars > 0 && bars + more > BARS_A_PAGE {
                pages.push(vec![]);
                bars = 0;
            }
            bars += more;
            pages.last_mut().expect("there is always a page").push(band);
        }
        each_page(&self.title, style.lang, pages, |bands, title| self.page(style, &bands, columns, title))
    }

    fn page(&self, style: &Style, bands: &[&[KeynessPanel]], columns: usize, title: String) -> Result<Drawing> {
        let (size, small, margin) = (style.text(), style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &title);
        let reading = style.lang.pick(
            "条长：对数几率的 z 值；橙色偏向所示地方或主题，蓝色偏向其余；条端数字：该处次数 / 其余次数。",
            "Length: z of the log-odds. Orange towards the target, blue towards the rest. At the bar: count in target / in the rest.",
        );
        let mut y = canvas.header(&title, reading);
        let gap = 1.6 * size;
        let wide = (style.width() - 2.0 * margin - gap * (columns - 1) as f64) / columns as f64;
        // One scale for all panels, so that lengths can be compared.
        let reach = range(self.panels.iter().flat_map(|panel| &panel.bars).map(|bar| bar.z));
        let reach = (reach.0.min(0.0), reach.1.max(0.0));
        for band in bands {
            let rows = band.iter().map(|panel| panel.bars.len()).max().unwrap_or(0) as f64;
            for (column, panel) in band.iter().enumerate() {
                self.panel(&mut canvas, panel, (margin + column as f64 * (wide + gap), wide), (y, rows), reach);
            }
            y += (rows * 1.6 + 1.9) * size + 3.0 * small;
        }
        let name = style.lang.pick("z 值（标准差）", "z (standard deviations)");
        canvas.text(style.width() / 2.0, y - 0.8 * small, small, SOFT, Anchor::Middle, name);
        let height = canvas.footer(y, &self.caption);
        canvas.finish(height)
    }

    fn panel(
        &self,
        canvas: &mut Canvas,
        panel: &KeynessPanel,
        (left, wide): (f64, f64),
        (y, rows): (f64, f64),
        reach: (f64, f64),
    ) {
        let (size, small, step) = (canvas.style.text(), canvas.style.small(), 1.6 * canvas.style.text());
        let target = shorten(&panel.target.text, wide, 1.1 * size);
        canvas.mark(&[&panel.target.keys], &panel.target.text, |canvas| {
            canvas.text(left, y + 0.7 * size, 1.1 * size, INK, Anchor::Start, &target);
        });
        let (top, bottom) = (y + 1.7 * size, y + 1.7 * size + rows * step);
        let longest = |side: f64| {
            let terms = panel.bars.iter().filter(|bar| bar.z * side > 0.0);
            terms.map(|bar| width(&bar.label.text, size)).fold(0.0, f64::max).min(0.4 * wide) + 0.6 * size
        };
        let counts = width("0000/00000", small);
        // A term stands across the zero line from its bar: room for the longest of either side, and for the counts.
        let room_left = longest(1.0).max(if reach.0 < 0.0 { counts } else { 0.0 });
        let room_right = longest(-1.0).max(counts);
        let bars = (wide - room_left - room_right).max(0.2 * wide);
        let x = if reach.0 < 0.0 {
            Scale::new(reach, (left + counts.min(room_left), left + wide - counts))
        } else {
            Scale::new(reach, (left + room_left, left + room_left + bars))
        };
        let zero = x.at(0.0);
        let (at, decimals) = ticks(reach.0, reach.1, if wide > 700.0 { 8 } else { 4 });
        for tick in at {
            canvas.line((x.at(tick), top), (x.at(tick), bottom + 0.3 * small), GRID, 1);
            canvas.text(x.at(tick), bottom + 1.1 * small, small, SOFT, Anchor::Middle, &number(tick, decimals));
        }
        for (index, bar) in panel.bars.iter().enumerate() {
            let middle = top + (index as f64 + 0.5) * step;
            draw_bar(canvas, &panel.target.keys, bar, (zero, x.at(bar.z)), middle, (left, left + wide));
        }
        canvas.line((zero, top), (zero, bottom + 0.3 * small), RULE, 1);
    }
}

fn draw_bar(
    canvas: &mut Canvas,
    target: &Keys,
    bar: &Bar,
    (zero, end): (f64, f64),
    middle: f64,
    (left, right): (f64, f64),
) {
    let (size, small, gap) = (canvas.style.text(), canvas.style.small(), 0.4 * canvas.style.text());
    let ahead = bar.z >= 0.0;
    let counts = format!("{}/{}", bar.count, bar.rest);
    let tip = format!("{}: z = {}, {counts}", bar.label.text, number(bar.z, 2));
    // What the term says of itself comes before what its panel says.
    canvas.mark(&[&counted(bar.count), &bar.label.keys, target], &tip, |canvas| {
        let (from, to) = if ahead { (zero, end) } else { (end, zero) };
        canvas.rect(from, middle - 0.55 * size, to - from, 1.1 * size, if ahead { OVER } else { UNDER });
        let (at, anchor, room) = if ahead {
            (zero - gap, Anchor::End, zero - gap - left)
        } else {
            (zero + gap, Anchor::Start, right - zero - gap)
        };
        let term = shorten(&bar.label.text, room, size);
        let wide = width(&term, size);
        canvas.rect(if ahead { at - wide } else { at }, middle - 0.55 * size, wide, 1.1 * size, PAPER);
        canvas.text(at, middle, size, INK, anchor, &term);
        let (at, anchor) = if ahead { (end + gap, Anchor::Start) } else { (end - gap, Anchor::End) };
        canvas.text(at, middle, small, SOFT, anchor, &counts);
    });
}
