//! From the record to the charts' plain values: the only room that knows both.
//!
//! A chart is filled once a language and drawn in one; both fillings are kept beside the picture. Every mark says how many
//! measures (or sentences, or occurrences of a term) it counts, and its keys lead to exactly those.

mod board;
mod clusters;
mod course;
mod emphasis;
mod growth;
mod keyness;
mod keys;
mod likeness;

use crate::chart::{Bilingual, Drawing, Lang, Plot, Style};
use crate::error::Result;
use crate::record::Analysis;
use board::Board;

pub(super) use keys::{LISTED, place_keys, shown_terms};

/// A chart with its file name.
#[derive(Debug)]
pub struct Figure {
    /// The file's stem: `heatmap`, `shares`, …
    pub name: &'static str,
    /// The title, as it stands on the picture.
    pub title: String,
    /// What it shows, in both languages.
    pub plot: Bilingual,
    /// One drawing a page.
    pub pages: Vec<Drawing>,
}

/// Draws every chart of a run for which it has the data.
///
/// # Errors
/// [`crate::Error::Output`] for a name with a character that the font does not have.
pub fn figures(analysis: &Analysis, style: &Style) -> Result<Vec<Figure>> {
    use rayon::prelude::*;
    let zh = plots(&Board::of(analysis, Lang::Zh));
    let en = plots(&Board::of(analysis, Lang::En));
    zh.into_par_iter()
        .zip(en)
        .map(|((name, zh), (_, en))| {
            let plot = Bilingual { zh, en };
            let drawn = plot.in_lang(style.lang);
            Ok(Figure { name, title: drawn.title().to_owned(), pages: drawn.draw(style)?, plot })
        })
        .collect()
}

/// Every chart with its name, in the order of the page. Which there are depends on the record alone, not on the language.
fn plots(board: &Board<'_>) -> Vec<(&'static str, Plot)> {
    let charts = [
        ("heatmap", board.heat_map().map(Plot::HeatMap)),
        ("shares", board.stacked().map(Plot::Stacked)),
        ("quotients-themes", board.forest_of_themes().map(Plot::Forest)),
        ("quotients-places", board.forest_of_places().map(Plot::Forest)),
        ("correspondence", board.correspondence().map(Plot::Correspondence)),
        ("dendrogram", board.dendrogram().map(Plot::Dendrogram)),
        ("trends", board.trends().map(Plot::Trends)),
        ("slope-years", board.slope_of_years().map(Plot::Slope)),
        ("slope-review", board.slope_of_review().map(Plot::Slope)),
        ("growth", board.growth().map(Plot::Growth)),
        ("keyness-places", board.keyness("place").map(Plot::Keyness)),
        ("keyness-themes", board.keyness("theme").map(Plot::Keyness)),
        ("clusters", board.cluster_map().map(Plot::ClusterMap)),
        ("clusters-themes", board.clusters_by_theme().map(Plot::Matrix)),
    ];
    charts.into_iter().filter_map(|(name, plot)| Some((name, plot?))).collect()
}
