//! What each stage keeps of the documents. A corpus of which too little comes through stops the run: its figures would be figures
//! of something else.

use super::group::Words;
use crate::codebook::Kind;
use crate::corpus::quality::{Funnel, FunnelGates};
use crate::error::{Error, Result, Trouble};
use crate::record::{CodedDocument, FunnelRow};

/// Below so many measures most words stand in one of them only, and the share in the vocabulary says nothing about the text.
const ENOUGH: usize = 200;

/// What is kept of each document, in their order.
pub(super) fn kept(documents: &[CodedDocument], words: &Words) -> Vec<Funnel> {
    let mut kept: Vec<Funnel> = documents.iter().map(sentences).collect();
    let lengths: Vec<(usize, bool)> =
        words.bags.terms().iter().map(|term| (inked(term), words.vocabulary.column(term).is_some())).collect();
    for (row, (doc, measure)) in words.rows.iter().enumerate() {
        let (coded, kept) = (&documents[*doc as usize], &mut kept[*doc as usize]);
        let held = coded.measures[*measure as usize].measure.sentences.clone();
        let sentences = &coded.outline.sentences[held.start as usize..held.end as usize];
        kept.in_measures +=
            sentences.iter().map(|sentence| inked(sentence.span.of(&coded.document.text))).sum::<usize>();
        for term in words.bags.row(row) {
            let (length, known) = lengths[*term as usize];
            kept.in_terms += length;
            kept.in_vocabulary += if known { length } else { 0 };
        }
    }
    kept
}

/// The stages of one document before its words are cut.
fn sentences(coded: &CodedDocument) -> Funnel {
    let mut kept = Funnel { chars: inked(&coded.document.text), ..Funnel::default() };
    for (sentence, call) in coded.outline.sentences.iter().zip(&coded.kinds) {
        let length = inked(sentence.span.of(&coded.document.text));
        kept.in_sentences += length;
        kept.not_noise += if call.kind == Kind::Noise { 0 } else { length };
    }
    kept
}

/// Checks the stages of a corpus of `measures` measures against their gates.
///
/// # Errors
/// [`Error::Numbers`] with the stage that keeps too little.
pub(super) fn check(corpus: &Funnel, measures: usize, gates: &FunnelGates) -> Result<()> {
    let judged = match measures < ENOUGH {
        true => Funnel { in_terms: corpus.in_measures, in_vocabulary: corpus.in_measures, ..*corpus },
        false => *corpus,
    };
    match judged.failure(gates) {
        None => Ok(()),
        Some(what) => Err(Error::Numbers(Trouble::new(what).remedy(
            "look at the texts (cezhong outline FILE): they may be tables, another language or badly decoded; or lower the \
             bound under [funnel]",
        ))),
    }
}

/// The table `funnel` of a corpus.
pub(super) fn rows(documents: usize, corpus: &Funnel) -> Vec<FunnelRow> {
    let stages = [
        ("read", corpus.chars),
        ("in_sentences", corpus.in_sentences),
        ("not_noise", corpus.not_noise),
        ("in_measures", corpus.in_measures),
        ("in_terms", corpus.in_terms),
        ("in_vocabulary", corpus.in_vocabulary),
    ];
    let characters = stages.map(|(stage, count)| FunnelRow { stage, unit: "characters", count: count as u64 });
    std::iter::once(FunnelRow { stage: "documents", unit: "documents", count: documents as u64 })
        .chain(characters)
        .collect()
}

/// How many characters of a text are not blank.
fn inked(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORPUS: Funnel =
        Funnel { chars: 1000, in_sentences: 900, not_noise: 880, in_measures: 500, in_terms: 100, in_vocabulary: 90 };

    #[test]
    fn each_gate_stops_the_run_and_names_the_stage() {
        let gates = FunnelGates::default();
        let message = |corpus: Funnel| check(&corpus, ENOUGH, &gates).map_err(|error| error.to_string());
        let terms = message(CORPUS).expect_err("a fifth of the measures reaches the terms");
        assert!(terms.starts_with("of 500 characters only 100 reach the terms, a share of 0.200"), "{terms}");
        let sentences = message(Funnel { in_sentences: 400, ..CORPUS }).expect_err("most is in no sentence");
        assert!(sentences.contains("reach the sentences, a share of 0.400, less than least_in_sentences = 0.5"));
        let vocabulary = message(Funnel { in_terms: 300, in_vocabulary: 60, ..CORPUS }).expect_err("rare words");
        assert!(vocabulary.contains("of 300 characters only 60 reach the vocabulary"), "{vocabulary}");
        assert_eq!(message(Funnel { in_terms: 300, ..CORPUS }), Ok(()));
    }

    #[test]
    fn a_corpus_of_few_measures_is_not_judged_by_its_words() {
        assert!(check(&CORPUS, ENOUGH - 1, &FunnelGates::default()).is_ok());
    }
}
