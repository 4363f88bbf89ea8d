//! Heat map, shares and quotients.

use crate::chart::{Cell, Forest, ForestPanel, HeatMap, Interval, Stacked, StackedRow};
use crate::record::EmphasisRow;
use crate::report::order::by_likeness;

use super::board::{Board, counted};

impl Board<'_> {
    /// Rows in the order in which like places stand together.
    pub fn heat_map(&self) -> Option<HeatMap> {
        let order = by_likeness(self.rows.iter().map(|(_, _, rows)| *rows));
        let rows: Vec<_> = order.into_iter().map(|index| self.rows[index]).collect();
        let cell = |row: &EmphasisRow| {
            let (low, high) = row.lq_interval?;
            Some(Cell {
                count: row.measures as usize,
                share: row.share?,
                lq: row.lq?,
                low,
                high,
                few: row.rank.is_none(),
            })
        };
        let totals: Vec<usize> =
            rows.iter().map(|(_, _, rows)| rows.iter().map(|row| row.measures as usize).sum()).collect();
        let whole =
            [("part", self.analysis.part.id()), ("scope", "counted")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        (!rows.is_empty()).then(|| HeatMap {
            title: self
                .lang
                .pick("各地侧重：主题占比与区位商", "Emphasis: theme shares and location quotients")
                .to_owned(),
            rows: rows.iter().map(|(place, year, rows)| self.row_label(place, *year, rows)).collect(),
            columns: self.themes().into_iter().map(|id| self.theme_label(id)).collect(),
            cells: rows.iter().map(|(_, _, rows)| rows.iter().map(cell).collect()).collect(),
            whole: self.analysis.method.base.iter().map(|(_, share)| *share).collect(),
            whole_keys: [counted(totals.iter().sum()), whole.to_vec()].concat(),
            totals,
            caption: self
                .caption(self.lang.pick("占比（%），颜色为区位商", "share (%); colour: location quotient"), true),
        })
    }

    /// One bar a place-year.
    pub fn stacked(&self) -> Option<Stacked> {
        let bar = |(place, year, rows): &(&str, Option<i32>, &[EmphasisRow])| StackedRow {
            label: self.row_label(place, *year, rows),
            total: rows.iter().map(|row| row.measures as usize).sum(),
            shares: rows.iter().map(|row| row.share.unwrap_or_default()).collect(),
            counts: rows.iter().map(|row| row.measures as usize).collect(),
        };
        (!self.rows.is_empty()).then(|| Stacked {
            title: self.lang.pick("各地措施的主题构成", "Shares of themes").to_owned(),
            themes: self.themes().into_iter().map(|id| self.theme_label(id)).collect(),
            rows: self.rows.iter().map(bar).collect(),
            caption: self.caption(self.lang.pick("占比（%）", "share (%)"), false),
        })
    }

    /// A panel a theme, with its place-years.
    pub fn forest_of_themes(&self) -> Option<Forest> {
        let panel = |(column, id)| ForestPanel {
            label: self.theme_label(id),
            rows: self
                .rows
                .iter()
                .filter_map(|(place, year, rows)| Some((self.row_label(place, *year, rows), interval(&rows[column])?)))
                .collect(),
        };
        let title = self.lang.pick("区位商与区间：按主题", "Location quotients with intervals, by theme");
        self.forest(title, self.themes().into_iter().enumerate().map(panel).collect())
    }

    /// A panel a place-year, with its themes.
    pub fn forest_of_places(&self) -> Option<Forest> {
        let panel = |(place, year, rows): &(&str, Option<i32>, &[EmphasisRow])| ForestPanel {
            label: self.row_label(place, *year, rows),
            rows: rows.iter().filter_map(|row| Some((self.theme_label(row.theme), interval(row)?))).collect(),
        };
        let title = self.lang.pick("区位商与区间：按地方", "Location quotients with intervals, by place");
        self.forest(title, self.rows.iter().map(panel).collect())
    }

    /// A theme that no measure has, or a place that is compared with nothing, has no panel.
    fn forest(&self, title: &str, mut panels: Vec<ForestPanel>) -> Option<Forest> {
        panels.retain(|panel| !panel.rows.is_empty());
        (!panels.is_empty()).then(|| Forest {
            title: title.to_owned(),
            panels,
            caption: self.caption(self.lang.pick("区位商（全体为 1）", "location quotient (whole = 1)"), true),
        })
    }
}

fn interval(row: &EmphasisRow) -> Option<Interval> {
    let (low, high) = row.lq_interval?;
    Some(Interval { value: row.lq?, low, high, few: row.rank.is_none(), count: row.measures as usize })
}
