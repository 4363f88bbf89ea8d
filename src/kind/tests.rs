//! Tests of the coder as a whole, on texts written for them and with the model that ships.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::codebook::{Kind, Unit};
use crate::outline::outline;

static SHIPPED: LazyLock<KindModel> = LazyLock::new(KindModel::shipped);

const TOWN: &str = "---\ntitle: 清溪镇\n---\n清溪镇2023年工作总结和2024年工作计划\n\
    一、2023年工作完成情况\n（一）产业发展\n\
    一是招商引资取得突破。引进企业5家，完成投资2.3亿元，同比增长12%。建成标准厂房3万平方米，解决了用地难题。\n\
    二、存在的问题\n产业链条较短，带动能力不强。基础设施欠账较多，与群众期盼还有差距。\n\
    三、2024年工作打算\n（一）聚焦产业发展\n\
    一是抓实招商引资。围绕农产品加工开展链式招商，力争引进项目3个。加快推进产业园二期建设，确保年底前投产。\n\
    二是发展特色农业。建设千亩桃园，推广节水灌溉。健全利益联结机制，带动群众增收。\n清溪镇人民政府\n2023年12月20日";

/// Kind and unit of the sentence of [`TOWN`] that contains `needle`.
fn called(needle: &str) -> (Kind, Unit) {
    let outline = outline(TOWN);
    let calls = SHIPPED.judge(TOWN, &outline);
    let at =
        outline.sentences.iter().position(|s| s.span.of(TOWN).contains(needle)).expect("the needle is in the text");
    (calls[at].kind, calls[at].unit)
}

#[test]
fn a_plain_town_plan_is_coded_as_the_codebook_says() {
    assert_eq!(called("title:").0, Kind::Noise);
    assert_eq!(called("清溪镇2023年工作总结"), (Kind::Heading, Unit::O));
    assert_eq!(called("工作完成情况"), (Kind::Heading, Unit::O));
    assert_eq!(called("引进企业5家"), (Kind::Result, Unit::I));
    assert_eq!(called("一是抓实招商引资"), (Kind::Heading, Unit::B));
    assert_eq!(called("力争引进项目"), (Kind::Measure, Unit::I));
    assert_eq!(called("建设千亩桃园"), (Kind::Measure, Unit::I));
}

#[test]
fn a_plan_under_a_head_that_names_no_part_is_no_review() {
    let done = "（一）产业\n引进企业5家，完成投资2.3亿元，同比增长12%。建成标准厂房3万平方米，解决了用地难题。新增合作社12家，带动了300户增收。\n\
        （二）民生\n改造了8条村道，群众出行更加方便。新建幼儿园2所，解决了入园难。发放救助资金120万元，惠及600人。\n";
    let ahead = "（一）聚焦产业\n加快推进产业园二期建设，确保年底前投产。围绕农产品加工开展链式招商，力争引进项目3个。推广节水灌溉，健全利益联结机制。\n\
        （二）聚焦民生\n硬化村道6公里，改善群众出行条件。推进卫生院改扩建，提升诊疗能力。加强困难群众救助，做到应保尽保。\n";
    let text = format!("清溪镇政府工作报告\n一、2023年工作回顾\n{done}二、重整行装再出发\n{ahead}");
    let outline = outline(&text);
    let calls = SHIPPED.judge(&text, &outline);
    let turn = text.find("二、重整").expect("the head is in the text");
    let prose = |kind: Kind, ahead: bool| {
        let all = outline.sentences.iter().zip(&calls);
        all.filter(|(s, call)| call.kind == kind && (s.span.start > turn) == ahead).count()
    };
    assert!(prose(Kind::Measure, true) >= 5, "{calls:?}");
    assert_eq!((prose(Kind::Measure, false), prose(Kind::Result, true)), (0, 0), "{calls:?}");
}

#[test]
fn what_stands_under_the_head_of_a_review_is_done_though_its_words_do_not_say_so() {
    let text = "清溪镇工作汇报\n一、2023年工作完成情况\n（一）环境整治\n\
        实行日巡查、日报告制度，成立巡查队伍每天全镇域巡查。以“田长制”为抓手，狠抓违法占地清理整治，抓好农田保护和利用。\n\
        （二）文化生活\n开展送戏下乡等活动，丰富群众精神文化生活。大力实施文明实践站提升工程，扎实推进移风易俗。\n\
        二、2024年工作打算\n（一）环境整治\n实行日巡查、日报告制度，成立巡查队伍每天全镇域巡查。\n";
    let outline = outline(text);
    let turn = text.find("二、2024").expect("the head is in the text");
    for (sentence, call) in outline.sentences.iter().zip(SHIPPED.judge(text, &outline)) {
        let ahead = sentence.span.start > turn;
        assert!(call.kind != if ahead { Kind::Result } else { Kind::Measure }, "{}", sentence.span.of(text));
    }
}

#[test]
fn explained_terms_are_no_measures_with_and_without_a_heading_over_them() {
    let notes = "1.桃园链长制：指由镇领导牵头推进桃园建设，协调解决问题。\n2.“三网”工程：是指推进水网、路网、电网建设。\n\
        3.暖心食堂：指建设村级食堂，为老人提供午餐。";
    for heading in ["", "\n名词解释"] {
        let text = format!("{TOWN}{heading}\n{notes}");
        let outline = outline(&text);
        let calls = SHIPPED.judge(&text, &outline);
        for (sentence, call) in outline.sentences.iter().zip(&calls).filter(|(s, _)| s.span.of(&text).contains('指')) {
            let said = sentence.span.of(&text);
            let explains = matches!(call.kind, Kind::Context | Kind::Heading | Kind::Noise);
            assert!(explains, "{heading:?}: {said} is called {:?}", call.kind);
        }
        for measure in crate::measure::measures(&outline, &calls) {
            assert!(!measure.span.of(&text).contains('指'), "{heading:?}: {}", measure.span.of(&text));
        }
    }
}

#[test]
fn an_annex_is_read_for_tasks_but_not_for_what_was_done() {
    let account = "附件2\n清溪镇2023年十大工程进展情况说明\n一、饮水工程\n1.项目内容：铺设输水管网，安装智能水表。\n\
        2.进展：管网铺设已完成，正在安装水表。\n3.今年计划：加快施工进度，预计6月底完工。\n";
    let tasks = "附件1\n2024年十件民生实事\n一、实施饮水提升工程。铺设输水管网20公里，安装智能水表3000块，年底前完工通水。\n\
        二、实施助老工程。新建村级食堂5处，为高龄老人提供午餐。\n";
    let in_measures = |annex: &str| {
        let text = format!("{TOWN}\n{annex}");
        let outline = outline(&text);
        let measures = crate::measure::measures(&outline, &SHIPPED.judge(&text, &outline));
        measures.iter().filter(|measure| measure.span.end > TOWN.len()).count()
    };
    assert_eq!((in_measures(account), in_measures(tasks)), (0, 2));
}

#[test]
fn a_cue_is_given_for_every_call() {
    let outline = outline(TOWN);
    let calls = SHIPPED.judge(TOWN, &outline);
    let cues = SHIPPED.cues(TOWN, &outline, &calls);
    assert_eq!(cues.len(), calls.len());
    assert!(cues.iter().all(|cue| !cue.is_empty()), "{cues:?}");
    assert_eq!(cues[1], "not prose");
}

#[test]
fn a_model_read_back_is_the_model_written() {
    assert_eq!(KindModel::read(&SHIPPED.write()).expect("well formed"), *SHIPPED);
}

#[test]
fn a_damaged_model_is_refused_with_a_reason() {
    let bytes = SHIPPED.write();
    let reason = |bytes: &[u8]| KindModel::read(bytes).expect_err("damaged").to_string();
    assert!(reason(b"no model").contains("magic line"));
    assert!(reason(&bytes[..bytes.len() - 3]).contains("header promises"));
    let text = String::from_utf8_lossy(&bytes[..60]).replace("\"version\":1", "\"version\":9");
    let newer = [text.as_bytes(), &bytes[60..]].concat();
    assert!(reason(&newer).contains("is of version 9"));
}

#[test]
fn figures_are_those_worked_by_hand() {
    let row = |doc: &str, sentence, gold, called| Judged { doc: doc.into(), sentence, gold, called, p: 1.0 };
    use Kind::{Heading, Measure};
    use Unit::{B, I, O};
    let judged = [
        row("a", 0, (Heading, B), (Heading, B)),
        row("a", 1, (Measure, I), (Measure, I)),
        row("a", 2, (Measure, B), (Heading, B)),
        row("b", 0, (Measure, B), (Measure, O)),
    ];
    let found = figures(&judged);
    // accuracy 3/4; chance (1·2 + 3·2)/16 = 1/2; kappa 1/2
    assert_eq!((found.accuracy, found.kappa), (0.75, 0.5));
    // heading 2·1/(1+2), measure 2·2/(3+2)
    assert!((found.macro_f1 - (2.0 / 3.0 + 0.8) / 2.0).abs() < 1e-12);
    // blocks wanted: a0–1, a2, b0; found: a0–1, a2
    assert!((found.unit_f1 - 0.8).abs() < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_is_judged(text in "([一二三1（）()。；|：、\n#*了将完成问题回顾计划年%2-]{0,150})|(.{0,80})") {
        let outline = outline(&text);
        let calls = SHIPPED.judge(&text, &outline);
        prop_assert_eq!(calls.len(), outline.sentences.len());
        let mut inside = false;
        for call in &calls {
            prop_assert!((0.0..=1.0).contains(&call.p));
            prop_assert!(call.unit != Unit::I || inside, "a block begins with B");
            inside = call.unit != Unit::O;
        }
        let measures = crate::measure::measures(&outline, &calls);
        prop_assert!(measures.iter().all(|measure| !measure.sentences.is_empty() && measure.span.end <= text.len()));
    }
}
