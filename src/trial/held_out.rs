//! Documents coded by models that were trained without them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::codebook::{Codebook, Kind};
use crate::corpus::{self, Hints, Level, ReadParams};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::folds::grouped;
use crate::evaluate::labels::{self, LabelledDocument};
use crate::kind::{self, KindCall, KindModel};
use crate::measure::parts;
use crate::outline::{Outline, outline};
use crate::progress::Progress;
use crate::theme::{self, Coder, Provenance, SeedCoder, Silver, SilverParams, ThemeCall};

/// What a fold must not split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// A document.
    #[default]
    Document,
    /// All documents of a place.
    Place,
    /// All documents of a level of government.
    Level,
}

/// How a trial is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// How many folds.
    pub folds: usize,
    /// What they must not split.
    pub group: Group,
    /// Draws the folds and the intervals.
    pub seed: u64,
    /// The coder of kinds.
    pub kind: kind::Params,
    /// The coder of themes.
    pub theme: theme::Params,
    /// How silver labels are chosen, where there are unlabelled documents.
    pub silver: SilverParams,
    /// Judge the codebook's seed terms in place of a coder of themes that is trained on labels.
    pub seeds: bool,
}

impl Default for Params {
    fn default() -> Self {
        Params {
            folds: 5,
            group: Group::Document,
            seed: 1,
            kind: kind::Params::default(),
            theme: theme::Params::default(),
            silver: SilverParams::default(),
            seeds: false,
        }
    }
}

/// The level of documents whose level nobody knows.
pub(super) const UNKNOWN: &str = "unknown";

/// Labelled documents with all that training needs.
pub struct Trial {
    /// How the trial is made.
    pub params: Params,
    /// The codebook of the labels.
    pub book: Codebook,
    /// The place of each document.
    pub places: Vec<String>,
    /// The level of each document, by its English id, or `unknown`.
    pub levels: Vec<String>,
    kinds: kind::Material,
    unlabelled: Vec<(String, Outline)>,
    /// Whether a document is trained on and never judged.
    only_trained: Vec<bool>,
}

/// What a coder of themes is taught with besides hand labels, and how.
pub(super) struct Lesson {
    /// How it is trained.
    pub params: theme::Params,
    /// Whether the codebook's seed terms teach too.
    pub told: bool,
    /// Whether silver labels teach too, where there are unlabelled documents.
    pub silver: bool,
}

/// What a trial is read from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'a> {
    /// Sheets of hand labels that are judged, and trained on in the folds that do not judge them.
    pub labels: &'a [PathBuf],
    /// Sheets of labels that are trained on alone, such as those of coders whom nobody has checked.
    pub train_only: &'a [PathBuf],
    /// The documents that the sheets speak of.
    pub corpus: &'a [PathBuf],
    /// Documents without labels, from which silver labels are drawn; labelled documents in them are left out.
    pub silver: &'a [PathBuf],
}

/// A document as a coder sees it that has not trained on it.
#[derive(Clone, Debug)]
pub struct Coded {
    /// The outline, with the parts that the called kinds suggest.
    pub outline: Outline,
    /// A kind for every sentence.
    pub kinds: Vec<KindCall>,
    /// A theme for every sentence.
    pub themes: Vec<ThemeCall>,
}

impl Trial {
    /// Reads labels, the documents they speak of, and unlabelled documents.
    ///
    /// # Errors
    /// Those of [`labels::load`]; [`Error::Labels`] where all labels are of one theme or one document, or where a document is both
    /// to be judged and to be trained on alone.
    pub fn read(sources: &Sources<'_>, book: Codebook, params: Params) -> Result<Trial> {
        let judged = judged(sources, &book)?;
        let sheets = [sources.labels, sources.train_only].concat();
        let kinds = kind::Material::read(&sheets, sources.corpus, &book)?;
        let sheet = sources.labels.first().cloned().unwrap_or_default();
        enough(&kinds.documents, &sheet)?;
        let only_trained = kinds.documents.iter().map(|document| !judged.contains(&document.doc)).collect();
        let (places, levels) = kinds.documents.iter().map(place_and_level).unzip();
        let unlabelled = match sources.silver.is_empty() {
            true => Vec::new(),
            false => unlabelled(sources.silver, &kinds.documents)?,
        };
        Ok(Trial { params, book, places, levels, kinds, unlabelled, only_trained })
    }

    /// The labelled documents, sorted by id.
    pub fn documents(&self) -> &[LabelledDocument] {
        &self.kinds.documents
    }

    /// Whether the document is trained on and never judged.
    pub(super) fn is_only_trained(&self, d: usize) -> bool {
        self.only_trained[d]
    }

    /// The fold of each document; groups are never split, and folds hold about as many labels each. A document that is trained on
    /// alone has none ([`usize::MAX`]).
    ///
    /// # Errors
    /// [`Error::Labels`] where fewer than two groups are labelled.
    pub fn folds(&self) -> Result<Vec<usize>> {
        let names: Vec<&str> = match self.params.group {
            Group::Document => self.documents().iter().map(|document| document.doc.as_str()).collect(),
            Group::Place => self.places.iter().map(String::as_str).collect(),
            Group::Level => self.levels.iter().map(String::as_str).collect(),
        };
        let judged = || (0..names.len()).filter(|&d| !self.only_trained[d]);
        let groups: BTreeSet<&str> = judged().map(|d| names[d]).collect();
        if groups.len() < 2 {
            let what = format!("all labelled documents belong to one group ({})", groups.first().unwrap_or(&""));
            return Err(Error::Labels(Trouble::new(what).remedy("label more documents, or use --group document")));
        }
        let rows: Vec<usize> =
            judged().flat_map(|d| std::iter::repeat_n(d, self.documents()[d].rows.len().max(1))).collect();
        let by_row: Vec<&str> = rows.iter().map(|&d| names[d]).collect();
        let mut folds = vec![usize::MAX; names.len()];
        for (fold, d) in grouped(&by_row, self.params.folds, self.params.seed).into_iter().zip(rows) {
            folds[d] = fold;
        }
        Ok(folds)
    }

    /// Both coders, trained on the documents for which `which` is true.
    ///
    /// # Errors
    /// [`Error::Labels`] where those hold labels of one kind or one theme alone.
    pub fn train(&self, which: impl Fn(usize) -> bool) -> Result<(KindModel, Coder)> {
        let kinds = self.train_kinds(&self.params.kind, &which)?;
        if !self.params.seeds {
            let lesson = Lesson { params: self.params.theme.clone(), told: true, silver: true };
            return Ok((kinds, self.train_themes(&lesson, which)?));
        }
        let of = |document: &'_ LabelledDocument| document.outline.sentences.iter().map(|s| s.span).collect::<Vec<_>>();
        let sentences: Vec<&str> = self
            .documents()
            .iter()
            .flat_map(|document| of(document).into_iter().map(|span| span.of(&document.text)))
            .collect();
        let coder = SeedCoder::new(self.book.clone()).fitted(&sentences);
        Ok((kinds, Coder::Seeds(Box::new(coder))))
    }

    /// The coder of kinds, trained on the documents for which `which` is true.
    pub(super) fn train_kinds(&self, params: &kind::Params, which: impl Fn(usize) -> bool) -> Result<KindModel> {
        let all = self.documents();
        let kept: BTreeSet<&str> = (0..all.len()).filter(|&d| which(d)).map(|d| all[d].doc.as_str()).collect();
        self.kinds.train(params, |doc| !kept.contains(doc))
    }

    /// The coder of themes, trained on the documents for which `which` is true.
    pub(super) fn train_themes(&self, lesson: &Lesson, which: impl Fn(usize) -> bool) -> Result<Coder> {
        let all = self.documents();
        let rest: Vec<LabelledDocument> = (0..all.len()).filter(|&d| which(d)).map(|d| all[d].clone()).collect();
        enough_themes(&rest).map_err(|what| {
            Error::Labels(Trouble::new(format!("the documents that one fold trains on: {what}")).remedy(MORE))
        })?;
        let train = |extra: &[Silver]| theme::train(&rest, extra, &self.book, Provenance::default(), &lesson.params);
        let told = if lesson.told { theme::said_by(&self.book) } else { Vec::new() };
        let mut model = train(&told);
        if lesson.silver && !self.unlabelled.is_empty() {
            let pairs: Vec<(&str, &Outline)> =
                self.unlabelled.iter().map(|(text, outline)| (text.as_str(), outline)).collect();
            let silver = theme::draw(&model, &pairs, &self.params.silver);
            model = train(&[told, silver].concat());
        }
        Ok(Coder::Trained(Box::new(model)))
    }

    /// Whether there are unlabelled documents to draw silver labels from.
    pub(super) fn has_silver(&self) -> bool {
        !self.unlabelled.is_empty()
    }

    /// Whether document `d` may be trained on where `fold` is judged. Reports of one place repeat each other from year to year:
    /// what is trained on alone must not know the place of a judged document either.
    pub(super) fn outside<'a>(&'a self, folds: &'a [usize], fold: usize) -> impl Fn(usize) -> bool + 'a {
        let places: BTreeSet<&str> =
            (0..folds.len()).filter(|&d| folds[d] == fold).map(|d| self.places[d].as_str()).collect();
        move |d| folds[d] != fold && !(self.only_trained[d] && places.contains(self.places[d].as_str()))
    }

    /// Every document coded without itself, by the folds; [`usize::MAX`] marks documents that are only trained on.
    ///
    /// # Errors
    /// Those of [`Trial::train`]; [`Error::Interrupted`].
    pub fn coded(&self, folds: &[usize], progress: &Progress) -> Result<Vec<Option<Coded>>> {
        self.coded_from(folds, |_| true, progress)
    }

    /// The same where only documents for which `also` is true are trained on.
    pub(super) fn coded_from(
        &self,
        folds: &[usize],
        also: impl Fn(usize) -> bool,
        progress: &Progress,
    ) -> Result<Vec<Option<Coded>>> {
        let judged = judged_folds(folds);
        let mut coded: Vec<Option<Coded>> = vec![None; folds.len()];
        for (at, &fold) in judged.iter().enumerate() {
            progress.stage(&format!("training without fold {} of {}", at + 1, judged.len()))?;
            let outside = self.outside(folds, fold);
            let (kind, theme) = self.train(|d| outside(d) && also(d))?;
            self.code_fold(folds, fold, (&kind, &theme), &mut coded);
        }
        Ok(coded)
    }

    /// Fills the places of a fold's documents with what the coders say of them.
    pub(super) fn code_fold(
        &self,
        folds: &[usize],
        fold: usize,
        (kind, theme): (&KindModel, &Coder),
        coded: &mut [Option<Coded>],
    ) {
        for d in (0..folds.len()).filter(|&d| folds[d] == fold) {
            coded[d] = Some(code(kind, theme, &self.documents()[d]));
        }
    }
}

/// The folds that are judged, rising.
pub(super) fn judged_folds(folds: &[usize]) -> BTreeSet<usize> {
    folds.iter().copied().filter(|&fold| fold != usize::MAX).collect()
}

/// Codes a document as a run does: kinds, parts from kinds, themes from called kinds.
pub(super) fn code(kind: &KindModel, theme: &Coder, document: &LabelledDocument) -> Coded {
    let mut outline = document.outline.clone();
    let kinds = kind.judge(&document.text, &outline);
    let found = parts(&outline, &kinds);
    outline.sentences.iter_mut().zip(found).for_each(|(sentence, part)| sentence.part = part);
    let called: Vec<Kind> = kinds.iter().map(|call| call.kind).collect();
    let themes = theme.code(&document.text, &outline, &called, false).calls;
    Coded { outline, kinds, themes }
}

/// What to do when there is too little to learn from.
const MORE: &str = "label more documents, with sentences about two themes or more";

fn enough(documents: &[LabelledDocument], sheet: &std::path::Path) -> Result<()> {
    enough_themes(documents).map_err(|what| Error::Labels(Trouble::at(sheet, what).remedy(MORE)))
}

fn enough_themes(documents: &[LabelledDocument]) -> std::result::Result<(), String> {
    let rows = |document: &LabelledDocument| {
        document.rows.iter().filter(|row| row.kind != Kind::Noise).map(|row| row.theme).collect::<Vec<u16>>()
    };
    let by_document: Vec<Vec<u16>> = documents.iter().map(rows).filter(|rows| !rows.is_empty()).collect();
    let themes: BTreeSet<u16> = by_document.iter().flatten().copied().collect();
    match themes.len() {
        // The second stage learns from first stages that have not seen the document, so it takes two.
        _ if by_document.len() == 1 => Err("only one document is labelled".into()),
        0 => Err("no labelled sentence is anything but noise".into()),
        1 => Err("every labelled sentence has the same theme".into()),
        _ => Ok(()),
    }
}

/// The documents that are judged; none of them may be trained on alone.
fn judged(sources: &Sources<'_>, book: &Codebook) -> Result<BTreeSet<String>> {
    let judged = labels::documents_of(sources.labels, book)?;
    if sources.train_only.is_empty() {
        return Ok(judged);
    }
    if let Some(both) = labels::documents_of(sources.train_only, book)?.intersection(&judged).next() {
        let what = format!("“{both}” is to be judged by other sheets, so it cannot be trained on alone");
        let trouble = Trouble::at(&sources.train_only[0], what);
        return Err(Error::Labels(trouble.remedy("take its rows out of one of the sheets")));
    }
    Ok(judged)
}

/// Place and level: what the corpus says, else what the text says.
fn place_and_level(document: &LabelledDocument) -> (String, String) {
    let hints = Hints { user: document.told.clone(), ..Hints::default() };
    let (meta, _) = corpus::describe(&document.text, &document.doc, &hints);
    let level = document.told.level.or(meta.level).map_or(UNKNOWN, Level::id);
    let place = document.told.place.clone().unwrap_or(meta.place.name);
    (place, level.to_string())
}

fn unlabelled(paths: &[PathBuf], labelled: &[LabelledDocument]) -> Result<Vec<(String, Outline)>> {
    let read = corpus::read(paths, None, &ReadParams::default())?;
    let texts: BTreeSet<&str> = labelled.iter().map(|document| document.text.trim()).collect();
    let documents = read.documents.into_iter().filter(|document| {
        !texts.contains(document.text.trim()) && labelled.iter().all(|known| known.doc != document.id)
    });
    Ok(documents
        .map(|document| (outline(&document.text), document.text))
        .map(|(outline, text)| (text, outline))
        .collect())
}
