//! Documents become coded documents: gates, outline, kinds, measures, themes.

use std::panic::{self, AssertUnwindSafe};

use rayon::prelude::*;

use crate::codebook::{Kind, ThemeId, Unit};
use crate::corpus::duplicates::{Duplicate, Filed, Overlaps};
use crate::corpus::quality::{Gates, Quality};
use crate::corpus::{Corpus, Document, Masks, Unread};
use crate::error::{Result, panic_message};
use crate::kind::KindCall;
use crate::measure::{Measure, measures, parts};
use crate::notice::{Notice, english};
use crate::outline::outline;
use crate::progress::Progress;
use crate::record::{Coded, CodedDocument, CodedMeasure, DuplicateRow, MeasureTheme};
use crate::settings::Settings;
use crate::theme::{Coder, Reasoned, ThemeCall, of_measure};

use super::Models;

/// The documents that pass the gates, and what was found on the way.
pub(super) struct Checked {
    pub documents: Vec<Document>,
    pub unread: Vec<Unread>,
    pub duplicates: Vec<DuplicateRow>,
    pub warnings: Vec<Notice>,
}

/// Leaves out, by name, what fails a gate or, where that is asked for, the later one of two duplicates.
pub(super) fn check(corpus: Corpus, settings: &Settings) -> Checked {
    let Corpus { documents, mut unread, warnings, lists: _ } = corpus;
    let (mut documents, failed) = passing(documents, &settings.quality);
    unread.extend(failed);
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    let filed: Vec<Filed<'_>> = documents
        .iter()
        .map(|document| Filed {
            place: document.meta.place.source.map(|_| document.meta.place.name.as_str()),
            year: document.meta.year.map(|(year, _)| year),
        })
        .collect();
    let pairs = Overlaps::index(&texts, &settings.duplicates).duplicates(&texts, &filed);
    let rows: Vec<DuplicateRow> = pairs
        .iter()
        .map(|pair| DuplicateRow {
            doc: documents[pair.doc].id.clone(),
            other: documents[pair.other].id.clone(),
            share: pair.share,
            kind: pair.kind,
        })
        .collect();
    for pair in &pairs {
        let warning = stands_twice(pair, &documents[pair.other].id);
        documents[pair.doc].warnings.push(warning);
    }
    if settings.drop_duplicates {
        documents.retain(|document| {
            let same = rows.iter().find(|row| row.doc == document.id && row.share >= settings.duplicates.same_share);
            if let Some(row) = same {
                let (percent, other) = (row.share * 100.0, &row.other);
                let reason = Notice::new(
                    format!("有 {percent:.0}% 的文字也见于 {other}，按设置去掉重复的文件。"),
                    format!("{percent:.0} % of it stands in {other}; duplicates are dropped"),
                );
                unread.push(Unread { file: document.id.clone(), reason });
            }
            same.is_none()
        });
    }
    unread.sort();
    Checked { documents, unread, duplicates: rows, warnings }
}

/// The documents that pass the gates, and those that do not with the reason, both in order.
pub fn passing(mut documents: Vec<Document>, gates: &Gates) -> (Vec<Document>, Vec<Unread>) {
    let failures: Vec<Vec<Notice>> =
        documents.par_iter().map(|document| Quality::of(&document.text).failures(gates)).collect();
    let (mut failed, mut left) = (failures.into_iter(), Vec::new());
    documents.retain(|document| {
        let reasons = failed.next().unwrap_or_default();
        if !reasons.is_empty() {
            left.push(Unread { file: document.id.clone(), reason: together(&reasons) });
        }
        reasons.is_empty()
    });
    (documents, left)
}

/// The gates that one document fails, as one reason.
fn together(failures: &[Notice]) -> Notice {
    let zh = failures.iter().map(|failure| failure.zh.as_str()).collect::<String>();
    Notice::new(zh, english(failures).collect::<Vec<_>>().join("; "))
}

/// The warning about a text much of which stands in the document `other` too.
fn stands_twice(pair: &Duplicate, other: &str) -> Notice {
    let (percent, kind) = (pair.share * 100.0, pair.kind);
    Notice::new(
        format!("有 {percent:.0}% 的文字也见于 {other}（{}）。", kind.zh()),
        format!("{percent:.0} % of its text stands in {other} too ({})", kind.id()),
    )
}

/// A document's coded form before its measures have clusters.
pub fn code(document: Document, models: &Models, settings: &Settings) -> CodedDocument {
    code_with(document, models, &models.theme, settings)
}

fn code_with(document: Document, models: &Models, coder: &Coder, settings: &Settings) -> CodedDocument {
    let make = || read(&document.text, models, coder, settings);
    let coded = match (&models.cache, coder) {
        (Some(cache), Coder::Trained(_)) => cache.coded(&document.text, make),
        // Seeds learn from the whole corpus, so what they say follows from more than the text.
        _ => make(),
    };
    let mut measure_of = vec![None; coded.outline.sentences.len()];
    for (index, (measure, _)) in coded.measures.iter().enumerate() {
        for sentence in measure.sentences.clone() {
            measure_of[sentence as usize] = Some(index as u32);
        }
    }
    let with_theme = |(measure, theme)| CodedMeasure { measure, theme, cluster: None, map: None, transmitted: false };
    let masks = Masks::of(&document.text);
    let masked: Vec<bool> =
        coded.outline.sentences.iter().map(|sentence| masks.hide_in(sentence.span.of(&document.text))).collect();
    let odd = coded.measures.is_empty().then(|| no_measures(&coded.kinds));
    let warnings = document.warnings.iter().cloned().chain(odd).chain(hidden(&masked)).collect();
    CodedDocument {
        compared: document.meta.place.name.clone(),
        outline: coded.outline,
        kinds: coded.kinds,
        themes: coded.themes,
        because: coded.because,
        measures: coded.measures.into_iter().map(with_theme).collect(),
        measure_of,
        han_share: coded.han_share,
        warnings,
        masked,
        document,
    }
}

/// The warning about a text in which something was hidden before publication.
fn hidden(masked: &[bool]) -> Option<Notice> {
    let (hidden, all) = (masked.iter().filter(|masked| **masked).count(), masked.len());
    (hidden > 0).then(|| {
        Notice::new(
            format!("{all} 个句子中有 {hidden} 个隐去了名称或数字（**、×××、XX、某某），词和目标中没有这些内容。"),
            format!("names or numbers are masked (**, ×××, XX, 某某) in {hidden} of its {all} sentences; terms and targets miss them"),
        )
    })
}

/// All that is read out of a text by itself.
fn read(text: &str, models: &Models, coder: &Coder, settings: &Settings) -> Coded {
    let mut outline = outline(text);
    let calls = models.kind.judge(text, &outline);
    let parts = parts(&outline, &calls);
    outline.sentences.iter_mut().zip(parts).for_each(|(sentence, part)| sentence.part = part);
    let kinds: Vec<Kind> = calls.iter().map(|call| call.kind).collect();
    let Reasoned { calls: mut themes, because } = coder.code(text, &outline, &kinds, settings.coder.because);
    let measures: Vec<(Measure, MeasureTheme)> = measures(&outline, &calls)
        .into_iter()
        .map(|measure| {
            let held = measure.sentences.start as usize..measure.sentences.end as usize;
            let theme = measure_theme(&themes[held.clone()], &kinds[held], models, coder.threshold());
            (measure, theme)
        })
        .collect();
    themes.iter_mut().for_each(|call| call.probabilities = Vec::new());
    Coded { outline, kinds: calls, themes, because, measures, han_share: Quality::of(text).han_share }
}

/// The theme of a measure over its sentences; its second theme is one that half of them or more are also about.
fn measure_theme(held: &[ThemeCall], kinds: &[Kind], models: &Models, threshold: f32) -> MeasureTheme {
    let voices: Vec<&ThemeCall> =
        held.iter().zip(kinds).filter(|(_, kind)| **kind != Kind::Noise).map(|(call, _)| call).collect();
    let (theme, p, unsure) = of_measure(&voices).unwrap_or((models.codebook.general(), 1.0, false));
    let mut seconds = vec![0usize; models.codebook.themes.len()];
    for call in held {
        for named in [Some(call.theme), call.second.map(|(theme, _)| theme)].into_iter().flatten() {
            seconds[named as usize] += 1;
        }
    }
    let is_second =
        |id: &ThemeId| *id != theme && *id != models.codebook.general() && 2 * seconds[*id as usize] >= held.len();
    let second = (0..seconds.len() as ThemeId)
        .filter(is_second)
        .max_by_key(|id| (seconds[*id as usize], std::cmp::Reverse(*id)));
    MeasureTheme { theme, p, second, abstained: unsure || p < threshold }
}

/// The warning about a text without a measure.
fn no_measures(kinds: &[KindCall]) -> Notice {
    let (all, blocks) = (kinds.len(), kinds.iter().filter(|call| call.unit == Unit::B).count());
    Notice::new(
        format!("{all} 个句子（{blocks} 个块）中没有找到措施；切分的情形可用 `cezhong outline` 查看。"),
        format!(
            "no measure was found in its {all} sentences ({blocks} blocks); `cezhong outline` shows how they were cut"
        ),
    )
}

/// Codes all documents, in parallel and in order; those on which the coder breaks down are listed beside.
pub(super) fn documents(
    documents: Vec<Document>,
    models: &Models,
    settings: &Settings,
    progress: &Progress,
) -> Result<(Vec<CodedDocument>, Vec<Unread>)> {
    let fitted = models.theme.fitted(|| sentences(&documents));
    let coder = fitted.as_ref().unwrap_or(&models.theme);
    each(documents, progress, |document| code_with(document, models, coder, settings))
}

/// Every sentence of the documents, in order.
pub fn sentences(documents: &[Document]) -> Vec<&str> {
    documents
        .par_iter()
        .flat_map_iter(|document| {
            outline(&document.text).sentences.into_iter().map(|sentence| sentence.span.of(&document.text))
        })
        .collect()
}

/// One document must not end the run: a panic becomes its listed error.
fn each(
    documents: Vec<Document>,
    progress: &Progress,
    code: impl Fn(Document) -> CodedDocument + Sync,
) -> Result<(Vec<CodedDocument>, Vec<Unread>)> {
    let guarded = |document: Document| {
        let file = document.id.clone();
        // The document is gone with the panic, and the models are only read, so nothing half-changed is seen again.
        panic::catch_unwind(AssertUnwindSafe(|| code(document))).map_err(|panic| {
            let said = panic_message(panic.as_ref());
            let reason = Notice::new(
                format!("标注程序在该文件上出错，请连同文件一起反馈（{said}）。"),
                format!("It broke the coder down ({said}); please report it with the document."),
            );
            Unread { file, reason }
        })
    };
    let coded: Vec<std::result::Result<CodedDocument, Unread>> = documents
        .into_par_iter()
        .map(|document| progress.check().map(|()| guarded(document)))
        .collect::<Result<_>>()?;
    let (mut documents, mut unread) = (Vec::with_capacity(coded.len()), Vec::new());
    for outcome in coded {
        match outcome {
            Ok(document) => documents.push(document),
            Err(left) => unread.push(left),
        }
    }
    Ok((documents, unread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{self, Input};

    fn corpus() -> Vec<Document> {
        let plan = "桃花镇2024年工作计划\n一、抓种植。扩种桃树两千亩，建设冷库三座。\n二、抓道路。硬化村道五公里。\n";
        let inputs = ["甲镇.txt", "乙镇.txt", "丙镇.txt"].map(|name| Input::Memory {
            folder: "plans".into(),
            name: name.into(),
            bytes: plan.repeat(4).into_bytes().into(),
        });
        corpus::read_inputs(inputs.into(), None, &Settings::default().read).unwrap().documents
    }

    #[test]
    fn a_panic_is_the_documents_own_error() {
        let settings = Settings::default();
        let models = Models::load(&settings).unwrap();
        let (coded, unread) = each(corpus(), &Progress::silent(), |document| {
            assert!(document.id != "乙镇.txt", "a fault put here");
            code(document, &models, &settings)
        })
        .unwrap();
        let ids: Vec<&str> = coded.iter().map(|coded| coded.document.id.as_str()).collect();
        assert_eq!(ids, ["丙镇.txt", "甲镇.txt"]);
        assert_eq!(unread.len(), 1);
        assert_eq!(unread[0].file, "乙镇.txt");
        assert!(unread[0].reason.en.contains("a fault put here"), "{}", unread[0].reason.en);
    }
}
