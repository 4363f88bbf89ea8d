//! Shares over the years, and what changed between two of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{Band, Caption, Label, Lang, Slope, SlopeLine, SlopePanel, TrendLine, TrendPanel, Trends};
use crate::codebook::{Part, ThemeId};
use crate::record::{ChangeRow, CodedDocument, EmphasisRow};

use super::board::{Board, about, counted};

/// Lines of one panel; more are not told apart.
const LINES: usize = 4;
/// Years from which on a course is drawn; two are a slope.
const YEARS: usize = 3;

impl Board<'_> {
    /// A panel a place, with its largest themes over the years. Places with fewer than three years are left out.
    pub fn trends(&self) -> Option<Trends> {
        let known = || self.rows.iter().filter_map(|row| row.1);
        // Every year in between has its place, so that a line does not run across one that nobody has.
        let years: Vec<i32> =
            known().min().into_iter().flat_map(|first| first..=known().max().unwrap_or(first)).collect();
        let mut base = self.analysis.method.base.clone();
        base.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let themes: BTreeSet<ThemeId> = base.iter().take(LINES).map(|(theme, _)| *theme).collect();
        let mut by_place: BTreeMap<&str, BTreeMap<i32, &[EmphasisRow]>> = BTreeMap::new();
        for (place, year, rows) in &self.rows {
            if let Some(year) = year {
                by_place.entry(place).or_default().insert(*year, rows);
            }
        }
        let order = self.themes();
        let line = |place: &BTreeMap<i32, &[EmphasisRow]>, theme: ThemeId| {
            let value = |year: &i32| {
                let row = place.get(year)?.iter().find(|row| row.theme == theme)?;
                let (low, high) = row.share_interval?;
                Some(Band { value: row.share?, low, high, count: row.measures as usize })
            };
            // The colour that the theme has in the chart of shares.
            let colour = order.iter().position(|known| *known == theme).unwrap_or_default();
            TrendLine { label: self.theme_label(theme), colour, values: years.iter().map(value).collect() }
        };
        let panels: Vec<TrendPanel> = self
            .in_order(by_place)
            .iter()
            .filter(|(_, place)| place.len() >= YEARS)
            .map(|(name, place)| TrendPanel {
                label: self.place_label(name),
                lines: themes.iter().map(|theme| line(place, *theme)).collect(),
            })
            .collect();
        (!panels.is_empty()).then(|| Trends {
            title: self.lang.pick("历年占比：最大的几个主题", "Shares over the years: the largest themes").to_owned(),
            value_name: self.lang.pick("纵轴：占比（%）", "y: share (%)").to_owned(),
            factor: 100.0,
            years,
            panels,
            caption: Caption {
                interval: self.share_interval(),
                ..self.caption(self.lang.pick("占比（%）", "share (%)"), false)
            },
        })
    }

    /// The last two years of each place that has two, side by side.
    pub fn slope_of_years(&self) -> Option<Slope> {
        let part = self.analysis.part;
        let side = |place: &str, year: i32| self.side(part, year, place, &CodedDocument::planned_year);
        let title = match part {
            Part::Review => self.lang.pick("前后两年：回顾与回顾", "Two years: review and review"),
            _ => self.lang.pick("前后两年：计划与计划", "Two years: plan and plan"),
        };
        self.slope("year_on_year", title, &side, &side)
    }

    /// What a place planned for a year, against what it later reported of that year.
    pub fn slope_of_review(&self) -> Option<Slope> {
        let plan = |place: &str, year: i32| self.side(Part::Plan, year, place, &CodedDocument::planned_year);
        let review = |place: &str, year: i32| self.side(Part::Review, year, place, &CodedDocument::reviewed_year);
        let title = self.lang.pick("同一年：计划与次年的回顾", "One year: its plan, and the review of it a year later");
        self.slope("review_against_plan", title, &plan, &review)
    }

    fn slope<'s>(
        &self,
        comparison: &str,
        title: &str,
        left: &dyn Fn(&str, i32) -> Side<'s>,
        right: &dyn Fn(&str, i32) -> Side<'s>,
    ) -> Option<Slope> {
        let mut latest: BTreeMap<&str, Vec<&ChangeRow>> = BTreeMap::new();
        for row in self.analysis.change.iter().filter(|row| row.comparison == comparison) {
            let rows = latest.entry(&row.place).or_default();
            if rows.first().is_some_and(|known| known.to_year < row.to_year) {
                rows.clear();
            }
            rows.push(row);
        }
        let (enough, panels): (Vec<bool>, Vec<SlopePanel>) = self
            .in_order(latest)
            .into_iter()
            .map(|(place, rows)| {
                let (from, to) = (left(place, rows[0].from_year), right(place, rows[0].to_year));
                let least = self.analysis.method.min_measures as usize;
                let enough = from.total().min(to.total()) >= least;
                let line = |row: &&ChangeRow| {
                    let mut label = self.theme_label(row.theme);
                    label.keys.retain(|(name, _)| name == "theme");
                    SlopeLine {
                        label,
                        from: row.from,
                        to: row.to,
                        sure: enough && (row.interval.0 > 0.0 || row.interval.1 < 0.0),
                        counts: [from.count(row.theme), to.count(row.theme)],
                    }
                };
                let panel = SlopePanel {
                    label: Label { text: place.to_owned(), keys: vec![] },
                    // A theme that is nowhere on either side is no line.
                    lines: rows.iter().filter(|row| row.from > 0.0 || row.to > 0.0).map(line).collect(),
                    left: from.label,
                    right: to.label,
                };
                (enough, panel)
            })
            .unzip();
        let compared: usize =
            enough.iter().zip(&panels).filter(|(enough, _)| **enough).map(|(_, panel)| panel.lines.len()).sum();
        let coloured = panels.iter().flat_map(|panel| &panel.lines).filter(|line| line.sure).count();
        let level = (self.analysis.method.level * 100.0).round();
        // What chance alone would colour, so that a few coloured lines among many are not taken for changes.
        let by_chance = ((1.0 - self.analysis.method.level) * compared as f64).round();
        let note = match self.lang {
            Lang::Zh => {
                format!("两边措施都足够的 {compared} 条线中着色 {coloured} 条，若全无变化，按机会也约有 {by_chance} 条")
            }
            Lang::En => format!(
                "coloured are {coloured} of the {compared} lines with measures enough; chance alone would colour about {by_chance}"
            ),
        };
        (!panels.is_empty()).then(|| Slope {
            title: title.to_owned(),
            caption: Caption {
                n: panels.iter().flat_map(|panel| &panel.lines).map(|line| line.counts[0] + line.counts[1]).sum(),
                interval: format!(
                    "{level} %, {}",
                    self.lang.pick("两占比之差（Newcombe 法）", "difference of two shares (Newcombe)")
                ),
                note,
                ..self.caption(self.lang.pick("占比（%）", "share (%)"), false)
            },
            panels,
        })
    }

    /// The counted measures of a part in a place, under the year that `year_of` gives a document.
    fn side<'s>(
        &'s self,
        part: Part,
        year: i32,
        place: &str,
        year_of: &dyn Fn(&CodedDocument) -> Option<i32>,
    ) -> Side<'s> {
        let documents: Vec<&CodedDocument> = self
            .analysis
            .documents
            .iter()
            .filter(|coded| coded.compared == place && year_of(coded) == Some(year))
            .collect();
        // The page knows the year that a document plans for; several documents of one place and year plan for one.
        let planned: BTreeSet<Option<i32>> = documents.iter().map(|coded| coded.planned_year()).collect();
        let planned = planned.into_iter().next().flatten().map_or("none".to_owned(), |year| year.to_string());
        let keys = [("place", place), ("year", &planned), ("part", part.id()), ("scope", "counted")];
        let side = Side { documents, part, general: self.analysis.codebook.general(), label: Label::default() };
        let total = side.total();
        let mut label = Label {
            text: format!("{} {year} (n = {total})", self.part(part)),
            keys: keys.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        };
        label.keys.extend(counted(total));
        Side { label, ..side }
    }
}

/// One side of a slope.
struct Side<'s> {
    documents: Vec<&'s CodedDocument>,
    part: Part,
    general: ThemeId,
    label: Label,
}

impl Side<'_> {
    fn themes(&self) -> impl Iterator<Item = ThemeId> {
        let measures = self.documents.iter().flat_map(|coded| &coded.measures);
        measures.filter(|measure| measure.measure.part == self.part).filter_map(about)
    }

    fn count(&self, theme: ThemeId) -> usize {
        self.themes().filter(|known| *known == theme).count()
    }

    fn total(&self) -> usize {
        self.themes().filter(|known| *known != self.general).count()
    }
}
