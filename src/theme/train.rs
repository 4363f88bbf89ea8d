//! Training the coder of themes, and judging it on documents it has not seen.
//!
//! The second stage must learn how far wording can be trusted on text it was not trained on, so it reads probabilities
//! from wording models that never saw the document (stacking, Wolpert 1992). The same holds for the second pass, for the
//! temperature and for the risk table. [`crate::trial`] repeats all of this without the documents it judges.

use std::path::PathBuf;

use rayon::prelude::*;

use super::calibrate::{self, RiskPoint};
use super::context::{Hears, Scene, Surroundings};
use super::judge::{Provenance, ThemeModel, first_view, second_scores};
use super::second::{Second, shape};
use super::wording::{self, Example, Wording, softmax};
use crate::codebook::{Codebook, Kind, Part};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::labels::{self, LabelRow, LabelledDocument};
use crate::learn::shared;
use crate::outline::{Outline, Shape};

/// How to train a [`ThemeModel`].
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// The first stage.
    pub wording: wording::Params,
    /// The penalty on the weights that each theme has for itself in the second stage.
    pub second_l2: f64,
    /// The penalty on those that all themes share there; where it is infinite there are none.
    pub shared_l2: f64,
    /// How often the second stage reads the document; the first time it reads wording alone.
    pub passes: usize,
    /// The folds over documents inside training.
    pub folds: usize,
    /// Whom the second stage hears.
    pub hears: Hears,
}

impl Default for Params {
    fn default() -> Self {
        Params {
            wording: wording::Params::default(),
            second_l2: 24.0,
            shared_l2: 5.0,
            passes: 2,
            folds: 3,
            hears: Hears::All,
        }
    }
}

/// A sentence that the coder labelled for itself; its weight is below that of a hand label.
#[derive(Clone, Debug, PartialEq)]
pub struct Silver {
    /// The text.
    pub text: String,
    /// The theme.
    pub theme: u16,
    /// How much it counts.
    pub weight: f32,
}

/// A kind for every sentence: the label where there is one, else what its form suggests.
pub fn kinds(outline: &Outline, rows: &[LabelRow]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = outline
        .sentences
        .iter()
        .map(|sentence| match (sentence.shape, sentence.part) {
            (Shape::Title | Shape::Line | Shape::RunIn, _) => Kind::Heading,
            (Shape::Prose, Part::Review) => Kind::Result,
            (Shape::Prose, Part::Problems) => Kind::Problem,
            (Shape::Prose, Part::Plan) => Kind::Measure,
        })
        .collect();
    for row in rows {
        kinds[row.sentence as usize] = row.kind;
    }
    kinds
}

/// A labelled document made ready for training.
struct Sheet<'a> {
    document: &'a LabelledDocument,
    kinds: Vec<Kind>,
}

impl<'a> Sheet<'a> {
    fn scene(&'a self) -> Scene<'a> {
        Scene { text: &self.document.text, outline: &self.document.outline, kinds: &self.kinds }
    }

    /// The labelled sentences that have a theme of their own.
    fn rows(&self) -> impl Iterator<Item = &LabelRow> {
        self.document.rows.iter().filter(|row| row.kind != Kind::Noise)
    }
}

/// The share of a sentence of two themes that its first one gets.
const FIRST_OF_TWO: f32 = 0.65;

fn train_wording(sheets: &[&Sheet<'_>], silver: &[Silver], classes: usize, params: &Params) -> Wording {
    let mut examples = Vec::new();
    for sheet in sheets {
        for row in sheet.rows() {
            let text = sheet.document.outline.sentences[row.sentence as usize].span.of(&sheet.document.text);
            match row.theme2 {
                Some(other) => {
                    examples.push(Example { text, class: row.theme, weight: FIRST_OF_TWO });
                    examples.push(Example { text, class: other, weight: 1.0 - FIRST_OF_TWO });
                }
                None => examples.push(Example { text, class: row.theme, weight: 1.0 }),
            }
        }
    }
    examples.extend(silver.iter().map(|s| Example { text: &s.text, class: s.theme, weight: s.weight }));
    Wording::train(&examples, classes, &params.wording)
}

/// The fold of each document: by turns, in the order given.
fn folds_of(documents: usize, folds: usize) -> Vec<usize> {
    (0..documents).map(|i| i % folds.clamp(1, documents.max(1))).collect()
}

fn others<'s, 'a>(sheets: &'s [Sheet<'a>], folds: &[usize], fold: usize) -> Vec<&'s Sheet<'a>> {
    sheets.iter().zip(folds).filter(|&(_, &other)| other != fold).map(|(sheet, _)| sheet).collect()
}

/// The second stage stops when an iteration lowers its cost by at most this share; a closer fit changed no figure.
const SECOND_TOLERANCE: f64 = 1e-4;
/// The most iterations; the tolerance is met long before.
const SECOND_ITERATIONS: usize = 300;

/// Trains the second stage on the labelled rows of the sheets that `keep` names; each sheet's rows stand one after the other.
fn train_second(
    rows: &[(Vec<f32>, &Sheet<'_>)],
    keep: impl Fn(usize) -> bool,
    shape: shared::Shape,
    params: &Params,
) -> Second {
    let (mut flat, mut targets) = (Vec::new(), Vec::new());
    for (_, (rows, sheet)) in rows.iter().enumerate().filter(|&(d, _)| keep(d)) {
        flat.extend_from_slice(rows);
        targets.extend(sheet.rows().map(|label| label.theme));
    }
    let params = shared::Params {
        l2: params.second_l2,
        shared_l2: params.shared_l2,
        max_iterations: SECOND_ITERATIONS,
        value_tolerance: SECOND_TOLERANCE,
    };
    Second::from_trained(&shared::train(&flat, &targets, shape, &params))
}

/// Trains a coder; `silver` may be empty. The same input gives the same bits.
///
/// # Panics
/// If there is no labelled sentence that is not noise.
pub fn train(
    documents: &[LabelledDocument],
    silver: &[Silver],
    book: &Codebook,
    provenance: Provenance,
    params: &Params,
) -> ThemeModel {
    let classes = book.themes.len();
    let sheets: Vec<Sheet<'_>> = documents
        .iter()
        .map(|document| Sheet { document, kinds: kinds(&document.outline, &document.rows) })
        .filter(|sheet| sheet.rows().next().is_some())
        .collect();
    assert!(!sheets.is_empty(), "training needs a labelled sentence");
    let folds = folds_of(sheets.len(), params.folds);
    let count = folds.iter().max().map_or(1, |last| last + 1);

    // What each document looks like to a wording model that never saw it.
    let held_out: Vec<Wording> =
        (0..count).map(|fold| train_wording(&others(&sheets, &folds, fold), silver, classes, params)).collect();
    let surroundings: Vec<Surroundings<'_>> =
        sheets.iter().map(|sheet| Surroundings::new(sheet.scene(), classes)).collect();
    let mut views: Vec<Vec<f32>> =
        sheets.iter().zip(&folds).map(|(sheet, &fold)| first_view(&held_out[fold], sheet.scene())).collect();
    let mut voices: Vec<Vec<Vec<f32>>> =
        surroundings.iter().zip(&views).map(|(around, view)| vec![around.voices(view)]).collect();

    let mut passes = Vec::new();
    let mut held_out_scores: Vec<Vec<f32>> = Vec::new();
    for pass in 0..params.passes.max(1) {
        let shape = shape(pass + 1, classes);
        let rows: Vec<(Vec<f32>, &Sheet<'_>)> = sheets
            .iter()
            .enumerate()
            .map(|(d, sheet)| {
                let mut rows = vec![0.0; sheet.rows().count() * shape.width()];
                for (label, row) in sheet.rows().zip(rows.chunks_mut(shape.width())) {
                    surroundings[d].row(label.sentence as usize, &voices[d], &views[d], row);
                    params.hears.clear(row, classes);
                }
                (rows, sheet)
            })
            .collect();
        passes.push(train_second(&rows, |_| true, shape, params));
        let fold_models: Vec<Second> =
            (0..count).map(|fold| train_second(&rows, |d| folds[d] != fold, shape, params)).collect();
        held_out_scores = (0..sheets.len())
            .into_par_iter()
            .map(|d| second_scores(&fold_models[folds[d]], &surroundings[d], &voices[d], &views[d]).0)
            .collect();
        if pass + 1 < params.passes {
            for (d, scores) in held_out_scores.iter().enumerate() {
                let mut view = scores.clone();
                view.chunks_mut(classes).for_each(softmax);
                voices[d].push(surroundings[d].voices(&view));
                views[d] = view;
            }
        }
    }
    let calibration = Calibration::fit(&sheets, &held_out_scores, classes);
    let all: Vec<&Sheet<'_>> = sheets.iter().collect();
    ThemeModel {
        codebook: book.name.clone(),
        codebook_version: book.version,
        ids: book.themes.iter().map(|theme| theme.id.clone()).collect(),
        general: book.theme(&book.general).expect("a codebook's general theme is one of its themes"),
        wording: train_wording(&all, silver, classes, params),
        passes,
        temperature: calibration.temperature,
        second_at: calibration.second_at,
        risk: calibration.risk,
        provenance: Provenance {
            documents: sheets.len(),
            sentences: sheets.iter().map(|sheet| sheet.rows().count()).sum(),
            silver: silver.len(),
            ..provenance
        },
        threshold: 0.0,
    }
}

/// Trains the coder of `book` on label sheets and the documents they speak of.
///
/// # Errors
/// As [`labels::load`]; [`Error::Labels`] where fewer than two documents or two themes are labelled.
pub fn train_files(
    sheets: &[PathBuf],
    corpus: &[PathBuf],
    book: &Codebook,
    provenance: Provenance,
    params: &Params,
) -> Result<ThemeModel> {
    let documents = labels::load(sheets, corpus, book)?;
    check(&documents, sheets)?;
    Ok(train(&documents, &[], book, provenance, params))
}

/// Refuses labels from which nothing can be learned.
fn check(documents: &[LabelledDocument], sheets: &[PathBuf]) -> Result<()> {
    let rows = || documents.iter().flat_map(|document| &document.rows).filter(|row| row.kind != Kind::Noise);
    let wrong = |what: &str, remedy: &str| {
        let path = sheets.first().cloned().unwrap_or_default();
        Err(Error::Labels(Trouble::at(path, what).remedy(remedy)))
    };
    let Some(first) = rows().next() else {
        return wrong("no labelled sentence is anything but noise", "label sentences that are about something");
    };
    if rows().all(|row| row.theme == first.theme) {
        return wrong("every labelled sentence has the same theme", "a coder needs examples of two themes or more");
    }
    let labelled = documents.iter().filter(|document| document.rows.iter().any(|row| row.kind != Kind::Noise)).count();
    if labelled < 2 {
        return wrong("only one document is labelled", "held-out figures need two documents or more");
    }
    Ok(())
}

/// What held-out sentences say about the probabilities.
struct Calibration {
    temperature: f32,
    second_at: f32,
    risk: Vec<RiskPoint>,
}

impl Calibration {
    fn fit(sheets: &[Sheet<'_>], scores: &[Vec<f32>], classes: usize) -> Calibration {
        let labelled: Vec<(&LabelRow, &[f32])> = sheets
            .iter()
            .zip(scores)
            .flat_map(|(sheet, scores)| {
                sheet.rows().map(move |row| (row, &scores[row.sentence as usize * classes..][..classes]))
            })
            .collect();
        let flat: Vec<f32> = labelled.iter().flat_map(|(_, scores)| scores.iter().copied()).collect();
        let targets: Vec<u16> = labelled.iter().map(|(row, _)| row.theme).collect();
        let temperature = calibrate::temperature(&flat, &targets, classes);
        let mut risks = Vec::new();
        let mut seconds = Vec::new();
        for (row, scores) in &labelled {
            let mut p: Vec<f32> = scores.iter().map(|score| score / temperature).collect();
            softmax(&mut p);
            let mut order: Vec<usize> = (0..classes).collect();
            order.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
            if row.kind == Kind::Measure {
                risks.push((p[order[0]], order[0] == usize::from(row.theme)));
            }
            // A second theme is right where both labels are found, in either order.
            let both = [row.theme, row.theme2.unwrap_or(row.theme)].map(usize::from);
            let right = row.theme2.is_some() && both.contains(&order[0]) && both.contains(&order[1]);
            seconds.push((p[order[1]], right, row.theme2.is_some()));
        }
        Calibration { temperature, second_at: best_second(&mut seconds), risk: calibrate::risk_table(&risks) }
    }
}

/// A second theme is never called below this: two themes of a sentence split its probability about evenly.
const LEAST_SECOND: f32 = 0.25;

/// The threshold on the second probability with the best F1 of second themes; one that is never reached where none helps.
fn best_second(seconds: &mut [(f32, bool, bool)]) -> f32 {
    seconds.sort_by(|a, b| b.0.total_cmp(&a.0));
    let wanted = seconds.iter().filter(|second| second.2).count();
    let (mut right, mut best, mut at) = (0, 0.0, 1.0);
    for (called, &(p, is_right, _)) in seconds.iter().enumerate().take_while(|(_, second)| second.0 >= LEAST_SECOND) {
        right += usize::from(is_right);
        let f1 = 2.0 * right as f64 / (called + 1 + wanted) as f64;
        if f1 > best {
            (best, at) = (f1, p);
        }
    }
    at
}
