//! How a table of texts is best learned: a few ways are tried on rows held out.
//!
//! Where classes are told apart by what they have in common (themes), a multinomial model is best; where by rare names in a few of
//! their texts (who is speaking?), one class against the rest with a squared hinge is, and shorter grams may be. No one setting
//! serves both, and whoever brings a table should not have to know.

use rayon::prelude::*;

use super::grams::LONGEST;
use super::wording::{self, Example, Loss, Scratch, Wording};
use crate::evaluate::folds::grouped;

/// A way to learn a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Recipe {
    loss: Loss,
    /// The penalty on weights, for rows of norm 4.
    l2: f64,
    /// The longest grams, in characters.
    longest: usize,
}

/// What is taken where nothing is better.
const MULTINOMIAL: Recipe = Recipe { loss: Loss::Multinomial, l2: 1.0, longest: LONGEST };
/// What is tried beside it.
const HINGE: Recipe = Recipe { loss: Loss::SquaredHinge, l2: 32.0, longest: LONGEST };
/// The same with shorter grams, which fewer rows can bear.
const SHORT: Recipe = Recipe { longest: 2, ..HINGE };
/// One fold in so many judges.
pub(super) const FOLDS: usize = 4;
/// Of more rows about so many are tried on.
const TRIED_ON: usize = 20_000;
/// With more rows longer grams gain, and a hinge is learned fast: its two lengths are compared on about so many.
const LENGTHS_TRIED_ON: usize = 100_000;
/// The seed of the folds that choose.
const SEED: u64 = 2;

/// From this many texts on, a gram must stand in [`LARGE_LEAST_TEXTS`] of them where a multinomial model is learned: what its
/// minimiser remembers would not fit memory otherwise.
const LARGE: usize = 20_000;
/// See [`LARGE`].
const LARGE_LEAST_TEXTS: u32 = 5;
/// With many classes fewer grams are kept, so that the model stays below some forty million weights.
const MOST_WEIGHTS: usize = 40_000_000;
/// With very many the rarest are left out before training, which holds each weight in sixteen bytes for a while.
const MOST_TRAINED: usize = 100_000_000;

impl Recipe {
    /// Learns the texts, which are all or some of the `texts` of a table; `words` says that they are words parted by blanks.
    pub(super) fn train(self, examples: &[Example<'_>], texts: usize, classes: usize, words: bool) -> Wording {
        let defaults = wording::Params::default();
        let (least_texts, most_grams) = match self.loss {
            Loss::Multinomial if texts >= LARGE => (LARGE_LEAST_TEXTS, defaults.most_grams),
            Loss::Multinomial => (defaults.least_texts, defaults.most_grams),
            // Rare names are what it is taken for.
            Loss::SquaredHinge => (defaults.least_texts, usize::MAX),
        };
        let params = wording::Params {
            least_texts,
            loss: self.loss,
            l2: self.l2,
            longest: self.longest,
            most_grams: most_grams.min(MOST_WEIGHTS / classes),
            most_trained: MOST_TRAINED,
            words,
            ..defaults
        };
        Wording::train(examples, classes, &params)
    }

    /// The recipe that judges held-out rows best. Another than the first is taken only where it gains on it by more than one standard
    /// error: with g rows that it alone has right and l that the first alone has, where g > l and (g − l)² > g + l (McNemar's
    /// statistic above 1). Where the two are equally good that happens once in six. Once it is a hinge, and there are more rows than were
    /// tried on, its length is the one that has more right of more of them.
    ///
    /// `groups` are the documents of the rows, which are never parted; other ones judge here than those on which the temperature is
    /// fitted afterwards.
    pub(super) fn choose(examples: &[Example<'_>], groups: &[&str], classes: usize, words: bool) -> Recipe {
        let of = |recipes: &[Recipe], most| judged(recipes, examples, groups, (classes, words), most);
        // Words know no length in characters.
        let tried = if words { &[MULTINOMIAL, HINGE][..] } else { &[MULTINOMIAL, HINGE, SHORT] };
        let found = standing_out(&of(tried, TRIED_ON));
        match !words && found.loss == Loss::SquaredHinge && examples.len() > TRIED_ON {
            true => most_right(&of(&[HINGE, SHORT], LENGTHS_TRIED_ON)),
            false => found,
        }
    }
}

/// What each recipe has right of the rows held out.
type Judged = Vec<(Recipe, Vec<bool>)>;

/// The recipe that has most right of those that stand out against the first, else the first.
fn standing_out(judged: &Judged) -> Recipe {
    let against = &judged[0].1;
    let better: Judged = judged[1..].iter().filter(|(_, right)| stands_out(right, against)).cloned().collect();
    if better.is_empty() { judged[0].0 } else { most_right(&better) }
}

/// The recipe that has most right; of equal ones the first.
fn most_right(judged: &Judged) -> Recipe {
    let hits = |(_, right): &&(Recipe, Vec<bool>)| right.iter().filter(|right| **right).count();
    judged.iter().rev().max_by_key(hits).expect("there is a recipe").0
}

/// Tries `recipes` on rows held out, of `most` rows or a little more; all wrong where there are too few rows.
fn judged(
    recipes: &[Recipe],
    examples: &[Example<'_>],
    groups: &[&str],
    (classes, words): (usize, bool),
    most: usize,
) -> Judged {
    let folds = grouped(groups, FOLDS * examples.len().div_ceil(most).max(1), SEED);
    let of_fold = |such: &dyn Fn(usize) -> bool| -> Vec<Example<'_>> {
        examples.iter().zip(&folds).filter(|(_, fold)| such(**fold)).map(|(example, _)| *example).collect()
    };
    let (mut held, mut rest) = (of_fold(&|fold| fold == 0), of_fold(&|fold| (1..FOLDS).contains(&fold)));
    // Few documents make large folds.
    held.truncate(most / FOLDS);
    rest.truncate(most);
    if held.is_empty() || rest.is_empty() {
        return recipes.iter().map(|&recipe| (recipe, Vec::new())).collect();
    }
    let right = |recipe: Recipe| -> Vec<bool> {
        let model = recipe.train(&rest, examples.len(), classes, words);
        let judge = |(scratch, scores): &mut (Scratch, Vec<f32>), example: &Example<'_>| {
            model.scores(example.text, scratch, scores);
            wording::most(scores) == usize::from(example.class)
        };
        held.par_iter().map_init(|| (Scratch::default(), vec![0.0; classes]), judge).collect()
    };
    recipes.iter().map(|&recipe| (recipe, right(recipe))).collect()
}

/// Whether the first judge gains on the second by more than one standard error.
fn stands_out(right: &[bool], known: &[bool]) -> bool {
    let alone = |a: &[bool], b: &[bool]| a.iter().zip(b).filter(|(a, b)| **a && !**b).count();
    let (gained, lost) = (alone(right, known), alone(known, right));
    gained > lost && (gained - lost).pow(2) > gained + lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_recipe_must_stand_out() {
        let judge = |right: usize, of: usize| (0..of).map(|i| i < right).collect::<Vec<bool>>();
        // Nine gained and none lost: 81 > 9. One gained: 1 is not more than 1.
        assert!(stands_out(&judge(9, 20), &judge(0, 20)));
        assert!(!stands_out(&judge(1, 20), &judge(0, 20)));
        assert!(!stands_out(&judge(0, 20), &judge(9, 20)));
        // Seven gained, three lost: 16 > 10; six and four: 4 is not more than 10.
        let turned = |lost: usize| (0..10).map(|i| i >= lost).collect::<Vec<bool>>();
        let other = |lost: usize| (0..10).map(|i| i < lost).collect::<Vec<bool>>();
        assert!(stands_out(&turned(3), &other(3)) && !stands_out(&turned(4), &other(4)));
    }

    #[test]
    fn the_first_stands_until_another_stands_out_and_a_length_needs_more_right_alone() {
        let judge = |right: usize| (0..20).map(|i| i < right).collect::<Vec<bool>>();
        let judged = |first, second| vec![(HINGE, judge(first)), (SHORT, judge(second))];
        assert_eq!((standing_out(&judged(10, 11)), standing_out(&judged(10, 15))), (HINGE, SHORT));
        assert_eq!((most_right(&judged(10, 11)), most_right(&judged(10, 10))), (SHORT, HINGE));
    }

    #[test]
    fn few_rows_take_the_first_recipe() {
        let rows = ["桃", "路"].map(|text| Example { text, class: u16::from(text == "路"), weight: 1.0 });
        assert_eq!(Recipe::choose(&rows, &["0", "1"], 2, false), MULTINOMIAL);
        assert_eq!(Recipe::choose(&[], &[], 2, false), MULTINOMIAL);
    }
}
