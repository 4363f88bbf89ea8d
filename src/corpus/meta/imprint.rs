//! Title, issuing body and date of publication.

use super::told::{CLOSING_LINES, Told};
use crate::corpus::document::Source;
use crate::corpus::head;
use crate::corpus::year;

/// Fields that hold the title.
const TITLE_FIELDS: [&str; 6] = ["title", "标题", "ArticleTitle", "og:title", "dc.title", "DC.Title"];
/// Fields that hold the issuing body.
const ISSUER_FIELDS: [&str; 7] = ["issuer", "发布机构", "ContentSource", "source", "来源", "author", "publisher"];
/// Fields that hold the date of publication.
const DATE_FIELDS: [&str; 9] =
    ["published", "PubDate", "date", "发布日期", "发布时间", "article:published_time", "created", "dc.date", "DC.Date"];

/// The title.
pub(super) fn title(told: &Told) -> Option<(String, Source)> {
    let user = told.hints.user.title.clone().map(|title| (title, Source::User));
    let rows = || Some((head::value(&told.head.rows, &head::TITLES)?.to_string(), Source::Rows));
    let fields = || Some((head::value(told.fields, &TITLE_FIELDS)?.to_string(), Source::FrontMatter));
    let own = || Some((told.head.title.clone()?, Source::Title));
    let format = || Some((site_less(told.hints.title.as_deref()?), Source::FrontMatter));
    user.or_else(rows).or_else(fields).or_else(own).or_else(format).filter(|(title, _)| !title.trim().is_empty())
}

/// The issuing body.
pub(super) fn issuer(told: &Told) -> Option<(String, Source)> {
    let user = told.hints.user.issuer.clone().map(|issuer| (issuer, Source::User));
    let rows = || Some((head::value(&told.head.rows, &head::ISSUERS)?.to_string(), Source::Rows));
    let fields = || Some((head::value(told.fields, &ISSUER_FIELDS)?.to_string(), Source::FrontMatter));
    let signed = || {
        let closing = told.head.lines.iter().rev().take(CLOSING_LINES);
        Some((closing.into_iter().find(|line| head::is_body(line))?.clone(), Source::Body))
    };
    let headed = || Some((told.head.lines.iter().take(3).find(|line| head::is_body(line))?.clone(), Source::Title));
    user.or_else(rows).or_else(fields).or_else(headed).or_else(signed)
}

/// The date of publication, ISO 8601 where it can be read as one.
pub(super) fn published(told: &Told) -> Option<(String, Source)> {
    let dated = |date: &str, source| Some((year::first_date(date)?, source));
    let user = told.hints.user.published.as_deref();
    let user = user.map(|date| (year::first_date(date).unwrap_or_else(|| date.to_string()), Source::User));
    let rows = || dated(head::value(&told.head.rows, &head::DATES)?, Source::Rows);
    let fields = || dated(head::value(told.fields, &DATE_FIELDS)?, Source::FrontMatter);
    let signed = || {
        let closing = told.head.lines.iter().rev().take(CLOSING_LINES);
        let alone = |line: &&String| line.chars().count() <= 16;
        closing.into_iter().filter(alone).find_map(|line| dated(line, Source::Body))
    };
    user.or_else(rows).or_else(fields).or_else(signed)
}

/// A page's `<title>` without the name of the site: `望溪街道2023年工作计划-临溪县人民政府`.
fn site_less(title: &str) -> String {
    let cut = title.find(" - ").or_else(|| title.rfind(['_', '-', '|']));
    match cut {
        Some(at) if at > 0 && !title[..at].trim().is_empty() => {
            let (front, back) = (title[..at].trim(), title[at..].trim_matches([' ', '-', '_', '|']));
            // Some sites put their own name first: the part that names a year or a plan is the title.
            let plans = |part: &str| !year::mentions(part).is_empty() || part.contains("计划") || part.contains("报告");
            if plans(back) && !plans(front) { back.to_string() } else { front.to_string() }
        }
        _ => title.trim().to_string(),
    }
}
