//! The sort of document, by its title, its byline and its opening.

use super::plan_year::spans_years;
use super::told::{OPENING_LINES, Told};
use crate::corpus::document::{Genre, Source};

/// The sort of document; one that only looks ahead is a plan, one that `reviews` too is a report.
pub(super) fn genre(told: &Told, title: &str, reviews: bool) -> Option<(Genre, Source)> {
    let start: String = told.text.chars().take(400).collect();
    let end: String = told.text.chars().rev().take(400).collect::<Vec<_>>().into_iter().rev().collect();
    let news = ["本报记者", "本报通讯员", "本报讯", "通讯员", "新华社"].iter().any(|word| start.contains(word))
        || end.contains("文章来源")
        || end.contains("责任编辑");
    let tagged = told.fields.iter().any(|(_, value)| value.contains("新闻"));
    let titled = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if titled(&["规划", "纲要", "三年行动", "五年行动"])
        && (spans_years(title) || titled(&["纲要", "五年", "三年", "”"]))
    {
        return Some((Genre::PlanOutline, Source::Title));
    }
    if titled(&["报告", "总结", "回顾"]) {
        return Some((Genre::WorkReport, Source::Title));
    }
    if news || tagged {
        return Some((Genre::News, if tagged { Source::FrontMatter } else { Source::Body }));
    }
    if titled(&["计划", "思路", "要点", "安排", "打算", "方案", "部署", "重点工作", "规划", "设想"])
    {
        return Some((if reviews { Genre::WorkReport } else { Genre::WorkPlan }, Source::Title));
    }
    let speech = told
        .head
        .lines
        .iter()
        .take(OPENING_LINES)
        .any(|line| line.contains("各位代表") || line.contains("政府工作报告"));
    speech.then_some((Genre::WorkReport, Source::Body))
}
