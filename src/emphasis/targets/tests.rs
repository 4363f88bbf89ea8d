//! Sentences invented for the purpose.

use super::*;

fn plan(year: Option<i32>) -> When {
    When::plan(year)
}

fn one(sentence: &str) -> Target {
    let found = extract(sentence, plan(Some(2025)));
    assert_eq!(found.len(), 1, "{sentence}: {found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn an_investment_and_its_growth_are_two_rows() {
    let found = extract("投资1.5亿元，同比增长15%", plan(Some(2025)));
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].indicator.as_str(), found[0].normal, found[0].unit.as_str()), ("投资", 1.5e8, "元"));
    assert_eq!((found[1].indicator.as_str(), found[1].change, found[1].normal), ("投资", Change::Increase, 15.0));
    assert_eq!(found[0].span.of("投资1.5亿元，同比增长15%"), "1.5亿元");
}

#[test]
fn mu_become_hectares_beside_the_original() {
    let target = one("新建高标准农田3万亩");
    assert_eq!(
        (target.value, target.unit.as_str(), target.quantity, target.normal),
        (30_000.0, "亩", Quantity::Hectare, 2000.0)
    );
    assert_eq!((target.action.as_str(), target.indicator.as_str()), ("新建", "高标准农田"));
}

#[test]
fn bounds_stand_before_or_after() {
    assert_eq!(one("税收增长８％以上").bound, Bound::AtLeast);
    assert_eq!(one("失业率控制在5%以内").bound, Bound::AtMost);
    assert_eq!(one("能耗下降3%左右").bound, Bound::About);
    assert_eq!(one("产值突破20亿元").bound, Bound::AtLeast);
    assert_eq!(one("种植果树300余亩").bound, Bound::About);
    let target = one("力争粮食产量达到4.2万吨");
    assert!(target.strive && target.change == Change::Level);
    assert_eq!((target.indicator.as_str(), target.normal), ("粮食产量", 42_000_000.0));
}

#[test]
fn a_level_that_is_raised_to_is_not_a_change_by() {
    assert_eq!(one("绿化率提高到35%").change, Change::Level);
    assert_eq!(one("绿化率提高3个百分点").change, Change::Increase);
}

#[test]
fn the_object_after_a_classifier_is_kept() {
    let target = one("建设5个产业园，做强平台");
    assert_eq!(
        (target.action.as_str(), target.indicator.as_str(), target.object.as_str(), target.quantity),
        ("建设", "", "产业园", Quantity::Count)
    );
}

#[test]
fn names_in_a_list_meet_their_amounts_in_order() {
    let found = extract("农业、工业和服务业分别增长3%、8%和6%", plan(None));
    let pairs: Vec<(&str, f64)> = found.iter().map(|target| (target.indicator.as_str(), target.value)).collect();
    assert_eq!(pairs, [("农业", 3.0), ("工业", 8.0), ("服务业", 6.0)]);
}

#[test]
fn ranges_have_two_ends() {
    let target = one("培育龙头企业3—5家");
    assert_eq!((target.value, target.upper, target.quantity), (3.0, Some(5.0), Quantity::Count));
    let target = one("固定资产投资增长8%~10%");
    assert_eq!((target.value, target.upper), (8.0, Some(10.0)));
    assert_eq!((one("每户增收3-5万元").value, one("每户增收3-5万元").upper), (30_000.0, Some(50_000.0)));
}

#[test]
fn chinese_numerals_count_with_a_measure_and_not_in_a_slogan() {
    assert_eq!(one("投资三千五百万元").normal, 3.5e7);
    assert_eq!(one("森林覆盖率达到百分之四十二").normal, 42.0);
    assert!(extract("做到两个维护，抓好三项工作", plan(None)).is_empty());
}

#[test]
fn dates_ordinals_grades_and_file_numbers_are_no_targets() {
    for sentence in
        ["2025年6月底前完成", "第3次会议", "创建4A级景区", "推广5G应用", "按照〔2024〕12号文件", "110千伏", "1+3体系"]
    {
        assert!(extract(sentence, plan(None)).is_empty(), "{sentence}: {:?}", extract(sentence, plan(None)));
    }
}

#[test]
fn a_year_that_the_sentence_names_wins_over_the_plans() {
    assert_eq!(one("到2030年，建成公路12公里").year, Some(2030));
    assert_eq!(one("建成公路12公里").year, Some(2025));
    let target = one("全年接待游客1,200人次");
    assert_eq!((target.value, target.quantity, target.indicator.as_str()), (1200.0, Quantity::People, "游客"));
}

#[test]
fn odd_input_is_no_trouble() {
    for sentence in [
        "",
        "%",
        "1",
        "亿元",
        "百分之",
        "前5名",
        "１２３４５６７８９０１２３４５６７８９０亿亿元",
        "3~",
        "5—%",
        "1,23元",
    ] {
        extract(sentence, plan(None));
    }
    assert_eq!(one("综合考核进入前5名").quantity, Quantity::Rank);
}

#[test]
fn a_bound_stands_behind_the_units_other_name() {
    let target = one("演出90场（次）以上");
    assert_eq!((target.bound, target.unit.as_str(), target.object.as_str()), (Bound::AtLeast, "场", ""));
    assert_eq!(one("出栏90万头（只）左右").bound, Bound::About);
    assert_eq!(one("演出90场（次）").bound, Bound::Exactly);
}

#[test]
fn not_below_is_no_ceiling() {
    assert_eq!(one("优良天数比例不低于85%").bound, Bound::AtLeast);
    assert_eq!(one("教育支出不低于一般预算支出的15%").bound, Bound::AtLeast);
    assert_eq!(one("办结时间3个工作日内").bound, Bound::AtMost);
}

#[test]
fn an_amount_for_each_name_is_a_row_for_each() {
    let found = extract("力争营业收入、利润均增长10%", plan(None));
    let names: Vec<(&str, Change)> = found.iter().map(|t| (t.indicator.as_str(), t.change)).collect();
    assert_eq!(names, [("营业收入", Change::Increase), ("利润", Change::Increase)]);
}

#[test]
fn quotes_brackets_and_markers_do_not_hide_the_name() {
    assert_eq!(one("新增“名优”认证20个").indicator, "“名优”认证");
    assert_eq!(one("建成示范园区（基地）12个").indicator, "示范园区(基地)");
    assert_eq!(one("9.为老人配备手环300个").indicator, "为老人配备手环");
    let joined = extract("完成5座水库除险和4座泵站建设", plan(None));
    assert_eq!(joined.iter().map(|t| t.object.as_str()).collect::<Vec<_>>(), ["水库除险", "泵站建设"]);
    assert_eq!(joined[0].indicator, joined[1].indicator);
}

#[test]
fn people_count_without_a_classifier_and_decimals_stay_exact() {
    let target = one("解决60万农村人口饮水安全");
    assert_eq!((target.quantity, target.value), (Quantity::People, 600_000.0));
    let target = one("城区人口达到30万以上");
    assert_eq!((target.quantity, target.value, target.bound), (Quantity::People, 300_000.0, Bound::AtLeast));
    assert!(extract("常住人口30万的城区、建设3人制球场", plan(None)).is_empty());
    assert_eq!(one("投入2346.2亿元").normal, 234_620_000_000.0);
    let found = extract("化学需氧量、氨氮分别下降2.5%和1.5%", plan(None));
    assert!(found.iter().all(|target| target.change == Change::Decrease));
}

#[test]
fn blanks_between_digits_and_unit_are_read_over() {
    let found = extract("改造危房 60 万平方米、新增热源 2 000万千瓦", plan(None));
    assert_eq!(found.iter().map(|target| target.value).collect::<Vec<_>>(), [600_000.0, 20_000_000.0]);
    assert_eq!(found[0].unit, "平方米");
    assert_eq!(one("（1）到位资金50万元").indicator, "到位资金");
}

/// What a sentence gives: indicator, change, bound, value, year and horizon of each row.
fn rows(sentence: &str) -> Vec<(String, Change, Bound, f64)> {
    let found = extract(sentence, plan(Some(2025)));
    found.into_iter().map(|t| (t.indicator, t.change, t.bound, t.value)).collect()
}

fn row(indicator: &str, change: Change, bound: Bound, value: f64) -> (String, Change, Bound, f64) {
    (indicator.to_owned(), change, bound, value)
}

#[test]
fn one_name_for_town_and_country_meets_two_amounts() {
    assert_eq!(
        rows("城乡居民人均收入分别增长6%、7%左右"),
        [
            row("城镇居民人均收入", Change::Increase, Bound::Exactly, 6.0),
            row("农村居民人均收入", Change::Increase, Bound::About, 7.0)
        ]
    );
    assert_eq!(
        rows("城镇、农村居民人均收入年均分别增长6%以上和7%"),
        [
            row("城镇居民人均收入", Change::Increase, Bound::AtLeast, 6.0),
            row("农村居民人均收入", Change::Increase, Bound::Exactly, 7.0)
        ]
    );
    assert_eq!(
        rows("一、二、三产业增加值分别增长2%、5%和6%").into_iter().map(|row| row.0).collect::<Vec<_>>(),
        ["一产业增加值", "二产业增加值", "三产业增加值"]
    );
    assert_eq!(
        rows("收入、支出分别增长5%"),
        [row("收入", Change::Increase, Bound::Exactly, 5.0), row("支出", Change::Increase, Bound::Exactly, 5.0)]
    );
    let standards = rows("城乡补助标准分别达到每人每月30元、每人每年400元");
    assert_eq!(standards.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(), ["城镇补助标准", "农村补助标准"]);
    let both = extract("收入和支出增长5%和6%", plan(None));
    assert!(both.iter().all(|target| target.change == Change::Increase));
    assert_eq!(
        rows("茶叶、水果产量，分别下降2%、3%"),
        [row("茶叶", Change::Decrease, Bound::Exactly, 2.0), row("水果产量", Change::Decrease, Bound::Exactly, 3.0)]
    );
}

#[test]
fn blanks_do_not_part_a_comparator_from_its_amount() {
    assert_eq!(rows("茶叶产量增长 7%"), [row("茶叶产量", Change::Increase, Bound::Exactly, 7.0)]);
    assert_eq!(rows("茶叶产量实现 30 吨"), [row("茶叶产量", Change::Level, Bound::Exactly, 30.0)]);
    assert_eq!(rows("PM 2.5 浓度同比下降 4%"), [row("PM 2.5 浓度", Change::Decrease, Bound::Exactly, 4.0)]);
}

#[test]
fn words_on_both_sides_bound_together() {
    assert_eq!(one("失业率控制在4%左右").bound, Bound::About);
    assert_eq!(one("失业率控制在4%以内").bound, Bound::AtMost);
    assert_eq!(one("村里每年至少拿出30万元").bound, Bound::AtLeast);
}

#[test]
fn renewal_is_no_rise_and_a_rate_of_births_is_a_level() {
    let target = one("水渠改造提升800余米");
    assert_eq!((target.indicator.as_str(), target.change, target.bound), ("水渠改造提升", Change::Level, Bound::About));
    assert_eq!(one("人口自然增长率控制在5‰以内").change, Change::Level);
    assert_eq!(one("节约30万元").change, Change::Level);
}

#[test]
fn a_verb_that_lessens_or_adds_is_a_change() {
    let change = |sentence: &str| (one(sentence).indicator, one(sentence).change);
    assert_eq!(change("减少用煤量80吨"), ("用煤量".to_owned(), Change::Decrease));
    assert_eq!(change("增加学位80个"), ("学位".to_owned(), Change::Increase));
    assert_eq!(change("茶业增加值80亿元"), ("茶业增加值".to_owned(), Change::Level));
    assert_eq!(change("增加值80亿元"), ("增加值".to_owned(), Change::Level));
    assert_eq!(change("调减玉米面积80亩"), ("玉米面积".to_owned(), Change::Decrease));
    assert_eq!(change("提高乡村教师80名的待遇"), ("乡村教师".to_owned(), Change::Level));
    assert_eq!(change("新增学位80个"), ("学位".to_owned(), Change::Level));
    assert_eq!(change("降低用煤量至80吨"), ("用煤量".to_owned(), Change::Level));
    assert_eq!(change("居民收入年均增长目标7%"), ("居民收入".to_owned(), Change::Increase));
    assert_eq!(change("补助标准年人均增加40元"), ("补助标准".to_owned(), Change::Increase));
}

#[test]
fn what_a_change_begins_with_and_what_only_sizes_are_no_rows() {
    assert_eq!(rows("补助标准由15元提高到20元"), [row("补助标准", Change::Level, Bound::Exactly, 20.0)]);
    assert_eq!(rows("补助标准从目前的15元提高5元"), [row("补助标准", Change::Increase, Bound::Exactly, 5.0)]);
    assert_eq!(rows("力争引进5亿元以上项目3个"), [row("5亿元以上项目", Change::Level, Bound::Exactly, 3.0)]);
    assert_eq!(rows("纳税超千万元的企业达到8家"), [row("纳税超千万元的企业", Change::Level, Bound::Exactly, 8.0)]);
}

#[test]
fn examples_and_owners_are_not_what_is_counted() {
    for sentence in
        ["整治东桥、西桥等8个旧村", "对8个旧村进行整治", "市8个旧村整治", "省属8个旧村整治", "向大家承诺的8个旧村整治"]
    {
        let target = one(sentence);
        assert_eq!(target.indicator, "", "{sentence}");
        assert!(target.object.starts_with("旧村"), "{sentence}: {}", target.object);
    }
    // What happens to a thing is no thing, so that the thing before is counted.
    assert_eq!(one("公厕8座全部建成").indicator, "公厕");
}

#[test]
fn a_verb_inside_and_what_is_compared_with_are_no_part_of_a_name() {
    let target = one("利用旧仓库建成书屋9间");
    assert_eq!((target.action.as_str(), target.indicator.as_str()), ("建成", "书屋"));
    assert_eq!(one("茶叶产量比2020年多收增长9%").indicator, "茶叶产量");
    assert_eq!(one("新增规模以上茶厂9家").indicator, "规模以上茶厂");
    assert_eq!(one("改造面积9亩").indicator, "改造面积");
    assert_eq!(one("演出90场次以上").bound, Bound::AtLeast);
    assert_eq!(one("治理9个小流域").object, "小流域");
}

#[test]
fn an_object_goes_on_to_its_noun_and_stops_before_the_next() {
    assert_eq!(one("培训80名懂技术、会经营的果农").object, "懂技术、会经营的果农");
    let found = extract("办好12项民生工程和群众选出的10件实事", plan(None));
    assert_eq!(found.iter().map(|t| t.object.as_str()).collect::<Vec<_>>(), ["民生工程", "实事"]);
    assert_eq!(one("建设2座220千伏变电站").object, "220千伏变电站");
}

#[test]
fn an_amount_without_words_is_of_what_was_measured_before() {
    let found = extract("新建公厕3座、改造5座", plan(None));
    let names: Vec<(&str, &str)> = found.iter().map(|t| (t.action.as_str(), t.indicator.as_str())).collect();
    assert_eq!(names, [("新建", "公厕"), ("改造", "公厕")]);
}

#[test]
fn a_mean_and_a_period_are_told_from_a_year() {
    let time = |sentence: &str| {
        let target = one(sentence);
        (target.year, target.horizon)
    };
    assert_eq!(time("茶叶产量增长7%"), (Some(2025), Horizon::Year));
    assert_eq!(time("茶叶产量年均增长7%"), (Some(2025), Horizon::Period));
    assert_eq!(time("用煤量累计下降7%"), (Some(2025), Horizon::Period));
    assert_eq!(time("全年用煤量累计下降7%"), (Some(2025), Horizon::Year));
    assert_eq!(extract("用煤量累计下降7%", When::review(Some(2025)))[0].horizon, Horizon::Year);
    assert_eq!(time("本年度，用煤量累计下降7%"), (Some(2025), Horizon::Year));
    assert_eq!(time("用煤量比2020年下降7%"), (Some(2025), Horizon::Period));
    assert_eq!(time("用煤量比2026年下降7%"), (Some(2025), Horizon::Year));
    assert_eq!(time("用煤量在2020年基础上削减7%"), (Some(2025), Horizon::Period));
    assert_eq!(time("用煤量较2024年下降7%"), (Some(2025), Horizon::Year));
    assert_eq!(time("今后五年，茶叶产量增长7%"), (Some(2029), Horizon::Period));
    assert_eq!(time("落实《茶业规划（2018—2035年）》，种茶300亩"), (Some(2025), Horizon::Year));
    assert_eq!(time("“十五五”末，茶园达到300亩"), (Some(2030), Horizon::Year));
    assert_eq!(time("到 2028 年，茶园达到 300 亩"), (Some(2028), Horizon::Year));
}

#[test]
fn names_that_have_met_their_amounts_meet_no_others() {
    let rows = |sentence: &str| -> Vec<(String, f64)> {
        extract(sentence, plan(None)).into_iter().map(|target| (target.indicator, target.value)).collect()
    };
    let named = |rows: [(&str, f64); 4]| rows.map(|(name, value)| (name.to_owned(), value));
    let found = rows("梨产量、桃产量分别增长3%、5%、茶产量、菜产量分别增长6%、7%");
    assert_eq!(found, named([("梨产量", 3.0), ("桃产量", 5.0), ("茶产量", 6.0), ("菜产量", 7.0)]));
    let found = rows("梨产量、桃产量均增长3%、茶产量、菜产量均增长6%");
    assert_eq!(found, named([("梨产量", 3.0), ("桃产量", 3.0), ("茶产量", 6.0), ("菜产量", 6.0)]));
}

#[test]
fn rows_grow_with_the_sentence_and_not_with_its_square() {
    for piece in ["书屋茶、各5个、", "1元以上茶", "由3元提", "园(3个", "一季度增长5%", "书屋茶、分别增长5%、"]
    {
        let found = extract(&piece.repeat(500), plan(None));
        assert!(found.len() <= 1000, "{piece}: {} rows", found.len());
    }
}

#[test]
fn people_may_be_counted_without_a_unit() {
    assert_eq!(one("总人口突破30万大关").value, 300_000.0);
    assert_eq!(extract("常住人口突破30万和茶叶产值突破5亿元", plan(None))[0].indicator, "常住人口");
}

#[test]
fn a_quarter_that_is_over_is_no_plan_unless_it_is_aimed_at() {
    assert!(extract("受灾情影响，我省一季度茶叶产量下降3%", plan(Some(2025))).is_empty());
    assert_eq!(one("确保上半年茶叶产量增长3%").value, 3.0);
    assert_eq!(extract("我省一季度茶叶产量下降3%", When::review(Some(2025))).len(), 1);
}

#[test]
fn round_words_count_nobody() {
    assert!(extract("守住千家万户的平安", plan(None)).is_empty());
    for sentence in
        ["落实“六个百分之百”", "落实“六个100%”", "落实“八抓20条”", "用好“四两拨千斤”的办法", "够用3个月", "够用3个小时"]
    {
        assert!(extract(sentence, plan(None)).is_empty(), "{sentence}");
    }
    let found = extract("新开工百亿项目3个", plan(None));
    assert_eq!(found.iter().map(|t| (t.indicator.as_str(), t.value)).collect::<Vec<_>>(), [("百亿项目", 3.0)]);
}
