//! What a codebook itself teaches: its seed terms and examples, as short texts to train on.
//!
//! A few hundred terms whose theme is beyond doubt name what a few thousand labelled sentences happen not to hold. They count
//! less than a hand label, and no held-out text is in them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::train::Silver;
use crate::codebook::{Codebook, Theme};

/// What a seed term counts in training beside a hand label.
const SEED_WEIGHT: f32 = 0.3;
/// What an example counts: it was chosen by the codebook's author, as a label is.
const EXAMPLE_WEIGHT: f32 = 1.0;

/// The seed terms that ship beside the township codebook, by theme.
static TOWNSHIP_SEEDS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    #[derive(serde::Deserialize)]
    struct Seeds {
        seeds: BTreeMap<String, Vec<String>>,
    }
    let Seeds { seeds } = toml::from_str(include_str!("../../models/seeds.toml")).expect("the embedded seeds parse");
    seeds
});

/// The texts that `book` teaches with: its seeds and examples; where it is the township codebook and names no seeds, those that
/// ship beside it.
pub(super) fn taught(book: &Codebook) -> Vec<Silver> {
    let shipped = book.name == Codebook::township().name && book.themes.iter().all(|theme| theme.seeds.is_empty());
    let seeds = |entry: &Theme| match shipped {
        true => TOWNSHIP_SEEDS.get(&entry.id).cloned().unwrap_or_default(),
        false => entry.seeds.clone(),
    };
    let mut texts = Vec::new();
    for (theme, entry) in (0u16..).zip(&book.themes) {
        texts.extend(seeds(entry).into_iter().map(|text| Silver { text, theme, weight: SEED_WEIGHT }));
        texts.extend(entry.examples.iter().map(|text| Silver { text: text.clone(), theme, weight: EXAMPLE_WEIGHT }));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_seeds_teach_every_theme_but_the_general_one() {
        let book = Codebook::township();
        let texts = taught(&book);
        for theme in 0..book.themes.len() as u16 {
            assert_eq!(texts.iter().any(|text| text.theme == theme), theme != book.general(), "theme {theme}");
        }
    }

    #[test]
    fn a_codebook_with_seeds_of_its_own_teaches_with_those() {
        let mut book = Codebook::township();
        book.themes[0].seeds = vec!["园区".into()];
        book.themes[1].examples = vec!["种桃树一百亩。".into()];
        let texts = taught(&book);
        assert_eq!(texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), ["园区", "种桃树一百亩。"]);
        assert_eq!((texts[0].weight, texts[1].weight), (SEED_WEIGHT, EXAMPLE_WEIGHT));
    }
}
