//! From a sentence to its planned quantities.

use super::clause::{Bound, Change, Comparator, bound_after, bound_within, comparator, separates, starts_with};
use super::number::{Number, number_at};
use super::unit::{Quantity, people_at, unit_at};
use crate::text::{Span, half_width};

/// One planned quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The amount with its unit and bound, in bytes of the sentence.
    pub span: Span,
    /// What is measured: the words before the amount in its clause, or those of the amount before it where a clause
    /// has none of its own (`投资1.5亿元，同比增长15%`). In half-width characters; empty where there are none.
    pub indicator: String,
    /// Whether the amount is a level or a change.
    pub change: Change,
    /// How it bounds what is planned.
    pub bound: Bound,
    /// Whether it is striven for (力争) rather than promised.
    pub strive: bool,
    /// The amount, multiplied out, in the unit as written without 万 or 亿: 3万亩 is 30,000.
    pub value: f64,
    /// The upper amount of a range (8%—10%), likewise.
    pub upper: Option<f64>,
    /// The unit as written, with its 万 or 亿.
    pub unit: String,
    /// What is counted.
    pub quantity: Quantity,
    /// The amount in the unit that [`Quantity::id`] names: 30,000亩 is 2,000 hectares.
    pub normal: f64,
    /// What stands after the unit up to the end of the clause: `产业园` in `建设5个产业园`. Empty where nothing does.
    pub object: String,
    /// The year by which: one that the sentence names before the amount, else the plan's.
    pub year: Option<i32>,
}

/// The longest object that is kept, in characters: a noun phrase, not the rest of the clause.
const OBJECT: usize = 16;
/// The longest indicator, counted from its end.
const INDICATOR: usize = 24;

/// All planned quantities of a sentence, in its order. `year` is the year the plan is for.
///
/// Amounts without a unit, dates, ordinals, document numbers and grades (4A级) are not quantities. Amounts in Chinese numerals
/// count where a unit of measure follows, or 百分之 stands before: 两个 and 三个 are too often part of a slogan.
pub fn extract(sentence: &str, year: Option<i32>) -> Vec<Target> {
    let text: Vec<char> = sentence.chars().map(fold).collect();
    let mut bytes: Vec<usize> = sentence.char_indices().map(|(at, _)| at).collect();
    bytes.push(sentence.len());
    let mut found: Vec<Target> = Vec::new();
    let (mut at, mut clause, mut year) = (0, 0, year);
    // Where the clause around an open bracket began: `园区（基地）12个` measures 园区.
    let mut outer: Vec<usize> = Vec::new();
    let mut list = List::default();
    while at < text.len() {
        if let Some((end, named)) = year_at(&text, at) {
            year = Some(named);
            at = end;
            continue;
        }
        let Some(number) = number_at(&text, at) else {
            match text[at] {
                '(' => {
                    outer.push(clause);
                    clause = at + 1;
                }
                ')' => clause = outer.pop().unwrap_or(at + 1),
                c if separates(c) => {
                    clause = at + 1;
                    outer.clear();
                }
                _ => {}
            }
            at += 1;
            continue;
        };
        let Some(amount) = read(&text, clause, number) else {
            at = number.digits_end.max(at + 1);
            continue;
        };
        let span = Span::new(bytes[number.start], bytes[amount.end]);
        let object = object(&text[amount.end..amount.object_end]);
        for (indicator, change) in list.names(&text, clause, &amount, found.last()) {
            found.push(amount.target(span, &text, indicator, change, object.clone(), year));
        }
        at = amount.end;
        clause = amount.end;
    }
    found
}

/// The object as it stands, without 的 before it or a conjunction after it.
fn object(words: &[char]) -> String {
    let words: String = words.iter().collect();
    let words = words.trim().trim_start_matches('的');
    words.trim_end_matches(['和', '与', '及', '以']).to_string()
}

/// Half-width, with the fullwidth percent sign, the wave and the long dash of ranges made one.
fn fold(c: char) -> char {
    match half_width(c) {
        '﹪' => '%',
        '～' | '〜' | '–' | '－' | '-' => '~',
        other => other,
    }
}

/// A calendar year at `at`: `2025年`, `2025年底`, not followed by a duration.
fn year_at(text: &[char], at: usize) -> Option<(usize, i32)> {
    let digits = text.get(at..at + 4)?;
    let begins = at == 0 || !text[at - 1].is_ascii_digit();
    if !begins || !digits.iter().all(char::is_ascii_digit) || text.get(at + 4) != Some(&'年') {
        return None;
    }
    let year: i32 = digits.iter().collect::<String>().parse().ok()?;
    (1949..=2100).contains(&year).then_some((at + 5, year))
}

/// An amount with what was read around it.
struct Amount {
    number: Number,
    words: Comparator,
    bound: Bound,
    indicator: (usize, usize),
    upper: Option<f64>,
    unit: (usize, usize),
    quantity: Quantity,
    factor: f64,
    end: usize,
    object_end: usize,
}

fn read(text: &[char], clause: usize, number: Number) -> Option<Amount> {
    let before = number.start.checked_sub(1).map(|at| text[at]);
    // Ordinals, names (G20, 5G, “1+3”), decimals of a number that was passed over, file numbers.
    if before.is_some_and(|c| matches!(c, '第' | '〔' | '[' | '+' | '/' | '周') || c.is_ascii_alphanumeric()) {
        return None;
    }
    let (last, upper) = range(text, number);
    let rank = before == Some('前');
    let (unit_start, unit_end, quantity, factor) = if number.percent {
        (number.start, number.start + 3, Quantity::Percent, 1.0)
    } else if let Some((end, quantity, factor)) = unit_at(text, last.end) {
        let quantity =
            if rank && matches!(quantity, Quantity::People | Quantity::Count) { Quantity::Rank } else { quantity };
        (last.digits_end, end, quantity, factor)
    } else if last.end > last.digits_end && !number.han && people_at(text, last.end) {
        (last.digits_end, last.end, Quantity::People, 1.0)
    } else {
        return None;
    };
    let slogan = number.han
        && !number.percent
        && matches!(
            quantity,
            Quantity::Count
                | Quantity::People
                | Quantity::Day
                | Quantity::Household
                | Quantity::Times
                | Quantity::Metre
        );
    if slogan && number.value < 1000.0 {
        return None;
    }
    let mut end = if number.percent { last.end } else { unit_end };
    let mut words = comparator(text, clause, number.start - usize::from(rank));
    let lead: String = text[clause.min(words.start)..words.start].iter().collect();
    words.strive |= ["力争", "争取", "力求"].iter().any(|word| lead.contains(word));
    let mut bound = words.bound;
    if let Some((after, says)) = bound_after(text, end) {
        bound = bound.or(Some(says));
        end = after;
    } else if quantity == Quantity::Day && text.get(end) == Some(&'内') {
        bound = bound.or(Some(Bound::AtMost));
        end += 1;
    }
    let rough = (number.rough || last.rough).then_some(Bound::About);
    let object_end = (end..text.len().min(end + OBJECT))
        .find(|&at| separates(text[at]) || text[at].is_ascii_digit())
        .unwrap_or(text.len().min(end + OBJECT));
    let indicator = (clause.max(words.start.saturating_sub(INDICATOR)), words.start);
    Some(Amount {
        number,
        words,
        bound: bound.or(rough).unwrap_or_default(),
        indicator,
        upper: upper.map(|upper| upper.value),
        unit: (unit_start, unit_end),
        quantity,
        factor,
        end,
        object_end,
    })
}

/// The second amount of a range, if one follows: `8%~10%`, `8~10%`, `8到10家`. Returns the amount before the unit.
fn range(text: &[char], number: Number) -> (Number, Option<Number>) {
    let mut at = number.end;
    if text.get(at) == Some(&'%') {
        at += 1;
    }
    let dashes = text[at.min(text.len())..].iter().take_while(|c| matches!(c, '~' | '—')).count();
    let step = if dashes > 0 { dashes } else { usize::from(matches!(text.get(at), Some('到' | '至'))) };
    if step == 0 {
        return (number, None);
    }
    match text.get(at + step).filter(|c| c.is_ascii_digit()).and_then(|_| number_at(text, at + step)) {
        Some(upper) if unit_at(text, upper.end).is_some() && upper.value >= number.value => (upper, Some(upper)),
        _ => (number, None),
    }
}

impl Amount {
    fn target(
        &self,
        span: Span,
        text: &[char],
        indicator: String,
        change: Change,
        object: String,
        year: Option<i32>,
    ) -> Target {
        // 3~5万元: the lower amount shares the multiplier that only the upper one shows.
        let value = match self.upper {
            Some(upper) if upper / self.number.value.max(f64::MIN_POSITIVE) > 1000.0 => [1e8, 1e4]
                .into_iter()
                .map(|factor| self.number.value * factor)
                .find(|&v| v <= upper)
                .unwrap_or(self.number.value),
            _ => self.number.value,
        };
        Target {
            span,
            bound: match self.bound {
                Bound::Exactly => bound_within(&indicator).unwrap_or_default(),
                bound => bound,
            },
            indicator,
            change,
            strive: self.words.strive,
            value,
            upper: self.upper,
            unit: text[self.unit.0..self.unit.1].iter().filter(|c| !matches!(c, '余' | '多' | ' ')).collect(),
            quantity: self.quantity,
            normal: value * self.factor,
            object,
            year,
        }
    }
}

/// The names of a list whose amounts follow one by one: `一产、二产分别增长3%、5%`.
#[derive(Default)]
struct List {
    names: Vec<String>,
    index: usize,
    change: Change,
}

impl List {
    /// The indicators of an amount, each with its change: one, or several where 均 or 各 says that it holds for each.
    fn names(&mut self, text: &[char], clause: usize, amount: &Amount, last: Option<&Target>) -> Vec<(String, Change)> {
        let own = clean(&text[amount.indicator.0..amount.indicator.1]);
        let change = amount.words.change;
        if (amount.words.respectively || amount.words.each) && !own.is_empty() {
            let start = (0..clause).rev().find(|&at| separates(text[at]) && text[at] != '、').map_or(0, |at| at + 1);
            let names: Vec<String> = text[start..amount.indicator.1]
                .split(|c| matches!(c, '、' | '和' | '与' | '及'))
                .map(clean)
                .filter(|name| !name.is_empty() && !name.contains(|c: char| c.is_ascii_digit()))
                .collect();
            if amount.words.each && !names.is_empty() {
                return names.into_iter().map(|name| (name, change)).collect();
            }
            if let Some(first) = names.first().cloned() {
                (self.names, self.index, self.change) = (names, 1, change);
                return vec![(first, change)];
            }
        }
        if !own.is_empty() && !joins(&text[amount.indicator.0..amount.indicator.1], amount.indicator.0, last, text) {
            self.names.clear();
            return vec![(own, change)];
        }
        if let Some(name) = self.names.get(self.index) {
            self.index += 1;
            return vec![(name.clone(), if change == Change::Level { self.change } else { change })];
        }
        vec![(last.map(|target| target.indicator.clone()).unwrap_or_default(), change)]
    }
}

/// Whether the words before an amount are the object of the one before it and a conjunction: `5座水库和4座泵站`.
fn joins(words: &[char], start: usize, last: Option<&Target>, text: &[char]) -> bool {
    let follows = start == 0 || !separates(text[start - 1]);
    follows && last.is_some() && start > 0 && matches!(words.last(), Some('和' | '与' | '及'))
}

/// An indicator without the adverbs and times that lead it, and without leftovers that are no name.
fn clean(words: &[char]) -> String {
    const LEADING: &[&str] = &[
        "到",
        "今年",
        "全年",
        "年内",
        "全镇",
        "全县",
        "全市",
        "全区",
        "全省",
        "其中",
        "确保",
        "力争",
        "预计",
        "争取",
        "实现",
        "完成",
        "年底前",
        "年底",
        "前",
        "和",
        "并",
        "与",
        "及",
        "或",
        "也",
        "使",
        "让",
    ];
    let open = usize::from(words.first() == Some(&'('));
    let mut rest: &[char] = &words[open..];
    rest = &rest[marker(rest)..];
    while let Some(first) = rest.first() {
        if first.is_whitespace() || separates(*first) || matches!(first, '~' | '.' | '/' | '·') {
            rest = &rest[1..];
        } else if let Some(word) = LEADING.iter().find(|word| starts_with(rest, word) && !starts_with(rest, "到位")) {
            rest = &rest[word.chars().count()..];
        } else {
            break;
        }
    }
    let name: String = rest.iter().collect();
    name.trim().to_string()
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
