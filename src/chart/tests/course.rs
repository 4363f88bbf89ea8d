//! Charts that go through the years: trends, slopes, planned growth.

use super::checked::show;
use super::made_up::{caption, noise, places, themes};
use crate::chart::{
    Band, Growth, GrowthPanel, Keys, Label, Lang, Rate, Slope, SlopeLine, SlopePanel, Style, TrendLine, TrendPanel,
    Trends,
};

#[test]
fn trends_break_where_a_year_is_missing() {
    let chart = |lang: Lang| {
        let mut seed = 21;
        let mut line = |name: &str, gap: bool| TrendLine {
            colour: 0,
            label: Label::new(name, "place", name),
            values: (0..10)
                .map(|year| {
                    let value = 0.06 + 0.1 * noise(&mut seed) + 0.005 * f64::from(year);
                    (!gap || year != 4).then_some(Band { value, low: value * 0.7, high: value * 1.25, count: 9 })
                })
                .collect(),
        };
        Trends {
            title: lang.pick("各主题占比的变化", "Shares of themes over time").into(),
            value_name: lang.pick("纵轴：占比（%）", "y: share (%)").into(),
            factor: 100.0,
            years: (2016..2026).collect(),
            panels: themes(lang)
                .into_iter()
                .map(|label| TrendPanel { label, lines: vec![line("青禾镇", false), line("石桥镇", true)] })
                .collect(),
            caption: caption(lang),
        }
    };
    let pages = show("trends", |lang, style| chart(lang).draw(style));
    // Eleven panels, one whole line and one in two pieces each.
    assert_eq!(pages[0].svg.matches("<polyline").count(), 33);
}

#[test]
fn slopes_of_review_and_plan() {
    let chart = |n: usize, lang: Lang| {
        let mut seed = 33;
        let mut line = |label: Label| {
            let (from, to) = (noise(&mut seed) * 0.2, noise(&mut seed) * 0.2);
            SlopeLine { label, from, to, sure: (from - to).abs() > 0.06, counts: [3, 4] }
        };
        Slope {
            title: lang.pick("回顾与计划", "Review and plan").into(),
            panels: places(n)
                .into_iter()
                .map(|label| SlopePanel {
                    label,
                    left: Label::new(lang.pick("回顾 2024", "review 2024"), "part", "review"),
                    right: Label::new(lang.pick("计划 2025", "plan 2025"), "part", "plan"),
                    lines: themes(lang).into_iter().map(&mut line).collect(),
                })
                .collect(),
            caption: caption(lang),
        }
    };
    show("slope", |lang, style| chart(5, lang).draw(style));
    show("slope_one", |lang, style| chart(1, lang).draw(style));
}

#[test]
fn growth_leaves_places_without_a_target_blank() {
    let chart = |lang: Lang| {
        let mut seed = 51;
        let mut rate = |row: usize| {
            let value = libm::round(noise(&mut seed) * 24.0 - 2.0);
            (row % 4 != 3).then(|| Rate {
                value,
                text: format!("{}{value}%", if row.is_multiple_of(2) { "≥" } else { "力争" }),
                keys: Keys::new(),
            })
        };
        let names =
            ["一般公共预算收入", "规模以上工业增加值", "固定资产投资", "农村居民人均可支配收入", "社会消费品零售总额"];
        Growth {
            title: lang.pick("各地的目标增速", "Planned growth").into(),
            reading: lang.pick("空白：未读到。", "Blank: none was read.").into(),
            rows: places(14),
            panels: names
                .map(|name| GrowthPanel { label: name.into(), rates: (0..14).map(&mut rate).collect() })
                .to_vec(),
            caption: caption(lang),
        }
    };
    show("growth", |lang, style| chart(lang).draw(style));
}

#[test]
fn a_rate_beyond_the_axis_is_an_arrow_at_its_edge_and_says_so() {
    let rate = |value: f64| Some(Rate { value, text: format!("{value}%"), keys: Keys::new() });
    let chart = |rates: &[f64]| Growth {
        rows: places(rates.len()),
        panels: vec![GrowthPanel { label: "果园面积".into(), rates: rates.iter().copied().map(rate).collect() }],
        ..Growth::default()
    };
    let drawn = |rates: &[f64]| chart(rates).draw(&Style::default()).unwrap().remove(0).svg;
    let far = drawn(&[5.0, 6.0, 7.0, 8.0, 128.0]);
    assert_eq!(far.matches("<polygon").count(), 1);
    assert!(far.contains("1 个增速超出坐标轴") && far.contains("128%"));
    let near = drawn(&[5.0, 6.0, 7.0, 8.0, 12.0]);
    assert!(!near.contains("<polygon") && !near.contains("超出坐标轴"));
}
