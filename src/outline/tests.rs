//! Tests of the outline on texts written for them.

use proptest::prelude::*;

use super::*;

/// The sentences of `text`, as text.
fn cut(text: &str) -> Vec<&str> {
    outline(text).sentences.iter().map(|sentence| sentence.span.of(text)).collect()
}

/// The marker of the first sentence, as style, number and text.
fn first_marker(text: &str) -> Option<(MarkerStyle, u32, &str)> {
    let outline = outline(text);
    outline.sentences[0].marker.as_ref().map(|marker| (marker.style, marker.number, marker.span.of(text)))
}

/// The heading path of the sentence that contains `needle`, joined with `>`.
fn path(text: &str, needle: &str) -> String {
    let outline = outline(text);
    let found = outline.sentences.iter().find(|s| s.span.of(text).contains(needle)).expect("the needle is in the text");
    let heads: Vec<&str> = found.path.iter().map(|&at| outline.sentences[at as usize].span.of(text)).collect();
    heads.join(">")
}

/// The part of the sentence that contains `needle`.
fn part_of(text: &str, needle: &str) -> Part {
    let outline = outline(text);
    outline.sentences.iter().find(|s| s.span.of(text).contains(needle)).expect("the needle is in the text").part
}

#[test]
fn stops_keep_their_closing_marks_and_commas_cut_nothing() {
    assert_eq!(cut("说：“好。”再，来,一次；完；"), ["说：“好。”", "再，来,一次；", "完；"]);
    assert_eq!(cut("好！！？）下"), ["好！！？）", "下"]);
}

#[test]
fn a_stop_at_the_very_front_belongs_to_what_follows() {
    assert_eq!(cut("。修路。"), ["。修路。"]);
    assert_eq!(cut("。。修路"), ["。。", "修路"]);
}

#[test]
fn blanks_and_tags_at_the_edges_are_left_out() {
    assert_eq!(cut("\u{3000}<p class=\"x\">修路。 </p>\r\n\u{1f}<br>&nbsp;\n 种树 &nbsp;<b></b>"), ["修路。", "种树"]);
    assert_eq!(cut("a <b"), ["a <b"]);
    assert_eq!(cut("<<<a>"), Vec::<&str>::new());
}

#[test]
fn every_style_of_marker_is_read_in_both_widths() {
    use MarkerStyle::*;
    for (text, wanted) in [
        ("第一章 总则", (Chapter, 1, "第一章")),
        ("第二部分 任务", (Chapter, 2, "第二部分")),
        ("十二、产业", (HanComma, 12, "十二、")),
        ("**二、产业**", (HanComma, 2, "二、")),
        ("（三）农业", (HanBracket, 3, "（三）")),
        ("(一)、农业", (HanBracket, 1, "(一)、")),
        ("2、 目标", (Digit, 2, "2、")),
        ("１．目标", (Digit, 1, "１．")),
        ("（1） 目标", (DigitBracket, 1, "（1）")),
        ("3）目标", (DigitBracket, 3, "3）")),
        ("②目标", (DigitBracket, 2, "②")),
        ("一是修路", (Ordinal, 1, "一是")),
        ("第三，修路", (Ordinal, 3, "第三，")),
        ("——修路", (Bullet, 0, "——")),
        ("\u{200b}● 修路", (Bullet, 0, "●")),
    ] {
        assert_eq!(first_marker(text), Some(wanted), "{text}");
    }
}

#[test]
fn numbers_that_are_amounts_are_no_markers() {
    for text in ["1.5亿元", "2023.1", "十五五规划", "第一产业", "三农工作", "［1］注", "12", "一、二、三产业协调"]
    {
        assert_eq!(first_marker(text), None, "{text}");
    }
}

#[test]
fn a_path_follows_numbers_and_run_in_heads() {
    let text = "清溪镇工作计划\n一、产业\n（一）工业\n一是抓招商。引进三个项目。二是抓服务。办好窗口。\n（二）农业\n种桃。\n二、民生\n建校。";
    assert_eq!(path(text, "引进"), "一、产业>（一）工业>一是抓招商。");
    assert_eq!(path(text, "窗口"), "一、产业>（一）工业>二是抓服务。");
    assert_eq!(path(text, "种桃"), "一、产业>（二）农业");
    assert_eq!(path(text, "建校"), "二、民生");
}

#[test]
fn a_number_that_goes_on_in_another_style_is_a_sibling() {
    let text = "一、总体思路\n坚持稳中求进，抓好各项工作落实到位。\n2、 推进措施\n修路。";
    assert_eq!(path(text, "修路"), "2、 推进措施");
}

#[test]
fn bold_and_bare_lines_are_heads() {
    let text = "工作报告\n各位代表：\n现在，我代表镇人民政府向大会报告过去一年的工作，请各位代表审议并提出意见。\n**做强工业**\n建一个园区，引进五家企业，办好一批实事。\n农业发展\n种桃。";
    assert_eq!(path(text, "园区"), "**做强工业**");
    assert_eq!(path(text, "种桃"), "农业发展");
}

#[test]
fn the_rest_of_a_wrapped_line_is_no_head() {
    let text =
        "一、交通\n今年要把通往各个村庄的道路全部修好，把所有的桥梁加固，把所有的路灯装好，并且\n安排好养护\n队伍。";
    assert_eq!(path(text, "队伍"), "一、交通");
}

#[test]
fn parts_follow_the_heads_that_name_them() {
    let text = "某镇2022年工作总结和2023年工作计划\n一、2022年工作完成情况\n（一）产业\n建成厂房。\n二、存在问题\n缺钱。\n三、2023年工作打算\n（一）去年未完的路\n修路。";
    assert_eq!(part_of(text, "厂房"), Part::Review);
    assert_eq!(part_of(text, "缺钱"), Part::Problems);
    assert_eq!(part_of(text, "修路"), Part::Plan);
}

#[test]
fn a_head_over_work_to_be_done_well_opens_the_plan() {
    let text = "一、2021年工作回顾\n建成厂房。\n二、埋头苦干、勇毅前行，奋力做好2022年工作\n修路。";
    assert_eq!((part_of(text, "厂房"), part_of(text, "修路")), (Part::Review, Part::Plan));
}

#[test]
fn a_document_without_parts_is_one_plan() {
    let outline = outline("一、产业\n修路。\n二、民生\n建校。");
    assert!(outline.sentences.iter().all(|sentence| sentence.part == Part::Plan));
}

proptest! {
    #[test]
    fn any_text_has_an_outline_that_holds_together(text in "([一二三1（）()。；;、.，\n <>/p&nbsp*—#a镇工作回顾问题计划是了\u{3000}\u{200b}１]{0,120})|(.{0,60})") {
        let outline = outline(&text);
        let mut end = 0;
        for (index, sentence) in outline.sentences.iter().enumerate() {
            let Span { start, end: stop } = sentence.span;
            prop_assert!(end <= start && start < stop && stop <= text.len());
            prop_assert!(!text[start..stop].contains('\n'));
            prop_assert_eq!(text[..start].matches('\n').count(), sentence.line as usize);
            prop_assert!(sentence.path.iter().all(|&at| (at as usize) < index));
            prop_assert!(sentence.path.windows(2).all(|pair| pair[0] < pair[1]));
            if let Some(marker) = &sentence.marker {
                prop_assert!(start <= marker.span.start && marker.span.start < marker.span.end && marker.span.end <= stop);
            }
            end = stop;
        }
    }
}

#[test]
fn question_marks_of_lost_characters_hide_no_marker() {
    assert_eq!(first_marker("??（一）抓好项目"), Some((MarkerStyle::HanBracket, 1, "（一）")));
    assert_eq!(first_marker("?? 2.修路"), Some((MarkerStyle::Digit, 2, "2.")));
    assert_eq!(first_marker("修路??（一）"), None);
}

#[test]
fn heads_with_slogans_of_one_length_are_of_one_rank() {
    let text = "政府工作报告\n各位代表，现在向大会报告工作，请予审议，并请各位委员和列席人员提出意见和建议。\n\
                站在新起点：2012年工作回顾\n全县经济稳步增长，建成厂房三座，新修道路二十公里，财政收入再上台阶。\n\
                迈向新征程：全力以赴加快发展\n一、抓好项目\n引进项目三个，开工建设二期工程，投产见效。\n\
                工业：提质增效\n新建厂房五座，扩建园区道路，引进龙头企业两家。\n";
    assert_eq!(path(text, "引进项目"), "迈向新征程：全力以赴加快发展>一、抓好项目");
    assert_eq!(path(text, "建成厂房"), "站在新起点：2012年工作回顾");
    // a shorter slogan is a head below
    assert!(path(text, "新建厂房").starts_with("迈向新征程"), "{}", path(text, "新建厂房"));
}
