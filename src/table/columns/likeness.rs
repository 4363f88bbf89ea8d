//! Columns of how places stand to one another: the map, likeness, the tree.

use super::column::{Table, flag, real, text, whole};

/// The table `correspondence`.
pub const CORRESPONDENCE: Table = Table {
    name: "correspondence",
    row: "a point × axis of the map of places and themes",
    columns: &[
        text("point_kind", "place（地方）、theme（主题）或 year（年份）", "place, theme or year"),
        text("point", "地名、主题编号或年份", "the place's name, the theme's id or the year"),
        flag("supplementary", "是否为补充点：画在图上，但不影响坐标轴", "put on the map without shaping it"),
        real("mass", "share", "占总数的比例（质量）", "its share of the grand total"),
        real("inertia", "", "在总惯量中的部分，不是比例", "its part of the total inertia, not a share"),
        whole("axis", "", "坐标轴的序号，从 1 数起", "the axis, from 1"),
        real("axis_inertia", "", "该轴的惯量，即奇异值的平方", "the axis's inertia: its squared singular value"),
        real("axis_share", "share", "该轴惯量占总惯量的比例", "that inertia as a share of the total"),
        real("coordinate", "", "主坐标", "the principal coordinate"),
        real(
            "contribution",
            "share",
            "该点占该轴惯量的比例，补充点为空",
            "the point's share of the axis's inertia; empty for a supplementary point",
        ),
        real("cos2", "share", "该轴占该点惯量的比例", "the axis's share of the point's inertia"),
    ],
};

/// The table `similarity`.
pub const SIMILARITY: Table = Table {
    name: "similarity",
    row: "a pair of places, each over all its years",
    columns: &[
        text("place", "名称排在前面的地方", "the place whose name sorts first"),
        text("other", "另一地方", "the other place"),
        real("themes_cosine", "", "主题占比的余弦", "the cosine of their theme shares"),
        real(
            "themes_js",
            "bits",
            "主题占比的 Jensen–Shannon 散度，0 至 1",
            "the Jensen–Shannon divergence of their theme shares, 0 to 1",
        ),
        real(
            "terms_cosine",
            "",
            "用词的余弦，各词权重为 (1 + ln 次数) × idf",
            "the cosine of their terms, each (1 + ln count) × idf",
        ),
        real(
            "terms_js",
            "bits",
            "用词次数的 Jensen–Shannon 散度",
            "the Jensen–Shannon divergence of their term counts",
        ),
    ],
};

/// The table `tree`.
pub const TREE: Table = Table {
    name: "tree",
    row: "a place, or a join of two nodes",
    columns: &[
        whole(
            "node",
            "",
            "节点编号：先地方，再按高度由低到高为各次联结",
            "the node's number: places first, then joins by rising height",
        ),
        text("place", "地方，联结为空", "the place; empty for a join"),
        whole(
            "order",
            "",
            "地方在树叶中的次序，从 1 数起，相似的地方相邻",
            "the place's position among the leaves, from 1: like places stand together",
        ),
        whole("left", "", "联结的左节点", "the node joined on the left"),
        whole("right", "", "联结的右节点", "the node joined on the right"),
        real(
            "height",
            "",
            "联结处的平均 Jensen–Shannon 距离",
            "the average Jensen–Shannon distance at which they join",
        ),
        whole("size", "places", "其下的地方数", "places below it"),
    ],
};
