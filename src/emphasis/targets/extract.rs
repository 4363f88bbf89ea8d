//! From a sentence to its planned quantities.

use super::clause::{
    Bound, Change, Comparator, both, bound_after, bound_within, closing, comparator, ends_with, separates, starts_with,
};
use super::list::List;
use super::name::{Name, acts, built};
use super::number::{Number, fold, multiplier, number_at};
use super::object::{object, object_end};
use super::time::{Horizon, When, since, time_at};
use super::unit::{Quantity, people_at, unit_at};
use crate::text::Span;

/// One planned quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The amount with its unit and bound, in bytes of the sentence.
    pub span: Span,
    /// What is done with it: `新建` in `新建公厕3座`; empty where no verb stands there.
    pub action: String,
    /// What is measured: the noun phrase before the amount in its clause, or that of the amount before it where a clause
    /// has none of its own (`投资1.5亿元，同比增长15%`). In half-width characters. Empty where an action counts what stands behind
    /// the amount (`建设5个产业园`): that is [`Self::object`].
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
    /// The unit as written, without 万 or 亿: those are in the value. `人` where a number of people has none (`城区人口达到30万`).
    pub unit: String,
    /// What is counted.
    pub quantity: Quantity,
    /// The amount in the unit that [`Quantity::id`] names: 30,000亩 is 2,000 hectares.
    pub normal: f64,
    /// What stands after the unit up to the end of the clause: `产业园` in `建设5个产业园`. Empty where nothing does.
    pub object: String,
    /// The year by which: one that the sentence names before the amount, else the plan's.
    pub year: Option<i32>,
    /// Whether it is for that year, or for several years up to it.
    pub horizon: Horizon,
}

/// All planned quantities of a sentence, in its order. `when` is the time that holds where it begins.
///
/// Amounts without a unit, dates, ordinals, document numbers and grades (4A级) are not quantities. Amounts in Chinese numerals
/// count where a unit of measure follows, or 百分之 stands before: 两个 and 三个 are too often part of a slogan. Neither are a
/// size that only says which things are counted (亿元以上项目3个), what a change begins with (从3万元提高到4万元), and
/// a change in a part of a year that is over.
pub fn extract(sentence: &str, when: When) -> Vec<Target> {
    let text: Vec<char> = sentence.chars().map(fold).collect();
    let mut bytes: Vec<usize> = sentence.char_indices().map(|(at, _)| at).collect();
    bytes.push(sentence.len());
    let mut found: Vec<Target> = Vec::new();
    let (mut at, mut clause, mut when) = (0, 0, when);
    // Where the clause around an open bracket began: `园区（基地）12个` measures 园区.
    let mut outer: Vec<usize> = Vec::new();
    let mut list = List::default();
    // Whether something was aimed at, as far as it was looked for.
    let (mut aimed, mut sought) = (false, 0_usize);
    // Where the amount that a change begins with was found, which ends the name: `标准由3元提高到4元` measures 标准.
    let mut base = None;
    while at < text.len() {
        if let Some((end, named)) = time_at(&text, at, when) {
            (at, when) = (end, named);
            continue;
        }
        // The 、 of 新(改、扩)建 ends no clause.
        if let Some(length) = built(&text[at..]) {
            at += length;
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
        let Some(mut amount) = read(&text, clause.max(number.start.saturating_sub(LONGEST_CLAUSE)), number) else {
            at = number.digits_end.max(at + 1);
            continue;
        };
        at = amount.end;
        if let Some(name) = amount.base(&text) {
            base = Some(name);
            continue;
        }
        if amount.sizes(&text) {
            continue;
        }
        if let Some(name) = base.take().filter(|name| (clause..amount.words.start).contains(name)) {
            amount.indicator.1 = name;
        }
        // What was aimed at is looked for only where it matters, and once in each stretch: a sentence may hold thousands of amounts.
        let describes = when.past && amount.words.says_change && !amount.words.strive;
        if describes {
            aimed |= aims(&text[sought.saturating_sub(1)..number.start.max(sought)]);
            sought = number.start.max(sought);
        }
        if !describes || aimed {
            let span = Span::new(bytes[number.start], bytes[amount.end]);
            let object = object(&text[amount.end..amount.object_end]);
            for (name, change) in list.names(&text, clause, &amount, &object, found.last()) {
                found.push(amount.target(span, &text, name, change, object.clone(), when));
            }
        }
        clause = amount.end;
    }
    found
}

/// The longest clause before an amount that is looked through, in characters.
const LONGEST_CLAUSE: usize = 200;

/// Whether a stretch of a sentence says that something is aimed at.
fn aims(before: &[char]) -> bool {
    let before: String = before.iter().collect();
    ["确保", "力争", "争取", "实现", "预期", "目标"].iter().any(|word| before.contains(word))
}

/// An amount with what was read around it.
pub(super) struct Amount {
    number: Number,
    /// The words of its comparator.
    pub words: Comparator,
    bound: Bound,
    /// Where the words before the comparator stand.
    pub indicator: (usize, usize),
    upper: Option<f64>,
    unit: (usize, usize),
    /// What is counted.
    pub quantity: Quantity,
    factor: f64,
    /// Where it ends, with the words that bound it.
    pub end: usize,
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
    } else if last.end > last.digits_end
        && !number.han
        && (people_at(text, last.end) || populates(text, clause, number))
    {
        (last.digits_end, last.end, Quantity::People, 1.0)
    } else {
        return None;
    };
    // 六个百分之百, “六个100%” and “八抓20条” are slogans, 四两拨千斤 is a proverb.
    let named = quantity == Quantity::Count && text.get(unit_end) == Some(&'”');
    let proverb = quantity == Quantity::Kilogram && before == Some('拨');
    if named || proverb || quantity == Quantity::Percent && before == Some('个') {
        return None;
    }
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
    // 千家万户 counts nobody.
    let round = text[number.start..number.digits_end].iter().all(|c| matches!(c, '十' | '百' | '千'));
    if slogan && (number.value < 1000.0 || round) {
        return None;
    }
    let mut end = if number.percent { last.end } else { unit_end };
    let mut words = comparator(text, clause, number.start - usize::from(rank));
    let lead: String = text[clause.min(words.start)..words.start].iter().collect();
    words.strive |= ["力争", "争取", "力求"].iter().any(|word| lead.contains(word));
    let mut after = None;
    if let Some((behind, says)) = bound_after(text, end) {
        after = Some(says);
        end = behind;
    } else if quantity == Quantity::Day && text.get(end) == Some(&'内') {
        after = Some(Bound::AtMost);
        end += 1;
    }
    let rough = (number.rough || last.rough).then_some(Bound::About);
    let bound = both(words.bound, after).or(rough).or_else(|| bound_within(&lead)).unwrap_or_default();
    // A size in a list is one thing's (`东厂3吨茶、西厂二期`): what 、 parts from it is the next thing.
    let masses =
        matches!(quantity, Quantity::Kilogram | Quantity::Watt | Quantity::KilowattHour | Quantity::CubicMetre);
    let listed = !quantity.counts() && clause.checked_sub(1).is_some_and(|at| text[at] == '、');
    let object_end = object_end(text, end, !masses && !listed);
    let indicator = (clause, words.start);
    Some(Amount {
        number,
        words,
        bound,
        indicator,
        upper: upper.map(|upper| upper.value),
        unit: (unit_start, unit_end),
        quantity,
        factor,
        end,
        object_end,
    })
}

/// Whether an amount without a unit is of people, as the words before it say: `城区人口达到30万`.
fn populates(text: &[char], clause: usize, number: Number) -> bool {
    let name = &text[clause..comparator(text, clause, number.start).start];
    let ends = text.get(number.end).is_none_or(|c| separates(*c) || matches!(c, '和' | '与' | '及'))
        || starts_with(&text[number.end..], "大关")
        || bound_after(text, number.end).is_some();
    ends_with(name, "人口") && ends
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
    /// Where the name ends if the amount is what a change begins with: 由 or 从 before it, a rise or fall behind it.
    fn base(&self, text: &[char]) -> Option<usize> {
        const MOVES: &str = "提增上扩下降压缩减升调拓";
        const NOW: [&str; 6] = ["目前的", "现在的", "原来的", "上年的", "去年的", "现行的"];
        let moves = text.get(self.end).is_some_and(|c| MOVES.contains(*c));
        let words = &text[self.indicator.0..self.words.start];
        let now = closing(words, &NOW).unwrap_or(0);
        let name_end = self.words.start - now;
        (moves && matches!(text[self.indicator.0..name_end].last(), Some('由' | '从'))).then(|| name_end - 1)
    }

    /// Whether it is a size that says which things the next amount counts: `亿元以上项目` in `亿元以上项目3个`, `超千万元的企业` in
    /// `超千万元的企业3家`.
    fn sizes(&self, text: &[char]) -> bool {
        let closes = matches!(text[self.end - 1], '上' | '下') && text[self.end - 2] == '以';
        let opens = matches!(text[self.words.start], '超' | '过') && self.words.bound.is_some();
        let object: String = text[self.end..self.object_end].iter().collect();
        (closes && self.words.bound.is_none() || opens)
            && !self.words.says_change
            && !object.is_empty()
            && !acts(&object)
            && text.get(self.object_end).is_some_and(char::is_ascii_digit)
    }

    /// Whether the amount stands without a word that compares it.
    pub(super) fn is_bare(&self) -> bool {
        self.words.start == self.number.start
    }

    /// Whether it is for several years, as far as its own words say: 年均, 累计下降14%, 比2020年提高5个百分点.
    fn is_period(&self, text: &[char], when: When) -> bool {
        let words = &text[self.indicator.0.min(self.number.start)..self.number.start];
        let sum = self.words.sum && self.quantity == Quantity::Percent && when.sums(words);
        self.words.mean || self.words.says_change && (sum || since(words, when.year))
    }

    /// The unit, without what multiplies its amount.
    fn unit_name(&self, text: &[char]) -> String {
        let written = text[self.unit.0..self.unit.1].iter().filter(|c| !matches!(c, '余' | '多' | ' '));
        let name: String = written.skip_while(|c| multiplier(**c).is_some()).collect();
        if name.is_empty() && self.quantity == Quantity::People { "人".to_owned() } else { name }
    }

    fn target(&self, span: Span, text: &[char], name: Name, change: Change, object: String, when: When) -> Target {
        // 3~5万元: the lower amount shares the multiplier that only the upper one shows.
        let value = match self.upper {
            Some(upper) if upper / self.number.value.max(f64::MIN_POSITIVE) > 1000.0 => [1e8, 1e4]
                .into_iter()
                .map(|factor| self.number.value * factor)
                .find(|&v| v <= upper)
                .unwrap_or(self.number.value),
            _ => self.number.value,
        };
        let change =
            if self.words.says_change { change } else { name.change(self.quantity.counts()).unwrap_or(change) };
        Target {
            span,
            action: name.action,
            indicator: name.indicator,
            change,
            bound: self.bound,
            strive: self.words.strive,
            value,
            upper: self.upper,
            unit: self.unit_name(text),
            quantity: self.quantity,
            normal: value * self.factor,
            object,
            year: when.year,
            horizon: if self.is_period(text, when) { Horizon::Period } else { when.horizon },
        }
    }
}
