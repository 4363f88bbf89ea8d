//! The growth chart draws the year's own rates, medians of groups, and speaks of plans or of results by part.

use serde_json::Value;

use crate::work::{PLAN, Work};

/// A plan with aims for its year and for five years; the rate of the year is `rate`.
fn plan(place: &str, rate: &str) -> String {
    let plan = PLAN.replace("桃花镇", place);
    let (title, rest) = plan.split_once('\n').expect("a title stands in the first line");
    format!(
        "{title}\n今后五年的主要预期目标是：地区生产总值年均增长9%。\n今年的主要预期目标是：地区生产总值增长{rate}。\n{rest}"
    )
}

/// Two plans, the chart of a run over them with these arguments, as it is kept beside the picture.
fn chart(arguments: &[&str]) -> (Work, Value) {
    let table = "file,place,year,class\n桃花镇.txt,桃花镇,2024,甲\n石桥镇.txt,石桥镇,2024,甲\n";
    let work = Work::new()
        .with("in/桃花镇.txt", plan("桃花镇", "6%左右"))
        .with("in/石桥镇.txt", plan("石桥镇", "7%以上"))
        .with("table.csv", table);
    let ended = work.run(&[&["-q", "run", "in", "--documents", "table.csv", "--format", "csv"], arguments].concat());
    assert_eq!(ended.code, 0, "{}", ended.said);
    let bytes = std::fs::read(work.path("out/charts/growth.json")).expect("the chart is there");
    (work, serde_json::from_slice(&bytes).expect("it is JSON"))
}

/// The texts beside the bars of 地区生产总值.
fn texts(chart: &Value) -> Vec<String> {
    let panels = chart["zh"]["panels"].as_array().expect("panels");
    let panel = panels.iter().find(|panel| panel["label"]["text"] == "地区生产总值").expect("its panel");
    let rates = panel["rates"].as_array().expect("rates");
    rates.iter().filter_map(|rate| rate["text"].as_str()).map(str::to_owned).collect()
}

#[test]
fn the_mean_of_five_years_is_no_rate_of_the_year() {
    let (work, chart) = chart(&[]);
    let mut texts = texts(&chart);
    texts.sort();
    assert_eq!(texts, ["≥7%", "约6%"]);
    let rows = work.table("out", "targets");
    let periods: Vec<_> = rows.iter().filter(|row| row["horizon"] == "period").collect();
    assert_eq!(periods.len(), 2, "{periods:?}");
    assert!(periods.iter().all(|row| row["value"].starts_with('9') && row["target_year"] == "2028"));
}

#[test]
fn a_group_shows_the_median_of_its_documents() {
    let (_, chart) = chart(&["--by", "class"]);
    // Between 6 and 7.
    assert_eq!(texts(&chart), ["6.5% (n = 2)"]);
    assert!(chart["zh"]["reading"].as_str().expect("a text").contains("中位数"));
    assert_eq!(chart["zh"]["caption"]["n"], 2);
}
