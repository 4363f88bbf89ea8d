//! What is measured and what is done with it, out of the words before an amount.

use super::clause::{Change, bracket, closing, ends_with, separates, starts_with};
use super::time::{When, bases, time_at, unblanked};
use super::words::{
    ADVERBS, ADVERBS_OF_VERBS, FIGURES, INNER_VERBS, LEADING, MEASURED, NAMES, NEWLY, TRAILING, VERBS, WHOLE_WORDS,
};

/// The words before an amount, parted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Name {
    /// The verb with its adverbs: 建设, 大力推进; empty where there is none.
    pub action: String,
    /// The noun phrase; empty where the words are a verb or particles alone.
    pub indicator: String,
}

impl Name {
    /// How the thing changes by what is done with it: 减少贫困人口 makes it less, 增加学位 more; `None` for other verbs. What is counted
    /// (`counts`) is not what 提高 and 降低 change: `提高80名教师的待遇`.
    pub fn change(&self, counts: bool) -> Option<Change> {
        const LESS: [&str; 6] = ["减少", "压减", "削减", "调减", "压采", "退出"];
        const LOWER: [&str; 3] = ["降低", "压缩", "压降"];
        let ends = |words: &[&str]| words.iter().any(|word| self.action.ends_with(word));
        if ends(&LESS) || !counts && ends(&LOWER) {
            Some(Change::Decrease)
        } else if ends(&["增加"]) || !counts && ends(&["提高"]) {
            Some(Change::Increase)
        } else {
            None
        }
    }

    /// Whether the words said nothing.
    pub fn is_empty(&self) -> bool {
        self.action.is_empty() && self.indicator.is_empty()
    }
}

/// Parts the words before an amount into what is done and what is measured. Times, modal words, particles and list markers in
/// front go; so does what is left behind. An indicator of one character is a piece of a word and becomes none.
pub(super) fn name(words: &[char]) -> Name {
    let words = untitled(words);
    let (mut action, rest) = verbs(&words);
    let rest = trim_end(against(rest));
    let indicator: String = if let Some(at) = inner_verb(rest) {
        let thing;
        (action, thing) = verbs(&rest[at..]);
        // `果品业完成产值`: the figure is the subject's.
        let subject = if begins(thing, FIGURES).is_some() { untimed(trim_end(&rest[..at])) } else { &[] };
        subject.iter().chain(thing).collect()
    } else if let Some(length) = closing_verb(rest).filter(|_| action.is_empty()) {
        action = rest[rest.len() - length..].to_vec();
        trim_end(&rest[..rest.len() - length]).iter().collect()
    } else {
        rest.iter().collect()
    };
    let indicator = unpaired(indicator.trim().trim_matches('*'));
    let whole = indicator.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    Name { action: action.into_iter().collect(), indicator: if whole { indicator } else { String::new() } }
}

/// The verbs that begin words, with their adverbs, and what stands behind them.
fn verbs(words: &[char]) -> (Vec<char>, &[char]) {
    let (mut rest, mut action) = (lead(words), Vec::new());
    while let Some(length) = verb(rest) {
        action.extend(&rest[..length]);
        rest = lead(&rest[length..]);
        if rest.first() == Some(&'好') {
            rest = lead(&rest[1..]);
        }
    }
    (action, rest)
}

/// The words without a time that ends them: `桥梁项目全年` before 完成.
fn untimed(words: &[char]) -> &[char] {
    &words[..words.len() - closing(words, &["全年", "今年", "年内", "年度"]).unwrap_or(0)]
}

/// The words before what they are compared with: `收入比2020年` is 收入, and so is `收入在2020年基础上`.
fn against(words: &[char]) -> &[char] {
    let compares = |at: &usize| match words[*at] {
        '比' | '较' => {
            unblanked(&words[at + 1..]).first().is_some_and(|c| c.is_ascii_digit() || matches!(c, '上' | '去'))
        }
        '在' => bases(unblanked(&words[at + 1..])),
        _ => false,
    };
    (1..words.len()).find(compares).map_or(words, |at| &words[..at])
}

/// Where the last verb inside the words begins that has a noun of two characters or more on both sides.
fn inner_verb(words: &[char]) -> Option<usize> {
    (2..words.len()).rev().find(|at| {
        let rest = &words[*at..];
        let Some(length) = built(rest).or_else(|| begins(rest, INNER_VERBS)) else { return false };
        let after = &rest[length..];
        // 新增车辆电动化比例 is a share of what is new.
        // 完成进度 tells how much of it is.
        let kept = starts_with(rest, "新增") && (begins(after, NEWLY).is_some() || is_share(after))
            || starts_with(rest, "完成") && begins(after, &["进度", "情况", "程度"]).is_some();
        after.len() > 1 && !measured(after) && !kept && begins(rest, NAMES).is_none()
    })
}

/// Whether a name is a share of something.
pub(super) fn is_share(name: &[char]) -> bool {
    ["比重", "比例", "率"].iter().any(|end| ends_with(name, end))
}

/// The length of a verb that no name holds and that ends the words behind a noun of two characters or more: `茶企新增` in `茶企新增9家`.
fn closing_verb(words: &[char]) -> Option<usize> {
    let ends = |verb: &&&str| words.len() > 1 + verb.chars().count() && ends_with(words, verb);
    INNER_VERBS.iter().find(ends).map(|verb| verb.chars().count())
}

/// The words from the last list marker or bracket on.
fn untitled(words: &[char]) -> Vec<char> {
    let open = usize::from(words.first() == Some(&'('));
    let rest = &words[open..];
    rest[marker(rest)..].to_vec()
}

/// What remains when times, modal words and particles in front are taken off.
fn lead(words: &[char]) -> &[char] {
    let mut rest = words;
    while let Some(first) = rest.first() {
        if first.is_whitespace() || separates(*first) || matches!(first, '~' | '.' | '/' | '·' | '*') {
            rest = &rest[1..];
            continue;
        }
        if begins(rest, WHOLE_WORDS).is_some() {
            break;
        }
        // `“十五五”末`: the mark belongs to the time.
        let quote = usize::from(matches!(first, '“' | '"') && rest.get(1) == Some(&'十'));
        let time = (*first != '《').then(|| time_at(rest, quote, When::default())).flatten().map(|(end, _)| end);
        // 年度安排, but 年度投资 is a name.
        let of_year = || starts_with(rest, "年度") && (rest.len() == 2 || verb(&rest[2..]).is_some());
        let part = time.or_else(|| month(rest)).or_else(|| begins(rest, LEADING)).or_else(|| of_year().then_some(2));
        let Some(length) = part else { break };
        rest = &rest[length..];
        if matches!(rest.first(), Some('底' | '末' | '前')) && time.is_some() {
            rest = &rest[1..];
        }
    }
    rest
}

/// The length of a month or a part of the year in front: `6月底前`, `汛期前`.
fn month(words: &[char]) -> Option<usize> {
    let digits = words.iter().take_while(|c| c.is_ascii_digit()).count();
    if (1..=2).contains(&digits) && words.get(digits) == Some(&'月') {
        let tail = words[digits + 1..].iter().take_while(|c| matches!(c, '份' | '底' | '末' | '前')).count();
        return Some(digits + 1 + tail);
    }
    begins(words, &["汛期前", "上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "春节前", "国庆前", "年中"])
}

/// The length of a verb in front with the adverbs before it, or of adverbs alone. A verb before a word of measure is part of a
/// name, and so are the adverbs that need a verb and have none, unless nothing else stands there.
pub(super) fn verb(words: &[char]) -> Option<usize> {
    let (mut at, mut sure) = (0, 0);
    loop {
        let rest = &words[at..];
        if let Some(length) = built(rest) {
            return Some(at + length);
        }
        let named = begins(rest, NAMES).is_some();
        let adverb = begins(rest, ADVERBS).filter(|_| !named);
        // 抓紧 is no 抓.
        if let Some(length) =
            begins(rest, VERBS).filter(|length| !named && adverb.is_none_or(|adverb| adverb < *length))
        {
            let after = &rest[length..];
            if !measured(after) && !rates(after) {
                return Some(at + length);
            }
        }
        if let Some(length) = adverb {
            at += length;
            sure = at;
        } else if let Some(length) = begins(rest, ADVERBS_OF_VERBS).filter(|_| !named) {
            at += length;
        } else {
            let end = if rest.is_empty() { at } else { sure };
            return (end > 0).then_some(end);
        }
    }
}

/// The length of a verb for building that holds a choice in brackets: `新(改)建`, `新(扩、改)建`.
pub(super) fn built(words: &[char]) -> Option<usize> {
    const WAYS: &str = "新改扩迁续翻重修";
    let open = words.iter().take(4).take_while(|c| WAYS.contains(**c)).count();
    let close = open + bracket(&words[open..], 6).filter(|_| (1..=3).contains(&open))?;
    let chosen = words[open + 1..close - 1].iter().all(|c| WAYS.contains(*c) || matches!(c, '、' | '和' | '/' | '建'));
    (chosen && words.get(close) == Some(&'建')).then_some(close + 1)
}

/// Whether words begin with a verb, so that they say what happens and name no thing.
pub(super) fn acts(words: &str) -> bool {
    const STATES: &[&str] =
        &["全部", "全面", "均", "都", "投入", "通过", "以上", "建成", "达标", "每", "就", "可", "在"];
    let words: Vec<char> = words.chars().collect();
    verb(&words).is_some() || begins(&words, STATES).is_some()
}

/// Whether a word of measure begins the words; 规模以上, 规模养殖 and 标准化 are none.
fn measured(words: &[char]) -> bool {
    const OTHERS: &[&str] = &["规模以", "规模养", "规模化", "标准化", "标准厂房", "标准地"];
    begins(words, MEASURED).is_some() && begins(words, OTHERS).is_none()
}

/// Whether a verb and the character behind it are the name of a measure or of someone: 开工率, 供应量, 种植户.
fn rates(after: &[char]) -> bool {
    matches!(after, ['率' | '量' | '数' | '额' | '度' | '者' | '员' | '期' | '户' | '机' | '所' | '金'])
}

/// The length of the longest of `list` that begins `words`.
fn begins(words: &[char], list: &[&str]) -> Option<usize> {
    list.iter().filter(|word| starts_with(words, word)).map(|word| word.chars().count()).max()
}

/// The words without the verbs and particles that are left behind a name.
fn trim_end(words: &[char]) -> &[char] {
    let mut rest = words;
    loop {
        while rest.last().is_some_and(|c| c.is_whitespace()) {
            rest = &rest[..rest.len() - 1];
        }
        if let Some(length) = note(rest) {
            rest = &rest[..rest.len() - length];
            continue;
        }
        let Some(length) = closing(rest, TRAILING) else { return rest };
        rest = &rest[..rest.len() - length];
    }
}

/// The length of the mark of a footnote that ends the words: `[31]`.
pub(super) fn note(words: &[char]) -> Option<usize> {
    let inside = words.strip_suffix(&[']'])?;
    let digits = inside.iter().rev().take(3).take_while(|c| c.is_ascii_digit()).count();
    (digits > 0 && inside[..inside.len() - digits].last() == Some(&'[')).then_some(digits + 2)
}

/// A name without quotation marks and brackets of which only one half stands in it.
fn unpaired(name: &str) -> String {
    let mut name = name.to_owned();
    for (open, close) in [('“', '”'), ('《', '》'), ('(', ')')] {
        let count = |c: char| name.chars().filter(|other| *other == c).count();
        if count(open) != count(close) {
            name = name.replace([open, close], "");
        }
    }
    name
}

/// The length of a list marker in front: `9.`, `（3）`, `⑦`, `十是`.
fn marker(words: &[char]) -> usize {
    let lead = words.iter().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(**c)).count();
    match words.get(lead) {
        Some('.' | '、' | ')' | '是' | '要') if lead > 0 => lead + 1,
        Some('①'..='⑳') if lead == 0 => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(words: &str) -> (String, String) {
        let words: Vec<char> = words.chars().collect();
        let Name { action, indicator } = name(&words);
        (action, indicator)
    }

    fn pair(action: &str, indicator: &str) -> (String, String) {
        (action.to_owned(), indicator.to_owned())
    }

    #[test]
    fn a_lone_verb_is_an_action_and_no_indicator() {
        assert_eq!(parted("打造"), pair("打造", ""));
        assert_eq!(parted("着力抓好"), pair("着力抓好", ""));
        assert_eq!(parted("新建公厕"), pair("新建", "公厕"));
        assert_eq!(parted("规划建设"), pair("规划建设", ""));
    }

    #[test]
    fn particles_times_and_leftovers_are_no_indicator() {
        for words in ["的", "对", "全市", "到2030年", "村", "由"] {
            assert_eq!(parted(words), pair("", ""), "{words}");
        }
        assert_eq!(parted("2030年力争年产值"), pair("", "年产值"));
        assert_eq!(parted("农村低保月人均补差由"), pair("", "农村低保月人均补差"));
        assert_eq!(parted("地区生产总值实现"), pair("", "地区生产总值"));
        assert_eq!(parted("达到年产苹果"), pair("达到", "年产苹果"));
    }

    #[test]
    fn names_that_begin_like_a_verb_or_particle_stay_whole() {
        let names = ["发动机产量", "派出所", "种植户收入", "种植合作社", "办理环节", "流转收益", "治理达标率"];
        for words in names.into_iter().chain([
            "改造面积",
            "建成区绿地率",
            "开工率",
            "重点项目",
            "和平路",
            "再就业",
            "保障房",
            "研发投入强度",
        ]) {
            assert_eq!(parted(words), pair("", words), "{words}");
        }
    }

    #[test]
    fn a_choice_in_brackets_belongs_to_the_verb() {
        for verb in ["新(改)建", "新(扩、改)建", "新改(扩)建"] {
            assert_eq!(parted(&format!("{verb}茶室")), pair(verb, "茶室"));
        }
        assert_eq!(parted("东村新(改)建茶室"), pair("新(改)建", "茶室"));
        assert_eq!(parted("新(旧)城区面积"), pair("", "新(旧)城区面积"));
    }

    #[test]
    fn what_is_new_or_completed_ends_what_tells_whose() {
        assert_eq!(parted("老城区新增茶室"), pair("新增", "茶室"));
        assert_eq!(parted("大城区新增更换"), pair("新增更换", ""));
        assert_eq!(parted("桥梁项目全年完成投资"), pair("完成", "桥梁项目投资"));
        assert_eq!(parted("果品业完成增加值"), pair("完成", "果品业增加值"));
        for words in [
            "投资完成进度",
            "目标任务完成情况",
            "山区新增就业",
            "城镇新增就业人数",
            "水电新增装机",
            "茶园新增面积",
            "山区新增茶车比例",
        ] {
            assert_eq!(parted(words), pair("", words), "{words}");
        }
    }

    #[test]
    fn adverbs_times_and_notes_are_no_part_of_a_name() {
        assert_eq!(parted("抓紧建设茶室"), pair("抓紧建设", "茶室"));
        assert_eq!(parted("免费放映电影"), pair("免费放映", "电影"));
        assert_eq!(parted("继续为民办好"), pair("继续为民办好", ""));
        assert_eq!(parted("按时反馈率"), pair("", "按时反馈率"));
        assert_eq!(parted("有效期内茶叶品牌"), pair("", "有效期内茶叶品牌"));
        assert_eq!(parted("年度再取消审批事项"), pair("取消", "审批事项"));
        assert_eq!(parted("年度投资"), pair("", "年度投资"));
        assert_eq!(parted("“十五五”末茶园面积"), pair("", "茶园面积"));
        assert_eq!(parted("新增瞪羚企业[17]"), pair("新增", "瞪羚企业"));
        assert_eq!(parted("建设标准化茶室"), pair("建设", "标准化茶室"));
        assert_eq!(parted("建设标准"), pair("", "建设标准"));
    }
}
