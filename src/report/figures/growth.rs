//! The growth rates that places set themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{Caption, Growth, GrowthPanel, Label, Rate};
use crate::codebook::Part;
use crate::emphasis::targets::{Bound, Change, Horizon, Quantity, Target, series_of};
use crate::record::{CodedDocument, TargetRow};

use super::board::{Board, counted};
use super::keys::place_keys;

/// Series of indicators shown: those for which most place-years set a rate.
const PANELS: usize = 10;

/// A place (or group) in a year.
type PlaceYear<'a> = (&'a str, Option<i32>);

impl Board<'_> {
    /// Rates in per cent by which an indicator is to rise or fall in the year of the document (in the review: rose or fell in the
    /// year under review), a row a place-year. Of two rates of a document for one series the first in the text is shown; of several
    /// documents of a place-year, as where groups are compared, the median. All are in the table of targets, and so are rates
    /// for later years and for several years together.
    pub fn growth(&self) -> Option<Growth> {
        let mut found: BTreeMap<&str, BTreeMap<PlaceYear<'_>, BTreeMap<u32, &TargetRow>>> = BTreeMap::new();
        for row in &self.analysis.targets {
            let coded = &self.analysis.documents[row.document as usize];
            if !is_rate(&row.target) || row.target.year != self.year_of(coded) {
                continue;
            }
            let key = (coded.compared.as_str(), coded.planned_year());
            let of_place =
                found.entry(series_of(&row.target.action, &row.target.indicator)).or_default().entry(key).or_default();
            of_place.entry(row.document).or_insert(row);
        }
        let mut indicators: Vec<_> = found.into_iter().collect();
        indicators.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
        indicators.truncate(PANELS);
        let rows: BTreeSet<PlaceYear<'_>> = indicators.iter().flat_map(|(_, rates)| rates.keys().copied()).collect();
        let rows = self.in_order(rows);
        let shown = || indicators.iter().flat_map(|(_, rates)| rates.values());
        let n: usize = shown().map(BTreeMap::len).sum();
        let medians = shown().any(|of_place| of_place.len() > 1);
        let panels: Vec<GrowthPanel> = indicators
            .iter()
            .map(|(indicator, rates)| GrowthPanel {
                label: Label { text: (*indicator).to_owned(), keys: vec![] },
                rates: rows.iter().map(|row| rates.get(row).map(|found| self.rate(found))).collect(),
            })
            .collect();
        let (title, of) = match self.analysis.part {
            Part::Review => (("各地自报的增速", "Growth that places report"), ("个增速", "rates")),
            Part::Problems | Part::Plan => {
                (("各地自定的增速目标", "Growth that places plan for"), ("个目标", "targets"))
            }
        };
        (n > 0).then(|| Growth {
            title: self.lang.pick(title.0, title.1).to_owned(),
            reading: self.reading(medians),
            rows: rows
                .iter()
                .map(|(place, year)| {
                    let text = self.place_and_year(place, *year);
                    // A place-year opens its counted measures; how many that are is said elsewhere.
                    Label { text, keys: place_keys(self.analysis, place, *year) }
                })
                .collect(),
            panels,
            caption: Caption {
                n,
                of: self.lang.pick(of.0, of.1).to_owned(),
                weight: String::new(),
                ..self.caption(self.lang.pick("%", "%"), false)
            },
        })
    }

    /// The year whose rates are drawn: that of the plan, or the one under review.
    fn year_of(&self, coded: &CodedDocument) -> Option<i32> {
        match self.analysis.part {
            Part::Review => coded.review_year(),
            Part::Problems | Part::Plan => coded.planned_year(),
        }
    }

    /// How to read bars, blanks and, where there are some, medians.
    fn reading(&self, medians: bool) -> String {
        let (zh, en) = match self.analysis.part {
            Part::Review => (
                "条旁文字：原文所写回顾年份的增速；空白：未读到该指标该年的百分比增速（多年合计或年均、用别的名称的见目标表）。",
                "Beside the bar: the rate as written, for the year under review. Blank: no rate in per cent for that year was read under \
                 this name; those over several years or under other names are in the table of targets.",
            ),
            Part::Problems | Part::Plan => (
                "条旁文字：原文所写当年增速目标；空白：未读到该指标当年的百分比目标（多年合计或年均、用别的名称的见目标表）。",
                "Beside the bar: the rate as written, for the year of the plan. Blank: no target in per cent for that year was read under \
                 this name; those over several years or under other names are in the table of targets.",
            ),
        };
        let reading = self.lang.pick(zh, en);
        let chosen = self.lang.pick(
            "所列为最常见的指标（至多十项），一页中无一读到的不画；未读到其中任何一项的地方与年份不列。",
            " Shown are the indicators set most often, ten at most, without those that nothing on the page has; places and years with none of them are left out.",
        );
        let median =
            self.lang.pick("括号内 n：n 份文件增速的中位数。", " (n = …): the median of that many documents' rates.");
        format!("{reading}{chosen}{}", if medians { median } else { "" })
    }

    /// The rate of a place-year: the only document's, as it is written, or the median of several, which no one sentence shows.
    fn rate(&self, of_place: &BTreeMap<u32, &TargetRow>) -> Rate {
        let mut rates = of_place.values();
        if let (Some(row), None) = (rates.next(), rates.next()) {
            return self.written(row);
        }
        let value = median(of_place.values().map(|row| signed(&row.target, row.target.value)).collect());
        let text = format!("{}% (n = {})", (value * 100.0).round() / 100.0, of_place.len()).replace('-', "−");
        Rate { value, text, keys: vec![] }
    }

    fn written(&self, row: &TargetRow) -> Rate {
        let target = &row.target;
        // A fall by 3 % or more is a rate of −3 % or less.
        let sign = match (target.bound, target.change == Change::Decrease) {
            (Bound::Exactly, _) => "",
            (Bound::AtLeast, false) | (Bound::AtMost, true) => "≥",
            (Bound::AtMost, false) | (Bound::AtLeast, true) => "≤",
            (Bound::About, _) => self.lang.pick("约", "about "),
        };
        let strive = if target.strive { self.lang.pick("力争", "aim ") } else { "" };
        let upper = target.upper.map_or(String::new(), |upper| format!("–{}", signed(target, upper)));
        let doc = &self.analysis.documents[row.document as usize].document.id;
        let keys = [
            ("unit", "sentence".to_owned()),
            ("doc", doc.clone()),
            ("n", row.sentence.to_string()),
            // The sentence may stand outside any measure.
            ("scope", String::new()),
        ];
        let keys = keys.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Rate {
            value: signed(target, target.value),
            text: format!("{strive}{sign}{}{upper}%", signed(target, target.value)).replace('-', "−"),
            keys: [counted(1), keys].concat(),
        }
    }
}

/// Whether it is a rate of growth for one year: percentage points are none, nor is a share that is reached.
fn is_rate(target: &Target) -> bool {
    target.quantity == Quantity::Percent
        && !target.unit.ends_with('点')
        && target.change != Change::Level
        && target.horizon == Horizon::Year
        && !target.indicator.is_empty()
}

/// A value of a target, below zero where it is to fall.
fn signed(target: &Target, value: f64) -> f64 {
    if target.change == Change::Decrease { -value } else { value }
}

/// The middle value, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_two() {
        assert_eq!(median(vec![9.0, 4.0, 6.0]), 6.0);
        assert_eq!(median(vec![9.0, 4.0, 6.0, -2.0]), 5.0);
    }
}
