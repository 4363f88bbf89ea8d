//! Documents of towns that do not exist, and the five seeds where they are at hand.

use std::path::Path;

use super::{describe, part_namesakes};
use crate::corpus::document::{Genre, Level, Meta, Source};
use crate::corpus::hints::{Hints, UserFields};

fn told(text: &str) -> Meta {
    describe(text, "plans/t1.txt", &Hints::default()).0
}

fn place_and_year(text: &str) -> (String, Option<i32>) {
    let meta = told(text);
    (meta.place.name, meta.year.map(|(year, _)| year))
}

#[test]
fn a_title_names_town_county_and_both_years() {
    let meta =
        told("临溪县青石坳镇2022年工作总结和2023年工作计划\n2022年，全镇上下克难奋进。\n一、2022年工作完成情况\n");
    assert_eq!((meta.place.name.as_str(), meta.place.path.as_deref()), ("青石坳镇", Some("临溪县青石坳镇")));
    assert_eq!((meta.place.source, meta.level), (Some(Source::Title), Some(Level::Township)));
    assert_eq!((meta.year, meta.review_year), (Some((2023, Source::Title)), Some(2022)));
    assert_eq!(meta.genre, Some(Genre::WorkReport));
}

#[test]
fn rows_beat_the_title_and_the_title_narrows_them() {
    let rows =
        "发布机构: | 临溪县人民政府办公室 | 发文日期: | 2023-02-01 |\n标 题: | 青石坳镇2023年工作思路 | 文 号: |\n";
    let meta = told(&format!("{rows}青石坳镇2023年工作思路\n坚持稳中求进。\n"));
    assert_eq!(meta.place.path.as_deref(), Some("临溪县青石坳镇"));
    assert_eq!((meta.place.source, meta.published.as_deref()), (Some(Source::Rows), Some("2023-02-01")));
    assert_eq!(meta.issuer.as_deref(), Some("临溪县人民政府办公室"));
}

#[test]
fn a_town_beside_its_county_is_one_town() {
    let meta = told("官庄镇人民政府2023年工作思路\n坚决执行中央、省委、潍坊和安丘市委的决策部署。\n");
    assert_eq!(meta.place.path.as_deref(), Some("山东省潍坊市安丘市官庄镇"));
    assert_eq!(meta.place.code.as_deref(), Some("370784104"));
}

#[test]
fn a_street_office_is_called_by_its_whole_name() {
    let text = "望溪街道2023年工作计划\n作者：街道综合办\n望溪街道是临溪县城所在地。街道工作的总目标是把街道办好。\n";
    assert_eq!(place_and_year(text), ("望溪街道".to_owned(), Some(2023)));
}

#[test]
fn a_name_of_many_towns_stays_open_and_is_warned_about() {
    let (meta, warnings) = describe("城关镇2023年工作计划\n抓项目、促发展。\n", "a.txt", &Hints::default());
    assert_eq!((meta.place.name.as_str(), meta.place.path), ("城关镇", None));
    assert_eq!(meta.place.candidates.len(), 88);
    assert!(warnings[0].en.starts_with("“城关镇” could be 88 places ("), "{warnings:?}");
}

#[test]
fn a_masked_name_is_no_name() {
    let text = "镇2023年工作思路\n2023年，**镇将贯彻落实县委决策部署。做强**农业园。\n";
    let (meta, warnings) = describe(text, "plans/doc7.txt", &Hints::default());
    assert_eq!((meta.place.name.as_str(), meta.place.source), ("doc7", None));
    assert_eq!(meta.year, Some((2023, Source::Title)));
    assert!(warnings[0].en.contains("masked") && warnings[0].en.contains("“doc7”"), "{warnings:?}");
}

#[test]
fn the_users_fields_win_and_the_name_is_kept_as_it_is() {
    let user = UserFields { place: Some("安丘市官庄镇".into()), year: Some(2021), ..UserFields::default() };
    let (meta, _) = describe("某某镇2023年工作要点\n", "a.txt", &Hints { user, ..Hints::default() });
    assert_eq!((meta.place.name.as_str(), meta.place.source), ("安丘市官庄镇", Some(Source::User)));
    assert_eq!(meta.place.code.as_deref(), Some("370784104"));
    assert_eq!(meta.year, Some((2021, Source::User)));
}

/// The English of what is noticed about a text that the user says is of this place.
fn noticed(place: &str, text: &str) -> Vec<String> {
    let user = UserFields { place: Some(place.into()), year: Some(2022), ..UserFields::default() };
    let (meta, warnings) = describe(text, "a.txt", &Hints { user, ..Hints::default() });
    assert_eq!((meta.place.name.as_str(), meta.place.source), (place, Some(Source::User)), "the user's place is kept");
    warnings.into_iter().map(|warning| warning.en).collect()
}

#[test]
fn a_text_that_speaks_for_another_place_than_the_user_says_is_warned_about() {
    let wrong = |own: &str, given: &str| {
        format!(
            "The text speaks for {own}, but you say “{given}”, which is kept; correct it in documents.csv if the text is right"
        )
    };
    // named in the title: 唐县 stands in 高唐县, not by itself
    let title = "高唐县2022年政府工作报告\n各位代表：\n一年来，高唐工业稳步增长。\n";
    assert_eq!(noticed("保定市唐县", title), [wrong("高唐县", "保定市唐县")]);
    // named by the session alone
    let session = "政府工作报告\n——2022年1月8日在米易县第十九届人民代表大会第三次会议上\n米易的发展不平凡。\n";
    assert_eq!(noticed("易县", session), [wrong("米易县", "易县")]);
    // never named as its own, but mentioned most
    let mentioned = "各位代表：\n全县经济向好，新安工业增长。我县实施项目。新安经开区扩容。新安跻身百强。\n";
    assert_eq!(noticed("安新", mentioned), [wrong("新安县", "安新")]);
}

#[test]
fn a_text_of_the_users_place_is_not_warned_about() {
    // its county, its city, its old name, a neighbour that is told about, a label that is no place
    let town = "发布机构: | 安丘市人民政府 |\n官庄镇2022年工作计划\n全镇抓好苹果种植。\n";
    assert_eq!(noticed("安丘市官庄镇", town), [""; 0]);
    assert_eq!(noticed("安丘市", town), [""; 0]);
    assert_eq!(noticed("东部组", town), [""; 0]);
    let old = "徐水县2022年政府工作报告\n徐水的发展不平凡。\n";
    assert_eq!(noticed("保定市徐水", old), [""; 0]);
    let neighbour = "政府工作报告\n唐县的发展不平凡。全县学习高唐县经验。高唐、高唐、高唐。全县努力，我县奋进。\n";
    assert_eq!(noticed("唐县", neighbour), [""; 0]);
    assert_eq!(noticed("国务院", "政府工作报告\n国务院总理某某\n我国经济稳中向好。\n"), [""; 0]);
}

#[test]
fn titles_that_a_page_lists_behind_its_article_have_no_vote() {
    let lines = "工作报告\n2021年青石县政府工作报告\n评论：\n2021年2月5日在青石县第十届人民代表大会第五次会议上\n各位代表：\n\
                 一、接续奋斗，全县经济稳中向好\n二、明确方向\n三、加强建设\n四、改善民生\n五、加强治理\n\
                \u{3000}\u{3000}各位代表，让我们紧密团结起来，锐意进取、扎实工作，为全面完成今年的各项目标任务，为建设富裕、美丽、文明的新青石而\
                努力奋斗，以优异的成绩回报全县人民！\n";
    let listed = "分享到：\n相关文章\n六盘水市水城区2024年政府工作报告\n二、2024年工作计划\n2024年政府工作报告\n";
    assert_eq!(told(&format!("{lines}{listed}")).year, Some((2021, Source::Title)));
    // without the title's line the session decides, not the list
    let untitled = lines.replacen("2021年青石县政府工作报告\n", "", 1);
    assert_eq!(told(&format!("分享到：\n{untitled}{listed}")).year, Some((2021, Source::Body)));
}

#[test]
fn a_text_that_only_tells_of_the_year_that_is_over_plans_the_next() {
    let text = "青石县人民政府县长王某\n各位代表：\n一、过去五年工作回顾\n2016年，全县财政收入增长。\n\
                刚刚过去的2016年，是青石发展史上不平凡的一年。\n";
    let meta = told(text);
    assert_eq!((meta.title, meta.year), (None, Some((2017, Source::Body))));
}

#[test]
fn a_city_without_counties_is_a_city() {
    let meta = told("东莞市2022年政府工作报告\n东莞的发展不平凡。东莞、广东。\n");
    assert_eq!((meta.place.path.as_deref(), meta.level), (Some("广东省东莞市"), Some(Level::City)));
    assert_eq!(meta.place.code.as_deref(), Some("4419"));
}

#[test]
fn a_speech_of_december_plans_the_next_year() {
    let text = "政府工作报告\n——2006年12月28日在临溪市第十四届人民代表大会第一次会议上\n临溪市人民政府市长 王某\n各位代表：\n\
                一、2006年工作回顾\n一年来成绩显著。\n二、2007年主要任务\n加快发展。\n";
    assert_eq!(place_and_year(text), ("临溪市".into(), Some(2007)));
    assert_eq!(told(text).review_year, Some(2006));
}

#[test]
fn five_years_begin_with_their_first() {
    let meta = told("临溪县国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要\n第一章 总则\n");
    assert_eq!((meta.year, meta.genre), (Some((2021, Source::Title)), Some(Genre::PlanOutline)));
    assert_eq!(told("临溪县乡村建设三年行动方案（2023—2025年）\n").year, Some((2023, Source::Title)));
}

#[test]
fn a_news_page_is_told_by_its_byline_and_names_the_town_in_its_body() {
    let text = "---\ntitle: \"建设开新局\"\ndate: 2022-01-21 09:38:35\n---\n<p>□ 本报通讯员 某甲</p>\n\
                <p>新年伊始，临溪县青石坳镇，以新姿态开新局，部署2022年工作。全镇聚力产业，全镇干劲十足。</p>\n";
    let meta = told(text);
    assert_eq!((meta.place.name.as_str(), meta.place.source), ("青石坳镇", Some(Source::Body)));
    assert_eq!((meta.year.map(|(year, _)| year), meta.genre), (Some(2022), Some(Genre::News)));
    assert_eq!(meta.published.as_deref(), Some("2022-01-21"));
}

#[test]
fn a_notice_on_two_lines_is_one_title() {
    let meta = told(
        "青石坳镇人民政府\n关于印发2023年民生工作计划的通知\n各村：\n现将《青石坳镇2023年工作计划》印发给你们。\n",
    );
    assert_eq!(meta.title.as_deref(), Some("青石坳镇人民政府关于印发2023年民生工作计划的通知"));
    assert_eq!((meta.place.name.as_str(), meta.year.map(|(year, _)| year)), ("青石坳镇", Some(2023)));
}

#[test]
fn folders_and_file_names_speak_last() {
    let (meta, _) = describe("坚持稳中求进。\n抓好落实。\n", "临溪县/青石坳镇_2022.txt", &Hints::default());
    assert_eq!((meta.place.path.as_deref(), meta.place.source), (Some("临溪县青石坳镇"), Some(Source::FileName)));
    assert_eq!(meta.year, Some((2022, Source::FileName)));
}

#[test]
fn namesakes_of_a_corpus_get_their_county_in_front() {
    let mut one = told("安丘市官庄镇2023年工作要点\n");
    let mut other = told("章丘区官庄街道2023年工作要点\n");
    let mut third = told("醴陵市官庄镇2023年工作要点\n");
    part_namesakes(&mut [&mut third, &mut one, &mut other]);
    assert_eq!((one.place.name.as_str(), third.place.name.as_str()), ("安丘市官庄镇", "醴陵市官庄镇"));
    assert_eq!(other.place.name, "官庄街道");
}

#[test]
fn the_seeds_are_described_rightly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: the shared seeds are not here");
        return;
    };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut found = Vec::new();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let (meta, _) = describe(&std::fs::read_to_string(file).unwrap(), &name, &Hints::default());
        let year = meta.year.map_or(0, |(year, _)| year);
        found.push((name[..3].to_string(), meta.place.path.unwrap_or(meta.place.name), year, meta.review_year));
    }
    let row = |id: &str, place: &str, year, review| (id.to_string(), place.to_string(), year, review);
    assert_eq!(
        found,
        [
            row("000", "山东省淄博市博山区池上镇", 2023, None),
            row("001", "001_ea83380d441336b8", 2023, None),
            row("002", "山东省枣庄市峄城区阴平镇", 2022, None),
            row("003", "山东省潍坊市安丘市官庄镇", 2023, None),
            row("004", "山东省济南市商河县张坊镇", 2023, Some(2022)),
        ]
    );
}
