//! The terms that mark places and themes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::chart::{Bar, Caption, Keyness, KeynessPanel, Label, Lang};
use crate::record::KeynessRow;

use super::board::Board;
use super::keys::{BARS, RATE, bars};

/// Places with a panel; of more, those with the most measures.
const PANELS: usize = 24;

impl Board<'_> {
    /// A panel a target of this kind, `place` or `theme`.
    pub fn keyness(&self, kind: &str) -> Option<Keyness> {
        let mut targets: BTreeMap<&str, Vec<&KeynessRow>> = BTreeMap::new();
        for row in self.analysis.keyness.iter().filter(|row| row.target_kind == kind) {
            targets.entry(&row.target).or_default().push(row);
        }
        let mut chosen: Vec<(&str, Vec<&KeynessRow>)> = targets.into_iter().collect();
        if kind == "theme" {
            let position = |id: &str| self.analysis.codebook.theme(id);
            chosen.retain(|(id, _)| *id != self.analysis.codebook.general);
            chosen.sort_by_key(|(id, _)| position(id));
        }
        let (all, places) = (chosen.len(), kind == "place" && self.analysis.method.by.is_none());
        if kind == "place" {
            let mut measures: BTreeMap<&str, u64> = BTreeMap::new();
            for row in &self.analysis.emphasis {
                *measures.entry(&row.place).or_default() += row.measures;
            }
            chosen.sort_by_key(|(place, _)| (Reverse(measures.get(place).copied().unwrap_or_default()), *place));
            chosen.truncate(PANELS);
            chosen = self.in_order(chosen);
        }
        let panels: Vec<KeynessPanel> = chosen
            .into_iter()
            .filter_map(|(target, rows)| {
                let bars: Vec<Bar> =
                    bars(if places { target } else { "" }, &rows).into_iter().map(|row| self.bar(kind, row)).collect();
                let label = match kind {
                    "theme" => self.theme_label(self.analysis.codebook.theme(target)?),
                    _ => self.place_label(target),
                };
                (!bars.is_empty()).then_some(KeynessPanel { target: label, bars })
            })
            .collect();
        let mut said = match self.lang {
            Lang::Zh => format!("仅列 q < {RATE} 的词，每栏至多偏多 {BARS} 词、偏少 {} 词", BARS / 2),
            Lang::En => format!("terms with q < {RATE}, at most {BARS} towards and {} away in a panel", BARS / 2),
        };
        if places {
            said.push_str(self.lang.pick("，该地自己的名称不列", ", without the place's own name"));
        }
        if panels.len() < all {
            let shown = panels.len();
            let note_of = match kind == "place" && all > PANELS {
                true => (
                    format!("；{all} 个地方中取措施最多的 {PANELS} 个，其中 {shown} 个有此类词"),
                    format!("; of {all} the {PANELS} with the most measures, of which {shown} have such terms"),
                ),
                false => (format!("；{all} 个中 {shown} 个有此类词"), format!("; {shown} of {all} have such terms")),
            };
            said.push_str(self.lang.pick(&note_of.0, &note_of.1));
        }
        (!panels.is_empty()).then(|| Keyness {
            title: match kind {
                "theme" => self.lang.pick("各主题的关键词", "Key terms of themes"),
                _ => self.lang.pick("各地的关键词", "Key terms of places"),
            }
            .to_owned(),
            panels,
            caption: Caption {
                weight: String::new(),
                ..self.caption(self.lang.pick("对数几率的 z 值", "z of the log-odds"), false).noting(&said, self.lang)
            },
        })
    }

    fn bar(&self, kind: &str, row: &KeynessRow) -> Bar {
        // Terms are counted in every measure, also in those whose theme has no shares.
        let keys = [
            ("unit", "term"),
            ("term", &row.term),
            (kind, &row.target),
            ("part", self.analysis.part.id()),
            ("scope", ""),
        ];
        Bar {
            label: Label {
                text: row.term.clone(),
                keys: keys.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            },
            z: row.z,
            count: row.count as usize,
            rest: row.rest as usize,
        }
    }
}
