//! Coded measures become shares, quotients, keyness and diversity.

use crate::codebook::{Codebook, Part};
use crate::emphasis::diversity::{Profile, diversity};
use crate::emphasis::keyness::{TermCount, keyness};
use crate::emphasis::{Item, ThemeSet, count, emphasis};
use crate::error::Result;
use crate::record::{CodedDocument, CodedMeasure, DiversityRow, EmphasisRow, KeynessRow, Method};
use crate::settings::Settings;

use super::group::Words;

/// Rows of keyness kept for each target: the most typical terms, and as many of the least.
const KEYNESS_ROWS: usize = 60;

/// What was weighed.
pub(super) struct Weighed {
    pub emphasis: Vec<EmphasisRow>,
    pub keyness: Vec<KeynessRow>,
    pub diversity: Vec<DiversityRow>,
    pub method: Method,
    pub warnings: Vec<String>,
}

/// The section in which a measure stands: its innermost heading, which the measures beside it share.
fn section(measure: &CodedMeasure) -> u32 {
    measure.measure.path.last().map_or(0, |heading| heading + 1)
}

/// The sorted names of all places.
fn places(documents: &[CodedDocument]) -> Vec<&str> {
    let mut names: Vec<&str> = documents.iter().map(|coded| coded.document.meta.place.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Weighs the measures of `part`.
///
/// # Errors
/// [`crate::Error::Settings`] for parameters out of range.
pub(super) fn weigh(
    documents: &[CodedDocument],
    words: &Words,
    part: Part,
    codebook: &Codebook,
    settings: &Settings,
) -> Result<Weighed> {
    let names = places(documents);
    let place_of = |coded: &CodedDocument| {
        names.binary_search(&coded.document.meta.place.name.as_str()).expect("every document's place is in the list")
            as u32
    };
    let year_of = |coded: &CodedDocument| coded.document.meta.year.map(|(year, _)| year);
    let mut items = Vec::with_capacity(words.rows.len());
    for (doc, coded) in documents.iter().enumerate() {
        for measure in coded.measures.iter().filter(|measure| measure.measure.part == part) {
            let held = &coded.outline.sentences
                [measure.measure.sentences.start as usize..measure.measure.sentences.end as usize];
            let chars: usize = held.iter().map(|sentence| sentence.span.of(&coded.document.text).chars().count()).sum();
            items.push(Item {
                place: place_of(coded),
                year: year_of(coded),
                doc: doc as u32,
                block: section(measure),
                theme: (!measure.theme.abstained).then_some(measure.theme.theme),
                second: measure.theme.second,
                sentences: held.len() as u32,
                chars: chars as u32,
            });
        }
    }
    let present: Vec<(u32, Option<i32>)> = documents.iter().map(|coded| (place_of(coded), year_of(coded))).collect();
    let set = ThemeSet { count: codebook.themes.len() as u16, general: Some(codebook.general()) };
    let counts = count(&items, &present, set, settings.weight, settings.counting)?;
    let weighed = emphasis(&counts, &settings.emphasis)?;

    let profiles: Vec<Profile> = counts
        .rows
        .iter()
        .map(|row| Profile { place: row.place, year: row.year, measures: row.measures, shares: row.shares() })
        .collect();
    let few: Vec<String> = counts
        .rows
        .iter()
        .filter(|row| row.measures < settings.emphasis.min_measures)
        .map(|row| {
            let year = row.year.map_or("an unknown year".to_owned(), |year| year.to_string());
            format!(
                "{} in {year} has {} measures with a theme, fewer than {}: it is not ranked",
                names[row.place as usize], row.measures, settings.emphasis.min_measures
            )
        })
        .collect();
    let sum = |pick: fn(&crate::emphasis::PlaceYear) -> u64| counts.rows.iter().map(pick).sum::<u64>();
    let method = Method {
        counted: sum(|row| row.measures),
        general: sum(|row| row.general),
        abstained: sum(|row| row.abstained),
        strength: weighed.strength,
        correlation: weighed.correlation,
        level: settings.emphasis.level,
        draws: settings.emphasis.draws,
        min_measures: settings.emphasis.min_measures,
        weight: settings.weight,
        base: counts.themes.iter().copied().zip(weighed.base.iter().copied()).collect(),
    };
    let emphasis = weighed
        .rows
        .into_iter()
        .map(|row| EmphasisRow {
            place: names[row.place as usize].to_owned(),
            year: row.year,
            theme: row.theme,
            measures: row.measures,
            sentences: row.sentences,
            chars: row.chars,
            share: row.share,
            share_interval: row.share_low.zip(row.share_high),
            lq: row.lq,
            lq_interval: row.lq_low.zip(row.lq_high),
            z: row.z,
            q: row.q,
            rank: row.rank,
        })
        .collect();
    let label = |row: &crate::emphasis::diversity::DiversityRow| {
        row.nearest_place.map(|place| names[place as usize].to_owned())
    };
    let diversity = diversity(&profiles)
        .into_iter()
        .map(|row| DiversityRow {
            place: names[row.place as usize].to_owned(),
            year: row.year,
            measures: row.measures,
            entropy: row.entropy,
            effective_themes: row.effective_themes,
            herfindahl: row.herfindahl,
            nearest_place: label(&row),
            similarity: row.similarity,
        })
        .collect();
    let keyness = keyness_rows(documents, words, &names, codebook, settings)?;
    Ok(Weighed { emphasis, keyness, diversity, method, warnings: few })
}

/// Keyness of every place and theme against the rest.
fn keyness_rows(
    documents: &[CodedDocument],
    words: &Words,
    names: &[&str],
    codebook: &Codebook,
    settings: &Settings,
) -> Result<Vec<KeynessRow>> {
    let (mut by_place, mut by_theme) = (Vec::new(), Vec::new());
    for (row, &(doc, measure)) in words.rows.iter().enumerate() {
        let coded = &documents[doc as usize];
        let place = names.binary_search(&coded.document.meta.place.name.as_str()).unwrap_or_default() as u32;
        let measure = &coded.measures[measure as usize];
        let Some(counts) = words.counts.matrix.outer_view(row) else { continue };
        for (term, &count) in counts.iter() {
            let cell =
                TermCount { target: place, doc, block: section(measure), term: term as u32, count: count as u32 };
            by_place.push(cell);
            if !measure.theme.abstained {
                by_theme.push(TermCount { target: u32::from(measure.theme.theme), ..cell });
            }
        }
    }
    let term = |index: u32| words.vocabulary.terms()[index as usize].clone();
    let mut rows = Vec::new();
    for (target_kind, counts) in [("place", by_place), ("theme", by_theme)] {
        let all = keyness(&counts, &settings.keyness)?;
        for target in all.chunk_by(|a, b| a.target == b.target) {
            let name = match target_kind {
                "place" => names[target[0].target as usize].to_owned(),
                _ => codebook.themes[target[0].target as usize].id.clone(),
            };
            let ends = target.len().saturating_sub(KEYNESS_ROWS).max(KEYNESS_ROWS);
            let kept = target.iter().enumerate().filter(|(index, _)| *index < KEYNESS_ROWS || *index >= ends);
            rows.extend(kept.map(|(_, row)| KeynessRow {
                target_kind,
                target: name.clone(),
                term: term(row.term),
                count: row.count,
                rest: row.rest,
                log_odds: row.log_odds,
                z: row.z,
                q: row.q,
            }));
        }
    }
    Ok(rows)
}
