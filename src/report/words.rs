//! The page's own words, in both languages.

use std::collections::BTreeMap;

use crate::chart::Lang;

/// (name, 中文, English)
const WORDS: &[(&str, &str, &str)] = &[
    ("skip", "跳到图表", "Skip to the charts"),
    ("overview", "概览", "Overview"),
    ("funnel", "从文件到措施", "From files to measures"),
    ("warnings", "须知", "Warnings"),
    ("no_warnings", "没有须知。", "None."),
    ("charts", "图", "Charts"),
    ("tables", "表", "Tables"),
    ("methods", "方法", "Methods"),
    ("dictionary", "数据字典", "Data dictionary"),
    ("contents", "目录", "Contents"),
    ("search_open", "检索句子", "Search sentences"),
    (
        "hint",
        "点击图中的格、条、点或词，查看背后的句子；键盘：Tab 进入图，方向键移动，Enter 打开。",
        "Click a cell, bar, dot or term to read the sentences behind it. Keyboard: Tab into a chart, arrows to move, Enter to open.",
    ),
    (
        "no_script",
        "未启用 JavaScript：图、表、方法均可阅读；全部句子见 tables/sentences.csv。",
        "JavaScript is off: charts, tables and methods can be read; all sentences are in tables/sentences.csv.",
    ),
    ("more_pages", "其余各页", "Further pages"),
    ("scroll", "可横向滚动", "scrolls sideways"),
    ("csv", "下载 CSV", "Download CSV"),
    ("open", "句子", "Sentences"),
    ("shown_rows", "此处列出前若干行，全部见", "The first rows are shown; all are in"),
    ("of", "共", "of"),
    ("sort", "排序", "sort"),
    ("sentences", "背后的句子", "The sentences behind it"),
    ("close", "关闭", "Close"),
    ("filters", "筛选", "Filters"),
    ("any", "全部", "any"),
    ("unit", "单位", "Unit"),
    ("unit_measure", "措施", "measures"),
    ("unit_sentence", "全部句子", "all sentences"),
    ("unit_term", "关键词所在的措施", "measures with the term"),
    ("term", "词", "Term"),
    ("n", "句", "Sentence"),
    ("scope_counted", "只计有主题的措施", "measures with a theme"),
    ("scope_sure", "只计已编码的措施", "coded measures"),
    ("scope_clustered", "只计已编码且成类的措施", "coded measures in a cluster"),
    ("year_none", "年份不明", "unknown"),
    ("rows", "筛选行", "Filter rows"),
    ("place", "地方", "Place"),
    ("year", "年份", "Year"),
    ("part", "部分", "Part"),
    ("kind", "类别", "Kind"),
    ("theme", "主题", "Theme"),
    ("cluster", "聚类", "Cluster"),
    ("measure", "措施", "Measure"),
    ("doc", "文档", "Document"),
    ("find", "检索", "Search"),
    ("find_hint", "词或句中的文字", "words of the text"),
    ("reset", "清除", "Clear"),
    ("view_list", "列表", "List"),
    ("view_context", "上下文（KWIC）", "Keyword in context"),
    ("count_measures", "条措施", "measures"),
    ("count_sentences", "个句子", "sentences"),
    ("count_hits", "处", "hits"),
    ("nothing", "没有符合的句子。", "No sentence fits."),
    ("more", "再列一些", "More"),
    ("copy", "复制编号", "Copy id"),
    ("copied", "已复制", "Copied"),
    ("loading", "正在读取…", "Loading…"),
    (
        "load_failed",
        "读不到文件，请把 report-data 文件夹与本页放在一起：",
        "A file is missing; keep the folder report-data beside this page: ",
    ),
    ("context_needs", "先输入检索词。", "Type a word to search for first."),
    ("table", "表", "Table"),
    ("column", "列", "Column"),
    ("type", "类型", "Type"),
    ("meaning", "含义与单位", "Meaning and unit"),
    ("characters", "字符", "characters"),
];

/// Every word of the page in this language, by name.
pub(super) fn words(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    WORDS.iter().map(|&(name, zh, en)| (name, lang.pick(zh, en))).collect()
}
