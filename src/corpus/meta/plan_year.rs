//! The year the plan is for, and the year it reviews.

use super::told::{CLOSING_LINES, Told};
use crate::corpus::document::Source;
use crate::corpus::head;
use crate::corpus::year::{self, Years};
use crate::notice::Notice;

/// Fields that hold the year of the plan.
const YEAR_FIELDS: [&str; 2] = ["year", "年份"];

/// The year the plan is for with its source, and the year it reviews.
pub(super) fn year(
    told: &Told,
    title: &str,
    published: Option<&str>,
    warnings: &mut Vec<Notice>,
) -> (Option<(i32, Source)>, Option<i32>) {
    let lines: Vec<&str> = told.head.lines.iter().map(String::as_str).collect();
    let body = year::in_body(&lines);
    let Years { plan: titled, review: title_review, .. } = year::in_title(title);
    let field = || head::value(told.fields, &YEAR_FIELDS)?.parse().ok();
    let from_title = |year| (year, Source::Title);
    let published = || published?.get(..4)?.parse::<i32>().ok();
    // 下一年度工作计划, signed in December; 今年 in a text published in that year.
    let relative = || {
        let shift = i32::from(title.contains("下一年") || title.contains("明年") || title.contains("来年"));
        let speaks = shift == 1 || ["今年", "本年度"].iter().any(|word| told.text.contains(word));
        let late = told
            .head
            .lines
            .iter()
            .rev()
            .take(CLOSING_LINES)
            .any(|line| line.chars().count() <= 16 && line.contains("12月"));
        speaks.then(published).flatten().map(|year| (year + i32::from(shift == 1 || late), Source::Body))
    };
    let year = (told.hints.user.year.map(|year| (year, Source::User)))
        .or_else(|| field().map(|year| (year, Source::FrontMatter)))
        .or_else(|| titled.map(from_title))
        .or_else(|| body.plan.map(|year| (year, Source::Body)))
        .or_else(relative)
        .or_else(|| Some((year::in_opening(&lines, published())?, Source::Body)))
        // A title that only looks back: filed under the year it looks back on.
        .or_else(|| title_review.map(from_title))
        .or_else(|| year::in_file_name(told.path_stem()).map(|year| (year, Source::FileName)));
    if let (Some((year, source)), Some(plan)) = (year, body.sure())
        && year != plan
        && !spans_years(title)
    {
        let (zh, en) =
            if source == Source::User { ("您指定的是", "you say") } else { ("标题写的是", "the title says") };
        warnings.push(Notice::new(
            format!("正文计划的是 {plan} 年，{zh} {year} 年，以后者为准；如果正文是对的，请在 documents.csv 中更正。"),
            format!("The text plans {plan}, but {en} {year}, which is kept; correct it in documents.csv if the text is right"),
        ));
    }
    let earlier = |review: &i32| year.is_none_or(|(year, _)| *review <= year);
    (year, title_review.or(body.review).filter(earlier))
}

/// Whether the title is that of a plan of several years, which tells of its first year too.
pub(super) fn spans_years(title: &str) -> bool {
    let range = year::mentions(title).iter().any(|mention| mention.last > mention.year);
    range || year::five_year_plan(title).is_some() || title.contains("纲要")
}
