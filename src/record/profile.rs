//! What places do with themes: targets, commitment, position, the map, likeness, own words.

use crate::codebook::ThemeId;
use crate::emphasis::targets::Target;

/// A planned quantity: one row of the table `targets`.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRow {
    /// The document, as its position in [`super::Analysis::documents`].
    pub document: u32,
    /// The sentence, as its number in the document.
    pub sentence: u32,
    /// What was read; its span is bytes of the sentence.
    pub target: Target,
    /// The theme of the measure that holds the sentence, else of the sentence; `None` where the coder abstained.
    pub theme: Option<ThemeId>,
}

/// How strongly the measures of a theme bind: one row of the table `commitment`.
#[derive(Clone, Debug, PartialEq)]
pub struct CommitmentRow {
    /// The place.
    pub place: String,
    /// The year.
    pub year: Option<i32>,
    /// The theme.
    pub theme: ThemeId,
    /// Measures of the theme.
    pub measures: u64,
    /// Those that hold a word of the scale, over which the mean is taken.
    pub cued: u64,
    /// The mean strength; `None` where no measure holds such a word.
    pub mean: Option<f64>,
    /// Its interval; `None` for fewer than two sections.
    pub interval: Option<(f64, f64)>,
}

/// Where a theme stands in the documents and how much room it gets: one row of the table `position`.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionRow {
    /// The place.
    pub place: String,
    /// The year.
    pub year: Option<i32>,
    /// The theme.
    pub theme: ThemeId,
    /// The rank, from 1, of the section that holds most of the theme; the mean over documents.
    pub section: Option<f64>,
    /// The mean position of its characters, 0 (front) to 1 (end).
    pub position: Option<f64>,
    /// The position of its first measure.
    pub first: Option<f64>,
    /// The share of characters among the counted measures.
    pub space: f64,
}

/// The map of places and themes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correspondence {
    /// The axes, by falling inertia.
    pub axes: Vec<Axis>,
    /// The total inertia, χ² / n.
    pub total: f64,
    /// The points: places, then themes, then years as supplementary points.
    pub points: Vec<PointRow>,
}

/// One axis of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The singular value.
    pub singular: f64,
    /// The inertia, its square.
    pub inertia: f64,
    /// The share of the total inertia.
    pub share: f64,
}

/// One point of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRow {
    /// `place`, `theme` or `year`.
    pub kind: &'static str,
    /// The place's name, the theme's id or the year.
    pub point: String,
    /// Whether it was put on the map without shaping it.
    pub supplementary: bool,
    /// Its share of the grand total.
    pub mass: f64,
    /// Its part of the total inertia; `None` for a supplementary point.
    pub inertia: Option<f64>,
    /// Principal coordinates, one an axis.
    pub coordinates: Vec<f64>,
    /// Its share of each axis's inertia; empty for a supplementary point.
    pub contributions: Vec<f64>,
    /// The share of its own inertia that each axis shows.
    pub cos2: Vec<f64>,
}

/// How alike two places are over all their years: one row of the table `similarity`.
#[derive(Clone, Debug, PartialEq)]
pub struct SimilarityRow {
    /// The place whose name sorts first.
    pub place: String,
    /// The other place.
    pub other: String,
    /// The cosine of their theme shares; `None` where one of them has no counted measure.
    pub themes_cosine: Option<f64>,
    /// The Jensen–Shannon divergence of their theme shares, in bits, 0 to 1.
    pub themes_js: Option<f64>,
    /// The cosine of their term counts, damped as the settings' TF-IDF is.
    pub terms_cosine: Option<f64>,
    /// The Jensen–Shannon divergence of their term counts.
    pub terms_js: Option<f64>,
}

/// A node of the tree of places: a place, or the join of two nodes. One row of the table `tree`.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeNode {
    /// The number: places first, by name, then the joins by rising height.
    pub node: u32,
    /// The place; `None` for a join.
    pub place: Option<String>,
    /// The place's position among the leaves, from 1: the order in which a chart shows them; `None` for a join.
    pub order: Option<u32>,
    /// The nodes that a join joins, left and right.
    pub children: Option<(u32, u32)>,
    /// The distance at which they join; 0 for a place.
    pub height: f64,
    /// The places below it.
    pub size: u32,
}

/// What a document shares with documents of other places: one row of the table `own_words`.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRow {
    /// The document, as its position in [`super::Analysis::documents`].
    pub document: u32,
    /// Letters, digits and Han characters of its text.
    pub chars: u64,
    /// Those that stand in a run shared with a document of another place.
    pub shared: u64,
    /// Their share; `None` for a text without such characters.
    pub share: Option<f64>,
    /// The longest shared passage, in characters.
    pub longest: u64,
    /// Measures of the part under analysis.
    pub measures: u64,
    /// Those of which the most part is shared.
    pub transmitted: u64,
}

/// What was counted of a place-year, and what was not: one row of the table `place_years`.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceYearRow {
    /// The place.
    pub place: String,
    /// The year.
    pub year: Option<i32>,
    /// Documents that hold a measure.
    pub documents: u64,
    /// Measures that have a theme.
    pub measures: u64,
    /// Measures of the general theme.
    pub general: u64,
    /// Measures on which the coder abstained.
    pub abstained: u64,
    /// Sections that hold the counted measures.
    pub sections: u64,
    /// What the counted measures are worth, being alike within sections.
    pub effective: f64,
    /// How far its profile stands from the average of the others of its year, less what the others do.
    pub nicheness: Option<f64>,
}
