//! Change (变化): year on year, review against last year's plan, breaks and spikes, and the complete panel.
//!
//! All of it works on shares with an effective number of measures ([`super::effective`]). The interval of a difference is
//! the square-and-add one (Newcombe 1998, method 10; Zou and Donner 2008) from the two shares' own intervals, which keeps its
//! coverage for small shares, where the usual ± does not.

use rand::Rng;

use super::distributions::{benjamini_hochberg, normal_p};
use super::interval::stream;
use super::quotient::share_interval;
use super::shares::{Counts, PlaceYear};
use crate::codebook::ThemeId;

/// A share and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share, 0 to 1.
    pub share: f64,
    /// The effective number of measures, above 0.
    pub n: f64,
}

/// The difference of two shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// `to` minus `from`.
    pub change: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end of its interval.
    pub high: f64,
    /// The change over its standard error with the pooled share; 0 where both shares are 0 or both 1.
    pub z: f64,
}

/// Compares two shares: low = d − √[(p₂ − l₂)² + (u₁ − p₁)²], high = d + √[(u₂ − p₂)² + (p₁ − l₁)²].
pub fn difference(from: Estimate, to: Estimate, level: f64) -> Difference {
    let (l1, u1) = share_interval(from.share, from.n, level);
    let (l2, u2) = share_interval(to.share, to.n, level);
    let change = to.share - from.share;
    let square = |x: f64, y: f64| (x * x + y * y).sqrt();
    let pooled = (from.n * from.share + to.n * to.share) / (from.n + to.n);
    let error = (pooled * (1.0 - pooled) * (1.0 / from.n + 1.0 / to.n)).sqrt();
    Difference {
        change,
        low: change - square(to.share - l2, u1 - from.share),
        high: change + square(u2 - to.share, from.share - l1),
        z: if error > 0.0 { change / error } else { 0.0 },
    }
}

/// One row of the table of changes.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// The place.
    pub place: u32,
    /// The theme.
    pub theme: ThemeId,
    /// The earlier year, or the year of the plan.
    pub from_year: i32,
    /// The later year, or the year under review; more than one later where years between are missing.
    pub to_year: i32,
    /// The earlier share.
    pub from: f64,
    /// The later share.
    pub to: f64,
    /// Their difference.
    pub difference: Difference,
    /// The false discovery rate (Benjamini and Hochberg) over all rows of the table.
    pub q: f64,
}

/// Year on year: each place-year with counted measures against the last one before it that has any. `effective` holds
/// the effective numbers in the order of the rows. Place-years of unknown year are left out.
pub fn year_on_year(counts: &Counts, effective: &[f64], level: f64) -> Vec<ChangeRow> {
    let usable: Vec<(usize, i32)> = dated(counts, effective).collect();
    let pairs = usable
        .windows(2)
        .filter(|pair| counts.rows[pair[0].0].place == counts.rows[pair[1].0].place)
        .map(|pair| (pair[0], pair[1]));
    table(
        pairs.map(|((i, from), (j, to))| Pair {
            from: (&counts.rows[i], effective[i], from),
            to: (&counts.rows[j], effective[j], to),
        }),
        &counts.themes,
        level,
    )
}

/// Review against plan: what a place reviewed of a year against what it had planned for that year. The rows of `review`
/// are keyed by the year under review. Pairs where one side has no counted measure are left out.
///
/// # Panics
/// If the two tables have other themes.
pub fn review_against_plan(plan: (&Counts, &[f64]), review: (&Counts, &[f64]), level: f64) -> Vec<ChangeRow> {
    assert_eq!(plan.0.themes, review.0.themes, "plan and review are coded with one codebook");
    let planned: Vec<(usize, i32)> = dated(plan.0, plan.1).collect();
    let pairs = dated(review.0, review.1).filter_map(|(j, year)| {
        let row = &review.0.rows[j];
        let &(i, _) = planned.iter().find(|&&(i, planned)| planned == year && plan.0.rows[i].place == row.place)?;
        Some(Pair { from: (&plan.0.rows[i], plan.1[i], year), to: (row, review.1[j], year) })
    });
    table(pairs, &plan.0.themes, level)
}

/// The rows with a year and with counted measures.
fn dated<'a>(counts: &'a Counts, effective: &'a [f64]) -> impl Iterator<Item = (usize, i32)> + 'a {
    counts
        .rows
        .iter()
        .enumerate()
        .filter(|(i, row)| row.weight > 0.0 && effective[*i] > 0.0)
        .filter_map(|(i, row)| Some((i, row.year?)))
}

struct Pair<'a> {
    from: (&'a PlaceYear, f64, i32),
    to: (&'a PlaceYear, f64, i32),
}

fn table<'a>(pairs: impl Iterator<Item = Pair<'a>>, themes: &[ThemeId], level: f64) -> Vec<ChangeRow> {
    let mut rows: Vec<ChangeRow> = Vec::new();
    for Pair { from, to } in pairs {
        for (column, &theme) in themes.iter().enumerate() {
            let (Some(a), Some(b)) = (from.0.share(column), to.0.share(column)) else { continue };
            let difference = difference(Estimate { share: a, n: from.1 }, Estimate { share: b, n: to.1 }, level);
            rows.push(ChangeRow {
                place: to.0.place,
                theme,
                from_year: from.2,
                to_year: to.2,
                from: a,
                to: b,
                difference,
                q: 1.0,
            });
        }
    }
    let p: Vec<f64> = rows.iter().map(|row| normal_p(row.difference.z)).collect();
    for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&p)) {
        row.q = q;
    }
    rows
}

/// A lasting change of level in a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Break {
    /// The first year of the new level.
    pub year: i32,
    /// The share over the years before.
    pub before: f64,
    /// The share over the years from then on.
    pub after: f64,
    /// The largest |z| over all splits.
    pub statistic: f64,
    /// The share of reshuffled series whose largest |z| is at least as large, counting the series itself.
    pub p: f64,
}

/// The years that must stand on either side of a break: one odd year is a spike, not a level.
pub const BREAK_SIDE: usize = 2;
/// Reshuffled series behind the p of a break.
const SHUFFLES: u32 = 999;

/// The most likely break of a series of (year, share), rising by year; `None` for fewer than five years.
///
/// Every split with [`BREAK_SIDE`] years or more on both sides is scored by the z of the two sides' pooled shares; the
/// largest wins, and its p comes from reshuffling the years (Pettitt-like maximum with a permutation reference), which
/// pays for having looked at all splits and needs no assumption about how shares scatter from year to year.
pub fn find_break(series: &[(i32, Estimate)], seed: u64) -> Option<Break> {
    if series.len() < 2 * BREAK_SIDE + 1 {
        return None;
    }
    let mut values: Vec<Estimate> = series.iter().map(|entry| entry.1).collect();
    let (split, statistic) = largest(&values);
    let (before, after) = (pool(&values[..split]), pool(&values[split..]));
    let mut rng = stream(seed, &[series[0].0 as u64, series.len() as u64]);
    let mut reached = 1;
    for _ in 0..SHUFFLES {
        for i in (1..values.len()).rev() {
            values.swap(i, rng.gen_range(0..=i));
        }
        reached += u32::from(largest(&values).1 >= statistic * (1.0 - 1e-12));
    }
    let p = f64::from(reached) / f64::from(SHUFFLES + 1);
    Some(Break { year: series[split].0, before: before.share, after: after.share, statistic, p })
}

/// The split with the largest |z|, the first of equals.
fn largest(values: &[Estimate]) -> (usize, f64) {
    let mut best = (BREAK_SIDE, -1.0);
    for split in BREAK_SIDE..=values.len() - BREAK_SIDE {
        let z = difference_z(pool(&values[..split]), pool(&values[split..])).abs();
        if z > best.1 {
            best = (split, z);
        }
    }
    best
}

fn difference_z(from: Estimate, to: Estimate) -> f64 {
    let pooled = (from.n * from.share + to.n * to.share) / (from.n + to.n);
    let error = (pooled * (1.0 - pooled) * (1.0 / from.n + 1.0 / to.n)).sqrt();
    if error > 0.0 { (to.share - from.share) / error } else { 0.0 }
}

fn pool(values: &[Estimate]) -> Estimate {
    let n: f64 = values.iter().map(|value| value.n).sum();
    Estimate { share: values.iter().map(|value| value.n * value.share).sum::<f64>() / n, n }
}

/// One year that stands out from the years beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spike {
    /// The year.
    pub year: i32,
    /// Its share.
    pub share: f64,
    /// The pooled share of the year before and the year after in the series.
    pub expected: f64,
    /// Its z against them.
    pub z: f64,
    /// The false discovery rate (Benjamini and Hochberg) over the inner years of the series.
    pub q: f64,
}

/// The years of a series of (year, share), rising by year, that differ from both neighbours in one direction, with a
/// q below `rate`. The first and last years have one neighbour only and are not judged.
pub fn find_spikes(series: &[(i32, Estimate)], rate: f64) -> Vec<Spike> {
    let inner: Vec<(Spike, bool)> = series
        .windows(3)
        .map(|years| {
            let [left, own, right] = [years[0].1, years[1].1, years[2].1];
            let beside = pool(&[left, right]);
            let z = difference_z(beside, own);
            let alone = (own.share - left.share) * (own.share - right.share) > 0.0;
            (Spike { year: years[1].0, share: own.share, expected: beside.share, z, q: 1.0 }, alone)
        })
        .collect();
    let p: Vec<f64> = inner.iter().map(|(spike, _)| normal_p(spike.z)).collect();
    inner
        .into_iter()
        .zip(benjamini_hochberg(&p))
        .filter(|((_, alone), q)| *alone && *q < rate)
        .map(|((spike, _), q)| Spike { q, ..spike })
        .collect()
}

/// What a cell of the panel holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No document of this place and year, or none with a measure of the part: nothing is known.
    Missing,
    /// There are measures, and none of them is about the theme.
    Zero,
    /// The theme occurs.
    Present,
}

impl Status {
    /// The English id, as it stands in tables.
    pub fn id(self) -> &'static str {
        match self {
            Status::Missing => "missing",
            Status::Zero => "zero",
            Status::Present => "present",
        }
    }
}

/// One row of the panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelRow {
    /// The place.
    pub place: u32,
    /// The year.
    pub year: i32,
    /// The theme.
    pub theme: ThemeId,
    /// Whether the cell is known.
    pub status: Status,
    /// Measures of the theme; `None` where the cell is missing.
    pub measures: Option<u64>,
    /// All counted measures of the place-year; `None` where it is missing.
    pub total: Option<u64>,
    /// The share; `None` where the cell is missing or the place-year has no counted measure.
    pub share: Option<f64>,
}

/// The complete panel: every place with a dated document × every year from the first to the last × every counted theme.
pub fn panel(counts: &Counts) -> Vec<PanelRow> {
    let mut places: Vec<u32> = counts.rows.iter().filter(|row| row.year.is_some()).map(|row| row.place).collect();
    places.dedup();
    let years = || counts.rows.iter().filter_map(|row| row.year);
    let (Some(first), Some(last)) = (years().min(), years().max()) else { return Vec::new() };
    let mut out = Vec::with_capacity(places.len() * counts.themes.len());
    for place in places {
        for year in first..=last {
            let found = counts.rows.binary_search_by(|row| (row.place, row.year).cmp(&(place, Some(year)))).ok();
            // A document without a measure of the part says nothing about any theme.
            let row = found.map(|index| &counts.rows[index]).filter(|row| row.documents > 0);
            for (column, &theme) in counts.themes.iter().enumerate() {
                let measures = row.map(|row| row.themes[column].measures);
                out.push(PanelRow {
                    place,
                    year,
                    theme,
                    status: match row {
                        None => Status::Missing,
                        Some(row) if row.themes[column].weight > 0.0 || measures > Some(0) => Status::Present,
                        Some(_) => Status::Zero,
                    },
                    measures,
                    total: row.map(|row| row.measures),
                    share: row.and_then(|row| row.share(column)),
                });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Counting, Item, ThemeSet, Weight, count};
    use super::*;

    fn year(place: u32, year: i32, first: usize, second: usize) -> Vec<Item> {
        let item = |theme| Item {
            place,
            year: Some(year),
            doc: place * 100 + year as u32,
            block: 0,
            theme: Some(theme),
            second: None,
            sentences: 1,
            chars: 20,
        };
        [vec![item(0); first], vec![item(1); second]].concat()
    }

    fn counts(items: &[Item]) -> Counts {
        count(items, &[], ThemeSet { count: 2, general: None }, Weight::Measures, Counting::Primary).unwrap()
    }

    #[test]
    fn a_difference_is_made_from_the_ends_of_both_intervals() {
        let (a, b) = (Estimate { share: 0.2, n: 50.0 }, Estimate { share: 0.5, n: 40.0 });
        let found = difference(a, b, 0.95);
        let ((l1, u1), (l2, u2)) = (share_interval(0.2, 50.0, 0.95), share_interval(0.5, 40.0, 0.95));
        assert!((found.low - (0.3 - (libm::pow(0.5 - l2, 2.0) + libm::pow(u1 - 0.2, 2.0)).sqrt())).abs() < 1e-12);
        assert!((found.high - (0.3 + (libm::pow(u2 - 0.5, 2.0) + libm::pow(0.2 - l1, 2.0)).sqrt())).abs() < 1e-12);
        // Pooled share 30/90: z = 0.3 / √(1/3 · 2/3 · (1/50 + 1/40)).
        assert!((found.z - 0.3 / (2.0 / 9.0 * 0.045_f64).sqrt()).abs() < 1e-12);
        let same = Estimate { share: 0.0, n: 9.0 };
        assert_eq!(difference(same, same, 0.95).z, 0.0);
    }

    #[test]
    fn years_are_compared_with_the_last_known_one_and_places_not_with_each_other() {
        let items = [year(0, 2020, 2, 2), year(0, 2023, 3, 1), year(1, 2021, 1, 3)].concat();
        let counts = counts(&items);
        let rows = year_on_year(&counts, &[4.0, 4.0, 4.0], 0.95);
        assert_eq!(rows.len(), 2);
        assert_eq!(
            (rows[0].place, rows[0].from_year, rows[0].to_year, rows[0].difference.change),
            (0, 2020, 2023, 0.25)
        );
    }

    #[test]
    fn a_review_meets_the_plan_of_the_same_year() {
        let plan = counts(&[year(0, 2023, 1, 3), year(1, 2024, 1, 1)].concat());
        let review = counts(&[year(0, 2023, 2, 2), year(1, 2023, 1, 1)].concat());
        let rows = review_against_plan((&plan, &[4.0, 2.0]), (&review, &[4.0, 2.0]), 0.95);
        assert_eq!(
            rows.iter().map(|row| (row.place, row.from, row.to)).collect::<Vec<_>>(),
            [(0, 0.25, 0.5), (0, 0.75, 0.5)]
        );
    }

    #[test]
    fn a_panel_tells_zero_from_missing() {
        let rows = panel(&counts(&[year(0, 2020, 2, 0), year(1, 2022, 1, 1)].concat()));
        assert_eq!(rows.len(), 2 * 3 * 2);
        let cell =
            |place, year, theme| rows.iter().find(|r| (r.place, r.year, r.theme) == (place, year, theme)).unwrap();
        assert_eq!((cell(0, 2020, 0).status, cell(0, 2020, 0).share), (Status::Present, Some(1.0)));
        assert_eq!((cell(0, 2020, 1).status, cell(0, 2020, 1).measures), (Status::Zero, Some(0)));
        assert_eq!((cell(0, 2021, 1).status, cell(0, 2021, 1).measures), (Status::Missing, None));
    }

    #[test]
    fn a_break_is_found_where_the_level_changes_and_chance_gets_a_large_p() {
        let series = |shares: &[f64]| -> Vec<(i32, Estimate)> {
            shares.iter().enumerate().map(|(i, &share)| (2015 + i as i32, Estimate { share, n: 100.0 })).collect()
        };
        let found = find_break(&series(&[0.1, 0.12, 0.09, 0.11, 0.3, 0.32, 0.29, 0.31]), 1).unwrap();
        assert_eq!(found.year, 2019);
        assert!((found.before - 0.105).abs() < 1e-12 && (found.after - 0.305).abs() < 1e-12 && found.p < 0.05);
        assert!(find_break(&series(&[0.1, 0.2, 0.11, 0.19, 0.1, 0.2, 0.12, 0.18]), 1).unwrap().p > 0.2);
        assert_eq!(find_break(&series(&[0.1, 0.1, 0.5, 0.5]), 1), None);
    }

    #[test]
    fn a_spike_stands_out_from_both_neighbours() {
        let at = |year, share| (year, Estimate { share, n: 200.0 });
        let found = find_spikes(&[at(2018, 0.1), at(2019, 0.1), at(2020, 0.4), at(2021, 0.12), at(2022, 0.1)], 0.05);
        assert_eq!(found.iter().map(|spike| spike.year).collect::<Vec<_>>(), [2020]);
        assert!((found[0].expected - 0.11).abs() < 1e-12);
        assert!(find_spikes(&[at(2018, 0.1), at(2019, 0.25), at(2020, 0.4)], 0.05).is_empty());
    }
}
