//! The time that an amount is for: the plan's year, a later year, or a period of several years.

use super::clause::opening;

/// Whether an amount is for one year or for several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Horizon {
    /// For one year, or reached by the end of one.
    #[default]
    Year,
    /// For several years together (今后五年, “十四五”期间), or the mean of several (年均).
    Period,
}

impl Horizon {
    /// The English id, as it stands in tables.
    pub fn id(self) -> &'static str {
        match self {
            Horizon::Year => "year",
            Horizon::Period => "period",
        }
    }
}

/// The time that the amounts of a sentence are for, as far as what stands before them says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// The year by which; `None` where nothing says it.
    pub year: Option<i32>,
    /// One year, or several.
    pub horizon: Horizon,
    /// The year of the document, which is what 今年 means.
    this: Option<i32>,
    /// Whether years before the document's describe and are passed over: in plans, not in reviews.
    forward: bool,
    /// Whether the document's year was named last (今年, 本年度).
    this_year: bool,
    /// Whether a part of a year that is over was named last (一季度, 截至5月): a change after it is no plan.
    pub(super) past: bool,
}

impl When {
    /// The time of a plan for `year`.
    pub fn plan(year: Option<i32>) -> When {
        When { year, this: year, forward: true, ..When::default() }
    }

    /// The time of a review of `year`.
    pub fn review(year: Option<i32>) -> When {
        When { year, this: year, ..When::default() }
    }

    /// The time of a review of several years that end with `year`.
    pub fn years_up_to(year: Option<i32>) -> When {
        When { horizon: Horizon::Period, ..When::review(year) }
    }

    /// The time that holds at the end of a sentence, which a head gives to what stands under it and a sentence that ends in
    /// a semicolon or colon to the next one.
    pub fn after(self, sentence: &str) -> When {
        let text: Vec<char> = sentence.chars().map(super::number::fold).collect();
        let (mut at, mut when) = (0, self);
        while at < text.len() {
            match time_at(&text, at, when) {
                Some((end, named)) => (at, when) = (end, named),
                None => at += 1,
            }
        }
        when
    }

    /// Whether 累计 is the sum of several years here: in a plan, and where neither the words nor what stands before name the year.
    pub(super) fn sums(self, words: &[char]) -> bool {
        let words: String = words.iter().collect();
        self.forward && !self.this_year && !["全年", "年内", "当年"].iter().any(|year| words.contains(year))
    }

    /// The document's year again.
    fn now(self) -> When {
        When { year: self.this, horizon: Horizon::Year, past: false, this_year: true, ..self }
    }

    /// One named year: nothing changes where a plan names an earlier one.
    fn named(self, year: i32) -> When {
        if self.forward && self.this.is_some_and(|this| year < this) {
            return self;
        }
        When { year: Some(year), horizon: Horizon::Year, past: false, this_year: false, ..self }
    }

    /// Several years, the last of which is `year` where it is known: nothing changes where a plan names years that are over.
    fn period(self, year: Option<i32>) -> When {
        let over = |year: i32| self.this.is_some_and(|this| year < this);
        if self.forward && year.is_some_and(over) {
            return self;
        }
        When { year, horizon: Horizon::Period, past: false, this_year: false, ..self }
    }
}

/// Whether a time, or a title, can begin with a character; few do, and no other is looked at further.
fn begins(c: char) -> bool {
    let numeral = c.is_ascii_digit() || c == '十' || digit(c).is_some();
    numeral || matches!(c, '《' | '今' | '未' | '接' | '本' | '年' | '明' | '届' | '规' | '任' | '上' | '前' | '截')
}

/// The words that name a time at `at`: their end, and the time from there on. A title in 《》 is stepped over with the years
/// and numbers in it.
pub(super) fn time_at(text: &[char], at: usize, when: When) -> Option<(usize, When)> {
    let rest = &text[at..];
    if !begins(rest[0]) {
        return None;
    }
    if rest[0] == '《' {
        let close = rest.iter().take(TITLE).position(|c| *c == '》')?;
        return Some((at + close + 1, when));
    }
    let (length, named) = calendar(text, at, when)
        .or_else(|| five_years(text, at, when))
        .or_else(|| coming(text, at, when))
        .or_else(|| spoken(text, at, when))?;
    Some((at + length, named))
}

/// The longest title in 《》, in characters.
const TITLE: usize = 60;

/// A calendar year (`2025年`, `2025 年`) or the years from one to another (`2021~2025年`). A year that a change is measured
/// against (比2020年, 以2020年为基期, 在2020年基础上) names no time for the amount.
fn calendar(text: &[char], at: usize, when: When) -> Option<(usize, When)> {
    if at > 0 && text[at - 1].is_ascii_digit() {
        return None;
    }
    let first = four_digits(text, at)?;
    let end = at + 4 + blanks(&text[at + 4..]);
    let before: String = text[..at].iter().rev().filter(|c| **c != ' ').take(1).collect();
    let base = "比较按以与自从超".contains(&before) && !before.is_empty() || before == "在" && bases(&text[at..]);
    if text.get(end) == Some(&'年') {
        // 2025年~2027年 and 2025年到2027年 are years from one to another too.
        let dash = text[end + 1..].iter().take_while(|c| matches!(c, '~' | '—')).count();
        let to = end + 1 + if dash > 0 { dash } else { usize::from(matches!(text.get(end + 1), Some('至' | '到'))) };
        if to > end + 1
            && let Some(last) = four_digits(text, to)
            && text.get(to + 4) == Some(&'年')
        {
            return Some((to + 5 - at, when.period(Some(last))));
        }
        return Some((end + 1 - at, if base { when } else { when.named(first) }));
    }
    let dash = text[end..].iter().take_while(|c| matches!(c, '~' | '—')).count();
    let step = if dash > 0 { dash } else { usize::from(matches!(text.get(end), Some('至' | '到' | '、'))) };
    let last = four_digits(text, end + step).filter(|_| step > 0)?;
    let close = end + step + 4;
    (text.get(close) == Some(&'年')).then(|| (close + 1 - at, when.period(Some(last))))
}

/// Whether words measure against a year (`比2020年`, `在2020年基础上`) before the one before `year`, so that several lie between.
pub(super) fn since(words: &[char], year: Option<i32>) -> bool {
    words.iter().enumerate().any(|(at, c)| {
        if !matches!(c, '比' | '较' | '在') {
            return false;
        }
        let rest = unblanked(&words[at + 1..]);
        let measures = *c != '在' || bases(rest);
        let base = measures.then(|| four_digits(rest, 0)).flatten();
        let named = || unblanked(&rest[4..]).first() == Some(&'年');
        base.is_some_and(|base| year.is_some_and(|year| base + 1 < year) && named())
    })
}

/// How many blanks begin the words.
fn blanks(words: &[char]) -> usize {
    words.iter().take_while(|c| **c == ' ').count()
}

/// The words without the blanks in front.
pub(super) fn unblanked(words: &[char]) -> &[char] {
    &words[blanks(words)..]
}

/// Whether a year begins the words as what is built on: `2020年基础上`.
pub(super) fn bases(words: &[char]) -> bool {
    const BUILT_ON: [&str; 3] = ["年基础上", "年的基础上", "年基数上"];
    four_digits(words, 0).is_some() && opening(unblanked(&words[4..]), &BUILT_ON).is_some()
}

/// Four digits that can be a year.
fn four_digits(text: &[char], at: usize) -> Option<i32> {
    let digits = text.get(at..at + 4)?;
    if !digits.iter().all(char::is_ascii_digit) || text.get(at + 4).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let year = digits.iter().collect::<String>().parse().ok()?;
    (1949..=2100).contains(&year).then_some(year)
}

/// A five-year plan by its number, where its years are meant and not the plan as a paper: `“十四五”期间` is a period, `“十二五”末` the
/// last of its years. The tenth ended in 2005.
fn five_years(text: &[char], at: usize, when: When) -> Option<(usize, When)> {
    if text[at] != '十' || at > 0 && (text[at - 1] == '第' || digit(text[at - 1]).is_some()) {
        return None;
    }
    let (number, named) = match (text.get(at + 1), text.get(at + 2)) {
        (Some(&c), Some('五')) if digit(c).is_some() => (digit(c).unwrap_or(0), 3),
        // `“十二 五”`: a line that was broken inside the name.
        (Some(&c), Some(' ')) if digit(c).is_some() && text.get(at + 3) == Some(&'五') => (digit(c).unwrap_or(0), 4),
        (Some('五'), _) => (0, 2),
        _ => return None,
    };
    let quoted = matches!(text.get(at + named), Some('”' | '"' | '’'));
    // 十五 without marks is fifteen.
    if number == 0 && !quoted {
        return None;
    }
    let end = at + named + usize::from(quoted);
    let year = 2005 + 5 * number;
    let after = |words: &[&str]| opening(&text[end..], words);
    if let Some(length) = after(&["规划期末", "期末", "末期", "末"]) {
        return Some((end + length - at, when.named(year)));
    }
    let length =
        after(&["规划期", "期间", "时期", "期", "经济社会", "发展", "主要", "总体", "奋斗", "目标", "全", "我", "的"])?;
    Some((end + length - at, when.period(Some(year))))
}

/// A digit in Chinese numerals from one to nine.
fn digit(c: char) -> Option<i32> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Years that begin with the document's: 今后五年, 未来3年, 五年内, 五年累计, 五年奋斗目标. 今后几年 and 今后一个时期 say no end.
fn coming(text: &[char], at: usize, when: When) -> Option<(usize, When)> {
    let rest = &text[at..];
    let ahead = opening(rest, &AHEAD).unwrap_or(0);
    let open = ahead + usize::from(ahead > 0 && rest.get(ahead) == Some(&'的'));
    if ahead > 0
        && let Some(vague) = opening(&rest[open..], &["几年", "一个时期", "一段时期", "一个阶段"])
    {
        return Some((open + vague, when.period(None)));
    }
    let c = *rest.get(open)?;
    let years = if c == '十' { 10 } else { digit(c).or_else(|| c.to_digit(10).map(|years| years as i32))? };
    let before = at.checked_sub(1).map(|at| text[at]);
    if rest.get(open + 1) != Some(&'年')
        || before.is_some_and(|c| c.is_ascii_digit() || digit(c).is_some() || c == '十')
    {
        return None;
    }
    let end = open + 2;
    // A review looks back: 五年来, 五年间.
    if !when.forward && ahead == 0 {
        let back = opening(&rest[end..], &["来", "间", "内", "累计"])?;
        return Some((end + back, when.period(when.this)));
    }
    let aims = ["内", "间", "累计", "奋斗目标", "发展目标", "主要目标", "总体目标", "目标"];
    let aim = opening(&rest[end..], &aims);
    // 过去五年间, 近三年内, 连续三年累计 and 第三年内 are no time ahead.
    if ahead == 0 && (aim.is_none() || matches!(before, Some('去' | '近' | '前' | '这' | '上' | '第' | '满' | '续')))
    {
        return None;
    }
    Some((end + aim.unwrap_or(0), when.period(when.this.map(|this| this + years - 1))))
}

/// Words for the years to come.
const AHEAD: [&str; 3] = ["今后", "未来", "接下来"];
/// Words for the document's year.
const THIS_YEAR: [&str; 3] = ["今年", "本年度", "年内"];
/// Words for the year after it.
const NEXT_YEAR: [&str; 1] = ["明年"];
/// Words for the years of a government.
const TERM: [&str; 4] = ["本届政府", "届末", "规划期", "任期内"];
/// Words for parts of a year that are over.
const OVER: [&str; 5] = ["一季度", "上半年", "前三季度", "截至", "截止"];

/// Times without a number: 今年 and 明年, the term of a government, and parts of a year that are over.
fn spoken(text: &[char], at: usize, when: When) -> Option<(usize, When)> {
    let rest = &text[at..];
    let says = |words: &[&str]| opening(rest, words);
    if let Some(length) = says(&THIS_YEAR) {
        return Some((length, if when.forward { when.now() } else { when }));
    }
    if let Some(length) = says(&NEXT_YEAR) {
        return Some((length, when.this.map_or(when, |this| when.named(this + 1))));
    }
    if let Some(length) = says(&TERM) {
        return Some((length, if when.forward { when.period(None) } else { when }));
    }
    let over = says(&OVER)?;
    Some((over, When { past: when.forward, ..when }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_end(sentence: &str) -> (Option<i32>, Horizon) {
        let when = When::plan(Some(2022)).after(sentence);
        (when.year, when.horizon)
    }

    #[test]
    fn a_named_year_is_the_year_and_an_earlier_one_describes() {
        assert_eq!(at_end("到 2026 年，桥梁达到九座"), (Some(2026), Horizon::Year));
        assert_eq!(at_end("把2019年的老桥修好"), (Some(2022), Horizon::Year));
        assert_eq!(at_end("比2030年的数再高一点"), (Some(2022), Horizon::Year));
        assert_eq!(at_end("在2030年的基础上再高一点"), (Some(2022), Horizon::Year));
        assert_eq!(When::review(Some(2022)).after("2019年修了桥").year, Some(2019));
    }

    #[test]
    fn every_word_that_names_a_time_is_looked_for() {
        let words = AHEAD.iter().chain(&THIS_YEAR).chain(&NEXT_YEAR).chain(&TERM).chain(&OVER);
        assert!(words.flat_map(|word| word.chars().next()).chain("《0九十".chars()).all(begins));
        assert!(!begins('，'));
    }

    #[test]
    fn a_year_in_a_title_is_not_read() {
        assert_eq!(at_end("落实《河湖治理规划（2019—2035年）》"), (Some(2022), Horizon::Year));
        assert_eq!(at_end("2023—2025年修桥"), (Some(2025), Horizon::Period));
    }

    #[test]
    fn five_year_plans_end_in_years_of_five() {
        assert_eq!(at_end("“十四五”期间"), (Some(2025), Horizon::Period));
        assert_eq!(at_end("到“十五五”末"), (Some(2030), Horizon::Year));
        assert_eq!(at_end("到“十 五”末"), (Some(2022), Horizon::Year));
        assert_eq!(at_end("到“十五 五”末"), (Some(2030), Horizon::Year));
        assert_eq!(at_end("实施“十四五”规划"), (Some(2022), Horizon::Year));
        // It ended in 2020, before the plan.
        assert_eq!(at_end("“十三五”期间"), (Some(2022), Horizon::Year));
        assert_eq!(at_end("十五个项目的目标"), (Some(2022), Horizon::Year));
    }

    #[test]
    fn years_that_a_review_looks_back_on_end_with_its_own() {
        let at_end = |text: &str| {
            let when = When::review(Some(2021)).after(text);
            (when.year, when.horizon)
        };
        assert_eq!(at_end("五年来，固定资产投资增长70%"), (Some(2021), Horizon::Period));
        assert_eq!(at_end("五年间"), (Some(2021), Horizon::Period));
        assert_eq!(at_end("五年目标"), (Some(2021), Horizon::Year));
        assert_eq!(When::years_up_to(Some(2021)).after("增长50%").horizon, Horizon::Period);
    }

    #[test]
    fn coming_years_count_from_the_plans() {
        assert_eq!(at_end("今后五年"), (Some(2026), Horizon::Period));
        assert_eq!(at_end("未来3年的"), (Some(2024), Horizon::Period));
        assert_eq!(at_end("今后一个时期"), (None, Horizon::Period));
        assert_eq!(at_end("五年累计修路"), (Some(2026), Horizon::Period));
        assert_eq!(at_end("连续五年累计修路"), (Some(2022), Horizon::Year));
        assert_eq!(at_end("过去五年累计修路"), (Some(2022), Horizon::Year));
        assert_eq!(at_end("过去五年间"), (Some(2022), Horizon::Year));
        assert_eq!(at_end("今后五年的目标和今年的任务"), (Some(2022), Horizon::Year));
    }

    #[test]
    fn several_years_lie_between_an_earlier_base_and_the_year() {
        let since = |words: &str, year| since(&words.chars().collect::<Vec<_>>(), year);
        assert!(since("茶叶产量比2020年", Some(2025)) && since("在 2020 年的基础上", Some(2025)));
        assert!(!since("茶叶产量比2024年", Some(2025)));
        assert!(!since("茶叶产量比2020年", None) && !since("到2020年", Some(2025)) && !since("占比2020", Some(2025)));
    }
}
