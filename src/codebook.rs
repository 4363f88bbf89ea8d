//! The codebook: what a sentence can be doing ([`Kind`]) and what it can be about ([`Theme`]).
//!
//! Kinds, units and parts are fixed, because rules of the program depend on them; themes come from a TOML file,
//! by default the township codebook embedded from `models/township.toml`.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, Trouble};

/// What a sentence is doing (类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 措施: an action the place says it will take, is to take, or keeps taking.
    Measure,
    /// 目标: a planned result stated as a number or rank.
    Target,
    /// 成效: what was already done or reached.
    Result,
    /// 问题: a difficulty, a gap, or the cause of one.
    Problem,
    /// 标题: a title, numbered heading, run-in head or bare slogan that names the block below it.
    Heading,
    /// 背景: guiding ideology, preamble, quotation of higher policy, description of a place.
    Context,
    /// 噪声: not the document's prose.
    Noise,
}

/// The place of a sentence in a measure (措施): first, further, or outside any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    /// The first sentence of a measure.
    B,
    /// A further sentence of the measure before it.
    I,
    /// Outside every measure.
    O,
}

/// The part of a document in which a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// 回顾: what was done in the past year.
    Review,
    /// 问题: difficulties.
    Problems,
    /// 计划: what will be done.
    Plan,
}

macro_rules! ids {
    ($type:ident, $($variant:ident $id:literal $zh:literal),+ $(,)?) => {
        impl $type {
            /// Every value, in the order of the codebook.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The English id, as it stands in tables.
            pub fn id(self) -> &'static str {
                match self { $($type::$variant => $id),+ }
            }

            /// The Chinese name, as it stands on charts.
            pub fn zh(self) -> &'static str {
                match self { $($type::$variant => $zh),+ }
            }

            /// The value with this English id.
            pub fn from_id(id: &str) -> Option<$type> {
                match id { $($id => Some($type::$variant),)+ _ => None }
            }

            /// The position in [`Self::ALL`].
            pub fn index(self) -> usize {
                self as usize
            }
        }
    };
}

ids!(Kind,
    Measure "measure" "措施", Target "target" "目标", Result "result" "成效", Problem "problem" "问题",
    Heading "heading" "标题", Context "context" "背景", Noise "noise" "噪声");
ids!(Unit, B "B" "起", I "I" "续", O "O" "外");
ids!(Part, Review "review" "回顾", Problems "problems" "问题", Plan "plan" "计划");

/// One theme of a codebook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The English id, as it stands in tables.
    pub id: String,
    /// The Chinese name, as it stands on charts.
    pub zh: String,
    /// The English name; the id where it is left out.
    #[serde(default)]
    pub en: String,
    /// What it includes and leaves out.
    #[serde(default)]
    pub definition: String,
    /// Words whose presence names the theme; they work where there are no labels.
    #[serde(default)]
    pub seeds: Vec<String>,
    /// Sentences that are about it.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// The index of a theme in its codebook.
pub type ThemeId = u16;

/// A list of themes, with one that stands for everything or nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// The name of the codebook.
    pub name: String,
    /// Its version; a change of the measuring stick is a new one.
    pub version: u32,
    /// The id of the theme for sentences about everything or nothing; such sentences have no emphasis.
    pub general: String,
    /// The themes, in the order of tables and charts.
    #[serde(rename = "theme")]
    pub themes: Vec<Theme>,
}

/// What stands for a theme or label on which a coder abstained; no theme may be called so.
pub const UNSURE: &str = "unsure";

/// Why no `what` (theme id, label) may be [`UNSURE`].
pub(crate) fn taken(what: &str) -> String {
    format!("the {what} “{UNSURE}” is what stands for a call on which the coder abstained")
}

/// The township codebook that ships with the program.
const TOWNSHIP: &str = include_str!("../models/township.toml");

impl Codebook {
    /// The township codebook, version 1.
    ///
    /// # Panics
    /// Never: the embedded file is checked by a test.
    pub fn township() -> Codebook {
        Codebook::parse(TOWNSHIP, Path::new("models/township.toml")).expect("the embedded codebook is well formed")
    }

    /// Reads a codebook from TOML; `path` is named in errors.
    ///
    /// # Errors
    /// [`Error::Settings`] for TOML that does not parse, an unknown key, a theme id that stands twice, is empty or [`UNSURE`], a
    /// blank seed, fewer than two themes, or a `general` that names no theme.
    pub fn parse(source: &str, path: &Path) -> Result<Codebook> {
        let mut book: Codebook = toml::from_str(source).map_err(|error| {
            let line = error.span().map(|span| source[..span.start.min(source.len())].matches('\n').count() + 1);
            let trouble = Trouble::at(path, format!("the codebook does not parse: {}", error.message().trim()))
                .remedy("compare it with models/township.toml");
            Error::Settings(Trouble { line, ..trouble })
        })?;
        let wrong = |what: String| Err(Error::Settings(Trouble::at(path, what)));
        if book.themes.len() < 2 {
            return wrong("a codebook needs two themes or more".into());
        }
        for (index, theme) in book.themes.iter_mut().enumerate() {
            if theme.id.trim().is_empty() {
                return wrong(format!("theme {} has an empty id", index + 1));
            }
            if theme.id == UNSURE {
                return wrong(taken("theme id"));
            }
            if theme.en.is_empty() {
                theme.en = theme.id.clone();
            }
            theme.seeds.iter_mut().for_each(|seed| *seed = seed.trim().to_owned());
            if theme.seeds.iter().any(String::is_empty) {
                return wrong(format!("a seed of the theme “{}” is blank", theme.id));
            }
        }
        for (index, theme) in book.themes.iter().enumerate() {
            if book.themes[..index].iter().any(|earlier| earlier.id == theme.id) {
                return wrong(format!("the theme id “{}” stands twice", theme.id));
            }
        }
        if book.theme(&book.general).is_none() {
            return wrong(format!("general = “{}” names no theme of this codebook", book.general));
        }
        Ok(book)
    }

    /// The theme with this id.
    pub fn theme(&self, id: &str) -> Option<ThemeId> {
        self.themes.iter().position(|theme| theme.id == id).map(|index| index as ThemeId)
    }

    /// The theme for sentences about everything or nothing.
    pub fn general(&self) -> ThemeId {
        self.theme(&self.general).unwrap_or_default()
    }

    /// The ids of all themes, in order.
    pub fn ids(&self) -> Vec<&str> {
        self.themes.iter().map(|theme| theme.id.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_codebook_is_the_eleven_themes() {
        let book = Codebook::township();
        assert_eq!(book.themes.len(), 11);
        assert_eq!(book.ids()[book.general() as usize], "general");
    }

    #[test]
    fn a_theme_that_stands_twice_is_refused_by_name() {
        let source = "name='x'\nversion=1\ngeneral='a'\n[[theme]]\nid='a'\nzh='甲'\n[[theme]]\nid='a'\nzh='乙'\n";
        let error = Codebook::parse(source, Path::new("my.toml")).unwrap_err();
        assert_eq!(error.to_string(), "my.toml: the theme id “a” stands twice");
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let source = "name='x'\nversion=1\ngenral='a'\n";
        let error = Codebook::parse(source, Path::new("my.toml")).unwrap_err().to_string();
        assert!(error.starts_with("my.toml:3: "), "{error}");
    }
}
