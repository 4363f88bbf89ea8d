//! Columns of clusters, terms, emphasis, keyness, diversity and duplicates.

use super::column::{Column, Table, Type, real, text, whole};
use super::recurring::{PLACE, Q, THEME, YEAR};

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
        real("lq_raw", "ratio", "the raw location quotient: the share over the corpus's share of the theme"),
        real(
            "lq",
            "ratio",
            "the same drawn towards 1 by what chance does to few measures: above 1 is more than the corpus",
        ),
        real("lq_low", "ratio", "the lower end of its interval"),
        real("lq_high", "ratio", "the upper end"),
        real("z", "", "how far the share lies from that of all others: the standard normal value of the binomial tail"),
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
