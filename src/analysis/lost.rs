//! A corpus of which too little comes through stops the run: its figures would be figures of something else.

use super::group::Words;
use crate::corpus::quality::{Funnel, FunnelGates};
use crate::error::{Error, Result, Trouble};
use crate::record::CodedDocument;

/// Below so many measures most words stand in one of them only, and the share in the vocabulary says nothing about the text.
const ENOUGH: usize = 200;

/// Checks the stages of a corpus against their gates.
///
/// # Errors
/// [`Error::Numbers`] with the stage that keeps too little.
pub(super) fn check(documents: &[CodedDocument], words: &Words, gates: &FunnelGates) -> Result<()> {
    let mut texts = Funnel::default();
    for coded in documents {
        let sentences = coded.outline.sentences.iter().map(|sentence| sentence.span.of(&coded.document.text));
        texts.chars += inked(&coded.document.text);
        texts.in_sentences += sentences.map(inked).sum::<usize>();
    }
    // Terms are cut of measures alone; each stage is compared with what it was given.
    (texts.in_terms, texts.in_vocabulary) = (texts.in_sentences, texts.in_sentences);
    let failure = texts.failure(gates).or_else(|| terms(documents, words).failure(gates));
    match failure {
        None => Ok(()),
        Some(what) => Err(Error::Numbers(Trouble::new(what).remedy(
            "look at the texts (cezhong outline FILE): they may be tables, another language or badly decoded; or lower the \
             bound under [funnel]",
        ))),
    }
}

/// The funnel of the measures that are counted.
fn terms(documents: &[CodedDocument], words: &Words) -> Funnel {
    if words.rows.len() < ENOUGH {
        return Funnel::default();
    }
    let mut funnel = Funnel::default();
    for (doc, measure) in &words.rows {
        let coded = &documents[*doc as usize];
        let held = coded.measures[*measure as usize].measure.sentences.clone();
        let sentences = &coded.outline.sentences[held.start as usize..held.end as usize];
        funnel.chars += sentences.iter().map(|sentence| inked(sentence.span.of(&coded.document.text))).sum::<usize>();
    }
    funnel.in_sentences = funnel.chars;
    let lengths: Vec<(usize, bool)> =
        words.bags.terms().iter().map(|term| (inked(term), words.vocabulary.column(term).is_some())).collect();
    for term in (0..words.bags.rows()).flat_map(|row| words.bags.row(row)) {
        let (length, known) = lengths[*term as usize];
        funnel.in_terms += length;
        funnel.in_vocabulary += if known { length } else { 0 };
    }
    funnel
}

/// How many characters of a text are not blank.
fn inked(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
