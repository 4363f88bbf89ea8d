//! What is measured and what is done with it, out of the words before an amount.

use super::clause::{Change, separates, starts_with};
use super::time::{When, time_at};
use super::words::{ADVERBS, ADVERBS_OF_VERBS, INNER_VERBS, LEADING, MEASURED, NAMES, TRAILING, VERBS, WHOLE_WORDS};

/// The words before an amount, parted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Name {
    /// The verb with its adverbs: 建设, 大力推进; empty where there is none.
    pub action: String,
    /// The noun phrase; empty where the words are a verb or particles alone.
    pub indicator: String,
}

impl Name {
    /// How the thing changes by what is done with it: 减少贫困人口 makes it less, 增加学位 more; `None` for other verbs.
    pub fn change(&self) -> Option<Change> {
        const LESS: [&str; 6] = ["降低", "减少", "压减", "削减", "压缩", "压降"];
        let ends = |words: &[&str]| words.iter().any(|word| self.action.ends_with(word));
        match (ends(&LESS), ends(&["增加", "提高"])) {
            (true, _) => Some(Change::Decrease),
            (_, true) => Some(Change::Increase),
            _ => None,
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
    let mut rest = lead(&words);
    let mut action: Vec<char> = Vec::new();
    while let Some(length) = verb(rest) {
        action.extend(&rest[..length]);
        rest = lead(&rest[length..]);
        if rest.first() == Some(&'好') {
            rest = lead(&rest[1..]);
        }
    }
    let mut rest = trim_end(against(rest));
    if let Some((at, length)) = inner_verb(rest) {
        action = rest[at..at + length].to_vec();
        rest = trim_end(lead(&rest[at + length..]));
    }
    let indicator: String = rest.iter().collect();
    let indicator = unpaired(indicator.trim().trim_matches('*'));
    let whole = indicator.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    Name { action: action.into_iter().collect(), indicator: if whole { indicator } else { String::new() } }
}

/// The words before what they are compared with: `收入比2020年` is 收入.
fn against(words: &[char]) -> &[char] {
    let compares = |at: &usize| {
        let base = words.get(at + 1).is_some_and(|c| c.is_ascii_digit() || matches!(c, '上' | '去'));
        matches!(words[*at], '比' | '较') && base
    };
    (1..words.len()).find(compares).map_or(words, |at| &words[..at])
}

/// The last verb inside the words with a noun of two characters or more on both sides, as its place and length.
fn inner_verb(words: &[char]) -> Option<(usize, usize)> {
    (2..words.len()).rev().find_map(|at| {
        let length = begins(&words[at..], INNER_VERBS)?;
        let after = &words[at + length..];
        (after.len() > 1 && !measured(after) && begins(&words[at..], NAMES).is_none()).then_some((at, length))
    })
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
        let time = (*first != '《').then(|| time_at(rest, 0, When::default())).flatten().map(|(end, _)| end);
        let part = time.or_else(|| month(rest)).or_else(|| begins(rest, LEADING));
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
fn verb(words: &[char]) -> Option<usize> {
    let (mut at, mut sure) = (0, 0);
    loop {
        let rest = &words[at..];
        let named = begins(rest, NAMES).is_some();
        if let Some(length) = begins(rest, VERBS).filter(|_| !named) {
            let after = &rest[length..];
            if !measured(after) && !rates(after) {
                return Some(at + length);
            }
        }
        if let Some(length) = begins(rest, ADVERBS).filter(|_| !named) {
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

/// Whether words begin with a verb, so that they say what happens and name no thing.
pub(super) fn acts(words: &str) -> bool {
    const STATES: &[&str] =
        &["全部", "全面", "均", "都", "投入", "通过", "以上", "建成", "达标", "每", "就", "可", "在"];
    let words: Vec<char> = words.chars().collect();
    verb(&words).is_some() || begins(&words, STATES).is_some()
}

/// Whether a word of measure begins the words; 规模以上 and 规模养殖 are none.
fn measured(words: &[char]) -> bool {
    begins(words, MEASURED).is_some() && begins(words, &["规模以", "规模养", "规模化"]).is_none()
}

/// Whether a verb and the character behind it are the name of a measure: 开工率, 供应量.
fn rates(after: &[char]) -> bool {
    matches!(after, ['率' | '量' | '数' | '额' | '度' | '者' | '员' | '期'])
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
        let ends = |word: &&&str| {
            let length = word.chars().count();
            rest.len() >= length && starts_with(&rest[rest.len() - length..], word)
        };
        let Some(word) = TRAILING.iter().find(ends) else { return rest };
        rest = &rest[..rest.len() - word.chars().count()];
    }
}

/// A name without quotation marks of which only one half stands in it.
fn unpaired(name: &str) -> String {
    let mut name = name.to_owned();
    for (open, close) in [('“', '”'), ('《', '》'), ('(', ')')] {
        let count = |c: char| name.chars().filter(|other| *other == c).count();
        if count(open) != count(close) {
            name = name.trim_start_matches([open, close]).trim_end_matches([open, close]).to_owned();
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
        for words in ["改造面积", "建成区绿地率", "开工率", "重点项目", "和平路", "再就业", "保障房", "研发投入强度"]
        {
            assert_eq!(parted(words), pair("", words), "{words}");
        }
    }
}
