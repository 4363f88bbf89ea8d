//! Columns of what places do with themes: targets, commitment, position, own words, and the figures beside them.

use super::column::{Table, flag, real, text, whole};
use super::recurring::{DOC, END, PLACE, START, THEME, YEAR};

/// The table `place_years`.
pub const PLACE_YEARS: Table = Table {
    name: "place_years",
    row: "a place × year",
    columns: &[
        PLACE,
        YEAR,
        whole(
            "documents",
            "documents",
            "含有所分析部分措施的文件数",
            "documents that hold a measure of the part under analysis",
        ),
        whole(
            "measures",
            "measures",
            "有主题的措施数，即占比的分母",
            "measures that have a theme: what its shares are shares of",
        ),
        whole(
            "general",
            "measures",
            "属于“总体”主题的措施数，不计入占比",
            "measures of the general theme, in no share",
        ),
        whole(
            "abstained",
            "measures",
            "主题存疑的措施数，不计入占比",
            "measures on which the coder abstained, in no share",
        ),
        whole("sections", "sections", "计入的措施所在的节数", "sections that hold the counted measures"),
        real(
            "effective",
            "measures",
            "计入的措施的有效条数，同节措施相近故有折减",
            "what the counted measures are worth, being alike within sections",
        ),
        real(
            "nicheness",
            "",
            "独特性：占比与同年其他地方均值的距离，减去其他地方的平均距离（Meyer 与 Miller）",
            "how far its shares stand from the mean of the others of its year, less the others' mean of that (Meyer and Miller)",
        ),
    ],
};

/// The table `targets`.
pub const TARGETS: Table = Table {
    name: "targets",
    row: "a planned quantity",
    columns: &[
        DOC,
        whole(
            "n",
            "",
            "句子在文件中的序号，同 sentences 表",
            "the sentence's number in its document, as in the table sentences",
        ),
        START,
        END,
        PLACE,
        YEAR,
        text(
            "action",
            "动作：新建、改造等，没有动词时为空",
            "what is done with it (动作): 新建, 改造; empty where no verb stands there",
        ),
        text(
            "indicator",
            "指标，以半角字符书写；动作所计之物在 object 一列时为空",
            "what is measured (指标), in half-width characters; empty where an action counts what stands in object",
        ),
        text(
            "series",
            "指标的通用名称，便于地方之间比较：GDP 和生产总值都作地区生产总值",
            "the indicator's usual name, so that places can be compared: GDP and 生产总值 are 地区生产总值",
        ),
        text(
            "change",
            "level 为达到的水平；increase 或 decrease 为增减的幅度",
            "level: what is reached; increase or decrease: by how much it changes",
        ),
        text(
            "bound",
            "exactly（等于）、at_least（以上）、at_most（以内）或 about（左右）",
            "exactly, at_least (以上), at_most (以内) or about (左右)",
        ),
        flag("strive", "是否为力争而非承诺", "striven for (力争) rather than promised"),
        real("value", "as in unit", "数值，万、亿已换算", "the amount, 万 and 亿 multiplied out"),
        real("upper", "as in unit", "范围的上限数值", "the upper amount of a range"),
        text(
            "unit",
            "原文的单位，不含已换算进数值的万、亿",
            "the unit as written, without the 万 or 亿 that are in the value",
        ),
        real(
            "normal_value",
            "as in normal_unit",
            "按下一列的单位换算的数值",
            "the amount in the unit of the next column",
        ),
        text(
            "normal_unit",
            "归一后的单位：yuan（元）、percent（百分比）、hectare（公顷）、metre（米）、kilogram（千克）、people（人）、count（个）等",
            "yuan, percent, hectare, metre, kilogram, people, count and so on",
        ),
        whole(
            "target_year",
            "year",
            "完成的年份：句中或其标题写明的，否则为计划所属的年份",
            "the year by which: named in the sentence or its heads, else the plan's",
        ),
        text(
            "horizon",
            "year 为当年的目标；period 为几年合计或年均",
            "year: for that year; period: for several years together, or their mean (年均)",
        ),
        text("object", "数值后面的对象", "what stands behind the amount"),
        text(
            "theme",
            "所在措施的主题，不在措施中的取句子的主题，存疑时为空",
            "the theme of the measure that holds it, else of the sentence; empty where the coder abstained",
        ),
        text("text", "句子原文", "the sentence"),
    ],
};

/// The table `commitment`.
pub const COMMITMENT: Table = Table {
    name: "commitment",
    row: "a place × year × theme that occurs",
    columns: &[
        PLACE,
        YEAR,
        THEME,
        whole("measures", "measures", "该主题的措施数", "measures of the theme"),
        whole("cued", "measures", "其中含有力度量表用语的措施数", "those that hold a word of the scale (力度)"),
        real(
            "strength",
            "level",
            "各措施最强用语的力度均值，依 models/commitment.toml 的顺序量表",
            "the mean of their strongest words on the ordinal scale of models/commitment.toml",
        ),
        real(
            "strength_low",
            "level",
            "区间下限，由各节重抽样得出，只有一节时为空",
            "the lower end of its interval, by resampled sections; empty for one section",
        ),
        real("strength_high", "level", "区间上限", "the upper end"),
    ],
};

/// The table `position`.
pub const POSITION: Table = Table {
    name: "position",
    row: "a place × year × theme",
    columns: &[
        PLACE,
        YEAR,
        THEME,
        real(
            "section",
            "rank",
            "该主题最集中的节是第几节，从 1 数起，取各文件均值",
            "the rank of the section that holds most of the theme, from 1; the mean over documents",
        ),
        real(
            "position",
            "share",
            "该主题的字符在所分析部分中的平均位置，0 为开头，1 为结尾",
            "the mean position of its characters in the part, 0 front to 1 end",
        ),
        real("first", "share", "该主题第一条措施的位置", "the position of its first measure"),
        real(
            "space",
            "share",
            "篇幅：占计入措施的字符的比例",
            "its share of the characters of counted measures (篇幅)",
        ),
    ],
};

/// The table `dispersion`.
pub const DISPERSION: Table = Table {
    name: "dispersion",
    row: "a target × term, as in the table keyness",
    columns: &[
        text("target_kind", "place（地方）、theme（主题）、year（年份）或 part（部分）", "place, theme, year or part"),
        text("target", "地名、主题或部分的编号，或者年份", "the place's name, the theme's or part's id, or the year"),
        text("term", "词", "the term"),
        whole("documents", "documents", "语料中出现该词的文件数", "documents of the corpus in which it stands"),
        real(
            "dispersion",
            "",
            "在对象各节中的 Gries 离散度 DP，0 为均匀，1 为集中于一节，未出现时为空",
            "Gries' DP over the target's sections, 0 even to 1 all in one; empty where it does not occur there",
        ),
    ],
};

/// The table `own_words`.
pub const OWN_WORDS: Table = Table {
    name: "own_words",
    row: "a document",
    columns: &[
        DOC,
        PLACE,
        YEAR,
        whole("chars", "characters", "正文中的字母、数字和汉字数", "letters, digits and Han characters of its text"),
        whole(
            "shared",
            "characters",
            "其中属于 16 字串（own.run）且也见于其他地方文件的字符数",
            "those in a run of 16 (own.run) that a document of another place holds too",
        ),
        real("share", "share", "shared 除以 chars", "shared / chars"),
        whole("longest", "characters", "最长的相同文字", "the longest shared passage"),
        whole("measures", "measures", "所分析部分的措施数", "measures of the part under analysis"),
        whole(
            "transmitted",
            "measures",
            "其中一半以上（own.transmitted）文字相同的措施数，用 --own-words 时除外",
            "those of which half or more (own.transmitted) is shared; left out with --own-words",
        ),
    ],
};
