//! What all charts of a run share: the place-years in order, names in one language, counts, the caption.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{Caption, Keys, Label, Lang};
use crate::codebook::{Part, Theme, ThemeId};
use crate::emphasis::Weight;
use crate::emphasis::quotient::Interval;
use crate::record::{Analysis, CodedDocument, CodedMeasure, EmphasisRow};

use super::keys::{over_years, place_keys};

/// The emphasis table by place-year, as the charts want it.
pub(super) struct Board<'a> {
    pub analysis: &'a Analysis,
    pub lang: Lang,
    /// Place-years that have a counted measure, in order, each with its rows in the order of the themes.
    pub rows: Vec<(&'a str, Option<i32>, &'a [EmphasisRow])>,
    /// Whether there is more than one year, so that a place needs its year beside it.
    several_years: bool,
    /// Measures of the part under analysis that are about each theme: every place's panel asks for them.
    of_theme: Vec<usize>,
    /// The statistical codes of places, by which they stand in order as readers know it; none where groups are compared.
    codes: BTreeMap<&'a str, &'a str>,
}

impl<'a> Board<'a> {
    pub fn of(analysis: &'a Analysis, lang: Lang) -> Board<'a> {
        let places = analysis.documents.iter().filter(|_| analysis.method.by.is_none());
        let codes: BTreeMap<&str, &str> = places
            .filter_map(|coded| Some((coded.compared.as_str(), coded.document.meta.place.code.as_deref()?)))
            .collect();
        let mut rows: Vec<_> = analysis
            .emphasis
            .chunk_by(|a, b| a.place == b.place && a.year == b.year)
            .filter(|rows| rows.iter().any(|row| row.measures > 0))
            .map(|rows| (rows[0].place.as_str(), rows[0].year, rows))
            .collect();
        rows.sort_by_key(|(place, ..)| rank(&codes, place));
        let several_years = rows.iter().map(|row| row.1).collect::<BTreeSet<_>>().len() > 1;
        let mut of_theme = vec![0; analysis.codebook.themes.len()];
        let measures = analysis.documents.iter().flat_map(|coded| &coded.measures);
        for theme in measures.filter(|measure| measure.measure.part == analysis.part).filter_map(about) {
            of_theme[usize::from(theme)] += 1;
        }
        Board { analysis, lang, rows, several_years, of_theme, codes }
    }

    /// What is known of places (or groups), in the order in which charts show them: by code, then by name.
    pub fn in_order<'p, T>(&self, places: impl IntoIterator<Item = (&'p str, T)>) -> Vec<(&'p str, T)> {
        let mut places: Vec<(&str, T)> = places.into_iter().collect();
        places.sort_by(|a, b| rank(&self.codes, a.0).cmp(&rank(&self.codes, b.0)));
        places
    }

    /// The themes that have shares, in the order of the codebook.
    pub fn themes(&self) -> Vec<ThemeId> {
        self.rows.first().map_or_else(Vec::new, |(_, _, rows)| rows.iter().map(|row| row.theme).collect())
    }

    pub fn theme(&self, id: ThemeId) -> &'a Theme {
        &self.analysis.codebook.themes[id as usize]
    }

    pub fn theme_name(&self, id: ThemeId) -> &'a str {
        let theme = self.theme(id);
        self.lang.pick(&theme.zh, &theme.en)
    }

    /// A theme, which opens and counts the measures of the part under analysis that are about it.
    pub fn theme_label(&self, id: ThemeId) -> Label {
        let keys = [
            ("count", self.of_theme[usize::from(id)].to_string()),
            ("theme", self.theme(id).id.clone()),
            ("part", self.analysis.part.id().to_owned()),
        ];
        Label {
            text: self.theme_name(id).to_owned(),
            keys: keys.map(|(name, value)| (name.to_owned(), value)).to_vec(),
        }
    }

    /// A place in a year with its counted measures; the year is written where the corpus has several.
    pub fn row_label(&self, place: &str, year: Option<i32>, rows: &[EmphasisRow]) -> Label {
        let text = self.place_and_year(place, year);
        let total: u64 = rows.iter().map(|row| row.measures).sum();
        Label { text, keys: [counted(total as usize), place_keys(self.analysis, place, year)].concat() }
    }

    /// The place, and the year where the corpus has several.
    pub fn place_and_year(&self, place: &str, year: Option<i32>) -> String {
        match year {
            Some(year) if self.several_years => format!("{place} {year}"),
            _ => place.to_owned(),
        }
    }

    /// A year with its counted measures.
    pub fn year_label(&self, year: i32) -> Label {
        let rows = self.analysis.emphasis.iter().filter(|row| row.year == Some(year));
        let total: u64 = rows.map(|row| row.measures).sum();
        let keys = [("year", year.to_string()), ("part", self.analysis.part.id().into()), ("scope", "counted".into())];
        let keys = keys.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Label { text: year.to_string(), keys: [counted(total as usize), keys].concat() }
    }

    /// A place over all its years with its counted measures.
    pub fn place_label(&self, place: &str) -> Label {
        let total: u64 = self.analysis.emphasis.iter().filter(|row| row.place == place).map(|row| row.measures).sum();
        Label { text: place.to_owned(), keys: [counted(total as usize), over_years(self.analysis, place)].concat() }
    }

    /// How many measures of the whole corpus are such.
    pub fn count(&self, such: impl Fn(&CodedDocument, &CodedMeasure) -> bool) -> usize {
        let of = |coded: &CodedDocument| coded.measures.iter().filter(|measure| such(coded, measure)).count();
        self.analysis.documents.iter().map(of).sum()
    }

    pub fn part(&self, part: Part) -> &'static str {
        match part {
            Part::Review => self.lang.pick("回顾", "review"),
            Part::Problems => self.lang.pick("问题", "problems"),
            Part::Plan => self.lang.pick("计划", "plan"),
        }
    }

    /// How the intervals of quotients were made.
    fn drawn_interval(&self) -> String {
        let method = &self.analysis.method;
        let (level, draws) = ((method.level * 100.0).round(), method.draws);
        match (method.interval, self.lang) {
            (Interval::Posterior, Lang::Zh) => format!("{level} %，后验抽样 {draws} 次"),
            (Interval::Posterior, Lang::En) => format!("{level} %, {draws} draws of the posterior"),
            (Interval::Blocks, Lang::Zh) => format!("{level} %，按节重抽 {draws} 次"),
            (Interval::Blocks, Lang::En) => format!("{level} %, {draws} bootstrap samples of sections"),
        }
    }

    /// How the intervals of shares were made: by formula where those of quotients are drawn from the posterior.
    pub fn share_interval(&self) -> String {
        let level = (self.analysis.method.level * 100.0).round();
        match (self.analysis.method.interval, self.lang) {
            (Interval::Posterior, Lang::Zh) => format!("{level} %，Jeffreys 法，按有效措施数"),
            (Interval::Posterior, Lang::En) => format!("{level} %, Jeffreys, over effective measures"),
            (Interval::Blocks, _) => self.drawn_interval(),
        }
    }

    /// The caption of a chart of the part under analysis; `interval`: whether it shows intervals of quotients.
    pub fn caption(&self, unit: &str, interval: bool) -> Caption {
        let method = &self.analysis.method;
        Caption {
            n: method.counted as usize,
            of: self.lang.pick("条措施", "measures").to_owned(),
            unit: unit.to_owned(),
            interval: match interval {
                true => self.drawn_interval(),
                false => String::new(),
            },
            weight: match method.weight {
                Weight::Measures => self.lang.pick("每条措施计一", "each measure counts one"),
                Weight::Sentences => self.lang.pick("按句数", "sentences"),
                Weight::Chars => self.lang.pick("按字数", "characters"),
            }
            .to_owned(),
            note: format!(
                "{}{}{}",
                self.lang.pick("部分：", "part: "),
                self.part(self.analysis.part),
                match self.analysis.part {
                    Part::Review => self.lang.pick(
                        "（年份为报告所计划之年，所回顾的在其前）",
                        " (years: those planned for; what is reviewed lies before)"
                    ),
                    _ => "",
                }
            ),
        }
    }
}

/// Where a place stands: by its code, those without one behind the others; then by name.
fn rank<'p>(codes: &BTreeMap<&str, &'p str>, place: &'p str) -> (bool, &'p str, &'p str) {
    let code = codes.get(place).copied();
    (code.is_none(), code.unwrap_or_default(), place)
}

/// What a measure is about, where the coder was sure and the measure is counted.
pub(super) fn about(measure: &CodedMeasure) -> Option<ThemeId> {
    (!measure.theme.abstained && !measure.transmitted).then_some(measure.theme.theme)
}

/// The key of a label that counts `n` things.
pub(super) fn counted(n: usize) -> Keys {
    vec![("count".into(), n.to_string())]
}
