//! Columns of how places stand to one another: the map, likeness, the tree.

use super::column::{Column, Table, Type, real, text, whole};

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
