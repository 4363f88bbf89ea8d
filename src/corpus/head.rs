//! What stands around a document's prose: a portal's metadata rows, front matter, the title, bylines and signatures.

use super::year;
use crate::text::{half_width, is_han};

/// What the lines around the prose say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Metadata rows as (key, value), blanks squeezed out, in order.
    pub rows: Vec<(String, String)>,
    /// YAML front matter as (key, value), in order.
    pub fields: Vec<(String, String)>,
    /// The title as it is written, marks of headings taken off.
    pub title: Option<String>,
    /// The lines of the body: markup and blanks at the edges taken off, empty lines, rows and front matter left out.
    pub lines: Vec<String>,
}

/// Keys of the metadata rows of government portals and of news bylines. A line is a row if it begins with one of them.
const KEYS: [&str; 44] = [
    "索引号",
    "信息索引号",
    "主题分类",
    "信息分类",
    "组配分类",
    "公文种类",
    "文种",
    "体裁分类",
    "服务对象",
    "分类",
    "发布机构",
    "发布单位",
    "发文机关",
    "发文单位",
    "制发机关",
    "制发单位",
    "公开主体",
    "公开责任单位",
    "责任单位",
    "信息来源",
    "文章来源",
    "来源",
    "作者",
    "编辑",
    "责任编辑",
    "标题",
    "信息名称",
    "文件名称",
    "名称",
    "文号",
    "发文字号",
    "发文日期",
    "发布日期",
    "成文日期",
    "印发日期",
    "生成日期",
    "公开日期",
    "发布时间",
    "时间",
    "阅读",
    "浏览次数",
    "公开方式",
    "效力状态",
    "有效性",
];

/// Keys whose value is the issuing body, the best first.
pub const ISSUERS: [&str; 10] = [
    "发布机构",
    "发文机关",
    "制发机关",
    "制发单位",
    "发布单位",
    "发文单位",
    "公开主体",
    "公开责任单位",
    "责任单位",
    "信息来源",
];
/// Keys whose value is the title.
pub const TITLES: [&str; 4] = ["标题", "信息名称", "文件名称", "名称"];
/// Keys whose value is the date of publication, the best first.
pub const DATES: [&str; 8] =
    ["发布日期", "发布时间", "发文日期", "公开日期", "生成日期", "印发日期", "成文日期", "时间"];

/// How many lines of a document can hold its rows and its title.
const HEAD_LINES: usize = 25;
/// A line longer than this many characters is prose, not a title.
const LONGEST_TITLE: usize = 60;

/// Words by which a line is known for the title of a plan, a report or a notice.
const TITLE_WORDS: [&str; 14] =
    ["计划", "总结", "报告", "要点", "思路", "方案", "规划", "安排", "打算", "意见", "纲要", "通知", "部署", "设想"];

/// Reads what stands around the prose of `text`.
pub fn read(text: &str) -> Head {
    let mut head = Head::default();
    let body = front_matter(text, &mut head.fields);
    for (index, line) in body.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        if index < HEAD_LINES {
            let found = rows(line);
            if !found.is_empty() {
                head.rows.extend(found);
                continue;
            }
        }
        let line = bare_line(line);
        if !line.is_empty() {
            head.lines.push(line);
        }
    }
    head.title = title(&head.lines);
    head
}

/// The value of the first of `keys` that a list of pairs has and that is not empty.
pub fn value<'p>(pairs: &'p [(String, String)], keys: &[&str]) -> Option<&'p str> {
    keys.iter().find_map(|key| {
        let same = |(name, value): &&(String, String)| name.eq_ignore_ascii_case(key) && !value.is_empty();
        pairs.iter().find(same).map(|(_, value)| value.as_str())
    })
}

/// Reads a block between two lines `---` at the very front; returns what follows it.
fn front_matter<'t>(text: &'t str, fields: &mut Vec<(String, String)>) -> &'t str {
    let Some(inner) = text.trim_start_matches('\u{feff}').strip_prefix("---\n") else { return text };
    let Some(end) = inner.find("\n---") else { return text };
    for line in inner[..end].lines() {
        if let Some((key, value)) = line.split_once(':') {
            let value = value.trim().trim_matches(['"', '\'']);
            if !value.is_empty() {
                fields.push((key.trim().to_string(), value.to_string()));
            }
        }
    }
    inner[end + 4..].trim_start_matches('-')
}

/// The pairs of a metadata row; none if the line does not begin with a known key and a colon.
fn rows(line: &str) -> Vec<(String, String)> {
    // Portals set keys wide (标　题:) and put cells between bars: without blanks the keys can be read.
    let blank = |c: &char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{feff}' | '*');
    let chars: Vec<char> = line.chars().map(half_width).filter(|c| !blank(c)).collect();
    if chars.len() > 400 || !chars.contains(&':') {
        return Vec::new();
    }
    let first = chars.iter().position(|c| *c != '|').unwrap_or(0);
    if key_at(&chars, first).is_none() {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    let mut at = first;
    while at < chars.len() {
        let Some(key) = key_at(&chars, at) else {
            at += 1;
            continue;
        };
        let mut end = at + key.chars().count() + 1;
        let mut value = String::new();
        let mut started = false;
        while end < chars.len() && key_at(&chars, end).is_none() {
            match chars[end] {
                '|' if started => break,
                '|' => {}
                c => {
                    started = true;
                    value.push(c);
                }
            }
            end += 1;
        }
        // An empty cell is followed by the next key, known to us or not: 公开时限: is no value.
        if !value.ends_with(':') {
            pairs.push((key.to_string(), value.trim_end_matches([';', '?', '&']).to_string()));
        }
        at = end.max(at + 1);
    }
    pairs
}

fn key_at(chars: &[char], at: usize) -> Option<&'static str> {
    let stands = |key: &&&str| {
        let length = key.chars().count();
        chars.get(at + length) == Some(&':') && key.chars().zip(&chars[at..]).all(|(k, c)| k == *c)
    };
    KEYS.iter().filter(stands).max_by_key(|key| key.len()).copied()
}

/// A line without tags, entities, heading marks, bold marks, bookmarks and blanks at its edges; `政 府 工 作 报 告` drawn together.
fn bare_line(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let tag = match c {
            '<' => rest.find('>'),
            '[' if rest.starts_with("[bookmark") => rest.find(']'),
            '&' if rest.starts_with("&nbsp;") => Some(5),
            _ => None,
        };
        match tag {
            Some(end) => {
                text.push(' ');
                rest = &rest[end + 1..];
            }
            None => {
                text.push(if matches!(c, '\u{3000}' | '\u{a0}' | '\t') { ' ' } else { c });
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    let text = text.replace("??", " ");
    let text = text.trim().trim_start_matches('#').trim();
    // Bold marks are taken off whole heads; **镇 is a name that was masked.
    let bold = text.strip_prefix("**").and_then(|inner| inner.strip_suffix("**")).filter(|inner| !inner.contains("**"));
    draw_together(bold.unwrap_or(text).trim().trim_start_matches('\u{feff}'))
}

/// Takes out single blanks where most characters stand apart, as in a title set wide.
fn draw_together(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let apart = chars.windows(3).filter(|w| is_han(w[0]) && w[1] == ' ' && is_han(w[2])).count();
    let hans = chars.iter().filter(|c| is_han(**c)).count();
    if hans >= 3 && 2 * apart >= hans && chars.len() <= 2 * LONGEST_TITLE {
        chars.into_iter().filter(|c| *c != ' ').collect()
    } else {
        line.to_string()
    }
}

/// The offices of those who give a report.
pub const OFFICES: [&str; 10] = ["省长", "市长", "州长", "盟长", "县长", "区长", "旗长", "镇长", "乡长", "主席"];

/// The title among the first lines: the first that reads like one; a notice's two lines are joined.
///
/// A page's path (工作报告) reads like a title too: a line below it that says the same with its year is the title.
fn title(lines: &[String]) -> Option<String> {
    let could = |line: &&String| {
        let length = line.chars().count();
        (2..=LONGEST_TITLE).contains(&length)
            && line.chars().any(is_han)
            && !line.contains('。')
            && !line.ends_with(['：', ':', '；', '，', ','])
            && !line.starts_with(['—', '─', '-', '（', '('])
    };
    let reads = |line: &&String| {
        could(line) && TITLE_WORDS.iter().any(|word| line.contains(word)) && !numbered(line) && !names_speaker(line)
    };
    let head = &lines[..lines.len().min(8)];
    let index = match head.iter().position(|line| reads(&line)) {
        Some(index) => {
            let fuller = |line: &&String| reads(line) && line.contains(&lines[index]) && has_year(line);
            let below = || head[index..].iter().position(|line| fuller(&line)).map_or(index, |at| index + at);
            if has_year(&lines[index]) { index } else { below() }
        }
        None => {
            let line = lines.first().filter(could)?;
            let prose = numbered(line) || line.starts_with("各位") || line.contains("本报") || names_speaker(line);
            return (!prose).then(|| line.clone());
        }
    };
    // “某某镇人民政府 / 关于印发…的通知” stands on two lines.
    let body_above = index > 0 && lines[index].starts_with("关于") && is_body(&lines[index - 1]);
    Some(if body_above { lines[index - 1].clone() + &lines[index] } else { lines[index].clone() })
}

fn has_year(line: &str) -> bool {
    year::mentions(line).iter().any(|mention| mention.date.is_none())
}

/// Whether a line is that of the speaker, office and name: 青石县人民政府县长王某, 青石县代县长　王某.
fn names_speaker(line: &str) -> bool {
    /// The longest name of a person, in characters.
    const NAME: usize = 4;
    let speaks = |office: &&str| {
        let Some((before, name)) = line.split_once(*office) else { return false };
        let name = name.chars().filter(|c| !c.is_whitespace());
        before.ends_with(['府', '省', '市', '州', '盟', '县', '区', '旗', '镇', '乡', '代', '理', '副'])
            && name.clone().all(|c| is_han(c) || c == '·')
            && name.count() <= NAME
    };
    OFFICES.iter().any(speaks)
}

/// Whether a line opens with `一、`, `（一）`, `1.` or the like: a heading of the body, not the title of the whole.
fn numbered(line: &str) -> bool {
    let mut chars = line.chars().map(half_width).skip_while(|c| *c == '(');
    let digits = chars.by_ref().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c));
    let mut count = 0;
    let mut last_digit = ' ';
    for c in digits {
        count += 1;
        last_digit = c;
    }
    if count == 0 || count > 2 {
        return false;
    }
    let after = line.chars().map(half_width).skip_while(|c| *c == '(').nth(count);
    matches!(after, Some('、' | '.' | ')' | ',')) && last_digit != ' '
}

/// Whether a line is the name of a public body.
pub fn is_body(line: &str) -> bool {
    let ends = ["人民政府", "委员会", "办公室", "办事处", "党委", "党工委", "党政办"];
    line.chars().count() <= 30 && ends.iter().any(|end| line.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_keys_and_barred_cells_are_read() {
        let line = "发布机构: | 青石镇 | 发文日期: | 2023-02-01 | 公开时限: | 长期公开 |";
        let head = read(&format!(
            "索 引 号: | 0001/2023-1 | 分 类: | 年度计划 ; |\n{line}\n标 题: | 青石镇2023年工作思路 | 文 号: |\n正文。"
        ));
        assert_eq!(value(&head.rows, &ISSUERS), Some("青石镇"));
        assert_eq!(value(&head.rows, &DATES), Some("2023-02-01"));
        assert_eq!(value(&head.rows, &TITLES), Some("青石镇2023年工作思路"));
        assert_eq!(value(&head.rows, &["文号"]), None);
        assert_eq!(head.lines, ["正文。"]);
    }

    #[test]
    fn a_byline_on_one_line_is_three_rows() {
        let head = read("染石镇计划\n时间:2023-01-20 作者:染石镇党政办 阅读:316\n");
        assert_eq!(value(&head.rows, &["作者"]), Some("染石镇党政办"));
        assert_eq!(value(&head.rows, &["时间"]), Some("2023-01-20"));
    }

    #[test]
    fn titles_lose_marks_and_notices_are_joined() {
        assert_eq!(read("# 青石镇2023年工作要点\n\n2023年，…。").title.as_deref(), Some("青石镇2023年工作要点"));
        assert_eq!(read("**政 府 工 作 报 告**\n各位代表：").title.as_deref(), Some("政府工作报告"));
        let notice = read("青石镇人民政府\n关于印发2023年工作计划的通知\n各村：\n");
        assert_eq!(notice.title.as_deref(), Some("青石镇人民政府关于印发2023年工作计划的通知"));
        assert_eq!(read("一、2022年工作回顾\n一年来，……。").title, None);
    }

    #[test]
    fn the_title_with_its_year_beats_the_path_of_the_page_and_a_speaker_is_no_title() {
        let page = "工作报告\n2021年青石县政府工作报告\n评论：\n0\n2021年2月5日在县人民代表大会上\n各位代表：\n";
        assert_eq!(read(page).title.as_deref(), Some("2021年青石县政府工作报告"));
        // without a year below, and with one above, the first stays
        assert_eq!(read("工作报告\n青石县政府工作报告\n").title.as_deref(), Some("工作报告"));
        let first = "青石县2020年政府工作报告\n青石县2021年政府工作报告\n";
        assert_eq!(read(first).title.as_deref(), Some("青石县2020年政府工作报告"));
        assert_eq!(read("青石县人民政府县长王某\n各位代表：\n").title, None);
        assert_eq!(read("青石县代县长　王某\n政府工作报告\n").title.as_deref(), Some("政府工作报告"));
        assert_eq!(read("青石县县长信箱办理情况\n").title.as_deref(), Some("青石县县长信箱办理情况"));
    }

    #[test]
    fn prose_with_a_colon_is_no_row() {
        assert!(read("完成时间：年底前。\n工作目标：增收。").rows.is_empty());
    }
}
