//! The correspondence map (对应分析图): places and themes on the two axes that tell them apart most.

use super::canvas::{Anchor, Canvas, Drawing, Label};
use super::fit::shorten;
use super::font::width;
use super::frame::Caption;
use super::labels::{Area, place};
use super::scale::{Scale, number, range, ticks, widen};
use super::style::{GRID, INK, Lang, OVER, RULE, SOFT, Style, UNDER, UNSURE_INK};
use crate::error::Result;

/// Above so many points names are smaller and stay close to their points.
const CROWD: usize = 60;

/// A place or a theme on the map.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct MapMark {
    /// Its name.
    pub label: Label,
    /// Its coordinate on the first axis.
    pub x: f64,
    /// Its coordinate on the second axis.
    pub y: f64,
}

/// Places and themes on two axes.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Correspondence {
    /// The title.
    pub title: String,
    /// The places, the more important first: names that find no room are left out from the end.
    pub places: Vec<MapMark>,
    /// The themes.
    pub themes: Vec<MapMark>,
    /// Points that had no part in making the axes, such as years; hollow on the map.
    pub supplementary: Vec<MapMark>,
    /// The shares of inertia of the two axes, 0 to 1.
    pub inertia: [f64; 2],
    /// The line below.
    pub caption: Caption,
}

#[derive(Clone, Copy, PartialEq)]
enum Look {
    Theme,
    Place,
    Supplementary,
}

/// An axis: its scale, and the values at its ends.
type Axis = (Scale, (f64, f64));

impl Correspondence {
    /// Draws it, on one page; both axes have the same scale, as distances ask for.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        let (lang, small, margin) = (style.lang, style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &self.title);
        let reading = lang.pick(
            "蓝点：地方；橙色方块：主题；空心：年份（补充点，不参与求轴）。离原点越远越有特点；地方与主题方向相近，即侧重该主题。",
            "Blue dots: places; orange squares: themes; hollow: years (supplementary, without part in the axes). Far from the origin: distinctive. Same direction: places emphasise those themes.",
        );
        let top = canvas.header(&self.title, reading);
        let plot = Area {
            x: margin + 4.5 * small,
            y: top,
            w: style.width() - 2.0 * margin - 5.0 * small,
            h: 0.6 * style.width(),
        };
        let marks: Vec<(&MapMark, Look)> = (self.themes.iter().map(|m| (m, Look::Theme)))
            .chain(self.places.iter().map(|m| (m, Look::Place)))
            .chain(self.supplementary.iter().map(|m| (m, Look::Supplementary)))
            .filter(|(m, _)| m.x.is_finite() && m.y.is_finite())
            .collect();
        let (x, y) = self.scales(&marks, &plot);
        axes(&mut canvas, &plot, &x, &y);
        let dots: Vec<(f64, f64)> = marks.iter().map(|(m, _)| (x.0.at(m.x), y.0.at(m.y))).collect();
        let size = if marks.len() > CROWD { small } else { style.text() };
        let names: Vec<String> = marks.iter().map(|(m, _)| shorten(&m.label.text, 12.0 * size, size)).collect();
        let wanted: Vec<_> =
            dots.iter().zip(&names).map(|(&dot, name)| (dot, width(name, size) + 2.0, 1.2 * size)).collect();
        // In a crowd a name far from its point helps nobody.
        let crowded = marks.len() > CROWD;
        let placed = place(&wanted, &dots, plot, if crowded { 1.5 } else { 5.0 } * size);
        for (at, area) in dots.iter().zip(&placed) {
            let Some(area) = area else { continue };
            let edge = (at.0.clamp(area.x, area.x + area.w), at.1.clamp(area.y, area.y + area.h));
            if (edge.0 - at.0).abs() + (edge.1 - at.1).abs() > 0.9 * size {
                canvas.line(*at, edge, RULE, 1);
            }
        }
        let radius = libm::round(if crowded { 0.22 } else { 0.3 } * style.text());
        for (index, (mark, look)) in marks.iter().enumerate() {
            let at = dots[index];
            let tip = format!("{} ({}, {})", mark.label.text, number(mark.x, 3), number(mark.y, 3));
            canvas.mark(&[&mark.label.keys], &tip, |canvas| {
                match look {
                    Look::Theme => canvas.rect(at.0 - radius, at.1 - radius, 2.0 * radius, 2.0 * radius, OVER),
                    Look::Place => canvas.dot(at, radius as u32, UNDER, 0.9),
                    Look::Supplementary => canvas.ring(at, radius as u32, UNSURE_INK),
                }
                if let Some(area) = placed[index] {
                    let ink = if *look == Look::Theme { OVER } else { INK };
                    canvas.text(area.x + area.w / 2.0, area.y + area.h / 2.0, size, ink, Anchor::Middle, &names[index]);
                }
            });
        }
        let axis = |n: usize| {
            let share = number(self.inertia[n] * 100.0, 1);
            match lang {
                Lang::Zh => format!("轴 {}（占惯量 {share}%）", n + 1),
                Lang::En => format!("axis {} ({share}% of inertia)", n + 1),
            }
        };
        canvas.text(plot.x + plot.w / 2.0, plot.y + plot.h + 2.4 * small, small, SOFT, Anchor::Middle, &axis(0));
        canvas.upright(margin + 0.6 * small, plot.y + plot.h / 2.0, small, SOFT, Anchor::Middle, &axis(1));
        let mut caption = self.caption.clone();
        let unnamed = placed.iter().filter(|area| area.is_none()).count();
        if unnamed > 0 {
            let said = format!("{}{unnamed}", lang.pick("无处标名的点：", "points without room for a name: "));
            caption = caption.noting(&said, lang);
        }
        let height = canvas.footer(plot.y + plot.h + 3.2 * small, &caption);
        Ok(vec![canvas.finish(height)?])
    }

    /// Scales of equal step for both axes, with the values at their ends.
    fn scales(&self, marks: &[(&MapMark, Look)], plot: &Area) -> (Axis, Axis) {
        let (mut across, mut up) = (
            widen(range(marks.iter().map(|(m, _)| m.x).chain([0.0])), 0.1),
            widen(range(marks.iter().map(|(m, _)| m.y).chain([0.0])), 0.1),
        );
        for ends in [&mut across, &mut up] {
            if ends.1 - ends.0 < 1e-9 {
                *ends = (ends.0 - 1.0, ends.1 + 1.0);
            }
        }
        let step = ((across.1 - across.0) / plot.w).max((up.1 - up.0) / plot.h);
        let fill = |(low, high): (f64, f64), room: f64| {
            let more = (step * room - (high - low)) / 2.0;
            (low - more, high + more)
        };
        let (across, up) = (fill(across, plot.w), fill(up, plot.h));
        ((Scale::new(across, (plot.x, plot.x + plot.w)), across), (Scale::new(up, (plot.y + plot.h, plot.y)), up))
    }
}

fn axes(canvas: &mut Canvas, plot: &Area, x: &Axis, y: &Axis) {
    let small = canvas.style.small();
    let (at, decimals) = ticks(x.1.0, x.1.1, 8);
    for tick in at {
        let (px, colour) = (x.0.at(tick), if tick.abs() < 1e-9 { RULE } else { GRID });
        canvas.line((px, plot.y), (px, plot.y + plot.h), colour, 1);
        canvas.text(px, plot.y + plot.h + small, small, SOFT, Anchor::Middle, &number(tick, decimals));
    }
    let (at, decimals) = ticks(y.1.0, y.1.1, 6);
    for tick in at {
        let (py, colour) = (y.0.at(tick), if tick.abs() < 1e-9 { RULE } else { GRID });
        canvas.line((plot.x, py), (plot.x + plot.w, py), colour, 1);
        canvas.text(plot.x - 0.5 * small, py, small, SOFT, Anchor::End, &number(tick, decimals));
    }
}
