//! Columns and frames that keep what the dictionary promises.

use polars::prelude::*;

use crate::table::columns::{self, Type};

/// A frame with the columns that `table` promises, and `more` reals after them.
///
/// # Panics
/// If the columns are not those of the table: that is a mistake in this room, found by its first test.
pub(super) fn frame(table: &columns::Table, columns: Vec<Column>, more: usize) -> DataFrame {
    assert_eq!(columns.len(), table.columns.len() + more, "{}: the number of columns", table.name);
    for (column, promised) in columns.iter().zip(table.columns) {
        assert_eq!(column.name().as_str(), promised.name, "{}: the order of columns", table.name);
        let right = match promised.kind {
            Type::Text => DataType::String,
            Type::Whole => DataType::Int64,
            Type::Real => DataType::Float64,
            Type::Flag => DataType::Boolean,
        };
        assert_eq!(column.dtype(), &right, "{}.{}: the type", table.name, promised.name);
    }
    DataFrame::new_infer_height(columns).expect("columns made from the same rows have the same length")
}

/// A column of text.
pub(super) fn text<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> Column {
    Column::new(name.into(), values.collect::<Vec<_>>())
}

/// A column of whole numbers.
pub(super) fn whole(name: &str, values: impl Iterator<Item = Option<i64>>) -> Column {
    Column::new(name.into(), values.collect::<Vec<_>>())
}

/// A column of real numbers.
pub(super) fn real(name: &str, values: impl Iterator<Item = Option<f64>>) -> Column {
    Column::new(name.into(), values.collect::<Vec<_>>())
}

/// A column of flags.
pub(super) fn flag(name: &str, values: impl Iterator<Item = bool>) -> Column {
    Column::new(name.into(), values.collect::<Vec<_>>())
}
