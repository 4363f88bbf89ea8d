//! What is compared: places, or the groups of a column.

use crate::corpus::Document;
use crate::corpus::gazetteer::Gazetteer;
use crate::error::{Error, Result, Trouble};
use crate::notice::Notice;
use crate::record::CodedDocument;

/// Columns that every corpus has, whatever its `documents.csv` says: the divisions above a place come from its code.
const KNOWN: [&str; 6] = ["place", "level", "genre", "province", "city", "county"];

/// Puts every document under its group in the column `by`; a document without one under `(no COLUMN)`, with a warning.
///
/// A column of the user's wins over one of [`KNOWN`] of the same name.
///
/// # Errors
/// [`Error::Settings`] for a column that no document has, with the names of those there are.
pub(super) fn group(documents: &mut [CodedDocument], by: &str) -> Result<Vec<Notice>> {
    let groups: Vec<Option<String>> = documents.iter().map(|coded| group_of(&coded.document, by)).collect();
    let without = groups.iter().filter(|group| group.is_none()).count();
    if without == documents.len() {
        let mut columns: Vec<&str> = KNOWN.to_vec();
        columns.extend(documents.iter().flat_map(|coded| &coded.document.meta.groups).map(|(name, _)| name.as_str()));
        columns.sort_unstable();
        columns.dedup();
        return Err(Error::Settings(
            Trouble::new(format!("no document has a value in the column “{by}”, by which the run is to compare"))
                .remedy(format!("choose one of {}", columns.join(", "))),
        ));
    }
    for (coded, group) in documents.iter_mut().zip(groups) {
        coded.compared = group.unwrap_or_else(|| format!("(no {by})"));
    }
    Ok(match without {
        0 => Vec::new(),
        n => vec![Notice::new(
            format!("有 {n} 份文件在“{by}”一列没有值，归入“(no {by})”一组比较。"),
            format!("{n} documents have no value in the column “{by}” and are compared as “(no {by})”"),
        )],
    })
}

fn group_of(document: &Document, by: &str) -> Option<String> {
    let meta = &document.meta;
    if let Some((_, value)) = meta.groups.iter().find(|(name, _)| name == by) {
        return Some(value.clone()).filter(|value| !value.is_empty());
    }
    let above = |digits: usize| {
        let code = meta.place.code.as_deref()?.get(..digits)?;
        let gazetteer = Gazetteer::embedded();
        let division = gazetteer.by_code(code).filter(|division| !gazetteer.is_holder(*division))?;
        Some(gazetteer.name(division).to_owned())
    };
    match by {
        "place" => Some(meta.place.name.clone()),
        "level" => meta.level.map(|level| level.id().to_owned()),
        "genre" => meta.genre.map(|genre| genre.id().to_owned()),
        "province" => above(2),
        // The districts of a municipality (直辖市) have no city but the municipality itself.
        "city" => above(4).or_else(|| above(2)),
        "county" => above(6),
        _ => None,
    }
}
