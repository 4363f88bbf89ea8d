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

    /// The name in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Type::Text => "文字",
            Type::Whole => "整数",
            Type::Real => "实数",
            Type::Flag => "是非",
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
    /// What it means, in Chinese.
    pub zh: &'static str,
    /// What it means, in English.
    pub en: &'static str,
}

impl Column {
    /// The unit in Chinese, or an empty string.
    ///
    /// # Panics
    /// If the unit has no Chinese name, which the tests rule out.
    pub fn unit_zh(&self) -> &'static str {
        let known = UNITS.iter().find(|(en, _)| *en == self.unit);
        known.map(|(_, zh)| *zh).expect("every unit has a Chinese name")
    }
}

/// Every unit, in English and in Chinese.
const UNITS: &[(&str, &str)] = &[
    ("", ""),
    ("characters", "字符"),
    ("sentences", "句"),
    ("measures", "条"),
    ("share", "比例"),
    ("probability", "概率"),
    ("year", "年"),
    ("ratio", "比值"),
    ("rate", "比率"),
    ("clusters", "类"),
    ("occurrences", "次"),
    ("nats", "奈特"),
    ("bits", "比特"),
    ("themes", "个"),
    ("documents", "份"),
    ("sections", "节"),
    ("level", "级"),
    ("rank", "节次"),
    ("places", "个"),
    ("as in unit", "见 unit 列"),
    ("as in normal_unit", "见 normal_unit 列"),
];

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

/// A column of text; its meaning in Chinese, then in English.
pub(super) const fn text(name: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { name, kind: Type::Text, unit: "", zh, en }
}

/// A column of truth values.
pub(super) const fn flag(name: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { name, kind: Type::Flag, unit: "", zh, en }
}

/// A column of whole numbers.
pub(super) const fn whole(name: &'static str, unit: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { name, kind: Type::Whole, unit, zh, en }
}

/// A column of real numbers.
pub(super) const fn real(name: &'static str, unit: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { name, kind: Type::Real, unit, zh, en }
}
