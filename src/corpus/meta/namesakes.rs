//! Places that share a name: a warning where nothing decides between them, a longer name where two stand in one corpus.

use crate::corpus::document::{Meta, Place, Source};
use crate::corpus::gazetteer::Gazetteer;
use crate::notice::Notice;
use std::collections::{BTreeMap, BTreeSet};

/// Candidates named in a warning; the rest is counted.
const NAMED_CANDIDATES: usize = 4;

/// Warns that a name could be that of several places, if it could.
pub(super) fn warn_of_namesakes(place: &Place, warnings: &mut Vec<Notice>) {
    if place.candidates.is_empty() {
        return;
    }
    let shown = place.candidates.iter().take(NAMED_CANDIDATES).map(String::as_str).collect::<Vec<_>>().join("、");
    let (name, count) = (&place.name, place.candidates.len());
    let (etc, more) = match count.saturating_sub(NAMED_CANDIDATES) {
        0 => ("", String::new()),
        more => ("等", format!(" and {more} more")),
    };
    warnings.push(Notice::new(
        format!(
            "“{name}”可能指 {count} 个地方（{shown}{etc}），文中没有可以判断的依据；请在 documents.csv 中写出完整的区划名称。"
        ),
        format!(
            "“{name}” could be {count} places ({shown}{more}) and nothing in the text decides; write its path in documents.csv"
        ),
    ));
}

/// Gives places that share a name but not a path the name of their county or city in front: 安丘市官庄镇 beside 沂水县官庄镇.
///
/// Works over all documents of a corpus, in any order with the same result. Names that the user gave stay as they are.
pub fn part_namesakes(metas: &mut [&mut Meta]) {
    let mut paths = BTreeMap::<String, BTreeSet<String>>::new();
    for meta in metas.iter() {
        if let Some(path) = &meta.place.path {
            paths.entry(meta.place.name.clone()).or_default().insert(path.clone());
        }
    }
    let places = Gazetteer::embedded();
    for meta in metas.iter_mut().filter(|meta| meta.place.source != Some(Source::User)) {
        let shared = paths.get(&meta.place.name).is_some_and(|paths| paths.len() > 1);
        let division = meta.place.code.as_deref().and_then(|code| places.by_code(code)).filter(|_| shared);
        if let Some(division) = division {
            // Two towns of one name may lie in counties of one name; then the whole path is the name.
            let near = places.parent(division).map(|above| places.name(above).to_string() + places.name(division));
            let alone = near.as_ref().is_some_and(|near| {
                let same = |path: &&String| path.ends_with(near.as_str());
                paths[&meta.place.name].iter().filter(same).count() == 1
            });
            meta.place.name = near.filter(|_| alone).unwrap_or_else(|| places.path(division));
        } else if let Some(path) = meta.place.path.clone().filter(|_| shared) {
            meta.place.name = path;
        }
    }
}
