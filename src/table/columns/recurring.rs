//! The columns that stand in several tables, worded once.

use super::column::{Column, Type, real, text, whole};

pub(super) const DOC: Column =
    text("doc", "the document's id: the input's own id, or its path relative to the input folder");
pub(super) const PLACE: Column = text("place", "the place that speaks (地方)");
pub(super) const YEAR: Column = whole("year", "year", "the year the plan is for; empty where none was found");
pub(super) const START: Column =
    whole("start", "characters", "where it begins in the document's text, in Unicode characters from 0");
pub(super) const END: Column = whole("end", "characters", "where it ends, exclusive");
pub(super) const THEME: Column = text("theme", "the primary theme's id (主题)");
pub(super) const THEME_P: Column = real("theme_p", "probability", "the calibrated probability of that theme");
pub(super) const THEME2: Column = text("theme2", "the second theme's id, where the text is about two");
pub(super) const ABSTAINED: Column = Column {
    name: "abstained",
    kind: Type::Flag,
    unit: "",
    meaning: "the coder was not sure enough of the theme; no count includes it",
};
pub(super) const PART: Column = text("part", "the part of the document: review (回顾), problems (问题) or plan (计划)");
pub(super) const HEADINGS: Column = text("headings", "the headings above it, outermost first, joined by ›");
pub(super) const CLUSTER: Column =
    whole("cluster", "", "the cluster's number; empty where it has no term of the vocabulary");
pub(super) const Q: Column = real("q", "rate", "the Benjamini–Hochberg false discovery rate");
