//! From the record to the page's plain values.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::chart::Lang;
use crate::record::{Analysis, CodedDocument, Hit};
use crate::report::figures::{Figure, shown_terms};
use crate::report::methods::methods_of_page;
use crate::report::tables::tables;
use crate::report::{Chart, DictionaryEntry, Page, Sentence, Sentences, Step};
use crate::table::{columns, headings};
use crate::text::CharOffsets;

/// The page of a run: its charts, tables, sentences, warnings and methods.
pub fn contents<'p>(analysis: &'p Analysis, charts: Vec<Chart>, lang: Lang) -> Page<'p> {
    let mut years: Vec<i32> = analysis.documents.iter().filter_map(CodedDocument::planned_year).collect();
    years.sort_unstable();
    let span = match (years.first(), years.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(first), _) => first.to_string(),
        _ => lang.pick("年份不明", "years unknown").to_owned(),
    };
    let terms = shown_terms(analysis);
    let standing = standing(analysis, &terms);
    let sentences = Sentences::new(analysis.documents.len(), move |number| {
        of_document(&analysis.documents[number], number as u32, &standing)
    });
    Page {
        lang,
        title: lang.pick("侧重：各地要做什么", "Emphasis: what each place says it will do").to_owned(),
        subtitle: match lang {
            Lang::Zh => format!("{} 份文件，{span}", analysis.documents.len()),
            Lang::En => format!("{} documents, {span}", analysis.documents.len()),
        },
        funnel: funnel(analysis, lang),
        warnings: warnings(analysis, lang),
        charts,
        tables: tables(analysis, lang),
        themes: analysis
            .codebook
            .themes
            .iter()
            .map(|theme| (theme.id.clone(), lang.pick(&theme.zh, &theme.en).to_owned()))
            .collect(),
        general: analysis.codebook.general.clone(),
        terms: terms.into_iter().map(str::to_owned).collect(),
        sentences,
        methods: methods_of_page(analysis, lang),
        dictionary: dictionary(lang),
        footer: format!("cezhong {}", env!("CARGO_PKG_VERSION")),
    }
}

/// The figure as the page shows it, without what it was drawn from.
impl From<Figure> for Chart {
    fn from(figure: Figure) -> Chart {
        Chart { id: figure.name.to_owned(), title: figure.title, text: String::new(), drawings: figure.pages }
    }
}

fn funnel(analysis: &Analysis, lang: Lang) -> Vec<Step> {
    let name = |stage: &str| match stage {
        "documents" => lang.pick("文件", "documents"),
        "read" => lang.pick("读入字符", "characters read"),
        "in_sentences" => lang.pick("成句字符", "characters in sentences"),
        "not_noise" => lang.pick("正文字符（除噪声）", "characters that are not noise"),
        "in_measures" => lang.pick("措施内字符", "characters in measures"),
        "in_terms" => lang.pick("成词字符", "characters in terms"),
        _ => lang.pick("词表内字符", "characters in terms of the vocabulary"),
    };
    let mut steps: Vec<Step> = analysis
        .funnel
        .iter()
        .map(|row| Step { name: name(row.stage).to_owned(), count: row.count as usize, note: String::new() })
        .collect();
    if let Some(first) = steps.first_mut().filter(|_| !analysis.unread.is_empty()) {
        first.note = match lang {
            Lang::Zh => format!("另有 {} 个文件未读入，见下", analysis.unread.len()),
            Lang::En => format!("{} more files were left out, see below", analysis.unread.len()),
        };
    }
    steps
}

fn warnings(analysis: &Analysis, lang: Lang) -> Vec<String> {
    let left = analysis.unread.iter().map(|left| match lang {
        Lang::Zh => format!("未读入：{}：{}", left.file, left.reason.zh),
        Lang::En => format!("left out: {}: {}", left.file, left.reason.en),
    });
    let noticed = analysis.warnings.iter().chain(&analysis.lexicon);
    left.chain(noticed.map(|notice| lang.pick(&notice.zh, &notice.en).to_owned())).collect()
}

/// A term that stands in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    document: u32,
    sentence: u32,
    /// Its index among the terms shown.
    term: u32,
    count: u32,
}

/// Which of `terms` stand where, by document and sentence.
fn standing(analysis: &Analysis, terms: &BTreeSet<&str>) -> Vec<Standing> {
    let mut standing = Vec::new();
    for (term, word) in (0..).zip(terms) {
        let found = analysis.term_hits.binary_search_by(|known| known.term.as_str().cmp(word));
        let hits = found.map_or(&[][..], |at| &analysis.term_hits[at].hits);
        standing.extend(hits.iter().map(|&Hit { document, sentence, count }| Standing {
            document,
            sentence,
            term,
            count,
        }));
    }
    standing.par_sort_unstable();
    standing
}

fn of_document<'p>(coded: &'p CodedDocument, number: u32, standing: &[Standing]) -> Vec<Sentence<'p>> {
    let document = &coded.document;
    let mut offsets = CharOffsets::new(&document.text);
    let mut terms = &standing[standing.partition_point(|found| found.document < number)..];
    let mut above: (&[u32], Arc<str>) = (&[], Arc::from(""));
    let calls = coded.kinds.iter().zip(&coded.themes).zip(&coded.measure_of);
    coded
        .outline
        .sentences
        .iter()
        .zip(calls)
        .enumerate()
        .map(|(n, (sentence, ((kind, theme), measure)))| {
            let held = measure.map(|index| &coded.measures[index as usize]);
            if sentence.path != above.0 {
                above = (&sentence.path, headings(coded, &sentence.path).into());
            }
            let here = terms.iter().take_while(|found| (found.document, found.sentence) == (number, n as u32)).count();
            let (here, later) = terms.split_at(here);
            terms = later;
            Sentence {
                doc: &document.id,
                n,
                start: offsets.at(sentence.span.start),
                end: offsets.at(sentence.span.end),
                place: &coded.compared,
                year: coded.planned_year(),
                part: sentence.part,
                kind: kind.kind,
                theme: theme.theme as usize,
                measure: measure.map(|index| index as usize),
                measure_theme: held
                    .filter(|held| !held.theme.abstained && !held.transmitted)
                    .map(|held| held.theme.theme as usize),
                measure_part: held.map(|held| held.measure.part),
                cluster: held.and_then(|held| held.cluster).map(|cluster| cluster as usize),
                headings: above.1.clone(),
                text: sentence.span.of(&document.text),
                terms: here.iter().map(|found| (found.term, found.count)).collect(),
            }
        })
        .collect()
}

fn dictionary(lang: Lang) -> Vec<DictionaryEntry> {
    let entries = columns::ALL.iter().flat_map(|table| {
        table.columns.iter().map(|column| DictionaryEntry {
            table: table.name.to_owned(),
            column: column.name.to_owned(),
            kind: lang.pick(column.kind.zh(), column.kind.name()).to_owned(),
            meaning: match (column.unit, lang) {
                ("", _) => lang.pick(column.zh, column.en).to_owned(),
                (unit, Lang::En) => format!("{} ({unit})", column.en),
                (_, Lang::Zh) => format!("{}（{}）", column.zh, column.unit_zh()),
            },
        })
    });
    entries.collect()
}
