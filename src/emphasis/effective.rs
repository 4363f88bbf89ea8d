//! How many independent measures a document is worth: measures of one section are alike, and count for less than one.
//!
//! The likeness is the intra-section correlation ρ of themes, by the analysis of variance of the multinomial
//! indicators (Landis and Koch 1977; Donner 1986), pooled over all place-years because one document is too small to
//! tell. With weights wᵢ, and W_b the weight of section b, the variance of a weighted share is
//! p(1 − p) · [(1 − ρ) Σ wᵢ² + ρ Σ_b W_b²] / W², so that the effective number is
//! n_eff = W² / [(1 − ρ) Σ wᵢ² + ρ Σ_b W_b²]; for weights of 1 this is n divided by Kish's design effect.

use super::shares::PlaceYear;

/// The intra-section correlation of themes, 0 to 1.
///
/// 0 where it cannot be told: when every place-year has one section, or every section one measure. (In the second
/// case it does not matter.)
pub fn correlation(rows: &[PlaceYear]) -> f64 {
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
    let squares: f64 = row.blocks.iter().map(|block| block.squares).sum();
    let block_squares: f64 = row.blocks.iter().map(|block| block.weights.iter().sum::<f64>()).map(|w| w * w).sum();
    let denominator = (1.0 - rho) * squares + rho * block_squares;
    if denominator > 0.0 { row.weight * row.weight / denominator } else { 0.0 }
}
