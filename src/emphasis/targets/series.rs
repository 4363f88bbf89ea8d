//! One name for indicators that go by several, so that places can be put side by side.

/// Usual names, each with the other names of the same series. What differs by definition stays apart: 全社会固定资产投资 holds
/// the investment of rural households and 固定资产投资 does not; trade in goods is not all trade.
const SERIES: &[(&str, &[&str])] = &[
    ("地区生产总值", &["生产总值", "GDP", "地区GDP", "本地生产总值"]),
    ("社会消费品零售总额", &["社会消费品零售额", "社会消费品总额", "社零总额", "社消零总额", "社消零"]),
    ("固定资产投资", &["固定资产投资额", "固定资产投资总额", "固投", "固投总额"]),
    (
        "一般公共预算收入",
        &[
            "地方一般公共预算收入",
            "一般公共财政预算收入",
            "公共财政预算收入",
            "地方公共财政预算收入",
            "地方财政一般公共预算收入",
        ],
    ),
    ("规模以上工业增加值", &["规上工业增加值", "规模工业增加值", "规模以上工业企业增加值"]),
    ("进出口总额", &["进出口", "进出口总值", "进出口贸易总额", "外贸进出口", "外贸进出口总额", "外贸进出口总值"]),
    ("实际利用外资", &["实际使用外资", "实际利用外资额"]),
    ("居民人均可支配收入", &["全体居民人均可支配收入"]),
    ("城镇居民人均可支配收入", &["城镇常住居民人均可支配收入"]),
    ("农村居民人均可支配收入", &["农村常住居民人均可支配收入"]),
    (
        "单位地区生产总值能耗",
        &[
            "单位生产总值能耗",
            "单位GDP能耗",
            "万元地区生产总值能耗",
            "万元生产总值能耗",
            "万元GDP能耗",
            "单位地区生产总值能源消耗",
        ],
    ),
    ("全社会研发经费投入", &["研发经费投入", "全社会研发投入", "R&D经费投入", "全社会R&D经费投入"]),
    ("旅游总收入", &["旅游收入", "旅游业总收入", "旅游综合收入"]),
];

/// What a government calls itself before its indicators.
const WHOLE: [&str; 14] =
    ["全省", "全市", "全州", "全盟", "全县", "全区", "全旗", "全镇", "全乡", "我省", "我市", "我县", "我区", "我镇"];

/// The usual name of the series that an indicator names (全市生产总值 and GDP are 地区生产总值), without marks of bold type and
/// the name of the whole in front; an indicator of no such series keeps its own.
pub fn series(indicator: &str) -> &str {
    let bare = indicator.trim_matches('*');
    let bare = WHOLE.iter().find_map(|whole| bare.strip_prefix(whole)).filter(|rest| !rest.is_empty()).unwrap_or(bare);
    SERIES.iter().find(|(_, others)| others.contains(&bare)).map_or(bare, |(usual, _)| usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_series_are_one() {
        for (indicator, usual) in [
            ("GDP", "地区生产总值"),
            ("**全市生产总值", "地区生产总值"),
            ("地区生产总值", "地区生产总值"),
            ("规上工业增加值", "规模以上工业增加值"),
            ("外贸进出口总值", "进出口总额"),
            ("全社会固定资产投资", "全社会固定资产投资"),
            ("全市", "全市"),
            ("桃产量", "桃产量"),
            ("", ""),
        ] {
            assert_eq!(series(indicator), usual, "{indicator}");
        }
    }

    #[test]
    fn no_name_stands_in_two_series_or_is_its_own_other() {
        let mut all: Vec<&str> =
            SERIES.iter().flat_map(|(usual, others)| others.iter().chain([usual])).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
