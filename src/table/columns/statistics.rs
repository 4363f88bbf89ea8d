//! Columns of clusters, terms, emphasis, keyness, diversity and duplicates.

use super::column::{Table, flag, real, text, whole};
use super::recurring::{PLACE, Q, THEME, YEAR};

/// The table `clusters`.
pub const CLUSTERS: Table = Table {
    name: "clusters",
    row: "a cluster",
    columns: &[
        whole("cluster", "", "聚类编号，由大到小，从 0 数起", "the number, by falling size, from 0"),
        whole("size", "measures", "所含措施数", "measures in it"),
        real("silhouette", "", "所含措施的平均轮廓系数，−1 至 1", "the mean silhouette of its measures, −1 to 1"),
        text(
            "terms",
            "代表该类的词，按类 TF-IDF 由强到弱，以空格相连",
            "the terms that name it by class TF-IDF, strongest first, joined by a blank",
        ),
        text("themes", "所含主题及条数，由多到少", "its themes with counts, most first"),
        text("places", "所含地方及条数，由多到少", "its places with counts, most first"),
        text("exemplar", "离中心最近的措施的编号", "the id of the measure nearest to its centre"),
    ],
};

/// The table `candidates`.
pub const CANDIDATES: Table = Table {
    name: "candidates",
    row: "a number of clusters that was tried",
    columns: &[
        whole("k", "clusters", "试过的类数", "the number tried"),
        real("silhouette", "", "平均轮廓系数", "the mean silhouette"),
        real(
            "stability",
            "",
            "不同种子和样本之间调整兰德指数的均值",
            "the mean adjusted Rand index across seeds and samples",
        ),
        flag("chosen", "是否采用这一类数", "whether this number was taken"),
    ],
};

/// The table `terms`, without its columns of themes.
pub const TERMS: Table = Table {
    name: "terms",
    row: "a term of the vocabulary; one further column a theme holds its class TF-IDF weight",
    columns: &[
        text("term", "词", "the term"),
        whole("df", "measures", "含有该词的措施数", "measures that hold it"),
        real("idf", "", "逆文档频率：ln((1 + n) / (1 + df)) + 1", "ln((1 + n) / (1 + df)) + 1"),
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
        whole("measures", "measures", "该主题的措施数", "measures of the theme"),
        whole("sentences", "sentences", "这些措施的句数", "sentences in them"),
        whole("chars", "characters", "这些措施的字符数", "characters in them"),
        real(
            "share",
            "share",
            "该主题在该地该年的占比，按设置的权重计",
            "the theme's share of the place and year, by the weight in the settings",
        ),
        real("share_low", "share", "区间下限", "the lower end of its interval"),
        real("share_high", "share", "区间上限", "the upper end"),
        real(
            "lq_raw",
            "ratio",
            "未收缩的区位商：占比除以全体占比",
            "the raw location quotient: the share over the corpus's share of the theme",
        ),
        real(
            "lq",
            "ratio",
            "按抽样误差向 1 收缩的区位商，大于 1 表示高于全体",
            "the same drawn towards 1 by what chance does to few measures: above 1 is more than the corpus",
        ),
        real("lq_low", "ratio", "区间下限", "the lower end of its interval"),
        real("lq_high", "ratio", "区间上限", "the upper end"),
        real(
            "z",
            "",
            "占比与其余各地之差：二项尾概率对应的标准正态值",
            "how far the share lies from that of all others: the standard normal value of the binomial tail",
        ),
        Q,
        whole(
            "rank",
            "",
            "该主题在该地该年按区位商的名次，措施太少时为空",
            "the theme's rank by quotient within place and year; empty where measures are too few",
        ),
    ],
};

/// The table `keyness`.
pub const KEYNESS: Table = Table {
    name: "keyness",
    row: "a target × term",
    columns: &[
        text("target_kind", "place（地方）、theme（主题）、year（年份）或 part（部分）", "place, theme, year or part"),
        text("target", "地名、主题或部分的编号，或者年份", "the place's name, the theme's or part's id, or the year"),
        text("term", "词", "the term"),
        whole("count", "occurrences", "在对象中出现的次数", "in the target"),
        whole("rest", "occurrences", "在语料其余部分出现的次数", "in the rest of the corpus"),
        real(
            "log_odds",
            "nats",
            "带信息 Dirichlet 先验的对数几率比",
            "the log-odds ratio with an informative Dirichlet prior",
        ),
        real("z", "", "z 值", "its z-score"),
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
        whole("measures", "measures", "有主题的措施数", "measures that have a theme"),
        real("entropy", "nats", "主题占比的香农熵", "Shannon entropy of the theme shares"),
        real("effective_themes", "themes", "熵的指数，即有效主题数", "its exponential"),
        real("herfindahl", "", "占比的平方和（赫芬达尔指数）", "the sum of squared shares"),
        text("nearest_place", "主题占比最相似的地方和年份", "the place and year with the most similar theme shares"),
        real("similarity", "", "两者的余弦", "their cosine"),
    ],
};

/// The table `duplicates`.
pub const DUPLICATES: Table = Table {
    name: "duplicates",
    row: "two documents that share much of their text",
    columns: &[
        text("doc", "较晚的文件", "the later document"),
        text("other", "较早的文件", "the earlier one"),
        real(
            "share",
            "share",
            "前一文件的 16 字串也见于后一文件的比例",
            "the share of the first one’s 16-grams that the second one holds too",
        ),
        text("kind", "雷同的种类", "what kind of likeness it is"),
    ],
};
