//! Counts and shares by place, year and theme, complete: a theme that a place does not treat has a row with zeros.
//!
//! **What the shares are shares of.** The denominator is the weight of the measures that have a theme other than
//! `general`. Measures of the general theme (总体) are slogans about everything, and measures on which the coder
//! abstained are about something we do not know; both would pull every share down by an amount that says nothing
//! about emphasis. They are left out, and their numbers stand in [`PlaceYear`], so that a reader sees how much was.

use std::collections::BTreeMap;

use super::item::{Counting, Item, ThemeSet, Weight};
use crate::codebook::ThemeId;
use crate::error::{Error, Result, Trouble};

/// How much of one theme stands in one place-year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ThemeCount {
    /// Measures whose first theme it is.
    pub measures: u64,
    /// Sentences of those measures.
    pub sentences: u64,
    /// Characters of those measures.
    pub chars: u64,
    /// What the share counts: by the chosen weight and counting.
    pub weight: f64,
}

/// One section of a document that holds at least one counted measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The document.
    pub doc: u32,
    /// The section of that document.
    pub block: u32,
    /// The weight of each counted theme, in the order of [`Counts::themes`].
    pub weights: Vec<f64>,
    /// The measures of each counted theme, by first theme.
    pub measures: Vec<f64>,
    /// The sum of the squared weights of its measures.
    pub squares: f64,
}

/// All that one place plans for one year.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceYear {
    /// The place.
    pub place: u32,
    /// The year; `None` where it is not known.
    pub year: Option<i32>,
    /// Documents with at least one measure, of whatever theme.
    pub documents: u32,
    /// Measures that are counted: with a theme other than general.
    pub measures: u64,
    /// Measures of the general theme, left out of every share.
    pub general: u64,
    /// Measures on which the coder abstained, left out of every share.
    pub abstained: u64,
    /// The weight of the counted measures: what the shares of this place-year are shares of.
    pub weight: f64,
    /// Each counted theme, in the order of [`Counts::themes`].
    pub themes: Vec<ThemeCount>,
    /// The sections that hold the counted measures, by document and section.
    pub blocks: Vec<Block>,
}

impl PlaceYear {
    /// The share of the theme in `column`; `None` where the place-year has no counted measure.
    pub fn share(&self, column: usize) -> Option<f64> {
        (self.weight > 0.0).then(|| self.themes[column].weight / self.weight)
    }

    /// The shares of all counted themes; `None` where the place-year has no counted measure.
    pub fn shares(&self) -> Option<Vec<f64>> {
        (0..self.themes.len()).map(|column| self.share(column)).collect()
    }
}

/// The complete table of counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// The counted themes, in the order of the codebook.
    pub themes: Vec<ThemeId>,
    /// The place-years, by place, then year (unknown first).
    pub rows: Vec<PlaceYear>,
}

impl Counts {
    /// The weight of each counted theme over all place-years.
    pub fn totals(&self) -> Vec<f64> {
        (0..self.themes.len()).map(|column| self.rows.iter().map(|row| row.themes[column].weight).sum()).collect()
    }
}

/// Counts `items` by place, year and theme. The result does not depend on the order of the items.
///
/// `present` names place-years that have a document, so that one without any measure still has its rows of zeros.
///
/// # Errors
/// [`Error::Numbers`] for a theme that is not in the codebook.
pub fn count(
    items: &[Item],
    present: &[(u32, Option<i32>)],
    set: ThemeSet,
    weight: Weight,
    counting: Counting,
) -> Result<Counts> {
    let themes = set.counted();
    let mut sorted: Vec<&Item> = items.iter().collect();
    // The whole record is the key: equal records are interchangeable, so sums of floats come in one order.
    sorted.sort_by_key(|i| (i.place, i.year, i.doc, i.block, i.theme, i.second, i.sentences, i.chars));
    let mut rows: BTreeMap<(u32, Option<i32>), PlaceYear> = BTreeMap::new();
    for key in present.iter().copied().chain(items.iter().map(|item| (item.place, item.year))) {
        rows.entry(key).or_insert_with(|| PlaceYear {
            place: key.0,
            year: key.1,
            documents: 0,
            measures: 0,
            general: 0,
            abstained: 0,
            weight: 0.0,
            themes: vec![ThemeCount::default(); themes.len()],
            blocks: Vec::new(),
        });
    }
    let mut last_doc = None;
    for item in sorted {
        for theme in item.theme.into_iter().chain(item.second) {
            if theme >= set.count {
                return Err(Error::Numbers(
                    Trouble::new(format!("a measure has theme {theme}, but the codebook has {} themes", set.count))
                        .remedy("code the corpus with the codebook that is used for the emphasis"),
                ));
            }
        }
        let row = rows.get_mut(&(item.place, item.year)).expect("every item's place-year was entered above");
        if last_doc != Some((item.place, item.year, item.doc)) {
            last_doc = Some((item.place, item.year, item.doc));
            row.documents += 1;
        }
        match item.theme {
            None => row.abstained += 1,
            Some(theme) => match set.column(theme) {
                None => row.general += 1,
                Some(column) => add(row, item, column, second_column(item, set, counting), weight.of(item)),
            },
        }
    }
    Ok(Counts { themes, rows: rows.into_values().collect() })
}

/// The column that gets half of the measure, if any does.
fn second_column(item: &Item, set: ThemeSet, counting: Counting) -> Option<usize> {
    match counting {
        Counting::Primary => None,
        Counting::Fractional => item.second.filter(|&second| Some(second) != item.theme).and_then(|s| set.column(s)),
    }
}

/// Adds one counted measure to its place-year and to its block, which is the last one or a new one.
fn add(row: &mut PlaceYear, item: &Item, column: usize, second: Option<usize>, weight: f64) {
    let cell = &mut row.themes[column];
    cell.measures += 1;
    cell.sentences += u64::from(item.sentences);
    cell.chars += u64::from(item.chars);
    row.measures += 1;
    row.weight += weight;
    if row.blocks.last().is_none_or(|last| (last.doc, last.block) != (item.doc, item.block)) {
        let zeros = vec![0.0; row.themes.len()];
        let (doc, block) = (item.doc, item.block);
        row.blocks.push(Block { doc, block, weights: zeros.clone(), measures: zeros, squares: 0.0 });
    }
    let block = row.blocks.last_mut().expect("a block was pushed if there was none");
    block.measures[column] += 1.0;
    block.squares += weight * weight;
    match second {
        None => {
            row.themes[column].weight += weight;
            block.weights[column] += weight;
        }
        Some(second) => {
            for half in [column, second] {
                row.themes[half].weight += 0.5 * weight;
                block.weights[half] += 0.5 * weight;
            }
        }
    }
}
