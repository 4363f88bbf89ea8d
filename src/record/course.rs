//! What changes from year to year, and the complete panel.

use crate::codebook::ThemeId;
use crate::emphasis::trend::Status;

/// The difference of two shares of a theme in a place: one row of the table `change`.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// `year_on_year`, or `review_against_plan`.
    pub comparison: &'static str,
    /// The place.
    pub place: String,
    /// The theme.
    pub theme: ThemeId,
    /// The earlier year, or the year of the plan.
    pub from_year: i32,
    /// The later year, or the year under review.
    pub to_year: i32,
    /// The earlier share, or the plan's.
    pub from: f64,
    /// The later share, or the review's.
    pub to: f64,
    /// `to` minus `from`.
    pub change: f64,
    /// The interval of the change.
    pub interval: (f64, f64),
    /// The change over its standard error.
    pub z: f64,
    /// The false discovery rate over all rows of the same comparison.
    pub q: f64,
}

/// A break or a spike in the series of a theme in a place: one row of the table `turns`.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnRow {
    /// `break`: a lasting change of level, the most likely one of each series of five years or more; `spike`: one year that stands out.
    pub turn: &'static str,
    /// The place.
    pub place: String,
    /// The theme.
    pub theme: ThemeId,
    /// The first year of the new level, or the year that stands out.
    pub year: i32,
    /// The share over the years before, or over the two years beside.
    pub before: f64,
    /// The share from then on, or of the year.
    pub after: f64,
    /// The standardised difference: for a break the largest over all splits.
    pub z: f64,
    /// The p of a break by reshuffled years; `None` for a spike.
    pub p: Option<f64>,
    /// The false discovery rate: of a break over all series, of a spike over the inner years of its series.
    pub q: f64,
}

/// A cell of the complete panel: one row of the table `panel`.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelRow {
    /// The place.
    pub place: String,
    /// Its statistical code, where it is known and one.
    pub code: Option<String>,
    /// The year.
    pub year: i32,
    /// The theme.
    pub theme: ThemeId,
    /// Whether the cell is present, zero or missing.
    pub status: Status,
    /// What is known; `None` where there is no document.
    pub cell: Option<PanelCell>,
}

/// What a place-year with a document has of a theme, by both countings and all three weights, measures first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PanelCell {
    /// Measures, sentences and characters of the theme, by first theme.
    pub primary: [u64; 3],
    /// The same, a second theme taking half.
    pub fractional: [f64; 3],
    /// Measures, sentences and characters of all counted themes.
    pub total: [u64; 3],
    /// Measures of the general theme, which are in no total.
    pub general: u64,
    /// Measures on which the coder abstained, which are in no total.
    pub abstained: u64,
}
