//! Which measures are counted, and under which place and year.

use crate::codebook::{Codebook, Part, Theme};
use crate::emphasis::effective::correlation;
use crate::emphasis::{Counts, Item, ThemeSet, count};
use crate::error::Result;
use crate::record::{CodedDocument, CodedMeasure};
use crate::settings::Settings;

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
    /// The themes of the codebook.
    pub themes: &'a [Theme],
}

impl<'a> Counted<'a> {
    /// The measures of `part`, under the year that the plan is for; transmitted ones are left out.
    pub fn of(documents: &'a [CodedDocument], part: Part, codebook: &'a Codebook) -> Counted<'a> {
        Counted::under(documents, part, CodedDocument::planned_year, codebook)
    }

    /// The measures of the review, under the one year that is reviewed; under none where it is of several.
    pub fn reviewed(documents: &'a [CodedDocument], codebook: &'a Codebook) -> Counted<'a> {
        Counted::under(documents, Part::Review, CodedDocument::reviewed_year, codebook)
    }

    fn under(
        documents: &'a [CodedDocument],
        part: Part,
        year_of: fn(&CodedDocument) -> Option<i32>,
        codebook: &'a Codebook,
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
        Counted { names, items, cases, present, set, themes: &codebook.themes }
    }

    /// The counts of these measures, by the settings' weight and counting.
    ///
    /// # Errors
    /// As [`count`].
    pub fn counts(&self, settings: &Settings) -> Result<Counts> {
        count(&self.items, &self.present, self.set, settings.weight, settings.counting)
    }

    /// The likeness ρ of measures in one section, of which `counts` are the counts. It is a matter of how documents are written, so
    /// it is taken from places and their years whatever is compared.
    ///
    /// # Errors
    /// As [`count`].
    pub fn likeness(&self, documents: &[CodedDocument], counts: &Counts, settings: &Settings) -> Result<f64> {
        if settings.by.is_none() {
            return Ok(correlation(&counts.rows));
        }
        fn name(coded: &CodedDocument) -> &str {
            &coded.document.meta.place.name
        }
        let places = distinct(documents.iter().map(name));
        let place = |doc: u32| position(&places, name(&documents[doc as usize]));
        let items: Vec<Item> = self.items.iter().map(|item| Item { place: place(item.doc), ..*item }).collect();
        Ok(correlation(&count(&items, &[], self.set, settings.weight, settings.counting)?.rows))
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
    distinct(documents.iter().map(|coded| coded.compared.as_str()))
}

fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The position in `names` of what a document is compared under.
pub(super) fn place_of(names: &[&str], coded: &CodedDocument) -> u32 {
    position(names, &coded.compared)
}

fn position(names: &[&str], name: &str) -> u32 {
    names.binary_search(&name).expect("every document's name is in the list") as u32
}
