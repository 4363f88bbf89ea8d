//! The names of a list whose amounts follow one by one: `一产、二产分别增长3%、5%`.

use super::before::{led, sized};
use super::clause::{Change, ends_with, separates};
use super::extract::{Amount, Target};
use super::name::{Name, acts, is_share, name};
use super::unit::{Quantity, unit_at};
use super::words::MODIFIERS;

/// The names that 分别 promised an amount each, and how many have met theirs.
#[derive(Debug, Default)]
pub(super) struct List {
    names: Vec<Name>,
    index: usize,
    /// The amount before: where nothing is its own any more before it, where its clause begins and its name and itself end.
    before: Before,
}

/// Where the words of an amount stand.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    from: usize,
    clause: usize,
    name_end: usize,
    end: usize,
}

impl List {
    /// The names of an amount, each with its change: one, or several where 均 or 各 says that it holds for each. `object` is what
    /// stands behind it and `last` the amount before it in the sentence.
    pub fn names(
        &mut self,
        text: &[char],
        clause: usize,
        amount: &Amount,
        object: &str,
        last: Option<&Target>,
    ) -> Vec<(Name, Change)> {
        let words = &text[amount.indicator.0..amount.indicator.1];
        let (own, led) = self.own(text, amount, object, last);
        let change = amount.words.change;
        if amount.words.respectively || amount.words.each {
            // `收入、利润，分别增长8%、9%`: the names stand in the clause before.
            let end = if own.is_empty() { clause.saturating_sub(1) } else { amount.indicator.1 };
            let names = names_before(text, self.before.from, clause.min(end), end);
            // `收入、支出分别增长5%`: one amount for both.
            let more = goes_on(&text[amount.end..]);
            if !names.is_empty() && (amount.words.each || names.len() > 1 && !more) {
                return names.into_iter().map(|name| (name, change)).collect();
            }
            let names = if more { town_and_country(names) } else { names };
            if let Some(first) = names.first().cloned() {
                (self.names, self.index) = (names, 1);
                return vec![(first, change)];
            }
        }
        if (!own.indicator.is_empty() || led) && !joins(words, amount.indicator.0, last, text) {
            self.names.clear();
            return vec![(own, change)];
        }
        // A second amount of the same sort goes the way of the first: `分别增长8%、9%`.
        let same = last.filter(|last| !amount.words.says_change && last.quantity == amount.quantity);
        let mute = words.iter().all(|c| matches!(c, '和' | '与' | '及' | ' '));
        let change = same.filter(|_| amount.is_bare() && mute).map_or(change, |last| last.change);
        if let Some(name) = self.names.get(self.index) {
            self.index += 1;
            return vec![(name.clone(), same.map_or(change, |last| last.change))];
        }
        let inherited = last.map(|last| Name { action: last.action.clone(), indicator: last.indicator.clone() });
        let inherited = inherited.unwrap_or_default();
        let silent = mute || joins(words, amount.indicator.0, last, text);
        let action = if silent { inherited.action } else { own.action };
        // What is counted stands behind the amount, else it is what was measured before.
        let indicator = if object.is_empty() { inherited.indicator } else { String::new() };
        vec![(Name { action, indicator }, change)]
    }

    /// The name that stands before an amount itself, with the verb that a list or a size parts from it; and whether a list does.
    fn own(&mut self, text: &[char], amount: &Amount, object: &str, last: Option<&Target>) -> (Name, bool) {
        let (clause, name_end) = amount.indicator;
        let words = &text[clause..name_end];
        let own = counted(name(words), words, amount, object);
        let here = Before { from: self.before.end, clause, name_end, end: amount.end };
        let before = std::mem::replace(&mut self.before, here);
        if !own.action.is_empty() || joins(words, clause, last, text) {
            return (own, false);
        }
        // `推进投资2亿元的5个项目`: the size stands between.
        if words.first() == Some(&'的') && clause == before.end || sized(text, before.end, clause) {
            let action = last.map(|last| last.action.clone()).filter(|action| !action.is_empty());
            let listed = || led(text, before.from, before.clause, before.name_end).map(|name| name.action);
            return (Name { action: action.or_else(listed).unwrap_or_default(), ..own }, false);
        }
        let extent = matches!(amount.quantity, Quantity::Hectare | Quantity::SquareMetre | Quantity::Metre);
        let looks = (extent || amount.quantity.counts()) && amount.is_bare();
        match led(text, before.end, clause, name_end).filter(|_| looks) {
            // `新建书屋、茶室5间、6间`: the names are not counted together.
            Some(Name { action, .. }) if text.get(amount.end) != Some(&',') && goes_on(&text[amount.end..]) => {
                (Name { action, ..own }, true)
            }
            Some(Name { action, indicator }) => {
                let names = Name { action: String::new(), indicator };
                (Name { action, ..counted(names, words, amount, object) }, true)
            }
            None => (own, false),
        }
    }
}

/// Whether another amount follows a mark or conjunction, at once or after `每人每月`, 约 and the like.
fn goes_on(text: &[char]) -> bool {
    let mut rest = text.iter().filter(|c| **c != ' ');
    let marked = rest.next().is_some_and(|c| matches!(c, '、' | ',' | '和' | '与' | '及'));
    marked && rest.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '每' | '约' | '近' | '超'))
}

/// A name as it is where things are counted: examples and owners before the number (`甲村、乙村等8个村庄`, `市5项民生工程`) are not what is
/// counted, that stands behind it. A verb behind it (`公厕5座全部建成`) is no thing, and one that leads leaves a name.
fn counted(name: Name, words: &[char], amount: &Amount, object: &str) -> Name {
    if let Some(examples) = name.indicator.strip_suffix('等') {
        let indicator = if object.is_empty() { examples.to_owned() } else { String::new() };
        return Name { indicator, ..name };
    }
    let modifies = MODIFIERS.contains(&name.indicator.as_str()) && !object.is_empty();
    // `修桥和10万平方米楼房`: the words before are another thing; `答应的10件实事`: they tell what the thing is like.
    let other = matches!(words.last(), Some('和' | '与' | '及' | '的')) && !object.is_empty();
    // `在东桥新建5座水闸`: they tell where.
    let blanks = words.iter().rev().take_while(|c| c.is_whitespace()).count();
    let behind = ends_with(&words[..words.len() - blanks], &name.action);
    let verb_behind = behind && !name.action.is_empty() && !object.is_empty() && !acts(object);
    let owns = modifies
        || other
        || verb_behind
        || amount.quantity.counts()
            && amount.is_bare()
            && name.action.is_empty()
            && object.chars().count() > 2
            && !acts(object);
    if owns { Name { indicator: String::new(), ..name } } else { name }
}

/// Whether the words before an amount are the object of the one before it and a conjunction: `5座水库和4座泵站`, or the object and the
/// words that tell the next thing apart: `20项工程和群众选出的10件实事`.
fn joins(words: &[char], start: usize, last: Option<&Target>, text: &[char]) -> bool {
    let follows = start > 0 && !separates(text[start - 1]);
    let joined = |c: &char| matches!(c, '和' | '与' | '及');
    let tells = words.last() == Some(&'的') && words.iter().any(joined);
    follows && last.is_some() && (words.last().is_some_and(joined) || tells)
}

/// The names between the last mark that ends a clause and `end`, which 、 and conjunctions part; what stands before `from`, where the
/// amount before ends, has met its own. Those that an amount stands in are amounts of their own and no names.
fn names_before(text: &[char], from: usize, clause: usize, end: usize) -> Vec<Name> {
    let start = (from..clause).rev().find(|&at| separates(text[at]) && text[at] != '、').map_or(from, |at| at + 1);
    let pieces = text[start..end.max(start)].split(|c| matches!(c, '、' | '和' | '与' | '及'));
    // One character is no name, but the first and second of three branches.
    let named = |piece: &[char]| match piece {
        [branch @ ('一' | '二' | '三')] => Name { action: String::new(), indicator: branch.to_string() },
        _ => name(piece),
    };
    let mut names: Vec<Name> = pieces.filter(|piece| !holds_amount(piece)).map(named).collect();
    names.retain(|name| !name.indicator.is_empty());
    share_head(&mut names);
    share_tail(&mut names);
    names
}

/// The share that only the last name shows is given to the others: `果品、水产业增加值占生产总值的比重` is the same of 果品. Names that
/// end like a measure (产值, 投资) keep it, and 农业、工业和服务业 hold none to share.
fn share_tail(names: &mut [Name]) {
    const FIGURES: [&str; 6] = ["增加值", "总产值", "产值", "产量", "投资", "收入"];
    const MEASURES: &str = "值额量数积度资入款";
    let Some((last, others)) = names.split_last_mut() else { return };
    let share = |name: &str| is_share(&name.chars().collect::<Vec<_>>());
    let Some((whose, _)) = last.indicator.split_once('占').filter(|(whose, of)| !whose.is_empty() && share(of)) else {
        return;
    };
    let figure = FIGURES.iter().find(|figure| whose.ends_with(**figure)).copied().unwrap_or_default();
    let tail = &last.indicator[whose.len()..];
    for other in others.iter_mut().filter(|other| !share(&other.indicator)) {
        let own = other.indicator.ends_with(|c| MEASURES.contains(c));
        other.indicator = format!("{}{}{tail}", other.indicator, if own { "" } else { figure });
    }
}

/// Whether digits with a unit stand in a piece.
fn holds_amount(piece: &[char]) -> bool {
    (1..piece.len()).any(|at| piece[at - 1].is_ascii_digit() && unit_at(piece, at).is_some())
}

/// Whose income or spending it is, and the first of two or three branches: words that stand before a head which only the
/// last name of a list shows. Longer ones before those they begin with.
const OWNERS: [&str; 12] = [
    "城镇常住居民",
    "农村常住居民",
    "城镇居民",
    "农村居民",
    "城市居民",
    "农牧民",
    "农民",
    "城镇",
    "农村",
    "城市",
    "城乡居民",
    "城乡",
];

/// The head that only the last name shows is given to the others: `城镇、农村居民收入` are 城镇居民收入 and 农村居民收入, `一、二、三产业增加值` each 产业增加值.
fn share_head(names: &mut [Name]) {
    let Some((last, others)) = names.split_last_mut() else { return };
    let owned = |name: &str| OWNERS.iter().find(|owner| name.starts_with(**owner)).copied();
    let branch = |name: &str| -> Option<usize> {
        let ordinal = name.strip_prefix('第').unwrap_or(name);
        let digit = ordinal.chars().next().filter(|c| "一二三".contains(*c))?;
        Some(name.len() - ordinal.len() + digit.len_utf8())
    };
    let cut = owned(&last.indicator).map(str::len).or_else(|| branch(&last.indicator));
    let Some(cut) = cut.filter(|cut| *cut < last.indicator.len()) else { return };
    for other in others {
        let bare = owned(&other.indicator).is_some_and(|owner| owner == other.indicator)
            || branch(&other.indicator) == Some(other.indicator.len());
        if bare {
            let whose = owned(&last.indicator).filter(|owner| owner.ends_with("居民"));
            let people = if whose.is_some() && !other.indicator.ends_with('民') { "居民" } else { "" };
            other.indicator = format!("{}{people}{}", other.indicator, &last.indicator[cut..]);
        }
    }
}

/// One name for town and country together is two names where 分别 follows: `城乡居民收入` are 城镇居民收入 and 农村居民收入, in this order.
fn town_and_country(names: Vec<Name>) -> Vec<Name> {
    match names.as_slice() {
        [one] if one.indicator.starts_with("城乡") => {
            let rest = &one.indicator["城乡".len()..];
            let of = |whose: &str| Name { indicator: format!("{whose}{rest}"), ..one.clone() };
            vec![of("城镇"), of("农村")]
        }
        _ => names,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{When, extract};

    fn names(sentence: &str) -> Vec<String> {
        extract(sentence, When::plan(None)).into_iter().map(|target| target.indicator).collect()
    }

    #[test]
    fn a_share_that_the_last_name_shows_is_every_names() {
        assert_eq!(
            names("果品、茶叶和水产业增加值占生产总值的比重分别达到3%、5%和9%"),
            ["果品增加值占生产总值的比重", "茶叶增加值占生产总值的比重", "水产业增加值占生产总值的比重"]
        );
        assert_eq!(
            names("茶业总产值、桥梁投资占全县比重分别达到3%、5%"),
            ["茶业总产值占全县比重", "桥梁投资占全县比重"]
        );
        assert_eq!(names("入学率、果园占耕地比例分别达到3%、5%"), ["入学率", "果园占耕地比例"]);
    }

    #[test]
    fn where_a_verb_ends_the_words_they_tell_who_or_where() {
        let both = |sentence: &str| {
            let target = extract(sentence, When::plan(None)).remove(0);
            (target.action, target.indicator, target.object)
        };
        let triple = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(both("在东桥片区新增9所茶校"), triple("新增", "", "茶校"));
        assert_eq!(both("每个山村（社区）建成 1个茶室"), triple("建成", "", "茶室"));
        assert_eq!(both("茶企新增9家"), triple("新增", "茶企", ""));
        assert_eq!(both("书屋新建9间，全部开放"), triple("新建", "书屋", ""));
    }
}
