//! The tables of what places do with themes: targets, commitment, position, own words, and the figures beside them.

use polars::prelude::*;

use crate::emphasis::targets::{Target, series_of};
use crate::record::{Analysis, CodedDocument};
use crate::table::columns;
use crate::table::frame::{flag, frame, real, text, whole};
use crate::text::CharOffsets;

pub(super) fn place_years(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.place_years;
    frame(
        &columns::PLACE_YEARS,
        vec![
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            whole("year", rows.iter().map(|row| row.year.map(i64::from))),
            whole("documents", rows.iter().map(|row| Some(row.documents as i64))),
            whole("measures", rows.iter().map(|row| Some(row.measures as i64))),
            whole("general", rows.iter().map(|row| Some(row.general as i64))),
            whole("abstained", rows.iter().map(|row| Some(row.abstained as i64))),
            whole("sections", rows.iter().map(|row| Some(row.sections as i64))),
            real("effective", rows.iter().map(|row| Some(row.effective))),
            real("nicheness", rows.iter().map(|row| row.nicheness)),
        ],
        0,
    )
}

pub(super) fn targets(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.targets;
    let document = |index: u32| &analysis.documents[index as usize];
    let sentence = |document: &CodedDocument, n: u32| document.outline.sentences[n as usize].span;
    let (mut starts, mut ends) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for of_one in rows.chunk_by(|a, b| a.document == b.document) {
        let coded = document(of_one[0].document);
        let mut offsets = CharOffsets::new(&coded.document.text);
        for row in of_one {
            let from = sentence(coded, row.sentence).start;
            starts.push(offsets.at(from + row.target.span.start) as i64);
            ends.push(offsets.at(from + row.target.span.end) as i64);
        }
    }
    let pick = |with: fn(&Target) -> &str| rows.iter().map(move |row| Some(with(&row.target)));
    let year = |coded: &CodedDocument| coded.document.meta.year.map(|(year, _)| i64::from(year));
    frame(
        &columns::TARGETS,
        vec![
            text("doc", rows.iter().map(|row| Some(document(row.document).document.id.as_str()))),
            whole("n", rows.iter().map(|row| Some(i64::from(row.sentence)))),
            whole("start", starts.into_iter().map(Some)),
            whole("end", ends.into_iter().map(Some)),
            text("place", rows.iter().map(|row| Some(document(row.document).compared.as_str()))),
            whole("year", rows.iter().map(|row| year(document(row.document)))),
            text("action", pick(|target| &target.action)),
            text("indicator", pick(|target| &target.indicator)),
            text("series", pick(|target| series_of(&target.action, &target.indicator))),
            text("change", pick(|target| target.change.id())),
            text("bound", pick(|target| target.bound.id())),
            flag("strive", rows.iter().map(|row| row.target.strive)),
            real("value", rows.iter().map(|row| Some(row.target.value))),
            real("upper", rows.iter().map(|row| row.target.upper)),
            text("unit", pick(|target| &target.unit)),
            real("normal_value", rows.iter().map(|row| Some(row.target.normal))),
            text("normal_unit", pick(|target| target.quantity.id())),
            whole("target_year", rows.iter().map(|row| row.target.year.map(i64::from))),
            text("horizon", pick(|target| target.horizon.id())),
            text("object", pick(|target| &target.object)),
            text("theme", rows.iter().map(|row| Some(analysis.codebook.themes[row.theme? as usize].id.as_str()))),
            text(
                "text",
                rows.iter().map(|row| {
                    let coded = document(row.document);
                    Some(sentence(coded, row.sentence).of(&coded.document.text))
                }),
            ),
        ],
        0,
    )
}

pub(super) fn commitment(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.commitment;
    frame(
        &columns::COMMITMENT,
        vec![
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            whole("year", rows.iter().map(|row| row.year.map(i64::from))),
            text("theme", rows.iter().map(|row| Some(analysis.codebook.themes[row.theme as usize].id.as_str()))),
            whole("measures", rows.iter().map(|row| Some(row.measures as i64))),
            whole("cued", rows.iter().map(|row| Some(row.cued as i64))),
            real("strength", rows.iter().map(|row| row.mean)),
            real("strength_low", rows.iter().map(|row| row.interval.map(|(low, _)| low))),
            real("strength_high", rows.iter().map(|row| row.interval.map(|(_, high)| high))),
        ],
        0,
    )
}

pub(super) fn position(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.position;
    frame(
        &columns::POSITION,
        vec![
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            whole("year", rows.iter().map(|row| row.year.map(i64::from))),
            text("theme", rows.iter().map(|row| Some(analysis.codebook.themes[row.theme as usize].id.as_str()))),
            real("section", rows.iter().map(|row| row.section)),
            real("position", rows.iter().map(|row| row.position)),
            real("first", rows.iter().map(|row| row.first)),
            real("space", rows.iter().map(|row| Some(row.space))),
        ],
        0,
    )
}

pub(super) fn dispersion(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.keyness;
    frame(
        &columns::DISPERSION,
        vec![
            text("target_kind", rows.iter().map(|row| Some(row.target_kind))),
            text("target", rows.iter().map(|row| Some(row.target.as_str()))),
            text("term", rows.iter().map(|row| Some(row.term.as_str()))),
            whole("documents", rows.iter().map(|row| Some(i64::from(row.documents)))),
            real("dispersion", rows.iter().map(|row| row.dispersion)),
        ],
        0,
    )
}

pub(super) fn own_words(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.own_words;
    let document = |index: u32| &analysis.documents[index as usize];
    let year = |coded: &CodedDocument| coded.document.meta.year.map(|(year, _)| i64::from(year));
    frame(
        &columns::OWN_WORDS,
        vec![
            text("doc", rows.iter().map(|row| Some(document(row.document).document.id.as_str()))),
            text("place", rows.iter().map(|row| Some(document(row.document).compared.as_str()))),
            whole("year", rows.iter().map(|row| year(document(row.document)))),
            whole("chars", rows.iter().map(|row| Some(row.chars as i64))),
            whole("shared", rows.iter().map(|row| Some(row.shared as i64))),
            real("share", rows.iter().map(|row| row.share)),
            whole("longest", rows.iter().map(|row| Some(row.longest as i64))),
            whole("measures", rows.iter().map(|row| Some(row.measures as i64))),
            whole("transmitted", rows.iter().map(|row| Some(row.transmitted as i64))),
        ],
        0,
    )
}
