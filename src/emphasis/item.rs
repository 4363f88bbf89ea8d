//! What is counted: measures, the themes that have emphasis, and how a measure weighs.

use serde::{Deserialize, Serialize};

use crate::codebook::ThemeId;

/// One measure (措施), as this room sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The place, as an index into the caller's sorted list of places.
    pub place: u32,
    /// The year the plan is for; `None` where it is not known.
    pub year: Option<i32>,
    /// The document, as an index into the caller's sorted list of documents.
    pub doc: u32,
    /// The section of the document in which the measure stands: sentences of one section are alike, so a section is
    /// what the intervals resample.
    pub block: u32,
    /// The theme; `None` where the coder abstained.
    pub theme: Option<ThemeId>,
    /// The second theme, where the measure is really about two.
    pub second: Option<ThemeId>,
    /// Its length in sentences.
    pub sentences: u32,
    /// Its length in characters.
    pub chars: u32,
}

/// The themes of a codebook, and which of them has no emphasis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThemeSet {
    /// The number of themes in the codebook.
    pub count: u16,
    /// The theme that stands for everything or nothing (总体). Its measures are counted apart and enter no share.
    pub general: Option<ThemeId>,
}

impl ThemeSet {
    /// The themes that have shares, in the order of the codebook: all but `general`.
    pub fn counted(self) -> Vec<ThemeId> {
        (0..self.count).filter(|&theme| Some(theme) != self.general).collect()
    }

    /// The column of a theme in a table over [`ThemeSet::counted`]; `None` for `general` and for an id outside the set.
    pub fn column(self, theme: ThemeId) -> Option<usize> {
        match self.general {
            Some(general) if theme == general => None,
            Some(general) if theme > general => (theme < self.count).then(|| theme as usize - 1),
            _ => (theme < self.count).then_some(theme as usize),
        }
    }
}

/// What a share is a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Every measure weighs 1.
    #[default]
    Measures,
    /// A measure weighs its sentences.
    Sentences,
    /// A measure weighs its characters.
    Chars,
}

impl Weight {
    /// How much this measure weighs.
    pub fn of(self, item: &Item) -> f64 {
        match self {
            Weight::Measures => 1.0,
            Weight::Sentences => f64::from(item.sentences),
            Weight::Chars => f64::from(item.chars),
        }
    }
}

/// How a measure with two themes is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counting {
    /// It belongs to its first theme.
    #[default]
    Primary,
    /// Half of it belongs to each of its two themes; where one of the two is `general`, all of it to the other.
    Fractional,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_skip_the_general_theme_wherever_it_stands() {
        let set = ThemeSet { count: 4, general: Some(1) };
        assert_eq!(set.counted(), [0, 2, 3]);
        assert_eq!([0, 1, 2, 3, 4].map(|theme| set.column(theme)), [Some(0), None, Some(1), Some(2), None]);
        let open = ThemeSet { count: 2, general: None };
        assert_eq!([0, 1, 2].map(|theme| open.column(theme)), [Some(0), Some(1), None]);
    }
}
