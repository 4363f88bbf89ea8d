//! How many independent measures a document is worth: measures of one section are alike, and count for less than one.
//!
//! The likeness is the intra-section correlation ρ of themes, by the analysis of variance of the multinomial
//! indicators (Landis and Koch 1977; Donner 1986), pooled over all place-years because one document is too small to
//! tell. With weights wᵢ, and W_b the weight of section b, the variance of a weighted share is
//! p(1 − p) · [(1 − ρ) Σ wᵢ² + ρ Σ_b W_b²] / W², so that the effective number is
//! n_eff = W² / [(1 − ρ) Σ wᵢ² + ρ Σ_b W_b²]; for weights of 1 this is n divided by Kish's design effect.
//!
//! That takes the sections of a document for a random sample, any of which could have been about any theme. Most reports
//! are not so: they have a section for each theme, year after year, and then it makes chance far too large (in reports of
//! provinces by a factor of 3.6). Two things tell:
//! - A theme that has its section does not come again in the next one. Sections drawn at random repeat a theme as often as
//!   two documents do, or more often where places differ; where they repeat it less often ([`between_sections`]), sections are
//!   strata, not clusters. Strata add nothing to chance (Cochran 1977, §5.6), and measures count singly.
//! - Where places have several years, what changes from one year to the next is chance and true change together. So ρ is no
//!   more than what the changes leave room for ([`correlation_over_years`]). Of many places' changes either figure is rather
//!   too high than too low.

use super::shares::{Block, PlaceYear};

/// Fewer places with several years tell too little of what chance alone changes.
const LEAST_PLACES: usize = 10;
/// Sections whose themes repeat less often than this many standard errors below chance are strata; one corpus in forty with
/// sections drawn at random, all places alike, is taken for such.
const STRATA: f64 = -2.0;

/// The likeness ρ of measures in one section, 0 to 1: 0 where sections are strata, else that within sections, or what
/// changes over years leave room for where that is less.
///
/// Rows come by place and year, as [`count`](super::count) gives them.
pub fn correlation(rows: &[PlaceYear]) -> f64 {
    if between_sections(rows).is_some_and(|z| z <= STRATA) {
        return 0.0;
    }
    let within = correlation_within(rows);
    correlation_over_years(rows).map_or(within, |over| over.min(within))
}

/// How much more often two measures from different sections of one document share their theme than two from different
/// documents, in standard errors; below 0 where sections keep their themes apart. `None` for a single document, and where no
/// document has two sections or only one theme occurs.
///
/// With Qd and qb the sums of squared numbers of measures by theme in document d and in its section b, and Nd, nb the numbers of
/// measures, two measures of different documents share a theme with the probability S = (Σₜ Tₜ² − Σ Qd) / (N² − Σ Nd²), T being
/// the totals. A document has ed = (Qd − Σ qb) − S (Nd² − Σ nb²) more such pairs than S makes; z = Σ ed / √Σ ed². True
/// differences between places add to z.
pub fn between_sections(rows: &[PlaceYear]) -> Option<f64> {
    let documents: Vec<&[Block]> =
        rows.iter().flat_map(|row| row.blocks.chunk_by(|one, other| one.doc == other.doc)).collect();
    let mut totals = vec![0.0; rows.first()?.themes.len()];
    let mut pairs = Vec::with_capacity(documents.len());
    let (mut alike_within, mut pairs_within) = (0.0, 0.0);
    for blocks in documents {
        let mut themes = vec![0.0; totals.len()];
        let (mut alike_in_sections, mut pairs_in_sections) = (0.0, 0.0);
        for block in blocks {
            themes.iter_mut().zip(&block.measures).for_each(|(sum, count)| *sum += count);
            let (alike, size) = squared(&block.measures);
            alike_in_sections += alike;
            pairs_in_sections += size * size;
        }
        totals.iter_mut().zip(&themes).for_each(|(sum, count)| *sum += count);
        let (alike, size) = squared(&themes);
        alike_within += alike;
        pairs_within += size * size;
        pairs.push((alike - alike_in_sections, size * size - pairs_in_sections));
    }
    let (alike, size) = squared(&totals);
    let apart = size * size - pairs_within;
    if apart <= 0.0 {
        return None;
    }
    let chance = (alike - alike_within) / apart;
    let more = pairs.iter().map(|(alike, pairs)| alike - chance * pairs);
    let (sum, squares) = more.fold((0.0, 0.0), |(sum, squares), e| (sum + e, squares + e * e));
    (squares > 1e-12).then(|| sum / squares.sqrt())
}

/// The sum of squares and the sum.
fn squared(counts: &[f64]) -> (f64, f64) {
    counts.iter().fold((0.0, 0.0), |(squares, sum), count| (squares + count * count, sum + count))
}

/// The ρ that changes from year to year leave room for, 0 to 1; `None` with fewer than 10 places that have two years or more.
///
/// For two successive years of a place, with A = Σ wᵢ² / W² and B = Σ_b W_b² / W², chance alone makes
/// E Σₜ (p₁ₜ − p₂ₜ)² = (1 − Σ p̄ₜ²) [A₁ + A₂ + ρ (B₁ − A₁ + B₂ − A₂)], p̄ being the share over both; true change adds to it.
/// The estimate is Σ (d − a) / Σ b over all pairs, with d the left side over 1 − Σ p̄ₜ², a = A₁ + A₂ and b the bracket's last part.
/// Rows come by place and year.
pub fn correlation_over_years(rows: &[PlaceYear]) -> Option<f64> {
    let dated: Vec<&PlaceYear> = rows.iter().filter(|row| row.weight > 0.0 && row.year.is_some()).collect();
    let (mut over, mut room, mut held) = (0.0, 0.0, 0);
    for years in dated.chunk_by(|one, other| one.place == other.place) {
        let before = room;
        for (more, left) in years.windows(2).filter_map(|pair| change(pair[0], pair[1])) {
            over += more;
            room += left;
        }
        held += usize::from(room > before);
    }
    (held >= LEAST_PLACES && room > 0.0).then(|| (over / room).clamp(0.0, 1.0))
}

/// Of two years of a place: how far they differ beyond what independent measures would, d − a, and b. `None` where both have
/// one theme only.
fn change(one: &PlaceYear, other: &PlaceYear) -> Option<(f64, f64)> {
    let (mut apart, mut same) = (0.0, 0.0);
    for (here, there) in one.themes.iter().zip(&other.themes) {
        let difference = here.weight / one.weight - there.weight / other.weight;
        let both = (here.weight + there.weight) / (one.weight + other.weight);
        apart += difference * difference;
        same += both * both;
    }
    let (one, other) = (squares(one), squares(other));
    let single = one.0 + other.0;
    (same < 1.0 - 1e-12).then(|| (apart / (1.0 - same) - single, one.1 + other.1 - single))
}

/// A = Σ wᵢ² / W² and B = Σ_b W_b² / W² of a place-year with weight.
fn squares(row: &PlaceYear) -> (f64, f64) {
    let whole = row.weight * row.weight;
    let of_blocks = row.blocks.iter().map(|block| block.weights.iter().sum::<f64>()).map(|weight| weight * weight);
    (row.blocks.iter().map(|block| block.squares).sum::<f64>() / whole, of_blocks.sum::<f64>() / whole)
}

/// The intra-section correlation of themes by the analysis of variance, 0 to 1.
///
/// 0 where it cannot be told: when every place-year has one section, or every section one measure. (In the second
/// case it does not matter.)
pub fn correlation_within(rows: &[PlaceYear]) -> f64 {
    let (mut between, mut within) = (0.0, 0.0);
    let (mut between_df, mut within_df, mut spread) = (0.0, 0.0, 0.0);
    for row in rows.iter().filter(|row| row.measures > 0) {
        let n = row.measures as f64;
        let (mut block_squares, mut sizes_squared) = (0.0, 0.0);
        for block in &row.blocks {
            let size: f64 = block.measures.iter().sum();
            block_squares += block.measures.iter().map(|count| count * count).sum::<f64>() / size;
            sizes_squared += size * size;
        }
        let total_squares =
            row.themes.iter().map(|theme| (theme.measures as f64) * (theme.measures as f64)).sum::<f64>() / n;
        between += block_squares - total_squares;
        within += n - block_squares;
        between_df += row.blocks.len() as f64 - 1.0;
        within_df += n - row.blocks.len() as f64;
        spread += n - sizes_squared / n;
    }
    if between_df <= 0.0 || within_df <= 0.0 {
        return 0.0;
    }
    let mean_between = between / between_df;
    let mean_within = within / within_df;
    let size = spread / between_df;
    let denominator = mean_between + (size - 1.0) * mean_within;
    if denominator > 0.0 { ((mean_between - mean_within) / denominator).clamp(0.0, 1.0) } else { 0.0 }
}

/// The effective number of counted measures of a place-year under the correlation `rho`; 0 for none.
pub fn effective_number(row: &PlaceYear, rho: f64) -> f64 {
    if row.weight <= 0.0 {
        return 0.0;
    }
    let (single, of_blocks) = squares(row);
    let variance = (1.0 - rho) * single + rho * of_blocks;
    if variance > 0.0 { 1.0 / variance } else { 0.0 }
}
