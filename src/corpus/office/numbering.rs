//! Word's automatic numbers: `numbering.xml` and the counters that run through a document.

use super::numerals;
use super::xml::{Piece, Xml};
use crate::notice::Clause;
use crate::text::{half_width, is_han};
use std::collections::{BTreeMap, BTreeSet};

/// Word has nine levels.
const LEVELS: usize = 9;

/// What `numbering.xml` defines.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    /// The lists by `w:abstractNumId`.
    lists: BTreeMap<String, List>,
    /// The uses of a list by `w:numId`.
    uses: BTreeMap<String, Use>,
}

#[derive(Clone, Debug, Default)]
struct List {
    levels: [Level; LEVELS],
    /// The numbering style whose list is meant in place of this one.
    style_link: Option<String>,
    /// The numbering style that this list defines.
    defines_style: Option<String>,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// What stands between number and text: `tab`, `space` or `nothing`.
    suffix: String,
    /// Whether all levels in the number are shown in figures.
    legal: bool,
    /// The level, counted from 1, whose numbers start this one again; 0 for none.
    restart: Option<usize>,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Level {
            start: 1,
            format: "decimal".into(),
            text: String::new(),
            suffix: "tab".into(),
            legal: false,
            restart: None,
            style: None,
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Use {
    list: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

impl Definitions {
    /// Reads `numbering.xml`.
    ///
    /// # Errors
    /// Why it cannot be read, as a clause.
    pub fn read(text: &str) -> Result<Definitions, Clause> {
        let mut definitions = Definitions::default();
        let mut xml = Xml::new(text);
        let (mut list, mut used) = (None::<(String, List)>, None::<(String, Use)>);
        let mut level: Option<(usize, Level)> = None;
        let mut overridden = 0;
        while let Some(piece) = xml.next_piece()? {
            match piece {
                Piece::Open(element) => {
                    let value = || element.attr("val").unwrap_or_default();
                    let index =
                        || element.attr("ilvl").and_then(|index| index.parse().ok()).filter(|index| *index < LEVELS);
                    match (element.name().as_str(), &mut level) {
                        ("abstractNum", _) => list = element.attr("abstractNumId").map(|id| (id, List::default())),
                        ("num", _) => used = element.attr("numId").map(|id| (id, Use::default())),
                        ("lvl", _) => level = index().map(|index| (index, Level::default())),
                        ("lvlOverride", _) => overridden = index().unwrap_or(0),
                        ("abstractNumId", _) => {
                            if let Some((_, used)) = &mut used {
                                used.list = value();
                            }
                        }
                        ("startOverride", _) => {
                            if let (Some((_, used)), Ok(start)) = (&mut used, value().parse()) {
                                used.starts.insert(overridden, start);
                            }
                        }
                        ("numStyleLink", _) => {
                            if let Some((_, list)) = &mut list {
                                list.style_link = Some(value());
                            }
                        }
                        ("styleLink", _) => {
                            if let Some((_, list)) = &mut list {
                                list.defines_style = Some(value());
                            }
                        }
                        ("start", Some((_, level))) => level.start = value().parse().unwrap_or(1),
                        ("numFmt", Some((_, level))) => level.format = value(),
                        ("lvlText", Some((_, level))) => level.text = value(),
                        ("suff", Some((_, level))) => level.suffix = value(),
                        ("isLgl", Some((_, level))) => level.legal = is_on(element.attr("val").as_deref()),
                        ("lvlRestart", Some((_, level))) => level.restart = value().parse().ok(),
                        ("pStyle", Some((_, level))) => level.style = Some(value()),
                        _ => {}
                    }
                }
                Piece::Close(name) => match name.as_str() {
                    "lvl" => match (level.take(), &mut used, &mut list) {
                        (Some((index, level)), Some((_, used)), _) => drop(used.levels.insert(index, level)),
                        (Some((index, level)), None, Some((_, list))) => list.levels[index] = level,
                        _ => {}
                    },
                    "abstractNum" => definitions.lists.extend(list.take()),
                    "num" => definitions.uses.extend(used.take()),
                    _ => {}
                },
                Piece::Text(_) => {}
            }
        }
        Ok(definitions)
    }

    /// The list that a use of numbers means, through a numbering style if there is one.
    fn list_of(&self, number: &str) -> Option<(&String, &List)> {
        let (id, list) = self.lists.get_key_value(&self.uses.get(number)?.list)?;
        let Some(style) = &list.style_link else { return Some((id, list)) };
        self.lists.iter().find(|(_, list)| list.defines_style.as_ref() == Some(style)).or(Some((id, list)))
    }

    /// The level of `number` for which a paragraph style stands.
    pub fn level_of_style(&self, number: &str, style: &str) -> Option<usize> {
        let (_, list) = self.list_of(number)?;
        list.levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    fn level(&self, number: &str, index: usize) -> Option<&Level> {
        let used = self.uses.get(number)?;
        used.levels.get(&index).or_else(|| self.list_of(number).map(|(_, list)| &list.levels[index]))
    }
}

/// Whether an on–off property is on: it is when it stands there without a value.
pub fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

/// The numbers of one document so far. Uses of the same list count on together, as in Word.
#[derive(Debug)]
pub struct Counters<'d> {
    definitions: &'d Definitions,
    counts: BTreeMap<&'d str, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(String, usize)>,
}

impl<'d> Counters<'d> {
    /// Nothing counted yet.
    pub fn new(definitions: &'d Definitions) -> Counters<'d> {
        Counters { definitions, counts: BTreeMap::new(), begun: BTreeSet::new() }
    }

    /// Counts a paragraph of the use `number` at `index` (levels from 0), and gives its number with what stands between it and the text.
    pub fn next(&mut self, number: &str, index: usize) -> String {
        let index = index.min(LEVELS - 1);
        let definitions = self.definitions;
        let (Some(level), Some((list, _))) = (definitions.level(number, index), definitions.list_of(number)) else {
            return String::new();
        };
        let counts = self.counts.entry(list).or_default();
        let start = definitions.uses.get(number).and_then(|used| used.starts.get(&index));
        let first_use = self.begun.insert((number.to_string(), index));
        counts[index] = Some(match (start, counts[index]) {
            (Some(start), _) if first_use => *start,
            (_, Some(count)) => count.saturating_add(1),
            (_, None) => level.start,
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(index + 1) {
            let restart = definitions.level(number, deeper).and_then(|level| level.restart);
            if restart.is_none_or(|after| after > 0 && index < after) {
                *count = None;
            }
        }
        let counts = *counts;
        let label = self.label(number, level, &counts);
        let gap = match level.suffix.as_str() {
            _ if label.is_empty() => "",
            "nothing" => "",
            "space" => " ",
            // A tab after a wide mark shows as no gap to speak of.
            _ if label.ends_with(|c: char| is_han(c) || half_width(c) != c || "、。）】".contains(c)) => "",
            _ => " ",
        };
        format!("{label}{gap}")
    }

    /// The level's pattern with `%1` … `%9` filled in.
    fn label(&self, number: &str, level: &Level, counts: &[Option<u32>; LEVELS]) -> String {
        if level.format == "bullet" {
            return String::new();
        }
        let mut label = String::new();
        let mut pattern = level.text.chars();
        while let Some(c) = pattern.next() {
            let place = if c == '%' { pattern.clone().next().and_then(|c| c.to_digit(10)) } else { None };
            let Some(place @ 1..=9) = place else {
                label.push(c);
                continue;
            };
            pattern.next();
            let at = place as usize - 1;
            if let Some(referred) = self.definitions.level(number, at) {
                let format = if level.legal { "decimal" } else { referred.format.as_str() };
                label.push_str(&numerals::shown(counts[at].unwrap_or(referred.start), format));
            }
        }
        label
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"<w:numbering xmlns:w="w">
      <w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="h1"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
        <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
      </w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
      <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
    </w:numbering>"#;

    #[test]
    fn levels_count_restart_and_continue() {
        let definitions = Definitions::read(LIST).unwrap();
        let mut counters = Counters::new(&definitions);
        let shown: Vec<String> =
            [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("2", 0), ("1", 0), ("1", 3), ("9", 0)]
                .map(|(number, level)| counters.next(number, level))
                .into();
        assert_eq!(shown, ["一、", "（一）", "（二）", "1.2.1 ", "二、", "（一）", "五、", "六、", "", ""]);
        assert_eq!(definitions.level_of_style("1", "h1"), Some(0));
    }
}
