//! The risk–coverage curve (风险—覆盖曲线): how many errors remain when the unsure part is left to people.

use super::canvas::{Anchor, Canvas, Drawing, Label};
use super::frame::Caption;
use super::labels::Area;
use super::scale::{Scale, number, range, ticks};
use super::style::{GRID, INK, OVER, PAPER, RULE, SOFT, Style, category};
use crate::error::Result;

/// One curve.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Curve {
    /// Its name.
    pub label: Label,
    /// (coverage, risk), both 0 to 1, by rising coverage.
    pub points: Vec<(f64, f64)>,
}

/// Risk against coverage.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RiskCoverage {
    /// The title.
    pub title: String,
    /// The curves.
    pub curves: Vec<Curve>,
    /// The point (coverage, risk) at which the program abstains.
    pub chosen: Option<(f64, f64)>,
    /// The line below.
    pub caption: Caption,
}

impl RiskCoverage {
    /// Draws it, on one page.
    ///
    /// # Errors
    /// [`crate::Error::Output`] for a name with a character that the font does not have.
    pub fn draw(&self, style: &Style) -> Result<Vec<Drawing>> {
        let (lang, small, margin) = (style.lang, style.small(), style.margin());
        let mut canvas = Canvas::new(*style, &self.title);
        let axes = lang.pick(
            "横轴：由程序判定的份额；纵轴：其中判错的份额",
            "Across: share that the program codes. Up: share of those that are wrong.",
        );
        let ring = match self.chosen {
            Some(_) => lang.pick("；圆圈：所用的弃判点。", " Ring: where the program abstains."),
            None => lang.pick("。", ""),
        };
        let mut top = canvas.header(&self.title, &format!("{axes}{ring}"));
        if self.curves.len() > 1 {
            let entries: Vec<_> =
                self.curves.iter().enumerate().map(|(index, curve)| (category(index), &curve.label)).collect();
            top = canvas.legend(top, &entries) + 0.5 * small;
        }
        let plot = Area {
            x: margin + 4.5 * small,
            y: top,
            w: style.width() - 2.0 * margin - 6.5 * small,
            h: 0.42 * style.width(),
        };
        let risks = self.curves.iter().flat_map(|curve| &curve.points).map(|p| p.1).chain(self.chosen.map(|p| p.1));
        let most = range(risks.chain([0.0])).1;
        let most = if most > 0.0 { most * 1.08 } else { 0.1 };
        let x = Scale::new((0.0, 100.0), (plot.x, plot.x + plot.w));
        let y = Scale::new((0.0, most * 100.0), (plot.y + plot.h, plot.y));
        for (low, high, upright) in [(0.0, 100.0, false), (0.0, most * 100.0, true)] {
            let (at, decimals) = ticks(low, high, if upright { 5 } else { 10 });
            for tick in at {
                let (from, to) = if upright {
                    ((plot.x, y.at(tick)), (plot.x + plot.w, y.at(tick)))
                } else {
                    ((x.at(tick), plot.y), (x.at(tick), plot.y + plot.h))
                };
                canvas.line(from, to, if tick == 0.0 { RULE } else { GRID }, 1);
                let text = number(tick, decimals);
                if upright {
                    canvas.text(plot.x - 0.5 * small, y.at(tick), small, SOFT, Anchor::End, &text);
                } else {
                    canvas.text(x.at(tick), plot.y + plot.h + small, small, SOFT, Anchor::Middle, &text);
                }
            }
        }
        for (index, curve) in self.curves.iter().enumerate() {
            let points: Vec<(f64, f64)> = curve.points.iter().map(|p| (x.at(p.0 * 100.0), y.at(p.1 * 100.0))).collect();
            if points.len() > 1 {
                canvas.path(&points, category(index), 2);
            }
        }
        if let Some((coverage, risk)) = self.chosen {
            let at = (x.at(coverage * 100.0), y.at(risk * 100.0));
            canvas.dot(at, 7, PAPER, 1.0);
            canvas.ring(at, 6, OVER);
            let text = format!("{}% · {}%", number(coverage * 100.0, 1), number(risk * 100.0, 1));
            canvas.text(at.0 - small, at.1 - 1.1 * small, style.text(), INK, Anchor::End, &text);
        }
        canvas.text(
            plot.x + plot.w / 2.0,
            plot.y + plot.h + 2.4 * small,
            small,
            SOFT,
            Anchor::Middle,
            lang.pick("覆盖率（%）", "coverage (%)"),
        );
        canvas.upright(
            margin + 0.6 * small,
            plot.y + plot.h / 2.0,
            small,
            SOFT,
            Anchor::Middle,
            lang.pick("错误率（%）", "risk (%)"),
        );
        let height = canvas.footer(plot.y + plot.h + 3.2 * small, &self.caption);
        Ok(vec![canvas.finish(height)?])
    }
}
