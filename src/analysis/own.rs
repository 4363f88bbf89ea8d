//! What documents share with those of other places, and which measures are transmitted.

use rayon::prelude::*;

use crate::codebook::Part;
use crate::emphasis::own::{Overlap, overlaps};
use crate::error::Result;
use crate::record::{CodedDocument, CodedMeasure, OwnRow};
use crate::settings::Settings;
use crate::text::{Span, half_width, is_letter};

use super::counted::{names, place_of};

/// Compares every document with those of other places, and marks the transmitted measures where the settings keep to
/// own words.
pub(super) fn own_words(documents: &mut [CodedDocument], part: Part, settings: &Settings) -> Result<Vec<OwnRow>> {
    let owners: Vec<u32> = {
        let names = names(documents);
        documents.iter().map(|coded| place_of(&names, coded)).collect()
    };
    let texts: Vec<String> = documents.par_iter().map(|coded| letters(&coded.document.text)).collect();
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = overlaps(&borrowed, &owners, &settings.own)?;
    drop(texts);
    let rows = documents.par_iter_mut().zip(found).enumerate().map(|(document, (coded, overlap))| {
        let transmitted = transmitted(coded, &overlap, settings.own.transmitted);
        let ours = |measure: &&CodedMeasure| measure.measure.part == part;
        let row = OwnRow {
            document: document as u32,
            chars: overlap.chars as u64,
            shared: overlap.shared as u64,
            share: overlap.share(),
            longest: overlap.passages.iter().map(|(start, end)| (end - start) as u64).max().unwrap_or_default(),
            measures: coded.measures.iter().filter(ours).count() as u64,
            transmitted: coded
                .measures
                .iter()
                .zip(&transmitted)
                .filter(|(measure, transmitted)| ours(measure) && **transmitted)
                .count() as u64,
        };
        if settings.own_words {
            coded.measures.iter_mut().zip(transmitted).for_each(|(measure, is)| measure.transmitted = is);
        }
        row
    });
    Ok(rows.collect())
}

/// The letters, digits and Han characters of a text, half-width and small, so that marks and line ends hide no copy.
fn letters(text: &str) -> String {
    text.chars().filter_map(letter).collect()
}

fn letter(c: char) -> Option<char> {
    let c = half_width(c);
    is_letter(c).then(|| c.to_ascii_lowercase())
}

/// For every measure of a document, whether so large a share of its letters is shared.
fn transmitted(coded: &CodedDocument, overlap: &Overlap, share: f64) -> Vec<bool> {
    let text = &coded.document.text;
    let (mut byte, mut letters) = (0, 0);
    let mut before = |to: usize| {
        // Measures come in order and apart, so that the text is read once.
        letters += text[byte..to].chars().filter(|c| letter(*c).is_some()).count();
        byte = to;
        letters
    };
    let mut judge = |span: Span| {
        let (start, end) = (before(span.start), before(span.end));
        end > start && overlap.within(start, end) as f64 >= share * (end - start) as f64
    };
    coded.measures.iter().map(|measure| judge(measure.measure.span)).collect()
}
