//! What a text tells that names nobody who speaks: the level that it speaks from, and the place that it mentions most.

use super::named::{LONGEST, Named};
use super::words::is_common;
use crate::corpus::document::Level;
use crate::corpus::gazetteer::{Division, Gazetteer, stem};
use daachorse::CharwiseDoubleArrayAhoCorasick;
use std::collections::BTreeMap;
use std::sync::LazyLock;

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
        let counts = MENTIONS.counts(text);
        let met = counts.iter().zip(&MENTIONS.bearers).filter(|(count, _)| **count > 0);
        let named = met.flat_map(|(count, bearers)| bearers.iter().map(|division| (*count, *division)));
        named.filter(|(_, division)| of_level(division)).map(|(count, d)| (count, places.name(d).to_string())).collect()
    };
    let mut counts = counts;
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    counts.dedup();
    let (best, next) = (counts.first()?.0, counts.get(1).map_or(0, |(count, _)| *count));
    (best >= 3 && 2 * best >= 3 * next).then(|| Named { parts: vec![counts[0].1.clone()] })
}

/// What counties, cities and provinces are called in running text, to be counted in one pass.
struct Mentions {
    words: CharwiseDoubleArrayAhoCorasick<u32>,
    /// The divisions that are called by each word.
    bearers: Vec<Vec<Division>>,
}

static MENTIONS: LazyLock<Mentions> = LazyLock::new(|| {
    let places = Gazetteer::embedded();
    let mut called = BTreeMap::<&str, Vec<Division>>::new();
    for division in places.all().filter(|d| places.level(*d) > Level::Township && !places.is_holder(*d)) {
        called.entry(call_word(places.name(division))).or_default().push(division);
    }
    let words = CharwiseDoubleArrayAhoCorasick::new(called.keys()).expect("the names are distinct and not empty");
    Mentions { words, bearers: called.into_values().collect() }
});

impl Mentions {
    /// How often each word stands in `text`.
    fn counts(&self, text: &str) -> Vec<usize> {
        let mut counts = vec![0; self.bearers.len()];
        for found in self.words.find_overlapping_iter(text) {
            counts[found.value() as usize] += 1;
        }
        counts
    }
}

/// The word by which running text calls a place: its stem, or the whole name where the stem is an ordinary word.
pub fn call_word(name: &str) -> &str {
    let own = stem(name).0;
    if is_common(own) { name } else { own }
}

/// How often each township that the gazetteer knows is named in the text with its suffix.
fn townships(text: &str) -> Vec<(usize, String)> {
    let places = Gazetteer::embedded();
    let chars: Vec<char> = text.chars().collect();
    let mut counts = BTreeMap::<String, usize>::new();
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
