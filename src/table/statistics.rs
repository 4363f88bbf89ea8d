//! The tables of clusters, terms, emphasis, keyness and diversity.

use polars::prelude::*;

use crate::record::Analysis;
use crate::table::columns;
use crate::table::frame::{flag, frame, real, text, whole};

/// `name count` pairs in one cell.
fn counted<'a>(pairs: impl Iterator<Item = (&'a str, u64)>) -> String {
    pairs.map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
}

pub(super) fn emphasis(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.emphasis;
    let theme = |id: u16| Some(analysis.codebook.themes[id as usize].id.as_str());
    frame(
        &columns::EMPHASIS,
        vec![
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            whole("year", rows.iter().map(|row| row.year.map(i64::from))),
            text("theme", rows.iter().map(|row| theme(row.theme))),
            whole("measures", rows.iter().map(|row| Some(row.measures as i64))),
            whole("sentences", rows.iter().map(|row| Some(row.sentences as i64))),
            whole("chars", rows.iter().map(|row| Some(row.chars as i64))),
            real("share", rows.iter().map(|row| row.share)),
            real("share_low", rows.iter().map(|row| row.share_interval.map(|(low, _)| low))),
            real("share_high", rows.iter().map(|row| row.share_interval.map(|(_, high)| high))),
            real("lq_raw", rows.iter().map(|row| row.lq_raw)),
            real("lq", rows.iter().map(|row| row.lq)),
            real("lq_low", rows.iter().map(|row| row.lq_interval.map(|(low, _)| low))),
            real("lq_high", rows.iter().map(|row| row.lq_interval.map(|(_, high)| high))),
            real("z", rows.iter().map(|row| row.z)),
            real("q", rows.iter().map(|row| row.q)),
            whole("rank", rows.iter().map(|row| row.rank.map(i64::from))),
        ],
        0,
    )
}

pub(super) fn keyness(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.keyness;
    frame(
        &columns::KEYNESS,
        vec![
            text("target_kind", rows.iter().map(|row| Some(row.target_kind))),
            text("target", rows.iter().map(|row| Some(row.target.as_str()))),
            text("term", rows.iter().map(|row| Some(row.term.as_str()))),
            whole("count", rows.iter().map(|row| Some(row.count as i64))),
            whole("rest", rows.iter().map(|row| Some(row.rest as i64))),
            real("log_odds", rows.iter().map(|row| Some(row.log_odds))),
            real("z", rows.iter().map(|row| Some(row.z))),
            real("q", rows.iter().map(|row| Some(row.q))),
        ],
        0,
    )
}

pub(super) fn diversity(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.diversity;
    frame(
        &columns::DIVERSITY,
        vec![
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            whole("year", rows.iter().map(|row| row.year.map(i64::from))),
            whole("measures", rows.iter().map(|row| Some(row.measures as i64))),
            real("entropy", rows.iter().map(|row| row.entropy)),
            real("effective_themes", rows.iter().map(|row| row.effective_themes)),
            real("herfindahl", rows.iter().map(|row| row.herfindahl)),
            text("nearest_place", rows.iter().map(|row| row.nearest_place.as_deref())),
            real("similarity", rows.iter().map(|row| row.similarity)),
        ],
        0,
    )
}

pub(super) fn clusters(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.clusters;
    let terms: Vec<String> = rows.iter().map(|row| row.terms.join(" ")).collect();
    let theme_id = |id: u16| analysis.codebook.themes[id as usize].id.as_str();
    let themes: Vec<String> =
        rows.iter().map(|row| counted(row.themes.iter().map(|(id, count)| (theme_id(*id), *count)))).collect();
    let places: Vec<String> =
        rows.iter().map(|row| counted(row.places.iter().map(|(name, count)| (name.as_str(), *count)))).collect();
    frame(
        &columns::CLUSTERS,
        vec![
            whole("cluster", rows.iter().map(|row| Some(i64::from(row.cluster)))),
            whole("size", rows.iter().map(|row| Some(row.size as i64))),
            real("silhouette", rows.iter().map(|row| row.silhouette)),
            text("terms", terms.iter().map(|cell| Some(cell.as_str()))),
            text("themes", themes.iter().map(|cell| Some(cell.as_str()))),
            text("places", places.iter().map(|cell| Some(cell.as_str()))),
            text("exemplar", rows.iter().map(|row| Some(row.exemplar.as_str()))),
        ],
        0,
    )
}

pub(super) fn candidates(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.candidates;
    frame(
        &columns::CANDIDATES,
        vec![
            whole("k", rows.iter().map(|row| Some(i64::from(row.k)))),
            real("silhouette", rows.iter().map(|row| Some(row.silhouette))),
            real("stability", rows.iter().map(|row| Some(row.stability))),
            flag("chosen", rows.iter().map(|row| row.chosen)),
        ],
        0,
    )
}

pub(super) fn terms(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.terms;
    let mut made = vec![
        text("term", rows.iter().map(|row| Some(row.term.as_str()))),
        whole("df", rows.iter().map(|row| Some(i64::from(row.df)))),
        real("idf", rows.iter().map(|row| Some(row.idf))),
    ];
    for (index, theme) in analysis.codebook.themes.iter().enumerate() {
        made.push(real(&theme.id, rows.iter().map(|row| row.weights.get(index).copied())));
    }
    frame(&columns::TERMS, made, analysis.codebook.themes.len())
}

pub(super) fn duplicates(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.duplicates;
    frame(
        &columns::DUPLICATES,
        vec![
            text("doc", rows.iter().map(|row| Some(row.doc.as_str()))),
            text("other", rows.iter().map(|row| Some(row.other.as_str()))),
            real("share", rows.iter().map(|row| Some(row.share))),
            text("kind", rows.iter().map(|row| Some(row.kind.id()))),
        ],
        0,
    )
}
