//! Shares of a run corrected for the coder's error, by a random sample of its measures that people have coded.

use std::collections::BTreeMap;
use std::path::Path;

use super::read::{Filled, Place, Sheet};
use super::settle::settle;
use super::task::What;
use crate::codebook::Codebook;
use crate::emphasis::corrected::{Labelled, confusion_matrix, corrected_quotients, power, prediction_powered};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::sheet::{self as figures, Cell};
use crate::manifest::{MANIFEST, Manifest};

/// What came of a correction.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    /// The table.
    pub table: figures::Sheet,
    /// The measures that the run counted: of the part under analysis, without transmitted ones.
    pub measures: usize,
    /// Labelled measures that the run did not count, left out.
    pub uncounted: usize,
    /// Those that people have coded.
    pub labelled: usize,
    /// Those of them whose theme the run has too.
    pub right: usize,
}

/// A measure of the run.
#[derive(serde::Deserialize)]
struct Row {
    doc: String,
    place: String,
    year: Option<i32>,
    part: String,
    start: usize,
    end: usize,
    theme: String,
    abstained: bool,
    transmitted: bool,
}

impl Row {
    fn at(&self) -> Place<'_> {
        (&self.doc, self.start, self.end)
    }
}

/// A measure with the number of the theme that the run calls it by, or the one after the last where it abstained.
type Called = (Row, usize);

/// A place-year with fewer labels has no estimate of its own by prediction-powered inference, whose interval needs a normal sum.
const LEAST: usize = 30;
/// The level of the intervals.
const LEVEL: f64 = 0.95;
/// Draws of the quotients.
const DRAWS: u32 = 1000;

/// Corrects the shares of the run in `folder` (its `tables/measures.csv`): rows over all places (`place` empty), then place by
/// place and year by year. Shares are over all measures of the part that the run analysed, the general theme's included, those that
/// it left out as transmitted excepted. Where the run abstained, its
/// best guess is not used: to have no call is one more call, of which the labels say what it stands for.
///
/// # Errors
/// [`Error::Labels`] with file and line for a row that is no measure of the run, or was not drawn at random, and for labels of two coders
/// that differ without being adjudicated;
/// [`Error::Numbers`] with fewer than two labels; [`Error::Input`] for a folder without the table.
pub fn correct(folder: &Path, sheets: &[Sheet], book: &Codebook, seed: u64) -> Result<Corrected> {
    let part =
        Manifest::read(&folder.join(MANIFEST))?.settings.get("part").and_then(|part| part.as_str()).map(str::to_owned);
    let (rows, others) =
        measures(&folder.join("tables").join("measures.csv"), part.as_deref().unwrap_or("plan"), book)?;
    let counted = rows.iter().enumerate().map(|(i, (row, _))| (row.at(), Some(i)));
    let at: Places<'_> = others.iter().map(|row| (row.at(), None)).chain(counted).collect();
    let (mut truth, mut uncounted): (BTreeMap<usize, usize>, usize) = (BTreeMap::new(), 0);
    for (sheet, row) in &settle(sheets)? {
        match place(sheet, row, &at)? {
            Some(i) => drop(truth.insert(i, usize::from(row.theme))),
            None => uncounted += 1,
        }
    }
    if truth.len() < 2 {
        return Err(Error::Numbers(
            Trouble::new(match uncounted {
                0 => format!("{} measures are labelled", truth.len()),
                n => format!(
                    "{} measures that the run counted are labelled; {n} more are of another part or transmitted",
                    truth.len()
                ),
            })
            .remedy("label thirty or more"),
        ));
    }
    let classes = book.themes.len();
    let calls = rows.iter().map(|(_, called)| called + 1).fold(classes, usize::max);
    let label = |i: usize| truth.get(&i).map(|&truth| Labelled { predicted: rows[i].1, truth });
    let all: Vec<Labelled> = (0..rows.len()).filter_map(label).collect();
    let mut places: BTreeMap<(&str, Option<i32>), Vec<usize>> = BTreeMap::new();
    for (i, (row, _)) in rows.iter().enumerate() {
        places.entry((&row.place, row.year)).or_default().push(i);
    }
    let counts = |members: &mut dyn Iterator<Item = usize>| {
        let mut counts = vec![0.0; calls];
        members.for_each(|i| counts[rows[i].1] += 1.0);
        counts
    };
    let by_place: Vec<Vec<f64>> = places.values().map(|members| counts(&mut members.iter().copied())).collect();
    let quotients = corrected_quotients(&by_place, &all, classes, DRAWS, LEVEL, seed);
    let head = [
        "place",
        "year",
        "theme",
        "measures",
        "labelled",
        "raw",
        "ppi",
        "ppi_low",
        "ppi_high",
        "matrix",
        "matrix_low",
        "matrix_high",
        "lq_raw",
        "lq",
        "lq_low",
        "lq_high",
    ];
    let title = format!("Shares corrected by {} labelled of {} measures; 95 % intervals", all.len(), rows.len());
    let mut table = figures::Sheet::new("corrected", title, &head);
    let everything: Vec<usize> = (0..rows.len()).collect();
    let groups = std::iter::once((("", None), &everything, None))
        .chain(places.iter().enumerate().map(|(at, (key, members))| (*key, members, Some(at))));
    for ((place, year), members, at) in groups {
        let total = counts(&mut members.iter().copied());
        let outside = counts(&mut members.iter().copied().filter(|i| !truth.contains_key(i)));
        let own: Vec<Labelled> = members.iter().filter_map(|&i| label(i)).collect();
        let lambda = power(&outside, &own);
        for theme in 0..classes {
            let ppi = match own.len() >= LEAST || at.is_none() {
                true => prediction_powered(&outside, &own, theme, lambda, LEVEL),
                false => None,
            };
            let matrix = confusion_matrix(&total, &all, theme, LEVEL);
            let quotient = at.and_then(|at| quotients[at][theme]);
            let ends = |found: Option<crate::emphasis::corrected::Corrected>| match found {
                Some(found) => [found.value.into(), found.low.into(), found.high.into()],
                None => [Cell::Missing, Cell::Missing, Cell::Missing],
            };
            let mut cells: Vec<Cell> = vec![
                place.into(),
                year.map_or(Cell::Missing, |year: i32| year.to_string().into()),
                book.themes[theme].id.clone().into(),
                (total[theme] as u64).into(),
                own.len().into(),
                (total[theme] / members.len() as f64).into(),
            ];
            cells.extend(ends(ppi).into_iter().chain(ends(matrix)));
            cells.push(quotient.map_or(Cell::Missing, |quotient| quotient.predicted.into()));
            cells.extend(ends(quotient));
            table.rows.push(cells);
        }
    }
    let right = all.iter().filter(|label| label.predicted == label.truth).count();
    Ok(Corrected { table, measures: rows.len(), uncounted, labelled: all.len(), right })
}

/// The measures of the run by where they stand; `None` for those that it did not count.
type Places<'a> = BTreeMap<Place<'a>, Option<usize>>;

/// The counted measure that a row of a sheet speaks of; `None` for one that the run did not count.
fn place(sheet: &Sheet, row: &Filled, at: &Places<'_>) -> Result<Option<usize>> {
    let wrong =
        |what: String, remedy: &str| Err(Error::Labels(Trouble::at(&sheet.path, what).line(row.line).remedy(remedy)));
    if row.what != What::Measure {
        return wrong("the row is a sentence, and shares count measures".into(), "draw with --what measure");
    }
    if row.draw != "random" {
        return wrong(
            format!("the row was drawn by “{}”, and only a random sample speaks for all measures", row.draw),
            "draw with --by random",
        );
    }
    match at.get(&row.place()) {
        Some(&i) => Ok(i),
        None => wrong(
            format!("no measure of the run stands at characters {}–{} of “{}”", row.start, row.end, row.doc),
            "draw the sample from the same documents, with the same models, as the run",
        ),
    }
}

/// The other measures, and in front of them the counted ones of the part with what the run calls them: a theme, or the number after the last one where it abstained.
fn measures(path: &Path, part: &str, book: &Codebook) -> Result<(Vec<Called>, Vec<Row>)> {
    let bytes = std::fs::read(path).map_err(|source| {
        let trouble = Trouble::at(path, "the run's measures cannot be read").source(source);
        Error::Input(trouble.remedy("name the out folder of a run that wrote csv"))
    })?;
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let (mut rows, mut others) = (Vec::new(), Vec::new());
    for (at, row) in reader.deserialize().enumerate() {
        let wrong = |what: String| Error::Input(Trouble::at(path, what).line(at + 2));
        let row: Row = row.map_err(|error| wrong(format!("the row does not read: {error}")))?;
        let theme =
            book.theme(&row.theme).ok_or_else(|| wrong(format!("the theme “{}” is not in the codebook", row.theme)))?;
        if row.part == part && !row.transmitted {
            let called = if row.abstained { book.themes.len() } else { usize::from(theme) };
            rows.push((row, called));
        } else {
            others.push(row);
        }
    }
    Ok((rows, others))
}
