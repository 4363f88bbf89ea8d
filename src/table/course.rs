//! The tables of change, and the panel.

use polars::prelude::*;

use crate::record::{Analysis, PanelCell};
use crate::table::columns;
use crate::table::frame::{frame, real, text, whole};

pub(super) fn change(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.change;
    frame(
        &columns::CHANGE,
        vec![
            text("comparison", rows.iter().map(|row| Some(row.comparison))),
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            text("theme", rows.iter().map(|row| Some(analysis.codebook.themes[row.theme as usize].id.as_str()))),
            whole("from_year", rows.iter().map(|row| Some(i64::from(row.from_year)))),
            whole("to_year", rows.iter().map(|row| Some(i64::from(row.to_year)))),
            real("from_share", rows.iter().map(|row| Some(row.from))),
            real("to_share", rows.iter().map(|row| Some(row.to))),
            real("change", rows.iter().map(|row| Some(row.change))),
            real("change_low", rows.iter().map(|row| Some(row.interval.0))),
            real("change_high", rows.iter().map(|row| Some(row.interval.1))),
            real("z", rows.iter().map(|row| Some(row.z))),
            real("q", rows.iter().map(|row| Some(row.q))),
        ],
        0,
    )
}

pub(super) fn turns(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.turns;
    frame(
        &columns::TURNS,
        vec![
            text("turn", rows.iter().map(|row| Some(row.turn))),
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            text("theme", rows.iter().map(|row| Some(analysis.codebook.themes[row.theme as usize].id.as_str()))),
            whole("year", rows.iter().map(|row| Some(i64::from(row.year)))),
            real("before", rows.iter().map(|row| Some(row.before))),
            real("after", rows.iter().map(|row| Some(row.after))),
            real("z", rows.iter().map(|row| Some(row.z))),
            real("p", rows.iter().map(|row| row.p)),
            real("q", rows.iter().map(|row| Some(row.q))),
        ],
        0,
    )
}

pub(super) fn panel(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.panel;
    let counts = |name: &'static str, pick: fn(&PanelCell) -> u64| {
        whole(name, rows.iter().map(move |row| row.cell.as_ref().map(|cell| pick(cell) as i64)))
    };
    let halves = |name: &'static str, pick: fn(&PanelCell) -> f64| {
        real(name, rows.iter().map(move |row| row.cell.as_ref().map(pick)))
    };
    // A place-year without a counted measure has no shares.
    let shares = |name: &'static str, weight: usize, fractional: bool| {
        let share = move |cell: &PanelCell| {
            let part = if fractional { cell.fractional[weight] } else { cell.primary[weight] as f64 };
            (cell.total[weight] > 0).then(|| part / cell.total[weight] as f64)
        };
        real(name, rows.iter().map(move |row| row.cell.as_ref().and_then(share)))
    };
    frame(
        &columns::PANEL,
        vec![
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            text("place_code", rows.iter().map(|row| row.code.as_deref())),
            whole("year", rows.iter().map(|row| Some(i64::from(row.year)))),
            text("theme", rows.iter().map(|row| Some(analysis.codebook.themes[row.theme as usize].id.as_str()))),
            text("status", rows.iter().map(|row| Some(row.status.id()))),
            counts("measures", |cell| cell.primary[0]),
            counts("sentences", |cell| cell.primary[1]),
            counts("chars", |cell| cell.primary[2]),
            halves("measures_fractional", |cell| cell.fractional[0]),
            halves("sentences_fractional", |cell| cell.fractional[1]),
            halves("chars_fractional", |cell| cell.fractional[2]),
            counts("measures_total", |cell| cell.total[0]),
            counts("sentences_total", |cell| cell.total[1]),
            counts("chars_total", |cell| cell.total[2]),
            shares("share_measures", 0, false),
            shares("share_sentences", 1, false),
            shares("share_chars", 2, false),
            shares("share_measures_fractional", 0, true),
            shares("share_sentences_fractional", 1, true),
            shares("share_chars_fractional", 2, true),
            counts("general", |cell| cell.general),
            counts("abstained", |cell| cell.abstained),
        ],
        0,
    )
}
