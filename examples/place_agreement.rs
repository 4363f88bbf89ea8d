//! Compares place and year that the program finds in a table of documents with those that their ids state.
//!
//! ```text
//! cargo run --release --example place_agreement -- reports.jsonl.zst [counties.jsonl.zst …]
//! ```
//!
//! A line of a table has `id` (`collection/place/year`), `place`, `title` and `text`. The program sees the text with the title as
//! its first line, never the id. Every disagreement is printed, then the counts; then, with place, year and title as the user's
//! columns, every warning. `docs/places.md` holds the figures.

use std::io::BufRead;

use cezhong::corpus::gazetteer::stem;
use cezhong::corpus::{Hints, UserFields, describe};
use rayon::prelude::*;

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    place: String,
    title: String,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let file = zstd::Decoder::new(std::fs::File::open(&path)?)?;
        let lines: Vec<String> = std::io::BufReader::new(file).lines().collect::<Result<_, _>>()?;
        let rows: Vec<Row> = lines.iter().map(|line| serde_json::from_str(line)).collect::<Result<_, _>>()?;
        for with_title in [true, false] {
            compare(&path, &rows, with_title);
        }
        warned(&path, &rows);
    }
    Ok(())
}

/// Prints what a run warns of where the columns of the table say place, year and title.
fn warned(path: &str, rows: &[Row]) {
    let warnings: Vec<Vec<String>> = rows
        .par_iter()
        .map(|row| {
            let year = row.id.split('/').nth(2).and_then(|year| year.get(..4)?.parse().ok());
            let (place, title) = (Some(row.place.clone()), Some(row.title.clone()));
            let user = UserFields { place, year, title, ..UserFields::default() };
            let (_, warnings) = describe(&row.text, "report.txt", &Hints { user, ..Hints::default() });
            warnings.into_iter().map(|warning| warning.en).collect()
        })
        .collect();
    for (row, warnings) in rows.iter().zip(&warnings) {
        for warning in warnings {
            println!("warning\t{}\t{warning}", row.id);
        }
    }
    println!("{path}, with columns: {} warnings", warnings.iter().map(Vec::len).sum::<usize>());
}

fn compare(path: &str, rows: &[Row], with_title: bool) {
    let found: Vec<(String, Option<i32>)> = rows
        .par_iter()
        .map(|row| {
            let text = if with_title { format!("{}\n{}", row.title, row.text) } else { row.text.clone() };
            let (meta, _) = describe(&text, "report.txt", &Hints::default());
            let place = if meta.place.source.is_some() { meta.place.name } else { String::new() };
            (place, meta.year.map(|(year, _)| year))
        })
        .collect();
    let mode = if with_title { "text with title" } else { "text alone" };
    let (mut places, mut years, mut no_place, mut no_year) = (0, 0, 0, 0);
    for (row, (place, year)) in rows.iter().zip(&found) {
        let mut parts = row.id.split('/').skip(1);
        let stated = parts.next().unwrap_or_default();
        let stated_year: Option<i32> = parts.next().and_then(|year| year.get(..4)?.parse().ok());
        let stated = if stated == "国务院" { "全国" } else { stated };
        let same = stem(place).0 == stem(stated).0 || stem(place).0 == stated;
        places += usize::from(same);
        years += usize::from(*year == stated_year);
        no_place += usize::from(place.is_empty());
        no_year += usize::from(year.is_none());
        if !same {
            println!("place\t{mode}\t{}\t{place}", row.id);
        }
        if *year != stated_year {
            println!("year\t{mode}\t{}\t{year:?}", row.id);
        }
    }
    let count = rows.len();
    println!(
        "{path}, {mode}: {count} documents; place agrees {places}, none found {no_place}; year agrees {years}, none found {no_year}"
    );
}
