//! Columns of documents, sentences and measures.

use super::column::{Column, Table, Type, real, text, whole};
use super::recurring::{ABSTAINED, CLUSTER, DOC, END, HEADINGS, PART, PLACE, START, THEME, THEME_P, THEME2, YEAR};

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
        Column {
            name: "transmitted",
            kind: Type::Flag,
            unit: "",
            meaning: "with --own-words: most of it stands in documents of other places, so that no count includes it",
        },
        CLUSTER,
        text("text", "its sentences, joined without blanks"),
    ],
};
