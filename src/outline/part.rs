//! Which part of a document a head opens: review (回顾), problems (问题) or plan (计划).

use crate::codebook::Part;

/// Words in a head that name the part it opens; the first list that has one decides, a head with both review and plan names none.
const PROBLEMS: &[&str] = &[
    "存在的问题",
    "存在问题",
    "主要问题",
    "困难和问题",
    "问题和困难",
    "问题与不足",
    "问题和不足",
    "存在的不足",
    "存在不足",
    "不足和问题",
    "短板和不足",
    "问题及",
    "困难与问题",
    "存在的困难",
];
const REVIEW: &[&str] = &[
    "回顾",
    "总结",
    "完成情况",
    "工作情况",
    "执行情况",
    "开展情况",
    "进展情况",
    "落实情况",
    "过去一年",
    "过去的一年",
    "过去五年",
    "五年来",
    "一年来",
    "主要成绩",
    "取得的成",
    "工作成效",
    "主要成效",
    "历史性成就",
    "去年",
    "上年",
];
const PLAN: &[&str] = &[
    "安排",
    "打算",
    "工作计划",
    "工作思路",
    "总体思路",
    "发展思路",
    "目标任务",
    "目标和任务",
    "主要任务",
    "重点任务",
    "重点工作",
    "工作重点",
    "下一步",
    "下步",
    "下一阶段",
    "今后",
    "工作部署",
    "总体要求",
    "工作目标",
    "主要目标",
    "预期目标",
    "奋斗目标",
    "发展目标",
    "展望",
    "指导思想",
    "今年",
    "明年",
    "工作建议",
    "推进措施",
    "工作措施",
    "规划",
];

/// `做好2022年工作`: what is to be done well is still to be done.
const TO_BE_DONE: &[&str] = &["做好", "抓好", "干好"];

/// The part that a head with this text names, if it names one.
pub(crate) fn named_by(head: &str) -> Option<Part> {
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    let to_be_done = has(TO_BE_DONE) && head.contains("工作");
    match (has(PROBLEMS), has(REVIEW), has(PLAN) || to_be_done) {
        (true, false, false) => Some(Part::Problems),
        (_, true, false) => Some(Part::Review),
        (_, false, true) => Some(Part::Plan),
        _ => None,
    }
}

/// The part that a document begins with, by its title: a review alone (工作总结) has no plan.
pub(super) fn of_title(title: &str) -> Part {
    match named_by(title) {
        Some(Part::Review) => Part::Review,
        _ => Part::Plan,
    }
}

/// Whether a paragraph that begins so speaks of problems though no head says so.
pub(super) fn turns_to_problems(sentence: &str) -> bool {
    let aware = ["清醒", "也要看到", "也看到", "应当看到", "深知", "不容忽视", "与此同时", "同时"];
    let trouble = ["问题", "困难", "不足", "差距", "短板", "挑战"];
    aware.iter().any(|word| sentence.contains(word)) && trouble.iter().any(|word| sentence.contains(word))
}
