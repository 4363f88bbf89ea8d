//! A trial as charts: the confusions and the risk–coverage curve.

use super::held_out::Trial;
use super::verdict::Verdict;
use crate::chart::{Caption, Curve, Drawing, Label, Lang, Matrix, RiskCoverage, Style};
use crate::codebook::Kind;
use crate::error::Result;
use crate::evaluate::report::Report;

/// The charts by the stems of their files; a chart of several pages has a number behind its name.
///
/// # Errors
/// [`crate::Error::Output`] for a name of the codebook with a character that the font does not have.
pub fn charts(trial: &Trial, all: &Verdict, style: &Style) -> Result<Vec<(String, Drawing)>> {
    let lang = style.lang;
    let themes: Vec<Label> = trial
        .book
        .themes
        .iter()
        .map(|theme| Label::new(lang.pick(&theme.zh, &theme.en), "theme", theme.id.clone()))
        .collect();
    let kinds: Vec<Label> =
        Kind::ALL.iter().map(|kind| Label::new(lang.pick(kind.zh(), kind.id()), "kind", kind.id())).collect();
    let drawn = [
        (
            "confusion-kind",
            confusion(lang.pick("类别：人工与程序", "Kinds: people and program"), &all.kind, &kinds, lang),
        ),
        (
            "confusion-theme",
            confusion(lang.pick("主题：人工与程序", "Themes: people and program"), &all.theme, &themes, lang),
        ),
        (
            "confusion-theme-of-measures",
            confusion(
                lang.pick("措施的主题：人工与程序", "Themes of measures: people and program"),
                &all.measures,
                &themes,
                lang,
            ),
        ),
    ];
    let mut pages = Vec::new();
    for (name, matrix) in drawn {
        add(&mut pages, name, matrix.draw(style)?);
    }
    let curve = |zh: &str, en: &str, report: &Report| Curve {
        label: Label::from(lang.pick(zh, en)),
        points: report.risk.clone(),
    };
    let risk = RiskCoverage {
        title: lang.pick("风险与覆盖", "Risk and coverage").to_string(),
        curves: vec![
            curve("措施的主题", "theme of measures", &all.measures),
            curve("主题", "theme", &all.theme),
            curve("类别", "kind", &all.kind),
        ],
        chosen: None,
        caption: caption(all.kind.sentences, lang),
    };
    add(&mut pages, "risk-coverage", risk.draw(style)?);
    Ok(pages)
}

fn add(pages: &mut Vec<(String, Drawing)>, name: &str, drawings: Vec<Drawing>) {
    let several = drawings.len() > 1;
    for (page, drawing) in drawings.into_iter().enumerate() {
        pages.push((if several { format!("{name}-{}", page + 1) } else { name.to_string() }, drawing));
    }
}

fn caption(n: usize, lang: Lang) -> Caption {
    let note = lang.pick("各句由未见过其文档的模型判定", "each coded by a model that has not seen its document");
    Caption { n, of: lang.pick("句", "sentences").into(), note: note.into(), ..Caption::default() }
}

fn confusion(title: &str, report: &Report, names: &[Label], lang: Lang) -> Matrix {
    let classes = names.len();
    let count = |label: usize| (0..classes).map(|call| report.confusion.count(label, call) as usize).collect();
    Matrix {
        title: title.to_string(),
        row_name: lang.pick("人工编码", "people").into(),
        column_name: lang.pick("程序编码", "program").into(),
        rows: names.to_vec(),
        columns: names.to_vec(),
        counts: (0..classes).map(count).collect(),
        agreement: true,
        caption: caption(report.sentences, lang),
    }
}
