//! The administrative divisions of China (行政区划): 44,703 names with codes, from provinces down to townships.
//!
//! The names are embedded as `models/places.txt.zst`; `models/places/make.py` says what they were made from, under which
//! licence, and how the file is laid out. They are read once, at the first question.

use std::collections::HashMap;
use std::sync::LazyLock;

use xxhash_rust::xxh3::Xxh3DefaultBuilder;

use super::document::Level;

/// One division, as its position in the gazetteer; positions rise with the codes, parents before children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Division(u32);

/// All divisions, with lookup by name and by code.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    exact: Index,
    stems: Index,
}

/// Divisions by name; a name that several share lists them in the order of their codes.
type Index = HashMap<&'static str, Vec<Division>, Xxh3DefaultBuilder>;

#[derive(Debug)]
struct Entry {
    name: &'static str,
    parent: Option<Division>,
    code: u32,
    tier: u8,
}

/// The digits of a code at each tier: province, city, county, township.
const WIDTHS: [usize; 4] = [2, 4, 6, 9];
/// The first line of the embedded file: magic and version.
const MAGIC: &str = "cezhong-places 1";
/// Entries that only hold codes together (the first four), or whose whole name is what other names end with; nobody calls
/// a place so, and paths leave them out.
const HOLDERS: [&str; 6] = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "街道", "农场"];

/// What a name can end with, by the sort of division; the longer before the shorter that it ends with.
const SUFFIXES: [(&str, Sort); 22] = [
    ("特别行政区", Sort::Province),
    ("自治区", Sort::Province),
    ("省", Sort::Province),
    ("自治州", Sort::Prefecture),
    ("地区", Sort::Area),
    ("州", Sort::Prefecture),
    ("盟", Sort::League),
    ("市", Sort::City),
    ("自治县", Sort::County),
    ("自治旗", Sort::Banner),
    ("林区", Sort::District),
    ("特区", Sort::District),
    ("县", Sort::County),
    ("区", Sort::District),
    ("旗", Sort::Banner),
    ("街道办事处", Sort::Street),
    ("街道", Sort::Street),
    ("民族乡", Sort::Xiang),
    ("民族苏木", Sort::Sumu),
    ("苏木", Sort::Sumu),
    ("镇", Sort::Town),
    ("乡", Sort::Xiang),
];

/// The nations (民族) that stand between a place's own name and its suffix, with the short forms that official names use.
const NATIONS: [&str; 53] = [
    "蒙古族",
    "蒙古",
    "回族",
    "藏族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "锡伯",
    "阿昌族",
    "普米族",
    "塔吉克",
    "怒族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "独龙族",
    "鄂伦春",
    "门巴族",
    "珞巴族",
    "基诺族",
    "各族",
];

/// The sort of a division, by the last characters of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// 省、自治区
    Province,
    /// 自治州
    Prefecture,
    /// 地区
    Area,
    /// 盟
    League,
    /// 市, of any level
    City,
    /// 县、自治县
    County,
    /// 区
    District,
    /// 旗
    Banner,
    /// 街道
    Street,
    /// 镇
    Town,
    /// 乡
    Xiang,
    /// 苏木
    Sumu,
}

impl Sort {
    /// The level that a place of this sort has when nothing else is known; a 市 may be of three levels.
    pub fn level(self) -> Option<Level> {
        match self {
            Sort::Province => Some(Level::Province),
            Sort::Prefecture | Sort::Area | Sort::League => Some(Level::City),
            Sort::City => None,
            Sort::County | Sort::District | Sort::Banner => Some(Level::County),
            Sort::Street | Sort::Town | Sort::Xiang | Sort::Sumu => Some(Level::Township),
        }
    }
}

/// Splits a name into its stem and its sort: `官庄镇` into 官庄 and town, `姜家店朝鲜族乡` into 姜家店 and xiang.
///
/// The sort is `None` for a name without a suffix. A stem of one character is no name by itself: 易县 stays whole.
pub fn stem(name: &str) -> (&str, Option<Sort>) {
    let Some((bare, sort)) = SUFFIXES.iter().find_map(|(suffix, sort)| Some((name.strip_suffix(suffix)?, *sort)))
    else {
        return (name, None);
    };
    let mut own = bare;
    while let Some(shorter) = NATIONS.iter().find_map(|nation| own.strip_suffix(nation)) {
        own = shorter;
    }
    // 东乡族自治县 is named after its nation: what is left of it then is the name without 族.
    let own = if own.chars().count() < 2 { bare.strip_suffix('族').unwrap_or(bare) } else { own };
    if own.chars().count() < 2 { (name, Some(sort)) } else { (own, Some(sort)) }
}

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| {
    let packed = include_bytes!("../../models/places.txt.zst");
    let text = zstd::decode_all(&packed[..]).expect("the embedded places are whole");
    let text = String::from_utf8(text).expect("the embedded places are UTF-8");
    Gazetteer::parse(text.leak()).expect("the embedded places are well formed")
});

/// Whether an entry only holds codes together: by its name, or because it repeats that of the city above it. A prefecture without
/// counties (东莞市, 中山市, 儋州市, 嘉峪关市) stands in the source once more at the counties' tier, so that its towns have a parent.
fn holds(name: &str, above: Option<&str>) -> bool {
    HOLDERS.contains(&name) || above == Some(name)
}

impl Gazetteer {
    /// The embedded gazetteer; the first call reads it.
    pub fn embedded() -> &'static Gazetteer {
        &EMBEDDED
    }

    /// Reads the unpacked text; `None` if it is not what `models/places/make.py` writes.
    fn parse(text: &'static str) -> Option<Gazetteer> {
        let mut lines = text.lines();
        if lines.next()? != MAGIC {
            return None;
        }
        lines.next()?;
        let mut entries: Vec<Entry> = Vec::with_capacity(45_000);
        let (mut exact, mut stems) = (Index::default(), Index::default());
        exact.reserve(40_000);
        stems.reserve(40_000);
        let mut open: [Option<Division>; 4] = [None; 4];
        for line in lines {
            let tier = line.bytes().take_while(|byte| *byte == b'\t').count();
            let width = if tier == 0 { WIDTHS[0] } else { WIDTHS.get(tier)? - WIDTHS[tier - 1] };
            let (own, name) = line[tier..].split_at_checked(width)?;
            let parent = match tier {
                0 => None,
                _ => Some(open[tier - 1]?),
            };
            let above = parent.map_or(0, |parent: Division| entries[parent.0 as usize].code);
            let code = above * 10_u32.pow(width as u32) + own.parse::<u32>().ok()?;
            let division = Division(entries.len() as u32);
            entries.push(Entry { name, parent, code, tier: tier as u8 });
            open[tier] = Some(division);
            if !holds(name, parent.map(|parent| entries[parent.0 as usize].name)) {
                exact.entry(name).or_default().push(division);
                let own = stem(name).0;
                if own != name {
                    stems.entry(own).or_default().push(division);
                }
            }
        }
        Some(Gazetteer { entries, exact, stems })
    }

    /// The number of divisions.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All divisions, in the order of their codes.
    pub fn all(&self) -> impl Iterator<Item = Division> + use<> {
        (0..self.entries.len() as u32).map(Division)
    }

    fn entry(&self, division: Division) -> &Entry {
        &self.entries[division.0 as usize]
    }

    /// Whether the entry only holds codes together (市辖区).
    pub fn is_holder(&self, division: Division) -> bool {
        let entry = self.entry(division);
        holds(entry.name, entry.parent.map(|parent| self.name(parent)))
    }

    /// The official name.
    pub fn name(&self, division: Division) -> &'static str {
        self.entry(division).name
    }

    /// The statistical code: 2, 4, 6 or 9 digits from the province to the township.
    pub fn code(&self, division: Division) -> String {
        let entry = self.entry(division);
        format!("{:0width$}", entry.code, width = WIDTHS[entry.tier as usize])
    }

    /// The level; municipalities (直辖市) are provinces.
    pub fn level(&self, division: Division) -> Level {
        [Level::Province, Level::City, Level::County, Level::Township][self.entry(division).tier as usize]
    }

    /// The division above, holders of codes left out; `None` for a province.
    pub fn parent(&self, division: Division) -> Option<Division> {
        let parent = self.entry(division).parent?;
        if self.is_holder(parent) { self.parent(parent) } else { Some(parent) }
    }

    /// The divisions above, the nearest first.
    pub fn ancestors(&self, division: Division) -> impl Iterator<Item = Division> + '_ {
        std::iter::successors(self.parent(division), |above| self.parent(*above))
    }

    /// Whether `above` is `division` itself or stands above it.
    pub fn within(&self, division: Division, above: Division) -> bool {
        division == above || self.ancestors(division).any(|ancestor| ancestor == above)
    }

    /// The names from the province down, joined: 山东省潍坊市安丘市官庄镇.
    pub fn path(&self, division: Division) -> String {
        let mut names: Vec<&str> = self.ancestors(division).map(|above| self.name(above)).collect();
        names.reverse();
        names.push(self.name(division));
        names.concat()
    }

    /// The divisions right below, in the order of their codes; those below a holder of codes count as its parent's.
    pub fn children(&self, division: Division) -> Vec<Division> {
        let below = |other: &Division| self.parent(*other) == Some(division) && !self.is_holder(*other);
        let tier = self.entry(division).tier;
        let rest = (division.0 + 1..self.entries.len() as u32).map(Division);
        rest.take_while(|other| self.entry(*other).tier > tier).filter(below).collect()
    }

    /// The division with this code.
    pub fn by_code(&self, code: &str) -> Option<Division> {
        let tier = WIDTHS.iter().position(|width| *width == code.len())?;
        let number: u32 = code.parse().ok()?;
        // Codes rise along the entries once they are read as digits from the left, as strings are compared.
        let padded = |code: u32, tier: usize| u64::from(code) * 10_u64.pow((9 - WIDTHS[tier]) as u32);
        let key = (padded(number, tier), tier);
        let found = self.entries.binary_search_by_key(&key, |entry| {
            let tier = entry.tier as usize;
            (padded(entry.code, tier), tier)
        });
        found.ok().map(|index| Division(index as u32))
    }

    /// The divisions with exactly this official name.
    pub fn named(&self, name: &str) -> &[Division] {
        self.exact.get(name).map_or(&[], Vec::as_slice)
    }

    /// The divisions with this stem (安丘 gives 安丘市), whatever their suffix.
    pub fn stemmed(&self, stem: &str) -> &[Division] {
        self.stems.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The divisions that people call so: by the official name; else by a shortened one with its suffix (恩施州);
    /// else by the stem alone (安丘). Empty if nothing bears the name.
    pub fn called(&self, name: &str) -> Vec<Division> {
        let exact = self.named(name);
        if !exact.is_empty() {
            return exact.to_vec();
        }
        match stem(name) {
            (_, None) => self.stemmed(name).to_vec(),
            (own, Some(sort)) => {
                let same = |division: &Division| stem(self.name(*division)).1 == Some(sort);
                self.stemmed(own).iter().copied().filter(same).collect()
            }
        }
    }

    /// The divisions that `name` may have become: same stem and level, another suffix (徐水县 is now 徐水区).
    ///
    /// Empty for a name that is borne today, and for a 市, whose level its name does not tell.
    pub fn renamed(&self, name: &str) -> Vec<Division> {
        match stem(name) {
            (own, Some(sort)) if sort.level().is_some() && self.called(name).is_empty() => {
                let same = |division: &Division| Some(self.level(*division)) == sort.level();
                self.stemmed(own).iter().copied().filter(same).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(name: &str) -> String {
        let places = Gazetteer::embedded();
        match places.called(name)[..] {
            [division] => places.path(division),
            ref several => format!("{} places", several.len()),
        }
    }

    #[test]
    fn every_division_is_there_and_is_found_by_its_code() {
        let places = Gazetteer::embedded();
        assert_eq!(places.len(), 31 + 342 + 2978 + 41352);
        for division in places.all() {
            assert_eq!(places.by_code(&places.code(division)), Some(division));
        }
        assert_eq!(
            places.by_code("370784104").map(|town| places.path(town)).as_deref(),
            Some("山东省潍坊市安丘市官庄镇")
        );
        assert_eq!(places.by_code("990000000"), None);
    }

    #[test]
    fn a_place_is_found_with_and_without_its_suffix() {
        assert_eq!(only("安丘市"), "山东省潍坊市安丘市");
        assert_eq!(only("安丘"), "山东省潍坊市安丘市");
        assert_eq!(only("恩施州"), "湖北省恩施土家族苗族自治州");
        assert_eq!(only("三源浦镇"), "吉林省通化市柳河县三源浦朝鲜族镇");
        let places = Gazetteer::embedded();
        let regions = places.called("新疆").into_iter().map(|division| places.path(division));
        assert!(regions.into_iter().any(|path| path == "新疆维吾尔自治区"));
        assert_eq!(only("临溪县"), "0 places");
    }

    #[test]
    fn holders_of_codes_stand_in_no_path_and_are_no_place() {
        assert_eq!(only("东华门街道"), "北京市东城区东华门街道");
        assert_eq!(only("市辖区"), "0 places");
        assert_eq!(only("县"), "0 places");
        assert_eq!(only("街道"), "0 places");
    }

    #[test]
    fn children_are_listed_by_code_across_holders() {
        let places = Gazetteer::embedded();
        let beijing = places.called("北京市")[0];
        let districts = places.children(beijing);
        assert_eq!(districts.len(), 16);
        assert_eq!(places.name(districts[0]), "东城区");
        assert!(places.within(places.children(districts[0])[0], beijing));
    }

    #[test]
    fn a_county_that_became_a_district_is_found_by_its_old_name() {
        let places = Gazetteer::embedded();
        let now: Vec<String> = places.renamed("徐水县").into_iter().map(|division| places.path(division)).collect();
        assert_eq!(now, ["河北省保定市徐水区"]);
        assert!(places.renamed("徐水区").is_empty());
    }

    #[test]
    fn stems_lose_suffix_and_nations_but_never_all() {
        assert_eq!(stem("恩施土家族苗族自治州").0, "恩施");
        assert_eq!(stem("东乡族自治县").0, "东乡");
        assert_eq!(stem("鄂伦春自治旗").0, "鄂伦春");
        assert_eq!(stem("易县"), ("易县", Some(Sort::County)));
        assert_eq!(stem("安丘"), ("安丘", None));
    }
}
