//! The columns that stand in several tables, worded once.

use super::column::{Column, flag, real, text, whole};

pub(super) const DOC: Column = text(
    "doc",
    "文件编号：输入自带的编号，没有的取其在输入文件夹中的路径",
    "the document's id: the input's own id, or its path relative to the input folder",
);
pub(super) const PLACE: Column = text("place", "发文的地方", "the place that speaks (地方)");
pub(super) const YEAR: Column =
    whole("year", "year", "计划所属的年份，找不到时为空", "the year the plan is for; empty where none was found");
pub(super) const START: Column = whole(
    "start",
    "characters",
    "在文件正文中的起点，按 Unicode 字符从 0 数起",
    "where it begins in the document's text, in Unicode characters from 0",
);
pub(super) const END: Column = whole("end", "characters", "终点，不含该字符", "where it ends, exclusive");
pub(super) const THEME: Column = text("theme", "第一主题的编号", "the primary theme's id (主题)");
pub(super) const THEME_P: Column =
    real("theme_p", "probability", "属于该主题的概率，经校准", "the calibrated probability of that theme");
pub(super) const THEME2: Column =
    text("theme2", "第二主题的编号，文字涉及两个主题时才有", "the second theme's id, where the text is about two");
pub(super) const ABSTAINED: Column = flag(
    "abstained",
    "主题把握不足：措施把握不足的，不计入任何数字；句子随其措施计",
    "the coder was not sure enough of the theme; no count includes it",
);
pub(super) const PART: Column = text(
    "part",
    "所在部分：review（回顾）、problems（问题）或 plan（计划）",
    "the part of the document: review (回顾), problems (问题) or plan (计划)",
);
pub(super) const HEADINGS: Column =
    text("headings", "上级标题，由外到内，以 › 相连", "the headings above it, outermost first, joined by ›");
pub(super) const CLUSTER: Column = whole(
    "cluster",
    "",
    "所属聚类的编号，不含词表中的词时为空",
    "the cluster's number; empty where it has no term of the vocabulary",
);
pub(super) const Q: Column =
    real("q", "rate", "Benjamini–Hochberg 错误发现率", "the Benjamini–Hochberg false discovery rate");
