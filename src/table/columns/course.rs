//! Columns of the tables of change, and of the panel.

use super::column::{Column, Table, real, text, whole};
use super::recurring::{PLACE, Q, THEME};

const FROM_YEAR: Column =
    whole("from_year", "year", "较早的年份，或计划所属的年份", "the earlier year, or the year of the plan");
const TO_YEAR: Column = whole(
    "to_year",
    "year",
    "有文件的较晚年份，或所回顾的年份",
    "the later year with a document, or the year under review",
);

/// The table `change`.
pub const CHANGE: Table = Table {
    name: "change",
    row: "a comparison × place × pair of years × theme",
    columns: &[
        text(
            "comparison",
            "year_on_year 为与上年比；review_against_plan 为对某一年的回顾与对该年的计划相比",
            "year_on_year, or review_against_plan: what was reviewed of a year against what was planned for it",
        ),
        PLACE,
        THEME,
        FROM_YEAR,
        TO_YEAR,
        real("from_share", "share", "较早年份的占比，或计划的占比", "the earlier share, or the plan's"),
        real("to_share", "share", "较晚年份的占比，或回顾的占比", "the later share, or the review's"),
        real("change", "share", "to_share 减 from_share", "to_share − from_share"),
        real("change_low", "share", "区间下限（平方相加法）", "the lower end of its interval (square and add)"),
        real("change_high", "share", "区间上限", "the upper end"),
        real("z", "", "变化与其标准误之比", "the change over its standard error"),
        Q,
    ],
};

/// The table `turns`.
pub const TURNS: Table = Table {
    name: "turns",
    row: "a break or spike in the series of a theme in a place",
    columns: &[
        text(
            "turn",
            "break（转折）为五年以上序列中最可能的持久水平变动；spike（突变）为与前后两年都不同的一年",
            "break: the likeliest lasting change of level in a series of five years or more; spike: one year unlike both beside it",
        ),
        PLACE,
        THEME,
        whole(
            "year",
            "year",
            "新水平的第一年，或突出的那一年",
            "the first year of the new level, or the year that stands out",
        ),
        real(
            "before",
            "share",
            "此前各年的占比，或前后两年的占比",
            "the share over the years before, or over the two years beside",
        ),
        real("after", "share", "此后各年的占比，或当年的占比", "the share from then on, or of the year"),
        real(
            "z",
            "",
            "标准化的差；转折取所有分割点中的最大值",
            "the standardised difference; for a break the largest size over all splits",
        ),
        real(
            "p",
            "probability",
            "转折的 p 值，由年份重排得出；突变为空",
            "of a break, by reshuffled years; empty for a spike",
        ),
        real(
            "q",
            "rate",
            "错误发现率：转折就所有序列计算，突变在本序列内计算",
            "the false discovery rate: of a break over all series, of a spike within its series",
        ),
    ],
};

/// The table `panel`.
pub const PANEL: Table = Table {
    name: "panel",
    row: "a place × year × theme, complete",
    columns: &[
        PLACE,
        text(
            "place_code",
            "地方的统计用区划代码，不详时为空",
            "the statistical code of the place, where it is known (统计用区划代码)",
        ),
        whole("year", "year", "年份，语料首年至末年逐年列出", "every year from the first to the last of the corpus"),
        THEME,
        text(
            "status",
            "present 为有该主题，zero 为有措施而无该主题，missing 为没有文件，或文件没有这一部分的措施",
            "present, zero (there are measures, none of the theme) or missing (there is no document, or none with a measure of the part)",
        ),
        whole("measures", "measures", "以此为第一主题的措施数", "measures whose first theme it is"),
        whole("sentences", "sentences", "这些措施的句数", "sentences in them"),
        whole("chars", "characters", "这些措施的字符数", "characters in them"),
        real(
            "measures_fractional",
            "measures",
            "措施数，有第二主题的两边各计一半",
            "measures, one with a second theme giving half to each",
        ),
        real("sentences_fractional", "sentences", "句数，计法同上", "sentences, likewise"),
        real("chars_fractional", "characters", "字符数，计法同上", "characters, likewise"),
        whole("measures_total", "measures", "该地该年各主题的措施总数", "measures of all themes of the place and year"),
        whole("sentences_total", "sentences", "这些措施的句数", "sentences in them"),
        whole("chars_total", "characters", "这些措施的字符数", "characters in them"),
        real("share_measures", "share", "measures 除以 measures_total", "measures / measures_total"),
        real("share_sentences", "share", "sentences 除以 sentences_total", "sentences / sentences_total"),
        real("share_chars", "share", "chars 除以 chars_total", "chars / chars_total"),
        real(
            "share_measures_fractional",
            "share",
            "measures_fractional 除以 measures_total",
            "measures_fractional / measures_total",
        ),
        real(
            "share_sentences_fractional",
            "share",
            "sentences_fractional 除以 sentences_total",
            "sentences_fractional / sentences_total",
        ),
        real("share_chars_fractional", "share", "chars_fractional 除以 chars_total", "chars_fractional / chars_total"),
        whole(
            "general",
            "measures",
            "属于“总体”主题的措施数，不计入总数",
            "measures of the general theme, in no total",
        ),
        whole(
            "abstained",
            "measures",
            "主题存疑的措施数，不计入总数",
            "measures on which the coder abstained, in no total",
        ),
    ],
};
