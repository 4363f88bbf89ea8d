//! Which place a text speaks for: reading place names out of titles, issuers and running text, and finding their divisions.

use crate::text::is_han;

use super::document::Level;
use super::gazetteer::{Division, Gazetteer, Sort, stem};

/// A place as a text names it, outermost part first: `[商河县, 张坊镇]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The parts; at least one.
    pub parts: Vec<String>,
}

/// What a named place turned out to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The name to compare by: the official one where the division is known, else the last part as it was named.
    pub name: String,
    /// The path, as far as gazetteer and text tell it.
    pub path: Option<String>,
    /// The code, where the division is known.
    pub code: Option<String>,
    /// The level, where division or suffix tell it.
    pub level: Option<Level>,
    /// The paths the name could mean, where nothing decides.
    pub candidates: Vec<String>,
    /// The name in the text, where the division bears another one today.
    pub renamed_from: Option<String>,
}

/// The longest official name has this many characters or fewer, leaving aside some development zones.
const LONGEST: usize = 15;
/// A name in no gazetteer is believed up to this many characters with its suffix (镜湖湾镇 has four).
const LONGEST_UNKNOWN: usize = 6;

/// What may stand right before a place that speaks.
const LEADS: [&str; 15] =
    ["关于", "印发", "转发", "中共", "中国共产党", "代表", "在", "于", "由", "向", "作为", "来源", "年", "月", "日"];

/// What may stand right after a place that speaks, in a title or an issuer.
const FOLLOWERS: [&str; 36] = [
    "人民政府",
    "政府",
    "党委",
    "委员会",
    "党政",
    "党工委",
    "工委",
    "办事处",
    "办公室",
    "人大",
    "人民代表",
    "市委",
    "县委",
    "区委",
    "镇委",
    "工作",
    "国民",
    "关于",
    "经济",
    "第",
    "下一",
    "上半",
    "下半",
    "今年",
    "本年",
    "年度",
    "重点",
    "实施",
    "全面",
    "农业",
    "乡村",
    "发展",
    "民生",
    "生态",
    "社会",
    "党建",
];

/// What no place name contains: words of prose that end in 镇, 乡, 市 … by chance (示范镇, 推动乡, 全市).
const PROSE: [&str; 85] = [
    "推",
    "建设",
    "振兴",
    "示范",
    "全",
    "我",
    "各",
    "本",
    "该",
    "某",
    "城乡",
    "乡村",
    "美丽",
    "特色",
    "加快",
    "发展",
    "打造",
    "实施",
    "开展",
    "强",
    "小镇",
    "集镇",
    "城镇",
    "乡镇",
    "社区",
    "园区",
    "开发区",
    "高新",
    "景区",
    "辖区",
    "新区",
    "城市",
    "工业",
    "政府",
    "委",
    "关于",
    "印发",
    "中共",
    "代表",
    "人民",
    "为",
    "是",
    "了",
    "的",
    "在",
    "和",
    "与",
    "围绕",
    "落实",
    "执行",
    "回顾",
    "按照",
    "贯彻",
    "标志",
    "估计",
    "形势",
    "完成",
    "发布",
    "制定",
    "修订",
    "通过",
    "荣获",
    "认真",
    "继续",
    "过去",
    "一届",
    "第",
    "个",
    "省",
    "自治",
    "年",
    "月",
    "日",
    "着",
    "并",
    "对",
    "从",
    "至",
    "争创",
    "创建",
    "支持",
    "创",
    "成为",
    "会议",
    "工作",
];

/// Stems that are ordinary words or common place words: each stands in 5 % or more of the reports of other provinces
/// (counted on 501 government work reports), so its presence says nothing about a place.
const COMMON: [&str; 96] = [
    "资源", "合作", "新建", "和政", "平安", "新兴", "解放", "惠民", "振兴", "城区", "公安", "新城", "新和", "友好",
    "大新", "安居", "增城", "青山", "富裕", "大城", "前进", "富民", "市中", "同心", "城中", "港口", "大通", "金山",
    "平和", "安定", "大安", "老城", "宏伟", "延长", "大关", "兴业", "惠农", "大兴", "复兴", "新市", "古城", "和平",
    "乐业", "南部", "上高", "滨海", "清水", "利通", "东方", "安宁", "同德", "运河", "凤凰", "高要", "温泉", "清新",
    "滨江", "江南", "杂多", "海港", "平原", "路桥", "共和", "上城", "工农", "矿区", "双城", "路南", "政和", "长安",
    "小金", "江口", "新华", "河西", "通城", "同仁", "河口", "路北", "阿里", "东风", "城东", "中山", "金水", "光明",
    "建平", "和顺", "太平", "城关", "站前", "江城", "兴和", "南山", "江北", "长治", "红旗", "郊区",
];

/// Whether a stem is too common to count as a mention.
fn is_common(stem: &str) -> bool {
    COMMON.contains(&stem)
}

/// How strict to be about what stands around a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A title, an issuer, a signature, a file name: names stand here on purpose.
    Named,
    /// Running text: only what the caller asks for may follow.
    Prose,
}

/// The first place that `text`, a title or an issuer, names.
pub fn named_in(text: &str) -> Option<Named> {
    find(text, Ground::Named, |after| {
        after.first().is_none_or(|c| !is_han(*c)) || FOLLOWERS.iter().any(|word| starts_with(after, word))
    })
}

/// The first place in running text after which `follows` holds for the characters that follow.
pub fn named_before(text: &str, follows: impl Fn(&[char]) -> bool) -> Option<Named> {
    find(text, Ground::Prose, follows)
}

/// Whether the characters begin with `word`.
pub fn starts_with(chars: &[char], word: &str) -> bool {
    let mut chars = chars.iter();
    word.chars().all(|c| chars.next() == Some(&c))
}

fn ends_with(chars: &[char], word: &str) -> bool {
    let mut chars = chars.iter().rev();
    word.chars().rev().all(|c| chars.next() == Some(&c))
}

fn find(text: &str, ground: Ground, follows: impl Fn(&[char]) -> bool) -> Option<Named> {
    let chars: Vec<char> = text.chars().filter(|c| !matches!(c, ' ' | '\u{3000}' | '\u{a0}')).collect();
    let mut at = 0;
    while at < chars.len() {
        if !is_han(chars[at]) {
            at += 1;
            continue;
        }
        let bounded = at == 0 || !is_han(chars[at - 1]) || LEADS.iter().any(|lead| ends_with(&chars[..at], lead));
        match chain(&chars, at, bounded, ground, &follows) {
            Some(named) => return Some(named),
            None => at += 1,
        }
    }
    None
}

/// Reads a chain of names from `start`, each below the one before; accepted if what stands around it is right.
fn chain(
    chars: &[char],
    start: usize,
    bounded: bool,
    ground: Ground,
    follows: &impl Fn(&[char]) -> bool,
) -> Option<Named> {
    let places = Gazetteer::embedded();
    let (mut at, mut parts): (usize, Vec<String>) = (start, Vec::new());
    let (mut all_known, mut last_rank) = (true, 0);
    while let Some((name, known)) = part(&chars[at..], !parts.is_empty() || bounded) {
        let rank = rank(&name);
        // 市 may follow 市 (潍坊市安丘市); everything else must go down.
        if !parts.is_empty() && rank < last_rank + usize::from(rank != 2) {
            break;
        }
        at += name.chars().count();
        all_known &= known;
        last_rank = rank;
        parts.push(name);
    }
    // 保定市徐水: a stem without suffix is believed below a part that stands above it.
    let bare = bare(&chars[at..], follows).filter(|name| match parts.last() {
        None => {
            bounded
                && ground == Ground::Named
                && places.stemmed(name).iter().any(|d| places.level(*d) > Level::Township)
        }
        Some(above) => {
            let above = places.called(above);
            places.stemmed(name).iter().any(|division| above.iter().any(|above| places.within(*division, *above)))
        }
    });
    if let Some(name) = bare {
        at += name.chars().count();
        parts.push(name);
    }
    let right = follows(&chars[at..]);
    let accepted = if all_known { right || (bounded && ground == Ground::Named) } else { right && bounded };
    (!parts.is_empty() && accepted).then_some(Named { parts })
}

/// The rank of a name in the order province, city, county, township; a 市 counts as a city.
fn rank(name: &str) -> usize {
    let municipality =
        || Gazetteer::embedded().named(name).iter().any(|d| Gazetteer::embedded().level(*d) == Level::Province);
    match stem(name).1 {
        Some(Sort::Province) => 1,
        Some(Sort::City) if municipality() => 1,
        Some(Sort::City | Sort::Prefecture | Sort::Area | Sort::League) => 2,
        Some(Sort::County | Sort::District | Sort::Banner) => 3,
        _ => 4,
    }
}

/// One name with its suffix at the front of `chars`, and whether the gazetteer knows it: the longest known one,
/// else, where a name may begin, the shortest that looks like one.
fn part(chars: &[char], may_begin: bool) -> Option<(String, bool)> {
    let places = Gazetteer::embedded();
    let run = chars.iter().take(LONGEST).take_while(|c| is_han(**c)).count();
    let name = |len: usize| chars[..len].iter().collect::<String>();
    let ends = |len: &usize| {
        matches!(chars[len - 1], '省' | '市' | '州' | '盟' | '县' | '区' | '旗' | '镇' | '乡' | '道' | '木')
    };
    let known =
        (2..=run).rev().filter(ends).map(name).find(|name| stem(name).1.is_some() && !places.called(name).is_empty());
    if let Some(known) = known {
        // 城区, 郊区 and 矿区 are districts of some cities and ordinary words everywhere else.
        return (!matches!(known.as_str(), "城区" | "郊区" | "矿区")).then_some((known, true));
    }
    if !may_begin {
        return None;
    }
    let unknown = (3..=run.min(LONGEST_UNKNOWN)).filter(ends).map(name).find(|name| stem(name).1.is_some())?;
    // Every province and prefecture is known; an unknown one is prose (认真执行省). So is a verb before a known name (制定太原市).
    let upper = unknown.ends_with(['省', '州', '盟']);
    let verb_before = || {
        let starts = unknown.char_indices().skip(2).map(|(start, _)| start);
        starts.into_iter().any(|start| !places.named(&unknown[start..]).is_empty())
    };
    (!upper && !PROSE.iter().any(|word| unknown.contains(word)) && !verb_before()).then_some((unknown, false))
}

/// A stem that the gazetteer knows, at the front of `chars`, if the right thing follows it.
fn bare(chars: &[char], follows: &impl Fn(&[char]) -> bool) -> Option<String> {
    let run = chars.iter().take(LONGEST).take_while(|c| is_han(**c)).count();
    let name = |len: usize| chars[..len].iter().collect::<String>();
    let speaks = |name: &String| !is_common(name) && !Gazetteer::embedded().stemmed(name).is_empty();
    (2..=run.min(6)).rev().filter(|len| follows(&chars[*len..])).map(name).find(speaks)
}

/// Finds the division that `named` means; `context` is the text whose mentions of parents decide between namesakes.
pub fn resolve(named: &Named, context: &str) -> Resolved {
    let places = Gazetteer::embedded();
    let Some((last, above)) = named.parts.split_last() else { return Resolved::default() };
    if last == NATION {
        return Resolved { name: NATION.into(), level: Some(Level::Nation), ..Resolved::default() };
    }
    let mut found = places.called(last);
    if found.is_empty() {
        found = places.renamed(last);
    }
    // A bare stem may be borne by a city and its own county or town (柳河): the highest speaks, unless parents are named.
    if stem(last).1.is_none() && above.is_empty() {
        let top = found.iter().map(|division| places.level(*division)).max();
        found.retain(|division| Some(places.level(*division)) == top);
    }
    let mut known_above = None;
    for part in above {
        let mut parents = places.called(part);
        if parents.is_empty() {
            parents = places.renamed(part);
        }
        found.retain(|division| parents.iter().any(|parent| *division != *parent && places.within(*division, *parent)));
        if let [parent] = parents[..] {
            known_above = Some(parent);
        } else if parents.is_empty() {
            known_above = None;
        }
    }
    // A township that changed its suffix is believed only below a county that the text names.
    if places.called(last).is_empty() && stem(last).1.and_then(Sort::level) == Some(Level::Township) && above.is_empty()
    {
        found.clear();
    }
    if found.len() > 1 {
        found = by_context(&found, context);
    }
    match found[..] {
        [division] => Resolved {
            name: places.name(division).into(),
            path: Some(places.path(division)),
            code: Some(places.code(division)),
            level: Some(places.level(division)),
            candidates: Vec::new(),
            renamed_from: places.called(last).is_empty().then(|| last.clone()),
        },
        [] => {
            let told = || above.concat() + last;
            let path = match known_above {
                Some(parent) => Some(places.path(parent) + last),
                None => (!above.is_empty()).then(told),
            };
            let level = stem(last).1.and_then(Sort::level);
            // A 市 that no gazetteer knows is a prefecture, unless another 市 stands above it.
            let city = || {
                (stem(last).1 == Some(Sort::City)).then_some(if above.iter().any(|part| part.ends_with('市')) {
                    Level::County
                } else {
                    Level::City
                })
            };
            Resolved { name: last.clone(), path, level: level.or_else(city), ..Resolved::default() }
        }
        ref several => Resolved {
            name: last.clone(),
            candidates: several.iter().map(|division| places.path(*division)).collect(),
            level: places_level(several),
            ..Resolved::default()
        },
    }
}

/// The name under which the whole country is compared.
pub const NATION: &str = "全国";

/// The level that all of `divisions` share.
fn places_level(divisions: &[Division]) -> Option<Level> {
    let level = Gazetteer::embedded().level(*divisions.first()?);
    divisions.iter().all(|division| Gazetteer::embedded().level(*division) == level).then_some(level)
}

/// Those of `found` whose parents the text mentions most: county before city before province.
///
/// All of them if no candidate's parents are mentioned, or if the best are several.
fn by_context(found: &[Division], context: &str) -> Vec<Division> {
    let places = Gazetteer::embedded();
    let mentions = |division: Division| {
        let own = stem(places.name(division)).0;
        if is_common(own) { context.matches(places.name(division)).count() } else { context.matches(own).count() }
    };
    let score = |division: Division| {
        let mut score = (0, 0, 0);
        for above in places.ancestors(division) {
            match places.level(above) {
                Level::County => score.0 += mentions(above),
                Level::City => score.1 += mentions(above),
                _ => score.2 += mentions(above),
            }
        }
        // A county that is named once with its city beats one that shares its name with an ordinary word.
        (score.0 + score.1 > 0, score.0.min(3) + score.1.min(3), score.2)
    };
    let scores: Vec<_> = found.iter().map(|division| score(*division)).collect();
    let Some(best) = scores.iter().max().copied().filter(|best| best.1 + best.2 > 0) else { return found.to_vec() };
    let kept = found.iter().zip(&scores).filter(|(_, score)| **score == best);
    kept.map(|(division, _)| *division).collect()
}

/// The level that a text speaks from, by how often it says 全省 我省, 全市 我市 … ; `None` if it says none of them twice.
pub fn spoken_level(text: &str) -> Option<Level> {
    // 我代表市人民政府: the speaker says it.
    const SPEAKERS: [(&str, Level); 9] = [
        ("自治区", Level::Province),
        ("自治州", Level::City),
        ("省", Level::Province),
        ("州", Level::City),
        ("盟", Level::City),
        ("县", Level::County),
        ("旗", Level::County),
        ("镇", Level::Township),
        ("乡", Level::Township),
    ];
    for (unit, level) in SPEAKERS {
        if text.contains(&format!("我代表{unit}人民政府")) || text.contains(&format!("我代表{unit}政府")) {
            return Some(level);
        }
    }
    const WORDS: [(Level, &[&str]); 6] = [
        (Level::Village, &["全村", "我村", "村两委"]),
        (Level::Township, &["全镇", "我镇", "镇党委", "全乡", "我乡", "乡党委", "全街道", "我街道", "街道党工委"]),
        (Level::County, &["全县", "我县", "全区", "我区", "全旗", "我旗"]),
        (Level::City, &["全市", "我市", "全州", "我州", "全盟", "我盟"]),
        (Level::Province, &["全省", "我省", "自治区党委", "自治区人民政府", "自治区政府", "我区各族"]),
        (Level::Nation, &["我国", "全国各族人民"]),
    ];
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let counts: Vec<(usize, Level)> = WORDS.iter().map(|(level, words)| (count(words), *level)).collect();
    let of = |level: Level| counts.iter().find(|(_, known)| *known == level).map_or(0, |(count, _)| *count);
    // 全区 is said of an autonomous region too; there the region's own government is named.
    if of(Level::Province) >= 3 && of(Level::County) > of(Level::City) && text.matches("自治区").count() >= 5 {
        return Some(Level::Province);
    }
    // 全省第一 is said by cities too: who speaks for a 市 is no province.
    let city = text.contains("我代表市人民政府") || text.contains("我代表市政府");
    let below = |level: Level| level != Level::Nation && !(city && level == Level::Province);
    let best = counts.iter().filter(|(count, level)| *count >= 2 && below(*level)).max_by_key(|(count, _)| *count)?;
    Some(best.1)
}

/// The place of `level` that a text mentions most, if it does so three times and half as often again as the next.
pub fn most_mentioned(text: &str, level: Level) -> Option<Named> {
    let places = Gazetteer::embedded();
    let counts: Vec<(usize, String)> = if level == Level::Township {
        townships(text)
    } else {
        // 全市 is said by county-level cities as by prefectures; 津市 stands in 天津市, so theirs is believed with its suffix.
        let small_cities = level == Level::City && !text.contains("州人民政府");
        let of_level = |division: &Division| {
            let (name, own) = (places.name(*division), places.level(*division));
            own == level || (small_cities && own == Level::County && name.ends_with('市') && text.contains(name))
        };
        let of_level = places.all().filter(|division| of_level(division) && !places.is_holder(*division));
        let names = of_level.map(|division| {
            let (name, own) = (places.name(division), stem(places.name(division)).0);
            if is_common(own) { (name, name) } else { (name, own) }
        });
        names.map(|(name, own)| (text.matches(own).count(), name.to_string())).filter(|(count, _)| *count > 0).collect()
    };
    let mut counts = counts;
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    counts.dedup();
    let (best, next) = (counts.first()?.0, counts.get(1).map_or(0, |(count, _)| *count));
    (best >= 3 && 2 * best >= 3 * next).then(|| Named { parts: vec![counts[0].1.clone()] })
}

/// How often each township that the gazetteer knows is named in the text with its suffix.
fn townships(text: &str) -> Vec<(usize, String)> {
    let places = Gazetteer::embedded();
    let chars: Vec<char> = text.chars().collect();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for end in 2..=chars.len() {
        if !matches!(chars[end - 1], '镇' | '乡' | '道' | '木') {
            continue;
        }
        let start = (end.saturating_sub(LONGEST)..end - 1).find(|start| {
            let name: String = chars[*start..end].iter().collect();
            places.named(&name).iter().any(|division| places.level(*division) == Level::Township)
        });
        if let Some(start) = start {
            *counts.entry(chars[start..end].iter().collect()).or_default() += 1;
        }
    }
    counts.into_iter().map(|(name, count)| (count, name)).collect()
}
