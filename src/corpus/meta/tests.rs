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
