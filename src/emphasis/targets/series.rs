//! One name for indicators that go by several, so that places can be put side by side.

/// Usual names, each with the other names of the same series. What differs by definition stays apart: 全社会固定资产投资 holds
/// the investment of rural households and 固定资产投资 does not; trade in goods is not all trade; 财政收入 and 财政总收入 may hold what
/// goes to the centre, and 农民人均纯收入 was measured otherwise than the disposable income that took its place in 2013.
const SERIES: &[(&str, &[&str])] = &[
    (
        "地区生产总值",
        &[
            "生产总值",
            "GDP",
            "地区GDP",
            "本地生产总值",
            "地方生产总值",
            "国内生产总值",
            "地区国内生产总值",
            "生产总值(GDP)",
            "经济",
        ],
    ),
    (
        "社会消费品零售总额",
        &[
            "社会消费品零售额",
            "社会消费品总额",
            "社零总额",
            "社消零总额",
            "社消零",
            "社零",
            "社会消费零售总额",
            "社会商品零售总额",
            "消费品零售总额",
        ],
    ),
    (
        "固定资产投资",
        &["固定资产投资额", "固定资产投资总额", "固定资产投资总量", "固定资产投资完成额", "固投", "固投总额"],
    ),
    ("全社会固定资产投资", &["全社会固定资产投资总额", "全社会固定资产投资额", "社会固定资产投资"]),
    (
        "一般公共预算收入",
        &[
            "地方一般公共预算收入",
            "一般公共财政预算收入",
            "公共财政预算收入",
            "公共预算收入",
            "公共财政收入",
            "地方公共财政收入",
            "地方公共财政预算收入",
            "地方公共预算收入",
            "地方财政一般公共预算收入",
            "地方财政一般预算收入",
            "地方级一般公共预算收入",
            "财政一般公共预算收入",
            "财政一般预算收入",
            "地方一般预算收入",
            "地方一般公共财政预算收入",
            "一般预算收入",
            "县级一般公共预算收入",
            "区级一般公共预算收入",
            "市级一般公共预算收入",
        ],
    ),
    (
        "规模以上工业增加值",
        &[
            "规上工业增加值",
            "规模工业增加值",
            "规模以上工业企业增加值",
            "规上工业企业增加值",
            "规模以上工业企业完成增加值",
            "规模以上工业总增加值",
            "入统工业增加值",
        ],
    ),
    (
        "进出口总额",
        &[
            "进出口",
            "进出口总值",
            "进出口额",
            "进出口贸易总额",
            "外贸进出口",
            "外贸进出口总额",
            "外贸进出口总值",
            "外贸进出口额",
            "对外贸易进出口总额",
        ],
    ),
    ("实际利用外资", &["实际使用外资", "实际利用外资额", "实际使用外资金额", "实际到位外资", "利用外资"]),
    (
        "居民人均可支配收入",
        &["全体居民人均可支配收入", "常住居民人均可支配收入", "全体常住居民人均可支配收入", "居民可支配收入"],
    ),
    (
        "城镇居民人均可支配收入",
        &[
            "城镇常住居民人均可支配收入",
            "城市居民人均可支配收入",
            "城镇居民可支配收入",
            "城镇人均可支配收入",
            "城市居民可支配收入",
        ],
    ),
    (
        "农村居民人均可支配收入",
        &[
            "农村常住居民人均可支配收入",
            "农村居民可支配收入",
            "农民人均可支配收入",
            "农村人均可支配收入",
            "农牧民人均可支配收入",
            "农村牧区居民人均可支配收入",
        ],
    ),
    ("城乡居民人均可支配收入", &["城乡常住居民人均可支配收入", "城乡居民可支配收入"]),
    ("农民人均纯收入", &["农村居民人均纯收入", "农民纯收入", "农牧民人均纯收入", "农村人均纯收入"]),
    (
        "单位地区生产总值能耗",
        &[
            "单位生产总值能耗",
            "单位GDP能耗",
            "万元地区生产总值能耗",
            "万元生产总值能耗",
            "万元GDP能耗",
            "单位地区生产总值能源消耗",
            "单位地区生产总值综合能耗",
            "单位生产总值综合能耗",
            "万元生产总值综合能耗",
            "万元地区生产总值综合能耗",
            "万元GDP综合能耗",
            "单位GDP综合能耗",
        ],
    ),
    (
        "全社会研发经费投入",
        &[
            "研发经费投入",
            "全社会研发投入",
            "R&D经费投入",
            "全社会R&D经费投入",
            "研究与试验发展经费投入",
            "全社会研究与试验发展经费投入",
        ],
    ),
    ("旅游总收入", &["旅游收入", "旅游业总收入", "旅游综合收入"]),
    ("城镇新增就业", &["新增城镇就业", "城镇新增就业人数", "城镇新增就业人口"]),
];

/// What a government calls itself before its indicators.
const WHOLE: [&str; 27] = [
    "全省", "全市", "全州", "全盟", "全县", "全区", "全旗", "全镇", "全乡", "全国", "全域", "我省", "我市", "我州",
    "我县", "我区", "我旗", "我镇", "本省", "本市", "本县", "本区", "县域", "市域", "市内", "县内", "省内",
];

/// The usual name of the series that an indicator names (全市生产总值 and GDP are 地区生产总值), without marks of bold type, the name
/// of the whole in front and a remark in brackets behind; an indicator of no such series keeps its own.
fn series(indicator: &str) -> &str {
    let bare = indicator.trim_matches('*');
    // 县域内就诊率 is a name of its own.
    let named = |rest: &&str| !rest.is_empty() && !rest.starts_with('内');
    let bare = WHOLE.iter().find_map(|whole| bare.strip_prefix(whole)).filter(named).unwrap_or(bare);
    let usual = |name: &str| SERIES.iter().find(|(usual, others)| *usual == name || others.contains(&name));
    let plain = bare.split_once('(').filter(|_| bare.ends_with(')')).map_or(bare, |(plain, _)| plain);
    usual(bare).or_else(|| usual(plain)).map_or(bare, |(usual, _)| usual)
}

/// The series of an indicator on which something is done: 新增城镇就业 has its verb in front, and is 城镇新增就业; 城镇就业 without it is
/// how many have work.
pub fn series_of<'t>(action: &str, indicator: &'t str) -> &'t str {
    match series(indicator) {
        "城镇就业" if action.ends_with("新增") => "城镇新增就业",
        usual => usual,
    }
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
            ("县域生产总值", "地区生产总值"),
            ("县域内就业率", "县域内就业率"),
            ("国内生产总值", "地区生产总值"),
            ("经济", "地区生产总值"),
            ("全县城镇新增就业人数", "城镇新增就业"),
            // How many have work, not how many more.
            ("城镇就业", "城镇就业"),
            ("本市一般预算收入", "一般公共预算收入"),
            ("财政收入", "财政收入"),
            ("固定资产投资(不含农户)", "固定资产投资"),
            ("果园(新建)", "果园(新建)"),
            ("全社会固定资产投资", "全社会固定资产投资"),
            ("全市", "全市"),
            ("桃产量", "桃产量"),
            ("", ""),
        ] {
            assert_eq!(series(indicator), usual, "{indicator}");
        }
    }

    #[test]
    fn what_is_new_is_a_series_of_its_own() {
        assert_eq!(series_of("完成新增", "全县城镇就业"), "城镇新增就业");
        assert_eq!(series_of("稳定", "城镇就业"), "城镇就业");
        assert_eq!(series_of("新增", "GDP"), "地区生产总值");
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
