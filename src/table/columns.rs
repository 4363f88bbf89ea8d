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
        THEME,
        THEME_P,
        THEME2,
        real("theme2_p", "probability", "the calibrated probability of the second theme"),
        Column {
            name: "abstained",
            kind: Type::Flag,
            unit: "",
            meaning: "the coder was not sure enough; no count includes it",
        },
        text("because", "the features that weighed most for the theme, joined by |"),
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
        text("target_kind", "place or theme"),
        text("target", "the place's name or the theme's id"),
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

/// Every table, in the order of the dictionary.
pub const ALL: &[Table] =
    &[DOCUMENTS, SENTENCES, MEASURES, CLUSTERS, CANDIDATES, TERMS, EMPHASIS, KEYNESS, DIVERSITY, DUPLICATES];
