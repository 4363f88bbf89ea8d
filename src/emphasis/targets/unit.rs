//! What is counted, and into what it converts: 万元 into yuan, 亩 into hectares, 斤 into kilograms.

use super::clause::separates;

/// The sort of thing an amount measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantity {
    /// Yuan (元).
    Yuan,
    /// US dollars (美元).
    Dollar,
    /// Per cent, or percentage points.
    Percent,
    /// Hectares (公顷; 15 亩).
    Hectare,
    /// Square metres of floor or pavement (平方米).
    SquareMetre,
    /// Metres (米).
    Metre,
    /// Kilograms (公斤).
    Kilogram,
    /// Cubic metres (立方米).
    CubicMetre,
    /// Watts (瓦).
    Watt,
    /// Kilowatt-hours (千瓦时, 度).
    KilowattHour,
    /// Micrograms per cubic metre (微克/立方米).
    Concentration,
    /// Days (天).
    Day,
    /// Times as much (倍).
    Times,
    /// A rank from the top (前五名).
    Rank,
    /// People, by whatever word: 人, 名, 位, 人次.
    People,
    /// Households (户).
    Household,
    /// Things, counted by whatever classifier: 个, 家, 座, 条 …
    Count,
}

impl Quantity {
    /// Whether things or people are counted, and nothing is measured.
    pub(super) fn counts(self) -> bool {
        matches!(self, Quantity::Count | Quantity::People | Quantity::Household)
    }

    /// The name of the unit into which amounts are converted, as it stands in tables.
    pub fn id(self) -> &'static str {
        match self {
            Quantity::Yuan => "yuan",
            Quantity::Dollar => "dollar",
            Quantity::Percent => "percent",
            Quantity::Hectare => "hectare",
            Quantity::SquareMetre => "square_metre",
            Quantity::Metre => "metre",
            Quantity::Kilogram => "kilogram",
            Quantity::CubicMetre => "cubic_metre",
            Quantity::Watt => "watt",
            Quantity::KilowattHour => "kilowatt_hour",
            Quantity::Concentration => "microgram_per_cubic_metre",
            Quantity::Day => "day",
            Quantity::Times => "times",
            Quantity::Rank => "rank",
            Quantity::People => "people",
            Quantity::Household => "household",
            Quantity::Count => "count",
        }
    }
}

/// The words for units with their quantity and factor, longest first where one begins another.
const UNITS: &[(&str, Quantity, f64)] = &[
    ("微克/立方米", Quantity::Concentration, 1.0),
    ("微克每立方米", Quantity::Concentration, 1.0),
    ("个工作日", Quantity::Day, 1.0),
    ("个百分点", Quantity::Percent, 1.0),
    ("百分点", Quantity::Percent, 1.0),
    ("%", Quantity::Percent, 1.0),
    ("‰", Quantity::Percent, 0.1),
    ("美元", Quantity::Dollar, 1.0),
    ("元", Quantity::Yuan, 1.0),
    ("平方公里", Quantity::Hectare, 100.0),
    ("平方千米", Quantity::Hectare, 100.0),
    ("平方米", Quantity::SquareMetre, 1.0),
    ("平米", Quantity::SquareMetre, 1.0),
    ("平方", Quantity::SquareMetre, 1.0),
    ("公顷", Quantity::Hectare, 1.0),
    ("亩次", Quantity::Hectare, 1.0 / 15.0),
    ("亩", Quantity::Hectare, 1.0 / 15.0),
    ("立方米", Quantity::CubicMetre, 1.0),
    ("立方", Quantity::CubicMetre, 1.0),
    ("公里", Quantity::Metre, 1000.0),
    ("千米", Quantity::Metre, 1000.0),
    ("延米", Quantity::Metre, 1.0),
    ("米", Quantity::Metre, 1.0),
    ("里", Quantity::Metre, 500.0),
    ("吨", Quantity::Kilogram, 1000.0),
    ("公斤", Quantity::Kilogram, 1.0),
    ("千克", Quantity::Kilogram, 1.0),
    ("斤", Quantity::Kilogram, 0.5),
    ("千瓦时", Quantity::KilowattHour, 1.0),
    ("度", Quantity::KilowattHour, 1.0),
    ("吉瓦", Quantity::Watt, 1e9),
    ("兆瓦", Quantity::Watt, 1e6),
    ("千瓦", Quantity::Watt, 1e3),
    ("天", Quantity::Day, 1.0),
    ("倍", Quantity::Times, 1.0),
    ("人次", Quantity::People, 1.0),
    ("人", Quantity::People, 1.0),
    ("名", Quantity::People, 1.0),
    ("位", Quantity::People, 1.0),
    ("户", Quantity::Household, 1.0),
    ("场次", Quantity::Count, 1.0),
];

/// Classifiers that count things one by one.
const CLASSIFIERS: &str = "个家座处条项所辆台套盏株棵头只羽尾件次场期批种支间栋幢眼口孔块份篇幅张例起宗对床门部艘架集册片段班根组团款枚匹道所箱片";

/// People who are counted without a classifier: 60万农村人口.
const PEOPLE: &[&str] =
    &["人口", "居民", "群众", "师生", "劳动力", "农民", "学生", "职工", "老人", "残疾人", "游客", "移民"];

/// Whether the clause from `at` on begins with a name for people; for amounts of 万 that no unit follows.
pub(super) fn people_at(text: &[char], at: usize) -> bool {
    let near: String = text[at..].iter().take(10).take_while(|c| !separates(**c) && !c.is_ascii_digit()).collect();
    PEOPLE.iter().any(|word| near.contains(word))
}

/// The unit that begins at `at`: its end, quantity and factor.
pub(super) fn unit_at(text: &[char], at: usize) -> Option<(usize, Quantity, f64)> {
    for &(word, quantity, factor) in UNITS {
        let length = word.chars().count();
        if text.len() >= at + length && word.chars().eq(text[at..at + length].iter().copied()) {
            // 3米宽 and 300度电 are amounts; 4度 of a slogan is not worth a rule. 人大, 人均, 户籍 are other words.
            let next = text.get(at + length);
            let other = matches!(
                (word, next),
                ("人", Some('大' | '均' | '民' | '才' | '制'))
                    | ("户", Some('籍' | '口' | '外'))
                    | ("天", Some('然'))
                    | ("里", Some('程'))
            ) || (word == "度" && next != Some(&'电'));
            return (!other).then_some((at + length, quantity, factor));
        }
    }
    let c = text.get(at)?;
    // 百亿项目 are projects of ten billion, not as many; 3个月 last.
    let hours = text[at..].starts_with(&['个', '小', '时']);
    if hours || matches!((*c, text.get(at + 1)), ('项', Some('目')) | ('个', Some('月'))) {
        return None;
    }
    CLASSIFIERS.contains(*c).then_some((at + 1, Quantity::Count, 1.0))
}
