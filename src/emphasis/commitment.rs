//! Commitment (力度): how strongly a measure binds the place that states it, read from its verbs.
//!
//! The scale is a file (`models/commitment.toml`, documented there): levels with a value, names and cues. A measure
//! takes the highest level among the cues found in it, longest match first; one without a cue has no level, which is
//! not a low one. The scale is ordinal: its means order places, they do not measure them.

use std::path::Path;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rayon::prelude::*;
use serde::Deserialize;

use super::interval::{Mean, block_mean, stream};
use super::item::{Item, ThemeSet};
use crate::codebook::ThemeId;
use crate::error::{Error, Result, Trouble};
use crate::text::Span;

/// The scale that ships with the program.
const SHIPPED: &str = include_str!("../../models/commitment.toml");

/// One level of the scale.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its value; larger is stronger.
    pub value: u8,
    /// Its English id, as it stands in tables.
    pub id: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Why it stands where it does.
    pub why: String,
    /// The words that show it.
    pub cues: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleFile {
    version: u32,
    level: Vec<Level>,
}

/// A scale, ready to read sentences.
pub struct Scale {
    /// Its version.
    pub version: u32,
    /// Its levels, strongest first.
    pub levels: Vec<Level>,
    finder: CharwiseDoubleArrayAhoCorasick<u32>,
}

impl std::fmt::Debug for Scale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scale").field("version", &self.version).field("levels", &self.levels).finish_non_exhaustive()
    }
}

/// What a text commits to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// The level, as an index into [`Scale::levels`].
    pub level: usize,
    /// The first cue of that level, in bytes of the text.
    pub cue: Span,
}

impl Scale {
    /// The scale that ships with the program.
    ///
    /// # Panics
    /// Never: the embedded file is checked by a test.
    pub fn shipped() -> Scale {
        Scale::parse(SHIPPED, Path::new("models/commitment.toml")).expect("the embedded scale is well formed")
    }

    /// Reads a scale from TOML; `path` is named in errors.
    ///
    /// # Errors
    /// [`Error::Settings`] for TOML that does not parse, no level, two levels of one value, an empty cue or one that stands twice.
    pub fn parse(source: &str, path: &Path) -> Result<Scale> {
        let wrong =
            |what: String| Error::Settings(Trouble::at(path, what).remedy("compare it with models/commitment.toml"));
        let file: ScaleFile = toml::from_str(source).map_err(|error| {
            let line = error.span().map(|span| source[..span.start.min(source.len())].matches('\n').count() + 1);
            let trouble = Trouble::at(path, format!("the scale does not parse: {}", error.message().trim()));
            Error::Settings(Trouble { line, ..trouble })
        })?;
        let mut levels = file.level;
        levels.sort_by_key(|level| std::cmp::Reverse(level.value));
        if let Some(pair) = levels.windows(2).find(|pair| pair[0].value == pair[1].value) {
            return Err(wrong(format!(
                "the levels “{}” and “{}” have one value, {}",
                pair[0].id, pair[1].id, pair[0].value
            )));
        }
        let mut cues: Vec<(&str, u32)> = Vec::new();
        for (index, level) in levels.iter().enumerate() {
            cues.extend(level.cues.iter().map(|cue| (cue.as_str(), index as u32)));
        }
        cues.sort_unstable();
        if let Some(pair) = cues.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(wrong(format!("the cue “{}” stands twice", pair[0].0)));
        }
        if cues.iter().any(|cue| cue.0.is_empty()) || cues.is_empty() {
            return Err(wrong("the scale has an empty cue, or none".into()));
        }
        let finder = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(cues)
            .map_err(|error| wrong(format!("the cues cannot be searched for: {error}")))?;
        Ok(Scale { version: file.version, levels, finder })
    }

    /// The strongest commitment in a text; `None` where no cue stands in it.
    pub fn judge(&self, text: &str) -> Option<Commitment> {
        let mut best: Option<Commitment> = None;
        for found in self.finder.leftmost_find_iter(text) {
            let level = found.value() as usize;
            if best.is_none_or(|best| level < best.level) {
                best = Some(Commitment { level, cue: Span::new(found.start(), found.end()) });
            }
        }
        best
    }

    /// The value of the strongest commitment in a text, for [`by_theme`]; `None` where no cue stands in it.
    pub fn value(&self, text: &str) -> Option<u8> {
        self.judge(text).map(|found| self.levels[found.level].value)
    }
}

/// One row of the commitment table.
#[derive(Clone, Debug, PartialEq)]
pub struct CommitmentRow {
    /// The place.
    pub place: u32,
    /// The year; `None` where it is not known.
    pub year: Option<i32>,
    /// The theme.
    pub theme: ThemeId,
    /// Measures of the theme.
    pub measures: u64,
    /// Those that hold a cue, over which the mean is taken.
    pub cued: u64,
    /// The mean value with its interval; `None` where no measure holds a cue.
    pub mean: Option<Mean>,
}

/// The mean commitment by place, year and theme, in that order, for the pairs that occur. `values` stands beside
/// `items`, one a measure. Intervals resample the sections of a place-year.
///
/// # Panics
/// If `values` has another length than `items`.
pub fn by_theme(
    items: &[Item],
    values: &[Option<u8>],
    set: ThemeSet,
    draws: u32,
    level: f64,
    seed: u64,
) -> Vec<CommitmentRow> {
    assert_eq!(items.len(), values.len(), "one value a measure");
    let mut sorted: Vec<_> = items
        .iter()
        .zip(values)
        .filter_map(|(i, &value)| {
            let theme = i.theme.filter(|&theme| set.column(theme).is_some())?;
            Some((i.place, i.year, theme, i.doc, i.block, value))
        })
        .collect();
    sorted.sort_unstable();
    let cells: Vec<_> = sorted.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)).collect();
    cells
        .par_iter()
        .map(|cell| {
            let (place, year, theme, ..) = cell[0];
            let blocks: Vec<(f64, f64)> = cell
                .chunk_by(|a, b| (a.3, a.4) == (b.3, b.4))
                .map(|block| {
                    let cued = || block.iter().filter_map(|measure| measure.5).map(f64::from);
                    (cued().sum(), cued().count() as f64)
                })
                .collect();
            let keys = [u64::from(place), year.map_or(u64::MAX, |year| year as u64), u64::from(theme), 1];
            CommitmentRow {
                place,
                year,
                theme,
                measures: cell.len() as u64,
                cued: cell.iter().filter(|measure| measure.5.is_some()).count() as u64,
                mean: block_mean(&blocks, draws, level, &mut stream(seed, &keys)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "version = 1\n\
        [[level]]\nvalue = 1\nid = 'low'\nzh = '低'\nen = 'Low'\nwhy = ''\ncues = ['支持', '鼓励']\n\
        [[level]]\nvalue = 3\nid = 'high'\nzh = '高'\nen = 'High'\nwhy = ''\ncues = ['必须', '不支持']\n";

    #[test]
    fn the_strongest_cue_decides_and_the_longest_match_is_read() {
        let scale = Scale::parse(SMALL, Path::new("scale.toml")).unwrap();
        assert_eq!(scale.value("鼓励开店，必须持证"), Some(3));
        assert_eq!(scale.judge("鼓励开店，必须持证").unwrap().cue.of("鼓励开店，必须持证"), "必须");
        assert_eq!((scale.value("不支持"), scale.value("支持"), scale.value("修路")), (Some(3), Some(1), None));
    }

    #[test]
    fn the_shipped_scale_is_well_formed_and_a_doubled_cue_is_named() {
        let scale = Scale::shipped();
        assert!(scale.levels.len() >= 3 && scale.value("必须").unwrap() > scale.value("鼓励").unwrap());
        let error = Scale::parse(&SMALL.replace("不支持", "鼓励"), Path::new("scale.toml")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "scale.toml: the cue “鼓励” stands twice; compare it with models/commitment.toml"
        );
    }

    #[test]
    fn means_are_over_the_measures_with_a_cue() {
        let item =
            |block, theme| Item { place: 0, year: None, doc: 0, block, theme, second: None, sentences: 1, chars: 9 };
        let items = [item(0, Some(0)), item(0, Some(0)), item(1, Some(0)), item(1, Some(1)), item(1, None)];
        let set = ThemeSet { count: 2, general: None };
        let rows = by_theme(&items, &[Some(4), None, Some(1), None, Some(4)], set, 200, 0.95, 1);
        assert_eq!(rows.iter().map(|r| (r.theme, r.measures, r.cued)).collect::<Vec<_>>(), [(0, 3, 2), (1, 1, 0)]);
        assert_eq!(rows[0].mean, Some(Mean { value: 2.5, low: Some(1.0), high: Some(4.0) }));
        assert_eq!(rows[1].mean, None);
    }
}
