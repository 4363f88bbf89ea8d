//! What changes: year on year, review against plan, breaks and spikes; and the panel of all place-years.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::codebook::ThemeId;
use crate::emphasis::distributions::benjamini_hochberg;
use crate::emphasis::effective::effective_number;
use crate::emphasis::shares::ThemeCount;
use crate::emphasis::trend::{self, Estimate, find_break, find_spikes, review_against_plan, year_on_year};
use crate::emphasis::{Counting, Counts, Weight, count};
use crate::error::Result;
use crate::record::{ChangeRow, CodedDocument, PanelCell, PanelRow, TurnRow};
use crate::settings::Settings;

use super::counted::Counted;

/// A spike is listed below this false discovery rate.
const SPIKE_RATE: f64 = 0.1;

/// Year on year over the part under analysis, then review against plan where a place has both for one year.
pub(super) fn change(
    documents: &[CodedDocument],
    (counted, counts, effective): (&Counted<'_>, &Counts, &[f64]),
    plan: &Counted<'_>,
    review: &Counted<'_>,
    settings: &Settings,
) -> Result<Vec<ChangeRow>> {
    let level = settings.emphasis.level;
    let mut rows = named("year_on_year", year_on_year(counts, effective, level), counted);
    let weigh = |part: &Counted<'_>| {
        let counts = part.counts(settings)?;
        let rho = part.likeness(documents, &counts, settings)?;
        let effective: Vec<f64> = counts.rows.iter().map(|row| effective_number(row, rho)).collect();
        Ok::<_, crate::Error>((counts, effective))
    };
    let ((planned, worth), (reviewed, review_worth)) = (weigh(plan)?, weigh(review)?);
    let compared = review_against_plan((&planned, &worth), (&reviewed, &review_worth), level);
    rows.extend(named("review_against_plan", compared, counted));
    Ok(rows)
}

fn named(comparison: &'static str, rows: Vec<trend::ChangeRow>, counted: &Counted<'_>) -> Vec<ChangeRow> {
    rows.into_iter()
        .map(|row| ChangeRow {
            comparison,
            place: counted.name(row.place),
            theme: row.theme,
            from_year: row.from_year,
            to_year: row.to_year,
            from: row.from,
            to: row.to,
            change: row.difference.change,
            interval: (row.difference.low, row.difference.high),
            z: row.difference.z,
            q: row.q,
        })
        .collect()
}

/// The shares of a theme in a place, by year.
type Series = (u32, ThemeId, Vec<(i32, Estimate)>);

/// Breaks and spikes of every series of a theme in a place.
pub(super) fn turns(counted: &Counted<'_>, counts: &Counts, effective: &[f64], settings: &Settings) -> Vec<TurnRow> {
    let known: Vec<usize> = (0..counts.rows.len())
        .filter(|&row| counts.rows[row].year.is_some() && counts.rows[row].weight > 0.0 && effective[row] > 0.0)
        .collect();
    let series: Vec<Series> = known
        .chunk_by(|&a, &b| counts.rows[a].place == counts.rows[b].place)
        .flat_map(|rows| {
            counts.themes.iter().enumerate().map(move |(column, &theme)| {
                let of = |&row: &usize| {
                    let estimate = Estimate { share: counts.rows[row].share(column)?, n: effective[row] };
                    Some((counts.rows[row].year?, estimate))
                };
                (counts.rows[rows[0]].place, theme, rows.iter().filter_map(of).collect())
            })
        })
        .collect();
    let found: Vec<Vec<TurnRow>> = series
        .par_iter()
        .map(|(place, theme, series)| {
            let (place, theme) = (counted.name(*place), *theme);
            let broken = find_break(series, settings.emphasis.seed).map(|found| TurnRow {
                turn: "break",
                place: place.clone(),
                theme,
                year: found.year,
                before: found.before,
                after: found.after,
                z: found.statistic,
                p: Some(found.p),
                q: 1.0,
            });
            let spikes = find_spikes(series, SPIKE_RATE).into_iter().map(|found| TurnRow {
                turn: "spike",
                place: place.clone(),
                theme,
                year: found.year,
                before: found.expected,
                after: found.share,
                z: found.z,
                p: None,
                q: found.q,
            });
            broken.into_iter().chain(spikes).collect()
        })
        .collect();
    let mut rows: Vec<TurnRow> = found.into_iter().flatten().collect();
    let breaks: Vec<usize> = (0..rows.len()).filter(|&row| rows[row].p.is_some()).collect();
    let p: Vec<f64> = breaks.iter().filter_map(|&row| rows[row].p).collect();
    for (&row, q) in breaks.iter().zip(benjamini_hochberg(&p)) {
        rows[row].q = q;
    }
    rows
}

/// Every place with a dated document × every year from the first to the last × every counted theme.
///
/// # Errors
/// As [`count`].
pub(super) fn panel(documents: &[CodedDocument], counted: &Counted<'_>) -> Result<Vec<PanelRow>> {
    let by = |weight, counting| count(&counted.items, &counted.present, counted.set, weight, counting);
    let primary = by(Weight::Measures, Counting::Primary)?;
    let fractional =
        [Weight::Measures, Weight::Sentences, Weight::Chars].map(|weight| by(weight, Counting::Fractional));
    let [measures, sentences, chars] = fractional;
    let fractional = [measures?, sentences?, chars?];
    let codes = codes(documents);
    let rows = trend::panel(&primary).into_iter().map(|row| {
        let found =
            primary.rows.binary_search_by(|known| (known.place, known.year).cmp(&(row.place, Some(row.year)))).ok();
        let column = counted.set.column(row.theme).filter(|_| row.status != trend::Status::Missing);
        let cell = found.zip(column).map(|(index, column)| {
            let known = &primary.rows[index];
            let own = &known.themes[column];
            let total = |pick: fn(&ThemeCount) -> u64| known.themes.iter().map(pick).sum::<u64>();
            PanelCell {
                primary: [own.measures, own.sentences, own.chars],
                fractional: [0, 1, 2].map(|weight: usize| fractional[weight].rows[index].themes[column].weight),
                total: [total(|theme| theme.measures), total(|theme| theme.sentences), total(|theme| theme.chars)],
                general: known.general,
                abstained: known.abstained,
            }
        });
        let place = counted.name(row.place);
        let code = codes.get(place.as_str()).and_then(|code| code.map(str::to_owned));
        // By the fractional counting a theme can occur that no measure has as its first.
        let status = match (row.status, &cell) {
            (trend::Status::Zero, Some(cell)) if cell.fractional[0] > 0.0 => trend::Status::Present,
            (status, _) => status,
        };
        PanelRow { code, year: row.year, theme: row.theme, status, cell, place }
    });
    Ok(rows.collect())
}

/// The statistical code of each place; `None` where its documents tell several.
fn codes(documents: &[CodedDocument]) -> BTreeMap<&str, Option<&str>> {
    let mut codes: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for coded in documents {
        let Some(code) = coded.document.meta.place.code.as_deref() else { continue };
        codes
            .entry(&coded.compared)
            .and_modify(|known| *known = known.filter(|known| *known == code))
            .or_insert(Some(code));
    }
    codes
}
