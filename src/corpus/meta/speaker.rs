//! The place that speaks, by the most trusted source that names one.

use super::body::{named_in_body, said_in_body};
use super::elsewhere::warn_of_another_place;
use super::namesakes::warn_of_namesakes;
use super::narrow::{is_town, narrowed};
use super::told::Told;
use crate::corpus::document::{Level, Place, Source};
use crate::corpus::head;
use crate::corpus::mask::hides_a_name;
use crate::corpus::place::{Named, Resolved, named_in, resolve, spoken_level};
use crate::notice::Notice;

/// Fields of front matter and meta tags that name the place or its government, the best first.
const PLACE_FIELDS: [&str; 12] = [
    "place",
    "地区",
    "地点",
    "region",
    "issuer",
    "发布机构",
    "ContentSource",
    "source",
    "来源",
    "SiteName",
    "author",
    "publisher",
];

/// How many lines from the front show that a name is masked.
const MASKED_LINES: usize = 5;

/// The place that speaks, with its level.
pub(super) fn place(told: &Told, title: &str, warnings: &mut Vec<Notice>) -> (Place, Option<Level>) {
    let user_level = told.hints.user.level;
    if let Some(user) = told.hints.user.place.as_deref().map(str::trim).filter(|place| !place.is_empty()) {
        // The user's name stays as it is; only path and code are looked for, with all that the text tells.
        let named = named_in(user).unwrap_or_else(|| Named { parts: vec![user.to_string()] });
        let context = context(told);
        let found = resolve(&named, &context);
        warn_of_another_place(told.text, (&named, &found), &said(told, title), &context, warnings);
        let place = Place {
            name: user.to_string(),
            path: found.path,
            code: found.code,
            candidates: found.candidates,
            source: Some(Source::User),
        };
        warn_of_namesakes(&place, warnings);
        return (place, user_level.or(found.level));
    }
    let Some((named, source)) = named(told, title) else {
        let stem = file_stem(told.file_name);
        let (zh, en) = if is_masked(told) {
            ("文中的地名已隐去", "The place's name is masked in the text")
        } else {
            ("文中没有写明地方", "No place is named in the text")
        };
        warnings.push(Notice::new(
            format!("{zh}，暂以文件名“{stem}”代替；请在 documents.csv 中写明地方。"),
            format!("{en}, so the document stands under its file's name, “{stem}”; name the place in documents.csv"),
        ));
        let level = user_level.or_else(|| spoken_level(told.text));
        return (Place { name: stem.to_string(), ..Place::default() }, level);
    };
    let found = resolve(&named, &context(told));
    if let Some(old) = &found.renamed_from {
        let name = &found.name;
        warnings.push(Notice::new(
            format!("“{old}”认作{name}，这是它在 2023 年区划名录中的名称。"),
            format!("“{old}” is taken for {name}, its name in the gazetteer of 2023"),
        ));
    }
    let level = user_level.or(found.level).or_else(|| spoken_level(told.text));
    let Resolved { name, path, code, candidates, .. } = found;
    let place = Place { name, path, code, candidates, source: Some(source) };
    warn_of_namesakes(&place, warnings);
    (place, level)
}

/// The name of the place, from the most trusted source that has one, narrowed by the title where that names a part of it.
fn named(told: &Told, title: &str) -> Option<(Named, Source)> {
    let rows = || head::ISSUERS.iter().filter_map(|key| head::value(&told.head.rows, &[key])).find_map(named_in);
    let author = || head::value(&told.head.rows, &["作者", "来源"]).and_then(named_in).filter(is_town);
    let fields = || PLACE_FIELDS.iter().filter_map(|key| head::value(told.fields, &[key])).find_map(named_in);
    let own_title = || titles(told, title).into_iter().find_map(|title| named_in(&title));
    let format = || named_in(told.hints.title.as_deref()?);
    let by_rows = rows().or_else(author).map(|named| (named, Source::Rows));
    let by_fields = || fields().map(|named| (named, Source::FrontMatter));
    let by_title = own_title().or_else(format).map(|named| (named, Source::Title));
    match (by_rows.or_else(by_fields), by_title) {
        (Some((office, source)), Some((titled, _))) => Some((narrowed(office, titled), source)),
        (None, Some(titled)) => Some(titled),
        (office, None) if is_masked(told) => office,
        (office, None) => match (office, named_in_body(told)) {
            (Some((office, source)), Some(body)) if is_town(&body) && !is_town(&office) && speaks_as_town(told) => {
                Some((narrowed(office, body), source))
            }
            (None, Some(body)) => Some((body, Source::Body)),
            (office, _) => office,
        },
    }
    .or_else(|| named_in_file(told).map(|named| (named, Source::FileName)))
}

/// The places that rows, fields, titles and the head of the body name, each by itself, whatever the user says of the place.
fn said(told: &Told, title: &str) -> Vec<Named> {
    let rows = head::ISSUERS.iter().filter_map(|key| head::value(&told.head.rows, &[key]));
    let fields = PLACE_FIELDS.iter().filter_map(|key| head::value(told.fields, &[key]));
    let titles = titles(told, title);
    let named = rows.chain(fields).chain(titles.iter().map(String::as_str)).filter_map(named_in);
    named.chain(said_in_body(told).filter(|_| !is_masked(told))).collect()
}

/// The title that was settled on, and the lines in the head that read like one (the notice names the plan in 《…》).
fn titles(told: &Told, title: &str) -> Vec<String> {
    let mut titles = vec![title.to_string()];
    titles.extend(told.head.title.clone());
    for line in told.head.lines.iter().take(6) {
        let issues = ["印发", "现将", "制定", "下发"].iter().any(|word| line.contains(word));
        if let Some((_, inner)) = line.split_once('《').filter(|_| issues)
            && let Some((inner, _)) = inner.split_once('》')
        {
            titles.push(inner.to_string());
        }
    }
    titles.dedup();
    titles
}

fn speaks_as_town(told: &Told) -> bool {
    spoken_level(told.text) == Some(Level::Township)
}

/// The place that file or folders name: 安丘市/官庄镇/2023.txt.
fn named_in_file(told: &Told) -> Option<Named> {
    let mut parts: Vec<String> = Vec::new();
    for folder in told.path_stem().split('/') {
        if let Some(named) = named_in(folder) {
            parts.extend(named.parts.into_iter().filter(|part| !parts.contains(part)).collect::<Vec<_>>());
        }
    }
    (!parts.is_empty()).then_some(Named { parts })
}

/// Whether the text hides its own name, at its start or by a title in front of whose unit the name was cut away.
fn is_masked(told: &Told) -> bool {
    // What hides its own name does so from the start.
    let masked = told.head.lines.iter().take(MASKED_LINES).any(|line| hides_a_name(line));
    // 镇2023年工作思路: the name in front of the unit was cut away.
    let cut = told
        .head
        .title
        .as_deref()
        .is_some_and(|title| ["镇20", "乡20", "街道20", "县20"].iter().any(|cut| title.starts_with(cut)));
    masked || cut
}

/// What decides between namesakes: rows, fields and file name beside the text.
fn context(told: &Told) -> String {
    let mut context = String::with_capacity(told.text.len() + 256);
    context.push_str(told.text);
    for (_, value) in told.fields {
        context.push('\n');
        context.push_str(value);
    }
    for part in
        [told.hints.title.as_deref(), told.hints.user.issuer.as_deref(), Some(told.file_name)].into_iter().flatten()
    {
        context.push('\n');
        context.push_str(part);
    }
    context
}

/// The last part of a path without its extension.
fn file_stem(file_name: &str) -> &str {
    let name = file_name.rsplit('/').next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim_end_matches(".jsonl")
}
