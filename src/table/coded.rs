//! The tables of documents, sentences and measures.

use polars::prelude::*;

use crate::codebook::ThemeId;
use crate::corpus::Funnel;
use crate::notice::english;
use crate::record::{Analysis, CodedDocument, CodedMeasure};
use crate::table::columns;
use crate::table::frame::{flag, frame, real, text, whole};
use crate::text::CharOffsets;

/// About how many sentences a frame holds. Large tables are written frame by frame, so memory does not grow with them.
const FRAME_ROWS: usize = 16_384;

/// What joins the headings of a path.
const HEADING_JOINT: &str = " › ";

pub(super) fn documents(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.documents;
    let meta = |pick: fn(&CodedDocument) -> Option<&str>| rows.iter().map(pick);
    let warnings: Vec<String> = rows.iter().map(|row| english(&row.warnings).collect::<Vec<_>>().join(" | ")).collect();
    let kept =
        |name: &str, pick: fn(&Funnel) -> usize| whole(name, analysis.kept.iter().map(|kept| Some(pick(kept) as i64)));
    frame(
        &columns::DOCUMENTS,
        vec![
            text("doc", meta(|row| Some(&row.document.id))),
            text("file", meta(|row| Some(&row.document.file))),
            text("sha256", meta(|row| Some(&row.document.sha256))),
            text("place", meta(|row| Some(&row.document.meta.place.name))),
            text("level", meta(|row| row.document.meta.level.map(|level| level.id()))),
            whole("year", rows.iter().map(year)),
            text("title", meta(|row| row.document.meta.title.as_deref())),
            text("issuer", meta(|row| row.document.meta.issuer.as_deref())),
            text("published", meta(|row| row.document.meta.published.as_deref())),
            text("encoding", meta(|row| Some(&row.document.decoding.encoding))),
            whole("chars", rows.iter().map(|row| Some(row.document.text.chars().count() as i64))),
            whole("sentences", rows.iter().map(|row| Some(row.outline.sentences.len() as i64))),
            whole(
                "measures",
                rows.iter().map(|row| {
                    Some(row.measures.iter().filter(|measure| measure.measure.part == analysis.part).count() as i64)
                }),
            ),
            real("han_share", rows.iter().map(|row| row.han_share)),
            kept("ink", |kept| kept.chars),
            kept("in_sentences", |kept| kept.in_sentences),
            kept("not_noise", |kept| kept.not_noise),
            kept("in_measures", |kept| kept.in_measures),
            kept("in_terms", |kept| kept.in_terms),
            kept("in_vocabulary", |kept| kept.in_vocabulary),
            text("warnings", warnings.iter().map(|cell| Some(cell.as_str()))),
        ],
        0,
    )
}

/// The sentences of all documents, in frames of whole documents.
pub(super) fn sentences(analysis: &Analysis) -> impl Iterator<Item = DataFrame> + Send + '_ {
    batches(&analysis.documents, |row| row.outline.sentences.len()).map(|rows| sentence_frame(analysis, rows))
}

/// The measures of all documents, in frames of whole documents.
pub(super) fn measures(analysis: &Analysis) -> impl Iterator<Item = DataFrame> + Send + '_ {
    batches(&analysis.documents, |row| row.outline.sentences.len()).map(|rows| measure_frame(analysis, rows))
}

/// Runs of documents that hold about [`FRAME_ROWS`] rows; one empty run where there is no document.
fn batches(
    documents: &[CodedDocument],
    size: fn(&CodedDocument) -> usize,
) -> impl Iterator<Item = &[CodedDocument]> + Send + '_ {
    let mut rest = Some(documents);
    std::iter::from_fn(move || {
        let all = rest?;
        let mut rows = 0;
        let count = all.iter().take_while(|row| {
            let fits = rows < FRAME_ROWS;
            rows += size(row);
            fits
        });
        let (batch, left) = all.split_at(count.count());
        rest = (!left.is_empty()).then_some(left);
        Some(batch)
    })
}

fn year(row: &CodedDocument) -> Option<i64> {
    row.planned_year().map(i64::from)
}

/// The text of a heading as a reader wants it: no marks of markup, no closing stop.
fn heading_text(document: &CodedDocument, sentence: u32) -> &str {
    let raw = document.outline.sentences[sentence as usize].span.of(&document.document.text);
    raw.trim_matches(|c: char| c == '*' || c == '#' || c.is_whitespace()).trim_end_matches(['。', '：', ':'])
}

/// The headings of a path, joined.
pub(crate) fn headings(document: &CodedDocument, path: &[u32]) -> String {
    path.iter().map(|sentence| heading_text(document, *sentence)).collect::<Vec<_>>().join(HEADING_JOINT)
}

/// The id of the measure at `index` of a document.
pub(crate) fn measure_id(document: &CodedDocument, index: usize) -> String {
    measure_name(&document.document.id, index)
}

/// The id of the measure at `index` of the document named `doc`.
pub(crate) fn measure_name(doc: &str, index: usize) -> String {
    format!("{doc}#{}", index + 1)
}

/// The text of a measure: its sentences without the blanks and line ends between them.
fn measure_text(document: &CodedDocument, measure: &CodedMeasure) -> String {
    let range = measure.measure.sentences.start as usize..measure.measure.sentences.end as usize;
    document.outline.sentences[range].iter().map(|sentence| sentence.span.of(&document.document.text)).collect()
}

fn sentence_frame(analysis: &Analysis, rows: &[CodedDocument]) -> DataFrame {
    let theme = |id: ThemeId| analysis.codebook.themes[id as usize].id.as_str();
    let total: usize = rows.iter().map(|row| row.outline.sentences.len()).sum();
    let (mut starts, mut ends) = (Vec::with_capacity(total), Vec::with_capacity(total));
    let (mut paths, mut ids) = (Vec::with_capacity(total), Vec::with_capacity(total));
    for row in rows {
        let mut offsets = CharOffsets::new(&row.document.text);
        let measure_ids: Vec<String> = (0..row.measures.len()).map(|index| measure_id(row, index)).collect();
        for (sentence, measure) in row.outline.sentences.iter().zip(&row.measure_of) {
            starts.push(offsets.at(sentence.span.start) as i64);
            ends.push(offsets.at(sentence.span.end) as i64);
            paths.push(headings(row, &sentence.path));
            ids.push(measure.map(|index| measure_ids[index as usize].clone()));
        }
    }
    let sentences = || rows.iter().flat_map(|row| row.outline.sentences.iter().map(move |sentence| (row, sentence)));
    let kinds = || rows.iter().flat_map(|row| &row.kinds);
    let themes = || rows.iter().flat_map(|row| &row.themes);
    let because: Vec<&String> = rows.iter().flat_map(|row| &row.because).collect();
    let clusters = rows.iter().flat_map(|row| {
        row.measure_of.iter().map(|measure| measure.and_then(|index| row.measures[index as usize].cluster))
    });
    frame(
        &columns::SENTENCES,
        vec![
            text("doc", sentences().map(|(row, _)| Some(row.document.id.as_str()))),
            whole("n", rows.iter().flat_map(|row| (0..row.outline.sentences.len()).map(|n| Some(n as i64)))),
            whole("start", starts.into_iter().map(Some)),
            whole("end", ends.into_iter().map(Some)),
            text("part", sentences().map(|(_, sentence)| Some(sentence.part.id()))),
            text("headings", paths.iter().map(|path| Some(path.as_str()))),
            text("unit", kinds().map(|call| Some(call.unit.id()))),
            text("measure", ids.iter().map(|id| id.as_deref())),
            text("kind", kinds().map(|call| Some(call.kind.id()))),
            real("kind_p", kinds().map(|call| Some(f64::from(call.p)))),
            text("theme", themes().map(|call| Some(theme(call.theme)))),
            real("theme_p", themes().map(|call| Some(f64::from(call.p)))),
            text("theme2", themes().map(|call| call.second.map(|(id, _)| theme(id)))),
            real("theme2_p", themes().map(|call| call.second.map(|(_, p)| f64::from(p)))),
            flag("abstained", themes().map(|call| call.abstained)),
            text("because", (0..total).map(|row| because.get(row).map(|words| words.as_str()))),
            flag("masked", rows.iter().flat_map(|row| row.masked.iter().copied())),
            whole("cluster", clusters.map(|cluster| cluster.map(i64::from))),
            text("text", sentences().map(|(row, sentence)| Some(sentence.span.of(&row.document.text)))),
        ],
        0,
    )
}

fn measure_frame(analysis: &Analysis, rows: &[CodedDocument]) -> DataFrame {
    let theme = |id: ThemeId| analysis.codebook.themes[id as usize].id.as_str();
    let all = || rows.iter().flat_map(|row| row.measures.iter().map(move |measure| (row, measure)));
    let (mut ids, mut starts, mut ends, mut positions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut paths, mut heads, mut texts, mut chars) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let total = row.document.text.chars().count().max(1) as f64;
        let mut offsets = CharOffsets::new(&row.document.text);
        for (index, measure) in row.measures.iter().enumerate() {
            let start = offsets.at(measure.measure.span.start);
            starts.push(start as i64);
            ends.push(offsets.at(measure.measure.span.end) as i64);
            positions.push(start as f64 / total);
            ids.push(measure_id(row, index));
            paths.push(headings(row, &measure.measure.path));
            heads.push(measure.measure.head.map(|sentence| heading_text(row, sentence)));
            let joined = measure_text(row, measure);
            chars.push(joined.chars().count() as i64);
            texts.push(joined);
        }
    }
    frame(
        &columns::MEASURES,
        vec![
            text("measure", ids.iter().map(|id| Some(id.as_str()))),
            text("doc", all().map(|(row, _)| Some(row.document.id.as_str()))),
            text("place", all().map(|(row, _)| Some(row.document.meta.place.name.as_str()))),
            whole("year", all().map(|(row, _)| year(row))),
            text("part", all().map(|(_, measure)| Some(measure.measure.part.id()))),
            whole("start", starts.into_iter().map(Some)),
            whole("end", ends.into_iter().map(Some)),
            whole("sentences", all().map(|(_, measure)| Some(measure.measure.sentences.len() as i64))),
            whole("chars", chars.into_iter().map(Some)),
            real("position", positions.into_iter().map(Some)),
            text("headings", paths.iter().map(|path| Some(path.as_str()))),
            text("head", heads.into_iter()),
            text("theme", all().map(|(_, measure)| Some(theme(measure.theme.theme)))),
            real("theme_p", all().map(|(_, measure)| Some(f64::from(measure.theme.p)))),
            text("theme2", all().map(|(_, measure)| measure.theme.second.map(theme))),
            flag("abstained", all().map(|(_, measure)| measure.theme.abstained)),
            flag("transmitted", all().map(|(_, measure)| measure.transmitted)),
            whole("cluster", all().map(|(_, measure)| measure.cluster.map(i64::from))),
            text("text", texts.iter().map(|joined| Some(joined.as_str()))),
        ],
        0,
    )
}
