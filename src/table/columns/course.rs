//! Columns of the tables of change, and of the panel.

use super::column::{Column, Table, real, text, whole};
use super::recurring::{PLACE, Q, THEME};

const FROM_YEAR: Column = whole("from_year", "year", "the earlier year, or the year of the plan");
const TO_YEAR: Column = whole("to_year", "year", "the later year with a document, or the year under review");

/// The table `change`.
pub const CHANGE: Table = Table {
    name: "change",
    row: "a comparison × place × pair of years × theme",
    columns: &[
        text(
            "comparison",
            "year_on_year, or review_against_plan: what was reviewed of a year against what was planned for it",
        ),
        PLACE,
        THEME,
        FROM_YEAR,
        TO_YEAR,
        real("from_share", "share", "the earlier share, or the plan's"),
        real("to_share", "share", "the later share, or the review's"),
        real("change", "share", "to_share − from_share"),
        real("change_low", "share", "the lower end of its interval (square and add)"),
        real("change_high", "share", "the upper end"),
        real("z", "", "the change over its standard error"),
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
            "break: the likeliest lasting change of level in a series of five years or more; spike: one year unlike both beside it",
        ),
        PLACE,
        THEME,
        whole("year", "year", "the first year of the new level, or the year that stands out"),
        real("before", "share", "the share over the years before, or over the two years beside"),
        real("after", "share", "the share from then on, or of the year"),
        real("z", "", "the standardised difference; for a break the largest size over all splits"),
        real("p", "probability", "of a break, by reshuffled years; empty for a spike"),
        real("q", "rate", "the false discovery rate: of a break over all series, of a spike within its series"),
    ],
};

/// The table `panel`.
pub const PANEL: Table = Table {
    name: "panel",
    row: "a place × year × theme, complete",
    columns: &[
        PLACE,
        text("place_code", "the statistical code of the place, where it is known (统计用区划代码)"),
        whole("year", "year", "every year from the first to the last of the corpus"),
        THEME,
        text(
            "status",
            "present, zero (there is a document, the theme does not occur) or missing (there is no document)",
        ),
        whole("measures", "measures", "measures whose first theme it is"),
        whole("sentences", "sentences", "sentences in them"),
        whole("chars", "characters", "characters in them"),
        real("measures_fractional", "measures", "measures, one with a second theme giving half to each"),
        real("sentences_fractional", "sentences", "sentences, likewise"),
        real("chars_fractional", "characters", "characters, likewise"),
        whole("measures_total", "measures", "measures of all themes of the place and year"),
        whole("sentences_total", "sentences", "sentences in them"),
        whole("chars_total", "characters", "characters in them"),
        real("share_measures", "share", "measures / measures_total"),
        real("share_sentences", "share", "sentences / sentences_total"),
        real("share_chars", "share", "chars / chars_total"),
        real("share_measures_fractional", "share", "measures_fractional / measures_total"),
        real("share_sentences_fractional", "share", "sentences_fractional / sentences_total"),
        real("share_chars_fractional", "share", "chars_fractional / chars_total"),
        whole("general", "measures", "measures of the general theme, in no total"),
        whole("abstained", "measures", "measures on which the coder abstained, in no total"),
    ],
};
