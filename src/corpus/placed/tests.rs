//! Pages made here of runs, by hand-known text.

use super::*;

/// A run of full-width characters of size 10 at `left`, `y`.
fn run(left: f64, y: f64, text: &str) -> Placed {
    Placed { left, right: left + 10.0 * text.chars().count() as f64, y, size: 10.0, text: text.into() }
}

fn page(runs: &[Placed]) -> Page {
    Page::new(600.0, Some((0.0, 320.0)), runs.to_vec())
}

#[test]
fn full_lines_are_joined_and_heads_stand_alone() {
    let runs = [
        run(150.0, 20.0, "工作计划"),
        run(120.0, 40.0, "大力发展现代农业，新"),
        run(100.0, 60.0, "建果园二百亩，推进水库除"),
        run(100.0, 80.0, "险加固。"),
        run(120.0, 100.0, "一、抓好项目建设工作"),
        run(100.0, 120.0, "（二）改善人居环境建设年"),
        run(100.0, 140.0, "建设管网。"),
    ];
    assert_eq!(
        text(vec![page(&runs)]),
        "工作计划\n大力发展现代农业，新建果园二百亩，推进水库除险加固。\n一、抓好项目建设工作\n（二）改善人居环境建设年建设管网。\n"
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut runs = vec![run(150.0, 10.0, "青石镇工作计划")];
    for n in 0..6 {
        let y = 30.0 + 20.0 * f64::from(n);
        runs.push(run(100.0, y, "左栏左栏左栏左栏左栏"));
        runs.push(run(220.0, y, "右栏右栏右栏右栏右栏"));
    }
    let expected = format!("青石镇工作计划\n{}{}\n", "左栏".repeat(30), "右栏".repeat(30));
    assert_eq!(text(vec![page(&runs)]), expected);
}

#[test]
fn a_table_is_no_page_of_columns() {
    let rows = [
        ("水库除险加固工程建设", "三千万元"),
        ("污水管网", "八百"),
        ("果园", "一千二百万元"),
        ("道路", "六百万元"),
        ("学校", "九十"),
    ];
    let mut runs = Vec::new();
    for (n, (name, value)) in rows.iter().enumerate() {
        let y = 20.0 * n as f64;
        runs.extend([run(100.0, y, name), run(240.0, y, value), run(320.0, y, "水务局")]);
    }
    let expected: String = rows.iter().map(|(name, value)| format!("{name} {value} 水务局\n")).collect();
    assert_eq!(text(vec![page(&runs)]), expected);
}

#[test]
fn running_heads_and_page_numbers_go_and_paragraphs_cross_pages() {
    let pages: Vec<Page> = (0..3)
        .map(|n| {
            page(&[
                run(100.0, 10.0, "青石县文件"),
                run(120.0, 40.0, &format!("第{}段话从这里写起", ["一", "二", "三"][n])),
                run(100.0, 60.0, "写满这一行以后翻到下"),
                run(100.0, 80.0, if n < 2 { "一页接着写满一行的字" } else { "完。" }),
                run(150.0, 300.0, &format!("— {} —", n + 1)),
            ])
        })
        .collect();
    let full = "写满这一行以后翻到下";
    let expected = format!(
        "第一段话从这里写起{full}一页接着写满一行的字\n第二段话从这里写起{full}一页接着写满一行的字\n第三段话从这里写起{full}完。\n"
    );
    assert_eq!(text(pages), expected);
}

#[test]
fn a_year_alone_on_a_cover_is_no_page_number() {
    let cover = page(&[run(100.0, 40.0, "工作计划"), run(100.0, 300.0, "2024")]);
    assert_eq!(
        text(vec![cover, page(&[run(100.0, 40.0, "推进水库除险加固。"), run(150.0, 300.0, "12")])]),
        "工作计划\n2024\n推进水库除险加固。\n"
    );
}

#[test]
fn bold_by_overprinting_is_read_once() {
    let runs = ["大", "力"].iter().enumerate().flat_map(|(n, c)| {
        let left = 100.0 + 10.0 * n as f64;
        [run(left, 20.0, c), run(left + 0.4, 20.2, c)]
    });
    assert_eq!(text(vec![page(&runs.collect::<Vec<_>>())]), "大力\n");
}

#[test]
fn places_that_are_no_numbers_are_nowhere() {
    let nowhere = Placed { left: f64::NAN, ..run(0.0, 0.0, "无") };
    let huge = Placed { left: f64::MAX, right: f64::MAX, y: f64::MIN, size: f64::MAX, text: "大".into() };
    assert_eq!(text(vec![page(&[nowhere, huge])]), "大\n");
    assert_eq!(text(vec![]), "\n");
}
