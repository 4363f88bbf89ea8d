//! The division that a named place means.

use super::named::Named;
use super::spoken::call_word;
use crate::corpus::document::Level;
use crate::corpus::gazetteer::{Division, Gazetteer, Sort, stem};

/// What a named place turned out to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The name to compare by: the official one where the division is known, else the last part as it was named.
    pub name: String,
    /// The path, as far as gazetteer and text tell it.
    pub path: Option<String>,
    /// The code, where the division is known.
    pub code: Option<String>,
    /// The level, where division or suffix tell it.
    pub level: Option<Level>,
    /// The paths the name could mean, where nothing decides.
    pub candidates: Vec<String>,
    /// The name in the text, where the division bears another one today.
    pub renamed_from: Option<String>,
}

/// The name under which the whole country is compared.
pub const NATION: &str = "全国";

/// Finds the division that `named` means; `context` is the text whose mentions of parents decide between namesakes.
pub fn resolve(named: &Named, context: &str) -> Resolved {
    let places = Gazetteer::embedded();
    let Some((last, above)) = named.parts.split_last() else { return Resolved::default() };
    // 国务院 is how collections of reports name who speaks for the nation.
    if last == NATION || last == "国务院" {
        return Resolved { name: NATION.into(), level: Some(Level::Nation), ..Resolved::default() };
    }
    let mut found = places.called(last);
    if found.is_empty() {
        found = places.renamed(last);
    }
    // A bare stem may be borne by a city and its own county or town (柳河): the highest speaks, unless parents are named.
    if stem(last).1.is_none() && above.is_empty() {
        let top = found.iter().map(|division| places.level(*division)).max();
        found.retain(|division| Some(places.level(*division)) == top);
    }
    let mut known_above = None;
    for part in above {
        let mut parents = places.called(part);
        if parents.is_empty() {
            parents = places.renamed(part);
        }
        found.retain(|division| parents.iter().any(|parent| *division != *parent && places.within(*division, *parent)));
        if let [parent] = parents[..] {
            known_above = Some(parent);
        } else if parents.is_empty() {
            known_above = None;
        }
    }
    // 保定市安新 is the county 安新县, not its own town 安新镇.
    if stem(last).1.is_none() {
        let all = found.clone();
        found.retain(|low| !all.iter().any(|high| low != high && places.within(*low, *high)));
    }
    // A township that changed its suffix is believed only below a county that the text names.
    if places.called(last).is_empty() && stem(last).1.and_then(Sort::level) == Some(Level::Township) && above.is_empty()
    {
        found.clear();
    }
    if found.len() > 1 {
        found = by_context(&found, context);
    }
    match found[..] {
        [division] => Resolved {
            name: places.name(division).into(),
            path: Some(places.path(division)),
            code: Some(places.code(division)),
            level: Some(places.level(division)),
            candidates: Vec::new(),
            renamed_from: places.called(last).is_empty().then(|| last.clone()),
        },
        [] => {
            let told = || above.concat() + last;
            let path = match known_above {
                Some(parent) => Some(places.path(parent) + last),
                None => (!above.is_empty()).then(told),
            };
            let level = stem(last).1.and_then(Sort::level);
            // A 市 that no gazetteer knows is a prefecture, unless another 市 stands above it.
            let city = || {
                (stem(last).1 == Some(Sort::City)).then_some(if above.iter().any(|part| part.ends_with('市')) {
                    Level::County
                } else {
                    Level::City
                })
            };
            Resolved { name: last.clone(), path, level: level.or_else(city), ..Resolved::default() }
        }
        ref several => Resolved {
            name: last.clone(),
            candidates: several.iter().map(|division| places.path(*division)).collect(),
            level: places_level(several),
            ..Resolved::default()
        },
    }
}

/// The level that all of `divisions` share.
fn places_level(divisions: &[Division]) -> Option<Level> {
    let level = Gazetteer::embedded().level(*divisions.first()?);
    divisions.iter().all(|division| Gazetteer::embedded().level(*division) == level).then_some(level)
}

/// Those of `found` whose parents the text mentions most: county before city before province.
///
/// All of them if no candidate's parents are mentioned, or if the best are several.
fn by_context(found: &[Division], context: &str) -> Vec<Division> {
    let places = Gazetteer::embedded();
    let mentions = |division: Division| context.matches(call_word(places.name(division))).count();
    let score = |division: Division| {
        let mut score = (0, 0, 0);
        for above in places.ancestors(division) {
            match places.level(above) {
                Level::County => score.0 += mentions(above),
                Level::City => score.1 += mentions(above),
                _ => score.2 += mentions(above),
            }
        }
        // A county that is named once with its city beats one that shares its name with an ordinary word.
        (score.0 + score.1 > 0, score.0.min(3) + score.1.min(3), score.2)
    };
    let scores: Vec<_> = found.iter().map(|division| score(*division)).collect();
    let Some(best) = scores.iter().max().copied().filter(|best| best.1 + best.2 > 0) else { return found.to_vec() };
    let kept = found.iter().zip(&scores).filter(|(_, score)| **score == best);
    kept.map(|(division, _)| *division).collect()
}
