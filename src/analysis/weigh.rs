//! Counted measures become shares, quotients and diversity.

use crate::emphasis::diversity::{Profile, diversity};
use crate::emphasis::{Counts, EmphasisRow as Row, count, emphasis};
use crate::error::Result;
use crate::notice::Notice;
use crate::record::{DiversityRow, EmphasisRow, Method, PlaceYearRow};
use crate::settings::Settings;

use super::counted::Counted;

/// What was weighed.
pub(super) struct Weighed {
    pub emphasis: Vec<EmphasisRow>,
    pub diversity: Vec<DiversityRow>,
    pub place_years: Vec<PlaceYearRow>,
    pub method: Method,
    pub warnings: Vec<Notice>,
    /// The counts behind it all, by the settings' weight and counting.
    pub counts: Counts,
    /// The effective number of measures of each place-year.
    pub effective: Vec<f64>,
}

/// Weighs the counted measures.
///
/// # Errors
/// [`crate::Error::Settings`] for parameters out of range.
pub(super) fn weigh(counted: &Counted<'_>, settings: &Settings) -> Result<Weighed> {
    let counts = count(&counted.items, &counted.present, counted.set, settings.weight, settings.counting)?;
    let weighed = emphasis(&counts, &settings.emphasis)?;
    let profiles: Vec<Profile> = counts
        .rows
        .iter()
        .map(|row| Profile { place: row.place, year: row.year, measures: row.measures, shares: row.shares() })
        .collect();
    let diversity = diversity(&profiles);
    let place_years = counts
        .rows
        .iter()
        .zip(&weighed.effective)
        .zip(&diversity)
        .map(|((row, &effective), profile)| PlaceYearRow {
            place: counted.name(row.place),
            year: row.year,
            documents: u64::from(row.documents),
            measures: row.measures,
            general: row.general,
            abstained: row.abstained,
            sections: row.blocks.len() as u64,
            effective,
            nicheness: profile.nicheness,
        })
        .collect();
    let diversity = diversity
        .into_iter()
        .map(|row| DiversityRow {
            place: counted.name(row.place),
            year: row.year,
            measures: row.measures,
            entropy: row.entropy,
            effective_themes: row.effective_themes,
            herfindahl: row.herfindahl,
            nearest_place: row.nearest_place.map(|place| counted.name(place)),
            similarity: row.similarity,
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
        counting: settings.counting,
        by: settings.by.clone(),
        transmitted: None,
        scale: (0, Vec::new()),
        base: counts.themes.iter().copied().zip(weighed.base.iter().copied()).collect(),
    };
    Ok(Weighed {
        emphasis: weighed.rows.into_iter().map(|row| named(row, counted)).collect(),
        diversity,
        place_years,
        method,
        warnings: few(&counts, counted, settings),
        effective: weighed.effective,
        counts,
    })
}

fn named(row: Row, counted: &Counted<'_>) -> EmphasisRow {
    EmphasisRow {
        place: counted.name(row.place),
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
    }
}

/// A notice for each place-year that is not ranked.
fn few(counts: &Counts, counted: &Counted<'_>, settings: &Settings) -> Vec<Notice> {
    let least = settings.emphasis.min_measures;
    counts
        .rows
        .iter()
        .filter(|row| row.measures < least)
        .map(|row| {
            let (zh, en) = match row.year {
                Some(year) => (format!("{year} 年"), year.to_string()),
                None => ("年份不明".to_owned(), "an unknown year".to_owned()),
            };
            let (place, measures) = (counted.names[row.place as usize], row.measures);
            Notice::new(
                format!("{place}（{zh}）有主题的措施只有 {measures} 条，少于 {least} 条，不排名次。"),
                format!("{place} in {en} has {measures} measures with a theme, fewer than {least}: it is not ranked"),
            )
        })
        .collect()
}
