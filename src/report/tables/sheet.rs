//! A table of the page in the making: each column is named in both languages beside what fills it.

use crate::chart::{Keys, Lang};
use crate::report::page::MOST_ROWS;
use crate::report::{Column, Row, Table, Value};

/// A column over rows of `R`.
pub(super) struct Filled<'a, R> {
    name: &'static str,
    title: (&'static str, &'static str),
    numeric: bool,
    value: Box<dyn Fn(&R) -> Value + 'a>,
}

/// A column of words; `title` is Chinese, then English.
pub(super) fn words<'a, R>(
    name: &'static str,
    title: (&'static str, &'static str),
    value: impl Fn(&R) -> String + 'a,
) -> Filled<'a, R> {
    Filled { name, title, numeric: false, value: Box::new(move |row| Value::Text(value(row))) }
}

/// A column of numbers; `None` is shown empty.
pub(super) fn number<'a, R>(
    name: &'static str,
    title: (&'static str, &'static str),
    value: impl Fn(&R) -> Option<f64> + 'a,
) -> Filled<'a, R> {
    let value = move |row: &R| value(row).map_or(Value::Empty, Value::Number);
    Filled { name, title, numeric: true, value: Box::new(value) }
}

/// What a table is called and says; Chinese, then English.
pub(super) struct Named {
    pub id: &'static str,
    pub title: (&'static str, &'static str),
    pub text: (&'static str, &'static str),
}

/// Fills a table; `keys` says what a row opens. Only the rows that the page shows are filled, the others counted.
pub(super) fn table<R>(
    lang: Lang,
    named: &Named,
    columns: &[Filled<'_, R>],
    keys: impl Fn(&R) -> Keys,
    mut rows: impl Iterator<Item = R>,
) -> Table {
    let pick = |(zh, en): (&'static str, &'static str)| lang.pick(zh, en).to_owned();
    let fill = |row| Row { keys: keys(&row), values: columns.iter().map(|column| (column.value)(&row)).collect() };
    let shown: Vec<Row> = rows.by_ref().take(MOST_ROWS).map(fill).collect();
    Table {
        id: named.id.into(),
        title: pick(named.title),
        text: pick(named.text),
        columns: columns
            .iter()
            .map(|column| Column { name: column.name.into(), title: pick(column.title), numeric: column.numeric })
            .collect(),
        total: shown.len() + rows.count(),
        rows: shown,
    }
}
