//! Counted measures become shares, quotients and diversity.

use crate::codebook::ThemeId;
use crate::emphasis::diversity::{Profile, diversity};
use crate::emphasis::{Counts, EmphasisRow as Row, Weight, emphasis};
use crate::error::Result;
use crate::notice::Notice;
use crate::record::{CodedDocument, DiversityRow, EmphasisRow, Method, PlaceYearRow};
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
pub(super) fn weigh(documents: &[CodedDocument], counted: &Counted<'_>, settings: &Settings) -> Result<Weighed> {
    let counts = counted.counts(settings)?;
    let rho = counted.likeness(documents, &counts, settings)?;
    let weighed = emphasis(&counts, rho, &settings.emphasis)?;
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
        by_seeds: false,
        counted: sum(|row| row.measures),
        general: sum(|row| row.general),
        abstained: sum(|row| row.abstained),
        strength: weighed.strength,
        correlation: rho,
        level: settings.emphasis.level,
        interval: settings.emphasis.interval,
        draws: settings.emphasis.draws,
        min_measures: settings.emphasis.min_measures,
        weight: settings.weight,
        counting: settings.counting,
        asked_clusters: settings.cluster.k,
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
        warnings: few(&counts, counted, settings).into_iter().chain(lengths(&counts, counted, settings)).collect(),
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
        lq_raw: row.lq_raw,
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

/// Shares by measures and by characters that lie so far apart say that the theme's measures are cut longer or shorter than others.
const APART: f64 = 0.12;
/// Places named by one notice.
const NAMED: usize = 3;

/// A theme of a place-year with its shares by measures and by characters.
struct Unlike {
    place: u32,
    year: Option<i32>,
    theme: ThemeId,
    measures: f64,
    chars: f64,
}

impl Unlike {
    fn gap(&self) -> f64 {
        (self.measures - self.chars).abs()
    }
}

/// One notice for all places of which a theme's share would be quite another if characters were counted, the worst by name.
fn lengths(counts: &Counts, counted: &Counted<'_>, settings: &Settings) -> Option<Notice> {
    if settings.weight != Weight::Measures {
        return None;
    }
    let share = |part: u64, whole: u64| part as f64 / whole as f64;
    let mut found: Vec<Unlike> = Vec::new();
    for row in counts.rows.iter().filter(|row| row.measures >= settings.emphasis.min_measures.max(1)) {
        let chars: u64 = row.themes.iter().map(|theme| theme.chars).sum();
        let cells = row.themes.iter().enumerate().map(|(column, theme)| {
            let (measures, chars) = (share(theme.measures, row.measures), share(theme.chars, chars.max(1)));
            Unlike { place: row.place, year: row.year, theme: counts.themes[column], measures, chars }
        });
        found.extend(cells.max_by(|a, b| a.gap().total_cmp(&b.gap())).filter(|cell| cell.gap() > APART));
    }
    found.sort_by(|a, b| b.gap().total_cmp(&a.gap()).then((a.place, a.year).cmp(&(b.place, b.year))));
    let n = found.len();
    let place = |cell: &Unlike| {
        let year = cell.year.map_or(String::new(), |year| format!(" {year}"));
        format!("{}{year}", counted.names[cell.place as usize])
    };
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for cell in found.iter().take(NAMED) {
        let theme = &counted.themes[usize::from(cell.theme)];
        let (measures, chars) = (100.0 * cell.measures, 100.0 * cell.chars);
        zh.push(format!("{}“{}”按措施占 {measures:.0}%、按字数占 {chars:.0}%", place(cell), theme.zh));
        en.push(format!("{} {}: {measures:.0} % of measures, {chars:.0} % of characters", place(cell), theme.id));
    }
    (n > 0).then(|| {
        Notice::new(
            format!("有 {n} 处某一主题按措施与按字数的占比相差悬殊（{}），措施切分长短不一，宜以 --weight chars 复核。", zh.join("；")),
            format!(
                "in {n} of the places and years a theme's share is quite another by measures than by characters ({}): measures are \
                 of unlike length, so look at --weight chars too",
                en.join("; ")
            ),
        )
    })
}
