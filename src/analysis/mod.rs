//! From a corpus to the finished record: the stages as one straight list. The only room that knows them all.

mod code;
mod compared;
mod counted;
mod course;
mod group;
mod hits;
mod kept;
mod keywords;
mod likeness;
mod own;
mod targets;
mod treatment;
mod weigh;

pub use code::{code, passing, sentences};

use std::path::Path;
use std::sync::{Arc, LazyLock};

use crate::cache::Cache;
use crate::codebook::{Codebook, Part};
use crate::corpus::{Corpus, Funnel, Unread};
use crate::emphasis::commitment::Scale;
use crate::error::{Error, Result, Trouble};
use crate::kind::KindModel;
use crate::notice::{Notice, gathered};
use crate::progress::Progress;
use crate::record::Analysis;
use crate::segment::Segmenter;
use crate::settings::Settings;
use crate::theme::{Coder, SeedCoder, ThemeModel};

use self::counted::Counted;
use self::weigh::Weighed;

/// What a run knows before it has seen a document.
#[derive(Debug)]
pub struct Models {
    /// The codebook in force.
    pub codebook: Codebook,
    /// The coder of kinds and units.
    pub kind: KindModel,
    /// The coder of themes.
    pub theme: Coder,
    /// The segmenter with its lexicon; its dictionary, half of what there is to load, is loaded when it is first asked for.
    pub segmenter: LazyLock<Segmenter, MakeSegmenter>,
    /// The scale of commitment.
    pub scale: Scale,
    /// What may be taken from earlier runs, where a cache is in use.
    pub cache: Option<Arc<Cache>>,
}

/// Loads a segmenter's dictionary.
pub type MakeSegmenter = Box<dyn FnOnce() -> Segmenter + Send>;

impl Models {
    /// Loads what `settings` name, and what ships inside the program where they name nothing.
    ///
    /// # Errors
    /// [`Error::Settings`] for a codebook or lexicon that is not well formed, [`Error::Model`] for a model file that is
    /// damaged, of another version, or trained for other themes than the codebook's.
    pub fn load(settings: &Settings) -> Result<Models> {
        let codebook = settings.codebook()?;
        let (theme, kind) = rayon::join(|| theme(&codebook, settings), || kind(settings));
        let (lexicon, new_words) = (settings.words.lexicon()?, settings.words.new_words);
        let make: MakeSegmenter = Box::new(move || Segmenter::with(&lexicon, new_words));
        let (scale, segmenter) = (settings.scale()?, LazyLock::new(make));
        Ok(Models { codebook, kind: kind?, theme: theme?, segmenter, scale, cache: None })
    }

    /// What is asked for after the last word is cut; the dictionary and the weights, some 80 MB, go.
    fn spent(self) -> (Codebook, Scale) {
        (self.codebook, self.scale)
    }
}

fn read_model(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|source| Error::Model(Trouble::at(path, "the model cannot be read").source(source)))
}

/// The kind model beside the user's theme model, or the shipped one.
fn kind(settings: &Settings) -> Result<KindModel> {
    match settings.model_file("kind.model") {
        Some(path) => KindModel::read(&read_model(&path)?),
        None => Ok(KindModel::shipped()),
    }
}

/// The coder of themes in force, checked against the codebook, abstaining as the settings say: the model that is named, the
/// shipped one for the township codebook, and the seed terms of any other codebook.
fn theme(codebook: &Codebook, settings: &Settings) -> Result<Coder> {
    let coder = &settings.coder;
    let model = match &settings.model {
        None => ThemeModel::shipped(),
        Some(path) => {
            let file = settings.model_file("theme.model").unwrap_or_else(|| path.clone());
            if file.is_dir() {
                let trouble = Trouble::at(path, "the folder holds no theme.model");
                return Err(Error::Model(
                    trouble.remedy("name the folder that `cezhong train` wrote for label sheets"),
                ));
            }
            ThemeModel::read(&read_model(&file)?, &file)?
        }
    };
    match model.check_codebook(codebook) {
        Err(_) if settings.model.is_none() => return seeds(codebook, settings),
        checked => checked?,
    }
    Ok(Coder::Trained(Box::new(match (coder.max_error, coder.coverage) {
        (Some(error), _) => model.with_max_error(error as f32),
        (None, Some(coverage)) => model.with_coverage(coverage as f32),
        (None, None) => model,
    })))
}

/// The coder of a codebook without labels.
fn seeds(codebook: &Codebook, settings: &Settings) -> Result<Coder> {
    if codebook.themes.iter().filter(|theme| !theme.seeds.is_empty()).count() < 2 {
        let what =
            format!("fewer than two themes of the codebook {} have seed terms, and no model is named", codebook.name);
        let trouble = Trouble { path: settings.codebook.clone(), ..Trouble::new(what) };
        return Err(Error::Settings(trouble.remedy("write seeds = [...] under its themes, or train a model for it")));
    }
    let seeds = SeedCoder::new(codebook.clone());
    match (settings.coder.max_error, settings.coder.coverage) {
        (_, Some(_)) => Err(Error::Settings(
            Trouble::new("without labels nobody knows which coverage a threshold gives")
                .remedy("set max_error, or train a model for this codebook"),
        )),
        (Some(error), None) => Ok(Coder::Seeds(Box::new(seeds.with_threshold(1.0 - error as f32)))),
        (None, None) => Ok(Coder::Seeds(Box::new(seeds))),
    }
}

/// Analyses a corpus. The models are taken, to be given back to the system as soon as the last word is cut.
///
/// # Errors
/// [`Error::Input`] for a corpus without a document that passes the gates, [`Error::Numbers`] when a stage loses too much of it or a
/// statistic cannot be computed, [`Error::Interrupted`] when `progress` stops the run.
pub fn run(corpus: Corpus, models: Models, settings: &Settings, progress: &Progress) -> Result<Analysis> {
    progress.stage("checking documents")?;
    let checked = code::check(corpus, settings);
    if checked.documents.is_empty() {
        return Err(nothing(&checked.unread));
    }
    progress.stage("cutting and coding sentences")?;
    let (mut documents, broken) = code::documents(checked.documents, &models, settings, progress)?;
    let mut unread = checked.unread;
    unread.extend(broken);
    unread.sort();
    if documents.is_empty() {
        return Err(nothing(&unread));
    }
    let mut warnings = checked.warnings;
    if let Some(by) = &settings.by {
        warnings.extend(compared::group(&mut documents, by)?);
    }
    let part = Part::from(settings.part);
    progress.stage("comparing words with those of other places")?;
    let own_words = own::own_words(&mut documents, part, settings)?;
    progress.stage("cutting words")?;
    let words = group::words(&documents, part, &models, settings);
    let kept = kept::kept(&documents, &words);
    let corpus = kept.iter().copied().fold(Funnel::default(), Funnel::plus);
    kept::check(&corpus, words.rows.len(), &settings.funnel)?;
    let by_seeds = models.theme.by_seeds();
    let (codebook, scale) = models.spent();
    progress.stage("clustering measures")?;
    let groups = group::clusters(&documents, &words, &codebook, settings);
    group::assign(&mut documents, &words, &groups);

    progress.stage("weighing emphasis")?;
    let counted = Counted::of(&documents, part, &codebook);
    let Weighed { emphasis, diversity, place_years, mut method, warnings: few, counts, effective } =
        weigh::weigh(&documents, &counted, settings)?;
    warnings.extend(few);
    method.transmitted = settings.own_words.then(|| own_words.iter().map(|row| row.transmitted).sum());
    method.scale = scale_words(&scale);
    method.by_seeds = by_seeds;
    warnings.extend(no_seeds_for_general(&codebook).filter(|_| method.by_seeds));
    warnings.extend(asked_clusters(settings, groups.rows.len()));
    progress.stage("finding key terms")?;
    let keyness = keywords::keywords(&documents, &words, &codebook, settings)?;
    let term_hits = hits::hits(&documents, &words, &keyness);
    progress.stage("reading targets and commitment")?;
    let targets = targets::targets(&documents, part);
    let commitment = treatment::commitment(&documents, &counted, &scale, settings);
    let position = treatment::position(&documents, &counted, part);
    progress.stage("comparing places and years")?;
    let likeness = likeness::likeness(&documents, &words, &counted, &counts, &codebook, settings);
    warnings.extend(likeness.warnings);
    let plan = Counted::of(&documents, Part::Plan, &codebook);
    let review = Counted::reviewed(&documents, &codebook);
    let change = course::change(&documents, (&counted, &counts, &effective), &plan, &review, settings)?;
    let turns = course::turns(&counted, &counts, &effective, settings);
    let panel = course::panel(&documents, &counted)?;
    progress.check()?;

    let noticed =
        documents.iter().flat_map(|coded| coded.warnings.iter().map(|warning| (coded.document.id.as_str(), warning)));
    warnings.extend(gathered(noticed));
    Ok(Analysis {
        part,
        terms: group::terms(&words, &documents, codebook.themes.len()),
        clusters: groups.rows,
        candidates: groups.candidates,
        emphasis,
        keyness,
        term_hits,
        diversity,
        place_years,
        targets,
        commitment,
        position,
        correspondence: likeness.correspondence,
        similarity: likeness.similarity,
        tree: likeness.tree,
        change,
        turns,
        panel,
        own_words,
        codebook,
        unread,
        duplicates: checked.duplicates,
        lexicon: words.lexicon,
        method,
        funnel: kept::rows(documents.len(), &corpus),
        kept,
        documents,
        warnings,
    })
}

/// The scale as the methods paragraph names it.
fn scale_words(scale: &Scale) -> (u32, Vec<(u8, String, String)>) {
    let levels = scale.levels.iter().map(|level| (level.value, level.zh.clone(), level.en.clone()));
    (scale.version, levels.collect())
}

/// Why there is nothing to analyse.
fn nothing(unread: &[Unread]) -> Error {
    let reasons: Vec<String> = unread.iter().take(3).map(|left| format!("{}: {}", left.file, left.reason.en)).collect();
    let what = match reasons.is_empty() {
        true => "there is no document to analyse".to_owned(),
        false => format!("there is no document to analyse ({})", reasons.join(" | ")),
    };
    Error::Input(
        Trouble::new(what).remedy("name a folder of txt, html, md, docx or pdf files, or a table with a column text"),
    )
}

/// A notice where seeds code and the general theme has none: nothing will be called it.
fn no_seeds_for_general(codebook: &Codebook) -> Option<Notice> {
    let general = &codebook.themes[usize::from(codebook.general())];
    general.seeds.is_empty().then(|| {
        Notice::new(
            format!("总体主题“{}”没有种子词，不会有句子归入它（无从判断的句子记为未定）；需要时请为它写上种子词。", general.zh),
            format!(
                "the general theme {} has no seed terms, so that no sentence is called it (one of which nothing is known is abstained); \
                 give it some where that is wanted",
                general.id
            ),
        )
    })
}

/// A notice where there are not as many clusters as were asked for.
fn asked_clusters(settings: &Settings, found: usize) -> Option<Notice> {
    let asked = settings.cluster.k.filter(|&asked| asked != found)?;
    Some(Notice::new(
        format!("要求分 {asked} 类，措施只够分成 {found} 类。"),
        format!("{asked} clusters were asked for, and the measures make {found}"),
    ))
}
