//! How widely a place spreads its emphasis, and how far it stands from the others.

use rayon::prelude::*;

use super::similarity::cosine;

/// Shannon's entropy −Σ p ln p of shares, in nats; 0 ln 0 is 0. `None` where the shares sum to nothing.
///
/// The shares are divided by their sum first, so weights serve as well.
pub fn entropy(shares: &[f64]) -> Option<f64> {
    let total: f64 = shares.iter().sum();
    (total > 0.0).then(|| {
        let sum: f64 = shares.iter().filter(|&&p| p > 0.0).map(|p| p / total * libm::log(p / total)).sum();
        // A single theme gives −0.
        (-sum).max(0.0)
    })
}

/// The effective number of themes, exp(entropy): as many equally treated themes would be as diverse (Hill 1973).
pub fn effective_themes(shares: &[f64]) -> Option<f64> {
    entropy(shares).map(libm::exp)
}

/// Herfindahl's index Σ p²: 1 for a single theme, 1/T for T equal ones. `None` where the shares sum to nothing.
pub fn herfindahl(shares: &[f64]) -> Option<f64> {
    let total: f64 = shares.iter().sum();
    (total > 0.0).then(|| shares.iter().map(|p| (p / total) * (p / total)).sum())
}

/// Nicheness of each place (Meyer and Miller 2015): how far its profile stands from the average of the others,
/// σᵢ = √(Σₜ (pᵢₜ − p̄₋ᵢₜ)² / T), less the mean σ of the others. Places weigh alike.
///
/// `profiles` holds one row of T shares a place, or `None` for a place without measures, which stays `None` and is
/// nobody's other. With fewer than two profiles every place is `None`. Positive: more niche than the others.
pub fn nicheness(profiles: &[Option<Vec<f64>>]) -> Vec<Option<f64>> {
    let known: Vec<&Vec<f64>> = profiles.iter().flatten().collect();
    let n = known.len();
    if n < 2 {
        return vec![None; profiles.len()];
    }
    let width = known[0].len();
    let sums: Vec<f64> = (0..width).map(|t| known.iter().map(|p| p[t]).sum()).collect();
    let sigma = |profile: &Vec<f64>| {
        let squares: f64 = (0..width)
            .map(|t| {
                let others = (sums[t] - profile[t]) / (n - 1) as f64;
                (profile[t] - others) * (profile[t] - others)
            })
            .sum();
        (squares / width as f64).sqrt()
    };
    let sigmas: Vec<Option<f64>> = profiles.iter().map(|profile| profile.as_ref().map(sigma)).collect();
    let total: f64 = sigmas.iter().flatten().sum();
    sigmas.iter().map(|own| own.map(|own| own - (total - own) / (n - 1) as f64)).collect()
}

/// What one row of the diversity table is computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The place.
    pub place: u32,
    /// The year; `None` where it is not known.
    pub year: Option<i32>,
    /// Counted measures.
    pub measures: u64,
    /// The shares of the counted themes; `None` without counted measures.
    pub shares: Option<Vec<f64>>,
}

/// One row of the diversity table.
#[derive(Clone, Debug, PartialEq)]
pub struct DiversityRow {
    /// The place.
    pub place: u32,
    /// The year; `None` where it is not known.
    pub year: Option<i32>,
    /// Counted measures.
    pub measures: u64,
    /// Shannon's entropy in nats; `None` without counted measures, as the two after it.
    pub entropy: Option<f64>,
    /// The effective number of themes.
    pub effective_themes: Option<f64>,
    /// Herfindahl's index.
    pub herfindahl: Option<f64>,
    /// Nicheness among the place-years of the same year; `None` where there is no other.
    pub nicheness: Option<f64>,
    /// The other place of the same year with the largest cosine (the first of equals); `None` where there is none.
    pub nearest_place: Option<u32>,
    /// That cosine.
    pub similarity: Option<f64>,
}

/// The diversity table, in the order of `profiles`. Places are compared within a year, unknown years among themselves.
pub fn diversity(profiles: &[Profile]) -> Vec<DiversityRow> {
    let mut niches = vec![None; profiles.len()];
    let mut years: Vec<Option<i32>> = profiles.iter().map(|profile| profile.year).collect();
    years.sort_unstable();
    years.dedup();
    let groups: Vec<Vec<usize>> =
        years.iter().map(|year| (0..profiles.len()).filter(|&i| profiles[i].year == *year).collect()).collect();
    for group in &groups {
        let shares: Vec<Option<Vec<f64>>> = group.iter().map(|&i| profiles[i].shares.clone()).collect();
        for (&index, niche) in group.iter().zip(nicheness(&shares)) {
            niches[index] = niche;
        }
    }
    profiles
        .par_iter()
        .enumerate()
        .map(|(index, profile)| {
            let group = &groups[years.binary_search(&profile.year).expect("every year was entered above")];
            let nearest = nearest(profile, profiles, group);
            let shares = profile.shares.as_deref();
            DiversityRow {
                place: profile.place,
                year: profile.year,
                measures: profile.measures,
                entropy: shares.and_then(entropy),
                effective_themes: shares.and_then(effective_themes),
                herfindahl: shares.and_then(herfindahl),
                nicheness: niches[index],
                nearest_place: nearest.map(|found| found.0),
                similarity: nearest.map(|found| found.1),
            }
        })
        .collect()
}

/// The other place of `group` whose shares have the largest cosine with `profile`'s, and that cosine.
fn nearest(profile: &Profile, profiles: &[Profile], group: &[usize]) -> Option<(u32, f64)> {
    let own = profile.shares.as_deref()?;
    let mut best: Option<(u32, f64)> = None;
    for other in group.iter().map(|&index| &profiles[index]).filter(|other| other.place != profile.place) {
        if let Some(similarity) = other.shares.as_deref().and_then(|shares| cosine(own, shares))
            && best.is_none_or(|(_, highest)| similarity > highest)
        {
            best = Some((other.place, similarity));
        }
    }
    best
}
