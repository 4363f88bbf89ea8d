//! The documents with all that was decided about them, and the rows of the first tables.

use crate::codebook::{Codebook, Part, ThemeId};
use crate::corpus::{Document, DuplicateKind, Funnel, Unread};
use crate::emphasis::quotient::Interval;
use crate::emphasis::{Counting, Weight};
use crate::kind::KindCall;
use crate::measure::Measure;
use crate::notice::Notice;
use crate::outline::Outline;
use crate::theme::ThemeCall;

use super::{
    ChangeRow, CommitmentRow, Correspondence, OwnRow, PanelRow, PlaceYearRow, PositionRow, SimilarityRow, TargetRow,
    TreeNode, TurnRow,
};

/// A document with everything that was decided about its sentences.
#[derive(Debug)]
pub struct CodedDocument {
    /// The document, its text untouched.
    pub document: Document,
    /// What it is compared under, called place in every table of statistics: its place, or its group where the run
    /// compares groups.
    pub compared: String,
    /// Its sentences and their places.
    pub outline: Outline,
    /// One call of kind and unit a sentence.
    pub kinds: Vec<KindCall>,
    /// One call of theme a sentence; the probabilities of single themes are not kept.
    pub themes: Vec<ThemeCall>,
    /// What weighed most for each theme, a sentence each; empty where it was not asked for.
    pub because: Vec<String>,
    /// The measures cut from it, in order.
    pub measures: Vec<CodedMeasure>,
    /// For every sentence, the position in [`Self::measures`] of the measure that holds it.
    pub measure_of: Vec<Option<u32>>,
    /// The share of Han characters among those that are not blank; `None` for a text of blanks.
    pub han_share: Option<f64>,
    /// For every sentence, whether a name or number in it was hidden before publication.
    pub masked: Vec<bool>,
    /// What a user should know about this document, in a fixed order.
    pub warnings: Vec<Notice>,
}

/// A measure (措施) with its theme and cluster.
#[derive(Clone, Debug)]
pub struct CodedMeasure {
    /// Its sentences and headings.
    pub measure: Measure,
    /// Its theme, decided over all its sentences.
    pub theme: MeasureTheme,
    /// Its cluster, counted from 0; `None` where it holds no term of the vocabulary or the corpus was too small.
    pub cluster: Option<u32>,
    /// Its place on the map of measures; `None` where it has no cluster.
    pub map: Option<(f32, f32)>,
    /// Whether it is left out of emphasis because most of it stands in documents of other places too; only where the
    /// run keeps to own words.
    pub transmitted: bool,
}

/// What a measure is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasureTheme {
    /// The theme.
    pub theme: ThemeId,
    /// Its probability.
    pub p: f32,
    /// The second theme, where half of the measure's sentences or more are also about it.
    pub second: Option<ThemeId>,
    /// Whether the coder was not sure enough; `theme` is then its best guess and is counted nowhere.
    pub abstained: bool,
}

/// What a place does in a year for a theme: one row of the table `emphasis`.
#[derive(Clone, Debug, PartialEq)]
pub struct EmphasisRow {
    /// The place.
    pub place: String,
    /// The year; `None` where the document names none.
    pub year: Option<i32>,
    /// The theme.
    pub theme: ThemeId,
    /// Measures of the theme.
    pub measures: u64,
    /// Sentences in those measures.
    pub sentences: u64,
    /// Characters in those measures.
    pub chars: u64,
    /// The share among the place and year's measures (or sentences, or characters) that have a theme; `None` where it has none.
    pub share: Option<f64>,
    /// The interval of the share.
    pub share_interval: Option<(f64, f64)>,
    /// The shrunk location quotient.
    pub lq: Option<f64>,
    /// The quotient of the shares as they are.
    pub lq_raw: Option<f64>,
    /// Its interval.
    pub lq_interval: Option<(f64, f64)>,
    /// The standardised deviation of ln LQ from 0.
    pub z: Option<f64>,
    /// The false discovery rate at which the quotient differs from 1.
    pub q: Option<f64>,
    /// The rank of the theme by quotient within place and year; `None` where measures are too few to rank.
    pub rank: Option<u32>,
}

/// How much a term belongs to a place, theme, year or part against the rest: one row of the tables `keyness` and
/// `dispersion`.
#[derive(Clone, Debug, PartialEq)]
pub struct KeynessRow {
    /// `place`, `theme`, `year` or `part`.
    pub target_kind: &'static str,
    /// The place's name, the theme's or part's id, or the year.
    pub target: String,
    /// The term.
    pub term: String,
    /// Occurrences in the target.
    pub count: u64,
    /// Occurrences in the rest.
    pub rest: u64,
    /// The log-odds ratio with an informative Dirichlet prior.
    pub log_odds: f64,
    /// Its z-score.
    pub z: f64,
    /// Its false discovery rate within the target.
    pub q: f64,
    /// Documents of the corpus in which the term stands.
    pub documents: u32,
    /// Gries' DP over the sections of the target; `None` where the term does not stand there.
    pub dispersion: Option<f64>,
}

/// Where a key term stands in the counted measures of the part under analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermHits {
    /// The term.
    pub term: String,
    /// The sentences, in the order of the corpus.
    pub hits: Vec<Hit>,
}

/// A sentence that holds a key term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The document, as its position in [`Analysis::documents`].
    pub document: u32,
    /// The sentence, as its number in the document.
    pub sentence: u32,
    /// How often the term stands in it.
    pub count: u32,
}

/// How widely a place's measures are spread over themes: one row of the table `diversity`.
#[derive(Clone, Debug, PartialEq)]
pub struct DiversityRow {
    /// The place.
    pub place: String,
    /// The year.
    pub year: Option<i32>,
    /// Measures that have a theme.
    pub measures: u64,
    /// Shannon entropy in nats.
    pub entropy: Option<f64>,
    /// Its exponential, the effective number of themes.
    pub effective_themes: Option<f64>,
    /// The Herfindahl index.
    pub herfindahl: Option<f64>,
    /// The place and year whose theme shares are nearest by cosine.
    pub nearest_place: Option<String>,
    /// That cosine.
    pub similarity: Option<f64>,
}

/// A group of measures that hang together by their words: one row of the table `clusters`.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterRow {
    /// The number, by falling size, from 0.
    pub cluster: u32,
    /// Measures in it.
    pub size: u64,
    /// The mean silhouette of its measures.
    pub silhouette: Option<f64>,
    /// The terms that name it, strongest first.
    pub terms: Vec<String>,
    /// Themes in it with their counts, most first.
    pub themes: Vec<(ThemeId, u64)>,
    /// Places in it with their counts, most first.
    pub places: Vec<(String, u64)>,
    /// The measure nearest to its centre, by its id in the table `measures`.
    pub exemplar: String,
}

/// A number of clusters that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct CandidateRow {
    /// The number of clusters.
    pub k: u32,
    /// The mean silhouette.
    pub silhouette: f64,
    /// The mean adjusted Rand index between fits of different seeds and samples.
    pub stability: f64,
    /// Whether it was taken.
    pub chosen: bool,
}

/// A term of the vocabulary: one row of the table `terms`.
#[derive(Clone, Debug, PartialEq)]
pub struct TermRow {
    /// The term.
    pub term: String,
    /// Measures that hold it.
    pub df: u32,
    /// Its inverse document frequency.
    pub idf: f64,
    /// Its class TF-IDF weight in every theme, in the codebook's order.
    pub weights: Vec<f64>,
}

/// How many things entered a stage and how many left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelRow {
    /// The stage, as an English id.
    pub stage: &'static str,
    /// What is counted.
    pub unit: &'static str,
    /// How many are left after the stage.
    pub count: u64,
}

/// Two documents that share much of their text: one row of the table `duplicates`.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateRow {
    /// The later document, by id.
    pub doc: String,
    /// The earlier one.
    pub other: String,
    /// The share of the first one's 16-grams that the second one holds too.
    pub share: f64,
    /// What kind of likeness it is.
    pub kind: DuplicateKind,
}

/// The figures that the methods paragraph quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// Whether themes were coded by the seed terms of the codebook, not by a trained model.
    pub by_seeds: bool,
    /// Measures counted: of the part under analysis, with a theme other than general.
    pub counted: u64,
    /// Measures of the general theme.
    pub general: u64,
    /// Measures on which the coder abstained.
    pub abstained: u64,
    /// The strength of the prior that shrinks quotients, in measures; `None` with fewer than two place-years.
    pub strength: Option<f64>,
    /// The likeness of measures in one section, 0 to 1.
    pub correlation: f64,
    /// The level of the intervals.
    pub level: f64,
    /// How intervals of quotients are made.
    pub interval: Interval,
    /// Draws a place-year.
    pub draws: u32,
    /// A place-year with fewer measures is not ranked.
    pub min_measures: u64,
    /// What a share counts.
    pub weight: Weight,
    /// How a measure with two themes is counted.
    pub counting: Counting,
    /// The number of clusters that was set; `None` where it was chosen.
    pub asked_clusters: Option<usize>,
    /// The column whose groups are compared; `None` where places are.
    pub by: Option<String>,
    /// Measures left out because most of their words stand in documents of other places; `None` where none was to be.
    pub transmitted: Option<u64>,
    /// The version of the scale of commitment and its levels, strongest first: value, Chinese and English name.
    pub scale: (u32, Vec<(u8, String, String)>),
    /// The corpus share of every counted theme.
    pub base: Vec<(ThemeId, f64)>,
}

/// All that a run found. Documents are sorted by id; every list has a fixed order.
#[derive(Debug)]
pub struct Analysis {
    /// The codebook in force.
    pub codebook: Codebook,
    /// The part that emphasis is over.
    pub part: Part,
    /// The documents.
    pub documents: Vec<CodedDocument>,
    /// The files that are not among them, and why.
    pub unread: Vec<Unread>,
    /// The table `emphasis`.
    pub emphasis: Vec<EmphasisRow>,
    /// The table `keyness`.
    pub keyness: Vec<KeynessRow>,
    /// Where the terms of that table stand, by term.
    pub term_hits: Vec<TermHits>,
    /// The table `diversity`.
    pub diversity: Vec<DiversityRow>,
    /// The table `clusters`.
    pub clusters: Vec<ClusterRow>,
    /// The numbers of clusters that were tried.
    pub candidates: Vec<CandidateRow>,
    /// The table `terms`.
    pub terms: Vec<TermRow>,
    /// The table `duplicates`.
    pub duplicates: Vec<DuplicateRow>,
    /// The table `place_years`.
    pub place_years: Vec<PlaceYearRow>,
    /// The table `targets`.
    pub targets: Vec<TargetRow>,
    /// The table `commitment`.
    pub commitment: Vec<CommitmentRow>,
    /// The table `position`.
    pub position: Vec<PositionRow>,
    /// The table `correspondence`; `None` where fewer than two places or two themes occur.
    pub correspondence: Option<Correspondence>,
    /// The table `similarity`; empty where there are too many places for all pairs.
    pub similarity: Vec<SimilarityRow>,
    /// The table `tree`; empty where there are too many places.
    pub tree: Vec<TreeNode>,
    /// The table `change`.
    pub change: Vec<ChangeRow>,
    /// The table `turns`.
    pub turns: Vec<TurnRow>,
    /// The table `panel`.
    pub panel: Vec<PanelRow>,
    /// The table `own_words`.
    pub own_words: Vec<OwnRow>,
    /// The figures behind the method.
    pub method: Method,
    /// What each stage kept of the corpus.
    pub funnel: Vec<FunnelRow>,
    /// The same of each document, in their order.
    pub kept: Vec<Funnel>,
    /// What the lexicon did.
    pub lexicon: Vec<Notice>,
    /// What the user should know about the whole run.
    pub warnings: Vec<Notice>,
}
