//! What a column and a table of the dictionary are.

/// The type of a column's values; every column may hold missing values unless its meaning excludes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Unicode text.
    Text,
    /// A whole number (64 bits, signed).
    Whole,
    /// A real number (64 bits).
    Real,
    /// True or false.
    Flag,
}

impl Type {
    /// The name used in the dictionary.
    pub fn name(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Whole => "whole",
            Type::Real => "real",
            Type::Flag => "flag",
        }
    }
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The name, as in the file's first line.
    pub name: &'static str,
    /// The type of its values.
    pub kind: Type,
    /// The unit, or an empty string.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The file's stem.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Its columns, in order. The table `terms` has one more for each theme of the codebook.
    pub columns: &'static [Column],
}

/// A column of text.
pub(super) const fn text(name: &'static str, meaning: &'static str) -> Column {
    Column { name, kind: Type::Text, unit: "", meaning }
}

/// A column of whole numbers.
pub(super) const fn whole(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column { name, kind: Type::Whole, unit, meaning }
}

/// A column of real numbers.
pub(super) const fn real(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column { name, kind: Type::Real, unit, meaning }
}
