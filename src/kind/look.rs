//! What is read of a sentence before its neighbours are looked at: body, length, stop, words that tell, shapes of noise.

use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::outline::{Outline, dress_length, is_closing, is_stop};
use crate::text::{is_han, is_letter};

/// Words that tell what a sentence is doing: aspect (了, 已, 累计 against 将, 要, 力争), verbs of measures, words of results,
/// problems, targets and guiding ideology.
pub(super) const CUES: &[&str] = &[
    "了",
    "已",
    "已经",
    "完成",
    "实现",
    "累计",
    "同比",
    "达到",
    "增长",
    "突破",
    "荣获",
    "获评",
    "成功",
    "顺利",
    "圆满",
    "显著",
    "持续",
    "不断",
    "进一步",
    "明显",
    "全部",
    "新增",
    "建成",
    "投入",
    "共",
    "截至",
    "目前",
    "一年来",
    "过去",
    "去年",
    "上年",
    "今年",
    "明年",
    "年内",
    "年底前",
    "将",
    "要",
    "拟",
    "计划",
    "力争",
    "争取",
    "确保",
    "预计",
    "预期",
    "目标",
    "左右",
    "以上",
    "以内",
    "控制在",
    "为",
    "是",
    "我们",
    "必须",
    "只有",
    "只要",
    "坚持",
    "以",
    "围绕",
    "按照",
    "聚焦",
    "通过",
    "依托",
    "结合",
    "推进",
    "推动",
    "加快",
    "加强",
    "强化",
    "开展",
    "实施",
    "深化",
    "落实",
    "打造",
    "建设",
    "提升",
    "提高",
    "优化",
    "完善",
    "健全",
    "做好",
    "抓好",
    "问题",
    "困难",
    "不足",
    "不够",
    "不高",
    "不强",
    "差距",
    "短板",
    "薄弱",
    "仍然",
    "仍",
    "还",
    "存在",
    "较",
    "偏",
    "压力",
    "制约",
    "缺乏",
    "滞后",
    "有待",
    "感谢",
    "敬意",
    "各位代表",
    "同志们",
    "代表",
    "报告",
    "审议",
    "意义",
    "关键",
    "机遇",
    "开局之年",
    "指导",
    "精神",
    "总体要求",
    "思路",
    "重点抓好",
    "以下",
    "如下",
    "方面",
    "工作",
    "取得",
    "成效",
    "突出",
    "评为",
    "位居",
    "列",
    "第一",
    "居",
    "稳步",
    "有效",
    "深入开展",
    "扎实",
];

/// Words of what stands around a document: links, bylines, buttons, portal rows, notes.
const NOISE: &[&str] = &[
    "http",
    "www",
    "](",
    "????",
    "来源",
    "责任编辑",
    "编辑：",
    "上一篇",
    "下一篇",
    "阅读",
    "评论",
    "点击",
    "打印",
    "关闭",
    "索引号",
    "索 引 号",
    "发布",
    "记者",
    "通讯员",
    "附件",
    "名词解释",
    "注释",
    "|",
    "政府工作报告",
];

/// The words above in one automaton; the value is the position in [`CUES`], then in [`NOISE`].
static WORDS: LazyLock<CharwiseDoubleArrayAhoCorasick<u8>> = LazyLock::new(|| {
    CharwiseDoubleArrayAhoCorasick::new(CUES.iter().chain(NOISE)).expect("the words are few, distinct and not empty")
});

/// The last character of a sentence, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Last {
    /// A word, or nothing.
    Word,
    /// `。`
    Full,
    /// `；` `;`
    Semicolon,
    /// `！` `!`
    Exclamation,
    /// `？`
    Question,
    /// `：` `:`
    Colon,
    /// `，` `、` `,`
    Comma,
}

/// What is read of one sentence.
#[derive(Debug)]
pub(super) struct Look<'t> {
    /// The whole sentence.
    pub sentence: &'t str,
    /// Without marker, dress and blanks at the edges.
    pub body: &'t str,
    /// The body without its stop and closing marks.
    pub core: &'t str,
    /// How it ends.
    pub last: Last,
    /// Whether it ends with a stop.
    pub stopped: bool,
    /// Letters, digits and Chinese characters.
    pub weight: usize,
    /// Chinese characters.
    pub han: usize,
    /// Commas.
    pub commas: usize,
    /// The characters before the first comma.
    pub first_clause: usize,
    /// Whether `了` stands in it.
    pub told: bool,
    /// Whether a digit stands in it.
    pub digit: bool,
    /// Whether a percent sign stands in it.
    pub percent: bool,
    /// The words of [`CUES`] in it, as rising positions.
    pub cues: Vec<u8>,
    /// Whether a word or shape of noise stands in it.
    pub noisy: bool,
    /// Whether it has the form of a glossary entry: `河长制：是指…`, `[12]…`.
    pub gloss: bool,
}

/// Reads every sentence of an outline.
pub(super) fn looks<'t>(text: &'t str, outline: &Outline) -> Vec<Look<'t>> {
    outline
        .sentences
        .iter()
        .map(|sentence| {
            let whole = sentence.span.of(text);
            let start =
                sentence.marker.as_ref().map_or(dress_length(whole), |marker| marker.span.end - sentence.span.start);
            look(whole, &whole[start.min(whole.len())..])
        })
        .collect()
}

fn look<'t>(sentence: &'t str, rest: &'t str) -> Look<'t> {
    let body = rest.trim().trim_end_matches('*').trim_start_matches('*').trim();
    let closed = body.trim_end_matches(|c: char| is_closing(c) || c == '*' || c.is_whitespace());
    let last = match closed.chars().next_back() {
        Some('。') => Last::Full,
        Some('；' | ';') => Last::Semicolon,
        Some('！' | '!') => Last::Exclamation,
        Some('？') => Last::Question,
        Some('：' | ':') => Last::Colon,
        Some('，' | '、' | ',') => Last::Comma,
        _ => Last::Word,
    };
    let (mut weight, mut han, mut commas, mut digit, mut percent, mut first_clause) = (0, 0, 0, false, false, None);
    for (at, c) in body.chars().enumerate() {
        han += usize::from(is_han(c));
        weight += usize::from(is_letter(c));
        digit |= c.is_ascii_digit() || matches!(c, '０'..='９');
        percent |= matches!(c, '%' | '％');
        if matches!(c, '，' | ',') {
            commas += 1;
            first_clause.get_or_insert(at);
        }
    }
    let (mut cues, mut noisy) = (Vec::new(), false);
    for found in WORDS.find_overlapping_iter(sentence) {
        match usize::from(found.value()) {
            cue if cue < CUES.len() => cues.push(found.value()),
            noise if NOISE[noise - CUES.len()] == "政府工作报告" => noisy |= sentence.ends_with("政府工作报告"),
            _ => noisy = true,
        }
    }
    cues.sort_unstable();
    cues.dedup();
    Look {
        sentence,
        body,
        core: body.trim_end_matches(|c: char| is_stop(c) || is_closing(c) || matches!(c, '*' | ' ' | '：' | ':')),
        last,
        stopped: closed.chars().next_back().is_some_and(is_stop),
        weight,
        han,
        commas,
        first_clause: first_clause.unwrap_or_else(|| body.chars().count()),
        told: cues.first() == Some(&0),
        digit,
        percent,
        cues,
        noisy: noisy || is_date(body),
        gloss: is_gloss(body),
    }
}

/// Whether nothing but a date, a time or a number of pages stands there: `12-03`, `2023年2月1日`.
fn is_date(body: &str) -> bool {
    let dated = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '-' | '/' | '.' | ':' | '：' | '年' | '月' | '日' | '时' | ' ' | '[' | ']' | '(' | ')')
    };
    body.chars().any(|c| c.is_ascii_digit()) && body.chars().all(dated)
}

/// Whether the body explains a term: `河长制：是指…`, `“三网”指…`, or begins with the number of a note.
fn is_gloss(body: &str) -> bool {
    const TERM: usize = 24;
    let head: Vec<char> = body.chars().take(TERM + 6).collect();
    let unbracketed = body.trim_start_matches(['[', '［', '【', '〔']);
    let digits = unbracketed.len() - unbracketed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && unbracketed.len() < body.len() && unbracketed[digits..].starts_with([']', '］', '】', '〕']) {
        return true;
    }
    if let Some(colon) = head.iter().take(TERM).position(|c| matches!(c, '：' | ':')).filter(|&at| at > 0) {
        let after = &head[colon + 1..head.len().min(colon + 8)];
        if after.iter().any(|c| matches!(c, '指' | '即' | '是' | '为')) {
            return true;
        }
    }
    head.windows(2).any(|pair| matches!(pair, ['是', '指'] | ['”', '指'] | ['”', '即'] | ['指', '的']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(sentence: &str) -> Look<'_> {
        look(sentence, sentence)
    }

    #[test]
    fn a_sentence_is_read_for_stop_words_and_numbers() {
        let read = one("**新建厂房3座，增长了5％。”**");
        assert_eq!(
            (read.last, read.stopped, read.told, read.digit, read.percent),
            (Last::Full, true, true, true, true)
        );
        assert_eq!((read.core, read.commas, read.first_clause), ("新建厂房3座，增长了5％", 1, 6));
        let cues: Vec<&str> = read.cues.iter().map(|&cue| CUES[usize::from(cue)]).collect();
        assert_eq!(cues, ["了", "增长"]);
    }

    #[test]
    fn dates_links_and_notes_are_seen() {
        assert!(one("12-03").noisy && one("[返回](//a.b)").noisy && !one("修路3条").noisy);
        assert!(
            one("河长制：是指由各级负责人担任河长的制度。").gloss
                && one("[12]双随机").gloss
                && one("〔4〕三险一金：设立三种保险。").gloss
                && !one("一个目标：争先进位。").gloss
        );
    }
}
