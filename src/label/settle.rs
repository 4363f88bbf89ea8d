//! One label a place from the sheets of several coders: what they agree on, and what was adjudicated where they do not.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{Filled, Place, Sheet};
use crate::error::{Error, Result, Trouble};

/// How a row is said to be drawn in the sheet of disputed rows that `agree` writes.
pub const ADJUDICATION: &str = "adjudication";

/// What one coder says of a place, in which sheet.
type Spoken<'s> = (&'s Sheet, &'s Filled);
/// What is settled, and the sheet that has the last word.
pub(super) type Settled<'s> = (&'s Sheet, Filled);

/// The rows of all sheets, each place once, by document and place. A place that was adjudicated has the adjudicated labels, and is drawn as
/// the coders' rows of it were; one that several coders labelled alike has theirs.
///
/// # Errors
/// [`Error::Labels`] with file and line for a place that two sheets label differently and no adjudicated row speaks of, that was
/// adjudicated twice and differently, or of which two sheets say otherwise what it is or how it was drawn.
pub(super) fn settle(sheets: &[Sheet]) -> Result<Vec<Settled<'_>>> {
    let mut places: BTreeMap<Place<'_>, Vec<Spoken<'_>>> = BTreeMap::new();
    for sheet in sheets {
        for row in &sheet.rows {
            places.entry(row.place()).or_default().push((sheet, row));
        }
    }
    places.into_values().map(|rows| of_place(&rows)).collect()
}

fn of_place<'s>(rows: &[Spoken<'s>]) -> Result<Settled<'s>> {
    let adjudicated = |row: &Filled| row.draw == ADJUDICATION;
    let last_word: Vec<_> = rows.iter().filter(|(_, row)| adjudicated(row)).collect();
    let spoken: Vec<_> = if last_word.is_empty() { rows.iter().collect() } else { last_word };
    let labels = |row: &Filled| (row.theme, row.theme2, row.kind);
    let &&(sheet, row) = spoken.first().expect("a place has a row");
    let drawn = rows.iter().find(|(_, row)| !adjudicated(row)).unwrap_or(&(sheet, row)).1.draw.clone();
    // All but the labels is copied from one sample.
    let copied = |other: &Filled| {
        let same_draw = adjudicated(other) || other.draw == drawn;
        same_draw && (other.what, other.n, &other.text) == (row.what, row.n, &row.text)
    };
    if let Some((other, differs)) = rows.iter().find(|(_, other)| !copied(other)) {
        let what = format!(
            "what, draw, n or text differ from those of the same place in {}:{}",
            sheet.path.display(),
            row.line
        );
        let remedy = "take sheets of one sample, and leave these columns as they were written";
        return Err(Error::Labels(Trouble::at(&other.path, what).line(differs.line).remedy(remedy)));
    }
    if let Some((other, differs)) = spoken.iter().find(|(_, other)| labels(other) != labels(row)) {
        let what = format!(
            "characters {}–{} of “{}” are labelled otherwise in {}:{}",
            row.start,
            row.end,
            row.doc,
            sheet.path.display(),
            row.line
        );
        let remedy =
            "write the disputed rows with `cezhong label agree … -o`, fill them, and name that sheet beside these";
        return Err(Error::Labels(Trouble::at(&other.path, what).line(differs.line).remedy(remedy)));
    }
    Ok((sheet, Filled { draw: drawn, ..row.clone() }))
}

/// How many adjudicated rows no coder's sheet beside them speaks of.
pub fn without_coders(sheets: &[Sheet]) -> usize {
    let all = || sheets.iter().flat_map(|sheet| &sheet.rows);
    let coded: BTreeSet<Place<'_>> = all().filter(|row| row.draw != ADJUDICATION).map(Filled::place).collect();
    all().filter(|row| row.draw == ADJUDICATION && !coded.contains(&row.place())).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::What;

    fn row(start: usize, theme: u16, draw: &str) -> Filled {
        Filled {
            what: What::Measure,
            draw: draw.into(),
            doc: "a.txt".into(),
            n: start,
            start,
            end: start + 9,
            text: "种桃树。".into(),
            kind: None,
            theme,
            theme2: None,
            line: start + 2,
            context: Default::default(),
        }
    }

    fn sheet(name: &str, rows: Vec<Filled>) -> Sheet {
        Sheet { path: name.into(), rows, open: 0 }
    }

    #[test]
    fn what_coders_agree_on_stands_and_the_rest_is_adjudicated() {
        let anna = sheet("anna.csv", vec![row(0, 1, "random"), row(10, 2, "random")]);
        let ben = sheet("ben.csv", vec![row(0, 1, "random"), row(10, 3, "random")]);
        let both = [anna, ben];
        let told = settle(&both).unwrap_err().to_string();
        assert!(
            told.starts_with("ben.csv:12: characters 10–19 of “a.txt” are labelled otherwise in anna.csv:12"),
            "{told}"
        );
        let other_draw = [sheet("anna.csv", vec![row(0, 1, "random")]), sheet("ben.csv", vec![row(0, 1, "diverse")])];
        let turned = [other_draw[1].clone(), other_draw[0].clone()];
        assert!(settle(&other_draw).is_err() && settle(&turned).is_err(), "in either order");
        let [anna, ben] = both;
        let sheets = [anna, ben, sheet("last.csv", vec![row(10, 4, ADJUDICATION)])];
        let settled = settle(&sheets).unwrap();
        let found: Vec<(usize, u16, &str)> = settled.iter().map(|(_, r)| (r.start, r.theme, r.draw.as_str())).collect();
        assert_eq!(found, [(0, 1, "random"), (10, 4, "random")]);
        assert_eq!((without_coders(&sheets), without_coders(&sheets[2..])), (0, 1));
    }
}
