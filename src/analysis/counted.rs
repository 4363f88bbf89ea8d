//! Which measures are counted, and under which place and year.

use crate::codebook::{Codebook, Part};
use crate::emphasis::{Item, ThemeSet};
use crate::record::{CodedDocument, CodedMeasure};

/// The measures of one part, as the room of emphasis wants them.
pub(super) struct Counted<'a> {
    /// What is compared, by name, sorted; items name them by position.
    pub names: Vec<&'a str>,
    /// The measures, in the order of the documents.
    pub items: Vec<Item>,
    /// For every item, the document and the measure it is, by position.
    pub cases: Vec<(u32, u32)>,
    /// The place and year of every document.
    pub present: Vec<(u32, Option<i32>)>,
    /// The themes that have shares.
    pub set: ThemeSet,
}

impl<'a> Counted<'a> {
    /// The measures of `part`, under the year that the plan is for; transmitted ones are left out.
    pub fn of(documents: &'a [CodedDocument], part: Part, codebook: &Codebook) -> Counted<'a> {
        Counted::under(documents, part, planned, codebook)
    }

    /// The measures of the review, under the year that is reviewed.
    pub fn reviewed(documents: &'a [CodedDocument], codebook: &Codebook) -> Counted<'a> {
        Counted::under(documents, Part::Review, reviewed, codebook)
    }

    fn under(
        documents: &'a [CodedDocument],
        part: Part,
        year_of: fn(&CodedDocument) -> Option<i32>,
        codebook: &Codebook,
    ) -> Counted<'a> {
        let names = names(documents);
        let present: Vec<(u32, Option<i32>)> =
            documents.iter().map(|coded| (place_of(&names, coded), year_of(coded))).collect();
        let (mut items, mut cases) = (Vec::new(), Vec::new());
        for (doc, (coded, &(place, year))) in documents.iter().zip(&present).enumerate() {
            for (index, measure) in coded.measures.iter().enumerate() {
                if measure.measure.part != part || measure.transmitted {
                    continue;
                }
                let held = &coded.outline.sentences
                    [measure.measure.sentences.start as usize..measure.measure.sentences.end as usize];
                let chars: usize =
                    held.iter().map(|sentence| sentence.span.of(&coded.document.text).chars().count()).sum();
                cases.push((doc as u32, index as u32));
                items.push(Item {
                    place,
                    year,
                    doc: doc as u32,
                    block: section(measure),
                    theme: (!measure.theme.abstained).then_some(measure.theme.theme),
                    second: measure.theme.second,
                    sentences: held.len() as u32,
                    chars: chars as u32,
                });
            }
        }
        let set = ThemeSet { count: codebook.themes.len() as u16, general: Some(codebook.general()) };
        Counted { names, items, cases, present, set }
    }

    /// The name of what is compared.
    pub fn name(&self, place: u32) -> String {
        self.names[place as usize].to_owned()
    }
}

/// The section in which a measure stands: its innermost heading, which the measures beside it share.
pub(super) fn section(measure: &CodedMeasure) -> u32 {
    measure.measure.path.last().map_or(0, |heading| heading + 1)
}

/// The sorted names of all that is compared.
pub(super) fn names(documents: &[CodedDocument]) -> Vec<&str> {
    let mut names: Vec<&str> = documents.iter().map(|coded| coded.compared.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The position in `names` of what a document is compared under.
pub(super) fn place_of(names: &[&str], coded: &CodedDocument) -> u32 {
    names.binary_search(&coded.compared.as_str()).expect("every document's name is in the list") as u32
}

/// The year that a document plans for.
pub(super) fn planned(coded: &CodedDocument) -> Option<i32> {
    coded.document.meta.year.map(|(year, _)| year)
}

/// The year that a document reviews: the one it names, else the one before its plan.
fn reviewed(coded: &CodedDocument) -> Option<i32> {
    coded.document.meta.review_year.or(planned(coded).map(|year| year - 1))
}
