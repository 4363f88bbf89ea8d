//! The data dictionary: every column of every table, its type, its unit and what it means.

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

const fn text(name: &'static str, meaning: &'static str) -> Column {
    Column { name, kind: Type::Text, unit: "", meaning }
}

const fn whole(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column { name, kind: Type::Whole, unit, meaning }
}

const fn real(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column { name, kind: Type::Real, unit, meaning }
}

const DOC: Column = text("doc", "the document's id: the input's own id, or its path relative to the input folder");
const PLACE: Column = text("place", "the place that speaks (地方)");
const YEAR: Column = whole("year", "year", "the year the plan is for; empty where none was found");
const START: Column =
    whole("start", "characters", "where it begins in the document's text, in Unicode characters from 0");
const END: Column = whole("end", "characters", "where it ends, exclusive");
const THEME: Column = text("theme", "the primary theme's id (主题)");
const THEME_P: Column = real("theme_p", "probability", "the calibrated probability of that theme");
const THEME2: Column = text("theme2", "the second theme's id, where the text is about two");
const ABSTAINED: Column = Column {
    name: "abstained",
    kind: Type::Flag,
    unit: "",
    meaning: "the coder was not sure enough of the theme; no count includes it",
};
const PART: Column = text("part", "the part of the document: review (回顾), problems (问题) or plan (计划)");
const HEADINGS: Column = text("headings", "the headings above it, outermost first, joined by ›");
const CLUSTER: Column = whole("cluster", "", "the cluster's number; empty where it has no term of the vocabulary");
const Q: Column = real("q", "rate", "the Benjamini–Hochberg false discovery rate");

/// The table `documents`.
pub const DOCUMENTS: Table = Table {
    name: "documents",
    row: "a document",
    columns: &[
        DOC,
        text("file", "the file it came from"),
        text("sha256", "the SHA-256 of the bytes it came from"),
        PLACE,
        text("level", "village, township, county, city, province or nation"),
        YEAR,
        text("title", "the title"),
        text("issuer", "the issuing body (发布机构)"),
        text("published", "the date of publication, ISO 8601"),
        text("encoding", "the encoding or format it was read from"),
        whole("chars", "characters", "Unicode characters in the text"),
        whole("sentences", "sentences", "sentences cut from it"),
        whole("measures", "measures", "measures cut from its part under analysis"),
        real("han_share", "share", "Han characters among those that are not blank"),
        whole("ink", "characters", "characters that are not blank"),
        whole("in_sentences", "characters", "of those, in sentences"),
        whole("not_noise", "characters", "of those, in sentences that are not noise"),
        whole("in_measures", "characters", "of those, in measures of the part under analysis"),
        whole("in_terms", "characters", "of those, in terms: no mark, digit or stop word"),
        whole("in_vocabulary", "characters", "of those, in terms of the vocabulary"),
        text("warnings", "what to know before using it, joined by |"),
    ],
};

/// The table `sentences`.
pub const SENTENCES: Table = Table {
    name: "sentences",
    row: "a sentence",
    columns: &[
        DOC,
        whole("n", "", "the sentence's number in its document, from 0"),
        START,
        END,
        PART,
        HEADINGS,
        text("unit", "B: first of a measure; I: further; O: outside"),
        text("measure", "the id of the measure that holds it"),
        text("kind", "what it is doing (类别)"),
        real("kind_p", "probability", "the probability of that kind, given the whole document"),
        THEME,
        THEME_P,
        THEME2,
        real("theme2_p", "probability", "the calibrated probability of the second theme"),
        ABSTAINED,
        text("because", "the features that weighed most for the theme, joined by |"),
        Column {
            name: "masked",
            kind: Type::Flag,
            unit: "",
            meaning: "a name or number in it was hidden before publication (**, ×××, XX, 某某)",
        },
        CLUSTER,
        text("text", "the sentence"),
    ],
};

/// The table `measures`.
pub const MEASURES: Table = Table {
    name: "measures",
    row: "a measure",
    columns: &[
        text("measure", "the measure's id: the document's id, #, and its number from 1"),
        DOC,
        PLACE,
        YEAR,
        PART,
        START,
        END,
        whole("sentences", "sentences", "sentences in it"),
        whole("chars", "characters", "characters in its sentences"),
        real("position", "share", "where it begins, as a share of the document's characters"),
        HEADINGS,
        text("head", "its own head, where it has one"),
        THEME,
        THEME_P,
        THEME2,
        ABSTAINED,
        CLUSTER,
        text("text", "its sentences, joined without blanks"),
    ],
};

/// The table `clusters`.
pub const CLUSTERS: Table = Table {
    name: "clusters",
    row: "a cluster",
    columns: &[
        whole("cluster", "", "the number, by falling size, from 0"),
        whole("size", "measures", "measures in it"),
        real("silhouette", "", "the mean silhouette of its measures, −1 to 1"),
        text("terms", "the terms that name it by class TF-IDF, strongest first, joined by a blank"),
        text("themes", "its themes with counts, most first"),
        text("places", "its places with counts, most first"),
        text("exemplar", "the id of the measure nearest to its centre"),
    ],
};

/// The table `candidates`.
pub const CANDIDATES: Table = Table {
    name: "candidates",
    row: "a number of clusters that was tried",
    columns: &[
        whole("k", "clusters", "the number tried"),
        real("silhouette", "", "the mean silhouette"),
        real("stability", "", "the mean adjusted Rand index across seeds and samples"),
        Column { name: "chosen", kind: Type::Flag, unit: "", meaning: "whether this number was taken" },
    ],
};

/// The table `terms`, without its columns of themes.
pub const TERMS: Table = Table {
    name: "terms",
    row: "a term of the vocabulary; one further column a theme holds its class TF-IDF weight",
    columns: &[
        text("term", "the term"),
        whole("df", "measures", "measures that hold it"),
        real("idf", "", "ln((1 + n) / (1 + df)) + 1"),
    ],
};

/// The table `emphasis`.
pub const EMPHASIS: Table = Table {
    name: "emphasis",
    row: "a place × year × theme",
    columns: &[
        PLACE,
        YEAR,
        THEME,
        whole("measures", "measures", "measures of the theme"),
        whole("sentences", "sentences", "sentences in them"),
        whole("chars", "characters", "characters in them"),
        real("share", "share", "the theme's share of the place and year, by the weight in the settings"),
        real("share_low", "share", "the lower end of its interval"),
        real("share_high", "share", "the upper end"),
        real("lq", "ratio", "the shrunk location quotient: above 1 is more than the corpus"),
        real("lq_low", "ratio", "the lower end of its interval"),
        real("lq_high", "ratio", "the upper end"),
        real("z", "", "the quotient's standardised deviation from 1 on the log scale"),
        Q,
        whole("rank", "", "the theme's rank by quotient within place and year; empty where measures are too few"),
    ],
};

/// The table `keyness`.
pub const KEYNESS: Table = Table {
    name: "keyness",
    row: "a target × term",
    columns: &[
        text("target_kind", "place, theme, year or part"),
        text("target", "the place's name, the theme's or part's id, or the year"),
        text("term", "the term"),
        whole("count", "occurrences", "in the target"),
        whole("rest", "occurrences", "in the rest of the corpus"),
        real("log_odds", "nats", "the log-odds ratio with an informative Dirichlet prior"),
        real("z", "", "its z-score"),
        Q,
    ],
};

/// The table `diversity`.
pub const DIVERSITY: Table = Table {
    name: "diversity",
    row: "a place × year",
    columns: &[
        PLACE,
        YEAR,
        whole("measures", "measures", "measures that have a theme"),
        real("entropy", "nats", "Shannon entropy of the theme shares"),
        real("effective_themes", "themes", "its exponential"),
        real("herfindahl", "", "the sum of squared shares"),
        text("nearest_place", "the place and year with the most similar theme shares"),
        real("similarity", "", "their cosine"),
    ],
};

/// The table `duplicates`.
pub const DUPLICATES: Table = Table {
    name: "duplicates",
    row: "two documents that share much of their text",
    columns: &[
        text("doc", "the later document"),
        text("other", "the earlier one"),
        real("share", "share", "the share of the first one’s 16-grams that the second one holds too"),
        text("kind", "what kind of likeness it is"),
    ],
};

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
        text("indicator", "what is measured (指标), in half-width characters"),
        text("change", "level: what is reached; increase or decrease: by how much it changes"),
        text("bound", "exactly, at_least (以上), at_most (以内) or about (左右)"),
        Column { name: "strive", kind: Type::Flag, unit: "", meaning: "striven for (力争) rather than promised" },
        real("value", "as in unit", "the amount, 万 and 亿 multiplied out"),
        real("upper", "as in unit", "the upper amount of a range"),
        text("unit", "the unit as written, with its 万 or 亿"),
        real("normal_value", "as in normal_unit", "the amount in the unit of the next column"),
        text("normal_unit", "yuan, percent, hectare, metre, kilogram, people, count and so on"),
        whole("target_year", "year", "the year by which: named in the sentence, else the plan's"),
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

/// The table `correspondence`.
pub const CORRESPONDENCE: Table = Table {
    name: "correspondence",
    row: "a point × axis of the map of places and themes",
    columns: &[
        text("point_kind", "place, theme or year"),
        text("point", "the place's name, the theme's id or the year"),
        Column { name: "supplementary", kind: Type::Flag, unit: "", meaning: "put on the map without shaping it" },
        real("mass", "share", "its share of the grand total"),
        real("inertia", "", "its part of the total inertia, not a share"),
        whole("axis", "", "the axis, from 1"),
        real("axis_inertia", "", "the axis's inertia: its squared singular value"),
        real("axis_share", "share", "that inertia as a share of the total"),
        real("coordinate", "", "the principal coordinate"),
        real("contribution", "share", "the point's share of the axis's inertia; empty for a supplementary point"),
        real("cos2", "share", "the axis's share of the point's inertia"),
    ],
};

/// The table `similarity`.
pub const SIMILARITY: Table = Table {
    name: "similarity",
    row: "a pair of places, each over all its years",
    columns: &[
        text("place", "the place whose name sorts first"),
        text("other", "the other place"),
        real("themes_cosine", "", "the cosine of their theme shares"),
        real("themes_js", "bits", "the Jensen–Shannon divergence of their theme shares, 0 to 1"),
        real("terms_cosine", "", "the cosine of their terms, each (1 + ln count) × idf"),
        real("terms_js", "bits", "the Jensen–Shannon divergence of their term counts"),
    ],
};

/// The table `tree`.
pub const TREE: Table = Table {
    name: "tree",
    row: "a place, or a join of two nodes",
    columns: &[
        whole("node", "", "the node's number: places first, then joins by rising height"),
        text("place", "the place; empty for a join"),
        whole("order", "", "the place's position among the leaves, from 1: like places stand together"),
        whole("left", "", "the node joined on the left"),
        whole("right", "", "the node joined on the right"),
        real("height", "", "the average Jensen–Shannon distance at which they join"),
        whole("size", "places", "places below it"),
    ],
};

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

/// Every table, in the order of the dictionary.
pub const ALL: &[Table] = &[
    DOCUMENTS,
    SENTENCES,
    MEASURES,
    CLUSTERS,
    CANDIDATES,
    TERMS,
    EMPHASIS,
    KEYNESS,
    DIVERSITY,
    PLACE_YEARS,
    PANEL,
    CHANGE,
    TURNS,
    TARGETS,
    COMMITMENT,
    POSITION,
    CORRESPONDENCE,
    SIMILARITY,
    TREE,
    DISPERSION,
    OWN_WORDS,
    DUPLICATES,
];
