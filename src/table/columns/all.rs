//! Every table, in the order of the dictionary.

use super::column::Table;
use super::{coded, course, likeness, profile, statistics};

/// Every table, in the order of the dictionary.
pub const ALL: &[Table] = &[
    coded::DOCUMENTS,
    coded::SENTENCES,
    coded::MEASURES,
    statistics::CLUSTERS,
    statistics::CANDIDATES,
    statistics::TERMS,
    statistics::EMPHASIS,
    statistics::KEYNESS,
    statistics::DIVERSITY,
    profile::PLACE_YEARS,
    course::PANEL,
    course::CHANGE,
    course::TURNS,
    profile::TARGETS,
    profile::COMMITMENT,
    profile::POSITION,
    likeness::CORRESPONDENCE,
    likeness::SIMILARITY,
    likeness::TREE,
    profile::DISPERSION,
    profile::OWN_WORDS,
    statistics::DUPLICATES,
];
