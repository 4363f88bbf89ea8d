//! Columns of what places do with themes: targets, commitment, position, own words, and the figures beside them.

use super::column::{Column, Table, Type, real, text, whole};
use super::recurring::{DOC, END, PLACE, START, THEME, YEAR};

/// The table `place_years`.
pub const PLACE_YEARS: Table = Table {
    name: "place_years",
    row: "a place × year",
    columns: &[
        PLACE,
        YEAR,
        whole("documents", "documents", "documents that hold a measure of the part under analysis"),
        whole("measures", "measures", "measures that have a theme: what its shares are shares of"),
        whole("general", "measures", "measures of the general theme, in no share"),
        whole("abstained", "measures", "measures on which the coder abstained, in no share"),
        whole("sections", "sections", "sections that hold the counted measures"),
        real("effective", "measures", "what the counted measures are worth, being alike within sections"),
        real(
            "nicheness",
            "",
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
        whole("n", "", "the sentence's number in its document, as in the table sentences"),
        START,
        END,
        PLACE,
        YEAR,
        text("action", "what is done with it (动作): 新建, 改造; empty where no verb stands there"),
        text(
            "indicator",
            "what is measured (指标), in half-width characters; empty where an action counts what stands in object",
        ),
        text("series", "the indicator's usual name, so that places can be compared: GDP and 生产总值 are 地区生产总值"),
        text("change", "level: what is reached; increase or decrease: by how much it changes"),
        text("bound", "exactly, at_least (以上), at_most (以内) or about (左右)"),
        Column { name: "strive", kind: Type::Flag, unit: "", meaning: "striven for (力争) rather than promised" },
        real("value", "as in unit", "the amount, 万 and 亿 multiplied out"),
        real("upper", "as in unit", "the upper amount of a range"),
        text("unit", "the unit as written, with its 万 or 亿"),
        real("normal_value", "as in normal_unit", "the amount in the unit of the next column"),
        text("normal_unit", "yuan, percent, hectare, metre, kilogram, people, count and so on"),
        whole("target_year", "year", "the year by which: named in the sentence or its heads, else the plan's"),
        text("horizon", "year: for that year; period: for several years together, or their mean (年均)"),
        text("object", "what stands behind the amount"),
        text("theme", "the theme of the measure that holds it, else of the sentence; empty where the coder abstained"),
        text("text", "the sentence"),
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
        whole("measures", "measures", "measures of the theme"),
        whole("cued", "measures", "those that hold a word of the scale (力度)"),
        real("strength", "level", "the mean of their strongest words on the ordinal scale of models/commitment.toml"),
        real("strength_low", "level", "the lower end of its interval, by resampled sections; empty for one section"),
        real("strength_high", "level", "the upper end"),
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
            "the rank of the section that holds most of the theme, from 1; the mean over documents",
        ),
        real("position", "share", "the mean position of its characters in the part, 0 front to 1 end"),
        real("first", "share", "the position of its first measure"),
        real("space", "share", "its share of the characters of counted measures (篇幅)"),
    ],
};

/// The table `dispersion`.
pub const DISPERSION: Table = Table {
    name: "dispersion",
    row: "a target × term, as in the table keyness",
    columns: &[
        text("target_kind", "place, theme, year or part"),
        text("target", "the place's name, the theme's or part's id, or the year"),
        text("term", "the term"),
        whole("documents", "documents", "documents of the corpus in which it stands"),
        real(
            "dispersion",
            "",
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
        whole("chars", "characters", "letters, digits and Han characters of its text"),
        whole("shared", "characters", "those in a run of 16 (own.run) that a document of another place holds too"),
        real("share", "share", "shared / chars"),
        whole("longest", "characters", "the longest shared passage"),
        whole("measures", "measures", "measures of the part under analysis"),
        whole(
            "transmitted",
            "measures",
            "those of which half or more (own.transmitted) is shared; left out with --own-words",
        ),
    ],
};
