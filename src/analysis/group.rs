//! Measures become bags of terms, and hang together in clusters.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::cluster::{Clustering, class_weights, cluster, keywords, map};
use crate::codebook::{Codebook, Part};
use crate::features::{Bags, Counts, Latent, TfIdf, Vocabulary};
use crate::notice::Notice;
use crate::record::{CandidateRow, ClusterRow, CodedDocument, TermRow};
use crate::segment::{Cuts, Effect, LexiconReport};
use crate::settings::Settings;
use crate::table::measure_id;
use crate::text::Span;

use super::Models;

/// How many terms name a cluster.
const NAMING_TERMS: usize = 8;

/// The terms of every measure of the part under analysis.
pub(super) struct Words {
    /// The measures, as (document, measure) positions, in order; a row each.
    pub rows: Vec<(u32, u32)>,
    pub bags: Bags,
    /// How many terms of each row stand in each of its sentences, in order.
    pub lengths: Vec<Vec<u32>>,
    pub vocabulary: Vocabulary,
    pub counts: Counts,
    pub tfidf: TfIdf,
    /// Plan and review together, to be compared; `None` where the corpus has one of them only.
    pub both: Option<Both>,
    /// What the lexicon did.
    pub lexicon: Vec<Notice>,
}

/// The terms of the measures of plan and review.
pub(super) struct Both {
    /// The measures, as (document, measure) positions, in order; a row each.
    pub rows: Vec<(u32, u32)>,
    pub vocabulary: Vocabulary,
    pub counts: Counts,
}

/// Cuts all measures into terms and learns the vocabulary of those of `part`.
pub(super) fn words(documents: &[CodedDocument], part: Part, models: &Models, settings: &Settings) -> Words {
    let all: Vec<(u32, u32)> = documents
        .iter()
        .enumerate()
        .flat_map(|(doc, coded)| (0..coded.measures.len()).map(move |measure| (doc as u32, measure as u32)))
        .collect();
    let measure = |row: &(u32, u32)| &documents[row.0 as usize].measures[row.1 as usize].measure;
    let texts = |row: &(u32, u32)| {
        let coded = &documents[row.0 as usize];
        let held = measure(row).sentences.clone();
        coded.outline.sentences[held.start as usize..held.end as usize]
            .iter()
            .map(|sentence| sentence.span.of(&coded.document.text))
    };
    let cuts: Vec<Cuts> = documents.par_iter().map(|coded| cut(coded, models)).collect();
    let firsts = &firsts(documents);
    let cut_texts = |row: usize| {
        let cuts = &cuts[all[row].0 as usize];
        texts(&all[row]).enumerate().map(move |(n, text)| (text, cuts, firsts[row] + n))
    };
    let stops = StopWords::of(models);
    let lengths: Vec<OnceLock<Vec<u32>>> = (0..all.len()).map(|_| OnceLock::new()).collect();
    let bags = Bags::build(all.len(), |row, push| {
        let held = cut_texts(row).map(|(sentence, cuts, number)| {
            let mut terms = 0;
            models.segmenter.words_at(sentence, cuts.spans(number), |_, word| match models.segmenter.is_term(word) {
                true => {
                    terms += 1;
                    push(word);
                }
                false => stops.met(word),
            });
            terms
        });
        // A row is cut once, so its slot is empty.
        let _ = lengths[row].set(held.collect());
    });
    let mut lengths: Vec<Vec<u32>> = lengths.into_iter().map(|slot| slot.into_inner().unwrap_or_default()).collect();
    let ours: Vec<usize> = (0..all.len()).filter(|&row| measure(&all[row]).part == part).collect();
    let sentences: Vec<(&str, &Cuts, usize)> = ours.iter().flat_map(|&row| cut_texts(row)).collect();
    let lexicon = vec![lexicon_words(&LexiconReport::of_cut(&models.segmenter, &sentences)), stops.words()];
    let rows: Vec<(u32, u32)> = ours.iter().map(|&row| all[row]).collect();
    let lengths = ours.iter().map(|&row| std::mem::take(&mut lengths[row])).collect();
    let (bags, both) = match ours.len() {
        n if n == all.len() => (bags, None),
        0 => (bags.select(&ours), None),
        _ => {
            let vocabulary = Vocabulary::fit(&bags, &settings.vocabulary);
            let counts = Counts::of(&bags, &vocabulary);
            (bags.select(&ours), Some(Both { rows: all, vocabulary, counts }))
        }
    };
    let vocabulary = Vocabulary::fit(&bags, &settings.vocabulary);
    let counts = Counts::of(&bags, &vocabulary);
    let tfidf = TfIdf::fit(&counts, &settings.tfidf);
    Words { rows, bags, lengths, vocabulary, counts, tfidf, both, lexicon }
}

/// For each measure of all documents, the sentences of its document's measures before it.
fn firsts(documents: &[CodedDocument]) -> Vec<usize> {
    let mut firsts = Vec::new();
    for coded in documents {
        let mut before = 0;
        for measure in &coded.measures {
            firsts.push(before);
            before += measure.measure.sentences.len();
        }
    }
    firsts
}

/// The words of the sentences of a document's measures, measure after measure.
fn cut(coded: &CodedDocument, models: &Models) -> Cuts {
    let text = &coded.document.text;
    let spans: Vec<Span> = coded
        .measures
        .iter()
        .flat_map(|measure| measure.measure.sentences.clone())
        .map(|sentence| coded.outline.sentences[sentence as usize].span)
        .collect();
    let make = || Cuts::of(&models.segmenter, spans.iter().map(|span| span.of(text)));
    match &models.cache {
        Some(cache) => cache.words(text, &spans, make),
        None => make(),
    }
}

/// The lexicon's effect.
fn lexicon_words(report: &LexiconReport) -> Notice {
    let (used, all) = (report.count(Effect::Cut), report.terms.len());
    let (absent, over) = (report.count(Effect::Absent), report.overridden());
    Notice::new(
        format!("词典：{all} 个词条中有 {used} 个在本语料中起作用，{absent} 个从未出现，{over} 个让位于别的词。"),
        format!(
            "lexicon: {used} of {all} terms took effect in this corpus, {absent} never occurred, {over} were overridden \
             by other words"
        ),
    )
}

/// Which stop words met a word of the corpus. Marks are atomic, so that threads need no lock.
struct StopWords<'m>(HashMap<&'m str, AtomicBool>);

impl<'m> StopWords<'m> {
    fn of(models: &'m Models) -> StopWords<'m> {
        StopWords(models.segmenter.lexicon().stop_words().map(|word| (word, AtomicBool::new(false))).collect())
    }

    fn met(&self, word: &str) {
        if let Some(mark) = self.0.get(word) {
            mark.store(true, Ordering::Relaxed);
        }
    }

    fn words(&self) -> Notice {
        let used = self.0.values().filter(|mark| mark.load(Ordering::Relaxed)).count();
        let (all, absent) = (self.0.len(), self.0.len() - used);
        Notice::new(
            format!("停用词：{all} 个中有 {used} 个在本语料中起作用，{absent} 个从未出现。"),
            format!("stop words: {used} of {all} took effect in this corpus, {absent} never occurred"),
        )
    }
}

/// Clusters, their rows in the tables, and where each measure went.
pub(super) struct Groups {
    pub rows: Vec<ClusterRow>,
    pub candidates: Vec<CandidateRow>,
    clustering: Clustering,
    places: Vec<Option<[f32; 2]>>,
}

/// Clusters the measures on latent axes and names the clusters.
pub(super) fn clusters(documents: &[CodedDocument], words: &Words, codebook: &Codebook, settings: &Settings) -> Groups {
    let weights = words.tfidf.transform(&words.counts);
    let latent = Latent::fit(&weights, &settings.latent);
    let axes = latent.transform(&weights);
    let clustering = cluster(&axes, &settings.cluster);
    let k = clustering.k();
    let named = keywords(&class_weights(&words.counts.matrix, &clustering.labels, k), NAMING_TERMS);
    let mut rows = Vec::with_capacity(k);
    for (number, naming) in named.iter().enumerate() {
        let mut themes = vec![0u64; codebook.themes.len()];
        let mut places = std::collections::BTreeMap::<&str, u64>::new();
        for (&(doc, measure), _) in
            words.rows.iter().zip(&clustering.labels).filter(|(_, label)| **label == Some(number as u32))
        {
            let coded = &documents[doc as usize];
            themes[coded.measures[measure as usize].theme.theme as usize] += 1;
            *places.entry(&coded.compared).or_default() += 1;
        }
        let mut themes: Vec<(u16, u64)> = themes
            .into_iter()
            .enumerate()
            .filter(|(_, count)| *count > 0)
            .map(|(id, count)| (id as u16, count))
            .collect();
        themes.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        let mut places: Vec<(String, u64)> = places.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        places.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let (doc, measure) = words.rows[clustering.exemplars[number]];
        rows.push(ClusterRow {
            cluster: number as u32,
            size: clustering.sizes[number] as u64,
            silhouette: clustering.cluster_silhouettes[number],
            terms: naming.iter().map(|keyword| words.vocabulary.terms()[keyword.term].clone()).collect(),
            themes,
            places,
            exemplar: measure_id(&documents[doc as usize], measure as usize),
        });
    }
    let candidates = clustering
        .candidates
        .iter()
        .map(|tried| CandidateRow {
            k: tried.k as u32,
            silhouette: tried.silhouette,
            stability: (tried.seed_stability + tried.sample_stability) / 2.0,
            chosen: tried.chosen,
        })
        .collect();
    let places = map(&axes);
    Groups { rows, candidates, clustering, places }
}

/// Tells every measure its cluster and its place on the map.
pub(super) fn assign(documents: &mut [CodedDocument], words: &Words, groups: &Groups) {
    for (row, &(doc, measure)) in words.rows.iter().enumerate() {
        let coded = &mut documents[doc as usize].measures[measure as usize];
        coded.cluster = groups.clustering.labels[row];
        coded.map = coded.cluster.and(groups.places[row]).map(|[x, y]| (x, y));
    }
}

/// The table of terms: how widely each stands, and how much it weighs in each theme.
pub(super) fn terms(words: &Words, documents: &[CodedDocument], themes: usize) -> Vec<TermRow> {
    let theme_of = |&(doc, measure): &(u32, u32)| {
        let call = &documents[doc as usize].measures[measure as usize].theme;
        (!call.abstained).then_some(u32::from(call.theme))
    };
    let groups: Vec<Option<u32>> = words.rows.iter().map(theme_of).collect();
    let weights = class_weights(&words.counts.matrix, &groups, themes);
    let rows = words.vocabulary.terms().iter().enumerate().map(|(column, term)| TermRow {
        term: term.clone(),
        df: words.vocabulary.df()[column],
        idf: f64::from(words.tfidf.idf()[column]),
        weights: weights.column(column).iter().map(|weight| f64::from(*weight)).collect(),
    });
    rows.collect()
}
