//! The article of a page: known containers first, then the densest block, then the whole body.

use super::{bounds, chrome, lines};
use crate::corpus::encoding;
use crate::corpus::extract::Extracted;
use crate::corpus::limits::ReadParams;
use crate::notice::Notice;
use crate::text::is_han;
use dom_query::{Document, NodeRef};

/// What the content systems of Chinese governments call the article, the surest first.
const CONTAINERS: [&str; 30] = [
    "#UCAP-CONTENT",
    "#zoom",
    "#Zoom",
    "#ZOOM",
    ".TRS_Editor",
    ".trs_editor_view",
    ".trs_paper_default",
    ".TRS_UEDITOR",
    "#js_content",
    ".pages_content",
    "#articleContent",
    "#article_content",
    "#ArticleContent",
    ".article-content",
    ".article_content",
    ".article-con",
    ".articleCon",
    "#content_body",
    "#vsb_content",
    ".v_news_content",
    ".bt_content",
    "#fontzoom",
    ".zwgk_content",
    ".xxgk_content",
    ".view-content",
    ".news_content",
    ".content-text",
    ".article",
    "article",
    "#content",
];

/// What never holds a word of the document.
const JUNK: &str = "script, style, noscript, template, iframe, nav, form, button, select, textarea, aside, footer, [hidden], \
    [style*='display:none'], [style*='display: none'], [style*='DISPLAY: none'], .share, .bdsharebuttonbox, .social-share, .print, .fontsize, .font-size, .menu, .nav, .navbar, \
    .breadcrumb, .crumbs, .location, .position, .footer, #footer, .foot, #foot, .copyright, .xgwj, .related, .relate, .xglj, .qrcode, .ewm, .pagination, .sidebar";

/// A container with fewer Han characters is a caption or an empty frame.
const LEAST_HAN: usize = 40;

/// The article in the bytes of a web page: its title, its lines, what its meta tags and its rows say.
///
/// # Errors
/// Why there is no article, as a full sentence.
pub fn read(bytes: Vec<u8>, params: &ReadParams) -> Result<Extracted, Notice> {
    if bytes.len() as u64 > params.max_markup_bytes {
        let limit = params.max_markup_bytes;
        return Err(Notice::new(
            format!("网页超过上限 max_markup_bytes = {limit}。"),
            format!("The page is larger than the limit max_markup_bytes = {limit}."),
        ));
    }
    let declared = declared_charset(&bytes);
    let decoded = encoding::decode(bytes, declared.as_deref(), params.max_damaged_share)?;
    bounds::check(&decoded.text)?;
    let page = Document::from(decoded.text.as_str());
    let mut fields = meta_fields(&page);
    let title = title(&page, &fields);
    page.select(JUNK).remove();
    let body = page.body().ok_or_else(|| Notice::new("网页没有 body 元素。", "The page has no body."))?;
    let all = lines::of(&body);
    let article = match container(&page) {
        Some(node) => chrome::without(lines::of(&node)),
        None => densest(&page, &body).unwrap_or_else(|| chrome::without(all.clone())),
    };
    if !article.iter().any(|line| line.chars().any(is_han)) {
        return Err(Notice::new(
            "网页中没有中文，正文可能由脚本载入，请用浏览器打开后重新保存。",
            "The page holds no Chinese text; it may load its article by a script: open it in a browser and save it again.",
        ));
    }
    for line in all.iter().filter(|line| !article.contains(line)) {
        fields.extend(labelled(line));
    }
    let mut article = article;
    if let Some(title) = &title
        && !article.iter().take(5).any(|line| squeezed(line).contains(&squeezed(title)))
        && all.iter().any(|line| squeezed(line) == squeezed(title))
    {
        article.insert(0, title.clone());
    }
    let mut text = article.join("\n");
    text.push('\n');
    Ok(Extracted { text, decoding: decoded.decoding, fields, title, warnings: decoded.warnings })
}

/// The charset that the first bytes of a page declare.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let after = head.split("charset=").nth(1).or_else(|| head.split("encoding=").nth(1))?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    Some(label).filter(|label| !label.is_empty())
}

/// The meta tags of the page, as (name, content).
fn meta_fields(page: &Document) -> Vec<(String, String)> {
    let tags = page.select("meta[content]");
    let fields = tags.nodes().iter().filter_map(|tag| {
        let name = tag.attr("name").or_else(|| tag.attr("property"))?;
        let value = tag.attr_or("content", "");
        Some((name.trim().to_string(), value.trim().to_string()))
    });
    fields.filter(|(name, value)| !name.is_empty() && !value.is_empty()).collect()
}

/// The title: the system's own tag, then the only `h1`, then the page's title without the site's name.
fn title(page: &Document, fields: &[(String, String)]) -> Option<String> {
    let named =
        |wanted: &str| fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value);
    let tag = named("ArticleTitle").or_else(|| named("og:title")).cloned();
    let heads = page.select("h1");
    let head = || {
        let [head] = heads.nodes() else { return None };
        Some(lines::of(head).join("")).filter(|text| (4..=80).contains(&text.chars().count()))
    };
    let page_title = || {
        let text = page.select("head title").text();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut = text.find(['_', '|']).or_else(|| text.find(" - ")).filter(|&cut| cut > 0).unwrap_or(text.len());
        Some(text[..cut].trim().to_string())
    };
    tag.or_else(head).or_else(page_title).map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
}

/// The known container with the most Chinese in it; of two with the same, the surer.
fn container<'a>(page: &'a Document) -> Option<NodeRef<'a>> {
    let mut best: Option<(usize, NodeRef<'a>)> = None;
    for selector in CONTAINERS {
        for node in page.select(selector).nodes() {
            let count = lines::han_count(node);
            if count >= LEAST_HAN && best.as_ref().is_none_or(|(most, _)| count > *most + *most / 10) {
                best = Some((count, *node));
            }
        }
    }
    best.map(|(_, node)| node)
}

/// The article as dom_smoothie finds it, if that is not merely a scrap of the page.
fn densest(page: &Document, body: &NodeRef) -> Option<Vec<String>> {
    let deepest = body.descendants_it().map(|node| node.ancestors_it(Some(400)).count()).max().unwrap_or(0);
    // dom_smoothie walks by recursion.
    if deepest >= 400 {
        return None;
    }
    let html = page.html();
    let article = dom_smoothie::Readability::new(html.as_ref(), None, None).ok()?.parse().ok()?;
    let content = Document::from(article.content.as_ref());
    let found = chrome::without(lines::of(&content.body()?));
    let han = |lines: &[String]| lines.iter().flat_map(|line| line.chars()).filter(|&c| is_han(c)).count();
    page.select("a").remove();
    let unlinked = han(&lines::of(body));
    (han(&found) * 2 > unlinked).then_some(found)
}

/// The fields that government pages write beside the article.
const LABELS: [&str; 18] = [
    "索引号",
    "信息分类",
    "发布机构",
    "发文机关",
    "发文日期",
    "成文日期",
    "发布日期",
    "发布时间",
    "生成日期",
    "公开日期",
    "信息来源",
    "来源",
    "作者",
    "文号",
    "发文字号",
    "主题词",
    "有效性",
    "标题",
];

/// What a line outside the article says as `label: value`; several stand in one line or row.
fn labelled(line: &str) -> Vec<(String, String)> {
    if line.chars().count() > 300 {
        return Vec::new();
    }
    let flat: String = line.chars().map(|c| if c == '|' || c == '\u{A0}' { ' ' } else { c }).collect();
    let mut hits: Vec<(usize, usize, &str)> = Vec::new();
    for label in LABELS {
        for (at, _) in flat.match_indices(label) {
            let after = &flat[at + label.len()..];
            let Some(value) = after.trim_start().strip_prefix([':', '：']) else { continue };
            // 信息来源 holds 来源: the longer label, which begins earlier, wins.
            let start = flat.len() - value.len();
            if !hits.iter().any(|(from, to, _)| (*from..*to).contains(&at)) {
                hits.push((at, start, label));
            }
        }
    }
    hits.sort_unstable();
    let ends: Vec<usize> = hits.iter().skip(1).map(|(at, _, _)| *at).chain([flat.len()]).collect();
    let pairs = hits.iter().zip(ends).map(|((_, start, label), end)| {
        let value = flat[*start..end.max(*start)].trim();
        let value = value.split("  ").next().unwrap_or(value).trim_matches(['[', ']', '【', '】', ' ']);
        (label.to_string(), value.to_string())
    });
    pairs.filter(|(_, value)| !value.is_empty() && value.chars().count() <= 80).collect()
}

/// Without white space, to compare lines.
fn squeezed(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}
