//! The words around an amount: what is measured, whether it is a level or a change, and how it is bounded.

/// Whether the amount is what is reached or by how much something changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// 达到, 完成, 建设 …: the amount itself.
    #[default]
    Level,
    /// 增长, 提高 …: by so much more.
    Increase,
    /// 下降, 减少 …: by so much less.
    Decrease,
}

/// How the amount bounds what is planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bound {
    /// So much.
    #[default]
    Exactly,
    /// 以上, 不低于, 突破: so much or more.
    AtLeast,
    /// 以内, 不超过: so much or less.
    AtMost,
    /// 左右, 约, 余: about so much.
    About,
}

impl Change {
    /// The English id, as it stands in tables.
    pub fn id(self) -> &'static str {
        match self {
            Change::Level => "level",
            Change::Increase => "increase",
            Change::Decrease => "decrease",
        }
    }
}

impl Bound {
    /// The English id, as it stands in tables.
    pub fn id(self) -> &'static str {
        match self {
            Bound::Exactly => "exactly",
            Bound::AtLeast => "at_least",
            Bound::AtMost => "at_most",
            Bound::About => "about",
        }
    }
}

/// What a word before an amount says.
enum Says {
    Change(Change),
    Bound(Bound),
    Strive,
    /// 年均: the mean of several years.
    Mean,
    /// Belongs to the comparator and says nothing further.
    Filler,
}

/// The words of a comparator, longer ones before those they begin or end with.
const BEFORE: &[(&str, Says)] = &[
    ("控制在", Says::Bound(Bound::AtMost)),
    ("控制到", Says::Bound(Bound::AtMost)),
    ("最多", Says::Bound(Bound::AtMost)),
    ("不超过", Says::Bound(Bound::AtMost)),
    ("不高于", Says::Bound(Bound::AtMost)),
    ("不低于", Says::Bound(Bound::AtLeast)),
    ("不少于", Says::Bound(Bound::AtLeast)),
    ("不小于", Says::Bound(Bound::AtLeast)),
    ("低于", Says::Bound(Bound::AtMost)),
    ("高于", Says::Bound(Bound::AtLeast)),
    ("至少有", Says::Bound(Bound::AtLeast)),
    ("至少", Says::Bound(Bound::AtLeast)),
    ("突破", Says::Bound(Bound::AtLeast)),
    ("超过", Says::Bound(Bound::AtLeast)),
    ("超", Says::Bound(Bound::AtLeast)),
    ("逾", Says::Bound(Bound::AtLeast)),
    ("过", Says::Bound(Bound::AtLeast)),
    ("增长到", Says::Change(Change::Level)),
    ("提高到", Says::Change(Change::Level)),
    ("提升到", Says::Change(Change::Level)),
    ("提高至", Says::Change(Change::Level)),
    ("提升至", Says::Change(Change::Level)),
    ("下降到", Says::Change(Change::Level)),
    ("降低到", Says::Change(Change::Level)),
    ("增长至", Says::Change(Change::Level)),
    ("增加到", Says::Change(Change::Level)),
    ("增加至", Says::Change(Change::Level)),
    ("扩大到", Says::Change(Change::Level)),
    ("扩大至", Says::Change(Change::Level)),
    ("上升到", Says::Change(Change::Level)),
    ("上升至", Says::Change(Change::Level)),
    ("下降至", Says::Change(Change::Level)),
    ("降低至", Says::Change(Change::Level)),
    ("减少到", Says::Change(Change::Level)),
    ("减少至", Says::Change(Change::Level)),
    ("压缩到", Says::Change(Change::Level)),
    ("压缩至", Says::Change(Change::Level)),
    ("增至", Says::Change(Change::Level)),
    ("升至", Says::Change(Change::Level)),
    ("压减至", Says::Change(Change::Level)),
    ("压减到", Says::Change(Change::Level)),
    ("缩短至", Says::Change(Change::Level)),
    ("缩短到", Says::Change(Change::Level)),
    ("减至", Says::Change(Change::Level)),
    ("降至", Says::Change(Change::Level)),
    ("降到", Says::Change(Change::Level)),
    ("增长率", Says::Change(Change::Increase)),
    ("增长目标", Says::Change(Change::Increase)),
    ("增速目标", Says::Change(Change::Increase)),
    ("增长速度", Says::Change(Change::Increase)),
    ("增长幅度", Says::Change(Change::Increase)),
    ("增长", Says::Change(Change::Increase)),
    ("增加", Says::Change(Change::Increase)),
    ("增速", Says::Change(Change::Increase)),
    ("提高", Says::Change(Change::Increase)),
    ("提升", Says::Change(Change::Increase)),
    ("上升", Says::Change(Change::Increase)),
    ("增幅", Says::Change(Change::Increase)),
    ("净增", Says::Change(Change::Increase)),
    ("递增", Says::Change(Change::Increase)),
    ("扩大", Says::Change(Change::Increase)),
    ("下降率", Says::Change(Change::Decrease)),
    ("降幅", Says::Change(Change::Decrease)),
    ("下降", Says::Change(Change::Decrease)),
    ("降低", Says::Change(Change::Decrease)),
    ("减少", Says::Change(Change::Decrease)),
    ("压减", Says::Change(Change::Decrease)),
    ("削减", Says::Change(Change::Decrease)),
    ("压缩", Says::Change(Change::Decrease)),
    ("压降", Says::Change(Change::Decrease)),
    ("调减", Says::Change(Change::Decrease)),
    ("缩短", Says::Change(Change::Decrease)),
    ("力争", Says::Strive),
    ("争取", Says::Strive),
    ("力求", Says::Strive),
    ("接近", Says::Bound(Bound::About)),
    ("大约", Says::Bound(Bound::About)),
    ("约为", Says::Bound(Bound::About)),
    ("约", Says::Bound(Bound::About)),
    ("近", Says::Bound(Bound::About)),
    ("达到", Says::Filler),
    ("达", Says::Filler),
    ("保持在", Says::Filler),
    ("保持", Says::Filler),
    ("稳定在", Says::Filler),
    ("发展到", Says::Filler),
    ("发展至", Says::Filler),
    ("年人均", Says::Filler),
    ("人均", Says::Filler),
    ("户均", Says::Filler),
    ("亩均", Says::Filler),
    ("每人每月", Says::Filler),
    ("每人每年", Says::Filler),
    ("每人每天", Says::Filler),
    ("每人每学年", Says::Filler),
    ("每生每年", Says::Filler),
    ("每生每学年", Says::Filler),
    ("每户每年", Says::Filler),
    ("每亩每年", Says::Filler),
    ("每人", Says::Filler),
    ("每户", Says::Filler),
    ("每亩", Says::Filler),
    ("每年", Says::Filler),
    ("每月", Says::Filler),
    ("了", Says::Filler),
    ("确保", Says::Filler),
    ("预计", Says::Filler),
    ("预期", Says::Filler),
    ("累计", Says::Filler),
    ("同比", Says::Filler),
    ("同口径", Says::Filler),
    ("可比口径", Says::Filler),
    ("可比价格", Says::Filler),
    ("可比价", Says::Filler),
    ("可比", Says::Filler),
    ("实际", Says::Filler),
    ("比上年", Says::Filler),
    ("较上年", Says::Filler),
    ("比去年", Says::Filler),
    ("较去年", Says::Filler),
    ("维持在", Says::Filler),
    ("年均", Says::Mean),
    ("年平均", Says::Mean),
    ("每年平均", Says::Mean),
    ("平均每年", Says::Mean),
    ("分别", Says::Filler),
    ("平均", Says::Filler),
    ("总计", Says::Filler),
    ("合计", Says::Filler),
    ("再", Says::Filler),
    ("均", Says::Filler),
    ("各", Says::Filler),
    ("都", Says::Filler),
    ("为", Says::Filler),
    ("在", Says::Filler),
    ("到", Says::Change(Change::Level)),
    ("至", Says::Change(Change::Level)),
    ("将", Says::Filler),
    ("要", Says::Filler),
    ("以", Says::Filler),
];

/// Characters before a word of [`BEFORE`] that make another word of it: 改造提升 is done to a thing and 成为 becomes one, 节约 saves, 通过
/// passes.
const OTHERWISE: &[(&str, &str)] = &[
    ("提升", "造化治固善档质"),
    ("提高", "固"),
    ("扩大", "改"),
    ("约", "节签公合"),
    ("过", "通经"),
    ("近", "靠附邻"),
    ("为", "成作"),
    ("在", "存现"),
    ("以", "可得予难用加"),
    ("到", "做得看拿送收"),
    ("要", "主重需"),
    ("至", "乃甚"),
    ("将", "即"),
    ("达", "直通发到"),
    ("增长率", "然"),
];

/// The words after a unit that bound the amount.
const AFTER: &[(&str, Bound)] = &[
    ("以上", Bound::AtLeast),
    ("及以上", Bound::AtLeast),
    ("以内", Bound::AtMost),
    ("之内", Bound::AtMost),
    ("以下", Bound::AtMost),
    ("左右", Bound::About),
    ("上下", Bound::About),
];

/// The comparator that ends before an amount.
#[derive(Debug, Default)]
pub(super) struct Comparator {
    pub change: Change,
    pub bound: Option<Bound>,
    pub strive: bool,
    /// 分别: the amounts of a list meet its names one by one.
    pub respectively: bool,
    /// 均, 都, 各: the amount holds for every name of a list.
    pub each: bool,
    /// 年均: the mean of several years.
    pub mean: bool,
    /// 累计: several years together, where no year is named.
    pub sum: bool,
    /// Whether a word says that the amount is a level or a change.
    pub says_change: bool,
    /// Where its words begin: what stands before is the indicator.
    pub start: usize,
}

/// Reads the comparator backwards from `end`, not beyond `begin`; blanks between its words are stepped over.
pub(super) fn comparator(text: &[char], begin: usize, end: usize) -> Comparator {
    let mut found = Comparator { start: end, ..Comparator::default() };
    loop {
        let blanks = text[begin..found.start].iter().rev().take_while(|c| **c == ' ').count();
        let before = &text[begin..found.start - blanks];
        let Some((word, says)) = BEFORE.iter().find(|(word, _)| ends_with(before, word) && !otherwise(before, word))
        else {
            return found;
        };
        found.start = begin + before.len() - word.chars().count();
        found.respectively |= *word == "分别";
        found.each |= matches!(*word, "均" | "都" | "各");
        found.sum |= *word == "累计";
        match says {
            Says::Change(change) if !found.says_change => (found.change, found.says_change) = (*change, true),
            Says::Bound(bound) => found.bound = found.bound.or(Some(*bound)),
            Says::Strive => found.strive = true,
            Says::Mean => found.mean = true,
            _ => {}
        }
    }
}

/// Whether the word that ends `before` is the end of another word.
fn otherwise(before: &[char], word: &str) -> bool {
    let first = before.len().checked_sub(word.chars().count() + 1).map(|at| before[at]);
    OTHERWISE.iter().any(|(of, others)| *of == word && first.is_some_and(|c| others.contains(c)))
}

/// What the words on both sides of an amount say together: 控制在…左右 is about so much, and no ceiling.
pub(super) fn both(before: Option<Bound>, after: Option<Bound>) -> Option<Bound> {
    match (before, after) {
        (Some(Bound::AtMost), Some(Bound::About)) => after,
        _ => before.or(after),
    }
}

/// The bound that stands after a unit, directly or behind the unit's other name in brackets (`100场(次)以上`): its end and what it
/// says.
pub(super) fn bound_after(text: &[char], at: usize) -> Option<(usize, Bound)> {
    let rest = &text[at.min(text.len())..];
    let other = bracket(rest, 4).filter(|length| rest[1..length - 1].iter().all(|c| c.is_alphabetic())).unwrap_or(0);
    AFTER
        .iter()
        .find(|(word, _)| starts_with(&rest[other..], word))
        .map(|(word, bound)| (at + other + word.chars().count(), *bound))
}

/// The length of the brackets that open here, with what stands in them: not more than `longest` characters, and no brackets.
pub(super) fn bracket(text: &[char], longest: usize) -> Option<usize> {
    let inside = text.strip_prefix(&['('])?.iter().take(longest + 1);
    let close = inside.clone().position(|c| *c == ')')?;
    inside.take(close).all(|c| *c != '(').then_some(close + 2)
}

/// The bound in the words of the clause before the comparator: `不低于支出的70%`, `至少出资500万元`.
pub(super) fn bound_within(words: &str) -> Option<Bound> {
    const WITHIN: &[(&str, Bound)] = &[
        ("不低于", Bound::AtLeast),
        ("不少于", Bound::AtLeast),
        ("至少", Bound::AtLeast),
        ("不超过", Bound::AtMost),
        ("不高于", Bound::AtMost),
        ("至多", Bound::AtMost),
        ("最多", Bound::AtMost),
    ];
    WITHIN.iter().find(|(word, _)| words.contains(word)).map(|(_, bound)| *bound)
}

pub(super) fn starts_with(text: &[char], word: &str) -> bool {
    let mut text = text.iter();
    word.chars().all(|c| text.next() == Some(&c))
}

pub(super) fn ends_with(text: &[char], word: &str) -> bool {
    let mut text = text.iter().rev();
    word.chars().rev().all(|c| text.next() == Some(&c))
}

/// The length of the first of `words` that begins the text.
pub(super) fn opening(text: &[char], words: &[&str]) -> Option<usize> {
    words.iter().find(|word| starts_with(text, word)).map(|word| word.chars().count())
}

/// The length of the first of `words` that ends the text.
pub(super) fn closing(text: &[char], words: &[&str]) -> Option<usize> {
    words.iter().find(|word| ends_with(text, word)).map(|word| word.chars().count())
}

/// Whether a character ends a clause.
pub(super) fn separates(c: char) -> bool {
    matches!(
        c,
        ',' | '，'
            | '、'
            | ';'
            | '；'
            | '。'
            | '!'
            | '！'
            | '?'
            | '？'
            | ':'
            | '：'
            | '\n'
            | '('
            | ')'
            | '（'
            | '）'
            | '—'
            | '①'..='⑳'
            | '⑴'..='⒇'
    )
}
