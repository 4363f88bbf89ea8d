//! What changes from year to year.

use super::View;
use super::sheet::{Named, number, table, words};
use crate::record::{ChangeRow, TurnRow};
use crate::report::Table;

pub(super) fn change(view: View<'_>) -> Table {
    let comparison = |row: &ChangeRow| match row.comparison {
        "year_on_year" => view.lang.pick("与上年比", "year on year").to_owned(),
        _ => view.lang.pick("回顾对上年计划", "review against plan").to_owned(),
    };
    let columns = [
        words("comparison", ("比较", "comparison"), move |row: &&ChangeRow| comparison(row)),
        words("place", ("地方", "place"), |row: &&ChangeRow| row.place.clone()),
        words("theme", ("主题", "theme"), |row: &&ChangeRow| view.theme(row.theme)),
        number("from_year", ("自", "from"), |row: &&ChangeRow| Some(f64::from(row.from_year))),
        number("to_year", ("至", "to"), |row: &&ChangeRow| Some(f64::from(row.to_year))),
        number("from_share", ("前占比", "share before"), |row: &&ChangeRow| Some(row.from)),
        number("to_share", ("后占比", "share after"), |row: &&ChangeRow| Some(row.to)),
        number("change", ("变化", "change"), |row: &&ChangeRow| Some(row.change)),
        number("change_low", ("下限", "low"), |row: &&ChangeRow| Some(row.interval.0)),
        number("change_high", ("上限", "high"), |row: &&ChangeRow| Some(row.interval.1)),
        number("q", ("q", "q"), |row: &&ChangeRow| Some(row.q)),
    ];
    let named = Named {
        id: "change",
        title: ("变化", "Change"),
        text: (
            "占比之差及其区间；点一行看后一年的措施。",
            "Differences of shares with their intervals; a row opens the measures of the later year.",
        ),
    };
    // What is reviewed is no part under analysis, so a review row opens nothing.
    let keys = |row: &&ChangeRow| match row.comparison {
        "year_on_year" => view.cell(&row.place, Some(row.to_year), row.theme),
        _ => Vec::new(),
    };
    table(view.lang, &named, &columns, keys, view.analysis.change.iter())
}

pub(super) fn turns(view: View<'_>) -> Table {
    let turn = |row: &TurnRow| match row.turn {
        "break" => view.lang.pick("转折", "break").to_owned(),
        _ => view.lang.pick("突变", "spike").to_owned(),
    };
    let columns = [
        words("turn", ("类", "turn"), move |row: &&TurnRow| turn(row)),
        words("place", ("地方", "place"), |row: &&TurnRow| row.place.clone()),
        words("theme", ("主题", "theme"), |row: &&TurnRow| view.theme(row.theme)),
        number("year", ("年份", "year"), |row: &&TurnRow| Some(f64::from(row.year))),
        number("before", ("前", "before"), |row: &&TurnRow| Some(row.before)),
        number("after", ("后", "after"), |row: &&TurnRow| Some(row.after)),
        number("z", ("z", "z"), |row: &&TurnRow| Some(row.z)),
        number("p", ("p", "p"), |row: &&TurnRow| row.p),
        number("q", ("q", "q"), |row: &&TurnRow| Some(row.q)),
    ];
    let named = Named {
        id: "turns",
        title: ("转折与突变", "Breaks and spikes"),
        text: (
            "序列中水平的转折，和某一年的突出；q 控制误报。",
            "Lasting changes of level, and single years that stand out; q bounds false calls.",
        ),
    };
    let rows = view.analysis.turns.iter();
    let keys = |row: &&TurnRow| view.cell(&row.place, Some(row.year), row.theme);
    table(view.lang, &named, &columns, keys, rows)
}
