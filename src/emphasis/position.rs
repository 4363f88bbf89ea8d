//! Position and space (位次与篇幅): where in the document a theme is treated, and how much room it gets. In these
//! documents order is a signal: what matters stands first.

use std::collections::BTreeMap;

use super::item::{Item, ThemeSet};
use crate::codebook::ThemeId;

/// One row of the position table.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionRow {
    /// The place.
    pub place: u32,
    /// The year; `None` where it is not known.
    pub year: Option<i32>,
    /// The theme.
    pub theme: ThemeId,
    /// The share of characters among the counted measures.
    pub space: f64,
    /// The mean position of its characters, 0 (front) to 1 (end); `None` for a theme that does not occur, as the two below.
    pub position: Option<f64>,
    /// The position of its first measure.
    pub first: Option<f64>,
    /// The rank, from 1, of the section that holds most of its characters (the first of equals) among the sections that
    /// hold counted measures; the mean over the documents that treat it.
    pub section: Option<f64>,
}

/// What one document says of one theme.
#[derive(Clone, Copy, Default)]
struct Room {
    chars: f64,
    moment: f64,
    first: Option<f64>,
    section: Option<f64>,
}

/// Position and space by place, year and theme: complete, in that order. `positions` stands beside `items`: where a
/// measure begins, as a share of the part's characters that stand before it, 0 to 1. Sections are ranked by their
/// `block` number, so blocks are numbered in the order of the document.
///
/// # Panics
/// If `positions` has another length than `items`.
pub fn positions(items: &[Item], positions: &[f64], set: ThemeSet) -> Vec<PositionRow> {
    assert_eq!(items.len(), positions.len(), "one position a measure");
    let mut documents: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (item, &position) in items.iter().zip(positions) {
        if let Some(column) = item.theme.and_then(|theme| set.column(theme)) {
            let entry = (item.block, column, position, f64::from(item.chars));
            documents.entry((item.place, item.year, item.doc)).or_default().push(entry);
        }
    }
    let width = set.counted().len();
    let mut places: BTreeMap<(u32, Option<i32>), Vec<Vec<Room>>> = BTreeMap::new();
    for ((place, year, _), mut measures) in documents {
        measures.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.total_cmp(&b.2)).then(a.1.cmp(&b.1)).then(a.3.total_cmp(&b.3)));
        places.entry((place, year)).or_default().push(rooms(&measures, width));
    }
    let mut rows = Vec::new();
    for ((place, year), documents) in places {
        let total: f64 = documents.iter().flatten().map(|room| room.chars).sum();
        for (column, theme) in set.counted().into_iter().enumerate() {
            let own: Vec<Room> = documents.iter().map(|rooms| rooms[column]).collect();
            let chars: f64 = own.iter().map(|room| room.chars).sum();
            let sections: Vec<f64> = own.iter().filter_map(|room| room.section).collect();
            let firsts = own.iter().filter_map(|room| room.first);
            rows.push(PositionRow {
                place,
                year,
                theme,
                space: if total > 0.0 { chars / total } else { 0.0 },
                position: (chars > 0.0).then(|| own.iter().map(|room| room.moment).sum::<f64>() / chars),
                first: firsts.min_by(f64::total_cmp),
                section: (!sections.is_empty()).then(|| sections.iter().sum::<f64>() / sections.len() as f64),
            });
        }
    }
    rows
}

/// The room of each theme in one document, from its measures sorted by section.
fn rooms(measures: &[(u32, usize, f64, f64)], width: usize) -> Vec<Room> {
    let mut rooms = vec![Room::default(); width];
    let mut most = vec![0.0; width];
    for (rank, section) in measures.chunk_by(|a, b| a.0 == b.0).enumerate() {
        let mut here = vec![0.0; width];
        for &(_, column, position, chars) in section {
            let room = &mut rooms[column];
            here[column] += chars;
            room.chars += chars;
            room.moment += chars * position;
            room.first = Some(room.first.map_or(position, |first| first.min(position)));
        }
        for column in 0..width {
            if here[column] > most[column] {
                most[column] = here[column];
                rooms[column].section = Some(rank as f64 + 1.0);
            }
        }
    }
    rooms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_has_the_rank_of_its_largest_section_and_the_mean_place_of_its_characters() {
        let item = |block, theme, chars| Item {
            place: 0,
            year: Some(2025),
            doc: 0,
            block,
            theme: Some(theme),
            second: None,
            sentences: 1,
            chars,
        };
        let items = [item(4, 0, 30), item(9, 1, 60), item(9, 0, 10), item(7, 3, 99)];
        let set = ThemeSet { count: 4, general: Some(3) };
        let rows = positions(&items, &[0.1, 0.5, 0.9, 0.3], set);
        assert_eq!(rows.len(), 3);
        assert_eq!((rows[0].space, rows[0].first, rows[0].section), (0.4, Some(0.1), Some(1.0)));
        assert!((rows[0].position.unwrap() - (30.0 * 0.1 + 10.0 * 0.9) / 40.0).abs() < 1e-12);
        // Block 7 holds only a general measure, so block 9 is the second section.
        assert_eq!((rows[1].section, rows[2].section, rows[2].space), (Some(2.0), None, 0.0));
    }
}
