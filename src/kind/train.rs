//! Training from files, and how good the coder is on documents it did not see.

use std::path::PathBuf;

use crate::codebook::{Codebook, Kind, Unit};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::blocks::Cut;
use crate::evaluate::confusion::Confusion;
use crate::evaluate::labels::{LabelledDocument, each_document, load};
use crate::outline::outline;

use super::model::{KindModel, Params};
use super::tense::{Example, Tense, example};

/// Of the documents without labels, one in this many is read for its heads, by a hash of its id.
const SAMPLED: u64 = 2;
/// With fewer documents whose heads tell their parts, the shipped model's sense of review and plan is kept.
const ENOUGH: usize = 20;

/// Everything a coder is trained on.
pub struct Material {
    /// The labelled documents, sorted by id.
    pub documents: Vec<LabelledDocument>,
    tense: Tense,
    headed: usize,
}

impl Material {
    /// Reads labels and the corpus they refer to. Other documents of the corpus whose heads tell review from plan teach the
    /// two apart; labelled documents do not.
    ///
    /// # Errors
    /// Those of [`crate::evaluate::labels::load`].
    pub fn read(labels: &[PathBuf], corpus: &[PathBuf], book: &Codebook) -> Result<Material> {
        let documents = load(labels, corpus, book)?;
        let wanted = |id: &str| {
            xxhash_rust::xxh3::xxh3_64(id.as_bytes()).is_multiple_of(SAMPLED)
                && documents.binary_search_by(|document| document.doc.as_str().cmp(id)).is_err()
        };
        let mut examples: Vec<(String, Example)> = Vec::new();
        each_document(corpus, &wanted, &mut |id, text| {
            examples.extend(example(&text, &outline(&text)).map(|example| (id, example)));
            true
        })?;
        examples.sort_by(|a, b| a.0.cmp(&b.0));
        examples.dedup_by(|a, b| a.0 == b.0);
        let headed = examples.len();
        let tense = if headed >= ENOUGH {
            Tense::train(&examples.into_iter().map(|(_, example)| example).collect::<Vec<_>>())
        } else {
            KindModel::shipped().tense
        };
        Ok(Material { documents, tense, headed })
    }

    /// The coder trained on all labelled documents but those for which `held_out` is true.
    ///
    /// # Errors
    /// [`Error::Labels`] if no document is left, or all labels are of one kind.
    pub fn train(&self, params: &Params, held_out: impl Fn(&str) -> bool) -> Result<KindModel> {
        let kept: Vec<LabelledDocument> =
            self.documents.iter().filter(|document| !held_out(&document.doc)).cloned().collect();
        let mut kinds: Vec<Kind> = kept.iter().flat_map(|document| &document.rows).map(|row| row.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.len() < 2 {
            let what = format!("the labels that may be trained on hold {} kinds", kinds.len());
            return Err(Error::Labels(Trouble::new(what).remedy("label sentences of two kinds or more")));
        }
        Ok(KindModel::train(&kept, self.tense.clone(), self.headed, params))
    }
}

/// A labelled sentence beside what a coder called it that had not seen its document.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The document's id.
    pub doc: String,
    /// The sentence.
    pub sentence: u32,
    /// The coder of the label's kind and unit.
    pub gold: (Kind, Unit),
    /// The model's.
    pub called: (Kind, Unit),
    /// The model's probability of its kind.
    pub p: f32,
}

/// Labels and calls of the documents for which `which` is true.
pub fn judged(model: &KindModel, documents: &[LabelledDocument], which: impl Fn(&str) -> bool) -> Vec<Judged> {
    let mut all = Vec::new();
    for document in documents.iter().filter(|document| which(&document.doc)) {
        let calls = model.judge(&document.text, &document.outline);
        all.extend(document.rows.iter().map(|row| {
            let call = &calls[row.sentence as usize];
            Judged {
                doc: document.doc.clone(),
                sentence: row.sentence,
                gold: (row.kind, row.unit),
                called: (call.kind, call.unit),
                p: call.p,
            }
        }));
    }
    all
}

/// Every labelled sentence judged by a coder that did not train on its document: `folds` folds over the sorted documents.
///
/// # Errors
/// Those of [`Material::train`].
pub fn cross_validated(material: &Material, folds: usize, params: &Params) -> Result<Vec<Judged>> {
    let fold_of = |doc: &str| material.documents.iter().position(|document| document.doc == doc).unwrap_or(0) % folds;
    let mut all = Vec::new();
    for fold in 0..folds {
        let model = material.train(params, |doc| fold_of(doc) == fold)?;
        all.extend(judged(&model, &material.documents, |doc| fold_of(doc) == fold));
    }
    Ok(all)
}

/// Agreement of calls with labels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Sentences judged.
    pub sentences: usize,
    /// Share of kinds that agree.
    pub accuracy: f64,
    /// F1 averaged over the kinds that occur in the labels.
    pub macro_f1: f64,
    /// Cohen's kappa of the kinds; 1 where all labels and calls are one kind.
    pub kappa: f64,
    /// F1 of blocks with the same first and last sentence; 0 where none agrees.
    pub unit_f1: f64,
}

/// The figures of judged sentences, whose documents stand together and in order.
pub fn figures(judged: &[Judged]) -> Figures {
    let confusion = Confusion::of(Kind::ALL.len(), judged.iter().map(|row| (row.gold.0.index(), row.called.0.index())));
    let cuts = judged.chunk_by(|a, b| a.doc == b.doc).map(|document| {
        let units: Vec<(Unit, Unit)> = document.iter().map(|row| (row.gold.1, row.called.1)).collect();
        Cut::of(&units)
    });
    Figures {
        sentences: judged.len(),
        accuracy: confusion.accuracy().unwrap_or(0.0),
        macro_f1: confusion.macro_f1().unwrap_or(0.0),
        kappa: confusion.kappa().unwrap_or(if judged.is_empty() { 0.0 } else { 1.0 }),
        unit_f1: Cut::f1(cuts).unwrap_or(0.0),
    }
}

/// Trains on all labels, with the figures of five folds in the model's provenance.
///
/// # Errors
/// Those of [`Material::read`] and [`Material::train`].
pub fn train_files(labels: &[PathBuf], corpus: &[PathBuf], book: &Codebook, params: &Params) -> Result<KindModel> {
    const FOLDS: usize = 5;
    let material = Material::read(labels, corpus, book)?;
    let mut model = material.train(params, |_| false)?;
    if material.documents.len() >= FOLDS {
        let held = figures(&cross_validated(&material, FOLDS, params)?);
        let named = |name: &str, value: f64| (format!("{name}, {FOLDS} folds by document"), value);
        model.provenance.figures = vec![
            named("kind accuracy", held.accuracy),
            named("kind macro-F1", held.macro_f1),
            named("kind kappa", held.kappa),
            named("unit F1", held.unit_f1),
        ];
    }
    Ok(model)
}
