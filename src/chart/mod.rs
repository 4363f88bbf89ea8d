//! Charts: plain values in, pictures out.
//!
//! Every chart is a struct of plain values with a method `draw(&Style)` that gives one [`Drawing`] a page. A drawing is
//! an svg made by plotters' svg backend; its png is rendered from that same svg with the one font that ships inside the
//! program, so both look the same on every machine. A character that the font lacks is an error that names it.
//!
//! Marks carry what they stand for as `data-` attributes ([`Keys`]), so that a page can open the sentences behind them, and
//! how many things they count. A [`Plot`] is a chart of any kind: it is kept beside its picture, so that the picture can be
//! drawn again with other options.

mod canvas;
mod cluster_map;
mod correspondence;
mod dendrogram;
mod fit;
mod font;
mod forest;
mod frame;
mod growth;
mod heat_map;
mod keyness;
mod labels;
mod letters;
mod matrix;
mod outline;
mod picture;
mod plot;
mod risk;
mod scale;
mod slope;
mod stacked;
mod style;
#[cfg(test)]
mod tests;
mod trends;

pub use canvas::{Drawing, Keys, Label};
pub use cluster_map::{ClusterMap, MapCluster, MapPoint};
pub use correspondence::{Correspondence, MapMark};
pub use dendrogram::{Dendrogram, Join};
pub use font::missing_glyph;
pub use forest::{Forest, ForestPanel, Interval};
pub use frame::Caption;
pub use growth::{Growth, GrowthPanel, Rate};
pub use heat_map::{Cell, HeatMap};
pub use keyness::{Bar, Keyness, KeynessPanel};
pub use matrix::Matrix;
pub use picture::Picture;
pub use plot::{Bilingual, Plot};
pub use risk::{Curve, RiskCoverage};
pub use slope::{Slope, SlopeLine, SlopePanel};
pub use stacked::{Stacked, StackedRow};
pub use style::{Lang, Size, Style};
pub use trends::{Band, TrendLine, TrendPanel, Trends};
