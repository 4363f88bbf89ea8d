//! How far coders of the same tasks agree, and where they do not.

use std::collections::BTreeMap;

use super::read::{Filled, Place, Sheet};
use super::task::{Said, Task};
use super::write::COLUMNS;
use crate::codebook::{Codebook, Kind};
use crate::error::{Error, Result, Trouble};
use crate::evaluate::agreement::{Labels, alpha, masi, nominal};
use crate::evaluate::bootstrap::{Interval, many_by_group};
use crate::evaluate::confusion::Confusion;
use crate::evaluate::sheet::{self as figures, Cell};

/// What came of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The figures, of every pair of coders and of all together.
    pub figures: figures::Sheet,
    /// The tasks on which coders differ, in order.
    pub disputed: Vec<Task>,
    /// For each coder a column of what was said of the disputed tasks.
    pub said: Vec<(String, Vec<String>)>,
    /// The tasks that two coders or more have coded.
    pub compared: usize,
    /// The tasks that one coder alone has coded.
    pub alone: usize,
}

/// The draws of the intervals.
const DRAWS: usize = 1000;

/// Compares the sheets of two coders or more; 95 % intervals by drawing documents.
///
/// # Errors
/// [`Error::Labels`] with file and line where a row of one sheet is in no other (unless `partly`), where texts at one place differ, or
/// where no row is in two sheets.
pub fn agree(sheets: &[Sheet], book: &Codebook, partly: bool, seed: u64) -> Result<Agreement> {
    let mut tasks: BTreeMap<Place<'_>, Vec<Option<&Filled>>> = BTreeMap::new();
    for (coder, sheet) in sheets.iter().enumerate() {
        for row in &sheet.rows {
            let said = tasks.entry(row.place()).or_insert_with(|| vec![None; sheets.len()]);
            if let Some(other) = said.iter().flatten().find(|other| other.text != row.text) {
                let what =
                    format!("the text differs from that of the same place in another sheet: “{}”", start(&other.text));
                return Err(Error::Labels(Trouble::at(&sheet.path, what).line(row.line)));
            }
            said[coder] = Some(row);
        }
    }
    let shared = |said: &[Option<&Filled>]| said.iter().flatten().count() > 1;
    let compared = tasks.values().filter(|said| shared(said)).count();
    let alone: Vec<(usize, &Filled)> = tasks
        .values()
        .filter(|said| !shared(said))
        .flat_map(|said| said.iter().enumerate().filter_map(|(coder, row)| row.map(|row| (coder, row))))
        .collect();
    if let Some((coder, row)) =
        alone.iter().min_by_key(|(coder, row)| (*coder, row.line)).filter(|_| !partly || compared == 0)
    {
        let what = format!(
            "characters {}–{} of “{}” are coded in this sheet alone ({} such rows, {compared} rows are in two sheets or more)",
            row.start,
            row.end,
            row.doc,
            alone.len()
        );
        let trouble = Trouble::at(&sheets[*coder].path, what).line(row.line);
        return Err(Error::Labels(match compared {
            0 => trouble.remedy("compare sheets of the same sample"),
            _ => trouble.remedy("compare sheets of the same sample, or use --partly to compare the common rows"),
        }));
    }
    let units: Vec<(Place<'_>, Vec<Option<&Filled>>)> = tasks.into_iter().filter(|(_, said)| shared(said)).collect();
    let names = names_of(sheets);
    let disputed: Vec<&(Place<'_>, Vec<Option<&Filled>>)> = units
        .iter()
        .filter(|(_, said)| {
            let mut told = said.iter().flatten().map(|row| (row.theme, row.theme2, row.kind));
            let first = told.next();
            told.any(|other| Some(other) != first)
        })
        .collect();
    let column = |coder: usize| {
        let cell = |said: &Vec<Option<&Filled>>| said[coder].map_or(String::new(), |row| told(row, book));
        (names[coder].clone(), disputed.iter().map(|(_, said)| cell(said)).collect())
    };
    Ok(Agreement {
        figures: all_figures(&units, &names, book, seed),
        said: (0..sheets.len()).map(column).collect(),
        disputed: disputed.iter().filter_map(|(_, said)| said.iter().flatten().next().map(|row| task(row))).collect(),
        compared,
        alone: alone.len(),
    })
}

fn start(text: &str) -> String {
    text.chars().take(16).collect()
}

/// The coders by their files without folder and ending; by the whole path where two would be called alike, or as a column of the sheet is.
fn names_of(sheets: &[Sheet]) -> Vec<String> {
    let stem = |sheet: &Sheet| sheet.path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = |sheet: &Sheet| {
        let alike = sheets.iter().filter(|other| stem(other) == stem(sheet)).count() > 1;
        let own = stem(sheet).filter(|own| !alike && !COLUMNS.contains(&own.as_str()));
        own.unwrap_or_else(|| sheet.path.display().to_string())
    };
    sheets.iter().map(name).collect()
}

/// What a coder said, in one cell: `kind theme theme2`.
fn told(row: &Filled, book: &Codebook) -> String {
    let id = |theme: u16| book.themes[usize::from(theme)].id.as_str();
    let kind = row.kind.map(Kind::id);
    kind.into_iter().chain([id(row.theme)]).chain(row.theme2.map(id)).collect::<Vec<_>>().join(" ")
}

fn task(row: &Filled) -> Task {
    let [place, headings, before, after] = row.context.clone();
    Task {
        what: row.what,
        doc: row.doc.clone(),
        n: row.n,
        start: row.start,
        end: row.end,
        place,
        headings,
        before,
        text: row.text.clone(),
        after,
        said: Said { theme: row.theme, p: 1.0 },
    }
}

/// What one coder said of one thing, or nothing.
type Told = Option<Labels>;

/// The units of each document, as what each coder said.
type ByDocument = Vec<Vec<Vec<Told>>>;

fn all_figures(
    units: &[(Place<'_>, Vec<Option<&Filled>>)],
    names: &[String],
    book: &Codebook,
    seed: u64,
) -> figures::Sheet {
    let title = format!("{} tasks coded by two coders or more; 95 % intervals by drawing documents", units.len());
    let mut sheet = figures::Sheet::new("agreement", title, &["what", "coders", "n", "figure", "value", "low", "high"]);
    let by_document = |told: &dyn Fn(&Filled) -> Told| -> ByDocument {
        units
            .chunk_by(|a, b| a.0.0 == b.0.0)
            .map(|document| {
                let unit = |said: &Vec<Option<&Filled>>| said.iter().map(|row| row.and_then(told)).collect();
                document.iter().map(|(_, said)| unit(said)).collect()
            })
            .collect()
    };
    let theme = by_document(&|row| Some(Labels::from([row.theme])));
    let both = by_document(&|row| Some([row.theme].into_iter().chain(row.theme2).collect()));
    let kind = by_document(&|row| row.kind.map(|kind| Labels::from([kind.index() as u16])));
    for (what, told, classes) in [("theme", &theme, book.themes.len()), ("kind", &kind, Kind::ALL.len())] {
        for a in 0..names.len() {
            for b in a + 1..names.len() {
                let coders = format!("{} – {}", names[a], names[b]);
                pair(&mut sheet, what, &coders, told, (a, b), classes, seed);
            }
        }
        row(&mut sheet, what, "all", told, "Krippendorff's alpha, nominal", &[of_alpha(told, &nominal, seed)]);
    }
    row(&mut sheet, "both themes", "all", &both, "Krippendorff's alpha, MASI", &[of_alpha(&both, &masi, seed)]);
    sheet
}

fn of_alpha(told: &ByDocument, distance: &dyn Fn(&Labels, &Labels) -> f64, seed: u64) -> Option<Interval> {
    let figure = |drawn: &[usize]| {
        let units: Vec<Vec<Told>> = drawn.iter().flat_map(|&d| told[d].iter().cloned()).collect();
        vec![alpha(&units, distance)]
    };
    many_by_group(told.len(), DRAWS, 0.95, seed, figure).into_iter().next().flatten()
}

fn row(
    sheet: &mut figures::Sheet,
    what: &str,
    coders: &str,
    told: &ByDocument,
    figure: &str,
    value: &[Option<Interval>],
) {
    let several = |unit: &&Vec<Told>| unit.iter().flatten().count() > 1;
    let n = told.iter().flatten().filter(several).count();
    if n == 0 {
        return;
    }
    let mut cells: Vec<Cell> = vec![what.into(), coders.into(), n.into(), figure.into()];
    cells.extend(figures::ends(value.first().copied().flatten()));
    sheet.rows.push(cells);
}

fn pair(
    sheet: &mut figures::Sheet,
    what: &str,
    coders: &str,
    told: &ByDocument,
    (a, b): (usize, usize),
    classes: usize,
    seed: u64,
) {
    let one = |labels: &Told| labels.as_ref().and_then(|labels| labels.first().copied()).map(usize::from);
    let of = |unit: &Vec<Told>| Some((one(&unit[a])?, one(&unit[b])?));
    let pairs: Vec<Vec<(usize, usize)>> =
        told.iter().map(|document| document.iter().filter_map(of).collect()).collect();
    let two: ByDocument = told
        .iter()
        .map(|document| document.iter().map(|unit| vec![unit[a].clone(), unit[b].clone()]).collect())
        .collect();
    let found = many_by_group(pairs.len(), DRAWS, 0.95, seed, |drawn| {
        let confusion = Confusion::of(classes, drawn.iter().flat_map(|&d| pairs[d].iter().copied()));
        vec![confusion.accuracy(), confusion.kappa()]
    });
    row(sheet, what, coders, &two, "share that agrees", &found[..1]);
    row(sheet, what, coders, &two, "Cohen's kappa", &found[1..]);
}

#[cfg(test)]
mod tests {
    use super::super::task::What;
    use super::*;

    fn row(doc: &str, n: usize, theme: u16) -> Filled {
        Filled {
            what: What::Sentence,
            draw: "random".into(),
            doc: doc.into(),
            n,
            start: n,
            end: n + 1,
            text: "桃".into(),
            kind: None,
            theme,
            theme2: None,
            line: n + 2,
            context: Default::default(),
        }
    }

    fn sheet(name: &str, rows: Vec<Filled>) -> Sheet {
        Sheet { path: name.into(), rows, open: 0 }
    }

    #[test]
    fn kappa_and_the_disputed_tasks() {
        // Labels 0 0 0 1 1 2 and 0 0 1 1 1 0: kappa 9/21 (see `evaluate::confusion`).
        let a = [0, 0, 0, 1, 1, 2].into_iter().enumerate().map(|(n, theme)| row("d", n, theme)).collect();
        let b = [0, 0, 1, 1, 1, 0].into_iter().enumerate().map(|(n, theme)| row("d", n, theme)).collect();
        let found = agree(&[sheet("a.csv", a), sheet("b.csv", b)], &Codebook::township(), false, 1).unwrap();
        assert_eq!(found.disputed.iter().map(|task| task.n).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(found.said[1].1, ["agriculture", "industry"]);
        let kappa = found.figures.rows.iter().find(|row| row[3] == Cell::from("Cohen's kappa")).unwrap();
        assert!(matches!(kappa[4], Cell::Real(value) if (value - 9.0 / 21.0).abs() < 1e-12), "{kappa:?}");
        assert_eq!(found.figures.rows.len(), 4, "nobody said a kind: {:?}", found.figures.rows);
    }

    #[test]
    fn sheets_that_do_not_align_are_refused_by_line() {
        let a = sheet("a.csv", vec![row("d", 0, 1), row("d", 1, 1)]);
        let b = sheet("b.csv", vec![row("d", 0, 1), row("e", 7, 1)]);
        let told = agree(&[a.clone(), b.clone()], &Codebook::township(), false, 1).unwrap_err().to_string();
        assert!(
            told.starts_with("a.csv:3: characters 1–2 of “d” are coded in this sheet alone (2 such rows, 1 rows"),
            "{told}"
        );
        let found = agree(&[a, b], &Codebook::township(), true, 1).unwrap();
        assert_eq!((found.compared, found.alone), (1, 2));
    }
}
