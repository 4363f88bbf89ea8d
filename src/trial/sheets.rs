//! A trial as sheets of figures.

use super::ablation::Ablated;
use super::curve::CurvePoint;
use super::held_out::{Coded, Trial};
use super::levels::Transfer;
use super::verdict::{Verdict, by_level, verdict};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::bootstrap::Interval;
use crate::evaluate::report::Report;
use crate::evaluate::sheet::{Cell, Sheet, ends};
use crate::text::CharOffsets;

/// The three things that are judged, with their reports.
fn parts(verdict: &Verdict) -> [Part<'_>; 3] {
    [("kind", &verdict.kind), ("theme", &verdict.theme), ("theme of measures", &verdict.measures)]
}

/// The figures of a trial, the classes, the confusions, the reliability, the risk–coverage curve and the levels.
pub fn sheets(trial: &Trial, coded: &[Option<Coded>], all: &Verdict) -> Vec<Sheet> {
    let title = format!(
        "{} sentences of {} documents, each coded by models that have not seen its document; 95 % intervals by drawing documents",
        all.kind.sentences, all.documents
    );
    let parts = parts(all);
    let mut first = figures(&title, &parts);
    let mut row: Vec<Cell> = vec!["unit".into(), all.kind.sentences.into(), "F1 of blocks".into()];
    row.extend(ends(all.unit));
    first.rows.push(row);
    let mut sheets = vec![first];
    sheets.extend(parts.iter().map(|(what, report)| classes(what, report)));
    sheets.extend(parts.iter().map(|(what, report)| confusion(what, report)));
    sheets.push(reliability(&parts));
    sheets.push(risk(&parts));
    sheets.push(levels(trial, coded));
    sheets
}

/// What was judged, with its report.
pub(super) type Part<'a> = (&'static str, &'a Report);

pub(super) fn figures(title: &str, parts: &[Part<'_>]) -> Sheet {
    let mut sheet = Sheet::new("figures", title, &["what", "n", "figure", "value", "low", "high"]);
    for &(what, report) in parts {
        let mut push = |figure: &str, value: Option<Interval>| {
            let mut row: Vec<Cell> = vec![what.into(), report.sentences.into(), figure.into()];
            row.extend(ends(value));
            sheet.rows.push(row);
        };
        push("accuracy", report.accuracy);
        push("macro-F1", report.macro_f1);
        push("kappa", report.kappa);
        let mut alone = |figure: &str, value: Option<f64>| {
            sheet.rows.push(vec![
                what.into(),
                report.sentences.into(),
                figure.into(),
                value.into(),
                Cell::Missing,
                Cell::Missing,
            ]);
        };
        alone("expected calibration error", report.calibration_error);
        alone("coverage at error <= 0.05", Some(report.coverage_at_5));
    }
    sheet
}

/// A name that is also a file's stem.
fn stem(prefix: &str, what: &str) -> String {
    format!("{prefix}-{}", what.replace(' ', "-"))
}

pub(super) fn classes(what: &str, report: &Report) -> Sheet {
    let head = [
        "class",
        "labelled",
        "called",
        "precision",
        "p_low",
        "p_high",
        "recall",
        "r_low",
        "r_high",
        "f1",
        "f1_low",
        "f1_high",
    ];
    let mut sheet = Sheet::new(&stem("classes", what), format!("Classes: {what}"), &head);
    for class in report.classes.iter().filter(|class| class.labelled + class.called > 0) {
        let mut row: Vec<Cell> = vec![class.class.clone().into(), class.labelled.into(), class.called.into()];
        row.extend(ends(class.precision).into_iter().chain(ends(class.recall)).chain(ends(class.f1)));
        sheet.rows.push(row);
    }
    sheet
}

pub(super) fn confusion(what: &str, report: &Report) -> Sheet {
    let ids: Vec<&str> = report.classes.iter().map(|class| class.class.as_str()).collect();
    let mut head = vec!["label \\ call"];
    head.extend(&ids);
    let mut sheet = Sheet::new(&stem("confusion", what), format!("Confusion: {what}"), &head);
    for (label, id) in ids.iter().enumerate() {
        let mut row: Vec<Cell> = vec![(*id).into()];
        row.extend((0..ids.len()).map(|call| Cell::from(report.confusion.count(label, call))));
        sheet.rows.push(row);
    }
    sheet
}

pub(super) fn reliability(parts: &[Part<'_>]) -> Sheet {
    let head = ["what", "from", "to", "count", "said", "right"];
    let mut sheet =
        Sheet::new("reliability", "Reliability: what probabilities said, and how many calls were right", &head);
    for &(what, report) in parts {
        for bin in report.reliability.iter().filter(|bin| bin.count > 0) {
            let row =
                vec![what.into(), bin.from.into(), bin.to.into(), bin.count.into(), bin.said.into(), bin.right.into()];
            sheet.rows.push(row);
        }
    }
    sheet
}

pub(super) fn risk(parts: &[Part<'_>]) -> Sheet {
    let title = "Risk and coverage: the share of wrong calls among the most probable ones";
    let mut sheet = Sheet::new("risk", title, &["what", "coverage", "risk"]);
    for &(what, report) in parts {
        for &(coverage, risk) in &report.risk {
            sheet.rows.push(vec![what.into(), coverage.into(), risk.into()]);
        }
    }
    sheet
}

/// The figures that a line of levels, transfer or curve shows.
const BRIEF: [&str; 8] =
    ["documents", "sentences", "kind kappa", "unit F1", "theme kappa", "measures", "their macro-F1", "low–high"];

fn brief(verdict: &Verdict) -> Vec<Cell> {
    let value = |interval: Option<Interval>| Cell::from(interval.map(|interval| interval.value));
    let ends = verdict.measures.macro_f1.map_or(Cell::Missing, |f1| format!("{:.3}–{:.3}", f1.low, f1.high).into());
    vec![
        verdict.documents.into(),
        verdict.kind.sentences.into(),
        value(verdict.kind.kappa),
        value(verdict.unit),
        value(verdict.theme.kappa),
        verdict.measures.sentences.into(),
        value(verdict.measures.macro_f1),
        ends,
    ]
}

/// A sheet of one line of figures a verdict, behind the cells that say whose they are.
fn lines<const N: usize>(
    (name, title): (&str, &str),
    whose: [&str; N],
    rows: impl Iterator<Item = ([Cell; N], Vec<Cell>)>,
) -> Sheet {
    let head: Vec<&str> = whose.into_iter().chain(BRIEF).collect();
    let mut sheet = Sheet::new(name, title, &head);
    sheet.rows.extend(rows.map(|(whose, figures)| whose.into_iter().chain(figures).collect::<Vec<Cell>>()));
    sheet
}

fn levels(trial: &Trial, coded: &[Option<Coded>]) -> Sheet {
    let rows = by_level(trial).into_iter().map(|(level, documents)| {
        let figures = brief(&verdict(trial, coded, |d| documents.contains(&d)));
        ([level.into()], figures)
    });
    lines(("levels", "By level, inside the folds"), ["level"], rows)
}

/// The sheet of a transfer between levels.
pub fn transfer_sheet(transfers: &[Transfer]) -> Sheet {
    let row = |transfer: &Transfer| {
        let whose = [transfer.trained_on.clone().into(), transfer.judged_on.clone().into()];
        (whose, brief(&transfer.verdict))
    };
    let called = ("transfer", "Transfer: trained on one level, judged on another");
    lines(called, ["trained on", "judged on"], transfers.iter().map(row))
}

/// The sheet of an ablation.
pub fn ablation_sheet(steps: &[Ablated]) -> Sheet {
    let called = ("ablation", "Ablation: each coder has one part more than the one above it");
    lines(called, ["coder"], steps.iter().map(|step| ([step.step.into()], brief(&step.verdict))))
}

/// The sheet of a learning curve.
pub fn curve_sheet(points: &[CurvePoint]) -> Sheet {
    let called = ("curve", "Learning curve: documents trained on, by fold on average");
    lines(called, ["trained on"], points.iter().map(|point| ([point.documents.into()], brief(&point.verdict))))
}

/// The sentences of all coded documents as csv with the run's column names: doc, n, start, end, part, unit, kind, kind_p, theme,
/// theme_p, theme2, text.
///
/// # Errors
/// [`Error::Output`] if the csv cannot be written.
pub fn sentences_csv(trial: &Trial, coded: &[Option<Coded>], out: impl std::io::Write) -> Result<()> {
    let failed = |error: csv::Error| Error::Output(Trouble::new(format!("the sentences cannot be written: {error}")));
    let mut writer = csv::Writer::from_writer(out);
    let head = ["doc", "n", "start", "end", "part", "unit", "kind", "kind_p", "theme", "theme_p", "theme2", "text"];
    writer.write_record(head).map_err(failed)?;
    let id = |theme: u16| trial.book.themes[usize::from(theme)].id.as_str();
    for (document, coded) in trial.documents().iter().zip(coded).filter_map(|(d, c)| Some((d, c.as_ref()?))) {
        let mut offsets = CharOffsets::new(&document.text);
        for (n, sentence) in coded.outline.sentences.iter().enumerate() {
            let (kind, theme) = (&coded.kinds[n], &coded.themes[n]);
            writer
                .write_record([
                    document.doc.as_str(),
                    &n.to_string(),
                    &offsets.at(sentence.span.start).to_string(),
                    &offsets.at(sentence.span.end).to_string(),
                    sentence.part.id(),
                    kind.unit.id(),
                    kind.kind.id(),
                    &kind.p.to_string(),
                    id(theme.theme),
                    &theme.p.to_string(),
                    theme.second.map_or("", |(second, _)| id(second)),
                    sentence.span.of(&document.text),
                ])
                .map_err(failed)?;
        }
    }
    writer.flush().map_err(|error| failed(error.into()))
}
