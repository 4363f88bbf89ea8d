//! The growth rates that places set themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{Caption, Growth, GrowthPanel, Label, Rate};
use crate::emphasis::targets::{Bound, Change, Quantity, Target, series};
use crate::record::TargetRow;

use super::board::Board;
use super::keys::place_keys;

/// Series of indicators shown: those for which most place-years set a rate.
const PANELS: usize = 10;

impl Board<'_> {
    /// Rates in per cent by which an indicator is to rise or fall, a row a place-year. Of two rates of a place-year for one
    /// series the first in the text is shown; all are in the table of targets.
    pub fn growth(&self) -> Option<Growth> {
        let mut found: BTreeMap<&str, BTreeMap<(&str, Option<i32>), &TargetRow>> = BTreeMap::new();
        for row in self.analysis.targets.iter().filter(|row| is_rate(&row.target)) {
            let coded = &self.analysis.documents[row.document as usize];
            let key = (coded.compared.as_str(), coded.document.meta.year.map(|(year, _)| year));
            found.entry(series(&row.target.indicator)).or_default().entry(key).or_insert(row);
        }
        let mut indicators: Vec<_> = found.into_iter().collect();
        indicators.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
        indicators.truncate(PANELS);
        let rows: BTreeSet<(&str, Option<i32>)> =
            indicators.iter().flat_map(|(_, rates)| rates.keys().copied()).collect();
        let panels: Vec<GrowthPanel> = indicators
            .iter()
            .map(|(indicator, rates)| GrowthPanel {
                label: Label { text: (*indicator).to_owned(), keys: vec![] },
                rates: rows.iter().map(|row| rates.get(row).map(|found| self.rate(found))).collect(),
            })
            .collect();
        let n = panels.iter().flat_map(|panel| panel.rates.iter().flatten()).count();
        (n > 0).then(|| Growth {
            title: self.lang.pick("各地自定的增速目标", "Growth that places plan for").to_owned(),
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
                of: self.lang.pick("个目标", "targets").to_owned(),
                weight: String::new(),
                ..self.caption(self.lang.pick("%", "%"), false)
            },
        })
    }

    fn rate(&self, row: &TargetRow) -> Rate {
        let target = &row.target;
        let signed = |value: f64| if target.change == Change::Decrease { -value } else { value };
        let sign = match target.bound {
            Bound::Exactly => "",
            Bound::AtLeast => "≥",
            Bound::AtMost => "≤",
            Bound::About => self.lang.pick("约", "about "),
        };
        let strive = if target.strive { self.lang.pick("力争", "strive ") } else { "" };
        let upper = target.upper.map_or(String::new(), |upper| format!("–{}", signed(upper)));
        let doc = &self.analysis.documents[row.document as usize].document.id;
        Rate {
            value: signed(target.value),
            text: format!("{strive}{sign}{}{upper}%", signed(target.value)).replace('-', "−"),
            keys: vec![
                ("unit".into(), "sentence".into()),
                ("doc".into(), doc.clone()),
                ("n".into(), row.sentence.to_string()),
                // The sentence may stand outside any measure.
                ("scope".into(), String::new()),
            ],
        }
    }
}

fn is_rate(target: &Target) -> bool {
    target.quantity == Quantity::Percent && target.change != Change::Level && !target.indicator.is_empty()
}
