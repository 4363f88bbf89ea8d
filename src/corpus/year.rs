//! Years and dates in titles, headings and running text, and which year a plan is for.

use crate::text::half_width;

/// A year that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The year.
    pub year: i32,
    /// Where a range ends (2021—2025年), else the same year.
    pub last: i32,
    /// Month and day, where they follow.
    pub date: Option<(u32, u32)>,
    /// The character at which it begins.
    pub start: usize,
    /// The character after 年, or after the day.
    pub end: usize,
}

/// What a text says about its years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Years {
    /// The year the plan is for.
    pub plan: Option<i32>,
    /// The year under review.
    pub review: Option<i32>,
    /// The weight of the evidence for the plan's year, in a body; 0 in a title.
    pub weight: u32,
}

impl Years {
    /// The plan's year if at least two strong pieces of evidence say it: a heading and the session, or two headings.
    pub fn sure(&self) -> Option<i32> {
        self.plan.filter(|_| self.weight >= 6)
    }
}

/// Years before this are history, not a plan's year: the first report of the government to a congress is of 1954.
const FIRST: i32 = 1949;
/// Years after this are a far goal (2035, 2050), not a year that a plan of today is for.
const LAST: i32 = 2032;

const REVIEWS: [&str; 5] = ["总结", "完成情况", "执行情况", "工作情况", "以来"];
const PLANS: [&str; 12] =
    ["计划", "思路", "打算", "要点", "安排", "任务", "目标", "要求", "重点", "部署", "规划", "建议"];

/// Finds the years in a text, in order: `2023年`, `２０２３年`, `2 0 2 3 年`, `二〇二三年`, `2021—2025年`, `2023-02-01`.
pub fn mentions(text: &str) -> Vec<Mention> {
    let chars: Vec<char> = text.chars().map(half_width).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match mention(&chars, at) {
            Some(mention) => {
                at = mention.end.max(at + 1);
                found.push(mention);
            }
            None => at += 1,
        }
    }
    found
}

/// The value of an Arabic or Han digit.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '〇' | '○' | 'О' | '零' | 'O' | '◯' => Some(0),
        _ => "一二三四五六七八九".chars().position(|han| han == c).map(|index| index as u32 + 1),
    }
}

/// The character after any blanks.
fn skip_blanks(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(|c| matches!(c, ' ' | '\u{a0}')) {
        at += 1;
    }
    at
}

/// Four digits with blanks between them, not part of a longer number; the character after them.
fn four_digits(chars: &[char], start: usize) -> Option<(i32, usize)> {
    digit(*chars.get(start)?)?;
    if start > 0 && (digit(chars[start - 1]).is_some() || matches!(chars[start - 1], '.' | '第')) {
        return None;
    }
    let (mut year, mut at) = (0, start);
    for place in 0..4 {
        let next = if place == 0 { at } else { skip_blanks(chars, at) };
        year = year * 10 + digit(*chars.get(next)?)?;
        at = next + 1;
    }
    let longer = chars.get(at).is_some_and(|c| digit(*c).is_some());
    (!longer && (FIRST..=LAST).contains(&(year as i32))).then_some((year as i32, at))
}

fn mention(chars: &[char], start: usize) -> Option<Mention> {
    let (year, at) = four_digits(chars, start)?;
    let after = skip_blanks(chars, at);
    let next = *chars.get(after)?;
    if next == '年' {
        let end = after + 1;
        // 2021年—2025年 is a range like 2021—2025年.
        if let Some((last, end)) = range_end(chars, end) {
            return Some(Mention { year, last, date: None, start, end });
        }
        let dated = number_before(chars, end, '月').and_then(|(month, at)| {
            let (day, at) = number_before(chars, at, '日').unwrap_or((1, at));
            Some(((valid(month, 12)?, valid(day, 31)?), at))
        });
        return Some(match dated {
            Some((date, end)) => Mention { year, last: year, date: Some(date), start, end },
            None => Mention { year, last: year, date: None, start, end },
        });
    }
    if let Some((last, end)) = range_end(chars, after) {
        return Some(Mention { year, last, date: None, start, end });
    }
    // 政府工作报告（2026）
    if next == ')' && start > 0 && chars[start - 1] == '(' {
        return Some(Mention { year, last: year, date: None, start, end: after });
    }
    // 2023-02-01, 2023/2/1, 2023.2.1
    if matches!(next, '-' | '/' | '.') {
        let (month, at) = plain_number(chars, after + 1)?;
        let separated = chars.get(at) == Some(&next);
        let (day, end) = if separated { plain_number(chars, at + 1)? } else { return None };
        return Some(Mention { year, last: year, date: Some((valid(month, 12)?, valid(day, 31)?)), start, end });
    }
    None
}

fn valid(value: u32, most: u32) -> Option<u32> {
    (1..=most).contains(&value).then_some(value)
}

/// `—2025年` at `at`: the last year and the character after it.
fn range_end(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let mut next = skip_blanks(chars, at);
    let dash = next;
    while chars.get(next).is_some_and(|c| matches!(c, '-' | '—' | '–' | '－' | '―' | '~' | '～' | '至' | '到'))
    {
        next += 1;
    }
    if next == dash {
        return None;
    }
    let (last, end) = four_digits(chars, skip_blanks(chars, next))?;
    let end = skip_blanks(chars, end);
    (chars.get(end) == Some(&'年')).then_some((last, end + 1))
}

/// One or two digits (Arabic, or Han up to 三十一) and then `unit`; the number and the character after the unit.
fn number_before(chars: &[char], at: usize, unit: char) -> Option<(u32, usize)> {
    let at = skip_blanks(chars, at);
    let (number, end) = plain_number(chars, at).or_else(|| han_number(chars, at))?;
    let end = skip_blanks(chars, end);
    (chars.get(end) == Some(&unit)).then_some((number, end + 1))
}

fn plain_number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digits = chars[at.min(chars.len())..].iter().take(2).take_while(|c| c.is_ascii_digit()).count();
    let number = chars.get(at..at + digits)?.iter().fold(0, |number, c| number * 10 + c.to_digit(10).unwrap_or(0));
    (digits > 0).then_some((number, at + digits))
}

fn han_number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let (mut total, mut last, mut end) = (0, None, at);
    for c in chars.iter().skip(at).take(3) {
        match (digit(*c), *c) {
            (Some(value), _) => last = Some(value),
            (None, '十') => total += last.take().unwrap_or(1) * 10,
            _ => break,
        }
        end += 1;
    }
    (end > at).then_some((total + last.unwrap_or(0), end))
}

/// The date in ISO 8601 of the first full date in `text`.
pub fn first_date(text: &str) -> Option<String> {
    let dated = mentions(text).into_iter().find_map(|mention| Some((mention.year, mention.date?)))?;
    Some(format!("{:04}-{:02}-{:02}", dated.0, dated.1.0, dated.1.1))
}

/// Whether the first of `words` in `text` comes before the first of `others`.
fn says_first(text: &str, words: &[&str], others: &[&str]) -> bool {
    let first = |words: &[&str]| words.iter().filter_map(|word| text.find(word)).min();
    match (first(words), first(others)) {
        (Some(one), Some(other)) => one < other,
        (one, _) => one.is_some(),
    }
}

/// What a title says: `2022年工作总结和2023年工作计划` reviews 2022 and plans 2023; a range plans from its first year;
/// `“十四五”规划` begins in 2021. A date is no year of a plan.
pub fn in_title(title: &str) -> Years {
    let chars: Vec<char> = title.chars().map(half_width).collect();
    // 2035年远景目标 is where the road leads, not the year of the plan.
    let far = |mention: &Mention| chars.get(mention.end..mention.end + 2).is_some_and(|after| after == ['远', '景']);
    let found: Vec<Mention> =
        mentions(title).into_iter().filter(|mention| mention.date.is_none() && !far(mention)).collect();
    let mut years = Years::default();
    for (index, mention) in found.iter().enumerate() {
        let end = found.get(index + 1).map_or(chars.len(), |next| next.start);
        let after: String = chars[mention.end..end].iter().filter(|c| **c != ' ').collect();
        let only_review =
            says_first(&after, &["总结", "回顾", "完成情况"], &["计划", "思路", "打算", "要点", "安排", "报告"]);
        // 2022年工作总结及下一年计划 and 2022年总结和计划 plan the year after.
        let plans_next = only_review && index + 1 == found.len() && PLANS[1..6].iter().any(|word| after.contains(word));
        if only_review {
            years.review = years.review.max(Some(mention.last));
            if plans_next {
                years.plan = years.plan.max(Some(mention.last + 1));
            }
        } else {
            let year = if mention.last > mention.year { mention.year } else { mention.last };
            years.plan = years.plan.max(Some(year));
        }
    }
    years.plan = years.plan.or_else(|| five_year_plan(title));
    years
}

/// The first year of a plan named by its number: “十四五” began in 2021; every plan from the sixth lasts five years.
pub fn five_year_plan(text: &str) -> Option<i32> {
    let numbers = ["六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六"];
    let named = |number: &&str| {
        text.contains(&format!("“{number}五”"))
            || text.contains(&format!("\"{number}五\""))
            || text.contains(&format!("第{number}个五年"))
    };
    let index = numbers.iter().rposition(named)?;
    ["规划", "纲要", "五年计划"].iter().any(|word| text.contains(word)).then_some(1981 + 5 * index as i32)
}

/// What the lines of a body say, each kind of evidence with its weight; the year with most weight wins, the later of two equals.
///
/// A heading that reviews a year plans the next (3), a heading that plans a year plans that one (3), a date in the head is
/// that of the session: until September it opens its own year, later the next (3); a sentence that begins with the year
/// in the first lines (2), or states the year's general demands (2). Where none of these is found, 刚刚过去的2016年 speaks for the
/// next (1). What a page lists behind its article, often the titles of other reports, has no vote.
pub fn in_body(lines: &[&str]) -> Years {
    let mut votes: Vec<(i32, u32)> = Vec::new();
    let mut vote = |year: i32, weight: u32| match votes.iter_mut().find(|(known, _)| *known == year) {
        Some((_, sum)) => *sum += weight,
        None => votes.push((year, weight)),
    };
    let (mut review, mut planned, mut session, mut opened, mut reviewing) = (None, None, None, None, false);
    let (mut past, mut prose) = (None, false);
    for (index, line) in lines.iter().enumerate() {
        // Buttons stand above an article too: it ends only where it has begun.
        if prose && ends_article(line) {
            break;
        }
        let length = line.chars().count();
        prose |= length > 60;
        // The first clause of a long line tells what it is about; the rest of it is not looked at.
        let head: String = line.chars().take(if length <= 45 { 45 } else { 60 }).collect();
        let found = mentions(&head);
        if length <= 45 && ["回顾", "完成情况"].iter().any(|word| line.contains(word)) {
            reviewing = true;
        }
        let chars: Vec<char> = head.chars().collect();
        for (order, mention) in found.iter().enumerate() {
            let end = found.get(order + 1).map_or(chars.len(), |next| next.start);
            let after: String = chars[mention.end..end.max(mention.end)].iter().filter(|c| **c != ' ').collect();
            let before: String = chars[..mention.start].iter().skip_while(|c| **c == '*').collect();
            // 到2025年 is a goal of several years.
            if before.ends_with(['到', '至']) {
                continue;
            }
            if mention.date.is_some() {
                // A date that is not the head of a list of achievements: the session, or the signature's day.
                if index < 12 && session.is_none() && (length <= 60 || after.contains("会议") || after.contains('届'))
                {
                    session = Some(*mention);
                    let date = mention.date.unwrap_or((1, 1));
                    let year = if date.0 >= 10 { mention.year + 1 } else { mention.year };
                    vote(year, 3);
                }
                continue;
            }
            if past.is_none() && before.ends_with("过去的") {
                past = Some(mention.year);
            }
            if length <= 45 && !line.ends_with('。') {
                let nearest = |words: &[&str]| words.iter().filter_map(|word| after.find(word)).min();
                let (looks_back, plans) = (nearest(&REVIEWS), nearest(&PLANS));
                // 一、2013年主要工作 is told first, so it is done; 三、2013年主要工作 is to come. 完成2013年任务 is done.
                let first_part =
                    part_number(&before) == Some('一') && plans.is_none_or(|_| after.starts_with("主要工作"));
                let finished = ["较好完成", "圆满完成", "顺利完成", "胜利完成", "超额完成"]
                    .iter()
                    .any(|word| before.ends_with(word));
                let weak = after.contains("工作") || after.contains("任务");
                let later_part = part_number(&before).is_some_and(|number| number != '一');
                let to_do =
                    later_part || ["做好", "抓好", "扎实", "努力", "冲刺"].iter().any(|word| before.contains(word));
                let done = finished || after.contains("回顾") || (first_part && weak);
                if done || looks_back.is_some_and(|at| plans.is_none_or(|plan| at < plan)) {
                    if review.is_none() {
                        review = Some(mention.last);
                        vote(mention.last + 1, 3);
                    }
                } else if (plans.is_some() || weak && to_do) && planned.is_none() && mention.last == mention.year {
                    planned = Some(mention.year);
                    vote(mention.year, 3);
                }
            } else if index < 12 && opened.is_none() && mention.start <= 2 && !after.starts_with("以来") {
                opened = Some(mention.year);
                // Under 工作回顾, or told as a year that is over, it is the year before the plan's.
                let over = ["不平凡", "不寻常", "过去"].iter().any(|word| head.contains(word));
                if reviewing || over {
                    vote(mention.year + 1, 1);
                } else {
                    vote(mention.year, if after.starts_with('是') { 1 } else { 2 });
                }
            }
            let demands = ["工作的总体", "总体要求", "总体思路", "预期目标", "主要目标", "工作总体"];
            if (after.starts_with("的")
                || after.starts_with("政府")
                || demands.iter().any(|word| after.starts_with(word)))
                && planned.is_none()
                && demands.iter().any(|word| after.contains(word))
            {
                planned = Some(mention.year);
                vote(mention.year, 2);
            }
        }
    }
    if let Some(past) = past.filter(|_| votes.is_empty()) {
        votes.push((past + 1, 1));
    }
    let best = votes.iter().max_by_key(|(year, weight)| (*weight, *year));
    let (plan, weight) = (best.map(|(year, _)| *year), best.map_or(0, |(_, weight)| *weight));
    // A review of years other than the one before the plan is a term's review; the last of its years is what counts.
    let review = review.filter(|review| plan.is_none_or(|plan| *review < plan && plan - *review <= 2));
    Years { plan, review, weight }
}

/// The number of the part that a heading begins with (`二、`, `（三）`); none for a name that begins so (六盘水市).
fn part_number(heading: &str) -> Option<char> {
    let mut chars = heading.trim_start_matches(['（', '(']).chars();
    let number = chars.next().filter(|c| "一二三四五六七八九十".contains(*c))?;
    chars.next().is_none_or(|c| matches!(c, '、' | '.' | '．' | '，' | ',' | '）' | ')' | ' ')).then_some(number)
}

/// Whether a line ends a page's article: below it stand buttons and other articles.
fn ends_article(line: &str) -> bool {
    let word = line.trim_end_matches(['：', ':']);
    ["分享到", "上一篇", "下一篇", "相关文章", "相关阅读", "相关链接", "相关新闻"].contains(&word)
        || (line.starts_with("上一篇") || line.starts_with("下一篇"))
}

/// The year that the opening of a running text names: of the years without a date in its first lines, the latest that is
/// the year of publication or the next; the first one, where no publication is known.
pub fn in_opening(lines: &[&str], published: Option<i32>) -> Option<i32> {
    let opening = lines.iter().take(5).map(|line| line.chars().take(300).collect::<String>());
    let years: Vec<i32> = opening
        .flat_map(|line| mentions(&line))
        .filter(|mention| mention.date.is_none())
        .map(|mention| mention.last)
        .collect();
    match published {
        Some(published) => years.into_iter().filter(|year| (published..=published + 1).contains(year)).max(),
        None => years.first().copied(),
    }
}

/// The year in a file name: four digits that stand alone (`铸山镇_2022`), not part of a longer number.
pub fn in_file_name(name: &str) -> Option<i32> {
    let chars: Vec<char> = name.chars().map(half_width).collect();
    let standing = |start: &usize| {
        let within_word = *start > 0 && chars[start - 1].is_ascii_alphanumeric();
        let (year, end) = four_digits(&chars, *start)?;
        (!within_word && !chars.get(end).is_some_and(char::is_ascii_alphanumeric)).then_some(year)
    };
    (0..chars.len()).find_map(|start| standing(&start))
}
