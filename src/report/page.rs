//! What the page shows, and how it becomes html.

use std::collections::BTreeMap;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, context};
use serde::Serialize;

use super::sentences::{Packed, Sentences, json, pack};
use super::words::words;
use crate::chart::{Drawing, Keys, Lang};
use crate::codebook::{Kind, Part};
use crate::error::{Error, Result, Trouble};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Rows of a table in the page; the rest is in the csv. With the bounds on pictures here and on sentences in
/// [`super::sentences`] it keeps the page below 5 MB for any corpus.
pub(super) const MOST_ROWS: usize = 300;
/// Bytes of pictures that stand in the page itself; those after them are loaded from files beside it.
const MOST_PICTURES: usize = 1_200_000;

/// A step from the input to what is counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Step {
    /// What is counted: files, documents, sentences, measures.
    pub name: String,
    /// How many.
    pub count: usize,
    /// What was left out at this step and why; may be empty.
    pub note: String,
}

/// The stem of the file that holds page `page` (from 0) of the `pages` pages of a chart.
pub fn page_stem(chart: &str, page: usize, pages: usize) -> String {
    if pages > 1 { format!("{chart}-{}", page + 1) } else { chart.to_owned() }
}

/// A chart with its explanation. Its pictures are also in `charts/`, as [`page_stem`] names them.
///
/// Its marks open sentences by their keys (see [`Keys`]): `place`, `year` (or `none`), `part`, `kind`, `theme`, `cluster`,
/// `measure`, `doc`, `n` (a sentence's number in its document) and `term`. What a mark lists is said by `unit`: `measure`
/// (where it is left out; `theme` is then the measure's), `sentence` or `term` (occurrences of the term in measures).
/// `scope` leaves out measures: `counted` those without a theme that has shares, `sure` those without any,
/// `clustered` those without a theme or a cluster. The key `count` says how many are listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// The id, unique on the page, of ASCII letters, digits, `-` and `_`.
    pub id: String,
    /// The title.
    pub title: String,
    /// A sentence or two on what it says; may be empty.
    pub text: String,
    /// Its pages.
    pub drawings: Vec<Drawing>,
}

impl Chart {
    /// Its pages, each with the stem of its files.
    pub fn pages(&self) -> impl Iterator<Item = (String, &Drawing)> {
        let pages = self.drawings.len();
        self.drawings.iter().enumerate().map(move |(page, drawing)| (page_stem(&self.id, page, pages), drawing))
    }
}

/// A value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number; whole numbers are shown whole, others with three decimals, the csv has all digits.
    Number(f64),
    /// Nothing is known.
    Empty,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// The name in the csv.
    pub name: String,
    /// The name as it is shown.
    pub title: String,
    /// Whether it holds numbers.
    pub numeric: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What it stands for; empty if no sentences are to be opened from it.
    pub keys: Keys,
    /// One value a column.
    pub values: Vec<Value>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The id, unique on the page and the stem of its csv, of ASCII letters, digits, `-` and `_`.
    pub id: String,
    /// The title.
    pub title: String,
    /// A sentence or two on what it holds; may be empty.
    pub text: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows that are shown: the first of them, at most 300.
    pub rows: Vec<Row>,
    /// How many rows there are in all.
    pub total: usize,
}

/// A column of a written table, explained.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DictionaryEntry {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// Its type.
    pub kind: String,
    /// Its meaning, with the unit.
    pub meaning: String,
}

/// Takes the files that stand beside the page, as (path relative to it, content), in any order and on any thread.
pub type Put<'a> = dyn Fn(&str, &str) -> Result<()> + Sync + 'a;

/// All that the page shows.
#[derive(Clone, Default)]
pub struct Page<'p> {
    /// The language of the page's own words.
    pub lang: Lang,
    /// The title.
    pub title: String,
    /// A line below it: what was read, for which years.
    pub subtitle: String,
    /// From the input to what is counted.
    pub funnel: Vec<Step>,
    /// What the reader must know, as full sentences.
    pub warnings: Vec<String>,
    /// The charts, in order.
    pub charts: Vec<Chart>,
    /// The tables, in order.
    pub tables: Vec<Table>,
    /// The themes as (id, name), in the order of the codebook; sentences refer to them by index.
    pub themes: Vec<(String, String)>,
    /// The id of the theme that has no share.
    pub general: String,
    /// The terms that marks and rows can open; sentences refer to them by index.
    pub terms: Vec<String>,
    /// The sentences, in the order of the corpus.
    pub sentences: Sentences<'p>,
    /// The methods, one paragraph each.
    pub methods: Vec<String>,
    /// The columns of the written tables.
    pub dictionary: Vec<DictionaryEntry>,
    /// The last line: program and version.
    pub footer: String,
}

#[derive(Serialize)]
struct Data<'p> {
    words: &'p BTreeMap<&'static str, &'static str>,
    lang: &'static str,
    themes: &'p [(String, String)],
    general: &'p str,
    terms: &'p [String],
    parts: Vec<(&'static str, &'static str)>,
    kinds: Vec<(&'static str, &'static str)>,
    sentences: Packed<'p>,
}

#[derive(Serialize)]
struct DrawnTable<'p> {
    id: &'p str,
    title: &'p str,
    text: &'p str,
    columns: Vec<(&'p str, &'p str, bool)>,
    rows: Vec<DrawnRow>,
    hidden: usize,
    total: usize,
    opens: bool,
}

#[derive(Serialize)]
struct DrawnRow {
    keys: Vec<(String, String)>,
    /// What is shown, and all digits where that is not the same.
    cells: Vec<(String, Option<String>)>,
}

/// A picture of the page: the svg itself, or where it is to be loaded from.
#[derive(Serialize)]
struct Sheet<'p> {
    svg: Option<&'p str>,
    /// The file with the svg, and its number among all such files.
    file: Option<(usize, String)>,
    /// What is shown until then, and without JavaScript.
    picture: String,
}

/// The pictures of all charts, chart by chart; files that hold those for which the page has no room are handed to `put`.
fn sheets<'p>(charts: &'p [Chart], put: &Put<'_>) -> Result<Vec<Vec<Sheet<'p>>>> {
    let (mut used, mut files, mut sheets) = (0, 0, Vec::with_capacity(charts.len()));
    for chart in charts {
        let mut of_chart = Vec::with_capacity(chart.drawings.len());
        for (stem, drawing) in chart.pages() {
            used += drawing.svg.len();
            let file = (used > MOST_PICTURES).then(|| (files, format!("report-data/chart-{stem}.js")));
            if let Some((number, name)) = &file {
                put(name, &format!("cezhongSheet({number},{});\n", json(&drawing.svg)))?;
                files += 1;
            }
            let svg = file.is_none().then_some(drawing.svg.as_str());
            of_chart.push(Sheet { svg, file, picture: format!("charts/{stem}.png") });
        }
        sheets.push(of_chart);
    }
    Ok(sheets)
}

impl Page<'_> {
    /// Fills the template and gives the html. Of a large corpus, sentences and pictures go to files beside the page, which
    /// are handed to `put` as they are made; there are none for a small one.
    ///
    /// # Errors
    /// Those of `put`, and [`Error::Output`] if the template does not fit the page, which the tests rule out.
    pub fn render(&self, put: &Put<'_>) -> Result<String> {
        let words = words(self.lang);
        let sentences = pack(&self.sentences, put)?;
        let sheets = sheets(&self.charts, put)?;
        let data = Data {
            words: &words,
            lang: self.lang.tag(),
            themes: &self.themes,
            general: &self.general,
            terms: &self.terms,
            parts: Part::ALL.iter().map(|part| (part.id(), self.lang.pick(part.zh(), part.id()))).collect(),
            kinds: Kind::ALL.iter().map(|kind| (kind.id(), self.lang.pick(kind.zh(), kind.id()))).collect(),
            sentences,
        };
        let charts: Vec<_> = self
            .charts
            .iter()
            .zip(sheets)
            .map(|(chart, sheets)| {
                context! { id => chart.id.as_str(), title => chart.title.as_str(), text => chart.text.as_str(), sheets => Serde(sheets) }
            })
            .collect();
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let broken =
            |error: minijinja::Error| Error::Output(Trouble::new(format!("the page could not be made: {error:#}")));
        environment.add_template("page.html", TEMPLATE).map_err(broken)?;
        environment
            .get_template("page.html")
            .and_then(|template| {
                template.render(context! {
                    tag => self.lang.tag(),
                    w => Serde(&words),
                    css => STYLE,
                    js => SCRIPT,
                    data => json(&data),
                    title => self.title.as_str(),
                    subtitle => self.subtitle.as_str(),
                    funnel => Serde(&self.funnel),
                    warnings => Serde(&self.warnings),
                    charts,
                    tables => Serde(self.tables.iter().map(draw_table).collect::<Vec<_>>()),
                    methods => Serde(&self.methods),
                    dictionary => Serde(&self.dictionary),
                    footer => self.footer.as_str(),
                })
            })
            .map_err(broken)
    }
}

fn draw_table(table: &Table) -> DrawnTable<'_> {
    let rows = table.rows.iter().map(|row| DrawnRow {
        keys: row
            .keys
            .iter()
            .filter(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
            .cloned()
            .collect(),
        cells: row.values.iter().map(draw_value).collect(),
    });
    DrawnTable {
        id: &table.id,
        title: &table.title,
        text: &table.text,
        columns: table.columns.iter().map(|c| (c.name.as_str(), c.title.as_str(), c.numeric)).collect(),
        rows: rows.collect(),
        hidden: table.total.saturating_sub(table.rows.len()),
        total: table.total,
        opens: table.rows.iter().any(|row| !row.keys.is_empty()),
    }
}

fn draw_value(value: &Value) -> (String, Option<String>) {
    match value {
        Value::Text(text) => (text.clone(), None),
        Value::Empty => (String::new(), None),
        Value::Number(number) if !number.is_finite() => ("–".into(), Some(String::new())),
        Value::Number(number) if number.fract() == 0.0 => (format!("{number}"), None),
        Value::Number(number) => (format!("{number:.3}"), Some(format!("{number}"))),
    }
}
