//! Finds the texts that stand in tables more than once.
//!
//! ```text
//! cargo run --release --example duplicates -- reports.jsonl.zst [counties.jsonl.zst …]
//! ```
//!
//! A line of a table has `id` (`collection/place/year`) and `text`. What is found is printed, one pair a line; `docs/duplicates.md` holds the
//! figures.

use std::io::BufRead;

use cezhong::corpus::{DuplicateParams, Filed, Overlaps};

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rows: Vec<Row> = Vec::new();
    for path in std::env::args().skip(1) {
        let file = zstd::Decoder::new(std::fs::File::open(&path)?)?;
        for line in std::io::BufReader::new(file).lines() {
            rows.push(serde_json::from_str(&line?)?);
        }
    }
    let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    let filed: Vec<Filed> = rows
        .iter()
        .map(|row| {
            let mut parts = row.id.split('/').skip(1);
            let place = parts.next();
            Filed { place, year: parts.next().and_then(|year| year.get(..4)?.parse().ok()) }
        })
        .collect();
    let start = std::time::Instant::now();
    let overlaps = Overlaps::index(&texts, &DuplicateParams::default());
    let pairs = overlaps.duplicates(&texts, &filed);
    for pair in &pairs {
        let (document, other) = (&rows[pair.doc].id, &rows[pair.other].id);
        println!("{}\t{document}\t{other}\t{:.3}\t{:.3}", pair.kind.id(), pair.share, pair.other_share);
    }
    println!("{} pairs in {} documents, {:.1} s", pairs.len(), rows.len(), start.elapsed().as_secs_f64());
    Ok(())
}
