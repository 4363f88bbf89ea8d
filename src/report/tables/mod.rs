//! The tables of the page: what the written tables say, as far as a reader wants to see it beside the charts.
//!
//! `sheet` is a table in the making, `first` holds emphasis, key terms, clusters and documents, `places` what places do with
//! themes, `course` what changes from year to year.

mod course;
mod first;
mod places;
mod sheet;

use self::sheet::{Filled, Named, number, table, words};
use crate::chart::{Keys, Lang};
use crate::codebook::ThemeId;
use crate::record::Analysis;
use crate::report::Table;
use crate::report::figures::place_keys;

/// All tables, in the order of the page. A table without a row is left out.
pub(super) fn tables(analysis: &Analysis, lang: Lang) -> Vec<Table> {
    let view = View { analysis, lang };
    let all = vec![
        first::emphasis(view),
        places::targets(view),
        course::change(view),
        course::turns(view),
        places::commitment(view),
        places::position(view),
        first::keyness(view),
        first::clusters(view),
        places::similarity(view),
        places::correspondence(view),
        places::own_words(view),
        places::duplicates(view),
        first::documents(view),
    ];
    all.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// What the tables are made from.
#[derive(Clone, Copy)]
struct View<'a> {
    analysis: &'a Analysis,
    lang: Lang,
}

impl<'a> View<'a> {
    /// A theme's name.
    fn theme(self, id: ThemeId) -> String {
        let theme = &self.analysis.codebook.themes[id as usize];
        self.lang.pick(&theme.zh, &theme.en).to_owned()
    }

    /// What opens the measures of a theme in a place and year.
    fn cell(self, place: &str, year: Option<i32>, theme: ThemeId) -> Keys {
        let mut keys = place_keys(self.analysis, place, year);
        keys.push(("theme".into(), self.analysis.codebook.themes[theme as usize].id.clone()));
        keys
    }
}

/// A table of cells of place, year and theme, each of which opens its measures; `at` says where a row stands, `more` are the
/// columns behind.
fn of_cells<'a, R: 'a>(
    view: View<'a>,
    named: &Named,
    at: fn(&R) -> (&str, Option<i32>, ThemeId),
    more: Vec<Filled<'a, &'a R>>,
    rows: impl Iterator<Item = &'a R>,
) -> Table {
    let mut columns = vec![
        words("place", ("地方", "place"), move |row: &&'a R| at(row).0.to_owned()),
        number("year", ("年份", "year"), move |row: &&'a R| at(row).1.map(f64::from)),
        words("theme", ("主题", "theme"), move |row: &&'a R| view.theme(at(row).2)),
    ];
    columns.extend(more);
    let keys = |row: &&'a R| {
        let (place, year, theme) = at(row);
        view.cell(place, year, theme)
    };
    table(view.lang, named, &columns, keys, rows)
}

/// A count as the number of a table.
fn count(value: u64) -> Option<f64> {
    Some(value as f64)
}
