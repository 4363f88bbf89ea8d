//! The settings of a run: each stage's own parameters, gathered from one TOML file.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::chart::Lang;
use crate::cluster;
use crate::codebook::{Codebook, Part};
use crate::corpus::ReadParams;
use crate::corpus::duplicates::DuplicateParams;
use crate::corpus::quality::{FunnelGates, Gates};
use crate::emphasis::commitment::Scale;
use crate::emphasis::keyness::KeynessParams;
use crate::emphasis::own::OwnParams;
use crate::emphasis::similarity::SimilarityParams;
use crate::emphasis::{Counting, EmphasisParams, Weight};
use crate::error::{Error, Result, Trouble};
use crate::features::{LatentParams, TfIdfParams, VocabularyParams};
use crate::segment;
use crate::table::Format;

/// How sure the coder must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CoderParams {
    /// Abstain so that the expected error among coded sentences stays below this, 0 to 1.
    pub max_error: Option<f64>,
    /// Abstain so that about this share of sentences is coded, 0 to 1. Not together with `max_error`.
    pub coverage: Option<f64>,
    /// Whether the reasons of every call are written to the table of sentences.
    pub because: bool,
}

impl Default for CoderParams {
    fn default() -> Self {
        CoderParams { max_error: None, coverage: None, because: true }
    }
}

/// All settings. Every field has a default; a file names only what differs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The language of charts and page: `zh` or `en`.
    pub lang: Lang,
    /// The part that emphasis is over: `plan` or `review`.
    pub part: AnalysedPart,
    /// What a share counts: `measures`, `sentences` or `chars`.
    pub weight: Weight,
    /// How a measure with two themes is counted: `primary` or `fractional`.
    pub counting: Counting,
    /// The column whose groups are compared, one of `documents.csv` or `level`, `genre`, `province`, `city`, `county`; places
    /// where it is left out.
    pub by: Option<String>,
    /// Whether measures that mostly stand in documents of other places are left out of emphasis.
    pub own_words: bool,
    /// The formats of the tables.
    pub formats: Formats,
    /// A codebook of the user's own; the township codebook where it is left out.
    pub codebook: Option<PathBuf>,
    /// A theme model of the user's own; the shipped one where it is left out.
    pub model: Option<PathBuf>,
    /// A scale of commitment of the user's own; the shipped one where it is left out.
    pub scale: Option<PathBuf>,
    /// Whether the later one of two near-duplicate documents is left out.
    pub drop_duplicates: bool,
    /// How files are read, and the limits on what is read.
    pub read: ReadParams,
    /// When a document is left out.
    pub quality: Gates,
    /// When a corpus of which too little comes through stops the run.
    pub funnel: FunnelGates,
    /// When two documents count as duplicates.
    pub duplicates: DuplicateParams,
    /// How sure the coder must be.
    pub coder: CoderParams,
    /// How words are cut.
    pub words: segment::Params,
    /// Which terms the vocabulary holds.
    pub vocabulary: VocabularyParams,
    /// How counts become weights.
    pub tfidf: TfIdfParams,
    /// The latent axes.
    pub latent: LatentParams,
    /// How measures are clustered.
    pub cluster: cluster::Params,
    /// Shares, quotients and their intervals.
    pub emphasis: EmphasisParams,
    /// Which terms mark a place, theme, year or part.
    pub keyness: KeynessParams,
    /// What counts as shared with other places.
    pub own: OwnParams,
    /// How many places are compared with one another.
    pub similarity: SimilarityParams,
}

/// The part that emphasis is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnalysedPart {
    /// What will be done.
    #[default]
    Plan,
    /// What was done.
    Review,
}

impl From<AnalysedPart> for Part {
    fn from(part: AnalysedPart) -> Part {
        match part {
            AnalysedPart::Plan => Part::Plan,
            AnalysedPart::Review => Part::Review,
        }
    }
}

/// The formats of the tables; csv and parquet where nothing is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Formats(pub Vec<Format>);

impl Default for Formats {
    fn default() -> Self {
        Formats(vec![Format::Csv, Format::Parquet])
    }
}

impl Settings {
    /// Reads settings from a TOML file.
    ///
    /// # Errors
    /// [`Error::Settings`] for a file that cannot be read, TOML that does not parse, a key that is not known (the nearest
    /// known one is named), or a value out of its range.
    pub fn read(path: &Path) -> Result<Settings> {
        let source = fs::read_to_string(path)
            .map_err(|source| Error::Settings(Trouble::at(path, "the settings cannot be read").source(source)))?;
        Settings::parse(&source, path)
    }

    /// The settings that `source` spells; `path` is named in errors.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn parse(source: &str, path: &Path) -> Result<Settings> {
        let settings: Settings = toml::from_str(source).map_err(|error| {
            let line = error.span().map(|span| source[..span.start.min(source.len())].matches('\n').count() + 1);
            let message = error.message().lines().next().unwrap_or_default();
            let trouble = Trouble { line, ..Trouble::at(path, message) };
            Error::Settings(match nearest(message) {
                Some(known) => trouble.remedy(format!("did you mean “{known}”?")),
                None => trouble.remedy("docs/settings.md lists every key"),
            })
        })?;
        settings.check()?;
        Ok(settings)
    }

    /// Checks the ranges that the types do not.
    ///
    /// # Errors
    /// [`Error::Settings`] with the value that is out of its range.
    pub fn check(&self) -> Result<()> {
        let coder = &self.coder;
        if coder.max_error.is_some() && coder.coverage.is_some() {
            return Err(Error::Settings(
                Trouble::new("coder.max_error and coder.coverage are both set").remedy("set one"),
            ));
        }
        let (quality, duplicates) = (&self.quality, &self.duplicates);
        for (name, share) in [
            ("coder.max_error", coder.max_error),
            ("coder.coverage", coder.coverage),
            ("quality.least_han_share", Some(quality.least_han_share)),
            ("quality.most_damaged_share", Some(quality.most_damaged_share)),
            ("quality.most_private_share", Some(quality.most_private_share)),
            ("quality.most_repeated_share", Some(quality.most_repeated_share)),
            ("quality.most_rare_share", Some(quality.most_rare_share)),
            ("duplicates.least_share", Some(duplicates.least_share)),
            ("duplicates.same_share", Some(duplicates.same_share)),
        ] {
            if let Some(share) = share.filter(|share| !(0.0..=1.0).contains(share)) {
                let trouble = Trouble::new(format!("{name} is {share}"));
                return Err(Error::Settings(trouble.remedy("set it between 0 and 1")));
            }
        }
        if !(0.0..).contains(&quality.least_sentence_ends) {
            let trouble = Trouble::new(format!("quality.least_sentence_ends is {}", quality.least_sentence_ends));
            return Err(Error::Settings(trouble.remedy("set it to 0 or more")));
        }
        let max_df = self.vocabulary.max_df;
        if !(max_df > 0.0 && max_df <= 1.0) {
            let trouble = Trouble::new(format!("vocabulary.max_df is {max_df}"));
            return Err(Error::Settings(trouble.remedy("set it above 0 and at most 1")));
        }
        self.cluster.check()?;
        if self.formats.0.is_empty() {
            return Err(Error::Settings(
                Trouble::new("formats is empty").remedy("name one of csv, parquet, arrow, jsonl, xlsx"),
            ));
        }
        self.own.check()?;
        self.emphasis.check()
    }

    /// The scale of commitment in force.
    ///
    /// # Errors
    /// [`Error::Settings`] when the user's scale cannot be read or is not well formed.
    pub fn scale(&self) -> Result<Scale> {
        let Some(path) = &self.scale else { return Ok(Scale::shipped()) };
        let source = fs::read_to_string(path)
            .map_err(|source| Error::Settings(Trouble::at(path, "the scale cannot be read").source(source)))?;
        Scale::parse(&source, path)
    }

    /// The file of the model `name` (`theme.model`, `kind.model`) where `model` names a folder that holds it.
    pub fn model_file(&self, name: &str) -> Option<PathBuf> {
        self.model.as_ref().map(|folder| folder.join(name)).filter(|file| file.is_file())
    }

    /// Every file of the user's own that is named here, with what it serves as.
    pub fn files(&self) -> Vec<(&'static str, PathBuf)> {
        let model = match &self.model {
            Some(folder) if folder.is_dir() => {
                ["kind.model", "theme.model"].into_iter().filter_map(|name| self.model_file(name)).collect()
            }
            Some(file) => vec![file.clone()],
            None => Vec::new(),
        };
        let one = |role, path: &Option<PathBuf>| path.clone().map(|path| (role, path));
        let named = [
            one("codebook", &self.codebook),
            one("scale", &self.scale),
            one("lexicon", &self.words.lexicon),
            one("stop_words", &self.words.stop_words),
        ];
        model.into_iter().map(|file| ("model", file)).chain(named.into_iter().flatten()).collect()
    }

    /// The codebook in force.
    ///
    /// # Errors
    /// [`Error::Settings`] when the user's codebook cannot be read or is not well formed.
    pub fn codebook(&self) -> Result<Codebook> {
        let Some(path) = &self.codebook else { return Ok(Codebook::township()) };
        let source = fs::read_to_string(path)
            .map_err(|source| Error::Settings(Trouble::at(path, "the codebook cannot be read").source(source)))?;
        Codebook::parse(&source, path)
    }
}

/// The known name nearest to the unknown one in serde's words ``unknown field `x`, expected one of `a`, `b` ``.
fn nearest(message: &str) -> Option<String> {
    let mut names = message.split('`').skip(1).step_by(2);
    let typed = names.next().filter(|_| message.starts_with("unknown"))?;
    names
        .map(|known| (distance(typed, known), known))
        .filter(|(distance, known)| *distance <= known.chars().count().max(typed.chars().count()) / 2)
        .min()
        .map(|(_, known)| known.to_owned())
}

/// Levenshtein's distance: the fewest insertions, deletions and replacements of characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_which_nothing_can_be_done_are_refused_in_a_short_sentence() {
        let told = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.check().unwrap_err().to_string()
        };
        assert!(Settings::default().check().is_ok());
        assert_eq!(told(|s| s.vocabulary.max_df = 0.0), "vocabulary.max_df is 0; set it above 0 and at most 1");
        assert_eq!(
            told(|s| s.quality.least_han_share = f64::NAN),
            "quality.least_han_share is NaN; set it between 0 and 1"
        );
        assert_eq!(
            told(|s| s.quality.least_sentence_ends = -1.0),
            "quality.least_sentence_ends is -1; set it to 0 or more"
        );
        assert_eq!(told(|s| s.coder.coverage = Some(1.5)), "coder.coverage is 1.5; set it between 0 and 1");
        assert_eq!(told(|s| s.cluster.fit_rows = 0), "cluster.fit_rows is 0; set it to 1 or more");
        assert!(told(|s| s.cluster.k_max = 3).starts_with("cluster.k_max is 3, below k_min = 4"));
    }

    #[test]
    fn an_unknown_key_gets_its_line_and_the_nearest_known_name() {
        let error =
            Settings::parse("lang = \"zh\"\n\n[emphasis]\nmin_measure = 3\n", Path::new("my.toml")).unwrap_err();
        let message = error.to_string();
        assert!(message.starts_with("my.toml:4: "), "{message}");
        assert!(message.contains("did you mean “min_measures”?"), "{message}");
    }

    #[test]
    fn levenshtein_counts_edits() {
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("x", "x")), (3, 3, 0));
    }

    #[test]
    fn what_is_written_reads_back() {
        let settings = Settings::default();
        let source = toml::to_string(&settings).unwrap();
        assert_eq!(Settings::parse(&source, Path::new("x.toml")).unwrap(), settings);
    }

    /// Every key as `section.key`, with those that are not set.
    fn keys(value: &serde_json::Value, prefix: &str, found: &mut Vec<String>) {
        match value.as_object() {
            Some(fields) => fields.iter().for_each(|(key, value)| {
                keys(value, &if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") }, found);
            }),
            None => found.push(prefix.to_owned()),
        }
    }

    #[test]
    fn the_docs_name_every_key_and_no_other() {
        let docs = include_str!("../docs/settings.md");
        let mut known = Vec::new();
        keys(&serde_json::to_value(Settings::default()).unwrap(), "", &mut known);
        for key in &known {
            assert!(docs.contains(&format!("`{key}`")), "docs/settings.md does not name {key}");
        }
        let rows = docs.lines().filter(|line| line.starts_with("| `"));
        let named = rows.flat_map(|line| line.split('|').nth(1).unwrap_or_default().split('`').skip(1).step_by(2));
        for key in named {
            assert!(known.iter().any(|name| name == key), "docs/settings.md names {key}, which is no setting");
        }
    }

    #[test]
    fn two_ways_to_abstain_are_refused() {
        let source = "[coder]\nmax_error = 0.1\ncoverage = 0.9\n";
        assert!(Settings::parse(source, Path::new("x.toml")).is_err());
    }
}
