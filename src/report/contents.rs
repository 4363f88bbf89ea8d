//! From the record to the page's plain values.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::Lang;
use crate::codebook::ThemeId;
use crate::record::{Analysis, CodedDocument};
use crate::report::figures::{Figure, LISTED, place_keys, shown_terms};
use crate::report::{Chart, Column, DictionaryEntry, Page, Row, Sentence, Step, Table, Value};
use crate::table::{columns, headings, measure_id};
use crate::text::CharOffsets;

/// The page of a run: its charts, tables, sentences, warnings and methods.
pub fn contents(analysis: &Analysis, figures: &[Figure], methods: &str, lang: Lang) -> Page {
    let mut years: Vec<i32> =
        analysis.documents.iter().filter_map(|coded| coded.document.meta.year.map(|(year, _)| year)).collect();
    years.sort_unstable();
    let span = match (years.first(), years.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(first), _) => first.to_string(),
        _ => lang.pick("年份不明", "years unknown").to_owned(),
    };
    let terms = shown_terms(analysis);
    let mut standing = standing(analysis, &terms);
    let coded = analysis.documents.iter().zip(0u32..);
    let sentences = coded.flat_map(|(coded, document)| sentences(coded, document, &mut standing)).collect();
    Page {
        lang,
        title: lang.pick("侧重：各地要做什么", "Emphasis: what each place says it will do").to_owned(),
        subtitle: match lang {
            Lang::Zh => format!("{} 份文件，{span}", analysis.documents.len()),
            Lang::En => format!("{} documents, {span}", analysis.documents.len()),
        },
        funnel: funnel(analysis, lang),
        warnings: warnings(analysis, lang),
        charts: figures.iter().map(chart).collect(),
        tables: vec![
            emphasis(analysis, lang),
            keyness(analysis, lang),
            clusters(analysis, lang),
            documents(analysis, lang),
        ],
        themes: analysis
            .codebook
            .themes
            .iter()
            .map(|theme| (theme.id.clone(), lang.pick(&theme.zh, &theme.en).to_owned()))
            .collect(),
        general: analysis.codebook.general.clone(),
        terms: terms.into_iter().map(str::to_owned).collect(),
        sentences,
        methods: methods
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| line.trim_start_matches("# ").to_owned())
            .collect(),
        dictionary: dictionary(),
        footer: format!("cezhong {}", env!("CARGO_PKG_VERSION")),
    }
}

fn chart(figure: &Figure) -> Chart {
    Chart {
        id: figure.name.to_owned(),
        title: figure.title.clone(),
        text: String::new(),
        drawings: figure.pages.clone(),
    }
}

fn funnel(analysis: &Analysis, lang: Lang) -> Vec<Step> {
    let name = |stage: &str| match stage {
        "documents" => lang.pick("文件", "documents"),
        "read" => lang.pick("读入字符", "characters read"),
        "in_sentences" => lang.pick("成句字符", "characters in sentences"),
        "not_noise" => lang.pick("正文字符（除噪声）", "characters that are not noise"),
        "in_measures" => lang.pick("措施内字符", "characters in measures"),
        "terms" => lang.pick("措施内的词", "terms in measures"),
        _ => lang.pick("词表内的词", "terms in the vocabulary"),
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
        Lang::Zh => format!("未读入：{}：{}", left.file, left.reason),
        Lang::En => format!("left out: {}: {}", left.file, left.reason),
    });
    left.chain(analysis.warnings.iter().cloned()).chain(analysis.lexicon.iter().cloned()).collect()
}

fn column(name: &str, title: &str, numeric: bool) -> Column {
    Column { name: name.to_owned(), title: title.to_owned(), numeric }
}

fn number(value: Option<f64>) -> Value {
    value.map_or(Value::Empty, Value::Number)
}

fn year_value(year: Option<i32>) -> Value {
    year.map_or(Value::Empty, |year| Value::Number(f64::from(year)))
}

fn emphasis(analysis: &Analysis, lang: Lang) -> Table {
    let theme = |id: ThemeId| &analysis.codebook.themes[id as usize];
    let rows = analysis.emphasis.iter().filter(|row| row.measures > 0).map(|row| {
        let mut keys = place_keys(analysis, &row.place, row.year);
        keys.push(("theme".into(), theme(row.theme).id.clone()));
        Row {
            keys,
            values: vec![
                Value::Text(row.place.clone()),
                year_value(row.year),
                Value::Text(lang.pick(&theme(row.theme).zh, &theme(row.theme).en).to_owned()),
                Value::Number(row.measures as f64),
                number(row.share),
                number(row.lq),
                number(row.lq_interval.map(|interval| interval.0)),
                number(row.lq_interval.map(|interval| interval.1)),
                number(row.q),
                row.rank.map_or(Value::Empty, |rank| Value::Number(f64::from(rank))),
            ],
        }
    });
    Table {
        id: "emphasis".into(),
        title: lang.pick("侧重", "Emphasis").into(),
        text: lang
            .pick(
                "地方 × 年份 × 主题；只列有措施的行，完整表见 tables/emphasis.csv。点一行看句子。",
                "Place × year × theme, rows with measures only; the complete table is tables/emphasis.csv. A row opens its sentences.",
            )
            .into(),
        columns: vec![
            column("place", lang.pick("地方", "place"), false),
            column("year", lang.pick("年份", "year"), true),
            column("theme", lang.pick("主题", "theme"), false),
            column("measures", lang.pick("措施", "measures"), true),
            column("share", lang.pick("占比", "share"), true),
            column("lq", lang.pick("区位商", "LQ"), true),
            column("lq_low", lang.pick("下限", "low"), true),
            column("lq_high", lang.pick("上限", "high"), true),
            column("q", "q", true),
            column("rank", lang.pick("名次", "rank"), true),
        ],
        rows: rows.collect(),
    }
}

fn keyness(analysis: &Analysis, lang: Lang) -> Table {
    let shown = analysis.keyness.chunk_by(|a, b| a.target_kind == b.target_kind && a.target == b.target);
    let rows = shown.flat_map(|target| target.iter().filter(|row| row.z > 0.0).take(LISTED)).map(|row| {
        let name = match row.target_kind {
            "theme" => analysis.codebook.theme(&row.target).map_or(row.target.as_str(), |id| {
                let theme = &analysis.codebook.themes[id as usize];
                lang.pick(&theme.zh, &theme.en)
            }),
            _ => &row.target,
        };
        Row {
            keys: vec![
                ("unit".into(), "term".into()),
                (row.target_kind.into(), row.target.clone()),
                ("part".into(), analysis.part.id().into()),
                ("term".into(), row.term.clone()),
            ],
            values: vec![
                Value::Text(name.to_owned()),
                Value::Text(row.term.clone()),
                Value::Number(row.count as f64),
                Value::Number(row.rest as f64),
                Value::Number(row.log_odds),
                Value::Number(row.z),
                Value::Number(row.q),
            ],
        }
    });
    Table {
        id: "keyness".into(),
        title: lang.pick("关键词", "Key terms").into(),
        text: String::new(),
        columns: vec![
            column("target", lang.pick("对象", "target"), false),
            column("term", lang.pick("词", "term"), false),
            column("count", lang.pick("本处", "here"), true),
            column("rest", lang.pick("其余", "rest"), true),
            column("log_odds", lang.pick("对数几率", "log-odds"), true),
            column("z", "z", true),
            column("q", "q", true),
        ],
        rows: rows.collect(),
    }
}

fn clusters(analysis: &Analysis, lang: Lang) -> Table {
    let rows = analysis.clusters.iter().map(|row| {
        let theme = row.themes.first().map(|(id, _)| &analysis.codebook.themes[*id as usize]);
        Row {
            keys: vec![("cluster".into(), row.cluster.to_string())],
            values: vec![
                Value::Number(f64::from(row.cluster)),
                Value::Text(row.terms.join(" ")),
                Value::Number(row.size as f64),
                number(row.silhouette),
                Value::Text(theme.map_or(String::new(), |theme| lang.pick(&theme.zh, &theme.en).to_owned())),
                Value::Text(row.exemplar.clone()),
            ],
        }
    });
    Table {
        id: "clusters".into(),
        title: lang.pick("聚类", "Clusters").into(),
        text: lang
            .pick(
                "按用词相近成组的措施，与编码手册无关。",
                "Measures grouped by their words, whatever the codebook says.",
            )
            .into(),
        columns: vec![
            column("cluster", lang.pick("类", "cluster"), true),
            column("terms", lang.pick("词", "terms"), false),
            column("size", lang.pick("措施", "measures"), true),
            column("silhouette", lang.pick("轮廓系数", "silhouette"), true),
            column("theme", lang.pick("最多的主题", "main theme"), false),
            column("exemplar", lang.pick("代表措施", "exemplar"), false),
        ],
        rows: rows.collect(),
    }
}

fn documents(analysis: &Analysis, lang: Lang) -> Table {
    let rows = analysis.documents.iter().map(|coded| {
        let meta = &coded.document.meta;
        let count = coded.measures.iter().filter(|measure| measure.measure.part == analysis.part).count();
        Row {
            keys: vec![("doc".into(), coded.document.id.clone())],
            values: vec![
                Value::Text(coded.document.id.clone()),
                Value::Text(meta.place.name.clone()),
                year_value(meta.year.map(|(year, _)| year)),
                Value::Text(meta.title.clone().unwrap_or_default()),
                Value::Text(coded.document.decoding.encoding.clone()),
                Value::Number(coded.outline.sentences.len() as f64),
                Value::Number(count as f64),
                Value::Text(coded.warnings.join(" ")),
            ],
        }
    });
    Table {
        id: "documents".into(),
        title: lang.pick("文件", "Documents").into(),
        text: String::new(),
        columns: vec![
            column("doc", lang.pick("文件", "document"), false),
            column("place", lang.pick("地方", "place"), false),
            column("year", lang.pick("年份", "year"), true),
            column("title", lang.pick("标题", "title"), false),
            column("encoding", lang.pick("编码", "encoding"), false),
            column("sentences", lang.pick("句", "sentences"), true),
            column("measures", lang.pick("措施", "measures"), true),
            column("warnings", lang.pick("注意", "warnings"), false),
        ],
        rows: rows.collect(),
    }
}

/// Which terms stand in a sentence, as (index, count), by document and sentence.
type Standing = BTreeMap<(u32, u32), Vec<(usize, usize)>>;

fn standing(analysis: &Analysis, terms: &BTreeSet<&str>) -> Standing {
    let mut standing = Standing::new();
    for (index, term) in terms.iter().enumerate() {
        let found = analysis.term_hits.binary_search_by(|known| known.term.as_str().cmp(term));
        for hit in found.map_or(&[][..], |at| &analysis.term_hits[at].hits) {
            standing.entry((hit.document, hit.sentence)).or_default().push((index, hit.count as usize));
        }
    }
    standing
}

fn sentences(coded: &CodedDocument, number: u32, standing: &mut Standing) -> Vec<Sentence> {
    let document = &coded.document;
    let mut offsets = CharOffsets::new(&document.text);
    let calls = coded.kinds.iter().zip(&coded.themes).zip(&coded.measure_of);
    coded
        .outline
        .sentences
        .iter()
        .zip(calls)
        .enumerate()
        .map(|(n, (sentence, ((kind, theme), measure)))| {
            let held = measure.map(|index| &coded.measures[index as usize]);
            Sentence {
                doc: document.id.clone(),
                n,
                start: offsets.at(sentence.span.start),
                end: offsets.at(sentence.span.end),
                place: coded.compared.clone(),
                year: document.meta.year.map(|(year, _)| year),
                part: sentence.part,
                kind: kind.kind,
                theme: theme.theme as usize,
                measure: measure.map(|index| measure_id(coded, index as usize)),
                measure_theme: held
                    .filter(|held| !held.theme.abstained && !held.transmitted)
                    .map(|held| held.theme.theme as usize),
                cluster: held.and_then(|held| held.cluster).map(|cluster| cluster as usize),
                headings: headings(coded, &sentence.path),
                text: sentence.span.of(&document.text).to_owned(),
                terms: standing.remove(&(number, n as u32)).unwrap_or_default(),
            }
        })
        .collect()
}

fn dictionary() -> Vec<DictionaryEntry> {
    let entries = columns::ALL.iter().flat_map(|table| {
        table.columns.iter().map(|column| DictionaryEntry {
            table: table.name.to_owned(),
            column: column.name.to_owned(),
            kind: column.kind.name().to_owned(),
            meaning: match column.unit {
                "" => column.meaning.to_owned(),
                unit => format!("{} ({unit})", column.meaning),
            },
        })
    });
    entries.collect()
}
